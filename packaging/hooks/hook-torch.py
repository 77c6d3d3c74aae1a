"""PyInstaller: torch, for the worker process of the torch engine and for training.

It takes the place of the community's hook, which imports all of torch to list its modules (a minute), and collects
its tests, its programs and what only its compilers read.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from pathlib import Path

import contents

_SPEC = PathFinder.find_spec("torch")
_FOLDER = Path(_SPEC.origin).parent
_SITE = _FOLDER.parent

# Tests of torch's own, and its doors to programs that are not bundled.
_LEFT_OUT = (
    *("torch.utils.tensorboard", "torch.utils.benchmark", "torch.utils.hipify", "torch.utils.bottleneck"),
    *("torch.onnx", "torch.contrib", "torch._inductor.codegen.cutlass", "torch._inductor.codegen.rocm"),
    *("torch.testing._internal.distributed", "torch.testing._internal.opinfo", "torch.testing._internal.codegen"),
    *("torch.testing._internal.generated", "torch.testing._internal.test_module", "torch.testing._internal.optests"),
)


def _modules() -> list[str]:
    """By their files, without importing any: torch imports many of its own only when they are first used."""
    found = []
    for file in sorted(_FOLDER.rglob("*.py")):
        parts = file.relative_to(_SITE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if all(part.isidentifier() for part in parts) and not contents.is_in(name, _LEFT_OUT):
            found.append(name)
    return found


def _libraries() -> list[tuple[str, str]]:
    """Torch's and, on Linux, NVIDIA's, in the folders where they look for each other."""
    suffix = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
    files = [file for file in (_FOLDER / "lib").iterdir() if suffix in file.suffixes or suffix in file.name]
    files += [file for file in (_SITE / "nvidia").glob("*/lib/*.so*") if sys.platform.startswith("linux")]
    named = [(file, file.relative_to(_SITE)) for file in files if file.is_file()]
    return [(str(file), str(name.parent)) for file, name in named if contents.is_wanted(str(name))]


hiddenimports = _modules()
excludedimports = list(_LEFT_OUT)
binaries = _libraries()
binaries += [(str(file), "torch/bin") for file in (_FOLDER / "bin").glob("torch_shm_manager*")]  # looked for by import
datas = [(str(_FOLDER / "version.py"), "torch")]  # resnet_core.engines.devices reads there what torch was built for
module_collection_mode = "pyz+py"  # torch reads its own sources: configurations, and functions for TorchScript
warn_on_missing_hiddenimports = False
bindepend_symlink_suppression = ["**/torch/lib/*", "**/nvidia/*/lib/*"]
