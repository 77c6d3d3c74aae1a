"""A row of channels, each as two maps on one scale: before and after, or left and right. Part of several panels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import told_tip
from app.widgets._keys import ACROSS, ENTER, place_after
from app.widgets._numbers import short_text, value_text
from resnet_core import feature_maps
from resnet_core.feature_maps import Range

HEADING_PX, CAPTION_PX, GAP_PX, INSET_PX = 22, 18, 10, 4
SMALLEST_PX, LARGEST_PX = 40, 240
ARROW = "→"


@dataclass(frozen=True, eq=False)
class MapPair:
    """A channel's map (H, W) on both sides, and its means there; `partner`: on the right it has another number."""

    channel: int
    left: NDArray[np.float32]
    right: NDArray[np.float32]
    left_mean: float
    right_mean: float
    partner: int | None = None

    @property
    def name(self) -> str:
        return str(self.channel) if self.partner in (None, self.channel) else f"{self.channel} | {self.partner}"


@dataclass(frozen=True, eq=False)
class ShownPairs:
    """Pairs on one scale `span`; `sides` are what the left and the right map of each are of, `current` a channel."""

    heading: str
    sides: tuple[str, str]
    pairs: tuple[MapPair, ...]
    span: Range
    colours: str
    current: int | None = None


class MapPairs(QWidget):
    """A heading, and as many pairs as there is room for, the first first. Left and Right walk them."""

    picked = pyqtSignal(int)  # a channel
    opened = pyqtSignal(int)  # a channel, by double click or Enter
    hovered = pyqtSignal(int, int, int)  # a channel, row and column of its left map
    unhovered = pyqtSignal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading, self._sides = "", ("", "")
        self._pairs: tuple[MapPair, ...] = ()
        self._images: list[tuple[QImage, QImage]] = []
        self._current: int | None = None
        self._share: tuple[float, float] | None = None  # the place marked, down and across, 0 … 1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)

    def show_pairs(self, shown: ShownPairs) -> None:
        self._heading, self._sides, self._pairs, self._current = shown.heading, shown.sides, shown.pairs, shown.current

        def image(plane: NDArray[np.float32]) -> QImage:
            return paint.to_image(feature_maps.colour(plane, shown.span, shown.colours))

        self._images = [(image(pair.left), image(pair.right)) for pair in shown.pairs]
        self._describe()
        self.update()

    def clear(self) -> None:
        self._heading, self._pairs, self._images = "", (), []
        self._describe()
        self.update()

    def show_place(self, share: tuple[float, float] | None) -> None:
        """Mark a place in every map, given as shares of height and width; None takes the marks away."""
        if share != self._share:
            self._share = share
            self.update()

    def _describe(self) -> None:
        pairs = sorted(self._pairs, key=lambda pair: pair.channel != self._current)  # the one of the keyboard first
        self.setAccessibleDescription("; ".join([*map(self._text, pairs), self._heading]))

    def _text(self, pair: MapPair) -> str:
        return self.tr("channel {channel}: mean {before} {left}, {after} {right}").format(
            channel=pair.name,
            before=self._sides[0],
            left=value_text(pair.left_mean),
            after=self._sides[1],
            right=value_text(pair.right_mean),
        )

    def sizeHint(self) -> QSize:
        return QSize(480, HEADING_PX + 64 + CAPTION_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, HEADING_PX + SMALLEST_PX + CAPTION_PX)

    def _map_size(self) -> tuple[float, float]:
        """Width and height of one map."""
        high = float(min(max(self.height() - HEADING_PX - CAPTION_PX - 4, SMALLEST_PX), LARGEST_PX))
        if not self._images:
            return high, high
        image = self._images[0][0]
        ratio = image.width() / max(image.height(), 1)
        return (high * ratio, high) if ratio <= 1 else (high, high / ratio)

    def _rects(self) -> list[QRectF]:
        """Where the pairs are that there is room for: spread so that they fill the row."""
        wide, high = self._map_size()
        each = 2 * wide + 2 + 2 * INSET_PX
        count = min(len(self._pairs), max(1, int((self.width() + GAP_PX) // (each + GAP_PX))))
        gap = GAP_PX if count < 2 or count == len(self._pairs) else (self.width() - count * each) / (count - 1)
        return [QRectF(index * (each + gap), HEADING_PX, each, high + CAPTION_PX + INSET_PX) for index in range(count)]

    def shown(self) -> int:
        """How many pairs there is room for."""
        return len(self._rects())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("muted"))
        paint.draw_text(painter, QRectF(0, 0, self.width(), HEADING_PX - 4), self._heading)
        if not self._pairs:
            if self.hasFocus():
                paint.draw_focus(painter, QRectF(self.rect()), 6)
            return
        wide, high = self._map_size()
        for rect, pair, images in zip(self._rects(), self._pairs, self._images, strict=False):
            if pair.channel == self._current:
                paint.fill_rounded(painter, rect.adjusted(0, -1, 0, 0), 6, theme.colour("accent_soft"))
            top = rect.y() + INSET_PX - 1
            for place, image in enumerate(images):
                spot = QRectF(rect.x() + INSET_PX + place * (wide + 2), top, wide, high)
                paint.draw_map(painter, spot, image)
                if self._share is not None:
                    cell = int(self._share[0] * image.height()), int(self._share[1] * image.width())
                    paint.draw_cell(painter, spot, (image.height(), image.width()), cell, 3)
            self._paint_caption(painter, QRectF(rect.x() + INSET_PX, top + high, 2 * wide + 2, CAPTION_PX), pair)
            if self.hasFocus() and pair.channel == self._current:
                paint.draw_focus(painter, rect, 6)
        if self.hasFocus() and not any(pair.channel == self._current for pair in self._pairs[: self.shown()]):
            paint.draw_focus(painter, QRectF(self.rect()), 6)

    def _paint_caption(self, painter: QPainter, rect: QRectF, pair: MapPair) -> None:
        painter.setFont(theme.font(theme.SMALL_PX, bold=True))
        painter.setPen(theme.colour("text"))
        paint.draw_text(painter, rect, pair.name)
        used = painter.fontMetrics().horizontalAdvance(pair.name) + 4
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("muted"))
        means = f"{short_text(pair.left_mean)} {ARROW} {short_text(pair.right_mean)}"
        if painter.fontMetrics().horizontalAdvance(means) <= rect.width() - used:
            paint.draw_text(painter, rect.adjusted(used, 0, 0, 0), means, paint.RIGHT)

    def _at(self, place: QPointF) -> MapPair | None:
        return next(
            (pair for rect, pair in zip(self._rects(), self._pairs, strict=False) if rect.contains(place)), None
        )

    def event(self, event: QEvent) -> bool:
        return told_tip(self, event, self._tip) or bool(super().event(event))

    def _tip(self, place: QPoint) -> str:
        pair = self._at(QPointF(place))
        return "" if pair is None else self._text(pair)

    def _place_at(self, place: QPointF) -> tuple[MapPair, tuple[float, float]] | None:
        """The pair under the cursor, and the place in one of its maps as shares of its height and width."""
        wide, high = self._map_size()
        for rect, pair in zip(self._rects(), self._pairs, strict=False):
            for side in range(2):
                spot = QRectF(rect.x() + INSET_PX + side * (wide + 2), rect.y() + INSET_PX - 1, wide, high)
                if spot.contains(place):
                    down, across = (place.y() - spot.y()) / high, (place.x() - spot.x()) / wide
                    return pair, (min(max(down, 0.0), 0.999), min(max(across, 0.0), 0.999))
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.setCursor(Qt.PointingHandCursor if self._at(event.localPos()) else Qt.ArrowCursor)
        found = self._place_at(event.localPos())
        if found is None:
            self._leave()
        else:
            pair, share = found
            self.show_place(share)
            height, width = pair.left.shape
            self.hovered.emit(pair.channel, int(share[0] * height), int(share[1] * width))

    def leaveEvent(self, _event: QEvent) -> None:
        self._leave()

    def _leave(self) -> None:
        if self._share is not None:
            self.show_place(None)
            self.unhovered.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.LeftButton and (pair := self._at(event.localPos())):
            self.picked.emit(pair.channel)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.LeftButton and (pair := self._at(event.localPos())):
            self.opened.emit(pair.channel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        channels = [pair.channel for pair in self._pairs[: self.shown()]]
        here = channels.index(self._current) if self._current in channels else -1
        target = place_after(event, here, len(channels), ACROSS)
        if event.key() in ENTER and here >= 0:
            self.opened.emit(channels[here])
        elif target is None:
            super().keyPressEvent(event)
        elif target >= 0:
            self.picked.emit(channels[target])
