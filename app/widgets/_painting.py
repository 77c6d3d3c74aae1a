"""What several widgets need to paint: crisp maps, rounded photos, aligned figures, focus rings. No widget in here."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PyQt5.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PyQt5.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QGlyphRun,
    QImage,
    QPaintEngine,
    QPainter,
    QPen,
    QRawFont,
    QTransform,
)
from PyQt5.QtWidgets import QWidget

from app import theme

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROUGH_OPACITY = 0.55  # of the bar of a number that is not exact yet
LEFT = int(Qt.AlignLeft | Qt.AlignVCenter)
RIGHT = int(Qt.AlignRight | Qt.AlignVCenter)
CENTRE = int(Qt.AlignCenter)
VECTOR_PX = 256  # a small picture in a vector file is enlarged to about this side


def to_image(rgb: NDArray[np.uint8]) -> QImage:
    """A picture (H, W, 3) uint8 as an image that owns its pixels: QImage itself would keep only a pointer."""
    height, width = rgb.shape[:2]
    borrowed = QImage(rgb.tobytes(), width, height, 3 * width, QImage.Format_RGB888)
    return borrowed.convertToFormat(QImage.Format_RGB32)


def reduced(rgb: NDArray[np.uint8], width_px: float, height_px: float) -> NDArray[np.uint8]:
    """A large picture thinned out to at least twice the size asked for, so that smooth scaling of it costs little."""
    step = int(min(rgb.shape[0] / max(height_px, 1), rgb.shape[1] / max(width_px, 1)) // 2)
    return rgb[::step, ::step] if step > 1 else rgb


def pixel_ratio(widget: QWidget) -> float:
    return float(widget.devicePixelRatioF())


def aligned(painter: QPainter, rect: QRectF) -> QRectF:
    """The rectangle moved to whole device pixels, so that edges stay sharp at 125 % and 150 % too."""
    transform = painter.deviceTransform()
    device = transform.mapRect(rect)
    left, top = round(device.left()), round(device.top())
    sharp = QRectF(left, top, max(1, round(device.right()) - left), max(1, round(device.bottom()) - top))
    inverse, _ = transform.inverted()
    return inverse.mapRect(sharp)


def is_vector(painter: QPainter) -> bool:
    """Whether this goes into an SVG or a PDF, which know neither textured brushes nor nearest neighbour."""
    engine = painter.paintEngine()
    return engine is not None and engine.type() in (QPaintEngine.SVG, QPaintEngine.Pdf)


def _draw_cells(painter: QPainter, rect: QRectF, image: QImage) -> None:
    """A picture in a vector file: small ones enlarged beforehand, since a viewer would smooth their pixels."""
    times = VECTOR_PX // max(image.width(), image.height(), 1)
    if times > 1:
        image = image.scaled(image.size() * times)
    painter.save()
    painter.setRenderHint(QPainter.LosslessImageRendering)  # or a PDF has it as JPEG, whose colours are not the map's
    painter.drawImage(rect, image)
    painter.restore()


def draw_map(painter: QPainter, rect: QRectF, image: QImage) -> None:
    """Pixels as they are: nearest neighbour when enlarged; the mean of what falls together when there is no room."""
    if is_vector(painter):
        _draw_cells(painter, rect, image)
        return
    rect = aligned(painter, rect)
    device = painter.deviceTransform().mapRect(rect)
    if device.width() < image.width() or device.height() < image.height():
        size = QSize(max(1, round(device.width())), max(1, round(device.height())))
        image = image.scaled(size, Qt.IgnoreAspectRatio, Qt.SmoothTransformation)
    painter.drawImage(rect, image)


def draw_rounded(painter: QPainter, rect: QRectF, image: QImage, radius: float) -> None:
    """An image filling a rectangle with soft round corners (a clip path would leave them jagged)."""
    if is_vector(painter):
        _draw_cells(painter, rect, image)
        return
    rect = aligned(painter, rect)
    brush = QBrush(image)
    scale = QTransform.fromTranslate(rect.x(), rect.y())
    brush.setTransform(scale.scale(rect.width() / image.width(), rect.height() / image.height()))
    painter.save()
    painter.setRenderHint(QPainter.Antialiasing)
    painter.setRenderHint(QPainter.SmoothPixmapTransform, False)
    painter.setPen(Qt.NoPen)
    painter.setBrush(brush)
    painter.drawRoundedRect(rect, radius, radius)
    painter.restore()


def photo(rgb: NDArray[np.uint8], width: float, height: float, ratio: float) -> QImage:
    """A photo scaled smoothly to (width, height) logical px at a device pixel ratio, for `draw_rounded`."""
    wide, high = max(1, round(width * ratio)), max(1, round(height * ratio))
    image = to_image(reduced(rgb, wide, high))
    grows = image.width() * 2 <= wide and image.width() <= 64  # a CIFAR picture: show its pixels
    return image.scaled(wide, high, Qt.IgnoreAspectRatio, Qt.FastTransformation if grows else Qt.SmoothTransformation)


def draw_icon(painter: QPainter, name: str, rect: QRectF, token: str = "muted") -> None:
    ratio = painter.device().devicePixelRatioF()
    size = QSize(round(rect.width() * ratio), round(rect.height() * ratio))
    painter.drawPixmap(rect, theme.render_icon(name, size, token), QRectF(0, 0, size.width(), size.height()))


def fill_rounded(
    painter: QPainter, rect: QRectF, radius: float, fill: QColor | None, line: QColor | None = None
) -> None:
    """A rounded rectangle; a line of 1 px lies inside it, sharp."""
    painter.save()
    painter.setRenderHint(QPainter.Antialiasing)
    painter.setPen(Qt.NoPen if line is None else QPen(line, 1))
    painter.setBrush(Qt.NoBrush if fill is None else fill)
    half = 0.0 if line is None else 0.5
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def draw_bar(painter: QPainter, track: QRectF, share: float, token: str, least_px: float) -> None:
    """A share, 0 … 1, of a track with round ends; what is filled is at least so wide, that it can be seen."""
    radius = track.height() / 2
    fill_rounded(painter, track, radius, theme.colour("track"))
    width = max(track.width() * min(max(share, 0.0), 1.0), least_px)
    filled = QRectF(track.x(), track.y(), width, track.height())
    fill_rounded(painter, filled, min(radius, width / 2), theme.colour(token))


def draw_focus(painter: QPainter, rect: QRectF, radius: float) -> None:
    """The ring around what has the keyboard."""
    painter.save()
    painter.setRenderHint(QPainter.Antialiasing)
    painter.setPen(QPen(theme.colour("accent"), 2))
    painter.setBrush(Qt.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def draw_text(
    painter: QPainter, rect: QRectF, text: str, flags: int = LEFT, elide: Qt.TextElideMode = Qt.ElideRight
) -> None:
    """One line, shortened with an ellipsis where it does not fit."""
    font = painter.font()
    if _advance(font.toString(), text) > rect.width():
        text = QFontMetricsF(font).elidedText(text, elide, rect.width())
    painter.drawText(rect, flags | int(Qt.TextSingleLine), text)


@lru_cache(maxsize=4096)
def _advance(key: str, text: str) -> float:
    """The width of a text in the font of `QFont.toString`: to shape it takes as long as to draw it."""
    font = QFont()
    font.fromString(key)
    return QFontMetricsF(font).horizontalAdvance(text)


@lru_cache(maxsize=16)
def _figures(key: str) -> tuple[QRawFont, float, float, float] | None:
    """Raw font, width of a figure, height and ascent, when its figures differ in width; None when Qt can just write."""
    font = QFont()
    font.fromString(key)
    metrics = QFontMetricsF(font)
    widths = [metrics.horizontalAdvance(digit) for digit in "0123456789"]
    raw = QRawFont.fromFont(font)
    return (raw, max(widths), metrics.height(), metrics.ascent()) if max(widths) - min(widths) > 0.1 else None


@lru_cache(maxsize=4096)
def _run(key: str, text: str) -> tuple[QGlyphRun, float, float, float] | None:
    """The glyphs of a text with every figure in a cell of one width; its width, height and ascent."""
    found = _figures(key)
    glyphs = found[0].glyphIndexesForString(text) if found else []
    if found is None or len(glyphs) != len(text) or 0 in glyphs:
        return None
    raw, cell, height, ascent = found
    x, places = 0.0, []
    for character, advance in zip(text, raw.advancesForGlyphIndexes(glyphs), strict=True):
        width = cell if character.isdigit() else advance.x()
        places.append(QPointF(x + (width - advance.x()) / 2, 0))
        x += width
    run = QGlyphRun()
    run.setRawFont(raw)
    run.setGlyphIndexes(glyphs)
    run.setPositions(places)
    return run, x, height, ascent


def draw_figures(painter: QPainter, rect: QRectF, text: str, flags: int = RIGHT) -> None:
    """Numbers in figures of one width, so that columns line up: Qt 5 can't ask a font for its tabular figures."""
    found = _run(painter.font().toString(), text)
    if found is None or found[1] > rect.width() + 0.5:
        draw_text(painter, rect, text, flags)
        return
    run, width, height, ascent = found
    left = rect.left()
    if flags & Qt.AlignRight:
        left = rect.right() - width
    elif flags & Qt.AlignHCenter:
        left = rect.center().x() - width / 2
    baseline = rect.top() + (rect.height() - height) / 2 + ascent
    painter.drawGlyphRun(QPointF(round(left), round(baseline)), run)


