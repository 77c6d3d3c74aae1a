"""The program as its user has it, with a home folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app import theme
from app.program import Program
from app.settings import Settings


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A real picture file, with a name that needs care."""
    path = tmp_path / "ein Bild & <b>mehr.png"
    rng = np.random.default_rng(7)
    Image.fromarray(rng.integers(0, 255, (60, 80, 3), np.uint8)).resize((320, 240), 2).save(path)
    return path


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    """A running window, shown; taken down in order."""
    from PyQt5.QtWidgets import QApplication

    theme.apply(QApplication.instance(), "light")
    running = Program(Settings())
    qtbot.addWidget(running.window)
    running.show()
    qtbot.waitUntil(lambda: running.started, timeout=20_000)
    yield running
    running.close()
