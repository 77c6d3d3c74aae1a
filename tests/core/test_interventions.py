"""Interventions and runs that start inside the network: what they mean, alike in OpenVINO and torch."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_networks import SMALL, Floats, random_images, random_parameters

from resnet_core.engines.base import Intervention, Request, Start, check_maps, outputs_after, stage_channels
from resnet_core.engines.openvino_engine import OpenVINOEngine
from resnet_core.engines.torch_engine import TorchEngine
from resnet_core.errors import EngineError
from resnet_core.networks import named
from resnet_core.spec import ResNetSpec

SPECS = {**SMALL, "resnet20": named("resnet20")}
KINDS = ("resnet20", "basic_b", "bottleneck", "plain", "option_a", "no_batch_norm")


@pytest.fixture(scope="module")
def engines() -> dict[str, OpenVINOEngine]:
    return {name: OpenVINOEngine(SPECS[name], random_parameters(SPECS[name])) for name in KINDS}


@pytest.fixture(scope="module")
def torch_engine() -> Iterator[TorchEngine]:
    engine = TorchEngine(SPECS["bottleneck"], random_parameters(SPECS["bottleneck"]))
    yield engine
    engine.close()


def in_torch(spec: ResNetSpec, request: Request) -> dict[str, Floats]:
    """What the torch worker computes, without its process."""
    import torch

    from resnet_core.engines import torch_worker

    network = torch_worker.Network(spec, random_parameters(spec), torch.device("cpu"), "exact")
    stage = None if request.start is None else request.start.stage
    found = network.run(request.input, request.outputs, request.intervention or Intervention(), stage)
    return {name: tensor.numpy() for name, tensor in found.items()}


def assert_alike(ours: Floats, theirs: Floats, tolerance: float, name: str = "") -> None:
    assert ours.shape == theirs.shape, name
    assert ours.dtype == theirs.dtype == np.float32, name
    assert np.abs(ours - theirs).max() <= tolerance * max(np.abs(theirs).max(), 1e-6), name


@st.composite
def changes(draw: st.DrawFn, spec: ResNetSpec) -> Intervention:
    """Any gates, and for any stages masks and offsets."""
    residual = [block.name for block in spec.blocks if block.residual]
    gates = draw(st.dictionaries(st.sampled_from(residual), st.sampled_from([0.0, 0.5, 1.0, 2.0]))) if residual else {}
    channels = stage_channels(spec)
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))

    def numbers(values: list[float]) -> dict[str, Floats]:
        stages = draw(st.sets(st.sampled_from(list(channels))))
        return {name: random.choice(values, channels[name]).astype(np.float32) for name in stages}

    return Intervention(gates, numbers([0.0, 0.5, 1.0, 2.0]), numbers([0.0, 0.3, -0.2]))


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=8, deadline=None, derandomize=True)
@given(data=st.data())
def test_openvino_and_torch_give_the_same(engines: dict[str, OpenVINOEngine], name: str, data: st.DataObject) -> None:
    spec = SPECS[name]
    change = data.draw(changes(spec))
    request = Request(random_images(1, 32, 32, data.draw(st.integers(0, 1000))), spec.output_names, change)
    ours, theirs = engines[name].run(request).outputs, in_torch(spec, request)
    for output in spec.output_names:
        assert_alike(ours[output], theirs[output], 1e-4, output)


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=6, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_run_from_a_stage_on_is_the_rest_of_the_whole_run(
    engines: dict[str, OpenVINOEngine], name: str, data: st.DataObject
) -> None:
    """Also under an intervention, whose earlier part is in the maps already."""
    spec, engine = SPECS[name], engines[name]
    stage = data.draw(st.sampled_from(spec.stage_names))
    change = data.draw(st.none() | changes(spec))
    images = random_images(data.draw(st.integers(1, 3)), 40, 24, data.draw(st.integers(0, 1000)))
    whole = engine.run(Request(images, spec.output_names, change)).outputs
    request = Request(None, outputs_after(spec, stage), change, Start(stage, whole[stage]))
    tail, torchs = engine.run(request).outputs, in_torch(spec, request)
    assert list(tail) == list(outputs_after(spec, stage))
    for output, maps in tail.items():
        assert_alike(maps, whole[output], 1e-5, output)
        assert_alike(maps, torchs[output], 1e-4, output)


def test_the_torch_process_is_told_of_all_of_it(engines: dict[str, OpenVINOEngine], torch_engine: TorchEngine) -> None:
    spec = SPECS["bottleneck"]
    channels = stage_channels(spec)
    change = Intervention(
        gates={"layer2.1": 0.5},
        masks={"layer2": np.linspace(0, 2, channels["layer2"], dtype=np.float32)},
        offsets={"layer3": np.linspace(-1, 1, channels["layer3"], dtype=np.float32)},
    )
    images = random_images(2, 48, 48)
    whole = Request(images, spec.output_names, change)
    layer1 = engines["bottleneck"].run(whole).outputs["layer1"]
    tail = Request(None, ("layer2", "logits"), change, Start("layer1", layer1))
    for request in (whole, tail):
        ours, theirs = engines["bottleneck"].run(request).outputs, torch_engine.run(request).outputs
        assert list(theirs) == list(request.outputs)
        for output in request.outputs:
            assert_alike(ours[output], theirs[output], 1e-4, output)


@pytest.mark.parametrize("name", KINDS)
def test_ablation_equals_a_forward_with_the_channel_set_by_hand(engines: dict[str, OpenVINOEngine], name: str) -> None:
    """By a hook on torch's own stages, which shares nothing with how the engines carry it out."""
    import torch

    from resnet_core.resnet import build

    spec = SPECS[name]
    network = build(spec).eval()
    parameters = {name: torch.from_numpy(array) for name, array in random_parameters(spec).items()}
    network.load_state_dict(parameters, strict=False)
    images, stage, channel = random_images(1, 32, 32), spec.stages[1], 3
    mask, offset = np.ones(stage.out_channels, np.float32), np.zeros(stage.out_channels, np.float32)
    mask[channel], offset[channel] = 0, 0.7

    def set_by_hand(_module: torch.nn.Module, _inputs: object, output: torch.Tensor) -> torch.Tensor:
        changed = output.clone()
        changed[:, channel] = 0.7
        return changed

    getattr(network, stage.name).register_forward_hook(set_by_hand)
    with torch.inference_mode():
        theirs = network(torch.from_numpy(images)).numpy()
    change = Intervention(masks={stage.name: mask}, offsets={stage.name: offset})
    found = engines[name].run(Request(images, (stage.name, "logits"), change)).outputs
    assert_alike(found["logits"], theirs, 1e-5)
    assert np.array_equal(found[stage.name][0, channel], np.full_like(found[stage.name][0, channel], 0.7))


