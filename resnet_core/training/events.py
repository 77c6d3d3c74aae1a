"""The events of a training, one JSON object a line: in the run's `events.jsonl`, and on stdout for whoever listens.

Every event has "event", "run" and "time" (seconds since 1970). Besides those of design §9 there are "paused", "resumed"
and "stopped". Numbers that are not finite are left out: JSON has none.
"""

from __future__ import annotations

import json
import math
import mmap
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Event = dict[str, Any]
Listener = Callable[[Event], None]

FILE = "events.jsonl"
_SLICE_BYTES = 1 << 18  # looked through at a time: Python's other threads wait meanwhile

_NUMBERS = frozenset(
    {
        "time", "epoch", "batch", "batches", "epochs", "minutes", "epochs_done", "seconds", "share", "loss",
        "accuracy", "learning_rate", "images_per_second", "eta_s", "train_loss", "train_accuracy", "validation_loss",
        "validation_accuracy", "best_accuracy", "test_accuracy", "test_correct", "test_images", "train_images",
        "validation_images", "parameters", "batch_size", "skipped_count",
    }
)  # fmt: skip
_CAN_BE_NONE = frozenset({"epochs", "minutes", "eta_s", "best_accuracy"})
_KINDS = {"classes": list, "skipped": list, "stages": dict, "network": str, "run": str, "weights": str}


class EventLog:
    """Appends events to a run's file and passes them on to the listener."""

    def __init__(self, folder: Path, listener: Listener | None = None) -> None:
        self._run = folder.name
        self._path = folder / FILE
        self._listeners = [] if listener is None else [listener]
        self._started = False

    def also(self, listener: Listener) -> None:
        """Pass the events from now on to this listener too."""
        self._listeners.append(listener)

    def __call__(self, kind: str, /, **values: Any) -> None:
        """Raises OSError when the file can't be written: a run whose disk is full or whose folder is gone must stop."""
        event = {"event": kind, "run": self._run, "time": round(time.time(), 3), **_finite(values)}
        try:
            self._append(json.dumps(event, ensure_ascii=False, allow_nan=False))
        finally:
            for listener in self._listeners:
                listener(event)

    def _append(self, line: str) -> None:
        with self._path.open("ab") as file:
            if not self._started and file.tell() and not _ends_a_line(self._path):
                file.write(b"\n")  # a line that was cut off when the last process died
            self._started = True
            file.write(line.encode("utf-8", "backslashreplace") + b"\n")


def last_events(folder: Path, kinds: frozenset[str]) -> dict[str, Event]:
    """The last event of each of `kinds`, with its place in the file as "order".

    Looked for from the end by how its line begins, so that a day's training, 40 MB of events, is listed in no time.
    """
    try:
        with (folder / FILE).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            found = {kind: _last(content, kind) for kind in kinds}
    except (OSError, ValueError):  # there is no file yet, or nothing in it
        return {}
    return {kind: event for kind, event in found.items() if event is not None}


def _last(content: mmap.mmap, kind: str) -> Event | None:
    begins = json.dumps({"event": kind}, ensure_ascii=False)[:-1].encode()
    end = len(content)
    while end > 0:
        place = content.rfind(begins, max(0, end - _SLICE_BYTES), end)
        if place < 0:  # on to the slice before, which shares what could lie across the border
            end = end - _SLICE_BYTES + len(begins) - 1 if end > _SLICE_BYTES else 0
            continue
        if place == 0 or content[place - 1] == ord("\n"):
            close = content.find(b"\n", place)
            event = parse_event(content[place : close if close >= 0 else len(content)])
            if event is not None and event["event"] == kind:
                return event | {"order": place}
        end = place + len(begins) - 1
    return None


def parse_event(line: str | bytes) -> Event | None:
    """None for what is no event, or one that is damaged: with figures that are none."""
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(event, dict) or not isinstance(event.get("event"), str):
        return None
    if not all(_is_number(event[name], name) for name in _NUMBERS & event.keys()):
        return None
    return event if all(isinstance(event[name], _KINDS[name]) for name in _KINDS.keys() & event.keys()) else None


def _is_number(value: object, name: str) -> bool:
    if value is None:
        return name in _CAN_BE_NONE
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _finite(values: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            kept[name] = _finite(value)
        elif isinstance(value, float):
            if math.isfinite(value):
                kept[name] = float(f"{value:.6g}")
        else:
            kept[name] = value
    return kept
