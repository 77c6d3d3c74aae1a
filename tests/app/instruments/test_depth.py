"""The depth profile in a window: its bars, its switches, and the answer that follows them."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from journeys import SAMPLES, look_through, open_window, settle, wait_for_analysis
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from random_networks import random_parameters
from widget_data import Paints, hover, shown

from app.ahead import LANE
from app.instruments.depth import Depth
from app.program import Program
from app.widgets._depth_chart import DepthBar, DepthChart
from app.widgets._depth_scale import round_above
from resnet_core.engines.base import Intervention
from resnet_core.engines.openvino_engine import OpenVINOEngine
from resnet_core.evidence import depth
from resnet_core.evidence.depth import BlockEffect, profile
from resnet_core.networks import named
from resnet_core.preprocess import Preprocess
from resnet_core.weights.catalog import WeightsInfo


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    with open_window(qtbot, SAMPLES[0]) as running:
        yield running


def look(qtbot: QtBot, program: Program) -> Depth:
    return look_through(qtbot, program, "depth", Depth)


def switch(instrument: Depth, block: str) -> None:
    """Click the switch below a block's bar."""
    chart = instrument.panel.chart
    index = [bar.block for bar in chart.bars()].index(block)
    QTest.mouseClick(chart, Qt.LeftButton, Qt.NoModifier, chart.switches()[index].center().toPoint())


def gates(program: Program) -> dict[str, float]:
    change = program.session.intervention
    return {} if change is None else dict(change.gates)


def test_a_bar_is_what_the_block_does(qtbot: QtBot, program: Program) -> None:
    instrument, plain = look(qtbot, program), program.session.plain
    assert plain is not None
    measured = profile(program.classifier().runner(plain), plain.info.spec, plain.images)
    bars = instrument.panel.chart.bars()
    assert [bar.block for bar in bars] == [one.block for one in measured]
    assert [bar.height for bar in bars] == pytest.approx([one.ratio for one in measured], rel=1e-3)
    instrument.panel.measure_picked.emit("change")
    bars = instrument.panel.chart.bars()
    assert [bar.height for bar in bars] == pytest.approx([one.change for one in measured], rel=1e-3)
    numbers = instrument.numbers()
    assert numbers is not None
    assert [row["block"] for row in numbers.rows] == [one.block for one in measured]


def test_a_switch_bypasses_a_block_and_the_answer_follows(qtbot: QtBot, program: Program) -> None:
    instrument, session = look(qtbot, program), program.session
    assert all(row.after is None for row in instrument.panel.changes.rows())
    switch(instrument, "layer3.0")
    assert gates(program) == {"layer3.0": 0.0}
    assert session.output == "layer3.0"
    settle(qtbot, program)
    plain, now = session.plain, session.analysis
    assert plain is not None
    assert now is not None
    expected = program.classifier().again(plain, Intervention({"layer3.0": 0.0}))
    assert np.array_equal(now.logits, expected.logits)
    rows = {row.index: row for row in instrument.panel.changes.rows()}
    for one in plain.predictions[:5]:
        assert rows[one.index].before == pytest.approx(one.probability)
    for one in expected.predictions[:5]:
        assert rows[one.index].after == pytest.approx(one.probability)
    numbers = instrument.numbers()
    assert numbers is not None
    assert numbers.facts["gates"] == {"layer3.0": 0.0}
    switch(instrument, "layer3.0")
    settle(qtbot, program)
    assert gates(program) == {}
    assert session.analysis is session.plain
    assert all(row.after is None for row in instrument.panel.changes.rows())


def test_the_slider_scales_the_block_looked_at(qtbot: QtBot, program: Program) -> None:
    instrument, session = look(qtbot, program), program.session
    session.look_at("layer2.1")
    settle(qtbot, program)
    slider = instrument.panel.slider
    for value in (120, 150, 170):  # quicker than the network: the latest wins
        slider.setValue(value)
    settle(qtbot, program)
    assert gates(program) == {"layer2.1": 1.7}
    assert session.analysis is not None
    assert session.analysis.intervention is not None
    assert dict(session.analysis.intervention.gates) == {"layer2.1": 1.7}
    assert instrument.panel._gate.text() == "F × 1.70"
    session.look_at("layer1.0")
    settle(qtbot, program)
    assert slider.value() == 100
    assert gates(program) == {"layer2.1": 1.7}


