"""Whatever is no picture, is damaged or too large is refused in a sentence, quickly and cheaply."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import tracemalloc
import zlib
from pathlib import Path

import numpy as np
import pytest
from made_pictures import FOUR, SWAPPED, chunk, encode, png_claiming, with_chunk
from PIL import Image, ImageFile

from resnet_core import images
from resnet_core.errors import ImageError
from resnet_core.image_formats import without_bulky_notes
from resnet_core.images import decode_image, load_image


def decode(data: bytes, name: str = "a.png") -> np.ndarray:
    return decode_image(data, name=name).rgb


# --- too large ---


@pytest.mark.parametrize(("width", "height"), [(2**31 - 1, 2**31 - 1), (20_000, 20_000), (8193, 8192)])
def test_a_bomb_is_refused_by_its_header(width: int, height: int) -> None:
    tracemalloc.start()
    with pytest.raises(ImageError, match=r"^bomb\.png is too large: .*the limit is 67 megapixels"):
        decode(png_claiming(width, height), "bomb.png")
    assert tracemalloc.get_traced_memory()[1] < 5e6
    tracemalloc.stop()


def test_a_bomb_inside_an_icon_is_refused_too() -> None:
    inner = png_claiming(13_000, 13_000)
    icon = b"\0\0\1\0\1\0" + bytes([0, 0, 0, 0, 1, 0, 32, 0]) + len(inner).to_bytes(4, "little") + b"\x16\0\0\0" + inner
    with pytest.raises(ImageError, match="too large: 169 megapixels"):
        decode(icon, "a.ico")


def test_a_strip_is_shown_and_a_thread_is_refused() -> None:
    assert decode(encode(np.zeros((4000, 1, 3), np.uint8))).shape == (4000, 1, 3)
    with pytest.raises(ImageError, match="too narrow to look at: 9000 x 1 px"):
        decode(encode(np.zeros((1, 9000, 3), np.uint8)))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (b"zTXt", b"Comment\0\0" + zlib.compress(bytes(50_000_000))),
        (b"iTXt", b"Comment\0\1\0\0\0" + zlib.compress(bytes(50_000_000))),
        (b"iCCP", b"icc\0\0" + zlib.compress(bytes(50_000_000))),
        (b"tEXt", b"Comment\0" + b"x" * 3_000_000),
        (b"iTXt", b"Workflow\0\0\0\0\0" + b"x" * 3_000_000),
    ],
)
def test_a_bulky_note_in_a_png_is_left_out_unread(kind: bytes, body: bytes) -> None:
    data = with_chunk(encode(FOUR), kind, body)
    tracemalloc.start()
    np.testing.assert_array_equal(decode(data), FOUR)
    assert tracemalloc.get_traced_memory()[1] < 12e6
    tracemalloc.stop()


def test_small_notes_in_a_png_stay() -> None:
    data = with_chunk(encode(FOUR, icc_profile=SWAPPED), b"tEXt", b"Comment\0hello")
    assert without_bulky_notes(data) is data
    assert without_bulky_notes(data[:100]) == data[:100]


def test_a_jpeg_that_draws_itself_over_and_over_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encode(Image.new("L", (64, 64), 90), "JPEG", progressive=True)
    scan = data[data.rindex(b"\xff\xda") : -2]
    monkeypatch.setattr(images, "_MAX_SCAN_PIXELS", 64 * 64 * 50)
    assert decode(data, "a.jpg").shape == (64, 64, 3)
    with pytest.raises(ImageError, match="too long to decode"):
        decode(data[:-2] + scan * 60 + data[-2:], "a.jpg")


def test_a_file_of_countless_pieces_is_refused_at_once() -> None:
    jpeg, png = encode(FOUR, "JPEG"), encode(FOUR)
    note = b"\xff\xe5\0\x02"
    assert decode(jpeg[:2] + note * 3000 + jpeg[2:]).shape == FOUR.shape
    assert decode(jpeg[:2] + b"\xff" * 3000 + jpeg[2:]).shape == FOUR.shape  # padding
    for data in (jpeg[:2] + note * 200_000 + jpeg[2:], png[:33] + chunk(b"tEXt", b"") * 200_000 + png[33:]):
        start = time.process_time()
        with pytest.raises(ImageError, match="in too many small pieces"):
            decode(data)
        assert time.process_time() - start < 1


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.bmp"
    with path.open("wb") as file:
        file.write(b"BM")
        file.truncate(600 << 20)  # a hole: it takes no room
    with pytest.raises(ImageError, match="a file of 600 MB, where the limit is 512 MB"):
        load_image(path)


def test_a_large_picture_written_as_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "_MAX_PLAIN_PPM_BYTES", 100)
    with pytest.raises(ImageError, match="PPM written as text"):
        decode(b"P3\n9 9\n255\n" + b"0 " * 243, "a.ppm")


# --- damaged, or no picture at all ---


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_picture_cut_off_is_refused(kind: str, share: float) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (64, 64, 3), np.uint8)
    data = encode(noise, kind)
    with pytest.raises(ImageError, match=r"^photo is (cut off|damaged)"):
        decode(data[: int(len(data) * share)], "photo")
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_a_damaged_picture_is_refused() -> None:
    png = encode(FOUR)
    with pytest.raises(ImageError, match=r"^a\.png is damaged: its PNG (header|data) can't be decoded\.$"):
        decode(png.replace(b"IDAT", b"JDAT"))


@pytest.mark.parametrize(
    "error",
    [
        OSError("broken data stream"), SyntaxError("bad frame"), ValueError("negative tile"), TypeError("int"),
        RuntimeError("decoder"), NotImplementedError("mode"), KeyError("MPO"), IndexError("list"), EOFError("eof"),
        ZeroDivisionError("dpi"), OverflowError("int"), AttributeError("x"), zlib.error("zlib"), RecursionError("deep"),
        UnicodeDecodeError("utf-8", b"", 0, 1, "x"), MemoryError(), AssertionError(),
    ],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_whatever_a_decoder_raises_becomes_a_sentence(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(ImageFile.ImageFile, "load", fail)
    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", fail, raising=False)
    with pytest.raises(ImageError, match=r"^a\.png (is|needs) .*\.$") as caught:
        decode(encode(FOUR))
    assert caught.value.__cause__ is error


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.jpg", b"", "a.jpg is empty: it has 0 bytes."),
        ("a.png", b"<!DOCTYPE html><html>404</html>", "a.png is a web page, not a picture."),
        ("a.png", b'\n<?xml version="1.0"?><svg xmlns="x"/>', "a.png is an SVG drawing"),
        ("a.webp", b'{"error": "no"}', "a.webp is a JSON file, not a picture."),
        ("a.png", b"version https://git-lfs.github.com/spec/v1\noid x", "a.png is a Git LFS pointer"),
        ("a.txt", b"Dear Sir or Madam, I write to you", "a.txt is a text file, not a picture."),
        ("a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9", "a.jpg is an EPS picture, which this program"),
        ("a.jpg", b"%PDF-1.7\n%\xe2\xe3", "a.jpg is a PDF document, not a picture."),
        ("net.pth", b"PK\x03\x04" + b"\0" * 40, "net.pth is a ZIP archive, not a picture."),
        ("a.jpg", b"\x7fELF" + b"\0" * 60, "a.jpg is a program, not a picture."),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a.heic is a HEIC picture, which this program"),
        ("a.mp4", b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "a.mp4 is a film, not a picture."),
        ("a.webp", b"RIFF\0\0\0\0WAVEfmt " + b"\0" * 20, "a.webp is a sound, not a picture."),
        ("a.psd", b"8BPS\0\1" + b"\0" * 40, "a.psd is a Photoshop picture"),
        ("a.bmp", bytes(4096), "a.bmp is no picture: it begins with nothing but zeros."),
        ("a.dng", b"II*\0" + bytes(60), "a.dng is a camera's raw file"),
        ("a.png", b"\x89PN", "a.png is cut off: of the file only 3 bytes are there."),
        ("a.png", bytes(range(128, 255)), "a.png is not a PNG picture as its name says"),
        ("a.xyz", bytes(range(128, 255)), "a.xyz is not a picture that this program can read."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_picture_is_called_what_it_is(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(ImageError) as caught:
        decode_image(data, name=name)
    assert str(caught.value).startswith(sentence)


def test_no_program_is_started_for_a_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("started a program"))
    for name in ("a.eps", "a.jpg", "a.png"):
        with pytest.raises(ImageError):
            decode(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n%%EOF", name)


# --- what is no file ---


def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "s.png"))
    for path in (pipe, tmp_path / "s.png", Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(ImageError, match="a device or a pipe, not a picture file"):
            load_image(path)
    listening.close()
    with pytest.raises(ImageError, match="is a folder, not a picture"):
        load_image(tmp_path)


def test_a_file_that_is_gone_or_locked_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImageError, match=r"^gone\.png is not there: it was moved, renamed or deleted\.$"):
        load_image(tmp_path / "gone.png")
    (tmp_path / "dangling.png").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ImageError, match=r"^dangling\.png is not there"):
        load_image(tmp_path / "dangling.png")
    with pytest.raises(ImageError, match="can't be read"):
        load_image("nul\0byte.png")
    with pytest.raises(ImageError, match="can't be read: File name too long"):
        load_image("x" * 5000 + ".png")
    locked = tmp_path / "locked.png"
    locked.write_bytes(encode(FOUR))

    def deny(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(images.os, "open", deny)
    with pytest.raises(ImageError, match=r"^locked\.png can't be opened: you have no permission to read it\.$"):
        load_image(locked)
    (tmp_path / "private").mkdir()
    monkeypatch.setattr(images.os, "scandir", deny)
    with pytest.raises(ImageError, match=r"^private can't be opened: you have no permission to read it\.$"):
        load_image(*images.find_images([tmp_path / "private"]))


def test_a_link_to_a_picture_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.png").write_bytes(encode(FOUR))
    (tmp_path / "link.png").symlink_to(tmp_path / "real.png")
    assert load_image(tmp_path / "link.png").name == "link.png"


def test_a_name_is_shown_without_what_can_not_be_printed(tmp_path: Path) -> None:
    path = tmp_path / "a\n\x1b[31m\udce4 ü 🙂.png"
    path.write_bytes(encode(FOUR))
    picture = load_image(path)
    assert picture.name == "a��[31m? ü 🙂.png"
    assert picture.path == path
