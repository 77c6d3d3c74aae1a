"""Worker processes: their commands, and that they find this package wherever they are started."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from resnet_core import workers


def test_a_worker_is_a_module_run_by_this_python() -> None:
    command = workers.worker_command("torch-engine", "cpu")
    assert command == [sys.executable, "-m", "resnet_core.engines.torch_worker", "cpu"]


def test_a_packaged_program_is_its_own_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert workers.worker_command("torch-engine", "cpu") == [sys.executable, "--worker", "torch-engine", "cpu"]


def test_the_table_of_workers_is_closed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyError):
        workers.worker_command("os")
    assert workers.run_worker("os", []) == 2
    assert "no worker named “os”" in capsys.readouterr().err


def test_run_worker_calls_the_modules_main(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "lens_test_worker.py").write_text("def main(args):\n    return len(args)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(workers, "WORKERS", {"test": "lens_test_worker"})
    assert workers.run_worker("test", ["a", "b", "c"]) == 3


def test_a_started_worker_ignores_modules_lying_in_the_current_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code = tmp_path / "code"
    code.mkdir()
    (code / "lens_test_worker.py").write_text("import sys, resnet_core\nsys.stdout.write(sys.stdin.read().upper())\n")
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "resnet_core.py").write_text("raise SystemExit('code beside the photos ran')\n")
    monkeypatch.chdir(photos)
    monkeypatch.setenv("PYTHONPATH", str(code))
    monkeypatch.setattr(workers, "WORKERS", {"test": "lens_test_worker"})
    process = workers.start_worker("test", stderr=subprocess.PIPE)
    out, err = process.communicate(b"hello", timeout=30)
    assert (out, err, process.returncode) == (b"HELLO", b"", 0)
