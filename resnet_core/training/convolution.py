"""3x3 convolutions in bfloat16 on the CPU, each of their three passes by oneDNN or by one matrix product.

oneDNN is slow where maps are small and channels many: 512 channels at 4x4, 128 pictures, on two cores with AMX: the
gradient of the weights takes 103 ms, and 21 ms as a product of matrices, for which the pixels that each output looks at
are first written side by side ("im2col", Chellapilla et al. 2006). Which is faster depends on the shape and on the
machine, so `choose` measures. Parameters, state dict and hooks of the network know nothing of it.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

import torch
from torch import Tensor, nn
from torch.nn import functional

from resnet_core.training.measure import WORTH_IT, least_seconds

Pass = Literal["forward", "input", "weight"]
"""The output, the gradient of the input and the gradient of the weights."""
Passes = Mapping[str, tuple[Pass, ...]]
"""For each convolution, by its name in the network, the passes that are products of matrices. The others are oneDNN's,
and so are the convolutions that are not named."""

_LEAST_CHANNELS = 16  # fewer are the pictures' own
_MEASURED_IMAGES = 64
_MEASURED_MACS = 5e9  # at most, of a pass: about 15 ms on two cores
_ROWS_AT_ONCE = 4096  # a product over 131,072 rows takes 82 ms, and 55 as a sum of 32 products
_MOST_BYTES = 2**28  # of an im2col matrix; beyond, memory costs more than the product gains


def choose(network: nn.Module, image_px: int, batch_size: int) -> Passes:
    """The passes that are faster as products here, in pictures of this size. Takes three to five seconds."""
    shapes = {
        name: shape for name, shape in _shapes(network, image_px).items() if shape.bytes(batch_size) <= _MOST_BYTES
    }
    runs: dict[tuple[_Shape, Pass, bool], Callable[[], object]] = {}
    for shape in dict.fromkeys(shapes.values()):
        runs |= shape.runs(min(batch_size, _MEASURED_IMAGES, max(2, int(_MEASURED_MACS / shape.macs))))
    with torch.inference_mode():
        seconds = least_seconds(runs, on_the_cpu=True)
    faster = {
        shape: tuple(
            part
            for part in get_args(Pass)
            if (shape, part, True) in seconds
            and (
                seconds[shape, part, False] > WORTH_IT * seconds[shape, part, True]
                or (part == "weight" and _is_wrong_in_onednn(shape.stride, shape.height, shape.width))
            )
        )
        for shape in dict.fromkeys(shapes.values())
    }
    return {name: faster[shape] for name, shape in shapes.items() if faster[shape]}


def likely(network: nn.Module, image_px: int) -> Passes:
    """What `choose` mostly comes to, without a measurement."""
    return dict.fromkeys(_shapes(network, image_px), ("weight",))


def install(network: nn.Module, passes: Passes) -> None:
    """Lets the convolutions of the network that are named in `passes` compute so under bfloat16 autocast."""
    for name, products in passes.items():
        module = cast("nn.Conv2d", network.get_submodule(name))
        module._conv_forward = _Mixed(module.stride[0], products)  # type: ignore[method-assign, assignment]


@dataclass(frozen=True)
class _Mixed:
    """In place of a `Conv2d`'s own code: it knows nothing of its module, so copies of the network have copies of it."""

    stride: int
    products: tuple[Pass, ...]

    def __call__(self, x: Tensor, weight: Tensor, _no_bias: None) -> Tensor:
        if not torch.is_autocast_enabled("cpu"):  # such as the probe's look: plain float32
            return functional.conv2d(x, weight, stride=self.stride, padding=1)
        return cast("Tensor", Convolution.apply(x, weight, self.stride, self.products))


