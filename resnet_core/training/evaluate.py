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
from resnet_core.training.judgement import confusion_matrix

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
    answered, kept = [np.zeros(0, np.int64)], [np.zeros((0, classes), np.float32)]
    loss = 0.0
    was_training = network.training
    network.eval()
    try:
        for logits, batch_loss in _answers(network, pictures, look, arithmetic):
            answered.append(logits.argmax(1).cpu().numpy())
            loss += batch_loss
            if keep_probabilities:
                kept.append(logits.softmax(1).cpu().numpy())
    finally:
        network.train(was_training)
    predicted = np.concatenate(answered)
    confusion = confusion_matrix(pictures.labels, predicted, classes)
    return Evaluation(loss / max(1, len(pictures)), confusion, predicted, np.concatenate(kept))


def _answers(
    network: nn.Module, pictures: LabelledImages, look: Look, arithmetic: Arithmetic
) -> Iterator[tuple[Tensor, float]]:
    """Of each batch, in the order of the pictures, the logits and the sum of the losses."""
    with torch.inference_mode():
        for batch in look.batches(pictures, BATCH_SIZE):
            with arithmetic.autocast():
                logits = network(batch.images).float()
            loss = functional.cross_entropy(logits, batch.labels, reduction="sum")
            yield logits, float(loss)
