"""The training process as the window sees it: started, followed, told to pause, go on or stop, and left to itself.

It is always started detached and always followed through its run's `events.jsonl`, by a thread that takes a look now
and then. So a training that this window started, one from a terminal and one that outlived a window are the same thing,
and closing the window ends none of them.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from PyQt5.QtCore import QObject, Qt, pyqtSignal, pyqtSlot

from app.training.follower import LOG, Follower
from resnet_core import workers
from resnet_core.training.config import TrainConfig, TrainingError
from resnet_core.training.runs import Runs, held, is_held, read_config, write_config

State = Literal["idle", "starting", "training", "pausing", "paused", "resuming", "stopping", "ended"]
UNDER_WAY: frozenset[State] = frozenset({"starting", "training", "pausing", "paused", "resuming", "stopping"})

_STATES: dict[str, State] = {"start": "training", "batch": "training", "paused": "paused", "resumed": "training"}

Launch = Callable[..., "subprocess.Popen[bytes]"]


@dataclass(frozen=True)
class _Message:
    sitting: int
    kind: Literal["begun", "past", "stands", "events", "ended", "notice"]
    value: Any


class TrainingProcess(QObject):
    """One run at a time. Everything slow happens in a thread; signals come in the thread this object lives in."""

    told = pyqtSignal(object, bool)  # tuple of events in order, and whether they are of the past (before we looked)
    state_changed = pyqtSignal(str)  # a State
    ended = pyqtSignal(object)  # Ending
    notice = pyqtSignal(str)  # a sentence: an order could not be given

    _posted = pyqtSignal(object)

    def __init__(
        self, runs: Path, home: Path, parent: QObject | None = None, launch: Launch = workers.start_detached
    ) -> None:
        super().__init__(parent)
        self.run = ""
        self.state: State = "idle"
        self._runs, self._home, self._launch = runs, home, launch
        self._sitting = 0  # the number of the latest one
        self._follower: Follower | None = None
        self.loading = False
        """Whether the process has not said yet that it begins: it imports PyTorch and reads the pictures."""
        self._posted.connect(self._arrive, Qt.QueuedConnection)  # type: ignore[call-arg]  # PyQt5-stubs lack it

    @property
    def under_way(self) -> bool:
        return self.state in UNDER_WAY

    def start(self, config: TrainConfig, name: str | None = None) -> None:
        """Make a run and train it. What is wrong with it comes as an `Ending`."""

        def begin() -> tuple[Path, subprocess.Popen[bytes] | None]:
            folder = Runs(self._runs).create(config, name)
            return folder, self._launched(folder)

        self._begin(name or "", begin)

    def resume(self, name: str, change: Callable[[TrainConfig], TrainConfig] | None = None) -> None:
        """Go on with a run, its configuration changed first where that is asked for."""

        def begin() -> tuple[Path, subprocess.Popen[bytes] | None]:
            info = Runs(self._runs).get(name)
            folder = info.folder
            if is_held(folder):
                return folder, None
            if info.state == "damaged":  # its process would load PyTorch for seconds to say the same
                raise TrainingError(info.problem)
            if change is not None:
                with held(folder):
                    write_config(folder, change(read_config(folder)))
            return folder, self._launched(folder)

        self._begin(name, begin)

    def adopt(self, name: str) -> None:
        """Follow a run that is being trained already, whoever started it."""
        self._begin(name, lambda: (Runs(self._runs).get(name).folder, None))

    def pause(self) -> None:
        if self.state in ("training", "starting", "resuming"):
            self._order("pause", "pausing")

    def go_on(self) -> None:
        if self.state in ("paused", "pausing"):
            self._order("resume", "resuming")

    def stop(self) -> None:
        """End it after it has saved its state."""
        if self.under_way and self.state != "stopping":
            self._order("stop", "stopping")

    def leave(self) -> None:
        """Look away. The training goes on."""
        self._look_away()
        self._set("idle")

    def close(self) -> bool:
        """Before this object goes: leave, and wait for the thread. False when it did not end in time."""
        follower = self._follower
        self.leave()
        return follower is None or follower.wait()

    # -- inside --------------------------------------------------------------------------------------------------------

    def _launched(self, folder: Path) -> subprocess.Popen[bytes]:
        try:
            return self._launch("trainer", str(folder), str(self._home), log=folder / LOG)
        except OSError as error:
            raise TrainingError(f"The training process can't be started: {error.strerror or error}.") from None

    def _begin(self, name: str, begin: Callable[[], tuple[Path, subprocess.Popen[bytes] | None]]) -> None:
        self._look_away()
        self.run = name
        self._sitting = sitting = self._sitting + 1
        follower = Follower(begin, lambda kind, value: self._posted.emit(_Message(sitting, kind, value)))
        self._follower = follower
        self.loading = True
        self._set("starting")
        follower.start()

    def _look_away(self) -> None:
        if self._follower is not None:
            self._follower.leave()
            self._follower = None

    def _order(self, word: str, state: State) -> None:
        if self._follower is not None:
            self._follower.order(word)
            self._set(state)

    def _set(self, state: State) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    @pyqtSlot(object)
    def _arrive(self, message: _Message) -> None:
        if self._follower is None or self._sitting != message.sitting:
            return  # of a run that is no longer looked at
        if message.kind == "begun":
            self.run = message.value
        elif message.kind == "stands":
            self.loading = not message.value
            self._follow_state(message.value)
        elif message.kind == "notice":
            self.notice.emit(message.value)
        elif message.kind == "ended":
            self._follower = None
            self._set("ended")
            ending = message.value
            self.ended.emit(ending if ending.run else replace(ending, run=self.run))  # it failed before it had a folder
        else:
            self.loading = self.loading and message.kind == "past"
            self.told.emit(message.value, message.kind == "past")
            for event in message.value if message.kind == "events" else ():
                self._follow_state(event["event"])

    def _follow_state(self, kind: str) -> None:
        state = _STATES.get(kind)
        if state is None or self.state == "stopping":
            return
        if self.state == "pausing" and state != "paused":
            return
        if self.state == "resuming" and state == "paused":
            return
        self._set(state)
