"""`--install-desktop`: an entry in the menus of a Linux desktop, its icon, and the program in every “Open with”.

For the current user only, below `XDG_DATA_HOME`; `--uninstall-desktop` takes the same files away. On Windows the
installer does this, on macOS the application bundle. The icons' sizes are drawn here, for a package builder too.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app import console, os_errors
from resnet_core.resource_files import resource_dir

if TYPE_CHECKING:
    from PyQt5.QtGui import QImage

ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
SMALL_PX = 24
_NAME = "resnet-lens"
_METAINFO = "io.github.resnet_lens.ResNetLens.metainfo.xml"
_kept: list[object] = []  # a QGuiApplication, for as long as the process lives


def install() -> int:
    """Write the files and tell the desktop. Gives the exit code."""
    if not _is_for_this_system():
        return 2
    try:
        for file, content in _files().items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    except OSError as error:
        console.say(f"{error.filename} can't be written: {os_errors.reason(error)}.")
        return 1
    _tell_the_desktop()
    console.say(f"ResNet Lens is in the menus now, started by {_command()[0]}. --uninstall-desktop takes it out again.")
    return 0


def uninstall() -> int:
    """Take away what `install` wrote. Gives the exit code."""
    if not _is_for_this_system():
        return 2
    for file in _places():
        file.unlink(missing_ok=True)
        for folder in file.parents:
            if folder == _data_home():
                break
            with contextlib.suppress(OSError):  # other programs' files are in it
                folder.rmdir()
    _tell_the_desktop()
    console.say("ResNet Lens is no longer in the menus.")
    return 0


def draw_icon(side_px: int) -> QImage:
    """The application's icon as a square picture with transparent corners."""
    from PyQt5.QtCore import QRectF, Qt
    from PyQt5.QtGui import QGuiApplication, QImage, QPainter
    from PyQt5.QtSvg import QSvgRenderer

    if QGuiApplication.instance() is None:  # QtSvg asks it for a font, text or not
        from app.packaged import find_qt_plugins

        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        find_qt_plugins()
        _kept.append(QGuiApplication(sys.argv[:1]))
    picture = QImage(side_px, side_px, QImage.Format_ARGB32_Premultiplied)
    picture.fill(Qt.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.Antialiasing)
    QSvgRenderer(str(icon_source(side_px))).render(painter, QRectF(0, 0, side_px, side_px))
    painter.end()
    return picture


def icon_png(side_px: int) -> bytes:
    """The same as a PNG file."""
    from PyQt5.QtCore import QBuffer, QByteArray, QIODevice

    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.WriteOnly)
    draw_icon(side_px).save(buffer, "PNG")
    return bytes(data)


def icon_source(side_px: int) -> Path:
    """Small sizes have a drawing of their own, with fewer and thicker lines."""
    return resource_dir() / "icons" / ("app.svg" if side_px > SMALL_PX else "app-small.svg")


def desktop_entry(command: list[str]) -> str:
    """The .desktop file for a program started by `command`."""
    text = (resource_dir() / "desktop" / f"{_NAME}.desktop").read_text("utf-8")
    start = " ".join(_quoted(word) for word in command)
    text = text.replace("\nExec=", f"\nTryExec={_escaped(command[0])}\nExec=", 1)
    return text.replace(f"\nExec={_NAME}", f"\nExec={start}")


def _is_for_this_system() -> bool:
    if sys.platform.startswith("linux"):
        return True
    console.say("This is for Linux desktops; here the installer puts ResNet Lens into the menus.")
    return False


def _places() -> list[Path]:
    """Every file that `install` writes."""
    home = _data_home()
    icons = home / "icons" / "hicolor"
    return [
        home / "applications" / f"{_NAME}.desktop",
        home / "mime" / "packages" / f"{_NAME}.xml",
        home / "metainfo" / _METAINFO,
        icons / "scalable" / "apps" / f"{_NAME}.svg",
        *(icons / f"{side}x{side}" / "apps" / f"{_NAME}.png" for side in ICON_SIZES),
    ]


def _files() -> dict[Path, bytes]:
    source = resource_dir() / "desktop"
    contents = [
        desktop_entry(_command()).encode(),
        (source / f"{_NAME}-mime.xml").read_bytes(),
        (source / _METAINFO).read_bytes(),
        icon_source(ICON_SIZES[-1]).read_bytes(),
        *(icon_png(side) for side in ICON_SIZES),
    ]
    return dict(zip(_places(), contents, strict=True))


def _data_home() -> Path:
    chosen = Path(os.environ.get("XDG_DATA_HOME", ""))
    return chosen if chosen.is_absolute() else Path.home() / ".local" / "share"


def _command() -> list[str]:
    """What starts this program: the AppImage or packaged program it runs from, or pip's script, or Python."""
    if image := os.environ.get("APPIMAGE"):
        return [image]
    if getattr(sys, "frozen", False):
        return [sys.executable]
    script = Path(sys.executable).with_name(_NAME)
    return [str(script)] if script.is_file() else [sys.executable, "-m", "app"]


def _quoted(word: str) -> str:
    """A word of an Exec line: quoted, then escaped as every string of a desktop file is (Desktop Entry, "Exec key")."""
    if word and not set(word) & set(" \t\n\"'\\><~|&;$*?#()`%"):
        return word
    inner = "".join(f"\\{char}" if char in '"`$\\' else char for char in word.replace("%", "%%"))
    return _escaped(f'"{inner}"')


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _tell_the_desktop() -> None:
    """Some desktops keep an index of these files and see new ones only when it is made anew."""
    home = _data_home()
    for command in (
        ["update-desktop-database", str(home / "applications")],
        ["update-mime-database", str(home / "mime")],
        ["gtk-update-icon-cache", "--quiet", "--force", "--ignore-theme-index", str(home / "icons" / "hicolor")],
    ):
        if shutil.which(command[0]) and Path(command[-1]).is_dir():
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run(command, capture_output=True, timeout=30, check=False)
