"""The colours of a signed map as a bar, and what its two ends mean. Part of the panels that show evidence."""

from __future__ import annotations

from PyQt5.QtCore import QRectF, QSize
from PyQt5.QtGui import QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._numbers import value_text
from app.widgets._ramp import ramp
from resnet_core.feature_maps import Range

BAR_PX = 10


class SignedBar(QWidget):
    """−8.28 … 0 … 8.28, with a word at each end; a mark where the value under the cursor lies."""

    def __init__(self, low_word: str, high_word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = low_word, high_word
        self._reach: float | None = None
        self._value: float | None = None
        self._image = ramp(Range(-1, 1, True), "diverging")
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)

    def set_words(self, low: str, high: str) -> None:
        """What a value below 0 says, and one above."""
        self._words = low, high
        self.update()

    def show_reach(self, reach: float | None) -> None:
        """The scale goes from -reach to reach; None: there is none."""
        self._reach, self._value = reach, None
        self.update()

    def show_value(self, value: float | None) -> None:
        if value != self._value:
            self._value = value
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, BAR_PX + 4 + 18)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, BAR_PX + 4 + 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._reach is None:
            return
        painter = QPainter(self)
        bar = QRectF(0, 4, self.width(), BAR_PX)
        paint.draw_rounded(painter, bar, self._image, 3)
        if self._value is not None and self._value == self._value and self._reach > 0:
            share = min(max(self._value / self._reach, -1), 1) / 2 + 0.5
            mark = QRectF(share * (self.width() - 3), 0, 3, BAR_PX + 8)
            paint.fill_rounded(painter, mark, 1.5, theme.colour("text"))
        words = QRectF(0, BAR_PX + 6, self.width(), 16)
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("muted"))
        low, high = self._words
        end = value_text(self._reach)
        half = QRectF(0, words.y(), self.width() / 2 - 10, 16)
        paint.draw_text(painter, half, f"{value_text(-self._reach)} {low}", paint.LEFT)
        paint.draw_text(painter, words, "0", paint.CENTRE)
        number = painter.fontMetrics().horizontalAdvance(f" {end}")
        right = half.translated(self.width() / 2 + 10, 0)
        paint.draw_text(painter, right, end, paint.RIGHT)
        paint.draw_text(painter, right.adjusted(0, 0, -number, 0), high, paint.RIGHT)
