"""What each channel is worth: taken away alone, what it does to the logit of every class.

All that comes after the stage has to run for each channel. Where that takes long and the device has a faster
arithmetic, a first look in it comes before the exact measure: in bfloat16, on the photos and stages tried, it is off by
0.003 of a logit in the mean, correlates with the exact effects by 0.997 or more, and takes a third of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from resnet_core.calls import Cancel
from resnet_core.engines.base import Floats, Request, Run, Start
from resnet_core.errors import Cancelled
from resnet_core.evidence.ablation import By, check_channel, replacement
from resnet_core.evidence.numbers import Numbers
from resnet_core.networks import describe
from resnet_core.probabilities import softmax
from resnet_core.spec import ResNetSpec

if TYPE_CHECKING:
    from resnet_core.weights.head import Head

COUNT = 64
"""How many channels of a stage are measured unless somebody says."""

RUN_COST = 2.0
"""How much one run of a sweep may cost, in inferences of the whole network: what a click may have to wait for.

Measured for a ResNet-50 on a CPU, 64 channels in such runs take at most 1.1 times as long as in runs of 32.
"""

MOST_AT_ONCE = 16

ROUGH_COST = 0.3
"""What a rough run costs of an exact one: bfloat16 on a CPU with matrix units for it."""

LOOK_FROM_MACS = 60e9
"""A sweep of more than this, about a second on two cores, begins with a rough look."""


@dataclass(frozen=True, eq=False)
class Effects:
    """What each of `channels`, taken away alone, does to the answer.

    `before` (classes,) are the logits with all of them there, `change` (channels, classes) is what is added to each.
    Of the channels in `rough` it was measured in a faster arithmetic than the one asked for.
    """

    channels: tuple[int, ...]
    before: Floats
    change: Floats
    rough: frozenset[int] = frozenset()

    @property
    def exact_before(self) -> Floats | None:
        """`before`, to measure other channels against; None where all there is was a rough look."""
        return self.before if len(self.rough) < len(self.channels) else None

    @property
    def is_rough(self) -> Floats:
        """(channels,): 1 where the change was measured roughly, else 0."""
        return np.array([channel in self.rough for channel in self.channels], np.float32)

    def on(self, target: int) -> Floats:
        """(channels,): the change of one class's logit."""
        column: Floats = self.change[:, target]
        return column

    def strongest(self, target: int, count: int) -> Effects:
        """The `count` channels with the largest effect on a class's logit, either way, the largest first."""
        return self.rows(np.argsort(-np.abs(self.on(target)), kind="stable")[:count].tolist())

    def rows(self, rows: Sequence[int]) -> Effects:
        """The channels of these rows alone, in this order."""
        channels = tuple(self.channels[row] for row in rows)
        return Effects(channels, self.before, self.change[list(rows)], self.rough & set(channels))

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
                **({"rough_channels": len(self.rough)} if self.rough else {}),
            },
            rows=[
                {
                    "channel": channel,
                    "logit_change": on[row],
                    "probability_change": probability[row],
                    "top_without": label(found.top_without(row)),
                    **({"rough": channel in self.rough} if self.rough else {}),
                }
                for row, channel in enumerate(found.channels)
            ],
            rows_name="channels",
            arrays={"logit_changes": found.change, **({"rough": found.is_rough} if self.rough else {})},
        )


def joined(parts: Sequence[Effects]) -> Effects:
    """The effects of several batches as one; at least one batch. Of a channel that is in two of them, the later."""
    rows = {channel: (part, row) for part in parts for row, channel in enumerate(part.channels)}
    before = next((part.before for part in parts if part.exact_before is not None), parts[0].before)
    rough = frozenset(channel for channel, (part, _) in rows.items() if channel in part.rough)
    return Effects(tuple(rows), before, np.stack([part.change[row] for part, row in rows.values()]), rough)


