"""Whether the system is dark: Windows and macOS say so, Linux by its desktop portal, else the palette does."""

from __future__ import annotations

import os
import sys

from PyQt5.QtCore import QSettings
from PyQt5.QtGui import QGuiApplication, QPalette

_silent_portals: set[str] = set()  # buses on which nobody answered: asking again would hold up the window again


def system_is_dark(palette: QPalette) -> bool:
    """Whether the desktop asks for dark windows. Off-screen it does not."""
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return False
    if sys.platform == "win32":
        key = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
        return int(QSettings(key, QSettings.NativeFormat).value("AppsUseLightTheme", 1)) == 0
    if sys.platform.startswith("linux"):
        asked = _portal_colour_scheme()
        if asked:
            return asked == 1
    return palette.color(QPalette.Window).lightness() < palette.color(QPalette.WindowText).lightness()


def _portal_colour_scheme() -> int:
    """freedesktop's org.freedesktop.appearance color-scheme: 1 dark, 2 light, 0 no preference or no portal."""
    bus = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if not bus or bus in _silent_portals:
        return 0
    from PyQt5.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusVariant

    service, path = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
    call = QDBusMessage.createMethodCall(service, path, "org.freedesktop.portal.Settings", "Read")
    call.setArguments(["org.freedesktop.appearance", "color-scheme"])
    reply = QDBusConnection.sessionBus().call(call, QDBus.Block, 150)
    if reply.type() != QDBusMessage.ReplyMessage or not reply.arguments():
        _silent_portals.add(bus)
        return 0
    value = reply.arguments()[0]
    while isinstance(value, QDBusVariant):
        value = value.variant()
    return value if isinstance(value, int) else 0
