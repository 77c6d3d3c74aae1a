"""Predictions of both sides with the change, and how far apart their stages are. Part of compare_panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QMouseEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import told_tip
from app.widgets._numbers import MINUS, fixed_text
from app.widgets._shares import percent, points

ROW_PX, HEADING_PX, NUMBER_PX, GAP_PX = 19, 20, 54, 12
FEWEST = 3


@dataclass(frozen=True)
class ComparedClass:
    """A class's probability on both sides, 0 … 1; None where a side has no such class."""

    label: str
    left: float | None
    right: float | None


@dataclass(frozen=True)
class ComparedStage:
    """How far apart a stage is. `relative_l2` and `cosine` None: its shapes differ, or nothing is there."""

    stage: str
    relative_l2: float | None
    cosine: float | None
    cka: float | None
    tip: str = ""


class CompareTables(QWidget):
    """As many classes as there is room for above the stages. A click on a stage looks at it."""

    stage_picked = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._classes: tuple[ComparedClass, ...] = ()
        self._stages: tuple[ComparedStage, ...] = ()
        self._stage, self._by_cka = "", False
        self.setAccessibleName(self.tr("Predictions and distances"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Preferred, QSizePolicy.Expanding)

    def show_tables(
        self, classes: Sequence[ComparedClass], stages: Sequence[ComparedStage], stage: str, *, by_cka: bool = False
    ) -> None:
        """`stage` is the one looked at; `by_cka`: the bars show 1 - CKA, because channels can't be held together."""
        self._classes, self._stages, self._stage, self._by_cka = tuple(classes), tuple(stages), stage, by_cka
        said = [f"{one.label}: {percent(one.left)}, {percent(one.right)}" for one in classes[:5]]
        said += [f"{one.stage}: {_number(one.relative_l2)}" for one in stages]
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def clear(self) -> None:
        self.show_tables((), (), "")

    def sizeHint(self) -> QSize:
        return QSize(360, 2 * HEADING_PX + GAP_PX + (6 + 5) * ROW_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 2 * HEADING_PX + GAP_PX + (FEWEST + max(len(self._stages), 5)) * ROW_PX)

    def _shown(self) -> int:
        """How many classes there is room for."""
        room = self.height() - 2 * HEADING_PX - GAP_PX - max(len(self._stages), 5) * ROW_PX
        return max(FEWEST, min(len(self._classes), int(room // ROW_PX)))

    def _stages_top(self) -> float:
        return HEADING_PX + min(self._shown(), max(len(self._classes), FEWEST)) * ROW_PX + GAP_PX

    def _stage_rect(self, row: int) -> QRectF:
        return QRectF(0, self._stages_top() + HEADING_PX + row * ROW_PX, self.width(), ROW_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        if not self._classes:
            return
        self._paint_heading(painter, 0, self.tr("Predictions"), (self.tr("left"), self.tr("right"), self.tr("change")))
        largest = max((abs(_change(one) or 0.0) for one in self._classes), default=0.0)
        for row, one in enumerate(self._classes[: self._shown()]):
            self._paint_class(painter, HEADING_PX + row * ROW_PX, one, max(largest, 0.01))
        what = self.tr("1 {0} CKA").format(MINUS) if self._by_cka else self.tr("relative L2")
        heading = self.tr("Distance by stage: {0}").format(what)
        self._paint_heading(painter, self._stages_top(), heading, (self.tr("rel. L2"), self.tr("cosine"), "CKA"))
        furthest = max((one.relative_l2 or 0.0 for one in self._stages), default=0.0)
        for row, stage in enumerate(self._stages):
            self._paint_stage(painter, self._stage_rect(row), stage, max(furthest, 0.25))

    def _paint_heading(self, painter: QPainter, top: float, title: str, columns: tuple[str, str, str]) -> None:
        line = QRectF(0, top, self.width(), HEADING_PX - 4)
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("muted"))
        last = max(NUMBER_PX, painter.fontMetrics().horizontalAdvance(columns[2]) + 2)
        for place, name in enumerate(columns):
            right = self.width() - (2 - place) * NUMBER_PX
            width = last if place == 2 else NUMBER_PX
            paint.draw_text(painter, QRectF(right - width, top, width, HEADING_PX - 4), name, paint.RIGHT)
        painter.setFont(theme.font(theme.SECONDARY_PX, bold=True))
        paint.draw_text(painter, line.adjusted(6, 0, -2 * NUMBER_PX - last, 0), title)

    def _numbers(self, painter: QPainter, top: float, texts: tuple[str, str, str]) -> None:
        for place, text in enumerate(texts):
            x = self.width() - (3 - place) * NUMBER_PX
            paint.draw_figures(painter, QRectF(x, top, NUMBER_PX - 1, ROW_PX), text)

    def _paint_class(self, painter: QPainter, top: float, one: ComparedClass, largest: float) -> None:
        """The label, a bar to the right for more and to the left for less, and the numbers."""
        numbers = self.width() - 3 * NUMBER_PX
        label = max(90.0, 0.55 * numbers)
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("text"))
        paint.draw_text(painter, QRectF(6, top, label - 12, ROW_PX), one.label)
        change = _change(one)
        track = QRectF(label, top + ROW_PX / 2 - 3, max(numbers - label - 4, 8), 6)
        paint.fill_rounded(painter, track, 3, theme.colour("track"))
        if change is not None and change != 0:
            half = track.width() / 2 * min(abs(change) / largest, 1.0)
            start = track.center().x() - (half if change < 0 else 0)
            token = "good" if change > 0 else "bad"
            paint.fill_rounded(painter, QRectF(start, track.y(), max(half, 1.5), 6), 2, theme.colour(token))
        middle = QRectF(track.center().x() - 0.5, track.y() - 2, 1, 10)
        painter.fillRect(paint.aligned(painter, middle), theme.colour("faint"))
        painter.setPen(theme.colour("text"))
        self._numbers(painter, top, (percent(one.left), percent(one.right), points(change)))

    def _paint_stage(self, painter: QPainter, rect: QRectF, one: ComparedStage, furthest: float) -> None:
        chosen = one.stage == self._stage
        if chosen:
            paint.fill_rounded(painter, rect, 4, theme.colour("accent_soft"))
        painter.setFont(theme.font(theme.SECONDARY_PX, bold=chosen))
        painter.setPen(theme.colour("text" if chosen else "muted"))
        name = 92.0
        paint.draw_text(painter, QRectF(6, rect.y(), name - 10, ROW_PX), one.stage)
        share = 1 - (one.cka or 0.0) if self._by_cka else (one.relative_l2 or 0.0) / furthest
        track = QRectF(name, rect.center().y() - 3, max(self.width() - 3 * NUMBER_PX - name - 4, 8), 6)
        paint.draw_bar(painter, track, share, "second", 1.5)
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("text" if chosen else "muted"))
        self._numbers(painter, rect.y(), (_number(one.relative_l2), _number(one.cosine), _number(one.cka)))

    def _stage_at(self, place: QPointF) -> ComparedStage | None:
        return next((one for row, one in enumerate(self._stages) if self._stage_rect(row).contains(place)), None)

    def event(self, event: QEvent) -> bool:
        return told_tip(self, event, self._tip) or bool(super().event(event))

    def _tip(self, place: QPoint) -> str:
        if stage := self._stage_at(QPointF(place)):
            return stage.tip
        row = int((place.y() - HEADING_PX) // ROW_PX)
        shown = self._classes[: self._shown()]
        return self._class_tip(shown[row]) if 0 <= row < len(shown) else ""

    def _class_tip(self, one: ComparedClass) -> str:
        return self.tr("{label}: {left} left, {right} right, a change of {points} percentage points").format(
            label=one.label, left=percent(one.left), right=percent(one.right), points=points(_change(one))
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.setCursor(Qt.PointingHandCursor if self._stage_at(event.localPos()) else Qt.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.LeftButton and (stage := self._stage_at(event.localPos())):
            self.stage_picked.emit(stage.stage)


def _change(one: ComparedClass) -> float | None:
    return None if one.left is None or one.right is None else one.right - one.left


def _number(value: float | None) -> str:
    return "–" if value is None else fixed_text(value, 2)
