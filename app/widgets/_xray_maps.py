"""The four rows of an X-ray: the same channels as they come in, as F, as their sum and after the ReLU."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt5.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import told_tip
from app.widgets._keys import ACROSS, place_after
from app.widgets._numbers import value_text
from resnet_core import feature_maps
from resnet_core.feature_maps import Range

ROWS = 4
HEAD_PX, TOP_PX, GAP_PX = 132, 22, 6
WIDEST_GAP_PX = 20  # maps move apart rather than leave a margin at one side
FEWEST = 6  # columns that are shown even where they have to be small
LEAST_PX, MOST_PX = 24, 480
FADE_AFTER_MS = 200


@dataclass(frozen=True, eq=False)
class XRayRows:
    """`maps` (4, n, H, W) float32 of `channels`, on one scale centred on 0; a heading and a note for each row.

    `notes` say what is known of each channel, for its tooltip.
    """

    maps: NDArray[np.float32]
    channels: tuple[int, ...]
    headings: tuple[tuple[str, str], ...]
    scale: Range
    notes: tuple[str, ...] = ()


class XRayMaps(QWidget):
    """Emits the row, channel and place under the cursor, and the channel that was clicked or reached by the arrows."""

    hovered = pyqtSignal(int, int, int, int)  # row 0 … 3, channel, y, x
    left = pyqtSignal()
    channel_picked = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Shortcut, F(x), their sum and what the ReLU leaves, channel by channel"))
        self.setFocusPolicy(Qt.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)
        self.setMinimumSize(HEAD_PX + FEWEST * (LEAST_PX + GAP_PX), TOP_PX + ROWS * (LEAST_PX + GAP_PX))
        self._rows: XRayRows | None = None
        self._faces: list[list[QImage]] = []
        self._busy = self._faded = False
        self._slow = QTimer(self)  # most blocks are there before it runs out: their maps need not be painted twice
        self._slow.setSingleShot(True)
        self._slow.setInterval(FADE_AFTER_MS)
        self._slow.timeout.connect(self._fade)
        self._current = -1
        self._cursor: tuple[int, int] | None = None
        self._over: tuple[int, int, int, int] | None = None

    def show_rows(self, rows: XRayRows | None, *, busy: bool = False) -> None:
        """New maps. While the next ones are computed (`busy`) those before stay, and fade if that takes its time."""
        self._busy = busy
        if not busy:
            self._slow.stop()
            self._faded, self._rows, self._cursor, self._over = False, rows, None, None
            painted = None if rows is None else feature_maps.colour(rows.maps, rows.scale, "diverging")
            self._faces = [] if painted is None else [[paint.to_image(tile) for tile in row] for row in painted]
            self._describe()
            self.update()
        elif self._rows is None:
            self.update()
        elif not self._slow.isActive():
            self._slow.start()

    def _fade(self) -> None:
        self._faded = True
        self.update()

    def set_current(self, channel: int) -> None:
        if channel != self._current:
            self._current = channel
            self._describe()
            self.update()

    def _describe(self) -> None:
        """For screen readers: the channel looked at, with the mean of each of its maps."""
        rows, said = self._rows, ""
        if rows is not None and self._current in rows.channels:
            column = rows.channels.index(self._current)
            means = zip(rows.headings, rows.maps[:, column].mean(axis=(1, 2)), strict=True)
            parts = [f"{heading} {value_text(float(mean))}" for (heading, _), mean in means]
            said = self.tr("Channel {0}, means: {1}").format(self._current, ", ".join(parts))
        self.setAccessibleDescription(said)

    def show_cursor(self, place: tuple[int, int] | None) -> None:
        """Marks the same cell (y, x) in every map."""
        if place != self._cursor:
            self._cursor = place
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(720, 420)

    # where everything is

    @property
    def columns(self) -> int:
        """How many channels there is room for."""
        tile, count = self._tile(), 0 if self._rows is None else len(self._rows.channels)
        return min(count, max(1, int((self.width() - HEAD_PX - 4 + GAP_PX) // (tile + GAP_PX))))

    def _tile(self) -> float:
        """The side of a map. Its cells are of one size wherever that costs little room."""
        high = (self.height() - TOP_PX - GAP_PX * ROWS) / ROWS
        wide = (self.width() - HEAD_PX + GAP_PX) / FEWEST - GAP_PX
        side = min(max(min(high, wide), LEAST_PX), MOST_PX)
        if self._rows is None:
            return side
        ratio, cells = paint.pixel_ratio(self), max(self._rows.maps.shape[2:])
        whole = math.floor(side * ratio) // cells * cells / ratio
        return whole if whole >= 0.85 * side else side

    def _rect(self, row: int, column: int) -> QRectF:
        return self._rects(row + 1, column + 1)[row][column]

    def _rects(self, rows: int = ROWS, columns: int | None = None) -> list[list[QRectF]]:
        """Where the maps are, row by row."""
        tile, shown = self._tile(), max(self.columns, 1)
        down = min((self.height() - TOP_PX - GAP_PX / 2) / ROWS, tile + WIDEST_GAP_PX)
        down = max(down, tile + GAP_PX)
        spare = (self.width() - HEAD_PX - 4 - tile) / max(shown - 1, 1)
        across = max(min(spare, tile + WIDEST_GAP_PX), tile + GAP_PX)
        return [
            [QRectF(HEAD_PX + column * across, TOP_PX + row * down, tile, tile) for column in range(columns or shown)]
            for row in range(rows)
        ]

    def _cell_at(self, place: QPoint) -> tuple[int, int, int, int] | None:
        """Row, column, y and x."""
        if self._rows is None:
            return None
        for row, rects in enumerate(self._rects()):
            for column, rect in enumerate(rects):
                if rect.contains(place):
                    return row, column, *paint.cell_at(rect, place, self._rows.maps.shape[2:])
        return None

    def _column_at(self, place: QPoint) -> int | None:
        rects = self._rects()
        for column, (first, last) in enumerate(zip(rects[0], rects[-1], strict=True)):
            if first.left() <= place.x() < first.right() and place.y() <= last.bottom():
                return column
        return None

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._rows is None:
            painter.setPen(theme.colour("muted"))
            paint.draw_text(painter, QRectF(self.rect()), self.tr("Taking the block apart …") if self._busy else "")
            return
        painter.setOpacity(0.45 if self._faded else 1.0)
        rects = self._rects()
        step = rects[1][0].y() - rects[0][0].y()
        for tiles, (heading, note) in zip(rects, self._rows.headings, strict=True):
            self._paint_heading(painter, tiles[0], step, heading, note)
        for column in range(len(rects[0])):
            self._paint_column(painter, column, [tiles[column] for tiles in rects])

    def _paint_heading(self, painter: QPainter, tile: QRectF, step: float, heading: str, note: str) -> None:
        painter.setFont(theme.font(theme.SMALL_PX))
        room = QRectF(0, 0, HEAD_PX - 10, 200)
        flags = int(Qt.AlignLeft | Qt.AlignTop | Qt.TextWordWrap)
        line = painter.fontMetrics().lineSpacing()
        wanted = min(painter.boundingRect(room, flags, note).height(), max(0.0, step - 22) // line * line)
        top = tile.center().y() - (20 + wanted) / 2
        painter.setPen(theme.colour("muted"))
        painter.save()
        painter.setClipRect(QRectF(0, top + 20, HEAD_PX - 8, wanted))
        painter.drawText(QRectF(0, top + 20, HEAD_PX - 10, wanted + 14), flags, note)
        painter.restore()
        painter.setFont(theme.font(15, bold=True))
        painter.setPen(theme.colour("text"))
        paint.draw_text(painter, QRectF(0, top, HEAD_PX - 8, 20), heading)

    def _paint_column(self, painter: QPainter, column: int, rects: list[QRectF]) -> None:
        assert self._rows is not None
        channel = self._rows.channels[column]
        first, last = rects[0], rects[-1]
        chosen = channel == self._current
        if chosen:
            frame = QRectF(first.x() - 3, 0.5, first.width() + 6, last.bottom() + 3)
            paint.fill_rounded(painter, frame, 6, theme.colour("accent_soft"), theme.colour("accent"))
        painter.setFont(theme.font(theme.SMALL_PX, bold=chosen))
        painter.setPen(theme.colour("accent" if chosen else "muted"))
        paint.draw_text(painter, QRectF(first.x(), 2, first.width(), TOP_PX - 4), f"#{channel}", paint.CENTRE)
        for row, rect in enumerate(rects):
            paint.draw_map(painter, rect, self._faces[row][column])
            if self._cursor is not None:
                shape = (self._rows.maps.shape[2], self._rows.maps.shape[3])
                paint.draw_cell(painter, rect, shape, self._cursor, 4)
        if chosen and self.hasFocus():
            paint.draw_focus(painter, QRectF(first.x() - 3, 0, first.width() + 6, last.bottom() + 3.5), 6)

    # asking

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._cursor = None

    def event(self, event: QEvent) -> bool:
        return told_tip(self, event, self._tip) or bool(super().event(event))

    def _tip(self, place: QPoint) -> str:
        column = self._column_at(place)
        notes = () if self._rows is None else self._rows.notes
        return notes[column] if column is not None and column < len(notes) else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.pos())
        if cell == self._over or self._busy:
            return
        self._over = cell
        if cell is None or self._rows is None:
            self.left.emit()
        else:
            row, column, y, x = cell
            self.hovered.emit(row, self._rows.channels[column], y, x)

    def leaveEvent(self, _event: QEvent) -> None:
        self._over = None
        self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        column = self._column_at(event.pos())
        if event.button() == Qt.LeftButton and column is not None and self._rows is not None:
            self.channel_picked.emit(self._rows.channels[column])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown: Sequence[int] = () if self._rows is None else self._rows.channels[: self.columns]
        here = shown.index(self._current) if self._current in shown else -1
        target = place_after(event, here, len(shown), ACROSS, ends=True)
        if target is None:
            super().keyPressEvent(event)
        elif target >= 0:
            self.channel_picked.emit(shown[target])
