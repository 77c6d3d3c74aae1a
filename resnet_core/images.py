"""Any image file, bytes or clipboard picture -> upright sRGB uint8 (H, W, 3).

Every picture a user brings comes in here and nowhere else. Pillow decodes, from a closed list of formats, after our
own limits; everything that can go wrong becomes an ImageError, a sentence that names the file.
"""

from __future__ import annotations

import importlib
import os
import re
import stat
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from resnet_core.errors import ImageError
from resnet_core.image_formats import (
    HEAD_BYTES,
    IMAGE_SUFFIXES,
    JPEG,
    PNG,
    PPM,
    PictureFormat,
    identify,
    is_chopped_up,
    is_cut_off,
    without_bulky_notes,
)
from resnet_core.image_pixels import Rgb, upright_rgb

__all__ = ["IMAGE_SUFFIXES", "Picture", "decode_image", "find_images", "from_rgb", "load_image", "thumbnail"]

MAX_PIXELS = 8192 * 8192
"""The largest picture that is decoded: 67 megapixels, which cost about 0.5 GB for a moment."""

MAX_ASPECT = 8192
"""The longest strip that is decoded: its long side over its short one."""

MAX_FILE_BYTES = 512 << 20

# A progressive JPEG repeats the whole picture in every scan; real ones have about ten. Pixels x scans bounds the time.
_MAX_SCAN_PIXELS = 40 * MAX_PIXELS
_MAX_PLAIN_PPM_BYTES = 32 << 20  # written as text, read by Python: 1 s for 10 MB


@dataclass(frozen=True, eq=False)
class Picture:
    """A decoded picture. `rgb` is upright sRGB, uint8 (H, W, 3), read-only; `name` can be shown as it is.

    `path` and `file_bytes` are None when it does not come from a file.
    """

    rgb: NDArray[np.uint8] = field(repr=False)
    name: str
    path: Path | None = None
    file_bytes: int | None = None

    @property
    def width(self) -> int:
        return int(self.rgb.shape[1])

    @property
    def height(self) -> int:
        return int(self.rgb.shape[0])


def load_image(path: str | Path) -> Picture:
    """Reads a picture from a regular file; of an animation the first frame. Raises ImageError."""
    name = _shown(path)
    data, picture = _read(Path(path), name)
    return Picture(_sealed(_decode(data, picture, name)), name, Path(path), len(data))


def decode_image(data: bytes, *, name: str) -> Picture:
    """The same for a file's bytes, `name` being what messages call it. Raises ImageError."""
    name = _shown(name)
    rgb = _decode(data, identify(data[:HEAD_BYTES], name), name)
    return Picture(_sealed(rgb), name, None, len(data))


def from_rgb(array: NDArray[np.uint8], name: str) -> Picture:
    """A picture of pixels that somebody else decoded, such as the clipboard's: uint8 (H, W), (H, W, 3), (H, W, 4).

    A fourth channel is alpha, not premultiplied, and is laid over white. Raises ImageError for other shapes and for
    sizes beyond the limits of files.
    """
    name = _shown(name)
    if array.dtype != np.uint8 or array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] not in (3, 4)):
        raise ImageError(f"{name} is not a picture: {array.dtype} {array.shape} instead of uint8 (height, width, 3).")
    _check_size(array.shape[1], array.shape[0], name)
    if array.ndim == 3 and array.shape[2] == 3:
        return Picture(_sealed(array.copy()), name)
    return Picture(_sealed(upright_rgb(Image.fromarray(np.ascontiguousarray(array)))), name)


