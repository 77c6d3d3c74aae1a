"""A small map laid over a photo: the one thing that is interpolated, because a photo has no 7 by 7 squares."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from resnet_core.colours import Range, Values, colour

COLOURS = "magma"  # of maps without a sign; signed ones are drawn diverging
COVER = 0.7  # the power of a signed value that its cover grows by: below 1, because faint colours over a photo are lost


def smoothed(values: Values, height: int, width: int) -> Values:
    """A map (h, w) at (height, width): bicubic between the middles of its cells, never beyond its extremes.

    Each cell covers its share of the photo, and the outermost values reach to the edge.
    """
    down, across = _weights(values.shape[0], height), _weights(values.shape[1], width)
    found: Values = np.clip(down @ values @ across.T, values.min(), values.max())
    return found


def rgba(values: Values, low: float, high: float, signed: bool, size: tuple[int, int]) -> NDArray[np.uint8]:
    """The map as colours with transparency, (height, width, 4) uint8 for `size`, smoothly interpolated.

    Signed ones are clear where they are 0 and cover more the further they are from it; others cover alike everywhere.
    """
    large = smoothed(values, *size)
    picture = np.empty((*large.shape, 4), np.uint8)
    picture[..., :3] = colour(large, Range(low, high, signed), COLOURS)
    if signed:
        reach = max(abs(low), abs(high)) or 1.0
        picture[..., 3] = np.rint(255 * np.minimum(np.abs(large) / reach, 1) ** COVER)
    else:
        picture[..., 3] = 255
    return picture


def laid_over(rgb: NDArray[np.uint8], layer: NDArray[np.uint8], strength: float) -> NDArray[np.uint8]:
    """A picture (H, W, 3) under `rgba`'s answer for its size; `strength` 0 … 1 is how much of it is covered at most.

    The picture loses its own colours meanwhile, so that a ginger cat is not taken for evidence.
    """
    under = rgb + (greyed(rgb).astype(np.float32) - rgb) * grey_share(strength)
    alpha = (strength / 255) * layer[..., 3:].astype(np.float32)
    mixed: NDArray[np.uint8] = np.rint(under + (layer[..., :3] - under) * alpha).astype(np.uint8)
    return mixed


def greyed(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture (H, W, 3) without its colours, by the luma of ITU-R BT.601."""
    luma = rgb @ np.array([0.299, 0.587, 0.114], np.float32)
    return np.repeat(np.rint(luma).astype(np.uint8)[..., None], 3, axis=2)


def grey_share(strength: float) -> float:
    """How much of its colours a photo loses under a layer of this strength: all from one half on."""
    return min(1.0, 2 * strength)


def _weights(cells: int, pixels: int) -> Values:
    """(pixels, cells): how much each cell counts in each pixel, by Keys' cubic with a = -0.5; rows sum to 1."""
    if cells == 1:
        return np.ones((pixels, 1), np.float32)
    place = (np.arange(pixels) + 0.5) * (cells / pixels) - 0.5
    first = np.floor(place).astype(np.int64)
    weights = np.zeros((pixels, cells))
    for tap in range(-1, 3):
        distance = np.abs(place - (first + tap))
        near = ((1.5 * distance - 2.5) * distance) * distance + 1
        far = ((-0.5 * distance + 2.5) * distance - 4) * distance + 2
        weight = np.where(distance < 1, near, np.where(distance < 2, far, 0.0))
        np.add.at(weights, (np.arange(pixels), np.clip(first + tap, 0, cells - 1)), weight)
    return weights.astype(np.float32)
