"""Pictures in a zip file, taken out into a folder: only pictures, only plain names, only so much.

What a zip says of itself is not believed: a member is read in pieces and dropped when it grows past the limit, whatever
size its header gives; its name only decides what the copy is called.
"""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from resnet_core.calls import Cancel
from resnet_core.errors import Cancelled, ImageError
from resnet_core.images import IMAGE_SUFFIXES

MAX_PICTURES = 20_000
MAX_BYTES_EACH = 256 << 20
MAX_BYTES_ALL = 4 << 30
_PIECE = 1 << 20
_NO_NAME = re.compile(r'[\x00-\x1f<>:"|?*\\]+')


def is_archive(path: Path) -> bool:
    return path.suffix.lower() == ".zip" and path.is_file()


def unpack(archive: Path, into: Path, *, cancel: Cancel = lambda: False) -> list[Path]:
    """The pictures in `archive`, as files in a folder of its own in `into`, in the order of their names.

    Unpacked again, an archive that did not change gives the same files. Raises ImageError for one that is no zip file,
    is encrypted, has no pictures or too many bytes; Cancelled.
    """
    found = archive.stat()
    version = f"{archive.absolute()}|{found.st_size}|{found.st_mtime_ns}"
    folder = into / hashlib.sha256(version.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    try:
        with zipfile.ZipFile(archive) as opened:
            return _unpack(archive, opened, folder, cancel)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
        raise ImageError(f"{archive.name} can't be opened as a zip file: {error}.") from None
    except RuntimeError:  # zipfile's word for a member that needs a password
        raise ImageError(f"{archive.name} is encrypted: unpack it first.") from None
    except OSError as error:
        raise ImageError(f"{archive.name} can't be unpacked: {error.strerror or error}.") from None


def _unpack(archive: Path, opened: zipfile.ZipFile, folder: Path, cancel: Cancel) -> list[Path]:
    members = [member for member in opened.infolist() if _is_picture(member)]
    if not members:
        raise ImageError(f"{archive.name} has no pictures in it.")
    if len(members) > MAX_PICTURES:
        raise ImageError(f"{archive.name} has {len(members):,} pictures in it, more than the {MAX_PICTURES:,} opened.")
    left = MAX_BYTES_ALL
    paths: list[Path] = []
    taken: set[Path] = set()
    for member in sorted(members, key=lambda member: member.filename):
        if cancel():
            raise Cancelled
        target = _target(folder, member.filename, taken)
        if not (target.exists() and target.stat().st_size == member.file_size):
            target.parent.mkdir(parents=True, exist_ok=True)
            _copy(archive, opened, member, target, min(left, MAX_BYTES_EACH))
        left -= target.stat().st_size
        paths.append(target)
    return paths


def _is_picture(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not member.is_dir() and not hidden and path.suffix.lower() in IMAGE_SUFFIXES


def _target(folder: Path, name: str, taken: set[Path]) -> Path:
    """A file inside `folder`, whatever `name` says: its last two parts, without what no file may be called."""
    parts = [_NO_NAME.sub("_", part).strip(" .")[-120:] for part in PurePosixPath(name.replace("\\", "/")).parts[-2:]]
    target = folder.joinpath(*[part for part in parts if part not in ("", "..", "/")] or ["picture"])
    number = 2
    while target in taken:
        target = target.with_name(f"{PurePosixPath(parts[-1]).stem} ({number}){target.suffix}")
        number += 1
    taken.add(target)
    return target


def _copy(archive: Path, opened: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, most: int) -> None:
    part = target.with_name(f"{target.name}.part")
    try:
        with opened.open(member) as source, part.open("wb") as copy:
            written = 0
            while piece := source.read(_PIECE):
                written += len(piece)
                if written > most:
                    raise ImageError(
                        f"{archive.name} unpacks to more than is sensible: {member.filename} is too large."
                    )
                copy.write(piece)
        os.replace(part, target)  # noqa: PTH105 - atomic on every system
    finally:
        part.unlink(missing_ok=True)
