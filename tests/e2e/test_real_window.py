"""The real program in a real window: Xvfb, the keyboard through xdotool, and what is on the screen in the end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from journeys import SAMPLES
from PIL import Image
from real_window import needs_xvfb, until

pytestmark = needs_xvfb


def test_photo_by_argument_stages_by_keyboard_and_quit(display: str, tmp_path: Path) -> None:
    env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "RESNET_LENS_TRACE": "1"}
    program = subprocess.Popen(
        [sys.executable, "-m", "app", str(SAMPLES[0])],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )

    def tool(*command: str) -> str:
        done = subprocess.run(["xdotool", *command], env=env, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"xdotool {command}: {done.stderr}"
        return done.stdout.strip()

    def photograph(name: str) -> Image.Image:
        path = tmp_path / name
        subprocess.run(["import", "-window", "root", str(path)], env=env, check=True, timeout=60)
        return Image.open(path).convert("RGB")

    try:
        until(program, "window")
        until(program, "prediction")
        # Keys go to the server (XTEST), not to the window: their release may come when the window has closed already.
        window = tool("search", "--sync", "--onlyvisible", "--name", f"{SAMPLES[0].name} – ResNet Lens").splitlines()[0]
        tool("windowfocus", "--sync", window)
        first = photograph("first.png")
        tool("key", "ctrl+Right")
        tool("key", "ctrl+Right")
        deadline = time.monotonic() + 60
        while photograph("second.png").tobytes() == first.tobytes():  # a photograph takes a while: no need to wait
            assert time.monotonic() < deadline, "the window never changed"
        tool("key", "ctrl+q")
        assert program.wait(30) == 0
        assert program.stderr is not None
        assert "Traceback" not in program.stderr.read()
    finally:
        if program.poll() is None:
            program.kill()
        program.communicate()
