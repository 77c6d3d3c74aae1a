"""Where a training is in time: the clock without its pauses, the share of the budget, the learning rate, the ETA."""

from __future__ import annotations

import math
import time

from resnet_core.training.config import Recipe
from resnet_core.training.schedule import triangle
from resnet_core.training.state import Progress

EVALUATION_SPEED = 2.5  # times that of training, until it has been measured
_LEAST_FACTOR = 1e-4


class Pace:
    """Reads `progress`, and keeps its clock. `per_epoch` batches of `batch_size` pictures make an epoch."""

    def __init__(self, progress: Progress, per_epoch: int, batch_size: int, validation: int, test: int) -> None:
        self.progress = progress
        self._batch_seconds = 0.0  # lately; 0: not known yet
        self._per_epoch, self._batch_size = per_epoch, batch_size
        self._validation, self._test = validation, test
        self._zero: float | None = None

    @property
    def epochs(self) -> float:
        return (self.progress.epoch * self._per_epoch + self.progress.batch) / self._per_epoch

    @property
    def seconds(self) -> float:
        return self.progress.seconds if self._zero is None else time.monotonic() - self._zero

    def start(self) -> None:
        self._zero = time.monotonic() - self.progress.seconds

    def forget(self, seconds: float) -> None:
        """What was spent waiting does not count."""
        if self._zero is not None:
            self._zero += seconds

    def trained(self, seconds: float) -> None:
        """A batch took so long."""
        known = self._batch_seconds
        self._batch_seconds = 0.95 * known + 0.05 * seconds if known else seconds

    @property
    def images_per_second(self) -> float:
        """Of the last twenty batches or so; 0 before the first one."""
        return self._batch_size / self._batch_seconds if self._batch_seconds else 0.0

    def share(self, batches_ahead: float = 0.0) -> float:
        """How much of the budget is spent, 0 … 1. By the clock the last validation is counted as spent from the start:
        it has to fit in."""
        cycle = self.progress.cycle
        if self.progress.finished:
            return 1.0
        seconds = self.seconds + (self._evaluation(self._validation) if cycle.unit == "seconds" else 0.0)
        return cycle.share(self.epochs + batches_ahead / self._per_epoch, seconds)

    def learning_rate(self, recipe: Recipe) -> float:
        """Of the coming batch: the schedule's in its middle, so that neither the first nor the last is for nothing."""
        factor = max(triangle(self.share(batches_ahead=0.5), recipe.peak_at), _LEAST_FACTOR)
        return self.progress.cycle.factor * recipe.learning_rate * factor

    def eta_s(self) -> float | None:
        """Seconds until the end, validations and the final test counted; None while there is nothing to go by."""
        cycle, validation = self.progress.cycle, self._evaluation(self._validation)
        test = self._evaluation(self._test)
        if cycle.unit == "seconds":
            return max(0.0, cycle.end - self.seconds) + test
        if not self.images_per_second:
            return None
        epochs = max(0.0, cycle.end - self.epochs)
        images = epochs * self._per_epoch * self._batch_size
        return images / self.images_per_second + math.ceil(epochs) * validation + test

    def _evaluation(self, images: int) -> float:
        if self.progress.evaluate_seconds:
            return self.progress.evaluate_seconds * images / max(1, self._validation)
        return images / (EVALUATION_SPEED * self.images_per_second) if self.images_per_second else 0.0
