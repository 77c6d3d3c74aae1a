"""Pictures of every mode come in upright and in their colours; whatever is none is refused in a sentence."""

from __future__ import annotations

import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from made_pictures import FOUR, SWAPPED, WHITE, encode, gamma, profile, rgb_profile, xyz
from PIL import Image, ImageOps

from resnet_core import images
from resnet_core.errors import ImageError
from resnet_core.image_pixels import upright_rgb
from resnet_core.images import IMAGE_SUFFIXES, decode_image, find_images, from_rgb, load_image, thumbnail


def decode(data: bytes, name: str = "a.png") -> np.ndarray:
    return decode_image(data, name=name).rgb


def pixel(data: bytes, x: int = 0, y: int = 0) -> list[int]:
    return decode(data)[y, x].tolist()


# --- what a picture is ---


def test_a_file_becomes_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "four.png"
    path.write_bytes(encode(FOUR))
    picture = load_image(path)
    np.testing.assert_array_equal(picture.rgb, FOUR)
    assert (picture.width, picture.height, picture.name, picture.path) == (48, 32, "four.png", path)
    assert picture.file_bytes == path.stat().st_size
    assert picture.rgb.flags.c_contiguous
    assert not picture.rgb.flags.writeable
    assert load_image(str(path)).path == path


@pytest.mark.parametrize("kind", ["PNG", "BMP", "GIF", "TIFF", "PPM", "JPEG2000", "WEBP", "TGA", "ICO", "AVIF", "JPEG"])
def test_every_format_is_read_by_what_is_in_it(kind: str) -> None:
    options = {"WEBP": {"lossless": True}, "ICO": {"sizes": [(48, 32)]}}.get(kind, {"quality": 100})
    data = encode(FOUR, kind, **options)
    name = "misnamed.png" if kind != "TGA" else "a.TGA"
    np.testing.assert_allclose(decode(data, name)[4::23, 4::37], FOUR[4::23, 4::37], atol=4)


def test_a_jpeg_with_more_pictures_in_it_opens_as_its_first() -> None:
    second = Image.fromarray(np.zeros_like(FOUR))
    data = encode(FOUR, "MPO", save_all=True, append_images=[second], quality=95)
    assert decode(data, "phone.jpg")[4, 4, 0] > 240


@pytest.mark.parametrize(("kind", "name"), [("GIF", "a.gif"), ("PNG", "a.png"), ("WEBP", "a.webp"), ("TIFF", "a.tif")])
def test_the_first_frame_of_an_animation_is_shown(kind: str, name: str) -> None:
    frames = [Image.new("RGB", (9, 7), colour) for colour in ("red", "lime", "blue")]
    data = encode(frames[0], kind, save_all=True, append_images=frames[1:])
    assert np.abs(decode(data, name)[3, 4].astype(int) - [255, 0, 0]).max() < 5


# --- upright ---


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_it_is_turned_upright(kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encode(FOUR, kind, exif=exif, **({"quality": 100, "lossless": True} if kind == "WEBP" else {}))
    expected = np.asarray(ImageOps.exif_transpose(_with_orientation(orientation)))
    np.testing.assert_allclose(decode(data)[4::8, 4::8], expected[4::8, 4::8], atol=6)


def _with_orientation(orientation: int) -> Image.Image:
    image = Image.fromarray(FOUR)
    image.getexif()[0x0112] = orientation
    return image


def test_strips_of_a_large_picture_are_put_together_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (37, 23, 3), np.uint8)
    monkeypatch.setattr("resnet_core.image_pixels._STRIP_PX", 23 * 5)
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        turned = Image.fromarray(rgb)
        turned.getexif()[0x0112] = orientation
        expected = np.asarray(ImageOps.exif_transpose(turned))
        np.testing.assert_array_equal(decode(encode(rgb, exif=exif)), expected)


@pytest.mark.parametrize(
    "exif",
    [
        b"Exif\0\0",
        b"Exif\0\0MM\0*\0\0\0\x08\xff\xff",
        b"Exif\0\0II*\0\xff\xff\xff\xff",
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x02\0\0\0\x04upp\0\0\0\0\0",  # the orientation is a word
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\x00\xff\0\0\0\0\0\0",  # 255
        b"rubbish" * 9,
    ],
)
def test_damaged_exif_spoils_no_picture(exif: bytes) -> None:
    assert decode(encode(FOUR, "JPEG", exif=exif)).shape == FOUR.shape


