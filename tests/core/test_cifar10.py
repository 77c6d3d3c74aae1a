"""CIFAR-10: found, verified file by file, unpacked, and read without running anything."""

from __future__ import annotations

import hashlib
import io
import pickle
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from resnet_core import cifar10
from resnet_core.errors import Cancelled, DatasetError

IMAGES_A_FILE = 40


def text(value: str) -> bytes:
    return b"U" + bytes([len(value)]) + value.encode()


def python2_pickle(pixels: np.ndarray, labels: list[int]) -> bytes:
    """A batch as Python 2's cPickle wrote it: {"data": array of bytes, "labels": list}."""
    rows, columns = pixels.shape
    raw = pixels.tobytes()
    array = (
        b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85" + text("b") + b"\x87R"
        b"(K\x01M" + rows.to_bytes(2, "little") + b"M" + columns.to_bytes(2, "little") + b"\x86"
        b"cnumpy\ndtype\n"
        + text("u1")
        + b"K\x00K\x01\x87R(K\x03"
        + text("|")
        + b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xff"
        b"K\x00tb\x89T" + len(raw).to_bytes(4, "little") + raw + b"tb"
    )
    numbers = b"](" + b"".join(b"K" + bytes([label]) for label in labels) + b"e"
    return b"\x80\x02}(" + text("data") + array + text("labels") + numbers + b"u."


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A CIFAR-10 of 6 x 40 pictures whose MD5s are the ones that are asked for."""
    folder = tmp_path / "made" / cifar10.FOLDER
    folder.mkdir(parents=True)
    for number, name in enumerate(cifar10.MD5):
        pixels = np.random.default_rng(number).integers(0, 256, (IMAGES_A_FILE, 3072), dtype=np.uint8)
        (folder / name).write_bytes(python2_pickle(pixels, [label % 10 for label in range(IMAGES_A_FILE)]))
    sums = {name: hashlib.md5((folder / name).read_bytes()).hexdigest() for name in cifar10.MD5}
    monkeypatch.setattr(cifar10, "MD5", sums)
    return folder


def archive_of(folder: Path, archive: Path, change: Callable[[tarfile.TarFile], None] = lambda _: None) -> Path:
    with tarfile.open(archive, "w:gz") as tar:
        change(tar)
        tar.add(folder, arcname=cifar10.FOLDER)
    return archive


def test_pictures_come_as_planes_with_their_labels(small: Path) -> None:
    dataset = cifar10.load(small)
    assert [len(part) for part in (dataset.train, dataset.validation, dataset.test)] == [180, 20, 40]
    assert np.bincount(dataset.validation.labels).tolist() == [2] * 10
    assert dataset.classes[:3] == ("airplane", "automobile", "bird")
    first = np.random.default_rng(5).integers(0, 256, (IMAGES_A_FILE, 3072), dtype=np.uint8)[0]
    assert np.array_equal(dataset.test.images[0], first.reshape(3, 32, 32))
    assert np.array_equal(cifar10.load_test(small).images, dataset.test.images)
    again = cifar10.load(small)
    assert np.array_equal(dataset.validation.images, again.validation.images)


def test_every_damaged_file_is_named(small: Path) -> None:
    (small / "data_batch_2").unlink()
    (small / "test_batch").write_bytes(b"short")
    assert cifar10.check(small) == ("data_batch_2 is missing", "test_batch differs from the official file")
    with pytest.raises(DatasetError, match="data_batch_2 is missing, test_batch differs from the official file"):
        cifar10.load(small)


def test_it_is_found_as_folder_parent_or_archive(small: Path, tmp_path: Path) -> None:
    assert cifar10.locate([tmp_path / "gone", small]) == small
    assert cifar10.locate([small.parent]) == small
    other = tmp_path / "other"
    other.mkdir()
    assert cifar10.locate([other]) is None
    archive = archive_of(small, other / cifar10.ARCHIVE)
    assert cifar10.locate([other]) == archive
    assert cifar10.locate([archive]) == archive
    begun = other / cifar10.FOLDER  # unpacking it was cut short
    begun.mkdir()
    (begun / "data_batch_1").touch()
    assert cifar10.locate([other]) == archive
    archive.unlink()
    assert cifar10.locate([other]) == begun


def test_unpacking_takes_the_seven_files_only(small: Path, tmp_path: Path) -> None:
    def add_evil(tar: tarfile.TarFile) -> None:
        for name in ("../escaped", "/tmp/escaped", f"{cifar10.FOLDER}/extra", f"{cifar10.FOLDER}/../escaped"):
            member = tarfile.TarInfo(name)
            member.size = 4
            tar.addfile(member, io.BytesIO(b"evil"))
        link = tarfile.TarInfo(f"{cifar10.FOLDER}/data_batch_1")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)

    archive = archive_of(small, tmp_path / "a.tar.gz", add_evil)
    folder = cifar10.unpack(archive, tmp_path / "inner" / "data")
    assert sorted(path.name for path in folder.iterdir()) == sorted(cifar10.MD5)
    assert not list(tmp_path.rglob("escaped"))
    assert not (folder / "data_batch_1").is_symlink()


def test_a_damaged_archive_leaves_no_damaged_file(small: Path, tmp_path: Path) -> None:
    whole = archive_of(small, tmp_path / "whole.tar.gz").read_bytes()
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DatasetError, match=r"cut.tar.gz is not a whole archive|is missing"):
        cifar10.unpack(cut, tmp_path / "data")
    assert all("missing" in problem for problem in cifar10.check(tmp_path / "data" / cifar10.FOLDER))
    (small / "data_batch_4").write_bytes(b"changed")
    with pytest.raises(DatasetError, match="data_batch_4 differs"):
        cifar10.unpack(archive_of(small, tmp_path / "b.tar.gz"), tmp_path / "data")
    with pytest.raises(Cancelled):
        cifar10.unpack(tmp_path / "b.tar.gz", tmp_path / "data2", cancel=lambda: True)


def test_a_download_is_unpacked_and_the_archive_goes(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_of(small, tmp_path / "served.tar.gz")
    asked = []

    def fetch(urls: tuple[str, ...], target: Path, **_options: object) -> None:
        asked.extend(urls)
        shutil.copy(archive, target)

    monkeypatch.setattr("resnet_core.weights.download.download", fetch)
    monkeypatch.setenv("RESNET_LENS_MIRROR", "http://127.0.0.1/mine")
    datasets = tmp_path / "datasets"
    datasets.mkdir()
    assert cifar10.check(cifar10.download(datasets)) == ()
    assert asked[0] == "http://127.0.0.1/mine/cifar-10-python.tar.gz"
    assert asked[1:] == list(cifar10.OFFICIAL.urls)
    assert [path.name for path in datasets.iterdir()] == [cifar10.FOLDER]


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return print, ("code ran",)


@pytest.mark.parametrize(
    "content",
    [
        pickle.dumps({"data": Evil()}, protocol=2),
        pickle.dumps([1, 2]),
        pickle.dumps({"data": np.zeros(3)}, protocol=2),
        b"",
        b"\x80\x02}(",
        b"not a pickle",
        python2_pickle(np.zeros((2, 3072), np.uint8), [0, 1])[:-40],
    ],
)
def test_no_code_runs_and_nothing_else_gets_through(content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DatasetError):
        cifar10.read_pickle(io.BytesIO(content))
    assert capsys.readouterr().out == ""


@pytest.mark.shared
@pytest.mark.slow
def test_the_official_files(shared: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, shared / "cifar10" / "unpack.py", tmp_path], check=True, stdout=subprocess.DEVNULL)
    dataset = cifar10.load(tmp_path / cifar10.FOLDER)
    assert [len(part) for part in (dataset.train, dataset.validation, dataset.test)] == [45_000, 5_000, 10_000]
    assert np.bincount(dataset.validation.labels).tolist() == [500] * 10
    assert np.bincount(dataset.test.labels).tolist() == [1000] * 10
    # The split is for good: another one would mix up what earlier runs held out.
    assert dataset.validation.labels[:12].tolist() == [1, 1, 9, 2, 4, 9, 1, 3, 7, 0, 6, 4]
    assert dataset.train.images[:, 0].mean() / 255 == pytest.approx(0.4914, abs=2e-3)
