"""dev.py on a machine that has nothing but Python yet. Nothing is made or installed here."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, for a project without `.venv` on a system that has every library."""
    spec = importlib.util.spec_from_file_location("dev_script", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(script, "PYTHON", tmp_path / ".venv" / "python")
    monkeypatch.setattr(script, "can_load", lambda _library: True)
    return script


def test_an_environment_without_pip_is_made_anew(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[dict[str, Any]] = []
    mended: list[bool] = []

    def create(folder: Path, **options: Any) -> None:
        made.append(options)
        folder.mkdir(exist_ok=True)
        (folder / "python").write_text("")
        if len(made) == 1:  # as by Ctrl+C, or on a Debian that lacks python3-venv
            raise KeyboardInterrupt
        (folder / "pip").write_text("")

    def runs(command: list[object], **_: Any) -> SimpleNamespace:
        """A Python that is there, and has pip or not."""
        assert Path(str(command[0])) == dev.PYTHON
        if command[1:3] == ["-m", "ensurepip"]:
            mended.append(True)
            if len(mended) > 1:  # the first one, a Debian without it, has none to give
                (dev.VENV / "pip").write_text("")
            return SimpleNamespace(returncode=0)
        assert command[1:3] == ["-m", "pip"]
        return SimpleNamespace(returncode=0 if (dev.VENV / "pip").exists() else 1)

    monkeypatch.setattr(dev.venv, "create", create)
    monkeypatch.setattr(subprocess, "run", runs)
    with pytest.raises(KeyboardInterrupt):
        dev.setup("torch")
    dev.setup("torch")
    dev.setup("torch")
    assert made == [{"clear": True, "with_pip": True}] * 2
    (dev.VENV / "resnet-lens.stamp").unlink()
    dev.setup("torch")
    assert (len(made), len(mended)) == (2, 1)
    (dev.VENV / "resnet-lens.stamp").unlink()
    (dev.VENV / "pip").unlink()  # as one of uv's
    dev.setup("torch")
    assert (len(made), len(mended)) == (2, 2)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the packages are Debian's")
def test_what_makes_an_environment_is_installed_before(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(dev.venv, "create", lambda *_, **__: pytest.fail("there is no ensurepip yet"))
    monkeypatch.setattr(dev.shutil, "which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    with pytest.raises(SystemExit, match=f"sudo apt-get install -y --no-install-recommends {package}\n"):
        dev.setup("torch")
    called: list[tuple[object, ...]] = []
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0)
    monkeypatch.setattr(dev, "call", lambda *command, **_: called.append(command) or 0)
    dev.install_system_packages({})
    assert [command[:2] for command in called] == [("apt-get", "update"), ("apt-get", "install")]
    assert package in called[1]


def test_paths_are_those_of_the_folder_it_was_started_in(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[tuple[object, ...]] = []
    monkeypatch.setattr(dev, "setup", lambda _flavour: None)
    monkeypatch.setattr(dev, "has_display", lambda: True)
    monkeypatch.setattr(dev, "call", lambda *command, **_: called.append(command) or 0)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "photo.jpg").write_bytes(b"")
    dev.run(["--new-window", "photo.jpg", "gone.jpg"])
    dev.run([])
    assert called[0][3:] == ("--new-window", str(tmp_path / "photo.jpg"), "gone.jpg")
    assert called[1][3:] == (str(ROOT / "resources" / "samples" / "airplane.jpg"),)
