"""The k most probable classes, as bars: which is asked about, and what a change of the network made of each."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QPoint, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import (
    QAbstractScrollArea,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import scroll_to, told_tip
from app.widgets._keys import DOWN, ENTER, place_after
from app.widgets._numbers import MINUS
from app.widgets._shares import percent, points

ROW_PX = 28
MOST = 10


class PredictionList(QWidget):
    """Ranked classes with their probabilities; how many is chosen in the heading, 1 to 10."""

    top_k_changed = pyqtSignal(int)
    selected = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("predictionList")
        self.setAccessibleName(self.tr("Predictions"))
        self._k = 5
        heading = QLabel(self.tr("Predictions"))
        heading.setProperty("role", "heading")
        self._fewer = self._step("minus", self.tr("Fewer classes"), -1)
        self._more = self._step("plus", self.tr("More classes"), +1)
        self._count = QLabel()
        self._count.setProperty("role", "caption")
        self._count.setAlignment(Qt.AlignCenter)
        self._count.setMinimumWidth(20)
        self.rows = _Rows(self)
        self.rows.selected.connect(self.selected)
        self.setFocusProxy(self.rows)
        top = QHBoxLayout()
        top.setSpacing(2)
        for part in (heading, None, self._fewer, self._count, self._more):
            top.addStretch(1) if part is None else top.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.rows, 1)
        self._show_k()

    def _step(self, icon: str, name: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon(icon, "muted"))
        button.setIconSize(QSize(14, 14))
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda: self._ask(self._k + by))
        return button

    def _ask(self, k: int) -> None:
        k = min(max(k, 1), MOST)
        if k != self._k:
            self._k = k
            self._show_k()
            self.top_k_changed.emit(k)

    def _show_k(self) -> None:
        self._count.setText(str(self._k))
        self._count.setToolTip(self.tr("How many classes are listed"))
        self._fewer.setEnabled(self._k > 1)
        self._more.setEnabled(self._k < MOST)

    @property
    def k(self) -> int:
        return self._k

    def show_predictions(
        self,
        predictions: Sequence[tuple[str, float]],
        k: int,
        *,
        changes: Sequence[float] | None = None,
        chosen: int | None = None,
    ) -> None:
        """The first `k` of (label, probability 0 … 1), best first.

        `changes` are how much each probability was changed by an intervention; `chosen` is the row asked about.
        """
        self._k = min(max(k, 1), MOST)
        self._show_k()
        kept = None if changes is None else list(changes[: self._k])
        self.rows.show_rows(list(predictions[: self._k]), busy=False, changes=kept, chosen=chosen)

    def show_busy(self) -> None:
        """What is listed belongs to the picture before: it stays, faded, until the answer is there."""
        rows = self.rows
        rows.show_rows(rows.rows, busy=True, changes=rows.changes, chosen=rows.chosen)

    def clear(self, text: str = "") -> None:
        """No classes; `text` says why, in a few words. Without it there is no picture yet."""
        self.rows.show_rows([], busy=False, empty=text)


class _Rows(QAbstractScrollArea):
    """The painted rows; a click, Up, Down or Enter chooses one."""

    selected = pyqtSignal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[tuple[str, float]] = []
        self.changes: list[float] | None = None
        self.chosen: int | None = None
        self.current = 0
        self._busy = False
        self._empty = ""
        self.setAccessibleName(self.tr("Classes, most probable first"))
        self.setFocusPolicy(Qt.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Maximum)
        self.viewport().setAutoFillBackground(False)

    def show_rows(
        self,
        rows: list[tuple[str, float]],
        *,
        busy: bool,
        empty: str = "",
        changes: list[float] | None = None,
        chosen: int | None = None,
    ) -> None:
        now = (rows, changes, chosen, busy, empty)
        if now == (self.rows, self.changes, self.chosen, self._busy, self._empty):
            return
        self.rows, self.changes, self.chosen, self._busy, self._empty = now
        if not busy:
            self.current = chosen if chosen is not None and chosen < len(rows) else 0
        self._describe()
        self._update_range()
        self.updateGeometry()
        self.viewport().update()

    def _describe(self) -> None:
        """For screen readers: the row of the keyboard, then the others."""
        order = sorted(range(len(self.rows)), key=lambda row: row != self.current)
        self.setAccessibleDescription("; ".join(map(self._told, order)))

    def _told(self, row: int) -> str:
        """A row in words: "cat 77.2 %", "cat 77.2 %, was 41.0 %"."""
        label, probability = self.rows[row]
        if self.changes is None:
            return f"{label} {percent(probability)}"
        return self.tr("{0} {1}, was {2}").format(label, percent(probability), percent(self._before(row)))

    def _before(self, row: int) -> float:
        """The probability as trained."""
        change = 0.0 if self.changes is None else self.changes[row]
        return min(max(self.rows[row][1] - change, 0.0), 1.0)

    def sizeHint(self) -> QSize:
        return QSize(200, max(len(self.rows), 3) * ROW_PX + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 2 * ROW_PX)

    def resizeEvent(self, _event: QEvent) -> None:
        self._update_range()

    def _update_range(self) -> None:
        height = self.viewport().height()
        self.verticalScrollBar().setRange(0, max(0, len(self.rows) * ROW_PX - height))
        self.verticalScrollBar().setPageStep(height)
        self.verticalScrollBar().setSingleStep(ROW_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if not self.rows:
            painter.setFont(theme.font(theme.SECONDARY_PX))
            painter.setPen(theme.colour("muted"))
            text = self.tr("Looking …") if self._busy else self._empty or self.tr("No picture yet")
            paint.draw_text(painter, QRectF(0, 0, self.width(), ROW_PX), text)
            if self.hasFocus():
                paint.draw_focus(painter, QRectF(self.viewport().rect()), 6)
            return
        painter.setOpacity(0.45 if self._busy else 1.0)
        metrics = QFontMetricsF(theme.font(bold=True))
        wide = self.viewport().width() - 4.0
        certain = any(probability >= 0.9995 for _, probability in self.rows)
        number = metrics.horizontalAdvance("000.0 %" if certain else "00.0 %") + 8  # every figure is as wide as a 0
        change = 0.0 if self.changes is None else metrics.horizontalAdvance(f"{MINUS}00.0") + 4
        left = 0.0 if self.chosen is None else 8.0
        longest = max(metrics.horizontalAdvance(label) for label, _ in self.rows)
        rest = wide - left - number - change - 12
        label = min(max(longest, 84 if not change else 48), rest - (32 if change else max(48, 0.2 * wide)))
        scroll = self.verticalScrollBar().value()
        for index, (name, _) in enumerate(self.rows):
            row = QRectF(0, index * ROW_PX - scroll, wide + 4, ROW_PX)
            asked = index == self.chosen
            if asked:
                paint.fill_rounded(painter, row.adjusted(0, 2, 0, -2), 6, theme.colour("accent_soft"))
            painter.setFont(theme.font(bold=index == 0))
            painter.setPen(theme.colour("text"))
            paint.draw_text(painter, QRectF(left, row.y(), label, ROW_PX), name)
            track = QRectF(left + label + 12, row.center().y() - 4, rest - label - 4, 8)
            self._paint_bar(painter, track, index)
            painter.setPen(theme.colour("text" if index == 0 or asked else "muted"))
            probability = percent(self.rows[index][1])
            paint.draw_figures(painter, QRectF(wide - change - number, row.y(), number, ROW_PX), probability)
            if self.changes is not None:
                self._paint_change(painter, QRectF(wide - change, row.y(), change, ROW_PX), self.changes[index])
            if self.hasFocus() and index == self.current:
                paint.draw_focus(painter, row.adjusted(0, 1, 0, -1), 6)

    def _paint_change(self, painter: QPainter, rect: QRectF, change: float) -> None:
        text = points(change)
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("muted" if text == "0.0" else "good" if change > 0 else "second"))
        paint.draw_figures(painter, rect, text)

    def _paint_bar(self, painter: QPainter, track: QRectF, index: int) -> None:
        """The probability now; as trained it was where the pale end or the notch is."""
        emphasised = index == (self.chosen or 0)
        now, before = min(self.rows[index][1], 1.0), self._before(index)
        painter.setRenderHint(QPainter.Antialiasing)
        painter.setPen(Qt.NoPen)

        def bar(share: float, token: str, alpha: float = 1.0) -> None:
            width = max(track.width() * share, 1.5)
            radius = min(4.0, width / 2)
            painter.setBrush(theme.colour(token, alpha))
            painter.drawRoundedRect(QRectF(track.x(), track.y(), width, track.height()), radius, radius)

        bar(1.0, "track")
        if self.changes is not None and before > now:
            bar(before, "second", 0.45)
        bar(now, "accent" if emphasised else "faint")
        if self.changes is not None and before < now:
            notch = QRectF(track.x() + track.width() * before - 0.5, track.y() - 2, 2, track.height() + 4)
            painter.fillRect(paint.aligned(painter, notch), theme.colour("text", 0.7))

    def _row_at(self, place: QPoint) -> int | None:
        row = (place.y() + self.verticalScrollBar().value()) // ROW_PX
        return row if 0 <= row < len(self.rows) else None

    def viewportEvent(self, event: QEvent) -> bool:
        return told_tip(self, event, self._tip) or bool(super().viewportEvent(event))

    def _tip(self, place: QPoint) -> str:
        row = self._row_at(place)
        return "" if row is None else self._told(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.pos())
        if row is not None:
            self._choose(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = place_after(event, self.current, len(self.rows), {**DOWN, **dict.fromkeys(ENTER, 0)}, ends=True)
        if target is None:
            super().keyPressEvent(event)
        elif target >= 0:
            self._choose(target)

    def _choose(self, row: int) -> None:
        self.current = row
        self._describe()
        scroll_to(self.verticalScrollBar(), row * ROW_PX, (row + 1) * ROW_PX, self.viewport().height())
        self.viewport().update()
        self.selected.emit(row)
