"""“Open with” while a window is open: the running window shows what was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt5.QtCore import Qt

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # off-screen nothing is in front

ROOT = Path(__file__).resolve().parents[2]


def test_a_second_start_brings_its_picture_to_the_window(qtbot, program, photo):
    program.window.showMinimized()
    program.open_from_outside([str(photo)])
    qtbot.waitUntil(lambda: program.session.analysis is not None, timeout=60_000)
    assert program.session.analysis.picture.path == photo
    assert not program.window.windowState() & Qt.WindowMinimized


def test_a_second_start_without_pictures_leaves_the_session_alone(qtbot, program):
    program.window.showMinimized()
    program.open_from_outside([])
    assert not program.window.windowState() & Qt.WindowMinimized
    assert not program.session.items


def test_weights_are_imported(qtbot, program, tmp_path):
    weights = tmp_path / "mine.safetensors"
    weights.write_bytes((ROOT / "resources" / "weights" / "resnet18.cifar10.safetensors").read_bytes())
    program.open_from_outside([str(weights)])
    qtbot.waitUntil(lambda: program.session.library.in_use.id == "resnet18.mine", timeout=60_000)
    assert not program.session.items
