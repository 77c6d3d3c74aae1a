"""How much memory there is: the computer's, or what a container leaves of it."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

import pytest

from resnet_core import memory


@pytest.mark.skipif(not hasattr(os, "sysconf"), reason="Windows has no sysconf")
def test_the_limit_of_a_container_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    new, old = tmp_path / "memory.max", tmp_path / "memory.limit_in_bytes"
    monkeypatch.setattr(memory, "_CGROUP_LIMITS", (new, old))
    assert memory.total_bytes() == there
    new.write_text("max\n")
    old.write_text(f"{2**63 - 4096}\n")  # none
    assert memory.total_bytes() == there
    new.write_text("1000000\n")
    assert memory.total_bytes() == 1_000_000


def test_what_windows_fills_in_has_its_layout() -> None:
    assert ctypes.sizeof(memory._MemoryStatus) == 64
    assert memory._MemoryStatus.total_physical.offset == 8
