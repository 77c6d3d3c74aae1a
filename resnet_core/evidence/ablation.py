"""Which channels matter: take one away, or all others, and measure what becomes of the answer.

A channel is ablated by putting 0, or its own mean over the picture, in the place of its map at the output of a stage.
The mean takes away *where* the channel fired and leaves *how much*: 0 is a value the layers after it may never have
seen. Morcos et al. 2018 (arXiv:1803.06959) ablate whole feature maps so; their mean is that of a data set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from resnet_core.engines.base import Activations, Floats, Intervention, Request, Start
from resnet_core.errors import Cancelled, LensError
from resnet_core.evidence.numbers import Numbers
from resnet_core.networks import describe
from resnet_core.probabilities import softmax
from resnet_core.spec import ResNetSpec

if TYPE_CHECKING:
    from resnet_core.weights.head import Head

By = Literal["zero", "mean"]
BY: tuple[By, ...] = ("zero", "mean")

Run = Callable[[Request], Activations]
COUNT = 64
"""How many channels of a stage are measured unless somebody says."""

RUN_COST = 2.0
"""How much one run of a sweep may cost, in inferences of the whole network: what a click may have to wait for.

Measured for a ResNet-50 on a CPU, 64 channels in such runs take at most 1.1 times as long as in runs of 32.
"""

MOST_AT_ONCE = 16


def ablate(
    stage: str, channel: int, maps: Floats, by: By = "zero", *, onto: Intervention | None = None
) -> Intervention:
    """Channel `channel` of `stage` taken away, besides what `onto` changes already. `maps` (C, H, W) are the stage's.

    Raises LensError for a channel that is not there.
    """
    _check(stage, channel, maps)
    mask, offset = _numbers(stage, len(maps), onto)
    mask[channel], offset[channel] = 0, _value(maps[channel], by)
    return _with(stage, mask, offset, onto)


def solo(stage: str, channel: int, maps: Floats, by: By = "zero", *, onto: Intervention | None = None) -> Intervention:
    """Every other channel of `stage` taken away; `onto` is kept for the rest of the network. Raises as `ablate`."""
    _check(stage, channel, maps)
    mask = np.zeros(len(maps), np.float32)
    offset = np.array([_value(one, by) for one in maps], np.float32)
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


@dataclass(frozen=True, eq=False)
class Effects:
    """What each of `channels`, taken away alone, does to the answer.

    `before` (classes,) are the logits with all of them there, `change` (channels, classes) is what is added to each.
    """

    channels: tuple[int, ...]
    before: Floats
    change: Floats

    def on(self, target: int) -> Floats:
        """(channels,): the change of one class's logit."""
        column: Floats = self.change[:, target]
        return column

    def strongest(self, target: int, count: int) -> Effects:
        """The `count` channels with the largest effect on a class's logit, either way, the largest first."""
        rows = np.argsort(-np.abs(self.on(target)), kind="stable")[:count]
        return Effects(tuple(self.channels[row] for row in rows.tolist()), self.before, self.change[rows])

    def on_probability(self, target: int) -> Floats:
        """(channels,): the change of one class's probability, -1 … 1."""
        after = softmax(self.before + self.change.astype(np.float64))[:, target]
        return np.asarray(after - softmax(self.before.astype(np.float64))[target], np.float32)

    def top_without(self, row: int) -> int:
        """The most probable class once the channel in this row is gone."""
        return int(np.argmax(self.before + self.change[row]))

    def numbers(self, stage: str, by: By, target: int, label: Callable[[int], str]) -> Numbers:
        """To be written down: what the channels do to one class, the largest effect first, and to all of them."""
        found = self.strongest(target, len(self.channels))
        on, probability = found.on(target).tolist(), found.on_probability(target).tolist()
        return Numbers(
            facts={
                "stage": stage,
                "by": by,
                "class": {"label": label(target), "index": target, "logit": float(self.before[target])},
                "top": label(int(np.argmax(self.before))),
            },
            rows=[
                {
                    "channel": channel,
                    "logit_change": on[row],
                    "probability_change": probability[row],
                    "top_without": label(found.top_without(row)),
                }
                for row, channel in enumerate(found.channels)
            ],
            rows_name="channels",
            arrays={"logit_changes": found.change},
        )


