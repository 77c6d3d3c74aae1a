"""A network of the torch engine on its device: how its numbers get there, and what it computes on the way.

Plain functions that take their device, so a test can place them on a GPU that is not there (torch's FakeTensorMode).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor

from resnet_core.engines.base import Floats
from resnet_core.resnet import ResNet, build
from resnet_core.spec import ResNetSpec


def load(spec: ResNetSpec, parameters: Mapping[str, Floats], device: torch.device) -> ResNet:
    """The network on `device`, in evaluation mode; channels-last on a GPU, whose convolutions are faster so."""
    return fill(skeleton(spec), parameters, device)


def skeleton(spec: ResNetSpec) -> ResNet:
    """The network without numbers: no memory and no random initialisation for what is replaced at once."""
    with torch.device("meta"):
        return build(spec)


def fill(network: ResNet, parameters: Mapping[str, Floats], device: torch.device) -> ResNet:
    """Gives a skeleton its parameters, each placed on `device`."""
    state = {name: to_device(array, device) for name, array in parameters.items()}
    network.load_state_dict(state, assign=True)
    return network.eval().requires_grad_(False)


def to_device(array: Floats, device: torch.device) -> Tensor:
    """A copy of `array` on `device`; by way of pinned memory for CUDA, which then copies without waiting."""
    tensor = torch.from_numpy(np.ascontiguousarray(array))
    layout = torch.channels_last if tensor.ndim == 4 and device.type != "cpu" else torch.contiguous_format
    if device.type != "cuda":
        return tensor.to(device, copy=True, memory_format=layout)
    pinned = torch.empty(tensor.shape, dtype=tensor.dtype, pin_memory=True, memory_format=layout)
    return pinned.copy_(tensor).to(device, non_blocking=True)


def to_host(outputs: Mapping[str, Tensor], device: torch.device) -> dict[str, Tensor]:
    """Float32 copies in the CPU's memory, contiguous. From CUDA they travel together and are waited for once."""
    if device.type != "cuda":
        return {name: tensor.float().contiguous().cpu() for name, tensor in outputs.items()}
    arrived = {name: torch.empty(tensor.shape, pin_memory=True) for name, tensor in outputs.items()}
    for name, tensor in outputs.items():
        arrived[name].copy_(tensor.float(), non_blocking=True)
    torch.cuda.synchronize(device)
    return arrived


@dataclass(frozen=True)
class Change:
    """An intervention (see `base.Intervention`) whose numbers are on the device."""

    gates: Mapping[str, float] = field(default_factory=dict)
    masks: Mapping[str, Tensor] = field(default_factory=dict)
    offsets: Mapping[str, Tensor] = field(default_factory=dict)

    def apply(self, stage: str, maps: Tensor) -> Tensor:
        if stage in self.masks:
            maps = maps * self.masks[stage].view(1, -1, 1, 1)
        return maps + self.offsets[stage].view(1, -1, 1, 1) if stage in self.offsets else maps


def activations(
    network: ResNet, images: Tensor, outputs: Sequence[str], change: Change, start: str | None = None
) -> dict[str, Tensor]:
    """Every output of `outputs` (see `base.Request`), as the network computes it on the way to its logits.

    With a `start`, `images` are the output of that stage.
    """
    wanted, found = set(outputs), dict[str, Tensor]()

    def tap(name: str, tensor: Tensor) -> Tensor:
        if name in wanted:
            found[name] = tensor
        return tensor

    def stage_output(name: str, maps: Tensor) -> Tensor:
        return tap(name, change.apply(name, maps))

    maps = images
    if start is None:
        maps = stage_output("conv1", torch.relu(network.bn1(network.conv1(maps))))
    if start in (None, "conv1"):
        maps = network.maxpool(maps)
    stages = ("layer1", "layer2", "layer3", "layer4")
    for stage in stages[stages.index(start) + 1 if start in stages else 0 :]:
        blocks = getattr(network, stage)
        for index, block in enumerate(blocks):
            name = f"{stage}.{index}"
            branch = tap(f"{name}.residual", block.residual_branch(maps))
            if block.residual:
                gate = change.gates.get(name, 1.0)
                shortcut = tap(f"{name}.shortcut", block.shortcut_branch(maps))
                branch = (branch if gate == 1.0 else gate * branch) + shortcut
            maps = tap(name, torch.relu(branch))
        if len(blocks):
            maps = stage_output(stage, maps)
    tap("logits", network.fc(torch.flatten(network.avgpool(maps), 1)))
    return {name: found[name] for name in outputs}
