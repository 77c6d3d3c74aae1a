"""A submenu of what was used last, made anew each time it opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QAction, QMenu

from app.widgets._controls import menu_text

Entry = tuple[str, str]  # what is chosen, and its text


class RecentMenu(QMenu):
    """`entries` is asked each time. `chosen` tells the first half of the entry that was picked."""

    chosen = pyqtSignal(str)

    def __init__(self, title: str, entries: Callable[[], Sequence[Entry]], parent: QMenu, before: QAction) -> None:
        super().__init__(title, parent)
        self._entries = entries
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)
        parent.insertMenu(before, self)

    def fill(self) -> None:
        self.clear()
        for value, text in self._entries():
            action = self.addAction(menu_text(text))
            action.setToolTip(value)
            action.setData(value)
            action.triggered.connect(self._pick)
        if self.isEmpty():
            self.addAction(self.tr("Nothing yet")).setEnabled(False)

    def _pick(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(action.data())
