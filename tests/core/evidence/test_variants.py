"""Colour or shape? What each changed picture keeps and loses, and what the network's answers to them are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from random_networks import random_parameters
from small_store import noise

from resnet_core.engines.base import Activations, Intervention, Request
from resnet_core.engines.openvino_engine import OpenVINOEngine
from resnet_core.errors import Cancelled
from resnet_core.evidence import variants
from resnet_core.evidence.variants import Variant, ask, verdict
from resnet_core.networks import named
from resnet_core.preprocess import Preprocess

SPEC = named("resnet20")
STAGES = SPEC.stage_names
PREPROCESS = Preprocess(32, 32)
SEEN = noise(32, 32)


@pytest.fixture(scope="module")
def run() -> Iterator[Callable[[Request], Activations]]:
    engine = OpenVINOEngine(SPEC, random_parameters(SPEC))
    yield engine.run
    engine.close()


def answers(run: Callable[[Request], Activations], **options: object) -> dict[str, Variant]:
    before = run(Request(PREPROCESS.normalise(SEEN), STAGES, options.get("intervention"))).outputs
    maps = {name: before[name][0] for name in STAGES}
    return {one.kind: one for one in ask(SEEN, maps, PREPROCESS, STAGES, run, **options)}


def test_grey_is_rec_709_luma() -> None:
    colours = np.zeros((1, 4, 3), np.uint8)
    colours[0, 0, 0] = colours[0, 1, 1] = colours[0, 2, 2] = 255
    colours[0, 3] = (10, 200, 90)
    assert variants.grey(colours)[0].tolist() == [[54] * 3, [182] * 3, [18] * 3, [152] * 3]


def test_blur_keeps_the_mean_and_takes_the_detail() -> None:
    seen = noise(224, 224)
    blurred = variants.blurred(seen)
    assert abs(float(blurred.mean()) - float(seen.mean())) < 1
    assert blurred.std() < seen.std() / 10
    one_point = np.zeros((224, 224, 3), np.uint8)
    one_point[112, 112] = 255
    spread = variants.blurred(one_point, share=2 / 224).astype(float)[..., 0]
    away = (np.arange(224) - 112) ** 2
    assert np.sqrt((spread.sum(axis=0) * away).sum() / spread.sum()) == pytest.approx(2, abs=0.4)


def test_edges_are_sobel_s_and_a_flat_picture_has_none() -> None:
    step = np.zeros((9, 9, 3), np.uint8)
    step[:, 5:] = 200
    found = variants.edges(step)[..., 0]
    assert (found[:, 4:6] == 255).all()
    assert (found[:, :4] == 0).all()
    assert (found[:, 6:] == 0).all()
    assert not variants.edges(np.full((8, 8, 3), 77, np.uint8)).any()
    corner = np.zeros((7, 7, 3), np.uint8)
    corner[3, 3] = 255
    assert (variants.edges(corner)[..., 0] > 0).sum() == 8


@pytest.mark.parametrize("side", [32, 224, 225])
def test_shuffling_moves_every_patch_and_loses_none(side: int) -> None:
    seen = noise(side, side)
    mixed = variants.shuffled(seen)
    assert sorted(mixed.ravel().tolist()) == sorted(seen.ravel().tolist())
    patch = side // variants.GRID
    for y in range(variants.GRID):
        for x in range(variants.GRID):
            part = np.s_[y * patch : (y + 1) * patch, x * patch : (x + 1) * patch]
            assert (mixed[part] != seen[part]).any()
    assert (variants.shuffled(seen) == mixed).all()
    assert (variants.shuffled(seen, seed=1) != mixed).any()


def test_a_picture_too_small_to_cut_stays() -> None:
    assert (variants.shuffled(noise(3, 3)) == noise(3, 3)).all()


def test_nothing_is_done_to_the_picture_itself() -> None:
    seen = noise(32, 32)
    seen.flags.writeable = False
    for kind in variants.KINDS:
        made = variants.make(kind, seen)
        assert made.shape == seen.shape
        assert made.dtype == np.uint8
    assert (seen == noise(32, 32)).all()


def test_each_answer_is_the_network_s_own(run: Callable[[Request], Activations]) -> None:
    found = answers(run)
    assert tuple(found) == variants.KINDS
    for kind, one in found.items():
        plain = run(Request(PREPROCESS.normalise(variants.make(kind, SEEN)), (*STAGES, "logits"))).outputs
        expected = np.exp(plain["logits"][0].astype(float))
        assert one.probabilities == pytest.approx(expected / expected.sum(), abs=1e-6)
        turned = plain["layer2"][0][:, :, ::-1] if kind == "mirrored" else plain["layer2"][0]
        assert (one.maps["layer2"] == turned).all()
        assert [shift.output for shift in one.shifts] == list(STAGES)
        assert all(shift.means > 0 for shift in one.shifts)


def test_places_of_shuffled_patches_are_not_compared(run: Callable[[Request], Activations]) -> None:
    found = answers(run)
    assert {kind for kind, one in found.items() if one.shifts[0].maps is None} == {"shuffled"}


def test_mirrored_maps_are_mirrored_back_before_they_are_compared() -> None:
    """In a network that gives the picture back, nothing moves."""

    def echo(request: Request) -> Activations:
        assert request.images is not None
        return Activations({"conv1": request.images, "logits": np.zeros((1, 3), np.float32)}, 1.0, "fake", "cpu", "f32")

    maps = {"conv1": PREPROCESS.normalise(SEEN)[0]}
    one = next(one for one in ask(SEEN, maps, PREPROCESS, ("conv1",), echo) if one.kind == "mirrored")
    assert one.shifts[0].maps == 0
    assert one.shifts[0].means == pytest.approx(0, abs=1e-6)


def test_an_intervention_is_kept(run: Callable[[Request], Activations]) -> None:
    closed = Intervention(masks={"layer3": np.zeros(64, np.float32)})
    found = answers(run, intervention=closed)
    assert all(not one.maps["layer3"].any() for one in found.values())
    assert all(one.shifts[-1].means == 0 for one in found.values())


def test_the_channels_that_moved_most_come_first(run: Callable[[Request], Activations]) -> None:
    before = run(Request(PREPROCESS.normalise(SEEN), STAGES)).outputs
    maps = {name: before[name][0] for name in STAGES}
    one = next(ask(SEEN, maps, PREPROCESS, STAGES, run))
    moved = one.moved("layer1", maps, 5)
    sizes = np.abs(one.maps["layer1"].mean(axis=(1, 2)) - maps["layer1"].mean(axis=(1, 2)))
    assert [entry.channel for entry in moved] == np.argsort(-sizes, kind="stable")[:5].tolist()
    assert abs(moved[0].right - moved[0].left) == pytest.approx(float(sizes.max()), rel=1e-4)


def test_it_can_be_called_off(run: Callable[[Request], Activations]) -> None:
    asked = iter([False, False, True])
    before = run(Request(PREPROCESS.normalise(SEEN), STAGES)).outputs
    maps = {name: before[name][0] for name in STAGES}
    several = ask(SEEN, maps, PREPROCESS, STAGES, run, cancel=lambda: next(asked))
    assert [next(several).kind, next(several).kind] == ["grey", "blurred"]
    with pytest.raises(Cancelled):
        next(several)


@pytest.mark.parametrize(
    ("as_seen", "without_colour", "without_shape", "expected"),
    [
        (0.77, 0.71, 0.03, "shape"),
        (0.77, 0.03, 0.71, "colour"),
        (0.77, 0.75, 0.76, "neither"),
        (0.77, 0.90, 0.80, "neither"),
        (0.77, 0.02, 0.05, "both"),
        (0.77, 0.50, 0.52, "alike"),
        (0.04, 0.01, 0.01, "unsure"),
    ],
)
def test_the_verdict_is_drawn_from_the_numbers(
    as_seen: float, without_colour: float, without_shape: float, expected: str
) -> None:
    assert verdict(as_seen, without_colour, without_shape) == expected


def test_the_numbers_can_be_written_down(run: Callable[[Request], Activations]) -> None:
    before = run(Request(PREPROCESS.normalise(SEEN), STAGES)).outputs
    maps = {name: before[name][0] for name in STAGES}
    found = tuple(ask(SEEN, maps, PREPROCESS, STAGES, run))
    written = variants.numbers({"image": "noise"}, 3, maps, found, lambda index: f"class {index}").as_json()
    assert written["image"] == "noise"
    assert [row["picture"] for row in written["variants"]] == list(variants.KINDS)
    assert written["variants"][0]["probability"] == float(found[0].probabilities[3])
    assert len(written["variants"][0]["stages"]["layer1"]["channels"]) == 5
