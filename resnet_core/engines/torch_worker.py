"""The torch engine's other half: a process that holds one network on one torch device and answers requests.

Everything that computes is a plain function that takes its device, so a test can place it on a GPU that is not there
(torch's FakeTensorMode). Only `main` and `serve` know that this is a process.
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

import numpy as np
import torch
from torch import Tensor

from resnet_core.engines.base import Floats, Precision
from resnet_core.engines.messages import Message, read_message, write_message
from resnet_core.resnet import ResNet, build
from resnet_core.spec import ResNetSpec

Run = Callable[[Tensor], dict[str, Tensor]]


def load(spec: ResNetSpec, parameters: Mapping[str, Floats], device: torch.device) -> ResNet:
    """The network on `device`, in evaluation mode; channels-last on a GPU, whose convolutions are faster so."""
    return fill(skeleton(spec), parameters, device)


def skeleton(spec: ResNetSpec) -> ResNet:
    """The network without numbers: no memory and no random initialisation for what is replaced at once."""
    with torch.device("meta"):
        return build(spec)


def fill(network: ResNet, parameters: Mapping[str, Floats], device: torch.device) -> ResNet:
    """Gives a skeleton its parameters, each placed on `device`."""
    state = {name: to_device(array, device) for name, array in parameters.items()}
    network.load_state_dict(state, assign=True)
    return network.eval().requires_grad_(False)


def to_device(array: Floats, device: torch.device) -> Tensor:
    """A copy of `array` on `device`; by way of pinned memory for CUDA, which then copies without waiting."""
    tensor = torch.from_numpy(np.ascontiguousarray(array))
    layout = torch.channels_last if tensor.ndim == 4 and device.type != "cpu" else torch.contiguous_format
    if device.type != "cuda":
        return tensor.to(device, copy=True, memory_format=layout)
    pinned = torch.empty(tensor.shape, dtype=tensor.dtype, pin_memory=True, memory_format=layout)
    return pinned.copy_(tensor).to(device, non_blocking=True)


def to_host(outputs: Mapping[str, Tensor], device: torch.device) -> dict[str, Tensor]:
    """Float32 copies in the CPU's memory, contiguous. From CUDA they travel together and are waited for once."""
    if device.type != "cuda":
        return {name: tensor.float().contiguous().cpu() for name, tensor in outputs.items()}
    arrived = {name: torch.empty(tensor.shape, pin_memory=True) for name, tensor in outputs.items()}
    for name, tensor in outputs.items():
        arrived[name].copy_(tensor.float(), non_blocking=True)
    torch.cuda.synchronize(device)
    return arrived


def activations(
    network: ResNet,
    images: Tensor,
    outputs: Sequence[str],
    gates: Mapping[str, float],
    masks: Mapping[str, Tensor],
) -> dict[str, Tensor]:
    """Every output of `outputs` (see `base.Request`), as the network computes it on the way to its logits."""
    wanted, found = set(outputs), dict[str, Tensor]()

    def tap(name: str, tensor: Tensor) -> Tensor:
        if name in wanted:
            found[name] = tensor
        return tensor

    def stage_output(name: str, maps: Tensor) -> Tensor:
        mask = masks.get(name)
        return tap(name, maps if mask is None else maps * mask.view(1, -1, 1, 1))

    maps = stage_output("conv1", torch.relu(network.bn1(network.conv1(images))))
    maps = network.maxpool(maps)
    for stage in ("layer1", "layer2", "layer3", "layer4"):
        blocks = getattr(network, stage)
        for index, block in enumerate(blocks):
            name = f"{stage}.{index}"
            branch = tap(f"{name}.residual", block.residual_branch(maps))
            if block.residual:
                gate = gates.get(name, 1.0)
                shortcut = tap(f"{name}.shortcut", block.shortcut_branch(maps))
                branch = (branch if gate == 1.0 else gate * branch) + shortcut
            maps = tap(name, torch.relu(branch))
        if len(blocks):
            maps = stage_output(stage, maps)
    tap("logits", network.fc(torch.flatten(network.avgpool(maps), 1)))
    return {name: found[name] for name in outputs}


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
        self, images: Floats, outputs: Sequence[str], gates: Mapping[str, float], masks: Mapping[str, Floats]
    ) -> dict[str, Tensor]:
        """The outputs, float32 in the CPU's memory. Raises torch.OutOfMemoryError."""
        with torch.inference_mode():
            placed = {name: to_device(mask, self.device) for name, mask in masks.items()}

            def forward(part: Tensor) -> dict[str, Tensor]:
                with self._arithmetic():
                    on_device = to_device(part.numpy(), self.device)
                    return to_host(activations(self.network, on_device, outputs, gates, placed), self.device)

            return in_memory(forward, torch.from_numpy(images), lambda: free_memory(self.device))


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
    masks = {name.removeprefix("mask:"): array for name, array in message.arrays.items() if name != "images"}
    start = time.perf_counter()
    outputs = network.run(message.arrays["images"], header["outputs"], header["gates"], masks)
    elapsed_ms = (time.perf_counter() - start) * 1e3
    return Message({"elapsed_ms": elapsed_ms}, {name: tensor.numpy() for name, tensor in outputs.items()})


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
