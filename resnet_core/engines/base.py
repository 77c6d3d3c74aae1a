"""What every engine takes and gives, whatever runs underneath."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from resnet_core.blocks import stage_of
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
    `masks` multiply the channels of a stage's output (conv1, layer1, …), then `offsets` are added to them:
    `mask * maps + offset`, (C,) float32 each. Mask 1 and offset 0: as trained; mask 0: ablated, with offset 0 or the
    channel's mean in the place of the channel.
    """

    gates: Mapping[str, float] = field(default_factory=dict)
    masks: Mapping[str, Floats] = field(default_factory=dict)
    offsets: Mapping[str, Floats] = field(default_factory=dict)

    @property
    def gated_stages(self) -> frozenset[str]:
        """The stages with a block whose F is scaled."""
        return frozenset(stage_of(name) for name, gate in self.gates.items() if gate != 1.0)

    @property
    def stages(self) -> frozenset[str]:
        """The stages in which anything is changed."""
        masked = {name for name, mask in self.masks.items() if (mask != 1.0).any()}
        shifted = {name for name, offset in self.offsets.items() if (offset != 0.0).any()}
        return self.gated_stages | masked | shifted

    @property
    def changes_nothing(self) -> bool:
        return not self.stages

    def check(self, spec: ResNetSpec) -> None:
        """Raises EngineError where this does not fit the network."""
        blocks = {block.name: block for block in spec.blocks}
        for name in self.gates:
            if name not in blocks:
                raise EngineError(f"{spec.network} has no block “{name}”.")
            if not blocks[name].residual:
                raise EngineError(f"{spec.network} is a plain network: {name} has no shortcut to fall back on.")
        channels = stage_channels(spec)
        for what, arrays in (("A mask", self.masks), ("An offset", self.offsets)):
            for name, array in arrays.items():
                if name not in channels:
                    raise EngineError(f"{spec.network} has no stage “{name}”.")
                if array.shape != (channels[name],):
                    raise EngineError(f"{what} for {name} needs {channels[name]} numbers, not {array.shape}.")


@dataclass(frozen=True, eq=False)
class Start:
    """Where a run starts that leaves out the network's beginning: `maps` are taken for the output of `stage`.

    `maps` (N, C, H, W) float32, of any height and width. What an intervention changes up to `stage`, its own mask
    and offset included, is in them already; only what it changes later is carried out.
    """

    stage: str
    maps: Floats

    def check(self, spec: ResNetSpec) -> None:
        """Raises EngineError where this does not fit the network."""
        channels = stage_channels(spec)
        if self.stage not in channels:
            raise EngineError(f"{spec.network} has no stage “{self.stage}”.")
        shape = self.maps.shape
        if self.maps.ndim != 4 or shape[1] != channels[self.stage] or 0 in shape:
            raise EngineError(f"A run from {self.stage} on takes maps (N, {channels[self.stage]}, H, W), not {shape}.")


@dataclass(frozen=True, eq=False)
class Request:
    """One run: `images` (N, 3, H, W) float32, preprocessed; `outputs` the names wanted, from `spec.output_names`.

    With a `start`, `images` are None, and every output comes after the stage it starts from. `rough` allows a faster
    arithmetic than the engine's own; `Activations.rough` says whether there was one.

    A stage's output is what the next stage reads: after the last ReLU; conv1's before the max pool. A block's is
    after its ReLU; its `.residual` is F(x) and its `.shortcut` what F is added to (`spec.is_signed`: which go below 0);
    F is given as computed, before an intervention's gate; a block before, a stage after an intervention's mask and
    offset.
    """

    images: Floats | None
    outputs: tuple[str, ...] = ("logits",)
    intervention: Intervention | None = None
    start: Start | None = None
    rough: bool = False

    @property
    def input(self) -> Floats:
        """What goes in: the images, or the maps to start from. Only of a request that was checked."""
        array = self.images if self.start is None else self.start.maps
        assert array is not None
        return np.ascontiguousarray(array, np.float32)

    def check(self, spec: ResNetSpec) -> None:
        """Raises EngineError where this does not fit the network."""
        known = set(spec.output_names)
        for name in self.outputs:
            if name not in known:
                raise EngineError(f"{spec.network} has no output named “{name}”.")
        if not self.outputs:
            raise EngineError("A request names at least one output.")
        if (self.images is None) == (self.start is None):
            raise EngineError("A request has either images or a stage to start from.")
        if self.start is not None:
            self.start.check(spec)
            after = outputs_after(spec, self.start.stage)
            for name in self.outputs:
                if name not in after:
                    raise EngineError(f"A run from {self.start.stage} on does not come by “{name}”.")
        elif self.images is not None and (self.images.ndim != 4 or self.images.shape[1] != 3 or 0 in self.images.shape):
            raise EngineError(f"An engine takes images as (N, 3, H, W), not {self.images.shape}.")
        if self.intervention is not None:
            self.intervention.check(spec)


def stage_channels(spec: ResNetSpec) -> dict[str, int]:
    """How many channels each stage's output has, conv1 first."""
    return {"conv1": spec.stem_conv.out_channels, **{stage.name: stage.out_channels for stage in spec.stages}}


def check_maps(spec: ResNetSpec, output: str, channel: int = 0) -> None:
    """Raises EngineError where the network has no such maps, or the maps no such channel."""
    if output not in spec.output_names or output == "logits":
        raise EngineError(f"{spec.network} has no maps named “{output}”.")
    channels = spec.channels_of(output)
    if not 0 <= channel < channels:
        raise EngineError(f"{output} of {spec.network} has the channels 0 to {channels - 1}, none numbered {channel}.")


def outputs_after(spec: ResNetSpec, stage: str) -> tuple[str, ...]:
    """The outputs that a run from the output of `stage` on comes by, in order of depth."""
    return spec.output_names[spec.output_names.index(stage) + 1 :]


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
    rough: bool = False  # in a faster arithmetic than the engine's own, which the request allowed


Run = Callable[[Request], Activations]
"""Asks a network: what measures it takes this, not an engine."""


class Engine(Protocol):
    """A network on a device, ready to run. Not for two threads at once, but one may `prepare` while another runs."""

    def run(self, request: Request) -> Activations:
        """Raises EngineError."""
        ...

    def prepare(self, request: Request) -> None:
        """Has ready what the first `run` of such a request would wait for; returns at once where it is.

        Of the request the shapes and names count, not the numbers. Raises EngineError.
        """
        ...

    def close(self) -> None: ...
