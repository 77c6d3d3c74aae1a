"""The net under the window: whatever nobody caught ends here, in any thread, and is shown in at most one dialog.

PyQt5 aborts the process on an exception in a slot or a virtual method unless `sys.excepthook` was replaced, so
`install` comes before the window. Only strings and frozen data go through the signal, never an exception, which
would keep the frames of another thread alive.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Protocol

from PyQt5.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    Qt,
    QThread,
    QtMsgType,
    pyqtSignal,
    pyqtSlot,
    qInstallMessageHandler,
)

from app import reports
from app.reports import Report

_log = logging.getLogger("app.errors")
_qt_log = logging.getLogger("qt")
_CRASH_NAME = re.compile(r"crash-(\d{1,9})\.log", re.ASCII)  # by process: several windows may be open
_KEPT_CRASH = "crash-last-time.log"
_QUIET_S = 3.0  # an error that comes back this soon after its dialog was closed is the same one, e.g. of a paint event

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class ErrorView(Protocol):
    """What `install` needs of a dialog; `app.dialogs.error_dialog.ErrorDialog` is one."""

    finished: Any  # signal, when it was closed
    quit_requested: Any  # signal

    def add(self, report: Report) -> None: ...
    def open(self) -> None: ...
    def exec_(self) -> int: ...


class ErrorReporter(QObject):
    """Turns uncaught exceptions into log records and one dialog. Made by `install`; lives in the GUI thread."""

    _reported = pyqtSignal(object)  # Report

    def __init__(self, log: Path | None, open_dialog: Callable[[Report], ErrorView] | None) -> None:
        super().__init__()
        self._log_path = log
        self._open_dialog = open_dialog
        self._dialog: ErrorView | None = None
        self._last_summary = ""
        self._last_closed_s = float("-inf")
        self._crash_file: IO[str] | None = None
        self._crash_path: Path | None = None
        self._previous: tuple[Any, Any, Any, Any] | None = None
        self.previous_crash: Path | None = None
        """Where the stack of a program that died last time (a crash inside Qt or a driver) is kept; else None."""
        self._reported.connect(self._show, Qt.QueuedConnection)  # type: ignore[call-arg]  # PyQt5-stubs lack it

    @property
    def log(self) -> Path | None:
        return self._log_path

    def report(self, traceback_text: str) -> None:
        """Log a traceback and show it. From any thread."""
        _log.error("Not expected:\n%s", traceback_text.rstrip())
        report = reports.report(traceback_text, self._log_path)
        app = QCoreApplication.instance()
        if self._open_dialog is None or app is None or not app.inherits("QApplication"):
            _say(report)
        elif QThread.currentThread() is app.thread() and QThread.currentThread().loopLevel() == 0:
            self._show_now(report)
        else:
            self._reported.emit(report)

    @pyqtSlot(object)
    def _show(self, report: Report) -> None:
        if self._dialog is not None:
            self._dialog.add(report)
            return
        if report.summary == self._last_summary and time.monotonic() - self._last_closed_s < _QUIET_S:
            return
        dialog = self._make_dialog(report)
        if dialog is not None:
            dialog.open()

    def _show_now(self, report: Report) -> None:
        """No event loop runs yet, or any more: the queued signal would never arrive and the exit be a silent one."""
        _say(report)
        app = QCoreApplication.instance()
        on_screen = app is not None and app.platformName() not in ("offscreen", "minimal")  # type: ignore[attr-defined]
        if on_screen and self._dialog is None:
            dialog = self._make_dialog(report)
            if dialog is not None:
                dialog.exec_()

    def _make_dialog(self, report: Report) -> ErrorView | None:
        assert self._open_dialog is not None
        try:
            dialog = self._open_dialog(report)
        except Exception:  # noqa: BLE001 - an error about an error must not come back here for ever
            _log.exception("The error dialog could not be opened")
            _say(report)
            return None
        dialog.finished.connect(self._dialog_closed)
        dialog.quit_requested.connect(self._quit)
        self._dialog, self._last_summary = dialog, report.summary
        return dialog

    @pyqtSlot(int)
    def _dialog_closed(self, _result: int) -> None:
        self._dialog = None
        self._last_closed_s = time.monotonic()

    @pyqtSlot()
    def _quit(self) -> None:
        QCoreApplication.exit(1)

    # The hooks

    def hook(self, logs: Path) -> None:
        qt = qInstallMessageHandler(self._on_qt_message)
        self._previous = (sys.excepthook, threading.excepthook, sys.unraisablehook, qt)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable
        self._watch_crashes(logs)

    def uninstall(self) -> None:
        """Give the hooks back, close the log. For tests, and for a program that ends in good order."""
        if self._previous is None:
            return
        sys.excepthook, threading.excepthook, sys.unraisablehook, handler = self._previous
        qInstallMessageHandler(handler)
        self._previous = None
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()
            self._crash_file = None
        if self._crash_path is not None:
            with contextlib.suppress(OSError):
                self._crash_path.unlink(missing_ok=True)
            self._crash_path = None
        reports.stop_log(self._log_path)

    def _on_exception(self, kind: type[BaseException], error: BaseException, frames: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.exit(130)
            return
        self.report("".join(traceback.format_exception(kind, error, frames)))

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if issubclass(args.exc_type, SystemExit):
            return
        name = args.thread.name if args.thread is not None else "a thread"
        text = "".join(traceback.format_exception(args.exc_type, args.exc_value, args.exc_traceback))
        self.report(f"In thread {name}:\n{text}")

    def _on_unraisable(self, unraisable: sys.UnraisableHookArgs) -> None:
        """Errors in `__del__` and the like: nobody's work stops, so they are only logged."""
        error, frames = unraisable.exc_value, unraisable.exc_traceback
        text = "".join(traceback.format_exception(unraisable.exc_type, error, frames))
        _log.warning("%s\n%s", unraisable.err_msg or "Exception ignored", text.rstrip())

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        _qt_log.log(_LEVELS.get(kind, logging.WARNING), "%s (%s)", message, context.category or "default")
        if kind == QtMsgType.QtFatalMsg:  # Qt aborts the process after this
            _say(reports.report(f"Qt: {message}", self._log_path))

    def _watch_crashes(self, logs: Path) -> None:
        self.previous_crash = _collect_crashes(logs)
        path = logs / f"crash-{os.getpid()}.log"
        try:
            self._crash_file = path.open("w", encoding="utf-8")
        except OSError:
            return
        self._crash_path = path
        faulthandler.enable(self._crash_file)


