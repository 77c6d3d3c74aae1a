"""Thousands of pictures classified: run in batches, answered in order, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from resnet_core.analysis import Analysis, Classifier
from resnet_core.calls import Cancel
from resnet_core.decoding import decoded_ahead
from resnet_core.engines.base import DeviceError, Precision
from resnet_core.errors import EngineError, LensError
from resnet_core.images import Picture
from resnet_core.prepared import Prepared, prepare

if TYPE_CHECKING:
    from resnet_core.weights.catalog import WeightsInfo


@dataclass(frozen=True, eq=False)
class Result:
    """What became of one file: an analysis, or the reason why there is none.

    The analysis holds no maps, the `top_k` best predictions only, and as its picture what the network saw: thousands of
    photos at full size fit in no memory.
    """

    path: Path
    analysis: Analysis | None = None
    error: LensError | None = None


def classify_many(
    classifier: Classifier,
    paths: Iterable[str | Path],
    weights_id: str,
    *,
    device: str = "auto",
    precision: Precision = "exact",
    top_k: int = 5,
    cancel: Cancel | None = None,
) -> Iterator[Result]:
    """One result a path, in order, the first as soon as it is there; `paths` is read as the work goes on.

    A file that can't be used is a result with its error. Raises WeightsError, EngineError when the network can't run at
    all, Cancelled when `cancel` says so.
    """
    info = classifier.store.get(weights_id)
    with decoded_ahead(map(Path, paths), lambda path: _prepare_small(path, info), cancel) as batches:
        for batch in batches:
            for result in _run(classifier, batch, info, device, precision, cancel):
                if result.analysis is not None:
                    best = replace(result.analysis, predictions=result.analysis.top(top_k))
                    result = replace(result, analysis=best)
                yield result


def _prepare_small(path: Path, info: WeightsInfo) -> Prepared:
    """Prepared, without the picture at full size."""
    prepared = prepare(path, info.preprocess)
    full, seen = prepared.picture, prepared.seen
    small = Picture(seen, full.name, full.path, full.file_bytes)
    return replace(prepared, picture=small, crop_box=(0.0, 0.0, float(small.width), float(small.height)))


def _run(
    classifier: Classifier,
    batch: Sequence[tuple[Path, Prepared | LensError]],
    info: WeightsInfo,
    device: str,
    precision: Precision,
    cancel: Cancel | None,
) -> Iterator[Result]:
    prepared = [one for _, one in batch if isinstance(one, Prepared)]
    answers = iter(_analyse(classifier, prepared, info, device, precision, cancel))
    for path, one in batch:
        answer = one if isinstance(one, LensError) else next(answers)
        yield Result(path, error=answer) if isinstance(answer, LensError) else Result(path, answer)


def _analyse(
    classifier: Classifier,
    batch: list[Prepared],
    info: WeightsInfo,
    device: str,
    precision: Precision,
    cancel: Cancel | None,
) -> list[Analysis | LensError]:
    """The analysis of each; where one of several has no usable numbers, they are run one by one to tell which."""
    if not batch:
        return []
    try:
        return list(classifier.analyse_prepared(batch, info, device=device, precision=precision, cancel=cancel))
    except DeviceError:
        raise
    except EngineError as error:
        if len(batch) == 1:
            return [error]
        return [
            answer for prepared in batch for answer in _analyse(classifier, [prepared], info, device, precision, cancel)
        ]
