"""What a network's answers say about it: confusions, accuracy by class, sure mistakes, calibration. numpy only."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from resnet_core.training.answers import Answers

BINS = 15  # of Guo et al.


@dataclass(frozen=True)
class Confusion:
    """`count` of the `of` pictures of class `true` were answered with class `answer` (indices of classes)."""

    true: int
    answer: int
    count: int
    of: int

    @property
    def share(self) -> float:
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True)
class Bin:
    """The answers with a confidence above `low` and up to `high`: how many, their mean confidence, how many of them
    are right as a share. Both are 0 in a bin without answers."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True)
class Calibration:
    """Whether answers that the network is 80 % sure of are right 80 % of the time.

    `error` is the expected calibration error (Guo et al. 2017, arXiv:1706.04599, equation 3), 0 … 1; `confidence` and
    `accuracy` are means over all answers: above it, the network is too sure of itself.
    """

    bins: tuple[Bin, ...]
    error: float
    confidence: float
    accuracy: float


@dataclass(frozen=True, eq=False)
class Judgement:
    """`matrix[t, a]` counts the pictures of class t answered with a, int64 (classes, classes).

    `recall[c]`, the accuracy of class c: the share of its pictures that were recognised; `precision[c]`: the share of
    the answers c that were right. NaN where there is no such picture or answer. `mistakes`: indices of all pictures
    answered wrongly, the surest first.
    """

    images: int
    correct: int
    matrix: NDArray[np.int64] = field(repr=False)
    recall: NDArray[np.float64] = field(repr=False)
    precision: NDArray[np.float64] = field(repr=False)
    mistakes: NDArray[np.int64] = field(repr=False)
    calibration: Calibration = field(repr=False)

    @property
    def accuracy(self) -> float:
        return self.correct / max(1, self.images)


def judge(answers: Answers) -> Judgement:
    """Everything that can be said of the answers. Takes some ms for 10,000."""
    matrix = confusion_matrix(answers.labels, answers.predicted, len(answers.classes))
    hits = matrix.diagonal().astype(np.float64)
    return Judgement(
        images=len(answers),
        correct=int(matrix.trace()),
        matrix=matrix,
        recall=_ratio(hits, matrix.sum(1)),
        precision=_ratio(hits, matrix.sum(0)),
        mistakes=_by_confidence(answers, ~answers.correct),
        calibration=calibration(answers.confidence, answers.correct),
    )


def confusion_matrix(labels: NDArray[np.int64], predicted: NDArray[np.int64], classes: int) -> NDArray[np.int64]:
    """`result[t, a]`: how many of class t were answered with a; int64 (classes, classes)."""
    counted = np.bincount(labels * classes + predicted, minlength=classes * classes)
    return counted.reshape(classes, classes).astype(np.int64)


def confusions(matrix: NDArray[np.int64], most: int) -> tuple[Confusion, ...]:
    """The mistakes that are made most often, by how often, then in the order of classes; none that was not made."""
    wrong = matrix.copy()
    np.fill_diagonal(wrong, 0)
    counts, totals = wrong.ravel(), matrix.sum(1)
    made = np.flatnonzero(counts)  # few of the million cells of a thousand classes
    order = made[np.argsort(-counts[made], kind="stable")[:most]]
    places = (divmod(int(place), len(matrix)) for place in order)
    return tuple(Confusion(true, answer, int(matrix[true, answer]), int(totals[true])) for true, answer in places)


def cell(answers: Answers, true: int, answer: int) -> NDArray[np.int64]:
    """Indices of the pictures in a cell of the confusion matrix, those first that say most about the network: of
    mistakes the surest, of right answers the least sure."""
    chosen = (answers.labels == true) & (answers.predicted == answer)
    found = _by_confidence(answers, chosen)
    return found[::-1] if true == answer else found


def calibration(confidence: NDArray[np.float32], correct: NDArray[np.bool_], bins: int = BINS) -> Calibration:
    """Bins of equal width ((m - 1) / bins, m / bins], as Guo et al. have them."""
    confidence = confidence.astype(np.float64)
    edges = np.arange(bins + 1) / bins
    # An edge belongs to the bin below it: 1.0 to the last one.
    place = np.clip(np.searchsorted(edges, confidence, side="left") - 1, 0, bins - 1)
    counts = np.bincount(place, minlength=bins)
    sure = np.bincount(place, confidence, bins)
    right = np.bincount(place, correct.astype(np.float64), bins)
    total = max(1, len(confidence))
    made = tuple(
        Bin(float(low), float(high), int(count), float(s / max(1, count)), float(r / max(1, count)))
        for low, high, count, s, r in zip(edges[:-1], edges[1:], counts, sure, right, strict=True)
    )
    return Calibration(
        made, float(np.abs(right - sure).sum() / total), float(sure.sum() / total), float(right.sum() / total)
    )


def _by_confidence(answers: Answers, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Indices of the chosen ones, the surest first; equals in their order."""
    indices = np.flatnonzero(chosen)
    found: NDArray[np.int64] = indices[np.argsort(-answers.confidence[indices], kind="stable")]
    return found


def _ratio(part: NDArray[np.float64], whole: NDArray[np.int64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.full(len(part), np.nan)
    np.divide(part, whole, out=found, where=whole > 0)
    return found
