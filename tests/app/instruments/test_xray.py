"""The X-ray in a window: what it shows is what the network computed, and everything can be reached."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from journeys import SAMPLES, open_window, settle
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from random_networks import random_parameters
from widget_data import hover, leave, shown

from app.ahead import LANE
from app.instruments import workbench
from app.instruments.xray import MOST_CHANNELS, XRay
from app.program import Program
from app.widgets._block_chooser import BlockChooser
from app.widgets._numbers import value_text
from resnet_core.engines.base import Activations, Intervention, Request
from resnet_core.engines.openvino_engine import OpenVINOEngine
from resnet_core.networks import named
from resnet_core.preprocess import Preprocess
from resnet_core.weights.catalog import WeightsInfo


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    with open_window(qtbot, SAMPLES[0]) as running:
        yield running


def look(qtbot: QtBot, program: Program, output: str) -> XRay:
    program.session.look_at(output)
    program.window.workbench.show("xray")
    settle(qtbot, program)
    instrument = program.window.workbench.instrument
    assert isinstance(instrument, XRay)
    return instrument


def said(program: Program) -> str:
    """The sentence in the place of the panel, if there is one."""
    return str(program.window.workbench.pages.currentWidget()._message.text())


def test_of_the_stage_looked_at_nothing_is_left_to_compile(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = program.window.workbench
    monkeypatch.setattr(workbench, "PAUSE_MS", 0)
    monkeypatch.setattr(bench.bench.ahead, "ablation", lambda *_: None)  # nothing else is compiled ahead
    program.session.look_at("layer3")
    with qtbot.waitSignal(program.tasks.busy_changed, check_params_cb=lambda lane, busy: (lane, busy) == (LANE, False)):
        pass
    settle(qtbot, program)
    monkeypatch.setattr(OpenVINOEngine, "_compile", None)
    monkeypatch.setattr(bench.bench.ahead, "blocks", lambda *_: None)  # the other stages are another matter
    instrument = look(qtbot, program, "layer3")
    assert instrument._found is not None
    assert instrument._found.block.name == "layer3.0"


def test_the_four_rows_are_the_block_on_one_scale(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program, "layer3.1")
    rows, found = instrument.panel._rows, instrument._found
    assert rows is not None
    assert found is not None
    analysis = program.session.analysis
    assert analysis is not None
    x, f, total, y = rows.maps
    for number, channel in enumerate(rows.channels):
        assert np.array_equal(x[number], analysis.activations["layer3.1.shortcut"][channel])
        assert np.array_equal(f[number], analysis.activations["layer3.1.residual"][channel])
        assert np.array_equal(y[number], analysis.activations["layer3.1"][channel])
    assert np.abs(x + f - total).max() <= 1e-5 * np.abs(rows.maps).max()
    assert np.abs(np.maximum(total, 0) - y).max() <= 1e-5 * np.abs(rows.maps).max()
    assert rows.scale.high == -rows.scale.low == pytest.approx(np.abs(rows.maps).max())
    assert program.session.channel in rows.channels
    assert set(rows.channels) - {program.session.channel} <= set(found.ranked()[:MOST_CHANNELS])
    assert [heading for heading, _ in rows.headings] == ["x", "+ F(x)", "= x + F(x)", "y = ReLU(…)"]
    assert rows.headings[0][1] == "comes in unchanged"


def test_a_stage_is_looked_at_by_its_first_block_and_a_projection_is_named(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program, "layer4")
    assert program.session.output == "layer4"  # looking through an instrument changes nothing
    assert instrument.panel.blocks.current() == "layer4.0"
    assert instrument._found is not None
    assert instrument._found.block.name == "layer4.0"
    assert instrument.panel._rows is not None
    assert instrument.panel._rows.headings[0][1] == "comes in by projection 1×1, stride 2"
    program.session.look_at("conv1")
    settle(qtbot, program)
    assert instrument._found.block.name == "layer1.0"
    instrument.panel.maps.channel_picked.emit(5)  # of the block, not of conv1
    assert (program.session.output, program.session.channel) == ("layer1.0", 5)


def test_a_block_is_picked_by_click_and_arrows(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program, "layer2.0")
    chooser = instrument.panel.blocks
    QTest.keyClick(chooser, Qt.Key_Right)
    settle(qtbot, program)
    assert program.session.output == "layer2.1"
    assert instrument._found is not None
    assert instrument._found.block.name == "layer2.1"
    QTest.mouseClick(chooser, Qt.LeftButton, Qt.NoModifier, chooser.cells()[6].center().toPoint())
    settle(qtbot, program)
    assert program.session.output == "layer4.0"
    assert instrument._found.block.name == "layer4.0"


def blocks_asked_for(program: Program, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Grows by what each run is asked for that gives more of a stage than its output."""
    classifier, asked = program.classifier(), []
    run = classifier.run

    def told(info: WeightsInfo, request: Request, *others: object) -> Activations:
        if any("." in name for name in request.outputs):
            asked.append(request.outputs)
        return run(info, request, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(classifier, "run", told)
    return asked


def test_another_block_of_the_stage_asks_the_network_nothing(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    instrument = look(qtbot, program, "layer3")
    asked = blocks_asked_for(program, monkeypatch)
    for block in ("layer3.1", "layer3.0"):
        program.session.look_at(block)
        settle(qtbot, program)
        assert instrument._found is not None
        assert instrument._found.block.name == block
    assert asked == []
    program.session.look_at("layer2.1")
    settle(qtbot, program)
    assert len(asked) == 1
    assert {"layer2.0", "layer2.1.residual"} <= set(asked[0])


def test_who_points_at_it_has_the_block_computed(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = blocks_asked_for(program, monkeypatch)
    bar = program.window.workbench.bar._instruments
    for key in ("evidence", "xray", "xray"):
        place = bar._rects()[bar.keys().index(key)].center()
        hover(bar, place.x(), place.y())
    settle(qtbot, program)
    assert len(asked) == 1
    assert {"layer1.0", "layer1.0.residual", "layer1.0.shortcut"} <= set(asked[0])
    instrument = look(qtbot, program, "layer1")
    assert instrument._found is not None
    assert len(asked) == 1


def test_who_points_at_a_block_among_the_maps_has_it_computed(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.session.look_at("layer2")
    settle(qtbot, program)
    asked = blocks_asked_for(program, monkeypatch)
    parts = program.window.explorer.grid._parts
    for key in ("layer2", "layer2.1"):
        place = parts._rects()[parts.keys().index(key)].center()
        hover(parts, place.x(), place.y())
    settle(qtbot, program)
    assert len(asked) == 1
    assert program.session.output == "layer2"
    program.session.look_at("layer2.1")
    settle(qtbot, program)
    assert len(asked) == 1


def test_a_channel_is_picked_and_the_columns_stay(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program, "layer3.0")
    maps = instrument.panel.maps
    before = instrument._channels
    QTest.mouseClick(maps, Qt.LeftButton, Qt.NoModifier, maps._rect(2, 3).center().toPoint())
    QApplication.processEvents()
    assert program.session.channel == before[3]
    assert instrument._channels == before
    QTest.keyClick(maps, Qt.Key_Left)
    assert program.session.channel == before[2]
    hidden = next(channel for channel in range(256) if channel not in before)
    program.session.look_at_channel(hidden)
    QApplication.processEvents()
    assert instrument._channels[0] == hidden


def test_the_cursor_probes_the_branch_it_is_on(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program, "layer2.1")
    maps, asked = instrument.panel.maps, []
    instrument.bench.probe_requested.connect(lambda *place: asked.append(place))
    for row in range(4):
        rect = maps._rect(row, 1)
        hover(maps, rect.x() + 0.53 * rect.width(), rect.y() + 0.53 * rect.height())  # in the middle of a cell
    channel = instrument._channels[1]
    assert [output for output, *_ in asked] == ["layer2.1.shortcut", "layer2.1.residual", "layer2.1", "layer2.1"]
    assert {tuple(place) for _, *place in asked} == {(8, 8, channel)}
    assert maps._cursor == (8, 8)
    assert program.window.status_line._place.text().startswith(f"layer2.1 channel {channel} at (8, 8): ")
    came = value_text(float(instrument._found.shortcut[channel, 8, 8]))  # type: ignore[union-attr]
    assert instrument.panel._place.text().startswith(f"#{channel}:  {came} ")
    leave(maps)
    assert maps._cursor is None
    assert not instrument.panel._place.text().startswith("#")


def test_the_probe_elsewhere_marks_the_unit_over_the_same_place(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program, "layer3.0")
    instrument.bench.moved.emit("conv1", 16, 8)
    assert instrument.panel.maps._cursor == (4, 2)
    instrument.bench.moved.emit("", 0, 0)
    assert instrument.panel.maps._cursor is None


def test_a_low_window_writes_the_scale_it_has_no_bar_for(qtbot: QtBot, program: Program) -> None:
    view = (instrument := look(qtbot, program, "layer3.0")).panel
    reach = value_text(view._rows.scale.high)  # type: ignore[union-attr]
    assert instrument.scale() == f"−{reach} to {reach}"
    view.resize(900, 240)
    assert view._bar.isHidden()
    assert view._place.text() == f"Scale: −{reach} blue, {reach} orange"
    view.resize(900, 400)
    assert view._place.text() == ""


def test_what_is_changed_is_said_and_shown(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program, "layer2.1")
    program.session.intervene(Intervention({"layer2.1": 0.5}))
    qtbot.waitUntil(lambda: instrument._found is not None and instrument._found.effect.gate == 0.5, timeout=60_000)
    settle(qtbot, program)
    assert instrument.panel._change.text() == "with layer2.1 × 0.50"
    rows = instrument.panel._rows
    assert rows is not None
    assert rows.headings[1][0] == "+ 0.5 · F(x)"
    x, added, total, _ = rows.maps
    assert np.array_equal(x + added, total)
    assert rows.scale.high == np.abs(rows.maps).max()
    numbers = instrument.numbers()
    assert numbers is not None
    assert numbers.facts["gate"] == 0.5
    assert numbers.facts["intervention"] == "layer2.1 × 0.50"
    assert np.allclose(0.5 * numbers.arrays["residual"], added)
    program.session.intervene(Intervention({"layer2.1": 0.0}))
    settle(qtbot, program)
    rows = instrument.panel._rows
    assert rows is not None
    assert rows.headings[1] == ("+ 0 · F(x)", "switched off")
    assert not rows.maps[1].any()
    program.session.intervene(None)
    settle(qtbot, program)
    assert instrument.panel._change.text() == ""


def test_another_ranking_shows_other_channels(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program, "layer3.1")
    found = instrument._found
    assert found is not None
    for key in ("shortcut", "ratio", "against"):
        instrument.panel.ranking_picked.emit(key)
        assert set(found.ranked(key)[:5]) <= set(instrument._channels)  # type: ignore[arg-type]


def test_its_numbers_are_those_that_are_shown(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program, "layer3.0")
    numbers = instrument.numbers()
    assert numbers is not None
    assert (numbers.facts["block"], numbers.facts["shortcut"]) == ("layer3.0", "projection")
    assert [row["channel"] for row in numbers.rows] == list(instrument._channels)
    assert set(numbers.arrays) == {"shortcut", "residual", "sum", "output"}
    assert numbers.arrays["sum"].shape == (len(instrument._channels), 8, 8)


def test_a_plain_network_and_an_empty_window_are_told_why(qtbot: QtBot, program: Program) -> None:
    spec = named("plain20")
    info = WeightsInfo("plain20.test", spec, "test", "imported", Preprocess(32, 32), "cifar10")
    program.store.save(info, random_parameters(spec))
    program.library.refresh()
    program.library.choose("plain20.test")
    settle(qtbot, program)
    program.window.workbench.show("xray")
    settle(qtbot, program)
    assert said(program).startswith("plain20.test is a plain network: its blocks have no shortcut")
    assert program.window.workbench.instrument.numbers() is None  # type: ignore[union-attr]
    program.session.select(None)
    settle(qtbot, program)
    assert said(program).startswith("Open a picture")


def test_a_place_in_another_network_is_marked_nowhere(qtbot: QtBot, program: Program) -> None:
    instrument, session = look(qtbot, program, "layer2.0"), program.session
    spec = named("plain20")
    info = WeightsInfo("plain20.test", spec, "test", "imported", Preprocess(32, 32), "cifar10")
    program.store.save(info, random_parameters(spec))
    program.library.refresh()
    instrument.bench.moved.emit("layer1.1", 4, 4)
    assert instrument.panel.maps._cursor is not None
    session.analysis_changed.connect(lambda: instrument.bench.moved.emit("layer1.2", 4, 4))  # before the refresh
    program.library.choose("plain20.test")
    settle(qtbot, program)
    assert instrument.panel.maps._cursor is None
    session.look_at("layer1.2")  # a block that the network before has not
    settle(qtbot, program)
    program.window.probe.at("layer1.2", 4, 4)
    assert instrument._found is None
    assert instrument.panel.maps._cursor is None


@pytest.mark.parametrize(("width", "blocks"), [(300, 50), (960, 50), (960, 8), (3000, 50)])
def test_every_block_can_be_clicked(qtbot: QtBot, width: int, blocks: int) -> None:
    names = [block.name for block in named("resnet152" if blocks == 50 else "resnet18").blocks]
    chooser = BlockChooser()
    qtbot.addWidget(chooser)
    chooser.show_blocks([(name, "") for name in names], names[0])
    shown(chooser, width, chooser.sizeHint().height())
    picked: list[str] = []
    chooser.picked.connect(picked.append)
    cells = chooser.cells()
    assert len(cells) == blocks
    assert cells[-1].right() <= width
    for cell in cells[1:]:
        QTest.mouseClick(chooser, Qt.LeftButton, Qt.NoModifier, QPoint(round(cell.center().x()), 10))
    assert picked == names[1:]
