"""The ladder: every network answers, or says why not, and those not on this disk are offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from random_networks import random_parameters
from small_store import noise

from resnet_core.analysis import Classifier
from resnet_core.errors import Cancelled, WeightsError
from resnet_core.evidence import ladder
from resnet_core.evidence.ladder import Fallen, Rung, climb
from resnet_core.images import from_rgb
from resnet_core.networks import DEPTHS, named
from resnet_core.preprocess import Preprocess
from resnet_core.weights.catalog import PUBLISHED, WeightsInfo
from resnet_core.weights.store import WeightsStore

PICTURE = from_rgb(noise(40, 36), "noise.png")


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Classifier]:
    store = WeightsStore(tmp_path_factory.mktemp("home"))
    for network in ("resnet20", "resnet32"):
        spec = named(network)
        info = WeightsInfo(f"{network}.mine", spec, "mine", "imported", Preprocess(32, 32), "cifar10")
        store.save(info, random_parameters(spec))
    with Classifier(store) as made:
        yield made


def look(classifier: Classifier, weights: str) -> Rung:
    analysis = classifier.analyse(PICTURE, weights, device="cpu")
    return ladder.rung(analysis, classifier.store.head(weights), classifier.runner(analysis))


def test_a_rung_says_what_the_network_answered(classifier: Classifier) -> None:
    found = look(classifier, "resnet32.mine")
    analysis = classifier.analyse(PICTURE, "resnet32.mine", device="cpu")
    best = analysis.predictions[0]
    assert (found.label, found.index, found.probability) == (best.label, best.index, best.probability)
    assert (found.parameters, found.layers) == (named("resnet32").parameters, 32)
    assert found.elapsed_ms > 0
    assert tuple(found.stages) == ("conv1", "layer1", "layer2", "layer3")
    for name, stage in found.stages.items():
        maps = analysis.activations[name]
        assert stage.shape == maps.shape
        assert (stage.maps == maps[list(stage.channels)]).all()
        assert stage.highest == maps.max()


def test_the_map_of_the_class_and_its_bias_are_the_logit(classifier: Classifier) -> None:
    found = look(classifier, "resnet20.mine")
    logit = classifier.analyse(PICTURE, "resnet20.mine", device="cpu").logits[found.index]
    bias = classifier.store.head("resnet20.mine").bias[found.index]
    assert float(found.cam.mean() + bias) == pytest.approx(float(logit), abs=1e-3)


def test_a_network_that_fails_is_a_sentence_and_the_next_one_goes_on(classifier: Classifier) -> None:
    steps = list(climb(["resnet20.mine", "resnet20.gone", "resnet32.mine"], lambda name: look(classifier, name)))
    assert [step.weights for step in steps] == ["resnet20.mine", "resnet20.gone", "resnet32.mine"]
    assert isinstance(steps[1], Fallen)
    assert "resnet20.gone" in steps[1].reason
    rows = ladder.numbers("noise.png", steps).as_json()["networks"]
    assert [row["error"] is None for row in rows] == [True, False, True]
    assert rows[1]["label"] is None
    assert rows[0]["network"] == "resnet20"
    assert {len(row) for row in rows} == {13}


def test_it_can_be_called_off_between_two_networks() -> None:
    def fail(name: str) -> Rung:
        raise WeightsError(f"{name} is gone.")

    asked = iter([False, True])
    steps = climb(["a", "b"], fail, cancel=lambda: next(asked))
    assert next(steps) == Fallen("a", "a is gone.")
    with pytest.raises(Cancelled):
        next(steps)


def test_the_most_accurate_set_is_offered_of_every_depth_that_is_not_here() -> None:
    offered = ladder.offers(PUBLISHED)
    assert [info.spec.network for info in offered] == list(DEPTHS)
    assert offered[2].id == "resnet50.imagenet1k_v2"
    mine = WeightsInfo("resnet18.x", named("resnet18"), "", "imported", Preprocess(32, 32), path=Path("x"))
    assert "resnet18" not in [info.spec.network for info in ladder.offers([mine, *PUBLISHED])]
    assert ladder.offers([mine]) == ()


def test_networks_stand_in_the_order_of_their_depth() -> None:
    here = [replace(info, path=Path("x")) for info in PUBLISHED if info.spec.network in ("resnet101", "resnet18")]
    assert [info.id for info in ladder.by_depth([*here[::-1], PUBLISHED[2]])] == [
        "resnet18.imagenet1k_v1",
        "resnet101.imagenet1k_v1",
        "resnet101.imagenet1k_v2",
    ]


def test_maps_that_are_no_numbers_do_not_spoil_the_scale() -> None:
    maps = np.array([[[1.0, np.nan]], [[np.inf, 3.0]]], np.float32)
    assert ladder._miniatures(maps).highest == 3.0
