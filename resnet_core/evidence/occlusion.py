"""Cover a part of the picture and ask again: what the class loses is what that part was worth to it.

The cover is the grey that the network's pictures have on average, which is 0 after normalisation (Zeiler and Fergus
2013, arXiv:1311.2901, section 4.2). Every number here is a forward of its own, nothing is estimated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from resnet_core.calls import Cancel
from resnet_core.engines.base import Floats, Intervention, Request, Run
from resnet_core.errors import Cancelled, LensError
from resnet_core.evidence.numbers import Numbers
from resnet_core.probabilities import softmax

RowDone = Callable[[int, Floats], None]

MOST_AT_ONCE = 16  # pictures in a batch; more were never faster on a CPU, and a picture in between has to wait for all
LONGEST_BATCH_MS = 120.0  # a patch that is moved meanwhile waits for this
GAIN = 0.95  # what counts as cheaper: this share of the time, or less


@dataclass(frozen=True)
class Patch:
    """A square of `size` px, its upper left corner at row `top`, column `left` of what the network sees."""

    top: int
    left: int
    size: int


@dataclass(frozen=True)
class Grid:
    """Where a patch is put: every `stride` px, and at the far edges, always whole. (h, w) = `shape` places."""

    size: int
    stride: int
    tops: tuple[int, ...]
    lefts: tuple[int, ...]

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.tops), len(self.lefts)

    @property
    def count(self) -> int:
        return len(self.tops) * len(self.lefts)

    @property
    def patches(self) -> tuple[Patch, ...]:
        """Row by row."""
        return tuple(Patch(top, left, self.size) for top in self.tops for left in self.lefts)


@dataclass(frozen=True, eq=False)
class Sweep:
    """The answers under a patch at every place of a grid. Rows that were not measured (yet) are NaN."""

    grid: Grid
    before: Floats  # (classes,) logits of the uncovered picture
    logits: Floats  # (h, w, classes)

    def drops(self, index: int) -> Floats:
        """(h, w): how much the class's logit falls under the patch. Above 0: the class needs this place."""
        found: Floats = self.before[index] - self.logits[..., index]
        return found

    def probabilities(self, index: int) -> Floats:
        """(h, w): the class's probability under the patch, 0 … 1."""
        found: Floats = softmax(self.logits)[..., index].astype(np.float32)
        return found

    def by_pixel(self, index: int, height: int, width: int) -> Floats:
        """(height, width): the mean drop of all patches over a pixel; 0 where there is none."""
        drops = self.drops(index)
        known = np.isfinite(drops)
        down, across = _covers(self.grid.tops, self.grid.size, height), _covers(self.grid.lefts, self.grid.size, width)
        total = down.T @ np.where(known, drops, 0) @ across
        count = down.T @ known.astype(np.float32) @ across
        found: Floats = (total / np.maximum(count, 1)).astype(np.float32)
        return found


def _covers(starts: tuple[int, ...], size: int, side: int) -> Floats:
    """(len(starts), side): 1 where a patch that starts there covers a pixel of the axis, else 0."""
    distance = np.arange(side) - np.array(starts)[:, None]
    inside: Floats = ((distance >= 0) & (distance < size)).astype(np.float32)
    return inside


