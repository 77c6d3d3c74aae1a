"""Every word has its room, in every language: nothing on a button or a label is cut off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from everything import described, scenes
from PyQt5.QtCore import QSize
from PyQt5.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import i18n, theme
from app.program import Program
from app.settings import Settings
from app.widgets._controls import ElidedLabel

SMALLEST = QSize(1280, 800)  # the window that has to be enough


@pytest.fixture(params=i18n.LANGUAGES)
def program(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Program]:
    application = QApplication.instance()
    theme.apply(application, "light")
    i18n.install(request.param)
    theme.apply_font(application)
    running = Program(Settings(language=request.param))
    qtbot.addWidget(running.window)
    running.window.resize(SMALLEST)
    running.show()
    qtbot.waitUntil(lambda: running.started, timeout=20_000)
    yield running
    running.close()
    i18n.install("en")
    theme.apply_font(application)


def is_cut_off(widget: QWidget) -> bool:
    if isinstance(widget, ElidedLabel) or not widget.text().strip():
        return False  # it says “…” and shows the rest as its tip
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height() + 1
    return widget.minimumSizeHint().width() > widget.width() or widget.minimumSizeHint().height() > widget.height() + 1


@pytest.mark.slow
@pytest.mark.qt_log_ignore("propagateSizeHints", "raise")
def test_nothing_is_cut_off(qtbot: QtBot, program: Program) -> None:
    cut = {}
    for scene, window in scenes(qtbot, program):
        for _ in range(3):  # a layout inside a scroll area inside a layout
            QApplication.processEvents()
        for widget in window.findChildren(QLabel) + window.findChildren(QPushButton) + window.findChildren(QCheckBox):
            if isinstance(widget, QAbstractButton | QLabel) and widget.isVisible() and is_cut_off(widget):
                cut.setdefault(f"{described(widget)} {widget.size()}, needs {widget.minimumSizeHint()}", scene)
    assert not cut, "\n".join(f"{scene}: {what}" for what, scene in cut.items())
