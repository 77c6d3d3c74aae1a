"""Which picture format a file is, told by its first bytes; and what to say about one that is none we read.

The list of readable formats is closed: a decoder that is not on it never sees a byte of a user's file. EPS, for
instance, would start Ghostscript whatever the file is called.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from resnet_core.errors import ImageError

HEAD_BYTES = 4096
"""As much of a file as `identify` wants to see."""


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """A format we read. `pillow` is Pillow's word for it, `plugin` the module of PIL that knows it."""

    name: str
    pillow: str
    plugin: str
    suffixes: tuple[str, ...]


JPEG = PictureFormat("JPEG", "JPEG", "JpegImagePlugin", (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"))
PNG = PictureFormat("PNG", "PNG", "PngImagePlugin", (".png", ".apng"))
GIF = PictureFormat("GIF", "GIF", "GifImagePlugin", (".gif",))
BMP = PictureFormat("BMP", "BMP", "BmpImagePlugin", (".bmp",))
WEBP = PictureFormat("WebP", "WEBP", "WebPImagePlugin", (".webp",))
TIFF = PictureFormat("TIFF", "TIFF", "TiffImagePlugin", (".tif", ".tiff"))
PPM = PictureFormat("PPM", "PPM", "PpmImagePlugin", (".ppm", ".pgm", ".pbm", ".pnm", ".pfm"))
AVIF = PictureFormat("AVIF", "AVIF", "AvifImagePlugin", (".avif", ".avifs"))
JPEG2000 = PictureFormat("JPEG 2000", "JPEG2000", "Jpeg2KImagePlugin", (".jp2", ".j2k", ".jpx", ".jpf", ".j2c"))
ICO = PictureFormat("ICO", "ICO", "IcoImagePlugin", (".ico",))
TGA = PictureFormat("TGA", "TGA", "TgaImagePlugin", (".tga",))

FORMATS = (JPEG, PNG, GIF, BMP, WEBP, TIFF, PPM, AVIF, JPEG2000, ICO, TGA)

IMAGE_SUFFIXES: frozenset[str] = frozenset(suffix for one in FORMATS for suffix in one.suffixes)
"""Suffixes, lower case with their dot, by which pictures are found in a folder. What is in a file decides the rest."""

_MAGIC: tuple[tuple[bytes, PictureFormat], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"BM", BMP),
    (b"MM\x00\x2a", TIFF),
    (b"II\x2a\x00", TIFF),
    (b"MM\x00\x2b", TIFF),
    (b"II\x2b\x00", TIFF),
    *((b"P" + digit, PPM) for digit in (b"1", b"2", b"3", b"4", b"5", b"6", b"f")),
    (b"\xff\x4f\xff\x51", JPEG2000),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", JPEG2000),
    (b"\x00\x00\x01\x00", ICO),
)

_TGA_KINDS = frozenset((b"\1", b"\2", b"\3", b"\x09", b"\x0a", b"\x0b"))

_CAMERA_RAW = frozenset(
    (".arw", ".cr2", ".cr3", ".dng", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".srw")
)

_OTHER_PICTURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"8BPS", "a Photoshop"),
    (0, b"%!PS", "an EPS"),
    (0, b"\xc5\xd0\xd3\xc6", "an EPS"),
    (0, b"DDS ", "a DDS"),
    (0, b"BLP1", "a BLP"),
    (0, b"BLP2", "a BLP"),
    (0, b"qoif", "a QOI"),
    (0, b"icns", "an ICNS"),
    (0, b"\x00\x00\x02\x00", "a CUR"),
    (0, b"\x01\xda", "an SGI"),
    (0, b"\x59\xa6\x6a\x95", "a Sun raster"),
    (0, b"\xd7\xcd\xc6\x9a", "a WMF"),
    (40, b" EMF", "an EMF"),
    (4, b"\x11\xaf", "an FLI"),
    (4, b"\x12\xaf", "an FLC"),
    (0, b"v/1\x01", "an OpenEXR"),
    (0, b"#?RADIANCE", "an HDR"),
    (0, b"\xff\x0a", "a JPEG XL"),
    (0, b"\x00\x00\x00\x0cJXL ", "a JPEG XL"),
    (0, b"gimp xcf", "a GIMP"),
    (0, b"/* XPM */", "an XPM"),
    (0, b"SIMPLE  =", "a FITS"),
    (0, b"P7", "a PAM"),
)

