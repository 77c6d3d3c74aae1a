"""The torch engine: what it computes, how its process dies and comes back, placement on a GPU that is not there."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
import psutil
import pytest
from random_networks import SMALL, random_images, random_parameters

from resnet_core import workers
from resnet_core.engines import torch_engine, worker_process
from resnet_core.engines.base import DeviceError, Intervention, Request
from resnet_core.engines.messages import Message, read_message, write_message
from resnet_core.engines.openvino_engine import OpenVINOEngine
from resnet_core.engines.torch_engine import TorchEngine
from resnet_core.engines.worker_process import WorkerProcess
from resnet_core.errors import EngineError

SPEC = SMALL["basic_b"]
PARAMETERS = random_parameters(SPEC)


@pytest.fixture(scope="module")
def engine() -> Iterator[TorchEngine]:
    engine = TorchEngine(SPEC, PARAMETERS)
    yield engine
    engine.close()


# Messages


def test_a_message_arrives_as_it_was_sent() -> None:
    stream = io.BytesIO()
    arrays = {"a": random_images(2, 4, 5), "none": np.zeros((0, 3), np.float32), "one": np.float32([7])}
    write_message(stream, Message({"do": "run", "outputs": ["logits"]}, arrays))
    write_message(stream, Message({"do": "next"}))
    stream.seek(0)
    message = read_message(stream)
    assert message.header == {"do": "run", "outputs": ["logits"]}
    assert all(np.array_equal(message.arrays[name], array) for name, array in arrays.items())
    assert read_message(stream).header == {"do": "next"}
    with pytest.raises(EOFError):
        read_message(stream)


@pytest.mark.parametrize("data", [b"RNL1\x10\x00\x00\x00{}", b"RNL1"])
def test_a_message_cut_off_is_an_end(data: bytes) -> None:
    with pytest.raises(EOFError):
        read_message(io.BytesIO(data))


@pytest.mark.parametrize("data", [b"Traceback", b"RNL1\xff\xff\xff\xff{}"])
def test_bytes_that_are_no_message_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no message"):
        read_message(io.BytesIO(data))


def test_arrays_larger_than_any_network_are_refused_before_memory_is_taken() -> None:
    header = b'{"arrays": [["a", [1000000, 1000000]]]}'
    with pytest.raises(ValueError, match="64 GiB"):
        read_message(io.BytesIO(b"RNL1" + len(header).to_bytes(4, "little") + header))


# The engine and its process


def test_it_equals_openvino_with_and_without_a_change(engine: TorchEngine) -> None:
    openvino = OpenVINOEngine(SPEC, PARAMETERS)
    images = random_images(2, 64, 48)
    mask = np.ones(8, np.float32)
    mask[:4] = 0.5
    changed = Intervention({"layer1.0": 0.0, "layer2.0": 2.0}, masks={"layer1": mask}, offsets={"conv1": mask})
    for change in (None, changed):
        request = Request(images, SPEC.output_names, change)
        ours, theirs = engine.run(request), openvino.run(request)
        assert list(ours.outputs) == list(SPEC.output_names)
        for name, array in ours.outputs.items():
            other = theirs.outputs[name]
            assert array.dtype == np.float32
            assert array.shape == other.shape
            assert np.abs(array - other).max() <= 1e-5 * np.abs(other).max(), name
    assert (ours.engine, ours.device, ours.precision, ours.notice) == ("torch", "cpu", "f32", None)
    assert ours.elapsed_ms > 0


def test_a_change_that_changes_nothing_is_bit_for_bit_the_network(engine: TorchEngine) -> None:
    images, names = random_images(1, 64, 64), ("logits", "layer1.0.residual")
    untouched = engine.run(Request(images, names)).outputs
    ones = np.ones(8, np.float32)
    nothing = Intervention(gates={"layer1.0": 1.0}, masks={"layer1": ones}, offsets={"layer1": 0 * ones})
    again = engine.run(Request(images, names, nothing)).outputs
    assert all(np.array_equal(untouched[name], again[name]) for name in names)


def test_a_request_that_does_not_fit_never_reaches_the_worker(engine: TorchEngine) -> None:
    with pytest.raises(EngineError, match="no output named"):
        engine.run(Request(random_images(1, 32, 32), ("layer7",)))


def test_a_worker_killed_in_the_middle_of_a_request_is_started_again_once(monkeypatch: pytest.MonkeyPatch) -> None:
    request = Request(random_images(1, 64, 64))
    engine = TorchEngine(SPEC, PARAMETERS)
    try:
        before = engine.run(request).outputs["logits"]
        first = psutil.Process(engine.worker_pid)
        first.suspend()  # so that the request is on its way, and its answer is not, when the worker dies

        def killed_while_asked(stream: BinaryIO, message: Message) -> None:
            write_message(stream, message)
            if first.is_running():
                first.kill()

        with monkeypatch.context() as patch:
            patch.setattr(worker_process, "write_message", killed_while_asked)
            after = engine.run(request)
        assert np.array_equal(after.outputs["logits"], before)
        assert after.notice is not None
        assert after.notice == "The torch process on “cpu” was ended by signal 9 and was started again."
        assert engine.worker_pid != first.pid
        assert engine.run(request).notice is None
        psutil.Process(engine.worker_pid).kill()
        with pytest.raises(DeviceError, match=r"The torch process on “cpu” was ended by signal 9, again\.$"):
            engine.run(request)
    finally:
        engine.close()


def test_the_worker_says_what_torch_has_and_ends_when_its_input_does() -> None:
    worker = WorkerProcess()
    reply = worker.ask(Message({"do": "devices"}), timeout_s=60)
    assert reply.header["devices"][-1]["id"] == "cpu"
    process = worker._process
    assert process.stdin is not None
    process.stdin.close()  # as when the parent is killed
    assert process.wait(10) == 0
    worker.close()


def test_closing_ends_the_worker_and_a_closed_engine_says_so() -> None:
    engine = TorchEngine(SPEC, PARAMETERS, precision="fast")
    assert engine.precision in ("bf16", "f32")
    process = psutil.Process(engine.worker_pid)
    fast = engine.run(Request(random_images(1, 64, 64)))
    assert fast.precision == engine.precision
    assert fast.outputs["logits"].dtype == np.float32
    engine.close()
    engine.close()
    assert not process.is_running()
    with pytest.raises(EngineError, match="closed"):
        engine.run(Request(random_images(1, 64, 64)))


@pytest.fixture
def worker_that(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Makes the torch worker a program of the test's own."""

    def install(program: str) -> None:
        (tmp_path / "pretend_worker.py").write_text(program)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        monkeypatch.setattr(workers, "WORKERS", {"torch-engine": "pretend_worker"})

    return install


