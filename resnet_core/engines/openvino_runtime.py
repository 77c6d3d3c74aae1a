"""The one place that imports OpenVINO: its runtime, without the model converter and its telemetry.

`import openvino` also imports `openvino.tools.ovc`, the converter, which sends a message to an analytics server as
soon as it is imported, where `openvino_telemetry` is installed. Nobody asked for that; and without the converter the
import takes a third of the time (0.07 s instead of 0.23 s).
"""

from __future__ import annotations

import importlib
import sys
import threading
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from resnet_core.engines.base import DeviceError

if TYPE_CHECKING:
    import openvino

CONVERTER = "openvino.tools.ovc"

_importing = threading.Lock()


def load_openvino() -> ModuleType:
    """The `openvino` module. Raises DeviceError when it is missing or can't be loaded on this computer."""
    with _importing:
        blocked = "openvino" not in sys.modules and CONVERTER not in sys.modules
        if blocked:
            sys.modules[CONVERTER] = cast(ModuleType, None)  # Python's own sign for "this import fails"
        try:
            return importlib.import_module("openvino")
        except (ImportError, OSError, RuntimeError) as error:
            raise DeviceError(f"OpenVINO can't be used on this computer: {reason(error)}") from error
        finally:
            if blocked:
                del sys.modules[CONVERTER]


def new_core() -> openvino.Core:
    """OpenVINO's entry point. Raises DeviceError as `load_openvino` does."""
    runtime: Any = load_openvino()
    try:
        core: openvino.Core = runtime.Core()
    except (OSError, RuntimeError) as error:
        raise DeviceError(f"OpenVINO can't be used on this computer: {reason(error)}") from error
    return core


def reason(error: BaseException) -> str:
    """The cause in an error of OpenVINO's: its last line. The lines before are places in its source code."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__
