from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PyQt5 import sip
from PyQt5.QtCore import QCoreApplication, QObject, QThread
from pytestqt.qtbot import QtBot

from app.tasks import Task, TaskRunner
from resnet_core.errors import Cancelled, ImageError

WAIT_S = 10


class Listener(QObject):
    """Writes down what arrives, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[Any, ...]] = []
        self.threads: set[QThread] = set()

    def _note(self, *what: Any) -> None:
        self.heard.append(what)
        self.threads.add(QThread.currentThread())

    def done(self, result: object) -> None:
        self._note("done", result)

    def failed(self, message: str, details: str) -> None:
        self._note("failed", message, details)

    def progress(self, done: int, total: int | None) -> None:
        self._note("progress", done, total)

    def item(self, item: object) -> None:
        self._note("item", item)


class Gate:
    """Work that says when it has begun and goes on when it is let."""

    def __init__(self, result: object = None) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.result, self.saw_cancel = result, False

    def __call__(self, task: Task) -> object:
        self.begun.set()
        assert self.go_on.wait(WAIT_S)
        self.saw_cancel = task.cancelled
        return self.result


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    assert runner.close(WAIT_S)


@pytest.fixture
def listener(qtbot: QtBot) -> Listener:
    return Listener()


def start(runner: TaskRunner, listener: Listener, work: Callable[[Task], object], lane: str = "a") -> Task:
    return runner.start(lane, work, listener.done, listener.failed, progress=listener.progress, item=listener.item)


def rest(runner: TaskRunner, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: runner.idle)


def raising(error: BaseException) -> Callable[[Task], object]:
    def work(_task: Task) -> object:
        raise error

    return work


def test_a_result_arrives_in_the_gui_thread(runner: TaskRunner, listener: Listener, qtbot: QtBot) -> None:
    workers = []
    start(runner, listener, lambda task: workers.append(threading.current_thread()) or 42)
    assert runner.busy("a")
    rest(runner, qtbot)
    assert listener.heard == [("done", 42)]
    assert listener.threads == {QThread.currentThread()}
    assert workers != [threading.main_thread()]


def test_the_latest_wins(runner: TaskRunner, listener: Listener, qtbot: QtBot) -> None:
    first, never_begun, last = Gate("first"), Gate("second"), Gate("last")
    start(runner, listener, first)
    assert first.begun.wait(WAIT_S)
    start(runner, listener, never_begun)
    start(runner, listener, last)
    last.go_on.set()
    first.go_on.set()
    rest(runner, qtbot)
    assert listener.heard == [("done", "last")]
    assert first.saw_cancel
    assert not last.saw_cancel
    assert not never_begun.begun.is_set()


def test_a_finished_result_still_under_way_is_superseded_too(
    runner: TaskRunner, listener: Listener, qtbot: QtBot
) -> None:
    ended = threading.Event()

    def work(task: Task) -> str:
        task.send("part")
        task.report(1, 2)
        ended.set()
        return "old"

    start(runner, listener, work)
    assert ended.wait(WAIT_S)  # its messages wait in the event queue, which has not been served
    start(runner, listener, lambda task: "new")
    rest(runner, qtbot)
    assert listener.heard == [("done", "new")]


def test_lanes_do_not_disturb_each_other(runner: TaskRunner, listener: Listener, qtbot: QtBot) -> None:
    slow = Gate("slow")
    start(runner, listener, slow, "slow lane")
    start(runner, listener, lambda task: "fast", "fast lane")
    qtbot.waitUntil(lambda: listener.heard == [("done", "fast")])
    assert runner.busy("slow lane")
    slow.go_on.set()
    rest(runner, qtbot)
    assert listener.heard == [("done", "fast"), ("done", "slow")]


def test_an_explained_error_is_its_sentence(runner: TaskRunner, listener: Listener, qtbot: QtBot) -> None:
    start(runner, listener, raising(ImageError("a.png is no picture.")))
    rest(runner, qtbot)
    assert listener.heard == [("failed", "a.png is no picture.", "")]


def test_an_unexpected_error_is_a_sentence_with_details(
    runner: TaskRunner, listener: Listener, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    start(runner, listener, raising(ZeroDivisionError("division by zero")))
    rest(runner, qtbot)
    [(kind, message, details)] = listener.heard
    assert kind == "failed"
    assert message == "Something went wrong inside the program (ZeroDivisionError: division by zero)."
    assert details.startswith("Traceback")
    assert "Not expected in lane a" in caplog.text


def test_a_lack_of_memory_is_explained(runner: TaskRunner, listener: Listener, qtbot: QtBot) -> None:
    start(runner, listener, raising(MemoryError()))
    rest(runner, qtbot)
    assert listener.heard[0][1] == "There is not enough memory for this."


def test_work_that_was_called_off_from_inside_is_silent(runner: TaskRunner, listener: Listener, qtbot: QtBot) -> None:
    start(runner, listener, raising(Cancelled()))
    rest(runner, qtbot)
    assert listener.heard == []


def test_cancel_is_heard_by_the_work_and_silences_it(runner: TaskRunner, listener: Listener, qtbot: QtBot) -> None:
    checked: list[type[BaseException]] = []

    begun = threading.Event()

    def work(task: Task) -> None:
        begun.set()
        assert task.cancel.wait(WAIT_S)
        try:
            task.check()
        except Cancelled:
            checked.append(Cancelled)
            raise

    task = start(runner, listener, work)
    assert begun.wait(WAIT_S)
    assert not task.cancel()
    runner.cancel("a")
    assert runner.idle
    assert task.cancel()
    runner.cancel("a")
    runner.cancel("no such lane")
    start(runner, listener, lambda task: "afterwards")
    rest(runner, qtbot)
    assert checked == [Cancelled]
    assert listener.heard == [("done", "afterwards")]


def test_items_all_arrive_in_order(runner: TaskRunner, listener: Listener, qtbot: QtBot) -> None:
    def work(task: Task) -> str:
        for number in range(100):
            task.send(number)
        return "end"

    start(runner, listener, work)
    rest(runner, qtbot)
    assert listener.heard == [*(("item", number) for number in range(100)), ("done", "end")]


def test_progress_is_replaced_not_queued(runner: TaskRunner, listener: Listener, qtbot: QtBot) -> None:
    ended = threading.Event()

    def work(task: Task) -> None:
        for done in range(1001):
            task.report(done, 1000)
        ended.set()

    start(runner, listener, work)
    assert ended.wait(WAIT_S)
    rest(runner, qtbot)
    assert listener.heard == [("progress", 1000, 1000), ("done", None)]


def test_busy_changes_once_for_each_spell_of_work(runner: TaskRunner, listener: Listener, qtbot: QtBot) -> None:
    spells: list[tuple[str, bool]] = []
    runner.busy_changed.connect(lambda lane, busy: spells.append((lane, busy)))
    gate = Gate()
    start(runner, listener, gate)
    start(runner, listener, lambda task: None)
    gate.go_on.set()
    rest(runner, qtbot)
    start(runner, listener, lambda task: None)
    runner.cancel()
    assert spells == [("a", True), ("a", False), ("a", True), ("a", False)]


def test_a_callback_may_start_the_next_work_of_its_lane(runner: TaskRunner, listener: Listener, qtbot: QtBot) -> None:
    runner.start(
        "a", lambda task: 1, lambda result: start(runner, listener, lambda task: result + 1) and None, listener.failed
    )
    qtbot.waitUntil(lambda: listener.heard == [("done", 2)])


def test_a_deleted_listener_is_not_called(runner: TaskRunner, listener: Listener, qtbot: QtBot) -> None:
    gate = Gate()
    start(runner, listener, gate)
    sip.delete(listener)
    gate.go_on.set()
    rest(runner, qtbot)
    assert listener.heard == []


def test_close_joins_every_thread(listener: Listener, qtbot: QtBot) -> None:
    runner = TaskRunner()
    waits = [start(runner, listener, lambda task: task.cancel.wait(WAIT_S), str(lane)) for lane in range(4)]
    assert runner.close(WAIT_S)
    assert all(task.cancelled for task in waits)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("lens-")]
    assert start(runner, listener, lambda task: "too late").cancelled
    assert runner.idle
    QCoreApplication.processEvents()
    assert listener.heard == []


def test_close_tells_of_work_that_does_not_end(listener: Listener, qtbot: QtBot) -> None:
    runner, stubborn = TaskRunner(), Gate()
    start(runner, listener, stubborn)
    assert stubborn.begun.wait(WAIT_S)
    assert not runner.close(timeout_s=0.01)
    stubborn.go_on.set()
    assert runner.close(WAIT_S)
