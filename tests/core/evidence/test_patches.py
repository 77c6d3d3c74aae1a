"""The places that excite a channel most, over many pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from resnet_core.blocks import ReceptiveField
from resnet_core.engines.base import Activations, Request
from resnet_core.errors import Cancelled, ImageError, LensError
from resnet_core.evidence import patches
from resnet_core.evidence.patches import Ranking, Spot
from resnet_core.images import from_rgb
from resnet_core.networks import named
from resnet_core.preprocess import Preprocess

SIDE = 16
PREPROCESS = Preprocess(SIDE, SIDE, mean=(0.0, 0.0, 0.0), std=(1.0, 1.0, 1.0))


def brightness(request: Request) -> Activations:
    """A network of two channels, every fourth pixel of red and of green: what it answers to can be drawn."""
    assert request.images is not None
    maps = np.ascontiguousarray(request.images[:, :2, ::4, ::4])
    return Activations({request.outputs[0]: maps}, 1.0, "none", "cpu", "f32")


def lit(y: int, x: int, value: int, channel: int = 0) -> np.ndarray:
    """A black picture with one lit cell."""
    rgb = np.zeros((SIDE, SIDE, 3), np.uint8)
    rgb[4 * y, 4 * x, channel] = value
    return rgb


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 9), st.integers(1, 12), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_the_ranking_is_that_of_all_pictures_at_once_however_they_come(
    count: int, pictures: int, batch: int, seed: int
) -> None:
    maps = np.random.default_rng(seed).integers(-3, 4, (pictures, 3, 2, 3)).astype(np.float32)  # many are equal
    ranking = Ranking(count)
    for first in range(0, pictures, batch):
        ranking.add(maps[first : first + batch], first)
    for channel in range(3):
        best = [(-float(one[channel].max()), number, int(one[channel].argmax())) for number, one in enumerate(maps)]
        expected = [Spot(number, unit // 3, unit % 3, -value) for value, number, unit in sorted(best)[:count]]
        assert ranking.of(channel, signed=True) == tuple(expected)


def test_values_that_are_no_numbers_do_not_count() -> None:
    maps = np.full((2, 1, 1, 3), np.nan, np.float32)
    maps[0, 0, 0, 2] = -1.0
    ranking = Ranking(4)
    assert ranking.of(0, signed=True) == ()
    ranking.add(maps, 7)
    assert ranking.of(0, signed=True) == (Spot(7, 0, 2, -1.0),)
    assert ranking.of(0, signed=False) == ()  # after a ReLU nothing but what is above 0 excites a channel
    with pytest.raises(LensError, match="numbered from 0 to 0"):
        ranking.of(1, signed=True)


def test_a_search_finds_the_places_and_goes_on_over_what_is_no_picture(tmp_path: Path) -> None:
    sources: list[Path] = []
    for number in range(40):
        path = tmp_path / f"{number}.png"
        Image.fromarray(lit(number % 4, number // 4 % 4, 100 + number)).save(path)
        sources.append(path)
    sources[5].write_bytes(b"no picture")
    sources[39].unlink()
    steps = list(patches.search(sources, brightness, PREPROCESS, "layer1", count=3))
    assert steps[-1].done == 40
    assert {number: type(error) for step in steps for number, error in step.failed.items()} == {
        5: ImageError, 39: ImageError,
    }  # fmt: skip
    assert {number for step in steps for number in step.seen} == set(range(40)) - {5, 39}
    found = steps[-1].ranking.of(0, signed=False)
    assert [(spot.picture, spot.y, spot.x) for spot in found] == [(38, 2, 1), (37, 1, 1), (36, 0, 1)]
    assert found[0].value == pytest.approx(138 / 255)


def test_pictures_from_the_clipboard_count_too() -> None:
    sources = [from_rgb(lit(1, 2, 50 + number), f"pasted {number}") for number in range(3)]
    (*_, last) = patches.search(sources, brightness, PREPROCESS, "layer1")
    best = last.ranking.of(0, signed=False)[0]
    one = patches.patch(sources[best.picture], last.seen[best.picture], best, named("resnet20"), PREPROCESS, "conv1")
    assert (one.name, one.path, one.spot.picture) == ("pasted 2", None, 2)
    assert one.rgb.shape == (3, 3, 3)


def test_it_can_be_called_off() -> None:
    def calling_off_after(times: int) -> Callable[[], bool]:
        left = iter([False] * times)
        return lambda: next(left, True)

    sources = [from_rgb(lit(0, 0, 9), "one")] * 200
    with pytest.raises(Cancelled):
        list(patches.search(sources, brightness, PREPROCESS, "layer1", cancel=calling_off_after(20)))


def test_nothing_to_look_at() -> None:
    assert list(patches.search([], brightness, PREPROCESS, "layer1")) == []


def test_a_patch_is_what_the_unit_sees_with_padding_outside() -> None:
    seen = np.arange(SIDE * SIDE * 3, dtype=np.uint32).reshape(SIDE, SIDE, 3).astype(np.uint8)
    field = ReceptiveField(5, 4, -2)
    part = patches.window(field, 1, 2, SIDE)
    assert (part.box, part.field, part.whole) == ((6, 2, 11, 7), (6, 2, 11, 7), True)
    assert np.array_equal(patches.cut(seen, part.box, PREPROCESS), seen[2:7, 6:11])
    corner = patches.window(field, 0, 0, SIDE)
    assert (corner.box, corner.field) == ((-2, -2, 3, 3), (0, 0, 3, 3))
    grey = Preprocess(SIDE, SIDE)
    cut = patches.cut(seen, corner.box, grey)
    assert np.array_equal(cut[2:, 2:], seen[:3, :3])
    assert np.array_equal(np.unique(cut[:2].reshape(-1, 3), axis=0), [[124, 116, 104]])


def test_a_field_larger_than_the_picture_is_cut_to_its_size() -> None:
    part = patches.window(named("resnet18").receptive_field("layer4"), 3, 3, 224)
    assert part.box == (-16, -16, 208, 208)
    assert part.field == (0, 0, 224, 224)
    assert not part.whole
    assert patches.cut(np.zeros((224, 224, 3), np.uint8), part.box, PREPROCESS).shape == (224, 224, 3)


def test_the_numbers_say_where_each_patch_is(tmp_path: Path) -> None:
    source = from_rgb(lit(2, 3, 200), "pasted")
    (step,) = patches.search([source], brightness, PREPROCESS, "layer1")
    one = patches.patch(
        source, step.seen[0], step.ranking.of(0, signed=False)[0], named("resnet20"), PREPROCESS, "conv1"
    )
    numbers = patches.numbers(
        [one], weights="resnet20.test", output="conv1", channel=0, looked_at=1, failed=0, field_px=3
    )
    assert numbers.as_json() == {
        "weights": "resnet20.test", "output": "conv1", "channel": 0, "pictures": 1, "failed": 0,
        "receptive_field_px": 3,
        "patches": [{
            "rank": 1, "value": pytest.approx(200 / 255), "picture": "pasted", "path": None, "y": 2, "x": 3,
            "field": [2, 1, 5, 4],
        }],
    }  # fmt: skip
