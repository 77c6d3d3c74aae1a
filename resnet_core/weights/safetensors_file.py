"""Safetensors: a strict look at the header first, the data only when the header is sound.

The format (https://huggingface.co/docs/safetensors): eight bytes with the length of a JSON header, the header, then
the tensors' bytes, little-endian, without gaps. Read and written here rather than by the library, because a listing
must be fast, a refusal must give its reason, and our header starts the data on a cache line.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from resnet_core.atomic import replacing
from resnet_core.weights.tensors import (
    ELEMENT_BYTES,
    MAX_DIMENSIONS,
    MAX_TENSORS,
    NUMPY_TYPES,
    RefusedError,
    TensorInfo,
    quoted,
)

if TYPE_CHECKING:
    import numpy as np
    from _typeshed import ReadableBuffer
    from numpy.typing import NDArray

MAX_HEADER_BYTES = 8 << 20  # that of a ResNet-152 takes 0.1 MB; the library's own limit is 100 MB
ALIGNMENT = 64


@dataclass(frozen=True)
class Header:
    """A checked header: every tensor lies inside the file and is as long as its shape says."""

    tensors: Mapping[str, TensorInfo]
    begins: Mapping[str, int]  # where each tensor starts, in bytes from `data_start`
    metadata: Mapping[str, str]
    data_start: int
    file_bytes: int


def read_header(path: Path) -> Header:
    """The header of a safetensors file. Raises RefusedError with the reason, and OSError."""
    with path.open("rb") as file:
        return _read_header(file)


def read_tensors(path: Path, header: Header, names: Iterable[str]) -> dict[str, NDArray[np.float32]]:
    """The named tensors of the file that has this header, as contiguous float32. Float32 data is read, not copied.

    Raises RefusedError for a file or tensor that can't be used (whole or complex numbers), OSError, and KeyError for
    a name the file does not hold.
    """
    import numpy as np

    wanted = _wanted(header, names)
    with path.open("rb") as file:
        data = np.empty(header.file_bytes - header.data_start, np.uint8)
        _fill(file, header.data_start, data)
    arrays = {}
    for name, info in wanted.items():
        begin = header.begins[name]
        arrays[name] = _as_float32(data[begin : begin + info.size_bytes], info)
    return arrays


def read_few(path: Path, header: Header, names: Iterable[str]) -> dict[str, NDArray[np.float32]]:
    """As `read_tensors`, for a small part of the file: only the named tensors' bytes are read."""
    import numpy as np

    arrays = {}
    with path.open("rb") as file:
        for name, info in _wanted(header, names).items():
            data = np.empty(info.size_bytes, np.uint8)
            _fill(file, header.data_start + header.begins[name], data)
            arrays[name] = _as_float32(data, info)
    return arrays


def _wanted(header: Header, names: Iterable[str]) -> dict[str, TensorInfo]:
    wanted = {name: header.tensors[name] for name in names}
    for name, info in wanted.items():
        check_element_type(name, info.dtype)
    return wanted


def _fill(file: BinaryIO, place: int, data: NDArray[np.uint8]) -> None:
    file.seek(place)
    if file.readinto(data.data) != data.size:  # type: ignore[attr-defined]
        raise RefusedError("it ends before its data does")


def _as_float32(data: NDArray[np.uint8], info: TensorInfo) -> NDArray[np.float32]:
    import numpy as np

    raw = data.view(f"<{NUMPY_TYPES[info.dtype]}").reshape(info.shape)
    if info.dtype == "BF16":
        raw = (raw.astype(np.uint32) << 16).view(np.float32)
    with np.errstate(over="ignore"):  # a float64 too large becomes infinite, and is refused as that
        return np.require(raw.astype(np.float32, copy=False), requirements=["C", "A"])


def check_element_type(name: str, dtype: str) -> None:
    """Raises RefusedError unless `dtype` is one of the float types a parameter can have."""
    if dtype in NUMPY_TYPES:
        return
    if dtype.startswith("C"):
        raise RefusedError(f"{quoted(name)} holds complex numbers")
    if dtype.startswith("F8"):
        raise RefusedError(f"{quoted(name)} holds 8-bit floats, which mean nothing without their scales")
    raise RefusedError(f"{quoted(name)} holds whole numbers ({dtype}), as quantised networks do")


