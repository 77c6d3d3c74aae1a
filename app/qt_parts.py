"""Parts of PyQt that are not there from the start, loaded where that is safe.

While one is loaded, what it knows is half there, and Python may switch threads: a window that asks PyQt for a type in
that moment crashes. So no thread but the GUI's may be the first to import one.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

OF_PYQTGRAPH = ("PyQt5.QtSvg", "PyQt5.QtTest")


def load_for_pyqtgraph() -> None:
    """Call this in the GUI thread before another one imports pyqtgraph. It takes 1 ms."""
    for name in OF_PYQTGRAPH:
        with suppress(ImportError):  # the package leaves QtTest out, and pyqtgraph can do without
            import_module(name)
