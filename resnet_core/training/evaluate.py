"""How good a network is on pictures it has not learned from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from resnet_core.dataset import LabelledImages
from resnet_core.training.arithmetic import Arithmetic
from resnet_core.training.data import Look

BATCH_SIZE = 250


@dataclass(frozen=True, eq=False)
class Evaluation:
    """`confusion[t, a]` counts the pictures of class t that were answered with a. No test-time augmentation."""

    loss: float
    confusion: NDArray[np.int64] = field(repr=False)

    @property
    def images(self) -> int:
        return int(self.confusion.sum())

    @property
    def correct(self) -> int:
        return int(np.trace(self.confusion))

    @property
    def accuracy(self) -> float:
        return self.correct / max(1, self.images)


def evaluate(
    network: nn.Module, pictures: LabelledImages, classes: int, look: Look, arithmetic: Arithmetic
) -> Evaluation:
    """Leaves the network in the mode it was in."""
    confusion = np.zeros((classes, classes), np.int64)
    loss = 0.0
    was_training = network.training
    network.eval()
    try:
        for answers, labels, batch_loss in _answers(network, pictures, look, arithmetic):
            np.add.at(confusion, (labels, answers), 1)
            loss += batch_loss
    finally:
        network.train(was_training)
    return Evaluation(loss / max(1, len(pictures)), confusion)


def _answers(
    network: nn.Module, pictures: LabelledImages, look: Look, arithmetic: Arithmetic
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], float]]:
    """Of each batch the answers, the true labels and the sum of the losses."""
    with torch.inference_mode():
        for batch in look.batches(pictures, BATCH_SIZE):
            with arithmetic.autocast():
                logits = network(batch.images).float()
            loss = functional.cross_entropy(logits, batch.labels, reduction="sum")
            yield logits.argmax(1).cpu().numpy(), batch.labels.cpu().numpy(), float(loss)
