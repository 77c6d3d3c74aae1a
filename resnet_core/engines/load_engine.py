"""A network on the best device there is, and a sentence where that is not the one that was wanted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from resnet_core.engines.base import DeviceError, Engine, Parameters, Precision
from resnet_core.engines.devices import Device, choose
from resnet_core.engines.openvino_engine import OpenVINOEngine
from resnet_core.engines.torch_engine import TorchEngine
from resnet_core.spec import ResNetSpec


@dataclass(frozen=True)
class Opened:
    """An engine, the device it is on, and what the user should know about the choice: one sentence, or None.

    `failed` are the devices that were tried before it.
    """

    engine: Engine
    device: Device
    notice: str | None = None
    failed: tuple[Device, ...] = ()


def open_engine(
    spec: ResNetSpec,
    parameters: Parameters,
    *,
    device: str = "auto",
    precision: Precision = "exact",
    cache_dir: Path | None = None,
    threads: int | None = None,
    failed: Collection[Device] = (),
) -> Opened:
    """An engine on `device` or, where that fails, on the next one that serves; `failed` are left out.

    `threads` of the CPU it may use; None: as many as help.

    Raises EngineError for a device nobody knows or parameters that do not fit, DeviceError when none serves.
    """
    candidates = [candidate for candidate in choose(device) if candidate not in failed]
    first_error: DeviceError | None = None
    tried: list[Device] = []
    for candidate in candidates:
        try:
            engine = _open(candidate, spec, parameters, precision, cache_dir, threads)
        except DeviceError as error:
            first_error = first_error or error
            tried.append(candidate)
            continue
        notice = None if first_error is None else serves_instead(first_error, candidate)
        return Opened(engine, candidate, notice, tuple(tried))
    raise first_error or DeviceError("No device is left that could run this network.")


def serves_instead(error: DeviceError, device: Device) -> str:
    """The sentence that tells which device failed, why, and what serves."""
    return f"{str(error).rstrip('.')}; {device.engine} on {device.name} serves instead."


def _open(
    device: Device,
    spec: ResNetSpec,
    parameters: Parameters,
    precision: Precision,
    cache_dir: Path | None,
    threads: int | None,
) -> Engine:
    if device.engine == "OpenVINO":
        return OpenVINOEngine(spec, parameters, device.id, precision, cache_dir=cache_dir, threads=threads)
    return TorchEngine(spec, parameters, device.id, precision, threads=threads)
