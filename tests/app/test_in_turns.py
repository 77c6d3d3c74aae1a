"""Work in pieces: in order, each in an event of its own, and none for somebody who is gone."""

from __future__ import annotations

from PyQt5 import sip
from PyQt5.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from app.in_turns import in_turns


def test_other_events_come_in_between(qtbot: QtBot) -> None:
    owner, done = QObject(), list[str]()
    in_turns(owner, lambda: done.append("one"), lambda: done.append("two"), lambda: done.append("three"))
    QTimer.singleShot(0, lambda: done.append("an event"))
    assert done == []
    qtbot.waitUntil(lambda: "three" in done)
    assert done == ["one", "an event", "two", "three"]


def test_what_is_left_goes_with_its_owner(qtbot: QtBot) -> None:
    owner, done = QObject(), list[str]()
    in_turns(owner, lambda: done.append("one"), lambda: sip.delete(owner), lambda: done.append("never"))
    for _turn in range(4):
        QTimer.singleShot(0, lambda: done.append("an event"))
        qtbot.waitUntil(lambda: done[-1:] == ["an event"])
        done.remove("an event")
    assert done == ["one"]
