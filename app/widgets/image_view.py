"""The photo, the part of it that the network sees, a map laid over that, and the place that a unit looks at."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from PyQt5.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent, QTextOption
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._overlay_strip import STRIP_PX, OverlayStrip

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RADIUS_PX = 10
EMPTY_PX = 168  # height without a photo

Box = tuple[float, float, float, float]


class ImageView(QWidget):
    """A photo as wide as the column, with the crop framed.

    Emits the place under the cursor, down and across in fractions of the crop (0 … 1).
    """

    hovered = pyqtSignal(float, float)
    left = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("imageView")
        self.setAccessibleName(self.tr("Photo"))
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Expanding, QSizePolicy.Maximum)
        self.setSizePolicy(policy)
        self._rgb: NDArray[np.uint8] | None = None
        self._crop: Box | None = None
        self._probe: Box | None = None
        self._marker: tuple[float, float] | None = None
        self._title = self._text = ""
        self._scaled: tuple[tuple[float, float, float], QImage] | None = None
        self._overlay: Any = None
        self._layer: tuple[tuple[int, int], QImage] | None = None  # the overlay's colours at the crop's size
        self._strip = OverlayStrip(self)
        self._strip.strength_changed.connect(self.update)

    def show_picture(self, rgb: NDArray[np.uint8], crop_box: Box | None = None) -> None:
        """A photo (H, W, 3) uint8; `crop_box` is left, top, right, bottom in its pixels of what the network sees.

        An overlay stays on the photo it was made for; on another one the line below waits for what comes.
        """
        now = (crop_box, None, None, "", "")
        if rgb is self._rgb and now == (self._crop, self._probe, self._marker, self._title, self._text):
            return  # the same picture, seen by a network that was changed
        if rgb is not self._rgb:
            self._rgb, self._scaled, self._overlay = rgb, None, None
        self._crop, self._probe, self._marker, self._title, self._text = now
        self._changed(self.tr("{0} by {1} pixels").format(rgb.shape[1], rgb.shape[0]))

    def show_message(self, title: str, text: str) -> None:
        """What went wrong, in the photo's place: plain text, also where it holds a file's name."""
        self._rgb = self._crop = self._probe = self._marker = self._scaled = None
        self._title, self._text = title, text
        self.show_overlay(None)
        self._changed(f"{title}. {text}")

    def clear(self) -> None:
        self.show_message("", "")

    def show_overlay(self, overlay: Any) -> None:
        """Lays a map over the crop, or takes it away (None).

        It has `values` (h, w) float32, `low`, `high`, `label` and `signed`, as `app.instruments.base.Overlay`. This
        is the one map that is drawn smoothly, which the line below it says.
        """
        self._overlay = overlay if self._rgb is not None else None
        self._layer = None
        if self._overlay is None:
            self._strip.hide()
        else:
            self._strip.show_overlay(overlay)
        self.updateGeometry()
        self.update()

    def show_probe(self, rect: Box | None) -> None:
        """The receptive field of a unit: left, top, right, bottom in pixels of the photo."""
        if rect != self._probe:
            self._probe = rect
            self.update()

    def show_marker(self, y: float, x: float | None) -> None:
        """A crosshair at a place, down and across in fractions of the crop; `x` None takes it away."""
        marker = None if x is None else (y, x)
        if marker != self._marker:
            self._marker = marker
            self.update()

    def _changed(self, description: str) -> None:
        self.setAccessibleDescription(description)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = max(self.width(), 120)
        photo = EMPTY_PX if self._rgb is None else round(min(width * self._aspect(), width * 1.15))
        return QSize(240, photo + self._below())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 96 + self._below())

    def _below(self) -> int:
        """What the line about the overlay takes."""
        return 0 if self._strip.isHidden() else STRIP_PX

    def _aspect(self) -> float:
        return 1.0 if self._rgb is None else float(self._rgb.shape[0] / self._rgb.shape[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
        self._strip.setGeometry(0, self.height() - STRIP_PX, self.width(), STRIP_PX)

    def photo_rect(self) -> QRectF:
        """Where the photo is drawn: as large as fits, in the middle."""
        width = min(self.width(), max(self.height() - self._below(), 1) / self._aspect())
        height = width * self._aspect()
        return QRectF(math.floor((self.width() - width) / 2), 0, width, height)

    def _on_screen(self, box: Box) -> QRectF:
        """A box in the photo's pixels, also where it reaches outside of it."""
        assert self._rgb is not None
        rect = self.photo_rect()
        scale = rect.width() / self._rgb.shape[1]
        left, top, right, bottom = (side * scale for side in box)
        return QRectF(rect.x() + left, rect.y() + top, right - left, bottom - top)

    def crop_rect(self) -> QRectF:
        """Where the crop lies in the widget; it may reach outside of the photo, where the network saw black."""
        return self.photo_rect() if self._crop is None else self._on_screen(self._crop)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._rgb is None:
            self._paint_message(painter)
            return
        rect = self.photo_rect()
        paint.draw_rounded(painter, rect, self._covered(self._photo(rect), rect), RADIUS_PX)
        painter.setRenderHint(QPainter.Antialiasing)
        if self._crop is not None:
            self._paint_crop(painter, rect, self.crop_rect().intersected(rect))
        if self._probe is not None:
            probe = self._on_screen(self._probe).intersected(rect).adjusted(1, 1, -1, -1)
            for colour, width in ((Qt.black, 3.0), (Qt.white, 1.5)):
                painter.setPen(QPen(colour, width, join=Qt.MiterJoin))
                painter.drawRect(probe)
        if self._marker is not None:
            crop, (y, x) = self.crop_rect(), self._marker
            paint.draw_crosshair(painter, QPointF(crop.x() + x * crop.width(), crop.y() + y * crop.height()))

    def _photo(self, rect: QRectF) -> QImage:
        """The photo at the size it has on the screen, in device pixels."""
        assert self._rgb is not None
        key = (rect.width(), rect.height(), paint.pixel_ratio(self))
        if self._scaled is None or self._scaled[0] != key:
            self._scaled = key, paint.photo(self._rgb, *key)
        return self._scaled[1]

    def _covered(self, photo: QImage, rect: QRectF) -> QImage:
        """The photo with the overlay on its crop."""
        if self._overlay is None:
            return photo
        from resnet_core.evidence.overlay import grey_share

        scale, crop = photo.width() / rect.width(), self.crop_rect()
        place = QRectF(
            (crop.x() - rect.x()) * scale, (crop.y() - rect.y()) * scale, crop.width() * scale, crop.height() * scale
        )
        photo = photo.copy()
        painter = QPainter(photo)
        part = place.toAlignedRect().intersected(photo.rect())
        painter.setOpacity(grey_share(self._strip.strength))
        painter.drawImage(part.topLeft(), photo.copy(part).convertToFormat(QImage.Format_Grayscale8))
        painter.setOpacity(self._strip.strength)
        painter.drawImage(place, self._overlay_image(max(1, round(place.width())), max(1, round(place.height()))))
        painter.end()
        return photo

    def _overlay_image(self, width: int, height: int) -> QImage:
        """The overlay's colours with their transparency, kept while neither it nor its size changes."""
        if self._layer is None or self._layer[0] != (width, height):
            import numpy as np  # here: most starts of the program lay nothing over anything

            from resnet_core.evidence.overlay import rgba

            one = self._overlay
            pixels = rgba(np.asarray(one.values, np.float32), one.low, one.high, one.signed, (height, width))
            image = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format_RGBA8888)
            self._layer = (width, height), image.convertToFormat(QImage.Format_ARGB32_Premultiplied)
        return self._layer[1]

    def _paint_crop(self, painter: QPainter, rect: QRectF, crop: QRectF) -> None:
        """The part outside is dimmed; a crop that is the whole photo needs no frame."""
        if crop.width() > rect.width() - 1.5 and crop.height() > rect.height() - 1.5:
            return
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRoundedRect(rect, RADIUS_PX, RADIUS_PX)
        inside.addRoundedRect(crop, 3, 3)
        dim = theme.colour("window", 0.55)
        painter.fillPath(outside.subtracted(inside), dim)
        painter.setBrush(Qt.NoBrush)
        for colour, alpha, inset in ((Qt.black, 0.35, -0.5), (Qt.white, 0.9, 0.5)):
            painter.setOpacity(alpha)
            painter.setPen(QPen(colour, 1))
            painter.drawRoundedRect(crop.adjusted(inset, inset, -inset, -inset), 3, 3)
        painter.setOpacity(1)

    def _paint_message(self, painter: QPainter) -> None:
        frame = QRectF(self.rect())
        paint.fill_rounded(painter, frame, RADIUS_PX, theme.colour("panel"), theme.colour("line"))
        if not self._title and not self._text:
            paint.draw_icon(painter, "image", QRectF(frame.center().x() - 14, frame.center().y() - 14, 28, 28), "faint")
            return
        inner = frame.adjusted(16, 14, -16, -14)
        wrap = QTextOption()
        wrap.setWrapMode(QTextOption.WrapAtWordBoundaryOrAnywhere)  # a file's name may have no space to break at
        paint.draw_icon(painter, "warning", QRectF(inner.x(), inner.y(), 20, 20), "bad")
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("text"))
        title = inner.adjusted(0, 26, 0, 0)
        used = painter.boundingRect(title, self._title, wrap)
        painter.drawText(title, self._title, wrap)
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("muted"))
        painter.drawText(inner.adjusted(0, 26 + used.height() + 4, 0, 0), self._text, wrap)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        crop, place = self.crop_rect(), QPointF(event.localPos())
        if self._rgb is None or not crop.intersected(self.photo_rect()).contains(place):
            self.left.emit()
            return
        y, x = (place.y() - crop.y()) / crop.height(), (place.x() - crop.x()) / crop.width()
        self.hovered.emit(min(max(y, 0.0), 1.0), min(max(x, 0.0), 1.0))

    def leaveEvent(self, _event: QEvent) -> None:
        self.left.emit()
