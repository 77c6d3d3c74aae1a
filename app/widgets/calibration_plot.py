"""The reliability diagram: how often answers are right, by how sure the network was of them."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PyQt5.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import told_tip
from app.widgets._results import percent
from resnet_core.training.judgement import Bin

_LEFT, _BOTTOM, _TOP, _RIGHT = 44, 36, 6, 8
_COUNTS_PX = 28  # height of the little bars that say how many answers there are
_STICK = 0.34  # width of the gap's mark, of its bar
_FEW = 10  # answers in a bin whose share means little


class CalibrationPlot(QWidget):
    """A bar for each bin, the diagonal of a network that knows what it knows, and the gap between the two."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("calibrationPlot")
        self.setAccessibleName(self.tr("Calibration"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.NoFocus)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)
        self._bins: tuple[Bin, ...] = ()
        self._over = -1

    def show_bins(self, bins: Sequence[Bin]) -> None:
        self._bins, self._over = tuple(bins), -1
        self.setAccessibleDescription("; ".join(self.text(index) for index, b in enumerate(bins) if b.count))
        self.update()

    def text(self, index: int) -> str:
        """e.g. "Sure by 80.0 % to 86.7 %: 412 answers, 85.1 % of them right"."""
        entry = self._bins[index]
        words = self.tr("Sure by {low} to {high}: {count} answers").format(
            low=percent(entry.low), high=percent(entry.high), count=f"{entry.count:,}"
        )
        return words + (self.tr(", {0} of them right").format(percent(entry.accuracy)) if entry.count else "")

    def sizeHint(self) -> QSize:
        return QSize(320, 280)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 200)

    def _square(self) -> QRectF:
        """Where 0 … 1 by 0 … 1 is drawn."""
        wide = self.width() - _LEFT - _RIGHT
        high = self.height() - _TOP - _BOTTOM - _COUNTS_PX - 6
        return QRectF(_LEFT, _TOP, max(40, wide), max(40, high))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        square = self._square()
        self._paint_axes(painter, square)
        for index, entry in enumerate(self._bins):
            if entry.count:
                self._paint_bin(painter, square, index, entry)
        painter.setPen(QPen(theme.colour("muted"), 1, Qt.DashLine))
        painter.drawLine(square.bottomLeft(), square.topRight())
        self._paint_counts(painter, square)

    def _paint_axes(self, painter: QPainter, square: QRectF) -> None:
        painter.setFont(theme.font(theme.SMALL_PX))
        counts_bottom = square.bottom() + 6 + _COUNTS_PX
        for step in range(5):
            share = step / 4
            y = square.bottom() - share * square.height()
            painter.setPen(theme.colour("line"))
            painter.drawLine(QPointF(square.left(), round(y) + 0.5), QPointF(square.right(), round(y) + 0.5))
            painter.setPen(theme.colour("muted"))
            label = f"{100 * share:.0f} %"
            paint.draw_text(painter, QRectF(0, y - 8, _LEFT - 8, 16), label, paint.RIGHT)
            x = square.left() + share * square.width()
            flags = paint.CENTRE if 0 < step < 4 else paint.LEFT if step == 0 else paint.RIGHT
            left = x - 24 if 0 < step < 4 else x if step == 0 else x - 48
            paint.draw_text(painter, QRectF(left, counts_bottom + 2, 48, 16), label, flags)
        painter.setPen(theme.colour("muted"))
        axis = QRectF(square.left(), counts_bottom + 18, square.width(), 16)
        paint.draw_text(painter, axis, self.tr("how sure it was"), paint.CENTRE)

    def _bin_rect(self, square: QRectF, entry: Bin) -> QRectF:
        left = square.left() + entry.low * square.width()
        return QRectF(left + 1, square.top(), (entry.high - entry.low) * square.width() - 2, square.height())

    def _paint_bin(self, painter: QPainter, square: QRectF, index: int, entry: Bin) -> None:
        column = self._bin_rect(square, entry)
        right = square.bottom() - entry.accuracy * square.height()
        sure = square.bottom() - entry.confidence * square.height()
        painter.setOpacity(0.3 if entry.count < _FEW else 1.0)
        painter.setPen(Qt.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRect(QRectF(column.left(), right, column.width(), square.bottom() - right))
        painter.setBrush(theme.colour("second"))
        top, bottom = min(right, sure), max(right, sure)
        stick = column.width() * _STICK
        painter.drawRect(QRectF(column.center().x() - stick / 2, top, stick, bottom - top))
        painter.setOpacity(1.0)
        if index == self._over:
            painter.setPen(QPen(theme.colour("text"), 1))
            painter.setBrush(Qt.NoBrush)
            painter.drawRect(QRectF(column.left(), top, column.width(), square.bottom() - top))

    def _paint_counts(self, painter: QPainter, square: QRectF) -> None:
        """How many answers lie in each bin, downwards from its bar."""
        most = max((entry.count for entry in self._bins), default=0)
        painter.setPen(Qt.NoPen)
        painter.setBrush(theme.colour("faint"))
        for entry in self._bins:
            if entry.count:
                column = self._bin_rect(square, entry)
                high = max(1.0, _COUNTS_PX * entry.count / most)
                painter.drawRect(QRectF(column.left(), square.bottom() + 6, column.width(), high))

    def _bin_at(self, x: float) -> int:
        square = self._square()
        if not self._bins or not square.left() <= x < square.right():
            return -1
        return min(int((x - square.left()) / square.width() * len(self._bins)), len(self._bins) - 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._bin_at(event.localPos().x()))

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover(-1)

    def _hover(self, index: int) -> None:
        if index != self._over:
            self._over = index
            self.update()

    def event(self, event: QEvent) -> bool:
        return told_tip(self, event, self._tip) or bool(super().event(event))

    def _tip(self, place: QPoint) -> str:
        index = self._bin_at(place.x())
        return self.text(index) if index >= 0 else ""
