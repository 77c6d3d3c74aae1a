"""A store of weights in memory, for tests: what `WeightsStore.get` and `.load` give, without files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from random_networks import SMALL, Floats, random_parameters

from resnet_core.errors import WeightsError
from resnet_core.preprocess import Preprocess
from resnet_core.weights.catalog import WeightsInfo
from resnet_core.weights.store import Weights


class SmallStore:
    """One random network with 7 classes, two of them named, seen at 64 px. `loads` counts how often it was read."""

    def __init__(self, folder: Path) -> None:
        self.spec = SMALL["basic_b"]
        self.parameters: dict[str, Floats] = random_parameters(self.spec)
        self.loads = 0
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / "weights"
        self.file.write_bytes(b"1")

    def get(self, weights_id: str) -> WeightsInfo:
        if not weights_id.startswith("basic_b."):
            raise WeightsError(f"There are no weights named “{weights_id}”.")
        return WeightsInfo(
            weights_id, self.spec, "test", "imported", Preprocess(72, 64), ("tabby", "tench"), path=self.file
        )

    def load(self, weights_id: str) -> Weights:
        self.loads += 1
        return Weights(self.get(weights_id), self.parameters)

    def replace(self, seed: int) -> None:
        """Another network under the same name, as an import or a finished training leaves it."""
        self.parameters = random_parameters(self.spec, seed)
        self.file.write_bytes(b"longer")


def noise(width: int, height: int, seed: int = 0) -> np.ndarray:
    """A picture of noise: uint8 (height, width, 3)."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
