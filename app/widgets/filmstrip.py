"""The opened pictures in a row, each with what the network made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PyQt5.QtCore import QEvent, QPoint, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PyQt5.QtWidgets import QAbstractScrollArea, QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import scroll_to, told_tip
from app.widgets._keys import ACROSS, is_command, place_after

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

State = Literal["waiting", "busy", "done", "failed"]

ITEM_PX, THUMB_PX, PAD, GAP_PX = 176, 56, 7, 10
MARGIN_PX = 16
KEPT_THUMBNAILS = 256


@dataclass(frozen=True, eq=False)
class FilmItem:
    """A picture in the strip. `caption` is its top class, or why it failed; `thumbnail` (h, w, 3) uint8."""

    key: str
    name: str
    thumbnail: NDArray[np.uint8] | None = None
    caption: str = ""
    state: State = "waiting"


class Filmstrip(QAbstractScrollArea):
    """Thousands of pictures: only those in sight are scaled and painted. Delete takes the current one out."""

    selected = pyqtSignal(str)
    remove_requested = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filmstrip")
        self.setAccessibleName(self.tr("Opened pictures"))
        self.setFocusPolicy(Qt.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._items: list[FilmItem] = []
        self._places: dict[str, int] = {}
        self._current = ""
        self._over = -1
        self._scaled: dict[tuple[str, float], QImage] = {}

    def show_items(self, items: Sequence[FilmItem]) -> None:
        before = {item.key: item.thumbnail for item in self._items}
        self._items = list(items)
        self._places = {item.key: index for index, item in enumerate(self._items)}
        same = {item.key for item in self._items if item.thumbnail is before.get(item.key)}
        self._scaled = {place: image for place, image in self._scaled.items() if place[0] in same}
        self._over = -1
        self._update_range()
        self._describe()
        self.viewport().update()

    def update_item(self, item: FilmItem) -> None:
        """Replaces the item with the same key; an unknown key is ignored (it has been removed meanwhile)."""
        index = self._places.get(item.key)
        if index is not None:
            if item.thumbnail is not self._items[index].thumbnail:
                self._scaled = {place: image for place, image in self._scaled.items() if place[0] != item.key}
            self._items[index] = item
            self._describe()
            self.viewport().update(self._rect(index).toAlignedRect())

    def set_current(self, key: str) -> None:
        self._current = key
        if key in self._places:
            x = self._places[key] * (ITEM_PX + GAP_PX)
            scroll_to(self.horizontalScrollBar(), x, x + ITEM_PX, self.viewport().width() - 2 * MARGIN_PX)
        self._describe()
        self.viewport().update()

    @property
    def current(self) -> str:
        return self._current

    def _describe(self) -> None:
        index = self._places.get(self._current, -1)
        text = self.tr("{0} pictures").format(len(self._items))
        if index >= 0:
            item = self._items[index]
            text = self.tr("{0} of {1}: {2}, {3}").format(index + 1, len(self._items), item.name, item.caption)
        self.setAccessibleDescription(text)

    def sizeHint(self) -> QSize:
        return QSize(600, THUMB_PX + 2 * PAD + 2 * 11 + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(ITEM_PX, self.sizeHint().height())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._update_range()

    def _update_range(self) -> None:
        room = self.viewport().width()
        length = len(self._items) * (ITEM_PX + GAP_PX) - GAP_PX + 2 * MARGIN_PX
        bar = self.horizontalScrollBar()
        bar.setRange(0, max(0, length - room))
        bar.setPageStep(room)
        bar.setSingleStep(ITEM_PX // 2)

    def _rect(self, index: int) -> QRectF:
        x = MARGIN_PX + index * (ITEM_PX + GAP_PX) - self.horizontalScrollBar().value()
        height = THUMB_PX + 2 * PAD
        top = min(11.0, (self.viewport().height() - height) / 2)
        return QRectF(x, top, ITEM_PX, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if not self._items:
            painter.setFont(theme.font(theme.SECONDARY_PX))
            painter.setPen(theme.colour("muted"))
            paint.draw_text(
                painter, QRectF(self.viewport().rect()), self.tr("Pictures you open line up here"), paint.CENTRE
            )
            return
        scroll, step = self.horizontalScrollBar().value() - MARGIN_PX, ITEM_PX + GAP_PX
        first = max(0, (scroll + event.rect().left()) // step)
        last = min(len(self._items) - 1, (scroll + event.rect().right()) // step)
        for index in range(first, last + 1):
            self._paint_item(painter, index, self._items[index], self._rect(index))

    def _paint_item(self, painter: QPainter, index: int, item: FilmItem, rect: QRectF) -> None:
        chosen = item.key == self._current
        line = "accent" if chosen else "line_strong" if index == self._over else "line"
        paint.fill_rounded(painter, rect, 9, theme.colour("panel"), theme.colour(line))
        if chosen and self.hasFocus():
            paint.draw_focus(painter, rect, 9)
        thumb = QRectF(rect.x() + PAD, rect.y() + PAD, THUMB_PX, THUMB_PX)
        if item.thumbnail is None:
            paint.fill_rounded(painter, thumb, 6, theme.colour("track"))
            name = "warning" if item.state == "failed" else "image"
            inner = thumb.adjusted(18, 18, -18, -18)
            paint.draw_icon(painter, name, inner, "bad" if item.state == "failed" else "faint")
        else:
            painter.setOpacity(1.0 if item.state in ("done", "failed") else 0.6)
            paint.draw_rounded(painter, thumb, self._thumbnail(item), 6)
            painter.setOpacity(1.0)
        over = index == self._over
        text = QRectF(thumb.right() + 10, thumb.y() + 9, rect.right() - thumb.right() - (26 if over else 18), 20)
        words = {"waiting": self.tr("waiting"), "busy": self.tr("looking …"), "failed": self.tr("can’t be shown")}
        caption = words.get(item.state) or item.caption  # why it failed is in the tooltip, and in the photo's place
        painter.setFont(theme.font())
        painter.setPen(theme.colour("bad" if item.state == "failed" else "text" if chosen or over else "muted"))
        paint.draw_text(painter, text, caption, elide=Qt.ElideMiddle)  # the probability stays in sight
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("muted"))
        paint.draw_text(painter, text.translated(0, 19), item.name)
        if over:
            paint.draw_icon(painter, "close", self._cross(rect).adjusted(3, 3, -3, -3))

    def _thumbnail(self, item: FilmItem) -> QImage:
        """A square cut from the middle, scaled once for this screen."""
        assert item.thumbnail is not None
        key = (item.key, paint.pixel_ratio(self))
        if key not in self._scaled:
            if len(self._scaled) >= KEPT_THUMBNAILS:
                self._scaled.clear()
            height, width = item.thumbnail.shape[:2]
            side = min(height, width)
            top, left = (height - side) // 2, (width - side) // 2
            square = item.thumbnail[top : top + side, left : left + side]
            self._scaled[key] = paint.photo(square, THUMB_PX, THUMB_PX, key[1])
        return self._scaled[key]

    @staticmethod
    def _cross(rect: QRectF) -> QRectF:
        return QRectF(rect.right() - 23, rect.y() + 3, 20, 20)

    def _index_at(self, place: QPoint) -> int:
        index = (place.x() + self.horizontalScrollBar().value() - MARGIN_PX) // (ITEM_PX + GAP_PX)
        return index if 0 <= index < len(self._items) and self._rect(index).contains(place) else -1

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Leave:
            self._over = -1
            self.viewport().update()
        return told_tip(self, event, self._tip) or bool(super().viewportEvent(event))

    def _tip(self, place: QPoint) -> str:
        index = self._index_at(place)
        if index < 0:
            return ""
        if self._cross(self._rect(index)).contains(place):
            return self.tr("Take it out of the strip (Delete)")
        item = self._items[index]
        return f"{item.name}\n{item.caption}".strip()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.pos())
        if index != self._over:
            self._over = index
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.pos())
        if index < 0 or event.button() not in (Qt.LeftButton, Qt.MiddleButton):
            return
        key = self._items[index].key
        if event.button() == Qt.MiddleButton or self._cross(self._rect(index)).contains(event.pos()):
            self.remove_requested.emit(key)
        else:
            self._choose(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (delta.y() or delta.x()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self._places.get(self._current, -1)
        page = max(1, self.viewport().width() // (ITEM_PX + GAP_PX))
        target = place_after(event, here, len(self._items), ACROSS, ends=True, page=page)
        if event.key() in (Qt.Key_Delete, Qt.Key_Backspace) and here >= 0 and not is_command(event):
            self.remove_requested.emit(self._current)
        elif target is None:
            super().keyPressEvent(event)
        elif target >= 0:
            self._choose(target)

    def _choose(self, index: int) -> None:
        key = self._items[index].key
        if key != self._current:
            self.set_current(key)
            self.selected.emit(key)
