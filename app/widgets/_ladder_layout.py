"""What a column of the ladder's table shows, and where everything stands. Part of ladder_panel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QRectF
from PyQt5.QtGui import QImage

from app.i18n import tr
from app.widgets._numbers import count_text, value_text
from app.widgets._shares import percent

State = Literal["waiting", "busy", "done", "failed", "offer"]

GUTTER_PX, GAP_PX = 60, 18
NARROWEST_PX, WIDEST_PX, OFFER_PX = 126, 520, 130
HEAD_PX, LINE_PX, TILE_GAP_PX, ROW_GAP_PX = 40, 16, 3, 4
TILES = 4
PHOTO_SHARE = 0.5  # of a column, where the words stand beside the photo
BUTTON_PX, OFFER_HEIGHT_PX = 28, 132


@dataclass(frozen=True, eq=False)
class LadderColumn:
    """A network. `answer` is its first class with the probability; `photo` (S, S, 3) what it saw, with the evidence.

    The scale of the evidence goes from -`reach` to `reach`. `stages` are its best channels, (N, H, W, 3) uint8 a stage,
    on a scale from 0 to the stage's `highest`. `text` is why it failed, or what an offer costs.
    """

    weights: str
    network: str
    tag: str
    state: State = "waiting"
    answer: tuple[str, float] | None = None
    elapsed_ms: float = 0.0
    parameters: int = 0
    layers: int = 0
    photo: NDArray[np.uint8] | None = None
    reach: float = 0.0
    stages: Mapping[str, NDArray[np.uint8]] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)
    highest: Mapping[str, float] = field(default_factory=dict)
    text: str = ""
    in_use: bool = False


def tile_px(column_px: float) -> float:
    """The side of a miniature in a column."""
    return (column_px - (TILES - 1) * TILE_GAP_PX) / TILES


class LadderPlace(NamedTuple):
    """A place of the photo, down and across in fractions of what a network saw of it, and that place in its maps."""

    share: tuple[float, float]
    cells: Mapping[str, tuple[int, int]]  # row and column by stage


@dataclass(eq=False)
class Drawn:
    """A column's pictures as images."""

    photo: QImage | None = None
    photo_px: int = 0
    tiles: dict[str, list[QImage]] = field(default_factory=dict)


def milliseconds(elapsed_ms: float) -> str:
    return f"{elapsed_ms:.0f} ms" if elapsed_ms >= 10 else f"{elapsed_ms:.1f} ms"


def stage_tip(column: LadderColumn, stage: str) -> str:
    """What is to be known of a stage's miniatures."""
    return tr(
        "{stage} of {network}: {shape}, its {count} channels with the highest means\n"
        "On one scale, from 0 to the largest value of the stage: {highest}"
    ).format(
        stage=stage, network=column.network, shape=column.shapes[stage], count=len(column.stages[stage]),
        highest=value_text(column.highest[stage]),
    )  # fmt: skip


def answer_tip(column: LadderColumn) -> str:
    """What is to be known of the answer and its photo; of a network that gave none, why."""
    if column.answer is None:
        return column.text
    label, probability = column.answer
    return tr(
        "{label} {probability}\n{ms} for one inference, {params} parameters, {layers} layers\n"
        "Over the photo: the evidence for “{label}”, orange for it, blue against it"
    ).format(
        label=label, probability=percent(probability), ms=milliseconds(column.elapsed_ms),
        params=count_text(column.parameters), layers=column.layers,
    )  # fmt: skip


