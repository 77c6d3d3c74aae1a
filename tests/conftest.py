"""What every test gets: a home folder of its own, no display, and `../shared` where it is there."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ["LANGUAGE"] = "en"  # of the window, where a test chooses none
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="lens-runtime-"))  # Qt warns where it is not set


@pytest.fixture
def shared() -> Path:
    """The folder of test data beside the project, which only its own machines have."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, which is not on this machine")
    return SHARED


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty RESNET_LENS_HOME: no test sees the user's weights or settings, or another test's."""
    folder = tmp_path / "resnet lens höme"
    monkeypatch.setenv("RESNET_LENS_HOME", str(folder))
    monkeypatch.delenv("RESNET_LENS_MIRROR", raising=False)
    return folder


@pytest.fixture(autouse=True)
def subnormals() -> Iterator[None]:
    """A training flushes numbers near 0, and that is a setting of the whole process: other tests shall not see it."""
    yield
    if (torch := sys.modules.get("torch")) is not None:
        torch.set_flush_denormal(False)
