"""The terminal: output that survives a C locale, odd file names, a closed pipe, and a build that has no terminal."""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

_ERRORS = "resnet-lens-bytes"


def _original_bytes(error: UnicodeError) -> tuple[bytes | str, int]:
    """A file name that was not UTF-8 goes out as the bytes it came in with; what else can't be written as `\\udXXX`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    try:
        return codecs.lookup_error("surrogateescape")(error)
    except UnicodeEncodeError:
        return codecs.lookup_error("backslashreplace")(error)


codecs.register_error(_ERRORS, _original_bytes)


def prepare() -> None:
    """Make stdout and stderr take any text as UTF-8. In a windowed build both are None: then output goes nowhere."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8", errors=_ERRORS))  # noqa: SIM115, PTH123
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors=_ERRORS)


def plain(text: str) -> str:
    """`text` without control characters, which could move a terminal's cursor or colour it: they are spelt out."""
    return "".join(char if char.isprintable() or 0xD800 <= ord(char) <= 0xDFFF else repr(char)[1:-1] for char in text)


def line(text: str = "") -> None:
    """Print a line, at once: a reader at the other end of a pipe shall not wait."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def say(sentence: str) -> None:
    """A message to the user, on stderr."""
    with contextlib.suppress(OSError):  # nobody may listen there; the exit code still says it
        sys.stderr.write(f"resnet-lens: {plain(sentence)}\n")
        sys.stderr.flush()


def json_line(value: Any, *, indent: int | None = None) -> None:
    """Print JSON as UTF-8; with escapes where a file name is no UTF-8, so that it stays valid and can be read back."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        text = json.dumps(value, indent=indent, allow_nan=False)
    line(text)


@contextlib.contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Ctrl+C inside the block is a question, answered by what the block is given; a second one raises as usual.

    KeyboardInterrupt comes between any two instructions, also between taking a lock and noting that it was taken: a
    pool of threads that is filled for seconds can then never be shut down again.
    """
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():  # only there can a signal be caught
        yield asked.is_set
        return

    def ask(_number: int, _frame: object) -> None:
        asked.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def abandon_output() -> None:
    """After a broken pipe: point stdout nowhere, or Python complains once more when it flushes at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def table(rows: Sequence[Sequence[str]], align: str) -> list[str]:
    """Lines of aligned columns; `align` has "<" or ">" for each. Control characters are spelt out."""
    cells = [[plain(cell) for cell in row] for row in rows]
    widths = [max((_width(row[index]) for row in cells), default=0) for index in range(len(align))]
    lines = []
    for row in cells:
        parts = []
        for cell, side, width in zip(row, align, widths, strict=True):
            space = " " * (width - _width(cell))
            parts.append(space + cell if side == ">" else cell + space)
        lines.append("  ".join(parts).rstrip())
    return lines


def print_table(rows: Sequence[Sequence[str]], align: str) -> None:
    """As `table`, printed."""
    for row in table(rows, align):
        line(row)


def _width(text: str) -> int:
    """Columns a terminal needs: two for a wide East Asian character, none for a combining one."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def megabytes(size_bytes: int | None) -> str:
    if size_bytes is None:
        return ""
    return f"{size_bytes / 1e6:.0f} MB" if size_bytes >= 1e6 else f"{max(1, round(size_bytes / 1e3))} kB"


def percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f} %"


def points(change: float | None) -> str:
    """A change of a share, in percentage points."""
    return "" if change is None else f"{100 * change:+.1f} %"
