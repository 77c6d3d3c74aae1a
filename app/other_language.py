"""The window in another language: made anew over the same session and tasks, in the place of the one before.

Texts stand in hundreds of widgets, most of them in constructors. To make the window again takes a third of a second,
and nothing can be forgotten.
"""

from __future__ import annotations

import gc

from PyQt5.QtCore import QCoreApplication, QEvent
from PyQt5.QtWidgets import QDialog

from app.main_window import MainWindow

KEPT = ("analysis", "intervene", "more", "thumbnails", "labels", "open ", "fetch", "weights", "export weights")
"""Lanes of work for the session and the library. Others work for widgets that go, and are called off."""


def made_anew(old: MainWindow) -> MainWindow:
    """A window like `old`, in the language in use now. `old` is gone afterwards, so let it have no event under way."""
    from app.dialogs.settings_dialog import SettingsDialog

    session, tasks = old.session, old.bench.tasks
    for lane in tasks.lanes:
        if not lane.startswith(KEPT):
            tasks.cancel(lane)
    new = MainWindow(session, tasks, old.remembered(), old.undo)
    new.bench.replace_by = old.bench.replace_by
    new.toolbar.show_devices(old.toolbar.found_devices)
    new.training.take_over(old.training)
    settings = old.findChild(SettingsDialog)
    instrument, results, lab = old.workbench.current, old.results.is_open, old.degradation.leave()
    new.show()
    for window in (*old.findChildren(QDialog), old):
        window.hide()  # while they can still note down where they stand
    old.deleteLater()
    QCoreApplication.sendPostedEvents(old, QEvent.DeferredDelete)  # at once: it would still hear what the session says
    _tell(new)
    new.workbench.show(instrument)
    if results:
        new.results.show()
    if lab:
        new.degradation.open()
    if settings is not None:
        new.commander.show_settings("language")
    gc.unfreeze()  # `Program` froze what was there when the first window was
    gc.collect()
    gc.freeze()
    return new


def _tell(window: MainWindow) -> None:
    """What the session said before this window was there to hear it."""
    session = window.session
    current = session.items.get(session.current or "")
    session.analysis_changed.emit()
    session.intervention_changed.emit()
    if current is not None and current.state == "failed":
        session.failed.emit(current.caption)
    session.busy_changed.emit(window.bench.tasks.busy("analysis"))
