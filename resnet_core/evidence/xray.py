"""One residual block taken apart: what comes in by the shortcut, what F adds, their sum, and what the ReLU leaves.

y = relu(F(x) + x) (He et al. 2015, arXiv:1512.03385, equations 1 and 2). The shortcut is as it enters the sum: after
the projection or the zero padding, where the block has one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from resnet_core.blocks import Block
from resnet_core.engines.base import Floats, Intervention, Request
from resnet_core.engines.resume import resumed
from resnet_core.errors import LensError
from resnet_core.evidence.depth import NOTHING, BlockEffect, ChannelSums, block_of, channel_sums, effect, finite
from resnet_core.evidence.numbers import Numbers
from resnet_core.spec import ResNetSpec

ShortcutKind = Literal["identity", "projection", "zero padding"]
Ranking = Literal["residual", "shortcut", "ratio", "against"]

RANKINGS: tuple[Ranking, ...] = ("residual", "shortcut", "ratio", "against")
"""Which channels first: largest ||F||, largest ||x||, largest ||F|| / ||x||, most of F against x."""

PARTS = ("shortcut", "residual", "sum", "output")


@dataclass(frozen=True, eq=False)
class BlockXRay:
    """A block's four tensors, (C, H, W) float32 each, and how F(x) compares with x.

    `sum` is `shortcut + effect.gate * residual`, `output` what the network itself computed: its ReLU.
    """

    block: Block
    shortcut: Floats
    residual: Floats
    sum: Floats
    output: Floats
    effect: BlockEffect  # over the whole block
    sums: ChannelSums

    @property
    def kind(self) -> ShortcutKind:
        return shortcut_kind(self.block)

    @property
    def channel_ratio(self) -> NDArray[np.float64]:
        """(C,): ||F(x)|| / ||x|| of each channel; infinite where only x is 0, NaN where both are."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.sqrt(self.sums.residual / self.sums.shortcut)

    @property
    def channel_cosine(self) -> NDArray[np.float64]:
        """(C,): of the angle between F(x) and x in each channel; NaN where one of them is 0."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.clip(self.sums.product / np.sqrt(self.sums.residual * self.sums.shortcut), -1, 1)

    def part(self, name: str) -> Floats:
        """One of PARTS."""
        return {"shortcut": self.shortcut, "residual": self.residual, "sum": self.sum, "output": self.output}[name]

    def ranked(self, by: Ranking = "residual") -> tuple[int, ...]:
        """Every channel, first those that `by` asks for; equal ones in the order of channels."""
        scores = {
            "residual": self.sums.residual,
            "shortcut": self.sums.shortcut,
            "ratio": np.nan_to_num(self.channel_ratio, nan=-1.0),  # infinite: nothing came in, and F adds something
            "against": -self.sums.product,
        }[by]
        return tuple(np.argsort(-scores, kind="stable").tolist())

    def drawn(self, channels: tuple[int, ...]) -> Floats:
        """(4, N, H, W): PARTS of these channels, F(x) as it is added, so that the first two make the third."""
        maps = np.stack([self.part(name)[list(channels)] for name in PARTS])
        if self.effect.gate != 1:
            maps[PARTS.index("residual")] *= np.float32(self.effect.gate)
        return maps

    def reach(self, channels: tuple[int, ...]) -> float:
        """The largest size of a value in what is drawn of `channels`: both ends of their common scale."""
        return float(np.abs(self.drawn(channels)).max(initial=0))

    def numbers(self, channels: tuple[int, ...], facts: Mapping[str, Any] = NOTHING) -> Numbers:
        """To be taken along: the whole block as facts, `channels` as rows, the four tensors of them as arrays."""
        ratio, cosine = self.channel_ratio, self.channel_cosine
        rows = [
            {
                "channel": channel,
                "residual_norm": finite(float(np.sqrt(self.sums.residual[channel]))),
                "shortcut_norm": finite(float(np.sqrt(self.sums.shortcut[channel]))),
                "ratio": finite(float(ratio[channel])),
                "cosine": finite(float(cosine[channel])),
            }
            for channel in channels
        ]
        whole = {
            **self.effect.as_row(),
            "gate": self.effect.gate,
            "shortcut": self.kind,
            "shape": list(self.output.shape),
            "scale": self.reach(channels),
        }
        arrays = {name: self.part(name)[list(channels)] for name in PARTS}
        return Numbers({**facts, **whole}, rows, "channels", arrays)


def shortcut_kind(block: Block) -> ShortcutKind:
    if block.projection is not None:
        return "projection"
    return "zero padding" if block.zero_padded else "identity"


def branches(block: str) -> tuple[str, str, str]:
    """The outputs an X-ray of the block is made of."""
    return f"{block}.shortcut", f"{block}.residual", block


def likely(spec: ResNetSpec, images: Floats, known: Mapping[str, Floats], stage: str) -> Request:
    """What the first X-ray in a stage asks for; the other blocks of the stage are then answered by the same graph."""
    first = next(one for one in spec.stages if one.name == stage).blocks[0]
    return resumed(spec, images, branches(first.name), None, known)


def dissect(
    spec: ResNetSpec, block: str, maps: Mapping[str, Floats], intervention: Intervention | None = None
) -> BlockXRay:
    """Takes `block` apart: `maps` (C, H, W) are its `branches`, computed under `intervention`.

    Raises LensError for a block that the network has not, or that has no shortcut, and for maps that are missing.
    """
    found = block_of(spec, block)
    for name in branches(block):
        if name not in maps:
            raise LensError(f"An X-ray of {block} needs “{name}”, which was not computed.")
    x, f, y = (maps[name] for name in branches(block))
    gate = 1.0 if intervention is None else intervention.gates.get(block, 1.0)
    total = x + f if gate == 1.0 else x + np.float32(gate) * f
    sums = channel_sums(x, f, y)
    return BlockXRay(found, x, f, total, y, effect(block, sums, gate), sums)
