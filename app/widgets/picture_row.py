"""Small pictures with what the network answered, in as many rows as they need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QEvent, QPoint, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt5.QtWidgets import QAbstractScrollArea, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import scroll_to, told_tip
from app.widgets._keys import ENTER, in_rows, is_command, place_after

Rgb = NDArray[np.uint8]

THUMB_PX, TILE_WIDTH_PX, GAP_PX, LINE_PX = 64, 88, 4, 16
_PAD = (TILE_WIDTH_PX - THUMB_PX) // 2


@dataclass(frozen=True)
class PictureItem:
    """`index` is whatever the owner knows it by; `caption` what was answered, `detail` a second line or nothing."""

    index: int
    caption: str
    detail: str = ""
    tip: str = ""


class PictureRow(QAbstractScrollArea):
    """Pictures are shown as they arrive; a picture's pixels stay pixels. Arrow keys choose, Enter opens."""

    picture_chosen = pyqtSignal(int)  # its index

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pictureRow")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._items: tuple[PictureItem, ...] = ()
        self._images: dict[int, QImage] = {}
        self._lines = 2
        self._message = ""
        self._over = self._current = -1

    def show_items(self, items: Sequence[PictureItem], message: str = "") -> None:
        """Places for pictures; `message` is said where there are none, or beside which none will ever come."""
        self._items, self._images, self._message = tuple(items), {}, message
        self._over, self._current = -1, 0 if items else -1
        self._lines = 2 if any(item.detail for item in items) else 1
        self.verticalScrollBar().setValue(0)
        self._update_range()
        self._describe()
        self.viewport().update()

    def show_pictures(self, pictures: Mapping[int, Rgb]) -> None:
        """The pixels uint8 (H, W, 3) of some of the items, by index. Those of other items are ignored."""
        wanted = {item.index for item in self._items}
        self._images |= {index: paint.to_image(rgb) for index, rgb in pictures.items() if index in wanted}
        self.viewport().update()

    @property
    def items(self) -> tuple[PictureItem, ...]:
        return self._items

    # -- where things are ----------------------------------------------------------------------------------------------

    @property
    def tile_height_px(self) -> int:
        return 4 + THUMB_PX + 4 + self._lines * LINE_PX + 4

    def sizeHint(self) -> QSize:
        return QSize(4 * (TILE_WIDTH_PX + GAP_PX), self.tile_height_px)

    def minimumSizeHint(self) -> QSize:
        return QSize(TILE_WIDTH_PX + 16, self.tile_height_px)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._update_range()

    def _columns(self) -> int:
        return max(1, (self.viewport().width() + GAP_PX) // (TILE_WIDTH_PX + GAP_PX))

    def _update_range(self) -> None:
        step = self.tile_height_px + GAP_PX
        rows = -(-len(self._items) // self._columns())
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, rows * step - GAP_PX - room))
        bar.setPageStep(room)
        bar.setSingleStep(step // 2)

    def tile_rect(self, place: int) -> QRectF:
        """Where the item at a place of the list is, in the viewport."""
        row, column = divmod(place, self._columns())
        top = row * (self.tile_height_px + GAP_PX) - self.verticalScrollBar().value()
        return QRectF(column * (TILE_WIDTH_PX + GAP_PX), top, TILE_WIDTH_PX, self.tile_height_px)

    def _place_at(self, point: QPoint) -> int:
        row = (point.y() + self.verticalScrollBar().value()) // (self.tile_height_px + GAP_PX)
        column = point.x() // (TILE_WIDTH_PX + GAP_PX)
        place = row * self._columns() + column
        inside = column < self._columns() and 0 <= place < len(self._items)
        return place if inside and self.tile_rect(place).contains(point) else -1

    # -- painting ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if not self._items:
            painter.setPen(theme.colour("muted"))
            painter.setFont(theme.font(theme.SECONDARY_PX))
            painter.drawText(self.viewport().rect(), int(Qt.AlignLeft | Qt.AlignTop | Qt.TextWordWrap), self._message)
            if self.hasFocus():
                paint.draw_focus(painter, QRectF(self.viewport().rect()), 6)
            return
        for place, item in enumerate(self._items):
            rect = self.tile_rect(place)
            if rect.top() > event.rect().bottom():
                break
            if rect.bottom() >= event.rect().top():
                self._paint_tile(painter, place, item, rect)

    def _paint_tile(self, painter: QPainter, place: int, item: PictureItem, rect: QRectF) -> None:
        if place == self._over:
            paint.fill_rounded(painter, rect, 8, theme.colour("hover"))
        thumb = QRectF(rect.left() + _PAD, rect.top() + 4, THUMB_PX, THUMB_PX)
        image = self._images.get(item.index)
        if image is None:
            paint.fill_rounded(painter, thumb, 4, theme.colour("track"))
            paint.draw_icon(painter, "image", thumb.adjusted(22, 22, -22, -22), "faint")
        else:
            paint.draw_map(painter, thumb, image)
        line = QRectF(rect.left(), thumb.bottom() + 4, rect.width(), LINE_PX)
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("text"))
        paint.draw_text(painter, line, item.caption, paint.CENTRE, Qt.ElideMiddle)
        painter.setPen(theme.colour("muted"))
        paint.draw_text(painter, line.translated(0, LINE_PX), item.detail, paint.CENTRE)
        if self.hasFocus() and place == self._current:
            paint.draw_focus(painter, rect, 8)

    # -- mouse and keyboard --------------------------------------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Leave:
            self._hover(-1)
        return told_tip(self, event, self._tip) or bool(super().viewportEvent(event))

    def _tip(self, place: QPoint) -> str:
        index = self._place_at(place)
        return self._items[index].tip if index >= 0 else ""

    def _hover(self, place: int) -> None:
        if place != self._over:
            self._over = place
            self.viewport().setCursor(Qt.PointingHandCursor if place >= 0 else Qt.ArrowCursor)
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._place_at(event.pos()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.pos())
        if event.button() == Qt.LeftButton and place >= 0:
            self._go_to(place)
            self.picture_chosen.emit(self._items[place].index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self._current
        target = place_after(event, here, len(self._items), in_rows(self._columns()), ends=True)
        if is_command(event) or here < 0:
            super().keyPressEvent(event)
        elif event.key() in (*ENTER, Qt.Key_Space):
            self.picture_chosen.emit(self._items[here].index)
        elif target is None:
            super().keyPressEvent(event)
        elif target >= 0:
            self._go_to(target)

    def _go_to(self, place: int) -> None:
        self._current = place
        bar, rect = self.verticalScrollBar(), self.tile_rect(place)
        top = round(rect.top()) + bar.value()
        scroll_to(bar, top, top + self.tile_height_px, self.viewport().height())
        self._describe()
        self.viewport().update()

    def _describe(self) -> None:
        text = self.tr("{0} pictures").format(len(self._items))
        if self._current >= 0:
            item = self._items[self._current]
            text = self.tr("{0} of {1}: {2}").format(self._current + 1, len(self._items), item.tip or item.caption)
        self.setAccessibleDescription(text)
