"""What is different in the packaged program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PyQt5.QtCore import QCoreApplication


def find_qt_plugins() -> None:
    """Before the QApplication: tell Qt where its plugins are. Does nothing where PyQt5 was installed by pip.

    PyQt5 tells Qt itself, but in Latin-1: in a folder whose name has other letters Qt would find none, and abort.
    Qt's plugin for Wayland is not in the bundle: X11's serves there too, also a user who asks for the other one.
    """
    unpacked = getattr(sys, "_MEIPASS", None)
    if unpacked is None:
        return
    QCoreApplication.addLibraryPath(str(Path(unpacked, "PyQt5", "Qt5", "plugins")))
    if os.environ.get("QT_QPA_PLATFORM", "").startswith("wayland"):
        os.environ["QT_QPA_PLATFORM"] = "xcb"
