"""From a run on disk to the widget: read off the GUI thread, pictures as they are asked for, one to open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PyQt5.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.tasks import TaskRunner
from app.training.results_presenter import ResultsPresenter
from app.widgets.picture_row import PictureRow
from app.widgets.training_results import TrainingResults
from resnet_core import cifar10
from resnet_core.dataset import LabelledImages
from resnet_core.images import Picture
from resnet_core.training import answers
from resnet_core.training.config import DataChoice, TrainConfig
from resnet_core.training.results import Results
from resnet_core.training.runs import Runs


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    assert runner.close()


@pytest.fixture
def widget(qtbot: QtBot) -> TrainingResults:
    made = TrainingResults()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


@pytest.fixture
def presenter(tasks: TaskRunner, widget: TrainingResults) -> ResultsPresenter:
    return ResultsPresenter(tasks, widget)


def run_of(home: Path, choice: DataChoice, files: tuple[str, ...] = ()) -> Path:
    """Four pictures of two classes; the last two are mistaken."""
    folder = Runs(home / "runs").create(TrainConfig(choice), "r")
    pictures = LabelledImages(np.zeros((4, 3, 1, 1), np.uint8), np.array([0, 1, 0, 1]), files)
    predicted = np.array([0, 1, 1, 0])
    probabilities = np.full((4, 2), 0.25, np.float32)
    probabilities[np.arange(4), predicted] = 0.75
    answers.write(folder, answers.of(("cat", "dog"), pictures, predicted, probabilities))
    return folder


@pytest.fixture
def pets(tmp_path: Path) -> tuple[Path, tuple[str, ...]]:
    files = ("cat/0.png", "dog/1.png", "cat/2.png", "dog/3.png")
    for number, file in enumerate(files):
        path = tmp_path / "pets" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.full((40, 60, 3), 60 * number, np.uint8)).save(path)
    return tmp_path / "pets", files


def test_pictures_of_a_folder_open_as_their_files(
    presenter: ResultsPresenter, widget: TrainingResults, tasks: TaskRunner, qtbot: QtBot, home: Path,
    pets: tuple[Path, tuple[str, ...]],
) -> None:  # fmt: skip
    data, files = pets
    seen: dict[int, np.ndarray] = {}
    show = widget.show_pictures
    widget.show_pictures = lambda pictures: (seen.update(pictures), show(pictures))  # type: ignore[method-assign]
    presenter.show_run(run_of(home, DataChoice(str(data), "folder", 32), files))
    qtbot.waitUntil(lambda: set(seen) == {2, 3} and tasks.idle)
    assert seen[2].shape == (32, 32, 3)
    assert set(np.unique(seen[3])) == {180}
    with qtbot.waitSignal(presenter.image_chosen) as chosen:
        widget.findChild(PictureRow, "surestMistakes").picture_chosen.emit(2)
    assert chosen.args == [data / "cat/2.png"]


def test_pictures_of_cifar10_open_as_pixels_with_a_name(
    presenter: ResultsPresenter, widget: TrainingResults, tasks: TaskRunner, qtbot: QtBot, home: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    images = np.arange(4, dtype=np.uint8)[:, None, None, None] * np.ones((1, 3, 32, 32), np.uint8)
    monkeypatch.setattr(cifar10, "load_test", lambda _: LabelledImages(images, np.array([0, 1, 0, 1])))
    presenter.show_run(run_of(home, DataChoice(str(tmp_path))))
    qtbot.waitUntil(lambda: tasks.idle)
    chosen: list[Picture] = []
    presenter.image_chosen.connect(chosen.append)
    widget.picture_chosen.emit(3)
    widget.picture_chosen.emit(3)
    assert chosen[0] is chosen[1]  # opened twice, it is one picture
    assert chosen[0].name == "test picture 3"
    assert (chosen[0].rgb == 3).all()


def test_a_run_without_results_says_so(
    presenter: ResultsPresenter, widget: TrainingResults, tasks: TaskRunner, qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    folder = Runs(home / "runs").create(TrainConfig(DataChoice(str(tmp_path))), "r")
    presenter.show_run(folder)
    qtbot.waitUntil(lambda: tasks.idle)
    assert any("has no answers to test pictures" in label.text() for label in widget.findChildren(QLabel))
    widget.picture_chosen.emit(0)  # nothing to open: nothing happens


def test_another_run_takes_the_place_of_the_first(
    presenter: ResultsPresenter, widget: TrainingResults, tasks: TaskRunner, qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    folder = run_of(home, DataChoice(str(tmp_path / "gone"), "folder"))
    heard: list[Results] = []
    show = widget.show_results
    widget.show_results = lambda results: (heard.append(results), show(results))  # type: ignore[method-assign]
    presenter.show_run(folder)
    presenter.show_run(folder)
    qtbot.waitUntil(lambda: tasks.idle)
    assert len(heard) == 1
    presenter.clear()
    assert not widget.findChild(QLabel, "testAccuracy").isVisible()
