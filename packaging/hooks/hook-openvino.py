"""PyInstaller: OpenVINO's runtime, whose plugins no analysis finds: they are loaded by name. There is no other hook."""

from __future__ import annotations

from pathlib import Path

import contents
from PyInstaller.utils.hooks import get_package_paths

_FOLDER = Path(get_package_paths("openvino")[1])

binaries = [
    (str(file), "openvino/libs")
    for file in (_FOLDER / "libs").iterdir()
    if file.is_file() and contents.is_wanted(f"openvino/libs/{file.name}")
]
hiddenimports = [f"openvino.opset{number}" for number in range(1, 18)]
bindepend_symlink_suppression = ["**/openvino/libs/*"]
