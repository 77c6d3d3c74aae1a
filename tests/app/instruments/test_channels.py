"""Channels that matter, and the switches of the channel looked at, in a window with the bundled network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from journeys import SAMPLES, open_window, settle
from PyQt5.QtCore import Qt
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from widget_data import hover, leave

from app.instruments.channels import Channels
from app.program import Program
from app.widgets._effect_rows import EffectRow
from app.widgets._numbers import value_text
from resnet_core.engines.base import DeviceError
from resnet_core.engines.openvino_engine import OpenVINOEngine
from resnet_core.evidence import ablation, effects

STAGE = "layer3"


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    """A window that looks at a stage of a sample picture."""
    with open_window(qtbot, SAMPLES[0]) as running:
        running.session.look_at(STAGE)  # and at its highest ranked channel, which is measured in any case
        yield running


def look(qtbot: QtBot, program: Program) -> Channels:
    program.window.workbench.show("channels")
    instrument = program.window.workbench.instrument
    assert isinstance(instrument, Channels)
    return instrument


def rows(instrument: Channels) -> list[EffectRow]:
    losses, gains = instrument.panel.bars._columns
    return [*losses, *gains]


def change_of(program: Program, channel: int, by: ablation.By = "zero") -> float:
    """The change of the logit of the class asked about, by an inference of the whole network."""
    plain, target = program.session.plain, program.session.target
    assert plain is not None
    assert target is not None
    change = ablation.ablate(STAGE, channel, plain.activations[STAGE], by)
    after = program.classifier().again(plain, change, outputs=())
    return float(after.logits[target] - plain.logits[target])


def test_the_map_and_the_rest_of_the_window_show_the_same_place(qtbot: QtBot, program: Program) -> None:
    instrument, probe = look(qtbot, program), program.window.probe
    settle(qtbot, program)
    view = instrument.panel._card.map
    cell = view.place().width() / 8  # 8 x 8 units
    hover(view, view.place().x() + 2.5 * cell, view.place().y() + 6.5 * cell)
    assert (probe.place.output, probe.place.y, probe.place.x) == (STAGE, 6, 2)
    assert program.window.explorer.detail._picture.cursor_cell == (6, 2) == view.cursor_cell
    leave(view)
    assert probe.place is None
    assert view.cursor_cell is None
    probe.at("layer2", 5, 11)
    assert view.cursor_cell is not None
    before = view.cursor_cell
    program.session.look_at_channel(next(row.channel for row in rows(instrument) if row.channel != 0))
    settle(qtbot, program)
    assert view.cursor_cell == before  # of another channel: the same place


def test_every_bar_is_what_ablating_the_channel_does(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program)
    settle(qtbot, program)
    losses, gains = instrument.panel.bars._columns
    assert len(losses) + len(gains) == 64
    assert losses[0].change == pytest.approx(change_of(program, losses[0].channel), abs=1e-4)
    numbers = instrument.numbers()
    assert numbers is not None
    assert len(numbers.rows) == 64
    assert (numbers.facts["stage"], numbers.facts["by"]) == (STAGE, "zero")
    highest = value_text(float(program.session.plain.activations[STAGE][program.session.channel].max()))
    assert instrument.panel._card._scale.text() == f"Each map has its own scale, here 0 to {highest}"

    instrument.panel.replacement_chosen.emit("mean")
    settle(qtbot, program)
    (other,) = (row for row in rows(instrument) if row.channel == gains[0].channel)
    assert other.change == pytest.approx(change_of(program, gains[0].channel, "mean"), abs=1e-4)
    assert other.change != pytest.approx(gains[0].change, abs=1e-6)

    program.session.look_at_class(5)  # of what is measured
    settle(qtbot, program)
    assert "dog" in instrument.panel.bars.accessibleDescription() or instrument.panel.bars._label == "dog"


def test_the_channel_looked_at_is_measured_and_switched_by_space(qtbot: QtBot, program: Program) -> None:
    instrument, session = look(qtbot, program), program.session
    settle(qtbot, program)
    bars = instrument.panel.bars
    QTest.keyClick(bars, Qt.Key_Home)
    channel = session.channel
    assert channel in {column[0].channel for column in bars._columns if column}
    QTest.keyClick(bars, Qt.Key_Space)
    assert ablation.ablated(STAGE, session.intervention) == {channel}
    settle(qtbot, program)
    assert instrument.panel._card._ablate.isChecked()
    assert session.analysis is not None
    assert not session.analysis.activations[STAGE][channel].any()
    left = {row.channel for row in rows(instrument)}
    assert channel in left  # the list is that of the network as trained
    instrument.panel._card._solo.click()
    assert ablation.soloed(STAGE, session.intervention) == channel
    settle(qtbot, program)
    instrument.panel._card._ablate.click()  # then not all are off, but this one alone
    assert ablation.ablated(STAGE, session.intervention) == {channel}
    QTest.keyClick(bars, Qt.Key_Space)
    assert session.intervention is None
    settle(qtbot, program)
    outside = next(number for number in range(256) if number not in instrument._todo)
    session.look_at_channel(outside)
    qtbot.waitUntil(lambda: outside in (instrument._effects.channels if instrument._effects else ()), timeout=10_000)
    QTest.keyClick(bars, Qt.Key_Return)
    assert program.window.workbench.current == "maps"


def test_who_points_at_it_has_the_first_run_compiled(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.window.workbench.bar.pointed.emit("channels")
    settle(qtbot, program)
    monkeypatch.setattr(OpenVINOEngine, "_compile", None)
    instrument = look(qtbot, program)
    settle(qtbot, program)
    assert instrument.panel._state.text() == "64 measured"


def test_a_first_look_is_marked_until_it_is_exact(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a computer with a faster arithmetic, whatever this one has, and in a network that takes long."""
    run = OpenVINOEngine.run
    monkeypatch.setattr(effects, "LOOK_FROM_MACS", 0)
    monkeypatch.setattr(OpenVINOEngine, "run", lambda self, asked: replace(run(self, asked), rough=asked.rough))
    arrived = Channels._arrived
    told: list[tuple[str, set[bool]]] = []

    def watched(self: Channels, part: effects.Effects) -> None:
        arrived(self, part)
        told.append((self.panel._state.text(), {row.rough for row in rows(self)}))

    monkeypatch.setattr(Channels, "_arrived", watched)
    instrument = look(qtbot, program)
    settle(qtbot, program)
    assert told[0] == ("First look: 15 of 64", {True})
    assert ("0 of 64 measured exactly", {True}) in told
    assert ("7 of 64 measured exactly", {True, False}) in told
    assert told[-1] == ("64 measured", {False})
    assert not instrument._effects.rough  # type: ignore[union-attr]


