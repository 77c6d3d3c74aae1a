"""The data set that a training's configuration names, in memory, and how its pictures are prepared."""

from __future__ import annotations

from pathlib import Path

from resnet_core import cifar10, image_folder
from resnet_core.dataset import Dataset
from resnet_core.errors import DatasetError
from resnet_core.preprocess import IMAGENET_MEAN, IMAGENET_STD, Preprocess
from resnet_core.training.config import DataChoice, DataKind
from resnet_core.weights.catalog import CIFAR10, WeightsInfo


def find(data: Path | None, datasets: Path) -> tuple[Path, DataKind]:
    """The folder to train from, and what it is: `data`, or else the CIFAR-10 on this computer.

    An archive is unpacked into `datasets`. Raises DatasetError.
    """
    if data is not None and not data.exists():
        raise DatasetError(f"There is no folder {data}.")
    # Without a choice: our own folder, then where torchvision's examples put it.
    places = [data] if data is not None else [datasets, Path(), Path("data")]
    found = cifar10.locate(places)
    if found is None and data is not None and image_folder.is_class_folder(data):
        return data, "folder"
    if found is None and data is not None:
        image_folder.scan(data)  # says what is wrong with it
    if found is None:
        raise DatasetError(
            "CIFAR-10 is not on this computer. Fetch it (170 MB) with “resnet-lens train --download”, or name a folder "
            "with --data: the one CIFAR-10 is in, or one with a sub-folder of pictures for each class."
        )
    if found.is_file():
        return cifar10.unpack(found, datasets), "cifar10"
    return found, "cifar10"


def load(choice: DataChoice) -> Dataset:
    """Raises DatasetError."""
    path = Path(choice.path)
    if choice.kind == "cifar10":
        dataset = cifar10.load(path)
    else:  # of a large folder only what is wanted is read
        dataset = image_folder.load(path, choice.image_px, limit=choice.limit)
    return dataset if choice.limit is None else dataset.limited(choice.limit)


def preprocess(choice: DataChoice, start: WeightsInfo | None) -> Preprocess:
    """Normalised as the weights that a training starts from were, else by the data set's statistics."""
    side = choice.image_px
    if start is not None:
        return Preprocess(side, side, start.preprocess.mean, start.preprocess.std)
    if choice.kind == "cifar10":
        return Preprocess(side, side, CIFAR10.mean, CIFAR10.std)
    return Preprocess(side, side, IMAGENET_MEAN, IMAGENET_STD)
