"""A part of the panel of channels that matter: how every class changes without the channel looked at. Painted."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QRectF, QSize
from PyQt5.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._numbers import signed_text

CLASS_PX = 20


class ClassChanges(QWidget):
    """How the logits of the most probable classes change, as bars to both sides of 0; as many as there is room for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, float]] = []
        self._target, self._rough = "", False
        self.setAccessibleName(self.tr("Change of each logit"))
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)

    def show_changes(self, rows: Sequence[tuple[str, float]], target: str, *, rough: bool = False) -> None:
        """(class, change), the most probable class first; `target` is the class asked about."""
        self._rows, self._target, self._rough = list(rows), target, rough
        said = (f"{label} {signed_text(change, rough=rough)}" for label, change in rows)
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rows = self._rows[: max(self.height() // CLASS_PX - 1, 0)]
        if not rows:
            return
        painter.setFont(theme.font(theme.SECONDARY_PX, bold=True))
        painter.setPen(theme.colour("muted"))
        heading = self.tr("Without it, each logit changes by")
        paint.draw_text(painter, QRectF(0, 0, self.width(), CLASS_PX), heading)
        reach = max((abs(change) for _, change in rows), default=0.0) or 1.0
        metrics = QFontMetricsF(theme.font(theme.SECONDARY_PX, bold=True))
        longest = max((metrics.horizontalAdvance(label) for label, _ in rows), default=0.0)
        name = min(longest + 2, self.width() * 0.42)
        for index, (label, change) in enumerate(rows):
            place = QRectF(0, (index + 1) * CLASS_PX, self.width(), CLASS_PX)
            asked = label == self._target
            painter.setFont(theme.font(theme.SECONDARY_PX, bold=asked))
            painter.setPen(theme.colour("text"))
            paint.draw_text(painter, QRectF(0, place.y(), name, CLASS_PX), label)
            track = QRectF(name + 10, place.y(), self.width() - name - 10 - 64, CLASS_PX)
            middle, wide = track.center().x(), track.width() / 2 * abs(change) / reach
            left = middle if change >= 0 else middle - wide
            bar = QRectF(left, place.center().y() - 4, max(wide, 1.0), 8)
            painter.setOpacity(paint.ROUGH_OPACITY if self._rough else 1.0)
            paint.fill_rounded(
                painter, bar, min(3.0, bar.width() / 2), theme.colour("second" if change >= 0 else "accent")
            )
            painter.setOpacity(1.0)
            painter.fillRect(QRectF(round(middle), place.y() + 3, 1, CLASS_PX - 6), theme.colour("line_strong"))
            painter.setPen(theme.colour("text" if asked else "muted"))
            number = signed_text(change, short=True, rough=self._rough)
            paint.draw_figures(painter, QRectF(self.width() - 62, place.y(), 62, CLASS_PX), number)