# --- in their colours ---


def test_a_colour_profile_is_applied() -> None:
    rgb = decode(encode(FOUR, icc_profile=SWAPPED))
    assert rgb[4, 4, 1] > 250 > 60 > rgb[4, 4, 0]  # what the profile calls red is green
    assert rgb[4, 40, 0] > 250 > 60 > rgb[4, 40, 1]
    assert rgb[28, 40].tolist() == [255, 255, 255]


def test_a_profile_of_grey_is_applied() -> None:
    linear = profile(b"GRAY", {b"wtpt": WHITE, b"kTRC": gamma(1.0)})
    assert pixel(encode(Image.new("L", (4, 4), 128), icc_profile=linear))[0] == pytest.approx(188, abs=2)
    over = Image.new("LA", (4, 4), (128, 255))
    assert pixel(encode(over, icc_profile=linear))[0] == pytest.approx(188, abs=2)


@pytest.mark.parametrize(
    "icc",
    [
        b"",
        b"rubbish" * 100,
        SWAPPED[:150],
        SWAPPED[:16] + b"CMYK" + SWAPPED[20:],  # of another kind of picture
        rgb_profile(xyz(0, 0, 0), xyz(0, 0, 0), xyz(0, 0, 0)),  # everything is black
    ],
    ids=["empty", "rubbish", "cut", "cmyk", "black"],
)
def test_a_profile_that_makes_no_sense_is_left_out(icc: bytes) -> None:
    np.testing.assert_array_equal(decode(encode(FOUR, icc_profile=icc)), FOUR)


def test_a_profile_goes_with_a_palette_and_with_transparency() -> None:
    palette = Image.fromarray(FOUR).quantize(4)
    assert pixel(encode(palette, icc_profile=SWAPPED))[1] > 250
    clear = np.dstack([FOUR, np.full(FOUR.shape[:2], 255, np.uint8)])
    clear[:16] = (255, 0, 0, 0)
    rgb = decode(encode(clear, icc_profile=SWAPPED))
    assert rgb[0, 0].tolist() == [255, 255, 255]
    assert rgb[28, 4, 2] > 240


def test_a_printers_jpeg_is_not_a_negative() -> None:
    data = encode(Image.fromarray(FOUR).convert("CMYK"), "JPEG", quality=95)
    np.testing.assert_allclose(decode(data)[4::23, 4::37], FOUR[4::23, 4::37], atol=6)


def test_lab_and_ycbcr_come_out_as_rgb() -> None:
    grey = encode(Image.fromarray(np.full((6, 6, 3), (128, 0, 0), np.uint8), "LAB"), "TIFF")
    assert np.ptp(decode(grey)[3, 3]) < 6
    np.testing.assert_allclose(
        decode(encode(Image.fromarray(FOUR).convert("YCbCr"), "TIFF"))[4, 4], [255, 0, 0], atol=3
    )


@pytest.mark.parametrize(
    ("mode", "colour", "seen"),
    [
        ("RGBA", (10, 200, 30, 0), [255, 255, 255]),
        ("RGBA", (0, 0, 0, 128), [127, 127, 127]),
        ("RGBA", (10, 200, 30, 255), [10, 200, 30]),
        ("LA", (0, 51), [204, 204, 204]),
        ("L", 77, [77, 77, 77]),
        ("1", 1, [255, 255, 255]),
        ("1", 0, [0, 0, 0]),
    ],
)
def test_what_is_transparent_lies_over_white(mode: str, colour: object, seen: list[int]) -> None:
    assert pixel(encode(Image.new(mode, (5, 4), colour))) == seen  # type: ignore[arg-type]


def test_a_tga_with_an_alpha_of_nothing_but_zeros_has_none() -> None:
    clear = np.dstack([FOUR, np.zeros(FOUR.shape[:2], np.uint8)])
    np.testing.assert_array_equal(decode(encode(clear, "TGA"), "a.tga"), FOUR)


