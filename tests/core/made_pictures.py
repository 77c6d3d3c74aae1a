"""Pictures made for tests of reading pictures: files in memory, and colour profiles."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import numpy as np
from PIL import Image

FOUR = np.repeat(
    np.repeat(np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [255, 255, 255]]], np.uint8), 16, 0), 24, 1
)
"""32 x 48 px: red, green; blue, white."""


def encode(image: Image.Image | np.ndarray, kind: str = "PNG", **options: object) -> bytes:
    file = BytesIO()
    image = Image.fromarray(image) if isinstance(image, np.ndarray) else image
    image.save(file, kind, **options)  # type: ignore[arg-type]
    return file.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def with_chunk(png: bytes, kind: bytes, body: bytes) -> bytes:
    """A PNG with one chunk more, after its header."""
    return png[:33] + chunk(kind, body) + png[33:]


def png_claiming(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def profile(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    """An ICC profile, version 2, of a display in `space` (b"RGB " or b"GRAY")."""
    directory, body, start = b"", b"", 132 + 12 * len(tags)
    for name, data in tags.items():
        data += b"\0" * (-len(data) % 4)
        directory += struct.pack(">4sII", name, start + len(body), len(data))
        body += data
    head = struct.pack(">II", start + len(body), 0) + struct.pack(">I", 0x02100000) + b"mntr" + space + b"XYZ "
    head += struct.pack(">6H", 2020, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28 + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + directory + body


def xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))


def gamma(value: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(value * 256))


SRGB_RED, SRGB_GREEN, SRGB_BLUE = xyz(0.4361, 0.2225, 0.0139), xyz(0.3851, 0.7169, 0.0971), xyz(0.1431, 0.0606, 0.7141)
WHITE = xyz(0.9642, 1.0, 0.8249)


def rgb_profile(red: bytes = SRGB_RED, green: bytes = SRGB_GREEN, blue: bytes = SRGB_BLUE, power: float = 2.2) -> bytes:
    tags = {b"rXYZ": red, b"gXYZ": green, b"bXYZ": blue, b"wtpt": WHITE}
    return profile(b"RGB ", {**tags, b"rTRC": gamma(power), b"gTRC": gamma(power), b"bTRC": gamma(power)})


SWAPPED = rgb_profile(red=SRGB_GREEN, green=SRGB_RED)
"""A profile whose red is green, and whose green is red."""
