"""How a training is told to pause, go on or stop: by Ctrl+C, by a line on its stdin, or by a file in its run's folder.

Ctrl+C (and a polite kill) stops it after saving; a second one ends it at once. Lines "pause", "resume" and "stop" are
read from stdin where that is a pipe; when the pipe closes, the training goes on by itself. The file `control`, with one
of those words in it, works for a training that somebody else started, and on every system.
"""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import sys
import threading
import time
from pathlib import Path
from types import FrameType
from typing import Final, Literal

Order = Literal["run", "pause", "stop"]

FILE = "control"
WORDS: Final[dict[str, Order]] = {"pause": "pause", "resume": "run", "stop": "stop"}
_LOOK_SECONDS = 0.25


class Control:
    """The latest order. `order()` is cheap enough to ask before every batch."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._order: Order = "run"
        self._next_look = 0.0
        self.interrupted = False  # whether it was a signal that said stop
        self._file.unlink(missing_ok=True)

    def order(self) -> Order:
        now = time.monotonic()
        if now >= self._next_look:
            self._next_look = now + _LOOK_SECONDS
            self._read_file()
        return self._order

    def give(self, word: str) -> None:
        """Follow a word of `WORDS`; others mean nothing. Nothing undoes "stop"."""
        order = WORDS.get(word.strip().lower())
        if order is not None and self._order != "stop":
            self._order = order

    def wait(self) -> None:
        """While paused: until it is worth asking again."""
        time.sleep(_LOOK_SECONDS)

    def _read_file(self) -> None:
        try:
            word = self._file.read_text(encoding="utf-8")
            self._file.unlink()
        except (OSError, UnicodeDecodeError):
            return
        self.give(word)

    def listen_to_signals(self) -> None:
        """Only in the main thread of a process."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self.interrupted = True
        self.give("stop")
        signal.signal(number, signal.SIG_DFL)

    def listen_to_stdin(self) -> None:
        """Where stdin is a pipe: read orders from it, in a thread that ends with the process."""
        try:
            descriptor = sys.stdin.fileno()
            is_pipe = stat.S_ISFIFO(os.fstat(descriptor).st_mode)
        except (AttributeError, OSError, ValueError):  # there is no stdin, or it is closed
            return
        if is_pipe:
            thread = threading.Thread(target=self._read, args=[descriptor], name="training orders", daemon=True)
            thread.start()

    def _read(self, descriptor: int) -> None:
        # Not through sys.stdin: a thread that waits inside it when the program ends makes Python abort.
        unread = b""
        with contextlib.suppress(OSError):
            while data := os.read(descriptor, 4096):
                *lines, unread = (unread + data).split(b"\n")
                for line in lines:
                    self.give(line.decode("utf-8", "replace"))


def write_order(folder: Path, word: str) -> None:
    """Leaves an order for the process that trains in `folder`. Raises OSError, KeyError for a word that is none."""
    if word not in WORDS:
        raise KeyError(word)
    temporary = folder / f".{FILE}.tmp"
    temporary.write_text(f"{word}\n", encoding="utf-8")
    temporary.replace(folder / FILE)
