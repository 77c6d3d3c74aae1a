"""What excites a channel: of many pictures the places where it is highest, cut out to what the unit there can see.

After Zeiler and Fergus 2013, "Visualizing and Understanding Convolutional Networks" (arXiv:1311.2901), figure 2. One
pass over the pictures ranks the places of every channel of an output at once: that costs no more than one of them.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from resnet_core.blocks import ReceptiveField
from resnet_core.calls import Cancel
from resnet_core.colours import Rgb
from resnet_core.decoding import decoded_ahead
from resnet_core.engines.base import Floats, Request, Run
from resnet_core.errors import LensError
from resnet_core.evidence.numbers import Numbers
from resnet_core.images import Picture, load_image
from resnet_core.preprocess import Preprocess
from resnet_core.spec import ResNetSpec

COUNT = 24
"""Patches a channel keeps."""

Source = Path | Picture


@dataclass(frozen=True)
class Spot:
    """Unit (y, x) of a channel's map and its value, in the picture with this number."""

    picture: int
    y: int
    x: int
    value: float


class Ranking:
    """The `count` highest places of every channel, at most one a picture. Maps may come in any order."""

    def __init__(self, count: int = COUNT) -> None:
        self.count = count
        self._values: Floats | None = None  # (C, kept), the highest first
        self._pictures = np.empty((0, 0), np.int32)
        self._units = np.empty((0, 0), np.int32)  # y * W + x
        self._width = 1

    def copy(self) -> Ranking:
        """As it is now; going on with one does not change the other."""
        return copy.copy(self)  # the arrays are replaced, never written to

    def add(self, maps: Floats, first: int) -> None:
        """Maps (N, C, H, W) of the pictures `first`, `first` + 1, … Values that are no numbers don't count."""
        pictures, channels, _, self._width = maps.shape
        flat = maps.reshape(pictures, channels, -1)
        if not np.isfinite(flat.min()) or not np.isfinite(flat.max()):
            flat = np.where(np.isfinite(flat), flat, -np.inf).astype(np.float32)
        units = flat.argmax(axis=2)
        values = np.take_along_axis(flat, units[..., None], axis=2)[..., 0]
        numbers = np.broadcast_to(np.arange(first, first + pictures, dtype=np.int32)[:, None], values.shape)
        fresh = (values.T, numbers.T, units.astype(np.int32).T)
        if self._values is not None:
            kept = (self._values, self._pictures, self._units)
            fresh = tuple(np.concatenate(pair, axis=1) for pair in zip(kept, fresh, strict=True))  # type: ignore[assignment]
        # Equal values keep the order of the pictures, whatever the size of the batches.
        order = np.lexsort((fresh[1], -fresh[0]), axis=1)[:, : self.count]
        self._values, self._pictures, self._units = (np.take_along_axis(part, order, axis=1) for part in fresh)

    def of(self, channel: int, *, signed: bool) -> tuple[Spot, ...]:
        """The places of a channel, the highest first; unless it is `signed`, only those where it is above 0.

        Raises LensError for a channel that is not there.
        """
        if self._values is None:
            return ()
        if not 0 <= channel < len(self._values):
            raise LensError(f"There is no channel {channel}: they are numbered from 0 to {len(self._values) - 1}.")
        rows = zip(self._values[channel], self._pictures[channel], self._units[channel], strict=True)
        return tuple(
            Spot(int(picture), *divmod(int(unit), self._width), float(value))
            for value, picture, unit in rows
            if np.isfinite(value) and (signed or value > 0)
        )


@dataclass(frozen=True, eq=False)
class Step:
    """How far a search is. `done` pictures were looked at or failed; `ranking` goes on changing, copy it to keep it.

    `seen` are the pictures of the last batch by number, as the network saw them, uint8 (S, S, 3); `failed` those of
    the last batch that can't be used.
    """

    done: int
    ranking: Ranking
    seen: Mapping[int, Rgb]
    failed: Mapping[int, LensError]


