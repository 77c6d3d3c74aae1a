"""How a training goes, for eyes: a line an epoch, and on a terminal one that counts the batches."""

from __future__ import annotations

import sys
import time
from typing import Any

from app import console

_HEADINGS = ("epoch", "time", "rate", "train loss", "train", "validation", "images/s")


class Printer:
    """A listener of a training's events."""

    def __init__(self) -> None:
        self._live = sys.stdout.isatty()
        self._next_s = 0.0
        self._of = ""  # "/ 30" epochs

    def __call__(self, event: dict[str, Any]) -> None:
        show = getattr(self, f"_{event['event']}", None)
        if show is not None:
            show(event)

    def _start(self, event: dict[str, Any]) -> None:
        budget = f"{event['epochs']:g} epochs" if event.get("epochs") else f"{event['minutes']:g} min"
        counts = " + ".join(f"{event[f'{part}_images']:,}" for part in ("train", "validation", "test"))
        console.line(
            console.plain(
                f"{event['run']}: {event['network']} ({event['parameters'] / 1e6:.2f} M parameters) on "
                f"{event['dataset']} ({counts} pictures to train, validate, test), {budget} in batches of "
                f"{event['batch_size']}, on {event['device']} in {event['precision']}, {event['layout']}."
            )
        )
        for sentence in event["skipped"]:
            console.say(f"Skipped: {sentence}")
        if (more := event.get("skipped_count", 0) - len(event["skipped"])) > 0:
            console.say(f"Skipped: {more:,} more files.")
        if event.get("started_over"):
            console.say("What was saved was damaged (it is kept as last.pt.bad): it begins anew.")
        if event["resumed"]:
            console.line(f"Going on after {event['epochs_done']:.4g} epochs.")
        self._of = f"/{event['epochs']:g}" if event.get("epochs") else ""
        console.line("Ctrl+C stops after saving; a second Ctrl+C at once.")
        console.line("".join(f"{heading:>12}" for heading in _HEADINGS))

    def _batch(self, event: dict[str, Any]) -> None:
        if not self._live or time.monotonic() < self._next_s:
            return
        self._next_s = time.monotonic() + 0.2
        left = "" if event.get("eta_s") is None else f", {_duration(event['eta_s'])} left"
        sys.stdout.write(
            f"\r\x1b[K  epoch {event['epoch'] + 1}{self._of}, batch {event['batch']}/{event['batches']}: "
            f"loss {event['loss']:.3f}, {event['images_per_second']:.0f} images/s{left}"
        )
        sys.stdout.flush()

    def _epoch(self, event: dict[str, Any]) -> None:
        self._clear()
        cells = (
            f"{event['epoch']:.4g}{self._of}",
            _duration(event["seconds"]),
            f"{event['learning_rate']:.4f}",
            f"{event['train_loss']:.3f}",
            console.percent(event["train_accuracy"]),
            console.percent(event["validation_accuracy"]),
            f"{event['images_per_second']:.0f}",
        )
        console.line("".join(f"{cell:>12}" for cell in cells) + ("  best" if event["best"] else ""))

    def _paused(self, _event: dict[str, Any]) -> None:
        self._clear()
        console.line("Paused.")

    def _resumed(self, _event: dict[str, Any]) -> None:
        console.line("Going on.")

    def _stopped(self, event: dict[str, Any]) -> None:
        self._clear()
        go_on = f"“resnet-lens train --resume {event['run']}” goes on from here."
        console.line(f"Stopped after {event['epochs']:.4g} epochs. {go_on}")

    def _error(self, _event: dict[str, Any]) -> None:
        self._clear()  # the sentence itself comes on stderr

    def _done(self, event: dict[str, Any]) -> None:
        self._clear()
        console.line(
            f"Done: {event['test_correct']:,} of {event['test_images']:,} test pictures right, "
            f"{100 * event['test_accuracy']:.2f} %. The weights are {event['weights']}: "
            f"“resnet-lens classify PICTURE --weights {event['weights']}”."
        )

    def _clear(self) -> None:
        if self._live:
            sys.stdout.write("\r\x1b[K")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
