"""Class names: ImageNet-1k's and CIFAR-10's, in the order of the logits, and lists a user brings along.

The ImageNet names are torchvision's (`weights.meta["categories"]`), the CIFAR-10 names those of `batches.meta`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from resnet_core.errors import WeightsError
from resnet_core.resource_files import resource_dir

MAX_FILE_BYTES = 8 << 20


@cache
def imagenet_labels() -> tuple[str, ...]:
    """The 1,000 classes of ImageNet-1k. "crane" and "maillot" each name two of them, as in the original."""
    return _bundled("imagenet.txt")


@cache
def cifar10_labels() -> tuple[str, ...]:
    """The ten classes of CIFAR-10."""
    return _bundled("cifar10.txt")


def _bundled(name: str) -> tuple[str, ...]:
    return tuple((resource_dir() / "labels" / name).read_text(encoding="utf-8").splitlines())


def read_labels(path: str | Path) -> tuple[str, ...]:
    """The class names in a text file, one a line, in the order of the logits.

    Blank lines at the end don't count. Raises WeightsError for a file that can't be read, is no UTF-8 text, or has a
    blank line between names (the names after it would belong to other classes).
    """
    path = Path(path)
    try:
        if not path.is_file():
            raise WeightsError(f"There is no file of labels at {path}.")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise WeightsError(f"{path.name} is too large for a list of labels.")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise WeightsError(f"{path.name} is not a list of labels: it is not UTF-8 text.") from None
    except OSError as error:
        raise WeightsError(f"{path.name} can't be read: {error.strerror or error}.") from None
    labels = tuple(line.strip() for line in text.rstrip().splitlines())
    if not text.strip():
        raise WeightsError(f"{path.name} names no class.")
    if "" in labels:
        raise WeightsError(f"{path.name}: line {labels.index('') + 1} is blank; it needs one class name a line.")
    if any(not label.isprintable() for label in labels):
        raise WeightsError(f"{path.name} is not a list of labels: it holds control characters.")
    return labels
