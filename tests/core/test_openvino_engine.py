"""The OpenVINO engine against torch on the same parameters, and its interventions, batches and refusals."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from random_networks import SMALL, Floats, random_images, random_parameters

from resnet_core.engines import openvino_engine, openvino_runtime
from resnet_core.engines.base import DeviceError, Intervention, Precision, Request
from resnet_core.engines.openvino_engine import OpenVINOEngine, arithmetic
from resnet_core.errors import EngineError
from resnet_core.networks import named
from resnet_core.spec import ResNetSpec

CASES = [*SMALL.values(), named("resnet20"), named("resnet18").with_classes(10)]


def torch_activations(
    spec: ResNetSpec, parameters: dict[str, Floats], images: Floats, change: Intervention | None = None
) -> dict[str, Floats]:
    """Every output of the network in torch, float32."""
    import torch

    from resnet_core.engines import torch_network

    network = torch_network.load(spec, parameters, torch.device("cpu"))
    placed = torch_network.Change()
    if change is not None:
        masks, offsets = (
            {name: torch.from_numpy(array) for name, array in numbers.items()}
            for numbers in (change.masks, change.offsets)
        )
        placed = torch_network.Change(change.gates, masks, offsets)
    with torch.inference_mode():
        found = torch_network.activations(network, torch.from_numpy(images), spec.output_names, placed)
    return {name: tensor.numpy() for name, tensor in found.items()}


def assert_alike(ours: Floats, theirs: Floats, name: str, tolerance: float = 1e-5) -> None:
    assert ours.shape == theirs.shape, name
    assert ours.dtype == np.float32, name
    assert np.abs(ours - theirs).max() <= tolerance * np.abs(theirs).max(), name


def some_change(spec: ResNetSpec) -> Intervention:
    """Gates of 0, 0.5 and 2 in turn, and in every stage a few channels off, halved or doubled, and shifted."""
    random = np.random.default_rng(5)
    residual = [block.name for block in spec.blocks if block.residual]
    channels = {"conv1": spec.stem_conv.out_channels, **{stage.name: stage.out_channels for stage in spec.stages}}
    return Intervention(
        gates={name: (0.0, 0.5, 2.0)[index % 3] for index, name in enumerate(residual)},
        masks={name: random.choice([0.0, 0.5, 1.0, 2.0], count).astype(np.float32) for name, count in channels.items()},
        offsets={name: random.choice([0.0, 0.3], count).astype(np.float32) for name, count in channels.items()},
    )


@pytest.fixture(scope="module")
def small() -> OpenVINOEngine:
    spec = SMALL["basic_b"]
    return OpenVINOEngine(spec, random_parameters(spec))


@pytest.mark.parametrize("spec", SMALL.values(), ids=lambda spec: spec.network)
def test_only_signed_outputs_go_below_zero(spec: ResNetSpec) -> None:
    outputs = OpenVINOEngine(spec, random_parameters(spec)).run(Request(random_images(2, 48, 48), spec.output_names))
    below = {name for name, values in outputs.outputs.items() if values.min() < 0}
    assert below - {"logits"} == {name for name in spec.output_names[:-1] if spec.is_signed(name)}


@pytest.mark.parametrize("spec", CASES, ids=lambda spec: spec.network)
def test_every_output_equals_torchs(spec: ResNetSpec) -> None:
    parameters = random_parameters(spec)
    engine = OpenVINOEngine(spec, parameters)
    height, width = (48, 64) if spec.stem == "imagenet" else (32, 24)
    images = random_images(2, height, width)
    theirs = torch_activations(spec, parameters, images)
    ours = engine.run(Request(images, spec.output_names)).outputs
    assert set(ours) == set(spec.output_names)
    for name in spec.output_names:
        assert_alike(ours[name], theirs[name], name)
    for block in spec.blocks:
        if block.residual:
            total = ours[f"{block.name}.residual"] + ours[f"{block.name}.shortcut"]
            assert_alike(np.maximum(total, 0), ours[block.name], block.name, 1e-6)


@pytest.mark.parametrize("spec", CASES, ids=lambda spec: spec.network)
def test_interventions_equal_torchs(spec: ResNetSpec) -> None:
    parameters = random_parameters(spec)
    engine = OpenVINOEngine(spec, parameters)
    images = random_images(1, 48, 48)
    change = some_change(spec)
    theirs = torch_activations(spec, parameters, images, change)
    ours = engine.run(Request(images, spec.output_names, change)).outputs
    for name in spec.output_names:
        assert_alike(ours[name], theirs[name], name)


def test_the_logits_equal_those_of_the_network_as_it_is_trained() -> None:
    import torch

    from resnet_core.resnet import build

    spec = SMALL["bottleneck"]
    parameters = random_parameters(spec)
    network = build(spec).eval()
    network.load_state_dict({name: torch.from_numpy(array) for name, array in parameters.items()})
    images = random_images(1, 64, 64)
    with torch.inference_mode():
        theirs = network(torch.from_numpy(images)).numpy()
    ours = OpenVINOEngine(spec, parameters).run(Request(images))
    assert_alike(ours.outputs["logits"], theirs, "logits")
    assert (ours.engine, ours.device, ours.precision) == ("OpenVINO", "cpu", "f32")


def test_a_change_that_changes_nothing_is_bit_for_bit_the_network() -> None:
    small = OpenVINOEngine(SMALL["basic_b"], random_parameters(SMALL["basic_b"]))
    images, names = random_images(1, 64, 64), ("logits", "layer2")
    untouched = small.run(Request(images, names)).outputs
    eight = np.ones(8, np.float32)
    nothing = Intervention(gates={"layer1.0": 1.0}, masks={"layer1": eight}, offsets={"conv1": 0 * eight})
    for change in (Intervention(), nothing):
        again = small.run(Request(images, names, change)).outputs
        assert all(np.array_equal(again[name], untouched[name]) for name in names)
    assert len(small._graphs) == 1  # by the plain graph, where everything is fused


def test_a_closed_gate_leaves_the_shortcut(small: OpenVINOEngine) -> None:
    names = ("layer1.1", "layer1.1.residual", "layer1.1.shortcut")
    found = small.run(Request(random_images(1, 64, 64), names, Intervention(gates={"layer1.1": 0.0}))).outputs
    assert np.array_equal(found["layer1.1"], np.maximum(found["layer1.1.shortcut"], 0))
    assert np.abs(found["layer1.1.residual"]).max() > 0  # F is given as computed


def test_an_ablated_channel_is_gone_and_the_others_stay(small: OpenVINOEngine) -> None:
    images = random_images(1, 64, 64)
    mask = np.ones(8, np.float32)
    mask[3] = 0
    before = small.run(Request(images, ("layer1", "logits"))).outputs
    after = small.run(Request(images, ("layer1", "logits"), Intervention(masks={"layer1": mask}))).outputs
    assert not after["layer1"][:, 3].any()
    assert_alike(after["layer1"][:, :3], before["layer1"][:, :3], "layer1")
    assert np.abs(after["logits"] - before["logits"]).max() > 1e-3


@pytest.mark.parametrize(
    ("first", "further"),
    [
        ({"layer2.0": 0.5}, [{"layer2.0": 0.0}, {"layer2.0": 2.0}]),
        ({"layer1.0": 0.5, "layer2.0": 0.5}, [{"layer1.1": 0.0, "layer3.0": 2.0}, {"layer2.0": 0.0, "layer4.0": 0.0}]),
    ],
    ids=["of one stage", "of several"],
)
def test_further_interventions_compile_nothing(
    small: OpenVINOEngine, monkeypatch: pytest.MonkeyPatch, first: dict[str, float], further: list[dict[str, float]]
) -> None:
    images = random_images(1, 64, 64)
    small.run(Request(images, ("logits",), Intervention(gates=first)))
    monkeypatch.setattr(small, "_compile", None)
    for gates in further:
        small.run(Request(images, ("logits",), Intervention(gates=gates)))


def test_going_from_block_to_block_compiles_once_a_stage(
    small: OpenVINOEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    images = random_images(1, 64, 64)
    first = small.run(Request(images, ("layer1.0",)))
    monkeypatch.setattr(small, "_compile", None)
    second = small.run(Request(images, ("layer1.1.residual", "layer1.0")))
    assert list(first.outputs) == ["layer1.0"]
    assert list(second.outputs) == ["layer1.1.residual", "layer1.0"]
    assert np.array_equal(first.outputs["layer1.0"], second.outputs["layer1.0"])


def test_what_is_prepared_compiles_nothing_more(small: OpenVINOEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    request = Request(random_images(1, 64, 64), ("layer1.0",), Intervention(gates={"layer1.0": 0.5}))
    small.prepare(request)
    monkeypatch.setattr(small, "_compile", None)
    small.run(request)
    monkeypatch.setattr(small, "run", None)
    small.prepare(request)  # it is ready: nothing runs
    with pytest.raises(EngineError, match="no output named"):
        small.prepare(Request(random_images(1, 64, 64), ("layer9",)))


def test_what_can_not_be_prepared_leaves_the_rest_and_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = OpenVINOEngine(SMALL["basic_b"], random_parameters(SMALL["basic_b"]))
    images, tried = random_images(1, 64, 64), []

    def fails(*_: object) -> None:
        tried.append(1)
        raise RuntimeError("no such primitive")

    engine.run(Request(images))
    with monkeypatch.context() as patch:
        patch.setattr(engine, "_compile", fails)
        with pytest.raises(DeviceError, match="no such primitive"):
            engine.prepare(Request(images, ("layer1.0",)))
        engine.prepare(Request(images, ("layer1.0",)))
        assert len(tried) == 1
        engine.run(Request(images))
    engine.run(Request(images, ("layer1.0",)))  # who asks for it has it tried again


def test_who_prepares_holds_up_nobody_but_who_asks_for_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = OpenVINOEngine(SMALL["basic_b"], random_parameters(SMALL["basic_b"]))
    images, compile_graph, compiled = random_images(1, 64, 64), engine._compile, []
    begun, go_on = threading.Event(), threading.Event()
    plain = engine.run(Request(images)).outputs["logits"]

    def slowly(model: object, precision: str) -> object:
        compiled.append(model)
        begun.set()
        go_on.wait(60)
        return compile_graph(model, precision)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "_compile", slowly)
    likely = Request(images, ("layer1.0",))
    with ThreadPoolExecutor() as pool:
        prepared = pool.submit(engine.prepare, likely)
        assert begun.wait(60)
        assert np.array_equal(engine.run(Request(images)).outputs["logits"], plain)
        same = pool.submit(engine.run, likely)
        go_on.set()
        assert same.result(60).outputs.keys() == {"layer1.0"}
        prepared.result(60)
    assert len(compiled) == 1


def test_what_is_prepared_again_is_kept_longest(small: OpenVINOEngine) -> None:
    images = random_images(1, 64, 64)
    for name in ("layer1.0", "layer2.0", "layer1.0"):
        small.prepare(Request(images, (name,)))
    *_, last = small._graphs
    assert "layer1.0" in last.outputs


def test_where_the_faster_arithmetic_fails_the_exact_one_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = OpenVINOEngine(SMALL["basic_b"], random_parameters(SMALL["basic_b"]))
    engine._rough = "bf16"  # as on a computer that has it
    images, compile_graph = random_images(2, 64, 64), engine._compile
    exact = engine.run(Request(images)).outputs["logits"]

    def only_float32(model: object, precision: str) -> object:
        if precision != "f32":
            raise RuntimeError("no such primitive")
        return compile_graph(model, precision)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "_compile", only_float32)
    for _ in range(2):
        found = engine.run(Request(images, rough=True))
        assert (found.precision, found.rough) == ("f32", False)
        assert np.array_equal(found.outputs["logits"], exact)


def test_a_batch_is_its_images(small: OpenVINOEngine) -> None:
    images, names = random_images(5, 40, 56), ("logits", "layer3")
    together = small.run(Request(images, names)).outputs
    for index in range(5):
        alone = small.run(Request(images[index : index + 1], names)).outputs
        for name in names:
            assert_alike(together[name][index : index + 1], alone[name], name)


@pytest.mark.parametrize("precision", ["exact", "fast"])
def test_a_rough_answer_is_in_the_fastest_arithmetic_and_says_so(precision: Precision) -> None:
    engine = OpenVINOEngine(SMALL["basic_b"], random_parameters(SMALL["basic_b"]), precision=precision)
    fastest = "bf16" if "BF16" in engine._capabilities() else engine.precision
    images = random_images(2, 64, 64)
    exact, rough = engine.run(Request(images)), engine.run(Request(images, rough=True))
    assert (exact.precision, exact.rough) == (engine.precision, False)
    assert (rough.precision, rough.rough) == (fastest, engine.precision != fastest)
    assert_alike(rough.outputs["logits"], exact.outputs["logits"], "logits", 5e-2)
    if not rough.rough:
        assert np.array_equal(rough.outputs["logits"], exact.outputs["logits"])
    again = engine.run(Request(images))
    assert np.array_equal(again.outputs["logits"], exact.outputs["logits"])  # by a graph of its own


def test_results_belong_to_the_caller(small: OpenVINOEngine) -> None:
    first = small.run(Request(random_images(1, 64, 64, seed=1), ("logits", "layer1"))).outputs
    kept = {name: array.copy() for name, array in first.items()}
    small.run(Request(random_images(1, 64, 64, seed=2), ("logits", "layer1")))
    for name, array in first.items():
        assert np.array_equal(array, kept[name])
        assert array.flags.owndata
        assert array.flags.writeable


def test_many_sizes_and_outputs_keep_few_graphs(small: OpenVINOEngine) -> None:
    for side in (32, 40, 48, 56, 64, 72):
        small.run(Request(random_images(1, side, side)))
    assert len(small._graphs) <= openvino_engine.GRAPHS_KEPT


def test_the_smallest_image_there_is(small: OpenVINOEngine) -> None:
    assert small.run(Request(random_images(1, 1, 1))).outputs["logits"].shape == (1, 7)


def test_two_threads_take_turns(small: OpenVINOEngine) -> None:
    pictures = [random_images(1, 64, 64, seed=seed) for seed in range(4)]
    alone = [small.run(Request(images)).outputs["logits"] for images in pictures]
    with ThreadPoolExecutor(4) as pool:
        for _ in range(5):
            together = list(pool.map(lambda images: small.run(Request(images)).outputs["logits"], pictures))
            assert all(np.array_equal(a, b) for a, b in zip(alone, together, strict=True))


def test_one_thread_is_enough() -> None:
    spec = SMALL["option_a"]
    engine = OpenVINOEngine(spec, random_parameters(spec), threads=1)
    assert engine.run(Request(random_images(1, 32, 32))).outputs["logits"].shape == (1, 10)


def test_fast_says_what_it_computes_in_and_comes_close() -> None:
    spec = SMALL["bottleneck"]
    parameters, images = random_parameters(spec), random_images(1, 64, 64)
    exact = OpenVINOEngine(spec, parameters).run(Request(images))
    fast = OpenVINOEngine(spec, parameters, precision="fast").run(Request(images))
    assert exact.precision == "f32"
    assert fast.precision in ("f32", "bf16", "f16")
    assert_alike(fast.outputs["logits"], exact.outputs["logits"], "logits", 0.05)


@pytest.mark.parametrize(
    ("capabilities", "expected"),
    [(["FP32", "FP16", "BF16"], "bf16"), (["FP32", "FP16"], "f16"), (["FP32", "INT8"], "f32")],
)
def test_fast_takes_what_the_device_has(capabilities: list[str], expected: str) -> None:
    assert arithmetic(capabilities) == expected


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (Request(random_images(1, 32, 32), ("layer9",)), "has no output named “layer9”"),
        (Request(random_images(1, 32, 32), ()), "at least one output"),
        (Request(np.zeros((1, 4, 32, 32), np.float32)), "(N, 3, H, W)"),
        (Request(np.zeros((0, 3, 32, 32), np.float32)), "(N, 3, H, W)"),
        (Request(np.zeros((3, 32, 32), np.float32)), "(N, 3, H, W)"),
        (Request(random_images(1, 32, 32), intervention=Intervention(gates={"layer1.9": 0.0})), "no block “layer1.9”"),
        (
            Request(random_images(1, 32, 32), intervention=Intervention(masks={"fc": np.ones(7, np.float32)})),
            "no stage",
        ),
        (
            Request(random_images(1, 32, 32), intervention=Intervention(masks={"conv1": np.ones(7, np.float32)})),
            "A mask for conv1 needs 8 numbers",
        ),
        (
            Request(random_images(1, 32, 32), intervention=Intervention(offsets={"layer2": np.ones(8, np.float32)})),
            "An offset for layer2 needs 16 numbers",
        ),
        (
            Request(random_images(1, 32, 32), intervention=Intervention(offsets={"layer5": np.ones(8, np.float32)})),
            "no stage “layer5”",
        ),
    ],
)
def test_a_request_that_does_not_fit_is_refused(small: OpenVINOEngine, request_: Request, sentence: str) -> None:
    with pytest.raises(EngineError, match=sentence.replace("(", r"\(").replace(")", r"\)")):
        small.run(request_)


def test_a_plain_network_has_no_gates() -> None:
    spec = SMALL["plain"]
    engine = OpenVINOEngine(spec, random_parameters(spec))
    with pytest.raises(EngineError, match="plain network"):
        engine.run(Request(random_images(1, 32, 32), intervention=Intervention(gates={"layer1.0": 0.0})))


def test_parameters_of_another_network_are_refused() -> None:
    spec = SMALL["basic_b"]
    parameters = random_parameters(spec)
    with pytest.raises(EngineError, match=r"“fc.weight” is \(7, 64\), not \(8, 64\)"):
        OpenVINOEngine(spec.with_classes(8), parameters)
    del parameters["layer1.0.bn1.running_var"]
    with pytest.raises(EngineError, match=r"“layer1.0.bn1.running_var” is missing"):
        OpenVINOEngine(spec, parameters)


def test_a_device_that_is_not_there_is_named() -> None:
    spec = SMALL["basic_b"]
    with pytest.raises(DeviceError, match=r"OpenVINO has no device “gpu\.7” here"):
        OpenVINOEngine(spec, random_parameters(spec), device="gpu.7")


def test_a_closed_engine_says_so() -> None:
    spec = SMALL["basic_b"]
    engine = OpenVINOEngine(spec, random_parameters(spec))
    engine.close()
    engine.close()
    with pytest.raises(EngineError, match="closed"):
        engine.run(Request(random_images(1, 32, 32)))


def test_a_device_that_gives_up_is_reported_and_may_recover(
    small: OpenVINOEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    images = random_images(1, 64, 64)

    def gives_up(*args: object) -> None:
        raise RuntimeError("Exception from src/core.cpp:1:\n[GPU] out of resources\n")

    with monkeypatch.context() as patch:
        patch.setattr(small, "_infer", gives_up)
        with pytest.raises(DeviceError, match=r"could not run basic_b on “cpu”: \[GPU\] out of resources"):
            small.run(Request(images))
    assert small.run(Request(images)).outputs["logits"].shape == (1, 7)


def test_a_damaged_cache_of_compiled_graphs_only_costs_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openvino_engine, "CACHED_DEVICES", ("CPU",))  # as a GPU has it
    spec = SMALL["basic_b"]
    parameters, images = random_parameters(spec), random_images(1, 64, 64)

    def logits() -> Floats:
        return OpenVINOEngine(spec, parameters, cache_dir=tmp_path).run(Request(images)).outputs["logits"]

    expected = logits()
    files = list(tmp_path.iterdir())
    assert files
    assert np.array_equal(logits(), expected)
    for damage in (b"", b"no graph", os.urandom(5000)):
        for file in files:
            file.unlink()
            file.write_bytes(damage)
        assert np.array_equal(logits(), expected)
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"")
    blocked = OpenVINOEngine(spec, parameters, cache_dir=in_the_way / "folder").run(Request(images))
    assert np.array_equal(blocked.outputs["logits"], expected)


def test_neither_torch_nor_the_converter_nor_telemetry_is_imported() -> None:
    program = """
import sys
from random_networks import SMALL, random_images, random_parameters
from resnet_core.engines.base import Request
from resnet_core.engines.openvino_engine import OpenVINOEngine
assert "openvino" not in sys.modules
spec = SMALL["basic_b"]
OpenVINOEngine(spec, random_parameters(spec)).run(Request(random_images(1, 64, 64)))
print([name for name in ("torch", "openvino_telemetry", "openvino.tools.ovc", "onnx") if name in sys.modules])
"""
    root = Path(__file__).parents[2]
    path = os.pathsep.join([str(root), str(root / "tests" / "core")])
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("[]\n", "", 0)


def test_a_missing_openvino_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    with pytest.raises(DeviceError, match="OpenVINO can't be used on this computer: "):
        openvino_runtime.new_core()
