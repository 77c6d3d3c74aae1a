"""What is loaded before the window is on screen: nothing that takes long. That comes later, or in another process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Each takes between 0.02 and 3 s, and is needed for the first picture, for a download or for another process.
HEAVY = {
    *("numpy", "torch", "torchvision", "openvino", "safetensors", "scipy", "matplotlib", "pandas"),
    *("ssl", "http", "urllib.request", "asyncio", "multiprocessing", "concurrent.futures.process", "sqlite3"),
    *("certifi", "truststore", "filelock", "unittest", "pkg_resources", "setuptools"),
    *("PyQt5.QtQml", "PyQt5.QtQuick", "PyQt5.QtTest", "PyQt5.QtPrintSupport", "PyQt5.QtWebEngineWidgets"),
}

# Of our own: what is imported when it is asked for, each in the method that asks.
LATER = {
    *("app.session_file", "app.results_export", "app.class_folders", "app.instruments.export"),
    *("app.widgets.results_table", "app.training.room", "app.degradation.lab", "app.fetch", "csv", "html"),
    *("resnet_core.weights.importing", "resnet_core.weights.torch_export", "resnet_core.analysis"),
}

AT_THE_FIRST_PAINT = """
import json, sys
import app.program
from PyQt5.QtWidgets import QApplication
def told(milestone):
    print(json.dumps(sorted(sys.modules)), flush=True)
    QApplication.instance().exit(0)
app.program.trace = told
from app.__main__ import main
sys.exit(main(json.loads(sys.argv[1])))
"""
AFTER_A_COMMAND = """
import contextlib, io, json, sys
from app.__main__ import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main(json.loads(sys.argv[1]))
print(json.dumps(sorted(sys.modules)), flush=True)
"""


def loaded(script: str, args: list[str]) -> set[str]:
    """Names of the modules that a process running `script` had in the end."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", script, json.dumps(args)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("with_picture", [False, True])
def test_nothing_heavy_is_imported_before_the_first_paint(with_picture):
    picture = [str(ROOT / "resources" / "samples" / "airplane.jpg")] if with_picture else []
    modules = loaded(AT_THE_FIRST_PAINT, ["--new-window", *picture])
    assert "PyQt5.QtWidgets" in modules
    assert not modules & HEAVY
    assert not modules & LATER
    assert {name for name in modules if name.startswith("app.dialogs.")} == {"app.dialogs.error_dialog"}


def test_the_command_line_loads_no_window_and_no_torch():
    modules = loaded(AFTER_A_COMMAND, ["classify", "--json", str(ROOT / "resources" / "samples" / "airplane.jpg")])
    assert "openvino" in modules
    assert not {name for name in modules if name.split(".")[0] in ("torch", "torchvision", "PyQt5")}


@pytest.mark.parametrize("args", [["--version"], ["describe", "resnet18"]])
def test_a_question_loads_next_to_nothing(args):
    modules = loaded(AFTER_A_COMMAND, args)
    assert not modules & (HEAVY | {"PyQt5.QtCore"})
