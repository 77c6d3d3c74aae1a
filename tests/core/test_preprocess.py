"""Preprocessing equals torchvision's presets, and stays small and fast."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from resnet_core import preprocess
from resnet_core.errors import LensError
from resnet_core.preprocess import IMAGENET_MEAN, IMAGENET_STD, IMAGENET_V1, IMAGENET_V2, Preprocess

PHOTOS = ("astronaut.png", "camera.png", "chelsea.png", "coffee.png", "hubble_deep_field.jpg", "rocket.jpg")
MEASURED = settings(deadline=None, max_examples=25, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def noise(width: int, height: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def compare_with_torchvision(wanted: Preprocess, rgb: np.ndarray) -> None:
    """0 difference before normalisation, 1e-6 after."""
    from torchvision.transforms import InterpolationMode
    from torchvision.transforms import functional as F  # noqa: N812
    from torchvision.transforms._presets import ImageClassification

    mode = InterpolationMode(wanted.interpolation)
    picture = Image.fromarray(rgb)
    seen = F.center_crop(F.resize(picture, [wanted.resize], mode, antialias=True), [wanted.crop])
    np.testing.assert_array_equal(wanted.look(rgb), np.asarray(seen))
    preset = ImageClassification(
        crop_size=wanted.crop, resize_size=wanted.resize, mean=wanted.mean, std=wanted.std, interpolation=mode
    )
    given_to_network = wanted(rgb)
    assert given_to_network.shape == (1, 3, wanted.crop, wanted.crop)
    assert given_to_network.dtype == np.float32
    assert given_to_network.flags.c_contiguous
    np.testing.assert_allclose(given_to_network[0], preset(picture).numpy(), rtol=0, atol=1e-6)


@pytest.mark.shared
@pytest.mark.parametrize("photo", PHOTOS)
@pytest.mark.parametrize("wanted", [IMAGENET_V1, IMAGENET_V2], ids=["V1", "V2"])
def test_photos_come_out_as_torchvisions_presets_make_them(shared: Path, photo: str, wanted: Preprocess) -> None:
    with Image.open(shared / "photos" / photo) as image:
        compare_with_torchvision(wanted, np.asarray(image.convert("RGB")))


@MEASURED
@given(width=st.integers(1, 420), height=st.integers(1, 420), seed=st.integers(0, 9))
def test_any_size_comes_out_as_torchvisions_presets_make_it(width: int, height: int, seed: int) -> None:
    rgb = noise(width, height, seed)
    compare_with_torchvision(IMAGENET_V1, rgb)
    compare_with_torchvision(IMAGENET_V2, rgb)


@MEASURED
@given(
    width=st.integers(1, 70),
    height=st.integers(1, 70),
    resize=st.integers(1, 60),
    crop=st.integers(1, 60),
    interpolation=st.sampled_from(["bilinear", "bicubic"]),
)
def test_so_do_crops_larger_than_the_picture_and_bicubic(
    width: int, height: int, resize: int, crop: int, interpolation: str
) -> None:
    compare_with_torchvision(
        Preprocess(resize, crop, (0.5, 0.4, 0.3), (0.2, 0.3, 0.4), interpolation),  # type: ignore[arg-type]
        noise(width, height),
    )


@MEASURED
@given(
    short=st.integers(1, 40),
    long=st.integers(1, 900),
    lying=st.booleans(),
    resize=st.integers(2, 50),
    interpolation=st.sampled_from(["bilinear", "bicubic"]),
)
def test_a_strip_is_enlarged_in_part_to_the_same_pixels(
    short: int, long: int, lying: bool, resize: int, interpolation: str
) -> None:
    rgb = noise(*((long, short) if lying else (short, long)))
    wanted = Preprocess(resize, max(1, resize - 3), interpolation=interpolation)  # type: ignore[arg-type]
    whole = wanted.look(rgb)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preprocess, "_WHOLE_PX", 0)
        np.testing.assert_array_equal(wanted.look(rgb), whole)


@pytest.mark.parametrize(("width", "height"), [(1, 4000), (4000, 1)])
def test_an_extreme_strip_costs_little_memory(width: int, height: int) -> None:
    rgb = noise(width, height)
    tracemalloc.start()
    seen = IMAGENET_V1.look(rgb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seen.shape == (224, 224, 3)
    assert peak < 20e6  # whole, the resized strip has 786 MB


def test_an_extreme_strip_shows_its_middle() -> None:
    rgb = np.zeros((4001, 1, 3), np.uint8)
    rgb[2000] = (250, 120, 10)
    assert IMAGENET_V1.look(rgb)[112, 112].tolist() == [250, 120, 10]


def test_a_picture_of_the_right_size_is_left_alone() -> None:
    rgb = noise(256, 256)
    np.testing.assert_array_equal(IMAGENET_V1.look(rgb), rgb[16:240, 16:240])
    np.testing.assert_array_equal(Preprocess(32, 32).look(noise(32, 32)), noise(32, 32))


def test_normalising_is_the_formula_for_every_byte() -> None:
    seen = np.repeat(np.arange(256, dtype=np.uint8), 3).reshape(16, 16, 3)
    expected = (seen / 255 - IMAGENET_MEAN) / IMAGENET_STD
    np.testing.assert_allclose(IMAGENET_V1.normalise(seen)[0], expected.transpose(2, 0, 1), atol=1e-6)


def test_a_read_only_and_a_sliced_picture_are_taken_too() -> None:
    rgb = noise(300, 260)
    mirrored = rgb[:, ::-1]
    rgb.flags.writeable = False
    np.testing.assert_array_equal(IMAGENET_V1.look(mirrored), IMAGENET_V1.look(np.ascontiguousarray(mirrored)))


def test_the_crop_box_is_where_the_seen_pixels_come_from() -> None:
    assert IMAGENET_V1.crop_box(256, 256) == (16, 16, 240, 240)
    assert IMAGENET_V1.crop_box(1024, 512) == (288, 32, 736, 480)
    assert Preprocess(32, 48).crop_box(64, 64) == (-16, -16, 80, 80)  # padded: it reaches outside


def test_the_crop_box_frames_what_is_seen() -> None:
    height, width = 700, 500
    rgb = np.zeros((height, width, 3), np.uint8)
    left, top, right, bottom = (round(edge) for edge in IMAGENET_V2.crop_box(width, height))
    rgb[top:bottom, left:right] = 200
    seen = IMAGENET_V2.look(rgb)
    assert seen.min() > 90  # at most the outermost pixels mix with what is outside
    assert (seen[2:-2, 2:-2] == 200).all()


@pytest.mark.parametrize(
    "values",
    [
        {"resize": 0, "crop": 224},
        {"resize": 256, "crop": 10**9},
        {"resize": 256, "crop": 224, "std": (0.2, 0.0, 0.2)},
        {"resize": 256, "crop": 224, "mean": (0.5, float("nan"), 0.5)},
        {"resize": 256, "crop": 224, "mean": (0.5,)},
        {"resize": 256, "crop": 224, "interpolation": "lanczos"},
    ],
)
def test_values_that_make_no_picture_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(LensError, match="Preprocessing"):
        Preprocess(**values)  # type: ignore[arg-type]
