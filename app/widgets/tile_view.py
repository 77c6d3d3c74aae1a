"""The channels of a stage as tiles that scroll. Part of feature_grid: nothing else uses it."""

from __future__ import annotations

from time import perf_counter

from PyQt5.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt5.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PyQt5.QtWidgets import QAbstractScrollArea, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import scroll_to, told_tip
from app.widgets._keys import BY_CELL, is_command
from app.widgets._numbers import value_text
from app.widgets.tile_faces import TileFaces, draw_fold, map_rect
from app.widgets.tile_layout import FOLD_PX, GAP_PX, Content, Fold, Placement, Row, TileLayout, fit

SCROLL_PAINT_S = 0.006  # new tiles drawn in one paint while scrolling; the rest follows at once


class TileView(QAbstractScrollArea):
    """Only tiles in sight are coloured, once each. The arrows move the current channel."""

    channel_selected = pyqtSignal(int)
    hovered = pyqtSignal(int, int, int)
    left = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Channels, the highest ranked first"))
        self.setFocusPolicy(Qt.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._content: Content | None = None
        self._message = ""
        self._unfolded: set[str] = set()
        self._faces = TileFaces()
        self._hurried = False  # while scrolling, tiles that are not drawn yet may come a moment later
        self._placed = Placement(TileLayout(1, 100, 92))
        self._cursor: tuple[int, int] | None = None
        self._over: tuple[int, int, int] | None = None
        self._over_fold = ""
        self.current = -1

    def show_content(self, content: Content | None, message: str = "") -> None:
        """New maps, or None and a line that says why there are none."""
        self._content, self._message = content, message
        self._over = None
        self._faces.forget()
        self._arrange()
        self.viewport().update()

    def coloured(self) -> frozenset[int]:
        """The channels whose pixels have been made so far."""
        return self._faces.coloured()

    def fold(self, section: str, *, unfolded: bool) -> None:
        """Opens or closes "more" or "inactive"."""
        (self._unfolded.add if unfolded else self._unfolded.discard)(section)
        self._arrange()
        self.viewport().update()

    def close_folds(self) -> None:
        self._unfolded.clear()
        self.verticalScrollBar().setValue(0)
        self._arrange()

    def set_current(self, channel: int, *, reveal: bool = True) -> None:
        self.current = channel
        content = self._content
        if content is not None and channel >= 0 and reveal:
            for section in ("more", "inactive"):
                if channel in getattr(content, section) and section not in self._unfolded:
                    self.fold(section, unfolded=True)
            self._bring_into_view(channel)
        self.viewport().update()

    def show_cursor(self, place: tuple[int, int] | None) -> None:
        """Marks the same cell (y, x) in every map."""
        if place != self._cursor:
            self._cursor = place
            self.viewport().update()

    # where everything is

    def _arrange(self) -> None:
        content = self._content
        self._placed = Placement(self._placed.layout)
        if content is not None:
            side = max(content.maps.shape[1:])
            width = self.width() - 12  # the scroll bar's place is kept free, so that opening a fold moves nothing
            room = self.height() - (FOLD_PX if content.more or content.inactive else 0) + GAP_PX
            self._placed = Placement(fit(width, room, max(len(content.best), 1), side, paint.pixel_ratio(self)))
            self._place(content)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._placed.height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(max(20, self._placed.layout.row_px // 3))

    def _place(self, content: Content) -> None:
        self._placed.add_tiles(content.best)
        metrics = QFontMetricsF(theme.font(theme.SECONDARY_PX))
        for section, text in (("more", self.tr("{0} more active")), ("inactive", self.tr("{0} inactive"))):
            channels = getattr(content, section)
            if channels:
                text = text.format(len(channels))
                opened, wide = section in self._unfolded, metrics.horizontalAdvance(text) + 22
                self._placed.add_fold(section, text, wide, opened=opened, beside=not self._unfolded)
                if opened:
                    self._placed.add_tiles(channels)

    def _tile(self, row: Row, column: int) -> QRectF:
        return QRectF(*self._placed.tile(row, column)).translated(0, -self.verticalScrollBar().value())

    def _map_rect(self, tile: QRectF) -> QRectF:
        assert self._content is not None
        return map_rect(tile, self._placed.layout, self._content)

    def _channel_at(self, place: QPoint) -> tuple[int, QRectF] | None:
        found = self._placed.channel_at(place.x(), place.y() + self.verticalScrollBar().value())
        return None if found is None else (found[0], self._tile(found[1], found[2]))

    def _cell_at(self, place: QPoint) -> tuple[int, int, int] | None:
        found = self._channel_at(place)
        if found is None or self._content is None:
            return None
        rect = self._map_rect(found[1])
        if not rect.contains(place):
            return None
        return found[0], *paint.cell_at(rect, place, self._content.maps.shape[1:])

    def _bring_into_view(self, channel: int) -> None:
        index = self._placed.row_of(channel)
        if index is not None and self.isVisible():
            top = self._placed.rows[index].top
            bottom = top + self._placed.layout.row_px - GAP_PX
            scroll_to(self.verticalScrollBar(), top, bottom, self.viewport().height())
            self._hurried = False

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        content = self._content
        if content is None:
            painter.setPen(theme.colour("muted"))
            painter.drawText(self.viewport().rect(), int(Qt.AlignCenter | Qt.TextWordWrap), self._message)
            if self.hasFocus():
                paint.draw_focus(painter, QRectF(self.viewport().rect()), 6)
            return
        scroll = self.verticalScrollBar().value()
        damaged = event.rect()
        deadline, unfinished = perf_counter() + SCROLL_PAINT_S, False
        self._faces.drawn_for(self._placed.layout, paint.pixel_ratio(self))
        for row in self._placed.rows_in(scroll + damaged.top(), scroll + damaged.bottom() + 1):
            for column, channel in enumerate(row.channels):
                late = self._hurried and perf_counter() > deadline and not self._faces.has(channel)
                if late:
                    paint.fill_rounded(painter, self._tile(row, column), 6, theme.colour("sunken"))
                    unfinished = True
                else:
                    self._paint_tile(painter, content, channel, self._tile(row, column))
        self._hurried = unfinished
        if unfinished:
            QTimer.singleShot(0, self.viewport().update)
        painter.setFont(theme.font(theme.SECONDARY_PX))
        for fold in self._placed.folds:
            rect = QRectF(fold.x, fold.top - scroll, fold.width, FOLD_PX)
            draw_fold(painter, fold, rect, "text" if fold.section == self._over_fold else "muted")

    def _paint_tile(self, painter: QPainter, content: Content, channel: int, tile: QRectF) -> None:
        chosen = channel == self.current
        place = paint.aligned(painter, tile).topLeft()
        painter.drawPixmap(place, self._faces.face(content, channel, chosen=chosen))
        tile.moveTopLeft(place)
        if chosen and self.hasFocus():
            paint.draw_focus(painter, tile, 6)
        if self._cursor is not None:
            paint.draw_cell(painter, self._map_rect(tile), content.maps.shape[1:], self._cursor, least=5)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self._hurried = True
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """The theme or the font has changed."""
        self._faces.redraw()
        super().changeEvent(event)

    # what people do

    def sizeHint(self) -> QSize:
        return QSize(760, 440)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 120)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._arrange()

    def showEvent(self, _event: QShowEvent) -> None:
        self._arrange()
        self._bring_into_view(self.current)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Leave:
            self._over_fold = ""
            self._hover(None)
            self.viewport().update()
        return told_tip(self, event, self._tip) or bool(super().viewportEvent(event))

    def _tip(self, place: QPoint) -> str:
        found, content = self._channel_at(place), self._content
        if found is None or content is None:
            return ""
        channel = found[0]
        tip = self.tr("Channel {0}, {1} {2}").format(channel, content.ranking, value_text(content.scores[channel]))
        cell = self._cell_at(place)
        if cell is not None:
            value = value_text(float(content.maps[cell]))
            tip += "\n" + self.tr("{0} at row {1}, column {2}").format(value, cell[1], cell[2])
        return tip

    def _hover(self, cell: tuple[int, int, int] | None) -> None:
        if cell == self._over:
            return
        self._over = cell
        if cell is None:
            self.left.emit()
        else:
            self.hovered.emit(*cell)

    def _fold_at(self, place: QPoint) -> Fold | None:
        return self._placed.fold_at(place.x(), place.y() + self.verticalScrollBar().value())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        fold = self._fold_at(event.pos())
        name = fold.section if fold else ""
        if name != self._over_fold:
            self._over_fold = name
            self.viewport().setCursor(Qt.PointingHandCursor if fold else Qt.ArrowCursor)
            self.viewport().update()
        self._hover(self._cell_at(event.pos()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.LeftButton:
            return
        fold, found = self._fold_at(event.pos()), self._channel_at(event.pos())
        if fold is not None:
            self.fold(fold.section, unfolded=not fold.open)
        elif found is not None:
            self._select(found[0])

    def _select(self, channel: int) -> None:
        if channel != self.current:
            self.set_current(channel)
            self.channel_selected.emit(channel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = max(1, self.viewport().height() // self._placed.layout.row_px)
        steps: dict[int, tuple[int, int]] = {
            **BY_CELL, Qt.Key_PageUp: (-page, 0), Qt.Key_PageDown: (page, 0)
        }  # fmt: skip
        if not self._placed.rows or is_command(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key_Home:
            self._select(self._placed.rows[0].channels[0])
        elif event.key() == Qt.Key_End:
            self._select(self._placed.rows[-1].channels[-1])
        elif event.key() in steps:
            self._step(*steps[event.key()])
        else:
            super().keyPressEvent(event)

    def _step(self, rows: int, columns: int) -> None:
        """Moves the current channel; a step past the last one opens the next fold."""
        target, at_end = self._placed.step(self.current, rows, columns)
        closed = next((fold.section for fold in self._placed.folds if not fold.open), None)
        if at_end and closed is not None:
            self.fold(closed, unfolded=True)
            self._step(rows, columns)
        elif target is not None:
            self._select(target)
