"""Why a class: the sum, the map over the photo and the grid's ranking, in a window with the bundled network."""

from __future__ import annotations

import numpy as np
import pytest
from journeys import SAMPLES, settle
from pytestqt.qtbot import QtBot
from widget_data import hover, leave

from app.instruments.base import Overlay
from app.instruments.evidence import Evidence
from app.program import Program
from app.widgets._numbers import value_text
from resnet_core.engines.base import Intervention
from resnet_core.evidence.classes import class_map


def look(qtbot: QtBot, program: Program, sample: int = 0) -> Evidence:
    program.session.open([SAMPLES[sample]])
    settle(qtbot, program)
    program.window.workbench.show("evidence")
    settle(qtbot, program)
    instrument = program.window.workbench.instrument
    assert isinstance(instrument, Evidence)
    return instrument


def overlay(program: Program) -> Overlay | None:
    return program.window.image_view._overlay


def test_the_sum_is_the_logit_and_lies_over_the_photo(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program)
    analysis = program.session.analysis
    assert analysis is not None
    best = analysis.predictions[0]
    numbers = instrument.numbers()
    assert numbers is not None
    assert numbers.facts["agrees"]
    assert numbers.facts["sum"] == pytest.approx(best.logit, abs=1e-4)
    assert numbers.facts["class"]["label"] == best.label
    assert len(numbers.rows) == 512
    head = program.store.head(analysis.info.id)
    lies = overlay(program)
    assert lies is not None
    assert np.array_equal(lies.values, class_map(analysis.activations["layer4"], head, best.index))
    assert lies.label == f"Evidence for “{best.label}”"
    assert program.window.image_view._strip.isVisible()


def test_another_class_and_the_difference_of_two(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program)
    analysis = program.session.analysis
    assert analysis is not None
    first, second, third = analysis.top(3)
    program.session.look_at_class(second.index)
    settle(qtbot, program)
    assert instrument.panel._class.currentText().startswith(second.label)
    assert instrument.numbers().facts["logit"] == pytest.approx(second.logit, abs=1e-4)
    instrument.panel.versus_chosen.emit(first.index)
    settle(qtbot, program)
    assert instrument.numbers().facts["sum"] == pytest.approx(second.logit - first.logit, abs=1e-3)
    assert overlay(program).label == f"“{second.label}”, not “{first.label}”"
    instrument.panel.class_chosen.emit(first.index)  # a class is not held against itself
    settle(qtbot, program)
    assert program.session.target == first.index
    assert instrument.numbers().facts["versus"] is None
    program.session.look_at_class(third.index)
    settle(qtbot, program)
    assert instrument.numbers().facts["class"]["index"] == third.index


def test_an_intervention_moves_it(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program)
    before = instrument.numbers().facts["sum"]
    program.session.intervene(Intervention({"layer4.1": 0.0}))
    settle(qtbot, program)
    after = instrument.numbers().facts
    assert after["agrees"]
    assert after["sum"] != pytest.approx(before, abs=1e-3)
    program.session.intervene(None)
    settle(qtbot, program)
    assert instrument.numbers().facts["sum"] == before


def test_a_channel_is_highlighted_and_looked_at(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program)
    whole = overlay(program)
    channel = instrument.panel._waterfall.channels()[0]
    instrument.panel.channel_hovered.emit(channel)
    alone = overlay(program)
    assert alone.label == f"Channel {channel} alone"
    weight = instrument._shown[1].found.weights[channel]
    assert np.allclose(alone.values, weight * program.session.analysis.activations["layer4"][channel])
    instrument.panel.channel_hovered.emit(-1)
    assert overlay(program) is whole
    instrument.panel.channel_chosen.emit(channel)
    settle(qtbot, program)
    assert program.window.workbench.current == "maps"
    assert (program.session.output, program.session.channel) == ("layer4", channel)
    assert overlay(program) is None
    program.window.workbench.show("evidence")
    settle(qtbot, program)
    assert overlay(program) is whole


def test_the_probe_is_in_the_map_too(qtbot: QtBot, program: Program) -> None:
    instrument, window = look(qtbot, program), program.window
    view = instrument.panel._place
    hover(view, view._rect().width() * 0.6, view._rect().height() * 0.3)
    place = window.probe.place
    assert place is not None
    assert (place.output, place.y, place.x) == ("layer4", 1, 2)
    leave(view)
    assert window.probe.place is None
    assert view._cell is None
    window.bench.probe_requested.emit("layer1", 9, 17, None)  # centred at 9.5 and 17.5 of 32 px
    assert view._cell == (1, 2)
    values = instrument._shown[1].place
    assert instrument.panel._scale._value == values[1, 2]
    reach = value_text(float(np.abs(values).max()))
    assert instrument.scale() == f"−{reach} to {reach}"


def test_another_picture_and_none(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program)
    first = instrument.numbers().facts["sum"]
    program.session.open([SAMPLES[1]])
    settle(qtbot, program)
    facts = instrument.numbers().facts
    assert facts["sum"] != first
    assert facts["agrees"]
    assert overlay(program) is not None
    program.session.select(None)
    settle(qtbot, program)
    assert instrument.numbers() is None
    assert overlay(program) is None


def test_the_grid_ranks_the_last_stage_by_evidence(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program)
    strongest = [row["channel"] for row in instrument.numbers().rows][:5]
    program.window.workbench.show("maps")
    program.session.look_at("layer4")
    settle(qtbot, program)
    grid, combo = program.window.explorer.grid, program.window.explorer.grid._ranking
    label = program.session.plain.predictions[0].label
    assert combo.itemText(combo.count() - 1) == f"evidence for {label}"
    combo.setCurrentIndex(combo.count() - 1)
    settle(qtbot, program)
    assert list(grid.shown_channels[:5]) == strongest
    assert grid.range_of(strongest[0]) is not None
    program.session.look_at("layer3")
    settle(qtbot, program)
    assert combo.count() == 3
    program.session.look_at("layer4")
    settle(qtbot, program)
    assert list(grid.shown_channels[:5]) == strongest
    other = program.session.plain.predictions[1]
    program.session.look_at_class(other.index)
    settle(qtbot, program)
    assert combo.currentText() == f"evidence for {other.label}"
    program.session.open([SAMPLES[2]])
    settle(qtbot, program)
    assert combo.currentText().startswith("evidence for ")
    assert program.window.remembered().ranking == "mean"
