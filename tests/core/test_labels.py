"""Class names: the two lists that come along, and lists that users bring."""

from __future__ import annotations

from pathlib import Path

import pytest

from resnet_core.errors import WeightsError
from resnet_core.labels import cifar10_labels, imagenet_labels, read_labels


def test_the_imagenet_names_are_torchvisions() -> None:
    meta = pytest.importorskip("torchvision.models._meta")
    assert imagenet_labels() == tuple(meta._IMAGENET_CATEGORIES)


def test_the_cifar10_names_are_those_of_the_data_set() -> None:
    expected = "airplane automobile bird cat deer dog frog horse ship truck"
    assert cifar10_labels() == tuple(expected.split())


def test_a_list_is_read_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "labels.txt"
    path.write_bytes("\ufeffTürkentaube\r\n great tit \r\nmésange\r\n\r\n".encode())
    assert read_labels(path) == ("Türkentaube", "great tit", "mésange")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "names no class"),
        (b"\n \n", "names no class"),
        (b"cat\n\ndog\n", "line 2 is blank"),
        (b"cat\xff\n", "not UTF-8"),
        (b"cat\x1b[31m\n", "control characters"),
    ],
)
def test_a_bad_list_is_refused_in_a_sentence(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "labels.txt"
    path.write_bytes(content)
    with pytest.raises(WeightsError, match=reason):
        read_labels(path)


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"nowhere\.txt"):
        read_labels(tmp_path / "nowhere.txt")
    with pytest.raises(WeightsError, match="no file of labels"):
        read_labels(tmp_path)
