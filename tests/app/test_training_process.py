"""The training process from the window's side: with the real trainer, and with processes that misbehave."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from small_training import config, with_budget, write_folder

from app.training.ends import Ending
from app.training_process import TrainingProcess
from resnet_core import workers
from resnet_core.training import control
from resnet_core.training.runs import Runs, is_held
from resnet_core.weights.store import WeightsStore

PATIENCE_MS = 60_000


class Watched:
    """A TrainingProcess, and what it said."""

    def __init__(self, home: Path, launch: Callable[..., Any] = workers.start_detached) -> None:
        self.children: list[subprocess.Popen[bytes]] = []

        def launched(*args: str, log: Path) -> subprocess.Popen[bytes]:
            self.children.append(launch(*args, log=log))
            return self.children[-1]

        self.process = TrainingProcess(home / "runs", home, launch=launched)
        self.states: list[str] = []
        self.past: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.endings: list[Ending] = []
        self.process.state_changed.connect(self.states.append)
        self.process.told.connect(lambda events, past: (self.past if past else self.events).extend(events))
        self.process.ended.connect(self.endings.append)

    @property
    def state(self) -> str:
        return self.process.state


@pytest.fixture
def watch(home: Path, qtbot: QtBot) -> Iterator[Callable[..., Watched]]:
    made: list[Watched] = []

    def watched(launch: Callable[..., Any] = workers.start_detached) -> Watched:
        made.append(Watched(home, launch))
        return made[-1]

    yield watched
    for one in made:
        assert one.process.close()
        for child in one.children:
            if child.poll() is None:
                child.kill()
            child.wait(30)


@pytest.fixture
def colours(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "colours")


def until(qtbot: QtBot, state: str, *watched: Watched) -> None:
    qtbot.waitUntil(lambda: all(one.state == state for one in watched), timeout=PATIENCE_MS)


@pytest.mark.slow
def test_a_real_training_from_its_start_to_its_end(
    qtbot: QtBot, home: Path, colours: Path, watch: Callable[..., Watched]
) -> None:
    """Paused, resumed, left and found again, stopped by somebody else, resumed with another budget, finished."""
    first = watch()
    first.process.start(with_budget(config(colours), epochs=5000), "evening")
    assert first.state == "starting"
    until(qtbot, "training", first)
    first.process.pause()
    until(qtbot, "paused", first)
    first.process.go_on()
    until(qtbot, "training", first)
    assert [event["event"] for event in first.events if event["event"] in ("start", "paused", "resumed")] == [
        "start", "paused", "resumed",
    ]  # fmt: skip

    assert first.process.close()  # the window is closed
    assert first.state == "idle"
    second, third = watch(), watch()  # two others are opened
    for one in (second, third):
        one.process.adopt("evening")
    until(qtbot, "training", second, third)
    assert second.past[0]["event"] == "start"
    assert not second.children
    second.process.stop()
    assert second.state == "stopping"
    until(qtbot, "ended", second, third)
    assert [one.endings[0].how for one in (second, third)] == ["stopped", "stopped"]
    assert second.endings[0].can_resume
    assert not is_held(home / "runs" / "evening")

    done = Runs(home / "runs").get("evening").epochs_done
    second.process.resume("evening", lambda config: with_budget(config, epochs=done + 1))
    until(qtbot, "ended", second)
    assert second.endings[-1].how == "finished"
    assert "of 6 test pictures right" in second.endings[-1].sentence
    assert WeightsStore(home).get("resnet20.evening").on_disk
    assert second.states[-4:] == ["ended", "starting", "training", "ended"]
    assert first.children[0].wait(30) == 0  # nobody's child is left behind


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a kill that can't be caught")
def test_a_killed_training_says_what_is_kept(qtbot: QtBot, colours: Path, watch: Callable[..., Watched]) -> None:
    watched = watch()
    watched.process.start(with_budget(config(colours), epochs=5000), "r")
    qtbot.waitUntil(lambda: any(event["event"] == "epoch" for event in watched.events), timeout=PATIENCE_MS)
    watched.children[0].kill()
    until(qtbot, "ended", watched)
    [ending] = watched.endings
    assert (ending.how, ending.fault, ending.can_resume) == ("failed", "crash", True)
    assert "was killed, perhaps by the system for want of memory" in ending.sentence
    assert "is kept: resume it." in ending.sentence


@pytest.mark.slow
def test_stopped_before_it_began(qtbot: QtBot, home: Path, colours: Path, watch: Callable[..., Watched]) -> None:
    watched = watch()
    watched.process.start(config(colours), "r")
    qtbot.waitUntil(lambda: bool(watched.children), timeout=PATIENCE_MS)
    watched.process.stop()
    until(qtbot, "ended", watched)
    assert watched.endings[0].how == "stopped"
    assert Runs(home / "runs").get("r").state in ("new", "stopped", "interrupted")


def pretend(code: str) -> Callable[..., subprocess.Popen[bytes]]:
    """Launches a process that runs `code`, with the run's folder as its argument, instead of a trainer."""

    def launch(_name: str, folder: str, _home: str, *, log: Path) -> subprocess.Popen[bytes]:
        with log.open("ab") as stderr:
            return subprocess.Popen([sys.executable, "-c", code, folder], stderr=stderr, stdin=subprocess.DEVNULL)

    return launch