def thumbnail(source: Picture | str | Path, side_px: int) -> Rgb:
    """A small copy for a list: upright sRGB uint8 (h, w, 3), its longer side at most `side_px`, never enlarged.

    A JPEG file is decoded at an eighth, a quarter or a half where that is enough, which makes it several times faster.
    Raises ImageError.
    """
    if isinstance(source, Picture):
        rgb: Rgb = source.rgb
    else:
        name = _shown(source)
        data, picture = _read(Path(source), name)
        rgb = _decode(data, picture, name, draft_px=2 * side_px)
    height, width = rgb.shape[:2]
    shrink = side_px / max(width, height)
    if shrink >= 1:
        return rgb
    size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    return np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0))


def find_images(paths: Iterable[str | Path], recursive: bool = True) -> Iterator[Path]:
    """The picture files meant by `paths`, in the order given, folders replaced by what they hold.

    In a folder, files are chosen by suffix and sorted as people count (2 before 10); hidden ones are left out, linked
    folders are not followed. A path that is no folder is passed on whatever it is, and so is a folder that can't be
    listed: `load_image` gives the reason.
    """
    for path in map(Path, paths):
        if path.is_dir():
            yield from _listed(path, recursive)
        else:
            yield path


def _listed(folder: Path, recursive: bool) -> Iterator[Path]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted((entry for entry in listing if not _hidden(entry)), key=lambda entry: _natural(entry.name))
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            continue
        if Path(entry.name).suffix.lower() in IMAGE_SUFFIXES and not entry.is_dir():
            yield Path(entry.path)
    for entry in entries:
        if recursive and entry.is_dir(follow_symlinks=False):
            yield from _listed(Path(entry.path), recursive)


def _hidden(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith("."):
        return True
    flags = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0) if os.name == "nt" else 0
    return bool(flags & stat.FILE_ATTRIBUTE_HIDDEN)


def _natural(name: str) -> tuple[list[tuple[int, int | str]], str]:
    parts = re.split(r"(\d+)", name.casefold())
    return [(0, int(part)) if part.isdecimal() else (1, part) for part in parts if part], name


def _shown(path: str | Path) -> str:
    """A file's name as it can be printed: no control characters, nothing that is not Unicode."""
    name = Path(path).name or str(path)
    name = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)


def _sealed(rgb: Rgb) -> Rgb:
    rgb.flags.writeable = False
    return rgb


def _read(path: Path, name: str) -> tuple[bytes, PictureFormat]:
    """All bytes of a regular file, and its format, found before the rest is read. Raises ImageError."""
    try:
        _check_regular(path, path.stat(), name)
        # What was a file a moment ago may be a pipe now: opening one must not wait for a writer.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            found = os.fstat(file.fileno())
            _check_regular(path, found, name)
            head = file.read(HEAD_BYTES)
            picture = identify(head, name)
            if found.st_size > MAX_FILE_BYTES:
                size, limit = found.st_size >> 20, MAX_FILE_BYTES >> 20
                raise ImageError(f"{name} is too large: a file of {size} MB, where the limit is {limit} MB.")
            return head + file.read(MAX_FILE_BYTES), picture
    except FileNotFoundError:
        raise ImageError(f"{name} is not there: it was moved, renamed or deleted.") from None
    except PermissionError:
        raise ImageError(f"{name} can't be opened: you have no permission to read it.") from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        reason = getattr(error, "strerror", None) or str(error)
        raise ImageError(f"{name} can't be read: {reason}.") from error


def _check_regular(path: Path, found: os.stat_result, name: str) -> None:
    """Raises ImageError, and the OSError of a folder that can't be listed."""
    if stat.S_ISDIR(found.st_mode):
        os.scandir(path).close()
        raise ImageError(f"{name} is a folder, not a picture.")
    if not stat.S_ISREG(found.st_mode):
        raise ImageError(f"{name} is a device or a pipe, not a picture file.")


def _check_size(width: int, height: int, name: str) -> None:
    size = f"{width} x {height} px"
    if width < 1 or height < 1:
        raise ImageError(f"{name} is damaged: it says it is {size} large.")
    if width * height > MAX_PIXELS:
        raise ImageError(
            f"{name} is too large: {size}, where the limit is {MAX_PIXELS // 10**6} megapixels. Open a smaller copy."
        )
    if max(width, height) > MAX_ASPECT * min(width, height):
        raise ImageError(f"{name} is too narrow to look at: {size}. Open a part of it.")


