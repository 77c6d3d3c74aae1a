#!/usr/bin/env python3
"""Everything a developer does here, with nothing but Python installed: setup, run, test, lint, bench.

python3 dev.py run [PATH…]     set up, then open the window (no display: draw it off-screen and say where)
python3 dev.py test [ARGS…]    set up, then lint, types and tests (with ARGS: only `pytest ARGS`)
python3 dev.py lint            ruff, mypy and the import rules
python3 dev.py bench [NAME…]   measure the promises of the README against peers, as Markdown
python3 dev.py docs [NAME…]    draw the pictures of the documents, and run their commands, anew
python3 dev.py translate       bring the translations in line with the sources, and compile them
python3 dev.py package [ARGS…] make the program that needs no Python (--help says more), --smoke: and try it
python3 dev.py setup           only set up
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
SAMPLE = ROOT / "resources" / "samples" / "airplane.jpg"

# What Qt's X11 plugin and network library open at run time, and the Debian package each library comes in.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
TEST_PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool", "import": "imagemagick", "xclip": "xclip"}
BUILD_PROGRAMS = {"cc": "gcc", "objcopy": "binutils"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["run", "test", "lint", "bench", "docs", "translate", "package", "setup"])
    parser.add_argument("args", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if sys.version_info < (3, 11):
        sys.exit(f"ResNet Lens needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    commands = {"run": run, "test": test, "lint": lint, "bench": bench, "docs": docs, "translate": translate}
    return {**commands, "package": package, "setup": prepare}[options.command](options.args)


# -- the commands ------------------------------------------------------------------------------------------------------


def run(args: list[str]) -> int:
    setup("torch")
    # The program runs in this project's folder, not in the one the paths were written in.
    paths = [str(Path(arg).absolute()) if os.path.lexists(arg) else arg for arg in args] or [str(SAMPLE)]
    if has_display():
        return call(PYTHON, "-m", "app", *paths)
    picture = ROOT / "output" / "window.png"
    picture.parent.mkdir(exist_ok=True)
    status = call(PYTHON, "-m", "app", "screenshot", paths[0], picture, env={"QT_QPA_PLATFORM": "offscreen"})
    if status == 0:
        print(f"There is no display here, so the window was drawn off-screen: {picture}")
        call(PYTHON, "-m", "app", "classify", paths[0])
    return status


def test(args: list[str]) -> int:
    setup("dev")
    # One thread for each of the two processes: more would only wait for each other on a small machine.
    env = {"OMP_NUM_THREADS": "1", "QT_QPA_PLATFORM": "offscreen", "PYTHONFAULTHANDLER": "1"}
    if args:
        return call(PYTHON, "-m", "pytest", *args, env=env)
    return lint([]) or call(PYTHON, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", env=env)


def lint(args: list[str]) -> int:
    setup("dev")
    steps = [
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "mypy"],
        ["-c", "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"],
    ]
    return max(call(PYTHON, *step, *args) for step in steps)


def bench(args: list[str]) -> int:
    setup("dev")
    scripts = sorted((ROOT / "benchmarks").glob("*.py"))
    chosen = [script for script in scripts if not args or script.stem in args]
    if not chosen:
        sys.exit(f"There is no such benchmark. Known: {', '.join(script.stem for script in scripts)}.")
    return max(call(PYTHON, script) for script in chosen)


def docs(args: list[str]) -> int:
    setup("torch")
    return call(PYTHON, ROOT / "docs" / "draw.py", *args)


def translate(args: list[str]) -> int:
    setup("torch")
    return call(PYTHON, ROOT / "resources" / "translations" / "update.py", *args)


def package(args: list[str]) -> int:
    setup("dev")
    return call(PYTHON, ROOT / "packaging" / "build.py", *args)


def prepare(args: list[str]) -> int:
    setup("dev")
    return 0


# -- setting up --------------------------------------------------------------------------------------------------------


def setup(flavour: str) -> None:
    """Make `.venv` hold what `flavour` of pyproject.toml names; a second call costs nothing."""
    if sys.platform.startswith("linux"):
        install_system_packages(TEST_PROGRAMS | BUILD_PROGRAMS if flavour == "dev" else {})
    stamp = VENV / "resnet-lens.stamp"
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    done = stamp.read_text().split() if stamp.exists() else []
    if done[:1] != [wanted] or (flavour not in done and "dev" not in done):
        if PYTHON.exists() and not has_pip():  # one made by another tool, or cut short
            call(PYTHON, "-m", "ensurepip")
        if not has_pip():
            print(f"Making {VENV} …", flush=True)
            venv.create(VENV, clear=True, with_pip=True)
        print("Installing what pyproject.toml names (torch is large: this can take some minutes) …", flush=True)
        command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", f"{ROOT}[{flavour}]"]
        if call(*command, env={"PYTHONWARNINGS": "ignore"}):  # setuptools warns of what an editable install is
            sys.exit("pip could not install the packages; its message is above.")
        stamp.write_text("\n".join([wanted, flavour]))


def has_pip() -> bool:
    """Whether `.venv` was made to its end: pip comes last."""
    return PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0


def install_system_packages(programs: dict[str, str]) -> None:
    """Qt's libraries, what makes `.venv`, and `programs` come from the system: install what is missing, or say how."""
    packages = [package for library, package in QT_LIBRARIES.items() if not can_load(library)]
    packages += [package for program, package in programs.items() if not shutil.which(program)]
    if importlib.util.find_spec("ensurepip") is None and not has_pip():  # Debian keeps it in a package of its own
        packages.insert(0, f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if not packages:
        return
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") and os.geteuid() == 0:
        env = {"DEBIAN_FRONTEND": "noninteractive"}
        print(f"Installing system packages: {' '.join(packages)} …", flush=True)
        if call("apt-get", "update", "-qq", env=env) == 0 and call(*line.split(), "-qq", env=env) == 0:
            return
    sys.exit(f"Some of the system's packages are missing. This line installs them:\n\n    sudo {line}\n")


def can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_display() -> bool:
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def call(*command: object, env: dict[str, str] | None = None) -> int:
    """Run a command in the project's folder; its exit code."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, env={**os.environ, **(env or {})}).returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
