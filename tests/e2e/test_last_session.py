"""What was open comes back: after a window that closed, and after one that was lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from journeys import SAMPLES, wait_for_analysis
from pytestqt.qtbot import QtBot

from app import last_session, paths, session_file
from app.program import Program
from app.settings import Settings, SettingsFile

Start = Callable[[], Program]


@pytest.fixture
def start(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Starts the program as a user's, with settings that are kept."""
    monkeypatch.setattr(last_session, "SAVE_EVERY_MS", 0)

    def started() -> Program:
        program = Program(Settings(), SettingsFile(paths.settings_file()))
        program.show()
        qtbot.waitUntil(lambda: program.started, timeout=20_000)
        return program

    return started


def marks() -> list[Path]:
    return list(paths.home().glob("running.*"))


def look(qtbot: QtBot, program: Program) -> None:
    program.session.open(SAMPLES[:2])
    wait_for_analysis(qtbot, program, SAMPLES[0].name)
    program.session.step(1)
    wait_for_analysis(qtbot, program, SAMPLES[1].name)
    program.session.look_at("layer3.1", 7)


def check_reopened(qtbot: QtBot, program: Program) -> None:
    program.window.actions_by_id["reopen"].trigger()
    wait_for_analysis(qtbot, program, SAMPLES[1].name)
    qtbot.waitUntil(lambda: (program.session.output, program.session.channel) == ("layer3.1", 7), timeout=20_000)
    assert len(program.session.items) == 2


def test_after_a_window_that_closed(qtbot: QtBot, start: Start) -> None:
    first = start()
    assert len(marks()) == 1
    look(qtbot, first)
    first.window.close()
    first.close()
    assert marks() == []
    second = start()
    assert second.window.status_line._notice.text() == ""
    check_reopened(qtbot, second)
    second.window.close()
    second.close()


def test_after_a_window_that_was_lost(qtbot: QtBot, start: Start) -> None:
    first = start()
    look(qtbot, first)
    last = paths.home() / last_session.LAST

    def kept() -> bool:
        return last.exists() and session_file.load(last).scene.output == "layer3.1"

    qtbot.waitUntil(kept, timeout=20_000)
    first.close()  # the window is not asked
    assert first.last_session._lock is not None
    first.last_session._lock.release()  # what the system does for a process that was killed
    lost = paths.home() / "running.1"
    lost.touch()
    second = start()
    assert "did not end in order" in second.window.status_line._notice.text()
    assert not lost.exists()
    check_reopened(qtbot, second)
    second.window.close()
    second.close()


def test_a_window_that_still_runs_is_not_lost(qtbot: QtBot, start: Start) -> None:
    mark = paths.home() / "running.2"
    mark.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(mark):
        program = start()
        assert program.window.status_line._notice.text() == ""
        program.window.actions_by_id["reopen"].trigger()
        assert "no session to reopen" in program.window.status_line._notice.text()
        program.window.close()
        program.close()
