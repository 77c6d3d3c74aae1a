"""Pictures and maps for the widgets' tests, and what they look at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PyQt5.QtGui import QImage, QMouseEvent
from PyQt5.QtWidgets import QApplication, QWidget


def photo(height: int = 120, width: int = 160) -> NDArray[np.uint8]:
    """A smooth picture with no two sides alike."""
    down, across = np.mgrid[0:height, 0:width]
    return np.stack([down * 255 // height, across * 255 // width, np.full_like(down, 90)], axis=-1).astype(np.uint8)


def maps(channels: int = 64, height: int = 7, width: int = 7, idle: tuple[int, ...] = ()) -> NDArray[np.float32]:
    """Maps whose mean falls with the channel, so that channel 0 ranks first; `idle` ones are zero everywhere."""
    noise = np.random.default_rng(1).random((channels, height, width), dtype=np.float32)
    result = noise * np.linspace(2, 1, channels, dtype=np.float32)[:, None, None] ** 4
    result[list(idle)] = 0
    return result


def shown(widget: QWidget, width: int, height: int) -> QWidget:
    """The widget on the (off-screen) screen at a size, laid out and painted."""
    widget.resize(width, height)
    widget.show()
    QApplication.processEvents()
    return widget


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def colours(image: QImage) -> set[str]:
    """All colours of an image, as "#rrggbb"."""
    image = image.convertToFormat(QImage.Format_RGB32)
    bits = image.constBits().asstring(image.byteCount())
    return {f"#{pixel & 0xFFFFFF:06x}" for pixel in np.unique(np.frombuffer(bits, np.uint32)).tolist()}


class Paints(QObject):
    """Which parts of a widget are painted from now on."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.rects: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Paint:
            self.rects.append(event.rect())
        return False


def hover(widget: QWidget, x: float, y: float) -> None:
    place = QPointF(x, y)
    event = QMouseEvent(QEvent.MouseMove, place, place, place, Qt.NoButton, Qt.NoButton, Qt.NoModifier)
    QApplication.sendEvent(widget, event)


def leave(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QEvent(QEvent.Leave))


def middle(widget: QWidget) -> QPoint:
    return widget.rect().center()
