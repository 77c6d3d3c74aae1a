"""What a trained network answered to each test picture: `answers.npz` in the run's folder. numpy only.

Written in the one pass that judges the test pictures, so everything that is told about the network afterwards (the
confusion matrix, its surest mistakes, its calibration) is counted from the same answers as its accuracy.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from resnet_core.atomic import replacing
from resnet_core.dataset import LabelledImages
from resnet_core.training.config import TrainingError

FILE = "answers.npz"
_MOST_BYTES = 4 << 30  # of one array: a million pictures of a thousand classes


@dataclass(frozen=True, eq=False)
class Answers:
    """N test pictures, in the order of the data set's test part. Raises ValueError for what does not fit together.

    `labels` and `predicted` int64 (N,), indices of `classes`; `confidence` float32 (N,), the probability of the answer;
    `probabilities` float16 (N, classes). `files`: the pictures' paths inside a folder of classes, else empty.
    """

    classes: tuple[str, ...]
    labels: NDArray[np.int64] = field(repr=False)
    predicted: NDArray[np.int64] = field(repr=False)
    confidence: NDArray[np.float32] = field(repr=False)
    probabilities: NDArray[np.float16] = field(repr=False)
    files: tuple[str, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        count, classes = len(self.labels), len(self.classes)
        for indices in (self.labels, self.predicted):
            if indices.shape != (count,) or (count and not 0 <= indices.min() <= indices.max() < classes):
                raise ValueError("a class is none of the classes")
        if self.confidence.shape != (count,) or self.probabilities.shape != (count, classes):
            raise ValueError("there are more or fewer probabilities than pictures")
        if not (np.isfinite(self.confidence).all() and np.isfinite(self.probabilities).all()):
            raise ValueError("a probability is no number")
        if self.files and len(self.files) != count:
            raise ValueError("there are more or fewer files than pictures")

    def __len__(self) -> int:
        return len(self.labels)

    def name(self, index: int) -> str:
        """What a picture is called: its file, or its number among the test pictures."""
        return self.files[index] if self.files else f"test picture {index}"

    @property
    def correct(self) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = self.labels == self.predicted
        return found


def of(
    classes: Sequence[str],
    pictures: LabelledImages,
    predicted: NDArray[np.int64],
    probabilities: NDArray[np.float32],
) -> Answers:
    """The answers to the test pictures; `probabilities` float32 (N, classes)."""
    confidence = np.take_along_axis(probabilities, predicted[:, None], 1)[:, 0]
    halves = probabilities.astype(np.float16)
    return Answers(tuple(classes), pictures.labels, predicted, confidence, halves, pictures.files)


def write(folder: Path, answers: Answers) -> None:
    """In one atomic step. Raises OSError."""
    classes = len(answers.classes)
    small = np.uint8 if classes <= 1 << 8 else np.uint16 if classes <= 1 << 16 else np.uint32
    texts = {"classes": list(answers.classes), "files": list(answers.files)}
    with replacing(folder / FILE) as file:
        np.savez_compressed(
            file,
            labels=answers.labels.astype(small),
            predicted=answers.predicted.astype(small),
            confidence=answers.confidence,
            probabilities=answers.probabilities,
            texts=np.frombuffer(json.dumps(texts).encode(), np.uint8),
        )


def read(folder: Path) -> Answers:
    """Raises TrainingError for a run that has none (yet), or whose file is damaged."""
    path = folder / FILE
    try:
        with zipfile.ZipFile(path) as packed:
            if max(entry.file_size for entry in packed.infolist()) > _MOST_BYTES:
                raise ValueError("it is too large")
        with np.load(path, allow_pickle=False) as arrays:
            texts = json.loads(arrays["texts"].tobytes())
            return Answers(
                tuple(map(str, texts["classes"])),
                arrays["labels"].astype(np.int64),
                arrays["predicted"].astype(np.int64),
                arrays["confidence"].astype(np.float32),
                arrays["probabilities"].astype(np.float16),
                tuple(map(str, texts["files"])),
            )
    except FileNotFoundError:
        raise TrainingError(
            f"The run {folder.name} has no answers to test pictures: it did not come to its end, or it was trained "
            "before they were kept."
        ) from None
    except (OSError, EOFError, KeyError, TypeError, ValueError, RecursionError, zipfile.BadZipFile) as error:
        reason = getattr(error, "strerror", None) or "it is damaged"
        raise TrainingError(f"{path} can't be read: {reason}.") from None
