"""The linked probe: the cursor anywhere, the same place everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from journeys import wait_for_analysis
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot
from widget_data import hover, leave

from app.program import Program


@pytest.fixture
def shown(qtbot: QtBot, program: Program, photo: Path) -> Program:
    program.session.open([photo])
    wait_for_analysis(qtbot, program)
    program.session.look_at("layer2", 5)
    return program


def said(program: Program) -> str:
    return program.window.status_line._place.text()


def test_hovering_the_photo_reads_the_unit_centred_nearest(qtbot: QtBot, shown: Program) -> None:
    window, session = shown.window, shown.session
    crop = window.image_view.crop_rect()
    with qtbot.waitSignal(window.bench.moved) as moved:
        hover(window.image_view, crop.x() + crop.width() * 0.65, crop.y() + crop.height() * 0.33)
    # Units of layer2 are centred at 0.5, 2.5, … of 32 px: 0.33 * 32 = 10.6 and 0.65 * 32 = 20.8.
    assert moved.args == ["layer2", 5, 10]
    value = float(session.analysis.activations["layer2"][5, 5, 10])
    assert said(shown).startswith("layer2 channel 5 at (5, 10): ")
    assert f"{value:.2f}".replace("-", "−") in said(shown) or value == 0
    place = window.probe.place
    assert place is not None
    field = session.analysis.info.spec.receptive_field("layer2")
    assert (place.field[1], place.field[3]) == field.span(5, 32)
    assert (place.field[0], place.field[2]) == field.span(10, 32)
    assert window.explorer.detail._picture.cursor_cell == (5, 10)
    assert window.explorer.grid._tiles._cursor == (5, 10)
    assert window.image_view._probe is not None
    with qtbot.waitSignal(window.bench.moved) as moved:
        leave(window.image_view)
    assert moved.args == ["", 0, 0]
    assert said(shown) == ""
    assert window.image_view._probe is None
    assert window.image_view._marker is None
    assert window.explorer.detail._picture.cursor_cell is None


def test_what_the_network_saw_is_the_photo_too(shown: Program) -> None:
    hover(shown.window.network_input, 63, 1)
    place = shown.window.probe.place
    assert place is not None
    assert (place.y, place.x) == (0, 15)
    assert place.field == (18, 0, 32, 13)
    assert "sees 14 × 13 px of 25 × 25" in said(shown)
    hover(shown.window.network_input, 100, 1)
    assert shown.window.probe.place is None


def test_a_cursor_that_rests_on_the_photo_reads_every_stage(qtbot: QtBot, shown: Program) -> None:
    hover(shown.window.network_input, 32, 32)
    for output, cell in (("layer3", 4), ("layer4", 2), ("conv1", 16)):
        shown.session.look_at(output)
        place = shown.window.probe.place
        assert place is not None
        assert (place.output, place.y) == (output, cell)
    shown.session.look_at("layer4.0.residual")  # it is computed first
    qtbot.waitUntil(lambda: shown.window.probe.place is not None, timeout=30_000)
    assert shown.window.probe.place.output == "layer4.0.residual"


def test_the_cards_of_the_stages_have_maps_too(shown: Program) -> None:
    window = shown.window
    shown.window.explorer._draw_next_card()
    card = next(card for card in window.explorer.strip._cards if card.part.name == "layer3")
    while not card._tiles:
        window.explorer._draw_next_card()
    tile = card._tile_rects()[1]
    before = card.grab().toImage()
    hover(card, tile.x() + tile.width() * 0.3, tile.y() + tile.height() * 0.9)
    place = window.probe.place
    assert place is not None
    assert (place.output, place.y, place.x) == ("layer3", 7, 2)
    assert said(shown).startswith("layer3 at (7, 2) · sees ")
    assert window.explorer.detail._picture.cursor_cell == (14, 4)
    assert card.grab().toImage() != before
    hover(card, 1, 1)
    assert window.probe.place is None
    assert card._place is None


def test_arrows_move_the_probe_over_the_map(qtbot: QtBot, shown: Program) -> None:
    picture = shown.window.explorer.detail._picture
    picture.setFocus()
    qtbot.keyClick(picture, Qt.Key_Right)
    assert (shown.window.probe.place.y, shown.window.probe.place.x) == (8, 8)
    for key in (Qt.Key_Right, Qt.Key_Up, Qt.Key_Up):
        qtbot.keyClick(picture, key)
    assert (shown.window.probe.place.y, shown.window.probe.place.x) == (6, 9)
    for _ in range(20):
        qtbot.keyClick(picture, Qt.Key_Left)
    assert shown.window.probe.place.x == 0
    shown.window.explorer.grid.setFocus()
    assert shown.window.probe.place is None


def test_an_instrument_asks_for_a_place_of_another_output(shown: Program) -> None:
    bench, window = shown.window.bench, shown.window
    bench.probe_requested.emit("layer4", 3, 0, None)
    place = window.probe.place
    assert place is not None
    assert (place.output, place.field) == ("layer4", (0, 0, 32, 32))
    assert window.explorer.detail._picture.cursor_cell == (12, 0)  # centred at 24.5 and 0.5 of 32 px
    assert said(shown) == "layer4 at (3, 0) · sees 32 × 32 px of 109 × 109, the rest is outside"
    bench.probe_requested.emit("layer2.1.residual", 2, 0, None)  # its channels are those of the stage looked at
    assert said(shown).startswith("layer2.1.residual at (2, 0) · sees")  # not computed yet
    bench.probe_requested.emit("layer2", 2, 0, 9)  # not the chosen one
    assert said(shown).startswith("layer2 channel 9 at (2, 0): ")
    bench.unprobe_requested.emit()
    assert window.probe.place is None
    for output, y, x in (("logits", 0, 0), ("layer9", 0, 0), ("layer4", 400, 0), ("", 0, 0)):
        bench.probe_requested.emit(output, y, x, None)
        assert window.probe.place is None


def test_no_picture_no_place(qtbot: QtBot, shown: Program) -> None:
    hover(shown.window.network_input, 32, 32)
    assert shown.window.probe.place is not None
    shown.session.clear()
    assert shown.window.probe.place is None
    hover(shown.window.network_input, 32, 32)
    shown.window.bench.probe_requested.emit("layer1", 0, 0, None)
    assert shown.window.probe.place is None