_NO_PICTURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"GRIB", "a weather file"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound"),
    (b"fLaC", "a sound"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"version https://git-lfs", "a Git LFS pointer (`git lfs pull` fetches the picture)"),
)


def identify(head: bytes, name: str) -> PictureFormat:
    """The format of a file that starts with `head` (its first HEAD_BYTES), whatever `name` says it is.

    Only TGA, which has no mark of its own, is told by its suffix. Raises ImageError, saying what the file is instead.
    """
    suffix = Path(name).suffix.lower()
    if not head:
        raise ImageError(f"{name} is empty: it has 0 bytes.")
    if suffix in _CAMERA_RAW:
        raise ImageError(f"{name} is a camera's raw file, which this program does not read. Save it as JPEG or PNG.")
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if head[4:8] == b"ftyp":
        return _base_media(head, name)
    if head.startswith(b"RIFF"):
        return _riff(head, name)
    if suffix in TGA.suffixes and head[1:2] in (b"\0", b"\1") and head[2:3] in _TGA_KINDS:
        return TGA
    for offset, magic, kind in _OTHER_PICTURES:
        if head[offset : offset + len(magic)] == magic:
            raise _unread(name, kind)
    for magic, kind in _NO_PICTURES:
        if head.startswith(magic):
            raise ImageError(f"{name} is {kind}, not a picture.")
    _refuse_text(head, name)
    if not head.strip(b"\0"):
        raise ImageError(f"{name} is no picture: it begins with nothing but zeros.")
    if len(head) < 32:
        raise ImageError(f"{name} is cut off: of the file only {len(head)} bytes are there.")
    for known in FORMATS:
        if suffix in known.suffixes:
            raise ImageError(f"{name} is not a {known.name} picture as its name says, or its beginning is damaged.")
    raise ImageError(f"{name} is not a picture that this program can read.")


def _unread(name: str, kind: str) -> ImageError:
    return ImageError(f"{name} is {kind} picture, which this program does not read. Save it as JPEG or PNG.")


