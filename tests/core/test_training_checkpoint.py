"""The saved state of a run: whatever happens, the newest one loads. No torch here: a state is a zip archive."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import BinaryIO

import pytest

from resnet_core.training import checkpoint

SAVING = """
import os, sys, zipfile
from pathlib import Path
from resnet_core.training import checkpoint
folder, number = Path(sys.argv[1]), int(sys.argv[2])
while True:
    number += 1
    def write(file):
        with zipfile.ZipFile(file, "w") as archive:
            for part in range(8):
                archive.writestr(f"{number}/{part}", os.urandom(100_000))
    checkpoint.save(folder, write)
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


def write_state(text: str, file: BinaryIO) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("state", text)


def save(folder: Path, text: str) -> None:
    checkpoint.save(folder, lambda file: write_state(text, file))


def saved(folder: Path) -> str | None:
    path = checkpoint.newest(folder)
    return None if path is None else zipfile.ZipFile(path).read("state").decode()


def test_the_newest_of_two_is_read(tmp_path: Path) -> None:
    assert saved(tmp_path) is None
    for text in ("first", "second", "third"):
        save(tmp_path, text)
        assert saved(tmp_path) == text
    assert sorted(path.name for path in tmp_path.iterdir()) == [checkpoint.PREVIOUS, checkpoint.LAST]
    (tmp_path / checkpoint.LAST).unlink()  # as between two renames, on a disk without links
    assert saved(tmp_path) == "second"


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "page"])
def test_a_damaged_state_is_put_aside_for_the_one_before(tmp_path: Path, damage: str) -> None:
    save(tmp_path, "first " * 100)
    save(tmp_path, "second " * 100)
    path = tmp_path / checkpoint.LAST
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes({"cut": data[:200], "flipped": data, "empty": b"", "page": b"<html>"}[damage])
    assert saved(tmp_path) == "first " * 100
    assert (tmp_path / "last.pt.bad").exists()


@pytest.mark.parametrize("failing", ["write", "fsync"])
def test_a_full_disk_destroys_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    save(tmp_path, "first")
    save(tmp_path, "second")

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def write(file: BinaryIO) -> None:
        file.write(b"half of the third")
        if failing == "write":
            full()

    if failing == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        checkpoint.save(tmp_path, write)
    assert saved(tmp_path) == "second"
    assert sorted(path.name for path in tmp_path.iterdir()) == [checkpoint.PREVIOUS, checkpoint.LAST]


@pytest.mark.skipif(os.name != "posix", reason="the limit is POSIX's")
def test_a_disk_that_is_really_full_destroys_nothing(tmp_path: Path) -> None:
    save(tmp_path, "first")
    program = (
        "import os, resource, signal, sys; from pathlib import Path; from resnet_core.training import checkpoint\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (9999, 9999))\n"
        "try: checkpoint.save(Path(sys.argv[1]), lambda file: file.write(os.urandom(50_000)))\n"
        "except OSError as error: print(error.strerror)"
    )
    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("File too large\n", "")
    assert saved(tmp_path) == "first"


@pytest.mark.slow
def test_fifty_kills_at_any_moment_leave_a_state_that_loads(tmp_path: Path) -> None:
    """A process that does nothing but save is killed 50 times: most kills hit it inside a save."""
    chance = random.Random(2015)
    reached = 0
    inside = 0
    for _ in range(50):
        command = [sys.executable, "-S", "-c", SAVING, str(tmp_path), str(reached)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as process:
            assert process.stdout is not None
            told = [int(process.stdout.readline())]
            time.sleep(chance.uniform(0, 0.02))  # not to wait for something: this is the random moment
            process.kill()
            told += [int(line) for line in process.stdout.read().splitlines() if line.strip()]
        inside += any(path.suffix == ".tmp" for path in tmp_path.iterdir())
        path = checkpoint.newest(tmp_path)
        assert path is not None
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            found = int(archive.namelist()[0].partition("/")[0])
        assert found >= told[-1], "a state that had been saved was lost"
        reached = found
    assert inside >= 10
    assert not list(tmp_path.glob("*.bad"))
