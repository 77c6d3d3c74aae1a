"""How much memory this program may have at all."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_CGROUP_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def total_bytes() -> int:
    """The memory of this computer, or of the container where that has less."""
    return min([_physical_bytes(), *(limit for path in _CGROUP_LIMITS if (limit := _limit_bytes(path)) is not None)])


def _limit_bytes(path: Path) -> int | None:
    """What a control group may have, of either version of Linux's interface; None: all there is, or no such file."""
    try:
        return int(path.read_text("ascii"))
    except (OSError, ValueError):  # "max"
        return None


def _physical_bytes() -> int:
    if sys.platform != "win32":
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
    if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        raise ctypes.WinError()
    return int(status.total_physical)


class _MemoryStatus(ctypes.Structure):
    """Windows' MEMORYSTATUSEX."""

    _fields_ = (
        ("length", ctypes.c_uint32), ("load", ctypes.c_uint32),
        *((name, ctypes.c_uint64) for name in (
            "total_physical", "free_physical", "total_page_file", "free_page_file",
            "total_virtual", "free_virtual", "free_extended_virtual",
        )),
    )  # fmt: skip
