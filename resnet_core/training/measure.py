"""Which of several ways is the fastest on this machine."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

SECONDS = 2.0
LEAST_ROUNDS, MOST_ROUNDS = 2, 10
WORTH_IT = 1.05  # times faster than the plain way, or the plain way it is

Way = TypeVar("Way")


def least_seconds(ways: Mapping[Way, Callable[[], object]], *, on_the_cpu: bool) -> dict[Way, float]:
    """The least time of each; taken in turns, so that whatever else is busy on this machine slows all of them alike.

    On the CPU it is the time that the processor gave to this process: on a busy machine the clock on the wall mostly
    measures who had to wait for whom (float32 was seen to beat bfloat16, half of whose time it takes).
    """
    clock = _clock(on_the_cpu)
    for way in ways.values():
        way()  # the first one compiles its kernels
    seconds = dict.fromkeys(ways, float("inf"))
    deadline = time.monotonic() + SECONDS
    for number in range(1, MOST_ROUNDS + 1):
        for name, way in ways.items():
            start = clock()
            way()
            seconds[name] = min(seconds[name], clock() - start)
        if number >= LEAST_ROUNDS and time.monotonic() > deadline:
            break
    return seconds


def _clock(on_the_cpu: bool) -> Callable[[], float]:
    exact = sys.platform != "win32"  # there it moves in steps of 16 ms
    return time.process_time if on_the_cpu and exact else time.perf_counter
