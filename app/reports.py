"""The log file, and the text of an error report. No Qt, so that the command line can use it too."""

from __future__ import annotations

import contextlib
import functools
import logging
import logging.handlers
import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LOG_NAME = "resnet-lens.log"
_LOG_BYTES = 512 * 1024
_TAIL_LINES = 40


@dataclass(frozen=True)
class Report:
    """One thing that went wrong and that nobody expected. `text` is what a bug report needs, safe to publish."""

    summary: str  # the last line of the traceback
    text: str
    log: Path | None


class _LogFile(logging.handlers.RotatingFileHandler):
    """Loses what a full disk has no room for, instead of writing a traceback to stderr for every record."""

    def handleError(self, _record: logging.LogRecord) -> None:
        """Nobody could do anything about it."""


def start_log(logs: Path) -> Path | None:
    """Send the program's log records to a file in `logs` that stays small. None where it can't be written."""
    path = logs / LOG_NAME
    try:
        logs.mkdir(parents=True, exist_ok=True)
        handler = _LogFile(path, maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8", errors="backslashreplace")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    if root.level > logging.INFO or root.level == logging.NOTSET:
        root.setLevel(logging.INFO)
    return path


def stop_log(path: Path | None) -> None:
    """Undo `start_log`."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, logging.FileHandler) and path is not None and Path(handler.baseFilename) == path:
            root.removeHandler(handler)
            with contextlib.suppress(OSError):  # a full disk takes no last records
                handler.close()


@functools.cache
def versions() -> Mapping[str, str | None]:
    """What is installed, by name; None for what is not. Nothing is imported to find out, so torch costs no time."""
    import importlib.metadata

    from resnet_core.version import VERSION

    found: dict[str, str | None] = {"ResNet Lens": VERSION, "Python": platform.python_version()}
    for name, distribution in _DISTRIBUTIONS.items():
        try:
            found[name] = importlib.metadata.version(distribution)
        except importlib.metadata.PackageNotFoundError:
            found[name] = None
    return found


_DISTRIBUTIONS = {
    "Qt": "PyQt5-Qt5",
    "PyQt": "PyQt5",
    "numpy": "numpy",
    "Pillow": "pillow",
    "OpenVINO": "openvino",
    "torch": "torch",
}


def operating_system() -> str:
    return f"{platform.system()} {platform.release()} ({platform.machine()})"


def report(traceback_text: str, log: Path | None) -> Report:
    """A report on `traceback_text`. The home folder, which often holds the user's name, becomes "~"."""
    lines = [line for line in traceback_text.strip().splitlines() if line.strip()]
    installed = ", ".join(f"{name} {version}" for name, version in versions().items() if version is not None)
    text = f"{installed}\n{operating_system()}\n\n{traceback_text.strip()}\n"
    last = tail(log)
    if last:
        text += f"\nThe last lines of the log:\n{last}\n"
    return Report(without_home(lines[-1]) if lines else "Unknown error", without_home(text), log)


def tail(log: Path | None, lines: int = _TAIL_LINES) -> str:
    """The last lines of the log; "" where there is none."""
    if log is None:
        return ""
    try:
        with log.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - 400 * lines))
            return "\n".join(file.read().decode("utf-8", "replace").splitlines()[-lines:])
    except OSError:
        return ""


def without_home(text: str) -> str:
    """`text` with the user's home folder written as "~", also where its backslashes are doubled."""
    home = Path.home()
    folders = {str(home), str(home.resolve()), home.as_posix()}
    for folder in sorted(folders | {folder.replace("\\", "\\\\") for folder in folders}, key=len, reverse=True):
        if len(folder) > 1:  # "/" is nobody's home
            text = text.replace(folder, "~")
    return text
