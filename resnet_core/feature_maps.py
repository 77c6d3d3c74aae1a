"""Feature maps for the eye: which channels first, on what scale, in which colours. All arithmetic the window shows.

Maps are float32 (C, H, W), as an engine gives them. Small maps are drawn with nearest-neighbour by whole factors and
never smoothed; the scale is always named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from resnet_core.colours import COLOURS, Range, Rgb, Values, colormap, colour, paint, range_of
from resnet_core.errors import LensError

__all__ = [
    "COLOURS",
    "GAP_COLOUR",
    "RANKINGS",
    "SCALES",
    "Provenance",
    "Range",
    "Ranked",
    "best",
    "channel_scores",
    "colormap",
    "colour",
    "described_montage",
    "enlarged",
    "histogram",
    "inactive",
    "montage",
    "montage_texts",
    "rank",
    "ranked",
    "scale_range",
]

Ranking = Literal["mean", "max", "variance"]
Scale = Literal["channel", "stage"]

RANKINGS: tuple[Ranking, ...] = ("mean", "max", "variance")
SCALES: tuple[Scale, ...] = ("channel", "stage")

GAP_COLOUR = (43, 47, 57)  # between the tiles of a montage
_COLUMNS = 8
_TILE_PX, _GAP_PX = 112, 4


@dataclass(frozen=True, slots=True)
class Ranked:
    """A channel and what it was ranked by."""

    channel: int
    score: float


def channel_scores(maps: Values, by: str) -> Values:
    """(C,): the mean, maximum or variance of every channel. Raises LensError for another word."""
    flat = maps.reshape(len(maps), -1)
    scores: Values
    if by == "mean":
        scores = flat.mean(axis=1)
    elif by == "max":
        scores = flat.max(axis=1)
    elif by == "variance":
        scores = flat.var(axis=1)
    else:
        raise LensError(f"Channels can't be ranked by “{by}”. Known: {', '.join(RANKINGS)}.")
    return scores


def ranked(scores: NDArray[np.floating]) -> tuple[Ranked, ...]:
    """Channels by scores of any origin, (C,): best first, equal ones in the order of channels, NaN last."""
    order = np.argsort(-scores, kind="stable")
    return tuple(map(Ranked, order.tolist(), scores[order].tolist()))


def rank(maps: Values, by: str) -> tuple[Ranked, ...]:
    """All channels, best first, by one of RANKINGS."""
    return ranked(channel_scores(maps, by))


def best(maps: Values, by: str, count: int) -> tuple[int, ...]:
    """The first `count` channels of a ranking, without the scores: what a miniature shows."""
    return tuple(np.argsort(-channel_scores(maps, by), kind="stable")[:count].tolist())


def inactive(maps: Values) -> tuple[int, ...]:
    """The channels that say nothing: one value everywhere, and that not above 0, as a ReLU that never opened."""
    flat = maps.reshape(len(maps), -1)
    highest = flat.max(axis=1)
    silent = (highest <= 0) & (flat.min(axis=1) == highest)
    return tuple(np.flatnonzero(silent).tolist())


def scale_range(maps: Values, channel: int | None, scale: str, *, signed: bool = False) -> Range:
    """The range that colours are spread over: of one channel, or of the stage (also when `channel` is None).

    Raises LensError for a scale that is none of SCALES.
    """
    if scale not in SCALES:
        raise LensError(f"There is no scale “{scale}”. Known: {', '.join(SCALES)}.")
    part = maps if scale == "stage" or channel is None else maps[channel]
    return range_of(part, signed=signed)


def histogram(values: Values, scale: Range, bins: int) -> NDArray[np.int64]:
    """(bins,): how many values fall into each part of the range, bins cut as colours are.

    Values outside count in the bin at their end, as they take its colour; NaN is left out.
    """
    flat = values.ravel()
    if flat.size and np.isnan(flat.min()):
        flat = flat[~np.isnan(flat)]
    width = scale.high - scale.low
    with np.errstate(invalid="ignore"):
        position = flat - np.float32(scale.low)
        position *= np.float32(bins / width if width > 0 else 0)
    return np.bincount(np.clip(position, 0, bins - 1, out=position).astype(np.int64), minlength=bins)


def enlarged(rgb: Rgb, side_px: int) -> Rgb:
    """Pictures (…, h, w, 3) by the largest whole factor that keeps their longer side within `side_px`, at least 1."""
    factor = max(1, side_px // max(rgb.shape[-3:-1]))
    return rgb if factor == 1 else rgb.repeat(factor, axis=-3).repeat(factor, axis=-2)


def montage(
    maps: Values,
    channels: Sequence[int],
    range_for: Callable[[int], Range],
    colours: str,
    columns: int = _COLUMNS,
) -> Rgb:
    """The maps of `channels` side by side, row by row, as one picture, uint8 (H, W, 3).

    A tile is a map enlarged by the largest whole factor that fits 112 px. `range_for` gives each channel's range.
    Raises LensError when there is nothing to show.
    """
    if not channels or columns < 1:
        raise LensError("A montage needs at least one channel and one column.")
    ranges = [range_for(channel) for channel in channels]
    low, high = (np.array([getattr(one, end) for one in ranges], np.float32)[:, None, None] for end in ("low", "high"))
    named = "diverging" if any(one.signed for one in ranges) else colours
    tiles = enlarged(paint(maps[list(channels)], low, high, named), _TILE_PX)
    count, height, width, _ = tiles.shape
    columns = min(columns, count)
    rows = -(-count // columns)
    sheet = np.empty((rows, columns, height + _GAP_PX, width + _GAP_PX, 3), np.uint8)
    sheet[:] = GAP_COLOUR
    sheet.reshape(rows * columns, height + _GAP_PX, width + _GAP_PX, 3)[:count, :height, :width] = tiles
    whole = sheet.swapaxes(1, 2).reshape(rows * (height + _GAP_PX), columns * (width + _GAP_PX), 3)
    return np.ascontiguousarray(whole[: whole.shape[0] - _GAP_PX, : whole.shape[1] - _GAP_PX])


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where exported maps come from. `network` is the weights' id, `image` a name without folders.

    `change` is what was changed in the network while it ran; "" for as trained.
    """

    network: str
    image: str
    stage: str
    change: str = ""

    def texts(self, channels: str, scale: str, span: Range | None, colours: str) -> dict[str, str]:
        """What a PNG's text chunks say; `span` None: every channel has a range of its own."""
        shown = "of each channel" if span is None else f"{span.low:.6g} to {span.high:.6g}"
        named = "diverging" if span is not None and span.signed else colours
        return {
            "Network": self.network,
            "Network is": self.change or "as trained",
            "Image": self.image,
            "Stage": self.stage,
            "Channel": channels,
            "Scale": scale,
            "Range": shown,
            "Colours": named,
        }


def described_montage(
    maps: Values, channels: Sequence[int], colours: str, *, scale: str, of: Provenance, signed: bool = False
) -> tuple[Rgb, dict[str, str]]:
    """The montage, and what is to be said of it. Raises LensError when there is nothing to show."""
    whole = scale_range(maps, None, "stage", signed=signed)
    ranges = {
        channel: whole if scale == "stage" else scale_range(maps, channel, scale, signed=signed) for channel in channels
    }
    rgb = montage(maps, channels, ranges.__getitem__, colours)
    return rgb, montage_texts(maps, channels, colours, scale=scale, of=of, signed=signed)


def montage_texts(
    maps: Values, channels: Sequence[int], colours: str, *, scale: str, of: Provenance, signed: bool = False
) -> dict[str, str]:
    """What is to be said of a montage, also before it is made."""
    span = scale_range(maps, None, "stage", signed=signed) if scale == "stage" else None
    return of.texts(" ".join(map(str, channels)), scale, span, "diverging" if signed else colours)