def test_one_graph_serves_a_tail_of_any_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = SMALL["basic_b"]
    engine = OpenVINOEngine(spec, random_parameters(spec))
    maps = engine.run(Request(random_images(5, 64, 64), ("layer2",))).outputs["layer2"]
    together = engine.run(Request(None, start=Start("layer2", maps))).outputs["logits"]
    monkeypatch.setattr(engine, "_compile", None)
    for index in range(5):
        alone = engine.run(Request(None, start=Start("layer2", maps[index : index + 1]))).outputs["logits"]
        assert_alike(alone, together[index : index + 1], 1e-5)


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (Request(None), "either images or a stage"),
        (Request(random_images(1, 8, 8), start=Start("conv1", np.ones((1, 8, 4, 4), np.float32))), "either images or"),
        (Request(None, start=Start("layer9", np.ones((1, 8, 4, 4), np.float32))), "no stage “layer9”"),
        (Request(None, start=Start("layer2", np.ones((1, 8, 4, 4), np.float32))), "takes maps (N, 16, H, W)"),
        (Request(None, start=Start("layer2", np.ones((0, 16, 4, 4), np.float32))), "takes maps (N, 16, H, W)"),
        (Request(None, start=Start("layer2", np.ones((16, 4, 4), np.float32))), "takes maps (N, 16, H, W)"),
        (Request(None, ("layer2",), start=Start("layer2", np.ones((1, 16, 4, 4), np.float32))), "by “layer2”"),
        (Request(None, ("layer1.0",), start=Start("layer2", np.ones((1, 16, 4, 4), np.float32))), "by “layer1.0”"),
    ],
)
def test_a_start_that_does_not_fit_is_refused(
    engines: dict[str, OpenVINOEngine], request_: Request, sentence: str
) -> None:
    with pytest.raises(EngineError) as caught:
        engines["basic_b"].run(request_)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("change", "adjustable"),
    [
        (Intervention(gates={"layer2.0": 0.0}), ("layer2",)),
        (Intervention(gates={"layer2.0": 0.0, "layer2.1": 0.5, "layer1.0": 1.0}), ("layer2",)),
        (Intervention(gates={"layer2.0": 0.0, "layer4.0": 0.5}), ("layer2", "layer3", "layer4")),
        (Intervention(gates={"layer1.0": 0.0}), ()),  # it is in the maps already
    ],
)
def test_only_the_stage_that_is_changed_is_adjustable(
    monkeypatch: pytest.MonkeyPatch, change: Intervention, adjustable: tuple[str, ...]
) -> None:
    """What is plain beside it is fused, and takes less time."""
    spec = SMALL["bottleneck"]
    engine = OpenVINOEngine(spec, random_parameters(spec))
    assert engine._layers is not None
    model, made = engine._layers.model, []
    monkeypatch.setattr(
        engine._layers, "model", lambda *args, **how: made.append(how["adjustable"]) or model(*args, **how)
    )
    maps = engine.run(Request(random_images(1, 32, 32), ("layer1",))).outputs["layer1"]
    engine.run(Request(None, ("layer4", "logits"), change, Start("layer1", maps)))
    assert made == [(), adjustable]


def test_an_engine_keeps_three_tails() -> None:
    """Each holds most of the network's weights once more."""
    spec = SMALL["bottleneck"]
    engine = OpenVINOEngine(spec, random_parameters(spec))
    stages = engine.run(Request(random_images(1, 32, 32), spec.stage_names)).outputs
    for stage in ("conv1", "layer1", "layer2", "layer3", "layer1"):
        outputs = outputs_after(spec, stage)
        engine.run(Request(None, (outputs[-2], "logits"), None, Start(stage, stages[stage])))
    assert [key.start for key in engine._graphs] == [None, "layer2", "layer3", "layer1"]


@pytest.mark.parametrize("name", ["resnet20", "plain18", "resnext50_32x4d"])
def test_what_can_be_asked_about(name: str) -> None:
    spec = named(name)
    for output in spec.output_names:
        if output != "logits":
            check_maps(spec, output, spec.channels_of(output) - 1)
            with pytest.raises(EngineError, match="none numbered"):
                check_maps(spec, output, spec.channels_of(output))
    for output in ("logits", "layer9", ""):
        with pytest.raises(EngineError, match="no maps named"):
            check_maps(spec, output)
