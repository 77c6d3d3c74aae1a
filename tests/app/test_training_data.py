"""Data sets for the training dialog: found, verified, described, fetched."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_training import write_folder

from app.training import data as training_data
from app.training.data import MissingError
from resnet_core.errors import Cancelled, DatasetError


def never() -> bool:
    return False


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CIFAR-10 is looked for in the current folder, too."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")


def test_nothing_is_an_answer_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="Download it, or choose a folder"):
        training_data.find(None, None, tmp_path / "datasets", never)
    with pytest.raises(MissingError):
        training_data.find(None, tmp_path / "gone", tmp_path / "datasets", never)
    with pytest.raises(DatasetError, match="There is no folder") as caught:
        training_data.find(tmp_path / "gone", None, tmp_path / "datasets", never)
    assert not isinstance(caught.value, MissingError)


def test_a_folder_of_classes_is_counted(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "colours", each=20)
    found = training_data.find(folder, None, tmp_path / "datasets", never)
    assert (found.kind, found.name, found.note) == (
        "folder", "colours", "3 classes, 60 pictures: blue 20, green 20, red 20.",
    )  # fmt: skip
    assert found.images == 49  # a tenth is kept aside to test, then a tenth to validate
    again = training_data.find(None, folder, tmp_path / "datasets", never)  # what the last run was trained on
    assert again == found
    with pytest.raises(Cancelled):
        training_data.find(folder, None, tmp_path / "datasets", lambda: True)


def test_files_that_are_no_pictures_are_not_counted_as_some(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "colours", each=20)
    (folder / "blue" / "notes.png").write_text("These are blue.", encoding="utf-8")
    assert training_data.find(folder, None, tmp_path, never).note == (
        "3 classes, 60 pictures: blue 20, green 20, red 20. 1 file is no picture."
    )
    (folder / "red" / "empty.jpg").touch()
    assert training_data.find(folder, None, tmp_path, never).note.endswith("red 20. 2 files are no pictures.")


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match=r"gone, which was trained on last, is not there any more\. CIFAR-10 is not"):
        training_data.find(None, tmp_path / "gone", tmp_path / "datasets", never)


def test_many_classes_are_not_all_told(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "train", each=3)
    for name in ("pink", "teal", "white"):
        (folder / name).mkdir()
        (folder / name / "1.png").write_bytes((folder / "red").glob("*.png").__next__().read_bytes())
    assert training_data.find(folder, None, tmp_path, never).note == (
        "6 classes, 12 pictures: blue 3, green 3, pink 1, red 3 and 2 more."
    )


def test_what_differs_in_cifar10_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "cifar-10-batches-py"
    folder.mkdir()
    (folder / "data_batch_2").write_bytes(b"x")
    with pytest.raises(DatasetError) as caught:
        training_data.find(None, None, tmp_path, never)
    assert "data_batch_1 is missing, data_batch_2 differs from the official file, data_batch_3 is missing" in str(
        caught.value
    )
