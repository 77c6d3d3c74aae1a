"""How far a long command is, on a terminal."""

from __future__ import annotations

import sys
import time

from app import console


class Progress:
    """One line on stderr that counts up, where stderr is a terminal; else nothing."""

    def __init__(self, what: str) -> None:
        self._what = console.plain(what)
        self._shown = False
        self._next_s = 0.0

    def show(self, done: int, total: int | None) -> None:
        """Bytes."""
        amount = (
            f"{done / 1e6:.1f} MB"
            if total is None
            else f"{done / 1e6:.1f} of {total / 1e6:.1f} MB, {_share(done, total)}"
        )
        self._write(amount, done == total)

    def count(self, done: int, total: int) -> None:
        """Things."""
        self._write(f"{done} of {total}", done == total)

    def _write(self, amount: str, last: bool) -> None:
        if not sys.stderr.isatty() or (time.monotonic() < self._next_s and not last):
            return
        self._next_s = time.monotonic() + 0.1
        self._shown = True
        sys.stderr.write(f"\r\x1b[K{self._what}: {amount}")
        sys.stderr.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _share(done: int, total: int) -> str:
    return f"{100 * done // max(total, 1)} %"
