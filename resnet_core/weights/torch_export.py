"""Writes a state dict as `torch.save` would, without torch: `torch.load(weights_only=True)` reads it.

A zip archive, nothing compressed, each tensor's bytes on a 64-byte boundary so that `mmap=True` works: `data.pkl` has
the names and shapes, `data/<n>` the numbers. The pickle is protocol 2, put together from the opcodes it takes.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from resnet_core.atomic import replacing

ALIGNMENT = 64
_LOCAL_HEADER_BYTES = 30
_STORAGES = {"float32": "FloatStorage", "int64": "LongStorage"}


def write_state_dict(path: Path, arrays: Mapping[str, NDArray[np.generic]]) -> None:
    """Writes float32 and int64 arrays under their names, in their order, in one atomic step. Raises OSError."""
    with replacing(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        members = {
            "data.pkl": _pickle(arrays),
            "byteorder": b"little",
            **{f"data/{number}": _little_endian(array) for number, array in enumerate(arrays.values())},
            "version": b"3\n",
        }
        for name, data in members.items():
            entry = zipfile.ZipInfo(f"archive/{name}")  # dated 1980: the same weights give the same file
            begin = file.tell() + _LOCAL_HEADER_BYTES + len(entry.filename) + 4
            entry.extra = struct.pack("<2sH", b"FB", -begin % ALIGNMENT).ljust(4 + -begin % ALIGNMENT, b"Z")
            archive.writestr(entry, data)


def _little_endian(array: NDArray[np.generic]) -> bytes:
    return np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()


def _pickle(arrays: Mapping[str, NDArray[np.generic]]) -> bytes:
    """An OrderedDict of calls of `_rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks)`."""
    parts = [b"\x80\x02", _name("collections", "OrderedDict"), b")R("]
    for number, (name, array) in enumerate(arrays.items()):
        strides, step = [], 1
        for side in reversed(array.shape):
            strides.append(step)
            step *= side
        storage = [_text("storage"), _name("torch", _STORAGES[array.dtype.name]), _text(str(number)), _text("cpu")]
        parts += [
            _text(name), _name("torch._utils", "_rebuild_tensor_v2"), b"(",
            b"(", *storage, _number(array.size), b"tQ",
            _number(0), _numbers(array.shape), _numbers(tuple(reversed(strides))), b"\x89",
            _name("collections", "OrderedDict"), b")R", b"tR",
        ]  # fmt: skip
    return b"".join([*parts, b"u."])


def _name(module: str, name: str) -> bytes:
    return f"c{module}\n{name}\n".encode("ascii")


def _text(text: str) -> bytes:
    data = text.encode("utf-8")
    return b"X" + struct.pack("<I", len(data)) + data


def _number(number: int) -> bytes:
    return b"J" + struct.pack("<i", number)


def _numbers(numbers: tuple[int, ...]) -> bytes:
    return b"(" + b"".join(map(_number, numbers)) + b"t"
