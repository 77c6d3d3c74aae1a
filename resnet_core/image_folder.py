"""A folder of classes: one sub-folder a class, its pictures inside (torchvision's ImageFolder convention).

pets/cat/…  pets/dog/…                          a tenth of each class is held out to validate, a tenth to test
pets/train/cat/…  pets/val/cat/…  pets/test/…   the split is yours; what is missing is taken from `train`
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from resnet_core import memory
from resnet_core.calls import Cancel
from resnet_core.colours import Rgb
from resnet_core.dataset import Dataset, LabelledImages, held_out, split
from resnet_core.errors import Cancelled, DatasetError, ImageError
from resnet_core.image_formats import HEAD_BYTES, identify
from resnet_core.images import find_images, load_image
from resnet_core.preprocess import Preprocess

HELD_OUT_SHARE = 0.1
FEWEST = 3  # pictures of a class: one each to train on, to validate and to test
MEMORY_SHARE = 0.8  # what pictures may take of all memory
COPIES = 2.5  # of all pictures, at most at a time: two while they are split; later, with a border, those to train on
_VALIDATION_NAMES = ("val", "valid", "validation")

Files = tuple[tuple[Path, int], ...]  # each with the index of its class


@dataclass(frozen=True)
class Listing:
    """The pictures in a folder of classes, by part ("train", "validation", "test") and class, nothing read yet."""

    classes: tuple[str, ...]
    parts: dict[str, Files]

    @property
    def images(self) -> int:
        return sum(len(files) for files in self.parts.values())

    def count(self, class_name: str) -> int:
        index = self.classes.index(class_name)
        return sum(label == index for files in self.parts.values() for _, label in files)


def is_class_folder(folder: Path) -> bool:
    """Whether this is a folder of at least two classes."""
    try:
        return len(scan(folder).classes) >= 2
    except DatasetError:
        return False


def scan(folder: Path) -> Listing:
    """What is in a folder of classes. Raises DatasetError when it is none."""
    if not folder.is_dir():
        raise DatasetError(f"There is no folder {folder}.")
    places = {"train": folder}
    if (folder / "train").is_dir():
        places = {"train": folder / "train"}
        for part, names in (("validation", _VALIDATION_NAMES), ("test", ("test",))):
            there = [folder / name for name in names if (folder / name).is_dir()]
            if there:
                places[part] = there[0]
    classes = tuple(sorted(path.name for path in _folders(places["train"]) if _has_images(path)))
    if len(classes) < 2:
        raise DatasetError(
            f"{folder} is no folder of classes: it needs at least two sub-folders with pictures, one for each class."
        )
    parts = {}
    for part, place in places.items():
        strange = sorted(path.name for path in _folders(place) if path.name not in classes and _has_images(path))
        if strange:
            raise DatasetError(f"{place} has a class “{strange[0]}” that {places['train']} has not.")
        parts[part] = tuple(
            (file, label) for label, name in enumerate(classes) for file in find_images([place / name], recursive=True)
        )
    return Listing(classes, parts)


def pictures_of(listing: Listing, cancel: Cancel | None = None) -> tuple[Listing, int]:
    """`listing` without the files that are no pictures by their first bytes, and how many those are.

    A file that is cut off further behind is only found by reading all of it. Raises Cancelled.
    """
    parts = {}
    for part, files in listing.parts.items():
        kept = []
        for file, label in files:
            if cancel is not None and cancel():
                raise Cancelled
            if _begins_as_a_picture(file):
                kept.append((file, label))
        parts[part] = tuple(kept)
    found = Listing(listing.classes, parts)
    return found, listing.images - found.images


def _begins_as_a_picture(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            identify(opened.read(HEAD_BYTES), file.name)
    except (OSError, ImageError):
        return False
    return True


def limited(listing: Listing, train_images: int) -> Listing:
    """As `Dataset.limited`, before anything is read: what is held out is what it is without a limit."""
    parts = dict(listing.parts)
    for part in ("test", "validation"):
        if not parts.get(part):
            files = parts["train"]
            aside = set(_chosen(files, HELD_OUT_SHARE))
            parts["train"] = tuple(file for file in files if file not in aside)
            parts[part] = tuple(file for file in files if file in aside)
    for part, wanted in (("train", train_images), ("validation", train_images / 9)):
        parts[part] = _chosen(parts[part], min(1.0, wanted / max(1, len(parts[part]))))
    return Listing(listing.classes, parts)


def _chosen(files: Files, share: float) -> Files:
    indices = held_out(np.array([label for _, label in files], np.int64), share)
    return tuple(files[index] for index in indices)


def load(folder: Path, side_px: int, *, limit: int | None = None) -> Dataset:
    """Reads all pictures, or about `limit` to train on: shorter side to `side_px`, the middle square.

    Bad files are skipped and listed in `bad`. Raises DatasetError when too little is left to train on, or the pictures
    need more memory than there is.
    """
    listing = scan(folder) if limit is None else limited(scan(folder), limit)
    size_bytes, most_bytes = COPIES * 3 * side_px * side_px * listing.images, int(MEMORY_SHARE * memory.total_bytes())
    if size_bytes > most_bytes:
        most = int((most_bytes / COPIES / 3 / listing.images) ** 0.5)
        raise DatasetError(
            f"The {listing.images:,} pictures in {folder} would take {size_bytes / 1e9:.0f} GB of memory at "
            f"{side_px} px. Train at {most} px or less, or on fewer pictures."
        )
    bad = list[str]()
    parts: dict[str, LabelledImages] = {}
    for part, files in listing.parts.items():
        labels, names = list[int](), list[str]()
        planes = np.empty((len(files), 3, side_px, side_px), np.uint8)
        for file_label, seen in zip(files, _seen([path for path, _ in files], side_px), strict=True):
            if isinstance(seen, ImageError):
                bad.append(str(seen))
            else:
                planes[len(labels)] = seen.transpose(2, 0, 1)
                labels.append(file_label[1])
                names.append(file_label[0].relative_to(folder).as_posix())
        parts[part] = LabelledImages(planes[: len(labels)], np.array(labels, np.int64), tuple(names))
    _check_enough(folder, listing.classes, parts if limit else {"train": parts["train"]}, len(bad))
    for part in ("test", "validation"):
        if part not in parts or not len(parts[part]):
            parts["train"], parts[part] = split(parts["train"], HELD_OUT_SHARE)
    return Dataset(folder.name, listing.classes, parts["train"], parts["validation"], parts["test"], tuple(bad))


def _check_enough(folder: Path, classes: Sequence[str], parts: dict[str, LabelledImages], bad: int) -> None:
    found = np.bincount(np.concatenate([part.labels for part in parts.values()]), minlength=len(classes))
    poorest = int(found.argmin())
    if found[poorest] < FEWEST:
        unreadable = f" ({bad} files can't be read)" if bad else ""
        raise DatasetError(
            f"The class “{classes[poorest]}” in {folder} has {found[poorest]} usable pictures{unreadable}; "
            f"each class needs at least {FEWEST}."
        )


def _seen(paths: Sequence[Path], side_px: int) -> Iterator[Rgb | ImageError]:
    """Each picture as the network will see it, or why it can't be read; decoded in several threads, in order."""
    look = Preprocess(side_px, side_px).look

    def read(path: Path) -> Rgb | ImageError:
        try:
            return look(load_image(path).rgb)
        except ImageError as error:
            return error

    with ThreadPoolExecutor(min(8, os.cpu_count() or 1)) as pool:
        for start in range(0, len(paths), 256):  # not all at once: what is decoded would pile up before it is taken
            yield from pool.map(read, paths[start : start + 256])


def _folders(place: Path) -> list[Path]:
    try:
        return [path for path in place.iterdir() if path.is_dir() and not path.name.startswith(".")]
    except OSError as error:
        raise DatasetError(f"{place} can't be read: {error.strerror or error}.") from None


def _has_images(folder: Path) -> bool:
    return next(iter(find_images([folder], recursive=True)), None) is not None
