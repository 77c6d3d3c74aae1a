"""Thousands of pictures, decoded ahead by a few threads and handed on in batches, in order, in bounded memory."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from resnet_core.calls import Cancel
from resnet_core.errors import Cancelled, LensError

Source = TypeVar("Source")
Decoded = TypeVar("Decoded")

BATCH = 16
"""Pictures a run takes at most. Larger ones gain nothing on a CPU, and memory is lost."""

LOOK_AHEAD = 2 * BATCH
"""Pictures decoded, or being decoded, that nobody has asked for yet."""

DECODERS = max(1, min(4, os.cpu_count() or 1))
"""Threads that decode. Each holds one picture at full size, which can take 200 MB."""


@contextmanager
def decoded_ahead(
    sources: Iterable[Source], decode: Callable[[Source], Decoded], cancel: Cancel | None = None
) -> Iterator[Iterator[list[tuple[Source, Decoded | LensError]]]]:
    """Batches of sources, each with what `decode` made of it, or why it made nothing.

    A batch is the next source, waited for, and those after it that are decoded already: as large as decoding is fast.
    `sources` is read as the work goes on, and may have no end. Iterating raises Cancelled when `cancel` says so. The
    threads end with the block.
    """
    pool = ThreadPoolExecutor(DECODERS, thread_name_prefix="decode")
    try:
        yield _batches(iter(sources), lambda source: pool.submit(decode, source), cancel)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _batches(
    coming: Iterator[Source], submit: Callable[[Source], Future[Decoded]], cancel: Cancel | None
) -> Iterator[list[tuple[Source, Decoded | LensError]]]:
    waiting: deque[tuple[Source, Future[Decoded]]] = deque()
    while True:
        waiting.extend((source, submit(source)) for source in islice(coming, LOOK_AHEAD - len(waiting)))
        if not waiting:
            return
        batch: list[tuple[Source, Decoded | LensError]] = []
        while waiting and len(batch) < BATCH and (not batch or waiting[0][1].done()):
            if cancel is not None and cancel():
                raise Cancelled
            source, future = waiting.popleft()
            try:
                batch.append((source, future.result()))
            except LensError as error:
                batch.append((source, error))
        yield batch
