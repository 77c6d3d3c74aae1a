"""A patch over the picture, at one place and at all of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_networks import SMALL, Floats, random_images, random_parameters

from resnet_core.engines.base import Activations, Intervention, Request
from resnet_core.engines.openvino_engine import OpenVINOEngine
from resnet_core.errors import Cancelled, LensError
from resnet_core.evidence import occlusion
from resnet_core.evidence.occlusion import Patch
from resnet_core.preprocess import Preprocess

SPEC = SMALL["basic_b"]


@pytest.fixture(scope="module")
def engine() -> OpenVINOEngine:
    return OpenVINOEngine(SPEC, random_parameters(SPEC))


class Darkness:
    """A network of two classes whose logits are how much of the picture is 1, and how much is 0. Notes its batches."""

    def __init__(self, ms_for: dict[int, float] | None = None) -> None:
        self.sizes: list[int] = []
        self.interventions: list[Intervention | None] = []
        self.ms_for = ms_for or {}

    def __call__(self, request: Request) -> Activations:
        assert request.images is not None
        pictures = request.images[:, 0]
        self.sizes.append(len(pictures))
        self.interventions.append(request.intervention)
        ones = (pictures == 1).sum(axis=(1, 2))
        logits = np.stack([ones, pictures[0].size - ones], axis=1).astype(np.float32)
        return Activations({"logits": logits}, self.ms_for.get(len(pictures), 1.0), "none", "cpu", "f32")


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 40), st.integers(1, 40))
def test_every_patch_lies_inside_and_all_is_covered(height: int, width: int, size: int, stride: int) -> None:
    size = min(size, height, width)
    places = occlusion.grid(height, width, size, stride)
    assert len(places.patches) == places.shape[0] * places.shape[1]
    seen = np.zeros((height, width), int)
    for patch in places.patches:
        assert occlusion.clipped(patch, height, width) == patch
        seen[patch.top : patch.top + size, patch.left : patch.left + size] += 1
    if stride <= size:
        assert seen.min() >= 1
    assert len(set(places.patches)) == len(places.patches)


def test_the_usual_sweep_of_a_224_px_picture() -> None:
    places = occlusion.grid(224, 224, 32, 16)
    assert places.shape == (13, 13)
    assert places.patches[14] == Patch(16, 16, 32)


@pytest.mark.parametrize(("side", "size"), [(224, 32), (32, 4), (64, 8), (299, 40), (8, 1), (1, 1)])
def test_the_usual_size(side: int, size: int) -> None:
    assert occlusion.usual_size(side) == size


@pytest.mark.parametrize(("size", "stride"), [(0, 1), (9, 1), (4, 0)])
def test_an_impossible_grid_is_refused(size: int, stride: int) -> None:
    with pytest.raises(LensError):
        occlusion.grid(8, 16, size, stride)


def test_a_patch_is_moved_inside() -> None:
    assert occlusion.clipped(Patch(-5, 30, 8), 16, 32) == Patch(0, 24, 8)


def test_the_cover_is_the_mean_grey_and_the_picture_stays() -> None:
    preprocess = Preprocess(16, 16)
    mean = np.array(preprocess.mean) * 255
    grey = preprocess.normalise(np.broadcast_to(np.rint(mean), (16, 16, 3)).astype(np.uint8))
    assert np.abs(grey).max() < 0.01  # 0 is the mean, to the rounding of a byte
    images = random_images(1, 16, 16)
    before = images.copy()
    covered = occlusion.covered(images, Patch(2, 3, 4))
    assert np.array_equal(images, before)
    assert not covered[..., 2:6, 3:7].any()
    covered[..., 2:6, 3:7] = images[..., 2:6, 3:7]
    assert np.array_equal(covered, images)


def test_a_sweep_is_one_forward_a_place(engine: OpenVINOEngine) -> None:
    images = random_images(1, 40, 48)
    before = engine.run(Request(images)).outputs["logits"][0]
    places = occlusion.grid(40, 48, 16, 12)
    rows: list[tuple[int, Floats]] = []
    found = occlusion.sweep(engine.run, images, before, places, row_done=lambda row, logits: rows.append((row, logits)))
    assert found.logits.shape == (*places.shape, SPEC.num_classes)
    for patch, logits in zip(places.patches, found.logits.reshape(-1, SPEC.num_classes), strict=True):
        alone = occlusion.effect(engine.run, images, patch)
        assert np.allclose(logits, alone, atol=1e-5 * np.abs(alone).max())
    assert [row for row, _ in rows] == list(range(places.shape[0]))
    assert np.array_equal(np.stack([logits for _, logits in rows]), found.logits)
    assert np.allclose(found.drops(2), before[2] - found.logits[..., 2])
    assert np.allclose(found.probabilities(2), occlusion.softmax(found.logits)[..., 2])


def test_an_intervention_holds_under_the_patch_too(engine: OpenVINOEngine) -> None:
    images, change = random_images(1, 32, 32), Intervention({"layer1.0": 0.0})
    before = engine.run(Request(images, ("logits",), change)).outputs["logits"][0]
    places = occlusion.grid(32, 32, 16, 16)
    found = occlusion.sweep(engine.run, images, before, places, intervention=change)
    alone = occlusion.effect(engine.run, images, places.patches[1], change)
    assert np.allclose(found.logits[0, 1], alone, atol=1e-5 * np.abs(alone).max())


def test_what_is_known_without_a_network() -> None:
    """Ones in the upper left quarter: covering n of them costs the first class n, and gains the second as much."""
    images = np.full((1, 3, 8, 8), 2, np.float32)
    images[..., :4, :4] = 1
    run = Darkness()
    before = run(Request(images)).outputs["logits"][0]
    found = occlusion.sweep(run, images, before, occlusion.grid(8, 8, 4, 2))
    expected = np.array([[16, 8, 0], [8, 4, 0], [0, 0, 0]])
    assert np.array_equal(found.drops(0), expected)
    assert np.array_equal(found.drops(1), -expected)
    pixels = found.by_pixel(0, 8, 8)
    assert pixels[0, 0] == 16  # one patch covers the corner
    assert pixels[3, 3] == np.mean([16, 8, 8, 4])
    assert pixels[7, 7] == 0


@pytest.mark.parametrize(
    ("ms_for", "sizes"),
    [
        ({2: 20, 4: 30, 8: 40, 16: 60}, [2, 4, 8, 16, 16, 3]),  # cheaper and cheaper
        ({2: 20, 4: 30, 8: 60, 16: 120}, [2, 4, 8, 4, 4, 4, 4, 4, 4, 4, 4, 3]),  # 8 gain nothing over 4
        ({2: 20, 4: 40}, [2, 4] + [2] * 21 + [1]),
        ({2: 400}, [2] * 24 + [1]),  # slow already: a picture in between would wait
    ],
)
def test_the_size_of_a_batch_is_measured(ms_for: dict[int, float], sizes: list[int]) -> None:
    run = Darkness(ms_for)
    images = np.ones((1, 3, 7, 7), np.float32)
    occlusion.sweep(run, images, np.zeros(2, np.float32), occlusion.grid(7, 7, 1, 1))
    assert run.sizes == sizes


def test_it_ends_between_two_batches_when_called_off() -> None:
    run = Darkness()
    images = np.ones((1, 3, 16, 16), np.float32)
    with pytest.raises(Cancelled):
        occlusion.sweep(
            run, images, np.zeros(2, np.float32), occlusion.grid(16, 16, 2, 1), cancel=lambda: len(run.sizes) == 3
        )
    assert len(run.sizes) == 3


def test_a_sweep_under_way_has_numbers_where_it_was() -> None:
    places = occlusion.grid(8, 8, 4, 4)
    logits = np.full((2, 2, 2), np.nan, np.float32)
    logits[0] = [[1, 0], [3, 0]]
    half = occlusion.Sweep(places, np.array([4, 0], np.float32), logits)
    assert np.array_equal(half.drops(0), [[3, 1], [np.nan, np.nan]], equal_nan=True)
    pixels = half.by_pixel(0, 8, 8)
    assert (pixels[0, 0], pixels[0, 7], pixels[7, 0]) == (3, 1, 0)