def usual_size(side: int) -> int:
    """A patch's side in px for pictures of `side` px: a seventh of it, 32 at 224 px and 4 at 32 px."""
    step = 4 if side >= 28 else 1
    return max(1, side // 7 // step * step)


def grid(height: int, width: int, size: int, stride: int) -> Grid:
    """All places for a patch of `size` px in a picture. Raises LensError for one that is larger than the picture."""
    if not 1 <= size <= min(height, width):
        raise LensError(f"A patch of {size} px does not fit into a picture of {height} by {width} px.")
    if stride < 1:
        raise LensError("A patch moves by at least 1 px.")

    def starts(side: int) -> tuple[int, ...]:
        last = side - size
        inside = range(0, last + 1, stride)
        return tuple(inside) if inside[-1] == last else (*inside, last)

    return Grid(size, stride, starts(height), starts(width))


def clipped(patch: Patch, height: int, width: int) -> Patch:
    """The patch moved until it lies inside the picture."""
    top = min(max(patch.top, 0), height - patch.size)
    return Patch(top, min(max(patch.left, 0), width - patch.size), patch.size)


def covered(images: Floats, patch: Patch) -> Floats:
    """A preprocessed picture (1, 3, H, W) with the patch in it; the picture itself stays."""
    copy = images.copy()
    copy[..., patch.top : patch.top + patch.size, patch.left : patch.left + patch.size] = 0
    return copy


def effect(run: Run, images: Floats, patch: Patch, intervention: Intervention | None = None) -> Floats:
    """(classes,): the logits with this one place covered. One inference. Raises as `run` does."""
    logits: Floats = run(Request(covered(images, patch), ("logits",), intervention)).outputs["logits"][0]
    return logits


def sweep(
    run: Run,
    images: Floats,
    before: Floats,
    places: Grid,
    *,
    intervention: Intervention | None = None,
    cancel: Cancel | None = None,
    row_done: RowDone | None = None,
) -> Sweep:
    """Covers one place after the other, a forward each, in batches whose size is the fastest here by measurement.

    `images` (1, 3, H, W) preprocessed, `before` their logits (classes,). `row_done` gets every row of the grid when
    it is measured: its number and its logits (w, classes). Raises Cancelled, and as `run` does.
    """
    (rows, columns), patches = places.shape, places.patches
    logits = np.full((len(patches), len(before)), np.nan, np.float32)
    pace, done, told = _Pace(), 0, 0
    while done < len(patches):
        if cancel is not None and cancel():
            raise Cancelled
        batch = patches[done : done + pace.size]
        pictures = np.concatenate([covered(images, patch) for patch in batch])
        found = run(Request(pictures, ("logits",), intervention))
        pace.took(len(batch), found.elapsed_ms)
        logits[done : done + len(batch)] = found.outputs["logits"]
        done += len(batch)
        while row_done is not None and (told + 1) * columns <= done:
            row_done(told, logits[told * columns : (told + 1) * columns].copy())
            told += 1
    return Sweep(places, before, logits.reshape(rows, columns, len(before)))


class _Pace:
    """The size of a batch: 2, 4, 8 … for as long as that makes a picture cheaper, then the best that was seen."""

    def __init__(self) -> None:
        self.size = 2
        self._best = (float("inf"), 2)
        self._growing = True

    def took(self, pictures: int, elapsed_ms: float) -> None:
        if not self._growing or pictures < self.size:
            return
        each = elapsed_ms / pictures
        gains = each < GAIN * self._best[0]
        self._best = min(self._best, (each, pictures))
        self._growing = gains and pictures < MOST_AT_ONCE and elapsed_ms < LONGEST_BATCH_MS / 2
        self.size = pictures * 2 if self._growing else self._best[1]


def numbers(found: Sweep, index: int, label: Callable[[int], str]) -> Numbers:
    """What can be written down of a sweep: every place that was measured, and both maps (h, w)."""
    drops, probabilities = found.drops(index), found.probabilities(index)
    places = [
        {
            "top": patch.top,
            "left": patch.left,
            "logit": float(found.before[index]) - drop,
            "logit_drop": drop,
            "probability": probability,
        }
        for patch, drop, probability in zip(
            found.grid.patches, drops.ravel().tolist(), probabilities.ravel().tolist(), strict=True
        )
        if drop == drop
    ]
    return Numbers(
        facts={
            "class": {
                "label": label(index),
                "index": index,
                "logit": float(found.before[index]),
                "probability": float(softmax(found.before)[index]),
            },
            "patch_px": found.grid.size,
            "stride_px": found.grid.stride,
            "grid": list(found.grid.shape),
            "largest_drop": max(places, key=lambda place: place["logit_drop"], default=None),
        },
        rows=places,
        rows_name="places",
        arrays={"logit_drops": drops, "probabilities": probabilities},
    )
