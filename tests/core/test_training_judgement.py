"""Confusions, accuracy by class, sure mistakes and calibration, against cases counted by hand."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from resnet_core.training.answers import Answers
from resnet_core.training.judgement import (
    Bin,
    Confusion,
    calibration,
    cell,
    confusion_matrix,
    confusions,
    judge,
)

# cat, cat, cat, dog, dog, owl; the second class is never the answer, the last one has one picture.
LABELS = np.array([0, 0, 0, 1, 1, 2])
PREDICTED = np.array([0, 2, 0, 0, 0, 2])
CONFIDENCE = np.array([0.5, 0.75, 0.625, 0.5, 0.875, 1.0], np.float32)


def answers(labels: np.ndarray = LABELS, predicted: np.ndarray = PREDICTED) -> Answers:
    probabilities = np.zeros((len(labels), 3), np.float16)
    probabilities[np.arange(len(labels)), predicted] = CONFIDENCE[: len(labels)]
    return Answers(("cat", "dog", "owl"), labels, predicted, CONFIDENCE[: len(labels)], probabilities)


def test_everything_of_six_pictures() -> None:
    found = judge(answers())
    assert found.matrix.tolist() == [[2, 0, 1], [2, 0, 0], [0, 0, 1]]
    assert (found.images, found.correct, found.accuracy) == (6, 3, 0.5)
    assert found.recall == pytest.approx([2 / 3, 0, 1])
    assert found.precision == pytest.approx([0.5, np.nan, 0.5], nan_ok=True)
    assert found.mistakes.tolist() == [4, 1, 3]  # the surest first


def test_the_most_frequent_confusions() -> None:
    matrix = confusion_matrix(LABELS, PREDICTED, 3)
    assert confusions(matrix, 10) == (Confusion(1, 0, 2, 2), Confusion(0, 2, 1, 3))
    assert confusions(matrix, 1) == (Confusion(1, 0, 2, 2),)
    assert confusions(np.diag([3, 1]), 5) == ()
    assert [found.share for found in confusions(matrix, 2)] == [1, pytest.approx(1 / 3)]
    assert Confusion(0, 1, 0, 0).share == 0


def test_the_pictures_of_a_cell() -> None:
    given = answers()
    assert cell(given, 1, 0).tolist() == [4, 3]  # mistakes: the surest first
    assert cell(given, 0, 0).tolist() == [0, 2]  # right answers: the least sure first
    assert cell(given, 2, 1).tolist() == []


def test_equally_sure_mistakes_keep_their_order() -> None:
    labels, predicted = np.zeros(4, np.int64), np.ones(4, np.int64)
    given = Answers(("a", "b"), labels, predicted, np.full(4, 0.5, np.float32), np.full((4, 2), 0.5, np.float16))
    assert judge(given).mistakes.tolist() == [0, 1, 2, 3]


def test_calibration_by_hand() -> None:
    """Two bins: (0, 0.5] with one right of two, (0.5, 1] with three right of four."""
    confidence = np.array([0.25, 0.5, 0.625, 0.75, 0.875, 1.0], np.float32)
    correct = np.array([True, False, True, True, True, False])
    found = calibration(confidence, correct, bins=2)
    assert found.bins == (Bin(0, 0.5, 2, 0.375, 0.5), Bin(0.5, 1, 4, 0.8125, 0.75))
    assert found.error == pytest.approx(2 / 6 * 0.125 + 4 / 6 * 0.0625)
    assert found.confidence == pytest.approx(confidence.mean())
    assert found.accuracy == pytest.approx(4 / 6)


def test_edges_belong_to_the_bin_below_and_zero_to_the_first() -> None:
    found = calibration(np.array([0.0, 0.25, 0.5, 1.0], np.float32), np.ones(4, bool), bins=4)
    assert [entry.count for entry in found.bins] == [2, 1, 0, 1]
    assert (found.bins[2].confidence, found.bins[2].accuracy) == (0, 0)


def test_a_network_that_knows_what_it_knows_has_no_error() -> None:
    confidence = np.full(8, 0.75, np.float32)
    found = calibration(confidence, np.array([True, True, True, False] * 2))
    assert found.error == 0
    assert len(found.bins) == 15


def test_the_error_is_that_of_a_straight_reading_of_the_paper() -> None:
    random = np.random.default_rng(0)
    confidence = random.uniform(0, 1, 500).astype(np.float32)
    correct = random.uniform(0, 1, 500) < confidence**2
    total = 0.0
    for number in range(15):
        inside = (confidence > number / 15) & (confidence <= (number + 1) / 15)
        if inside.any():
            total += inside.mean() * abs(correct[inside].mean() - confidence[inside].astype(float).mean())
    assert calibration(confidence, correct).error == pytest.approx(total, abs=1e-9)


def test_nothing_was_asked() -> None:
    none = np.zeros(0, np.int64)
    found = judge(Answers(("a", "b"), none, none, np.zeros(0, np.float32), np.zeros((0, 2), np.float16)))
    assert (found.images, found.accuracy, found.calibration.error) == (0, 0, 0)
    assert np.isnan(found.recall).all()


@pytest.mark.parametrize("module", ["judgement", "answers", "results", "degradation_lab"])
def test_the_window_can_judge_without_torch(module: str) -> None:
    code = f"import sys, resnet_core.training.{module}; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
