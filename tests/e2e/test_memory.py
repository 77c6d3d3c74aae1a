"""The memory of the window: what was removed or reset comes back with Ctrl+Z, what was used last is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from journeys import SAMPLES, wait_for_analysis
from PyQt5.QtCore import QFile, Qt
from PyQt5.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.program import Program
from app.recent import RecentMenu
from resnet_core.engines.base import Intervention


def press(qtbot: QtBot, program: Program, key: Qt.Key, modifiers: Qt.KeyboardModifiers) -> None:
    qtbot.keyClick(program.window, key, modifiers)


def test_removed_pictures_come_back_in_their_order(qtbot: QtBot, program: Program) -> None:
    session, undo = program.session, program.window.actions_by_id["undo"]
    assert not undo.isEnabled()
    session.open(SAMPLES[:3])
    wait_for_analysis(qtbot, program, SAMPLES[0].name)
    keys = list(session.items)
    program.window.filmstrip.remove_requested.emit(keys[1])
    assert list(session.items) == [keys[0], keys[2]]
    program.window.actions_by_id["clear"].trigger()
    assert session.items == {}
    notice = program.window.status_line._notice
    assert "Ctrl+Z brings them back" in notice.text()
    press(qtbot, program, Qt.Key_Z, Qt.ControlModifier)
    assert list(session.items) == [keys[0], keys[2]]
    assert notice.text() == ""
    press(qtbot, program, Qt.Key_Z, Qt.ControlModifier)
    assert list(session.items) == keys
    assert not undo.isEnabled()
    wait_for_analysis(qtbot, program, SAMPLES[0].name)
    press(qtbot, program, Qt.Key_Z, Qt.ControlModifier | Qt.ShiftModifier)
    assert list(session.items) == [keys[0], keys[2]]


def test_a_reset_intervention_comes_back(qtbot: QtBot, program: Program) -> None:
    session, change = program.session, Intervention(gates={"layer2.1": 0.0})
    session.intervene(change)
    press(qtbot, program, Qt.Key_Escape, Qt.NoModifier)
    assert session.intervention is None
    press(qtbot, program, Qt.Key_Z, Qt.ControlModifier)
    assert session.intervention is change


def test_removed_weights_come_back_from_the_trash(
    qtbot: QtBot, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    library = program.library
    bundled = next(info for info in library.all if info.origin == "bundled")
    assert bundled.path is not None
    mine = program.store.import_file(bundled.path, name="mine")
    library.refresh()
    library.choose(mine.id)
    monkeypatch.setattr(QMessageBox, "exec_", lambda _: QMessageBox.Yes)
    program.window.toolbar.remove_weights(mine.id)
    assert library.in_use.id == bundled.id
    assert mine.id not in {info.id for info in library.all}
    assert program.window.status_line._notice.text() == f"{mine.id} is in the trash; Ctrl+Z brings it back."
    press(qtbot, program, Qt.Key_Z, Qt.ControlModifier)
    assert program.store.load(mine.id).parameters.keys() == program.store.load(bundled.id).parameters.keys()
    assert mine.id in {info.id for info in library.all}


def test_where_there_is_no_trash_weights_stay_until_the_user_says_for_good(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = program.library
    mine = program.store.import_file(library.in_use.path, name="mine")
    library.refresh()
    monkeypatch.setattr(QFile, "moveToTrash", lambda _: (False, ""))
    asked: list[str] = []
    answers = iter([QMessageBox.Yes, QMessageBox.Cancel, QMessageBox.Yes, QMessageBox.Yes])
    monkeypatch.setattr(QMessageBox, "exec_", lambda box: asked.append(box.text()) or next(answers))
    program.window.toolbar.remove_weights(mine.id)
    assert "into the trash" in asked[0]
    assert asked[1] == f"{mine.path.name} can’t be put into the trash. Delete it for good?"
    assert mine.path.is_file()
    assert mine.id in {info.id for info in library.all}
    program.window.toolbar.remove_weights(mine.id)
    assert len(asked) == 4
    assert not mine.path.exists()
    assert mine.id not in {info.id for info in library.all}
    assert not program.window.actions_by_id["undo"].isEnabled()


def test_what_was_used_last_is_at_hand(qtbot: QtBot, program: Program) -> None:
    window = program.window
    window.commander.open_paths([SAMPLES[0]])
    wait_for_analysis(qtbot, program, SAMPLES[0].name)
    window.commander.open_paths([SAMPLES[1]])
    wait_for_analysis(qtbot, program, SAMPLES[1].name)
    menu = next(m for m in window.toolbar.menus["File"].findChildren(RecentMenu))
    menu.fill()
    assert [action.text() for action in menu.actions()] == [SAMPLES[1].name, SAMPLES[0].name]
    menu.actions()[1].trigger()
    wait_for_analysis(qtbot, program, SAMPLES[0].name)
    menu.fill()
    assert menu.actions()[0].toolTip() == str(SAMPLES[0])
    window.session.look_at("layer3", 5)
    remembered = window.remembered()
    assert (remembered.output, remembered.channel) == ("layer3", 5)
    assert remembered.recent_weights == (program.library.in_use.id,)
