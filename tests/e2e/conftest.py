"""The program as its user has it, with a home folder of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from journeys import open_window
from PIL import Image
from pytestqt.qtbot import QtBot

from app.program import Program


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A real picture file, with a name that needs care."""
    path = tmp_path / "ein Bild & <b>mehr.png"
    rng = np.random.default_rng(7)
    Image.fromarray(rng.integers(0, 255, (60, 80, 3), np.uint8)).resize((320, 240), 2).save(path)
    return path


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    with open_window(qtbot) as running:
        yield running


@pytest.fixture
def display() -> Iterator[str]:
    """An X server without a screen; it says when it is ready."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as ready:
        yield f":{ready.readline().strip()}"
    server.terminate()
    server.wait(10)
