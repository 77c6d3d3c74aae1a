"""How good a network is on pictures it has not learned from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from resnet_core.dataset import LabelledImages
from resnet_core.training.arithmetic import Arithmetic
from resnet_core.training.data import Look

BATCH_SIZE = 250


@dataclass(frozen=True, eq=False)
class Evaluation:
    """`confusion[t, a]` counts the pictures of class t that were answered with a. No test-time augmentation.

    `predicted` int64 (N,), the answers; `probabilities` float32 (N, classes), none where they were not asked for.
    """

    loss: float
    confusion: NDArray[np.int64] = field(repr=False)
    predicted: NDArray[np.int64] = field(repr=False)
    probabilities: NDArray[np.float32] = field(repr=False)

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
    network: nn.Module,
    pictures: LabelledImages,
    classes: int,
    look: Look,
    arithmetic: Arithmetic,
    *,
    keep_probabilities: bool = False,
) -> Evaluation:
    """Leaves the network in the mode it was in."""
    confusion = np.zeros((classes, classes), np.int64)
    predicted, kept = [np.zeros(0, np.int64)], [np.zeros((0, classes), np.float32)]
    loss = 0.0
    was_training = network.training
    network.eval()
    try:
        for logits, labels, batch_loss in _answers(network, pictures, look, arithmetic):
            predicted.append(logits.argmax(1).cpu().numpy())
            np.add.at(confusion, (labels, predicted[-1]), 1)
            loss += batch_loss
            if keep_probabilities:
                kept.append(logits.softmax(1).cpu().numpy())
    finally:
        network.train(was_training)
    return Evaluation(loss / max(1, len(pictures)), confusion, np.concatenate(predicted), np.concatenate(kept))


def _answers(
    network: nn.Module, pictures: LabelledImages, look: Look, arithmetic: Arithmetic
) -> Iterator[tuple[Tensor, NDArray[np.int64], float]]:
    """Of each batch the logits, the true labels and the sum of the losses."""
    with torch.inference_mode():
        for batch in look.batches(pictures, BATCH_SIZE):
            with arithmetic.autocast():
                logits = network(batch.images).float()
            loss = functional.cross_entropy(logits, batch.labels, reduction="sum")
            yield logits, batch.labels.cpu().numpy(), float(loss)
