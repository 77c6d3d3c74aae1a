"""What to train with when nothing else is said: sensible for the data, the network and where it starts from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from resnet_core.networks import named
from resnet_core.spec import Stem
from resnet_core.training.config import (
    Augmentation,
    Budget,
    DataChoice,
    DataKind,
    Optimizer,
    Recipe,
    Start,
    TrainConfig,
)
from resnet_core.weights.catalog import WeightsInfo

_ENLARGED_PX = 96
"""CIFAR-10's pictures for a network whose stem halves twice: at 32 px its last stage would see one pixel."""


def suggest(
    data: Path,
    kind: DataKind,
    *,
    network: str = "resnet18",
    weights: WeightsInfo | None = None,
    stem: Stem | None = None,
    image_px: int | None = None,
    optimizer: Optimizer = "sgd",
    batch_size: int = 128,
) -> TrainConfig:
    """A configuration to start from. With `weights`, network and stem are theirs. Raises LensError, TrainingError."""
    if weights is not None:
        network, stem = weights.spec.network, weights.spec.stem
    spec = named(network) if weights is None else weights.spec
    small = kind == "cifar10" or (image_px is not None and image_px <= 64)
    if stem is None:
        stem = "cifar" if small or spec.stem == "cifar" else "imagenet"
    if image_px is None:
        own = weights.preprocess.crop if weights is not None else 32 if stem == "cifar" else 224
        image_px = min(own, _ENLARGED_PX) if kind == "cifar10" else own
    if optimizer == "adamw":
        recipe = Recipe("adamw", 1e-4 if weights else 1e-3, weight_decay=0.05)
    else:
        recipe = Recipe("sgd", 0.01 if weights else 0.1 if spec.batch_norm else 0.01)
    # Linear scaling (Goyal et al. 2017, arXiv:1706.02677).
    rate = recipe.learning_rate * batch_size / recipe.batch_size
    return TrainConfig(
        data=DataChoice(str(data.absolute()), kind, image_px),
        start=Start(network, stem, None if weights is None else weights.id),
        budget=Budget(epochs=10 if weights else 30),
        recipe=replace(recipe, learning_rate=rate, batch_size=batch_size),
        augmentation=Augmentation(crop_px=4 if kind == "cifar10" else max(1, image_px // 8)),
    )
