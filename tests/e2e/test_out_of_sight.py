"""What stands behind an instrument is drawn when it is looked at again, and not before."""

from __future__ import annotations

import numpy as np
import pytest
from journeys import SAMPLES, wait_for_analysis
from pytestqt.qtbot import QtBot

from app.program import Program
from resnet_core.engines.base import Intervention


@pytest.fixture
def behind(qtbot: QtBot, program: Program) -> Program:
    """A window that looks at a picture through the depth profile."""
    program.session.open([SAMPLES[0]])
    wait_for_analysis(qtbot, program)
    program.window.workbench.show("depth")
    return program


def ask(qtbot: QtBot, program: Program, change: Intervention) -> None:
    program.session.intervene(change)
    qtbot.waitUntil(
        lambda: program.session.analysis.intervention is change and program.tasks.idle and program.window.settled,
        timeout=60_000,
    )


def test_maps_behind_an_instrument_are_not_drawn_until_they_are_looked_at(qtbot: QtBot, behind: Program) -> None:
    session, grid = behind.session, behind.window.explorer.grid
    session.look_at("layer4", 3)
    before = grid._maps
    ask(qtbot, behind, Intervention(gates={"layer4.1": 0.0}))
    assert grid._maps is before
    behind.window.workbench.show("maps")
    assert grid._maps is session.analysis.activations["layer4"]
    assert grid.current_channel == session.channel == 3
    qtbot.waitUntil(lambda: grid._ranking.findData("evidence") >= 0, timeout=20_000)


def test_an_export_from_behind_an_instrument_is_of_what_is_now(qtbot: QtBot, behind: Program) -> None:
    explorer, session = behind.window.explorer, behind.session
    before = explorer.channel_picture()
    mask = np.ones(len(explorer.maps()), np.float32)
    mask[session.channel] = 0
    ask(qtbot, behind, Intervention(masks={session.output: mask}))
    assert not np.array_equal(explorer.channel_picture(), before)
    assert explorer.grid._maps is session.analysis.activations[session.output]


def test_a_place_in_larger_maps_does_not_trouble_those_behind(qtbot: QtBot, behind: Program) -> None:
    session = behind.session
    session.look_at("layer4", 3)
    behind.window.workbench.show("maps")
    behind.window.workbench.show("depth")
    session.look_at("layer1", 3)
    qtbot.waitUntil(lambda: behind.tasks.idle and behind.window.settled, timeout=60_000)
    behind.window.bench.probe_requested.emit("layer1", 30, 31, None)
    assert behind.window.explorer.detail._picture.cursor_cell is None
    behind.window.workbench.show("maps")
    behind.window.bench.probe_requested.emit("layer1", 30, 31, None)
    assert behind.window.explorer.detail._picture.cursor_cell == (30, 31)
