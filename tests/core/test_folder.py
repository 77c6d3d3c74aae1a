"""A folder of pictures: in order, with its bad files, called off, and in bounded memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from small_store import SmallStore, noise

from resnet_core import decoding, folder
from resnet_core.analysis import Analysis, Classifier
from resnet_core.decoding import BATCH, LOOK_AHEAD
from resnet_core.engines.base import DeviceError
from resnet_core.errors import Cancelled, EngineError, ImageError, WeightsError
from resnet_core.folder import classify_many
from resnet_core.prepared import Prepared

WEIGHTS = "basic_b.test"


@pytest.fixture
def store(tmp_path: Path) -> SmallStore:
    return SmallStore(tmp_path / "store")


@pytest.fixture
def classifier(store: SmallStore) -> Iterator[Classifier]:
    with Classifier(store) as classifier:  # type: ignore[arg-type]
        yield classifier


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Forty pictures, of which two are none."""
    paths = [tmp_path / f"{number}.png" for number in range(40)]
    for number, path in enumerate(paths):
        Image.fromarray(noise(80, 70, number)).save(path)
    paths[0].write_bytes(b"no picture")
    paths[17].unlink()
    return paths


def test_results_come_in_order_with_an_error_where_a_file_is_bad(classifier: Classifier, files: list[Path]) -> None:
    results = list(classify_many(classifier, files, WEIGHTS, top_k=2))
    assert [result.path for result in results] == files
    assert [isinstance(result.error, ImageError) for result in results] == [n in (0, 17) for n in range(40)]
    for result in results:
        assert (result.analysis is None) == (result.error is not None)
        if result.analysis is not None:
            assert len(result.analysis.predictions) == 2
            alone = classifier.analyse(result.path, WEIGHTS, outputs=())
            np.testing.assert_allclose(result.analysis.logits, alone.logits, rtol=1e-4, atol=1e-5)
            assert result.analysis.predictions[0].label == alone.predictions[0].label
            assert result.analysis.picture.path == result.path


def test_no_picture_is_kept_at_full_size(classifier: Classifier, files: list[Path]) -> None:
    result = next(iter(classify_many(classifier, files[1:], WEIGHTS)))
    assert result.analysis is not None
    assert result.analysis.picture.rgb is result.analysis.seen
    assert result.analysis.crop_box == (0, 0, 64, 64)


def test_paths_are_read_no_further_than_needed(classifier: Classifier, files: list[Path]) -> None:
    taken = 0

    def endless() -> Iterator[Path]:
        nonlocal taken
        while True:
            taken += 1
            yield files[1 + taken % 10]

    results = classify_many(classifier, endless(), WEIGHTS)
    for count in range(1, 101):
        next(results)
        assert taken <= count + BATCH + LOOK_AHEAD
    results.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("decode")]


def test_the_first_picture_does_not_wait_for_the_others(
    classifier: Classifier, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def prepare(path: Path, preprocess: object) -> Prepared:
        if path != files[1]:
            assert go_on.wait(30)
        return real(path, preprocess)

    real = folder.prepare
    monkeypatch.setattr(folder, "prepare", prepare)
    results = classify_many(classifier, files[1:6], WEIGHTS)
    assert next(results).path == files[1]
    go_on.set()
    assert [result.path for result in results] == files[2:6]


class AtOnce:
    """A pool that does the work when it is given: decoding that is faster than the network."""

    def __init__(self, *args: object, **named: object) -> None: ...

    def submit(self, work: Callable[..., Prepared], *args: object) -> Future[Prepared]:
        future: Future[Prepared] = Future()
        future.set_result(work(*args))
        return future

    def shutdown(self, *, wait: bool, cancel_futures: bool) -> None: ...


def test_pictures_that_are_ready_go_together(
    classifier: Classifier, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    real = classifier.analyse_prepared

    def counted(batch: list[Prepared], *args: object, **named: object) -> list[Analysis]:
        sizes.append(len(batch))
        return real(batch, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(classifier, "analyse_prepared", counted)
    monkeypatch.setattr(decoding, "ThreadPoolExecutor", AtOnce)
    results = list(classify_many(classifier, files[18:40] + files[1:17], WEIGHTS))
    assert len(results) == sum(sizes) == 38
    assert sizes == [16, 16, 6]


def test_calling_off_ends_it_and_its_threads(classifier: Classifier, files: list[Path]) -> None:
    seen: list[Path] = []
    with pytest.raises(Cancelled):
        seen.extend(result.path for result in classify_many(classifier, files, WEIGHTS, cancel=lambda: len(seen) > 2))
    assert 3 <= len(seen) < len(files)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("decode")]


def test_unknown_weights_end_it_before_a_picture_is_read(classifier: Classifier, files: list[Path]) -> None:
    with pytest.raises(WeightsError):
        next(classify_many(classifier, files, "alexnet.imagenet"))


def test_one_picture_without_usable_numbers_leaves_the_others(
    classifier: Classifier, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = classifier.analyse_prepared

    def picky(batch: list[Prepared], *args: object, **named: object) -> list[Analysis]:
        if any(prepared.picture.path == files[3] for prepared in batch):
            raise EngineError("basic_b.test gives no usable numbers for this picture: its answer is not finite.")
        return real(batch, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(classifier, "analyse_prepared", picky)
    results = list(classify_many(classifier, files[1:9], WEIGHTS))
    assert [result.path.name for result in results if result.error is not None] == ["3.png"]


def test_no_device_at_all_ends_it(classifier: Classifier, files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*args: object, **named: object) -> list[Analysis]:
        raise DeviceError("OpenVINO can't be used on this computer: libtbb is missing")

    monkeypatch.setattr(classifier, "analyse_prepared", nothing)
    with pytest.raises(DeviceError):
        list(classify_many(classifier, files, WEIGHTS))


def test_no_paths_no_results(classifier: Classifier) -> None:
    assert list(classify_many(classifier, [], WEIGHTS)) == []
