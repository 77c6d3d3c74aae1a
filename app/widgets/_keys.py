"""What a key means in a painted widget: a step along its places, or a command of the window's."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QKeyEvent

ACROSS: Mapping[int, int] = {Qt.Key_Left: -1, Qt.Key_Right: 1}
DOWN: Mapping[int, int] = {Qt.Key_Up: -1, Qt.Key_Down: 1}
BY_CELL: Mapping[int, tuple[int, int]] = {  # down, across
    Qt.Key_Up: (-1, 0), Qt.Key_Down: (1, 0), Qt.Key_Left: (0, -1), Qt.Key_Right: (0, 1)
}  # fmt: skip
ENTER = (Qt.Key_Return, Qt.Key_Enter)


def in_rows(columns: int) -> Mapping[int, int]:
    """The steps of the four arrows among places that are laid out in rows of so many."""
    return {**ACROSS, **{key: step * columns for key, step in DOWN.items()}}


def is_command(event: QKeyEvent) -> bool:
    """With Ctrl or Alt a key is the window's, and no step in here."""
    return bool(event.modifiers() & (Qt.ControlModifier | Qt.AltModifier))


def place_after(
    event: QKeyEvent, here: int, count: int, steps: Mapping[int, int], *, ends: bool = False, page: int = 0
) -> int | None:
    """Which of the places 0 … count - 1 a key leads to from `here`, by one of `steps`, Home and End, or a page.

    -1 beyond either end; None for a key that does not lead anywhere in here.
    """
    key, last = event.key(), count - 1
    if is_command(event):
        return None
    if key in steps:
        target = here + steps[key]
    elif ends and key in (Qt.Key_Home, Qt.Key_End):
        target = 0 if key == Qt.Key_Home else last
    elif page and key in (Qt.Key_PageUp, Qt.Key_PageDown):
        target = max(here - page, 0) if key == Qt.Key_PageUp else min(here + page, last)
    else:
        return None
    return target if 0 <= target <= last else -1
