"""A training from the real window: set up by keyboard, paused, stopped, resumed after the window was closed, used."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from journeys import SAMPLES

from resnet_core.training import events
from resnet_core.training.runs import Runs, is_held

pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.timeout(900),  # 80 s on an idle machine with two cores
    pytest.mark.skipif(not all(map(shutil.which, ("Xvfb", "xdotool"))), reason="needs Xvfb and xdotool"),
]

PATIENCE_S = 300.0
MAIN, TRAINING, CLOSING = "^ResNet Lens$", "Train a network – ResNet Lens$", "^Training – ResNet Lens$"


@pytest.fixture
def cifar10(shared: Path, home: Path) -> Path:
    """The official data set where the program looks for it."""
    datasets = home / "datasets"
    datasets.mkdir(parents=True)
    command = [sys.executable, str(shared / "cifar10" / "unpack.py"), str(datasets)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=300)
    return datasets / "cifar-10-batches-py"


class Screen:
    """The keyboard of a display, and the program that is open on it."""

    def __init__(self, display: str) -> None:
        self._env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "RESNET_LENS_TRACE": "1"}
        self.program: subprocess.Popen[str] | None = None

    def open(self, *arguments: str, until: str) -> None:
        """Start the program and wait for a milestone of it."""
        command = [sys.executable, "-m", "app", *arguments]
        self.program = subprocess.Popen(
            command, env=self._env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.program.stdout is not None
        assert any(line.strip() == f"resnet-lens: {until}" for line in self.program.stdout), "the program ended early"

    @property
    def exit_code(self) -> int | None:
        """None: the program is open."""
        return None if self.program is None else self.program.poll()

    def tool(self, *command: str) -> str:
        """What xdotool says. With --sync it waits for a window for ever: not when the program has ended meanwhile."""
        deadline = time.monotonic() + PATIENCE_S
        with subprocess.Popen(
            ["xdotool", *command], env=self._env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as xdotool:
            while True:
                try:
                    said, problem = xdotool.communicate(timeout=0.25)
                    break
                except subprocess.TimeoutExpired:
                    if self.exit_code is not None or time.monotonic() > deadline:
                        xdotool.kill()
        assert xdotool.returncode == 0, f"xdotool {command}, exit code of the program {self.exit_code}: {problem}"
        return said.strip()

    def wait_for(self, title: str) -> None:
        self.tool("search", "--sync", "--onlyvisible", "--name", title)

    def focus(self, title: str) -> None:
        """Give a window the keyboard; wait until there is one. There is no window manager to do that."""
        window = self.tool("search", "--sync", "--onlyvisible", "--name", title).splitlines()[0]
        self.tool("windowraise", window, "windowfocus", "--sync", window)

    def keys(self, *keys: str) -> None:
        """To the server, not to a window: a release may come when the window has closed already."""
        self.tool("key", "--delay", "30", *keys)

    def write(self, text: str) -> None:
        self.tool("type", "--delay", "30", text)

    def until(self, condition: Callable[[], bool], what: str, again: Callable[[], None] | None = None) -> None:
        """Look four times a second; `again` is done every other second until it is so."""
        deadline, repeat = time.monotonic() + PATIENCE_S, time.monotonic()
        while not condition():
            now = time.monotonic()
            assert self.exit_code is None, f"the program ended before {what}"
            assert now < deadline, f"never: {what}"
            if again is not None and now >= repeat:
                again()
                repeat = now + 2
            time.sleep(0.25)

    def ended(self) -> None:
        """The program ends by itself, in good order."""
        assert self.program is not None
        assert self.program.wait(60) == 0
        assert self.program.stderr is not None
        assert "Traceback" not in self.program.stderr.read()


@pytest.fixture
def screen(display: str) -> Iterator[Screen]:
    screen = Screen(display)
    yield screen
    if screen.program is not None:
        if screen.program.poll() is None:
            screen.program.kill()
        screen.program.communicate()


def count(folder: Path, kind: str) -> int:
    path = folder / events.FILE
    lines = path.read_bytes().splitlines() if path.exists() else []
    return sum(event is not None and event["event"] == kind for event in map(events.parse_event, lines))


def test_a_training_from_the_window(screen: Screen, cifar10: Path, home: Path) -> None:
    run = home / "runs" / "evening"
    screen.open(until="window")
    screen.focus(MAIN)
    screen.keys("ctrl+t")
    screen.focus(TRAINING)

    # By keyboard: ResNet-20, two epochs, the name, 2,000 pictures; the data set was found.
    screen.keys("Tab", "Tab", "space", "Down", "Return")
    screen.keys(*["alt+b"] * 5, "End")  # some get lost while the menu closes
    screen.write("2")
    screen.keys("Tab", "Tab", "ctrl+a")
    screen.write("evening")
    screen.keys("Tab", "space", *["Tab"] * 12, "ctrl+a")
    screen.write("2000")
    screen.keys("Tab")
    screen.until(run.exists, "the run begins", again=lambda: screen.keys("ctrl+Return"))
    screen.until(lambda: count(run, "batch") > 0, "it trains")
    config = Runs(home / "runs").get("evening").config
    assert config is not None
    assert (config.start.network, config.data.kind, config.data.limit) == ("resnet20", "cifar10", 2000)
    assert (config.budget.epochs, config.recipe.learning_rate) == (2, 0.1)

    screen.keys("ctrl+p")
    screen.until(lambda: count(run, "paused") == 1, "it pauses")
    screen.keys("ctrl+p")
    screen.until(lambda: count(run, "resumed") == 1, "it goes on")
    screen.until(lambda: count(run, "stopped") == 1, "it stops", again=lambda: screen.keys("ctrl+period"))
    screen.until(lambda: not is_held(run), "its process ends")
    screen.focus(MAIN)
    screen.keys("ctrl+q")
    screen.ended()

    # Opened again, the half-done run is offered and goes on. It is paused, so that it waits for what comes now:
    # the window is closed once more, and the training stays.
    screen.open(until="window")
    screen.focus(MAIN)
    screen.keys("ctrl+t")
    screen.focus(TRAINING)
    screen.until(lambda: count(run, "start") == 2, "it is resumed", again=lambda: screen.keys("alt+r"))
    screen.keys("ctrl+p")
    screen.until(lambda: count(run, "paused") == 2, "it pauses again")
    screen.focus(MAIN)
    screen.keys("ctrl+q")
    screen.focus(CLOSING)
    screen.keys("Return")
    screen.ended()
    assert is_held(run)
    assert count(run, "stopped") == 1

    # Opened with a picture, the dialog finds the training, which goes on to its end; its network looks at the picture.
    screen.open(str(SAMPLES[0]), until="prediction")
    main = f"^{SAMPLES[0].name} – ResNet Lens$"
    screen.focus(main)
    screen.keys("ctrl+t")
    screen.focus(TRAINING)
    screen.until(lambda: count(run, "resumed") == 2, "it goes on", again=lambda: screen.keys("ctrl+p"))
    screen.until(lambda: count(run, "done") == 1, "it ends")
    assert count(run, "start") == 2
    assert 0.1 < Runs(home / "runs").get("evening").test_accuracy < 1  # type: ignore[operator]

    settings = home / "settings.json"
    kept = settings.read_text("utf-8") if settings.exists() else ""
    assert "resnet20.evening" not in kept
    screen.wait_for("^evening: finished")
    screen.keys("ctrl+u")
    screen.focus(main)
    screen.keys("ctrl+q")
    screen.ended()
    assert json.loads(settings.read_text("utf-8"))["weights"] == "resnet20.evening"
