"""How far a training is: one line of words, one bar, and the figures of the moment."""

from __future__ import annotations

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._numbers import DOT
from app.widgets._training import Progress, duration, percent

BAR_PX, INSET = 8, 15


class TrainingProgress(QWidget):
    """A card; `show_progress` as often as there is news. `hold` greys the bar: paused, stopped, failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainingProgress")
        self.setAccessibleName(self.tr("Progress"))
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self._progress = Progress("")
        self._state, self._token = "", "muted"

    def show_progress(self, progress: Progress, state: str = "", token: str = "muted") -> None:
        """`state` is a word beside the headline ("paused"), in the colour of `token`; the bar is blue without one."""
        self._progress, self._state, self._token = progress, state, token
        self.setAccessibleDescription(", ".join(part for part in (progress.headline, state, *self._figures()) if part))
        self.update()

    def _figures(self) -> list[str]:
        """From the most telling one on: what does not fit is left out from the end."""
        now, parts = self._progress, list[str]()
        if now.left_s is not None and not self._state:
            parts.append(self.tr("{0} left").format(duration(now.left_s)))
        if now.images_per_second:
            rate = now.images_per_second
            parts.append(self.tr("{0} images/s").format(f"{rate:,.0f}" if rate >= 9.95 else f"{rate:.1f}"))
        if now.learning_rate is not None:
            parts.append(self.tr("learning rate {0}").format(f"{now.learning_rate:.3g}"))
        if now.accuracy is not None:
            parts.append(self.tr("training accuracy {0}").format(percent(now.accuracy)))
        return parts

    def sizeHint(self) -> QSize:
        return QSize(560, 62)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 62)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        frame = QRectF(self.rect())
        paint.fill_rounded(painter, frame, 10, theme.colour("panel"), theme.colour("line"))
        line = QRectF(INSET, 12, self.width() - 2 * INSET, 20)
        bold = theme.font(bold=True)
        wide = min(QFontMetricsF(bold).horizontalAdvance(self._progress.headline) + 2, line.width())
        painter.setFont(bold)
        painter.setPen(theme.colour("text"))
        paint.draw_text(painter, QRectF(line.left(), line.top(), wide, line.height()), self._progress.headline)
        room = line.adjusted(wide + 12, 0, 0, 0)
        if self._state and room.width() > 0:
            painter.setPen(theme.colour(self._token))
            painter.setFont(theme.font(bold=True))
            took = min(QFontMetricsF(painter.font()).horizontalAdvance(self._state) + 2, room.width())
            paint.draw_text(painter, QRectF(room.left(), room.top(), took, room.height()), self._state)
            room.setLeft(room.left() + took + 12)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("muted"))
        figures = self._figures()
        dot = f" {DOT} "
        while figures and QFontMetricsF(painter.font()).horizontalAdvance(dot.join(figures)) + 8 > room.width():
            figures.pop()
        paint.draw_figures(painter, room, dot.join(reversed(figures)), paint.RIGHT)
        self._paint_bar(painter, QRectF(INSET, 40, self.width() - 2 * INSET, BAR_PX))

    def _paint_bar(self, painter: QPainter, bar: QRectF) -> None:
        paint.fill_rounded(painter, bar, BAR_PX / 2, theme.colour("track"))
        share = self._progress.share
        if share:
            full = QRectF(bar.left(), bar.top(), max(BAR_PX, bar.width() * min(1.0, share)), bar.height())
            token = self._token if self._state and self._token != "muted" else "faint" if self._state else "accent"
            painter.setPen(Qt.NoPen)
            paint.fill_rounded(painter, full, BAR_PX / 2, theme.colour(token))
