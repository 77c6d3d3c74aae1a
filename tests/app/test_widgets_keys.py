"""Where the keys of a painted widget lead."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import QEvent, Qt
from PyQt5.QtGui import QKeyEvent

from app.widgets._keys import ACROSS, DOWN, in_rows, place_after


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.NoModifier) -> QKeyEvent:
    return QKeyEvent(QEvent.KeyPress, key, modifiers)


@pytest.mark.parametrize(
    ("key", "here", "target"),
    [(Qt.Key_Right, 0, 1), (Qt.Key_Right, 4, -1), (Qt.Key_Left, 0, -1), (Qt.Key_Right, -1, 0), (Qt.Key_Up, 2, None)],
)
def test_a_step_ends_at_the_ends(key: Qt.Key, here: int, target: int | None) -> None:
    assert place_after(press(key), here, 5, ACROSS) == target


def test_home_end_and_pages_where_a_widget_has_them() -> None:
    for key, target in ((Qt.Key_Home, 0), (Qt.Key_End, 9), (Qt.Key_PageUp, 1), (Qt.Key_PageDown, 9)):
        assert place_after(press(key), 5, 10, DOWN, ends=True, page=4) == target
        assert place_after(press(key), 5, 10, DOWN) is None
    assert place_after(press(Qt.Key_End), -1, 0, DOWN, ends=True) == -1


def test_up_and_down_are_a_row_where_places_stand_in_rows() -> None:
    assert place_after(press(Qt.Key_Down), 1, 8, in_rows(3)) == 4
    assert place_after(press(Qt.Key_Up), 1, 8, in_rows(3)) == -1
    assert place_after(press(Qt.Key_Right), 1, 8, in_rows(3)) == 2


def test_with_ctrl_or_alt_a_key_is_the_window_s() -> None:
    for modifier in (Qt.ControlModifier, Qt.AltModifier):
        assert place_after(press(Qt.Key_Right, modifier), 0, 5, ACROSS) is None
    assert place_after(press(Qt.Key_Right, Qt.ShiftModifier), 0, 5, ACROSS) == 1
