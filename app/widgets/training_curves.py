"""Loss and accuracy by epoch."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PyQt5.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app import theme
from app.i18n import tr as _tr
from app.widgets import _painting as paint
from app.widgets._plots import dress, load_pyqtgraph, new_plot, ticks_between
from app.widgets._training import Curves, Point, number, percent

INSET, HEAD_PX = 15, 38
Write = Callable[[float, float], str]
END_ROOM = 0.02  # behind the last epoch, as a share of all: a dot there is whole


class TrainingCurves(QFrame):
    """A card with a heading, a legend that gives the values at the cursor, and one plot of some lines over epochs."""

    hovered = pyqtSignal(object)  # the epoch under the cursor, or None

    def __init__(
        self, title: str, lines: Sequence[tuple[str, str]], write: Write, parent: QWidget | None = None
    ) -> None:
        """`lines`: name and colour token of each. `write` turns a value into text, as exact as a step asks for."""
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)
        self._pg, self._title, self._lines, self._write = load_pyqtgraph(), title, tuple(lines), write
        self._points: list[tuple[Point, ...]] = [() for _ in lines]
        self._note, self._best, self._at = "", None, None  # type: tuple[str, Point | None, float | None]
        self._head = _Head(self)
        self.plot = new_plot(self)
        item = self.plot.getPlotItem()
        self.plot.setMinimumSize(160, 80)
        self.plot.viewport().setAttribute(Qt.WA_Hover, False)
        self._curves = [item.plot() for _ in lines]
        self._dots = self._pg.ScatterPlotItem(size=9, pxMode=True)
        self._marks = self._pg.ScatterPlotItem(size=8, pxMode=True)
        self._cursor = self._pg.InfiniteLine(angle=90, movable=False)
        for extra in (self._cursor, self._dots, self._marks):
            item.addItem(extra, ignoreBounds=True)
        self._cursor.hide()
        self.plot.scene().sigMouseMoved.connect(self._moved)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 14, 1)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.plot, 1)
        theme.changed.connect(self._dress)
        self._dress()

    def sizeHint(self) -> QSize:
        return QSize(520, 260)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 150)

    def show_lines(
        self, lines: Sequence[Sequence[Point]], end: float, *, best: Point | None = None, note: str = ""
    ) -> None:
        """All points of every line, in the order of the legend; the axis goes from 0 to `end` epochs."""
        self._points = [tuple(points) for points in lines]
        self._best, self._note = best, note
        for curve, points in zip(self._curves, self._points, strict=True):
            curve.setData([x for x, _ in points], [y for _, y in points])
        self._dots.setData([best[0]], [best[1]]) if best is not None else self._dots.clear()
        box = self.plot.getPlotItem()
        box.setXRange(0, end * (1 + END_ROOM), padding=0)
        values = [y for points in self._points for _, y in points]
        if values:
            low, high = self._span(values)
            box.setYRange(low, high, padding=0)
            step, ticks = ticks_between(low, high)
            box.getAxis("left").setTicks([[(tick, self._write(tick, step)) for tick in ticks]])
        else:
            box.getAxis("left").setTicks([[]])
        box.getAxis("bottom").setTicks([[(tick, number(tick)) for tick in ticks_between(0, end, 8)[1] if tick]])
        self._lone_points()
        self._show_at(self._at)
        self.setAccessibleDescription(", ".join(self._head.texts()))
        self._head.update()

    def value_at(self, line: int, epoch: float) -> float | None:
        """Of the point of a line that is nearest to an epoch."""
        points = self._points[line]
        return min(points, key=lambda point: abs(point[0] - epoch))[1] if points else None

    @property
    def at(self) -> float | None:
        return self._at

    # -- inside --------------------------------------------------------------------------------------------------------

    def _span(self, values: list[float]) -> tuple[float, float]:
        ordered = sorted(values)
        low, high = ordered[0], ordered[min(len(ordered) - 1, int(0.995 * len(ordered)))]  # a lone peak at the start
        room = (high - low) or abs(high) or 1.0
        return max(0.0, low - 0.08 * room), high + 0.08 * room

    def _lone_points(self) -> None:
        """A line of one point has no length: a dot stands for it."""
        spots = [
            {"pos": points[0], "brush": theme.colour(token), "pen": None, "size": 6}
            for points, (_, token) in zip(self._points, self._lines, strict=True)
            if len(points) == 1
        ]
        self._alone = spots

    def _dress(self) -> None:
        """Colours and type of the theme of the moment."""
        dress(self.plot, left_px=48)
        for curve, (_, token) in zip(self._curves, self._lines, strict=True):
            curve.setPen(self._pg.mkPen(theme.colour(token), width=2))
        first = theme.colour(self._lines[-1][1])
        self._dots.setBrush(first)
        self._dots.setPen(self._pg.mkPen(theme.colour("panel"), width=2))
        self._cursor.setPen(self._pg.mkPen(theme.colour("line_strong"), width=1))
        self._head.update()

    def _moved(self, place: QPointF) -> None:
        item = self.plot.getPlotItem()
        inside = item.sceneBoundingRect().contains(place)
        epoch = item.getViewBox().mapSceneToView(place).x() if inside else None
        if epoch is not None:
            epoch = min(epoch, item.viewRange()[0][1] / (1 + END_ROOM)) if epoch >= 0 else None
        self._show_at(epoch)
        self.hovered.emit(epoch)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_at(None)
        self.hovered.emit(None)

    def show_at(self, epoch: float | None) -> None:
        """Marks the same epoch as another plot does."""
        self._show_at(epoch)

    def _show_at(self, epoch: float | None) -> None:
        """The values at an epoch, in the legend and as dots; None: the last ones, without."""
        known = [points for points in self._points if points]
        self._at = epoch if known else None
        spots = list(getattr(self, "_alone", []))
        if self._at is not None:
            for points, (_, token) in zip(self._points, self._lines, strict=True):
                if points:
                    nearest = min(points, key=lambda point: abs(point[0] - self._at))  # type: ignore[operator]
                    spots.append({"pos": nearest, "brush": theme.colour(token), "pen": None})
            self._cursor.setPos(self._at)
        self._cursor.setVisible(self._at is not None)
        self._marks.setData(spots) if spots else self._marks.clear()
        self._head.update()


class _Head(QWidget):
    """Title, and for every line its colour, name and value."""

    def __init__(self, card: TrainingCurves) -> None:
        super().__init__(card)
        self._card = card
        self.setFixedHeight(HEAD_PX)

    def texts(self) -> list[str]:
        card, found = self._card, []
        for line, (name, _) in enumerate(card._lines):
            points = card._points[line]
            value = None if not points else points[-1][1] if card.at is None else card.value_at(line, card.at)
            found.append(name if value is None else f"{name} {card._write(value, 0.001)}")
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        card, painter = self._card, QPainter(self)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font(bold=True))
        x = float(INSET - 1)
        title_px = QFontMetricsF(painter.font()).horizontalAdvance(card._title) + 2
        paint.draw_text(painter, QRectF(x, 10, title_px, 20), card._title)
        x += title_px + 14
        painter.setFont(theme.font(theme.SECONDARY_PX))
        metrics = QFontMetricsF(painter.font())
        note = card._note if card.at is None else self.tr("epoch {0}").format(number(card.at))
        texts, room = self.texts(), self.width() - INSET - x
        taken = sum(metrics.horizontalAdvance(text) + 36 for text in texts)
        if note and taken + metrics.horizontalAdvance(note) > room and card.at is None:
            texts[0] = card._lines[0][0]  # rather the best one than the last value of the training
        if taken > room:
            texts = [name for name, _ in card._lines]
        for text, (_, token) in zip(texts, card._lines, strict=True):
            wide = metrics.horizontalAdvance(text) + 4
            if x + 20 + wide > self.width() - INSET:
                break
            paint.fill_rounded(painter, QRectF(x, 18.5, 14, 3), 1.5, theme.colour(token))
            painter.setPen(theme.colour("muted"))
            paint.draw_figures(painter, QRectF(x + 20, 10, wide, 20), text, paint.LEFT)
            x += 20 + wide + 12
        painter.setPen(theme.colour("muted"))
        if note and x + metrics.horizontalAdvance(note) < self.width() - INSET:
            paint.draw_text(painter, QRectF(x, 10, self.width() - INSET - x, 20), note, paint.RIGHT)


def loss_curves() -> TrainingCurves:
    card = TrainingCurves(_tr("Loss"), ((_tr("training"), "accent"), (_tr("validation"), "second")), _loss)
    card.setObjectName("lossCurves")
    card.setToolTip(
        _tr(
            "Training: of varied pictures, with label smoothing where that is on. "
            "Validation: of pictures that were kept aside."
        )
    )
    return card


def accuracy_curves() -> TrainingCurves:
    card = TrainingCurves(_tr("Accuracy"), ((_tr("training"), "line_strong"), (_tr("validation"), "accent")), _share)
    card.setObjectName("accuracyCurves")
    return card


def show_curves(loss: TrainingCurves, accuracy: TrainingCurves, curves: Curves) -> None:
    """One run in both plots."""
    loss.show_lines((curves.training_loss, curves.validation_loss), curves.end)
    best = curves.best
    note = _tr("best {0} at epoch {1}").format(percent(best[1]), number(best[0])) if best is not None else ""
    accuracy.show_lines((curves.training_accuracy, curves.validation_accuracy), curves.end, best=best, note=note)


def _loss(value: float, step: float) -> str:
    return (
        f"{value:.{1 if step >= 0.1 and abs(10 * step - round(10 * step)) < 1e-6 else 2}f}"
        if step >= 0.01
        else f"{value:.3f}"
    )


def _share(value: float, step: float) -> str:
    return f"{100 * value:.{0 if step >= 0.01 and abs(100 * step - round(100 * step)) < 1e-6 else 1}f} %"
