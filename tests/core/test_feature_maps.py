"""Which channels come first, in which colours, and what an exported file says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from resnet_core import map_export
from resnet_core.colours import NAN_COLOUR
from resnet_core.errors import LensError
from resnet_core.feature_maps import (
    COLOURS,
    GAP_COLOUR,
    RANKINGS,
    Provenance,
    Range,
    Ranked,
    channel_scores,
    colormap,
    colour,
    described_montage,
    enlarged,
    histogram,
    inactive,
    montage,
    rank,
    ranked,
    scale_range,
)
from resnet_core.map_export import write_npy

OF = Provenance("resnet18.cifar10", "Söhnchen 🙂.jpg", "layer2")


@pytest.fixture
def maps() -> np.ndarray:
    """Four channels of 2 x 3: one strong point, silent, even, two strong points."""
    maps = np.zeros((4, 2, 3), np.float32)
    maps[0, 0, 0] = 6
    maps[2] = 1
    maps[3, 1, 1:] = 4.5
    return maps


def test_rankings_put_the_best_channel_first(maps: np.ndarray) -> None:
    assert [one.channel for one in rank(maps, "mean")] == [3, 0, 2, 1]
    assert [one.channel for one in rank(maps, "max")] == [0, 3, 2, 1]
    assert [one.channel for one in rank(maps, "variance")] == [0, 3, 1, 2]
    assert rank(maps, "mean")[0] == Ranked(3, 1.5)


@pytest.mark.parametrize("by", RANKINGS)
def test_scores_are_what_they_are_called(by: str) -> None:
    maps = np.random.default_rng(0).standard_normal((9, 5, 7)).astype(np.float32)
    expected = [{"mean": np.mean, "max": np.max, "variance": np.var}[by](one.astype(float)) for one in maps]
    np.testing.assert_allclose(channel_scores(maps, by), expected, rtol=1e-5)


def test_equal_channels_stay_in_order_and_nan_comes_last() -> None:
    assert [one.channel for one in ranked(np.array([1.0, np.nan, 2.0, 1.0, 2.0]))] == [2, 4, 0, 3, 1]


def test_an_unknown_ranking_is_named() -> None:
    with pytest.raises(LensError, match=r"“loudness”.*mean, max, variance"):
        rank(np.zeros((1, 1, 1), np.float32), "loudness")


def test_inactive_are_the_channels_a_relu_never_opened(maps: np.ndarray) -> None:
    assert inactive(maps) == (1,)
    shifted = np.stack([np.full((2, 2), -0.5), np.full((2, 2), 0.5), [[-1, -2], [-1, -2]], np.full((2, 2), np.nan)])
    assert inactive(shifted.astype(np.float32)) == (0,)


def test_ranges_of_a_channel_and_of_the_stage(maps: np.ndarray) -> None:
    assert scale_range(maps, 3, "channel") == Range(0.0, 4.5)
    assert scale_range(maps, 3, "stage") == Range(0.0, 6.0)
    assert scale_range(maps, None, "channel") == Range(0.0, 6.0)
    assert scale_range(maps, 2, "channel") == Range(0.0, 1.0)  # from 0, though the minimum is 1
    assert scale_range(-maps, None, "stage") == Range(-6.0, 0.0)
    with pytest.raises(LensError, match="“world”"):
        scale_range(maps, 0, "world")


def test_signed_ranges_are_symmetric(maps: np.ndarray) -> None:
    maps[0, 0, 0] = -7
    assert scale_range(maps, None, "stage", signed=True) == Range(-7.0, 7.0, True)


def test_numbers_that_are_not_finite_do_not_stretch_a_range(maps: np.ndarray) -> None:
    maps[0, 0, :] = [np.nan, np.inf, 2]
    assert scale_range(maps, 0, "channel") == Range(0.0, 2.0)
    assert scale_range(np.full((1, 2, 2), np.nan, np.float32), 0, "channel") == Range(0.0, 0.0)


@pytest.mark.parametrize(
    ("name", "first", "middle", "last"),
    [
        ("magma", (0, 0, 4), (183, 55, 121), (252, 253, 191)),
        ("viridis", (68, 1, 84), (33, 145, 140), (253, 231, 37)),
        ("cividis", (0, 34, 78), (125, 124, 120), (254, 232, 56)),
        ("grey", (0, 0, 0), (128, 128, 128), (255, 255, 255)),
    ],
)
def test_colour_maps_are_matplotlibs(name: str, first: tuple, middle: tuple, last: tuple) -> None:
    table = colormap(name)
    assert table.shape == (256, 3)
    assert [tuple(table[i].tolist()) for i in (0, 128, 255)] == [first, middle, last]


def luminance(rgb: np.ndarray) -> np.ndarray:
    linear = np.where(rgb / 255 <= 0.04045, rgb / 255 / 12.92, ((rgb / 255 + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


@pytest.mark.parametrize("name", COLOURS)
def test_sequential_colours_grow_lighter_all_the_way(name: str) -> None:
    assert (np.diff(luminance(colormap(name))) >= -1e-3).all()


def test_the_diverging_map_is_balanced_about_a_neutral_middle() -> None:
    table = colormap("diverging")
    middle = table[127:129].astype(int)
    assert np.ptp(middle, axis=1).max() <= 1
    light = luminance(table)
    np.testing.assert_allclose(light[:128], light[:127:-1], atol=0.045)
    assert light.argmax() in (127, 128)
    for window in ("#15171c", "#1c1f26", "#f3f4f7", "#ffffff"):  # the ends and the middle stand out from every panel
        behind = luminance(np.array([int(window[i : i + 2], 16) for i in (1, 3, 5)]))
        ends = [(max(one, behind) + 0.05) / (min(one, behind) + 0.05) for one in light[[0, 255]]]
        assert min(ends) > 2.5


def test_an_unknown_colour_map_is_named() -> None:
    with pytest.raises(LensError, match=r"“jet”.*magma, viridis, cividis, grey"):
        colormap("jet")


def test_colours_run_from_low_to_high_and_clip() -> None:
    values = np.array([[-1, 0, 0.5, 1, 9]], np.float32)
    grey = colour(values, Range(0, 1), "grey")[0, :, 0].tolist()
    assert grey == [0, 0, 128, 255, 255]


def test_signed_values_are_drawn_diverging_whatever_is_chosen() -> None:
    drawn = colour(np.array([[-2, 0, 2]], np.float32), Range(-2, 2, True), "viridis")[0]
    np.testing.assert_array_equal(drawn, colormap("diverging")[[0, 128, 255]])


def test_nan_is_seen_and_infinity_is_an_end() -> None:
    drawn = colour(np.array([[np.nan, np.inf, -np.inf]], np.float32), Range(0, 1), "magma")[0]
    assert tuple(drawn[0].tolist()) == NAN_COLOUR
    np.testing.assert_array_equal(drawn[1:], colormap("magma")[[255, 0]])


def test_a_range_without_width_is_one_quiet_colour() -> None:
    zero = np.zeros((2, 2), np.float32)
    assert (colour(zero, Range(0, 0), "magma") == colormap("magma")[0]).all()
    assert (colour(zero, Range(0, 0, True), "magma") == colormap("diverging")[128]).all()


def test_a_stack_of_maps_is_coloured_at_once(maps: np.ndarray) -> None:
    span = scale_range(maps, None, "stage")
    together = colour(maps, span, "magma")
    assert together.flags.c_contiguous
    np.testing.assert_array_equal(together, [colour(one, span, "magma") for one in maps])


def test_histogram_counts_everything_but_nan() -> None:
    values = np.array([[0, 0.1, 0.3], [0.99, 1, 7], [-3, np.nan, 0.5]], np.float32)
    assert histogram(values, Range(0, 1), 4).tolist() == [3, 1, 1, 3]
    assert histogram(np.zeros((2, 2), np.float32), Range(0, 0), 3).tolist() == [4, 0, 0]


def test_maps_grow_by_whole_factors_only() -> None:
    rgb = np.arange(27, dtype=np.uint8).reshape(3, 3, 3)
    grown = enlarged(rgb, 8)
    assert grown.shape == (6, 6, 3)
    np.testing.assert_array_equal(grown[::2, ::2], rgb)
    np.testing.assert_array_equal(grown[1::2, 1::2], rgb)
    assert enlarged(rgb, 2) is rgb


def test_montage_places_every_tile(maps: np.ndarray) -> None:
    spans = [scale_range(maps, channel, "channel") for channel in range(4)]
    sheet = montage(maps, [3, 0, 2], spans.__getitem__, "viridis", columns=2)
    down, across = 37 * 2, 37 * 3  # tiles of 2 x 3 values, as large as fit into 112 px
    assert sheet.shape == (2 * down + 4, 2 * across + 4, 3)
    tiles = [enlarged(colour(maps[channel], spans[channel], "viridis"), 112) for channel in (3, 0, 2)]
    np.testing.assert_array_equal(sheet[:down, :across], tiles[0])
    np.testing.assert_array_equal(sheet[:down, across + 4 :], tiles[1])
    np.testing.assert_array_equal(sheet[down + 4 :, :across], tiles[2])
    assert (sheet[down : down + 4] == GAP_COLOUR).all()
    assert (sheet[down:, across:] == GAP_COLOUR).all()  # the empty place


def test_montage_of_few_maps_is_no_wider_than_they_are(maps: np.ndarray) -> None:
    assert montage(maps, [0], lambda _: Range(0, 1), "grey").shape == (37 * 2, 37 * 3, 3)
    with pytest.raises(LensError, match="at least one channel"):
        montage(maps, [], lambda _: Range(0, 1), "grey")


def test_an_exported_channel_says_where_it_comes_from(maps: np.ndarray, tmp_path: Path) -> None:
    target = tmp_path / "kanal 3.png"
    span = Range(0, 6)
    drawn = enlarged(colour(maps[3], span, "cividis"), 30)
    map_export.write_png(target, drawn, OF.texts("3", "stage", span, "cividis"))
    with Image.open(target) as image:
        assert image.size == (30, 20)
        texts = image.text
        np.testing.assert_array_equal(np.asarray(image), drawn)
    assert texts.pop("Software").startswith("ResNet Lens ")
    assert texts == {
        "Network": "resnet18.cifar10",
        "Network is": "as trained",
        "Image": "Söhnchen 🙂.jpg",
        "Stage": "layer2",
        "Channel": "3",
        "Scale": "stage",
        "Range": "0 to 6",
        "Colours": "cividis",
    }
    assert list(tmp_path.iterdir()) == [target]
    changed = replace(OF, change="layer2.0 bypassed").texts("3", "stage", span, "cividis")
    assert changed["Network is"] == "layer2.0 bypassed"


def test_a_written_montage_says_its_channels_and_scale(maps: np.ndarray, tmp_path: Path) -> None:
    target = tmp_path / "montage.png"
    map_export.write_png(target, *described_montage(maps, [3, 0], "magma", scale="channel", of=OF))
    with Image.open(target) as image:
        assert image.text["Channel"] == "3 0"
        assert image.text["Range"] == "of each channel"
        first = enlarged(colour(maps[3], Range(0, 4.5), "magma"), 112)
        np.testing.assert_array_equal(np.asarray(image)[:, : first.shape[1]], first)
    map_export.write_png(target, *described_montage(maps - 2, [1], "magma", scale="stage", of=OF, signed=True))
    with Image.open(target) as image:
        assert (image.text["Range"], image.text["Colours"]) == ("-4 to 4", "diverging")


def test_exported_numbers_are_the_numbers(maps: np.ndarray, tmp_path: Path) -> None:
    write_npy(tmp_path / "one.npy", maps[3])
    write_npy(tmp_path / "all.npy", maps)
    one, together = np.load(tmp_path / "one.npy"), np.load(tmp_path / "all.npy")
    assert one.dtype == np.float32
    np.testing.assert_array_equal(one, maps[3])
    np.testing.assert_array_equal(together, maps)


def test_a_failed_export_leaves_the_old_file_and_nothing_else(
    maps: np.ndarray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "maps.npy"
    write_npy(target, maps)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(map_export.np, "save", full)
    with pytest.raises(LensError, match=r"maps\.npy can't be written to .*: No space left on device\."):
        write_npy(target, maps + 1)
    monkeypatch.undo()
    np.testing.assert_array_equal(np.load(target), maps)
    assert list(tmp_path.iterdir()) == [target]


def test_an_export_into_a_folder_that_is_not_there_is_a_sentence(maps: np.ndarray, tmp_path: Path) -> None:
    with pytest.raises(LensError, match=r"a\.npy can't be written"):
        write_npy(tmp_path / "gone" / "a.npy", maps)
