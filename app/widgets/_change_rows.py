"""Classes before and after a change of the network, as pairs of bars. Part of depth_panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QEvent, QPoint, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QMouseEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import told_tip
from app.widgets._numbers import MINUS
from app.widgets._shares import percent

ROW_PX, NUMBER_PX = 46, 60


@dataclass(frozen=True)
class ChangeRow:
    """A class; probabilities 0 … 1 as trained and now (None: nothing is changed), and what a tooltip says."""

    index: int
    label: str
    before: float
    after: float | None
    tip: str = ""


class ChangeRows(QWidget):
    """A click asks about a class."""

    picked = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Predictions as trained and now"))
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)
        self._rows: tuple[ChangeRow, ...] = ()
        self._target: int | None = None

    def show_rows(self, rows: Sequence[ChangeRow], target: int | None) -> None:
        """`target` is the class asked about."""
        now = (tuple(rows), target)
        if now == (self._rows, self._target):
            return
        self._rows, self._target = now
        said = [
            f"{row.label} {percent(row.before)}" + ("" if row.after is None else f" → {percent(row.after)}")
            for row in rows
        ]
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def rows(self) -> tuple[ChangeRow, ...]:
        return self._rows

    def sizeHint(self) -> QSize:
        return QSize(260, 6 * ROW_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 2 * ROW_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        leader = max(self._rows, key=lambda row: row.before if row.after is None else row.after, default=None)
        for number, row in enumerate(self._rows):
            room = QRectF(0, number * ROW_PX, self.width(), ROW_PX)
            if room.bottom() > self.height() + 1:
                break  # a part of a row would only puzzle
            self._paint_row(painter, room, row, first=row is leader)

    def _paint_row(self, painter: QPainter, room: QRectF, row: ChangeRow, *, first: bool) -> None:
        wide = room.width()
        painter.setFont(theme.font(bold=first))
        painter.setPen(theme.colour("accent" if row.index == self._target else "text"))
        paint.draw_text(painter, QRectF(0, room.y() + 2, wide - NUMBER_PX - 64, 18), row.label)
        track = QRectF(0, room.y() + 22, wide - NUMBER_PX - 8, 6)
        self._paint_track(painter, track, row.before, "faint")
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("muted"))
        number = QRectF(wide - NUMBER_PX, track.center().y() - 9, NUMBER_PX, 18)
        paint.draw_figures(painter, number, percent(row.before))
        if row.after is None:
            return
        self._paint_track(painter, track.translated(0, 12), row.after, "accent")
        painter.setPen(theme.colour("text"))
        paint.draw_figures(painter, number.translated(0, 13), percent(row.after))
        change = 100 * (row.after - row.before)
        if abs(change) < 0.05:
            return
        painter.setFont(theme.font(theme.SECONDARY_PX, bold=True))
        painter.setPen(theme.colour("good" if change > 0 else "bad"))
        sign = "+" if change > 0 else MINUS
        paint.draw_figures(painter, QRectF(wide - 120, room.y() + 1, 120, 18), f"{sign}{abs(change):.1f}")

    def _paint_track(self, painter: QPainter, track: QRectF, share: float, token: str) -> None:
        paint.fill_rounded(painter, track, 3, theme.colour("track"))
        width = max(track.width() * min(share, 1.0), 2.0)
        paint.fill_rounded(painter, QRectF(track.x(), track.y(), width, track.height()), 3, theme.colour(token))

    def _row_at(self, place: QPoint) -> ChangeRow | None:
        number = place.y() // ROW_PX
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def event(self, event: QEvent) -> bool:
        return told_tip(self, event, self._tip) or bool(super().event(event))

    def _tip(self, place: QPoint) -> str:
        row = self._row_at(place)
        return "" if row is None else row.tip

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.pos())
        if row is not None and event.button() == Qt.LeftButton:
            self.picked.emit(row.index)
