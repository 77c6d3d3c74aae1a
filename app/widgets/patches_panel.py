"""The patches that excite a channel most, as a wall: the strongest first, each with its value and its picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QEvent, QPoint, QRectF, QSignalBlocker, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt5.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import ElidedLabel, told_tip
from app.widgets._keys import ENTER, in_rows, is_command, place_after
from app.widgets._numbers import value_text

GAP_PX = 10
TEXT_PX = 36  # value and name below a patch
LEAST_PX, MOST_PX = 64, 240  # side of a patch


@dataclass(frozen=True, eq=False)
class PatchTile:
    """A patch (h, w, 3) uint8, the unit's value, and the picture it comes from; `cross` marks its middle."""

    rgb: NDArray[np.uint8]
    value: float
    name: str
    tip: str = ""
    cross: bool = False


class PatchesPanel(QWidget):
    """Emits the rank of a patch that was clicked, from 0 on, and the channel that was chosen."""

    picked = pyqtSignal(int)
    channel_chosen = pyqtSignal(int)
    cancel_requested = pyqtSignal()
    resume_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patchesPanel")
        self.setAccessibleName(self.tr("Patches"))
        self._running = False
        self._of, self._progress = ElidedLabel(), ElidedLabel(role="caption")
        self._channel = QSpinBox()
        self._channel.setAccessibleName(self.tr("Channel"))
        self._channel.setToolTip(self.tr("The channel whose patches are shown"))
        self._channel.setMinimumWidth(84)
        self._channel.setKeyboardTracking(False)
        self._channel.valueChanged.connect(self.channel_chosen)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._button = QPushButton()
        self._button.setProperty("size", "small")
        self._button.clicked.connect(self._pressed)
        self._note = QLabel()
        self._note.setProperty("role", "caption")
        self._note.setWordWrap(True)
        self._wall = _Wall()
        self._wall.picked.connect(self.picked)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.NoFocus)
        self._scroll.setWidget(self._wall)
        heading = QHBoxLayout()
        heading.setSpacing(8)
        heading.addWidget(QLabel(self.tr("Channel")))
        heading.addWidget(self._channel)
        heading.addWidget(self._of)
        heading.addStretch(1)
        for part in (self._progress, self._bar, self._button):
            heading.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(heading)
        column.addWidget(self._note)
        column.addWidget(self._scroll, 1)
        self.show_progress(0, 0, running=False)

    def show_channel(self, output: str, channel: int, channels: int, note: str) -> None:
        """Whose patches are shown; `note` says in a sentence what a patch is."""
        with QSignalBlocker(self._channel):
            self._channel.setRange(0, channels - 1)
            self._channel.setValue(channel)
        self._of.setText(self.tr("of {0}").format(output))
        self._note.setText(note)

    def show_progress(self, done: int, total: int, *, running: bool) -> None:
        """How many pictures were looked at; the search can be called off, and gone on with."""
        self._running = running
        whole = done >= total
        if not whole:
            text = self.tr("{0} of {1} pictures looked at").format(done, total)
        else:
            text = self.tr("1 picture looked at") if total == 1 else self.tr("{0} pictures looked at").format(total)
        self._progress.setText(text if total else "")
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._bar.setVisible(running)
        self._button.setText(self.tr("Cancel") if running else self.tr("Go on"))
        self._button.setVisible(running or not whole)

    def show_patches(self, tiles: Sequence[PatchTile], empty: str = "") -> None:
        """The patches, the strongest first; `empty` is said where there is none."""
        self._wall.show_tiles(tiles, empty)
        self._wall.fit(self._scroll.viewport().size())

    def _pressed(self) -> None:
        (self.cancel_requested if self._running else self.resume_requested).emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wall.fit(self._scroll.viewport().size())

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 180)

    def sizeHint(self) -> QSize:
        return QSize(900, 400)


