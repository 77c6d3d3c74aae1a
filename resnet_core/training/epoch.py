"""What an epoch was worth: judged by the validation pictures, kept where it is the best, a row of the run's table."""

from __future__ import annotations

import time

from torch import Tensor, nn

from resnet_core.training import runs
from resnet_core.training.arithmetic import Arithmetic
from resnet_core.training.best import Task, save_best
from resnet_core.training.data import Look
from resnet_core.training.evaluate import evaluate
from resnet_core.training.pace import Pace


def judge(
    task: Task, network: nn.Module, look: Look, arithmetic: Arithmetic, pace: Pace, sums: Tensor
) -> dict[str, float | bool | None]:
    """Validates `network`, keeps it if it is the best so far, and writes the epoch's row. Gives what is to be told.

    `sums` (3,) are those of training: the loss, correct answers, pictures. Raises OSError.
    """
    progress, dataset = pace.progress, task.dataset
    train_loss, train_accuracy = (float(total) / float(sums[2]) for total in sums[:2])
    began = time.monotonic()
    found = evaluate(network, dataset.validation, len(dataset.classes), look, arithmetic)
    progress.evaluate_seconds = time.monotonic() - began
    best = (found.accuracy, -found.loss) > (progress.best_accuracy, -progress.best_loss)
    if best:
        progress.best_accuracy, progress.best_loss = found.accuracy, found.loss
        save_best(task, network, found.accuracy)
    row = {
        "epoch": pace.epochs,
        "seconds": pace.seconds,
        "learning_rate": pace.learning_rate(task.config.recipe),
        "train_loss": train_loss,
        "train_accuracy": train_accuracy,
        "validation_loss": found.loss,
        "validation_accuracy": found.accuracy,
        "images_per_second": pace.images_per_second,
    }
    # The end of a budget within an epoch gives a row; the rest of that epoch, trained later, takes its place.
    progress.history = [old for old in progress.history if old["epoch"] <= progress.epoch] + [row]
    runs.write_metrics(task.folder, progress.history)
    return {**row, "best": best, "eta_s": pace.eta_s()}
