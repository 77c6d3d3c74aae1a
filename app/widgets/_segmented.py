"""A segmented control: one of a few choices, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QEvent, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QWheelEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import CONTROL_PX, plain_tip
from app.widgets._keys import ACROSS, place_after


@dataclass(frozen=True)
class Segment:
    """One choice of a segmented control. `quiet` ones are drawn in the secondary colour until they are chosen."""

    key: str
    text: str
    tip: str = ""
    quiet: bool = False


class Segmented(QWidget):
    """One of a few, side by side. More than fit scroll sideways, with the chosen one always in sight."""

    picked = pyqtSignal(str)
    pointed = pyqtSignal(str)  # the pointer has come over this one

    def __init__(self, name: str, height_px: int = CONTROL_PX, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments: tuple[Segment, ...] = ()
        self._current = ""
        self._hovered = -1
        self._offset = 0.0
        self._height_px = height_px
        self._font_px = theme.BODY_PX if height_px >= CONTROL_PX else theme.SECONDARY_PX
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Maximum, QSizePolicy.Fixed)

    def show_segments(self, segments: Sequence[Segment], current: str) -> None:
        self._segments, self._hovered, self._offset = tuple(segments), -1, 0.0
        self.updateGeometry()
        self.set_current(current)

    def current(self) -> str:
        return self._current

    def keys(self) -> tuple[str, ...]:
        return tuple(segment.key for segment in self._segments)

    def set_current(self, key: str) -> None:
        self._current = key
        text = next((segment.text for segment in self._segments if segment.key == key), "")
        self.setAccessibleDescription(text)
        self._reveal()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(sum(self._widths())) + 2, self._height_px)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 160), self._height_px)

    def _widths(self) -> list[float]:
        metrics = QFontMetricsF(theme.font(self._font_px, bold=True))
        padding = 24 if self._height_px >= CONTROL_PX else 20
        return [max(self._height_px, metrics.horizontalAdvance(segment.text) + padding) for segment in self._segments]

    def _rects(self) -> list[QRectF]:
        x, rects = 1 - self._offset, []
        for width in self._widths():
            rects.append(QRectF(x, 1, width, self.height() - 2))
            x += width
        return rects

    def _reveal(self) -> None:
        keys, room = self.keys(), self.width() - 2
        limit = max(0.0, sum(self._widths()) - room)
        if self._current in keys:
            rect = self._rects()[keys.index(self._current)].translated(self._offset - 1, 0)
            margin = 28 if limit else 0  # so that there is a neighbour to click
            self._offset = min(max(self._offset, rect.right() + margin - room), rect.left() - margin)
        self._offset = min(max(self._offset, 0.0), limit)

    def resizeEvent(self, _event: object) -> None:
        self._reveal()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        frame = QRectF(self.rect())
        outer = QPainterPath()
        outer.addRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.fillPath(outer, theme.colour("panel"))
        for index, (segment, rect) in enumerate(zip(self._segments, self._rects(), strict=True)):
            if not rect.intersects(frame):
                continue
            chosen = segment.key == self._current
            if chosen or index == self._hovered:
                path = QPainterPath()
                path.addRect(rect)
                painter.fillPath(path.intersected(outer), theme.colour("accent_soft" if chosen else "hover"))
            painter.setFont(theme.font(self._font_px, bold=chosen))
            painter.setPen(theme.colour("accent" if chosen else "muted" if segment.quiet else "text"))
            painter.drawText(rect, Qt.AlignCenter, segment.text)
        self._paint_more(painter, outer)
        painter.strokePath(outer, theme.colour("line"))
        if self.hasFocus():
            paint.draw_focus(painter, frame, 8)

    def _paint_more(self, painter: QPainter, outer: QPainterPath) -> None:
        """A fading edge with a chevron where segments are out of sight."""
        hidden_right = sum(self._widths()) - (self.width() - 2) - self._offset > 1
        for name, hidden, x in (("left", self._offset > 1, 0), ("right", hidden_right, self.width() - 22)):
            if hidden:
                path = QPainterPath()
                path.addRect(QRectF(x, 0, 22, self.height()))
                painter.fillPath(path.intersected(outer), theme.colour("panel", 0.94))
                paint.draw_icon(painter, f"chevron-{name}", QRectF(x + 4, self.height() / 2 - 7, 14, 14))

    def _at(self, event: QMouseEvent) -> int:
        return next((i for i, rect in enumerate(self._rects()) if rect.contains(event.localPos())), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        before, self._hovered = self._hovered, self._at(event)
        if self._hovered == before:
            return
        self.setToolTip(plain_tip(self._segments[self._hovered].tip) if self._hovered >= 0 else "")
        self.update()
        if self._hovered >= 0:
            self.pointed.emit(self._segments[self._hovered].key)

    def leaveEvent(self, _event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._at(event)
        if event.button() == Qt.LeftButton and index >= 0:
            self._pick(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.sizeHint().width() <= self.width():
            event.ignore()
            return
        delta = event.angleDelta()
        limit = max(0.0, sum(self._widths()) - self.width() + 2)
        self._offset = min(max(self._offset - (delta.y() or delta.x()) / 2, 0.0), limit)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = self.keys()
        here = keys.index(self._current) if self._current in keys else 0
        target = place_after(event, here, len(keys), ACROSS, ends=True)
        if target is None:
            super().keyPressEvent(event)
        elif target >= 0:
            self._pick(target)

    def _pick(self, index: int) -> None:
        key = self._segments[index].key
        if key != self._current:
            self.set_current(key)
            self.picked.emit(key)