def _collect_crashes(logs: Path) -> Path | None:
    """Take away what processes that are gone left in `logs`; give the stack of the last one that crashed."""
    left: list[tuple[float, int, Path]] = []
    kept = None
    with contextlib.suppress(OSError):
        for path in logs.iterdir():
            named = _CRASH_NAME.fullmatch(path.name)
            if named is not None and not _is_running(int(named[1])):
                status = path.stat()
                left.append((status.st_mtime, status.st_size, path))
    for _, size, path in sorted(left):
        with contextlib.suppress(OSError):  # Windows: the file is open, so its process runs
            if size:
                kept = path.replace(logs / _KEPT_CRASH)
            else:
                path.unlink()
    return kept


def _is_running(pid: int) -> bool:
    """Whether another process of this user has this number. On Windows a file in use tells, and there `kill` kills."""
    if os.name != "posix" or pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def _say(report: Report) -> None:
    """One line for a terminal, where there is one: a windowed build has no stderr."""
    where = f" The report is in {report.log}." if report.log is not None else ""
    if sys.stderr is not None:
        sys.stderr.write(f"resnet-lens: Something went wrong: {report.summary}.{where}\n")
        sys.stderr.flush()


def install(logs: Path, open_dialog: Callable[[Report], ErrorView] | None) -> ErrorReporter:
    """Catch everything from here on. Call it in the main thread, before or after the QApplication is made.

    `logs` is the folder for `resnet-lens.log` and `crash-<pid>.log`; `open_dialog` makes the dialog, once, when the
    first error comes; without it errors are said on stderr. Keep the result: without it the hooks are gone.
    """
    reporter = ErrorReporter(reports.start_log(logs), open_dialog)
    reporter.hook(logs)
    return reporter
