"""What is known about a channel: a label and a value a line."""

from __future__ import annotations

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint

ROW_PX, LEAST_ROWS = 20, 2


class Facts(QWidget):
    """Lines of a label and a value; the first is the value under the cursor. In little room, few."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, str]] = []
        self._cursor = ("", "")
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Maximum)

    def show_rows(self, rows: list[tuple[str, str]]) -> None:
        if rows != self._rows:
            self._rows = rows
            self.setToolTip("")
            self.updateGeometry()
            self.update()

    def show_cursor(self, label: str, value: str) -> None:
        self._cursor = (label, value)
        self.setAccessibleDescription(f"{label}: {value}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, ROW_PX * (len(self._rows) + 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, ROW_PX * min(len(self._rows) + 1, LEAST_ROWS))

    def _shown(self) -> list[tuple[str, str]]:
        """The first line and, of the others, the last ones: what is worth most is said last."""
        room = max(self.height() // ROW_PX - 1, 0)
        return [self._cursor, *self._rows[max(len(self._rows) - room, 0) :]] if room else [self._cursor]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(theme.SECONDARY_PX))
        metrics = QFontMetricsF(painter.font())
        for index, (label, value) in enumerate(self._shown()):
            row = QRectF(0, index * ROW_PX, self.width(), ROW_PX)
            wide = min(metrics.horizontalAdvance(value) + 8, self.width() * 0.62)
            painter.setPen(theme.colour("muted"))
            paint.draw_text(painter, row.adjusted(0, 0, -wide - 8, 0), label, elide=Qt.ElideMiddle)
            painter.setPen(theme.colour("text"))
            paint.draw_figures(painter, row.adjusted(row.width() - wide, 0, 0, 0), value)
