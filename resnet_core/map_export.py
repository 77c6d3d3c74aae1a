"""Writing pictures of maps, and the maps themselves, so that a file is either whole or not there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from resnet_core.atomic import replacing
from resnet_core.errors import LensError
from resnet_core.version import VERSION


def write_png(path: Path, rgb: NDArray[np.uint8], texts: Mapping[str, str]) -> None:
    """uint8 (H, W, 3) as PNG with `texts` as its text chunks. Raises LensError when it can't be written."""
    notes = PngInfo()
    for key, text in {"Software": f"ResNet Lens {VERSION}", **texts}.items():
        notes.add_text(key, text.encode("utf-8", "replace").decode("utf-8"))
    image = Image.fromarray(np.ascontiguousarray(rgb))
    _write(path, lambda file: image.save(file, "PNG", pnginfo=notes))


def write_npy(path: Path, values: NDArray[np.float32]) -> None:
    """An array as NPY, float32. Raises LensError when it can't be written."""
    _write(path, lambda file: np.save(file, np.ascontiguousarray(values, np.float32), allow_pickle=False))


def _write(path: Path, write: Callable[[IO[bytes]], None]) -> None:
    try:
        with replacing(path) as file:
            write(file)
    except OSError as error:
        reason = error.strerror or str(error)
        raise LensError(f"{path.name} can't be written to {path.parent}: {reason}.") from error
