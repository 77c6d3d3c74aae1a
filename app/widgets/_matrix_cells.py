"""The cells of a confusion matrix as a picture: colours by share, numbers where they can be read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFontMetricsF, QPainter, QPixmap

from app import theme
from app.widgets import _painting as paint
from app.widgets._numbers import count_text
from app.widgets._results import readable_on

_LEAST_NUMBER_PX = 24  # of a cell that has its number in it
_FULL_SHARE = 0.5  # the share of mistakes that is drawn in the full colour


def draw_cells(matrix: NDArray[np.int64], grid: QRectF, size: QSize, ratio: float) -> QPixmap:
    """All cells within `grid`, on a transparent picture of `size` logical px."""
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.Antialiasing)
    side, totals = grid.width() / len(matrix), matrix.sum(1)
    pixels = _number_px(matrix, side)
    for row, column in np.ndindex(*matrix.shape):
        count = int(matrix[row, column])
        fill = _colour(count / max(1, int(totals[row])), right=row == column)
        place = QRectF(grid.left() + column * side + 1, grid.top() + row * side + 1, side - 2, side - 2)
        paint.fill_rounded(painter, place, 3, fill)
        if count and pixels:
            painter.setFont(theme.font(pixels, bold=row == column))
            painter.setPen(readable_on(fill))
            painter.drawText(place, Qt.AlignCenter, _number(count, side))
    painter.end()
    return pixmap


def _number_px(matrix: NDArray[np.int64], side: float) -> int:
    """The size of type in which every number fits its cell; 0 where cells are too small for numbers."""
    if side < _LEAST_NUMBER_PX:
        return 0
    longest = max((_number(int(count), side) for count in matrix.ravel()), key=len)
    for pixels in (theme.SECONDARY_PX if side >= 34 else theme.SMALL_PX, theme.SMALL_PX):
        if QFontMetricsF(theme.font(pixels, bold=True)).horizontalAdvance(longest) <= side - 4:
            return pixels
    return theme.SMALL_PX - 1


def _number(count: int, side: float) -> str:
    text = str(count)
    return text if len(text) <= side / 7 else count_text(count).replace(" ", "")


def _colour(share: float, *, right: bool) -> QColor:
    """The diagonal in the accent, mistakes in the second colour, by the share of the true class's pictures."""
    if right:
        return paint.tint("accent", 0.12 + 0.88 * share) if share else theme.colour("track")
    if not share:
        return paint.tint("track", 0.55)
    # The root: a mistake of 1 % is to be seen beside one of 50 %.
    return paint.tint("second", min(1.0, 0.08 + 0.92 * (share / _FULL_SHARE) ** 0.5))