class _Wall(QWidget):
    """The tiles as large as lets all of them be seen, if they can be; arrows and Enter work."""

    picked = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Patches, the strongest first"))
        self._tiles: tuple[PatchTile, ...] = ()
        self._images: list[QImage] = []
        self._empty = ""
        self._columns, self._side = 1, MOST_PX
        self._current, self._over = 0, -1

    def show_tiles(self, tiles: Sequence[PatchTile], empty: str) -> None:
        self._tiles, self._empty = tuple(tiles), empty
        self._images = [paint.to_image(tile.rgb) for tile in tiles]
        self._current = min(self._current, max(len(tiles) - 1, 0))
        self._describe()
        self.update()

    def fit(self, room: QSize) -> None:
        """Sides and columns for a viewport of this size."""
        count, best = max(len(self._tiles), 1), (0.0, 1)
        for columns in range(1, count + 1):
            rows = -(-count // columns)
            wide = (room.width() - GAP_PX * (columns - 1)) / columns
            high = (room.height() - GAP_PX * (rows - 1)) / rows - TEXT_PX
            best = max(best, (min(wide, high, MOST_PX), columns))
        side, columns = best
        if side < LEAST_PX:
            side, columns = LEAST_PX, max(1, (room.width() + GAP_PX) // (LEAST_PX + GAP_PX))
        self._side, self._columns = int(side), columns
        rows = -(-count // columns)
        self.setMinimumHeight(rows * (self._side + TEXT_PX) + GAP_PX * (rows - 1))
        self.update()

    def _rect(self, index: int) -> QRectF:
        row, column = divmod(index, self._columns)
        return QRectF(
            column * (self._side + GAP_PX),
            row * (self._side + TEXT_PX + GAP_PX),
            self._side,
            self._side + TEXT_PX,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._tiles:
            painter.setPen(theme.colour("muted"))
            painter.drawText(self.rect(), int(Qt.AlignCenter | Qt.TextWordWrap), self._empty)
            if self.hasFocus():
                paint.draw_focus(painter, QRectF(self.rect()), 6)
            return
        for index, tile in enumerate(self._tiles):
            rect = self._rect(index)
            if rect.intersects(QRectF(event.rect())):
                self._paint_tile(painter, index, tile, rect)

    def _paint_tile(self, painter: QPainter, index: int, tile: PatchTile, rect: QRectF) -> None:
        square = QRectF(rect.x(), rect.y(), self._side, self._side)
        paint.draw_map(painter, square, self._images[index])
        if tile.cross:
            paint.draw_crosshair(painter, square.center())
        if index == self._over:
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.NoBrush)
            painter.drawRect(square.adjusted(0.5, 0.5, -0.5, -0.5))
        if index == self._current and self.hasFocus():
            paint.draw_focus(painter, square, 3)
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("text"))
        line = QRectF(rect.x(), square.bottom() + 2, rect.width(), 17)
        paint.draw_figures(painter, line, value_text(tile.value), paint.LEFT)
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("muted"))
        paint.draw_text(painter, line.translated(0, 16), tile.name, elide=Qt.ElideMiddle)

    def _describe(self) -> None:
        text = ""
        if self._tiles:
            tile = self._tiles[self._current]
            text = self.tr("{0} of {1}: {2}, {3}").format(
                self._current + 1, len(self._tiles), tile.name, value_text(tile.value)
            )
        self.setAccessibleDescription(text)

    def _index_at(self, place: QPoint) -> int:
        return next((index for index in range(len(self._tiles)) if self._rect(index).contains(place)), -1)

    def event(self, event: QEvent) -> bool:
        return told_tip(self, event, self._tip) or bool(super().event(event))

    def _tip(self, place: QPoint) -> str:
        index = self._index_at(place)
        return self._tiles[index].tip if index >= 0 else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._index_at(event.pos()))

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover(-1)

    def _hover(self, index: int) -> None:
        if index != self._over:
            self._over = index
            self.setCursor(Qt.PointingHandCursor if index >= 0 else Qt.ArrowCursor)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.pos())
        if event.button() == Qt.LeftButton and index >= 0:
            self._go(index)
            self.picked.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = place_after(event, self._current, len(self._tiles), in_rows(self._columns))
        if not self._tiles or is_command(event):
            super().keyPressEvent(event)
        elif event.key() in ENTER:
            self.picked.emit(self._current)
        elif target is None:
            super().keyPressEvent(event)
        elif target >= 0:
            self._go(target)

    def _go(self, index: int) -> None:
        self._current = index
        self._describe()
        self.update()