def test_premultiplied_alpha_is_understood() -> None:
    image = Image.new("RGBA", (4, 4), (200, 100, 0, 128)).convert("RGBa")
    np.testing.assert_allclose(upright_rgb(image)[0, 0], [227, 177, 127], atol=2)  # no format Pillow writes has it


def test_a_transparent_entry_of_a_palette_is_white() -> None:
    palette = Image.new("P", (4, 4), 1)
    palette.putpalette([255, 0, 0, 0, 0, 255])
    assert pixel(encode(palette, transparency=1)) == [255, 255, 255]
    assert pixel(encode(palette, transparency=b"\xff\x80")) == [127, 127, 255]
    assert pixel(encode(palette, "GIF", transparency=1)) == [255, 255, 255]


@pytest.mark.parametrize(("mode", "key"), [("L", 9), ("RGB", (9, 9, 9)), ("I;16", 2313)])
def test_a_colour_that_stands_for_transparent_is_white(mode: str, key: int | tuple[int, int, int]) -> None:
    assert pixel(encode(Image.new(mode, (4, 4), key), transparency=key)) == [255, 255, 255]


# --- more than eight bits ---


@pytest.mark.parametrize(
    ("numbers", "kind", "seen"),
    [
        (np.array([[0, 32768, 65535]], np.uint16), "PNG", [0, 128, 255]),
        (np.array([[0, 256, 4095]], np.uint16), "PNG", [0, 1, 16]),  # a dark one stays dark
        (np.array([[0, 32768, 65535]], np.uint16), "TIFF", [0, 128, 255]),
        (np.array([[0, 2048, 4095]], np.uint16), "TIFF", [0, 128, 255]),  # 12 bits in 16
        (np.array([[0, 128, 255]], np.uint16), "TIFF", [0, 128, 255]),  # 8 bits in 16
        (np.array([[0, 32768, 65535]], np.int32), "TIFF", [0, 128, 255]),
        (np.array([[-100, 0, 100]], np.int32), "TIFF", [0, 128, 255]),
        (np.array([[0, 5_000_000, 10_000_000]], np.int32), "TIFF", [0, 128, 255]),
        (np.array([[0, 0.5, 1]], np.float32), "TIFF", [0, 128, 255]),
        (np.array([[0, 128, 255]], np.float32), "TIFF", [0, 128, 255]),
        (np.array([[0, 0.5, np.nan, np.inf, -np.inf]], np.float32), "TIFF", [0, 255, 0, 255, 0]),
        (np.array([[-1, 0, 1]], np.float32), "TIFF", [0, 128, 255]),
        (np.full((1, 3), 7e9, np.float32), "TIFF", [255, 255, 255]),
        (np.full((1, 3), np.nan, np.float32), "TIFF", [0, 0, 0]),
        (np.array([[0, 32768, 65535]], np.uint16), "PPM", [0, 128, 255]),
    ],
)
def test_deep_grey_is_scaled_to_what_it_means(numbers: np.ndarray, kind: str, seen: list[int]) -> None:
    rgb = decode(encode(Image.fromarray(numbers), kind))
    if not (np.isinf(numbers) if numbers.dtype.kind == "f" else np.zeros(1)).any():
        assert rgb[0, :, 0].tolist() == pytest.approx(seen, abs=1)
    else:
        assert rgb[0, [0, 2, 3, 4], 0].tolist() == [0, 0, 255, 0]
    assert (rgb[..., :1] == rgb).all()


# --- quiet, and in many threads ---


def test_pillows_warnings_stay_silent_whatever_the_filters_are() -> None:
    odd = encode(FOUR, "TIFF", tiffinfo={270: "x"})
    odd = odd.replace((270).to_bytes(2, "little") + b"\2\0", (270).to_bytes(2, "little") + b"\x63\0")  # no such type
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("error")
        decode(odd)
        decode(encode(np.zeros((6000, 6000), np.uint8)))  # above half the limit Pillow would warn
    assert heard == []


def test_threads_do_not_mix_up_their_pictures() -> None:
    rng = np.random.default_rng(3)
    pictures = [rng.integers(0, 256, (50 + i, 60, 3), np.uint8) for i in range(12)]
    expected = [decode(encode(one, icc_profile=SWAPPED)) for one in pictures]
    files = [encode(one, icc_profile=SWAPPED) for one in pictures] * 6
    with ThreadPoolExecutor(8) as pool:
        for index, rgb in enumerate(pool.map(decode, files)):
            np.testing.assert_array_equal(rgb, expected[index % 12])


