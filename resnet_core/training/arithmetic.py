"""Device, precision and memory layout of a training, and the seconds of measurement that choose them."""

from __future__ import annotations

import contextlib
import copy
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import torch
from torch import nn
from torch.nn import functional

from resnet_core.networks import describe
from resnet_core.spec import ResNetSpec
from resnet_core.training import convolution
from resnet_core.training.config import Layout, Machine, Precision, TrainingError
from resnet_core.training.measure import WORTH_IT, least_seconds
from resnet_core.training.memory import keep_freed_memory

_TYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}
_MEASURED_MACS = 1e10  # of the batch that is measured with: about 0.2 s forward and backward on two cores


@dataclass(frozen=True)
class Arithmetic:
    """`precision` is that of the convolutions; parameters, batch norm and the loss stay float32.

    `products` says which passes of which convolutions are products of matrices.
    """

    device: torch.device
    precision: Precision = "float32"
    layout: Layout = "contiguous"
    products: convolution.Passes = field(default_factory=dict, hash=False)

    @property
    def memory_format(self) -> torch.memory_format:
        return torch.channels_last if self.layout == "channels_last" else torch.contiguous_format

    @property
    def scaled(self) -> bool:
        """Whether gradients would be lost without scaling the loss: float16 has few exponents."""
        return self.precision == "float16"

    @contextlib.contextmanager
    def autocast(self) -> Iterator[None]:
        if self.precision == "float32":
            yield
        else:
            with torch.autocast(self.device.type, _TYPES[self.precision]):
                yield

    def place(self, network: nn.Module) -> None:
        """Moves a network to the device and into the layout, and lets it compute as it was chosen."""
        network.to(self.device)
        network.to(memory_format=self.memory_format)
        if self.device.type == "cpu":  # a run may go on elsewhere
            convolution.install(network, self.products)


def choose_device(wanted: str, rank: int = 0) -> torch.device:
    """The device called `wanted`; for "auto" a CUDA device (one for each process), else MPS, XPU, CPU.

    Raises TrainingError.
    """
    mps = torch.backends.mps.is_available()
    xpu = hasattr(torch, "xpu") and torch.xpu.is_available()
    if wanted == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda", rank % torch.cuda.device_count())
        return torch.device("mps" if mps else "xpu" if xpu else "cpu")
    there = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": mps, "xpu": xpu}
    kind, _, number = wanted.partition(":")
    if not there.get(kind, False):
        usable = ", ".join(name for name, is_there in there.items() if is_there)
        raise TrainingError(f"There is no device “{wanted}” to train on here; there is {usable}.")
    if kind == "cuda" and number and int(number) >= torch.cuda.device_count():
        raise TrainingError(f"There is no device “{wanted}”: there are {torch.cuda.device_count()} of that kind.")
    return torch.device(wanted)


def prepare(machine: Machine) -> None:
    """Settings of the whole process. Deterministic: the same numbers in every run, where the device has such code."""
    if machine.threads is not None:
        torch.set_num_threads(machine.threads)
    keep_freed_memory()
    torch.set_flush_denormal(True)  # numbers below 1e-38 cost a hundred times the time of others
    torch.backends.cudnn.benchmark = not machine.deterministic
    if machine.deterministic:
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # what cuBLAS asks for
    torch.use_deterministic_algorithms(machine.deterministic, warn_only=True)


def choose_arithmetic(
    machine: Machine, device: torch.device, network: nn.Module, spec: ResNetSpec, image_px: int, batch_size: int
) -> Arithmetic:
    """What `machine` asks for; "auto" is whatever is fastest here at training this network on pictures of this size."""
    plain = Arithmetic(
        device,
        "float32" if machine.precision == "auto" else machine.precision,
        "contiguous" if machine.layout == "auto" else machine.layout,
    )
    if plain.precision == "float16" and device.type != "cuda":
        raise TrainingError("float16 is for CUDA devices; choose bfloat16 or float32 here.")
    measured = machine.layout == "auto" and not machine.deterministic
    layouts: list[Layout] = ["contiguous", "channels_last"] if measured else [plain.layout]
    precisions: list[Precision] = [machine.precision]
    if machine.precision == "auto":
        precisions = ["float32"] if machine.deterministic else ["float32", _half_precision(device)]
    candidates = [
        replace(plain, precision=kind, layout=layout)
        for kind in precisions
        for layout in layouts
        # On the CPU bfloat16 has its fast code there; a machine that is busy may measure otherwise.
        if layout == "channels_last" or len(layouts) == 1 or (device.type, kind) != ("cpu", "bfloat16")
    ]
    if len(candidates) == 1:
        return candidates[0]
    macs = describe(spec, image_px, image_px).macs
    images = max(2, min(batch_size, int(_MEASURED_MACS / macs)))
    steps = {}
    for choice in candidates:
        products = convolution.likely(network, image_px) if _may_have_products(machine, choice) else {}
        steps[choice] = _step_of(replace(choice, products=products), network, images, image_px)
    with _one_thread() if device.type == "cpu" else contextlib.nullcontext():
        seconds = least_seconds(steps, on_the_cpu=device.type == "cpu")
    best = min(seconds, key=lambda choice: seconds[choice])
    return best if seconds[candidates[0]] > WORTH_IT * seconds[best] else candidates[0]


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """On a busy machine two threads of oneDNN spin while they wait for each other, in bfloat16 most of all: a network
    that takes half the time of float32 as soon as the machine is quiet took all of it then."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def choose_products(
    machine: Machine, arithmetic: Arithmetic, network: nn.Module, image_px: int, batch_size: int
) -> Arithmetic:
    """`arithmetic` with the convolutions that are faster as products of matrices: in bfloat16 on the CPU."""
    if not _may_have_products(machine, arithmetic):
        return arithmetic
    return replace(arithmetic, products=convolution.choose(network, image_px, batch_size))


def _may_have_products(machine: Machine, choice: Arithmetic) -> bool:
    kind = choice.device.type, choice.precision, choice.layout
    return not machine.deterministic and kind == ("cpu", "bfloat16", "channels_last")


def _half_precision(device: torch.device) -> Precision:
    older_cuda = device.type == "cuda" and not torch.cuda.is_bf16_supported(including_emulation=False)
    return "float16" if older_cuda else "bfloat16"


def _step_of(choice: Arithmetic, network: nn.Module, images: int, image_px: int) -> Callable[[], None]:
    """A forward and backward pass of a copy of the network."""
    copied = copy.deepcopy(network).train()
    choice.place(copied)
    pictures = torch.rand(images, 3, image_px, image_px, generator=torch.Generator().manual_seed(0))
    pictures = pictures.to(choice.device, memory_format=choice.memory_format)
    labels = torch.zeros(images, dtype=torch.int64, device=choice.device)

    def step() -> None:
        with choice.autocast():
            logits = copied(pictures)
        functional.cross_entropy(logits.float(), labels).backward()  # type: ignore[no-untyped-call]
        copied.zero_grad()
        if choice.device.type == "cuda":
            torch.cuda.synchronize(choice.device)

    return step
