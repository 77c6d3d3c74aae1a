"""Where the packaged program is tried: read-only, in a folder with an awkward name, with an empty environment."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NOBODY = 65534
WAIT_S = 180.0  # for anything at all: the machine may be busy
BAD_SIGNS = ("Traceback (most recent call last)", "No module named", "ModuleNotFoundError", "cannot open shared object")


class SmokeError(Exception):
    """What the packaged program did wrong."""


def expect(condition: object, message: str) -> None:
    if not condition:
        raise SmokeError(message)


@dataclass
class Place:
    """Where the program is tried. `program` is its executable, `home` the user's, `desk` the current folder."""

    program: Path
    home: Path
    desk: Path
    display: str | None
    stderr: list[str] = field(default_factory=list)

    @property
    def other_home(self) -> Path:
        """Of the program as it stands in this folder."""
        return self.home.parent / "home of the unpackaged"

    @property
    def environment(self) -> dict[str, str]:
        """Nothing but what the system sets: no Python on PATH, no cache, no locale."""
        clean = {"HOME": str(self.home), "LANG": "C", "PATH": str(self.home / "empty"), "RESNET_LENS_TRACE": "1"}
        if sys.platform == "win32":
            wanted = ("SYSTEMROOT", "APPDATA", "LOCALAPPDATA")
            clean |= {name: os.environ[name] for name in wanted if name in os.environ}
        return clean | ({"DISPLAY": self.display} if self.display else {})

    def start(self, *args: object, **options: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self.program), *map(str, args)],
            cwd=self.desk, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, encoding="utf-8", **(as_nobody() | options),
        )  # fmt: skip

    def run(self, *args: object, code: int = 0) -> str:
        """What a command prints. Raises SmokeError unless it ends with `code` and complains of nothing unexpected."""
        process = self.start(*args, stdin=subprocess.DEVNULL)
        try:
            out, err = process.communicate(timeout=WAIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise SmokeError(f"{' '.join(map(str, args))} did not end: {err}") from None
        self.heard(err, args)
        expect(process.returncode == code, f"{' '.join(map(str, args))} ended with {process.returncode}: {err or out}")
        return out if code == 0 else err

    def heard(self, err: str, args: object) -> None:
        self.stderr.append(err)
        for sign in BAD_SIGNS:
            expect(sign not in err, f"{args}: {err}")


def unpackaged(place: Place, *args: object) -> str:
    """The same command by the program as it stands in this folder, with a home of its own."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RESNET_LENS_HOME": str(place.other_home),
        "QT_QPA_PLATFORM": "offscreen",
    }
    command = [sys.executable, "-m", "app", *map(str, args)]
    done = subprocess.run(command, cwd=place.desk, env=environment, capture_output=True, text=True, check=False)
    expect(done.returncode == 0, f"unpackaged {' '.join(map(str, args))}: {done.stderr}")
    return done.stdout


@contextlib.contextmanager
def placed(bundle: Path) -> Iterator[Place]:
    """The bundle read-only and elsewhere, an empty home, a desk to work on, a display; all undone afterwards."""
    with tempfile.TemporaryDirectory(prefix="smoke-", dir=bundle.parent) as folder, contextlib.ExitStack() as undo:
        base = Path(folder)
        base.chmod(0o755)
        moved = base / "Größe & Maß 日本" / bundle.name
        moved.parent.mkdir()
        bundle.rename(moved)
        undo.callback(moved.rename, bundle)
        before = snapshot(moved)
        set_writable(moved, False)
        undo.callback(set_writable, moved, True)
        for name in ("Zuhause", "Schreibtisch"):
            (base / name).mkdir()
            if as_nobody():
                os.chown(base / name, NOBODY, NOBODY)
        program = moved / ("resnet-lens.exe" if sys.platform == "win32" else "resnet-lens")
        display = undo.enter_context(x_server()) if shutil.which("Xvfb") else None
        yield Place(program, base / "Zuhause", base / "Schreibtisch", display)
        expect(snapshot(moved) == before, "the program changed its own folder")


def as_nobody() -> dict[str, Any]:
    """To root no folder is read-only: run the program as somebody else."""
    if os.name == "posix" and os.geteuid() == 0:
        return {"user": NOBODY, "group": NOBODY, "extra_groups": ()}
    return {}


def set_writable(folder: Path, writable: bool) -> None:
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            mode = stat.S_IMODE(path.stat().st_mode)
            path.chmod(mode | stat.S_IWUSR if writable else mode & ~0o222)


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    files = [path for path in folder.rglob("*") if not path.is_dir()]
    return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in files}


@contextlib.contextmanager
def x_server() -> Iterator[str]:
    """An X server without a screen; it says when it is ready."""
    read, write = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(write),
        "-screen",
        "0",
        "1600x1000x24",
        "-dpi",
        "96",
        "-nolisten",
        "tcp",
        "-ac",
    ]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as ready:
        number = ready.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


def until(process: subprocess.Popen[str], milestone: str) -> dict[str, float]:
    """Seconds from now, when the process was just started, to each of its milestones up to this one."""
    started, times = time.perf_counter(), dict[str, float]()
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("resnet-lens: "):
            name = line.strip().removeprefix("resnet-lens: ")
            times[name] = time.perf_counter() - started
            if name == milestone:
                return times
    _, err = process.communicate(timeout=WAIT_S)
    raise SmokeError(f"the program ended with {process.returncode} before “{milestone}”: {err}")


def tool(place: Place, *args: str) -> str:
    environment = {**os.environ, "DISPLAY": str(place.display)}
    done = subprocess.run(["xdotool", *args], env=environment, capture_output=True, text=True, timeout=60, check=False)
    expect(done.returncode == 0, f"xdotool {' '.join(args)}: {done.stderr}")
    return done.stdout.strip()


def photograph(display: str, target: Path) -> None:
    """Write what is on the screen to `target`, as soon as it no longer changes."""
    before, deadline = None, time.monotonic() + WAIT_S
    while before is None or target.read_bytes() != before:
        expect(time.monotonic() < deadline, "the window never comes to rest")
        before = target.read_bytes() if before is not None else b""
        command = ["import", "-display", display, "-window", "root", "-define", "png:exclude-chunks=date,time"]
        subprocess.run([*command, str(target)], check=True, timeout=WAIT_S)


def processes_of(program: Path) -> list[str]:
    """Processes that run from the program's folder. Linux; elsewhere none is found."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "exe").readlink().is_relative_to(program.parent):
                found.append(f"{process.name}: {(process / 'cmdline').read_bytes()!r}")
    return found
