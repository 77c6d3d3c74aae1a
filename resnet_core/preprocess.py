"""From a picture to what a network is given: uint8 (H, W, 3) -> float32 (1, 3, S, S). Pillow and numpy.

Equal to torchvision's `ImageClassification` preset on PIL images: bit for bit up to the crop, and in float32 after
it. Resizing is Pillow's, antialiased. The catalog of weights names preprocessings long before a picture comes: numpy
and Pillow are imported with the first one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from resnet_core.errors import LensError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resnet_core.colours import Rgb

Triple = tuple[float, float, float]

IMAGENET_MEAN: Triple = (0.485, 0.456, 0.406)
IMAGENET_STD: Triple = (0.229, 0.224, 0.225)
INTERPOLATIONS = ("bilinear", "bicubic")

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
        if min(self.std) <= 0 or self.interpolation not in INTERPOLATIONS:
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
        import numpy as np

        height, width = rgb.shape[:2]
        wide, high = self.resized(width, height)
        left, top = _offset(wide, self.crop), _offset(high, self.crop)
        x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + self.crop, wide), min(top + self.crop, high)
        if (wide, high) == (width, height):
            part = rgb[y0:y1, x0:x1]
        elif wide * high <= max(_WHOLE_PX, width * height):
            from PIL import Image

            filter_ = Image.Resampling[self.interpolation.upper()]
            resized = Image.fromarray(np.ascontiguousarray(rgb)).resize((wide, high), filter_)
            part = np.asarray(resized.crop((x0, y0, x1, y1)))
        else:
            from resnet_core.resampling import enlarged_part

            part = enlarged_part(rgb, (wide, high), (x0, y0, x1, y1), self.interpolation)
        seen = np.zeros((self.crop, self.crop, 3), np.uint8)
        seen[y0 - top : y1 - top, x0 - left : x1 - left] = part
        return seen

    def normalise(self, seen: Rgb) -> NDArray[np.float32]:
        """uint8 (S, S, 3) -> float32 (1, 3, S, S), contiguous."""
        import numpy as np

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
    import numpy as np

    levels = np.arange(256, dtype=np.float32) / np.float32(255)
    shift, scale = np.array(mean, np.float32)[:, None], np.array(std, np.float32)[:, None]
    table: NDArray[np.float32] = (levels - shift) / scale
    return table


IMAGENET_V1 = Preprocess(256, 224)
IMAGENET_V2 = Preprocess(232, 224)
