"""How a training ended, as a sentence for the window: what happened, what is kept, what can be done."""

from __future__ import annotations

import os
import re
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from resnet_core.training.checkpoint import has_state
from resnet_core.training.events import Event, last_events

How = Literal["finished", "stopped", "failed"]
Fault = Literal["", "diverged", "memory", "bug", "crash", "other"]


@dataclass(frozen=True)
class Ending:
    """`fault` says what would help: a lower learning rate, smaller batches, or just to try again."""

    run: str
    how: How
    sentence: str
    can_resume: bool
    fault: Fault = ""
    details: str = ""


def ending_of(folder: Path, event: Event) -> Ending:
    """By the run's last word: its event "done", "stopped" or "error"."""
    name = folder.name
    if event["event"] == "done":
        return Ending(name, "finished", _done(event), can_resume=False)
    if event["event"] == "stopped":
        return Ending(name, "stopped", f"Stopped after {_epochs(event)}. Nothing is lost: it can go on.", True)
    said = str(event.get("message", "")) or "The training failed."
    return Ending(
        name, "failed", for_window(said), bool(event.get("can_resume", has_state(folder))), _fault(event, said),
        str(event.get("details", "")),
    )  # fmt: skip


def failure(name: str, message: str, *, can_resume: bool) -> Ending:
    """The same for a run that failed some time ago, by what is known of it now."""
    return Ending(name, "failed", for_window(message), can_resume, _fault({}, message))


def crashed(folder: Path, code: int | None, log: Path) -> Ending:
    """A process that ended and had not said why. `code`: its exit code, where it was ours."""
    if not folder.is_dir():
        return Ending(folder.name, "failed", f"The run’s folder {folder} is gone, so it can’t go on.", can_resume=False)
    if code is not None and code < 0:
        killed = -code == getattr(signal, "SIGKILL", 9)
        how = "was killed, perhaps by the system for want of memory" if killed else f"crashed (signal {-code})"
    elif code == 0 or code is None:
        how = "ended without saying why"
    else:
        how = f"ended unexpectedly (exit code {code})"
    saved = last_events(folder, frozenset({"checkpoint"})).get("checkpoint")
    if has_state(folder):
        at = f", after {_epochs(saved)}" if saved else ""
        kept = f"What was saved last{at}, is kept: resume it." if at else "What was saved last is kept: resume it."
    else:
        kept = "Nothing was saved yet; it can be started again."
    return Ending(folder.name, "failed", f"The training process {how}. {kept}", True, "crash", _tail(log))


def for_window(message: str) -> str:
    """A sentence of the command line without its command lines: here there are buttons."""
    message = re.sub(r"[:,] “--resume [^”]*”\.", ".", message)
    message = re.sub(r"“resnet-lens train --resume [^”]*” goes on with it", "resume it to go on", message)
    message = re.sub(r"go on with it by --resume \S+, remove it, or choose", "choose", message)
    message = re.sub(r" \(--[a-z-]+\)", "", message)
    message = re.sub(r": --resume \S+ --epochs or --minutes\.", ".", message)
    return re.sub(r" with “resnet-lens train --download”", "", message)


def _fault(event: Event, message: str) -> Fault:
    kind = event.get("kind")
    if kind == "bug":
        return "bug"
    if kind == "diverged" or message.startswith("The loss became"):
        return "diverged"
    return "memory" if "not enough memory" in message else "other"


def _done(event: Event) -> str:
    accuracy, images = event.get("test_accuracy"), event.get("test_images")
    if accuracy is None or not images:
        return "Finished."
    return f"Finished: {100 * accuracy:.2f} % of {images:,} test pictures right."


def _epochs(event: Event) -> str:
    epochs = float(event.get("epochs", 0))
    return f"{epochs:.3g} epoch{'' if epochs == 1 else 's'}"


def _tail(log: Path, most_bytes: int = 4000) -> str:
    try:
        with log.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - most_bytes))
            return file.read().decode("utf-8", "replace").strip()
    except OSError:
        return ""
