"""A picture made ready for a network: decoded, cut to what it will see, normalised."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from resnet_core.images import Picture, load_image
from resnet_core.preprocess import Preprocess


@dataclass(frozen=True, eq=False)
class Prepared:
    """A picture decoded and preprocessed, ready for a network."""

    picture: Picture
    seen: NDArray[np.uint8]
    crop_box: tuple[float, float, float, float]
    images: NDArray[np.float32]  # (1, 3, S, S)
    decode_ms: float
    preprocess_ms: float


def prepare(source: Path | str | Picture, preprocess: Preprocess) -> Prepared:
    """Decodes and preprocesses. Raises ImageError."""
    start = time.perf_counter()
    picture = source if isinstance(source, Picture) else load_image(source)
    decoded = time.perf_counter()
    seen = preprocess.look(picture.rgb)
    images = preprocess.normalise(seen)
    seen.flags.writeable = False
    end = time.perf_counter()
    box = preprocess.crop_box(picture.width, picture.height)
    return Prepared(picture, seen, box, images, (decoded - start) * 1e3, (end - decoded) * 1e3)
