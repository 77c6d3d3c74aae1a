"""The state of a run on the disk: there is always one that is whole, whatever happens to the process or the power.

`last.pt` is the newest, `last.previous.pt` the one before. A new one is written under a temporary name, flushed to the
disk, and only then takes its place. What it holds is torch's affair (`state.py`); this file knows it as a zip archive,
which says by itself whether all its bytes are as they were written.
"""

from __future__ import annotations

import contextlib
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from resnet_core.atomic import TEMPORARY_SUFFIX, replacing, sync_folder

LAST = "last.pt"
PREVIOUS = "last.previous.pt"
_CHUNK_BYTES = 1 << 20


def save(folder: Path, write: Callable[[BinaryIO], None]) -> Path:
    """Writes a new state by `write(file)`. Raises OSError, and then everything is as it was before."""
    last, previous = folder / LAST, folder / PREVIOUS
    with replacing(last) as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
        # The new state is whole now, under its temporary name. Keep the one before until the new one has its place.
        if last.exists():
            _link(last, previous)
    return last


def newest(folder: Path) -> Path | None:
    """The newest state that is whole. Damaged ones are kept beside it as `.bad`. Raises OSError."""
    sweep(folder)
    for path in (folder / LAST, folder / PREVIOUS):
        if not path.exists():
            continue
        if is_whole(path):
            return path
        path.replace(path.with_name(f"{path.name}.bad"))
    return None


def is_whole(path: Path) -> bool:
    """Whether every byte in the file is as it was written, by the archive's checksums."""
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                with archive.open(member) as file:
                    while file.read(_CHUNK_BYTES):
                        pass
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError):
        return False
    return True


def has_state(folder: Path) -> bool:
    """Whether there is a saved state, so that the training can go on from more than its beginning."""
    return any((folder / name).exists() for name in (LAST, PREVIOUS))


def sweep(folder: Path) -> None:
    """Removes what a killed process left half-written."""
    for path in _temporaries(folder):
        with contextlib.suppress(OSError):
            path.unlink()


def _temporaries(folder: Path) -> Iterator[Path]:
    yield from (path for path in folder.iterdir() if path.name[0] == "." and path.name.endswith(TEMPORARY_SUFFIX))


def _link(path: Path, name: Path) -> None:
    """Gives a file a second name, in place of what had that name; by renaming where the disk knows no links."""
    temporary = name.with_name(f".{name.name}.link{TEMPORARY_SUFFIX}")
    with contextlib.suppress(FileNotFoundError):
        temporary.unlink()
    try:
        os.link(path, temporary)
        temporary.replace(name)
    except OSError:
        path.replace(name)
    sync_folder(name.parent)
