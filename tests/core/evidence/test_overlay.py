"""The smooth picture of a small map over a photo."""

from __future__ import annotations

import numpy as np
import pytest

from resnet_core.evidence import overlay


@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (2, 2), (7, 7), (4, 9)])
def test_a_map_is_smoothed_through_its_own_values(shape: tuple[int, int]) -> None:
    values = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    large = overlay.smoothed(values, shape[0] * 9, shape[1] * 9)
    assert large.shape == (shape[0] * 9, shape[1] * 9)
    assert np.allclose(large[4::9, 4::9], values, atol=1e-5)  # the middle of each cell
    assert large.min() >= values.min() - 1e-6
    assert large.max() <= values.max() + 1e-6


def test_a_flat_map_stays_flat() -> None:
    large = overlay.smoothed(np.full((7, 7), 2.5, np.float32), 50, 31)
    assert np.allclose(large, 2.5)


def test_a_signed_map_is_clear_where_it_is_zero() -> None:
    values = np.array([[0, 2], [-1, 0]], np.float32)
    layer = overlay.rgba(values, -2, 2, True, (2, 2))
    assert layer[..., 3].tolist() == [[0, 255], [round(255 * 0.5**overlay.COVER), 0]]
    assert layer[0, 1, 0] > layer[0, 1, 2]  # above 0: orange
    assert layer[1, 0, 2] > layer[1, 0, 0]  # below: blue
    assert (overlay.rgba(values, 0, 2, False, (2, 2))[..., 3] == 255).all()
    assert not overlay.rgba(np.zeros((2, 2), np.float32), 0, 0, True, (4, 4))[..., 3].any()


def test_laid_over_a_photo() -> None:
    photo = np.full((4, 4, 3), 100, np.uint8)
    layer = overlay.rgba(np.array([[0, 1]], np.float32), -1, 1, True, (4, 4))
    assert np.array_equal(overlay.laid_over(photo, layer, 0), photo)
    half = overlay.laid_over(photo, layer, 0.5)
    assert np.array_equal(half[:, 0], photo[:, 0])
    red = np.full((4, 4, 3), (200, 0, 0), np.uint8)
    assert (overlay.laid_over(red, layer, 0.5)[:, 0] == 60).all()  # its luma
    full = layer[:, 3, :3].astype(float)
    assert np.allclose(half[:, 3], (full + 100) / 2, atol=1)
