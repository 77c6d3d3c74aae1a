"""Whether things may move: as the desktop says, or less where the user wants it.

The program itself moves nothing. What moves is Qt's: menus, lists and tooltips that fade or roll in (`apply` asks Qt
not to), and bars that run to and fro where nobody knows how much there is (whoever has one asks `reduced`).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

from PyQt5.QtCore import QSettings, Qt
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtWidgets import QApplication, QProgressBar

from app.system_theme import portal_setting

Choice = Literal["system", "reduced"]
_SPI_GETCLIENTAREAANIMATION = 0x1042


class _State:
    reduced = False
    usual: bool | None = None  # whether Qt moved things before anybody asked it for less


def reduced() -> bool:
    """Whether nothing shall move by itself."""
    return _State.reduced


def apply(app: QApplication, choice: Choice = "system") -> bool:
    """Let things move or not. Cheap, so it may be called whenever a window is activated. Gives `reduced()`."""
    if _State.usual is None:
        _State.usual = app.isEffectEnabled(Qt.UI_General)
    _State.reduced = choice == "reduced" or system_reduces()
    app.setEffectEnabled(Qt.UI_General, _State.usual and not _State.reduced)
    return _State.reduced


def show_progress(bar: QProgressBar, done: int, total: int) -> None:
    """How far it is. With an unknown `total` (0) the bar runs to and fro, or stays empty where nothing shall move."""
    bar.setRange(0, total or (1 if reduced() else 0))
    bar.setValue(done if total else 0)


def system_reduces() -> bool:
    """Whether the desktop asks for less motion. Off-screen it does not."""
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return False
    if sys.platform == "win32":
        return _windows_reduces()
    if sys.platform == "darwin":
        return _macos_reduces()
    return portal_reduces() or files_reduce(Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"))


def portal_reduces() -> bool:
    """What freedesktop's portal says, and GNOME's own setting, which the portal hands on."""
    if portal_setting("org.freedesktop.appearance", "reduced-motion") == 1:
        return True
    return portal_setting("org.gnome.desktop.interface", "enable-animations") is False


def files_reduce(config: Path) -> bool:
    """What KDE and GTK keep in the user's configuration folder."""
    kde = _read(config / "kdeglobals", "KDE/AnimationDurationFactor")
    gtk = [_read(config / f"gtk-{n}.0" / "settings.ini", "Settings/gtk-enable-animations") for n in (3, 4)]
    try:
        stands_still = bool(kde) and float(kde) == 0
    except ValueError:
        stands_still = False
    return stands_still or any(each.lower() in ("0", "false") for each in gtk)


def _read(file: Path, key: str) -> str:
    return str(QSettings(str(file), QSettings.IniFormat).value(key, "")) if file.is_file() else ""


def _windows_reduces() -> bool:
    import ctypes

    on = ctypes.c_int(1)
    ask = getattr(ctypes, "windll").user32.SystemParametersInfoW  # noqa: B009 - only Windows has it
    return bool(ask(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(on), 0)) and not on.value


def _macos_reduces() -> bool:
    """NSWorkspace.sharedWorkspace.accessibilityDisplayShouldReduceMotion; AppKit is loaded, as Qt needs it."""
    import ctypes
    import ctypes.util

    objc = ctypes.CDLL(ctypes.util.find_library("objc") or "libobjc.dylib")
    objc.objc_getClass.restype = objc.sel_registerName.restype = ctypes.c_void_p
    tell = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)(("objc_msgSend", objc))
    ask = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p)(("objc_msgSend", objc))
    workspace = tell(objc.objc_getClass(b"NSWorkspace"), objc.sel_registerName(b"sharedWorkspace"))
    return bool(ask(workspace, objc.sel_registerName(b"accessibilityDisplayShouldReduceMotion")))
