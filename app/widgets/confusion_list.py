"""The mistakes that are made most often, as rows: for classes too many for a matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QRectF, pyqtSignal
from PyQt5.QtGui import QPainter
from PyQt5.QtWidgets import QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._results import confusion_text
from app.widgets._rows import PaintedRows

_NUMBER_PX, _BAR_PX = 92, 64


@dataclass(frozen=True)
class ConfusionRow:
    """`count` of the `of` pictures of class number `true` were answered with class number `answer`."""

    true: int
    answer: int
    true_name: str
    answer_name: str
    count: int
    of: int

    @property
    def share(self) -> float:
        return self.count / max(1, self.of)

    @property
    def text(self) -> str:
        return confusion_text(self.true_name, self.answer_name, self.count, self.of)


class ConfusionList(PaintedRows):
    """Click a row, or press Enter, to see its pictures."""

    cell_chosen = pyqtSignal(int, int)  # true class, answer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confusionList")
        self.setAccessibleName(self.tr("Most frequent confusions"))
        self._rows: tuple[ConfusionRow, ...] = ()
        self.set_texts((), self.tr("No answers yet"))
        self.row_chosen.connect(self._choose)

    def show_rows(self, rows: Sequence[ConfusionRow]) -> None:
        """Those made most often first; none says that there is no mistake."""
        self._rows = tuple(rows)
        self.set_texts([row.text for row in rows], self.tr("Not a single mistake."))

    def _choose(self, row: int) -> None:
        self.cell_chosen.emit(self._rows[row].true, self._rows[row].answer)

    def paint_row(self, painter: QPainter, row: int, place: QRectF) -> None:
        entry = self._rows[row]
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("text"))
        words = self.tr("{true} taken for {answer}").format(true=entry.true_name, answer=entry.answer_name)
        room = place.width() - _NUMBER_PX - _BAR_PX - 32
        paint.draw_text(painter, QRectF(place.left() + 8, place.top(), room, place.height()), words)
        share = entry.share / max(other.share for other in self._rows)
        track = QRectF(place.right() - _NUMBER_PX - _BAR_PX - 8, place.center().y() - 3, _BAR_PX, 6)
        self.paint_bar(painter, track, share, "second")
        painter.setPen(theme.colour("muted"))
        number = QRectF(place.right() - _NUMBER_PX - 8, place.top(), _NUMBER_PX, place.height())
        paint.draw_figures(painter, number, self.tr("{0} of {1}").format(f"{entry.count:,}", f"{entry.of:,}"))
