"""Maps of a block from the stage before on: the same as from the picture on, and nothing after it is computed."""

from __future__ import annotations

import numpy as np
import pytest
from random_networks import SMALL, random_images, random_parameters

from resnet_core.engines.base import Intervention, Request, stage_channels
from resnet_core.engines.openvino_engine import OpenVINOEngine
from resnet_core.engines.resume import known_under, resumed

SPEC = SMALL["bottleneck"]
IMAGES = random_images(1, 40, 40)
CHANGE = Intervention(
    gates={"layer1.0": 0.5, "layer3.0": 0.0},
    masks={"layer2": np.linspace(0, 2, stage_channels(SPEC)["layer2"], dtype=np.float32)},
)


@pytest.fixture(scope="module")
def engine() -> OpenVINOEngine:
    return OpenVINOEngine(SPEC, random_parameters(SPEC))


@pytest.mark.parametrize("change", [None, CHANGE], ids=["as trained", "changed"])
@pytest.mark.parametrize("stage", [stage.name for stage in SPEC.stages])
def test_a_block_from_the_stage_before_on_is_the_same(
    engine: OpenVINOEngine, stage: str, change: Intervention | None
) -> None:
    stages = engine.run(Request(IMAGES, SPEC.stage_names, change)).outputs
    known = {name: maps[0] for name, maps in stages.items()}
    wanted = tuple(name for name in SPEC.output_names if name.startswith(f"{stage}."))
    request = resumed(SPEC, IMAGES, wanted, change, known)
    assert request.start is not None
    assert request.start.stage == SPEC.stage_names[SPEC.stage_names.index(stage) - 1]
    found, whole = engine.run(request).outputs, engine.run(Request(IMAGES, wanted, change)).outputs
    for name in wanted:
        assert np.abs(found[name] - whole[name]).max() <= 1e-5 * np.abs(whole[name]).max(), name


def test_it_starts_before_the_first_of_what_is_wanted() -> None:
    known = {name: np.zeros((channels, 4, 4), np.float32) for name, channels in stage_channels(SPEC).items()}
    request = resumed(SPEC, IMAGES, ("layer4.0", "layer2.1.residual", "logits"), None, known)
    assert request.start is not None
    assert request.start.stage == "layer1"
    assert request.outputs == ("layer4.0", "layer2.1.residual", "logits")
    assert resumed(SPEC, IMAGES, ("logits",), None, known).start.stage == "layer4"
    assert resumed(SPEC, IMAGES, ("layer4.0",), None, {"layer1": known["layer1"]}).start.stage == "layer1"


@pytest.mark.parametrize(("wanted", "known"), [("conv1", "layer1"), ("layer1.0", "layer1"), ("layer1.0", "layer2")])
def test_it_starts_with_the_picture_where_no_stage_before_is_known(wanted: str, known: str) -> None:
    request = resumed(SPEC, IMAGES, (wanted,), None, {known: np.zeros((32, 4, 4), np.float32)})
    assert request.images is IMAGES
    assert request.start is None


def test_nothing_after_the_stage_is_computed(engine: OpenVINOEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a look at a block would wait for the rest of the network to be compiled."""
    made: list[tuple[str, ...]] = []
    model = engine._layers.model
    monkeypatch.setattr(
        engine._layers, "model", lambda shape, outputs, **how: made.append(outputs) or model(shape, outputs, **how)
    )
    maps = engine.run(Request(random_images(1, 48, 48), ("layer1",))).outputs["layer1"]
    made.clear()
    engine.run(resumed(SPEC, IMAGES, ("layer2.1.residual",), None, {"layer1": maps[0, :, :9]}))
    assert made == [tuple(name for name in SPEC.output_names if name.split(".")[0] == "layer2")]


def test_what_is_known_under_a_change_of_channels_is_what_the_network_gives(engine: OpenVINOEngine) -> None:
    """Of the stage whose channels are changed too: its output is a product and a sum away."""
    maps = {name: found[0] for name, found in engine.run(Request(IMAGES, SPEC.stage_names)).outputs.items()}
    channels = stage_channels(SPEC)["layer2"]
    change = Intervention(
        gates={"layer3.0": 0.0},
        masks={"layer2": np.linspace(0, 2, channels, dtype=np.float32)},
        offsets={"layer2": np.linspace(-1, 1, channels, dtype=np.float32)},
    )
    known = known_under(SPEC, maps, None, change)
    assert list(known) == ["conv1", "layer1", "layer2"]
    assert known["layer1"] is maps["layer1"]
    theirs = engine.run(Request(IMAGES, ("layer2",), change)).outputs["layer2"][0]
    assert np.abs(known["layer2"] - theirs).max() <= 1e-6 * np.abs(theirs).max()
    request = resumed(SPEC, IMAGES, ("layer4", "logits"), change, known)
    assert request.start is not None
    assert request.start.stage == "layer2"


@pytest.mark.parametrize(
    ("before", "after", "known"),
    [
        (None, Intervention(gates={"layer2.0": 0.0}), ["conv1", "layer1"]),
        (None, Intervention(gates={"layer2.0": 1.0, "layer3.0": 0.5}), ["conv1", "layer1", "layer2"]),
        (Intervention(gates={"layer1.0": 0.5}), Intervention(gates={"layer3.0": 0.5}), ["conv1"]),
        (CHANGE, Intervention(masks={"conv1": np.zeros(8, np.float32)}), []),
    ],
)
def test_nothing_after_a_change_is_known(before: Intervention | None, after: Intervention, known: list[str]) -> None:
    maps = {name: np.zeros((channels, 4, 4), np.float32) for name, channels in stage_channels(SPEC).items()}
    assert list(known_under(SPEC, maps, before, after)) == known
