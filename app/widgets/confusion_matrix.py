"""Which class is taken for which: a cell for every pair, to be clicked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import told_tip
from app.widgets._keys import ENTER, is_command
from app.widgets._matrix_cells import draw_cells
from app.widgets._results import confusion_text

MOST_CLASSES = 20
"""More have cells too small to be told apart: they are listed instead."""

_LABEL_PX, _GAP, _AXIS_PX = 92, 8, 18
_MOST_CELL_PX = 120

Cell = tuple[int, int]  # true class, answer


class ConfusionMatrix(QWidget):
    """Rows are true classes, columns answers. Arrow keys move from cell to cell, Enter chooses one."""

    cell_chosen = pyqtSignal(int, int)  # true class, answer
    cell_looked_at = pyqtSignal(str)  # what the cell under the mouse or the keyboard says; "" when there is none

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confusionMatrix")
        self.setAccessibleName(self.tr("Confusion matrix"))
        self.setFocusPolicy(Qt.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)
        self.setSizePolicy(policy)
        self._matrix: NDArray[np.int64] = np.zeros((0, 0), np.int64)
        self._totals: NDArray[np.int64] = np.zeros(0, np.int64)
        self._classes: tuple[str, ...] = ()
        self._chosen: Cell | None = None
        self._cursor: Cell = (0, 0)
        self._hovered: Cell | None = None
        self._measured: tuple[QSize, QRectF] | None = None
        self._upright = False
        self._drawn: tuple[tuple[int, int, float, str], QPixmap] | None = None

    def show_matrix(self, matrix: NDArray[np.int64], classes: Sequence[str]) -> None:
        """`matrix[t, a]` counts the pictures of class t answered with a; at most `MOST_CLASSES`, none empties it."""
        if len(classes) > MOST_CLASSES:
            raise ValueError(f"{len(classes)} classes are too many for cells")
        self._matrix, self._classes, self._totals = matrix, tuple(classes), matrix.sum(1)
        self._chosen, self._cursor, self._hovered = None, (0, 0), None
        self._measured = self._drawn = None
        self._tell()
        self.updateGeometry()
        self.update()

    def set_chosen(self, cell: Cell | None) -> None:
        """Marks a cell without telling anybody."""
        self._chosen = cell
        if cell is not None:
            self._cursor = cell
        self._tell()
        self.update()

    @property
    def chosen(self) -> Cell | None:
        return self._chosen

    def text(self, cell: Cell) -> str:
        """e.g. "airplane taken for bird: 23 of 1,000 (2.3 %)"."""
        true, answer = cell
        count, of = int(self._matrix[cell]), int(self._totals[true])
        return confusion_text(self._classes[true], self._classes[answer], count, of)

    # -- where things are ----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        side = min(max(len(self._classes), 6) * 34, 420)
        return QSize(side + _LABEL_PX + _GAP, side + _AXIS_PX + self._names_px())

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 220)

    def _names_px(self) -> int:
        metrics = QFontMetricsF(theme.font(theme.SMALL_PX))
        longest = max((metrics.horizontalAdvance(name) for name in self._classes), default=0)
        return round(min(longest, _LABEL_PX - _GAP)) + _GAP

    def _label_px(self) -> int:
        metrics = QFontMetricsF(theme.font(theme.SECONDARY_PX))
        longest = max((metrics.horizontalAdvance(name) for name in (*self._classes, self.tr("true class"))), default=0)
        return round(min(longest, _LABEL_PX)) + _GAP

    def _is_upright(self) -> bool:
        """Whether the columns are wide enough for their names to stand as they are read."""
        count = max(len(self._classes), 1)
        metrics = QFontMetricsF(theme.font(theme.SMALL_PX))
        room = (self.width() - self._label_px()) / count - 6
        return all(metrics.horizontalAdvance(name) <= min(room, 88) for name in self._classes)

    def _grid(self) -> QRectF:
        """The square of cells. Measured once for a size: names are many, and every cell asks."""
        if self._measured is None or self._measured[0] != self.size():
            self._upright = self._is_upright()
            left, top = self._label_px(), _AXIS_PX + (_GAP + 16 if self._upright else self._names_px())
            count = max(len(self._classes), 1)
            cell = max(4, int(min((self.width() - left) / count, (self.height() - top) / count, _MOST_CELL_PX)))
            self._measured = self.size(), QRectF(left, top, cell * count, cell * count)
        return self._measured[1]

    def cell_rect(self, cell: Cell) -> QRectF:
        grid = self._grid()
        side = grid.width() / max(len(self._classes), 1)
        return QRectF(grid.left() + cell[1] * side, grid.top() + cell[0] * side, side, side)

    def _cell_at(self, place: QPointF) -> Cell | None:
        grid, count = self._grid(), len(self._classes)
        if not count or not grid.contains(place):
            return None
        side = grid.width() / count
        row, column = int((place.y() - grid.top()) / side), int((place.x() - grid.left()) / side)
        return (row, column) if row < count and column < count else None

    # -- painting ------------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        if not self._classes:
            self._paint_empty(painter)
            return
        self._paint_names(painter)
        painter.drawPixmap(0, 0, self._cells())
        if self._hovered is not None:
            paint.fill_rounded(painter, self._tile(self._hovered), 3, None, theme.colour("text"))
        if self._chosen is not None:
            paint.draw_focus(painter, self._tile(self._chosen).adjusted(-1, -1, 1, 1), 4)
        if self.hasFocus():
            paint.fill_rounded(painter, self._tile(self._cursor), 3, None, theme.colour("text"))

    def _cells(self) -> QPixmap:
        """All cells, drawn once for a size and a theme: the mouse goes over them all the time."""
        ratio = paint.pixel_ratio(self)
        key = (self.width(), self.height(), ratio, theme.current().name)
        if self._drawn is None or self._drawn[0] != key:
            self._drawn = key, draw_cells(self._matrix, self._grid(), self.size(), ratio)
        return self._drawn[1]

    def _paint_empty(self, painter: QPainter) -> None:
        """The mock's grid without numbers."""
        side = min(self.width(), self.height()) / 10
        for row in range(10):
            for column in range(10):
                place = QRectF(column * side + 1, row * side + 1, side - 2, side - 2)
                paint.fill_rounded(painter, place, 2, theme.colour("track", 0.5))

    def _paint_names(self, painter: QPainter) -> None:
        grid, side = self._grid(), self._grid().width() / len(self._classes)
        here = self._hovered or (self._cursor if self.hasFocus() else self._chosen)
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("muted"))
        axis = QRectF(grid.left(), 0, grid.width(), _AXIS_PX - 2)
        paint.draw_text(painter, axis, self.tr("answered"))
        if side >= 11:
            corner = QRectF(0, grid.top() - _AXIS_PX, grid.left() - _GAP, _AXIS_PX - 2)
            paint.draw_text(painter, corner, self.tr("true class"), paint.RIGHT)
        for index, name in enumerate(self._classes):
            if side < 11:  # no room for a line
                break
            painter.setPen(theme.colour("text" if here is not None and index == here[0] else "muted"))
            painter.setFont(theme.font(theme.SECONDARY_PX if side >= 14 else theme.SMALL_PX - 1))
            place = QRectF(0, grid.top() + index * side, grid.left() - _GAP, side)
            paint.draw_text(painter, place, name, paint.RIGHT)
            painter.setPen(theme.colour("text" if here is not None and index == here[1] else "muted"))
            painter.setFont(theme.font(theme.SMALL_PX if side >= 14 else theme.SMALL_PX - 1))
            if self._upright:
                place = QRectF(grid.left() + index * side, grid.top() - 22, side, 16)
                paint.draw_text(painter, place, name, paint.CENTRE)
            else:
                painter.save()
                painter.translate(grid.left() + (index + 0.5) * side, grid.top() - _GAP + 2)
                painter.rotate(-90)
                paint.draw_text(painter, QRectF(0, -9, self._names_px() - _GAP + 1, 18), name)
                painter.restore()

    def _tile(self, cell: Cell) -> QRectF:
        return self.cell_rect(cell).adjusted(1, 1, -1, -1)

    # -- mouse and keyboard --------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        cell = self._hovered or (self._cursor if self.hasFocus() else self._chosen)
        text = self.text(cell) if cell is not None and self._classes else ""
        self.setAccessibleDescription(text)
        self.cell_looked_at.emit(text)

    def _hover(self, cell: Cell | None) -> None:
        if cell != self._hovered:
            self._hovered = cell
            self.setCursor(Qt.ArrowCursor if cell is None else Qt.PointingHandCursor)
            self._tell()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._cell_at(event.localPos()))

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.localPos())
        if event.button() == Qt.LeftButton and cell is not None:
            self._choose(cell)

    def event(self, event: QEvent) -> bool:
        return told_tip(self, event, self._tip) or bool(super().event(event))

    def _tip(self, place: QPoint) -> str:
        cell = self._cell_at(QPointF(place))
        return "" if cell is None else self.text(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, column = self._cursor
        last = len(self._classes) - 1
        moves: dict[int, Cell] = {
            Qt.Key_Left: (row, column - 1), Qt.Key_Right: (row, column + 1), Qt.Key_Up: (row - 1, column),
            Qt.Key_Down: (row + 1, column), Qt.Key_Home: (row, 0), Qt.Key_End: (row, last),
            Qt.Key_PageUp: (0, column), Qt.Key_PageDown: (last, column),
        }  # fmt: skip
        if is_command(event) or last < 0:
            super().keyPressEvent(event)
        elif event.key() in (*ENTER, Qt.Key_Space):
            self._choose(self._cursor)
        elif event.key() in moves:
            target = moves[event.key()]
            if min(target) >= 0 and max(target) <= last:
                self._cursor, self._hovered = target, None
                self._tell()
                self.update()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell()

    def _choose(self, cell: Cell) -> None:
        self._cursor = self._chosen = cell
        self._tell()
        self.update()
        self.cell_chosen.emit(*cell)
