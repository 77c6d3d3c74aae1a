"""A patch over the photo, live and over all of it, in a window with the bundled network."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from journeys import SAMPLES, look_through, open_window, settle
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from widget_data import hover, leave, picture

from app.instruments import export
from app.instruments import occlusion as instrument_module
from app.instruments.occlusion import Occlusion
from app.program import Program
from app.widgets._numbers import value_text
from resnet_core.engines.base import Intervention
from resnet_core.errors import EngineError
from resnet_core.evidence import occlusion
from resnet_core.evidence.occlusion import Patch


@pytest.fixture
def program(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """A window that looks at a sample; no sweep starts by itself, so that none depends on this machine's speed."""
    monkeypatch.setattr(instrument_module, "AT_ONCE_S", 0.0)
    with open_window(qtbot, SAMPLES[0]) as running:
        settle(qtbot, running)
        yield running


def look(qtbot: QtBot, program: Program) -> Occlusion:
    return look_through(qtbot, program, "occlusion", Occlusion)


def alone(program: Program, patch: Patch, change: Intervention | None = None) -> np.ndarray:
    """The logits under a patch by an inference of the whole network."""
    analysis = program.session.analysis
    assert analysis is not None
    return occlusion.effect(program.classifier().runner(analysis), analysis.images, patch, change)


def sentence(instrument: Occlusion) -> str:
    return instrument.panel._sentence.text().replace("\N{NO-BREAK SPACE}", " ")


def test_the_patch_is_measured_where_it_is_moved(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program)
    assert instrument._patch == Patch(14, 14, 4)
    best = program.session.analysis.predictions[0]
    assert sentence(instrument).startswith(f"Without this place “{best.label}” ")
    instrument.panel.patch_moved.emit(3, 9)
    settle(qtbot, program)
    logits = alone(program, Patch(3, 9, 4))
    assert np.allclose(instrument._under, logits, atol=1e-5)
    assert f"{100 * occlusion.softmax(logits)[best.index]:.1f} %" in sentence(instrument)
    other = program.session.analysis.predictions[1]
    program.session.look_at_class(other.index)
    settle(qtbot, program)
    assert sentence(instrument).startswith(f"Without this place “{other.label}” ")


def test_what_the_patch_does_can_be_written_down_without_a_sweep(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program)
    instrument.panel.patch_moved.emit(3, 9)
    assert instrument.numbers() is None  # it is known of the place before only
    settle(qtbot, program)
    numbers, target = instrument.numbers(), program.session.target
    assert export.kinds_of(numbers) == ("json", "csv")
    analysis, logits = program.session.analysis, alone(program, Patch(3, 9, 4))
    facts = dict(numbers.facts)
    assert facts["class"]["probability"] == pytest.approx(analysis.predictions[0].probability)
    assert (facts["patch_top"], facts["patch_left"], facts["patch_px"]) == (3, 9, 4)
    assert facts["patch_logit"] == pytest.approx(float(logits[target]), abs=1e-4)
    assert facts["patch_probability"] == pytest.approx(float(occlusion.softmax(logits)[target]), abs=1e-4)
    instrument.panel.size_changed.emit(16)
    instrument.panel.sweep_requested.emit()
    settle(qtbot, program)
    swept = instrument.numbers()
    assert len(swept.rows) == 9
    assert swept.facts["stride_px"] == 8
    assert swept.facts["patch_px"] == 16
    assert "patch_logit" in swept.facts


def test_the_sweep_is_measured_place_by_place(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program)
    instrument.panel.size_changed.emit(8)
    settle(qtbot, program)
    assert instrument._patch == Patch(12, 12, 8)
    instrument.panel.sweep_requested.emit()
    settle(qtbot, program)
    numbers = instrument.numbers()
    assert numbers is not None
    assert (numbers.facts["patch_px"], numbers.facts["stride_px"], numbers.facts["grid"]) == (8, 4, [7, 7])
    row = numbers.rows[9]
    target = program.session.target
    assert row["logit"] == pytest.approx(float(alone(program, Patch(row["top"], row["left"], 8))[target]), abs=1e-4)
    lies = program.window.image_view._overlay
    assert lies.values.shape == (32, 32)
    label = program.session.analysis.predictions[0].label
    assert lies.label == f"What “{label}” needs"
    program.session.look_at_class(program.session.analysis.predictions[1].index)  # nothing is measured anew
    QApplication.processEvents()
    assert not program.tasks.busy(instrument._lane("sweep"))
    qtbot.waitUntil(lambda: program.window.image_view._overlay.label != lies.label, timeout=10_000)


