"""A sum as a waterfall: a row for each term, whose bar starts where the one above ended. Part of evidence_panel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import told_tip
from app.widgets._keys import DOWN, ENTER, is_command
from app.widgets._numbers import TIMES, signed_text, value_text
from resnet_core import feature_maps
from resnet_core.evidence.classes import Contributions

ROW_PX, HEAD_PX, MINIATURE_PX = 24, 20, 20
FIXED_ROWS = 3  # bias, the rest, the sum
MOST_CHANNELS = 60
LABEL_PX, FACTOR_PX, VALUE_PX, GAP_PX = 74, 58, 62, 12


@dataclass(frozen=True)
class _Row:
    text: str
    start: float  # where its bar starts and ends
    end: float
    channel: int | None = None


class Waterfall(QWidget):
    """As many channels as fit, the strongest for and against; what is left out is one row."""

    channel_chosen = pyqtSignal(int)
    channel_hovered = pyqtSignal(int)  # -1: none

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What each channel contributes"))
        self.setFocusPolicy(Qt.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)
        self._found: Contributions | None = None
        self._maps: NDArray[np.float32] | None = None
        self._colours = "magma"
        self._rows: tuple[_Row, ...] = ()
        self._miniatures: dict[int, QImage] = {}
        self._current = -1  # the row under the cursor, or of the keyboard

    def show_sum(self, found: Contributions | None, maps: NDArray[np.float32] | None, colours: str) -> None:
        """The sum, and the maps (C, H, W) its channels have; None takes both away."""
        self._found, self._maps, self._colours = found, maps, colours
        self._miniatures.clear()
        self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(560, HEAD_PX + 13 * ROW_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, HEAD_PX + (FIXED_ROWS + 2) * ROW_PX)

    def resizeEvent(self, _event: QEvent) -> None:
        self._lay_out()

    def channels(self) -> tuple[int, ...]:
        """Those that have a row of their own, top to bottom."""
        return tuple(row.channel for row in self._rows if row.channel is not None)

    def _lay_out(self) -> None:
        found = self._found
        if found is None:
            self._rows = ()
            self.update()
            return
        room = int((self.height() - HEAD_PX) // ROW_PX)
        shown = found.strongest(min(max(room - FIXED_ROWS, 2), MOST_CHANNELS))
        rows, at = [_Row(self.tr("Bias"), 0.0, found.bias)], found.bias
        rest, rest_count = found.rest(shown), len(found.parts) - len(shown)

        def add(text: str, value: float, channel: int | None = None) -> None:
            nonlocal at
            rows.append(_Row(text, at, at + value, channel))
            at += value

        for channel in shown:
            if found.parts[channel] < 0 and rest_count:
                add(self._more(rest_count), rest)
                rest_count = 0
            add(str(channel), float(found.parts[channel]), channel)
        if rest_count:
            add(self._more(rest_count), rest)
        rows.append(_Row(self.tr("Sum"), 0.0, found.total))
        if tuple(row.channel for row in rows) != tuple(row.channel for row in self._rows):
            self._current = -1
        self._rows = tuple(rows)
        self._describe()
        self.update()

    def _describe(self) -> None:
        """For screen readers: the row of the keyboard, else all of them."""
        at = self._current
        rows = [self._rows[at]] if 0 <= at < len(self._rows) else self._rows
        self.setAccessibleDescription("; ".join(f"{row.text} {signed_text(row.end - row.start)}" for row in rows))

    def _more(self, count: int) -> str:
        return self.tr("1 more channel") if count == 1 else self.tr("{0} more channels").format(count)

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._found is None:
            return
        painter = QPainter(self)
        bars = self._bars()
        self._paint_head(painter, bars)
        ends = [0.0, *(end for row in self._rows for end in (row.start, row.end))]
        low, high = min(ends), max(ends)
        scale = bars.width() / ((high - low) or 1.0)
        zero = bars.x() - low * scale
        painter.fillRect(QRectF(round(zero), HEAD_PX, 1, len(self._rows) * ROW_PX), theme.colour("line_strong"))
        for index, row in enumerate(self._rows):
            rect = self._rect(index)
            last = index == len(self._rows) - 1
            if index == self._current:
                paint.fill_rounded(painter, rect, 5, theme.colour("hover"))
            if last:
                painter.fillRect(QRectF(0, rect.y(), self.width(), 1), theme.colour("line"))
            self._paint_words(painter, rect, row, last)
            start, end = (zero + place * scale for place in (row.start, row.end))
            self._paint_bar(painter, rect, start, end, last)
            if index and not last:
                painter.fillRect(QRectF(round(start), rect.y() - 5, 1, 10), theme.colour("faint"))
        if self.hasFocus() and self._current >= 0:
            paint.draw_focus(painter, self._rect(self._current), 5)

    def _paint_head(self, painter: QPainter, bars: QRectF) -> None:
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("muted"))
        left = MINIATURE_PX + 8
        head = QRectF(left, 0, LABEL_PX, HEAD_PX - 2)
        paint.draw_text(painter, head, self.tr("Channel"))
        paint.draw_text(painter, head.translated(LABEL_PX, 0), self.tr("weight"), paint.RIGHT)
        mean = QRectF(left + LABEL_PX + FACTOR_PX, 0, FACTOR_PX, HEAD_PX - 2)
        paint.draw_text(painter, mean, f"{TIMES} " + self.tr("mean"), paint.RIGHT)
        words = QRectF(bars.x(), 0, bars.width(), HEAD_PX - 2)
        paint.draw_text(painter, words, self.tr("added up from top to bottom"))
        paint.draw_text(painter, QRectF(bars.right(), 0, VALUE_PX + GAP_PX, HEAD_PX - 2), self.tr("adds"), paint.RIGHT)

    def _paint_words(self, painter: QPainter, rect: QRectF, row: _Row, last: bool) -> None:
        assert self._found is not None
        left = MINIATURE_PX + 8
        painter.setFont(theme.font(bold=last))
        painter.setPen(theme.colour("text" if row.channel is not None or last else "muted"))
        value = value_text(row.end) if last else signed_text(row.end - row.start)
        number = QRectF(self.width() - VALUE_PX - 4, rect.y(), VALUE_PX, ROW_PX)
        paint.draw_figures(painter, number, value)
        if row.channel is None:
            paint.draw_text(painter, QRectF(left, rect.y(), LABEL_PX + 2 * FACTOR_PX, ROW_PX), row.text)
            return
        paint.draw_figures(painter, QRectF(left, rect.y(), LABEL_PX, ROW_PX), row.text, paint.LEFT)
        paint.draw_map(painter, QRectF(2, rect.y() + 2, MINIATURE_PX, MINIATURE_PX), self._miniature(row.channel))
        painter.setPen(theme.colour("muted"))
        factors = (self._found.weights, self._found.means)
        for place, factor in enumerate(factors):
            box = QRectF(left + LABEL_PX + (place - 1) * FACTOR_PX + FACTOR_PX, rect.y(), FACTOR_PX, ROW_PX)
            text = value_text(float(factor[row.channel]))
            paint.draw_figures(painter, box, f"{TIMES} {text}" if place else text)

    def _paint_bar(self, painter: QPainter, rect: QRectF, start: float, end: float, last: bool) -> None:
        colour = theme.colour("text", 0.75) if last else theme.colour("second" if end > start else "accent")
        bar = QRectF(min(start, end), rect.y() + 6, max(abs(end - start), 1.0), ROW_PX - 12)
        paint.fill_rounded(painter, bar, min(3.0, bar.width() / 2), colour)

    def _miniature(self, channel: int) -> QImage:
        """The channel's map on the scale of the whole stage, as the maps are drawn."""
        assert self._maps is not None
        if channel not in self._miniatures:
            if not self._miniatures:
                self._scale = feature_maps.scale_range(self._maps, None, "stage")
            rgb = feature_maps.colour(self._maps[channel], self._scale, self._colours)
            self._miniatures[channel] = paint.to_image(rgb)
        return self._miniatures[channel]

    def _bars(self) -> QRectF:
        left = MINIATURE_PX + 8 + LABEL_PX + 2 * FACTOR_PX + GAP_PX
        return QRectF(left, HEAD_PX, max(self.width() - left - VALUE_PX - GAP_PX - 4, 10), self.height() - HEAD_PX)

    def _rect(self, index: int) -> QRectF:
        return QRectF(0, HEAD_PX + index * ROW_PX, self.width(), ROW_PX)

    # hands

    def _row_at(self, place: QPointF) -> int:
        index = int((place.y() - HEAD_PX) // ROW_PX)
        return index if 0 <= index < len(self._rows) and place.y() >= HEAD_PX else -1

    def _set_current(self, index: int) -> None:
        if index != self._current:
            self._current = index
            channel = self._rows[index].channel if index >= 0 else None
            self.setCursor(Qt.ArrowCursor if channel is None else Qt.PointingHandCursor)
            self.channel_hovered.emit(-1 if channel is None else channel)
            self._describe()
            self.update()

    def event(self, event: QEvent) -> bool:
        return told_tip(self, event, self._tip) or bool(super().event(event))

    def _tip(self, place: QPoint) -> str:
        index = self._row_at(QPointF(place))
        if index < 0 or self._found is None:
            return ""
        row = self._rows[index]
        if row.channel is None:
            return f"{row.text}: {signed_text(row.end - row.start)}"
        weight, mean = self._found.weights[row.channel], self._found.means[row.channel]
        sentence = self.tr("Channel {0}: weight {1} {2} mean of its map {3} = {4}. Click to look at its map.")
        return sentence.format(
            row.channel, value_text(float(weight)), TIMES, value_text(float(mean)),
            signed_text(row.end - row.start),
        )  # fmt: skip

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_current(self._row_at(event.localPos()))

    def leaveEvent(self, _event: QEvent) -> None:
        self._set_current(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.TabFocusReason, Qt.BacktabFocusReason) and len(self._rows) > 1:
            self._set_current(1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._set_current(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.LeftButton:
            self._choose(self._row_at(event.localPos()))

    def _choose(self, index: int) -> None:
        channel = self._rows[index].channel if index >= 0 else None
        if channel is not None:
            self.channel_chosen.emit(channel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = DOWN.get(event.key())
        if is_command(event) or not self._rows:
            super().keyPressEvent(event)
        elif step is not None:
            self._set_current(min(max(self._current + step, 0), len(self._rows) - 1))
        elif event.key() in ENTER and self._current >= 0:
            self._choose(self._current)
        else:
            super().keyPressEvent(event)
