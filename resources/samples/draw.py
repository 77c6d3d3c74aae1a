"""Draws the sample pictures beside it: `python resources/samples/draw.py [name …]`. Needs numpy and Pillow."""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

import animals
import numpy as np
import roads
import vessels

PICTURES = {
    "airplane": vessels.airplane,
    "automobile": roads.automobile,
    "bird": animals.bird,
    "frog": animals.frog,
    "ship": vessels.ship,
    "truck": roads.truck,
}


def main(names: list[str]) -> None:
    folder = Path(__file__).resolve().parent
    for name in names or PICTURES:
        random = np.random.default_rng(zlib.crc32(name.encode()))
        PICTURES[name](random).save(folder / f"{name}.jpg", random)


if __name__ == "__main__":
    main(sys.argv[1:])
