"""Reads Qt's compiled translations (.qm): the file that `lrelease` makes, as a dictionary.

Qt's own loader answers questions one by one and can't say which texts there are; `app.sentences` has to know them all.
"""

from __future__ import annotations

import struct
from pathlib import Path

_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_MESSAGES = 0x69  # the section that holds every text; the others help to find one without reading all
_END, _TRANSLATION, _SOURCE = 1, 3, 6  # parts of a message


def read(path: Path) -> dict[str, str]:
    """Every text with its translation. Raises ValueError for a file that is no .qm, OSError."""
    data = path.read_bytes()
    if not data.startswith(_MAGIC):
        raise ValueError(f"{path.name} is no .qm file")
    place = len(_MAGIC)
    try:
        while place < len(data):
            section, size = struct.unpack_from(">BI", data, place)
            place += 5
            if place + size > len(data):
                raise ValueError(f"{path.name} is cut off")
            if section == _MESSAGES:
                return _messages(data[place : place + size])
            place += size
    except struct.error as error:
        raise ValueError(f"{path.name} is cut off") from error
    return {}


def _messages(data: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    place, source, translation = 0, "", ""
    while place < len(data):
        part = data[place]
        place += 1
        if part == _END:
            found[source] = translation
            continue
        (size,) = struct.unpack_from(">I", data, place)
        value = data[place + 4 : place + 4 + size]
        place += 4 + size
        if part == _TRANSLATION:
            translation = value.decode("utf-16-be")
        elif part == _SOURCE:
            source = value.decode()
    return found
