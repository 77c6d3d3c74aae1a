"""What a residual network is made of, as shapes: convolutions, blocks, stages, and how far a unit sees. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conv:
    """A square convolution and the name of the batch norm after it (None: no batch norm, the convolution is biased)."""

    name: str
    norm: str | None
    in_channels: int
    out_channels: int
    kernel: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    groups: int = 1

    @property
    def bias(self) -> bool:
        return self.norm is None

    @property
    def weight_shape(self) -> tuple[int, int, int, int]:
        return (self.out_channels, self.in_channels // self.groups, self.kernel, self.kernel)

    @property
    def parameters(self) -> int:
        """Learned numbers, the batch norm's scale and shift (or the bias) included."""
        out, into, height, width = self.weight_shape
        return out * into * height * width + (out if self.norm is None else 2 * out)

    def output(self, height: int, width: int) -> tuple[int, int]:
        reach = self.dilation * (self.kernel - 1) + 1
        return tuple((side + 2 * self.padding - reach) // self.stride + 1 for side in (height, width))  # type: ignore[return-value]

    def macs(self, height: int, width: int) -> int:
        """Multiply-accumulates for an input of (height, width) px."""
        out_height, out_width = self.output(height, width)
        out, into, k, _ = self.weight_shape
        return out * into * k * k * out_height * out_width


MAX_POOL = Conv("maxpool", None, 0, 0, kernel=3, stride=2, padding=1)
"""The pool after the 7x7 stem, as far as it is like a convolution: what it makes of a size, and how far it sees."""


@dataclass(frozen=True, slots=True)
class Block:
    """One residual unit: `y = relu(F(x) + shortcut(x))`, F being `convs` with a ReLU between them.

    The shortcut is `projection` where there is one; the identity where the shape stays; else, option A, every
    `stride`-th pixel with zero channels added, half before and half after. Without `residual`: `y = relu(F(x))`.
    """

    name: str
    convs: tuple[Conv, ...]
    projection: Conv | None
    residual: bool
    stride: int
    in_channels: int
    out_channels: int

    @property
    def zero_padded(self) -> bool:
        """Whether the shortcut is option A's: subsampled, with zero channels added."""
        changes = self.stride != 1 or self.in_channels != self.out_channels
        return self.residual and self.projection is None and changes

    @property
    def zero_channels(self) -> tuple[int, int]:
        """How many zero channels option A adds before and after."""
        missing = self.out_channels - self.in_channels
        return (missing // 2, missing - missing // 2) if self.zero_padded else (0, 0)

    @property
    def all_convs(self) -> tuple[Conv, ...]:
        return self.convs if self.projection is None else (*self.convs, self.projection)


@dataclass(frozen=True, slots=True)
class Stage:
    """layer1 … layer4: blocks that work at one resolution."""

    name: str
    blocks: tuple[Block, ...]

    @property
    def out_channels(self) -> int:
        return self.blocks[-1].out_channels


@dataclass(frozen=True, slots=True)
class ReceptiveField:
    """Which input pixels one unit of a map can depend on, along one axis (the axes are alike).

    Unit `i` sees the pixels `offset + i * step` … `offset + i * step + size - 1` of the network's input; what lies
    outside the input is padding.
    """

    size: int
    step: int
    offset: int

    def span(self, unit: int, side: int) -> tuple[int, int]:
        """First and one-past-last input pixel that `unit` sees, clipped to an input of `side` px."""
        first = self.offset + unit * self.step
        return max(first, 0), min(first + self.size, side)

    def centre(self, unit: int) -> float:
        """The middle of what `unit` sees, in input pixels; the left edge of the input is 0."""
        return self.offset + unit * self.step + self.size / 2

    def nearest(self, place_px: float, units: int) -> int:
        """Of a map with `units` along this axis, the unit whose field is centred nearest to a place of the input."""
        return min(max(round((place_px - self.centre(0)) / self.step), 0), units - 1)

    def through(self, conv: Conv) -> ReceptiveField:
        reach = (conv.kernel - 1) * conv.dilation * self.step
        return ReceptiveField(self.size + reach, self.step * conv.stride, self.offset - conv.padding * self.step)


def stage_of(output: str) -> str:
    """The stage that an output is, or is inside of: "layer3" of "layer3.0.residual"."""
    return output.partition(".")[0]
