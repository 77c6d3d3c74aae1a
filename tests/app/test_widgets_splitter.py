"""The line between two parts of the window, moved by keys."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.widgets.splitter import STEP_PX, Splitter

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "raise")


@pytest.fixture
def splitter(qtbot: QtBot) -> Splitter:
    first, second = QWidget(), QWidget()
    first.setMinimumWidth(100)
    second.setMinimumWidth(100)
    made = Splitter("parts", first, second, (300, 500), 16, "Width of the first part")
    qtbot.addWidget(made)
    made.resize(816, 300)
    made.show()
    return made


def test_the_arrows_move_the_line(qtbot: QtBot, splitter: Splitter) -> None:
    assert splitter.line.focusPolicy() == Qt.TabFocus
    assert splitter.line.accessibleName() == "Width of the first part"
    before = splitter.sizes()
    assert sum(before) == 800
    qtbot.keyClick(splitter.line, Qt.Key_Right)
    assert splitter.sizes() == [before[0] + STEP_PX, before[1] - STEP_PX]
    qtbot.keyClick(splitter.line, Qt.Key_Left)
    qtbot.keyClick(splitter.line, Qt.Key_Left)
    assert splitter.sizes() == [before[0] - STEP_PX, before[1] + STEP_PX]


@pytest.mark.parametrize(("key", "least"), [(Qt.Key_Left, 0), (Qt.Key_Right, 1)])
def test_no_part_gets_too_small(qtbot: QtBot, splitter: Splitter, key: Qt.Key, least: int) -> None:
    for _ in range(60):
        qtbot.keyClick(splitter.line, key)
    assert splitter.sizes()[least] == 100
    assert sum(splitter.sizes()) == 800


def test_other_keys_are_not_its_own(qtbot: QtBot, splitter: Splitter) -> None:
    before = splitter.sizes()
    qtbot.keyClick(splitter.line, Qt.Key_Right, Qt.ControlModifier)  # the next stage, in the main window
    qtbot.keyClick(splitter.line, Qt.Key_Down)
    assert splitter.sizes() == before