class Convolution(torch.autograd.Function):
    """`apply(x, weight, stride, products)`: 3x3, padding 1, without bias; (N, C, H, W) -> (N, K, H', W').

    Computes in the type of autocast where it is on, else in that of its arguments.
    """

    @staticmethod
    @torch.amp.custom_fwd(device_type="cpu", cast_inputs=torch.bfloat16)  # type: ignore[untyped-decorator]
    def forward(ctx: Any, x: Tensor, weight: Tensor, stride: int, products: tuple[Pass, ...]) -> Tensor:
        ctx.save_for_backward(x, weight)
        ctx.stride, ctx.products = stride, products
        if "forward" in products:
            return output_by_product(x, weight, stride)
        return functional.conv2d(x, weight, stride=stride, padding=1)

    @staticmethod
    @torch.amp.custom_bwd(device_type="cpu")  # type: ignore[untyped-decorator]
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        x, weight = ctx.saved_tensors
        gradient = gradient.contiguous(memory_format=torch.channels_last)
        for_input: Tensor | None = None
        for_weight: Tensor | None = None
        of_input, of_weight = ctx.needs_input_grad[:2]
        if of_input and "input" in ctx.products:
            for_input, of_input = input_gradient_by_product(gradient, weight), False
        if of_weight and ("weight" in ctx.products or _is_wrong_in_onednn(ctx.stride, *x.shape[2:])):
            for_weight, of_weight = weight_gradient_by_product(gradient, x, ctx.stride), False
        if of_input or of_weight:
            rest = _gradients(gradient, x, weight, ctx.stride, of_input, of_weight)
            for_input = rest[0] if of_input else for_input
            for_weight = rest[1] if of_weight else for_weight
        return for_input, for_weight, None, None


def output_by_product(x: Tensor, weight: Tensor, stride: int) -> Tensor:
    """(N, C, H, W), (K, C, 3, 3) -> (N, K, H', W'), channels last."""
    neighbours, (height, width) = _neighbours(x, stride)
    kernels = weight.permute(0, 2, 3, 1).reshape(len(weight), -1)
    return (neighbours @ kernels.t()).view(len(x), height, width, -1).permute(0, 3, 1, 2)


def input_gradient_by_product(gradient: Tensor, weight: Tensor) -> Tensor:
    """(N, K, H, W), (K, C, 3, 3) -> (N, C, H, W), for a stride of 1: a convolution with the kernels turned around."""
    neighbours, (height, width) = _neighbours(gradient, 1)
    kernels, channels = weight.shape[:2]
    turned = weight.permute(2, 3, 0, 1).reshape(9, kernels, channels).flip(0).reshape(9 * kernels, channels)
    return (neighbours @ turned).view(len(gradient), height, width, -1).permute(0, 3, 1, 2)


def weight_gradient_by_product(gradient: Tensor, x: Tensor, stride: int) -> Tensor:
    """(N, K, H', W'), (N, C, H, W) -> (K, C, 3, 3)."""
    neighbours, _ = _neighbours(x, stride)
    kernels, channels = gradient.shape[1], x.shape[1]
    columns = gradient.permute(0, 2, 3, 1).reshape(-1, kernels)
    parts = parts_of(len(x), len(columns))
    if parts < 2:
        product = columns.t() @ neighbours
    else:
        ours, theirs = columns.view(parts, -1, kernels), neighbours.view(parts, -1, 9 * channels)
        product = (ours.transpose(1, 2) @ theirs).sum(0)
    return product.view(kernels, 3, 3, channels).permute(0, 3, 1, 2)