def joined(parts: Sequence[Effects]) -> Effects:
    """The effects of several batches as one; at least one batch."""
    channels = tuple(channel for part in parts for channel in part.channels)
    return Effects(channels, parts[0].before, np.concatenate([part.change for part in parts]))


def sweep(
    run: Run,
    spec: ResNetSpec,
    stage: str,
    maps: Floats,
    channels: Sequence[int],
    *,
    by: By = "zero",
    head: Head | None = None,
    intervention: Intervention | None = None,
    before: Floats | None = None,
    batch: int | None = None,
    cancel: Callable[[], bool] = lambda: False,
) -> Iterator[Effects]:
    """Ablates each of `channels` of `stage` alone and measures the change of every logit, a batch after another.

    `maps` (C, H, W) are the stage's output, from which only the rest of the network is run; an `intervention` made
    there or earlier is in them already. Of the last stage the logits are linear in the channels: with the `head` they
    are computed, exactly, in one matrix product. `before`, known from an earlier sweep, spares a run; `batch` None:
    `batch_at`. Raises LensError for a channel that is not there, EngineError, and Cancelled when `cancel` says so
    between two batches.
    """
    for channel in channels:
        _check(stage, channel, maps)
    if not channels:
        return
    if head is not None and stage == spec.stage_names[-1]:
        yield through_head(maps, channels, head, by)
        return
    batch = batch or batch_at(spec, stage)
    tries = np.repeat(maps[np.newaxis], min(batch, len(channels)) + 1, axis=0)
    for first in range(0, len(channels), batch):
        if cancel():
            raise Cancelled
        some = tuple(channels[first : first + batch])
        for one, channel in zip(tries, some, strict=False):
            one[channel] = _value(maps[channel], by)
        rows = len(some) + (before is None)  # from the last row nothing is taken away
        logits = run(Request(None, ("logits",), intervention, Start(stage, tries[:rows]))).outputs["logits"]
        for one, channel in zip(tries, some, strict=False):
            one[channel] = maps[channel]
        before = logits[-1] if before is None else before
        yield Effects(some, before, logits[: len(some)] - before)


def batch_at(spec: ResNetSpec, stage: str) -> int:
    """How many channels of a stage are measured in one run, so that it costs about `RUN_COST`."""
    macs = {part.name: part.macs for part in describe(spec, spec.input_px, spec.input_px).stages}
    names = list(macs)
    share = sum(macs[name] for name in names[names.index(stage) + 1 :]) / sum(macs.values())
    return min(max(round(RUN_COST / share), 1), MOST_AT_ONCE)


def through_head(maps: Floats, channels: Sequence[int], head: Head, by: By = "zero") -> Effects:
    """The effects of channels of the last stage, maps (C, H, W): logit = sum over k of w_k mean(A_k), plus b.

    Replacing a map by its mean changes nothing there: the average pool had left nothing else of it.
    """
    means = maps.mean(axis=(1, 2), dtype=np.float64)
    before = (head.weight.astype(np.float64) @ means + head.bias).astype(np.float32)
    chosen = list(channels)
    left = np.zeros(len(chosen)) if by == "zero" else means[chosen]
    change = head.weight[:, chosen].astype(np.float64) * (left - means[chosen])
    return Effects(tuple(chosen), before, change.T.astype(np.float32))


def _value(plane: Floats, by: By) -> float:
    """What is put in the place of a map."""
    if by not in BY:
        raise LensError(f"A channel can't be replaced by “{by}”. Known: {', '.join(BY)}.")
    return 0.0 if by == "zero" else float(plane.mean(dtype=np.float64))


def _check(stage: str, channel: int, maps: Floats) -> None:
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
