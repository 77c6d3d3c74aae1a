"""Messages between the window's process and a torch worker: a JSON header and raw arrays. No pickle, so no code.

On the wire: 4 bytes "RNL1", the header's length (uint32), the header (UTF-8 JSON, with name and shape of each array
under "arrays"), then the arrays one after another, float32, little-endian.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod
from typing import Any, BinaryIO

import numpy as np

from resnet_core.engines.base import Floats

MAGIC = b"RNL1"
HEADER_LIMIT_BYTES = 16 * 2**20
ARRAYS_LIMIT_BYTES = 2**36

_PREFIX = struct.Struct("<4sI")
_WIRE_DTYPE = np.dtype("<f4")


@dataclass(frozen=True)
class Message:
    """What is said (`header`, plain JSON values) and the arrays that go with it."""

    header: Mapping[str, Any]
    arrays: Mapping[str, Floats] = field(default_factory=dict)


def write_message(stream: BinaryIO, message: Message) -> None:
    """Writes and flushes. Raises OSError (BrokenPipeError) when nobody reads any more."""
    shapes = [[name, list(array.shape)] for name, array in message.arrays.items()]
    header = json.dumps({**message.header, "arrays": shapes}).encode()
    stream.write(_PREFIX.pack(MAGIC, len(header)) + header)
    for array in message.arrays.values():
        stream.write(_bytes_of(np.ascontiguousarray(array, _WIRE_DTYPE)))
    stream.flush()


def read_message(stream: BinaryIO) -> Message:
    """The next message. Raises EOFError when the stream ends, ValueError for bytes that are no message."""
    magic, length = _PREFIX.unpack(_read(stream, _PREFIX.size))
    if magic != MAGIC or length > HEADER_LIMIT_BYTES:
        raise ValueError("These bytes are no message of a ResNet Lens worker.")
    header = json.loads(_read(stream, length))
    shapes = {str(name): tuple(int(side) for side in shape) for name, shape in header.pop("arrays")}
    if sum(4 * prod(shape) for shape in shapes.values()) > ARRAYS_LIMIT_BYTES:
        raise ValueError("A message of a ResNet Lens worker claims arrays of over 64 GiB.")
    return Message(header, {name: _read_array(stream, shape) for name, shape in shapes.items()})


def _bytes_of(array: Floats) -> memoryview:
    """The memory of a contiguous array, without a copy."""
    return array.reshape(-1).view(np.uint8).data


def _read_array(stream: BinaryIO, shape: tuple[int, ...]) -> Floats:
    array = np.empty(shape, _WIRE_DTYPE)
    _read_into(stream, _bytes_of(array))
    return array.astype(np.float32, copy=False)


def _read(stream: BinaryIO, size: int) -> bytes:
    data = bytearray(size)
    _read_into(stream, memoryview(data))
    return bytes(data)


def _read_into(stream: BinaryIO, target: memoryview) -> None:
    """Fills `target`: a pipe gives what it has, which is rarely all."""
    done = 0
    while done < len(target):
        count = stream.readinto(target[done:])  # type: ignore[attr-defined]
        if not count:
            raise EOFError("The stream ended inside a message." if done else "The stream ended.")
        done += count
