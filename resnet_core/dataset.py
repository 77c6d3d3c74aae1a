"""Labelled pictures in memory, and how they are split: what the trainer is given, wherever they came from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

SPLIT_SEED = 2015
"""Fixed for good: a picture that was once held out for validation is never trained on by a later run."""


@dataclass(frozen=True, eq=False)
class LabelledImages:
    """`images` uint8 (N, 3, H, W), red, green, blue; `labels` int64 (N,), each the index of a class.

    `files`: where each picture came from, as a path in the data set's folder; empty where there is no such file.
    """

    images: NDArray[np.uint8] = field(repr=False)
    labels: NDArray[np.int64] = field(repr=False)
    files: tuple[str, ...] = field(default=(), repr=False)

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, indices: NDArray[np.int64]) -> LabelledImages:
        files = tuple(self.files[index] for index in indices) if self.files else ()
        return LabelledImages(self.images[indices], self.labels[indices], files)


@dataclass(frozen=True, eq=False)
class Dataset:
    """Pictures to learn from, to choose the best epoch by, and to be judged by once, at the end.

    `bad` has a sentence for each file that had to be skipped.
    """

    name: str
    classes: tuple[str, ...]
    train: LabelledImages
    validation: LabelledImages
    test: LabelledImages
    bad: tuple[str, ...] = ()

    @property
    def side_px(self) -> int:
        return int(self.train.images.shape[-1])

    def limited(self, train_images: int) -> Dataset:
        """With about `train_images` of the training pictures, as many of each class, and a ninth of that to validate.

        The test pictures stay all of them: accuracies stay comparable.
        """
        if train_images >= len(self.train):
            return self
        fewer = [
            part.take(held_out(part.labels, min(share, 1.0)))
            for part, share in (
                (self.train, train_images / len(self.train)),
                (self.validation, train_images / 9 / len(self.validation)),
            )
        ]
        return replace(self, train=fewer[0], validation=fewer[1])


def held_out(labels: NDArray[np.int64], share: float) -> NDArray[np.int64]:
    """Indices, in order, of `share` of every class: at least one of each. The same ones every time, on every machine.

    numpy promises that `RandomState` keeps giving the same numbers (NEP 19); its newer generators may change.
    """
    random = np.random.RandomState(SPLIT_SEED)
    chosen = []
    for label in range(int(labels.max(initial=-1)) + 1):
        members = random.permutation(np.flatnonzero(labels == label))
        chosen.append(members[: max(1, round(share * len(members)))])
    return np.sort(np.concatenate(chosen)) if chosen else np.zeros(0, np.int64)


def split(images: LabelledImages, share: float) -> tuple[LabelledImages, LabelledImages]:
    """The pictures without `share` of every class, and that share."""
    aside = held_out(images.labels, share)
    rest = np.setdiff1d(np.arange(len(images)), aside)
    return images.take(rest), images.take(aside)
