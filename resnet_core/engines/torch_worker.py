"""The torch engine's other half: a process that holds one network on one torch device and answers requests.

Only `main` and `serve` know that this is a process.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, BinaryIO

import torch
from torch import Tensor

from resnet_core.engines.base import Floats, Intervention, Precision
from resnet_core.engines.messages import Message, read_message, write_message
from resnet_core.engines.torch_network import Change, activations, load, to_device, to_host
from resnet_core.spec import ResNetSpec

Run = Callable[[Tensor], dict[str, Tensor]]


def in_memory(run: Run, images: Tensor, free: Callable[[], None]) -> dict[str, Tensor]:
    """`run(images)`; where memory runs out, once more after `free()`, then by halves. Outputs are joined again.

    Raises torch.OutOfMemoryError when a single image is too much.
    """
    outputs = _attempt(run, images)
    if outputs is None:
        free()
        outputs = _attempt(run, images)
    if outputs is not None:
        return outputs
    free()
    if len(images) == 1:
        raise torch.OutOfMemoryError("One image is too much.")
    halves = [in_memory(run, half, free) for half in images.chunk(2)]
    return {name: torch.cat([half[name] for half in halves]) for name in halves[0]}


def _attempt(run: Run, images: Tensor) -> dict[str, Tensor] | None:
    """None where memory ran out. By then the exception, whose frames hold every tensor of the run, is gone."""
    try:
        return run(images)
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
    return None


def is_out_of_memory(error: BaseException) -> bool:
    """Also for the devices that do not raise torch's own kind (MPS, the CPU)."""
    text = str(error).lower()
    return isinstance(error, (torch.OutOfMemoryError, MemoryError)) or any(
        sign in text for sign in ("out of memory", "can't allocate memory", "not enough memory")
    )


def free_memory(device: torch.device) -> None:
    """Gives back what torch keeps of the device's memory for later."""
    if device.type in ("cuda", "mps", "xpu"):
        getattr(torch, device.type).empty_cache()


def fast_dtype(device: torch.device) -> torch.dtype | None:
    """The arithmetic of `fast` on `device`; None where float32 is the fastest that is right."""
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float16
    if device.type == "mps":
        return torch.float16
    if device.type == "xpu":
        return torch.bfloat16
    return torch.bfloat16 if torch.ops.mkldnn._is_mkldnn_bf16_supported() else None


def arithmetic_name(dtype: torch.dtype | None) -> str:
    return {torch.bfloat16: "bf16", torch.float16: "f16"}.get(dtype, "f32") if dtype else "f32"


def exact_arithmetic() -> None:
    """Float32 means float32: no TF32 on CUDA, whose mantissa has 10 bits, nor its like elsewhere."""
    torch.backends.fp32_precision = "ieee"  # type: ignore[attr-defined]


class Network:
    """One network on one device, ready to answer."""

    def __init__(
        self, spec: ResNetSpec, parameters: Mapping[str, Floats], device: torch.device, precision: Precision
    ) -> None:
        self.device = device
        self.dtype = fast_dtype(device) if precision == "fast" else None
        self.network = load(spec, parameters, device)

    def _arithmetic(self) -> AbstractContextManager[Any]:
        return nullcontext() if self.dtype is None else torch.autocast(self.device.type, dtype=self.dtype)

    def run(
        self, images: Floats, outputs: Sequence[str], change: Intervention, start: str | None = None
    ) -> dict[str, Tensor]:
        """The outputs, float32 in the CPU's memory. Raises torch.OutOfMemoryError."""
        with torch.inference_mode():
            placed = Change(change.gates, self._placed(change.masks), self._placed(change.offsets))

            def forward(part: Tensor) -> dict[str, Tensor]:
                with self._arithmetic():
                    on_device = to_device(part.numpy(), self.device)
                    return to_host(activations(self.network, on_device, outputs, placed, start), self.device)

            return in_memory(forward, torch.from_numpy(images), lambda: free_memory(self.device))

    def _placed(self, numbers: Mapping[str, Floats]) -> dict[str, Tensor]:
        return {name: to_device(array, self.device) for name, array in numbers.items()}


def devices() -> list[dict[str, Any]]:
    """What torch can compute on here, best first: id, name, and the arithmetic it has. The CPU is always last."""
    cuda = range(torch.cuda.device_count() if torch.cuda.is_available() else 0)
    found = [(f"cuda:{index}", torch.cuda.get_device_name(index)) for index in cuda]
    if torch.backends.mps.is_available():
        found.append(("mps", "Apple GPU"))
    if torch.xpu.is_available():
        found += [(f"xpu:{index}", torch.xpu.get_device_name(index)) for index in range(torch.xpu.device_count())]
    described = []
    for id_, name in (*found, ("cpu", "")):
        dtype = fast_dtype(torch.device(id_))
        described.append({"id": id_, "name": name, "precisions": list(dict.fromkeys(["f32", arithmetic_name(dtype)]))})
    return described


def spec_from_json(values: Mapping[str, Any]) -> ResNetSpec:
    """The spec that `dataclasses.asdict` and JSON made of one: there, its tuples became lists."""
    arguments: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    return ResNetSpec(**arguments)


def serve(requests: Callable[[], Message], reply: Callable[[Message], None]) -> None:
    """Answers until `requests` raises EOFError. A failed request is answered in words and the next one is read."""
    network: Network | None = None
    while True:
        try:
            message = requests()
        except EOFError:
            return
        header = message.header
        try:
            if header["do"] == "devices":
                answer = Message({"devices": devices()})
            elif header["do"] == "load":
                network = None
                network = Network(
                    spec_from_json(header["spec"]), message.arrays, torch.device(header["device"]), header["precision"]
                )
                answer = Message({"precision": arithmetic_name(network.dtype)})
            else:
                assert network is not None, "run before load"
                answer = _answer(network, message)
        except (RuntimeError, MemoryError, AssertionError, ValueError, NotImplementedError) as error:
            answer = Message({"error": str(error) or type(error).__name__, "out_of_memory": is_out_of_memory(error)})
        reply(answer)


def _answer(network: Network, message: Message) -> Message:
    header = message.header
    change = Intervention(header["gates"], named("mask:", message.arrays), named("offset:", message.arrays))
    began = time.perf_counter()
    outputs = network.run(message.arrays["images"], header["outputs"], change, header["start"])
    elapsed_ms = (time.perf_counter() - began) * 1e3
    return Message({"elapsed_ms": elapsed_ms}, {name: tensor.numpy() for name, tensor in outputs.items()})


def named(prefix: str, arrays: Mapping[str, Floats]) -> dict[str, Floats]:
    """The arrays whose names begin so, by the rest of their names."""
    return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}


def main(args: list[str]) -> int:
    """Serves on the pipes this process was given as stdin and stdout, until stdin ends."""
    incoming, outgoing = _private_pipes()
    exact_arithmetic()
    messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=_read_all, args=(incoming, messages), name="requests", daemon=True).start()
    serve(messages.get, lambda message: write_message(outgoing, message))
    return 0


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes for nobody else: whatever a library prints from now on goes to stderr."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdout = sys.stderr
    return incoming, outgoing


def _read_all(incoming: BinaryIO, messages: queue.SimpleQueue[Message]) -> None:
    """Reads ahead, so that the end of stdin, which is the end of the parent, is noticed in the middle of a request."""
    try:
        while True:
            messages.put(read_message(incoming))
    except (EOFError, OSError, ValueError):
        os._exit(0)  # at once: nobody is left to read an answer, and a GPU kernel can't be called back


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
