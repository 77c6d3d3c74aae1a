"""The answers that a run keeps, and the pictures they are about."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pytest
from small_training import CLASSES, GivenOrders, Told, config, with_budget, write_folder

from resnet_core import cifar10
from resnet_core.dataset import LabelledImages, split
from resnet_core.errors import Cancelled
from resnet_core.images import load_image
from resnet_core.preprocess import Preprocess
from resnet_core.training import answers, job, runs
from resnet_core.training.answers import Answers
from resnet_core.training.config import DataChoice, TrainConfig, TrainingError
from resnet_core.training.results import Results, load_results, thumbnails
from resnet_core.weights.store import WeightsStore


def some(count: int = 4, files: tuple[str, ...] = ()) -> Answers:
    probabilities = np.random.default_rng(0).dirichlet(np.ones(3), count).astype(np.float32)
    pictures = LabelledImages(np.zeros((count, 3, 2, 2), np.uint8), np.arange(count) % 3, files)
    return answers.of(CLASSES, pictures, probabilities.argmax(1), probabilities)


def trained(home: Path, data: Path) -> Path:
    folder = runs.Runs(home / "runs").create(with_budget(config(data), epochs=1), "r")
    job.train(folder, WeightsStore(home), GivenOrders(), Told())
    return folder


def run_of(home: Path, choice: DataChoice, given: Answers) -> Path:
    """A run's folder as far as its results need it."""
    folder = runs.Runs(home / "runs").create(TrainConfig(choice), "r")
    answers.write(folder, given)
    return folder


def test_answers_come_back_as_they_were(tmp_path: Path) -> None:
    for given in (some(files=("a/1.png", "b/ü.png", "c/3.png", "d/4.png")), some(0)):
        answers.write(tmp_path, given)
        found = answers.read(tmp_path)
        assert (found.classes, found.files) == (given.classes, given.files)
        for name in ("labels", "predicted", "confidence", "probabilities"):
            there, was = getattr(found, name), getattr(given, name)
            assert there.dtype == was.dtype
            assert np.array_equal(there, was)
    assert some().name(2) == "test picture 2"
    assert some(1, ("a/1.png",)).name(0) == "a/1.png"


def test_a_thousand_classes_fit(tmp_path: Path) -> None:
    labels = np.array([999, 0])
    given = Answers(
        tuple(map(str, range(1000))), labels, labels, np.ones(2, np.float32), np.zeros((2, 1000), np.float16)
    )
    answers.write(tmp_path, given)
    assert answers.read(tmp_path).labels.tolist() == [999, 0]


def test_no_answers_and_damaged_ones_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="has no answers to test pictures"):
        answers.read(tmp_path)
    path = tmp_path / answers.FILE
    answers.write(tmp_path, some())
    whole = path.read_bytes()
    for damaged in (b"", b"PK", whole[: len(whole) // 2], whole.replace(b"labels", b"lobels")):
        path.write_bytes(damaged)
        with pytest.raises(TrainingError, match=r"answers\.npz can't be read: it is damaged\."):
            answers.read(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"labels": np.array([0, 1, 2, 3])},
        {"predicted": np.array([0, 1, -1, 0])},
        {"predicted": np.array([0, 1])},
        {"confidence": np.array([0.5, np.nan, 1, 1], np.float32)},
        {"probabilities": np.zeros((4, 2), np.float16)},
        {"files": ("a.png",)},
    ],
)
def test_what_does_not_fit_together_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        dataclasses.replace(some(), **change)  # type: ignore[arg-type]


def test_a_training_keeps_its_answers_with_their_files(home: Path, tmp_path: Path) -> None:
    data = write_folder(tmp_path / "colours")
    folder = trained(home, data)
    found = load_results(folder)
    assert (found.run, found.network, found.dataset, found.weights) == ("r", "resnet20", "colours", "resnet20.r")
    assert found.answers.classes == CLASSES
    assert found.problem == ""
    info = runs.Runs(home / "runs").get("r")
    assert found.judgement.accuracy == pytest.approx(info.test_accuracy, abs=1e-5)
    rows = (folder / "confusion.csv").read_text().splitlines()[1:]
    assert [[int(cell) for cell in row.split(",")[1:]] for row in rows] == found.judgement.matrix.tolist()
    for index, file in enumerate(found.answers.files):
        assert Path(file).parts[0] == CLASSES[found.answers.labels[index]]
    assert found.answers.probabilities.astype(float).sum(1) == pytest.approx(np.ones(len(found.answers)), abs=2e-3)

    # The pictures are the ones that were asked about.
    assert found.pictures is not None
    shown = thumbnails(found, range(2))
    assert shown[0].shape == (12, 12, 3)
    path = data / found.answers.files[1]
    assert found.pictures.source(1) == path
    assert np.array_equal(shown[1], Preprocess(12, 12).look(load_image(path).rgb))
    path.unlink()
    assert thumbnails(found, range(2)).keys() == {0}
    with pytest.raises(Cancelled):
        thumbnails(found, range(2), lambda: True)

    shutil.rmtree(data)
    found = load_results(folder)
    assert found.problem == f"The test pictures can’t be shown. There is no folder {data} any more."
    assert (found.pictures, thumbnails(found, [0])) == (None, {})
    assert found.judgement.images == 6


def test_files_stay_beside_their_pictures_when_a_set_is_split() -> None:
    labels = np.arange(12) % 2
    files = tuple(f"{label}/{number}.png" for number, label in enumerate(labels))
    rest, aside = split(LabelledImages(np.zeros((12, 3, 1, 1), np.uint8), labels, files), 0.4)
    assert {*rest.files, *aside.files} == set(files)
    for part in (rest, aside):
        assert [int(file[0]) for file in part.files] == part.labels.tolist()


def test_pictures_of_cifar10_by_their_number(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    images = np.random.default_rng(0).integers(0, 255, (4, 3, 32, 32), dtype=np.uint8)
    monkeypatch.setattr(cifar10, "load_test", lambda _folder: LabelledImages(images, np.arange(4) % 3))
    folder = run_of(home, DataChoice(str(tmp_path)), some())
    found = load_results(folder)
    assert isinstance(found, Results)
    assert np.array_equal(thumbnails(found, [2])[2], images[2].transpose(1, 2, 0))
    assert found.weights is None
    other = LabelledImages(images, np.zeros(4, np.int64))
    monkeypatch.setattr(cifar10, "load_test", lambda _folder: other)
    assert "is not the one that this network was tested with" in load_results(folder).problem


def test_cifar10_that_is_gone_is_a_sentence(home: Path, tmp_path: Path) -> None:
    found = load_results(run_of(home, DataChoice(str(tmp_path / "gone")), some()))
    assert found.problem.startswith("The test pictures can’t be shown. The CIFAR-10 in ")
    assert "test_batch is missing" in found.problem
    assert found.judgement.images == 4


def test_answers_without_files_show_no_pictures(home: Path, tmp_path: Path) -> None:
    found = load_results(run_of(home, DataChoice(str(tmp_path), "folder"), some()))
    assert "not noted down" in found.problem
