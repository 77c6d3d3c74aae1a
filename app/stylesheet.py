"""The one style sheet, written from the theme's tokens. `app.theme` is its only reader."""

from __future__ import annotations

from dataclasses import asdict
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.theme import Tokens

_SHEET = Template("""
QWidget { color: $text; }
QMainWindow, QDialog { background: $window; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolTip { background: $panel; color: $text; border: 1px solid $line_strong; padding: 5px 8px; font-size: 12px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: 14px; font-weight: 600; }
QLabel[role="display"] { font-size: 22px; font-weight: 600; }
QLabel[role="heading"] { font-size: 12px; font-weight: 600; color: $muted; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="caption"] { font-size: 12px; color: $muted; }
QLabel[role="error"] { color: $bad; }

#featureGrid, #channelDetail, QFrame[role="card"] {
    background: $panel; border: 1px solid $line; border-radius: 10px;
}
#toolbar { background: $panel; border: 0; border-bottom: 1px solid $line; }
#leftColumn { background: $window; border: 0; border-right: 1px solid $line; }
#filmstrip { background: $panel; border: 0; border-top: 1px solid $line; }
#statusLine { background: $panel; border: 0; border-top: 1px solid $line; }
#statusLine QLabel { font-size: 12px; color: $muted; }

QPushButton, QComboBox, QLineEdit, QSpinBox, QDoubleSpinBox {
    background: $panel; border: 1px solid $line; border-radius: 8px; min-height: 30px; padding: 0 12px;
}
QPushButton:hover, QComboBox:hover { background: $hover; border-color: $line_strong; }
QPushButton:pressed, QComboBox:on { background: $track; }
QPushButton:focus, QComboBox:focus, QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus {
    border: 1px solid $accent;
}
QLineEdit[problem="true"] { border: 1px solid $bad; }
QPushButton:disabled, QComboBox:disabled, QLineEdit:disabled, QSpinBox:disabled { color: $faint; }
QPushButton:checked { background: $accent_soft; color: $accent; border-color: $accent; }
QPushButton[role="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; padding: 0 14px;
}
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border: 1px solid $text; }
QPushButton[role="primary"]:disabled { background: $track; color: $muted; border-color: $track; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; color: $muted; padding: 0 8px; }
QPushButton[role="quiet"]:hover { color: $text; background: $hover; }
QPushButton[role="quiet"]:focus { border-color: $accent; }
QPushButton[role="link"] {
    background: transparent; border: 1px solid transparent; border-radius: 4px; min-height: 18px; padding: 0 4px;
    font-size: 12px; color: $accent;
}
QPushButton[role="link"]:hover { background: $hover; }
QPushButton[role="link"]:focus { border-color: $accent; }
QPushButton[role="chosen"] { background: $accent_soft; color: $accent; font-weight: 600; }
QPushButton[size="small"], QComboBox[size="small"] { min-height: 26px; font-size: 12px; padding: 0 10px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 3px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $track; }
QToolButton:focus { border-color: $accent; }
QToolButton[menu="none"]::menu-indicator { image: none; }

QComboBox, QComboBox[size="small"] { padding: 0 0 0 9px; }
QComboBox::drop-down { border: 0; width: 24px; subcontrol-origin: border; subcontrol-position: right center; }
QComboBox::down-arrow { image: url(icons:select-$name.svg); width: 16px; height: 16px; }
QSpinBox, QDoubleSpinBox { padding: 0 26px 0 12px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {
    border: 0; background: transparent; width: 24px; height: 15px; subcontrol-origin: border;
}
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-position: top right; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-position: bottom right; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(icons:select-up-$name.svg); width: 14px; height: 14px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(icons:select-$name.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView {
    background: $panel; border: 1px solid $line_strong; border-radius: 0; padding: 4px; outline: 0;
    selection-background-color: $accent_soft; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; border-radius: 5px; }
QComboBox QAbstractItemView::item:selected { background: $accent_soft; color: $text; }

QMenu { background: $panel; border: 1px solid $line_strong; border-radius: 5px; padding: 4px; }
QMenu::item { padding: 7px 16px 7px 12px; border-radius: 5px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QMenu::indicator { width: 16px; height: 16px; left: 6px; }
QMenu::icon { left: 8px; }

QProgressBar { background: $track; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider { min-height: 20px; }
QSlider::groove:horizontal { height: 4px; background: $track; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: $text; border: 0;
}
QSlider::handle:horizontal:focus { background: $accent; }

QScrollArea, QAbstractScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget { background: transparent; }
#shortcutsSheet { border: 1px solid transparent; border-radius: 8px; padding: 10px 0 10px 12px; }
#shortcutsSheet:focus { border-color: $accent; }
QTextEdit, QPlainTextEdit, QListView, QTreeView, QTableView {
    background: $panel; border: 1px solid $line; border-radius: 8px;
}
QTextEdit:focus, QPlainTextEdit:focus, QListView:focus, QTreeView:focus, QTableView:focus { border-color: $accent; }
QListView, QTreeView, QTableView { outline: 0; selection-background-color: $accent_soft; selection-color: $text; }
QListView { padding: 4px; }
QListView::item, QTreeView::item { min-height: 28px; padding: 0 6px; border-radius: 5px; }
QTableView::item { padding: 0 6px; border: 0; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
    background: $accent_soft; color: $text; border: 0;
}
QListView::item:hover:!selected, QTreeView::item:hover:!selected { background: $hover; }
QHeaderView { background: $panel; border: 0; }
QHeaderView::section {
    background: $panel; color: $muted; border: 0; border-bottom: 1px solid $line; padding: 5px 8px; font-size: 12px;
}
QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 10px; margin: 0; }
QScrollBar:horizontal { height: 10px; margin: 0; }
QScrollBar::handle { background: $line_strong; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $accent_soft; }
""")


def stylesheet(tokens: Tokens) -> str:
    """The style sheet of a theme."""
    return _SHEET.substitute(asdict(tokens))
