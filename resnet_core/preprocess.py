"""From a picture to what a network is given: uint8 (H, W, 3) -> float32 (1, 3, S, S). Pillow and numpy.

Equal to torchvision's `ImageClassification` preset on PIL images: bit for bit up to the crop, and in float32 after
it. Resizing is Pillow's, antialiased; its arithmetic is that of Pillow's `Resample.c`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from resnet_core.errors import LensError

Rgb = NDArray[np.uint8]
Triple = tuple[float, float, float]

IMAGENET_MEAN: Triple = (0.485, 0.456, 0.406)
IMAGENET_STD: Triple = (0.229, 0.224, 0.225)

_MAX_SIDE = 4096
_WHOLE_PX = 8 << 20
"""Up to this many pixels an enlarged picture is made whole, then cropped; of a longer strip only the crop is made."""


@dataclass(frozen=True)
class Preprocess:
    """How a network wants its pictures: shorter side to `resize` px, the middle `crop` px square, (x - mean) / std.

    `mean` and `std` are for red, green, blue in 0 … 1. Raises LensError for values that make no picture.
    """

    resize: int
    crop: int
    mean: Triple = IMAGENET_MEAN
    std: Triple = IMAGENET_STD
    interpolation: Literal["bilinear", "bicubic"] = "bilinear"

    def __post_init__(self) -> None:
        if not (1 <= self.resize <= _MAX_SIDE and 1 <= self.crop <= _MAX_SIDE):
            raise LensError(
                f"Preprocessing can't resize to {self.resize} and crop {self.crop} px: 1 to {_MAX_SIDE} px."
            )
        if len(self.mean) != 3 or len(self.std) != 3 or not all(map(math.isfinite, (*self.mean, *self.std))):
            raise LensError("Preprocessing needs three finite means and three standard deviations: red, green, blue.")
        if min(self.std) <= 0 or self.interpolation not in _FILTERS:
            raise LensError("Preprocessing needs standard deviations above 0, and bilinear or bicubic interpolation.")

    def resized(self, width: int, height: int) -> tuple[int, int]:
        """Width and height in px after resizing, before the crop."""
        if width <= height:
            return self.resize, int(self.resize * height / width)
        return int(self.resize * width / height), self.resize

    def crop_box(self, width: int, height: int) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the crop in the pixels of a picture of this size.

        Where the crop is larger than the resized picture, it is padded with black, and the box reaches outside.
        """
        wide, high = self.resized(width, height)
        left, top = _offset(wide, self.crop), _offset(high, self.crop)
        across, down = width / wide, height / high
        return left * across, top * down, (left + self.crop) * across, (top + self.crop) * down

    def look(self, rgb: Rgb) -> Rgb:
        """What the network sees, before normalisation: uint8 (H, W, 3) -> uint8 (crop, crop, 3)."""
        height, width = rgb.shape[:2]
        wide, high = self.resized(width, height)
        left, top = _offset(wide, self.crop), _offset(high, self.crop)
        x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + self.crop, wide), min(top + self.crop, high)
        if (wide, high) == (width, height):
            part = rgb[y0:y1, x0:x1]
        elif wide * high <= max(_WHOLE_PX, width * height):
            from PIL import Image  # here: the catalog of weights names preprocessings long before a picture comes

            filter_ = Image.Resampling[self.interpolation.upper()]
            resized = Image.fromarray(np.ascontiguousarray(rgb)).resize((wide, high), filter_)
            part = np.asarray(resized.crop((x0, y0, x1, y1)))
        else:
            part = _enlarged_part(rgb, (wide, high), (x0, y0, x1, y1), _FILTERS[self.interpolation])
        seen = np.zeros((self.crop, self.crop, 3), np.uint8)
        seen[y0 - top : y1 - top, x0 - left : x1 - left] = part
        return seen

    def normalise(self, seen: Rgb) -> NDArray[np.float32]:
        """uint8 (S, S, 3) -> float32 (1, 3, S, S), contiguous."""
        values = np.empty((1, 3, *seen.shape[:2]), np.float32)
        for channel, table in enumerate(_table(self.mean, self.std)):
            np.take(table, seen[..., channel], out=values[0, channel], mode="clip")
        return values

    def __call__(self, rgb: Rgb) -> NDArray[np.float32]:
        """uint8 (H, W, 3) -> float32 (1, 3, crop, crop)."""
        return self.normalise(self.look(rgb))


def _offset(side: int, crop: int) -> int:
    """First pixel of the crop; negative where it is padded. The rounding is torchvision's `center_crop`'s."""
    return -((crop - side) // 2) if crop > side else round((side - crop) / 2.0)


@lru_cache(maxsize=16)
def _table(mean: Triple, std: Triple) -> NDArray[np.float32]:
    """(3, 256) float32: a channel's value after normalisation, by the byte it was."""
    levels = np.arange(256, dtype=np.float32) / np.float32(255)
    shift, scale = np.array(mean, np.float32)[:, None], np.array(std, np.float32)[:, None]
    table: NDArray[np.float32] = (levels - shift) / scale
    return table


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


def _enlarged_part(rgb: Rgb, size: tuple[int, int], box: tuple[int, int, int, int], kind: _Filter) -> Rgb:
    """The part `box` of the picture enlarged to `size` (width, height), in Pillow's numbers, without making the rest.

    A strip of 1 x 4000 px would grow to 256 x 1,024,000 px. Only for enlarging: there Pillow always goes along the
    rows first, else along whichever axis it takes to be cheaper.
    """
    x0, y0, x1, y1 = box
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


IMAGENET_V1 = Preprocess(256, 224)
IMAGENET_V2 = Preprocess(232, 224)