def _decode(data: bytes, picture: PictureFormat, name: str, *, draft_px: int | None = None) -> Rgb:
    """`draft_px`: a JPEG may come at a reduced scale, not below this many pixels on its longer side."""
    _refuse_slow(data, picture, name)
    _silence_pillow()
    importlib.import_module(f"PIL.{picture.plugin}")  # else Image.open imports all forty plugins
    try:
        file = BytesIO(without_bulky_notes(data) if picture is PNG else data)
        with Image.open(file, formats=[picture.pillow]) as image:
            _check_size(*image.size, name)
            if picture is JPEG:
                _check_scans(data, image, name)
                if draft_px is not None:
                    image.draft(None, _shrunk(image.size, draft_px))
            image.load()
            return upright_rgb(image)
    except ImageError:
        raise
    except Image.DecompressionBombError as error:
        claimed = re.search(r"\((\d+) pixels\)", str(error))
        size = f"{int(claimed[1]) / 1e6:,.0f} megapixels" if claimed else "more pixels"
        limit = f"{MAX_PIXELS // 10**6} megapixels"
        raise ImageError(f"{name} is too large: {size}, where the limit is {limit}. Open a smaller copy.") from error
    except MemoryError as error:
        raise ImageError(f"{name} needs more memory than this computer has free.") from error
    except Exception as error:  # a bad file makes Pillow raise OSError, SyntaxError, TypeError, RuntimeError, …
        raise ImageError(_reason(error, data, picture, name)) from error


def _reason(error: Exception, data: bytes, picture: PictureFormat, name: str) -> str:
    said = str(error).lower()
    if is_cut_off(data, picture) or "truncated" in said or isinstance(error, EOFError):
        return f"{name} is cut off: the file ends before the picture does."
    if isinstance(error, NotImplementedError) or "unsupported" in said or "unknown" in said:
        return f"{name} is a {picture.name} of a kind this program does not read. Save it as PNG."
    header = isinstance(error, UnidentifiedImageError)
    return f"{name} is damaged: its {picture.name} {'header' if header else 'data'} can't be decoded."


def _refuse_slow(data: bytes, picture: PictureFormat, name: str) -> None:
    if is_chopped_up(data, picture):
        raise ImageError(f"{name} is damaged: its {picture.name} data lies in too many small pieces.")
    if picture is PPM and data[1:2] in b"123" and len(data) > _MAX_PLAIN_PPM_BYTES:
        raise ImageError(f"{name} is too large: a PPM written as text is read up to {_MAX_PLAIN_PPM_BYTES >> 20} MB.")


def _check_scans(data: bytes, image: Image.Image, name: str) -> None:
    scans = data.count(b"\xff\xda")
    if image.info.get("progressive") and image.size[0] * image.size[1] * scans > _MAX_SCAN_PIXELS:
        raise ImageError(f"{name} would take too long to decode: it draws itself {scans} times over.")


def _shrunk(size: tuple[int, int], side_px: int) -> tuple[int, int]:
    longer = max(size)
    return max(1, size[0] * side_px // longer), max(1, size[1] * side_px // longer)


def _silence_pillow() -> None:
    """Keeps Pillow's warnings about odd files off the terminal, and its own bomb limit at ours, inside containers too.

    Adds one filter that concerns Pillow alone: `catch_warnings` would disturb other threads. Again and again, since
    others do use it, and it would drop the filter.
    """
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # Pillow refuses above twice this
    if not any(entry[0] == "ignore" and getattr(entry[3], "pattern", "") == r"PIL\." for entry in warnings.filters):
        warnings.filterwarnings("ignore", module=r"PIL\.")
