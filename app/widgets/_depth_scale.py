"""How far the bars of a depth profile reach: up the axis, and over their neighbours. Part of depth_panel."""

from __future__ import annotations

import math

from PyQt5.QtCore import QRectF


def reach(column: QRectF) -> QRectF:
    """A column with its number, which may stand over those beside it."""
    middle = column.center().x()
    left, right = min(column.left(), middle - 31), max(column.right(), middle + 31)
    return QRectF(left, column.top(), right - left, column.height())


def round_above(value: float) -> float:
    """A round number a little above `value` > 0: the end of an axis."""
    power = 10.0 ** math.floor(math.log10(value))
    for step in (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0):
        if step * power >= value * 1.02:
            return step * power
    return 20.0 * power