def test_the_probe_is_in_the_photo_and_in_the_map_too(qtbot: QtBot, program: Program) -> None:
    program.session.look_at("layer2")
    panel, probe = look(qtbot, program).panel, program.window.probe
    panel.size_changed.emit(16)
    panel.sweep_requested.emit()
    settle(qtbot, program)
    for view in (panel.crop, panel.worth):
        hover(view, 0.65 * view.square().width(), 0.33 * view.square().width())
        assert (probe.place.output, probe.place.y, probe.place.x) == ("layer2", 5, 10)
        assert panel.crop._marked == panel.worth._marked == (10.5 / 32, 20.5 / 32)
        leave(view)
        assert probe.place is None
        assert panel.crop._marked is panel.worth._marked is None
    before = picture(panel.worth)
    program.window.bench.probe_requested.emit("layer4", 3, 0, None)
    assert panel.crop._marked == (24.5 / 32, 0.5 / 32)
    assert picture(panel.worth) != before
    reach = value_text(panel.reach)
    assert program.window.workbench.instrument.scale() == f"−{reach} to {reach}"


def test_it_is_called_off_and_keeps_what_it_has(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program)
    instrument.panel.sweep_requested.emit()
    qtbot.waitUntil(lambda: instrument._rows >= 1, timeout=30_000)
    instrument.panel.cancel_requested.emit()
    settle(qtbot, program)
    assert 1 <= instrument._rows < 15
    assert len(instrument.numbers().rows) == 15 * instrument._rows
    assert instrument.panel._measure.isVisible()
    instrument.panel.sweep_requested.emit()
    settle(qtbot, program)
    assert len(instrument.numbers().rows) == 225
    assert not instrument.panel._measure.isVisible()


def test_a_quick_sweep_starts_by_itself(qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instrument_module, "AT_ONCE_S", 1e6)
    instrument = look(qtbot, program)
    assert len(instrument.numbers().rows) == 225


def test_another_network_state_and_another_picture_begin_anew(qtbot: QtBot, program: Program) -> None:
    instrument = look(qtbot, program)
    instrument.panel.size_changed.emit(16)
    instrument.panel.sweep_requested.emit()
    settle(qtbot, program)
    assert instrument.numbers() is not None
    change = Intervention({"layer3.0": 0.0})
    program.session.intervene(change)
    settle(qtbot, program)
    assert not instrument.numbers().rows
    assert instrument._patch == Patch(8, 8, 16)
    assert np.allclose(instrument._under, alone(program, Patch(8, 8, 16), change), atol=1e-5)
    program.session.intervene(None)
    program.session.look_at("layer2.0")  # one more map is no other answer
    settle(qtbot, program)
    under = instrument._under
    program.session.look_at("layer3.1")
    settle(qtbot, program)
    assert instrument._under is under
    program.session.open([SAMPLES[1]])
    settle(qtbot, program)
    assert np.allclose(instrument._under, alone(program, Patch(8, 8, 16)), atol=1e-5)
    program.session.select(None)
    settle(qtbot, program)
    assert instrument.numbers() is None
    assert program.window.image_view._overlay is None


def test_a_network_with_more_classes_is_asked_anew(qtbot: QtBot, program: Program, a_thousand_classes: str) -> None:
    instrument, session = look(qtbot, program), program.session
    instrument.panel.size_changed.emit(16)
    instrument.panel.sweep_requested.emit()
    settle(qtbot, program)
    program.library.choose(a_thousand_classes)
    settle(qtbot, program)
    assert session.target >= 10  # a class that the network before has not
    assert instrument._answered.logits is session.analysis.logits
    assert not instrument.numbers().rows
    assert instrument.numbers().facts["class"]["index"] == session.target


def test_rows_of_a_network_left_behind_are_not_shown_of_the_next_one(
    qtbot: QtBot, program: Program, a_thousand_classes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    instrument, session = look(qtbot, program), program.session
    sweep, chosen = occlusion.sweep, threading.Event()

    def held(*arguments: object, **named: object) -> occlusion.Sweep:
        chosen.wait(30)
        return sweep(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(occlusion, "sweep", held)
    instrument.panel.size_changed.emit(16)
    instrument.panel.sweep_requested.emit()
    program.window.workbench.show("maps")  # the sweep goes on
    program.library.choose(a_thousand_classes)
    qtbot.waitUntil(lambda: session.analysis.info.id == a_thousand_classes, timeout=60_000)
    chosen.set()
    settle(qtbot, program)
    assert session.target >= 10
    assert instrument._rows == 3
    assert not look(qtbot, program).numbers().rows


def test_a_failure_is_said_and_the_sweep_offered_again(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    instrument = look(qtbot, program)
    said: list[str] = []
    instrument.message.connect(lambda text, _instead: said.append(text))

    def fail(*_arguments: object, **_named: object) -> None:
        raise EngineError("The device is gone.")

    monkeypatch.setattr(occlusion, "sweep", fail)
    instrument.panel.sweep_requested.emit()
    settle(qtbot, program)
    assert said[-1] == "The device is gone."
    assert instrument.panel._measure.isVisible()
    assert not instrument.numbers().rows
