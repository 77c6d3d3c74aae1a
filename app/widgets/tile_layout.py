"""What the tiles show and where: how many fit beside each other, and how large a map may be.

A map is enlarged so that each of its cells has whole pixels, wherever that wastes little room.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resnet_core.feature_maps import Range


BEST = 32
FOLD_PX = 28
GAP_PX, INSET_PX, CAPTION_PX = 8, 4, 18
SMALLEST_PX, LARGEST_PX, LEGIBLE_PX = 44, 400, 84
TIGHT_PX = 2  # the least inset beside a map whose cells then have whole pixels


@dataclass(frozen=True)
class Content:
    """What the tiles show: maps (C, H, W), the channels in order with their scores, and how to colour each."""

    maps: NDArray[np.float32]
    best: tuple[int, ...]
    more: tuple[int, ...]
    inactive: tuple[int, ...]
    scores: Sequence[float]  # of every channel
    range_of: Callable[[int], Range]
    colours: str
    ranking: str


@dataclass(frozen=True)
class TileLayout:
    """Sizes in logical px. `map_px` is the longer side of a map in a tile of `tile_px` by `row_px - GAP_PX`."""

    columns: int
    tile_px: float
    map_px: float

    @property
    def row_px(self) -> int:
        return math.ceil(self.map_px) + INSET_PX + CAPTION_PX + GAP_PX


def fit(width: int, height: int, count: int, side: int, ratio: float) -> TileLayout:
    """The layout that shows most of `count` maps of `side` cells, and shows them well, in (width, height) logical px.

    `ratio` is the device pixel ratio. Every candidate number of columns is judged by how much of the tiles is in
    sight, how much of the place is used, how legible a map is and whether its cells are of one size.
    """
    best, best_score = TileLayout(1, max(width, 1), max(min(width, LARGEST_PX) - 2 * INSET_PX, 1)), -1.0
    for columns in range(1, 65):
        tile = min(math.floor((width - GAP_PX * (columns - 1)) / columns), LARGEST_PX + 2 * INSET_PX)
        inner = tile - 2 * INSET_PX
        if inner < SMALLEST_PX and columns > 1:
            break
        whole = math.floor((tile - 2 * TIGHT_PX) * ratio) // side * side  # as many px for every cell; 0: too small
        uneven = math.floor(inner * ratio)
        for device in {whole, uneven} - {0}:
            layout = TileLayout(columns, tile, max(device / ratio, 1))
            needed = math.ceil(count / columns) * layout.row_px
            used = columns * tile + GAP_PX * (columns - 1)
            score = (
                min(1.0, height / needed) ** 0.6
                * (0.94 if needed > height else 1.0)
                * min(1.0, needed / max(height, 1)) ** 0.4
                * (used / max(width, 1)) ** 0.5
                * min(1.0, layout.map_px / max(inner, 1)) ** 0.6
                * (1.0 if device == whole else 1 - 0.6 / max(device // side, 1))
                * min(1.0, layout.map_px / LEGIBLE_PX) ** 1.2
            )
            if score > best_score:
                best, best_score = layout, score
    return best


@dataclass(frozen=True)
class Row:
    """Channels side by side, `top` px below the start of the content."""

    top: int
    channels: tuple[int, ...]


@dataclass(frozen=True)
class Fold:
    """A line of text that opens or closes a section."""

    section: str
    text: str
    open: bool
    x: float
    top: int
    width: float

    def contains(self, x: float, y: float) -> bool:
        return self.x <= x < self.x + self.width and self.top <= y < self.top + FOLD_PX


class Placement:
    """Where every tile and every fold is, in px of the content."""

    def __init__(self, layout: TileLayout) -> None:
        self.layout = layout
        self.rows: list[Row] = []
        self.folds: list[Fold] = []
        self.height = 0
        self._tops: list[int] = []

    def add_tiles(self, channels: Sequence[int]) -> None:
        columns = self.layout.columns
        for start in range(0, len(channels), columns):
            self.rows.append(Row(self.height, tuple(channels[start : start + columns])))
            self._tops.append(self.height)
            self.height += self.layout.row_px

    def add_fold(self, section: str, text: str, width: float, *, opened: bool, beside: bool) -> None:
        """A fold on a line of its own, or `beside` the one before."""
        x = 0.0
        if beside and self.folds:
            x = self.folds[-1].x + self.folds[-1].width + 10
            self.height -= FOLD_PX
        self.folds.append(Fold(section, text, opened, x, self.height, width))
        self.height += FOLD_PX

    def rows_in(self, top: float, bottom: float) -> list[Row]:
        """The rows that meet the stripe top … bottom."""
        found = []
        for row in self.rows[max(0, bisect_right(self._tops, top) - 1) :]:
            if row.top >= bottom:
                break
            if row.top + self.layout.row_px > top:
                found.append(row)
        return found

    def row_of(self, channel: int) -> int | None:
        return next((index for index, row in enumerate(self.rows) if channel in row.channels), None)

    def sequence(self) -> list[int]:
        """The channels in the order they are placed."""
        return [channel for row in self.rows for channel in row.channels]

    def tile(self, row: Row, column: int) -> tuple[float, float, float, float]:
        """x, y, width and height of a tile."""
        return column * (self.layout.tile_px + GAP_PX), row.top, self.layout.tile_px, self.layout.row_px - GAP_PX

    def channel_at(self, x: float, y: float) -> tuple[int, Row, int] | None:
        """The channel whose tile holds this place, with the tile's row and column."""
        for row in self.rows_in(y, y + 1):
            for column, channel in enumerate(row.channels):
                left, top, width, height = self.tile(row, column)
                if left <= x < left + width and top <= y < top + height:
                    return channel, row, column
        return None

    def step(self, channel: int, rows: int, columns: int) -> tuple[int | None, bool]:
        """The channel some rows or columns further, if there is one, and whether the step leads past the last.

        From a channel that is not placed, a step leads to the first.
        """
        sequence, here = self.sequence(), self.row_of(channel)
        if here is None:
            return sequence[0], False
        if columns:
            target = sequence.index(channel) + columns
            return (sequence[target] if 0 <= target < len(sequence) else None), target >= len(sequence)
        row = self.rows[min(max(here + rows, 0), len(self.rows) - 1)]
        column = self.rows[here].channels.index(channel)
        return row.channels[min(column, len(row.channels) - 1)], rows > 0 and here == len(self.rows) - 1

    def fold_at(self, x: float, y: float) -> Fold | None:
        return next((fold for fold in self.folds if fold.contains(x, y)), None)