def look_and_sweep(
    run: Run,
    spec: ResNetSpec,
    stage: str,
    maps: Floats,
    channels: Sequence[int],
    target: int,
    *,
    by: By = "zero",
    head: Head | None = None,
    known: Effects | None = None,
    logits: Floats | None = None,
    cancel: Cancel = lambda: False,
) -> Iterator[Effects]:
    """As `sweep`, without what is `known` exactly; where that takes long, all channels are looked at roughly before.

    Of what was measured roughly, what matters most to the class `target` is measured first. `logits` (classes,) are
    what rough changes are told against, where they are known exactly.
    """
    todo = [channel for channel in channels if known is None or channel not in known.channels]
    if _macs_after(spec, stage) * len(todo) > LOOK_FROM_MACS:
        for part in sweep(run, spec, stage, maps, todo, by=by, head=head, rough=True, cancel=cancel):
            if part.rough and logits is not None:
                part = replace(part, before=logits)
            yield part
            known = part if known is None else joined([known, part])
        todo = []
    if known is not None:
        again = known.rough & set(channels)
        todo += [channel for channel in known.strongest(target, len(known.channels)).channels if channel in again]
    before = None if known is None else known.exact_before
    yield from sweep(run, spec, stage, maps, todo, by=by, head=head, before=before, cancel=cancel)


def likely(spec: ResNetSpec, stage: str, maps: Floats, count: int = COUNT) -> Request | None:
    """What `look_and_sweep` asks for first, of `count` channels of the stage's `maps` (C, H, W).

    None of the last stage: see `sweep`.
    """
    if stage == spec.stage_names[-1]:
        return None
    rough = _macs_after(spec, stage) * min(count, len(maps)) > LOOK_FROM_MACS
    rows = min(rows_at(spec, stage, rough=rough), count + 1)  # as many: a new number costs half an inference
    return Request(None, ("logits",), None, Start(stage, np.repeat(maps[np.newaxis], rows, axis=0)), rough)


def sweep(
    run: Run,
    spec: ResNetSpec,
    stage: str,
    maps: Floats,
    channels: Sequence[int],
    *,
    by: By = "zero",
    head: Head | None = None,
    before: Floats | None = None,
    rows: int | None = None,
    rough: bool = False,
    cancel: Cancel = lambda: False,
) -> Iterator[Effects]:
    """Ablates each of `channels` of `stage` alone and measures the change of every logit, a batch after another.

    `maps` (C, H, W) are the stage's output, from which only the rest of the network is run. Of the last stage the
    logits are linear in the channels: with the `head` they are computed, exactly, in one matrix product. A run has
    `rows` networks, at least two, None: `rows_at`; the last of the first one is as trained, unless `before` is known
    from an earlier sweep. `rough`: in the fastest arithmetic the device has, measured against `before` in the same.
    Raises LensError for a channel that is not there, EngineError, and Cancelled when `cancel` says so between two
    batches.
    """
    for channel in channels:
        check_channel(stage, channel, maps)
    if not channels:
        return
    if head is not None and stage == spec.stage_names[-1]:
        yield through_head(maps, channels, head, by)
        return
    exactly, roughly = (rows or rows_at(spec, stage, rough=one) for one in (False, rough))
    tries = np.repeat(maps[np.newaxis], min(max(exactly, roughly), len(channels) + 1), axis=0)
    at_once, todo = roughly, tuple(channels)
    before_is_rough = False
    while todo:
        if cancel():
            raise Cancelled
        count = at_once - (before is None)
        some, todo = todo[:count], todo[count:]
        for one, channel in zip(tries, some, strict=False):
            one[channel] = replacement(maps[channel], by)
        used = len(some) + (before is None)  # from the last row nothing is taken away
        found = run(Request(None, ("logits",), None, Start(stage, tries[:used]), rough))
        logits = found.outputs["logits"]
        for one, channel in zip(tries, some, strict=False):
            one[channel] = maps[channel]
        if before is not None and found.rough != before_is_rough:  # another device had to serve: all of it once more
            before, todo = None, some + todo
            continue
        before, before_is_rough = logits[-1] if before is None else before, found.rough
        at_once = roughly if found.rough else exactly
        yield Effects(some, before, logits[: len(some)] - before, frozenset(some if found.rough else ()))


def rows_at(spec: ResNetSpec, stage: str, *, rough: bool = False) -> int:
    """How many networks without a channel run together, so that they cost about `RUN_COST`; at least two."""
    share = _macs_after(spec, stage) / _macs_after(spec, None) * (ROUGH_COST if rough else 1)
    return min(max(round(RUN_COST / share), 2), MOST_AT_ONCE)


def _macs_after(spec: ResNetSpec, stage: str | None) -> int:
    """The multiply-adds of what comes after a stage, for one picture; None: of the whole network."""
    macs = {part.name: part.macs for part in describe(spec, spec.input_px, spec.input_px).stages}
    names = list(macs)
    return sum(macs[name] for name in names[0 if stage is None else names.index(stage) + 1 :])


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
