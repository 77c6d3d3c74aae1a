"""The words in which every reader of a weights file speaks: element types, shapes, and the reason for a refusal."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

ELEMENT_BYTES: Mapping[str, int] = {
    "BOOL": 1, "U8": 1, "I8": 1, "F8_E4M3": 1, "F8_E5M2": 1,
    "U16": 2, "I16": 2, "F16": 2, "BF16": 2,
    "U32": 4, "I32": 4, "F32": 4,
    "U64": 8, "I64": 8, "F64": 8, "C64": 8,
    "C128": 16,
}  # fmt: skip
"""Element types by the names safetensors gives them (C128 is torch's alone), and how many bytes each takes."""

NUMPY_TYPES: Mapping[str, str] = {"F16": "f2", "BF16": "u2", "F32": "f4", "F64": "f8"}
"""The element types a network's parameters may have, as numpy reads their bytes. BF16 is the upper half of an F32."""

MAX_TENSORS = 20_000
MAX_DIMENSIONS = 8
LONGEST_SHOWN = 60  # characters of a name


class RefusedError(Exception):
    """A file can't be used. Its text is the reason, to stand in "… is not a ResNet: <reason>."."""


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """What a file says of one tensor before its data is looked at."""

    dtype: str  # a key of ELEMENT_BYTES
    shape: tuple[int, ...]

    @property
    def elements(self) -> int:
        count = 1
        for side in self.shape:
            count *= side
        return count

    @property
    def size_bytes(self) -> int:
        return self.elements * ELEMENT_BYTES[self.dtype]


def quoted(text: object) -> str:
    """A name out of a file, fit to be shown: no control or direction characters, and not longer than a line."""
    clean = "".join("?" if unicodedata.category(char)[0] == "C" else char for char in str(text)[: LONGEST_SHOWN + 1])
    return f"“{clean}”" if len(clean) <= LONGEST_SHOWN else f"“{clean[:LONGEST_SHOWN]}…”"


def shape_text(shape: tuple[int, ...]) -> str:
    """(64, 3, 7, 7) as "64x3x7x7"."""
    return "x".join(str(side) for side in shape) or "a single number"
