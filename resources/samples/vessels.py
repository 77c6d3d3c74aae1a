"""Things that fly and float: each function paints one picture, from the back to the front."""

from __future__ import annotations

import numpy as np
from paint import (
    HEIGHT,
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


def airplane(random: np.random.Generator) -> Picture:
    """An airliner above the evening clouds, the sun to the left."""
    picture = Picture(
        gradient([(0, "#2b4c8c"), (150, "#5b86bf"), (290, "#b9c6d8"), (370, "#f4cfae"), (480, "#f0a98a")], Y)
    )
    picture.glow(ellipse(70, 400, 300, 190, soft=70), "#ffd9a0", 0.75)
    high = noise(random, 60, stretch=5)
    picture.glow(np.clip(high - 0.52, 0, 1) * 1.6 * np.clip(1 - Y / 330, 0, 1), "#ffe9da", 0.6)
    for base, height, colour, under in (
        (385, 60, "#f3c6ae", "#b98fa0"),
        (425, 70, "#f7d3bb", "#a57f97"),
        (470, 75, "#fbe0cb", "#8d7093"),
    ):
        bumps = noise(random, 85, octaves=6, stretch=1.8)
        top = base - height * (bumps - 0.45)
        mask = np.clip((Y - top) / 9, 0, 1)
        picture.paint(mask, gradient([(0, colour), (70, under)], Y - top), 0.92)
    body = [
        (-205, 4),
        (-196, -10),
        (-150, -20),
        (-60, -25),
        (90, -25),
        (150, -21),
        (188, -10),
        (204, 4),
        (200, 11),
        (168, 21),
        (90, 25),
        (-60, 25),
        (-140, 18),
        (-190, 8),
    ]
    where = {"x": 318, "y": 222, "degrees": -9, "scale": 1.16}

    def at(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return moved(points, **where)

    white, grey, teal = "#f3f4f6", "#c9d0da", "#1f7f8c"
    picture.solid(polygon(at([(20, -14), (-22, -14), (-72, -78), (-58, -78)])), "#aab6c6", depth=5)  # the far wing
    picture.solid(polygon(at([(-150, -12), (-182, -12), (-206, -34), (-196, -35)])), "#a7b2c4", depth=3)
    picture.solid(
        polygon(
            curve(
                at(
                    [
                        (-128, -18),
                        (-128, -18),
                        (-150, -42),
                        (-179, -95),
                        (-179, -95),
                        (-205, -95),
                        (-205, -95),
                        (-192, -40),
                        (-188, -8),
                        (-188, -8),
                    ]
                )
            )
        ),
        teal,
        depth=10,
        shade=0.5,
    )
    fuselage = shape(at(body))
    picture.solid(fuselage, white, depth=15, light=(-0.2, -0.95), shade=0.75, lit=0.4, shade_colour="#4b5480")
    stripe = polygon(at([(-210, 5), (210, 5), (210, 9), (-210, 9)]))
    picture.paint(fuselage * stripe, teal, 0.85)
    for index in range(27):
        window = moved([(-120 + index * 10, -6)], **where)[0]
        picture.paint(ellipse(*window, 2.6, 3.6, degrees=-9), "#33415f", 0.85)
    picture.paint(polygon(at([(172, -10), (186, -6), (193, -1), (172, -2)])), "#26344f")
    for x in (-132, 158):
        picture.paint(polygon(at([(x, -8), (x + 7, -8), (x + 7, 10), (x, 10)])) * fuselage, "#9aa5b8", 0.6)
    tailplane = polygon(at([(-148, -2), (-186, -2), (-232, 14), (-218, 17)]))
    picture.solid(tailplane, grey, depth=4)
    wing = polygon(
        curve(
            at(
                [
                    (52, 10),
                    (52, 10),
                    (-6, 14),
                    (-26, 16),
                    (-26, 16),
                    (-134, 94),
                    (-134, 94),
                    (-114, 95),
                    (-114, 95),
                    (-30, 52),
                    (20, 26),
                ]
            )
        )
    )
    picture.shadow(wing * 0.9, 4, -7, 5, 0.35)
    engine = polygon(
        curve(at([(28, 30), (30, 27), (8, 24), (-16, 27), (-24, 33), (-16, 42), (8, 46), (28, 44), (31, 38)]))
    )
    picture.solid(wing, gradient([(190, "#dfe5ec"), (330, "#b3bfcf")], Y), depth=9, shade=0.5, lit=0.3)
    picture.solid(engine, "#e9ecf1", depth=8, shade=0.8, light=(0, -1))
    picture.paint(ellipse(*moved([(27, 36)], **where)[0], 4.5, 9.5, degrees=-9), "#2a3450")
    picture.glow(fuselage * blurred(polygon(at([(-200, 10), (60, 18), (60, 30), (-200, 30)])), 6), "#ffb98a", 0.35)
    haze = np.clip(noise(random, 90, stretch=3) - 0.5, 0, 1) * np.clip((Y - 330) / 120, 0, 1)
    picture.paint(blurred(haze, 3), "#ffe9d8", 0.9)
    return picture


def ship(random: np.random.Generator) -> Picture:
    """A container ship on a blue morning."""
    horizon = 292
    picture = Picture(gradient([(0, "#5f9fd6"), (170, "#a9d0ec"), (horizon, "#e9f1f2")], Y))
    clouds = noise(random, 95, octaves=6, stretch=2.2)
    picture.paint(np.clip((clouds - 0.53) * 3.2, 0, 1) * np.clip(1.15 - Y / horizon, 0, 1), "#ffffff", 0.8)
    ridge = horizon - 34 * noise(random, 120, octaves=5, stretch=3)[:1] * np.clip((X[:1] - 250) / 300, 0, 1)
    picture.paint(np.clip((Y - ridge) / 2, 0, 1), "#9fb9cc")
    sea = np.clip((Y - horizon) * 2, 0, 1)
    picture.paint(sea, gradient([(horizon, "#7fb2c9"), (horizon + 45, "#3d86a8"), (HEIGHT, "#0f4a72")], Y))
    swell = far_away(
        0.6 * noise(random, 40, octaves=5, stretch=4) + 0.4 * noise(random, 13, octaves=3, stretch=3.5), horizon
    )
    picture.darken(sea * np.clip((0.55 - swell) * 3, 0, 1), "#0b3a63", 0.55)
    picture.glow(sea * np.clip((swell - 0.57) * 4, 0, 1), "#d8f2fa", 0.5)

    hull = polygon(
        curve(
            [
                (96, 246),
                (96, 246),
                (300, 252),
                (450, 250),
                (510, 241),
                (572, 222),
                (572, 222),
                (552, 268),
                (524, 330),
                (524, 330),
                (128, 330),
                (128, 330),
                (108, 300),
            ]
        )
    )
    picture.darken(
        blurred(polygon([(112, 328), (530, 328), (560, 395), (90, 395)]), 9) * (0.55 + 0.6 * swell), "#0a2138", 0.8
    )
    colours = ("#c8553d", "#2f6f9f", "#e0a63a", "#4f8a5b", "#d9d4c7", "#7d4a86", "#b8433c", "#33899a")
    for column in range(9):
        left = 246 + column * 28
        stack = 2 + int(random.integers(1, 4)) - (column > 7)
        for row in range(stack):
            crate = box(left, 250 - (row + 1) * 23, left + 26, 250 - row * 23)
            picture.solid(crate, colours[int(random.integers(len(colours)))], depth=3, lit=0.25, shade=0.5)
            ribs = (np.sin(X * 2.1) > 0.1).astype(np.float32)
            picture.darken(crate * blurred(ribs, 0.5), "#000000", 0.14)
    for left, top, right, bottom in ((128, 176, 222, 252), (136, 136, 214, 178), (120, 150, 230, 164)):
        picture.solid(box(left, top, right, bottom), "#f4f3ee", depth=7, lit=0.2, shade=0.45)
    picture.solid(polygon([(148, 136), (152, 92), (184, 92), (188, 136)]), "#c8452f", depth=8, shade=0.6)
    picture.paint(box(150, 106, 187, 116), "#f4f3ee")
    picture.paint(box(124, 152, 226, 160), "#33506b")
    for row in range(4):
        for column in range(7):
            picture.paint(box(137 + column * 12, 184 + row * 16, 144 + column * 12, 191 + row * 16), "#46647f", 0.9)
    picture.paint(stroke([(205, 136), (205, 88)], 3), "#e7e9ea")
    picture.paint(stroke([(196, 104), (214, 104)], 2), "#e7e9ea")
    picture.paint(stroke([(545, 232), (545, 176)], 3), "#e0d9c8")
    smoke = blurred(shape([(168, 90), (150, 74), (100, 62), (40, 60), (44, 38), (110, 40), (166, 60), (176, 88)]), 9)
    picture.paint(smoke * noise(random, 30, stretch=1.5), "#6f7f8d", 0.55)
    picture.solid(hull, "#1d3b5e", depth=16, light=(-0.2, -0.98), lit=0.3, shade=0.55)
    picture.paint(hull * np.clip(Y - 304, 0, 1), "#a93a32", 0.92)
    picture.paint(hull * np.clip(1 - np.abs(Y - 302) / 2, 0, 1), "#f0ece0", 0.9)
    picture.paint(
        hull * np.clip(1 - np.abs(Y - (250 - 24 * np.clip((X - 450) / 120, 0, 1) ** 1.6)) / 2.5, 0, 1), "#f0ece0", 0.8
    )
    foam = noise(random, 14, octaves=4, stretch=2)
    wake = blurred(polygon([(60, 322), (530, 320), (575, 338), (300, 334), (20, 346)]), 3)
    picture.paint(np.clip(wake * 1.9 * foam, 0, 1), "#f6fbfd", 0.9)
    picture.paint(blurred(polygon([(516, 330), (540, 306), (566, 334)]), 4) * foam, "#ffffff", 0.95)
    return picture
