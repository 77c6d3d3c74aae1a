"""The colours of a map with its histogram above them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt5.QtCore import QRectF
from PyQt5.QtGui import QImage, QPainter, QPaintEvent
from PyQt5.QtWidgets import QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._numbers import value_text
from app.widgets._ramp import ramp

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resnet_core.feature_maps import Range

BINS = 24
HISTOGRAM_PX = 42


class ColourBar(QWidget):
    """The histogram of the map over the colours, with both ends of the scale written below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._counts: Sequence[int] = ()  # of the values, in BINS parts of the range
        self._bar: QImage | None = None
        self._range: Range | None = None
        self._maximum = ""
        self._value: float | None = None
        self.setFixedHeight(HISTOGRAM_PX + 10 + 18)

    def show_scale(self, plane: NDArray[np.float32] | None, span: Range | None, colours: str, maximum: str) -> None:
        self._range, self._maximum, self._value, self._bar = span, maximum, None, None
        if plane is not None and span is not None:
            from resnet_core.feature_maps import histogram

            self._counts = histogram(plane, span, BINS).tolist()
            self._bar = ramp(span, colours)
            self.setToolTip(self.tr("How many of the map's values have each colour (taller: more, on a root scale)"))
        self.update()

    def show_value(self, value: float | None) -> None:
        if value != self._value:
            self._value = value
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        bar = QRectF(0, HISTOGRAM_PX, self.width(), 10)
        if self._bar is None or self._range is None:
            paint.fill_rounded(painter, bar, 3, theme.colour("sunken"))
            return
        step = self.width() / BINS
        most = max(*self._counts, 1)
        for index, count in enumerate(self._counts):
            if count:
                height = math.sqrt(count / most) * (HISTOGRAM_PX - 4)  # a ReLU's zeros would hide the rest
                column = QRectF(index * step, HISTOGRAM_PX - 1 - max(height, 1), step - 1, max(height, 1))
                painter.fillRect(paint.aligned(painter, column), theme.colour("faint"))
        paint.draw_rounded(painter, bar, self._bar, 3)
        low, high = self._range.low, self._range.high
        if self._value is not None and high > low and self._value == self._value:
            x = min(max((self._value - low) / (high - low), 0), 1) * (self.width() - 3)
            paint.fill_rounded(painter, QRectF(x, HISTOGRAM_PX - 4, 3, 18), 1.5, theme.colour("text"))
        labels = QRectF(0, HISTOGRAM_PX + 12, self.width(), 16)
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("muted"))
        paint.draw_figures(painter, labels, value_text(low), paint.LEFT)
        if self._range.signed:
            paint.draw_figures(painter, labels, "0", paint.CENTRE)
        paint.draw_figures(painter, labels, self._maximum)
