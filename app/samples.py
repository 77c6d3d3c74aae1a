"""The pictures the program brings along, for someone who has none at hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app import i18n
from resnet_core.labels import cifar10_labels
from resnet_core.resource_files import resource_dir

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Sample = tuple[str, str, NDArray[np.uint8]]  # file name, name to show, thumbnail


def folder() -> Path:
    return resource_dir() / "samples"


def name(key: str) -> str:
    """What is in a sample, in the language in use: they are pictures of CIFAR-10's classes."""
    labels, stem = cifar10_labels(), Path(key).stem
    return i18n.class_names(labels)[labels.index(stem)].title() if stem in labels else stem.title()


def load(side_px: int) -> list[Sample]:
    """Every sample with a thumbnail of at most `side_px`."""
    from resnet_core.images import thumbnail

    return [(path.name, name(path.name), thumbnail(path, side_px)) for path in sorted(folder().glob("*.jpg"))]
