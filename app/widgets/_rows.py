"""Painted rows, thousands if need be: only those in sight are drawn. Base of the lists in the training results."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QPoint, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt5.QtWidgets import QAbstractScrollArea, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import scroll_to, told_tip
from app.widgets._keys import DOWN, ENTER, is_command, place_after

ROW_PX = 26


class PaintedRows(QAbstractScrollArea):
    """Up and Down move, Enter or a click chooses. A list says what stands in a row by `paint_row`."""

    row_chosen = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._texts: tuple[str, ...] = ()
        self._empty = ""
        self.current = self._over = -1

    def set_texts(self, texts: Sequence[str], empty: str = "") -> None:
        """What each row says, for its tooltip and for a screen reader; `empty` is said where there is none."""
        self._texts, self._empty = tuple(texts), empty
        self.current, self._over = 0 if texts else -1, -1
        self.verticalScrollBar().setValue(0)
        self._update_range()
        self._describe()
        self.updateGeometry()
        self.viewport().update()

    def paint_row(self, painter: QPainter, row: int, place: QRectF) -> None:
        raise NotImplementedError

    def paint_bar(self, painter: QPainter, track: QRectF, share: float, token: str) -> None:
        paint.draw_bar(painter, track, share, token, 1.5 if share > 0 else 0.0)

    def sizeHint(self) -> QSize:
        return QSize(320, max(len(self._texts), 3) * ROW_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 4 * ROW_PX)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._update_range()

    def _update_range(self) -> None:
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, len(self._texts) * ROW_PX - room))
        bar.setPageStep(room)
        bar.setSingleStep(ROW_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        wide, scroll = self.viewport().width(), self.verticalScrollBar().value()
        if not self._texts:
            painter.setFont(theme.font(theme.SECONDARY_PX))
            painter.setPen(theme.colour("muted"))
            paint.draw_text(painter, QRectF(0, 0, wide, ROW_PX), self._empty)
            if self.hasFocus():
                paint.draw_focus(painter, QRectF(self.viewport().rect()), 6)
            return
        first = max(0, (event.rect().top() + scroll) // ROW_PX)
        last = min(len(self._texts) - 1, (event.rect().bottom() + scroll) // ROW_PX)
        for row in range(first, last + 1):
            place = QRectF(0, row * ROW_PX - scroll, wide, ROW_PX)
            if row == self._over:
                paint.fill_rounded(painter, place, 6, theme.colour("hover"))
            self.paint_row(painter, row, place)
            if self.hasFocus() and row == self.current:
                paint.draw_focus(painter, place, 6)

    def _row_at(self, point: QPoint) -> int:
        row = (point.y() + self.verticalScrollBar().value()) // ROW_PX
        return row if 0 <= row < len(self._texts) else -1

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Leave:
            self._hover(-1)
        return told_tip(self, event, self._tip) or bool(super().viewportEvent(event))

    def _tip(self, place: QPoint) -> str:
        row = self._row_at(place)
        return self._texts[row] if row >= 0 else ""

    def _hover(self, row: int) -> None:
        if row != self._over:
            self._over = row
            self.viewport().setCursor(Qt.PointingHandCursor if row >= 0 else Qt.ArrowCursor)
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._row_at(event.pos()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.pos())
        if event.button() == Qt.LeftButton and row >= 0:
            self._go_to(row)
            self.row_chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = max(1, self.viewport().height() // ROW_PX)
        target = place_after(event, self.current, len(self._texts), DOWN, ends=True, page=page)
        if is_command(event) or not self._texts:
            super().keyPressEvent(event)
        elif event.key() in (*ENTER, Qt.Key_Space):
            self.row_chosen.emit(self.current)
        elif target is None:
            super().keyPressEvent(event)
        elif target >= 0:
            self._go_to(target)

    def _go_to(self, row: int) -> None:
        self.current = row
        scroll_to(self.verticalScrollBar(), row * ROW_PX, (row + 1) * ROW_PX, self.viewport().height())
        self._describe()
        self.viewport().update()

    def _describe(self) -> None:
        self.setAccessibleDescription(self._texts[self.current] if self.current >= 0 else self._empty)
