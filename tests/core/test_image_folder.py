"""A folder with a sub-folder for each class."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from small_training import CLASSES, SIDE_PX, write_folder

from resnet_core import image_folder, memory
from resnet_core.dataset import held_out
from resnet_core.errors import DatasetError
from resnet_core.training import sources
from resnet_core.training.config import DataChoice


def test_classes_are_the_sub_folders_and_a_tenth_is_held_out_twice(tmp_path: Path) -> None:
    write_folder(tmp_path, each=20)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "empty").mkdir()
    listing = image_folder.scan(tmp_path)
    assert listing.classes == CLASSES
    assert (listing.images, listing.count("red")) == (60, 20)
    dataset = image_folder.load(tmp_path, SIDE_PX)
    assert np.bincount(dataset.train.labels).tolist() == [16] * len(CLASSES)
    assert [len(dataset.validation), len(dataset.test)] == [6, 6]
    assert dataset.train.images.shape == (48, 3, SIDE_PX, SIDE_PX)
    red = dataset.train.images[dataset.train.labels == CLASSES.index("red")]
    assert red[:, 0].mean() > red[:, 2].mean() + 100


def test_bad_files_are_skipped_and_named(tmp_path: Path) -> None:
    write_folder(tmp_path)
    (tmp_path / "red" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    (tmp_path / "blue" / "page.jpg").write_text("<html>")
    (tmp_path / "blue" / "notes.txt").write_text("no picture at all")
    dataset = image_folder.load(tmp_path, SIDE_PX)
    assert len(dataset.bad) == 2
    assert "page.jpg" in dataset.bad[0]
    assert "broken.png" in dataset.bad[1]
    assert len(dataset.train) + len(dataset.validation) + len(dataset.test) == 48


def test_a_split_of_ones_own_is_kept(tmp_path: Path) -> None:
    for part, each in (("train", 10), ("val", 3), ("test", 4)):
        write_folder(tmp_path / part, each)
    dataset = image_folder.load(tmp_path, SIDE_PX)
    assert [len(dataset.train), len(dataset.validation), len(dataset.test)] == [30, 9, 12]
    (tmp_path / "test" / "red").rename(tmp_path / "test" / "purple")
    with pytest.raises(DatasetError, match="a class “purple” that"):
        image_folder.load(tmp_path, SIDE_PX)


def test_what_can_not_be_trained_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DatasetError, match="There is no folder"):
        image_folder.load(tmp_path / "gone", 32)
    with pytest.raises(DatasetError, match="no folder of classes"):
        image_folder.load(tmp_path, 32)
    assert not image_folder.is_class_folder(tmp_path)
    write_folder(tmp_path, each=3)
    assert image_folder.is_class_folder(tmp_path)
    next((tmp_path / "green").iterdir()).write_bytes(b"")
    with pytest.raises(DatasetError, match=r"“green” in .* has 2 usable pictures \(1 files can't be read\)"):
        image_folder.load(tmp_path, 32)
    monkeypatch.setattr(memory, "total_bytes", lambda: 31_250)
    with pytest.raises(DatasetError, match="Train at 19 px or less"):
        image_folder.load(tmp_path, 32)


def test_of_a_large_folder_only_what_is_wanted_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path / "one", each=40)
    read = []
    real = image_folder.load_image
    monkeypatch.setattr(image_folder, "load_image", lambda path: read.append(path) or real(path))
    dataset = sources.load(DataChoice(str(tmp_path / "one"), "folder", SIDE_PX, limit=24))
    assert len(read) == 39
    assert [len(dataset.train), len(dataset.validation), len(dataset.test)] == [24, 3, 12]
    assert np.bincount(dataset.train.labels).tolist() == [8, 8, 8]
    whole = image_folder.load(tmp_path / "one", SIDE_PX)
    assert dataset.test.files == whole.test.files  # so that accuracies stay comparable
    assert set(dataset.train.files) <= set(whole.train.files)
    assert set(dataset.validation.files) <= set(whole.validation.files)
    few = image_folder.load(tmp_path / "one", SIDE_PX, limit=1)
    assert np.bincount(few.train.labels, minlength=3).min() >= 1
    for part, each in (("train", 30), ("val", 20), ("test", 4)):
        write_folder(tmp_path / "two" / part, each)
    dataset = image_folder.load(tmp_path / "two", SIDE_PX, limit=27)
    assert [len(dataset.train), len(dataset.validation), len(dataset.test)] == [27, 3, 12]


def test_what_is_held_out_is_the_same_for_ever() -> None:
    labels = np.arange(40, dtype=np.int64) % 4
    assert held_out(labels, 0.2).tolist() == held_out(labels, 0.2).tolist()
    assert np.bincount(labels[held_out(labels, 0.2)]).tolist() == [2, 2, 2, 2]
    assert np.bincount(labels[held_out(labels, 0.001)]).tolist() == [1, 1, 1, 1]
