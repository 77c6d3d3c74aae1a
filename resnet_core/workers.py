"""Our own worker processes: what they are called and how one is started, from source or from a packaged program.

A worker is a process of this program that does what must not take the window along: torch with its drivers, a
weights file nobody has vouched for. It talks over its stdin and stdout, and ends when its stdin does, so it can't
outlive its parent; only a training that is started detached shall. Workers are spawned, never forked: Qt and OpenMP
do not survive a fork.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

WORKERS: Mapping[str, str] = {
    "torch-engine": "resnet_core.engines.torch_worker",
    "checkpoint-reader": "resnet_core.weights.checkpoint_worker",
    "trainer": "resnet_core.training.__main__",
    "degradation-lab": "resnet_core.training.degradation_lab",
}
"""Every worker there is: its name on the command line, and the module whose `main(args) -> exit code` it runs."""

WORKER_SWITCH = "--worker"
"""How a packaged program is told to be a worker: `resnet-lens --worker NAME ARGS…`."""


def worker_command(name: str, *args: str) -> list[str]:
    """The command line that starts worker `name`. Raises KeyError for a name that is not in `WORKERS`."""
    module = WORKERS[name]
    if getattr(sys, "frozen", False):
        return [_packaged_program(), WORKER_SWITCH, name, *args]
    return [sys.executable, "-m", module, *args]


def start_worker(
    name: str, *args: str, stderr: int | IO[bytes] = subprocess.DEVNULL, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Starts worker `name` with pipes on its stdin and stdout, in a process group of its own.

    Of its own, so that Ctrl+C in a terminal reaches the parent, which then ends the worker in order. `environment`
    is added to this process's. Raises OSError when the process can't be started.
    """
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return subprocess.Popen(
        worker_command(name, *args),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env=_environment() | dict(environment or {}),
        start_new_session=os.name == "posix",
        creationflags=flags,
    )


def start_detached(name: str, *args: str, log: Path) -> subprocess.Popen[bytes]:
    """Starts worker `name` so that it goes on when this process ends, however it ends.

    It has no stdin and no stdout, and writes its stderr to the end of the file `log`. Raises OSError.
    """
    flags = [0]
    if sys.platform == "win32":
        alone = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        # Out of the job of whoever started us, where that is allowed: some end all processes of theirs together.
        flags = [alone | subprocess.CREATE_BREAKAWAY_FROM_JOB, alone]
    while True:
        try:
            with log.open("ab") as stderr:
                return subprocess.Popen(
                    worker_command(name, *args),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=stderr,
                    env=_environment(),
                    start_new_session=os.name == "posix",
                    creationflags=flags.pop(0),
                )
        except PermissionError:
            if not flags:
                raise


def run_worker(name: str, args: Sequence[str]) -> int:
    """Is worker `name`, in this process: what `resnet-lens --worker NAME ARGS…` calls. Gives the exit code."""
    if name not in WORKERS:
        sys.stderr.write(f"There is no worker named “{name}”.\n")
        return 2
    return int(importlib.import_module(WORKERS[name]).main(list(args)))


def _packaged_program() -> str:
    """This executable; on Windows the one with a console, for the other one has neither stdin nor stdout."""
    program = Path(sys.executable)
    return str(program.with_name(program.name.replace("-gui.exe", ".exe")))


def _environment() -> dict[str, str]:
    """This process's environment, with the folder of this package on Python's path and the current folder off it.

    `python -m` looks for modules in the current folder first: a `torch.py` lying beside somebody's photos would run.
    """
    environment = dict(os.environ)
    source = str(Path(__file__).resolve().parent.parent)
    inherited = environment.get("PYTHONPATH")
    environment["PYTHONPATH"] = os.pathsep.join([source, inherited] if inherited else [source])
    environment["PYTHONSAFEPATH"] = "1"
    environment["PYTHONUTF8"] = "1"
    return environment
