"""No thread but the GUI's is the first to import a part of PyQt: while one is loaded, a window can crash."""

from __future__ import annotations

import subprocess
import sys

WHAT_A_THREAD_IMPORTS = """
import sys
from app import main_window, qt_parts
qt_parts.load_for_pyqtgraph()
from app.training import training
from app.degradation import degradation
def parts():
    return {name for name, module in sys.modules.items() if name.startswith("PyQt5.Qt") and module.__file__}
before = parts()
training._load(None)
degradation._load(None)
assert "pyqtgraph" in sys.modules
print(sorted(parts() - before))
"""


def test_what_draws_the_curves_brings_no_new_part() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WHAT_A_THREAD_IMPORTS], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout == "[]\n"
