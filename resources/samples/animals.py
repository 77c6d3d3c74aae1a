"""Animals: each function paints one picture, from the back to the front."""

from __future__ import annotations

import numpy as np
from paint import HEIGHT, WIDTH, Picture, Y, blurred, curve, ellipse, gradient, noise, polygon, shape, stroke


def leafy(random: np.random.Generator, dark: str, middle: str, light: str) -> Picture:
    """A garden out of focus: soft greens and discs of light."""
    blend = blurred(noise(random, 220, octaves=3, stretch=1.2), 12)
    picture = Picture(gradient([(0.2, dark), (0.5, middle), (0.85, light)], blend))
    for _ in range(70):
        x, y, r = random.uniform(-20, WIDTH + 20), random.uniform(-20, HEIGHT + 20), random.uniform(10, 34)
        picture.glow(ellipse(x, y, r), light, random.uniform(0.05, 0.3))
    picture.blur(4)
    for _ in range(26):
        x, y, r = random.uniform(0, WIDTH), random.uniform(0, HEIGHT * 0.8), random.uniform(10, 26)
        disc = ellipse(x, y, r)
        picture.glow(blurred(disc, 1.2), "#fdf6c9", random.uniform(0.06, 0.2))
    return picture


def bird(random: np.random.Generator) -> Picture:
    """A robin on a branch."""
    picture = leafy(random, "#3f5f3a", "#7f9d58", "#cfd78f")
    branch = stroke([(-30, 404), (120, 392), (300, 398), (470, 384), (680, 352)], 26)
    picture.shadow(branch, 5, 16, 10, 0.35)
    picture.solid(
        branch,
        gradient([(0.2, "#5a4030"), (0.8, "#9b7a5c")], noise(random, 9, octaves=3, stretch=6)),
        depth=8,
        shade=0.7,
    )
    picture.solid(stroke([(470, 384), (540, 330), (600, 296)], 9), "#77593f", depth=4)
    for x, y, turn in ((606, 288, -30), (574, 300, 40), (628, 322, 10)):
        picture.solid(ellipse(x, y, 30, 12, degrees=turn), "#8fae4e", depth=5)
    tail = polygon(
        curve(
            [
                (214, 318),
                (214, 318),
                (160, 366),
                (96, 430),
                (96, 430),
                (124, 446),
                (124, 446),
                (196, 396),
                (262, 340),
                (262, 340),
            ]
        )
    )
    picture.solid(tail, "#6b5442", depth=8, shade=0.6)
    body = shape(
        [
            (200, 316),
            (222, 262),
            (268, 208),
            (318, 170),
            (340, 130),
            (380, 104),
            (424, 108),
            (452, 138),
            (456, 172),
            (452, 214),
            (446, 276),
            (410, 340),
            (344, 376),
            (270, 378),
            (222, 352),
        ]
    )
    feathers = noise(random, 7, octaves=3, stretch=0.5)
    picture.solid(body, gradient([(0.1, "#7d6550"), (0.9, "#a58a6d")], feathers), depth=34, shade=0.6, lit=0.25)
    belly = body * blurred(
        shape([(330, 300), (420, 280), (460, 300), (420, 360), (330, 392), (250, 392), (260, 356)]), 12
    )
    picture.paint(belly, "#efe6d6", 0.92)
    breast = body * blurred(
        shape(
            [(372, 128), (410, 116), (460, 140), (470, 200), (464, 270), (420, 312), (372, 304), (350, 250), (362, 190)]
        ),
        5,
    )
    picture.paint(breast, gradient([(0.1, "#d4622a"), (0.9, "#ee8b45")], feathers), 0.95)
    picture.darken(
        body * blurred(1 - shape([(190, 300), (300, 120), (420, 80), (480, 180), (430, 320), (300, 350)]), 22),
        "#4a3240",
        0.5,
    )
    wing = polygon(
        curve(
            [
                (292, 222),
                (316, 226),
                (336, 262),
                (326, 306),
                (280, 338),
                (204, 360),
                (150, 378),
                (150, 378),
                (196, 322),
                (238, 262),
            ]
        )
    )
    picture.shadow(wing * 0.8, 4, 6, 6, 0.35)
    picture.solid(wing, "#80664e", depth=14, shade=0.55)
    for start, middle, end in (
        [(316, 276), (306, 300), (284, 328)],
        [(300, 268), (280, 306), (246, 340)],
        [(282, 264), (252, 310), (212, 348)],
        [(262, 268), (226, 318), (186, 358)],
        [(244, 278), (206, 326), (168, 364)],
    ):
        picture.darken(wing * stroke([start, middle, end], 2.4, 0.5), "#3c2a20", 0.55)
    picture.solid(
        polygon(
            curve([(448, 148), (448, 148), (470, 150), (490, 160), (490, 160), (468, 166), (450, 166), (450, 166)])
        ),
        "#4d4038",
        depth=4,
    )
    picture.paint(ellipse(420, 142, 11.5), "#2a1a16")
    picture.paint(ellipse(420, 142, 9.5), "#0f0b0c")
    picture.paint(ellipse(416.5, 138, 3.2), "#ffffff", 0.95)
    for x in (322, 372):
        picture.paint(stroke([(x, 368), (x + 8, 392)], 5), "#8a5a3c")
        for toe in (-10, 4, 18):
            picture.paint(stroke([(x + 8, 388), (x + 8 + toe, 398)], 4.5), "#8a5a3c")
    return picture


