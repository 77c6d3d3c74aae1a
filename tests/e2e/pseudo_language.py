"""A language that everybody can read and no text is in by chance: the letters of every translation are wide ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from PyQt5.QtCore import QAbstractListModel, Qt
from PyQt5.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QAction,
    QComboBox,
    QDoubleSpinBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QSpinBox,
    QTabBar,
    QWidget,
)

from resources.translations.sources import sources

ROOT = Path(__file__).resolve().parent.parent.parent
_WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_FIELD = re.compile(r"(\{[^{}]*\}|<[^<>]*>|\(\*[^()]*\))")


def texts() -> dict[str, str]:
    """Every text of the program in it; fields, tags and patterns of file names as they are."""
    return {source: wide(source) for source in sources(ROOT)}


def wide(text: str) -> str:
    parts = _FIELD.split(text)
    return "".join(part if place % 2 else part.translate(_WIDE) for place, part in enumerate(parts))


def shown(window: QWidget) -> Iterator[tuple[str, str]]:
    """(where, text) of everything that a window says, shows when asked, or tells a screen reader."""
    for widget in (window, *window.findChildren(QWidget)):
        where = f"{type(widget).__name__} {widget.objectName()}"
        for text in (
            widget.windowTitle(), widget.toolTip(), widget.statusTip(), widget.accessibleName(),
            widget.accessibleDescription(), *_own(widget),
        ):  # fmt: skip
            if text:
                yield where, text
    for action in window.findChildren(QAction):
        for text in (action.text(), action.toolTip(), action.statusTip()):
            if text:
                yield f"QAction {action.objectName()}", text


def _own(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QAbstractButton | QLabel):
        yield widget.text()
    elif isinstance(widget, QGroupBox | QMenu):
        yield widget.title()
    elif isinstance(widget, QLineEdit) and not isinstance(widget.parentWidget(), QAbstractSpinBox):
        yield widget.placeholderText()
    elif isinstance(widget, QSpinBox | QDoubleSpinBox):
        yield from (widget.prefix(), widget.suffix(), widget.specialValueText())
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(index) for index in range(widget.count()))
        yield from (str(widget.itemData(index, Qt.ToolTipRole) or "") for index in range(widget.count()))
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(index) for index in range(widget.count()))
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
        yield from (str(model.headerData(each, Qt.Horizontal) or "") for each in range(columns))
        for row in range(min(model.rowCount(), 3)):
            yield from (str(model.index(row, each).data() or "") for each in range(columns))
