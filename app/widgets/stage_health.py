"""Which stage is learning: gradient, update and dead ReLUs of every stage, side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PyQt5.QtGui import QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import told_tip
from app.widgets._numbers import MINUS, value_text
from app.widgets._training import StageHealth

INSET, TOP_PX, ROW_PX, NAME_PX, GAP_PX = 15, 62, 36, 46, 10
LEAST_UPDATE, MOST_UPDATE, HEALTHY_UPDATE = 1e-6, 1e-1, 1e-3
MANY_DEAD, LARGE_UPDATE = 0.4, 0.05


class StageHealthCard(QWidget):
    """A row for each stage. The figures are those of the last look that the training took."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stageHealth")
        self.setAccessibleName(self.tr("Stages"))
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Preferred)
        self._stages: tuple[StageHealth, ...] = ()
        self._titles = (self.tr("gradient"), self.tr("update"), self.tr("dead ReLU"))
        self._tips = (
            self.tr(
                "The norm of the loss’s gradient: how strongly the stage is asked to change. Bars: of the largest."
            ),
            self.tr(
                "How much a step changes the weights, as a share of them. About 0.001, at the mark, is healthy; "
                "the bars go by powers of ten."
            ),
            self.tr("ReLUs that are 0 everywhere on 64 pictures: they tell nothing, and learn nothing."),
        )

    def show_stages(self, stages: Sequence[StageHealth]) -> None:
        self._stages = tuple(stages)
        self.setAccessibleDescription(
            "; ".join(f"{stage.name}: {', '.join(self._texts(stage))}" for stage in self._stages)
        )
        self.update()

    def verdict(self) -> str:
        """One sentence on what strikes the eye; "" where nothing does."""
        for stage in self._stages:
            if stage.dead is not None and stage.dead >= MANY_DEAD:
                return self.tr("{0} of the ReLUs in {1} are dead.").format(_share(stage.dead), stage.name)
        for stage in self._stages:
            if stage.update > LARGE_UPDATE:
                return self.tr("{0} changes a lot with every step.").format(stage.name)
            if stage.gradient == 0:
                return self.tr("No gradient reaches {0}.").format(stage.name)
        return ""

    def _texts(self, stage: StageHealth) -> tuple[str, str, str]:
        return _figure(stage.gradient), _figure(stage.update), _share(stage.dead)

    def sizeHint(self) -> QSize:
        return QSize(270, TOP_PX + ROW_PX * max(5, len(self._stages)) + 34)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, TOP_PX + ROW_PX * 6 + 8)

    def _columns(self) -> list[tuple[float, float]]:
        """Left edge and width of the three columns."""
        room = self.width() - 2 * INSET - NAME_PX - 2 * GAP_PX
        wide = room / 3
        return [(INSET + NAME_PX + number * (wide + GAP_PX), wide) for number in range(3)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.fill_rounded(painter, QRectF(self.rect()), 10, theme.colour("panel"), theme.colour("line"))
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font(bold=True))
        paint.draw_text(painter, QRectF(INSET, 12, 120, 20), self.tr("Stages"))
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("muted"))
        if not self._stages:
            painter.setFont(theme.font(theme.SECONDARY_PX))
            text = self.tr("Shown after the first steps: which stage learns, and how fast.")
            room = QRectF(INSET, 40, self.width() - 2 * INSET, 60)
            painter.drawText(room, int(Qt.TextWordWrap | Qt.AlignLeft), text)
            return
        for (left, wide), title in zip(self._columns(), self._titles, strict=True):
            paint.draw_text(painter, QRectF(left, 40, wide, 16), title)
        largest = max((stage.gradient for stage in self._stages), default=0.0) or 1.0
        for row, stage in enumerate(self._stages):
            self._paint_row(painter, TOP_PX + row * ROW_PX, stage, largest)
        verdict, below = self.verdict(), TOP_PX + len(self._stages) * ROW_PX + 2
        if verdict and below + 16 < self.height():
            painter.setFont(theme.font(theme.SECONDARY_PX))
            painter.setPen(theme.colour("second"))
            room = QRectF(INSET, below, self.width() - 2 * INSET, self.height() - below - 8)
            painter.drawText(room, int(Qt.TextWordWrap | Qt.AlignLeft), verdict)

    def _paint_row(self, painter: QPainter, top: float, stage: StageHealth, largest: float) -> None:
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("text"))
        paint.draw_text(painter, QRectF(INSET, top, NAME_PX, 18), stage.name)
        shares = (stage.gradient / largest, _of_update(stage.update), stage.dead)
        tokens = ("accent", "accent", "second")
        columns = zip(self._columns(), shares, tokens, self._texts(stage), strict=True)
        for number, ((left, wide), share, token, text) in enumerate(columns):
            painter.setFont(theme.font(theme.SMALL_PX))
            painter.setPen(theme.colour("muted"))
            paint.draw_figures(painter, QRectF(left, top + 1, wide, 16), text, paint.LEFT)
            if share is None:
                continue
            bar = QRectF(left, top + 20, wide, 6)
            paint.draw_bar(painter, bar, share, token, 3.0 if share > 0 else 0.0)
            if number == 1:
                mark = left + wide * _of_update(HEALTHY_UPDATE)
                painter.fillRect(QRectF(mark, bar.top() - 2, 1, 10), theme.colour("muted"))

    def event(self, event: QEvent) -> bool:
        return told_tip(self, event, self._tip) or bool(super().event(event))

    def _tip(self, place: QPoint) -> str:
        if self._stages and place.y() > 36:
            for (left, wide), tip in zip(self._columns(), self._tips, strict=True):
                if left - GAP_PX / 2 <= place.x() < left + wide + GAP_PX / 2:
                    return tip
        return ""


def _of_update(update: float) -> float:
    """Where an update stands on a bar that goes by powers of ten, 0 … 1."""
    if update <= LEAST_UPDATE:
        return 0.0
    span = math.log10(MOST_UPDATE / LEAST_UPDATE)
    return min(1.0, math.log10(update / LEAST_UPDATE) / span)


def _share(dead: float | None) -> str:
    """e.g. "0 %", "1.2 %", "41 %"; the head has no ReLU."""
    if dead is None:
        return "–"
    return f"{100 * dead:.1f} %" if 0 < dead < 0.0995 else f"{100 * dead:.0f} %"


def _figure(value: float) -> str:
    """Two figures that tell: 0.21, 1.2, 2.4e−4."""
    if value == 0 or 0.01 <= value < 1000:
        return value_text(value)
    mantissa, _, exponent = f"{value:.1e}".partition("e")
    return f"{mantissa}e{int(exponent)}".replace("-", MINUS)
