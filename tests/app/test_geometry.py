"""Windows and dialogs stand where they stood, on a screen that exists."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import QRect
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app import geometry
from app.layouts import as_text

LAPTOP, SECOND, ABOVE = QRect(0, 0, 1440, 900), QRect(1440, 0, 1920, 1080), QRect(0, -1200, 1920, 1200)
"""Fake screens: the main one, one at its right and one above it."""


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geometry, "_kept", {})


@pytest.mark.parametrize(
    ("window", "screens"),
    [
        (QRect(100, 100, 800, 600), [LAPTOP]),
        (QRect(1500, 50, 1200, 800), [LAPTOP, SECOND]),
        (QRect(-700, 100, 800, 600), [LAPTOP]),  # mostly outside, as somebody put it; 100 px of its title are there
        (QRect(1340, 850, 800, 600), [LAPTOP]),
        (QRect(200, -1100, 800, 600), [LAPTOP, ABOVE]),
        (QRect(0, 0, 1440, 900), [LAPTOP]),
        (QRect(1000, 100, 900, 600), [LAPTOP, SECOND]),  # across two
    ],
)
def test_what_can_be_taken_hold_of_stays(window: QRect, screens: list[QRect]) -> None:
    assert geometry.moved_back(window, screens) == window


@pytest.mark.parametrize(
    ("window", "screens", "moved"),
    [
        (QRect(1500, 50, 1200, 800), [LAPTOP], QRect(240, 50, 1200, 800)),  # the second screen was taken away
        (QRect(200, -1100, 800, 600), [LAPTOP], QRect(200, 40, 800, 600)),  # the one above
        (QRect(1500, 50, 1900, 1050), [LAPTOP], QRect(0, 40, 1440, 860)),  # larger than what is left
        (QRect(-780, 100, 800, 600), [LAPTOP], QRect(0, 100, 800, 600)),
        (QRect(100, 3000, 800, 600), [LAPTOP, SECOND], QRect(100, 300, 800, 600)),
        (QRect(100, -300, 800, 600), [LAPTOP], QRect(100, 40, 800, 600)),  # its lower half is there, its title is not
        (QRect(9000, 10, 800, 600), [LAPTOP, SECOND], QRect(2560, 40, 800, 600)),  # the nearer one of two
        (QRect(5000, 5000, 60, 30), [LAPTOP], QRect(1380, 870, 60, 30)),
    ],
)
def test_what_is_out_of_reach_is_moved_back(window: QRect, screens: list[QRect], moved: QRect) -> None:
    assert geometry.moved_back(window, screens) == moved
    assert geometry.moved_back(moved, screens) == moved


def test_without_a_screen_nothing_is_moved() -> None:
    assert geometry.moved_back(QRect(9, 9, 9, 9), []) == QRect(9, 9, 9, 9)


def made(qtbot: QtBot, name: str = "someDialog") -> QDialog:
    dialog = QDialog()
    dialog.setObjectName(name)
    dialog.resize(300, 200)
    geometry.remember(dialog)
    qtbot.addWidget(dialog)
    return dialog


def test_a_dialog_opens_where_it_was_closed(qtbot: QtBot) -> None:
    first = made(qtbot)
    first.show()
    first.setGeometry(120, 130, 420, 310)
    first.close()
    kept = geometry.of_dialogs()
    assert kept.keys() == {"someDialog"}
    geometry._kept.clear()
    geometry.start_with(kept)  # as after another start
    second = made(qtbot)
    second.show()
    assert second.geometry() == QRect(120, 130, 420, 310)
    assert made(qtbot, "another").size() == made(qtbot, "third").size() != second.size()


def test_one_that_is_still_open_is_remembered_too(qtbot: QtBot) -> None:
    dialog = made(qtbot)
    dialog.show()
    dialog.setGeometry(140, 150, 330, 240)
    place = geometry.of_dialogs()["someDialog"]
    geometry.start_with({"someDialog": "older", "other": place})
    assert geometry.of_dialogs() == {"someDialog": place, "other": place}


def test_a_window_from_a_screen_that_is_gone(qtbot: QtBot) -> None:
    lost, found = QWidget(), QWidget()
    for widget in (lost, found):
        qtbot.addWidget(widget)
    lost.setGeometry(9000, 7000, 500, 400)
    geometry.restore(found, as_text(lost.saveGeometry()))
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert screen.contains(found.geometry().topLeft())
    assert (screen & found.geometry()).width() >= geometry.LEAST_PX


@pytest.mark.parametrize("damaged", ["", "AAAA", "bm8gZ2VvbWV0cnk="])
def test_damaged_places_are_no_places(qapp: QApplication, qtbot: QtBot, damaged: str) -> None:
    geometry.start_with({"someDialog": damaged})
    dialog = made(qtbot)
    assert (dialog.width(), dialog.height()) == (300, 200)


@pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")
def test_a_window_that_was_put_away_comes_to_the_front(qtbot: QtBot) -> None:
    dialog = made(qtbot)
    dialog.showMinimized()
    geometry.to_front(dialog)
    assert dialog.isVisible()
    assert not dialog.isMinimized()
