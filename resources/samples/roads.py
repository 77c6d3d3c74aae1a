"""Things on wheels: each function paints one picture, from the back to the front."""

from __future__ import annotations

import numpy as np
from paint import (
    HEIGHT,
    WIDTH,
    Picture,
    X,
    Y,
    blurred,
    box,
    curve,
    ellipse,
    far_away,
    gradient,
    moved,
    noise,
    polygon,
    shape,
    stroke,
)


def wheel(picture: Picture, x: float, y: float, radius: float, *, spokes: int = 5, rim: float = 0.66) -> None:
    picture.solid(ellipse(x, y, radius), "#23252b", depth=radius / 5, lit=0.22, shade=0.5)
    picture.solid(ellipse(x, y, radius * rim), "#c6cad1", depth=radius / 8, shade=0.6)
    picture.paint(ellipse(x, y, radius * rim * 0.86), "#4b5059")
    for spoke in range(spokes):
        arm = [
            (-radius * 0.10, 0),
            (radius * 0.10, 0),
            (radius * 0.07, radius * rim * 0.88),
            (-radius * 0.07, radius * rim * 0.88),
        ]
        picture.paint(polygon(moved(arm, x, y, degrees=360 / spokes * spoke + 14)), "#d6d9de")
    picture.solid(ellipse(x, y, radius * 0.17), "#e3e5e9", depth=2)


def wayside(random: np.random.Generator, sky: list[tuple[float, str]], leaves: tuple[str, ...], road: float) -> Picture:
    """Blurred trees and light behind a road that begins at y = `road`."""
    picture = Picture(gradient(sky, Y))
    for _ in range(46):
        x, y, r = random.uniform(-40, WIDTH + 40), random.uniform(road - 190, road - 20), random.uniform(26, 62)
        picture.paint(ellipse(x, y, r, r * 0.9), leaves[int(random.integers(len(leaves)))], 0.8)
    for _ in range(26):
        x, y, r = random.uniform(0, WIDTH), random.uniform(20, road - 70), random.uniform(5, 15)
        picture.glow(ellipse(x, y, r), "#fff0c4", random.uniform(0.1, 0.34))
    picture.blur(9)
    grass = far_away(noise(random, 18, stretch=2), road - 60)
    picture.paint(
        blurred(np.clip((Y - road + 38) / 4, 0, 1), 2),
        gradient([(0.2, "#5e7f3b"), (0.8, "#a3b95c")], blurred(grass, 2)),
    )
    asphalt = far_away(noise(random, 8, octaves=3, stretch=3), road - 30)
    picture.paint(np.clip((Y - road) / 1.5, 0, 1), gradient([(0, "#6e7077"), (1, "#8f9095")], asphalt))
    picture.paint(box(0, road + 4, WIDTH, road + 8, 0.6), "#dedcd2", 0.75)
    picture.darken(np.clip((Y - road) / (HEIGHT - road), 0, 1), "#3a3c4a", 0.45)
    return picture


def automobile(random: np.random.Generator) -> Picture:
    """A red car on a road in the park."""
    sky: list[tuple[float, str]] = [(0, "#cfe6ef"), (300, "#f2eecb")]
    picture = wayside(random, sky, ("#4f7d45", "#6f9a4c", "#8db559", "#3d6a48", "#a8c46b"), 318)
    ground = 396
    picture.darken(ellipse(326, ground + 2, 262, 17, soft=8), "#15161f", 0.85)
    body = curve(
        [
            (82, 372),
            (82, 372),
            (74, 335),
            (82, 296),
            (104, 276),
            (150, 264),
            (196, 226),
            (250, 200),
            (318, 192),
            (384, 200),
            (436, 230),
            (472, 262),
            (528, 272),
            (566, 292),
            (580, 326),
            (580, 360),
            (574, 376),
            (574, 376),
        ]
    )
    red = "#c9252d"
    whole = polygon(body)
    picture.solid(whole, red, depth=22, light=(-0.1, -0.99), lit=0.28, shade=0.72, shade_colour="#3a1030")
    picture.glow(whole * blurred(polygon([(90, 284), (560, 284), (576, 304), (80, 300)]), 5), "#ffb0a0", 0.45)
    picture.darken(whole * blurred(box(60, 352, 600, 380), 4), "#2a0c1c", 0.6)
    glass = gradient([(200, "#dcecf2"), (236, "#6d8ea1"), (266, "#2f4454")], Y + 0.25 * (X - 320))
    for window in (
        [(176, 262), (176, 262), (212, 228), (258, 210), (302, 205), (302, 205), (302, 263), (302, 263)],
        [(312, 205), (312, 205), (376, 210), (414, 230), (446, 264), (446, 264), (312, 264), (312, 264)],
    ):
        pane = polygon(curve(window))
        picture.paint(blurred(pane, 1.5), "#2b0d14", 0.7)
        picture.paint(pane, glass)
        picture.glow(pane * polygon([(200, 190), (240, 190), (200, 280), (160, 280)]), "#ffffff", 0.25)
        picture.glow(pane * polygon([(352, 190), (384, 190), (350, 280), (318, 280)]), "#ffffff", 0.28)
    for line in (
        [(308, 268), (306, 330), (300, 366)],
        [(168, 276), (164, 300), (178, 330)],
        [(452, 270), (458, 300), (440, 340)],
    ):
        picture.darken(stroke(line, 1.6), "#2a0612", 0.7)
    for x in (270, 398):
        picture.solid(box(x, 284, x + 24, 289), "#e8a59c", depth=2)
    picture.solid(shape([(440, 262), (452, 250), (466, 254), (466, 264), (450, 268)]), "#a81d26", depth=4)
    picture.solid(shape([(536, 286), (560, 296), (572, 312), (552, 310), (538, 300)]), "#fbf4dc", depth=4)
    picture.solid(shape([(80, 300), (100, 292), (106, 310), (82, 318)]), "#ff5a3c", depth=4)
    picture.solid(box(556, 340, 584, 352), "#3a3d46", depth=3)
    picture.solid(box(72, 346, 98, 358), "#3a3d46", depth=3)
    for x in (182, 466):
        picture.paint(ellipse(x, 352, 55) * np.clip(378 - Y, 0, 1), "#16161c")
        wheel(picture, x, 352, 46)
    return picture


