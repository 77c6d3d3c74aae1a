"""A map over the photo it belongs to, as files: the numbers, and the picture with the map laid over it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app import console
from app.commands import common

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from resnet_core.analysis import Analysis

_STRENGTH = 0.8
_LEAST_PX, _MOST_PX = 448, 1024  # a side of the picture: a CIFAR-10 network's 32 px would be a stamp


def write(
    analysis: Analysis, numbers: NDArray[np.float32], over: NDArray[np.float32], path: Path, texts: dict[str, str]
) -> None:
    """`numbers` as PATH.npy, and the signed map `over` laid over what the network looked at as PATH.png.

    Orange speaks for the class, blue against it. Raises LensError.
    """
    from resnet_core.evidence import overlay
    from resnet_core.map_export import write_npy, write_png

    common.make_out(path.parent)
    photo = _looked_at(analysis)
    reach = float(np.abs(over).max())
    layer = overlay.rgba(over, -reach, reach, True, photo.shape[:2])
    texts = {
        "Network": analysis.info.id,
        "Image": analysis.picture.name,
        "Range": f"{-reach:.6g} to {reach:.6g}",
        "Colours": "diverging, smoothly interpolated",
        **texts,
    }
    write_npy(path.with_suffix(".npy"), numbers)
    write_png(path.with_suffix(".png"), overlay.laid_over(photo, layer, _STRENGTH), texts)
    for suffix in (".npy", ".png"):
        console.say(f"Written: {path.with_suffix(suffix)}")


def _looked_at(analysis: Analysis) -> NDArray[np.uint8]:
    """The part of the photo that the network saw, in the photo's own detail: (side, side, 3) uint8."""
    from PIL import Image

    left, top, right, bottom = analysis.crop_box
    picture = analysis.picture
    inside = left >= 0 and top >= 0 and right <= picture.width and bottom <= picture.height
    side = round(min(max(right - left, _LEAST_PX), _MOST_PX))
    source, box = (picture.rgb, analysis.crop_box) if inside else (analysis.seen, None)
    image = Image.fromarray(np.ascontiguousarray(source))
    return np.asarray(image.resize((side, side), Image.Resampling.BICUBIC, box=box))
