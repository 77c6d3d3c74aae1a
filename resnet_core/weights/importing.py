"""What becomes of a checkpoint that somebody brings: what is known of it, and whether it is here already."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from resnet_core.errors import WeightsError
from resnet_core.spec import ResNetSpec
from resnet_core.weights import checkpoint, metadata
from resnet_core.weights.catalog import WeightsInfo

_LABEL_OWNERS = {"imagenet": "ImageNet-1k", "cifar10": "CIFAR-10"}


def imported(
    weights_id: str, title: str, path: Path, found: checkpoint.Checkpoint, names: tuple[str, ...]
) -> WeightsInfo:
    """What is known of imported weights: their own metadata first, then what their shapes suggest.

    `names` are the class names the user gave, perhaps none.
    """
    spec = found.spec
    told = metadata.from_metadata(weights_id, spec, found.metadata, path, "imported")
    remarks = list(found.remarks)
    labels = metadata.label_list(names) if names else told.labels
    if labels is None and (labels := metadata.default_labels(spec)):
        remarks.append(f"Its {spec.num_classes} classes were taken to be those of {_LABEL_OWNERS[labels]}.")
    return replace(
        told, title=title, origin="imported", labels=labels, url=None, path=None,
        note=" ".join([f"{_described(spec)}, from {path.name}.", *remarks]),
    )  # fmt: skip


def is_same(here: WeightsInfo, new: WeightsInfo, found: checkpoint.Checkpoint, names: tuple[str, ...]) -> bool:
    """Whether weights imported before are `new`, whose numbers `found` holds, in all that a user would miss.

    Labels count where the user gave some: an import without any does not mean to lose those of the one before.
    """
    if here.path is None or here.origin != "imported" or (here.spec, here.preprocess) != (new.spec, new.preprocess):
        return False
    if names and here.labels != new.labels:
        return False
    try:
        known = checkpoint.read(here.path, plain=not here.spec.residual).parameters
    except WeightsError:  # damaged since it was listed
        return False
    return all(np.array_equal(known[name], array) for name, array in found.parameters.items())


def _described(spec: ResNetSpec) -> str:
    stem = "3x3" if spec.stem == "cifar" else "7x7"
    return f"{spec.network} with a {stem} stem and {spec.num_classes} classes"