def test_without_torch_the_sentence_says_so(worker_that: Callable[[str], None]) -> None:
    worker_that("raise ModuleNotFoundError(\"No module named 'torch'\", name='torch')")
    with pytest.raises(DeviceError, match="torch, which “cuda:0” needs, is not installed"):
        TorchEngine(SPEC, PARAMETERS, "cuda:0")


def test_a_worker_that_never_answers_is_given_up(
    worker_that: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    worker_that("import sys\nsys.stdin.buffer.read()")
    monkeypatch.setattr(torch_engine, "START_TIMEOUT_S", 0.5)
    with pytest.raises(DeviceError, match="did not answer within 0 s while it started"):
        TorchEngine(SPEC, PARAMETERS)


def test_a_worker_that_talks_nonsense_is_given_up(worker_that: Callable[[str], None]) -> None:
    worker_that("import sys\nprint('Segmentation fault', flush=True)\nprint('details', file=sys.stderr)")
    with pytest.raises(DeviceError, match="ended with code 0 while it started") as caught:
        TorchEngine(SPEC, PARAMETERS)
    assert getattr(caught.value.__cause__, "__notes__", []) == ["details"]


def test_a_worker_that_ignores_the_end_of_its_input_is_killed(
    worker_that: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    worker_that("import threading\nthreading.Event().wait()")
    monkeypatch.setattr(worker_process, "GRACE_S", 0.1)
    worker = WorkerProcess()
    process = psutil.Process(worker.pid)
    worker.close()
    assert not process.is_running()


def test_a_device_that_can_not_load_is_a_sentence_and_leaves_no_process(
    worker_that: Callable[[str], None],
) -> None:
    worker_that("""
import sys
from resnet_core.engines.messages import Message, read_message, write_message
read_message(sys.stdin.buffer)
answer = Message({"error": "Found no NVIDIA driver. Please see\\nhttp://nvidia.com", "out_of_memory": False})
write_message(sys.stdout.buffer, answer)
read_message(sys.stdin.buffer)
""")
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    with pytest.raises(DeviceError, match=r"torch could not run basic_b on “cuda:0”: Found no NVIDIA driver\.$"):
        TorchEngine(SPEC, PARAMETERS, "cuda:0")
    assert {child.pid for child in psutil.Process().children(recursive=True)} <= before


def test_what_libraries_print_does_not_get_between_the_messages() -> None:
    program = """
import os
from resnet_core.engines import torch_worker
incoming, outgoing = torch_worker._private_pipes()
print("a warning from Python")
os.system("echo a warning from C")
outgoing.write(b"answer to " + incoming.read())
outgoing.flush()
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", program], input=b"question", env=environment, capture_output=True, timeout=60
    )
    assert done.stdout == b"answer to question"
    assert b"a warning from C" in done.stderr
    assert b"a warning from Python" in done.stderr


# The worker's functions


def test_out_of_memory_is_answered_by_halves_joined_in_order() -> None:
    import torch

    from resnet_core.engines.torch_worker import in_memory

    sizes: list[int] = []
    freed: list[None] = []

    def run(images: torch.Tensor) -> dict[str, torch.Tensor]:
        sizes.append(len(images))
        if len(images) > 2:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 MiB.")
        return {"logits": images * 2}

    images = torch.arange(5.0)
    outputs = in_memory(run, images, lambda: freed.append(None))
    assert torch.equal(outputs["logits"], images * 2)
    assert sizes == [5, 5, 3, 3, 2, 1, 2]
    assert len(freed) == 4


def test_one_image_too_large_is_an_error_and_other_errors_pass_through() -> None:
    import torch

    from resnet_core.engines.torch_worker import in_memory

    def too_much(images: torch.Tensor) -> dict[str, torch.Tensor]:
        raise RuntimeError("MPS backend out of memory (MPS allocated: 17 GB)")

    def broken(images: torch.Tensor) -> dict[str, torch.Tensor]:
        raise RuntimeError("size mismatch")

    with pytest.raises(torch.OutOfMemoryError):
        in_memory(too_much, torch.zeros(2), lambda: None)
    with pytest.raises(RuntimeError, match="size mismatch"):
        in_memory(broken, torch.zeros(2), lambda: None)


def test_the_worker_answers_errors_in_words_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import asdict

    import torch

    from resnet_core.engines import torch_worker

    def out_of_memory(*args: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory.\nSee the documentation")

    def load_on(device: str) -> Message:
        return Message({"do": "load", "spec": asdict(SPEC), "device": device, "precision": "exact"}, PARAMETERS)

    header = {"do": "run", "outputs": ["logits"], "gates": {}, "start": None}
    run = Message(header, {"images": random_images(1, 32, 32)})
    incoming = iter([run, load_on("cpu"), run, load_on("xpu"), Message({"do": "devices"})])

    def next_message() -> Message:
        message = next(incoming, None)
        if message is None:
            raise EOFError
        return message

    replies: list[Message] = []
    with monkeypatch.context() as patch:
        patch.setattr(torch_worker.Network, "run", out_of_memory)
        torch_worker.serve(next_message, replies.append)
    assert [reply.header for reply in replies[:3]] == [
        {"error": "run before load", "out_of_memory": False},
        {"precision": "f32"},
        {"error": "CUDA out of memory.\nSee the documentation", "out_of_memory": True},
    ]
    assert "error" in replies[3].header
    assert replies[4].header["devices"][-1]["id"] == "cpu"


def test_out_of_memory_reaches_the_user_as_a_sentence(engine: TorchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    reply = Message({"error": "CUDA out of memory.", "out_of_memory": True})
    monkeypatch.setattr(WorkerProcess, "ask", lambda *args, **named: reply)
    with pytest.raises(DeviceError, match="“cpu” has not enough memory for basic_b") as caught:
        engine.run(Request(random_images(1, 32, 32)))
    assert str(caught.value.__cause__) == "CUDA out of memory."


@pytest.mark.parametrize(
    ("name", "device_name"),
    [
        ("basic_b", "cuda:0"),
        ("option_a", "cuda:1"),
        ("grouped", "cuda:0"),
        ("no_batch_norm", "cuda:0"),
        ("wide", "mps:0"),
    ],
)
def test_everything_is_placed_on_the_gpu(name: str, device_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch
    from torch._subclasses.fake_tensor import FakeTensorMode

    from resnet_core.engines import torch_network

    spec = SMALL[name]
    device = torch.device(device_name)
    waited: list[object] = []
    monkeypatch.setattr(torch.cuda, "synchronize", waited.append)
    skeleton = torch_network.skeleton(spec)
    with FakeTensorMode(allow_non_fake_inputs=True), torch.inference_mode():
        network = torch_network.fill(skeleton, random_parameters(spec), device)
        parameters = dict(network.named_parameters()) | {
            name: buffer for name, buffer in network.named_buffers() if not name.endswith("num_batches_tracked")
        }
        assert {tensor.device for tensor in parameters.values()} == {device}
        assert all(
            tensor.is_contiguous(memory_format=torch.channels_last)
            for tensor in parameters.values()
            if tensor.ndim == 4
        )
        assert not network.training
        images = torch_network.to_device(random_images(2, 32, 32), device)
        ones = {"conv1": torch_network.to_device(np.ones(spec.stem_conv.out_channels, np.float32), device)}
        change = torch_network.Change({block.name: 0.5 for block in spec.blocks}, ones, ones)
        found = torch_network.activations(network, images, spec.output_names, change)
        assert {tensor.device for tensor in found.values()} == {device}
        host = torch_network.to_host(found, device)
    assert {tensor.device.type for tensor in host.values()} == {"cpu"}
    assert {tensor.dtype for tensor in host.values()} == {torch.float32}
    assert host["logits"].shape == (2, spec.num_classes)
    assert all(tensor.is_contiguous() for tensor in host.values())
    assert waited == ([device] if device.type == "cuda" else [])


def test_fast_on_a_gpu_computes_in_half_and_exact_never_does(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch
    from torch._subclasses.fake_tensor import FakeTensorMode

    from resnet_core.engines import torch_network, torch_worker

    device = torch.device("cuda:0")
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation=True: True)
    monkeypatch.setattr("torch.amp.autocast_mode.torch.cuda.amp.common.amp_definitely_not_available", lambda: False)
    for precision, dtype in (("exact", torch.float32), ("fast", torch.bfloat16)):
        skeleton = torch_network.skeleton(SPEC)
        monkeypatch.setattr(torch_network, "skeleton", lambda spec, skeleton=skeleton: skeleton)
        with FakeTensorMode(allow_non_fake_inputs=True), torch.inference_mode():
            network = torch_worker.Network(SPEC, PARAMETERS, device, precision)  # type: ignore[arg-type]
            with network._arithmetic():
                images = torch_network.to_device(random_images(1, 32, 32), device)
                found = torch_network.activations(network.network, images, ("logits",), torch_network.Change())
        assert found["logits"].dtype == dtype


def test_exact_forbids_tensor_float_32() -> None:
    import torch

    from resnet_core.engines import torch_worker

    before = torch.backends.fp32_precision
    try:
        torch_worker.exact_arithmetic()
        assert torch.backends.cuda.matmul.fp32_precision == "ieee"
        assert torch.backends.cudnn.conv.fp32_precision == "ieee"
    finally:
        torch.backends.fp32_precision = before
