"""The real program in a window of its own under Xvfb, worked by real keys (xdotool, XTEST)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app import last_session, paths

LONGEST_S = 60

_mark = pytest.mark.skipif(
    not all(map(shutil.which, ("Xvfb", "xdotool", "import"))), reason="needs Xvfb, xdotool and ImageMagick's import"
)
needs_xvfb = [pytest.mark.xvfb, _mark]


def until(process: subprocess.Popen[str], milestone: str) -> None:
    """Read what the program says until it says this."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == f"resnet-lens: {milestone}":
            return
    raise AssertionError(f"the program ended before “{milestone}”")


class RealWindow:
    """`with RealWindow(display, arguments) as window:`. Nobody manages windows there: `focus` does what one would."""

    def __init__(self, display: str, arguments: Iterable[Path | str] = ()) -> None:
        self.env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "RESNET_LENS_TRACE": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app", *map(str, arguments)],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> RealWindow:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def tool(self, *command: str) -> str:
        done = subprocess.run(["xdotool", *command], env=self.env, capture_output=True, text=True, timeout=LONGEST_S)
        assert done.returncode == 0, f"xdotool {command}: {done.stderr}"
        return done.stdout.strip()

    def focus(self, title: str) -> None:
        """Wait for the window of this title and give it the keyboard."""
        search = ["xdotool", "search", "--sync", "--onlyvisible", "--name", title]
        deadline = time.monotonic() + LONGEST_S
        while True:  # a window that closes while xdotool goes through all of them ends its search
            done = subprocess.run(search, env=self.env, capture_output=True, text=True, timeout=LONGEST_S)
            if done.returncode == 0:
                break
            assert "BadWindow" in done.stderr, f"{search}: {done.stderr}"
            assert time.monotonic() < deadline, f"no window “{title}”"
        self.tool("windowfocus", "--sync", done.stdout.split()[-1])

    def keys(self, *names: str) -> None:
        """e.g. "ctrl+Right", "Tab". One after the other: a key may change what the next one means."""
        for name in names:
            self.tool("key", "--clearmodifiers", name)

    def type(self, text: str) -> None:
        self.tool("type", "--clearmodifiers", text)

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Until it is so. Asking the X server takes a while: nobody has to sleep in between."""
        deadline = time.monotonic() + LONGEST_S
        while not condition():
            assert self.process.poll() is None, f"the program ended before {what}"
            assert time.monotonic() < deadline, f"never came: {what}"
            self.tool("getmouselocation")

    def gone(self, title: str) -> bool:
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", title],
            env=self.env,
            capture_output=True,
            timeout=LONGEST_S,
        )
        return found.returncode != 0

    def kept(self) -> dict[str, Any]:
        """What the program keeps of its session while it goes on; {} while there is nothing."""
        file = paths.home() / last_session.LAST
        return json.loads(file.read_text("utf-8")) if file.is_file() else {}

    def photograph(self, file: Path) -> Image.Image:
        subprocess.run(["import", "-window", "root", str(file)], env=self.env, check=True, timeout=LONGEST_S)
        return Image.open(file).convert("RGB")

    def quit(self) -> None:
        """By its key, in good order."""
        self.keys("ctrl+q")
        assert self.process.wait(30) == 0
        assert self.process.stderr is not None
        assert "Traceback" not in self.process.stderr.read()
