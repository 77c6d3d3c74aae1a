"""What `torch.save` writes, read without torch: the zip format and the one before torch 1.6.

`open_torch_file` reads the pickle and nothing else; the numbers of a storage are read when asked for, and what was
not asked for is checked by its checksum all the same.
"""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from resnet_core.weights.pickle_names import Storage
from resnet_core.weights.pickle_reader import PickleReader
from resnet_core.weights.sniff import LEGACY_MAGIC
from resnet_core.weights.tensors import ELEMENT_BYTES, RefusedError

MAX_PICKLE_BYTES = 32 << 20  # that of a ResNet-152 with its optimizer takes 0.5 MB
CHUNK_BYTES = 1 << 20
LEGACY_PROTOCOL = 1001


class Storages(Protocol):
    """The numbers in a checkpoint."""

    byte_order: str  # "<" or ">"

    def read(self, key: str) -> bytes:
        """All bytes of one storage. Raises RefusedError where they are damaged or fewer than claimed, and OSError."""
        ...

    def verify_rest(self) -> None:
        """Checks what was not read. Raises RefusedError, OSError."""
        ...


@dataclass(frozen=True)
class TorchFile:
    content: object  # what was saved, in the records of `pickle_names`
    storages: Storages


@contextmanager
def open_torch_file(path: Path) -> Iterator[TorchFile]:
    """Opens a `.pth` of either format. Raises RefusedError with the reason, and OSError."""
    with path.open("rb") as file:
        start = file.read(len(LEGACY_MAGIC))
        file.seek(0)
        if start == LEGACY_MAGIC:
            yield _open_legacy(file)
            return
        try:
            with zipfile.ZipFile(file) as archive:
                yield _open_zip(archive, os.fstat(file.fileno()).st_size)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, struct.error, UnicodeDecodeError):
            raise RefusedError("it is damaged or cut off") from None


def _open_zip(archive: zipfile.ZipFile, file_bytes: int) -> TorchFile:
    entries = {entry.filename: entry for entry in archive.infolist()}
    folder = next(
        (name.removesuffix("data.pkl") for name in entries if name.count("/") < 2 and name.endswith("/data.pkl")), None
    )
    if folder is None:
        raise RefusedError("it is a zip archive with something else inside")
    if f"{folder}constants.pkl" in entries:
        raise RefusedError("it is a TorchScript program, and only weights are read (save model.state_dict() instead)")
    if len(entries) != len(archive.infolist()):
        raise RefusedError("its zip directory names something twice")
    if any(entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1 for entry in entries.values()):
        raise RefusedError("it is compressed or encrypted, which torch never does")
    if any(entry.file_size != entry.compress_size for entry in entries.values()):
        raise RefusedError("its zip directory contradicts itself")
    if sum(entry.file_size for entry in entries.values()) > file_bytes:
        raise RefusedError("its zip directory claims more than the file holds")
    if entries[f"{folder}data.pkl"].file_size > MAX_PICKLE_BYTES:
        raise RefusedError("its pickle is far larger than that of any ResNet")
    with archive.open(f"{folder}data.pkl") as pickled:
        reader = PickleReader(pickled)  # type: ignore[arg-type]
        content = reader.read()
        while pickled.read(CHUNK_BYTES):  # to its end, where its checksum is compared
            pass
    order = archive.read(f"{folder}byteorder") if f"{folder}byteorder" in entries else b"little"
    return TorchFile(content, _ZipStorages(archive, f"{folder}data/", reader.storages, ">" if order == b"big" else "<"))


class _ZipStorages:
    """Storages as members `data/<key>` of a zip archive; zipfile compares each checksum when a member is read out."""

    def __init__(self, archive: zipfile.ZipFile, folder: str, storages: Mapping[str, Storage], byte_order: str) -> None:
        self.byte_order = byte_order
        self._archive = archive
        self._folder = folder
        self._storages = storages
        self._verified: set[str] = set()

    def read(self, key: str) -> bytes:
        name = self._folder + key
        storage = self._storages[key]
        try:
            data = self._archive.read(name)
        except KeyError:
            raise RefusedError("some of its data is missing") from None
        self._verified.add(name)
        if len(data) != storage.length * ELEMENT_BYTES[storage.dtype]:
            raise RefusedError("some of its data is not as long as claimed")
        return data

    def verify_rest(self) -> None:
        for name in self._archive.namelist():
            if name not in self._verified:
                with self._archive.open(name) as member:
                    while member.read(CHUNK_BYTES):
                        pass


def _open_legacy(file: BinaryIO) -> TorchFile:
    """Magic number, protocol, byte order, object, keys: five pickles; then of each storage its length and numbers."""
    reader = PickleReader(file)
    reader.read()
    protocol, system = reader.read(), reader.read()
    if protocol != LEGACY_PROTOCOL or not isinstance(system, dict):
        raise RefusedError("it is a torch file of an unknown version")
    content, keys = reader.read(), reader.read()
    if not isinstance(keys, list):
        raise RefusedError("its pickle is malformed")
    order = "<" if system.get("little_endian", True) is True else ">"
    return TorchFile(content, _LegacyStorages(file, keys, reader.storages, order))


class _LegacyStorages:
    """Storages one after another at the end of the file, each led by its length. The format has no checksums."""

    def __init__(self, file: BinaryIO, keys: list[object], storages: Mapping[str, Storage], byte_order: str) -> None:
        self.byte_order = byte_order
        self._file = file
        self._places: dict[str, tuple[int, int]] = {}
        position, end = file.tell(), os.fstat(file.fileno()).st_size
        for key in keys:
            storage = storages.get(key) if isinstance(key, str) else None
            if storage is None or not isinstance(key, str):
                raise RefusedError("it holds data that nothing refers to")
            file.seek(position)
            length = file.read(8)
            if len(length) != 8:
                raise RefusedError("it is cut off")
            if struct.unpack(f"{byte_order}q", length) != (storage.length,):
                raise RefusedError("some of its data is not as long as claimed")
            count = storage.length * ELEMENT_BYTES[storage.dtype]
            self._places[key] = position + 8, count
            position += 8 + count
            if position > end:
                raise RefusedError("it is cut off")

    def read(self, key: str) -> bytes:
        if key not in self._places:
            raise RefusedError("some of its data is missing")
        begin, count = self._places[key]
        self._file.seek(begin)
        return self._file.read(count)

    def verify_rest(self) -> None:
        """Nothing to compare with."""
