"""Whether the system is dark: Windows and macOS say so, Linux by its desktop portal, else the palette does."""

from __future__ import annotations

import os
import sys
from typing import Any

from PyQt5.QtCore import QSettings
from PyQt5.QtGui import QGuiApplication, QPalette

_silent: set[tuple[str, str]] = set()  # buses, and keys, nobody answered for: asking again would hold the window up


def system_is_dark(palette: QPalette) -> bool:
    """Whether the desktop asks for dark windows. Off-screen it does not."""
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return False
    if sys.platform == "win32":
        key = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
        return int(QSettings(key, QSettings.NativeFormat).value("AppsUseLightTheme", 1)) == 0
    if sys.platform.startswith("linux"):
        asked = portal_setting("org.freedesktop.appearance", "color-scheme")  # 1 dark, 2 light, 0 no preference
        if asked in (1, 2):
            return bool(asked == 1)
    return palette.color(QPalette.Window).lightness() < palette.color(QPalette.WindowText).lightness()


def portal_setting(group: str, key: str) -> Any:
    """A setting of the desktop as its portal (org.freedesktop.portal.Settings) tells it; None where it does not."""
    bus = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if not bus or (bus, "") in _silent or (bus, f"{group} {key}") in _silent:
        return None
    from PyQt5.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusVariant

    service, path = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
    call = QDBusMessage.createMethodCall(service, path, "org.freedesktop.portal.Settings", "Read")
    call.setArguments([group, key])
    reply = QDBusConnection.sessionBus().call(call, QDBus.Block, 150)
    if reply.type() != QDBusMessage.ReplyMessage or not reply.arguments():
        knows_not = reply.errorName() == "org.freedesktop.portal.Error.NotFound"
        _silent.add((bus, f"{group} {key}" if knows_not else ""))
        return None
    value = reply.arguments()[0]
    while isinstance(value, QDBusVariant):
        value = value.variant()
    return value
