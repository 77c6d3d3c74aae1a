"""A block taken apart: what is shown sums to what it claims, and equals the network computed by hand in torch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_networks import SMALL, Floats, random_images, random_parameters

from resnet_core.engines.base import Activations, Intervention, Request, Run
from resnet_core.engines.openvino_engine import OpenVINOEngine
from resnet_core.errors import LensError
from resnet_core.evidence.depth import profile, profile_as_it_comes
from resnet_core.evidence.xray import PARTS, RANKINGS, BlockXRay, branches, dissect, shortcut_kind
from resnet_core.networks import named
from resnet_core.spec import ResNetSpec

SPECS = {name: spec for name, spec in {**SMALL, "resnet20": named("resnet20")}.items() if spec.residual}


@pytest.fixture(scope="module")
def runs() -> dict[str, Run]:
    return {name: OpenVINOEngine(spec, random_parameters(spec)).run for name, spec in SPECS.items()}


def xray(
    run: Run, spec: ResNetSpec, images: Floats, block: str, *, intervention: Intervention | None = None
) -> BlockXRay:
    found = run(Request(images, branches(block), intervention)).outputs
    return dissect(spec, block, {name: maps[0] for name, maps in found.items()}, intervention)


def gates_of(spec: ResNetSpec) -> st.SearchStrategy[Intervention | None]:
    names = [block.name for block in spec.blocks]
    gates = st.dictionaries(st.sampled_from(names), st.sampled_from([0.0, 0.3, 1.0, 2.0]), min_size=1)
    return st.none() | gates.map(Intervention)


@pytest.mark.parametrize("name", SPECS)
@settings(max_examples=6, deadline=None, derandomize=True)
@given(data=st.data())
def test_the_parts_sum_to_what_the_network_computes(runs: dict[str, Run], name: str, data: st.DataObject) -> None:
    spec = SPECS[name]
    block = data.draw(st.sampled_from([block.name for block in spec.blocks]))
    change = data.draw(gates_of(spec))
    images = random_images(1, 40, 24, data.draw(st.integers(0, 1000)))
    found = xray(runs[name], spec, images, block, intervention=change)
    gate = 1.0 if change is None else change.gates.get(block, 1.0)
    largest = max(float(np.abs(found.part(part)).max()) for part in PARTS)
    total = found.shortcut.astype(np.float64) + gate * found.residual.astype(np.float64)
    assert np.abs(total - found.sum).max() <= 1e-5 * largest
    assert np.abs(np.maximum(found.sum, 0) - found.output).max() <= 1e-5 * largest
    assert {part.dtype for part in map(found.part, PARTS)} == {np.dtype(np.float32)}
    assert found.effect.gate == gate


@pytest.mark.parametrize("name", ["bottleneck", "option_a", "basic_c", "no_batch_norm"])
def test_each_part_is_that_of_the_network_in_torch(runs: dict[str, Run], name: str) -> None:
    """By hooks on torch's own modules, which share nothing with how the engine gives them."""
    import torch

    from resnet_core.resnet import build

    spec, images = SPECS[name], random_images(1, 32, 32)
    network = build(spec).eval()
    network.load_state_dict({key: torch.from_numpy(array) for key, array in random_parameters(spec).items()})
    for block in spec.blocks:
        found = xray(runs[name], spec, images, block.name)
        module = network.get_submodule(block.name)
        seen: dict[str, torch.Tensor] = {}

        def look(_module: torch.nn.Module, inputs: tuple[torch.Tensor], output: torch.Tensor) -> None:
            seen["x"], seen["y"] = inputs[0].clone(), output.clone()  # noqa: B023 - called in this very turn

        handle = module.register_forward_hook(look)
        with torch.inference_mode():
            network(torch.from_numpy(images))
            handle.remove()
            shortcut = seen["x"]
            if block.projection is not None:
                shortcut = network.get_submodule(block.projection.name.removesuffix(".0"))(shortcut)
            elif block.zero_padded:
                before, after = block.zero_channels
                shortcut = torch.nn.functional.pad(
                    shortcut[:, :, :: block.stride, :: block.stride], (0, 0, 0, 0, before, after)
                )
        assert_alike(found.shortcut, shortcut[0].numpy())
        assert_alike(found.output, seen["y"][0].numpy())


def assert_alike(ours: Floats, theirs: Floats) -> None:
    assert ours.shape == theirs.shape
    assert np.abs(ours - theirs).max() <= 1e-4 * np.abs(theirs).max()


def test_the_shortcut_is_named_as_it_is() -> None:
    kinds = {name: [shortcut_kind(block) for block in spec.blocks] for name, spec in SPECS.items()}
    assert kinds["basic_b"] == ["identity", "identity", "projection", "projection", "projection"]
    assert kinds["option_a"] == ["identity", "identity", "zero padding", "identity", "zero padding", "identity"]
    assert set(kinds["basic_c"]) == {"projection"}


