"""The crop with a patch to move, and the map of what each place is worth. Parts of occlusion_panel."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._keys import BY_CELL, is_command
from resnet_core import feature_maps
from resnet_core.evidence.occlusion import Grid, Patch, clipped
from resnet_core.feature_maps import Range

LEAST_PX = 140
RADIUS_PX = 6


class _Square(QWidget):
    """A square in the upper left corner, as large as fits. Places in it are fractions of it, down and across."""

    hovered = pyqtSignal(float, float)
    left = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)
        self.side = 1  # of what is shown, in px of the network's input
        self._marked: tuple[float, float] | None = None

    def sizeHint(self) -> QSize:
        return QSize(320, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_PX, LEAST_PX)

    def square(self) -> QRectF:
        side = min(self.width(), self.height())
        return QRectF(0, 0, side, side)

    def on_screen(self, patch: Patch) -> QRectF:
        scale = self.square().width() / self.side
        return QRectF(patch.left * scale, patch.top * scale, patch.size * scale, patch.size * scale)

    def pixel_at(self, place: QPointF) -> tuple[int, int]:
        """Row and column of the network's input; outside of the square, those nearest to it."""
        scale = self.side / max(self.square().width(), 1)
        y, x = (min(max(int(part * scale), 0), self.side - 1) for part in (place.y(), place.x()))
        return y, x

    def show_place(self, share: tuple[float, float] | None) -> None:
        """A crosshair at a place; None takes it away."""
        if share != self._marked:
            self._marked = share
            self.update()

    def _paint_mark(self, painter: QPainter) -> None:
        if self._marked is not None:
            y, x = self._marked
            paint.draw_crosshair(painter, QPointF(x, y) * self.square().width())

    def _paint_frame(self, painter: QPainter, place: QRectF) -> None:
        """Of the patch: white in black, so that it shows on any picture."""
        painter.setBrush(Qt.NoBrush)
        for colour, inset in ((Qt.black, -0.5), (Qt.white, 0.5)):
            painter.setPen(colour)
            painter.drawRect(place.adjusted(inset, inset, -inset, -inset))

    def _point_at(self, place: QPointF) -> None:
        square = self.square()
        if square.contains(place):
            self.hovered.emit(place.y() / square.height(), place.x() / square.width())
        else:
            self.left.emit()

    def leaveEvent(self, _event: QEvent) -> None:
        self.left.emit()


