"""A small paint box for draw.py: smooth shapes, light and shade, clouds and grain, on float pictures (H, W, 3), 0 … 1.

Coordinates are pixels of the finished 640x480 picture; everything is painted at twice that and scaled down at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

WIDTH, HEIGHT, FINE = 640, 480, 2
Floats = NDArray[np.float32]
Points = Sequence[tuple[float, float]]
Colour = str | Floats

Y, X = np.mgrid[0 : HEIGHT * FINE, 0 : WIDTH * FINE].astype(np.float32) / FINE


def rgb(colour: Colour) -> Floats:
    """(3,) from "#rrggbb"; a picture passes through."""
    if isinstance(colour, str):
        return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255
    return colour


def gradient(stops: Sequence[tuple[float, str]], along: Floats) -> Floats:
    """A picture whose colour at each pixel is `stops` interpolated at `along`."""
    at = [stop for stop, _ in stops]
    colours = np.array([rgb(colour) for _, colour in stops])
    return np.stack([np.interp(along, at, colours[:, channel]) for channel in range(3)], axis=-1).astype(np.float32)


def curve(points: Points, closed: bool = True, steps: int = 16) -> list[tuple[float, float]]:
    """Catmull-Rom through `points`; a point given twice is a corner."""
    given = np.array(points, np.float32)
    count = len(given)
    spline = []
    for index in range(count if closed else count - 1):
        around = [index - 1, index, index + 1, index + 2]
        p0, p1, p2, p3 = (given[i % count] if closed else given[min(max(i, 0), count - 1)] for i in around)
        if (p1 == p2).all():
            continue
        for t in np.arange(steps) / steps:
            move = p2 - p0, 2 * p0 - 5 * p1 + 4 * p2 - p3, 3 * p1 - p0 - 3 * p2 + p3
            spline.append(tuple(0.5 * (2 * p1 + move[0] * t + move[1] * t * t + move[2] * t**3)))
    return spline if closed else [*spline, tuple(given[-1])]


def moved(
    points: Points, x: float = 0, y: float = 0, scale: float = 1, degrees: float = 0
) -> list[tuple[float, float]]:
    """Turned about the origin, scaled, then moved."""
    turn = np.deg2rad(degrees)
    cos, sin = float(np.cos(turn)) * scale, float(np.sin(turn)) * scale
    return [(x + px * cos - py * sin, y + px * sin + py * cos) for px, py in points]


def polygon(points: Points, soft: float = 0) -> Floats:
    """A mask (H, W), 1 inside; `soft` px of blur."""
    image = Image.new("L", (WIDTH * FINE, HEIGHT * FINE))
    ImageDraw.Draw(image).polygon([(px * FINE, py * FINE) for px, py in points], fill=255)
    return blurred(np.asarray(image, np.float32) / 255, soft)


def shape(points: Points, soft: float = 0) -> Floats:
    return polygon(curve(points), soft)


def stroke(points: Points, width: float, soft: float = 0) -> Floats:
    """A curve of constant width with round ends, as a mask."""
    image = Image.new("L", (WIDTH * FINE, HEIGHT * FINE))
    draw = ImageDraw.Draw(image)
    line = [(px * FINE, py * FINE) for px, py in curve(points, closed=False)]
    radius = width * FINE / 2
    draw.line(line, fill=255, width=max(round(width * FINE), 1), joint="curve")
    for px, py in (line[0], line[-1]):
        draw.ellipse((px - radius, py - radius, px + radius, py + radius), fill=255)
    return blurred(np.asarray(image, np.float32) / 255, soft)


def ellipse(x: float, y: float, rx: float, ry: float | None = None, degrees: float = 0, soft: float = 0) -> Floats:
    turn = np.deg2rad(degrees)
    along, across = (X - x) * np.cos(turn) + (Y - y) * np.sin(turn), (Y - y) * np.cos(turn) - (X - x) * np.sin(turn)
    ry = rx if ry is None else ry
    distance = (1 - np.hypot(along / rx, across / ry)) * min(rx, ry) * FINE
    return blurred(np.clip(distance + 0.5, 0, 1).astype(np.float32), soft)


def box(left: float, top: float, right: float, bottom: float, soft: float = 0) -> Floats:
    inside = np.minimum(np.minimum(X - left, right - X), np.minimum(Y - top, bottom - Y)) * FINE
    return blurred(np.clip(inside + 0.5, 0, 1), soft)


def blurred(array: Floats, radius: float) -> Floats:
    """Gaussian blur of a mask or a picture, by three box blurs; radius (its standard deviation) in px."""
    reach = round((np.sqrt(4 * (radius * FINE) ** 2 + 1) - 1) / 2)
    window = 2 * reach + 1
    for axis in (0, 1) * 3 if reach > 0 else ():
        along = np.moveaxis(array, axis, 0)
        edges = [(reach + 1, reach), *[(0, 0)] * (array.ndim - 1)]
        sums = np.cumsum(np.pad(along, edges, mode="edge"), axis=0, dtype=np.float64)
        along = ((sums[window:] - sums[:-window]) / window).astype(np.float32)
        array = np.ascontiguousarray(np.moveaxis(along, 0, axis))
    return array


def shifted(mask: Floats, x: float, y: float) -> Floats:
    image = Image.fromarray(mask, "F")
    move = (1, 0, -x * FINE, 0, 1, -y * FINE)
    return np.asarray(image.transform(image.size, Image.Transform.AFFINE, move, Image.Resampling.BILINEAR), np.float32)


def noise(random: np.random.Generator, size: float, octaves: int = 5, stretch: float = 1) -> Floats:
    """Clouds: smooth noise of features `size` px tall and `stretch` times as wide, about 0 … 1."""
    total, weight = np.zeros_like(X), 0.0
    for octave in range(octaves):
        cell = max(size / 2**octave, 1.0)
        grid = random.random((int(HEIGHT / cell) + 3, int(WIDTH / cell / stretch) + 3), np.float32)
        image = Image.fromarray(grid, "F").resize((WIDTH * FINE, HEIGHT * FINE), Image.Resampling.BICUBIC)
        total += np.asarray(image, np.float32) / 2**octave
        weight += 0.5**octave
    return np.clip((total / weight - 0.5) * 1.7 + 0.5, 0, 1).astype(np.float32)


def far_away(texture: Floats, horizon: float) -> Floats:
    """A texture laid flat: rows crowd together towards y = `horizon`."""
    depth = np.clip(Y[:, 0] - horizon, 0, None) / (HEIGHT - horizon)
    rows = (depth**0.55 * (HEIGHT * FINE - 1)).astype(int)
    return texture[rows]


class Picture:
    """Paint goes on from back to front."""

    def __init__(self, ground: Floats) -> None:
        self.pixels = np.broadcast_to(ground, (HEIGHT * FINE, WIDTH * FINE, 3)).astype(np.float32)

    def paint(self, mask: Floats, colour: Colour, opacity: float = 1) -> None:
        cover = (mask * opacity)[..., None]
        self.pixels = self.pixels * (1 - cover) + rgb(colour) * cover

    def glow(self, mask: Floats, colour: Colour, opacity: float = 1) -> None:
        """Adds light ("screen")."""
        self.pixels = 1 - (1 - self.pixels) * (1 - rgb(colour) * (mask * opacity)[..., None])

    def darken(self, mask: Floats, colour: Colour, opacity: float = 1) -> None:
        """Takes light away ("multiply")."""
        cover = (mask * opacity)[..., None]
        self.pixels = self.pixels * (1 - cover + rgb(colour) * cover)

    def solid(
        self,
        mask: Floats,
        colour: Colour,
        *,
        depth: float = 12,
        light: tuple[float, float] = (-0.5, -0.85),
        lit: float = 0.35,
        shade: float = 0.55,
        lit_colour: str = "#fff3da",
        shade_colour: str = "#2a2f55",
    ) -> None:
        """A shape with volume: `depth` px of light where it faces `light`, of shade where it turns away."""
        self.paint(mask, colour)
        near, far = (
            blurred(shifted(mask, side * depth * light[0], side * depth * light[1]), depth) for side in (-1, 1)
        )
        self.darken(mask * np.clip(1 - far, 0, 1), shade_colour, shade)
        self.glow(mask * np.clip(1 - near, 0, 1), lit_colour, lit)

    def shadow(self, mask: Floats, x: float, y: float, blur: float, opacity: float, colour: str = "#10142a") -> None:
        self.darken(blurred(shifted(mask, x, y), blur), colour, opacity)

    def blur(self, radius: float) -> None:
        self.pixels = blurred(self.pixels, radius)

    def save(self, path: Path, random: np.random.Generator, *, vignette: float = 0.22, grain: float = 0.008) -> None:
        """Vignette, film grain, a gentle curve; 640x480 JPEG."""
        edge = np.hypot((X - WIDTH / 2) / WIDTH, (Y - HEIGHT / 2) / HEIGHT) / 0.707
        pixels = np.clip(self.pixels * (1 - vignette * edge[..., None] ** 2.2), 0, 1)
        pixels = pixels + 0.12 * (pixels * pixels * (3 - 2 * pixels) - pixels)
        small = Image.fromarray((pixels * 255 + 0.5).astype(np.uint8)).resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        grains = random.normal(0, grain * 255, (HEIGHT, WIDTH, 1))
        final = np.clip(np.asarray(small, np.float32) + grains, 0, 255).astype(np.uint8)
        Image.fromarray(final).save(path, quality=88, optimize=True, progressive=True)
