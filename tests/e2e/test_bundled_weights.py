"""The network that comes with the program is as good as it says it is, on the official CIFAR-10 test images."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from resnet_core.engines.base import Request
from resnet_core.engines.load_engine import open_engine
from resnet_core.weights.store import WeightsStore

ROOT = Path(__file__).resolve().parents[2]
SHEET = 1000  # images a sheet, 40 across and 25 down
RIGHT = 9447  # of 10,000


def sheet(folder: Path, number: int) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Images (1000, 32, 32, 3) and labels (1000,) of a thousand of the test images."""
    pixels = np.asarray(Image.open(folder / "sheets" / f"test_batch_{number}.webp").convert("RGB"))
    images = pixels.reshape(25, 32, 40, 32, 3).swapaxes(1, 2).reshape(SHEET, 32, 32, 3)
    labels = json.loads(gzip.decompress((folder / "index.json.gz").read_bytes()))["test_batch"]["labels"]
    return images, np.array([int(label) for label in labels[number * SHEET : (number + 1) * SHEET]])


def test_the_same_accuracy_is_stated_everywhere(home: Path) -> None:
    info = WeightsStore(home).load("resnet18.cifar10").info
    assert info.accuracy == RIGHT / 10_000
    assert f"{RIGHT:,} of the 10,000 test images" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.shared
@pytest.mark.timeout(600)
def test_all_test_images_are_counted(shared: Path, home: Path) -> None:
    """All 10,000 of them, by the engine that answers in the window: about a minute of one core."""
    weights = WeightsStore(home).load("resnet18.cifar10")
    engine = open_engine(weights.info.spec, weights.parameters, device="cpu").engine
    right = 0
    for number in range(10):
        images, labels = sheet(shared / "cifar10", number)
        for start in range(0, SHEET, 100):
            batch = np.concatenate([weights.info.preprocess(image) for image in images[start : start + 100]])
            logits = engine.run(Request(batch)).outputs["logits"]
            right += int((logits.argmax(axis=1) == labels[start : start + 100]).sum())
    engine.close()
    assert right == RIGHT
