"""What this computer can run a network on, found without importing torch; and in which order to try it.

OpenVINO tells what it has. For torch there are hints, in milliseconds: how the installed torch was built, and the
driver's files. Whether a hinted device works, only torch itself can say: `list_devices(probe_torch=True)` asks the
worker process, which takes seconds.
"""

from __future__ import annotations

import importlib.util
import platform
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from resnet_core.engines.base import DeviceError
from resnet_core.engines.messages import Message
from resnet_core.engines.openvino_engine import arithmetic
from resnet_core.engines.openvino_runtime import new_core
from resnet_core.engines.worker_process import WorkerLostError, WorkerProcess
from resnet_core.errors import EngineError

EngineName = Literal["OpenVINO", "torch"]

ORDER = ("cuda", "mps", "xpu", "gpu", "cpu")
"""The kinds of devices `auto` tries, best first. xpu and gpu are Intel's: by torch and by OpenVINO."""

PROBE_TIMEOUT_S = 120.0

NVIDIA_GPUS = Path("/proc/driver/nvidia/gpus")
AMD_COMPUTE = Path("/dev/kfd")
WSL_GPU = Path("/dev/dxg")


@dataclass(frozen=True)
class Device:
    """Something a network can run on. `precisions`: the arithmetic it has, "f32" first."""

    id: str  # "cpu", "gpu", "gpu.1", "cuda:0", "mps", "xpu"
    engine: EngineName
    name: str  # for people: "Intel Xeon Processor"
    precisions: tuple[str, ...]

    @property
    def kind(self) -> str:
        return _kind(self.id)


def list_devices(probe_torch: bool = False) -> tuple[Device, ...]:
    """What is here, best first; the CPU is always last. With `probe_torch`, torch's devices are confirmed by torch."""
    devices = [*(_probed_torch() if probe_torch else _hinted_torch()), *_openvino()]
    if not any(device.id == "cpu" for device in devices):
        devices.append(_torch_cpu())
    return tuple(sorted(devices, key=lambda device: ORDER.index(device.kind)))


def choose(wanted: str = "auto") -> tuple[Device, ...]:
    """The devices to try for `wanted`, in order: that device, then what replaces it; the CPU is always last.

    `wanted` is "auto", a device's id, or a kind ("cuda": the first of them). A device that is not known to be here is
    still tried when it is asked for: hints can miss one. Raises EngineError for a word that names no device.
    """
    here = list_devices()
    fallback = (*(device for device in here if device.kind == "cpu"), *_second_cpu(here))
    if wanted == "auto":
        return (*(device for device in here if device.kind != "cpu"), *fallback)
    name = wanted.strip().lower()
    name = "gpu" if name == "gpu.0" else name  # as it is listed
    if name == "cpu":
        return fallback
    found = [device for device in here if name in (device.id, device.kind)]
    if found:
        return (found[0], *fallback)
    if not re.fullmatch(r"cuda(:\d+)?|xpu(:\d+)?|mps|gpu(\.\d+)?", name):
        known = ", ".join(["auto", *(device.id for device in here)])
        raise EngineError(f"There is no device named “{wanted}”. This computer has: {known}.")
    engine: EngineName = "OpenVINO" if _kind(name) == "gpu" else "torch"
    return (Device("cuda:0" if name == "cuda" else name, engine, name, ("f32",)), *fallback)


@cache
def cpu_name() -> str:
    """The processor as people know it, e.g. "AMD Ryzen 7 5800X"; "CPU" where the system does not tell."""
    try:
        name = str(new_core().get_property("CPU", "FULL_DEVICE_NAME"))
    except (DeviceError, RuntimeError):
        name = platform.processor()
    return tidy(name) or "CPU"


def tidy(name: str) -> str:
    """A product name without trade marks, core counts and clock rates."""
    name = re.sub(r"\((R|TM|C)\)|®|™", " ", name, flags=re.IGNORECASE)
    name = re.sub(r"\b(\d+-Core Processor|CPU)\b|@.*|\((i|d)GPU\)", " ", name)
    return " ".join(name.split())


