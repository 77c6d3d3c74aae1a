"""The one QApplication: made, dressed, and found again."""

from __future__ import annotations

import os
import sys

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication

from app import i18n, theme
from app.packaged import find_qt_plugins
from resnet_core.version import VERSION


def make_application(argv: list[str], theme_choice: theme.Choice, language: str = "en") -> QApplication:
    """The one QApplication, dressed, with the language of a setting."""
    QApplication.setAttribute(Qt.AA_EnableHighDpiScaling)
    QApplication.setAttribute(Qt.AA_UseHighDpiPixmaps)
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    os.environ.setdefault("QT_XCB_GL_INTEGRATION", "none")  # OpenGL is not used, and takes 80 ms to load
    find_qt_plugins()
    sys.setswitchinterval(0.001)  # a click waits 1 ms, not 5, for the Python of a worker, and a worker for a repaint's
    application = QApplication(argv)
    application.setApplicationName("ResNet Lens")
    application.setApplicationVersion(VERSION)
    application.setDesktopFileName("resnet-lens")
    i18n.install(language)
    theme.apply(application, theme_choice)
    application.setWindowIcon(theme.app_icon())
    return application


def the_application() -> QApplication:
    """There is one already."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
