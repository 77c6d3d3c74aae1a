"""Numbers as colours: colour maps, and the range of values that is spread over one."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from resnet_core.colour_tables import TABLES
from resnet_core.errors import LensError

Rgb = NDArray[np.uint8]
Values = NDArray[np.float32]

COLOURS = ("magma", "viridis", "cividis", "grey")
"""What can be chosen for values that have no sign. Signed ones are always drawn with "diverging"."""

NAN_COLOUR = (255, 0, 255)
"""Magenta is far (0.23 in OKLab) from every colour of every map: a value that is no number is not mistaken for one."""


@dataclass(frozen=True, slots=True)
class Range:
    """The values that the first and the last colour stand for; `signed`: symmetric about 0, drawn diverging."""

    low: float
    high: float
    signed: bool = False


def range_of(values: Values, *, signed: bool = False) -> Range:
    """The range that holds all of `values`: from 0, or from their minimum where that is lower, to their maximum.

    `signed`: symmetric about 0. Numbers that are not finite don't count.
    """
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)
    if not (np.isfinite(low) and np.isfinite(high)):
        finite = values[np.isfinite(values)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    if signed:
        reach = max(abs(low), abs(high))
        return Range(-reach, reach, True)
    return Range(min(low, 0.0), high)


@lru_cache(maxsize=8)
def colormap(name: str) -> Rgb:
    """The 256 colours of a map, uint8 (256, 3), read-only: one of COLOURS, or "diverging".

    Raises LensError for another name.
    """
    if name in TABLES:
        table = np.frombuffer(base64.b64decode(TABLES[name]), np.uint8).reshape(256, 3)
    elif name == "grey":
        table = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
    elif name == "diverging":
        table = _diverging()
    else:
        raise LensError(f"There are no colours named “{name}”. Known: {', '.join(COLOURS)}.")
    table.flags.writeable = False
    return table


def colour(values: Values, scale: Range, colours: str) -> Rgb:
    """Values of any shape (…, H, W) as uint8 (…, H, W, 3), one colour a value, nothing smoothed.

    What lies outside the range takes its end's colour; NaN is NAN_COLOUR. Raises LensError for unknown colours.
    """
    return paint(values, scale.low, scale.high, "diverging" if scale.signed else colours)


def paint(values: Values, low: float | Values, high: float | Values, colours: str) -> Rgb:
    """As `colour`, by any colormap's name; `low` and `high` may be arrays that broadcast against the values.

    Where a range has no width, all is the map's first colour, of a diverging one the middle.
    """
    low, high = np.asarray(low, np.float32), np.asarray(high, np.float32)
    with np.errstate(all="ignore"):
        wide = high > low
        position = values - low
        position *= np.where(wide, np.float32(256) / (high - low), np.float32(0))
        if colours == "diverging" and not wide.all():
            position += np.where(wide, np.float32(0), np.float32(128))
        index = np.clip(position, 0, 255, out=position).astype(np.uint8)
    painted = np.take(colormap(colours), index, axis=0)
    if values.size and np.isnan(values.min()):
        painted[np.isnan(values)] = NAN_COLOUR
    return painted


# Björn Ottosson, "A perceptual color space for image processing" (2020): OKLab -> cube roots of LMS; LMS -> linear RGB.
_LMS = np.array([[1, 0.3963377774, 0.2158037573], [1, -0.1055613458, -0.0638541728], [1, -0.0894841775, -1.2914855480]])
_LINEAR = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
)


def _diverging() -> Rgb:
    """Our own: blue - light grey - orange, two straight lines in OKLab, mirror images in lightness and chroma.

    So equal steps look equally large, and -x as strong as +x. The middle, lightness 0.92, stands out from a dark
    window and is still greyer than a white one; both ends, lightness 0.50, stand out from either.
    """
    position = np.linspace(-1, 1, 256)
    strength = np.abs(position)
    hue = np.radians(np.where(position < 0, 260, 48))
    chroma = 0.13 * strength
    lab = np.stack([0.92 - 0.42 * strength, chroma * np.cos(hue), chroma * np.sin(hue)], axis=1)
    linear = np.clip((lab @ _LMS.T) ** 3 @ _LINEAR.T, 0, 1)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    table: Rgb = np.rint(encoded * 255).astype(np.uint8)
    return table