@cache
def torch_build() -> str | None:
    """What the installed torch was built for: "cuda", "rocm", "xpu", "cpu"; "" if it does not say, None: no torch."""
    spec = importlib.util.find_spec("torch")
    if spec is None or not spec.submodule_search_locations:
        return None
    try:
        source = Path(spec.submodule_search_locations[0], "version.py").read_text(encoding="utf-8")
    except OSError:
        return ""
    built = dict(re.findall(r"^(cuda|hip|xpu)\b[^=\n]*=\s*(.+?)\s*$", source, flags=re.MULTILINE))
    for key, build in (("hip", "rocm"), ("cuda", "cuda"), ("xpu", "xpu")):
        if built.get(key, "None") != "None":
            return build
    return "cpu"


def _openvino() -> list[Device]:
    try:
        core = new_core()
        names = list(core.available_devices)
    except (DeviceError, RuntimeError):
        return []
    devices = []
    for name in names:
        if name.split(".")[0] not in ("CPU", "GPU"):
            continue  # an NPU runs another kind of network
        try:
            capabilities = list(core.get_property(name, "OPTIMIZATION_CAPABILITIES"))
            title = tidy(str(core.get_property(name, "FULL_DEVICE_NAME")))
        except RuntimeError:
            continue
        id_ = name.lower().removesuffix(".0")
        devices.append(Device(id_, "OpenVINO", title, tuple(dict.fromkeys(("f32", arithmetic(capabilities))))))
    return devices


def _hinted_torch() -> list[Device]:
    build = torch_build()
    if build is None or build == "cpu":
        return [_apple()] if build == "cpu" and _is_apple() else []
    if build in ("cuda", ""):
        return [_gpu(index, title) for index, title in enumerate(_nvidia_names())]
    if build == "rocm":
        return [_gpu(0, "AMD GPU")] if AMD_COMPUTE.exists() else []
    return [Device("xpu", "torch", "Intel GPU", ("f32", "bf16"))] if _has_intel_gpu() else []


def _gpu(index: int, title: str) -> Device:
    return Device(f"cuda:{index}", "torch", title, ("f32", "bf16"))


def _apple() -> Device:
    return Device("mps", "torch", "Apple GPU", ("f32", "f16"))


def _is_apple() -> bool:
    return sys.platform == "darwin" and platform.machine() == "arm64"


def _nvidia_names() -> list[str]:
    """The NVIDIA cards a driver has claimed: by name on Linux; on Windows and WSL only whether there is a driver."""
    if sys.platform == "win32":
        return ["NVIDIA GPU"] if Path("C:/Windows/System32/nvcuda.dll").exists() else []
    names = []
    for file in sorted(NVIDIA_GPUS.glob("*/information")):
        try:
            model = re.search(r"Model:\s*(.+)", file.read_text(errors="replace"))
        except OSError:
            continue
        names.append(model[1].strip() if model else "NVIDIA GPU")
    if not names and WSL_GPU.exists() and Path("/usr/lib/wsl/lib/libcuda.so.1").exists():
        names.append("NVIDIA GPU")
    return names


def _has_intel_gpu() -> bool:
    return any(device.kind == "gpu" for device in _openvino())


@cache
def _probed_torch() -> tuple[Device, ...]:
    """torch's devices but its CPU, as torch itself sees them; none where it is missing or does not answer."""
    if torch_build() is None:
        return ()
    try:
        worker = WorkerProcess()
        try:
            found = worker.ask(Message({"do": "devices"}), timeout_s=PROBE_TIMEOUT_S).header["devices"]
        finally:
            worker.close()
    except (DeviceError, WorkerLostError):
        return ()
    return tuple(
        Device(str(row["id"]), "torch", tidy(str(row["name"])), tuple(row["precisions"]))
        for row in found
        if row["id"] != "cpu"
    )


def _torch_cpu() -> Device:
    return Device("cpu", "torch", cpu_name(), ("f32",))


def _second_cpu(here: tuple[Device, ...]) -> tuple[Device, ...]:
    """torch on the CPU, for when OpenVINO, which serves the CPU, fails there."""
    served = any(device.id == "cpu" and device.engine == "OpenVINO" for device in here)
    return (_torch_cpu(),) if served and torch_build() is not None else ()


def _kind(id_: str) -> str:
    return re.split(r"[:.]", id_)[0]
