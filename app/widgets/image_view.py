"""The photo, the part of it that the network sees, and the place that a unit of a map looks at."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent, QTextOption
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint

RADIUS_PX = 10
EMPTY_PX = 168  # height without a photo

Box = tuple[float, float, float, float]


class ImageView(QWidget):
    """A photo as wide as the column, with the crop framed. Emits the photo's pixel under the cursor."""

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
        self._title = self._text = ""
        self._scaled: tuple[tuple[float, float, float], QImage] | None = None

    def show_picture(self, rgb: NDArray[np.uint8], crop_box: Box | None = None) -> None:
        """A photo (H, W, 3) uint8; `crop_box` is left, top, right, bottom in its pixels of what the network sees."""
        if rgb is not self._rgb:
            self._rgb, self._scaled = rgb, None
        self._crop, self._probe, self._title, self._text = crop_box, None, "", ""
        self._changed(self.tr("{0} by {1} pixels").format(rgb.shape[1], rgb.shape[0]))

    def show_message(self, title: str, text: str) -> None:
        """What went wrong, in the photo's place: plain text, also where it holds a file's name."""
        self._rgb = self._crop = self._probe = self._scaled = None
        self._title, self._text = title, text
        self._changed(f"{title}. {text}")

    def clear(self) -> None:
        self.show_message("", "")

    def show_probe(self, rect: Box | None) -> None:
        """The receptive field of a unit: left, top, right, bottom in pixels of the photo."""
        if rect != self._probe:
            self._probe = rect
            self.update()

    def _changed(self, description: str) -> None:
        self.setAccessibleDescription(description)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = max(self.width(), 120)
        return QSize(240, EMPTY_PX if self._rgb is None else round(min(width * self._aspect(), width * 1.15)))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 96)

    def _aspect(self) -> float:
        return 1.0 if self._rgb is None else float(self._rgb.shape[0] / self._rgb.shape[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def photo_rect(self) -> QRectF:
        """Where the photo is drawn: as large as fits, in the middle."""
        width = min(self.width(), self.height() / self._aspect())
        height = width * self._aspect()
        return QRectF(math.floor((self.width() - width) / 2), 0, width, height)

    def _on_screen(self, box: Box) -> QRectF:
        assert self._rgb is not None
        rect, scale = self.photo_rect(), self.photo_rect().width() / self._rgb.shape[1]
        left, top, right, bottom = (side * scale for side in box)
        return QRectF(rect.x() + left, rect.y() + top, right - left, bottom - top).intersected(rect)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._rgb is None:
            self._paint_message(painter)
            return
        rect, ratio = self.photo_rect(), paint.pixel_ratio(self)
        key = (rect.width(), rect.height(), ratio)
        if self._scaled is None or self._scaled[0] != key:
            self._scaled = key, paint.photo(self._rgb, rect.width(), rect.height(), ratio)
        paint.draw_rounded(painter, rect, self._scaled[1], RADIUS_PX)
        painter.setRenderHint(QPainter.Antialiasing)
        if self._crop is not None:
            self._paint_crop(painter, rect, self._on_screen(self._crop))
        if self._probe is not None:
            probe = self._on_screen(self._probe).adjusted(1, 1, -1, -1)
            for colour, width in ((Qt.black, 3.0), (Qt.white, 1.5)):
                painter.setPen(QPen(colour, width, join=Qt.MiterJoin))
                painter.drawRect(probe)

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
        rect, place = self.photo_rect(), QPointF(event.localPos())
        if self._rgb is None or not rect.contains(place):
            self.left.emit()
            return
        scale = self._rgb.shape[1] / rect.width()
        self.hovered.emit((place.x() - rect.x()) * scale, (place.y() - rect.y()) * scale)

    def leaveEvent(self, _event: QEvent) -> None:
        self.left.emit()
