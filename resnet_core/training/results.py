"""A finished run, ready to be looked at: its answers, what they say, and the test pictures themselves. No torch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from resnet_core.calls import Cancel
from resnet_core.errors import Cancelled, DatasetError, ImageError
from resnet_core.training import answers as answers_file
from resnet_core.training import runs
from resnet_core.training.answers import Answers
from resnet_core.training.config import DataChoice
from resnet_core.training.events import last_events
from resnet_core.training.judgement import Judgement, judge

Rgb: TypeAlias = NDArray[np.uint8]  # (H, W, 3)

LARGEST_THUMBNAIL_PX = 96


class Pictures(Protocol):
    """Where the test pictures come from."""

    def source(self, index: int) -> Path | Rgb:
        """The picture itself: its file, or its pixels where it has none of its own."""

    def thumbnail(self, index: int) -> Rgb:
        """What the network saw of it, uint8 (S, S, 3), at most 96 px. Raises ImageError."""


@dataclass(frozen=True, eq=False)
class Results:
    """`weights` is the id under which the network is in the store. `pictures` is None where they can't be shown, and
    `problem` then is a sentence that says why."""

    run: str
    network: str
    dataset: str
    weights: str | None
    answers: Answers
    judgement: Judgement
    pictures: Pictures | None = field(default=None, repr=False)
    problem: str = ""


def load_results(folder: Path) -> Results:
    """The results of the run in `folder`. Takes about 0.2 s for CIFAR-10: not for the GUI thread.

    Pictures that are not there any more are no error. Raises TrainingError when the run has no results.
    """
    answers = answers_file.read(folder)
    config = runs.read_config(folder)
    told = last_events(folder, frozenset({"start", "done"}))
    weights = told.get("done", {}).get("weights")
    pictures: Pictures | None = None
    problem = ""
    try:
        pictures = find_pictures(config.data, answers)
    except DatasetError as error:
        problem = f"The test pictures can’t be shown. {error}"
    return Results(
        run=folder.name,
        network=config.start.network if config.start.weights is None else config.start.weights.partition(".")[0],
        dataset=str(told.get("start", {}).get("dataset") or Path(config.data.path).name),
        weights=weights if isinstance(weights, str) else None,
        answers=answers,
        judgement=judge(answers),
        pictures=pictures,
        problem=problem,
    )


def find_pictures(choice: DataChoice, answers: Answers) -> Pictures:
    """Raises DatasetError when the data set is gone, or is another one than the answers are about."""
    if choice.kind == "cifar10":
        from resnet_core import cifar10

        test = cifar10.load_test(Path(choice.path))
        if not np.array_equal(test.labels, answers.labels):
            raise DatasetError(f"The CIFAR-10 in {choice.path} is not the one that this network was tested with.")
        return _InMemory(test.images)
    folder = Path(choice.path)
    if not folder.is_dir():
        raise DatasetError(f"There is no folder {folder} any more.")
    if len(answers.files) != len(answers):
        raise DatasetError("Their files were not noted down when the network was tested.")
    return _Files(folder, answers.files, min(choice.image_px, LARGEST_THUMBNAIL_PX))


def thumbnails(results: Results, indices: Iterable[int], cancel: Cancel | None = None) -> Mapping[int, Rgb]:
    """The pictures that can be read, by index. Reads files: not for the GUI thread. Raises Cancelled."""
    found: dict[int, Rgb] = {}
    if results.pictures is None:
        return found
    for index in indices:
        if cancel is not None and cancel():
            raise Cancelled
        try:
            found[index] = results.pictures.thumbnail(index)
        except ImageError:  # gone or changed since: its place stays empty
            continue
    return found


@dataclass(frozen=True, eq=False)
class _InMemory:
    """CIFAR-10's: (N, 3, 32, 32)."""

    images: NDArray[np.uint8]

    def source(self, index: int) -> Path | Rgb:
        return self.thumbnail(index)

    def thumbnail(self, index: int) -> Rgb:
        return np.ascontiguousarray(self.images[index].transpose(1, 2, 0))


@dataclass(frozen=True, eq=False)
class _Files:
    """Those of a folder of classes, read when they are asked for."""

    folder: Path
    files: tuple[str, ...]
    side_px: int

    def source(self, index: int) -> Path | Rgb:
        return self.folder / self.files[index]

    def thumbnail(self, index: int) -> Rgb:
        from resnet_core.images import load_image
        from resnet_core.preprocess import Preprocess

        return Preprocess(self.side_px, self.side_px).look(load_image(self.folder / self.files[index]).rgb)
