"""Dragging something out of the window, as a picture and as a file that other programs take."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QEvent, QMimeData, QObject, QPoint, Qt
from PyQt5.QtGui import QDrag, QMouseEvent, QPixmap
from PyQt5.QtWidgets import QApplication, QWidget

_GHOST_PX = 96


class DragOut(QObject):
    """Watches a widget; a drag that begins on it carries what `mime` gives then. None: nothing to drag."""

    def __init__(self, widget: QWidget, mime: Callable[[], QMimeData | None], parent: QObject) -> None:
        super().__init__(parent)
        self._widget, self._mime = widget, mime
        self._pressed: QPoint | None = None
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject | None, event: QEvent | None) -> bool:
        if isinstance(event, QMouseEvent):
            if event.type() == QEvent.MouseButtonPress and event.button() == Qt.LeftButton:
                self._pressed = event.pos()
            elif event.type() == QEvent.MouseButtonRelease:
                self._pressed = None
            elif event.type() == QEvent.MouseMove and self._has_moved(event):
                self._pressed = None
                if (mime := self._mime()) is not None:
                    self.drag(mime)
                    return True
        return False

    def _has_moved(self, event: QMouseEvent) -> bool:
        if self._pressed is None or not event.buttons() & Qt.LeftButton:
            return False
        return (event.pos() - self._pressed).manhattanLength() >= QApplication.startDragDistance()

    def drag(self, mime: QMimeData) -> None:
        """Carry it until it is dropped; it is always a copy."""
        drag = QDrag(self._widget)
        drag.setMimeData(mime)
        if mime.hasImage():
            ghost = QPixmap.fromImage(mime.imageData())
            drag.setPixmap(ghost.scaled(_GHOST_PX, _GHOST_PX, Qt.KeepAspectRatio))
        drag.exec_(Qt.CopyAction)
