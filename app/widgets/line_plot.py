"""Lines over an axis, drawn by pyqtgraph: a card with a title and, under the cursor, the values."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from PyQt5.QtCore import QEvent, QPointF, Qt
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets._plots import dress, load_pyqtgraph, new_plot, ticks_between
from app.widgets._results import Card

Write = Callable[[float], str]


@dataclass(frozen=True)
class PlotLine:
    """`token` is its colour; the strong one of two is solid, the other one dashed and thinner."""

    name: str
    points: tuple[tuple[float, float], ...]
    token: str
    strong: bool = True

    def at(self, x: float) -> float | None:
        """The value of the point that is nearest."""
        return min(self.points, key=lambda point: abs(point[0] - x))[1] if self.points else None


class LinePlot(Card):
    """`write_x` and `write_y` turn values into the words of the axes. `log`: powers of ten up the side."""

    def __init__(
        self, title: str, hint: str, write_x: Write, write_y: Write, *, log: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)
        self._hint, self._write_x, self._write_y, self._log = hint, write_x, write_y, log
        self._lines: tuple[PlotLine, ...] = ()
        self._curves: list[Any] = []
        self._pg = load_pyqtgraph()
        self.plot = new_plot(self)
        self.plot.setMinimumSize(160, 120)
        item = self.plot.getPlotItem()
        item.layout.setContentsMargins(0, 8, 14, 0)  # the last numbers of the axes stand across the corners
        self._cursor = self._pg.InfiniteLine(angle=90, movable=False)
        item.addItem(self._cursor, ignoreBounds=True)
        self._cursor.hide()
        self.plot.scene().sigMouseMoved.connect(self._moved)
        self.body.addWidget(self.plot, 1)
        self.body.setContentsMargins(16, 12, 12, 8)
        self.remark.setText(hint)
        theme.changed.connect(self._dress)
        self._dress()

    def show_lines(
        self, lines: Sequence[PlotLine], x_end: float, *, x_ticks: Sequence[tuple[float, str]] | None = None
    ) -> None:
        """The x axis goes from 0 to `x_end`; the other one as far as the lines do."""
        self._lines = tuple(lines)
        item = self.plot.getPlotItem()
        while len(self._curves) < len(self._lines):
            self._curves.append(item.plot())
        self._draw()
        item.setXRange(0, x_end, padding=0)
        shown = x_ticks
        if shown is None:
            shown = [(tick, self._write_x(tick)) for tick in ticks_between(0, x_end, 8)[1] if tick]
        item.getAxis("bottom").setTicks([list(shown)])
        self._scale()
        self.setAccessibleDescription(self._text(None))

    def _draw(self) -> None:
        for curve, line in zip_longest(self._curves, self._lines):
            if line is None:
                curve.setData([], [])
                continue
            colour = theme.colour(line.token)
            style = Qt.SolidLine if line.strong else Qt.DashLine
            curve.setData(
                [x for x, _ in line.points],
                [self._up(y) for _, y in line.points],
                pen=self._pg.mkPen(colour, width=2.4 if line.strong else 1.6, style=style),
                symbol="o" if len(line.points) == 1 else None,  # one point is no line yet
                symbolSize=6,
                symbolPen=None,
                symbolBrush=colour,
            )

    def _up(self, y: float) -> float:
        return math.log10(max(y, 1e-12)) if self._log else y

    def _scale(self) -> None:
        item = self.plot.getPlotItem()
        values = [self._up(y) for line in self._lines for _, y in line.points]
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        if self._log:
            low, high = math.floor(low + 0.05), math.ceil(high - 0.05)
            high = max(high, low + 1)
            step = max(1, math.ceil((high - low) / 5))
            ticks = [(float(power), self._write_y(10.0**power)) for power in range(low, high + 1, step)]
        else:
            room = (high - low) or 0.1
            low, high = max(0.0, low - 0.08 * room), high + 0.08 * room
            ticks = [(tick, self._write_y(tick)) for tick in ticks_between(low, high)[1]]
        item.setYRange(low, high, padding=0.06 if self._log else 0.02)
        item.getAxis("left").setTicks([ticks])

    def _dress(self) -> None:
        """Colours and type of the theme of the moment."""
        dress(self.plot, left_px=58 if self._log else 48)
        for name in ("left", "bottom"):
            axis = self.plot.getPlotItem().getAxis(name)
            axis.setStyle(hideOverlappingLabels=False)
            axis.setZValue(-1)  # its grid lies below the lines
        self._cursor.setPen(self._pg.mkPen(theme.colour("line_strong"), width=1))
        self._draw()

    # -- the cursor ----------------------------------------------------------------------------------------------------

    def _moved(self, place: QPointF) -> None:
        item = self.plot.getPlotItem()
        x = item.getViewBox().mapSceneToView(place).x() if item.sceneBoundingRect().contains(place) else None
        inside = x is not None and 0 <= x <= item.viewRange()[0][1] and any(line.points for line in self._lines)
        self._show_at(x if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_at(None)

    def _show_at(self, x: float | None) -> None:
        if x is not None:
            self._cursor.setPos(x)
        self._cursor.setVisible(x is not None)
        self.remark.setText(self._hint if x is None else self._text(x))

    def _text(self, x: float | None) -> str:
        """Every line's value at x; None: at its end."""
        parts = []
        for line in self._lines:
            value = line.at(math.inf if x is None else x) if line.points else None
            if x is None and line.points:
                value = line.points[-1][1]
            if value is not None:
                parts.append(f"{line.name} {self._write_y(value)}")
        where = "" if x is None else f"{self._write_x(x)}: "
        return where + ", ".join(parts)