# --- pictures that are no files, thumbnails, folders ---


def test_the_clipboards_pixels_become_a_picture() -> None:
    source = FOUR.copy()
    picture = from_rgb(source, "Clipboard")
    source[:] = 0
    np.testing.assert_array_equal(picture.rgb, FOUR)
    assert (picture.name, picture.path, picture.file_bytes) == ("Clipboard", None, None)
    assert not picture.rgb.flags.writeable
    clear = np.dstack([FOUR, np.zeros(FOUR.shape[:2], np.uint8)])
    assert from_rgb(clear[::-1], "Clipboard").rgb.min() == 255
    assert from_rgb(FOUR[..., 0], "Clipboard").rgb.shape == FOUR.shape


@pytest.mark.parametrize("shape", [(4,), (4, 4, 2), (0, 4, 3), (4, 0, 3), (2, 4, 4, 3)])
def test_pixels_of_another_shape_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ImageError, match="Clipboard is"):
        from_rgb(np.zeros(shape, np.uint8), "Clipboard")
    with pytest.raises(ImageError, match="float32"):
        from_rgb(np.zeros((4, 4, 3), np.float32), "Clipboard")  # type: ignore[arg-type]


def test_thumbnails_are_small_upright_and_in_proportion(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "big.jpg"
    path.write_bytes(encode(FOUR.repeat(20, 0).repeat(20, 1), "JPEG", exif=exif, quality=95))
    small = thumbnail(path, 90)
    assert small.shape == (90, 60, 3)
    np.testing.assert_allclose(small, thumbnail(load_image(path), 90), atol=40)
    assert small[5, 5, 2] > 240  # turned clockwise: the blue corner comes to the top left
    np.testing.assert_array_equal(thumbnail(from_rgb(FOUR, "a"), 400), FOUR)
    assert thumbnail(from_rgb(np.zeros((4000, 1, 3), np.uint8), "a"), 96).shape == (96, 1, 3)
    with pytest.raises(ImageError):
        thumbnail(tmp_path / "gone.jpg", 90)


def test_a_thumbnail_of_a_photo_is_drawn_from_a_reduced_decode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big.jpg"
    path.write_bytes(encode(np.zeros((1600, 2400, 3), np.uint8), "JPEG"))
    sizes = []
    original = images.upright_rgb
    monkeypatch.setattr(images, "upright_rgb", lambda image: sizes.append(image.size) or original(image))
    assert thumbnail(path, 100).shape == (67, 100, 3)
    assert sizes == [(300, 200)]


def test_folders_are_searched_in_the_order_people_count(tmp_path: Path) -> None:
    for name in ("10.png", "2.PNG", "1.jpg", "notes.txt", ".hidden.png", "b/3.webp", "b/a/1.tif", ".git/x.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "b" / "up").symlink_to(tmp_path)  # a circle
    names = [path.relative_to(tmp_path).as_posix() for path in find_images([tmp_path])]
    assert names == ["1.jpg", "2.PNG", "10.png", "b/3.webp", "b/a/1.tif"]
    flat = [path.name for path in find_images([tmp_path], recursive=False)]
    assert flat == ["1.jpg", "2.PNG", "10.png"]


def test_what_is_named_is_passed_on_in_order(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "1.png").write_bytes(b"")
    given = [tmp_path / "notes.txt", tmp_path / "d", str(tmp_path / "gone.png")]
    assert list(find_images(given)) == [tmp_path / "notes.txt", tmp_path / "d" / "1.png", tmp_path / "gone.png"]


def test_a_folder_that_can_not_be_listed_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(images.os, "scandir", deny)
    assert list(find_images([tmp_path])) == [tmp_path]


def test_suffixes_are_lower_case_and_hold_no_format_that_starts_programs() -> None:
    assert {".jpg", ".jpeg", ".png", ".webp", ".tif", ".avif"} <= IMAGE_SUFFIXES
    assert not {".eps", ".svg", ".pdf", ".heic", ".wmf"} & IMAGE_SUFFIXES
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in IMAGE_SUFFIXES)
