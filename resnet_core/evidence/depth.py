"""How much each block changes what runs through it: the depth profile of a network for one picture.

A residual network can be read as one stream that every block adds a little to (Veit et al. 2016, arXiv:1605.06431;
Greff et al. 2016, arXiv:1612.07771): for each block, how large is what F adds, and does it point the same way?
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resnet_core.blocks import Block
from resnet_core.engines.base import Floats, Request, Run
from resnet_core.engines.resume import resumed
from resnet_core.errors import LensError
from resnet_core.evidence.numbers import Numbers
from resnet_core.spec import ResNetSpec

NOTHING: Mapping[str, Floats] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class BlockEffect:
    """What a block's F does to its shortcut x, over all channels and places.

    `change` is how far the block's output is from what it would be without F, as a part of that:
    ||relu(x + g F) - relu(x)|| / ||relu(x)||, g being the gate of an intervention, else 1.
    """

    block: str
    residual_norm: float  # ||F(x)||, before the gate
    shortcut_norm: float  # ||x||, after the projection where there is one
    cosine: float  # of the angle between F(x) and x, -1 … 1; NaN where one of them is 0
    change: float
    gate: float = 1.0

    @property
    def ratio(self) -> float:
        """||F(x)|| / ||x||; infinite where only x is 0, NaN where both are."""
        return divided(self.residual_norm, self.shortcut_norm)

    def as_row(self) -> dict[str, Any]:
        """For a table or JSON: a number that is none is None."""
        return {
            "block": self.block,
            "residual_norm": finite(self.residual_norm),
            "shortcut_norm": finite(self.shortcut_norm),
            "ratio": finite(self.ratio),
            "cosine": finite(self.cosine),
            "change": finite(self.change),
        }


def profile(
    run: Run, spec: ResNetSpec, images: Floats, *, known: Mapping[str, Floats] = NOTHING
) -> tuple[BlockEffect, ...]:
    """The effect of every block on `images` (1, 3, H, W), in order of depth.

    `known` are maps (C, H, W) of the same images that are there already. Raises LensError for a network without
    shortcuts.
    """
    return tuple(profile_as_it_comes(run, spec, images, known=known))


def profile_as_it_comes(
    run: Run, spec: ResNetSpec, images: Floats, *, known: Mapping[str, Floats] = NOTHING
) -> Iterator[BlockEffect]:
    """As `profile`, one by one: a stage is asked for when its first block is wanted, and forgotten after its last.

    So a ResNet-152 at 224 px holds the 60 MB of one stage at a time, not the 100 MB of all.
    """
    check_residual(spec)
    stages = ("conv1", *(stage.name for stage in spec.stages[:-1]))
    if not all(name in known for name in stages):
        found = run(Request(images, stages)).outputs
        known = {name: found[name][0] for name in stages}
    for stage in spec.stages:
        wanted = tuple(f"{block.name}.{branch}" for block in stage.blocks for branch in ("shortcut", "residual"))
        maps = dict(run(resumed(spec, images, wanted, None, known)).outputs)
        for block in stage.blocks:
            x, f = maps.pop(f"{block.name}.shortcut")[0], maps.pop(f"{block.name}.residual")[0]
            yield effect(block.name, channel_sums(x, f, relu(x + f)))


@dataclass(frozen=True, eq=False)
class ChannelSums:
    """What every norm and cosine of a block is made of, a number a channel, (C,) float64: sums over the places."""

    shortcut: NDArray[np.float64]  # of x²
    residual: NDArray[np.float64]  # of F(x)²
    product: NDArray[np.float64]  # of x F(x)
    without: NDArray[np.float64]  # of relu(x)²
    moved: NDArray[np.float64]  # of (y - relu(x))²


def channel_sums(x: Floats, f: Floats, y: Floats) -> ChannelSums:
    """For a block's shortcut, residual and output, (C, H, W) each."""
    without = relu(x)
    moved = y - without
    pairs = ((x, x), (f, f), (x, f), (without, without), (moved, moved))
    return ChannelSums(*(_dots(first, second) for first, second in pairs))


def effect(block: str, sums: ChannelSums, gate: float = 1.0) -> BlockEffect:
    """What the sums over all channels say."""
    shortcut, residual, product, without, moved = (
        float(part.sum()) for part in (sums.shortcut, sums.residual, sums.product, sums.without, sums.moved)
    )
    cosine = divided(product, math.sqrt(shortcut) * math.sqrt(residual))
    return BlockEffect(
        block,
        math.sqrt(residual),
        math.sqrt(shortcut),
        min(max(cosine, -1.0), 1.0) if math.isfinite(cosine) else math.nan,
        math.sqrt(divided(moved, without)) if moved else 0.0,
        gate,
    )


def as_numbers(effects: tuple[BlockEffect, ...], facts: Mapping[str, Any]) -> Numbers:
    """The profile to be taken along, one row a block."""
    return Numbers(facts, [one.as_row() for one in effects], "blocks")


def check_residual(spec: ResNetSpec) -> None:
    """Raises LensError for a network whose blocks have no shortcut."""
    if not spec.residual:
        raise LensError(
            f"{spec.network} is a plain network: its blocks compute F(x) alone, with no shortcut x to compare it with."
        )


def block_of(spec: ResNetSpec, name: str) -> Block:
    """Raises LensError for a block that the network has not, or that has no shortcut."""
    check_residual(spec)
    found = next((block for block in spec.blocks if block.name == name), None)
    if found is None:
        raise LensError(
            f"{spec.network} has no block “{name}”: its blocks are {spec.blocks[0].name} … {spec.blocks[-1].name}."
        )
    return found


def relu(maps: Floats) -> Floats:
    result: Floats = np.maximum(maps, np.float32(0))
    return result


def divided(a: float, b: float) -> float:
    """a / b; NaN for 0 / 0, infinite for another number by 0."""
    if b:
        return a / b
    return math.inf if a > 0 else math.nan


def finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _dots(first: Floats, second: Floats) -> NDArray[np.float64]:
    """(C,): of each channel, the sum over its places of the products. In float32 by parts of a row, then exactly."""
    rows: Floats = np.einsum("chw,chw->ch", first, second)
    sums: NDArray[np.float64] = rows.sum(axis=1, dtype=np.float64)
    return sums
