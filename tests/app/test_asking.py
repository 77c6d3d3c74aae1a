"""Boxes that ask or tell: what Enter and Escape mean, and that no text in them is markup."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PyQt5.QtCore import Qt, QTimer
from PyQt5.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app import asking


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def pressing(qtbot: QtBot, key: int) -> Callable[[], None]:
    """Presses a key in the box that is open by then."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        qtbot.keyClick(box, key)

    return press


@pytest.mark.parametrize(
    ("for_good", "key", "answer"),
    [
        (False, Qt.Key_Return, True),
        (False, Qt.Key_Escape, False),
        (True, Qt.Key_Return, False),
        (True, Qt.Key_Escape, False),
    ],
)
def test_enter_does_only_what_can_be_undone(
    qtbot: QtBot, parent: QWidget, for_good: bool, key: int, answer: bool
) -> None:
    QTimer.singleShot(0, pressing(qtbot, key))
    assert asking.agreed(parent, "Remove it?", for_good=for_good) is answer


def test_a_file_s_name_is_no_markup(parent: QWidget) -> None:
    box = asking.box(parent, "<b>cat</b>.png", "a < b", name="question")
    assert (box.text(), box.informativeText(), box.textFormat()) == ("<b>cat</b>.png", "a < b", Qt.PlainText)
    assert parent.findChild(QMessageBox, "question") is box


def test_what_is_told_holds_nothing_up_and_goes_when_it_is_closed(qtbot: QtBot, parent: QWidget) -> None:
    box = asking.box(parent, "Done")
    with qtbot.waitSignal(box.destroyed):
        asking.tell(box)
        assert box.isVisible()
        box.close()
