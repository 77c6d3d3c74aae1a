"""Every known set of weights: what it is, how its pictures are prepared, where it comes from.

The table of published weights is that of torchvision 0.29 (`torchvision.models.resnet`); a test compares it row by
row. Accuracies are torchvision's, on the 50,000 validation pictures of ImageNet-1k.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from resnet_core.labels import cifar10_labels, imagenet_labels
from resnet_core.networks import NETWORKS
from resnet_core.preprocess import IMAGENET_V1, IMAGENET_V2, Preprocess
from resnet_core.spec import ResNetSpec

Origin = Literal["bundled", "published", "imported", "trained"]
LabelList = Literal["imagenet", "cifar10"]
Labels = LabelList | tuple[str, ...] | None

CIFAR10 = Preprocess(32, 32, mean=(0.4914, 0.4822, 0.4465), std=(0.2470, 0.2435, 0.2616))
"""How the networks with the 3x3 stem see a picture: 32 px, normalised by the statistics of CIFAR-10."""

PUBLISHER = "https://download.pytorch.org/models/"


@dataclass(frozen=True)
class WeightsInfo:
    """A named set of parameters. `path` is where it lies on this disk, None when it has yet to be downloaded."""

    id: str  # "<network>.<tag>", lower case, fit for a file name
    spec: ResNetSpec
    title: str
    origin: Origin
    preprocess: Preprocess
    labels: Labels = None  # None: the classes have no known names
    dataset: str = ""
    accuracy: float | None = None  # top-1 on the data set's own test or validation pictures, 0 … 1
    accuracy5: float | None = None
    url: str | None = None
    size_bytes: int | None = None  # of the file on this disk, else of the download (known to 0.001 MiB)
    sha256_prefix: str | None = None
    path: Path | None = None
    note: str = ""

    @property
    def on_disk(self) -> bool:
        return self.path is not None

    @property
    def known_labels(self) -> tuple[str, ...]:
        """The names of the classes, in the order of the logits; () when they are not known."""
        if self.labels == "imagenet":
            return imagenet_labels()
        if self.labels == "cifar10":
            return cifar10_labels()
        return self.labels if isinstance(self.labels, tuple) else ()

    @property
    def class_labels(self) -> tuple[str, ...]:
        """What `class_label` says of every class."""
        known = self.known_labels[: self.spec.num_classes]
        return known + tuple(f"class {index}" for index in range(len(known), self.spec.num_classes))

    def class_label(self, index: int) -> str:
        """The name of a class, "class 7" when it has none. Raises IndexError for an index that is no class."""
        if not 0 <= index < self.spec.num_classes:
            raise IndexError(f"{self.id} has no class {index}")
        known = self.known_labels
        return known[index] if index < len(known) else f"class {index}"


def _published() -> tuple[WeightsInfo, ...]:
    """network, version, top-1 and top-5 accuracy in %, start of the file's sha256, size in MiB, preprocessing."""
    v1, v2 = IMAGENET_V1, IMAGENET_V2
    rows = (
        ("resnet18", 1, 69.758, 89.078, "f37072fd", 44.661, v1),
        ("resnet34", 1, 73.314, 91.420, "b627a593", 83.275, v1),
        ("resnet50", 1, 76.130, 92.862, "0676ba61", 97.781, v1),
        ("resnet50", 2, 80.858, 95.434, "11ad3fa6", 97.790, v2),
        ("resnet101", 1, 77.374, 93.546, "63fe2227", 170.511, v1),
        ("resnet101", 2, 81.886, 95.780, "cd907fc2", 170.530, v2),
        ("resnet152", 1, 78.312, 94.046, "394f9c45", 230.434, v1),
        ("resnet152", 2, 82.284, 96.002, "f82ba261", 230.474, v2),
        ("resnext50_32x4d", 1, 77.618, 93.698, "7cdf4587", 95.789, v1),
        ("resnext50_32x4d", 2, 81.198, 95.340, "1a0047aa", 95.833, v2),
        ("resnext101_32x8d", 1, 79.312, 94.526, "8ba56ff5", 339.586, v1),
        ("resnext101_32x8d", 2, 82.834, 96.228, "110c445d", 339.673, v2),
        ("resnext101_64x4d", 1, 83.246, 96.454, "173b62eb", 319.318, v2),
        ("wide_resnet50_2", 1, 78.468, 94.086, "95faca4d", 131.820, v1),
        ("wide_resnet50_2", 2, 81.602, 95.758, "9ba9bcbe", 263.124, v2),
        ("wide_resnet101_2", 1, 78.848, 94.284, "32ee1156", 242.896, v1),
        ("wide_resnet101_2", 2, 82.510, 96.020, "d733dc28", 484.747, v2),
    )
    return tuple(
        WeightsInfo(
            id=f"{network}.imagenet1k_v{version}",
            spec=NETWORKS[network],
            title=f"ImageNet V{version}",
            origin="published",
            preprocess=preprocess,
            labels="imagenet",
            dataset="ImageNet-1k",
            accuracy=round(top1 / 100, 5),
            accuracy5=round(top5 / 100, 5),
            url=f"{PUBLISHER}{network}-{sha256}.pth",
            size_bytes=round(mebibytes * 2**20),
            sha256_prefix=sha256,
            note="torchvision's, trained by its newer recipe"
            if preprocess is v2
            else "torchvision's, trained as in the papers",
        )
        for network, version, top1, top5, sha256, mebibytes, preprocess in rows
    )


PUBLISHED: tuple[WeightsInfo, ...] = _published()
"""The weights that torchvision publishes for this family, none of them on this disk."""
