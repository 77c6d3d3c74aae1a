"""Channels taken away: the interventions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from random_networks import SMALL, Floats, random_images, random_parameters

from resnet_core.engines.base import Activations, Intervention, Request
from resnet_core.errors import LensError
from resnet_core.evidence import ablation, effects
from resnet_core.weights.head import Head

SPEC = SMALL["basic_b"]
PARAMETERS = random_parameters(SPEC)
HEAD = Head(PARAMETERS["fc.weight"], PARAMETERS["fc.bias"])
IMAGES = random_images(1, 64, 64)


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


@pytest.mark.parametrize("channel", [-1, 16])
def test_a_channel_that_is_not_there_is_named(plain: dict[str, Floats], channel: int) -> None:
    for make in (ablation.ablate, ablation.solo):
        with pytest.raises(LensError, match=f"layer2 has no channel {channel}: its channels are 0 to 15"):
            make("layer2", channel, plain["layer2"])
    with pytest.raises(LensError, match="no channel"):
        next(effects.sweep(lambda request: pytest.fail("it ran"), SPEC, "layer2", plain["layer2"], (channel,)))


def test_an_unknown_replacement_is_named(plain: dict[str, Floats]) -> None:
    with pytest.raises(LensError, match=r"can't be replaced by “noise”. Known: zero, mean"):
        ablation.ablate("layer2", 0, plain["layer2"], "noise")  # type: ignore[arg-type]


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
