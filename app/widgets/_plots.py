"""What every plot is made of: pyqtgraph, imported when the first of them is made, its frame and round numbers."""

from __future__ import annotations

import math
import sys
from typing import Any

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QPen
from PyQt5.QtWidgets import QFrame, QWidget

from app import theme


def load_pyqtgraph() -> Any:
    """The library, set up. It takes 0.2 s: call this in a thread first, so that the window does not wait for it."""
    hook = sys.excepthook
    import pyqtgraph  # type: ignore[import-untyped]

    sys.excepthook = hook  # pyqtgraph puts its own there
    pyqtgraph.setConfigOptions(antialias=True, exitCleanup=False)
    return pyqtgraph


def new_plot(parent: QWidget) -> Any:
    """A plot that is only looked at: without menu, buttons, frame or focus, and not moved by the mouse."""
    plot = load_pyqtgraph().PlotWidget(enableMenu=False, parent=parent)
    plot.setFrameShape(QFrame.NoFrame)
    plot.setFocusPolicy(Qt.NoFocus)
    plot.setMouseEnabled(False, False)
    plot.getPlotItem().hideButtons()
    plot.getPlotItem().getViewBox().setDefaultPadding(0.0)
    return plot


def dress(plot: Any, left_px: int) -> None:
    """Ground, axes and grid by the theme of the moment; `left_px` is the room for the numbers at the side."""
    plot.setBackground(theme.colour("panel"))
    item = plot.getPlotItem()
    for name in ("left", "bottom"):
        axis = item.getAxis(name)
        axis.setPen(QPen(theme.colour("line"), 1) if name == "bottom" else QPen(Qt.NoPen))
        axis.setTickPen(QPen(theme.colour("line"), 1))
        axis.setTextPen(theme.colour("muted"))
        axis.setStyle(tickFont=theme.font(theme.SMALL_PX), tickLength=0, tickTextOffset=6)
    item.getAxis("left").setWidth(left_px)
    item.getAxis("bottom").setHeight(24)
    item.showGrid(x=False, y=True, alpha=1.0)


def ticks_between(low: float, high: float, most: int = 5) -> tuple[float, list[float]]:
    """Round numbers within a range, at most `most` or so, and the step between them."""
    rough = max((high - low) / most, 1e-9)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    return step, [round(step * place, 10) for place in range(first, math.floor(high / step + 1e-9) + 1)]
