"""What is trained on what: the card of a run."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import plain_tip

INSET, TOP_PX, ROW_PX = 15, 40, 36


class TrainingFacts(QWidget):
    """Names and values, one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainingFacts")
        self.setAccessibleName(self.tr("This run"))
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Preferred)
        self._title, self._rows = "", list[tuple[str, str]]()

    def show_facts(self, title: str, rows: Sequence[tuple[str, str]], tip: str = "") -> None:
        self._title, self._rows = title, list(rows)
        self.setAccessibleDescription("; ".join(f"{name}: {value}" for name, value in rows))
        self.setToolTip(plain_tip(tip or "\n".join(f"{name}: {value}" for name, value in rows)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(270, TOP_PX + ROW_PX * max(3, len(self._rows)) + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 0)  # what is least missed where there is no room

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.height() < TOP_PX + ROW_PX:
            return
        painter = QPainter(self)
        paint.fill_rounded(painter, QRectF(self.rect()), 10, theme.colour("panel"), theme.colour("line"))
        wide = self.width() - 2 * INSET
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font(bold=True))
        paint.draw_text(painter, QRectF(INSET, 12, wide, 20), self._title, elide=Qt.ElideMiddle)
        for number, (name, value) in enumerate(self._rows):
            top = TOP_PX + number * ROW_PX
            if top + ROW_PX > self.height() - 4:
                break
            painter.setFont(theme.font(theme.SMALL_PX))
            painter.setPen(theme.colour("muted"))
            paint.draw_text(painter, QRectF(INSET, top, wide, 15), name)
            painter.setFont(theme.font(theme.SECONDARY_PX))
            painter.setPen(theme.colour("text"))
            paint.draw_text(painter, QRectF(INSET, top + 15, wide, 17), value)