def write(
    path: Path,
    tensors: Mapping[str, TensorInfo],
    data: Callable[[str], ReadableBuffer],
    metadata: Mapping[str, str],
) -> None:
    """Writes a safetensors file in one atomic step. `data(name)` gives a tensor's bytes, little-endian, C order.

    Raises OSError, and ValueError when the bytes of a tensor are not as many as its shape says.
    """
    entries: dict[str, object] = {"__metadata__": dict(metadata)} if metadata else {}
    end = 0
    for name, info in tensors.items():
        begin, end = end, end + info.size_bytes
        entries[name] = {"dtype": info.dtype, "shape": list(info.shape), "data_offsets": [begin, end]}
    header = json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    header += b" " * (-(8 + len(header)) % ALIGNMENT)
    with replacing(path) as file:
        file.write(struct.pack("<Q", len(header)))
        file.write(header)
        for name, info in tensors.items():
            if file.write(data(name)) != info.size_bytes:
                raise ValueError(f"{name} is not {info.size_bytes} bytes long")


def _read_header(file: BinaryIO) -> Header:
    size = os.fstat(file.fileno()).st_size
    start = file.read(8)
    if len(start) < 8:
        raise RefusedError("it is empty" if not start else "it ends before its header does")
    (length,) = struct.unpack("<Q", start)
    if length > MAX_HEADER_BYTES:
        raise RefusedError(f"its header claims {length:,} bytes, far more than that of any ResNet")
    if 8 + length > size:
        raise RefusedError("it ends before its header does")
    header = _parse(file.read(length))
    metadata = _metadata(header.pop("__metadata__", {}))
    if len(header) > MAX_TENSORS:
        raise RefusedError(f"it holds {len(header):,} tensors, far more than any ResNet")
    tensors, begins, spans = {}, {}, []
    for name, entry in header.items():
        info, begin = _tensor(name, entry)
        tensors[name], begins[name] = info, begin
        spans.append((begin, begin + info.size_bytes))
    end = 0
    for begin, stop in sorted(spans):
        if begin != end:
            raise RefusedError("its tensors overlap or leave gaps")
        end = stop
    data_bytes = size - 8 - length
    if end > data_bytes:
        raise RefusedError("it ends before its data does")
    if end < data_bytes:
        raise RefusedError(f"{data_bytes - end:,} bytes at its end belong to no tensor")
    return Header(tensors, begins, metadata, 8 + length, size)


def _parse(text: bytes) -> dict[str, object]:
    try:
        header = json.loads(text.decode("utf-8"), object_pairs_hook=_without_duplicates)
    except UnicodeDecodeError:
        raise RefusedError("its header is not UTF-8 text") from None
    except (ValueError, RecursionError):
        raise RefusedError("its header is not the JSON of a safetensors file") from None
    if not isinstance(header, dict):
        raise RefusedError("its header is not the JSON of a safetensors file")
    return header


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise RefusedError("its header names something twice")
    return table


def _metadata(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise RefusedError("the metadata in its header is not text")
    return value


_FIELDS = {"dtype", "shape", "data_offsets"}


def _tensor(name: str, entry: object) -> tuple[TensorInfo, int]:
    """What the header says of one tensor, and where it begins."""
    if not isinstance(entry, dict) or entry.keys() != _FIELDS:
        raise RefusedError(f"its header describes {quoted(name)} in a way safetensors does not know")
    dtype, shape, offsets = entry["dtype"], entry["shape"], entry["data_offsets"]
    if not isinstance(dtype, str) or dtype not in ELEMENT_BYTES:
        raise RefusedError(f"{quoted(name)} has an unknown element type, {quoted(dtype)}")
    if not isinstance(shape, list) or not isinstance(offsets, list) or len(offsets) != 2 or len(shape) > MAX_DIMENSIONS:
        raise RefusedError(f"{quoted(name)} has an impossible shape or place")
    for number in (*shape, *offsets):
        if type(number) is not int or not 0 <= number < 1 << 62:
            raise RefusedError(f"{quoted(name)} has an impossible shape or place")
    info = TensorInfo(dtype, tuple(shape))
    if offsets[1] - offsets[0] != info.size_bytes:
        raise RefusedError(f"the shape of {quoted(name)} does not fit the length of its data")
    return info, offsets[0]
