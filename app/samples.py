"""The pictures the program brings along, for someone who has none at hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from resnet_core.resource_files import resource_dir

Sample = tuple[str, str, NDArray[np.uint8]]  # file name, name to show, thumbnail


def folder() -> Path:
    return resource_dir() / "samples"


def load(side_px: int) -> list[Sample]:
    """Every sample with a thumbnail of at most `side_px`."""
    from resnet_core.images import thumbnail

    return [(path.name, path.stem.title(), thumbnail(path, side_px)) for path in sorted(folder().glob("*.jpg"))]
