"""The thread that follows a training: reads its events, passes orders on, notices its end. One for each sitting."""

from __future__ import annotations

import contextlib
import logging
import subprocess
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.training.ends import Ending, crashed, ending_of, for_window
from app.training.following import EventTail
from resnet_core.errors import LensError
from resnet_core.training import control
from resnet_core.training.events import Event
from resnet_core.training.runs import is_held

LOG = "trainer.log"
"""In a run's folder: what its process said on stderr."""

_LOOK_S = 0.15
_QUIET_S = 1.5  # without an event: then it is worth asking whether the process of somebody else is still there
_END_S = 15.0  # a process that has told its end, and then takes so long, is not waited for
_ENDS = frozenset({"done", "stopped", "error"})
_TELLING = _ENDS | {"start", "batch", "paused", "resumed"}  # how a run stands

_log = logging.getLogger("app.training")

Begin = Callable[[], "tuple[Path, subprocess.Popen[bytes] | None]"]
"""Gives the run's folder, and the process where this window started it."""


class Follower:
    """Its `post(kind, value)` is called in the thread: with "begun" and a name, "past" or "events" and those, "stands"
    and the kind of an event, "notice" and a sentence, and at last "ended" and an `Ending`."""

    def __init__(self, begin: Begin, post: Callable[[Any, Any], None]) -> None:
        self._begin, self._post_now = begin, post
        self._lock = threading.Lock()
        self._left = False
        self._wake = threading.Event()
        self._words: list[str] = []
        self._last_word = ""
        self._began = False  # whether the process has told its "start"
        self._thread = threading.Thread(target=self._run, name="lens-training", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def order(self, word: str) -> None:
        with self._lock:
            self._words.append(word)
        self._wake.set()

    def leave(self) -> None:
        with self._lock:
            self._left = True
        self._wake.set()

    def wait(self, timeout_s: float = 5.0) -> bool:
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _post(self, kind: str, value: Any) -> None:
        with self._lock:
            if not self._left:  # afterwards whom it is for may be gone
                self._post_now(kind, value)

    def _run(self) -> None:
        folder: Path | None = None
        try:
            folder, process = self._begin()
            self._post("begun", folder.name)
            ending = self._follow(folder, process)
        except LensError as error:
            ending = Ending(folder.name if folder else "", "failed", for_window(str(error)), can_resume=False)
        except Exception as error:  # noqa: BLE001 - whatever it is, the dialog shows it
            _log.exception("Not expected while following a training")
            said = f"Something went wrong inside the program ({type(error).__name__}: {error})."
            details = traceback.format_exc()
            ending = Ending(folder.name if folder else "", "failed", said, folder is not None, "bug", details)
        if ending is not None:
            self._post("ended", ending)

    def _follow(self, folder: Path, process: subprocess.Popen[bytes] | None) -> Ending | None:
        """Until it has ended; None when it was left before."""
        tail = EventTail(folder)
        past = tail.read_past()
        self._post("past", tuple(past))
        ours: list[Event] = []
        if process is None:  # a process that is at work already: how far is it?
            ours = _last_sitting(past)
            self._began = bool(ours)
            stands = next((event["event"] for event in reversed(past) if event["event"] in _TELLING), "")
            self._post("stands", stands)
        heard, end_told = time.monotonic(), float("inf")
        while True:
            self._give_orders(folder, process)  # also the last one before the window closes
            if self._left:
                _let_go(process)
                return None
            fresh = tail.read()
            now = time.monotonic()
            if fresh:
                heard = now
                self._hear(fresh, folder)
                ours = (ours + [event for event in fresh if event["event"] in _ENDS or event["event"] == "start"])[-4:]
                self._post("events", tuple(fresh))
                if fresh[-1]["event"] in _ENDS:
                    end_told = now
            if self._is_over(folder, process, quiet=now - heard > _QUIET_S, told=end_told <= now):
                if process is not None and process.returncode and is_held(folder):
                    _let_go(process)
                    process = None  # another process has the run: that one is followed
                    continue
                if process is not None and process.poll() is None:
                    _let_go(process)
                if rest := tail.read():
                    ours += rest
                    self._post("events", tuple(rest))
                return self._ending(folder, process, ours)
            if now - end_told > _END_S:
                _let_go(process)
                return self._ending(folder, None, ours)
            self._wake.wait(_LOOK_S)
            self._wake.clear()

    def _is_over(self, folder: Path, process: subprocess.Popen[bytes] | None, *, quiet: bool, told: bool) -> bool:
        """A process that has told its end and let go of the run may take a second more to take torch down."""
        if process is not None and process.poll() is not None:
            return True
        return (told or (quiet and process is None)) and not is_held(folder)

    def _hear(self, events: list[Event], folder: Path) -> None:
        """A process that begins forgets the orders it finds: give the one that still holds again."""
        if any(event["event"] == "start" for event in events):
            self._began = True
            if self._last_word in ("pause", "stop"):
                self._write(folder, self._last_word)

    def _give_orders(self, folder: Path, process: subprocess.Popen[bytes] | None) -> None:
        with self._lock:
            words, self._words = self._words, []
        for word in words:
            self._last_word = word
            if word == "stop" and process is not None and not self._began:
                with contextlib.suppress(OSError):
                    process.terminate()  # nothing is trained yet; loading would go on for seconds
            self._write(folder, word)

    def _write(self, folder: Path, word: str) -> None:
        try:
            control.write_order(folder, word)
        except OSError as error:
            self._post("notice", f"{folder} can't be written: {error.strerror or error}.")

    def _ending(self, folder: Path, process: subprocess.Popen[bytes] | None, ours: list[Event]) -> Ending:
        last = next((event for event in reversed(ours) if event["event"] in _ENDS or event["event"] == "start"), None)
        if last is not None and last["event"] in _ENDS:
            return ending_of(folder, last)
        if self._last_word == "stop":
            return Ending(folder.name, "stopped", f"{folder.name} was stopped before it began.", can_resume=True)
        return crashed(folder, None if process is None else process.returncode, folder / LOG)


def _last_sitting(past: list[Event]) -> list[Event]:
    """The events since the last "start" that are told of here: whether and how that sitting ended."""
    found: list[Event] = []
    for event in past:
        if event["event"] == "start":
            found = [event]
        elif event["event"] in _ENDS:
            found.append(event)
    return found


_let_go_of: list[subprocess.Popen[bytes]] = []


def _let_go(process: subprocess.Popen[bytes] | None) -> None:
    """Keep what stands for a process that goes on: Python complains when that is thrown away."""
    _let_go_of[:] = [kept for kept in _let_go_of if kept.poll() is None]
    if process is not None:
        _let_go_of.append(process)