def search(
    sources: Iterable[Source],
    run: Run,
    preprocess: Preprocess,
    output: str,
    *,
    count: int = COUNT,
    ranking: Ranking | None = None,
    first: int = 0,
    cancel: Cancel | None = None,
) -> Iterator[Step]:
    """Look at every picture; a step after each batch. `sources` is read as the work goes on, and may have no end.

    A file that can't be used is told in its step. Raises EngineError when the network can't run at all, Cancelled
    when `cancel` says so. Pictures are numbered in the order they come, from `first`; a search that found `ranking` in
    other pictures is gone on with.
    """
    ranking = Ranking(count) if ranking is None else ranking.copy()
    done = first
    with decoded_ahead(enumerate(sources, first), lambda one: look(one[1], preprocess), cancel) as batches:
        for batch in batches:
            seen = {number: one for (number, _), one in batch if not isinstance(one, LensError)}
            failed = {number: one for (number, _), one in batch if isinstance(one, LensError)}
            for numbers in _runs(sorted(seen)):
                images = np.concatenate([preprocess.normalise(seen[number]) for number in numbers])
                ranking.add(run(Request(images, (output,))).outputs[output], numbers[0])
            done += len(batch)
            yield Step(done, ranking, seen, failed)


def look(source: Source, preprocess: Preprocess) -> Rgb:
    """What the network sees of a picture, uint8 (S, S, 3). Raises ImageError."""
    picture = source if isinstance(source, Picture) else load_image(source)
    return preprocess.look(picture.rgb)


def _runs(numbers: list[int]) -> Iterator[list[int]]:
    """Numbers that follow each other, together: a picture between them could not be used."""
    start = 0
    for index in range(1, len(numbers) + 1):
        if index == len(numbers) or numbers[index] != numbers[index - 1] + 1:
            yield numbers[start:index]
            start = index


@dataclass(frozen=True)
class Window:
    """What is cut out around a unit: left, top, right, bottom in pixels of the network's input, perhaps outside it.

    `field` is the unit's receptive field, clipped to the input; `whole` says whether the window is all of it.
    """

    box: tuple[int, int, int, int]
    field: tuple[int, int, int, int]
    whole: bool


def window(field: ReceptiveField, y: int, x: int, side: int) -> Window:
    """The receptive field of unit (y, x); where that is larger than the input of `side` px, so much around its middle.

    Deep units see more than there is: their field would be mostly padding.
    """
    size = min(field.size, side)
    left, top = (round(field.centre(unit) - size / 2) for unit in (x, y))
    (y0, y1), (x0, x1) = field.span(y, side), field.span(x, side)
    return Window((left, top, left + size, top + size), (x0, y0, x1, y1), size == field.size)


def cut(seen: Rgb, box: tuple[int, int, int, int], preprocess: Preprocess) -> Rgb:
    """A part of what the network saw, (bottom - top, right - left, 3) uint8.

    What lies outside has the mean colour, which is what the network's own padding with 0 means.
    """
    left, top, right, bottom = box
    height, width = seen.shape[:2]
    patch = np.empty((bottom - top, right - left, 3), np.uint8)
    patch[:] = np.rint(np.multiply(preprocess.mean, 255)).astype(np.uint8)
    x0, y0, x1, y1 = max(left, 0), max(top, 0), min(right, width), min(bottom, height)
    if x1 > x0 and y1 > y0:
        patch[y0 - top : y1 - top, x0 - left : x1 - left] = seen[y0:y1, x0:x1]
    return patch


@dataclass(frozen=True, eq=False)
class Patch:
    """A place of a channel, with what the unit there could see, uint8 (h, w, 3). `path` is None for no file."""

    spot: Spot
    name: str
    path: Path | None
    rgb: Rgb
    window: Window


def patch(source: Source, seen: Rgb, spot: Spot, spec: ResNetSpec, preprocess: Preprocess, output: str) -> Patch:
    """Cut `spot` out of what the network saw of `source`. Raises LensError for an output that has no maps."""
    part = window(spec.receptive_field(output), spot.y, spot.x, seen.shape[0])
    name, path = (source.name, source.path) if isinstance(source, Picture) else (source.name, source)
    return Patch(spot, name, path, cut(seen, part.box, preprocess), part)


def numbers(
    patches: Iterable[Patch], *, weights: str, output: str, channel: int, looked_at: int, failed: int, field_px: int
) -> Numbers:
    """The patches of a channel as rows: where they are, and what the unit saw in pixels of the network's input."""
    facts = {
        "weights": weights,
        "output": output,
        "channel": channel,
        "pictures": looked_at,
        "failed": failed,
        "receptive_field_px": field_px,
    }
    rows = [
        {
            "rank": rank,
            "value": one.spot.value,
            "picture": one.name,
            "path": None if one.path is None else str(one.path),
            "y": one.spot.y,
            "x": one.spot.x,
            "field": list(one.window.field),
        }
        for rank, one in enumerate(patches, start=1)
    ]
    return Numbers(facts, rows, "patches")
