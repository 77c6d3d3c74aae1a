"""Where text stands that others wrote: an exception's, a file's name, a log. Plain; the mouse can select it."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QFont
from PyQt5.QtWidgets import QLabel, QPlainTextEdit


def paragraph(text: str = "", *, role: str = "", name: str = "") -> QLabel:
    """A label that wraps; `role` is one of the style sheet's."""
    label = QLabel(text)
    label.setObjectName(name)
    if role:
        label.setProperty("role", role)
    label.setTextFormat(Qt.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextSelectableByMouse)
    return label


def listing(accessible_name: str) -> QPlainTextEdit:
    """Lines of a fixed pitch, to read and to copy; Tab leaves it."""
    field = QPlainTextEdit()
    field.setAccessibleName(accessible_name)
    field.setReadOnly(True)
    field.setTabChangesFocus(True)
    field.setLineWrapMode(QPlainTextEdit.NoWrap)
    font = QFont("monospace")
    font.setStyleHint(QFont.Monospace)
    field.setFont(font)
    return field
