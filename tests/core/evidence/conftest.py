"""A small network with random numbers, and what it makes of a random picture."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from random_networks import SMALL, Floats, random_images, random_parameters

from resnet_core.engines.base import Activations, Request
from resnet_core.engines.openvino_engine import OpenVINOEngine

SPEC = SMALL["basic_b"]


@pytest.fixture(scope="module")
def run() -> Callable[[Request], Activations]:
    return OpenVINOEngine(SPEC, random_parameters(SPEC)).run


@pytest.fixture(scope="module")
def plain(run: Callable[[Request], Activations]) -> dict[str, Floats]:
    """Of the network as trained: the logits and every stage."""
    request = Request(random_images(1, 64, 64), (*SPEC.stage_names, "logits"))
    return {name: array[0] for name, array in run(request).outputs.items()}
