"""Everything the program can show, one thing after another: the window, each instrument, each dialog."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from journeys import SAMPLES, wait_for_analysis
from PyQt5.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import paths
from app.class_folders import Step
from app.dialogs.class_folders_dialog import ClassFoldersDialog
from app.dialogs.error_dialog import ErrorDialog
from app.instruments.table import KEYS, MAPS
from app.program import Program
from app.reports import Report
from resnet_core.engines.base import Intervention

DIALOGS = ("results", "settings", "shortcuts", "log", "about", "train", "degradation")


def scenes(qtbot: QtBot, program: Program) -> Iterator[tuple[str, QWidget]]:
    """(what is seen, the window it is in). The window is active and everything in it is there."""
    window = program.window
    qtbot.waitActive(window)
    qtbot.waitUntil(lambda: program.tasks.idle, timeout=60_000)
    yield "nothing opened", window
    program.session.open(SAMPLES[:3])
    wait_for_analysis(qtbot, program)
    program.session.look_at("layer2.1", 3)
    program.session.intervene(Intervention(gates={"layer3.0": 0.0}))
    program.session.notice.emit("Said.", "And why.")
    for key in KEYS:
        window.workbench.show(key)
        qtbot.waitUntil(lambda: window.settled and program.tasks.idle, timeout=60_000)
        yield f"instrument {key}", window
    window.workbench.show(MAPS)
    yield from _without_a_picture(qtbot, program)
    for name in DIALOGS:
        before = set(opened())
        window.actions_by_id[name].trigger()
        qtbot.waitUntil(lambda before=before: set(opened()) > before, timeout=60_000)
        (dialog,) = set(opened()) - before
        qtbot.waitUntil(lambda: program.tasks.idle, timeout=60_000)
        if advanced := dialog.findChild(QPushButton, "trainingAdvanced"):
            advanced.click()
        yield f"dialog {name}", _active(qtbot, dialog)
        dialog.close()
    for name, dialog in _made(window):
        dialog.show()
        yield f"dialog {name}", _active(qtbot, dialog)
        dialog.close()
        dialog.deleteLater()


def _without_a_picture(qtbot: QtBot, program: Program) -> Iterator[tuple[str, QWidget]]:
    """The window while what is opened can't be shown, then again as it was."""
    before, broken = program.session.current, paths.home() / "broken.jpg"
    broken.parent.mkdir(exist_ok=True)
    broken.write_text("no picture")
    program.session.open([broken])
    qtbot.waitUntil(lambda: program.tasks.idle and program.session.analysis is None, timeout=60_000)
    yield "a broken picture", program.window
    program.session.select(before)
    qtbot.waitUntil(lambda: program.tasks.idle and program.session.analysis is not None, timeout=60_000)


def opened() -> list[QDialog]:
    """The dialogs in sight."""
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]


def _made(window: QWidget) -> Iterator[tuple[str, QDialog]]:
    """Dialogs that only come when something happened."""
    place = Path("/pictures")
    steps = [Step(place / "a.jpg", place / "cat" / "a.jpg"), Step(place / "b.jpg", place / "dog" / "b.jpg")]
    yield "class folders", ClassFoldersDialog(steps, place, "copy", window)
    yield "error", ErrorDialog(Report("RuntimeError: said", "the report", place / "resnet-lens.log"), window)
    buttons = QMessageBox.Yes | QMessageBox.Cancel
    yield "question", QMessageBox(QMessageBox.Question, "ResNet Lens", "Fetch it?", buttons, window)


def _active(qtbot: QtBot, dialog: QDialog) -> QDialog:
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() in dialog.findChildren(QWidget), timeout=10_000)
    return dialog


def described(widget: QWidget) -> str:
    """Where a widget stands, for the message of a failed test."""
    parts: list[str] = []
    each: QWidget | None = widget
    while each is not None and len(parts) < 4:
        parts.append(each.objectName() or type(each).__name__)
        each = each.parentWidget()
    words = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    return f"{type(widget).__name__} {' in '.join(parts)} “{words}”"


def spoken(widget: QWidget) -> str:
    """What a screen reader calls it: Qt falls back on its own text and on the label whose buddy it is."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton | QLabel):
        return widget.text()
    buddies = (each.text() for each in widget.window().findChildren(QLabel) if each.buddy() is widget)
    return next(buddies, "")
