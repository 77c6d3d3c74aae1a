"""The session as it was, kept while it goes on, so that it can be reopened after a crash or another day."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, QTimer

from app.session import Session
from app.tasks import Task
from resnet_core.errors import LensError

if TYPE_CHECKING:
    from filelock import FileLock

    from app.main_window import MainWindow
    from app.session_file import SavedSession

LAST = "last session.lens"
"""In the program's folder: what is open, and from then on what was open when the window closed or was lost."""

BEFORE = "session before.lens"
"""Beside it: what `LAST` was when the program was started, for this start's pictures go into that one."""

SAVE_EVERY_MS = 2000
MARK = "running"  # there while a window is open; what is found at a start was left by one that did not end in order


class LastSession(QObject):
    """One window's. `start()` it when the window is on screen, `end()` it when it closes in order."""

    def __init__(self, window: MainWindow, session: Session, folder: Path) -> None:
        super().__init__(session)
        self.window, self._session = window, session
        self._file, self._before, self._mark = folder / LAST, folder / BEFORE, folder / f"{MARK}.{os.getpid()}"
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SAVE_EVERY_MS)
        self._soon.timeout.connect(self._save)
        self._saved: SavedSession | None = None
        self._lock: FileLock | None = None

    def start(self) -> None:
        """Put the last session aside, and say so where it did not end in order; keep the session from now on."""
        crashed = False
        with contextlib.suppress(OSError):  # a disk that takes no mark takes no session either, and says so elsewhere
            crashed, alone = self._leave_mark()
            if crashed or alone:  # else it is the session of a window that is open
                self._file.replace(self._before)  # none where nothing was opened last time: the one before stays
        if crashed and self._before.is_file():
            self._session.notice.emit(
                self.tr("ResNet Lens did not end in order last time: Ctrl+Shift+T reopens what was open."), ""
            )
        session = self._session
        for signal in (
            session.items_changed,
            session.current_changed,
            session.output_changed,
            session.channel_changed,
            session.intervention_changed,
            session.target_changed,
        ):
            signal.connect(self._soon.start)

    def end(self) -> None:
        """The window closes in order."""
        self._soon.stop()
        if (saved := self._to_keep()) is not None:
            from app import session_file

            with contextlib.suppress(LensError):
                session_file.save(self._file, saved)
        if self._lock is not None:
            self._lock.release()
        with contextlib.suppress(OSError):
            self._mark.unlink(missing_ok=True)

    def _leave_mark(self) -> tuple[bool, bool]:
        """Lock a mark of our own, and take away those that nobody holds any more.

        Whether there were such, and whether no other window is open.
        """
        from filelock import FileLock, Timeout

        folder = self._mark.parent
        folder.mkdir(parents=True, exist_ok=True)
        crashed, alone = False, True
        for mark in folder.glob(f"{MARK}.*"):
            try:
                with FileLock(mark, blocking=False):
                    crashed = True
                mark.unlink(missing_ok=True)
            except Timeout:
                alone = False
        self._lock = FileLock(self._mark, blocking=False)
        self._lock.acquire()
        return crashed, alone

    def _to_keep(self) -> SavedSession | None:
        """What is open, where that is other than what was kept; pasted pictures alone can't be opened again."""
        saved = self.window.commander.taking_along.session_now()
        return saved if saved is not None and saved.images and saved != self._saved else None

    def _save(self) -> None:
        saved = self._to_keep()
        if saved is None:
            return
        self._saved = saved

        def work(task: Task) -> None:
            from app import session_file

            session_file.save(self._file, saved)

        self.window.bench.tasks.start("last session", work, lambda _: None, self._not_saved)

    def _not_saved(self, sentence: str, details: str) -> None:
        """A disk that takes no session is said where something is wanted of it; a mistake of ours is said here."""
        if details:
            self._session.notice.emit(sentence, details)