def _base_media(head: bytes, name: str) -> PictureFormat:
    """AVIF, HEIC and MP4 share one container; the brands after `ftyp` say which."""
    brands = head[8 : max(12, min(int.from_bytes(head[:4], "big"), 256))]
    if b"avif" in brands or b"avis" in brands:
        return AVIF
    if any(brand in brands for brand in (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")):
        raise _unread(name, "a HEIC")
    raise ImageError(f"{name} is a film, not a picture.")


def _riff(head: bytes, name: str) -> PictureFormat:
    if head[8:12] == b"WEBP":
        return WEBP
    if len(head) < 12:
        raise ImageError(f"{name} is cut off: of the file only {len(head)} bytes are there.")
    kind = {b"WAVE": "a sound", b"AVI ": "a film"}.get(head[8:12], "a RIFF file")
    raise ImageError(f"{name} is {kind}, not a picture.")


def _refuse_text(head: bytes, name: str) -> None:
    """Raises ImageError when the file is readable text, saying which sort."""
    try:
        text = head[:-4].decode("utf-8-sig") if len(head) == HEAD_BYTES else head.decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    if any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text):
        return
    start = text.lstrip().lower()
    if "<svg" in start:
        raise ImageError(f"{name} is an SVG drawing, which this program does not read. Save it as PNG.")
    if start.startswith(("<!doctype html", "<html", "<head", "<body")):
        raise ImageError(f"{name} is a web page, not a picture.")
    if start.startswith(("{", "[")):
        raise ImageError(f"{name} is a JSON file, not a picture.")
    if start.startswith("#define") and "_width" in start:
        raise _unread(name, "an XBM")
    raise ImageError(f"{name} is a text file, not a picture.")


def is_cut_off(data: bytes, picture: PictureFormat) -> bool:
    """Whether a file that would not decode lacks its end. Only words the refusal: it never refuses by itself."""
    tail = data[-64:]
    if picture is JPEG:
        return b"\xff\xd9" not in tail
    if picture is PNG:
        return b"IEND" not in tail
    if picture is GIF:
        return b";" not in tail[-4:]
    if picture is WEBP:
        return int.from_bytes(data[4:8], "little") + 8 > len(data)
    if picture is BMP:
        return int.from_bytes(data[2:6], "little") > len(data)
    if picture is TIFF:
        return _directory_is_missing(data)
    if picture is AVIF or data[4:8] == b"jP  ":
        return _boxes_overrun(data)
    return picture is JPEG2000 and b"\xff\xd9" not in tail


def _directory_is_missing(tiff: bytes) -> bool:
    order: Literal["little", "big"] = "little" if tiff[:2] == b"II" else "big"
    start = int.from_bytes(tiff[4:8], order)
    entries = int.from_bytes(tiff[start : start + 2], order)
    return b"*" in tiff[2:4] and start + 2 + 12 * entries > len(tiff)


def _boxes_overrun(data: bytes) -> bool:
    position = 0
    while position + 8 <= len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        if size == 1:
            size = int.from_bytes(data[position + 8 : position + 16], "big")
        if size < 8:
            return False
        position += size
    return position != len(data)


_MAX_JPEG_SEGMENTS = 4096  # before the first scan; real files have up to a few hundred, of 64 kB each
_MAX_PNG_CHUNKS = 1 << 17


def is_chopped_up(data: bytes, picture: PictureFormat) -> bool:
    """Whether a file has so many small parts, each a step in Python for Pillow, that opening it takes seconds."""
    if picture is JPEG:
        position = 2
        for _ in range(_MAX_JPEG_SEGMENTS):
            position = data.find(b"\xff", position)
            marker = data[position + 1 : position + 2]
            if position < 0 or marker in (b"", b"\xda"):
                return False
            alone = marker in (b"\xff", b"\x00", b"\x01") or 0xD0 <= marker[0] <= 0xD9
            position += 1 if alone else 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        return True
    if picture is PNG:
        position = 8
        for _ in range(_MAX_PNG_CHUNKS):
            if position >= len(data):
                return False
            position += 12 + int.from_bytes(data[position : position + 4], "big")
        return True
    return False


_TEXT_LIMIT = 1 << 20


def without_bulky_notes(png: bytes) -> bytes:
    """A PNG without the texts and the colour profile that are, or unpack to, more than 1 MB.

    Such a chunk is a decompression bomb or some program's project file; either way the picture is sound, and Pillow
    would refuse all of it.
    """
    kept, start, position = [], 0, 8
    while position + 12 <= len(png):
        length = int.from_bytes(png[position : position + 4], "big")
        end = position + 12 + length
        kind = png[position + 4 : position + 8]
        note = kind in (b"tEXt", b"zTXt", b"iTXt", b"iCCP") and end <= len(png)
        if note and (length > _TEXT_LIMIT or _unpacks_beyond_limit(kind, png[position + 8 : end - 4])):
            kept.append(png[start:position])
            start = end
        position = end
    return b"".join([*kept, png[start:]]) if kept else png


def _unpacks_beyond_limit(kind: bytes, body: bytes) -> bool:
    _, _, rest = body.partition(b"\0")
    if kind == b"iTXt":
        if rest[:1] != b"\1":
            return False
        packed = rest[2:].split(b"\0", 2)[-1]
    elif kind in (b"zTXt", b"iCCP"):
        packed = rest[1:]
    else:
        return False
    try:
        return len(zlib.decompressobj().decompress(packed, _TEXT_LIMIT + 1)) > _TEXT_LIMIT
    except zlib.error:
        return False
