"""The best network of a run: kept as `best.safetensors`, tested once at the end, and put among the user's weights."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import nn

from resnet_core.dataset import Dataset
from resnet_core.preprocess import Preprocess
from resnet_core.spec import ResNetSpec
from resnet_core.training.config import TrainConfig
from resnet_core.training.events import last_events
from resnet_core.training.network import parameters_of
from resnet_core.training.runs import BEST
from resnet_core.weights import checkpoint, metadata, safetensors_file
from resnet_core.weights.catalog import WeightsInfo
from resnet_core.weights.names import free_id, weights_tag
from resnet_core.weights.store import WeightsStore
from resnet_core.weights.tensors import TensorInfo

Parameters = dict[str, NDArray[np.float32]]


@dataclass(frozen=True)
class Task:
    """What is trained, on what, and in which run's folder."""

    config: TrainConfig
    dataset: Dataset
    spec: ResNetSpec
    preprocess: Preprocess
    folder: Path


def save_best(task: Task, network: nn.Module, validation_accuracy: float) -> None:
    """Writes `best.safetensors`, in one atomic step. Raises OSError."""
    arrays = parameters_of(network, task.spec)
    tensors = {name: TensorInfo("F32", array.shape) for name, array in arrays.items()}
    told = metadata.to_metadata(_info(task, f"{task.spec.network}.{task.folder.name}"))
    told["validation_accuracy"] = f"{validation_accuracy:.6g}"

    def data(name: str) -> memoryview:
        return np.ascontiguousarray(arrays[name], "<f4").reshape(-1).view(np.uint8).data

    safetensors_file.write(task.folder / BEST, tensors, data, told)


def load_best(task: Task) -> Parameters:
    """Raises WeightsError."""
    return checkpoint.read(task.folder / BEST, plain=not task.spec.residual).parameters


def publish(task: Task, store: WeightsStore, parameters: Parameters, correct: int, images: int) -> WeightsInfo:
    """Puts the network into the store as `<network>.<run>`; that of an earlier end of the same run is replaced.

    That of another run of the same name stays, and so do the weights it started from. Raises WeightsError.
    """
    title = task.folder.name
    mine = last_events(task.folder, frozenset({"done"})).get("done", {}).get("weights")
    there = {info.id: (info.origin, info.title) for info in store.all()}
    own = isinstance(mine, str) and there.get(mine) == ("trained", title)
    name = str(mine) if own else free_id(task.spec.network, weights_tag(title), there)
    note = f"{correct:,} of {images:,} test pictures right, trained on {len(task.dataset.train):,}."
    info = _info(task, name, accuracy=correct / max(1, images), note=note)
    return store.save(info, parameters)


def _info(task: Task, weights_id: str, accuracy: float | None = None, note: str = "") -> WeightsInfo:
    return WeightsInfo(
        id=weights_id, spec=task.spec, title=task.folder.name, origin="trained", preprocess=task.preprocess,
        labels=metadata.label_list(task.dataset.classes), dataset=task.dataset.name, accuracy=accuracy, note=note,
    )  # fmt: skip
