from __future__ import annotations

import errno
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt5.QtCore import QObject, QThread, QTimer, pyqtSignal, qCritical, qInstallMessageHandler, qWarning
from PyQt5.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app import __main__ as start
from app import errors, reports
from app.dialogs.error_dialog import ErrorDialog
from app.reports import Report
from app.settings import SettingsFile

WAIT_S = 10


class FakeDialog(QObject):
    """Stands where ErrorDialog stands, and is closed when the test says so."""

    finished = pyqtSignal(int)
    quit_requested = pyqtSignal()

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.reports = [report]
        self.shown = False
        self.thread_shown_in: QThread | None = None

    def add(self, report: Report) -> None:
        self.reports.append(report)

    def open(self) -> None:
        self.shown, self.thread_shown_in = True, QThread.currentThread()

    def exec_(self) -> int:
        raise AssertionError("an off-screen dialog would wait for ever")


class Desk:
    """An installed reporter and every dialog it has opened."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.dialogs: list[FakeDialog] = []
        self.broken = False
        self.reporter = errors.install(logs, self._open)

    def _open(self, report: Report) -> FakeDialog:
        if self.broken:
            raise RuntimeError("no dialog today")
        self.dialogs.append(FakeDialog(report))
        return self.dialogs[-1]

    @property
    def log(self) -> str:
        return (self.logs / reports.LOG_NAME).read_text()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    desk = Desk(tmp_path / "logs")
    yield desk
    desk.reporter.uninstall()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def fail(message: str) -> None:
    raise ValueError(message)


def raise_in_slot(message: str) -> None:
    """What PyQt does with an exception in a slot: it hands it to sys.excepthook."""
    try:
        fail(message)
    except ValueError:
        sys.excepthook(*sys.exc_info())


def in_event_loop(qtbot: QtBot, message: str, desk: Desk, dialogs: int = 1) -> None:
    QTimer.singleShot(0, lambda: raise_in_slot(message))
    qtbot.waitUntil(lambda: len(desk.dialogs) == dialogs)


def test_an_error_in_a_slot_opens_a_dialog_and_is_logged(desk: Desk, qtbot: QtBot) -> None:
    in_event_loop(qtbot, "the cat left", desk)
    qtbot.waitUntil(lambda: desk.dialogs[0].shown)
    [report] = desk.dialogs[0].reports
    assert report.summary == "ValueError: the cat left"
    assert "in fail" in report.text
    assert report.log == desk.logs / reports.LOG_NAME
    assert "ValueError: the cat left" in desk.log


def test_errors_in_other_threads_come_to_the_same_dialog(desk: Desk, qtbot: QtBot) -> None:
    threads = [threading.Thread(target=fail, args=(f"number {number}",), name="worker") for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_S)
    assert desk.dialogs == [], "no dialog is made in a thread that is not the GUI's"
    qtbot.waitUntil(lambda: bool(desk.dialogs) and len(desk.dialogs[0].reports) == 3)
    assert len(desk.dialogs) == 1
    assert desk.dialogs[0].thread_shown_in is QThread.currentThread()
    assert "In thread worker" in desk.dialogs[0].reports[0].text


def test_a_new_error_after_continue_opens_a_new_dialog(desk: Desk, qtbot: QtBot) -> None:
    in_event_loop(qtbot, "first", desk)
    desk.dialogs[0].finished.emit(1)
    in_event_loop(qtbot, "second", desk, dialogs=2)


def test_the_same_error_right_after_continue_does_not_pester(desk: Desk, qtbot: QtBot) -> None:
    in_event_loop(qtbot, "paint", desk)
    desk.dialogs[0].finished.emit(1)
    QTimer.singleShot(0, lambda: raise_in_slot("paint"))
    in_event_loop(qtbot, "another", desk, dialogs=2)
    assert desk.log.count("ValueError: paint\n") == 2
    assert [report.summary for report in desk.dialogs[1].reports] == ["ValueError: another"]


def test_the_same_error_much_later_is_shown_again(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    in_event_loop(qtbot, "button", desk)
    desk.dialogs[0].finished.emit(1)
    monkeypatch.setattr(errors, "_QUIET_S", 0.0)
    in_event_loop(qtbot, "button", desk, dialogs=2)


def test_quit_ends_the_event_loop_with_1(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []
    monkeypatch.setattr(errors.QCoreApplication, "exit", codes.append)
    in_event_loop(qtbot, "bad", desk)
    desk.dialogs[0].quit_requested.emit()
    assert codes == [1]


def test_ctrl_c_is_no_error(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []
    monkeypatch.setattr(errors.QCoreApplication, "exit", codes.append)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert codes == [130]
    assert "KeyboardInterrupt" not in desk.log


def test_a_dialog_that_fails_does_not_start_a_storm(
    desk: Desk, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.broken = True
    QTimer.singleShot(0, lambda: raise_in_slot("bad"))
    qtbot.waitUntil(lambda: "no dialog today" in desk.log)
    assert "Something went wrong: ValueError: bad" in capsys.readouterr().err


def test_without_an_event_loop_it_is_said_at_once(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    raise_in_slot("too early")
    said = capsys.readouterr().err
    assert "resnet-lens: Something went wrong: ValueError: too early." in said
    assert str(desk.logs) in said
    assert "Traceback" not in said


def test_a_build_without_stderr_survives(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    raise_in_slot("unheard")
    assert "unheard" in desk.log


def test_errors_that_python_can_only_ignore_are_logged(desk: Desk) -> None:
    class Bad:
        def __del__(self) -> None:
            raise ValueError("in __del__")

    Bad()
    assert "in __del__" in desk.log
    assert desk.dialogs == []


@pytest.mark.qt_no_exception_capture
def test_qt_messages_are_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    ours = qInstallMessageHandler(None)
    qInstallMessageHandler(ours)
    qWarning("a warning of Qt")
    qCritical("an error of Qt")
    assert [(record.levelno, record.name) for record in caplog.records] == [
        (logging.WARNING, "qt"),
        (logging.ERROR, "qt"),
    ]
    assert "a warning of Qt" in desk.log


def test_a_crash_leaves_its_stack_for_the_next_start(tmp_path: Path) -> None:
    """A crash below Python: the process dies, the next start knows where."""
    crash = (
        "import ctypes, pathlib, sys\n"
        "from app import errors\n"
        f"reporter = errors.install(pathlib.Path({str(tmp_path)!r}), None)\n"
        "print(reporter.previous_crash, flush=True)\n"
        "ctypes.string_at(0) if 'crash' in sys.argv else reporter.uninstall()\n"
    )
    run = [sys.executable, "-c", crash]
    first = subprocess.run([*run, "crash"], capture_output=True, text=True, timeout=60, check=False)
    assert first.stdout == "None\n"
    assert first.returncode != 0
    second = subprocess.run(run, capture_output=True, text=True, timeout=60, check=True)
    kept = Path(second.stdout.strip())
    assert "Segmentation fault" in kept.read_text() or "access violation" in kept.read_text()
    third = subprocess.run(run, capture_output=True, text=True, timeout=60, check=True)
    assert third.stdout == "None\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["crash-last-time.log", reports.LOG_NAME]


def test_a_crash_is_told_beside_settings_that_were_damaged(tmp_path: Path) -> None:
    crash, file = tmp_path / "crash-last-time.log", SettingsFile(tmp_path / "settings.json")
    crash.write_text("a stack")
    file.path.write_text("{")
    file.load()
    reporter = errors.ErrorReporter(None, None)
    reporter.previous_crash = crash
    said, details = start._what_was(file, reporter)
    assert "settings.json.bad" in said
    assert "ended unexpectedly" in said
    assert details == f"{file.path}\n\na stack"


def test_a_second_window_leaves_the_crash_file_of_the_first_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errors, "_is_running", lambda pid: pid == 41)
    running, crashed, killed = (tmp_path / f"crash-{pid}.log" for pid in (41, 42, 43))
    running.write_text("being written")
    crashed.write_text("a stack")
    killed.touch()
    reporter = errors.install(tmp_path, None)
    try:
        own = tmp_path / f"crash-{os.getpid()}.log"
        assert own.exists()
        assert reporter.previous_crash is not None
        assert reporter.previous_crash.read_text() == "a stack"
        assert running.read_text() == "being written"
        assert not crashed.exists()
        assert not killed.exists()
    finally:
        reporter.uninstall()
    assert not own.exists()
    assert running.exists()


@pytest.mark.skipif(os.name != "posix", reason="Windows goes by the file being open")
def test_a_process_is_known_to_run_by_its_number() -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert errors._is_running(process.pid)
    process.communicate()
    assert not errors._is_running(process.pid)
    assert not errors._is_running(os.getpid())  # a file with this number is a dead process's


def test_a_full_disk_is_no_reason_to_complain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = reports.start_log(tmp_path)
    [handler] = [one for one in logging.getLogger().handlers if getattr(one, "baseFilename", None) == str(log)]

    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    handler.flush = full  # type: ignore[method-assign]
    logging.getLogger("app").error("does not fit")
    reports.stop_log(log)
    assert handler not in logging.getLogger().handlers
    assert capsys.readouterr().err == ""


def test_without_a_dialog_errors_are_said(qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reporter = errors.install(tmp_path, None)
    try:
        QTimer.singleShot(0, lambda: raise_in_slot("off-screen"))
        qtbot.waitUntil(lambda: "off-screen" in (tmp_path / reports.LOG_NAME).read_text())
    finally:
        reporter.uninstall()
    assert "ValueError: off-screen" in capsys.readouterr().err


def test_logs_that_cannot_be_written_stop_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    reporter = errors.install(tmp_path / "logs", FakeDialog)
    try:
        assert reporter.log is None
        raise_in_slot("still here")
    finally:
        reporter.uninstall()


def test_a_report_names_versions_and_hides_the_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "jane doe")
    log = tmp_path / "some.log"
    log.write_text("\n".join(f"line {number}" for number in range(100)) + f"\nread {tmp_path}/jane doe/cat.png\n")
    text = f'Traceback:\n  File "{tmp_path}/jane doe/x.py", line 1\nOSError: {tmp_path}/jane doe/cat.png\n'
    report = reports.report(text, log)
    assert "jane" not in report.text
    assert "jane" not in report.summary
    assert report.summary == "OSError: ~/cat.png"
    assert "read ~/cat.png" in report.text
    assert "line 99" in report.text
    assert "line 10\n" not in report.text
    for name in ("ResNet Lens", "Python", "Qt", "numpy", "OpenVINO"):
        assert f"{name} {reports.versions()[name]}" in report.text


def test_windows_homes_are_hidden_also_with_doubled_backslashes(monkeypatch: pytest.MonkeyPatch) -> None:
    class Home:
        def __str__(self) -> str:
            return "C:\\Users\\jane"

        def resolve(self) -> Home:
            return self

        def as_posix(self) -> str:
            return "C:/Users/jane"

    monkeypatch.setattr(reports.Path, "home", Home)
    assert reports.without_home("C:\\Users\\jane\\a 'C:\\\\Users\\\\jane\\\\b' C:/Users/jane/c") == "~\\a '~\\\\b' ~/c"


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the off-screen platform has no window manager to tell
class TestErrorDialog:
    @pytest.fixture
    def dialog(self, qtbot: QtBot) -> ErrorDialog:
        dialog = ErrorDialog(Report("ValueError: <b>no</b>", "the whole report", Path("/logs/x.log")))
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    def test_it_shows_the_report_as_plain_text(self, dialog: ErrorDialog) -> None:
        assert dialog.findChild(QPlainTextEdit, "errorReport").toPlainText() == "the whole report"
        assert "<b>no</b>" in dialog.findChild(QObject, "errorSummary").text()

    def test_copy_puts_the_report_on_the_clipboard(self, dialog: ErrorDialog) -> None:
        dialog.findChild(QPushButton, "copyReportButton").click()
        assert QApplication.clipboard().text() == "the whole report"

    def test_later_errors_are_added_and_repeated_ones_counted(self, dialog: ErrorDialog) -> None:
        dialog.add(Report("KeyError: 1", "another report", None))
        for _ in range(100):
            dialog.add(Report("KeyError: 1", "another report", None))
        assert dialog.report_text() == "the whole report\n\nanother report"
        assert "101 more errors" in dialog.findChild(QObject, "errorSummary").text()

    def test_continue_closes_and_quit_asks_to_quit(self, dialog: ErrorDialog, qtbot: QtBot) -> None:
        with qtbot.waitSignal(dialog.quit_requested):
            dialog.findChild(QPushButton, "quitButton").click()
        assert not dialog.isVisible()
        again = ErrorDialog(Report("x", "y", None))
        qtbot.addWidget(again)
        again.show()
        with qtbot.assertNotEmitted(again.quit_requested), qtbot.waitSignal(again.finished):
            again.findChild(QPushButton, "continueButton").click()
