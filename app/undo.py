"""What can be taken back: the last steps where something was lost, each with its way back and forth again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PyQt5.QtCore import QObject
from PyQt5.QtWidgets import QUndoCommand, QUndoStack

if TYPE_CHECKING:
    from app.main_window import MainWindow

MOST_STEPS = 50


class Undo(QObject):
    """`stack` is Qt's: its signals say what can be undone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(MOST_STEPS)

    @property
    def window(self) -> MainWindow:
        """The one that owns this."""
        return cast("MainWindow", self.parent())

    def did(self, text: str, undo: Callable[[], object], redo: Callable[[], object]) -> None:
        """Something was done that is called `text`, e.g. "removing all pictures", and can be undone and done again."""
        self.stack.push(_Step(text, undo, redo))


class _Step(QUndoCommand):
    def __init__(self, text: str, undo: Callable[[], object], redo: Callable[[], object]) -> None:
        super().__init__(text)
        self._undo, self._redo = undo, redo
        self._was_done = False

    def undo(self) -> None:
        self._undo()

    def redo(self) -> None:
        if self._was_done:  # the stack asks for it the first time too, when it was done already
            self._redo()
        self._was_done = True