def test_a_first_change_in_the_stage_looked_at_compiles_nothing(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    instrument = look(qtbot, program)
    for stage in ("layer2", "layer4"):
        program.session.look_at(f"{stage}.1")
        settle(qtbot, program)
        with monkeypatch.context() as patch:
            patch.setattr(OpenVINOEngine, "_compile", None)
            switch(instrument, f"{stage}.0")
            settle(qtbot, program)
        assert gates(program) == {f"{stage}.0": 0.0}
        now = program.session.analysis
        assert now is not None
        assert now.intervention is program.session.intervention
        assert f"{stage}.0" in now.activations  # the block that is looked at now
        program.session.intervene(None)


def test_pointing_at_a_bar_makes_its_switch_ready(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    instrument = look(qtbot, program)
    chart = instrument.panel.chart
    place = chart.switches()[[bar.block for bar in chart.bars()].index("layer3.1")].center()
    hover(chart, place.x(), place.y())
    settle(qtbot, program)
    monkeypatch.setattr(OpenVINOEngine, "_compile", None)
    program.session.intervene(Intervention({"layer3.1": 0.0}))
    settle(qtbot, program)
    assert program.session.analysis is not program.session.plain


def test_what_is_being_made_ready_is_not_begun_anew(qtbot: QtBot, program: Program) -> None:
    look(qtbot, program)
    tasks, ahead = program.tasks, program.window.workbench.bench.ahead
    plain = program.session.plain
    assert plain is not None
    ahead.bypass(plain, "layer3.1", 60.0)
    under_way = tasks._current[LANE]
    ahead.bypass(plain, "layer3.1", 60.0)
    assert tasks._current[LANE] is under_way
    ahead.bypass(plain, "layer4.1")
    assert tasks._current[LANE] is not under_way
    settle(qtbot, program)


def test_what_else_is_changed_in_the_network_is_kept(qtbot: QtBot, program: Program) -> None:
    instrument, session = look(qtbot, program), program.session
    mask, offset = np.ones(256, np.float32), np.zeros(256, np.float32)
    mask[3], offset[3] = 0, 0.2
    session.intervene(Intervention(masks={"layer3": mask}, offsets={"layer3": offset}))
    settle(qtbot, program)
    instrument.panel.stage_bypass_asked.emit("layer4")
    settle(qtbot, program)
    assert gates(program) == {"layer4.0": 0.0, "layer4.1": 0.0}
    assert session.intervention is not None
    assert np.array_equal(session.intervention.masks["layer3"], mask)
    assert np.array_equal(session.intervention.offsets["layer3"], offset)
    instrument.panel._reset.click()
    settle(qtbot, program)
    assert gates(program) == {}
    assert np.array_equal(session.intervention.masks["layer3"], mask)


def test_everything_works_from_the_keyboard(qtbot: QtBot, program: Program) -> None:
    instrument, session = look(qtbot, program), program.session
    session.look_at("layer1.0")
    settle(qtbot, program)
    chart = instrument.panel.chart
    QTest.keyClick(chart, Qt.Key_Right)
    assert session.output == "layer1.1"
    QTest.keyClick(chart, Qt.Key_Space)
    settle(qtbot, program)
    assert gates(program) == {"layer1.1": 0.0}
    QTest.keyClick(chart, Qt.Key_Up)
    settle(qtbot, program)
    assert gates(program) == {"layer1.1": pytest.approx(0.1)}
    QTest.keyClick(chart, Qt.Key_End)
    assert session.output == "layer4.1"
    QTest.keyClick(chart, Qt.Key_Return)
    assert program.window.workbench.current == "xray"
    settle(qtbot, program)


def test_a_click_on_the_bar_looked_at_opens_its_xray(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program)
    chart = instrument.panel.chart
    bar = QPoint(chart.columns()[3].center().toPoint().x(), 40)
    QTest.mouseClick(chart, Qt.LeftButton, Qt.NoModifier, bar)
    settle(qtbot, program)
    assert program.session.output == "layer2.1"
    assert program.window.workbench.current == "depth"
    assert chart.bars()[3].tip.endswith("click again or Enter: its X-ray")
    QTest.mouseClick(chart, Qt.LeftButton, Qt.NoModifier, bar)
    assert program.window.workbench.current == "xray"
    settle(qtbot, program)


@pytest.mark.parametrize("looked_at", ["layer1.0", "layer1.1"])
def test_a_double_click_on_a_bar_opens_its_xray_once(qtbot: QtBot, looked_at: str) -> None:
    chart = DepthChart()
    qtbot.addWidget(chart)
    chart.show_bars([DepthBar("layer1.0", 0.5), DepthBar("layer1.1", 0.5)])
    chart.set_current(looked_at)
    shown(chart, 400, 200)
    opened: list[str] = []
    chart.opened.connect(opened.append)
    bar = QPoint(chart.columns()[1].center().toPoint().x(), 40)
    QTest.mouseClick(chart, Qt.LeftButton, Qt.NoModifier, bar)
    QTest.mouseDClick(chart, Qt.LeftButton, Qt.NoModifier, bar)  # its second press alone
    assert opened == ["layer1.1"]


def test_another_picture_is_measured_anew(qtbot: QtBot, program: Program) -> None:
    instrument, session = look(qtbot, program), program.session
    before = {name: effect.ratio for name, effect in instrument._effects.items()}
    session.open([SAMPLES[1]])
    qtbot.waitUntil(lambda: session.plain is not None and session.plain.picture.name == SAMPLES[1].name, timeout=60_000)
    settle(qtbot, program)
    after = {name: effect.ratio for name, effect in instrument._effects.items()}
    assert list(after) == list(before)
    assert after != before


def test_bars_measured_while_another_picture_is_looked_at_are_kept(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, there, measure = program.session, threading.Event(), depth.profile_as_it_comes

    def held(*arguments: object, **named: object) -> Iterator[BlockEffect]:
        there.wait(30)
        yield from measure(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(depth, "profile_as_it_comes", held)
    program.window.workbench.show("depth")
    program.window.workbench.show("maps")
    session.open([SAMPLES[1]])
    wait_for_analysis(qtbot, program, SAMPLES[1].name)
    there.set()
    settle(qtbot, program)
    session.select(next(iter(session.items)))
    instrument = look(qtbot, program)
    assert session.plain is not None
    assert session.plain.picture.name == SAMPLES[0].name
    assert all(bar.height is not None for bar in instrument.panel.chart.bars())
    assert instrument.numbers() is not None


def test_a_plain_network_has_nothing_to_bypass(qtbot: QtBot, program: Program) -> None:
    spec = named("plain20")
    info = WeightsInfo("plain20.test", spec, "test", "imported", Preprocess(32, 32), "cifar10")
    program.store.save(info, random_parameters(spec))
    program.library.refresh()
    program.library.choose("plain20.test")
    settle(qtbot, program)
    instrument = look(qtbot, program)
    sentence = program.window.workbench.pages.currentWidget()._message.text()
    assert sentence.startswith("plain20.test is a plain network: its blocks have no shortcut, so none of them")
    assert instrument.numbers() is None


@pytest.mark.parametrize(("network", "width"), [("resnet18", 660), ("resnet152", 660), ("resnet152", 2400)])
def test_every_bar_and_switch_has_its_place(qtbot: QtBot, network: str, width: int) -> None:
    chart = DepthChart()
    qtbot.addWidget(chart)
    bars = [DepthBar(block.name, 0.1 * (index % 12)) for index, block in enumerate(named(network).blocks)]
    chart.show_bars(bars)
    shown(chart, width, 260)
    asked: list[str] = []
    chart.gate_asked.connect(lambda block, gate: asked.append(block) if gate == 0 else None)
    assert chart.columns()[-1].right() <= width
    for place in chart.switches():
        QTest.mouseClick(chart, Qt.LeftButton, Qt.NoModifier, place.center().toPoint())
    assert asked == [bar.block for bar in bars]


def test_the_class_that_came_to_the_top_is_among_the_first_two(qtbot: QtBot, program: Program) -> None:
    instrument, plain = look(qtbot, program), program.session.plain
    assert plain is not None
    last, after = plain.predictions[-1].index, plain.logits.copy()
    after[last] += 50
    assert [row.index for row in instrument._rows(plain, after)][:2] == [plain.predictions[0].index, last]
    assert [row.index for row in instrument._rows(plain, None)][:5] == [one.index for one in plain.top(5)]


def test_a_gate_repaints_its_own_column_only(qtbot: QtBot) -> None:
    chart = DepthChart()
    qtbot.addWidget(chart)
    names = [block.name for block in named("resnet50").blocks]
    bars = [DepthBar(name, 0.5) for name in names]
    chart.show_bars(bars)
    shown(chart, 900, 260)
    paints = Paints(chart)
    chart.show_bars([DepthBar(name, 0.5, gate=0.0 if name == "layer3.2" else 1.0) for name in names])
    QApplication.processEvents()
    (rect,) = paints.rects
    column = chart.columns()[names.index("layer3.2")].toAlignedRect()
    assert rect.contains(column)
    assert rect.width() < 3 * column.width()
    chart.show_bars([DepthBar(name, 5.0) for name in names])  # another axis
    QApplication.processEvents()
    assert paints.rects[-1] == chart.rect()


@pytest.mark.parametrize("value", [1e-4, 0.07, 0.99, 1.0, 1.04, 3.7, 9.9, 99.0, 1e4])
def test_the_axis_ends_above_the_highest_bar(value: float) -> None:
    assert value < round_above(value) <= 2.2 * value


def test_blocks_without_a_number_leave_a_chart(qtbot: QtBot) -> None:
    """Not measured yet; or nothing comes in, and nothing can be set beside F."""
    chart = DepthChart()
    qtbot.addWidget(chart)
    chart.show_bars([DepthBar("layer1.0", None), DepthBar("layer1.1", 0.0), DepthBar("layer2.0", None, 0, 0.5)])
    shown(chart, 400, 200).grab()
    chart.show_bars([])
    QTest.keyClick(chart, Qt.Key_Space)
    chart.grab()
