"""The process of the degradation experiment as the window sees it: started, followed, told to stop, found again.

It is started detached and followed through its file of events, like a training: closing the window does not end it.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import QObject, QTimer, pyqtSignal

from app.tasks import Task, TaskRunner
from app.training.following import EventTail
from resnet_core import workers
from resnet_core.training import control, degradation_lab, runs
from resnet_core.training.config import TrainingError
from resnet_core.training.degradation_lab import Plan
from resnet_core.training.events import Event

LOG = "lab.log"
"""In the experiment's folder: what its process said on stderr."""

_LOOK_MS = 300
_LOOKS_BETWEEN = 5  # of a process that somebody else started: asking whether it is there costs a lock
_ENDS = frozenset({"errors", "error"})

Launch = Callable[..., "subprocess.Popen[bytes]"]


class DegradationProcess(QObject):
    """At most one is at work, in this window or outside."""

    told = pyqtSignal(object)  # tuple of events, in order
    ended = pyqtSignal(str)  # why it ended before its end: a sentence, or "" when it was told to, or is through

    def __init__(
        self,
        runs_folder: Path,
        home: Path,
        tasks: TaskRunner,
        parent: QObject | None = None,
        launch: Launch = workers.start_detached,
    ) -> None:
        super().__init__(parent)
        self._runs, self._home, self._tasks, self._launch = runs_folder, home, tasks, launch
        self._folder = runs_folder / degradation_lab.FOLDER
        self._process: subprocess.Popen[bytes] | None = None
        self._tail: EventTail | None = None
        self._last: Event = {"event": ""}
        self._looks = 0
        self._stopping = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def running(self) -> bool:
        return self._timer.isActive() or self._tasks.busy("degradation")

    def start(self, make_plan: Callable[[], Plan]) -> None:
        """Begin, or go on. `make_plan` is called off the GUI thread; what is wrong with it comes by `ended`."""

        def work(_task: Task) -> subprocess.Popen[bytes]:
            degradation_lab.prepare(self._runs, make_plan())
            try:
                return self._launch("degradation-lab", str(self._runs), str(self._home), log=self._folder / LOG)
            except OSError as error:
                raise TrainingError(f"The process can't be started: {error.strerror or error}.") from None

        def begun(process: subprocess.Popen[bytes]) -> None:
            self._process, self._tail = process, EventTail(self._folder)
            self._follow()

        self._stopping = False
        self._tasks.start("degradation", work, begun, lambda sentence, _: self.ended.emit(sentence))

    def adopt(self) -> None:
        """Follow the one that is at work already."""

        def work(_task: Task) -> tuple[EventTail, list[Event]]:
            tail = EventTail(self._folder)
            return tail, tail.read_past()  # may be the days of a long one

        def read(found: tuple[EventTail, list[Event]]) -> None:
            self._process, self._tail = None, found[0]
            self._tell(found[1])
            self._follow()

        self._stopping = False
        self._tasks.start("degradation", work, read, lambda sentence, _: self.ended.emit(sentence))

    def stop(self) -> None:
        """Ends it after it has saved its state. That takes as long as a batch, or as it is still getting ready."""

        def work(_task: Task) -> None:
            control.write_order(self._folder, "stop")

        self._stopping = True
        self._tasks.start("degradation order", work, lambda _: None, lambda sentence, _: self.ended.emit(sentence))

    def leave(self) -> None:
        """Look away. It goes on."""
        self._timer.stop()
        self._process = None

    def _follow(self) -> None:
        self._looks = 0
        self._timer.start()

    def _look(self) -> None:
        assert self._tail is not None
        self._looks += 1
        over = self._is_over()  # asked first: what it told before it ended is there to be read now
        self._tell(self._tail.read())
        if over:
            self._timer.stop()
            self.ended.emit(self._reason())
            self._process = None

    def _is_over(self) -> bool:
        if self._process is not None:
            return self._process.poll() is not None
        return self._looks % _LOOKS_BETWEEN == 0 and not runs.is_held(self._folder)

    def _tell(self, events: list[Event]) -> None:
        if events:
            self._last = events[-1]
            self.told.emit(tuple(events))
            if self._stopping and self._timer.isActive():
                self.stop()  # again: a process that begins forgets the orders it finds

    def _reason(self) -> str:
        last = self._last
        if last["event"] in _ENDS or (last["event"] == "stopped" and "run" not in last):
            return ""  # it has said so itself
        code = None if self._process is None else self._process.returncode
        how = "ended without saying why" if code is None else f"ended unexpectedly (exit code {code})"
        return f"The experiment’s process {how}. What was saved is kept: Continue goes on with it."