def test_a_process_that_ends_without_a_word(qtbot: QtBot, watch: Callable[..., Watched]) -> None:
    watched = watch(pretend("import sys; sys.exit('no module named torch')"))
    watched.process.start(config(), "r")
    until(qtbot, "ended", watched)
    [ending] = watched.endings
    assert ending.sentence == (
        "The training process ended unexpectedly (exit code 1). Nothing was saved yet; it can be started again."
    )
    assert ending.details == "no module named torch"


def test_a_run_whose_folder_is_gone_can_not_go_on(qtbot: QtBot, home: Path, watch: Callable[..., Watched]) -> None:
    watched = watch(pretend("import shutil, sys; shutil.rmtree(sys.argv[1]); sys.exit(1)"))
    watched.process.start(config(), "r")
    until(qtbot, "ended", watched)
    [ending] = watched.endings
    assert ending.sentence == f"The run’s folder {home / 'runs' / 'r'} is gone, so it can’t go on."
    assert not ending.can_resume


def test_an_error_event_is_said_without_its_command_line(qtbot: QtBot, watch: Callable[..., Watched]) -> None:
    said = "The disk is full. What was trained is kept: “resnet-lens train --resume r” goes on with it."
    event = json.dumps({"event": "error", "kind": "training", "message": said, "can_resume": True})
    watched = watch(
        pretend(f"import sys; open(sys.argv[1] + '/events.jsonl', 'w').write({event + chr(10)!r}); sys.exit(1)")
    )
    watched.process.start(config(), "r")
    until(qtbot, "ended", watched)
    [ending] = watched.endings
    assert ending.sentence == "The disk is full. What was trained is kept: resume it to go on."
    assert ending.can_resume


def test_a_damaged_configuration_starts_no_process(qtbot: QtBot, home: Path, watch: Callable[..., Watched]) -> None:
    folder = Runs(home / "runs").create(config(), "evening")
    (folder / "config.json").write_text("[]", encoding="utf-8")
    watched = watch()
    watched.process.resume("evening")
    qtbot.waitUntil(lambda: watched.state == "ended", timeout=PATIENCE_MS)
    (ending,) = watched.endings
    assert (ending.run, ending.how, ending.can_resume) == ("evening", "failed", False)
    assert ending.sentence.startswith("The run evening can't be used")
    assert watched.children == []


def test_a_name_that_is_taken_and_a_run_that_is_gone(qtbot: QtBot, home: Path, watch: Callable[..., Watched]) -> None:
    Runs(home / "runs").create(config(), "r")
    watched = watch()
    watched.process.start(config(), "r")
    until(qtbot, "ended", watched)
    watched.process.resume("gone")
    qtbot.waitUntil(lambda: len(watched.endings) == 2, timeout=PATIENCE_MS)
    assert watched.endings[0].sentence == "There is a run named “r” already: choose another name."
    assert watched.endings[1].sentence == "There is no run named “gone”. Near it: r."
    assert not watched.children


@contextlib.contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Whatever happens, it does not outlive the block."""
    try:
        yield
    finally:
        process.kill()


HOLDS = """
import sys, time, filelock, pathlib
folder = pathlib.Path(sys.argv[1])
with filelock.FileLock(folder / ".lock"):
    (folder / "events.jsonl").write_text('{"event": "start", "time": 1}\\n')
    while not (folder / "control").exists():
        time.sleep(0.02)
    with (folder / "events.jsonl").open("a") as file:
        file.write('{"event": "stopped", "time": 2, "epochs": 2}\\n')
"""


def test_a_run_that_another_process_has_is_followed(qtbot: QtBot, home: Path, watch: Callable[..., Watched]) -> None:
    folder = Runs(home / "runs").create(config(), "r")
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(folder)]) as other, ended(other):
        qtbot.waitUntil(lambda: is_held(folder) and (folder / "events.jsonl").exists(), timeout=PATIENCE_MS)
        watched = watch(pretend("raise SystemExit(1)"))
        watched.process.resume("r")
        until(qtbot, "training", watched)
        assert not watched.endings
        watched.process.stop()
        until(qtbot, "ended", watched)
        assert other.wait(30) == 0
    assert watched.endings[0].sentence == "Stopped after 2 epochs. Nothing is lost: it can go on."


def test_orders_that_a_starting_process_forgets_are_given_again(
    qtbot: QtBot, home: Path, watch: Callable[..., Watched]
) -> None:
    begins = HOLDS.replace("with filelock", "while not (folder / 'control').exists(): time.sleep(0.02)\n"
                           "(folder / 'control').unlink()\nwith filelock")  # fmt: skip
    folder = Runs(home / "runs").create(config(), "r")
    watched = watch(pretend(begins))
    watched.process.resume("r")
    qtbot.waitUntil(lambda: bool(watched.children), timeout=PATIENCE_MS)
    watched.process.pause()
    until(qtbot, "ended", watched)
    assert watched.endings[0].how == "stopped"
    assert "pausing" in watched.states
    assert (folder / control.FILE).read_text() == "pause\n"


def test_a_lower_rate_is_written_before_it_goes_on(qtbot: QtBot, home: Path, watch: Callable[..., Watched]) -> None:
    Runs(home / "runs").create(config(), "r")
    watched = watch(pretend("pass"))
    watched.process.resume("r", lambda old: replace(old, recipe=replace(old.recipe, learning_rate=0.01)))
    until(qtbot, "ended", watched)
    found = Runs(home / "runs").get("r").config
    assert found is not None
    assert found.recipe.learning_rate == 0.01
    assert "ended without saying why" in watched.endings[0].sentence
