"""Advisory locks between the processes of this program."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

POLL_SECONDS = 0.1


@contextlib.contextmanager
def locked(path: Path, while_waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Holds the lock file `path` for the block. `while_waiting` is called ten times a second, and may raise.

    The system lets go of a lock when its process ends, however it ends. Raises OSError.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path)
    while True:
        try:
            lock.acquire(timeout=POLL_SECONDS)
            break
        except Timeout:
            while_waiting()
    try:
        yield
    finally:
        lock.release()
