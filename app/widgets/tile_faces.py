"""The tiles as pictures: drawn once for a screen, a size and a theme. Part of feature_grid."""

from __future__ import annotations

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QImage, QPainter, QPixmap

from app import theme
from app.widgets import _painting as paint
from app.widgets._numbers import short_text
from app.widgets.tile_layout import CAPTION_PX, GAP_PX, INSET_PX, Content, Fold, TileLayout

KEPT_BYTES = 64_000_000


def map_rect(tile: QRectF, layout: TileLayout, content: Content) -> QRectF:
    """Where the map lies in its tile."""
    _, height, width = content.maps.shape
    side = layout.map_px
    wide, high = width * side / max(height, width), height * side / max(height, width)
    return QRectF(tile.center().x() - wide / 2, tile.y() + INSET_PX + (side - high) / 2, wide, high)


class TileFaces:
    """Two caches: a map's colours, a few bytes each; and whole tiles, of which the oldest are given up."""

    def __init__(self) -> None:
        self._images: dict[int, QImage] = {}
        self._faces: dict[tuple[int, bool], QPixmap] = {}
        self._layout = TileLayout(1, 1, 1)
        self._ratio = 1.0

    def forget(self) -> None:
        """There are new maps, or new colours."""
        self._images.clear()
        self._faces.clear()

    def redraw(self) -> None:
        """There is a new theme: the maps' own colours stay."""
        self._faces.clear()

    def drawn_for(self, layout: TileLayout, ratio: float) -> None:
        """Sizes in logical px, and the device pixel ratio. Other ones than before start the tiles anew."""
        if (layout, ratio) != (self._layout, self._ratio):
            self._layout, self._ratio = layout, ratio
            self._faces.clear()

    def coloured(self) -> frozenset[int]:
        return frozenset(self._images)

    def has(self, channel: int) -> bool:
        """Whether a tile is drawn already."""
        return (channel, False) in self._faces or (channel, True) in self._faces

    def face(self, content: Content, channel: int, *, chosen: bool) -> QPixmap:
        """A tile with its map and its caption."""
        key = (channel, chosen)
        if key not in self._faces:
            tile = QRectF(0, 0, self._layout.tile_px, self._layout.row_px - GAP_PX)
            size = QSize(round(tile.width() * self._ratio), round(tile.height() * self._ratio))
            while self._faces and len(self._faces) * size.width() * size.height() * 4 > KEPT_BYTES:
                del self._faces[next(iter(self._faces))]
            self._faces[key] = self._draw(content, channel, chosen, tile, size)
        return self._faces[key]

    def _draw(self, content: Content, channel: int, chosen: bool, tile: QRectF, size: QSize) -> QPixmap:
        face = QPixmap(size)
        face.setDevicePixelRatio(self._ratio)
        face.fill(Qt.transparent)
        painter = QPainter(face)
        fill, line = ("accent_soft", theme.colour("accent")) if chosen else ("sunken", None)
        paint.fill_rounded(painter, tile, 6, theme.colour(fill), line)
        shown = map_rect(tile, self._layout, content)
        paint.draw_map(painter, shown, self._image(content, channel))
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("text" if chosen else "muted"))
        inset = min(max(6.0, shown.x() + 1), 0.2 * tile.width())  # the text stands below the map, not below the tile
        caption = QRectF(inset, tile.bottom() - CAPTION_PX, tile.width() - 2 * inset, CAPTION_PX)
        paint.draw_figures(painter, caption, str(channel), paint.LEFT)
        paint.draw_figures(painter, caption, short_text(content.scores[channel]))
        painter.end()
        return face

    def _image(self, content: Content, channel: int) -> QImage:
        if channel not in self._images:
            from resnet_core.feature_maps import colour

            rgb = colour(content.maps[channel], content.range_of(channel), content.colours)
            self._images[channel] = paint.to_image(rgb)
        return self._images[channel]


def draw_fold(painter: QPainter, fold: Fold, rect: QRectF, token: str) -> None:
    """The line of a fold, with an arrow that says whether it is open."""
    arrow = "chevron-down" if fold.open else "chevron-right"
    paint.draw_icon(painter, arrow, QRectF(rect.x(), rect.center().y() - 7, 14, 14), token)
    painter.setPen(theme.colour(token))
    painter.drawText(rect.adjusted(18, 0, 4, 0), paint.LEFT, fold.text)
