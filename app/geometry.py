"""Where windows and dialogs stand: remembered by their names, and moved back onto a screen that exists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PyQt5 import sip
from PyQt5.QtCore import QEvent, QObject, QRect, Qt
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtWidgets import QApplication, QDialog, QWidget

from app.layouts import as_bytes, as_text

LEAST_PX = 96  # of a window's upper edge that has to be on a screen: enough to take hold of its title
TITLE_PX = 40  # above what Qt calls a window's geometry

_kept: dict[str, str] = {}  # of dialogs, by objectName: base64 text, as Qt's saveGeometry() gives it


def start_with(places: Mapping[str, str]) -> None:
    """What the settings say of dialogs; what was remembered since counts more."""
    _kept.update({name: place for name, place in places.items() if name not in _kept})


def of_dialogs() -> dict[str, str]:
    """For the settings; those that are still open stand where they stand now."""
    for each in QApplication.topLevelWidgets():
        if each.isVisible() and (keeper := each.findChild(_Keeper)):
            keeper.keep()
    return dict(_kept)


def remember(dialog: QDialog) -> None:
    """Put a dialog where one of its name stood, and keep where it stands when it goes. At the end of its making."""
    if place := _kept.get(dialog.objectName()):
        restore(dialog, place)
    dialog.installEventFilter(_Keeper(dialog))


def to_front(window: QWidget) -> None:
    """Show a window over all others, also one that was put away."""
    window.setWindowState(window.windowState() & ~Qt.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def restore(window: QWidget, place: str) -> None:
    """Put a window where it stood; nearer where that is no place on a screen any more."""
    window.restoreGeometry(as_bytes(place))
    if not (window.isMaximized() or window.isFullScreen()):
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        before = window.geometry()
        if (after := moved_back(before, screens)) != before:
            window.setGeometry(after)


def moved_back(window: QRect, screens: Sequence[QRect]) -> QRect:
    """Where a window stands so that its title can be taken hold of: where it is, else on the nearest screen.

    `screens` are the rectangles of all screens there are, without their task bars; the first one is the main one.
    """
    upper_edge = QRect(window.x(), window.y() - TITLE_PX // 2, window.width(), TITLE_PX)
    least = min(LEAST_PX, window.width())
    for screen in screens:
        seen = upper_edge.intersected(screen)
        if seen.width() >= least and not seen.isEmpty():
            return window
    nearest = min(screens, key=lambda screen: _distance(window, screen), default=None)
    if nearest is None:
        return window
    room = nearest.adjusted(0, min(TITLE_PX, nearest.height() // 4), 0, 0)
    width, height = min(window.width(), room.width()), min(window.height(), room.height())
    x = min(max(window.x(), room.x()), room.x() + room.width() - width)
    y = min(max(window.y(), room.y()), room.y() + room.height() - height)
    return QRect(x, y, width, height)


def _distance(window: QRect, screen: QRect) -> float:
    apart = window.center() - screen.center()
    return float(apart.x() ** 2 + apart.y() ** 2)


class _Keeper(QObject):
    """Belongs to a dialog and writes down where it stands when it is hidden."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog

    def keep(self) -> None:
        _kept[self._dialog.objectName()] = as_text(self._dialog.saveGeometry())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        hidden = event.type() == QEvent.Hide and not event.spontaneous()
        if hidden and not sip.isdeleted(self._dialog):  # as it is while it goes with the window it belongs to
            self.keep()
        return bool(super().eventFilter(watched, event))
