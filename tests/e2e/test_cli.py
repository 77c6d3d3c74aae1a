"""The command line as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "app"]


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    pixels = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    for number in range(8):
        Image.fromarray(pixels + np.uint8(number)).save(folder / f"{number}.png")
    return folder


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    """Ours, without a display and with the poorest locale there is."""
    kept = {
        name: text for name, text in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON", "DISPLAY"))
    }
    return {**kept, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)}


def test_a_picture_is_classified_without_torch_or_qt(pictures: Path, environment: dict[str, str]) -> None:
    code = (
        "import sys; from app.__main__ import main; code = main(sys.argv[1:]);"
        "loaded = {'torch', 'PyQt5', 'torchvision'} & set(sys.modules); sys.exit(f'{loaded}' if loaded else code)"
    )
    argv = [sys.executable, "-c", code, "classify", str(pictures / "0.png"), "--json"]
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(json.loads(done.stdout)["predictions"]) == 5


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="such names can't be made there")
def test_odd_names_and_a_c_locale(pictures: Path, environment: dict[str, str]) -> None:
    names = ["é 猫.png".encode(), b"\xff.png", b"-json.png"]
    for name in names:
        (pictures / os.fsdecode(name)).hardlink_to(pictures / "0.png")
    argv = [*PROGRAM, "classify", "--top", "1"]
    told = [os.fsencode(word) for word in argv] + names[:2] + [b"./" + names[2]]
    done = subprocess.run(told, cwd=pictures, env=environment, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.splitlines()[::2] == [*names[:2], b"./" + names[2]]
    done = subprocess.run(
        [*told, b"--json"], cwd=pictures, env=environment, capture_output=True, timeout=60, check=True
    )
    paths = [json.loads(line.decode("utf-8"))["path"] for line in done.stdout.splitlines()]
    assert [os.fsencode(path) for path in paths] == [*names[:2], b"./" + names[2]]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_closed_pipe_is_quiet(pictures: Path, environment: dict[str, str]) -> None:
    argv = [*PROGRAM, "classify", *([str(pictures)] * 20), "--json"]
    with subprocess.Popen(argv, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        assert process.wait(60) == 141
        assert process.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
def test_ctrl_c_is_quiet(pictures: Path, environment: dict[str, str]) -> None:
    argv = [*PROGRAM, "classify", *([str(pictures)] * 2000), "--json"]
    # Unbuffered: what a buffer held besides the first line would be lost to `communicate`.
    with subprocess.Popen(argv, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"{")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (130, b"")
        assert all(json.loads(line) for line in out.splitlines())


def test_a_windowed_build_has_no_streams(pictures: Path, environment: dict[str, str]) -> None:
    code = (
        "import sys; sys.stdout = sys.stderr = None; from app.__main__ import main;"
        "codes = [main(['classify', path]) for path in sys.argv[1:]] + [main(['describe', 'nonsense'])];"
        "raise SystemExit(codes != [0, 1, 2])"
    )
    argv = [sys.executable, "-c", code, str(pictures / "0.png"), "gone.png"]
    subprocess.run(argv, env=environment, timeout=60, check=True)


def test_wrong_usage_exits_2_with_a_sentence(environment: dict[str, str], tmp_path: Path) -> None:
    for argv in (["clasify", "a.png"], ["classify"], ["describe", "resnet19"], ["--nonsense"]):
        done = subprocess.run(
            [*PROGRAM, *argv], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("resnet-lens: ")
        assert done.stderr.count("\n") == 1


@pytest.mark.slow
def test_the_window_is_drawn_where_there_is_no_display(pictures: Path, environment: dict[str, str]) -> None:
    argv = [*PROGRAM, "screenshot", str(pictures / "0.png"), "window.png", "--size", "1280x800", "--theme", "dark"]
    done = subprocess.run(argv, env=environment, cwd=pictures, capture_output=True, text=True, timeout=100, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    with Image.open(pictures / "window.png") as window:
        assert window.size == (1280, 800)
        assert len(np.unique(np.asarray(window.convert("L")))) > 30, "something is drawn in it"
    argv = [*PROGRAM, "screenshot", str(pictures / "0.png"), "none.png", "--size", "320x200"]
    done = subprocess.run(argv, env=environment, cwd=pictures, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 2
    assert "The window does not fit into 320x200 px: it needs" in done.stderr
    argv = [*PROGRAM, "screenshot", "gone.png", "none.png"]
    done = subprocess.run(argv, env=environment, cwd=pictures, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 1
    assert "gone.png" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (pictures / "none.png").exists()


@pytest.mark.shared
def test_the_cat_is_a_cat(shared: Path, environment: dict[str, str]) -> None:
    argv = [*PROGRAM, "classify", str(shared / "photos" / "chelsea.png"), "--json"]
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(done.stdout)["predictions"][0]["label"] == "cat"
