"""Where things are kept (design §10). Nothing here touches the disk: who writes a file makes its folder."""

from __future__ import annotations

import os
from pathlib import Path

HOME_VARIABLE = "RESNET_LENS_HOME"
_NAME = "ResNet Lens"


def _chosen_home() -> Path | None:
    chosen = os.environ.get(HOME_VARIABLE, "")
    return Path(chosen).expanduser().absolute() if chosen else None


def home() -> Path:
    """`RESNET_LENS_HOME` where it is set, else the system's folder for a program's data."""
    chosen = _chosen_home()
    if chosen is not None:
        return chosen
    import platformdirs  # here, because it costs time and is not needed where the variable is set

    return Path(platformdirs.user_data_dir(_NAME, appauthor=False))


def cache_dir() -> Path:
    """Compiled networks: may be deleted at any time. Inside `RESNET_LENS_HOME` where that is set."""
    chosen = _chosen_home()
    if chosen is not None:
        return chosen / "cache"
    import platformdirs

    return Path(platformdirs.user_cache_dir(_NAME, appauthor=False))


def weights_dir() -> Path:
    return home() / "weights"


def runs_dir() -> Path:
    return home() / "runs"


def datasets_dir() -> Path:
    return home() / "datasets"


def logs_dir() -> Path:
    return home() / "logs"


def settings_file() -> Path:
    return home() / "settings.json"