def test_a_sweep_is_called_off_and_goes_on(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program)
    assert instrument._running
    instrument.panel.cancel_requested.emit()
    settle(qtbot, program)
    done = 0 if instrument._effects is None else len(instrument._effects.channels)
    assert done < 64
    assert instrument.panel._stop.text() == "Go on"
    program.session.look_at_channel(1)  # it stays called off
    settle(qtbot, program)
    assert not instrument._running
    instrument.panel.measure_requested.emit()
    settle(qtbot, program)
    assert instrument.panel._state.text() == "64 measured"
    assert instrument._effects is not None
    assert len(set(instrument._effects.channels)) == len(instrument._effects.channels)


def test_it_rests_while_another_instrument_is_looked_at(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program)
    program.window.workbench.show("maps")
    settle(qtbot, program)
    assert not instrument._running
    look(qtbot, program)
    settle(qtbot, program)
    assert instrument._effects is not None
    assert len(instrument._effects.channels) == 64


def test_the_last_stage_is_measured_whole_and_by_the_mean_not_at_all(qtbot: QtBot, program: Program) -> None:
    program.session.look_at("layer4", 3)
    instrument = look(qtbot, program)
    settle(qtbot, program)
    assert instrument.panel._state.text() == "512 measured"
    assert len(rows(instrument)) == 64
    with qtbot.waitSignal(instrument.message, check_params_cb=lambda text, instead: "counts by its mean" in text):
        instrument.panel.replacement_chosen.emit("mean")
    settle(qtbot, program)
    assert instrument.panel.bars._columns == ([], [])


