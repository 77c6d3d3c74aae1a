"""What each channel is worth: the sweep over a stage, exact, and its first look in a faster arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from random_networks import SMALL, Floats, random_images, random_parameters

from resnet_core.engines.base import Activations, Intervention, Request
from resnet_core.errors import Cancelled
from resnet_core.evidence import ablation, effects
from resnet_core.networks import named
from resnet_core.weights.head import Head

SPEC = SMALL["basic_b"]
PARAMETERS = random_parameters(SPEC)
HEAD = Head(PARAMETERS["fc.weight"], PARAMETERS["fc.bias"])
IMAGES = random_images(1, 64, 64)


def logits(run: Callable[[Request], Activations], change: Intervention | None) -> Floats:
    found: Floats = run(Request(IMAGES, ("logits",), change)).outputs["logits"][0]
    return found


@pytest.mark.parametrize("by", ablation.BY)
@pytest.mark.parametrize("stage", SPEC.stage_names)
def test_a_sweep_measures_what_ablating_each_channel_by_itself_does(
    run: Callable[[Request], Activations], plain: dict[str, Floats], stage: str, by: ablation.By
) -> None:
    channels = (5, 0, 7, 2)
    found = effects.joined(list(effects.sweep(run, SPEC, stage, plain[stage], channels, by=by, rows=3)))
    assert found.channels == channels
    np.testing.assert_allclose(found.before, plain["logits"], rtol=1e-5, atol=1e-5)
    for row, channel in enumerate(channels):
        alone = logits(run, ablation.ablate(stage, channel, plain[stage], by))
        np.testing.assert_allclose(found.change[row], alone - plain["logits"], atol=2e-5)
        assert found.top_without(row) == alone.argmax()


@pytest.mark.parametrize("by", ablation.BY)
def test_the_last_stage_is_computed_through_the_head_without_a_run(
    run: Callable[[Request], Activations], plain: dict[str, Floats], by: ablation.By
) -> None:
    channels = tuple(range(64))
    (exact,) = effects.sweep(
        lambda request: pytest.fail("it ran"), SPEC, "layer4", plain["layer4"], channels, by=by, head=HEAD
    )
    measured = effects.joined(list(effects.sweep(run, SPEC, "layer4", plain["layer4"], channels, by=by)))
    scale = np.abs(plain["logits"]).max()
    assert np.abs(exact.before - plain["logits"]).max() <= 1e-5 * scale
    assert np.abs(exact.change - measured.change).max() <= 1e-5 * scale
    assert exact.change.any() == (by == "zero")  # the average pool leaves nothing else of a map than its mean


def test_the_head_is_for_the_last_stage_only(run: Callable[[Request], Activations], plain: dict[str, Floats]) -> None:
    with_head, without = (
        effects.joined(list(effects.sweep(run, SPEC, "layer3", plain["layer3"], (1, 2), head=head)))
        for head in (HEAD, None)
    )
    assert np.array_equal(with_head.change, without.change)


def test_batches_come_as_they_are_measured_and_the_maps_stay(
    run: Callable[[Request], Activations], plain: dict[str, Floats]
) -> None:
    maps = plain["layer1"].copy()
    maps.flags.writeable = False
    sizes: list[int] = []

    def counted(request: Request) -> Activations:
        sizes.append(len(request.input))
        return run(request)

    sweep = effects.sweep(counted, SPEC, "layer1", maps, range(8), rows=3)
    first = next(sweep)
    assert (first.channels, sizes) == ((0, 1), [3])  # with the network as it is
    assert [part.channels for part in sweep] == [(2, 3, 4), (5, 6, 7)]
    assert sizes == [3, 3, 3]
    (known,) = effects.sweep(counted, SPEC, "layer1", maps, (4,), before=first.before)
    assert sizes[3:] == [1]
    again = effects.joined(list(effects.sweep(run, SPEC, "layer1", maps, (4,))))
    np.testing.assert_allclose(known.change, again.change, atol=2e-6)
    assert np.array_equal(maps, plain["layer1"])


def test_calling_off_ends_it_before_the_next_batch(
    run: Callable[[Request], Activations], plain: dict[str, Floats]
) -> None:
    answers = iter([False, True])
    sweep = effects.sweep(run, SPEC, "layer1", plain["layer1"], range(8), rows=4, cancel=lambda: next(answers))
    assert next(sweep).channels == (0, 1, 2)
    with pytest.raises(Cancelled):
        next(sweep)


def test_probabilities_follow_from_the_logits() -> None:
    found = effects.Effects((3, 8), np.float32([900, 0, 0]), np.float32([[0, 0, 0], [-900, 0, 0]]))
    np.testing.assert_allclose(found.on_probability(0), [0, 1 / 3 - 1], rtol=1e-6)
    assert found.on(0).tolist() == [0, -900]


def test_the_numbers_are_the_largest_effect_first(plain: dict[str, Floats]) -> None:
    found = effects.through_head(plain["layer4"], range(6), HEAD)
    numbers = found.numbers("layer4", "zero", 2, lambda index: f"class {index}")
    rows = numbers.as_json()["channels"]
    sizes = [abs(row["logit_change"]) for row in rows]
    assert sizes == sorted(sizes, reverse=True)
    assert {row["channel"] for row in rows} == set(range(6))
    assert numbers.facts["class"] == {
        "label": "class 2",
        "index": 2,
        "logit": pytest.approx(plain["logits"][2], abs=1e-4),
    }
    assert numbers.arrays["logit_changes"].shape == (6, 7)
    assert numbers.arrays["logit_changes"][0, 2] == rows[0]["logit_change"]


def test_one_run_of_a_sweep_costs_about_two_inferences() -> None:
    """So that a click never has to wait for longer."""
    spec = named("resnet50")
    assert [effects.rows_at(spec, stage) for stage in spec.stage_names] == [2, 2, 4, 10, 16]
    assert effects.rows_at(SPEC, "layer4") == 16


class WithAFasterArithmetic:
    """An engine that answers rough requests another way, and counts the runs of either kind and their pictures."""

    def __init__(self, run: Callable[[Request], Activations]) -> None:
        self._run = run
        self.runs: list[tuple[bool, int]] = []

    def __call__(self, request: Request) -> Activations:
        self.runs.append((request.rough, len(request.input)))
        found = self._run(replace(request, rough=False))
        if not request.rough:
            return found
        return replace(found, outputs={"logits": np.round(found.outputs["logits"], 3)}, rough=True)


@pytest.fixture
def looked_at_roughly(monkeypatch: pytest.MonkeyPatch) -> None:
    """However little a sweep costs."""
    monkeypatch.setattr(effects, "LOOK_FROM_MACS", 0)


@pytest.mark.usefixtures("looked_at_roughly")
def test_a_long_sweep_begins_with_a_rough_look_and_ends_exact(
    run: Callable[[Request], Activations], plain: dict[str, Floats]
) -> None:
    engine, channels, target = WithAFasterArithmetic(run), tuple(range(12)), 3
    parts = list(effects.look_and_sweep(engine, SPEC, "layer2", plain["layer2"], channels, target))
    exact = effects.joined(list(effects.sweep(run, SPEC, "layer2", plain["layer2"], channels)))
    look = [part for part in parts if part.rough]
    assert parts[: len(look)] == look  # all of it comes first
    first = effects.joined(look)
    assert first.rough == set(channels)
    assert first.exact_before is None
    np.testing.assert_allclose(first.change, exact.change, atol=2e-3)
    assert first.numbers("layer2", "zero", target, str).rows[0]["rough"]

    order = [channel for part in parts[len(look) :] for channel in part.channels]
    assert order == list(first.strongest(target, 12).channels)
    found = effects.joined(parts)
    assert not found.rough
    assert found.channels == channels
    np.testing.assert_allclose(found.before, exact.before, atol=1e-5)
    np.testing.assert_allclose(found.change, exact.change, atol=1e-5)
    assert "rough" not in found.numbers("layer2", "zero", target, str).rows[0]


@pytest.mark.usefixtures("looked_at_roughly")
def test_what_is_known_exactly_is_not_measured_again(
    run: Callable[[Request], Activations], plain: dict[str, Floats]
) -> None:
    maps, engine = plain["layer2"], WithAFasterArithmetic(run)
    exact = effects.joined(list(effects.sweep(run, SPEC, "layer2", maps, (0, 1))))
    rough = effects.joined(list(effects.sweep(engine, SPEC, "layer2", maps, (2, 3), rough=True)))
    known = effects.joined([rough, exact])
    assert known.rough == {2, 3}
    assert known.exact_before is exact.before
    engine.runs.clear()
    (more,) = effects.look_and_sweep(engine, SPEC, "layer2", maps, (0, 1, 2), 3, known=known)
    assert more.channels == (2,)  # 3 was not asked for
    assert engine.runs == [(False, 1)]
    looked, *again = effects.look_and_sweep(engine, SPEC, "layer2", maps, (0, 2, 5), 3, known=known)
    assert looked.rough == {5}
    assert sorted(channel for part in again for channel in part.channels) == [2, 5]


@pytest.mark.usefixtures("looked_at_roughly")
def test_without_a_faster_arithmetic_the_first_look_is_the_exact_one(
    run: Callable[[Request], Activations], plain: dict[str, Floats]
) -> None:
    def one_arithmetic(request: Request) -> Activations:
        return run(replace(request, rough=False))

    parts = effects.look_and_sweep(one_arithmetic, SPEC, "layer2", plain["layer2"], range(4), 3)
    found = effects.joined(list(parts))
    assert not found.rough
    assert found.channels == (0, 1, 2, 3)


def test_a_short_sweep_needs_no_first_look(run: Callable[[Request], Activations], plain: dict[str, Floats]) -> None:
    engine = WithAFasterArithmetic(run)
    list(effects.look_and_sweep(engine, SPEC, "layer2", plain["layer2"], range(4), 3))
    assert {rough for rough, _ in engine.runs} == {False}


def test_where_another_device_has_to_serve_nothing_is_measured_against_a_rough_answer(
    run: Callable[[Request], Activations], plain: dict[str, Floats]
) -> None:
    engine = WithAFasterArithmetic(run)

    def fails_after_one_run(request: Request) -> Activations:
        return engine(replace(request, rough=request.rough and not engine.runs))

    parts = list(effects.sweep(fails_after_one_run, SPEC, "layer2", plain["layer2"], range(9), rows=3, rough=True))
    exact = effects.joined(list(effects.sweep(run, SPEC, "layer2", plain["layer2"], range(9))))
    assert [part.channels for part in parts] == [(0, 1), (2, 3), (4, 5, 6), (7, 8)]
    assert [len(part.rough) for part in parts] == [2, 0, 0, 0]
    np.testing.assert_allclose(effects.joined(parts).change[2:], exact.change[2:], atol=1e-5)


@pytest.mark.usefixtures("looked_at_roughly")
def test_a_first_look_is_told_against_the_logits_that_are_known(
    run: Callable[[Request], Activations], plain: dict[str, Floats]
) -> None:
    engine = WithAFasterArithmetic(run)
    look, *_ = effects.look_and_sweep(engine, SPEC, "layer2", plain["layer2"], range(4), 3, logits=plain["logits"])
    assert look.rough
    assert look.before is plain["logits"]
    numbers = look.numbers("layer2", "zero", 3, str)
    assert numbers.facts["class"]["logit"] == plain["logits"][3]
    assert numbers.facts["rough_channels"] == 4
    assert numbers.arrays["rough"].tolist() == [1, 1, 1, 1]
