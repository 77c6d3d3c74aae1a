"""All keys on one sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app import geometry

Rows = Sequence[tuple[str, str]]  # keys, what they do

WIDTHS_PX = (144, 336)  # of the keys and of what they do; longer words wrap
FRAME_PX = 16  # around the sheet, which shows that it has the keyboard
OF_THE_SCREEN = 0.85  # the sheet scrolls rather than be higher


class ShortcutsDialog(QDialog):
    """Groups of keys in two columns, e.g. those of `actions.sheet()`. Closes with Esc or the button; may scroll."""

    def __init__(self, groups: Sequence[tuple[str, Rows]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        sheet = QWidget()
        columns = QHBoxLayout(sheet)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(40)
        half = sum(len(rows) + 2 for _, rows in groups) / 2
        column, used = _column(columns), 0
        for title, rows in groups:
            if used + (len(rows) + 2) / 2 > half:
                column, used = _column(columns), 0
            column.insertLayout(column.count() - 1, _sheet(title, rows))
            used += len(rows) + 2

        buttons = QDialogButtonBox(QDialogButtonBox.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 14, 24, 16)
        layout.setSpacing(6)
        room = QScrollArea()
        room.setObjectName("shortcutsSheet")
        room.setAccessibleName(self.windowTitle())
        room.setFrameShape(QFrame.NoFrame)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        room.setWidget(sheet)
        wanted, screen = sheet.sizeHint(), QApplication.primaryScreen().availableGeometry()
        room.setFixedWidth(wanted.width() + room.verticalScrollBar().sizeHint().width() + FRAME_PX)
        layout.addWidget(room)
        layout.addWidget(buttons)
        self.resize(self.sizeHint().width(), min(wanted.height() + 96, int(screen.height() * OF_THE_SCREEN)))
        geometry.remember(self)


def _column(columns: QHBoxLayout) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(24)
    column.addStretch(1)
    columns.addLayout(column)
    return column


def _sheet(title: str, rows: Rows) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    heading = QLabel(title)
    heading.setProperty("role", "heading")
    grid.addWidget(heading, 0, 0, 1, 2)
    for row, (keys, meaning) in enumerate(rows, start=1):
        for column, text in enumerate((keys, meaning)):
            label = QLabel(text)
            label.setTextFormat(Qt.PlainText)
            label.setWordWrap(True)
            label.ensurePolished()
            label.setFixedSize(WIDTHS_PX[column], label.heightForWidth(WIDTHS_PX[column]))
            grid.addWidget(label, row, column, Qt.AlignLeft | Qt.AlignTop)
    return grid
