"""A part of an enlarged picture, in the numbers of Pillow's `Resample.c`, without making the rest. Numpy alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resnet_core.colours import Rgb


@dataclass(frozen=True)
class _Filter:
    support: float
    weight: Callable[[NDArray[np.float64]], NDArray[np.float64]]


def _triangle(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.maximum(1.0 - np.abs(x), 0.0)


def _cubic(x: NDArray[np.float64]) -> NDArray[np.float64]:
    a, x = -0.5, np.abs(x)
    near = ((a + 2.0) * x - (a + 3.0)) * x * x + 1
    far = (((x - 5) * x + 8) * x - 4) * a
    return np.where(x < 1.0, near, np.where(x < 2.0, far, 0.0))


_FILTERS = {
    "bilinear": _Filter(1.0, _triangle),
    "bicubic": _Filter(2.0, _cubic),
}


def enlarged_part(rgb: Rgb, size: tuple[int, int], box: tuple[int, int, int, int], interpolation: str) -> Rgb:
    """The part `box` of the picture enlarged to `size` (width, height), in Pillow's numbers, without making the rest.

    A strip of 1 x 4000 px would grow to 256 x 1,024,000 px. Only for enlarging: there Pillow always goes along the
    rows first, else along whichever axis it takes to be cheaper. `interpolation` is "bilinear" or "bicubic".
    """
    kind, (x0, y0, x1, y1) = _FILTERS[interpolation], box
    columns, across = _taps(rgb.shape[1], size[0], x0, x1, kind)
    rows, down = _taps(rgb.shape[0], size[1], y0, y1, kind)
    band = rgb[rows.min() : rows.max() + 1]
    wide = _rounded(sum(band[:, column] * weight[:, None] for column, weight in zip(columns, across, strict=True)))
    return _rounded(sum(wide[row] * weight[:, None, None] for row, weight in zip(rows - rows.min(), down, strict=True)))


def _taps(side: int, size: int, start: int, stop: int, kind: _Filter) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the pixels `start` … `stop` - 1 of an axis enlarged from `side` to `size` come from.

    Indices and weights in units of 2^-22, both (taps, stop - start); what is outside the picture has weight 0.
    """
    centre = (np.arange(start, stop) + 0.5) * (side / size)
    first = np.maximum(np.trunc(centre - kind.support + 0.5), 0).astype(np.int64)
    last = np.minimum(np.trunc(centre + kind.support + 0.5), side).astype(np.int64)
    index = first + np.arange(int((last - first).max()))[:, None]
    weights = np.where(index < last, kind.weight(index - centre + 0.5), 0.0)
    total = np.zeros(stop - start)
    for weight in weights:  # one after the other, as C adds them up
        total += weight
    weights /= total
    return np.minimum(index, side - 1), np.trunc(weights * (1 << 22) + np.copysign(0.5, weights)).astype(np.int64)


def _rounded(fixed: NDArray[np.int64]) -> Rgb:
    rounded: Rgb = np.clip((fixed + (1 << 21)) >> 22, 0, 255).astype(np.uint8)
    return rounded
