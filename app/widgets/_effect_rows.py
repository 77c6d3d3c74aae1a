"""A part of the panel of channels that matter: the sorted bars. Painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QEvent, QPoint, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QFontMetricsF, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QAbstractScrollArea, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import scroll_to, told_tip
from app.widgets._keys import ENTER, is_command
from app.widgets._numbers import about, signed_text
from app.widgets._shares import points

ROW_PX, MAP_PX, GAP_PX = 36, 28, 24


@dataclass(frozen=True, eq=False)
class EffectRow:
    """What a class loses (`change` < 0) or gains without a channel.

    `picture` is its map on a scale of its own, (H, W, 3) uint8: here it is known again, and the bar is what counts.
    """

    channel: int
    picture: NDArray[np.uint8]
    change: float  # of the logit
    probability: float  # its change, -1 … 1
    top_then: str = ""  # the most probable class without it, where that is another one
    rough: bool = False  # measured in a faster arithmetic, not exactly yet

    def change_text(self, *, short: bool = False) -> str:
        """The change of the logit, as the window writes it: −0.84, or ≈ −0.84."""
        return signed_text(self.change, short=short, rough=self.rough)

    def points_text(self) -> str:
        """The change of the probability, in points."""
        return about(points(self.probability)) if self.rough else points(self.probability)


class EffectBars(QAbstractScrollArea):
    """Two columns, the largest effect first: left what the class loses by, right what it gains by.

    The arrows go from row to row and from column to column; all bars are on one scale.
    """

    selected = pyqtSignal(int)  # a channel
    opened = pyqtSignal(int)  # by a double click or Enter

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._columns: tuple[list[EffectRow], list[EffectRow]] = ([], [])
        self._images: dict[int, tuple[NDArray[np.uint8], QImage]] = {}
        self._current: int | None = None
        self._off: frozenset[int] = frozenset()
        self._label, self._empty = "", ""
        self._some_change_the_answer = False  # then every row leaves room for the class it turns to
        self.setAccessibleName(self.tr("Channels, the largest effect first"))
        self.setFocusPolicy(Qt.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)

    def show_rows(self, rows: Sequence[EffectRow], label: str, empty: str = "") -> None:
        """Rows in any order; `label` is the class, `empty` what is said while there are none.

        A channel without which nothing changes, such as an inactive one, is in neither column.
        """
        by_size = sorted(rows, key=lambda row: -abs(row.change))
        self._columns = ([row for row in by_size if row.change < 0], [row for row in by_size if row.change > 0])
        nothing = self.tr("None of these channels changes the logit of “{0}”.").format(label)
        self._label, self._empty = label, nothing if rows else empty
        self._some_change_the_answer = any(row.top_then for row in rows)
        self._images = {row.channel: self._image(row) for row in rows}
        self._update_range()
        self._describe()
        self.viewport().update()

    def _image(self, row: EffectRow) -> tuple[NDArray[np.uint8], QImage]:
        known = self._images.get(row.channel)
        return known if known is not None and known[0] is row.picture else (row.picture, paint.to_image(row.picture))

    def show_current(self, channel: int | None, off: frozenset[int]) -> None:
        """The channel looked at, and those that are switched off."""
        moved, self._off = self._current not in (None, channel), off  # what it begins with stays below the largest
        self._current = channel
        if moved:
            self._reveal()
        self._describe()
        self.viewport().update()

    def _describe(self) -> None:
        row = next((row for column in self._columns for row in column if row.channel == self._current), None)
        self.setAccessibleDescription(self._words(row) if row is not None else self._empty)

    def _place(self) -> tuple[int, int] | None:
        """Column and row of the channel looked at."""
        for side, column in enumerate(self._columns):
            for index, row in enumerate(column):
                if row.channel == self._current:
                    return side, index
        return None

    def _reveal(self) -> None:
        if (place := self._place()) is not None:
            top = ROW_PX * place[1]
            scroll_to(self.verticalScrollBar(), top, top + 2 * ROW_PX, self.viewport().height())

    def _update_range(self) -> None:
        rows, height = max(map(len, self._columns)) + 1, self.viewport().height()  # a row for the headings
        self.verticalScrollBar().setRange(0, max(0, rows * ROW_PX - height))
        self.verticalScrollBar().setPageStep(height - ROW_PX)
        self.verticalScrollBar().setSingleStep(ROW_PX)

    def resizeEvent(self, _event: QEvent) -> None:
        self._update_range()

    def minimumSizeHint(self) -> QSize:
        return QSize(360, 3 * ROW_PX)

    def _column_width(self) -> float:
        return (self.viewport().width() - GAP_PX) / 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        wide, high = self._column_width(), self.viewport().height()
        if not any(self._columns):
            painter.setPen(theme.colour("muted"))
            painter.drawText(QRectF(self.viewport().rect()), paint.CENTRE | int(Qt.TextWordWrap), self._empty)
            if self.hasFocus():
                paint.draw_focus(painter, QRectF(self.viewport().rect()), 6)
            return
        reach = max(abs(row.change) for column in self._columns for row in column)
        scroll = self.verticalScrollBar().value()
        painter.save()
        painter.setClipRect(QRectF(0, ROW_PX, self.viewport().width(), high - ROW_PX))
        for side, column in enumerate(self._columns):
            for index in range(scroll // ROW_PX, min(len(column), (scroll + high) // ROW_PX + 1)):
                place = QRectF(side * (wide + GAP_PX), ROW_PX * (index + 1) - scroll, wide, ROW_PX)
                self._paint_row(painter, place, column[index], side, reach)
        painter.restore()
        for side in (0, 1):
            self._paint_heading(painter, QRectF(side * (wide + GAP_PX), 0, wide, ROW_PX), side)
        if self.hasFocus() and self._place() is None:
            paint.draw_focus(painter, QRectF(self.viewport().rect()), 6)

    def _paint_heading(self, painter: QPainter, place: QRectF, side: int) -> None:
        text = self.tr("Without it, the logit of “{0}” falls") if side == 0 else self.tr("… rises")
        count = str(len(self._columns[side]))
        painter.setFont(theme.font(theme.SECONDARY_PX, bold=True))
        painter.setPen(theme.colour("text"))
        number = QFontMetricsF(painter.font()).horizontalAdvance(count)
        line = place.adjusted(0, 0, -number - 12, -6)
        paint.draw_text(painter, line, text.format(self._label), elide=Qt.ElideMiddle)
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("muted"))
        paint.draw_figures(painter, place.adjusted(0, 0, -4, -6), count)

    def _paint_row(self, painter: QPainter, place: QRectF, row: EffectRow, side: int, reach: float) -> None:
        if row.channel == self._current:
            paint.fill_rounded(painter, place.adjusted(0, 1, 0, -1), 6, theme.colour("accent_soft"))
        picture, image = self._images[row.channel]
        aspect = picture.shape[1] / picture.shape[0]
        high, wide = (MAP_PX, MAP_PX * aspect) if aspect <= 1 else (MAP_PX / aspect, MAP_PX)
        box = QRectF(place.x() + 4, place.y() + (ROW_PX - MAP_PX) / 2, MAP_PX, MAP_PX)
        paint.draw_map(painter, QRectF(box.center().x() - wide / 2, box.center().y() - high / 2, wide, high), image)
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("muted" if row.channel in self._off else "text"))
        number = QRectF(box.right() + 4, place.y(), 34, ROW_PX)
        paint.draw_figures(painter, number, str(row.channel))
        value = QRectF(place.right() - 66, place.y(), 60, ROW_PX)
        track = QRectF(number.right() + 10, place.center().y() - 4, value.x() - number.right() - 14, 8)
        word = min(84.0, track.width() * 0.45) if self._some_change_the_answer else 0.0
        track.setWidth(track.width() - word)
        if row.top_then:
            painter.setPen(theme.colour("bad"))
            then = QRectF(track.right() + 6, place.y(), word - 6, ROW_PX)
            paint.draw_text(painter, then, f"\N{RIGHTWARDS ARROW} {row.top_then}")
        bar = QRectF(track.x(), track.y(), max(track.width() * abs(row.change) / reach, 1.5), track.height())
        token = "faint" if row.channel in self._off else "accent" if side == 0 else "second"
        painter.setOpacity(paint.ROUGH_OPACITY if row.rough else 1.0)
        paint.fill_rounded(painter, bar, min(4.0, bar.width() / 2), theme.colour(token))
        painter.setOpacity(1.0)
        painter.setPen(theme.colour("muted" if row.rough else "text"))
        paint.draw_figures(painter, value, row.change_text(short=True))
        if row.channel in self._off:
            wide = QFontMetricsF(painter.font()).horizontalAdvance("0" * len(str(row.channel))) + 4
            painter.fillRect(
                QRectF(number.right() + 2 - wide, round(number.center().y()), wide, 1), theme.colour("muted")
            )
        if self.hasFocus() and row.channel == self._current:
            paint.draw_focus(painter, place.adjusted(0, 1, 0, -1), 6)

    def _words(self, row: EffectRow) -> str:
        lines = [
            self.tr("Channel {0}: without it the logit of “{1}” changes by {2}, its probability by {3} points").format(
                row.channel, self._label, row.change_text(), row.points_text()
            )
        ]
        if row.rough:
            lines.append(self.tr("A first look in a faster arithmetic: not measured exactly yet"))
        if row.top_then:
            lines.append(self.tr("Most probable is then “{0}”").format(row.top_then))
        if row.channel in self._off:
            lines.append(self.tr("It is switched off now"))
        lines.append(self.tr("Each map is on its own scale"))
        return "\n".join(lines)

    def _row_at(self, place: QPoint) -> EffectRow | None:
        if place.y() < ROW_PX:
            return None
        side = 0 if place.x() < self._column_width() + GAP_PX / 2 else 1
        index = (place.y() + self.verticalScrollBar().value()) // ROW_PX - 1
        return self._columns[side][index] if 0 <= index < len(self._columns[side]) else None

    def viewportEvent(self, event: QEvent) -> bool:
        return told_tip(self, event, self._tip) or bool(super().viewportEvent(event))

    def _tip(self, place: QPoint) -> str:
        row = self._row_at(place)
        return "" if row is None else self._words(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.pos())
        if row is not None and event.button() == Qt.LeftButton:
            self.selected.emit(row.channel)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.pos())
        if row is not None and event.button() == Qt.LeftButton:
            self.opened.emit(row.channel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        side, index = self._place() or (0 if self._columns[0] else 1, -1)
        page = max(1, self.viewport().height() // ROW_PX - 1)
        moves: dict[int, tuple[int, int]] = {
            Qt.Key_Up: (side, max(index - 1, 0)), Qt.Key_Down: (side, index + 1),
            Qt.Key_PageUp: (side, max(index - page, 0)), Qt.Key_PageDown: (side, index + page),
            Qt.Key_Home: (side, 0), Qt.Key_End: (side, len(self._columns[side])),
            Qt.Key_Left: (0, max(index, 0)), Qt.Key_Right: (1, max(index, 0)),
        }  # fmt: skip
        target = moves.get(event.key())
        if event.key() in ENTER and self._current is not None:
            self.opened.emit(self._current)
        elif target is None or is_command(event):
            super().keyPressEvent(event)
        elif column := self._columns[target[0]]:
            self.selected.emit(column[min(target[1], len(column) - 1)].channel)
