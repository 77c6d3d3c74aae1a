"""A map with nothing smoothed: its cells as they are, the one under the cursor framed. Part of several panels."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QPointF, QRectF, Qt, pyqtSignal
from PyQt5.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QWidget

from app import theme
from app.widgets import _painting as paint


class MapView(QWidget):
    """As large as its place allows, in the middle of it and at the top. Emits the cell under the cursor."""

    hovered = pyqtSignal(int, int)  # row and column
    left = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self.cursor_cell: tuple[int, int] | None = None
        self.setMouseTracking(True)

    def show_image(self, image: QImage | None) -> None:
        """A pixel a cell; None: there is no map."""
        self.image, self.cursor_cell = image, None
        self.update()

    def show_cursor(self, cell: tuple[int, int] | None) -> None:
        """Frames a cell; None, or one that this map has not, frames none."""
        if cell is not None and (self.image is None or cell[0] >= self.image.height() or cell[1] >= self.image.width()):
            cell = None
        if cell != self.cursor_cell:
            self.cursor_cell = cell
            self.update()

    def place(self) -> QRectF:
        """Where the map is drawn."""
        if self.image is None:
            side = min(self.width(), self.height())
            return QRectF((self.width() - side) / 2, 0, side, side)
        scale = min(self.width() / self.image.width(), self.height() / self.image.height())
        width, height = self.image.width() * scale, self.image.height() * scale
        return QRectF((self.width() - width) / 2, 0, width, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.image is None:
            paint.fill_rounded(painter, QRectF(self.rect()), 8, theme.colour("sunken"))
            return
        rect = paint.aligned(painter, self.place())
        paint.draw_rounded(painter, rect, self._on_device(painter, rect), 4)
        if self.cursor_cell is not None:
            paint.draw_cell(painter, rect, (self.image.height(), self.image.width()), self.cursor_cell, 3)
        if self.hasFocus():
            paint.draw_focus(painter, rect, 4)

    def _on_device(self, painter: QPainter, rect: QRectF) -> QImage:
        """The cells at the screen's resolution: a brush that enlarges would be off by a pixel now and then."""
        assert self.image is not None
        device = painter.deviceTransform().mapRect(rect).size().toSize()
        smaller = device.width() < self.image.width()
        return self.image.scaled(
            device, Qt.IgnoreAspectRatio, Qt.SmoothTransformation if smaller else Qt.FastTransformation
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        rect, place = self.place(), QPointF(event.localPos())
        if self.image is None or not rect.contains(place):
            self.left.emit()
            return
        self.hovered.emit(*paint.cell_at(rect, place, (self.image.height(), self.image.width())))

    def leaveEvent(self, _event: QEvent) -> None:
        self.left.emit()