class CropView(_Square):
    """What the network sees, with the patch. Drag it, click where it shall be, or use the arrow keys."""

    moved = pyqtSignal(int, int)  # top, left

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.StrongFocus)
        self.setAccessibleName(self.tr("Photo with a movable patch"))
        self.setCursor(Qt.CrossCursor)
        self._seen: NDArray[np.uint8] | None = None
        self._grey = QColor(124, 116, 104)
        self._patch: Patch | None = None
        self._scaled: tuple[tuple[float, float], QImage] | None = None

    def show_picture(self, seen: NDArray[np.uint8] | None, grey: tuple[int, int, int]) -> None:
        """What the network sees (S, S, 3) uint8, and the colour of the patch."""
        if seen is not self._seen:
            self._seen, self._scaled = seen, None
        self._grey = QColor(*grey)
        self.side = 1 if seen is None else seen.shape[0]
        self.update()

    def show_patch(self, patch: Patch | None) -> None:
        self._patch = patch
        said = "" if patch is None else self.tr("Patch of {0} px at row {1}, column {2}")
        self.setAccessibleDescription(said if patch is None else said.format(patch.size, patch.top, patch.left))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._seen is None:
            return
        painter, square = QPainter(self), self.square()
        key = (square.width(), paint.pixel_ratio(self))
        if self._scaled is None or self._scaled[0] != key:
            self._scaled = key, paint.photo(self._seen, square.width(), square.width(), key[1])
        paint.draw_rounded(painter, square, self._scaled[1], RADIUS_PX)
        if self._patch is not None:
            self._paint_patch(painter, self._patch)
        self._paint_mark(painter)

    def _paint_patch(self, painter: QPainter, patch: Patch) -> None:
        place = paint.aligned(painter, self.on_screen(patch))
        painter.fillRect(place, self._grey)
        self._paint_frame(painter, place)
        if self.hasFocus():
            paint.draw_focus(painter, place.adjusted(-3, -3, 3, 3), 4)

    def _move(self, top: int, left: int) -> None:
        if self._patch is None:
            return
        patch = clipped(Patch(top, left, self._patch.size), self.side, self.side)
        if patch != self._patch:
            self.show_patch(patch)
            self.moved.emit(patch.top, patch.left)

    def _move_to(self, place: QPointF) -> None:
        if self._patch is not None:
            y, x = self.pixel_at(place)
            self._move(y - self._patch.size // 2, x - self._patch.size // 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.LeftButton:
            self._move_to(event.localPos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.LeftButton:
            self._move_to(event.localPos())
        elif self._seen is not None:
            self._point_at(event.localPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = BY_CELL.get(event.key())
        if step is None or self._patch is None or is_command(event):
            super().keyPressEvent(event)
            return
        far = 1 if event.modifiers() & Qt.ShiftModifier else max(1, self._patch.size // 4)
        self._move(self._patch.top + step[0] * far, self._patch.left + step[1] * far)


class WorthView(_Square):
    """How much the class loses under a patch at each place: a square around the middle of each patch."""

    chosen = pyqtSignal(int, int)  # top, left of the patch that was measured there
    pointed_at = pyqtSignal(object)  # (row, column) of the grid, or None

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What each place is worth"))
        self._grid: Grid | None = None
        self._image: QImage | None = None
        self._rows = self._columns = np.zeros(0, np.int64)
        self._patch: Patch | None = None

    def show_map(self, drops: NDArray[np.float32] | None, grid: Grid | None, side: int, reach: float) -> None:
        """Drops (h, w) of the places of a grid in a picture of `side` px, NaN where not measured yet."""
        self.side, self._grid, self._image = side, grid, None
        if drops is not None and grid is not None:
            self._rows = _nearest(grid.tops, grid.size, grid.stride, side)
            self._columns = _nearest(grid.lefts, grid.size, grid.stride, side)
            cells = np.zeros((drops.shape[0] + 1, drops.shape[1] + 1, 4), np.uint8)  # the last of each: none
            known = np.isfinite(drops)
            cells[:-1, :-1, :3] = feature_maps.colour(np.where(known, drops, 0), Range(-reach, reach, True), "")
            cells[:-1, :-1, 3] = np.where(known, 255, 0)
            pixels = np.ascontiguousarray(cells[self._rows][:, self._columns])
            borrowed = QImage(pixels.tobytes(), side, side, 4 * side, QImage.Format_RGBA8888)
            self._image = borrowed.convertToFormat(QImage.Format_ARGB32_Premultiplied)
        self.update()

    def show_patch(self, patch: Patch | None) -> None:
        self._patch = patch
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, square = QPainter(self), self.square()
        paint.fill_rounded(painter, square, RADIUS_PX, theme.colour("sunken"), theme.colour("line"))
        if self._image is None:
            painter.setFont(theme.font(theme.SECONDARY_PX))
            painter.setPen(theme.colour("muted"))
            paint.draw_text(painter, square.adjusted(8, 0, -8, 0), self.tr("Not measured yet"), paint.CENTRE)
            return
        paint.draw_map(painter, square, self._image)
        if self._patch is not None:
            place = paint.aligned(painter, self.on_screen(self._patch))
            self._paint_frame(painter, place)
        self._paint_mark(painter)

    def _cell(self, place: QPointF) -> tuple[int, int] | None:
        if self._grid is None or self._image is None or not self.square().contains(place):
            return None
        y, x = self.pixel_at(place)
        row, column = int(self._rows[y]), int(self._columns[x])
        return (row, column) if row >= 0 and column >= 0 else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed_at.emit(self._cell(event.localPos()))
        if self._image is not None:
            self._point_at(event.localPos())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed_at.emit(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell(event.localPos())
        if event.button() == Qt.LeftButton and cell is not None and self._grid is not None:
            self.chosen.emit(self._grid.tops[cell[0]], self._grid.lefts[cell[1]])


def _nearest(starts: tuple[int, ...], size: int, stride: int, side: int) -> NDArray[np.int64]:
    """(side,): for each pixel of an axis the patch whose middle is nearest; -1 further than half a step from all."""
    middles = np.array(starts) + size / 2
    distance = np.abs(np.arange(side)[:, None] + 0.5 - middles)
    nearest = distance.argmin(axis=1)
    reach = max(stride, 1) / 2
    return np.where(distance[np.arange(side), nearest] <= max(reach, 0.5), nearest, -1)
