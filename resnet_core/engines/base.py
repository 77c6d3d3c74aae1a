"""What every engine takes and gives, whatever runs underneath."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from resnet_core.errors import EngineError
from resnet_core.spec import ResNetSpec

Precision = Literal["exact", "fast"]
Floats = NDArray[np.float32]
Parameters = Mapping[str, Floats]
"""Arrays by state-dict name, contiguous float32, exactly the names of `ResNetSpec.parameter_shapes`."""


class DeviceError(EngineError):
    """The device failed, not the request: out of memory, gone, crashed, not usable here. Another one may serve."""


@dataclass(frozen=True)
class Intervention:
    """A change made to the network while it runs.

    `gates` scale the residual branch of a block: `y = relu(gate * F(x) + shortcut(x))`, 0 = bypass F, 1 = as trained.
    `masks` multiply the channels of a stage's output (conv1, layer1, …): (C,) float32, 1 = as trained, 0 = ablated.
    """

    gates: Mapping[str, float] = field(default_factory=dict)
    masks: Mapping[str, Floats] = field(default_factory=dict)

    @property
    def changes_nothing(self) -> bool:
        gates_open = all(gate == 1.0 for gate in self.gates.values())
        return gates_open and all(bool((mask == 1.0).all()) for mask in self.masks.values())

    def check(self, spec: ResNetSpec) -> None:
        """Raises EngineError where this does not fit the network."""
        blocks = {block.name: block for block in spec.blocks}
        for name in self.gates:
            if name not in blocks:
                raise EngineError(f"{spec.network} has no block “{name}”.")
            if not blocks[name].residual:
                raise EngineError(f"{spec.network} is a plain network: {name} has no shortcut to fall back on.")
        channels = {"conv1": spec.stem_conv.out_channels, **{stage.name: stage.out_channels for stage in spec.stages}}
        for name, mask in self.masks.items():
            if name not in channels:
                raise EngineError(f"{spec.network} has no stage “{name}”.")
            if mask.shape != (channels[name],):
                raise EngineError(f"A mask for {name} needs {channels[name]} numbers, not {mask.shape}.")


@dataclass(frozen=True)
class Request:
    """One run: `images` (N, 3, H, W) float32, preprocessed; `outputs` the names wanted, from `spec.output_names`.

    A stage's output is what the next stage reads: after the last ReLU; conv1's before the max pool. A block's is
    after its ReLU; its `.residual` is F(x) and its `.shortcut` what F is added to (`spec.is_signed`: which go below 0);
    F is given as computed, before an intervention's gate; a block before, a stage after an intervention's mask.
    """

    images: Floats
    outputs: tuple[str, ...] = ("logits",)
    intervention: Intervention | None = None

    def check(self, spec: ResNetSpec) -> None:
        """Raises EngineError where this does not fit the network."""
        known = set(spec.output_names)
        for name in self.outputs:
            if name not in known:
                raise EngineError(f"{spec.network} has no output named “{name}”.")
        if not self.outputs:
            raise EngineError("A request names at least one output.")
        if self.images.ndim != 4 or self.images.shape[1] != 3 or 0 in self.images.shape:
            raise EngineError(f"An engine takes images as (N, 3, H, W), not {self.images.shape}.")
        if self.intervention is not None:
            self.intervention.check(spec)


@dataclass(frozen=True)
class Activations:
    """What came out: "logits" (N, classes) and maps (N, C, H, W), all float32 and owned by this object.

    `elapsed_ms` is the run itself, without decoding, preprocessing or compiling.
    """

    outputs: Mapping[str, Floats]
    elapsed_ms: float
    engine: str  # "OpenVINO" or "torch"
    device: str  # the id of a devices.Device: "cpu", "gpu", "cuda:0", "mps", "xpu"
    precision: str  # the arithmetic used: "f32", "bf16", "f16"
    notice: str | None = None  # a sentence for the user, e.g. that a worker had to be started again


class Engine(Protocol):
    """A network on a device, ready to run. Not for two threads at once."""

    def run(self, request: Request) -> Activations:
        """Raises EngineError."""
        ...

    def close(self) -> None: ...