@dataclass(frozen=True)
class LadderLayout:
    """Columns of `networks`, then `offers`, over `stages` rows of miniatures, in (width, height) logical px."""

    networks: int
    offers: int
    stages: int
    width: int
    height: int

    @property
    def least_width(self) -> int:
        offers = self._fewest_across * (OFFER_PX + GAP_PX)
        return max(GUTTER_PX + self.networks * (NARROWEST_PX + GAP_PX) + offers, 320)

    @property
    def least_height(self) -> int:
        return round(HEAD_PX + 4 * LINE_PX + 8 + self._rows * (tile_px(NARROWEST_PX) + ROW_GAP_PX))

    @property
    def _rows(self) -> int:
        return max(self.stages, 1)

    @cached_property
    def _offers_across(self) -> int:
        """In how many columns the offers stand: side by side where there is room, else below each other."""
        if GUTTER_PX + self.networks * (NARROWEST_PX + GAP_PX) + self.offers * (OFFER_PX + GAP_PX) <= self.width:
            return self.offers
        return self._fewest_across

    @property
    def _fewest_across(self) -> int:
        """In how many columns the offers stand that are as tall as this."""
        return -(-self.offers // max(1, self.height // OFFER_HEIGHT_PX))

    @cached_property
    def column_px(self) -> float:
        """The width of a network's column: as wide as there is room for it, and for its rows of square tiles."""
        others = max(self.networks, 1)
        across = self.width - GUTTER_PX - self._offers_across * (OFFER_PX + GAP_PX) - others * GAP_PX
        down = self.height - HEAD_PX - 8 - self._rows * ROW_GAP_PX + self._rows * (TILES - 1) * TILE_GAP_PX / TILES
        fitting = min(down / (PHOTO_SHARE + self._rows / TILES), (down - 4 * LINE_PX) * TILES / self._rows)
        return max(min(across / others, WIDEST_PX, fitting), NARROWEST_PX)

    @property
    def tile_px(self) -> float:
        return tile_px(self.column_px)

    @property
    def _above(self) -> float:
        """The photo's side where the words stand below it."""
        rows = self._rows * (self.tile_px + ROW_GAP_PX)
        return min(self.column_px, self.height - HEAD_PX - rows - 4 * LINE_PX - 11)

    @property
    def stacked(self) -> bool:
        """Whether the words stand below the photos: where that makes the photos larger."""
        return self._above > self.column_px * PHOTO_SHARE

    @property
    def photo_px(self) -> float:
        return self._above if self.stacked else self.column_px * PHOTO_SHARE

    @property
    def words_top(self) -> float:
        """Where the line with the answer is; the lines of time and size are the third and the fourth."""
        return HEAD_PX + (self.photo_px + 3 if self.stacked else -1)

    def rect(self, index: int) -> QRectF:
        """The place of a column, or of an offer."""
        each = self.column_px + GAP_PX
        if index < self.networks:
            return QRectF(GUTTER_PX + index * each, 0, each - GAP_PX, self.height)
        down = -(-self.offers // max(self._offers_across, 1))
        across, below = divmod(index - self.networks, down)
        x = GUTTER_PX + self.networks * each + across * (OFFER_PX + GAP_PX)
        high = self.height if down == 1 else OFFER_HEIGHT_PX
        return QRectF(x, below * OFFER_HEIGHT_PX, OFFER_PX, high)

    def photo(self, index: int) -> QRectF:
        return QRectF(self.rect(index).x(), HEAD_PX, self.photo_px, self.photo_px)

    def tile(self, index: int, row: int, number: int) -> QRectF:
        """A miniature of a network's stage."""
        x = self.rect(index).x() + number * (self.tile_px + TILE_GAP_PX)
        return QRectF(x, self.stage_top(row), self.tile_px, self.tile_px)

    def head(self, index: int) -> QRectF:
        rect = self.rect(index)
        return QRectF(rect.x() - 6, rect.y(), rect.width() + 12, HEAD_PX - 3)

    def button(self, index: int) -> QRectF:
        """An offer's."""
        rect = self.rect(index)
        return QRectF(rect.x(), rect.y() + HEAD_PX + 3 * LINE_PX, min(rect.width(), 104), BUTTON_PX)

    def stage_top(self, row: int) -> float:
        top = max(HEAD_PX + self.photo_px, self.words_top + 4 * LINE_PX) + 8
        return top + row * (self.tile_px + ROW_GAP_PX)

    def stage_rect(self, row: int) -> QRectF:
        """A row of miniatures, its name and all networks included."""
        width = GUTTER_PX + self.networks * (self.column_px + GAP_PX) - GAP_PX + 6
        return QRectF(0, self.stage_top(row) - ROW_GAP_PX / 2, width, self.tile_px + ROW_GAP_PX)