def test_the_last_answers_of_another_network_are_not_shown(
    qtbot: QtBot, program: Program, a_thousand_classes: str
) -> None:
    instrument, session = look(qtbot, program), program.session
    settle(qtbot, program)
    late = instrument._effects
    assert late is not None

    def arrive() -> None:
        """Between the answer of the next network and the refresh that follows it."""
        session.analysis_changed.disconnect(arrive)
        instrument._arrived(late)
        assert instrument.numbers() is None

    session.analysis_changed.connect(arrive)
    program.library.choose(a_thousand_classes)
    settle(qtbot, program)
    assert session.target is not None
    assert session.target >= 10  # a class that the network before has not
    assert session.plain is not None
    assert instrument._of is not None
    assert instrument._of[0] is session.plain.logits


def test_without_a_picture_it_asks_for_one(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program)
    with qtbot.waitSignal(instrument.message, check_params_cb=lambda text, instead: instead):
        program.session.clear()
    assert instrument.numbers() is None or instrument.panel.isHidden()


def test_what_can_not_be_prepared_is_measured_all_the_same(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gives_up(_engine: OpenVINOEngine, _request: object) -> None:
        raise DeviceError("no room")

    settle(qtbot, program)
    monkeypatch.setattr(OpenVINOEngine, "prepare", gives_up)
    program.session.look_at("layer2", 3)
    settle(qtbot, program)
    label, value = program.window.explorer.detail._effect
    assert "Effect on" in label
    assert value != "…"


def test_the_fact_is_the_effect_and_the_buttons_are_the_switches(qtbot: QtBot, program: Program) -> None:
    session, detail = program.session, program.window.explorer.detail
    session.look_at(STAGE, 17)
    settle(qtbot, program)
    assert session.plain is not None
    label, value = detail._facts._rows[-1]
    assert label == f"Effect on “{session.plain.predictions[0].label}” if removed"
    expected = change_of(program, 17)
    assert float(value.replace("−", "-")) == pytest.approx(expected, abs=0.006)
    detail._ablate.click()
    settle(qtbot, program)
    assert session.analysis is not None
    assert not session.analysis.activations[STAGE][17].any()
    assert detail._ablate.isChecked()
    assert detail._facts._rows[-1] == (label, value)  # as trained
    program.window.explorer.grid.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key_Space)
    settle(qtbot, program)
    assert session.intervention is None
    assert not detail._ablate.isChecked()
    detail._solo.click()
    settle(qtbot, program)
    assert np.count_nonzero(session.analysis.activations[STAGE].any(axis=(1, 2))) <= 1
    program.window.actions_by_id["as_trained"].trigger()
    settle(qtbot, program)
    assert not detail._solo.isChecked()


def test_removing_a_channel_that_was_measured_compiles_nothing(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = program.session
    for stage in ("layer2", STAGE):
        session.look_at(stage, 3)
        settle(qtbot, program)
        with monkeypatch.context() as patch:
            patch.setattr(OpenVINOEngine, "_compile", None)
            program.window.explorer.detail._ablate.click()
            settle(qtbot, program)
        assert session.intervention is not None
        assert session.analysis is not session.plain
        session.intervene(None)
        settle(qtbot, program)


def test_a_block_has_no_switches(qtbot: QtBot, program: Program) -> None:
    session, detail = program.session, program.window.explorer.detail
    session.look_at("layer3.0.residual", 2)
    settle(qtbot, program)
    assert not detail._ablate.isEnabled()
    assert "whole stage" in detail._ablate.toolTip()
    assert not any("Effect" in label for label, _ in detail._facts._rows)
    program.window.explorer.grid.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key_Space)
    assert session.intervention is None
    instrument = look(qtbot, program)
    settle(qtbot, program)
    assert instrument._of is not None
    assert instrument._of[1] == STAGE
    assert instrument.panel._card.isHidden()
