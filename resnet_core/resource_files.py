"""Where the files that come with the program are: label lists, the bundled weights, icons, samples."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def resource_dir() -> Path:
    """The `resources` folder: beside the packages in a clone and where pip installs, unpacked in a packaged program."""
    unpacked = getattr(sys, "_MEIPASS", None)
    return (Path(unpacked) if unpacked else Path(__file__).resolve().parent.parent) / "resources"
