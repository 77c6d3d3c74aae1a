"""Layouts the window is made of, and their state as text."""

from __future__ import annotations

import base64

from PyQt5.QtCore import QByteArray
from PyQt5.QtWidgets import QVBoxLayout, QWidget


def column(*widgets: QWidget, stretch: int, margin: int = 0, spacing: int = 0) -> QWidget:
    """Widgets below each other; the one at place `stretch`, or empty space there, takes what height is left."""
    whole = QWidget()
    layout = QVBoxLayout(whole)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    for widget in widgets:
        layout.addWidget(widget)
    if stretch == len(widgets):
        layout.addStretch()
    layout.setStretch(stretch, 1)
    return whole


def as_text(state: QByteArray) -> str:
    """What Qt's saveState() gives, as text."""
    return base64.b64encode(state.data()).decode()


def as_bytes(state: str) -> QByteArray:
    return QByteArray(base64.b64decode(state))
