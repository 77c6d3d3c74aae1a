"""The build's own modules lie in a folder that is no package: `packaging` is the name of one that pip installs."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))