def frog(random: np.random.Generator) -> Picture:
    """A tree frog on a leaf in the pond."""
    picture = leafy(random, "#2f4a44", "#55745a", "#a9bb84")
    pad = ellipse(320, 420, 330, 74)
    picture.shadow(pad, 0, 14, 12, 0.5)
    picture.solid(pad, gradient([(350, "#7c9a55"), (480, "#4a7043")], Y), depth=12, shade=0.5)
    for x in range(-60, 760, 74):
        picture.glow(pad * stroke([(320, 372), ((320 + x) / 2, 400), (x, 470)], 2.5, 0.8), "#dbe8a6", 0.3)
    picture.darken(ellipse(320, 408, 220, 24, soft=9), "#0d1f18", 0.75)
    green = gradient([(0.15, "#5b7a2c"), (0.5, "#7d9c3c"), (0.9, "#a3b852")], noise(random, 26, octaves=4))
    picture.solid(shape([(150, 396), (120, 380), (150, 366), (210, 372), (240, 394), (200, 404)]), "#6f8c37", depth=7)
    body = shape(
        [
            (132, 350),
            (150, 296),
            (200, 238),
            (264, 194),
            (330, 160),
            (400, 146),
            (462, 160),
            (500, 196),
            (512, 226),
            (492, 252),
            (452, 268),
            (420, 300),
            (404, 356),
            (360, 392),
            (260, 404),
            (170, 396),
        ]
    )
    picture.solid(body, green, depth=36, shade=0.62, lit=0.3, shade_colour="#1d3626")
    belly = body * blurred(
        shape(
            [(508, 236), (470, 250), (430, 262), (396, 300), (330, 350), (300, 400), (420, 400), (430, 300), (480, 268)]
        ),
        7,
    )
    picture.paint(belly, "#e9e3b8", 0.92)
    for _ in range(34):
        x, y, r = random.uniform(150, 400), random.uniform(170, 330), random.uniform(4, 12)
        picture.darken(
            body * ellipse(x, y, r, r * 0.7, degrees=-30, soft=0.8) * np.clip((330 - Y) / 40, 0, 1), "#33481c", 0.55
        )
    picture.darken(stroke([(508, 230), (470, 240), (430, 236), (404, 222)], 3, 0.5), "#26351a", 0.75)
    thigh = shape([(132, 372), (140, 318), (190, 286), (252, 296), (292, 340), (300, 384), (262, 406), (180, 408)])
    picture.shadow(thigh, 6, 4, 8, 0.5)
    picture.solid(thigh, green, depth=24, shade=0.6, lit=0.35, shade_colour="#1d3626")
    for x, y, r in ((196, 316, 11), (236, 330, 9), (178, 350, 10), (224, 364, 8), (262, 360, 8)):
        picture.darken(ellipse(x, y, r, r * 0.75, soft=0.8), "#33481c", 0.55)
    foot = shape([(180, 404), (240, 388), (300, 392), (340, 402), (352, 412), (300, 414), (220, 416)])
    picture.solid(foot, "#86a345", depth=6)
    for x in (330, 346, 356):
        picture.solid(ellipse(x, 411 - (356 - x) / 5, 9, 5), "#9db657", depth=3)
    arm = shape(
        [(384, 300), (412, 290), (440, 306), (442, 350), (452, 392), (438, 402), (416, 396), (408, 356), (390, 336)]
    )
    picture.shadow(arm, -5, 4, 6, 0.45)
    picture.solid(arm, green, depth=12, shade=0.6, lit=0.35, shade_colour="#1d3626")
    for x, y in ((424, 408), (446, 412), (470, 408), (486, 400)):
        picture.solid(stroke([(436, 396), (x, y)], 8), "#86a345", depth=4)
        picture.solid(ellipse(x, y, 9, 6), "#a9c063", depth=3)
    picture.solid(ellipse(432, 164, 34, 32), "#86a345", depth=12, shade=0.55, lit=0.4)
    picture.solid(ellipse(438, 164, 25, 25), "#d9a53a", depth=7, lit=0.3)
    picture.paint(ellipse(441, 165, 17, 12), "#14120d")
    picture.paint(ellipse(433, 157, 5), "#ffffff", 0.95)
    picture.paint(ellipse(497, 208, 3.5, 2.5), "#26351a", 0.8)
    picture.glow(body * blurred(stroke([(190, 262), (262, 206), (340, 168)], 12), 6), "#f4ffd0", 0.4)
    return picture
