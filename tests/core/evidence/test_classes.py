"""A class's logit as a sum over channels and over places: exactly the network's own, for any network."""

from __future__ import annotations

import numpy as np
import pytest
from random_networks import SMALL, random_images, random_parameters

from resnet_core.engines.base import Floats, Intervention, Request
from resnet_core.engines.openvino_engine import OpenVINOEngine
from resnet_core.errors import LensError
from resnet_core.evidence.classes import Contributions, class_map, class_weights, contributions
from resnet_core.spec import ResNetSpec
from resnet_core.weights.head import Head


def head_of(spec: ResNetSpec, seed: int = 0) -> Head:
    parameters = random_parameters(spec, seed)
    return Head(parameters["fc.weight"], parameters["fc.bias"])


def answer(spec: ResNetSpec, images: Floats, change: Intervention | None = None) -> tuple[Floats, Floats]:
    """The last stage's maps (C, H, W) and the logits."""
    last = spec.stage_names[-1]
    found = OpenVINOEngine(spec, random_parameters(spec)).run(Request(images, (last, "logits"), change)).outputs
    return found[last][0], found["logits"][0]


@pytest.mark.parametrize("name", SMALL)
def test_both_sums_are_the_logit(name: str) -> None:
    spec, head = SMALL[name], head_of(SMALL[name])
    engine = OpenVINOEngine(spec, random_parameters(spec))
    last = spec.stage_names[-1]
    for seed, height, width in ((1, 32, 32), (2, 32, 32), (3, 40, 56)):
        found = engine.run(Request(random_images(1, height, width, seed), (last, "logits"))).outputs
        check_sums(found[last][0], found["logits"][0], head)


def check_sums(maps: Floats, logits: Floats, head: Head) -> None:
    near = 1e-4 * float(np.abs(logits).max())
    for index, logit in enumerate(logits.tolist()):
        found = contributions(maps, head, index)
        assert found.total == pytest.approx(logit, abs=near)
        assert found.agrees(logits)
        assert float(found.parts.sum()) + found.bias == pytest.approx(found.total, abs=near)
        assert float(class_map(maps, head, index).mean() + head.bias[index]) == pytest.approx(logit, abs=near)
        rival = (index + 1) % len(logits)
        versus = contributions(maps, head, index, rival)
        assert versus.total == pytest.approx(logit - float(logits[rival]), abs=2 * near)
        assert versus.agrees(logits)
        difference = class_map(maps, head, index) - class_map(maps, head, rival)
        assert np.allclose(class_map(maps, head, index, rival), difference, atol=near)


@pytest.mark.parametrize("name", SMALL)
def test_the_map_is_the_definition_and_torchs_grad_cam(name: str) -> None:
    """Grad-CAM (Selvaraju et al. 2017) weighs A_k by mean_yx(dlogit / dA_k) = w_k / (H W): the same map, H W times
    smaller."""
    torch = pytest.importorskip("torch")
    from resnet_core.resnet import build

    spec = SMALL[name]
    network = build(spec).eval()
    parameters = random_parameters(spec)
    network.load_state_dict({key: torch.from_numpy(array) for key, array in parameters.items()}, strict=False)
    kept: list[torch.Tensor] = []

    def keep(_module: object, _inputs: object, output: torch.Tensor) -> None:
        output.retain_grad()
        kept.append(output)

    getattr(network, spec.stage_names[-1]).register_forward_hook(keep)
    images = random_images(1, 48, 64)
    maps, _ = answer(spec, images)
    index = spec.num_classes - 1
    network(torch.from_numpy(images))[0, index].backward()
    activations, gradients = kept[0].detach()[0], kept[0].grad[0]
    grad_cam = torch.einsum("c,chw->hw", gradients.mean(dim=(1, 2)), activations).numpy()
    ours = class_map(maps, head_of(spec), index)
    height, width = ours.shape
    assert np.allclose(ours / (height * width), grad_cam, atol=1e-4 * np.abs(grad_cam).max())
    definition = sum(w * a for w, a in zip(head_of(spec).weight[index], maps, strict=True))
    assert np.allclose(ours, definition, atol=1e-4 * np.abs(definition).max())


def test_an_intervention_is_part_of_the_sum() -> None:
    spec = SMALL["bottleneck"]
    last = spec.stage_names[-1]
    mask = np.ones(spec.features, np.float32)
    mask[:5] = 0
    change = Intervention({"layer2.1": 0.0}, {last: mask})
    maps, logits = answer(spec, random_images(1, 32, 32), change=change)
    found = contributions(maps, head_of(spec), 2)
    assert found.agrees(logits)
    assert not found.parts[:5].any()


def test_the_strongest_and_the_rest_are_everything() -> None:
    spec = SMALL["basic_b"]
    maps, logits = answer(spec, random_images(1, 32, 32))
    found = contributions(maps, head_of(spec), 3)
    for count in (0, 1, 7, 1000):
        shown = found.strongest(count)
        parts = found.parts[list(shown)]
        assert len(shown) == min(count, len(found.parts))
        assert (np.diff(parts) <= 0).all()
        assert found.bias + float(parts.sum()) + found.rest(shown) == pytest.approx(
            float(logits[3]), abs=1e-4 * float(np.abs(logits).max())
        )


@pytest.mark.parametrize(
    ("parts", "count", "shown"),
    [
        ([5, 4, 3, 2, 1, -0.5, -0.1], 6, (0, 1, 2, 3, 6, 5)),  # little speaks against, and is shown all the same
        ([1, -5, -4, 0.5, -3, 0.2], 3, (0, 2, 1)),
        ([1, 2, 3, 4], 3, (3, 2, 1)),
        ([0, 0, 0], 2, (0, 1)),
        ([1, -1], 9, (0, 1)),
        ([1, -1], 0, ()),
    ],
)
def test_the_channels_shown_are_for_and_against(parts: list[float], count: int, shown: tuple[int, ...]) -> None:
    ones, array = np.ones(len(parts), np.float32), np.array(parts, np.float32)
    assert Contributions(0, None, ones, array, array, 0.0, 0.0).strongest(count) == shown


def test_a_sum_that_is_not_the_logit_is_not_called_that() -> None:
    spec = SMALL["basic_b"]
    maps, logits = answer(spec, random_images(1, 32, 32))
    other = contributions(maps, head_of(spec, seed=9), 3)
    assert not other.agrees(logits)


def test_what_does_not_fit_is_refused() -> None:
    head = Head(np.ones((2, 8), np.float32), np.zeros(2, np.float32))
    maps = np.ones((8, 2, 2), np.float32)
    with pytest.raises(LensError, match="no class 2: this network has 2"):
        contributions(maps, head, 2)
    with pytest.raises(LensError, match="no class -1"):
        class_weights(head, 0, -1)
    for found in (contributions, class_map):
        with pytest.raises(LensError, match="reads 8 channels"):
            found(maps[:7], head, 0)


def test_one_class_and_one_place() -> None:
    """A network of one class on a picture that the last stage sees as a single cell."""
    head = Head(np.array([[2.0, -1.0]], np.float32), np.array([0.5], np.float32))
    maps = np.array([[[3.0]], [[4.0]]], np.float32)
    assert contributions(maps, head, 0).total == 2.5
    assert class_map(maps, head, 0).tolist() == [[2.0]]
