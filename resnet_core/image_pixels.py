"""A picture as Pillow decoded it, in whatever mode -> upright sRGB uint8 (H, W, 3) over white.

Works in strips, so that the most a picture needs is Pillow's own copy, ours, and about a megapixel in between.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

Rgb = NDArray[np.uint8]

_STRIP_PX = 1 << 20
_ICC_LIMIT = 8 << 20  # bytes; the largest printing profiles in use have about 3 MB
_TAG_ORIENTATION = 0x0112

# EXIF 2.32, table 6: how Pillow turns a strip upright, whether its rows become columns, and whether from the far end.
_ORIENTATIONS: dict[int, tuple[Image.Transpose, bool, bool]] = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT, False, False),
    3: (Image.Transpose.ROTATE_180, False, True),
    4: (Image.Transpose.FLIP_TOP_BOTTOM, False, True),
    5: (Image.Transpose.TRANSPOSE, True, False),
    6: (Image.Transpose.ROTATE_270, True, True),
    7: (Image.Transpose.TRANSVERSE, True, True),
    8: (Image.Transpose.ROTATE_90, True, False),
}


def upright_rgb(image: Image.Image) -> Rgb:
    """All of `image`, loaded, as sRGB over white, turned as its EXIF orientation says: uint8 (H, W, 3), contiguous."""
    if image.format == "TGA" and "A" in image.getbands() and image.getchannel("A").getextrema()[1] == 0:
        image = image.convert("RGB")  # many programs leave a TGA's alpha at 0 and mean none
    turn, sideways, from_far = _ORIENTATIONS.get(_orientation(image), (None, False, False))
    width, height = image.size
    upright = np.empty((width, height, 3) if sideways else (height, width, 3), np.uint8)
    convert = _converter(image)
    step = max(1, _STRIP_PX // width)
    for top in range(0, height, step):
        bottom = min(top + step, height)
        strip = image.crop((0, top, width, bottom))
        place = slice(height - bottom, height - top) if from_far else slice(top, bottom)
        target = upright[:, place] if sideways else upright[place]
        target[...] = convert(strip if turn is None else strip.transpose(turn))
    return upright


def _orientation(image: Image.Image) -> int:
    """EXIF orientation 1 … 8; 1 when there is none, or none that can be read: a sound picture must not fail by it."""
    try:
        return int(image.getexif().get(_TAG_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - Pillow's EXIF reader raises a dozen kinds on damaged data
        return 1


def _converter(image: Image.Image) -> Callable[[Image.Image], Rgb]:
    """What turns a strip of this image into uint8 (h, w, 3)."""
    if image.mode.startswith(("I", "F")):
        return _scaler(image)
    transparent = image.has_transparency_data
    if image.mode == "LAB":
        lab = ImageCms.buildTransform(ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB")
        return lambda strip: _pixels(_through(lab, strip))
    transform, mode = _profile(image, transparent)

    def convert(strip: Image.Image) -> Rgb:
        if transparent:
            strip = strip.convert("RGBA")
            alpha = np.asarray(strip.getchannel("A"))
        opaque = strip.getchannel(0) if transparent and mode == "L" else _as(mode, strip)
        rgb = _pixels(_as("RGB", opaque) if transform is None else _through(transform, opaque))
        return _over_white(rgb, alpha) if transparent else rgb

    return convert


def _as(mode: str, image: Image.Image) -> Image.Image:
    return image if image.mode == mode else image.convert(mode)


def _pixels(image: Image.Image) -> Rgb:
    return np.asarray(image)


def _through(transform: ImageCms.ImageCmsTransform, image: Image.Image) -> Image.Image:
    result = ImageCms.applyTransform(image, transform)
    assert result is not None  # None is what it gives when asked to work in place
    return result


def _over_white(rgb: Rgb, alpha: Rgb) -> Rgb:
    """Composited over white: a fully transparent pixel keeps none of the colour stored under it."""
    if alpha.min(initial=255) == 255:
        return rgb
    cover = alpha[..., None].astype(np.uint16)
    return ((rgb * cover + 255 * (255 - cover) + 127) // 255).astype(np.uint8)


def _profile(image: Image.Image, transparent: bool) -> tuple[ImageCms.ImageCmsTransform | None, str]:
    """The transform from the image's colour profile to sRGB, and the mode it reads.

    No transform when there is no profile, when it is damaged or made for another kind of picture, or when it would
    change next to nothing (it is sRGB under one of its many names) or everything.
    """
    grey = image.mode in ("1", "L", "LA", "La")
    plain = "CMYK" if image.mode == "CMYK" and not transparent else "RGB"
    icc = image.info.get("icc_profile")
    if not isinstance(icc, bytes) or not 128 <= len(icc) <= _ICC_LIMIT:
        return None, plain
    space, mode = ("GRAY", "L") if grey else (plain.ljust(4), plain)
    transform = _to_srgb(icc, mode) if icc[16:20] == space.encode() else None
    return (None, plain) if transform is None else (transform, mode)


@lru_cache(maxsize=4)  # building one takes as long as decoding a small picture; the pictures of a folder share a few
def _to_srgb(icc: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    try:
        source, srgb = ImageCms.ImageCmsProfile(BytesIO(icc)), ImageCms.createProfile("sRGB")
        # Without LittleCMS's one-pixel cache a transform can serve several threads.
        transform = ImageCms.buildTransform(source, srgb, mode, "RGB", flags=ImageCms.Flags.NOCACHE)
        return transform if _is_useful(transform, mode) else None
    except Exception:  # noqa: BLE001 - ImageCms raises PyCMSError, OSError, ValueError, … on odd profiles
        return None


def _is_useful(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    """Whether a transform changes colours visibly, and keeps white light, which a nonsensical profile does not."""
    levels = np.linspace(0, 255, 9).astype(np.uint8)
    grid = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(27, 27, 3)
    probe = Image.fromarray(grid).convert(mode)
    before, after = (np.asarray(one.convert("RGB")).astype(int) for one in (probe, _through(transform, probe)))
    return bool(np.abs(before - after).max() > 2 and after[-1, -1].min() > 200)


def _scaler(image: Image.Image) -> Callable[[Image.Image], Rgb]:
    """For grey of more than 8 bits: from the range the numbers are meant in, to 0 … 255.

    PNG, PPM and JPEG 2000 say what is white (65535 once Pillow has read them). In TIFF nothing does: white is the
    smallest of 8, 10, 12, 14 and 16 bits' maximum that holds all numbers, so that a 12-bit microscope picture is not
    black; in floats it is 1, 255 or 65535. Anything else (negative numbers, larger ones) is stretched from its minimum
    to its maximum. NaN becomes black.
    """
    width, height = image.size
    step = max(1, _STRIP_PX // width)
    strips = (np.asarray(image.crop((0, top, width, min(top + step, height)))) for top in range(0, height, step))
    low, high = _black_and_white(image, *_extremes(strips))
    transparent = image.info.get("transparency")

    def convert(strip: Image.Image) -> Rgb:
        numbers = np.asarray(strip)
        with np.errstate(all="ignore"):
            scaled = (numbers.astype(np.float64) - low) * (255.0 / (high - low))
            grey = np.rint(np.clip(np.nan_to_num(scaled, nan=0.0), 0, 255)).astype(np.uint8)
        if isinstance(transparent, int):
            grey = np.where(numbers == transparent, np.uint8(255), grey)
        return np.broadcast_to(grey[..., None], (*grey.shape, 3))

    return convert


def _extremes(strips: Any) -> tuple[float, float]:
    low, high = np.inf, -np.inf
    for numbers in strips:
        finite = numbers[np.isfinite(numbers)] if numbers.dtype.kind == "f" else numbers
        if finite.size:
            low, high = min(low, float(finite.min())), max(high, float(finite.max()))
    return (low, high) if low <= high else (0.0, 0.0)


def _black_and_white(image: Image.Image, low: float, high: float) -> tuple[float, float]:
    if low >= 0 and image.mode != "F" and image.format != "TIFF":
        return 0.0, 65535.0
    whites = (1.0, 255.0, 65535.0) if image.mode == "F" else (255.0, 1023.0, 4095.0, 16383.0, 65535.0)
    for white in whites:
        if low >= 0 and high <= white:
            return 0.0, white
    return (low, high) if high > low else (low - 1, low)