def truck(random: np.random.Generator) -> Picture:
    """A delivery truck on a country road in the late sun."""
    sky: list[tuple[float, str]] = [(0, "#7fb0d8"), (200, "#cfe0e4"), (310, "#f6e3bd")]
    picture = Picture(gradient(sky, Y))
    clouds = noise(random, 80, octaves=6, stretch=2.5)
    picture.paint(np.clip((clouds - 0.55) * 3, 0, 1) * np.clip(1.1 - Y / 260, 0, 1), "#ffffff", 0.75)
    for base, high, colour in ((300, 70, "#9fb3bd"), (318, 55, "#8ba67f"), (332, 34, "#779a55")):
        ridge = base - high * noise(random, 170, octaves=4, stretch=2.2)[:1]
        picture.paint(blurred(np.clip((Y - ridge) / 3, 0, 1), 2), colour)
    grass = far_away(noise(random, 16, stretch=2), 270)
    picture.paint(np.clip((Y - 330) / 3, 0, 1), gradient([(0.2, "#7c8f3f"), (0.8, "#c2bb62")], grass))
    asphalt = far_away(noise(random, 8, octaves=3, stretch=3), 310)
    picture.paint(np.clip((Y - 352) / 1.5, 0, 1), gradient([(0, "#66676d"), (1, "#85858a")], asphalt))
    for x in range(-30, WIDTH, 130):
        picture.paint(polygon([(x, 446), (x + 70, 446), (x + 62, 454), (x - 12, 454)]), "#e6dfc2", 0.85)
    picture.darken(ellipse(318, 408, 268, 15, soft=7), "#15161f", 0.85)
    picture.paint(box(92, 346, 540, 372), "#2c2e35")
    cargo = box(64, 128, 396, 350)
    picture.solid(cargo, "#f1efe7", depth=16, lit=0.2, shade=0.45)
    picture.darken(cargo * (np.abs(np.sin(X * 0.19)) > 0.985), "#50525c", 0.35)
    picture.paint(box(64, 258, 396, 292), "#2f7f86")
    picture.paint(box(64, 298, 396, 306), "#e2a33b")
    for x0, y0, x1, y1 in ((60, 124, 400, 132), (60, 344, 400, 352), (60, 124, 68, 352), (392, 124, 400, 352)):
        picture.solid(box(x0, y0, x1, y1), "#b9bec6", depth=2)
    cab = polygon(
        curve(
            [
                (404, 362),
                (404, 362),
                (404, 196),
                (408, 186),
                (420, 182),
                (488, 182),
                (504, 190),
                (530, 256),
                (548, 268),
                (560, 282),
                (564, 362),
                (564, 362),
            ]
        )
    )
    picture.solid(
        polygon(curve([(410, 186), (410, 186), (416, 158), (430, 150), (458, 160), (484, 184), (484, 184)])),
        "#d67a2a",
        depth=6,
    )
    picture.solid(cab, "#e58a2e", depth=16, light=(-0.1, -0.99), lit=0.3, shade=0.6, shade_colour="#4a2036")
    glass = gradient([(190, "#e4f1f4"), (230, "#86a6b4"), (264, "#3b5566")], Y + 0.3 * (X - 460))
    window = polygon(
        curve([(428, 262), (428, 262), (428, 204), (434, 198), (486, 198), (492, 202), (514, 262), (514, 262)])
    )
    picture.paint(blurred(window, 1.5), "#3a1a12", 0.7)
    picture.paint(window, glass)
    picture.glow(window * polygon([(450, 190), (474, 190), (444, 270), (420, 270)]), "#ffffff", 0.3)
    picture.darken(stroke([(420, 200), (420, 330)], 1.6) + stroke([(520, 268), (522, 330)], 1.6), "#4a1f10", 0.7)
    picture.solid(box(430, 278, 450, 284), "#7d4a22", depth=2)
    picture.solid(box(520, 216, 530, 248), "#2c2e35", depth=3)
    picture.solid(shape([(544, 292), (562, 296), (564, 314), (546, 312)]), "#fff4d2", depth=3)
    picture.solid(box(536, 340, 572, 364), "#8f959e", depth=4)
    picture.solid(box(250, 352, 330, 384), "#565b64", depth=5)
    for x in (136, 206, 476):
        picture.paint(ellipse(x, 372, 47) * np.clip(372 - Y, 0, 1), "#17171c")
        wheel(picture, x, 372, 38, spokes=8, rim=0.58)
    return picture
