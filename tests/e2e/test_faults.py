"""A fault anywhere ends in a sentence: never an abort, never a second dialog, and the window goes on.

One window serves all tests here. `Faults` stands at its seams (handlers of actions, work, answers) and lets a place
fail that a test names; the hooks, the dialog and everything behind it are the real ones.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from everything import opened
from journeys import SAMPLES, wait_for_analysis
from PyQt5.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PyQt5.QtGui import QDragEnterEvent, QDropEvent, QImage
from PyQt5.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app import actions, errors, opening, theme
from app.commander import Commander
from app.dialogs.error_dialog import ErrorDialog
from app.instruments.table import INSTRUMENTS, MAPS
from app.program import Program
from app.settings import Settings
from app.tasks import Task, TaskRunner
from app.widgets.results_table import ResultRow
from resnet_core.engines.base import Intervention
from resnet_core.weights import checkpoint

pytestmark = [
    pytest.mark.qt_no_exception_capture,  # the program's own hooks are what is tested
    pytest.mark.qt_log_ignore("propagateSizeHints", "raise"),
]
USER = "ursula"
LONG_MS = 20_000


class Faults:
    """Where the next fault is (`place`), and what it says: as a bug might, with a path in it."""

    def __init__(self, home: Path) -> None:
        self.home, self.place, self.count = home, "", 0
        self.lanes: set[str] = set()
        self.painted: set[str] = set()  # kinds of widgets whose painting has failed already

    @property
    def words(self) -> str:
        return f"fault number {self.count} here"

    def arm(self, place: str) -> str:
        self.count += 1
        self.place = place
        return self.words

    def strike(self, place: str) -> None:
        if place == self.place:
            raise RuntimeError(f"{self.words}: {self.home / 'Pictures' / 'party.jpg'}")

    def wrap(self, place: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any) -> Any:
            self.strike(place)
            return call(*arguments)

        return wrapped


class Desk:
    """The window, what is said in it, and the hooks."""

    def __init__(self, program: Program, faults: Faults, reporter: errors.ErrorReporter, qtbot: QtBot) -> None:
        self.program, self.faults, self.reporter, self.qtbot = program, faults, reporter, qtbot
        self.window, self.session = program.window, program.session

    def do(self, what: Callable[[], object]) -> None:
        """As a user does it: while the window serves events."""
        QTimer.singleShot(0, what)

    def dialogs(self) -> list[ErrorDialog]:
        return [each for each in opened() if isinstance(each, ErrorDialog)]

    def said(self, words: str) -> bool:
        """Whether somewhere in sight there is a sentence with these words."""
        for top in [each for each in QApplication.topLevelWidgets() if each.isVisible()]:
            for widget in (top, *top.findChildren(QWidget)):
                texts = (widget.text() if isinstance(widget, QLabel) else "", widget.accessibleDescription())
                if widget.isVisible() and any(words in text for text in texts):
                    return True
        return False

    def expect_dialog(self, words: str) -> None:
        """One dialog with these words, whose report could be published."""
        self.qtbot.waitUntil(lambda: bool(self.dialogs()), timeout=LONG_MS)
        QApplication.processEvents()
        (dialog,) = self.dialogs()
        report = dialog.report_text()
        assert words in report
        assert words in dialog.findChild(QLabel, "errorSummary").text()
        assert dialog.findChild(QPlainTextEdit, "errorReport").toPlainText() == report
        assert USER not in report
        assert "ResNet Lens" in report
        self.faults.place = ""
        dialog.accept()
        self.qtbot.waitUntil(lambda: not self.dialogs())

    def expect_sentence(self, words: str) -> None:
        """These words in a sentence of the window, and no dialog."""
        self.qtbot.waitUntil(lambda: self.said(words), timeout=LONG_MS)
        assert self.dialogs() == []
        self.faults.place = ""

    def goes_on(self, *, asked_anew: bool = True) -> None:
        """The next picture is asked about and shown; not `asked_anew`: from what is known of it."""
        session = self.session
        for dialog in opened():
            dialog.close()
        self.window.workbench.show(MAPS)
        self.program.tasks.cancel()  # an occlusion's sweep takes long
        session.intervene(None)
        if asked_anew:
            session._seen.clear()
        if not session.items:
            session.open(SAMPLES[:2])
            wait_for_analysis(self.qtbot, self.program)
        other = next(item for item in session.items.values() if item.key != session.current)
        session.select(other.key)
        self.qtbot.waitUntil(lambda: session.items[other.key].state == "done", timeout=LONG_MS)
        assert session.analysis is not None
        assert session.analysis.picture.name == other.name
        self.qtbot.waitUntil(lambda: self.program.tasks.idle, timeout=LONG_MS)
        assert self.dialogs() == []


@pytest.fixture(scope="module")
def shared_program(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Program, Faults, Path]]:
    user_home = tmp_path_factory.mktemp("home") / USER
    user_home.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(user_home))
        patch.setenv("USERPROFILE", str(user_home))
        patch.setenv("RESNET_LENS_HOME", str(user_home / ".local" / "share" / "lens"))
        faults = Faults(user_home)
        handlers, start = Commander.handlers, TaskRunner.start

        def guarded(commander: Commander) -> dict[str, Callable[..., None]]:
            return {name: faults.wrap(f"action {name}", handler) for name, handler in handlers(commander).items()}

        def watched(
            runner: TaskRunner, lane: str, work: Callable[..., Any], done: Callable[..., Any], failed: Any, **more: Any
        ) -> Task:
            name = re.sub(r"\d+", "N", lane)
            faults.lanes.add(name)
            work, done = faults.wrap(f"work {name}", work), faults.wrap(f"answer {name}", done)
            return start(runner, lane, work, done, failed, **more)

        patch.setattr(Commander, "handlers", guarded)
        patch.setattr(TaskRunner, "start", watched)
        theme.apply(qapp, "light")
        program = Program(Settings())
        program.show()
        yield program, faults, user_home
        program.close()


@pytest.fixture
def desk(
    qtbot: QtBot, shared_program: tuple[Program, Faults, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Desk]:
    program, faults, user_home = shared_program
    monkeypatch.setenv("HOME", str(user_home))
    monkeypatch.setenv("USERPROFILE", str(user_home))
    qtbot.waitUntil(lambda: program.started and program.tasks.idle, timeout=LONG_MS)
    reporter = errors.install(user_home / "logs", ErrorDialog)
    desk = Desk(program, faults, reporter, qtbot)
    if not program.session.items:
        program.session.open(SAMPLES[:2])
        wait_for_analysis(qtbot, program)
        qtbot.waitUntil(lambda: program.tasks.idle, timeout=LONG_MS)
    program.window.workbench.show(MAPS)
    yield desk
    faults.place = ""
    program.session.notice.emit("", "")
    for dialog in opened():
        dialog.close()
    qtbot.waitUntil(lambda: program.tasks.idle, timeout=LONG_MS)
    reporter.uninstall()


# -- handlers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", [spec.id for spec in actions.ACTIONS])
def test_in_an_action(desk: Desk, action: str) -> None:
    words = desk.faults.arm(f"action {action}")
    made = desk.window.actions_by_id[action]
    enabled = made.isEnabled()
    made.setEnabled(True)
    desk.do(made.trigger)
    desk.expect_dialog(words)
    made.setEnabled(enabled)
    desk.goes_on(asked_anew=False)


def drop(window: QWidget, mime: QMimeData) -> None:
    enter = QDragEnterEvent(QPoint(9, 9), Qt.CopyAction, mime, Qt.LeftButton, Qt.NoModifier)
    QApplication.sendEvent(window, enter)
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), Qt.CopyAction, mime, Qt.LeftButton, Qt.NoModifier))


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_in_what_reads_a_drop_or_the_clipboard(desk: Desk, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    words = desk.faults.arm("link")
    monkeypatch.setattr(opening, "link", desk.faults.wrap("link", opening.link))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(SAMPLES[2]))])
    if way == "drop":
        desk.do(lambda: drop(desk.window, mime))
    else:
        QApplication.clipboard().setMimeData(mime)
        desk.do(desk.window.actions_by_id["paste"].trigger)
    desk.expect_dialog(words)
    desk.goes_on()


def test_in_a_picture_that_was_pasted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    words = desk.faults.arm("pixels")
    monkeypatch.setattr(opening, "to_rgb", desk.faults.wrap("pixels", opening.to_rgb))
    QApplication.clipboard().setImage(QImage(8, 8, QImage.Format_RGB32))
    desk.do(desk.window.actions_by_id["paste"].trigger)
    desk.expect_sentence(words)
    desk.goes_on()


def painted(window: QWidget) -> dict[str, QWidget]:
    """A widget in sight of each kind that paints itself."""
    found = {}
    for widget in (window, *window.findChildren(QWidget)):
        kinds = [kind for kind in type(widget).__mro__ if "paintEvent" in vars(kind)]
        in_sight = widget.isVisible() and not widget.visibleRegion().isEmpty()
        if kinds and kinds[0].__module__.startswith("app.") and in_sight:
            found[type(widget).__name__] = widget
    return found


@pytest.mark.parametrize("instrument", [spec.key for spec in INSTRUMENTS])
def test_in_whatever_paints_itself(desk: Desk, instrument: str) -> None:
    desk.window.workbench.show(instrument)
    desk.qtbot.waitUntil(lambda: desk.window.settled and not desk.program.tasks.busy("analysis"), timeout=LONG_MS)
    kinds = painted(desk.window)
    assert len(kinds) > 6
    for kind in kinds.keys() - desk.faults.painted:
        widget = kinds[kind]
        desk.faults.painted.add(kind)
        words = desk.faults.arm(f"painting {kind}")
        widget.paintEvent = desk.faults.wrap(f"painting {kind}", widget.paintEvent)  # type: ignore[method-assign]
        (widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget).update()
        desk.expect_dialog(words)
        del widget.paintEvent
    desk.goes_on(asked_anew=False)


@pytest.mark.parametrize("instrument", [spec.key for spec in INSTRUMENTS if spec.made_by])
def test_in_what_an_instrument_does_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch, instrument: str) -> None:
    desk.window.workbench.show(instrument)
    desk.qtbot.waitUntil(lambda: desk.window.settled, timeout=LONG_MS)
    looked_at = desk.window.workbench.instrument
    words = desk.faults.arm("refresh")
    monkeypatch.setattr(looked_at, "refresh", desk.faults.wrap("refresh", looked_at.refresh))
    desk.window.workbench.refresh_soon()
    desk.expect_dialog(words)
    words = desk.faults.arm("numbers")
    monkeypatch.setattr(looked_at, "numbers", desk.faults.wrap("numbers", looked_at.numbers))
    desk.do(desk.window.actions_by_id["export"].trigger)
    desk.expect_dialog(words)
    desk.goes_on()


# -- work in other threads ---------------------------------------------------------------------------------------------


Trigger = Callable[[Desk, Path], object]


def _select(desk: Desk, _: Path) -> None:
    desk.session._seen.clear()
    desk.session.select(next(key for key in desk.session.items if key != desk.session.current))


def _show(instrument: str) -> Trigger:
    """Look through an instrument, at a picture it has not seen yet."""

    def show(desk: Desk, folder: Path) -> None:
        desk.window.workbench.show(instrument)
        _select(desk, folder)

    return show


def _ask(instrument: str, what: Callable[[Any], Any]) -> Trigger:
    """Press a button of an instrument."""

    def ask(desk: Desk, _: Path) -> None:
        desk.window.workbench.show(instrument)
        what(desk.window.workbench.instrument)

    return ask


def _look_closer(desk: Desk, _: Path) -> None:
    before = desk.session.output
    desk.session.look_at("layer3.1" if before == "layer2.1" else "layer2.1")


def _head(desk: Desk, folder: Path) -> None:
    desk.session.look_at("layer4")
    _select(desk, folder)


def _effect(desk: Desk, folder: Path) -> None:
    desk.session.look_at("layer3" if desk.session.output == "layer2" else "layer2", 7)
    _select(desk, folder)


def _bundled(desk: Desk) -> Path:
    path = desk.session.library.in_use.path
    assert path is not None
    return path


def _plan_folders(desk: Desk, folder: Path) -> None:
    results = desk.window.results
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
        row = ResultRow("1", SAMPLES[0].name, str(SAMPLES[0]), (("cat", 0.9),))
        results._ask_where([row], "copy")


def _save(desk: Desk, folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(folder / "a.lens"), ""))
        desk.window.actions_by_id["save_session"].trigger()


def _export(desk: Desk, folder: Path) -> None:
    desk.window.workbench.show("depth")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(folder / "a.csv"), ""))
        desk.window.actions_by_id["export"].trigger()


def _export_maps(desk: Desk, folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(folder / "a.npy"), ""))
        desk.window.actions_by_id["export"].trigger()


def _export_results(desk: Desk, folder: Path) -> None:
    desk.window.results._export([], "resnet18.cifar10", folder / "a.csv")


def _warm_up(desk: Desk, _: Path) -> None:
    program = desk.program
    program.tasks.start("warm up", program._warm_up, lambda _: None, program.session.notice.emit)


def _look_on(desk: Desk, _: Path) -> None:
    """For half a second, with nothing under way."""
    desk.window.workbench._prepare()


TRIGGERS: dict[str, Trigger] = {
    "Channels sweep": _ask("channels", lambda channels: channels._go_on()),
    "Compare compare": _show("compare"),
    "Depth profile": _show("depth"),
    "Evidence sum": _show("evidence"),
    "Ladder climb": _show("ladder"),
    "Occlusion live": _show("occlusion"),
    "Occlusion sweep": _ask("occlusion", lambda occlusion: occlusion._start_sweep()),
    "Patches search": _ask("patches", lambda patches: patches._searches.clear() or patches.refresh()),
    "Shape ask": _show("shape"),
    "XRay block": _show("xray"),
    "ahead": _look_on,
    "analysis": _select,
    "channel effect": _effect,
    "class folders": _plan_folders,
    "come back link": lambda desk, _: desk.window.commander.coming_back.open_link(
        f"resnet-lens://open?image={SAMPLES[0]}&weights=resnet18.cifar10"
    ),
    "come back session file": lambda desk, folder: desk.window.commander.coming_back.open_session(folder / "a.lens"),
    "devices": lambda desk, _: desk.window.toolbar.find_devices(),
    "export maps N": _export_maps,
    "export weights": lambda desk, folder: desk.session.library.export("resnet18.cifar10", folder / "w.safetensors"),
    "fetch": lambda desk, _: desk.session.fetch("https://example.org/cat.png"),
    "head": _head,
    "intervene": lambda desk, _: desk.session.intervene(Intervention(gates={"layer3.0": 0.5})),
    "labels": lambda desk, _: desk.session._network_changed(),
    "more": _look_closer,
    "open N": lambda desk, _: desk.session.open([SAMPLES[0]]),
    "results export": _export_results,
    "samples": lambda desk, _: desk.program._after_first_paint(),
    "take along export": _export,
    "take along link": lambda desk, _: desk.window.actions_by_id["copy_link"].trigger(),
    "take along session file": _save,
    "threads": lambda desk, _: desk.program._settings_changed(desk.window.settings),
    "thumbnails": lambda desk, _: desk.session._draw_thumbnails(),
    "training room": lambda desk, _: desk.window.training.open(),
    "degradation room": lambda desk, _: desk.window.degradation.open(),
    "warm up": _warm_up,
    "weights": lambda desk, _: desk.session.library.import_files([_bundled(desk)]),
}
"""What starts the work of each lane."""
IN_A_DIALOG = {"degradation room"}  # without its program code the lab can only report


@pytest.mark.parametrize("lane", TRIGGERS)
def test_in_work(desk: Desk, tmp_path: Path, lane: str) -> None:
    words = desk.faults.arm(f"work {lane}")
    desk.do(lambda: TRIGGERS[lane](desk, tmp_path))
    (desk.expect_dialog if lane in IN_A_DIALOG else desk.expect_sentence)(words)
    desk.goes_on()


def test_the_details_of_a_sentence_could_be_published(desk: Desk) -> None:
    words = desk.faults.arm("work analysis")
    desk.do(lambda: _select(desk, Path()))
    desk.expect_sentence(words)
    desk.window.status_line.findChild(QPushButton, "statusDetails").click()
    (box,) = [each for each in opened() if isinstance(each, QMessageBox)]
    assert "Traceback" in box.informativeText()
    assert USER not in box.informativeText()
    desk.goes_on()


UNANSWERED = {"fetch", "come back session file", "Occlusion sweep"}  # no network, no such file; and it takes too long


@pytest.mark.parametrize("lane", [lane for lane in TRIGGERS if lane not in UNANSWERED])
def test_in_what_takes_an_answer(desk: Desk, tmp_path: Path, lane: str) -> None:
    words = desk.faults.arm(f"answer {lane}")
    desk.do(lambda: TRIGGERS[lane](desk, tmp_path))
    desk.expect_dialog(words)
    desk.goes_on()


def test_every_lane_there_was_is_among_them(desk: Desk) -> None:
    assert desk.faults.lanes <= TRIGGERS.keys() | {"Patches cut", "training runs", "training data", "degradation look"}


# -- processes ---------------------------------------------------------------------------------------------------------


ENDS = {
    "exception": "raise RuntimeError('inside')",
    "crash": "import os; os.abort()",
    "killed": f"import os; os.kill(os.getpid(), {int(signal.SIGTERM)})",
    "silence": "pass",
    "nonsense": "print('what?')",
}


@pytest.mark.parametrize("end", ENDS)
def test_in_the_process_that_reads_checkpoints(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    def start(*_: object, **__: object) -> subprocess.Popen[bytes]:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        return subprocess.Popen([sys.executable, "-c", ENDS[end]], **pipes)  # type: ignore[call-overload]

    monkeypatch.setattr(checkpoint, "start_worker", start)
    file = tmp_path / "mine.pth"
    file.write_bytes(b"PK\x03\x04" + bytes(1000))
    desk.do(lambda: desk.session.library.import_files([file]))
    desk.expect_sentence("mine.pth")
    desk.goes_on()


def test_in_the_engine(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from resnet_core.engines.openvino_engine import OpenVINOEngine

    words = desk.faults.arm("engine")
    monkeypatch.setattr(OpenVINOEngine, "run", desk.faults.wrap("engine", OpenVINOEngine.run))
    desk.do(lambda: _select(desk, Path()))
    desk.expect_sentence(words)
    desk.goes_on()


def test_in_what_decodes_one_of_many(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from resnet_core import images

    words = desk.faults.arm("decoder")
    monkeypatch.setattr(images, "thumbnail", desk.faults.wrap("decoder", images.thumbnail))
    desk.do(lambda: desk.session.open([SAMPLES[3]]))
    desk.expect_sentence(words)
    desk.goes_on()


def test_in_the_downloader(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    store = desk.program.store
    words = desk.faults.arm("download")
    monkeypatch.setattr(store, "download", lambda *_, **__: desk.faults.strike("download"))
    desk.do(lambda: desk.session.library.download("resnet34.imagenet1k_v1"))
    desk.expect_sentence(words)
    desk.goes_on()
