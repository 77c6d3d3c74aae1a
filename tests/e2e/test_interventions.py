"""A network that is changed while it runs: every view follows, and the way back is one key."""

from __future__ import annotations

import numpy as np
from journeys import SAMPLES, settle, wait_for_analysis
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.program import Program
from app.texts import change_text
from resnet_core.engines.base import Intervention
from resnet_core.evidence import ablation

BYPASS = Intervention(gates={"layer3.0": 0.0, "layer3.1": 0.5})


def wait_for_change(qtbot: QtBot, program: Program) -> None:
    session = program.session

    def there() -> bool:
        return session.analysis is not None and session.analysis.intervention is session.intervention

    qtbot.waitUntil(there, timeout=60_000)


def test_a_bypass_is_answered_at_once_and_undone_by_a_key(qtbot: QtBot, program: Program) -> None:
    session, window = program.session, program.window
    session.open([SAMPLES[0]])
    wait_for_analysis(qtbot, program)
    plain = session.analysis
    assert plain is not None
    session.intervene(BYPASS)
    wait_for_change(qtbot, program)
    changed = session.analysis
    assert changed is not None
    assert session.plain is plain
    assert not np.array_equal(changed.logits, plain.logits)
    assert np.array_equal(changed.activations["layer2"], plain.activations["layer2"])  # before the change
    assert not np.array_equal(changed.activations["layer3"], plain.activations["layer3"])
    expected = program.classifier().again(plain, BYPASS)
    assert np.array_equal(changed.logits, expected.logits)
    qtbot.keyClick(window, Qt.Key_Escape)
    assert session.intervention is None
    assert session.analysis is plain


def test_a_block_asked_for_meanwhile_does_not_bring_the_unchanged_network_back(qtbot: QtBot, program: Program) -> None:
    session = program.session
    session.open([SAMPLES[0]])
    wait_for_analysis(qtbot, program)
    session.complete("layer2.0")
    session.intervene(BYPASS)  # overtakes it
    session.complete("layer2.0")  # the pointer comes over a block while the answer is under way
    assert not program.tasks.busy("more")
    settle(qtbot, program)
    assert session.analysis is not None
    assert session.analysis.intervention is BYPASS
    session.complete("layer2.0")
    settle(qtbot, program)
    assert session.analysis.intervention is BYPASS
    assert "layer2.1.residual" in session.analysis.activations


def test_a_change_that_changes_nothing_is_none(qtbot: QtBot, program: Program) -> None:
    session = program.session
    session.open([SAMPLES[0]])
    wait_for_analysis(qtbot, program)
    plain = session.analysis
    session.intervene(Intervention(gates={"layer1.0": 1.0}))
    assert session.intervention is None
    assert session.analysis is plain


def test_a_change_stays_for_the_next_picture(qtbot: QtBot, program: Program) -> None:
    session = program.session
    session.open(SAMPLES[:2])
    wait_for_analysis(qtbot, program, SAMPLES[0].name)
    session.intervene(BYPASS)
    wait_for_change(qtbot, program)
    session.step(1)
    wait_for_analysis(qtbot, program, SAMPLES[1].name)
    wait_for_change(qtbot, program)
    assert session.plain is not None
    assert session.plain.intervention is None
    assert session.plain.picture.name == SAMPLES[1].name


def test_the_class_asked_about_is_the_best_until_another_is_chosen(qtbot: QtBot, program: Program) -> None:
    session = program.session
    assert session.target is None
    session.open(SAMPLES[:2])
    wait_for_analysis(qtbot, program, SAMPLES[0].name)
    assert session.analysis is not None
    best, second = session.analysis.top(2)
    assert session.target == best.index
    with qtbot.waitSignal(session.target_changed):
        session.look_at_class(second.index)
    assert session.target == second.index
    session.step(1)
    wait_for_analysis(qtbot, program, SAMPLES[1].name)
    assert session.target == session.analysis.predictions[0].index


def test_the_bar_says_what_is_changed(qtbot: QtBot, program: Program) -> None:
    session, bar = program.session, program.window.workbench.bar
    session.intervene(BYPASS)  # before there is a picture
    assert not bar._reset.isHidden()
    session.intervene(None)
    assert bar._reset.isHidden()


def test_a_change_in_words() -> None:
    mask = np.ones(4, np.float32)
    mask[2] = 0
    alone = np.zeros(4, np.float32)
    alone[1] = 1
    assert change_text(None) == ""
    assert change_text(BYPASS) == "layer3.0 bypassed, layer3.1 × 0.50"
    assert change_text(Intervention(masks={"layer1": mask, "layer2": alone})) == (
        "layer1: channel 2 removed, layer2: channel 1 alone"
    )


def test_a_channels_mean_is_that_of_the_picture_looked_at(qtbot: QtBot, program: Program) -> None:
    session = program.session
    session.open(SAMPLES[:2])
    wait_for_analysis(qtbot, program, SAMPLES[0].name)
    session.intervene(ablation.ablate("layer2", 5, session.plain.activations["layer2"], "mean"))
    session.step(1)
    wait_for_analysis(qtbot, program, SAMPLES[1].name)
    wait_for_change(qtbot, program)
    expected = ablation.ablate("layer2", 5, session.plain.activations["layer2"], "mean")
    np.testing.assert_allclose(session.intervention.offsets["layer2"], expected.offsets["layer2"], rtol=1e-6)