def test_norms_and_cosines_are_those_of_the_tensors(runs: dict[str, Run]) -> None:
    found = xray(runs["basic_b"], SPECS["basic_b"], random_images(1, 40, 40), "layer1.1")
    x, f = found.shortcut.astype(np.float64), found.residual.astype(np.float64)
    assert found.effect.ratio == pytest.approx(np.linalg.norm(f) / np.linalg.norm(x), rel=1e-5)
    assert found.effect.cosine == pytest.approx((f * x).sum() / np.linalg.norm(f) / np.linalg.norm(x), rel=1e-5)
    moved = np.linalg.norm(found.output - np.maximum(x, 0)) / np.linalg.norm(np.maximum(x, 0))
    assert found.effect.change == pytest.approx(moved, rel=1e-5)
    for channel in range(len(x)):
        ratio = np.linalg.norm(f[channel]) / np.linalg.norm(x[channel])
        assert found.channel_ratio[channel] == pytest.approx(ratio, rel=1e-5)
        cosine = (f[channel] * x[channel]).sum() / np.linalg.norm(f[channel]) / np.linalg.norm(x[channel])
        assert found.channel_cosine[channel] == pytest.approx(cosine, rel=1e-4, abs=1e-6)


def test_every_ranking_names_every_channel_once_best_first(runs: dict[str, Run]) -> None:
    found = xray(runs["bottleneck"], SPECS["bottleneck"], random_images(1, 40, 40), "layer2.1")
    for by in RANKINGS:
        assert sorted(found.ranked(by)) == list(range(len(found.residual)))
    norms = np.linalg.norm(found.residual.reshape(len(found.residual), -1), axis=1)
    assert found.ranked("residual")[0] == int(norms.argmax())
    assert found.ranked("ratio")[0] == int(found.channel_ratio.argmax())
    assert found.ranked("against")[0] == int((found.residual * found.shortcut).sum(axis=(1, 2)).argmin())


def test_channels_where_nothing_comes_in_are_no_mistake(runs: dict[str, Run]) -> None:
    """Option A's new channels have a shortcut of zeros: nothing to compare with, and no NaN in what is written."""
    found = xray(runs["option_a"], SPECS["option_a"], random_images(1, 32, 32), "layer2.0")
    empty = [channel for channel in range(len(found.shortcut)) if not found.shortcut[channel].any()]
    assert set(empty) >= {0, 1, 6, 7}
    assert np.isinf(found.channel_ratio[0])
    assert found.ranked("ratio")[0] in empty
    rows = found.numbers((0, 3)).as_json()["channels"]
    assert rows[0]["ratio"] is None
    assert rows[0]["cosine"] is None
    assert rows[1]["ratio"] > 0


def test_the_scale_holds_everything_that_is_shown(runs: dict[str, Run]) -> None:
    found = xray(runs["basic_b"], SPECS["basic_b"], random_images(1, 40, 40), "layer2.0")
    channels = found.ranked()[:4]
    shown = [np.abs(found.part(part)[list(channels)]).max() for part in PARTS]
    assert found.reach(channels) == max(shown)


def test_what_cannot_be_taken_apart_is_said(runs: dict[str, Run]) -> None:
    run, images = runs["basic_b"], random_images(1, 32, 32)
    with pytest.raises(LensError, match=r"basic_b has no block “layer9\.0”: its blocks are layer1\.0 … layer4\.0"):
        dissect(SPECS["basic_b"], "layer9.0", {})
    with pytest.raises(LensError, match="plain20 is a plain network"):
        dissect(named("plain20"), "layer1.0", {})
    with pytest.raises(LensError, match="plain20 is a plain network"):
        profile(run, named("plain20"), images)
    with pytest.raises(LensError, match=r"needs “layer1\.0\.residual”"):
        dissect(SPECS["basic_b"], "layer1.0", {"layer1.0.shortcut": images[0]})


@pytest.mark.parametrize("name", SPECS)
def test_the_profile_has_what_the_xray_of_each_block_says(runs: dict[str, Run], name: str) -> None:
    spec, images = SPECS[name], random_images(1, 40, 40)
    found = profile(runs[name], spec, images)
    assert [one.block for one in found] == [block.name for block in spec.blocks]
    for one in found:
        alone = xray(runs[name], spec, images, one.block).effect
        assert one.ratio == pytest.approx(alone.ratio, rel=1e-4)
        assert one.cosine == pytest.approx(alone.cosine, abs=1e-4)
        assert one.change == pytest.approx(alone.change, rel=1e-3, abs=1e-5)


def test_the_profile_comes_stage_by_stage_and_asks_for_no_more(runs: dict[str, Run]) -> None:
    spec, images = SPECS["resnet20"], random_images(1, 32, 32)
    asked: list[Request] = []

    def run(request: Request) -> Activations:
        asked.append(request)
        return runs["resnet20"](request)

    known = {name: maps[0] for name, maps in runs["resnet20"](Request(images, spec.stage_names)).outputs.items()}
    coming = profile_as_it_comes(run, spec, images, known=known)
    assert next(coming).block == "layer1.0"
    assert [request.start.stage for request in asked if request.start] == ["conv1"]
    assert all(name.startswith("layer1.") for name in asked[0].outputs)
    assert len(list(coming)) == 8
    assert [request.start.stage for request in asked if request.start] == ["conv1", "layer1", "layer2"]


def test_the_branches_of_a_block_are_outputs_of_the_network() -> None:
    for spec in SPECS.values():
        for block in spec.blocks:
            assert set(branches(block.name)) <= set(spec.output_names)
