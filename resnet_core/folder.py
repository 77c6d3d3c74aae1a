"""Thousands of pictures: decoded ahead by a few threads, run in batches, answered in order, in bounded memory."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from resnet_core.analysis import Analysis, Classifier
from resnet_core.calls import Cancel
from resnet_core.engines.base import DeviceError, Precision
from resnet_core.errors import Cancelled, EngineError, LensError
from resnet_core.images import Picture
from resnet_core.prepared import Prepared, prepare

if TYPE_CHECKING:
    from resnet_core.weights.catalog import WeightsInfo

BATCH = 16
"""Pictures a run takes at most. Larger ones gain nothing on a CPU, and memory is lost."""

LOOK_AHEAD = 2 * BATCH
"""Pictures decoded, or being decoded, that nobody has asked for yet."""

DECODERS = max(1, min(4, os.cpu_count() or 1))
"""Threads that decode. Each holds one picture at full size, which can take 200 MB."""


@dataclass(frozen=True, eq=False)
class Result:
    """What became of one file: an analysis, or the reason why there is none.

    The analysis holds no maps, the `top_k` best predictions only, and as its picture what the network saw: thousands of
    photos at full size fit in no memory.
    """

    path: Path
    analysis: Analysis | None = None
    error: LensError | None = None


_Waiting = tuple[Path, "Future[Prepared]"]


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
    coming = iter(paths)
    waiting: deque[_Waiting] = deque()
    pool = ThreadPoolExecutor(DECODERS, thread_name_prefix="decode")
    try:
        while True:
            for path in islice(coming, LOOK_AHEAD - len(waiting)):
                waiting.append((Path(path), pool.submit(_prepare_small, Path(path), info)))
            if not waiting:
                return
            if cancel is not None and cancel():
                raise Cancelled
            ready = _next_ready(waiting)
            for result in _run(classifier, ready, info, device, precision, cancel):
                if result.analysis is not None:
                    best = replace(result.analysis, predictions=result.analysis.top(top_k))
                    result = replace(result, analysis=best)
                yield result
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _prepare_small(path: Path, info: WeightsInfo) -> Prepared:
    """Prepared, without the picture at full size."""
    prepared = prepare(path, info.preprocess)
    full, seen = prepared.picture, prepared.seen
    small = Picture(seen, full.name, full.path, full.file_bytes)
    return replace(prepared, picture=small, crop_box=(0.0, 0.0, float(small.width), float(small.height)))


def _next_ready(waiting: deque[_Waiting]) -> list[_Waiting]:
    """The next file, waited for, and those after it that are decoded already: a batch as large as decoding is fast."""
    ready = [waiting.popleft()]
    ready[0][1].exception()
    while waiting and len(ready) < BATCH and waiting[0][1].done():
        ready.append(waiting.popleft())
    return ready


def _run(
    classifier: Classifier,
    ready: list[_Waiting],
    info: WeightsInfo,
    device: str,
    precision: Precision,
    cancel: Cancel | None,
) -> Iterator[Result]:
    batch: list[Prepared] = []
    errors: dict[int, LensError] = {}
    for index, (_, future) in enumerate(ready):
        try:
            batch.append(future.result())
        except LensError as error:
            errors[index] = error
    answers = iter(_analyse(classifier, batch, info, device, precision, cancel))
    for index, (path, _) in enumerate(ready):
        if index in errors:
            yield Result(path, error=errors[index])
            continue
        answer = next(answers)
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
