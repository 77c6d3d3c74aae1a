"""Weights files: recognised by shapes, read without running anything in them, written as torch reads them."""

from __future__ import annotations

import contextlib
import io
import os
import struct
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_networks import SMALL, random_parameters

from resnet_core.errors import Cancelled, WeightsError
from resnet_core.networks import NETWORKS
from resnet_core.spec import ResNetSpec
from resnet_core.weights import checkpoint, checkpoint_worker, safetensors_file, torch_export
from resnet_core.weights.pickle_names import GLOBALS, Storage, TensorView
from resnet_core.weights.pickle_reader import PickleReader
from resnet_core.weights.recognise import assemble, recognise
from resnet_core.weights.state_dict import find_state_dict
from resnet_core.weights.tensors import RefusedError, TensorInfo
from resnet_core.workers import start_worker

ROOT = Path(__file__).resolve().parent.parent.parent
TINY = ResNetSpec("tiny", "basic", (1, 1, 1, 1), 3, planes=4)


def saved(path: Path, arrays: dict[str, np.ndarray[Any, Any]]) -> Path:
    torch_export.write_state_dict(path, arrays)
    return path


def with_pickle(path: Path, pickle: bytes) -> Path:
    """A zip checkpoint with this pickle and no data."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", pickle)
        archive.writestr("archive/version", "3\n")
    return path


# --- which network it is ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spec", NETWORKS.values(), ids=NETWORKS)
def test_every_named_network_is_recognised(spec: ResNetSpec) -> None:
    variants = (spec, spec.with_classes(37), spec.with_stem("cifar"), spec.with_stem("imagenet"))
    for variant in variants:
        found = recognise(variant.parameter_shapes, plain=not variant.residual).spec
        assert replace(found, shortcut=variant.shortcut) == variant


@pytest.mark.parametrize("name", [name for name in SMALL if name != "dilated"])
def test_networks_without_a_name_are_recognised(name: str) -> None:
    spec = SMALL[name]
    found = recognise(spec.parameter_shapes, plain=not spec.residual).spec
    assert found.parameter_shapes == spec.parameter_shapes
    assert found.residual == spec.residual
    assert found.network not in NETWORKS


@pytest.mark.parametrize("shortcut", ["A", "B", "C"])
def test_the_shortcut_option_is_recognised(shortcut: Any) -> None:
    for name in ("resnet18", "resnet50", "resnet20"):
        found = recognise(replace(NETWORKS[name], shortcut=shortcut).parameter_shapes).spec
        assert (found.network, found.shortcut) == (name, shortcut)


def test_what_shapes_cannot_tell_is_said() -> None:
    found = recognise(NETWORKS["plain20"].parameter_shapes)
    assert found.spec == NETWORKS["resnet20"]
    assert "plain" in found.remarks[0]
    assert recognise(NETWORKS["resnet18"].parameter_shapes).remarks == ()


def test_the_names_of_other_projects_are_understood() -> None:
    shapes = TINY.parameter_shapes
    kuangliu = {
        f"module.{name.replace('downsample', 'shortcut').replace('fc.', 'linear.')}": s for name, s in shapes.items()
    }
    kuangliu["module.bn1.num_batches_tracked"] = ()
    found = recognise(kuangliu)
    assert found.spec.parameter_shapes == shapes
    assert found.names["layer2.0.downsample.0.weight"] == "module.layer2.0.shortcut.0.weight"
    dropout = {f"model.{name.replace('fc.', 'fc.1.')}": shape for name, shape in shapes.items()}
    dropout["criterion.weight"] = (3,)
    found = recognise(dropout)
    assert found.spec.parameter_shapes == shapes
    assert "criterion.weight" in found.remarks[0]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"fc.weight": None, "fc.bias": None}, "fc.weight.* is missing"),
        ({"fc.bias": (4,)}, "fc.bias.* is 4, where 3"),
        ({"fc.weight": (0, 32)}, "no classes"),
        ({"fc.weight": (10**9, 32)}, "classes"),
        ({"fc.weight": (3,)}, "not a matrix"),
        ({"layer1.0.se.fc1.weight": (4, 4)}, "layer1.0.se.fc1.weight.* no part of"),
        ({"bn1.running_mean": None}, "bn1.running_mean.* is missing"),
        ({"conv1.weight": (4, 1, 7, 7)}, "1 channels"),
        ({"conv1.weight": (4, 3, 5, 5)}, "5x5"),
        ({"conv1.weight": (4, 3)}, "not a convolution"),
        ({"layer2.0.conv1.weight": None}, "layer2.0.conv1.weight.* is missing"),
        ({"linear.weight": (3, 32)}, "both stand for"),
        ({"ema.conv1.weight": (4, 3, 7, 7), "ema.layer1.0.conv1.weight": (4, 4, 3, 3)}, "2 networks"),
        ({"conv1.weight": None}, "has no “conv1.weight”"),
    ],
)
def test_what_is_no_resnet_is_refused_with_the_reason(change: dict[str, Any], reason: str) -> None:
    shapes = {name: shape for name, shape in (TINY.parameter_shapes | change).items() if shape is not None}
    with pytest.raises(RefusedError, match=reason):
        recognise(shapes)


@pytest.mark.parametrize("stem", ["bias", "no bias", "batch norm"])
def test_the_stem_of_a_network_without_batch_norm_may_have_one(stem: str) -> None:
    spec = SMALL["no_batch_norm"]
    arrays = random_parameters(spec)
    weight, bias = arrays["conv1.weight"], arrays.pop("conv1.bias")
    rng = np.random.default_rng(0)
    norm = {
        part: rng.uniform(0.5, 1.5, spec.planes).astype(np.float32)
        for part in ("weight", "bias", "running_mean", "running_var")
    }
    if stem == "bias":
        arrays["conv1.bias"] = bias
    if stem == "batch norm":
        arrays |= {f"bn1.{part}": array for part, array in norm.items()}
    found = recognise({name: array.shape for name, array in arrays.items()})
    parameters = assemble(found, {ours: arrays[theirs] for ours, theirs in found.names.items()})
    assert list(parameters) == list(spec.parameter_shapes)
    pixels = rng.normal(size=weight[0].size).astype(np.float32)
    plain = weight.reshape(len(weight), -1) @ pixels
    normed = (plain - norm["running_mean"]) / np.sqrt(norm["running_var"] + 1e-5) * norm["weight"] + norm["bias"]
    expected = {"bias": plain + bias, "no bias": plain, "batch norm": normed}[stem]
    answer = parameters["conv1.weight"].reshape(len(weight), -1) @ pixels + parameters["conv1.bias"]
    np.testing.assert_allclose(answer, expected, rtol=1e-4, atol=1e-4)


def test_metadata_or_the_name_says_that_a_network_is_plain(tmp_path: Path) -> None:
    spec = replace(SMALL["plain"], planes=4)
    arrays = random_parameters(spec)
    by_name = checkpoint.read(saved(tmp_path / "my_plain20.pth", arrays))
    assert (by_name.spec.residual, by_name.remarks) == (False, ())
    assert checkpoint.read(saved(tmp_path / "other.pth", arrays)).spec.residual
    tensors = {name: TensorInfo("F32", array.shape) for name, array in arrays.items()}
    path = tmp_path / "x.safetensors"
    safetensors_file.write(path, tensors, lambda name: arrays[name].tobytes(), {"residual": "false"})
    assert not checkpoint.read(path).spec.residual


# --- files that torch wrote ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def torch() -> Any:
    return pytest.importorskip("torch")


@pytest.fixture(scope="module")
def model(torch: Any) -> Any:
    """A torchvision ResNet-18 with random parameters and batch-norm statistics."""
    torchvision = pytest.importorskip("torchvision")
    torch.manual_seed(0)
    network = torchvision.models.resnet18(num_classes=5)
    for name, buffer in network.named_buffers():
        if "running" in name:
            buffer.uniform_(0.5, 1.5)
    return network


SAVERS = {
    "plain": lambda torch, model, path: torch.save(model.state_dict(), path),
    "legacy": lambda torch, model, path: torch.save(model.state_dict(), path, _use_new_zipfile_serialization=False),
    "protocol 5": lambda torch, model, path: torch.save(model.state_dict(), path, pickle_protocol=5),
    "parameters": lambda torch, model, path: torch.save(
        dict(model.named_parameters()) | dict(model.named_buffers()), path
    ),
    "wrapped": lambda torch, model, path: torch.save(
        {
            "epoch": 3,
            "state_dict": {f"module.{k}": v for k, v in model.state_dict().items()},
            "loss": float("nan"),
            "tags": {"a"},
        },
        path,
    ),
    "channels_last": lambda torch, model, path: torch.save(
        {k: v.to(memory_format=torch.channels_last) if v.ndim == 4 else v for k, v in model.state_dict().items()}, path
    ),
    "one storage": lambda torch, model, path: torch.save(one_storage(torch, model.state_dict()), path),
}


def one_storage(torch: Any, state: dict[str, Any]) -> dict[str, Any]:
    """The same tensors as views of one long one."""
    names = [name for name, tensor in state.items() if tensor.dtype == torch.float32]
    flat = torch.cat([state[name].flatten() for name in names])
    parts = flat.split([state[name].numel() for name in names])
    return {name: part.view(state[name].shape) for name, part in zip(names, parts, strict=True)}


@pytest.mark.parametrize("way", SAVERS)
def test_a_checkpoint_gives_exactly_the_numbers_torch_saved(way: str, torch: Any, model: Any, tmp_path: Path) -> None:
    path = tmp_path / "model.pth"
    SAVERS[way](torch, model, path)
    read = checkpoint.read(path)
    assert read.spec == NETWORKS["resnet18"].with_classes(5)
    assert list(read.parameters) == list(read.spec.parameter_shapes)
    for name, array in read.parameters.items():
        assert array.dtype == np.float32
        assert array.flags.c_contiguous
        np.testing.assert_array_equal(array, model.state_dict()[name].detach().numpy())


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float64"])
@pytest.mark.parametrize("suffix", [".pth", ".safetensors"])
def test_other_floats_become_float32_exactly(dtype: str, suffix: str, torch: Any, model: Any, tmp_path: Path) -> None:
    state = {k: v.to(getattr(torch, dtype)) if v.is_floating_point() else v for k, v in model.state_dict().items()}
    path = tmp_path / f"model{suffix}"
    if suffix == ".pth":
        torch.save(state, path)
    else:
        pytest.importorskip("safetensors.torch").save_file(state, path)
    for name, array in checkpoint.read(path).parameters.items():
        np.testing.assert_array_equal(array, state[name].float().numpy())


def test_what_we_write_loads_in_torch(torch: Any, model: Any, tmp_path: Path) -> None:
    arrays = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    path = saved(tmp_path / "model.pth", arrays)
    for options in ({}, {"mmap": True}):
        state = torch.load(path, weights_only=True, **options)
        assert list(state) == list(model.state_dict())
        model.load_state_dict(state, strict=True)
        assert all(torch.equal(state[name], tensor) for name, tensor in model.state_dict().items())


def test_a_whole_pickled_model_is_refused_with_advice(torch: Any, model: Any, tmp_path: Path) -> None:
    torch.save(model, tmp_path / "whole.pth")
    with pytest.raises(WeightsError, match=r"torchvision\.models\.resnet\.ResNet.*save model\.state_dict\(\) instead"):
        checkpoint.read(tmp_path / "whole.pth")


# --- code in files, and damaged ones ---------------------------------------------------------------------------------


def test_no_name_outside_the_table_is_looked_up() -> None:
    pickle = b"\x80\x02cos\nsystem\nX\x04\x00\x00\x00true\x85R."
    with pytest.raises(RefusedError, match=r"code \(“os\.system”\)"):
        PickleReader(io.BytesIO(pickle)).read()
    assert not any(
        name.startswith(("os.", "posix.", "subprocess.", "builtins.eval", "builtins.exec")) for name in GLOBALS
    )


def test_reading_imports_neither_torch_nor_what_a_file_names(tmp_path: Path) -> None:
    """A checkpoint with an argparse.Namespace beside its weights, read in a fresh interpreter."""
    path = saved(tmp_path / "tiny.pth", random_parameters(TINY))
    code = "import sys, resnet_core.weights.checkpoint as c, resnet_core.weights.checkpoint_worker as w;"
    code += "c.read(sys.argv[1]); w.read_torch_file(w.Path(sys.argv[1]), w.Path(sys.argv[2]));"
    code += "sys.exit(bool({'torch', 'openvino', 'safetensors', 'argparse'} & set(sys.modules)))"
    with zipfile.ZipFile(path) as source:
        members = {name: source.read(name) for name in source.namelist()}
    namespace = b"X\x04\x00\x00\x00argscargparse\nNamespace\n)Rs"
    state = members["archive/data.pkl"].removeprefix(b"\x80\x02").removesuffix(b".")
    members["archive/data.pkl"] = b"\x80\x02}X\x05\x00\x00\x00model" + state + b"s" + namespace + b"."
    with zipfile.ZipFile(path, "w") as target:
        for name, data in members.items():
            target.writestr(name, data)
    ran = subprocess.run(
        [sys.executable, "-c", code, str(path), str(tmp_path / "out.safetensors")],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()


def pickled(tmp: Path) -> bytes:
    with zipfile.ZipFile(saved(tmp, random_parameters(TINY))) as archive:
        return archive.read("archive/data.pkl")


@pytest.fixture(scope="module")
def sound_pickle(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return pickled(tmp_path_factory.mktemp("pickle") / "tiny.pth")


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_no_pickle_does_more_than_be_refused(sound_pickle: bytes, data: st.DataObject) -> None:
    broken = bytearray(sound_pickle)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    reader = PickleReader(io.BytesIO(bytes(broken)))
    with contextlib.suppress(RefusedError):
        reader.read()


@settings(max_examples=200, deadline=None)
@given(noise=st.binary(max_size=200))
def test_no_bytes_do_more_than_be_refused(noise: bytes) -> None:
    with contextlib.suppress(RefusedError):
        PickleReader(io.BytesIO(noise)).read()


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_no_safetensors_header_does_more_than_be_refused(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzzed.safetensors"
    arrays = {"a": np.zeros((2, 3), np.float32), "b": np.ones(4, np.float32)}
    safetensors_file.write(
        path, {k: TensorInfo("F32", v.shape) for k, v in arrays.items()}, lambda n: arrays[n].tobytes(), {"k": "v"}
    )
    broken = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        broken[data.draw(st.integers(0, 150))] = data.draw(st.integers(0, 255))
    path.write_bytes(broken)
    with contextlib.suppress(RefusedError):
        header = safetensors_file.read_header(path)
        safetensors_file.read_tensors(path, header, header.tensors)


@pytest.mark.parametrize(
    ("offset", "shape", "strides", "reason"),
    [
        (0, (2, 3), (3, -1), "impossible strides"),
        (-1, (2, 3), (3, 1), "impossible strides"),
        (0, (2, 3), (3,), "impossible strides"),
        (95, (2, 3), (3, 1), "beyond its data"),
        (0, (2, 3), (98, 1), "beyond its data"),
    ],
)
def test_a_view_outside_its_data_is_refused(offset: int, shape: Any, strides: Any, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        checkpoint_worker._check_view("fc.weight", TensorView(Storage("F32", "0", 100), offset, shape, strides))


def test_a_file_that_promises_more_than_it_holds_is_refused() -> None:
    wanted = {"fc.weight": TensorInfo("F32", (1000, 1 << 20))}
    with pytest.raises(RefusedError, match="claim to hold"):
        checkpoint_worker._check_total(wanted, 50_000)


def test_numbers_that_make_no_network_are_refused(tmp_path: Path) -> None:
    for name, value, reason in (
        ("fc.bias", np.nan, "not finite"),
        ("conv1.weight", np.inf, "not finite"),
        ("bn1.running_var", -1, "negative"),
    ):
        arrays = random_parameters(TINY)
        arrays[name].reshape(-1)[1] = value
        with pytest.raises(WeightsError, match=f"“{name}” holds .*{reason}"):
            checkpoint.read(saved(tmp_path / "bad.pth", arrays))


def test_a_big_endian_checkpoint_is_read(tmp_path: Path) -> None:
    arrays = random_parameters(TINY)
    little, big = saved(tmp_path / "little.pth", arrays), tmp_path / "big.pth"
    with zipfile.ZipFile(little) as source, zipfile.ZipFile(big, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if "/data/" in name:
                data = np.frombuffer(data, "<f4").astype(">f4").tobytes()
            target.writestr(name, b"big" if name.endswith("byteorder") else data)
    np.testing.assert_array_equal(checkpoint.read(big).parameters["fc.weight"], arrays["fc.weight"])


def test_the_text_of_a_refusal_is_fit_to_be_shown(tmp_path: Path) -> None:
    name = "evil\x1b[31m\u202e" + "x" * 500
    pickle = b"\x80\x02c" + name.encode() + b"\nsystem\n)R."
    with pytest.raises(WeightsError) as caught:
        checkpoint.read(with_pickle(tmp_path / "evil.pth", pickle))
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="There is no file at"):
        checkpoint.read(tmp_path / "nothing.pth")
    with pytest.raises(WeightsError, match="is not a file"):
        checkpoint.read(tmp_path)


def view(*shape: int) -> TensorView:
    return TensorView(Storage("F32", "0", 1 << 20), 0, shape, (0,) * len(shape))


def test_a_state_dict_is_found_in_what_it_is_wrapped_in() -> None:
    state = {"conv1.weight": view(4, 3, 7, 7), "epoch": 3}
    tensors = {"conv1.weight": state["conv1.weight"]}
    assert find_state_dict(state) == (tensors, "")
    assert find_state_dict({"optimizer": {"a": view(1)}, "model": {"state_dict": state}}) == (
        tensors,
        "model.state_dict",
    )
    assert find_state_dict({"my_net": state, "args": {"lr": 1}}) == (tensors, "my_net")
    assert find_state_dict({"ema": {"conv1.weight": view(1)}, "net": state}) == (tensors, "net")


def test_looking_for_a_state_dict_comes_to_an_end() -> None:
    endless: dict[str, Any] = {"epoch": 1}
    endless["model"] = endless
    for content in (endless, {}, [], "text", None, {1: view(1)}, view(1), {"a": {"b": {}}}):
        with pytest.raises(RefusedError):
            find_state_dict(content)


def test_a_disk_without_room_is_no_fault_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / "tiny.pth", random_parameters(TINY))
    nowhere = str(tmp_path / "gone" / "out")
    monkeypatch.setattr(
        checkpoint,
        "start_worker",
        lambda name, source, target, *rest, **kw: start_worker(name, source, nowhere, *rest, **kw),
    )
    with pytest.raises(WeightsError, match=r"tiny\.pth can't be read: No such file or directory\."):
        checkpoint.read(path)


# --- the reading process ---------------------------------------------------------------------------------------------


def test_a_reading_can_be_cancelled_and_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / "tiny.pth", random_parameters(TINY))
    with pytest.raises(Cancelled):
        checkpoint.read(path, cancel=lambda: True)
    monkeypatch.setattr(checkpoint, "READER_SECONDS", 0.0)
    with pytest.raises(WeightsError, match="takes longer"):
        checkpoint.read(path)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a named pipe")
def test_the_reading_process_ends_with_its_parent(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.pth"
    os.mkfifo(pipe)  # nobody writes to it: reading it takes for ever
    worker = start_worker("checkpoint-reader", str(pipe), str(tmp_path / "out"), "unknown")
    assert worker.stdin is not None
    assert worker.stdout is not None
    with worker.stdout:
        worker.stdin.close()
        assert worker.wait(timeout=20) == 3


def test_a_reading_process_that_dies_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "start_worker", lambda *args, **options: start_worker("checkpoint-reader"))
    with pytest.raises(WeightsError, match="without an answer"):
        checkpoint.read(saved(tmp_path / "tiny.pth", random_parameters(TINY)))


# --- safetensors -----------------------------------------------------------------------------------------------------


def test_what_we_write_the_safetensors_library_reads(tmp_path: Path) -> None:
    library = pytest.importorskip("safetensors.numpy")
    arrays = random_parameters(TINY)
    path = tmp_path / "tiny.safetensors"
    safetensors_file.write(
        path, {k: TensorInfo("F32", v.shape) for k, v in arrays.items()}, lambda n: arrays[n].tobytes(), {"title": "Ä"}
    )
    for name, array in library.load_file(path).items():
        np.testing.assert_array_equal(array, arrays[name])
    (length,) = struct.unpack("<Q", path.read_bytes()[:8])
    assert (8 + length) % 64 == 0
    library.save_file(arrays, tmp_path / "theirs.safetensors")
    read = checkpoint.read(tmp_path / "theirs.safetensors").parameters
    assert all(np.array_equal(read[name], array) for name, array in arrays.items())
