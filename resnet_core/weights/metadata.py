"""What a weights file of ours says about itself: the text metadata in its safetensors header.

`network`, `stem`, `num_classes`, `resize`, `crop`, `mean`, `std`, `interpolation`, `labels` (JSON: a list, or the name
of one), `dataset`, `title`, `origin`, `accuracy`, `accuracy5` (0 … 1), `note`; `residual` and `dilated` because shapes
can't tell. The network itself is always recognised from the tensors; a file may say what it likes of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from resnet_core.errors import LensError
from resnet_core.labels import cifar10_labels, imagenet_labels
from resnet_core.preprocess import IMAGENET_V1, Preprocess
from resnet_core.spec import ResNetSpec
from resnet_core.weights.catalog import CIFAR10, LabelList, Labels, Origin, WeightsInfo

MAX_TEXT = 200


def to_metadata(info: WeightsInfo) -> dict[str, str]:
    """The metadata that `from_metadata` reads."""
    spec, preprocess = info.spec, info.preprocess
    metadata = {
        "format": "pt",  # what transformers asks of a safetensors file
        "network": spec.network,
        "stem": spec.stem,
        "num_classes": str(spec.num_classes),
        "residual": "true" if spec.residual else "false",
        "resize": str(preprocess.resize),
        "crop": str(preprocess.crop),
        "mean": " ".join(map(str, preprocess.mean)),
        "std": " ".join(map(str, preprocess.std)),
        "interpolation": preprocess.interpolation,
        "title": info.title,
        "origin": info.origin,
        "dataset": info.dataset,
        "note": info.note,
    }
    if any(spec.dilated):
        metadata["dilated"] = " ".join(str(int(dilated)) for dilated in spec.dilated)
    if info.labels is not None:
        metadata["labels"] = json.dumps(info.labels, ensure_ascii=False)
    for key, accuracy in (("accuracy", info.accuracy), ("accuracy5", info.accuracy5)):
        if accuracy is not None:
            metadata[key] = repr(accuracy)
    return metadata


def from_metadata(
    weights_id: str, spec: ResNetSpec, metadata: Mapping[str, str], path: Path, origin: Origin
) -> WeightsInfo:
    """What's known of the weights in `path`, whose tensors make up `spec`. What the metadata gets wrong is left out."""
    spec = _dilated(spec, metadata)
    dataset, _, details = _text(metadata, "dataset").partition(" (")
    return WeightsInfo(
        id=weights_id,
        spec=spec,
        title=_text(metadata, "title") or dataset or path.stem,
        origin="trained" if origin == "imported" and metadata.get("origin") == "trained" else origin,
        preprocess=_preprocess(metadata) or default_preprocess(spec),
        labels=_labels(metadata, spec.num_classes),
        dataset=dataset,
        accuracy=_accuracy(metadata, "accuracy") or _correct(metadata),
        accuracy5=_accuracy(metadata, "accuracy5"),
        size_bytes=path.stat().st_size,
        path=path,
        note=_text(metadata, "note") or details.removesuffix(")"),
    )


def default_preprocess(spec: ResNetSpec) -> Preprocess:
    """How a network's pictures are prepared when nothing says so: by its stem."""
    return CIFAR10 if spec.stem == "cifar" else IMAGENET_V1


def default_labels(spec: ResNetSpec) -> LabelList | None:
    """The labels a network probably has, from its stem and number of classes."""
    if spec.stem == "imagenet" and spec.num_classes == 1000:
        return "imagenet"
    return "cifar10" if spec.stem == "cifar" and spec.num_classes == 10 else None


def label_list(labels: tuple[str, ...]) -> Labels:
    """The list's name if it has one: names are shorter than a thousand labels."""
    if labels == imagenet_labels():
        return "imagenet"
    return "cifar10" if labels == cifar10_labels() else labels


def _text(metadata: Mapping[str, str], key: str) -> str:
    return "".join(char for char in metadata.get(key, "")[:MAX_TEXT] if char.isprintable())


def _preprocess(metadata: Mapping[str, str]) -> Preprocess | None:
    try:
        mean, std = (tuple(float(number) for number in metadata[key].split()) for key in ("mean", "std"))
        interpolation = metadata.get("interpolation", "bilinear")
        return Preprocess(int(metadata["resize"]), int(metadata["crop"]), mean, std, interpolation)  # type: ignore[arg-type]
    except (KeyError, ValueError, LensError):
        return None


def _labels(metadata: Mapping[str, str], num_classes: int) -> Labels:
    try:
        labels = json.loads(metadata.get("labels", "null"))
    except (ValueError, RecursionError):
        return None
    if isinstance(labels, list) and len(labels) == num_classes and all(isinstance(label, str) for label in labels):
        return label_list(tuple("".join(char for char in label[:MAX_TEXT] if char.isprintable()) for label in labels))
    if (labels, num_classes) in (("imagenet", 1000), ("cifar10", 10)):
        return labels  # type: ignore[no-any-return]
    return None


def _accuracy(metadata: Mapping[str, str], key: str) -> float | None:
    try:
        accuracy = float(metadata[key])
    except (KeyError, ValueError):
        return None
    return accuracy if 0 <= accuracy <= 1 else None


def _correct(metadata: Mapping[str, str]) -> float | None:
    """The accuracy by `test_correct`, as the bundled file has it: "<right> of <all>" test pictures."""
    right, _, total = metadata.get("test_correct", "").partition(" of ")
    if right.isdecimal() and total.isdecimal() and 0 < int(total) >= int(right):
        return int(right) / int(total)
    return None


def _dilated(spec: ResNetSpec, metadata: Mapping[str, str]) -> ResNetSpec:
    flags = metadata.get("dilated", "").split()
    if len(flags) != 3 or not set(flags) <= {"0", "1"} or spec.block == "basic":
        return spec
    return replace(spec, dilated=tuple(flag == "1" for flag in flags))
