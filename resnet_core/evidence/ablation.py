"""Which channels matter: take one away, or all others, and measure what becomes of the answer.

A channel is ablated by putting 0, or its own mean over the picture, in the place of its map at the output of a stage.
The mean takes away *where* the channel fired and leaves *how much*: 0 is a value the layers after it may never have
seen. Morcos et al. 2018 (arXiv:1803.06959) ablate whole feature maps so; their mean is that of a data set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import numpy as np

from resnet_core.engines.base import Floats, Intervention
from resnet_core.errors import LensError

By = Literal["zero", "mean"]
BY: tuple[By, ...] = ("zero", "mean")


def ablate(
    stage: str, channel: int, maps: Floats, by: By = "zero", *, onto: Intervention | None = None
) -> Intervention:
    """Channel `channel` of `stage` taken away, besides what `onto` changes already. `maps` (C, H, W) are the stage's.

    Raises LensError for a channel that is not there.
    """
    check_channel(stage, channel, maps)
    mask, offset = _numbers(stage, len(maps), onto)
    mask[channel], offset[channel] = 0, replacement(maps[channel], by)
    return _with(stage, mask, offset, onto)


def solo(stage: str, channel: int, maps: Floats, by: By = "zero", *, onto: Intervention | None = None) -> Intervention:
    """Every other channel of `stage` taken away; `onto` is kept for the rest of the network. Raises as `ablate`."""
    check_channel(stage, channel, maps)
    mask = np.zeros(len(maps), np.float32)
    offset = np.array([replacement(one, by) for one in maps], np.float32)
    mask[channel], offset[channel] = 1, 0
    return _with(stage, mask, offset, onto)


def restore(stage: str, channel: int | None, onto: Intervention) -> Intervention:
    """`onto` with one channel of `stage` as trained again; None: with all of them."""
    if stage not in onto.masks and stage not in onto.offsets:
        return onto
    mask, offset = _numbers(stage, len(onto.masks[stage] if stage in onto.masks else onto.offsets[stage]), onto)
    place = slice(None) if channel is None else channel
    mask[place], offset[place] = 1, 0
    return _with(stage, mask, offset, onto)


def renewed(change: Intervention, before: Mapping[str, Floats], after: Mapping[str, Floats]) -> Intervention:
    """`change` for another picture: what stands there for a channel's mean over the one before is its mean over this.

    `before` and `after` are the maps (C, H, W) of the two by stage, of the network as trained.
    """
    offsets: dict[str, Floats] = {}
    for stage, offset in change.offsets.items():
        maps = before.get(stage), after.get(stage)
        if maps[0] is None or maps[1] is None or maps[0] is maps[1] or not len(maps[0]) == len(maps[1]) == len(offset):
            continue
        then, now = (each.mean(axis=(1, 2), dtype=np.float64) for each in maps if each is not None)
        gone = np.isin(np.arange(len(offset)), list(ablated(stage, change)))
        means = gone & np.isclose(offset, then, rtol=1e-3, atol=0)
        if (means & (offset != 0)).any():  # else they are zeros, and stay so
            offsets[stage] = np.where(means, now, offset).astype(np.float32)
    return replace(change, offsets={**change.offsets, **offsets}) if offsets else change


def ablated(stage: str, intervention: Intervention | None) -> frozenset[int]:
    """The channels of `stage` that an intervention takes away."""
    mask = None if intervention is None else intervention.masks.get(stage)
    return frozenset() if mask is None else frozenset(np.flatnonzero(mask == 0).tolist())


def soloed(stage: str, intervention: Intervention | None) -> int | None:
    """The only channel of `stage` that an intervention leaves; None where it leaves more, or none."""
    mask = None if intervention is None else intervention.masks.get(stage)
    left = [] if mask is None else np.flatnonzero(mask).tolist()
    return left[0] if mask is not None and len(mask) > 1 and len(left) == 1 else None


def replacement(plane: Floats, by: By) -> float:
    """What is put in the place of a map (H, W). Raises LensError for another way than those of `BY`."""
    if by not in BY:
        raise LensError(f"A channel can't be replaced by “{by}”. Known: {', '.join(BY)}.")
    return 0.0 if by == "zero" else float(plane.mean(dtype=np.float64))


def check_channel(stage: str, channel: int, maps: Floats) -> None:
    """Raises LensError for a channel that the maps (C, H, W) of a stage do not have."""
    if not 0 <= channel < len(maps):
        raise LensError(f"{stage} has no channel {channel}: its channels are 0 to {len(maps) - 1}.")


def _numbers(stage: str, count: int, onto: Intervention | None) -> tuple[Floats, Floats]:
    """Copies of the mask and the offset of a stage, as trained where `onto` does not name it."""
    mask, offset = (None, None) if onto is None else (onto.masks.get(stage), onto.offsets.get(stage))
    return (
        np.ones(count, np.float32) if mask is None else np.array(mask, np.float32),
        np.zeros(count, np.float32) if offset is None else np.array(offset, np.float32),
    )


def _with(stage: str, mask: Floats, offset: Floats, onto: Intervention | None) -> Intervention:
    onto = onto or Intervention()
    return Intervention(onto.gates, {**onto.masks, stage: mask}, {**onto.offsets, stage: offset})
