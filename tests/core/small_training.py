"""Trainings that take a second: a few pictures of one colour each, small networks, orders given by the batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from resnet_core.dataset import Dataset, LabelledImages
from resnet_core.preprocess import Preprocess
from resnet_core.training.config import Augmentation, Budget, DataChoice, Machine, Recipe, Start, TrainConfig, Watch

CLASSES = ("blue", "green", "red")
SIDE_PX = 12


def pictures(count: int, seed: int = 0) -> LabelledImages:
    """Noisy pictures of one of three colours: uint8 (count, 3, 12, 12)."""
    random = np.random.default_rng(seed)
    labels = np.arange(count, dtype=np.int64) % 3
    images = random.integers(0, 120, (count, 3, SIDE_PX, SIDE_PX), dtype=np.uint8)
    images[np.arange(count), 2 - labels] += 120
    return LabelledImages(images, labels)


def dataset() -> Dataset:
    return Dataset("colours", CLASSES, pictures(40, 1), pictures(12, 2), pictures(15, 3))


def write_folder(folder: Path, each: int = 16) -> Path:
    """The same kind of pictures as a folder of classes."""
    made = pictures(3 * each, 4)
    for number, (image, label) in enumerate(zip(made.images, made.labels, strict=True)):
        path = folder / CLASSES[label] / f"{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(image.transpose(1, 2, 0)).save(path)
    return folder


def config(path: Path = Path("colours"), **recipe: Any) -> TrainConfig:
    """Two epochs of ResNet-20 in plain float32, one thread."""
    return TrainConfig(
        data=DataChoice(str(path), "folder", SIDE_PX),
        start=Start("resnet20", "cifar"),
        budget=Budget(epochs=2),
        recipe=Recipe(**{"batch_size": 8, "learning_rate": 0.05, "ema_every": 2} | recipe),
        augmentation=Augmentation(crop_px=2),
        machine=Machine("cpu", "float32", "contiguous", threads=1),
        watch=Watch(probe_every=3),
    )


def with_budget(config: TrainConfig, **budget: float | None) -> TrainConfig:
    return replace(config, budget=Budget(**{"epochs": None, "minutes": None} | budget))


PREPROCESS = Preprocess(SIDE_PX, SIDE_PX)


class GivenOrders:
    """Orders by a function of how often they were asked for, from 0 on."""

    def __init__(self, order_at: Callable[[int], str] = lambda _: "run") -> None:
        self._order_at = order_at
        self.asked = 0
        self.waited = 0

    def order(self) -> Any:
        order = self._order_at(self.asked)
        self.asked += 1
        return order

    def wait(self) -> None:
        self.waited += 1


class Told(list[dict[str, Any]]):
    """A log that keeps what it is told; also a listener."""

    def __call__(self, event: Any, /, **values: Any) -> None:
        self.append(event if isinstance(event, dict) else {"event": event, **values})

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self if event["event"] == kind]
