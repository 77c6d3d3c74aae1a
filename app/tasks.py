"""Work off the GUI thread: one lane for each kind of work, and in a lane the latest wins.

    runner.start("analysis", lambda task: analyse(path, cancel=task.cancel), done=self._show, failed=self._say)

A lane runs one piece of work at a time. `start` calls off the one before; what that one still reports is dropped in
`TaskRunner._arrive`, and nowhere else. Callbacks run in the thread the runner lives in, which is the GUI's.
"""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from PyQt5 import sip
from PyQt5.QtCore import QObject, Qt, pyqtSignal, pyqtSlot

from resnet_core.errors import Cancelled, LensError

T = TypeVar("T")
Kind = Literal["done", "failed", "cancelled", "progress", "item"]
_log = logging.getLogger("app.tasks")


class CancelFlag(threading.Event):
    """An event that can also be asked by calling it: whatever takes a `cancel` takes one or the other."""

    def __call__(self) -> bool:
        return self.is_set()


class Task:
    """The work's side: whether it was called off, and what it has to say on the way."""

    def __init__(self, lane: str, post: Callable[[_Message], None]) -> None:
        self.lane = lane
        self.cancel = CancelFlag()
        """Set when the result is no longer wanted: pass it on to whatever takes a `cancel`."""
        self._post = post
        self._lock = threading.Lock()
        self._progress: tuple[int, int | None] | None = None

    @property
    def cancelled(self) -> bool:
        return self.cancel.is_set()

    def check(self) -> None:
        """Raises Cancelled when the work was called off."""
        if self.cancelled:
            raise Cancelled

    def report(self, done: int, total: int | None = None) -> None:
        """How far it is. As often as you like: what the window has not yet drawn is replaced, not queued."""
        with self._lock:
            waiting, self._progress = self._progress is not None, (done, total)
        if not waiting:
            self._post(_Message(self, "progress"))

    def send(self, item: object) -> None:
        """Hand over a part of the result, e.g. one picture of a folder. Every item arrives, in order."""
        self._post(_Message(self, "item", item))

    def take_progress(self) -> tuple[int, int | None]:
        """The latest report, for the runner."""
        with self._lock:
            latest, self._progress = self._progress, None
        return latest or (0, None)


@dataclass(frozen=True, eq=False)
class _Message:
    task: Task
    kind: Kind
    value: Any = None


@dataclass(frozen=True, eq=False)
class _Job:
    task: Task
    work: Callable[[Task], Any]
    done: Callable[[Any], None]
    failed: Callable[[str, str], None]
    progress: Callable[[int, int | None], None] | None
    item: Callable[[Any], None] | None


class TaskRunner(QObject):
    """Make one in the GUI thread; `close()` it before the QApplication goes."""

    busy_changed = pyqtSignal(str, bool)  # lane, whether something in it is under way
    _posted = pyqtSignal(object)  # _Message, from any thread

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._closed = False
        self._current: dict[str, _Job] = {}  # by lane; read and written in the GUI thread only
        self._waiting: dict[str, _Job] = {}  # by lane: what its thread does next
        self._threads: dict[str, threading.Thread] = {}
        self._posted.connect(self._arrive, Qt.QueuedConnection)  # type: ignore[call-arg]  # PyQt5-stubs lack it

    def start(
        self,
        lane: str,
        work: Callable[[Task], T],
        done: Callable[[T], None],
        failed: Callable[[str, str], None],
        *,
        progress: Callable[[int, int | None], None] | None = None,
        item: Callable[[Any], None] | None = None,
    ) -> Task:
        """Run `work` in the lane's thread, instead of what the lane was doing.

        Then `done(result)`, or `failed(message, details)`: a LensError's sentence with no details, or a sentence of
        ours with the traceback. Neither comes when the task was called off or superseded.
        """
        job = _Job(Task(lane, self._post), work, done, failed, progress, item)
        with self._lock:
            if self._closed:
                job.task.cancel.set()
                return job.task
            if lane in self._current:
                self._current[lane].task.cancel.set()
            was_busy = lane in self._current
            self._current[lane] = self._waiting[lane] = job
            if lane not in self._threads:
                thread = threading.Thread(target=self._serve, args=(lane,), name=f"lens-{lane}", daemon=True)
                self._threads[lane] = thread
                thread.start()
        if not was_busy:
            self.busy_changed.emit(lane, True)
        return job.task

    @property
    def idle(self) -> bool:
        """Whether nothing is under way in any lane."""
        return not self._current

    @property
    def lanes(self) -> tuple[str, ...]:
        """Those in which something is under way."""
        return tuple(self._current)

    def busy(self, lane: str) -> bool:
        return lane in self._current

    def cancel(self, lane: str | None = None) -> None:
        """Call off a lane's work, or everybody's. None of its callbacks comes any more."""
        with self._lock:
            lanes = list(self._current) if lane is None else [lane] if lane in self._current else []
            for name in lanes:
                self._current.pop(name).task.cancel.set()
                self._waiting.pop(name, None)
        for name in lanes:
            self.busy_changed.emit(name, False)

    def close(self, timeout_s: float = 5.0) -> bool:
        """Call everything off and wait for the threads. False when one did not end in time; it is not heard again."""
        with self._lock:
            self._closed = True
            threads = list(self._threads.values())
        self.cancel()
        until = time.monotonic() + timeout_s
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)

    @pyqtSlot(object)
    def _arrive(self, message: _Message) -> None:
        job = self._current.get(message.task.lane)
        if job is None or job.task is not message.task:
            return  # superseded or called off: the one place where a result is dropped
        if message.kind == "progress":
            _call(job.progress, *message.task.take_progress())
        elif message.kind == "item":
            _call(job.item, message.value)
        else:
            del self._current[message.task.lane]
            self.busy_changed.emit(message.task.lane, False)
            if message.kind == "done":
                _call(job.done, message.value)
            elif message.kind == "failed":
                _call(job.failed, *message.value)

    def _post(self, message: _Message) -> None:
        with self._lock:
            if not self._closed:  # afterwards this object may be gone
                self._posted.emit(message)

    def _serve(self, lane: str) -> None:
        """The lane's thread: do what is waiting until nothing is."""
        while True:
            with self._lock:
                job = self._waiting.pop(lane, None)
                if job is None or self._closed:
                    del self._threads[lane]
                    return
            self._post(_outcome(job))
            del job  # a result can be large: don't keep it while waiting


def _outcome(job: _Job) -> _Message:
    task = job.task
    try:
        return _Message(task, "done", job.work(task))
    except Cancelled:
        return _Message(task, "cancelled")
    except LensError as error:
        return _Message(task, "failed", (str(error), ""))
    except MemoryError:
        return _Message(task, "failed", ("There is not enough memory for this.", traceback.format_exc()))
    except Exception as error:  # noqa: BLE001 - whatever it is, the window shows it
        _log.exception("Not expected in lane %s", task.lane)
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return _Message(task, "failed", (f"Something went wrong inside the program ({said}).", traceback.format_exc()))


def _call(callback: Callable[..., None] | None, *arguments: Any) -> None:
    """Call back, unless nobody asked or the widget asking has been deleted meanwhile."""
    owner = getattr(callback, "__self__", None)
    if callback is not None and not (isinstance(owner, QObject) and sip.isdeleted(owner)):
        callback(*arguments)
