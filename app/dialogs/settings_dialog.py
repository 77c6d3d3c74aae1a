"""All settings on one page, made from `settings_table`. What is chosen counts at once; there is no OK."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PyQt5.QtCore import QSize, Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import geometry, theme
from app.i18n import tr
from app.settings import Settings, makes_sense
from app.settings_table import GROUPS, SETTINGS, SettingSpec

FIELD_PX = 280


class SettingsDialog(QDialog):
    """Shows `settings` and tells every change; `show_settings` takes those made elsewhere."""

    changed = pyqtSignal(object)  # the Settings as they are now

    def __init__(self, settings: Settings, devices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """`devices` are what there is besides "auto": (id, text)."""
        super().__init__(parent)
        self.setObjectName("settingsDialog")
        self.setWindowTitle(self.tr("Settings"))
        self.settings = settings
        self._rows: dict[str, _Row] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for group in GROUPS:
            heading = QLabel(tr(group))
            heading.setProperty("role", "heading")
            line = grid.rowCount()
            grid.addWidget(heading, line, 0, 1, 3)
            grid.setRowMinimumHeight(line, 36)
            for spec in SETTINGS:
                if spec.group == group:
                    self._add(grid, spec, devices)
        buttons = QDialogButtonBox(QDialogButtonBox.Close)
        buttons.rejected.connect(self.reject)
        self._all = QPushButton(self.tr("Reset all"))
        self._all.setProperty("role", "quiet")
        self._all.setAutoDefault(False)
        self._all.clicked.connect(self._reset_all)
        below = QHBoxLayout()
        below.addWidget(self._all)
        below.addStretch(1)
        below.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(grid)
        layout.addLayout(below)
        layout.setSizeConstraint(QVBoxLayout.SetFixedSize)
        self.show_settings(settings)
        geometry.remember(self)

    def show_settings(self, settings: Settings) -> None:
        """Nothing is emitted."""
        self.settings = settings
        default = Settings()
        for key, row in self._rows.items():
            value = getattr(settings, key)
            row.show_value(value)
            row.reset.setVisible(value != getattr(default, key))
        self._all.setEnabled(any(getattr(settings, key) != getattr(default, key) for key in self._rows))

    def begin_at(self, key: str) -> None:
        """Give a row the focus; "" leaves it where it is."""
        if key in self._rows:
            self._rows[key].field.setFocus()

    def _add(self, grid: QGridLayout, spec: SettingSpec, devices: Sequence[tuple[str, str]]) -> None:
        choices = [(value, tr(text)) for value, text in spec.choices]
        row = _Row(spec, [*choices, *(devices if spec.key == "device" else ())], self._take)
        label = QLabel(tr(spec.text))
        label.setBuddy(row.field)
        label.setToolTip(tr(spec.tip))
        line = grid.rowCount()
        grid.addWidget(label, line, 0)
        grid.addWidget(row.field, line, 1)
        grid.addWidget(row.reset, line, 2)
        grid.setColumnMinimumWidth(2, 32)
        row.reset.clicked.connect(lambda: self._take(spec.key, getattr(Settings(), spec.key)))
        self._rows[spec.key] = row

    def _take(self, key: str, value: Any) -> None:
        """A row's new value, if it makes sense; else the row stays marked until it does."""
        row = self._rows[key]
        row.show_problem("" if makes_sense(key, value) else self.tr("This can’t be used: {tip}.").format(tip=row.tip))
        if makes_sense(key, value) and value != getattr(self.settings, key):
            self.show_settings(replace(self.settings, **{key: value}))
            self.changed.emit(self.settings)

    def _reset_all(self) -> None:
        default = Settings()
        self.show_settings(replace(self.settings, **{key: getattr(default, key) for key in self._rows}))
        self.changed.emit(self.settings)


class _Row:
    """The widget a setting is chosen with, and the button that takes it back."""

    def __init__(
        self, spec: SettingSpec, choices: Sequence[tuple[str, str]], take: Callable[[str, object], None]
    ) -> None:
        name, tip = tr(spec.text), tr(spec.tip)
        self.tip = tip[0].lower() + tip[1:]
        self._take: Callable[[Any], None] = lambda value: take(spec.key, value)
        makers = {"choice": self._choice, "count": self._count, "address": self._text, "folder": self._folder}
        self.field: QWidget = makers[spec.kind](spec, choices)
        self.field.setFixedWidth(FIELD_PX)
        self.field.setObjectName(f"{spec.key}Setting")
        for part in (self.field, self._input):
            part.setAccessibleName(name)
            part.setToolTip(tip)
        if self._input is not self.field:
            self.field.setFocusProxy(self._input)
        self.reset = QToolButton()
        self.reset.setIcon(theme.icon("refresh", "muted"))
        self.reset.setIconSize(QSize(16, 16))
        self.reset.setAccessibleName(tr("Reset {0}").format(name))
        self.reset.setToolTip(tr("As it was at first"))
        kept = self.reset.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(kept)

    def show_value(self, value: Any) -> None:
        field = self._input
        field.blockSignals(True)
        if isinstance(field, QComboBox):
            if field.findData(value) < 0:  # a device that is not here now
                field.addItem(str(value).upper(), value)
            field.setCurrentIndex(field.findData(value))
        elif isinstance(field, QSpinBox):
            field.setValue(value)
        elif isinstance(field, QLineEdit) and field.text() != value:
            field.setText(value)
        field.blockSignals(False)

    def show_problem(self, sentence: str) -> None:
        theme.dress(self._input, "problem", bool(sentence))
        self._input.setToolTip(sentence or self.tip)

    def _choice(self, spec: SettingSpec, choices: Sequence[tuple[str, str]]) -> QWidget:
        box = QComboBox()
        for value, text in choices:
            box.addItem(text, value)
        box.currentIndexChanged.connect(lambda: self._take(box.currentData()))
        self._input: QWidget = box
        return box

    def _count(self, spec: SettingSpec, _choices: object) -> QWidget:
        box = QSpinBox()
        box.setRange(spec.least, spec.most)
        box.setSpecialValueText(tr(spec.nothing))
        box.valueChanged.connect(self._take)
        self._input = box
        return box

    def _text(self, spec: SettingSpec, _choices: object) -> QWidget:
        line = QLineEdit()
        line.setPlaceholderText(tr(spec.nothing))
        line.textChanged.connect(lambda text: self._take(text.strip()))
        self._input = line
        return line

    def _folder(self, spec: SettingSpec, _choices: object) -> QWidget:
        line = self._text(spec, ())
        both = QWidget()
        button = QToolButton()
        button.setIcon(theme.icon("folder", "muted"))
        button.setAccessibleName(tr("Choose: {0}").format(tr(spec.text)))
        button.setToolTip(tr("Choose a folder"))
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(line, 1)
        row.addWidget(button, 0, Qt.AlignVCenter)

        def choose() -> None:
            assert isinstance(line, QLineEdit)
            if folder := QFileDialog.getExistingDirectory(both, tr(spec.text), line.text()):
                line.setText(folder)

        button.clicked.connect(choose)
        return both