def parts_of(images: int, rows: int) -> int:
    """In how many parts the gradient of the weights is summed up: whole pictures each, of about 4,096 rows or more."""
    return math.gcd(images, max(1, rows // _ROWS_AT_ONCE))


def _neighbours(x: Tensor, stride: int) -> tuple[Tensor, tuple[int, int]]:
    """im2col: a row for each place of the output, with the 3x3 pixels that it looks at; and the output's H', W'."""
    count, channels, height, width = x.shape
    out = (height - 1) // stride + 1, (width - 1) // stride + 1
    padded = functional.pad(x.permute(0, 2, 3, 1), (0, 0, 1, 1, 1, 1))
    image, row, column, channel = padded.stride()
    windows = padded.as_strided(
        (count, *out, 3, 3, channels), (image, row * stride, column * stride, row, column, channel)
    )
    return windows.reshape(count * out[0] * out[1], 9 * channels), out


def _gradients(
    gradient: Tensor, x: Tensor, weight: Tensor, stride: int, of_input: bool, of_weight: bool
) -> tuple[Tensor, Tensor]:
    """oneDNN's, both in one call: they share preparations."""
    twice = (stride, stride), (1, 1), (1, 1)
    found = torch.ops.aten.convolution_backward(
        gradient, x, weight, None, *twice, False, (0, 0), 1, (of_input, of_weight, False)
    )
    return found[0], found[1]


def _is_wrong_in_onednn(stride: int, height: int, width: int) -> bool:
    """Whether oneDNN 3.12 was seen to leave numbers from elsewhere (1e38) in bfloat16 gradients of the weights."""
    return stride == 2 and height == width == 1


@dataclass(frozen=True)
class _Shape:
    """What a convolution is asked to do, per picture."""

    channels: int
    kernels: int
    stride: int
    height: int
    width: int

    @property
    def places(self) -> int:
        """Of the output."""
        return ((self.height - 1) // self.stride + 1) * ((self.width - 1) // self.stride + 1)

    @property
    def macs(self) -> int:
        """Multiplications of a pass."""
        return 9 * self.channels * self.kernels * self.places

    def bytes(self, images: int) -> int:
        """Of the im2col matrix, in bfloat16."""
        return 2 * images * 9 * max(self.channels, self.kernels) * self.places

    def runs(self, images: int) -> dict[tuple[_Shape, Pass, bool], Callable[[], object]]:
        """Each pass on random numbers, as a product (True) and by oneDNN."""
        random = torch.Generator().manual_seed(0)

        def made(*size: int) -> Tensor:
            drawn = torch.randn(*size, generator=random, dtype=torch.bfloat16)
            return drawn.contiguous(memory_format=torch.channels_last)

        stride = self.stride
        x, weight = made(images, self.channels, self.height, self.width), made(self.kernels, self.channels, 3, 3)
        gradient = torch.zeros_like(functional.conv2d(x, weight, stride=stride, padding=1)).normal_(generator=random)
        runs: dict[tuple[_Shape, Pass, bool], Callable[[], object]] = {
            (self, "forward", False): lambda: functional.conv2d(x, weight, stride=stride, padding=1),
            (self, "forward", True): lambda: output_by_product(x, weight, stride),
            (self, "weight", False): lambda: _gradients(gradient, x, weight, stride, False, True),
            (self, "weight", True): lambda: weight_gradient_by_product(gradient, x, stride),
        }
        if stride == 1:
            runs[self, "input", False] = lambda: _gradients(gradient, x, weight, stride, True, False)
            runs[self, "input", True] = lambda: input_gradient_by_product(gradient, weight)
        return runs


def _shapes(network: nn.Module, image_px: int) -> dict[str, _Shape]:
    """Of the convolutions that could be products, by their names."""
    found: dict[str, _Shape] = {}
    copied = copy.deepcopy(network).eval()

    def watch(name: str, module: nn.Conv2d) -> None:
        def hook(_module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            height, width = inputs[0].shape[2:]
            found[name] = _Shape(module.in_channels, module.out_channels, module.stride[0], height, width)

        module.register_forward_pre_hook(hook)

    for name, module in copied.named_modules():
        if isinstance(module, nn.Conv2d) and _could_be_product(module):
            watch(name, module)
    with torch.inference_mode():
        copied(torch.zeros(1, 3, image_px, image_px))
    return found


def _could_be_product(module: nn.Conv2d) -> bool:
    return (
        (module.kernel_size, module.padding, module.dilation) == ((3, 3), (1, 1), (1, 1))
        and module.stride in ((1, 1), (2, 2))
        and module.groups == 1
        and module.bias is None
        and module.in_channels >= _LEAST_CHANNELS
    )