def cell_at(rect: QRectF, place: QPoint | QPointF, shape: tuple[int, ...]) -> tuple[int, int]:
    """The cell (y, x) of a map of `shape` drawn in `rect` that lies under a place in it."""
    height, width = shape
    y = int((place.y() - rect.y()) / rect.height() * height)
    x = int((place.x() - rect.x()) / rect.width() * width)
    return min(y, height - 1), min(x, width - 1)


def draw_cell(painter: QPainter, rect: QRectF, shape: tuple[int, int], cell: tuple[int, int], least: float = 0) -> None:
    """A frame around the cell (y, x) of a map of `shape` drawn in `rect`, at least `least` px large."""
    (height, width), (y, x) = shape, cell
    wide, high = rect.width() / width, rect.height() / height
    grow = max(0.0, (least - wide) / 2)
    place = QRectF(rect.x() + x * wide, rect.y() + y * high, wide, high).adjusted(-grow, -grow, grow, grow)
    place = aligned(painter, place)
    painter.setBrush(Qt.NoBrush)
    painter.setPen(Qt.black)
    painter.drawRect(place.adjusted(-1.5, -1.5, 0.5, 0.5))
    painter.setPen(Qt.white)
    painter.drawRect(place.adjusted(-0.5, -0.5, -0.5, -0.5))


def draw_crosshair(painter: QPainter, place: QPointF, arm_px: float = 5) -> None:
    """A small cross, white in a black outline, so that it shows on any picture."""
    painter.save()
    painter.setRenderHint(QPainter.Antialiasing, False)
    for colour, width in ((Qt.black, 3), (Qt.white, 1)):
        painter.setPen(QPen(colour, width, cap=Qt.SquareCap))
        painter.drawLine(QPointF(place.x() - arm_px, place.y()), QPointF(place.x() + arm_px, place.y()))
        painter.drawLine(QPointF(place.x(), place.y() - arm_px), QPointF(place.x(), place.y() + arm_px))
    painter.restore()


def tint(token: str, share: float) -> QColor:
    """The colour of a panel on which a token's lies: `share` of that."""
    colour, panel = theme.colour(token), theme.colour("panel")
    mix = [round(share * p + (1 - share) * q) for p, q in zip(colour.getRgb()[:3], panel.getRgb()[:3], strict=True)]
    return QColor(*mix)
