"""`resnet-lens weights` and `info`, in this process."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app import cli, paths
from app.commands import common
from app.commands.progress import Progress
from app.settings import Settings, SettingsFile

BUNDLED = "resnet18.cifar10"
KEYS = ["id", "network", "title", "origin", "on_disk", "size_bytes", "accuracy", "dataset", "classes", "path"]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def run(*argv: str) -> tuple[int, str, str]:
        code = cli.main(argv)
        return (code, *capsys.readouterr())

    return run


def test_list_as_json_is_one_array(run: Run) -> None:
    code, out, err = run("weights", "list", "--json")
    assert (code, err) == (0, "")
    known: dict[str, dict[str, Any]] = {info["id"]: info for info in json.loads(out)}
    assert all(list(info) == KEYS for info in known.values())
    bundled = known[BUNDLED]
    assert (bundled["network"], bundled["origin"], bundled["classes"]) == ("resnet18", "bundled", 10)
    assert bundled["on_disk"]
    assert Path(bundled["path"]).is_file()
    published = known["resnet50.imagenet1k_v2"]
    assert (published["on_disk"], published["path"], published["classes"]) == (False, None, 1000)
    assert published["accuracy"] == pytest.approx(0.80858)


def test_list_for_eyes_marks_what_is_on_this_disk(run: Run) -> None:
    code, out, _ = run("weights", "list")
    assert code == 0
    [bundled] = [line for line in out.splitlines() if BUNDLED in line]
    assert bundled.startswith("●")
    [published] = [line for line in out.splitlines() if "resnet50.imagenet1k_v2" in line]
    assert "80.9 %" in published
    assert "103 MB" in published


def test_export_import_remove(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("weights", "export", BUNDLED, "mine.safetensors", "--json")
    assert code == 0
    assert json.loads(out)["size_bytes"] == (tmp_path / "mine.safetensors").stat().st_size

    (tmp_path / "labels.txt").write_text("\n".join(f"thing {number}" for number in range(10)) + "\n")
    code, out, err = run("weights", "import", "mine.safetensors", "--name", "Mine", "--labels", "labels.txt", "--json")
    assert (code, err) == (0, "")
    info = json.loads(out)
    assert list(info) == KEYS
    assert (info["id"], info["network"], info["classes"], info["origin"]) == (
        "resnet18.mine",
        "resnet18",
        10,
        "imported",
    )

    code, out, _ = run("describe", "resnet18.mine", "--json")
    assert json.loads(out)["stages"][-1]["output"] == [10]

    code, out, _ = run("weights", "remove", "resnet18.mine")
    assert code == 0
    assert "was removed" in out
    code, out, err = run("weights", "remove", "resnet18.mine")
    assert (code, out) == (2, "")


def test_a_damaged_file_is_named_and_can_be_removed(run: Run, home: Path) -> None:
    (home / "weights").mkdir(parents=True)
    (home / "weights" / "resnet18.torn.safetensors").write_bytes(b"half a file")
    code, out, err = run("weights", "list", "--json")
    assert code == 0
    assert "resnet18.torn" not in {info["id"] for info in json.loads(out)}
    assert err.startswith("resnet-lens: resnet18.torn can't be used: ")
    assert run("describe", "resnet18.torn")[0] == 1
    assert run("weights", "remove", "resnet18.torn")[0] == 0
    assert not list((home / "weights").glob("*torn*"))


@pytest.mark.parametrize(
    ("argv", "code", "says"),
    [
        (["download", "resnet50.imagenet1k"], 2, "resnet50.imagenet1k_v"),
        (["export", "resnet18.cifar", "x.pth"], 2, BUNDLED),
        (["export", "resnet50.imagenet1k_v2", "x.pth"], 1, "weights download"),
        (["remove", BUNDLED], 1, BUNDLED),
        (["import", "gone.pth"], 1, "gone.pth"),
        (["import", "page.pth"], 1, "page.pth"),
        (["import", "page.pth", "--labels", "gone.txt"], 1, "gone.txt"),
    ],
)
def test_what_cannot_be_is_one_sentence(run: Run, tmp_path: Path, argv: list[str], code: int, says: str) -> None:
    (tmp_path / "page.pth").write_text("<!doctype html><title>404</title>")
    ended, out, err = run("weights", *argv)
    assert (ended, out) == (code, "")
    assert says in err
    assert err.count("\n") == 1


def test_the_data_folder_of_the_settings_is_the_command_lines_too(home: Path, tmp_path: Path) -> None:
    assert common.datasets() == home / "datasets"
    SettingsFile(paths.settings_file()).save(Settings(data_folder=str(tmp_path / "data")))
    assert common.datasets() == tmp_path / "data"


def test_what_is_here_is_not_downloaded_again(run: Run) -> None:
    code, out, _ = run("weights", "download", BUNDLED)
    assert code == 0
    assert "on this disk already" in out


def test_progress_counts_up_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Progress("Downloading") as progress:
        progress.show(5_000_000, 10_000_000)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Progress("Downloading") as progress:
        progress.show(5_000_000, 10_000_000)
        progress.show(5_000_001, 10_000_000)  # too soon to be worth a line
        progress.show(10_000_000, 10_000_000)
    said = capsys.readouterr().err
    assert "Downloading: 5.0 of 10.0 MB, 50 %" in said
    assert said.count("Downloading") == 2
    assert said.endswith("\r\x1b[K")


def test_info_names_what_a_bug_report_needs(run: Run, home: Path) -> None:
    code, out, err = run("info", "--json")
    assert (code, err) == (0, "")
    info = json.loads(out)
    assert {"ResNet Lens", "Python", "Qt", "numpy", "Pillow", "OpenVINO", "torch"} <= info["versions"].keys()
    assert info["folders"]["home"] == str(home)
    assert "cpu" in [device["id"] for device in info["devices"]]
    code, out, _ = run("info")
    assert code == 0
    assert str(home) in out
    assert "device cpu" in out


def test_damaged_settings_are_put_aside_with_a_sentence(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = paths.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{")
    assert common.datasets() == paths.datasets_dir()
    told = capsys.readouterr().err
    assert "The settings file was damaged: the defaults are used" in told
    assert not file.exists()
    common.datasets()
    assert capsys.readouterr().err == ""
