"""The events of a training as TensorBoard draws them, written by torch's own writer where TensorBoard is installed."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from resnet_core.training.config import TrainingError
from resnet_core.training.events import Event, Listener

FOLDER = "tensorboard"
_CURVES = {
    "batch": ("loss", "learning_rate", "images_per_second"),
    "epoch": ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy"),
}


def check() -> None:
    """Raises TrainingError where TensorBoard is not installed."""
    found = find_spec("tensorboard")
    if found is not None and found.origin is not None:  # and no folder of that name: a run has one
        return
    if getattr(sys, "frozen", False):
        raise TrainingError("TensorBoard is not part of this package: train without it (--no-tensorboard).")
    raise TrainingError(
        "TensorBoard is not installed here: train without --tensorboard, or install the package “tensorboard”."
    )


@contextlib.contextmanager
def tensorboard(folder: Path) -> Iterator[Listener]:
    """A listener that writes to the run's `tensorboard` folder. Raises TrainingError where it is not installed."""
    check()
    from torch.utils.tensorboard import SummaryWriter

    writer = SummaryWriter(str(folder / FOLDER))

    def listen(event: Event) -> None:
        step = int(event.get("epoch", 0) * event["batches"] + event["batch"]) if event["event"] == "batch" else 0
        step = round(event["epoch"]) if event["event"] == "epoch" else step
        for name in _CURVES.get(event["event"], ()):
            if name in event:
                writer.add_scalar(f"{event['event']}/{name}", event[name], step)
        for stage, figures in event.get("stages", {}).items():
            for name, value in figures.items():
                writer.add_scalar(f"{name}/{stage}", value, step)

    try:
        yield listen
    finally:
        writer.close()
