"""One of a network's blocks, as small cells stage by stage: 8 or 50 of them on one line. Part of xray_panel."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QPoint, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._blocks_in_a_row import side_by_side, stage_spans
from app.widgets._controls import told_tip
from app.widgets._keys import ACROSS, place_after
from resnet_core.blocks import stage_of

STAGE_GAP_PX, CELL_PX, HIGH_PX = 12, 30, 18
PAD = 4


class BlockChooser(QWidget):
    """A click or the arrows pick a block; each stage's name stands below its blocks."""

    picked = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Block"))
        self.setFocusPolicy(Qt.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self._blocks: tuple[str, ...] = ()
        self._notes: tuple[str, ...] = ()
        self._current, self._hovered = "", -1

    def show_blocks(self, blocks: Sequence[tuple[str, str]], current: str) -> None:
        """Every block's name ("layer3.0") and what its tooltip says besides, in order of depth."""
        self._blocks, self._notes = tuple(name for name, _ in blocks), tuple(note for _, note in blocks)
        self._current = current
        self.setAccessibleDescription(current)
        self.update()

    def current(self) -> str:
        return self._current

    def sizeHint(self) -> QSize:
        return QSize(480, HIGH_PX + 18 + 2 * PAD)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def cells(self) -> list[QRectF]:
        """Where each block is."""
        return side_by_side(self._blocks, QRectF(PAD, PAD, self.width() - 2 * PAD, HIGH_PX), STAGE_GAP_PX, CELL_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        rects = self.cells()
        painter.setFont(theme.font(theme.SMALL_PX))
        for index, (name, rect) in enumerate(zip(self._blocks, rects, strict=True)):
            chosen = name == self._current
            inner = rect.adjusted(0, 0, -2, 0)
            painter.setPen(Qt.NoPen)
            shade = 1.0 if chosen else 0.5 if index == self._hovered else 0.28
            painter.setBrush(theme.colour("accent") if chosen else paint.tint("accent", shade))
            painter.drawRoundedRect(inner, min(4.0, inner.width() / 2), 4)
            if inner.width() >= 18:
                painter.setPen(theme.colour("on_accent" if chosen else "text"))
                painter.drawText(inner, Qt.AlignCenter, name.split(".")[1])
        self._paint_stages(painter, rects)
        if self.hasFocus():
            paint.draw_focus(painter, QRectF(self.rect()), 8)

    def _paint_stages(self, painter: QPainter, rects: list[QRectF]) -> None:
        for stage, span in stage_spans(self._blocks, rects).items():
            here = stage == stage_of(self._current)
            painter.setPen(theme.colour("text" if here else "muted"))
            room = QRectF(span.x(), span.bottom() + 2, max(span.width() + STAGE_GAP_PX - 4, 20), 16)
            short = painter.fontMetrics().horizontalAdvance(stage) > room.width()
            paint.draw_text(painter, room, stage.removeprefix("layer") if short else stage)

    def _at(self, place: QPoint) -> int:
        for index, rect in enumerate(self.cells()):
            if rect.adjusted(-1, -PAD, 0, 18).contains(place):
                return index
        return -1

    def event(self, event: QEvent) -> bool:
        return told_tip(self, event, self._tip) or bool(super().event(event))

    def _tip(self, place: QPoint) -> str:
        index = self._at(place)
        return "" if index < 0 else "\n".join(part for part in (self._blocks[index], self._notes[index]) if part)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._at(event.pos())
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._at(event.pos())
        if event.button() == Qt.LeftButton and index >= 0:
            self._pick(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self._blocks.index(self._current) if self._current in self._blocks else 0
        target = place_after(event, here, len(self._blocks), ACROSS, ends=True)
        if target is None:
            super().keyPressEvent(event)
        elif target >= 0:
            self._pick(target)

    def _pick(self, index: int) -> None:
        if self._blocks[index] != self._current:
            self._current = self._blocks[index]
            self.setAccessibleDescription(self._current)
            self.update()
            self.picked.emit(self._current)
