"""What a screen reader hears of the views that are painted: the item the keys are at, with its value."""

from __future__ import annotations

import re

import pytest
from journeys import SAMPLES, wait_for_analysis
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QSlider, QWidget
from pytestqt.qtbot import QtBot

from app.program import Program

VALUE = r"[−\d.,e+]+"


@pytest.fixture
def shown(qtbot: QtBot, program: Program) -> Program:
    qtbot.waitActive(program.window)
    program.session.open(SAMPLES[:3])
    wait_for_analysis(qtbot, program)
    program.session.look_at("layer2", 5)
    qtbot.waitUntil(lambda: program.tasks.idle, timeout=30_000)
    return program


def heard(widget: QWidget, pattern: str) -> re.Match[str]:
    found = re.fullmatch(pattern, widget.accessibleDescription())
    assert found, widget.accessibleDescription()
    return found


def look_through(qtbot: QtBot, program: Program, instrument: str) -> QWidget:
    program.window.workbench.show(instrument)
    qtbot.waitUntil(lambda: program.window.settled and program.tasks.idle, timeout=60_000)
    looked_at = program.window.workbench.instrument
    assert looked_at is not None
    return looked_at.panel


def child(panel: QWidget, kind: str) -> QWidget:
    return next(widget for widget in panel.findChildren(QWidget) if type(widget).__name__ == kind)


def test_the_grid_speaks_channel_rank_and_mean(qtbot: QtBot, shown: Program) -> None:
    grid = shown.window.explorer.grid
    tiles = grid.focusProxy()
    before = heard(tiles, rf"Channel 5, rank (\d+) of 128, mean {VALUE}")
    qtbot.keyClick(tiles, Qt.Key_Right)
    after = heard(tiles, rf"Channel (\d+), rank (\d+) of 128, mean {VALUE}")
    assert int(after[2]) == int(before[1]) + 1
    assert int(after[1]) == shown.session.channel
    grid.ranking = "variance"
    heard(tiles, rf"Channel \d+, rank \d+ of 128, variance {VALUE}, mean {VALUE}")


def test_predictions_speak_class_and_probability(qtbot: QtBot, shown: Program) -> None:
    rows = shown.window.predictions.focusProxy()
    heard(rows, r"airplane [\d.]+ %; .*")
    qtbot.keyClick(rows, Qt.Key_Down)
    second = shown.session.analysis.predictions[1].label
    heard(rows, rf"{second} [\d.]+ %; airplane [\d.]+ %; .*")


def test_stages_speak_what_is_looked_at(qtbot: QtBot, shown: Program) -> None:
    card = next(card for card in shown.window.explorer.strip._cards if card.part.name == "layer2")
    heard(card, r"128 × 16 × 16, .*parameters.*, looked at")
    qtbot.keyClick(card, Qt.Key_Right)
    heard(card, r"layer2\.0, 128 × 16 × 16, .*, looked at")
    shown.session.look_at("layer3")
    assert not card.accessibleDescription().endswith("looked at")


def test_the_row_of_pictures_speaks_names_and_classes(qtbot: QtBot, shown: Program) -> None:
    film = shown.window.filmstrip
    heard(film, r"1 of 3: airplane\.jpg, airplane \d+ %")
    qtbot.keyClick(film, Qt.Key_Right)
    heard(film, r"2 of 3: automobile\.jpg, .*")


def test_bars_of_depth_speak_their_height_and_gate(qtbot: QtBot, shown: Program) -> None:
    panel = look_through(qtbot, shown, "depth")
    chart, slider = child(panel, "DepthChart"), panel.findChild(QSlider)
    qtbot.keyClick(chart, Qt.Key_End)
    heard(chart, rf"layer4\.1, {VALUE}")
    qtbot.keyClick(chart, Qt.Key_Down)
    qtbot.waitUntil(lambda: "F × 0.9" in chart.accessibleDescription(), timeout=30_000)
    assert slider.accessibleName()
    qtbot.keyClick(chart, Qt.Key_Space)
    qtbot.waitUntil(lambda: chart.accessibleDescription().endswith("switched off"), timeout=30_000)


def test_the_waterfall_speaks_its_row(qtbot: QtBot, shown: Program) -> None:
    waterfall = child(look_through(qtbot, shown, "evidence"), "Waterfall")
    heard(waterfall, rf"Bias {VALUE}; .*; Sum {VALUE}")
    for _ in range(2):
        qtbot.keyClick(waterfall, Qt.Key_Down)
    heard(waterfall, rf"\d+ {VALUE}")


def test_the_x_ray_speaks_the_means_of_a_channel(qtbot: QtBot, shown: Program) -> None:
    maps = child(look_through(qtbot, shown, "xray"), "XRayMaps")
    qtbot.keyClick(maps, Qt.Key_Right)
    heard(maps, rf"Channel \d+, means: .*F\(x\) {VALUE}.*")


def test_the_patch_of_an_occlusion_speaks_its_place(qtbot: QtBot, shown: Program) -> None:
    shown.window.workbench.show("occlusion")
    view = child(shown.window.workbench.instrument.panel, "CropView")
    qtbot.waitUntil(lambda: bool(view.accessibleDescription()), timeout=30_000)
    before = heard(view, r"Patch of \d+ px at row (\d+), column (\d+)")
    qtbot.keyClick(view, Qt.Key_Right, Qt.ShiftModifier)
    after = heard(view, r"Patch of \d+ px at row (\d+), column (\d+)")
    assert (int(after[1]), int(after[2])) == (int(before[1]), int(before[2]) + 1)
