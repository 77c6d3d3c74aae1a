"""All keys on one sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

Rows = Sequence[tuple[str, str]]  # keys, what they do


class ShortcutsDialog(QDialog):
    """Groups of keys in two columns, e.g. those of `actions.sheet()`. Closes with Esc or the button."""

    def __init__(self, groups: Sequence[tuple[str, Rows]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle("Keyboard shortcuts")
        columns = QHBoxLayout()
        columns.setSpacing(40)
        half = sum(len(rows) + 2 for _, rows in groups) / 2
        column, used = _column(columns), 0
        for title, rows in groups:
            if used >= half:
                column, used = _column(columns), 0
            column.insertLayout(column.count() - 1, _sheet(title, rows))
            used += len(rows) + 2

        buttons = QDialogButtonBox(QDialogButtonBox.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(columns)
        layout.addWidget(buttons)
        layout.setSizeConstraint(QVBoxLayout.SetFixedSize)


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
            grid.addWidget(label, row, column, Qt.AlignLeft | Qt.AlignTop)
    grid.setColumnMinimumWidth(0, 120)
    grid.setColumnStretch(1, 1)
    return grid
