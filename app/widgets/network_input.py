"""What the network saw: the crop at the size it was given, small, with a caption beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt5.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIDE_PX = 64


class NetworkInput(QWidget):
    """The network's input as a thumbnail, enlarged by whole pixels where it is small (CIFAR's 32 px).

    Emits the place under the cursor, down and across in fractions of the input (0 … 1).
    """

    hovered = pyqtSignal(float, float)
    left = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("networkInput")
        self.setAccessibleName(self.tr("What the network saw"))
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self._seen: NDArray[np.uint8] | None = None
        self._caption = ""
        self._scaled: tuple[float, QImage] | None = None
        self._probe: tuple[float, float, float, float] | None = None
        self._marker: tuple[float, float] | None = None
        self.setMouseTracking(True)

    def show_input(self, seen: NDArray[np.uint8], caption: str) -> None:
        """The input (S, S, 3) uint8, and a line about it such as "224 × 224 px, centre crop"."""
        if seen is self._seen and caption == self._caption:
            return
        self._seen, self._caption, self._scaled = seen, caption, None
        self.setAccessibleDescription(caption)
        self.setToolTip(self.tr("The network's input: resized and cropped, before normalisation"))
        self.update()

    def show_probe(self, rect: tuple[float, float, float, float] | None) -> None:
        """The receptive field of a unit: left, top, right, bottom in fractions of the input."""
        if rect != self._probe:
            self._probe = rect
            self.update()

    def show_marker(self, y: float, x: float | None) -> None:
        """A crosshair at a place, down and across in fractions of the input; `x` None takes it away."""
        marker = None if x is None else (y, x)
        if marker != self._marker:
            self._marker = marker
            self.update()

    def clear(self) -> None:
        self._seen, self._caption, self._scaled, self._probe, self._marker = None, "", None, None, None
        self.setAccessibleDescription("")
        self.setToolTip("")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, SIDE_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(SIDE_PX + 60, SIDE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        square = QRectF(0, 0, SIDE_PX, SIDE_PX)
        painter.setPen(theme.colour("muted"))
        if self._seen is None:
            paint.fill_rounded(painter, square, 8, theme.colour("panel"), theme.colour("line"))
        else:
            ratio = paint.pixel_ratio(self)
            if self._scaled is None or self._scaled[0] != ratio:
                self._scaled = ratio, paint.photo(self._seen, SIDE_PX, SIDE_PX, ratio)
            paint.draw_rounded(painter, square, self._scaled[1], 8)
            painter.save()
            self._paint_probe(painter, square)
            painter.restore()
        text = QRectF(SIDE_PX + 12, 0, self.width() - SIDE_PX - 12, SIDE_PX)
        painter.setFont(theme.font())
        lines = [self.tr("What the network saw"), *([self._caption] if self._caption else [])]
        height = 18
        y = (SIDE_PX - height * len(lines)) / 2
        for line in lines:
            paint.draw_text(
                painter, QRectF(text.x(), y, text.width(), height), line, int(Qt.AlignLeft | Qt.AlignVCenter)
            )
            painter.setFont(theme.font(theme.SECONDARY_PX))
            y += height

    def _paint_probe(self, painter: QPainter, square: QRectF) -> None:
        side = square.width()
        if self._probe is not None:
            left, top, right, bottom = (place * side for place in self._probe)
            frame = paint.aligned(painter, QRectF(left, top, max(right - left, 3), max(bottom - top, 3)))
            for colour, inset in ((Qt.black, 0.5), (Qt.white, 1.5)):
                painter.setPen(colour)
                painter.drawRect(frame.adjusted(inset, inset, -inset, -inset))
        if self._marker is not None:
            y, x = self._marker
            paint.draw_crosshair(painter, QPointF(x * side, y * side), arm_px=3)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.localPos() / SIDE_PX
        if self._seen is not None and 0 <= place.x() < 1 and 0 <= place.y() < 1:
            self.hovered.emit(place.y(), place.x())
        else:
            self.left.emit()

    def leaveEvent(self, _event: QEvent) -> None:
        self.left.emit()
