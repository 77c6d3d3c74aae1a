"""Blocks switched off: as trained where nothing is changed, and by hand in torch where something is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_networks import SMALL, Floats, random_images, random_parameters

from resnet_core.engines.base import Intervention, Request, Run, stage_channels
from resnet_core.engines.openvino_engine import OpenVINOEngine
from resnet_core.errors import EngineError, LensError
from resnet_core.evidence.bypass import (
    as_rows,
    blocks_named,
    class_changes,
    softmax,
    with_gates,
    without_gates,
)
from resnet_core.networks import named

SPECS = {name: spec for name, spec in SMALL.items() if spec.residual}


@pytest.fixture(scope="module")
def runs() -> dict[str, Run]:
    return {name: OpenVINOEngine(spec, random_parameters(spec)).run for name, spec in SPECS.items()}


def logits(run: Run, images: Floats, gates: Mapping[str, float]) -> Floats:
    found: Floats = run(Request(images, intervention=with_gates(None, gates))).outputs["logits"][0]
    return found


@pytest.mark.parametrize("name", SPECS)
@settings(max_examples=4, deadline=None, derandomize=True)
@given(seed=st.integers(0, 1000))
def test_bypassing_nothing_is_the_plain_prediction_bit_for_bit(runs: dict[str, Run], name: str, seed: int) -> None:
    spec, images = SPECS[name], random_images(1, 32, 32, seed)
    plain = runs[name](Request(images)).outputs["logits"][0]
    for gates in ({}, {spec.blocks[0].name: 1.0}):
        after = logits(runs[name], images, gates)
        assert after.tobytes() == plain.tobytes()
        assert all(one.change == one.logit_change == 0 for one in class_changes(plain, after, 5))


@pytest.mark.parametrize("name", ["basic_b", "bottleneck", "option_a", "no_batch_norm", "grouped"])
@settings(max_examples=6, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_gate_is_f_scaled_by_hand_in_torch(runs: dict[str, Run], name: str, data: st.DataObject) -> None:
    """In torch, F's last layer is scaled itself: with 0, the block computes relu of its shortcut, without F."""
    import torch

    from resnet_core.resnet import build

    spec, images = SPECS[name], random_images(1, 32, 32)
    names = [block.name for block in spec.blocks]
    scales = st.sampled_from([0.0, 0.0, 0.5, 1.3, 2.0])
    gates = data.draw(st.dictionaries(st.sampled_from(names), scales, min_size=1, max_size=3))
    parameters = random_parameters(spec)
    for block in spec.blocks:
        last = block.convs[-1]
        for key in (f"{last.norm}.weight", f"{last.norm}.bias") if last.norm else (f"{last.name}.weight",):
            parameters[key] = parameters[key] * np.float32(gates.get(block.name, 1.0))
        if not last.norm:
            parameters[f"{last.name}.bias"] = parameters[f"{last.name}.bias"] * np.float32(gates.get(block.name, 1.0))
    network = build(spec).eval()
    network.load_state_dict({key: torch.from_numpy(array) for key, array in parameters.items()})
    with torch.inference_mode():
        theirs = network(torch.from_numpy(images))[0].numpy()
    ours = logits(runs[name], images, gates)
    assert np.abs(ours - theirs).max() <= 1e-4 * np.abs(theirs).max()


def test_gate_0_on_an_identity_block_is_the_network_without_it(runs: dict[str, Run]) -> None:
    """What comes out of a ReLU is not changed by another: such a block might as well not be there."""
    import torch

    from resnet_core.resnet import build

    spec, images = SPECS["basic_b"], random_images(1, 48, 48)
    network = build(spec).eval()
    parameters = random_parameters(spec)
    network.load_state_dict({key: torch.from_numpy(array) for key, array in parameters.items()})
    network.layer1[1] = torch.nn.Identity()
    with torch.inference_mode():
        theirs = network(torch.from_numpy(images))[0].numpy()
    ours = logits(runs["basic_b"], images, {"layer1.1": 0.0})
    assert np.abs(ours - theirs).max() <= 1e-5 * np.abs(theirs).max()


def test_masks_and_offsets_are_kept() -> None:
    channels = stage_channels(SPECS["basic_b"])["layer2"]
    mask, offset = np.linspace(0, 1, channels, dtype=np.float32), np.full(channels, 0.2, np.float32)
    other = Intervention({"layer3.0": 0.5}, {"layer2": mask}, {"layer2": offset})
    both = with_gates(other, {"layer1.1": 0.0, "layer3.0": 1.0})
    assert both == Intervention({"layer1.1": 0.0}, {"layer2": mask}, {"layer2": offset})
    assert without_gates(both) == Intervention({}, {"layer2": mask}, {"layer2": offset})


def test_no_gate_left_is_no_intervention() -> None:
    assert with_gates(None, {}) is None
    assert with_gates(Intervention({"layer1.0": 0.0}), {"layer1.0": 1.0}) is None
    assert with_gates(None, {"layer1.0": 0.0}) == Intervention({"layer1.0": 0.0})
    assert without_gates(Intervention({"layer1.0": 0.0})) is None
    assert without_gates(None) is None


@pytest.mark.parametrize("gate", [-0.1, 2.5, float("nan"), float("inf")])
def test_gates_go_from_0_to_2(gate: float) -> None:
    with pytest.raises(LensError, match="can be scaled from 0 to 2"):
        with_gates(None, {"layer1.0": gate})


def test_what_cannot_be_bypassed_is_said() -> None:
    with pytest.raises(LensError, match="resnet20 has no block “layer7”: its blocks are"):
        blocks_named(named("resnet20"), ["layer1", "layer7"])
    with pytest.raises(EngineError, match="plain20 is a plain network: layer1"):
        Intervention({"layer1.0": 0.0}).check(named("plain20"))


def test_blocks_are_named_one_by_one_or_by_their_stage() -> None:
    spec = named("resnet18")
    assert blocks_named(spec, ["layer3", "layer1.1"]) == ("layer1.1", "layer3.0", "layer3.1")
    assert blocks_named(spec, ["layer2.0", "layer2"]) == ("layer2.0", "layer2.1")
    assert blocks_named(spec, []) == ()


def test_the_classes_that_came_are_listed_after_those_that_were_there() -> None:
    before, after = np.array([3, 2, 1, 0], np.float32), np.array([0, 2, 1, 4], np.float32)
    found = class_changes(before, after, 2)
    assert [one.index for one in found] == [0, 1, 3]
    assert [one.logit_change for one in found] == [-3, 0, 4]
    assert sum(one.after for one in class_changes(before, after, 4)) == pytest.approx(1)
    assert found[0].change == pytest.approx(softmax(after)[0] - softmax(before)[0])
    assert as_rows(found, {0: "cat", 1: "dog", 3: "ship"})[2]["label"] == "ship"
    assert [one.index for one in class_changes(before, after, 10)] == [0, 1, 2, 3]
