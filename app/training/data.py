"""The data set to train on: found, verified and described. Work for a thread; no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.training.setup import DataSet
from resnet_core.errors import Cancelled, DatasetError

CIFAR10_IMAGES = 45_000  # what is left of 50,000 when the validation pictures are put aside
MOST_CLASSES_TOLD = 4


class MissingError(DatasetError):
    """There is no data set on this computer, and none was chosen."""


def find(chosen: Path | None, before: Path | None, datasets: Path, cancel: Callable[[], bool]) -> DataSet:
    """The data set `chosen`; without a choice the one of the run `before`, else the CIFAR-10 on this computer.

    Raises MissingError, DatasetError that names what is wrong file by file, and Cancelled.
    """
    from resnet_core.training import sources

    gone = ""
    if chosen is None and before is not None:
        try:
            return _verified(*sources.find(before, datasets), cancel)
        except DatasetError:  # or changed: then what there is on this computer
            if not before.exists():
                gone = f"{before}, which was trained on last, is not there any more."
    try:
        place, kind = sources.find(chosen, datasets)
    except DatasetError:
        if chosen is not None:
            raise
        missing = (
            "CIFAR-10 is not on this computer. Download it, or choose a folder: the one CIFAR-10 is in, or one with a "
            "sub-folder of pictures for each class."
        )
        raise MissingError(f"{gone} {missing}" if gone else missing) from None
    found = _verified(place, kind, cancel)
    return replace(found, note=f"{gone} {found.note}".strip()) if gone else found


def _verified(place: Path, kind: str, cancel: Callable[[], bool]) -> DataSet:
    if cancel():
        raise Cancelled
    if kind == "cifar10":
        from resnet_core import cifar10

        if problems := cifar10.check(place):
            raise DatasetError(f"The CIFAR-10 in {place} can’t be used: {', '.join(problems)}.")
        return DataSet(place, "cifar10", "CIFAR-10", "", CIFAR10_IMAGES)
    return _class_folder(place, cancel)


def _class_folder(folder: Path, cancel: Callable[[], bool]) -> DataSet:
    from resnet_core import image_folder

    listing, others = image_folder.pictures_of(image_folder.scan(folder), cancel)
    told = [f"{name} {listing.count(name):,}" for name in listing.classes[:MOST_CLASSES_TOLD]]
    more = len(listing.classes) - len(told)
    counts = ", ".join(told) + (f" and {more} more" if more else "")
    apart = sum(part not in listing.parts for part in ("validation", "test"))
    share = (1 - image_folder.HELD_OUT_SHARE) ** apart
    images = round(len(listing.parts["train"]) * share)
    note = f"{len(listing.classes)} classes, {listing.images:,} pictures: {counts}."
    if others:
        note += " 1 file is no picture." if others == 1 else f" {others:,} files are no pictures."
    return DataSet(folder, "folder", folder.name, note, images)
