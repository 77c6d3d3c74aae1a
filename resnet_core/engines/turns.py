"""A lock that goes to who has waited longest."""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType


class Turns:
    """`with turns:` holds off everybody else; they get their turns in the order they came. Not for one thread twice.

    Python's own lock goes to whoever runs when it is free, and that is nearly always who gave it back: a sweep of
    hundreds of runs, one after another, would keep a click waiting to its end.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Event] = deque()

    def __enter__(self) -> None:
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            called = threading.Event()
            self._waiting.append(called)
        try:
            called.wait()
        except BaseException:  # Ctrl+C, while waiting: nobody may wait for who has gone
            with self._lock:
                if called.is_set():
                    self._pass_on()
                else:
                    self._waiting.remove(called)
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._pass_on()

    def _pass_on(self) -> None:
        if self._waiting:
            self._waiting.popleft().set()
        else:
            self._taken = False
