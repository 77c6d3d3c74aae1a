"""Small random networks for tests: parameters with batch-norm statistics that are not 0 and 1. numpy only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from resnet_core.spec import ResNetSpec

Floats = NDArray[np.float32]

SMALL: dict[str, ResNetSpec] = {
    spec.network: spec
    for spec in (
        ResNetSpec("basic_b", "basic", (2, 1, 1, 1), 7, planes=8),
        ResNetSpec("basic_c", "basic", (1, 2), 5, stem="cifar", planes=8, shortcut="C"),
        ResNetSpec("option_a", "basic", (2, 2, 2), 10, stem="cifar", planes=4, shortcut="A"),
        ResNetSpec("odd_option_a", "bottleneck", (1, 2), 4, planes=3, shortcut="A"),
        ResNetSpec("plain", "basic", (2, 1, 1), 10, stem="cifar", planes=8, residual=False),
        ResNetSpec("bottleneck", "bottleneck", (1, 2, 1, 1), 6, planes=8),
        ResNetSpec("grouped", "bottleneck", (1, 2, 1), 6, planes=16, groups=4, width_per_group=16),
        ResNetSpec("wide", "bottleneck", (1, 1, 1, 1), 6, planes=4, width_per_group=128),
        ResNetSpec("dilated", "bottleneck", (1, 1, 2, 2), 6, planes=4, dilated=(False, True, True)),
        ResNetSpec("no_batch_norm", "basic", (2, 2, 1, 1), 9, planes=8, batch_norm=False),
    )
}
"""Every way a network of this family can differ from another, each as small as shows it."""


def random_parameters(spec: ResNetSpec, seed: int = 0) -> dict[str, Floats]:
    """Parameters whose activations neither vanish nor explode, so that a wrong block can't hide."""
    random = np.random.default_rng(seed)
    parameters: dict[str, Floats] = {}
    for name, shape in spec.parameter_shapes.items():
        last = name.rsplit(".", 1)[-1]
        if name.startswith("fc.") or (len(shape) == 1 and not spec.batch_norm):
            array = random.normal(0, 0.3, shape)
        elif len(shape) == 4:
            array = random.normal(0, np.sqrt(2 / np.prod(shape[1:])), shape)
        elif last == "weight":
            array = random.uniform(0.5, 1.0, shape)
        elif last == "running_var":
            array = random.uniform(0.5, 2.0, shape)
        else:
            array = random.normal(0, 0.3, shape)
        parameters[name] = np.ascontiguousarray(array, np.float32)
    return parameters


def random_images(batch: int, height: int, width: int, seed: int = 1) -> Floats:
    """Preprocessed pictures: (batch, 3, height, width) float32, about as spread as normalised photos are."""
    return np.random.default_rng(seed).normal(0, 1, (batch, 3, height, width)).astype(np.float32)
