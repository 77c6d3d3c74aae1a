"""What was open comes back: after a window that closed, and after one that was lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from journeys import SAMPLES, wait_for_analysis
from PyQt5.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app import last_session, paths, session_file
from app.program import Program
from app.settings import Settings, SettingsFile
from resnet_core.images import load_image

Start = Callable[..., Program]


@pytest.fixture
def start(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Starts the program as a user's, with settings that are kept; says a notice as `app.__main__` does."""
    monkeypatch.setattr(last_session, "SAVE_EVERY_MS", 0)

    def started(notice: str = "") -> Program:
        program = Program(Settings(), SettingsFile(paths.settings_file()))
        program.show()
        program.session.notice.emit(notice, "a stack" if notice else "")
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
    second.session.open([SAMPLES[2]])
    qtbot.waitUntil((paths.home() / last_session.LAST).is_file, timeout=20_000)  # this one's session is kept now
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


def test_a_window_in_which_nothing_is_opened_leaves_the_session_before(start: Start) -> None:
    last, before = (paths.home() / name for name in (last_session.LAST, last_session.BEFORE))
    last.parent.mkdir(parents=True)
    last.write_text("a session")
    for _ in range(2):
        program = start()
        assert before.read_text() == "a session"
        assert not last.exists()
        program.window.close()
        program.close()


def test_what_was_pasted_only_is_no_session_and_never_takes_the_place_of_pictures(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.png"
    gone.write_bytes(SAMPLES[0].read_bytes())
    first = start()
    first.session.open([gone])
    wait_for_analysis(qtbot, first, gone.name)
    qtbot.waitUntil((paths.home() / last_session.LAST).is_file, timeout=20_000)
    first.window.close()
    first.close()
    gone.unlink()
    second = start()
    second.session.open([load_image(SAMPLES[1])])  # as pasted: pixels without a file
    qtbot.waitUntil(lambda: second.session.analysis is not None and second.tasks.idle, timeout=60_000)
    second.last_session._save()
    qtbot.waitUntil(lambda: second.tasks.idle)
    assert not (paths.home() / last_session.LAST).exists()
    second.window.actions_by_id["reopen"].trigger()
    notice = second.window.status_line._notice
    qtbot.waitUntil(lambda: notice.text() == "“gone.png” is not there any more.", timeout=20_000)
    assert len(second.session.items) == 1  # what is open stays
    second.window.close()
    second.close()
    assert not (paths.home() / last_session.LAST).exists()


def test_the_session_of_a_window_that_is_open_is_not_put_aside(start: Start) -> None:
    mark, last = paths.home() / "running.2", paths.home() / last_session.LAST
    mark.parent.mkdir(parents=True)
    last.write_text("of that window")
    with FileLock(mark):
        program = start()
        assert last.read_text() == "of that window"
        program.window.close()
        program.close()


def test_what_is_said_of_a_crash_is_not_replaced_by_what_can_be_reopened(qtbot: QtBot, start: Start) -> None:
    for file in (paths.home() / "running.1", paths.home() / last_session.LAST):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    program = start("The program ended unexpectedly last time.")
    status = program.window.status_line
    assert "did not end in order" in status._notice.text()
    assert "ended unexpectedly" in status._notice.text()
    with qtbot.waitSignal(status.details_requested) as asked:
        status._more.click()
    assert asked.args == ["a stack"]
    for box in program.window.findChildren(QMessageBox):
        box.close()
    program.window.close()
    program.close()


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
