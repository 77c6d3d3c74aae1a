"""One channel on the left, on the right, and their difference, each over its scale. Part of compare_panel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._numbers import DOT, MINUS, value_text
from app.widgets._ramp import ramp
from resnet_core import feature_maps
from resnet_core.feature_maps import Range

GAP_PX, TITLE_PX, BAR_PX, SCALE_PX = 16, 20, 6, 26
SMALLEST_PX, TITLE_WIDE_PX = 72, 200


@dataclass(frozen=True, eq=False)
class ComparedMaps:
    """A channel of both sides, (H, W) each, and right - left; `difference` None: `why_none` says why.

    `channel` is its number on the left. `titles` stand above the three. `span` is the scale of both sides, `apart` that
    of the difference.
    """

    channel: int
    left: NDArray[np.float32]
    right: NDArray[np.float32]
    difference: NDArray[np.float32] | None
    span: Range
    apart: Range | None
    titles: tuple[str, str, str]
    why_none: str = ""


class CompareMaps(QWidget):
    """Hovering one of the three shows the same place, and its value, in all."""

    hovered = pyqtSignal(int, int, int)  # the channel on the left, row and column of its map
    unhovered = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._maps: ComparedMaps | None = None
        self._text = ""
        self._images: list[QImage | None] = []
        self._bars: list[QImage] = []
        self._share: tuple[float, float] | None = None  # the place under the cursor, down and across, 0 … 1
        self.setAccessibleName(self.tr("The channel on both sides, and the difference"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)

    def show_maps(self, maps: ComparedMaps, colours: str) -> None:
        self._maps, self._text = maps, ""
        planes = ((maps.left, maps.span), (maps.right, maps.span), (maps.difference, maps.apart))
        self._images = [
            None if plane is None or span is None else paint.to_image(feature_maps.colour(plane, span, colours))
            for plane, span in planes
        ]
        self._bars = [_strip(maps.span, colours), *([] if maps.apart is None else [_strip(maps.apart, colours)])]
        self.setAccessibleDescription("; ".join(maps.titles))
        self.update()

    def clear(self, text: str = "") -> None:
        """No maps; `text` says why."""
        self._maps, self._images, self._bars, self._text, self._share = None, [], [], text, None
        self.setAccessibleDescription(text)
        self.update()

    def show_place(self, share: tuple[float, float] | None) -> None:
        """Mark a place, given as shares of height and width; None takes the mark away."""
        if share != self._share:
            self._share = share
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, TITLE_PX + 170 + SCALE_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(3 * SMALLEST_PX + 2 * GAP_PX, TITLE_PX + SMALLEST_PX + SCALE_PX)

    def _side(self) -> float:
        return max(min((self.width() - 2 * GAP_PX) / 3, self.height() - TITLE_PX - SCALE_PX), 8.0)

    def _rect(self, place: int) -> QRectF:
        """The square of one of the three; a map that is not square stands at its left and top."""
        return QRectF(place * self._step(), TITLE_PX, self._side(), self._side())

    def _step(self) -> float:
        """From one map to the next: small ones stand apart, so that their titles have room."""
        return max(self._side() + GAP_PX, min((self.width() + GAP_PX) / 3, TITLE_WIDE_PX))

    def _map_rect(self, place: int) -> QRectF:
        rect, image = self._rect(place), self._images[place]
        if image is None:
            return rect
        longer = max(image.width(), image.height())
        return QRectF(
            rect.x(), rect.y(), rect.width() * image.width() / longer, rect.height() * image.height() / longer
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("muted"))
        maps = self._maps
        for place in range(3):
            rect = self._rect(place)
            if maps is None:
                paint.fill_rounded(painter, rect, 6, theme.colour("sunken"), theme.colour("line"))
                continue
            painter.setPen(theme.colour("text"))
            paint.draw_text(painter, QRectF(rect.x(), 0, self._step() - GAP_PX, TITLE_PX - 3), maps.titles[place])
            image = self._images[place]
            if image is not None:
                paint.draw_map(painter, self._map_rect(place), image)
            else:
                paint.fill_rounded(painter, rect, 6, theme.colour("sunken"), theme.colour("line"))
                painter.setPen(theme.colour("muted"))
                inner = rect.adjusted(10, 10, -10, -10)
                painter.drawText(inner, int(Qt.AlignCenter | Qt.TextWordWrap), maps.why_none)
            self._paint_cursor(painter, place)
        if maps is None:
            painter.drawText(
                self._rect(0).adjusted(10, 10, -10, -10), int(Qt.AlignCenter | Qt.TextWordWrap), self._text
            )
        else:
            self._paint_scales(painter, maps)

    def _paint_scales(self, painter: QPainter, maps: ComparedMaps) -> None:
        both = self._rect(0).united(self._rect(1))
        places = [(both, maps.span), *([] if maps.apart is None else [(self._rect(2), maps.apart)])]
        painter.setFont(theme.font(theme.SMALL_PX))
        for (rect, span), bar in zip(places, self._bars, strict=True):
            strip = QRectF(rect.x(), rect.bottom() + 6, rect.width(), BAR_PX)
            paint.draw_rounded(painter, strip, bar, 3)
            words = QRectF(rect.x(), strip.bottom() + 1, rect.width(), SCALE_PX - BAR_PX - 8)
            painter.setPen(theme.colour("muted"))
            paint.draw_figures(painter, words, value_text(span.low), paint.LEFT)
            middle = self._middle(span, apart=span is maps.apart)
            if painter.fontMetrics().horizontalAdvance(middle) > rect.width() - 90:
                middle = "0" if span.signed else ""
            paint.draw_text(painter, words, middle, paint.CENTRE)
            paint.draw_figures(painter, words, value_text(span.high))

    def _middle(self, span: Range, *, apart: bool) -> str:
        """What is written below the middle of a scale."""
        if apart:
            return self.tr("right weaker {0} 0 {0} right stronger").format(DOT)
        return self.tr("0, one scale for both") if span.signed else self.tr("one scale for both")

    def _paint_cursor(self, painter: QPainter, place: int) -> None:
        maps = self._maps
        if maps is None or self._share is None or self._images[place] is None:
            return
        plane = (maps.left, maps.right, maps.difference)[place]
        assert plane is not None
        y, x = _cell(plane, self._share)
        rect = self._map_rect(place)
        paint.draw_cell(painter, rect, (plane.shape[0], plane.shape[1]), (y, x), 5)
        text = value_text(float(plane[y, x]))
        painter.setFont(theme.font(theme.SMALL_PX, bold=True))
        wide = painter.fontMetrics().horizontalAdvance(text) + 10
        low = self._share[0] < 0.5
        label = QRectF(rect.right() - wide - 3, rect.bottom() - 20 if low else rect.y() + 3, wide, 17)
        paint.fill_rounded(painter, label, 4, theme.colour("panel", 0.9))
        painter.setPen(theme.colour("text"))
        paint.draw_text(painter, label, text, paint.CENTRE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._maps is None:
            return
        for place in range(3):
            rect = self._map_rect(place)
            if self._images[place] is not None and rect.contains(event.localPos()):
                spot = event.localPos() - rect.topLeft()
                share = (min(spot.y() / rect.height(), 0.999), min(spot.x() / rect.width(), 0.999))
                self.show_place(share)
                self.hovered.emit(self._maps.channel, *_cell(self._maps.left, share))
                return
        self._leave()

    def leaveEvent(self, _event: QEvent) -> None:
        self._leave()

    def _leave(self) -> None:
        if self._share is not None:
            self.show_place(None)
            self.unhovered.emit()


def _cell(plane: NDArray[np.float32], share: tuple[float, float]) -> tuple[int, int]:
    return int(share[0] * plane.shape[0]), int(share[1] * plane.shape[1])


def _strip(span: Range, colours: str) -> QImage:
    """The colours of a scale; where all values are the same, as from 0 to 1."""
    low, high = (span.low, span.high) if span.high > span.low else (0.0, 1.0)
    return ramp(Range(low, high, span.signed), colours)


def right_minus_left() -> str:
    """What the difference is called."""
    return QCoreApplication.translate("CompareMaps", "Right {0} left").format(MINUS)
