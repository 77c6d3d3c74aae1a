"""How many of each class's pictures were recognised, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QRectF, pyqtSignal
from PyQt5.QtGui import QFontMetricsF, QPainter
from PyQt5.QtWidgets import QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._results import percent
from app.widgets._rows import PaintedRows

_NUMBER_PX = 62
_LONGEST_NAME_PX = 140


@dataclass(frozen=True)
class ClassRow:
    """`recall`: the share of the class's `pictures` that were recognised; `precision`: the share of the answers with
    this name that are right. 0 … 1, NaN where there are none."""

    index: int
    name: str
    recall: float
    precision: float
    pictures: int


class ClassBars(PaintedRows):
    """Accuracy as a bar, precision as a figure beside it. Choosing a row asks for the class's pictures."""

    class_chosen = pyqtSignal(int)  # its index

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("classBars")
        self.setAccessibleName(self.tr("Accuracy by class"))
        self._rows: tuple[ClassRow, ...] = ()
        self.show_rows(())
        self.row_chosen.connect(lambda row: self.class_chosen.emit(self._rows[row].index))

    def show_rows(self, rows: Sequence[ClassRow]) -> None:
        self._rows = tuple(rows)
        metrics = QFontMetricsF(theme.font(theme.SECONDARY_PX))
        self._longest_px = max((metrics.horizontalAdvance(row.name) for row in rows), default=0.0)
        said = self.tr("{name}: {recall} of its {pictures} recognised, {precision} of the answers with this name right")
        self.set_texts(
            [
                said.format(
                    name=row.name, recall=percent(row.recall), pictures=f"{row.pictures:,}",
                    precision=percent(row.precision),
                )
                for row in rows
            ],
            self.tr("No classes yet"),
        )  # fmt: skip

    @property
    def rows(self) -> tuple[ClassRow, ...]:
        return self._rows

    def paint_row(self, painter: QPainter, row: int, place: QRectF) -> None:
        entry = self._rows[row]
        names = min(self._longest_px, _LONGEST_NAME_PX, 0.35 * place.width())
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("text"))
        paint.draw_text(painter, QRectF(place.left() + 8, place.top(), names, place.height()), entry.name)
        left, right = place.left() + 8 + names + 12, place.right() - 2 * _NUMBER_PX - 8
        track = QRectF(left, place.center().y() - 4, max(8.0, right - left), 8)
        self.paint_bar(painter, track, 0.0 if entry.recall != entry.recall else entry.recall, "accent")
        number = QRectF(right, place.top(), _NUMBER_PX, place.height())
        paint.draw_figures(painter, number, percent(entry.recall))
        painter.setPen(theme.colour("muted"))
        paint.draw_figures(painter, number.translated(_NUMBER_PX, 0), percent(entry.precision))
