"""Two analyses side by side: distances that are what their names say, also where shapes differ."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resnet_core.analysis import Prediction
from resnet_core.evidence import comparison
from resnet_core.evidence.comparison import (
    class_pairs,
    cosine,
    linear_cka,
    most_alike,
    moved_channels,
    on_one_grid,
    relative_l2,
    shared_range,
    stage_distance,
)


def random(*shape: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def plain_cka(left: np.ndarray, right: np.ndarray, *, debiased: bool) -> float:
    """By the definition: Gram matrices, centred (Kornblith et al. 2019), or without their diagonals (Song et al.)."""

    def hsic(k: np.ndarray, m: np.ndarray) -> float:
        n = len(k)
        if not debiased:
            h = np.eye(n) - 1 / n
            return float(np.trace(k @ h @ m @ h))
        k, m, one = k - np.diag(np.diag(k)), m - np.diag(np.diag(m)), np.ones(n)
        sums = (one @ k @ one) * (one @ m @ one) / ((n - 1) * (n - 2))
        return float((np.trace(k @ m) + sums - 2 / (n - 2) * (one @ k @ m @ one)) / (n * (n - 3)))

    x, y = left.astype(float), right.astype(float)
    k, m = x @ x.T, y @ y.T
    return hsic(k, m) / np.sqrt(hsic(k, k) * hsic(m, m))


@pytest.mark.parametrize("shape", [(40, 3, 5), (12, 30, 50), (9, 4, 40)])
@pytest.mark.parametrize("debiased", [False, True])
def test_cka_is_its_definition(shape: tuple[int, int, int], debiased: bool) -> None:
    n, p, q = shape
    left, right = random(n, p), random(n, q, seed=1)
    right[:, :2] += left[:, :2]
    assert linear_cka(left, right, debiased=debiased) == pytest.approx(plain_cka(left, right, debiased=debiased))


@given(st.integers(0, 1000), st.sampled_from([False, True]))
@settings(max_examples=20, deadline=None)
def test_cka_knows_neither_rotation_nor_scale_nor_offset(seed: int, debiased: bool) -> None:
    left = random(30, 6, seed=seed)
    turn, _ = np.linalg.qr(random(6, 6, seed=seed + 1))
    right = (7 * left @ turn + 3).astype(np.float32)
    assert linear_cka(left, right, debiased=debiased) == pytest.approx(1, abs=1e-4)


def test_noise_of_many_channels_at_few_places_is_alike_only_without_debiasing() -> None:
    left, right = random(49, 2048), random(49, 2048, seed=1)
    assert linear_cka(left, right) > 0.9
    assert abs(linear_cka(left, right, debiased=True)) < 0.05


def test_cka_of_what_does_not_vary_or_has_too_few_places_is_none() -> None:
    assert linear_cka(np.ones((9, 3), np.float32), random(9, 3)) is None
    assert linear_cka(random(3, 5), random(3, 5), debiased=True) is None
    assert linear_cka(random(1, 5), random(1, 5)) is None


def test_relative_l2_and_cosine() -> None:
    left = np.array([3.0, 4.0], np.float32)
    assert relative_l2(left, left) == 0
    assert relative_l2(left, 2 * left) == pytest.approx(1)
    assert relative_l2(left, np.zeros(2, np.float32)) == pytest.approx(1)
    assert relative_l2(np.zeros(2, np.float32), left) == 1
    assert relative_l2(np.zeros(2, np.float32), np.zeros(2, np.float32)) == 0
    assert cosine(left, np.array([-4.0, 3.0], np.float32)) == pytest.approx(0)
    assert cosine(left, -left) == pytest.approx(-1)
    assert cosine(left, np.zeros(2, np.float32)) is None


def test_maps_of_other_sizes_are_compared_on_the_coarser_grid() -> None:
    left = random(3, 8, 6)
    right = random(5, 4, 9, seed=1)
    one, other = on_one_grid(left, right)
    assert one.shape == (3, 4, 6)
    assert other.shape == (5, 4, 6)
    assert one == pytest.approx(left.reshape(3, 4, 2, 6).mean(axis=2), abs=1e-6)
    assert other.mean(axis=2) == pytest.approx(right.mean(axis=2), abs=1e-6)
    same, untouched = on_one_grid(left, random(2, 8, 6))
    assert same is left
    assert untouched.shape == (2, 8, 6)


def test_only_maps_of_one_shape_are_compared_value_by_value() -> None:
    alike = stage_distance("layer1", random(4, 5, 5), random(4, 5, 5, seed=1))
    assert alike.relative_l2 is not None
    assert alike.cosine is not None
    other = stage_distance("layer1", random(4, 5, 5), random(6, 10, 10, seed=1))
    assert other.relative_l2 is other.cosine is None
    assert other.cka is not None
    assert other.positions == 25


def test_the_same_maps_are_no_distance_apart() -> None:
    maps = np.maximum(random(16, 7, 7), 0)
    found = stage_distance("layer4", maps, maps)
    assert found.relative_l2 == 0
    assert found.cosine == pytest.approx(1)
    assert found.cka == pytest.approx(1)
    assert found.cka_debiased == pytest.approx(1)


def prediction(label: str, index: int, probability: float) -> Prediction:
    return Prediction(label, index, probability, 0.0)


def test_classes_are_matched_by_name_and_the_surest_come_first() -> None:
    left = [prediction("cat", 0, 0.7), prediction("crane", 1, 0.2), prediction("crane", 2, 0.1)]
    right = [prediction("crane", 2, 0.9), prediction("cat", 0, 0.05), prediction("crane", 1, 0.05)]
    found = class_pairs(left, right, 5)
    assert [(one.label, one.left, one.right) for one in found] == [
        ("crane", 0.1, 0.9),
        ("cat", 0.7, 0.05),
        ("crane", 0.2, 0.05),
    ]
    assert found[0].change == pytest.approx(0.8)
    foreign = class_pairs(left, [prediction("tabby", 0, 1.0)], 2)
    assert [(one.label, one.left, one.right, one.change) for one in foreign] == [
        ("tabby", None, 1.0, None),
        ("cat", 0.7, None, None),
    ]


def test_channels_whose_means_are_furthest_apart_come_first() -> None:
    left = np.zeros((4, 2, 2), np.float32)
    right = left.copy()
    right[2], right[1] = -5, 3
    assert [(one.channel, one.left, one.right) for one in moved_channels(left, right, 2)] == [(2, 0, -5), (1, 0, 3)]


def test_the_channel_that_does_the_same_work_is_found_whatever_its_number_and_scale() -> None:
    maps = random(6, 8, 8)
    plane = 5 * maps[4] + 2 + 0.1 * random(8, 8, seed=3)
    channel, correlation = most_alike(plane, maps)
    assert channel == 4
    assert correlation == pytest.approx(np.corrcoef(plane.ravel(), maps[4].ravel())[0, 1])
    coarse = maps.reshape(6, 4, 2, 4, 2).mean(axis=(2, 4))
    assert most_alike(maps[2], coarse) == (2, pytest.approx(1, abs=1e-6))
    assert most_alike(np.ones((8, 8), np.float32), maps) == (0, 0.0)


def test_both_sides_have_one_scale_and_numbers_that_are_none_do_not_count() -> None:
    left = np.array([[0.5, np.nan]], np.float32)
    right = np.array([[2.0, -1.0]], np.float32)
    assert shared_range(left, right) == comparison.Range(-1.0, 2.0)
    assert shared_range(left, right, signed=True) == comparison.Range(-2.0, 2.0, True)
    assert shared_range(left[:, 1:], left[:, 1:]) == comparison.Range(0.0, 0.0)


def test_the_numbers_can_be_written_down() -> None:
    left, right = {"conv1": random(4, 5, 5)}, {"conv1": random(4, 5, 5, seed=1), "layer1": random(4, 5, 5)}
    distances = comparison.stage_distances(left, right, ("conv1", "layer1"))
    moved = moved_channels(left["conv1"], right["conv1"], 2)
    classes = class_pairs([prediction("a", 0, 1.0)], [prediction("a", 0, 0.5)], 3)
    written = comparison.numbers(
        {"left": "x"}, classes, distances, "conv1", moved, {"left": left["conv1"][0]}
    ).as_json()
    assert written["left"] == "x"
    assert written["predictions"] == [{"label": "a", "left": 1.0, "right": 0.5, "change": -0.5}]
    assert [row["output"] for row in written["stages"]] == ["conv1"]
    assert written["stages"][0]["left"] == [4, 5, 5]
    assert len(written["channels"]) == 2
    assert written["arrays"] == {"left": [5, 5]}
