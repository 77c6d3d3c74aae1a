"""Channels taken away: the interventions, and the sweep that measures what each one does to the answer."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from random_networks import SMALL, Floats, random_images, random_parameters

from resnet_core.engines.base import Activations, Intervention, Request
from resnet_core.engines.openvino_engine import OpenVINOEngine
from resnet_core.errors import Cancelled, LensError
from resnet_core.evidence import ablation
from resnet_core.networks import named
from resnet_core.weights.head import Head

SPEC = SMALL["basic_b"]
PARAMETERS = random_parameters(SPEC)
HEAD = Head(PARAMETERS["fc.weight"], PARAMETERS["fc.bias"])
IMAGES = random_images(1, 64, 64)


@pytest.fixture(scope="module")
def run() -> Callable[[Request], Activations]:
    return OpenVINOEngine(SPEC, PARAMETERS).run


@pytest.fixture(scope="module")
def plain(run: Callable[[Request], Activations]) -> dict[str, Floats]:
    """The network as trained: the logits and every stage."""
    return {name: array[0] for name, array in run(Request(IMAGES, (*SPEC.stage_names, "logits"))).outputs.items()}


def logits(run: Callable[[Request], Activations], change: Intervention | None) -> Floats:
    found: Floats = run(Request(IMAGES, ("logits",), change)).outputs["logits"][0]
    return found


@pytest.mark.parametrize("by", ablation.BY)
@pytest.mark.parametrize("stage", SPEC.stage_names)
def test_a_sweep_measures_what_ablating_each_channel_by_itself_does(
    run: Callable[[Request], Activations], plain: dict[str, Floats], stage: str, by: ablation.By
) -> None:
    channels = (5, 0, 7, 2)
    found = ablation.joined(list(ablation.sweep(run, SPEC, stage, plain[stage], channels, by=by, batch=3)))
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
    (exact,) = ablation.sweep(
        lambda request: pytest.fail("it ran"), SPEC, "layer4", plain["layer4"], channels, by=by, head=HEAD
    )
    measured = ablation.joined(list(ablation.sweep(run, SPEC, "layer4", plain["layer4"], channels, by=by)))
    scale = np.abs(plain["logits"]).max()
    assert np.abs(exact.before - plain["logits"]).max() <= 1e-5 * scale
    assert np.abs(exact.change - measured.change).max() <= 1e-5 * scale
    assert exact.change.any() == (by == "zero")  # the average pool leaves nothing else of a map than its mean


def test_the_head_is_for_the_last_stage_only(run: Callable[[Request], Activations], plain: dict[str, Floats]) -> None:
    with_head, without = (
        ablation.joined(list(ablation.sweep(run, SPEC, "layer3", plain["layer3"], (1, 2), head=head)))
        for head in (HEAD, None)
    )
    assert np.array_equal(with_head.change, without.change)


def test_a_sweep_under_an_intervention_starts_from_what_it_left(run: Callable[[Request], Activations]) -> None:
    """What was changed earlier is in the maps; what is changed later is still to be carried out."""
    off = ablation.solo("layer4", 9, np.ones((64, 1, 1), np.float32))
    change = Intervention({"layer1.0": 0.0, "layer3.0": 0.5}, off.masks, off.offsets)
    found = run(Request(IMAGES, ("layer2", "logits"), change)).outputs
    (effects,) = ablation.sweep(run, SPEC, "layer2", found["layer2"][0], (3,), intervention=change)
    np.testing.assert_allclose(effects.before, found["logits"][0], rtol=1e-5, atol=1e-5)
    both = logits(run, ablation.ablate("layer2", 3, found["layer2"][0], onto=change))
    np.testing.assert_allclose(effects.change[0], both - found["logits"][0], atol=2e-5)


def test_batches_come_as_they_are_measured_and_the_maps_stay(
    run: Callable[[Request], Activations], plain: dict[str, Floats]
) -> None:
    maps = plain["layer1"].copy()
    maps.flags.writeable = False
    sizes: list[int] = []

    def counted(request: Request) -> Activations:
        sizes.append(len(request.input))
        return run(request)

    sweep = ablation.sweep(counted, SPEC, "layer1", maps, range(8), batch=3)
    first = next(sweep)
    assert (first.channels, sizes) == ((0, 1, 2), [4])  # with the network as it is
    assert [part.channels for part in sweep] == [(3, 4, 5), (6, 7)]
    assert sizes == [4, 3, 2]
    (known,) = ablation.sweep(counted, SPEC, "layer1", maps, (4,), before=first.before)
    assert sizes[3:] == [1]
    again = ablation.joined(list(ablation.sweep(run, SPEC, "layer1", maps, (4,))))
    np.testing.assert_allclose(known.change, again.change, atol=2e-6)
    assert np.array_equal(maps, plain["layer1"])


def test_calling_off_ends_it_before_the_next_batch(
    run: Callable[[Request], Activations], plain: dict[str, Floats]
) -> None:
    answers = iter([False, True])
    sweep = ablation.sweep(run, SPEC, "layer1", plain["layer1"], range(8), batch=4, cancel=lambda: next(answers))
    assert next(sweep).channels == (0, 1, 2, 3)
    with pytest.raises(Cancelled):
        next(sweep)


@pytest.mark.parametrize("by", ablation.BY)
def test_solo_leaves_one_channel_of_a_stage(
    run: Callable[[Request], Activations], plain: dict[str, Floats], by: ablation.By
) -> None:
    change = ablation.solo("layer2", 4, plain["layer2"], by)
    maps = run(Request(IMAGES, ("layer2",), change)).outputs["layer2"][0]
    np.testing.assert_allclose(maps[4], plain["layer2"][4], rtol=1e-5, atol=1e-6)
    for channel in range(16):
        if channel != 4:
            expected = 0 if by == "zero" else plain["layer2"][channel].mean()
            np.testing.assert_allclose(maps[channel], expected, rtol=1e-5, atol=1e-6)


def test_ablations_add_up_and_can_be_taken_back(plain: dict[str, Floats]) -> None:
    bypass = Intervention(gates={"layer1.0": 0.0})
    first = ablation.ablate("layer2", 3, plain["layer2"], onto=bypass)
    both = ablation.ablate("layer2", 5, plain["layer2"], "mean", onto=first)
    assert ablation.ablated("layer2", both) == {3, 5}
    assert ablation.ablated("layer3", both) == ablation.ablated("layer2", None) == frozenset()
    assert both.gates == bypass.gates
    assert both.offsets["layer2"][5] == pytest.approx(plain["layer2"][5].mean(), rel=1e-6)
    assert ablation.ablated("layer2", ablation.restore("layer2", 3, both)) == {5}
    back = ablation.restore("layer2", None, both)
    assert back.gates == bypass.gates
    assert Intervention(masks=back.masks, offsets=back.offsets).changes_nothing
    assert ablation.restore("layer3", 0, both) is both
    assert ablation.ablated("layer2", first) == {3}  # what was there is not changed


def test_solo_is_told_from_many_ablations(plain: dict[str, Floats]) -> None:
    assert ablation.soloed("layer2", ablation.solo("layer2", 4, plain["layer2"])) == 4
    assert ablation.soloed("layer2", ablation.ablate("layer2", 4, plain["layer2"])) is None
    assert ablation.soloed("layer2", None) is None
    one = np.ones((1, 2, 2), np.float32)
    assert ablation.soloed("layer1", ablation.solo("layer1", 0, one)) is None  # of one channel there are no others


def test_probabilities_follow_from_the_logits() -> None:
    effects = ablation.Effects((3, 8), np.float32([900, 0, 0]), np.float32([[0, 0, 0], [-900, 0, 0]]))
    np.testing.assert_allclose(effects.on_probability(0), [0, 1 / 3 - 1], rtol=1e-6)
    assert effects.on(0).tolist() == [0, -900]


def test_the_numbers_are_the_largest_effect_first(plain: dict[str, Floats]) -> None:
    effects = ablation.through_head(plain["layer4"], range(6), HEAD)
    numbers = effects.numbers("layer4", "zero", 2, lambda index: f"class {index}")
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


@pytest.mark.parametrize("channel", [-1, 16])
def test_a_channel_that_is_not_there_is_named(plain: dict[str, Floats], channel: int) -> None:
    for make in (ablation.ablate, ablation.solo):
        with pytest.raises(LensError, match=f"layer2 has no channel {channel}: its channels are 0 to 15"):
            make("layer2", channel, plain["layer2"])
    with pytest.raises(LensError, match="no channel"):
        next(ablation.sweep(lambda request: pytest.fail("it ran"), SPEC, "layer2", plain["layer2"], (channel,)))


def test_an_unknown_replacement_is_named(plain: dict[str, Floats]) -> None:
    with pytest.raises(LensError, match=r"can't be replaced by “noise”. Known: zero, mean"):
        ablation.ablate("layer2", 0, plain["layer2"], "noise")  # type: ignore[arg-type]


def test_one_run_of_a_sweep_costs_about_two_inferences() -> None:
    """So that a click never has to wait for longer."""
    spec = named("resnet50")
    assert [ablation.batch_at(spec, stage) for stage in spec.stage_names] == [2, 2, 4, 10, 16]
    assert ablation.batch_at(SPEC, "layer4") == 16


def test_a_mean_follows_the_picture_and_a_zero_stays(
    run: Callable[[Request], Activations], plain: dict[str, Floats]
) -> None:
    stage = SPEC.stage_names[1]
    other = {name: array[::-1] + np.float32(0.5) for name, array in plain.items()}
    by_mean = ablation.ablate(stage, 3, plain[stage], "mean")
    renewed = ablation.renewed(by_mean, plain, other)
    np.testing.assert_allclose(renewed.offsets[stage][3], other[stage][3].mean(), rtol=1e-6)
    assert np.flatnonzero(renewed.offsets[stage]).tolist() == [3]
    assert np.array_equal(renewed.masks[stage], by_mean.masks[stage])
    by_zero = ablation.ablate(stage, 3, plain[stage], "zero")
    assert ablation.renewed(by_zero, plain, other) is by_zero
    assert ablation.renewed(by_mean, plain, plain) is by_mean
    alone = ablation.renewed(ablation.solo(stage, 3, plain[stage], "mean"), plain, other)
    expected = ablation.solo(stage, 3, other[stage], "mean")
    np.testing.assert_allclose(alone.offsets[stage], expected.offsets[stage], rtol=1e-6)
