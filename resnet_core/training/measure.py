"""Which of several ways is the fastest on this machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TypeVar

SECONDS = 2.0
MOST_ROUNDS = 10
WORTH_IT = 1.05  # times faster than the plain way, or the plain way it is

Way = TypeVar("Way")


def least_seconds(ways: Mapping[Way, Callable[[], object]]) -> dict[Way, float]:
    """The least time of each; taken in turns, so that whatever else is busy on this machine slows all of them alike."""
    for way in ways.values():
        way()  # the first one compiles its kernels
    seconds = dict.fromkeys(ways, float("inf"))
    deadline = time.perf_counter() + SECONDS
    for _ in range(MOST_ROUNDS):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            seconds[name] = min(seconds[name], time.perf_counter() - start)
        if time.perf_counter() > deadline:
            break
    return seconds
