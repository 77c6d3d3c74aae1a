"""Which stage is learning: gradients, updates and dead ReLUs, stage by stage, looked at once in a while."""

from __future__ import annotations

from collections import defaultdict

import torch
from torch import Tensor, nn

from resnet_core.resnet import Block, ResNet

Figures = dict[str, dict[str, float]]


class Probe:
    """Looks at one training step: `before` it (gradients are there), `after` it (parameters have changed).

    Figures for each stage: `gradient` the norm of its gradient, `update` the norm of the change over that of the
    parameters (about 1e-3 is healthy), `dead` the share of ReLUs that are 0 everywhere on a fixed batch of pictures.
    """

    def __init__(self, network: ResNet, pictures: Tensor) -> None:
        self._network = network
        self._pictures = pictures
        self._weights: dict[str, list[Tensor]] = {}
        self._gradients: dict[str, float] = {}

    def before(self, scale: float = 1.0) -> None:
        """`scale` is what the loss was multiplied with."""
        grouped = _by_stage(self._network)
        self._weights = {stage: [p.detach().clone() for p in found] for stage, found in grouped.items()}
        self._gradients = {
            stage: _norm([p.grad for p in found if p.grad is not None]) / scale for stage, found in grouped.items()
        }

    def after(self) -> Figures:
        dead = dead_shares(self._network, self._pictures)
        figures: Figures = {}
        for stage, found in _by_stage(self._network).items():
            old = self._weights[stage]
            moved = _norm([now.detach() - then for now, then in zip(found, old, strict=True)])
            size = _norm(old)
            figures[stage] = {"gradient": self._gradients[stage], "update": moved / size if size else 0.0}
            if stage in dead:
                figures[stage]["dead"] = dead[stage]
        self._weights = {}
        return figures


def dead_shares(network: ResNet, pictures: Tensor) -> dict[str, float]:
    """For each stage the share of its ReLUs' channels that are 0 at every place of every picture."""
    alive: dict[str, list[Tensor]] = defaultdict(list)
    hooks = []

    def watch(stage: str, module: nn.Module) -> None:
        def hook(_module: nn.Module, _inputs: object, output: Tensor) -> None:
            alive[stage].append(output.amax(dim=(0, 2, 3)) > 0)

        hooks.append(module.register_forward_hook(hook))

    watch("conv1", network.bn1)  # what goes into a ReLU is above 0 somewhere, or the ReLU is dead
    for stage in ("layer1", "layer2", "layer3", "layer4"):
        for block in getattr(network, stage):
            watch(stage, block)
            watch(stage, block.bn1)
            if hasattr(block, "bn3"):
                watch(stage, block.bn2)
    was_training = network.training
    modes = {module: module.training for module in network.modules()}
    network.eval()
    try:
        with torch.inference_mode():
            network(pictures)
    finally:
        for hook in hooks:
            hook.remove()
        network.train(was_training)
        for module, mode in modes.items():  # frozen stages stay in eval mode
            module.training = mode
    return {stage: 1 - float(torch.cat(found).float().mean()) for stage, found in alive.items()}


def _by_stage(network: ResNet) -> dict[str, list[nn.Parameter]]:
    """The parameters that learn, by stage; "fc" is the head."""
    grouped: dict[str, list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            stage = name.partition(".")[0]
            grouped.setdefault("conv1" if stage == "bn1" else stage, []).append(parameter)
    return grouped


def _norm(tensors: list[Tensor]) -> float:
    if not tensors:
        return 0.0
    return float(torch.stack([norm.float() for norm in torch._foreach_norm(tensors)]).norm())


def backward_signal(network: ResNet, pictures: Tensor, labels: Tensor) -> dict[str, float]:
    """The norm of the loss's gradient at the output of each block, by one backward pass: does the signal vanish?"""
    found: dict[str, Tensor] = {}
    hooks = []
    for name, module in network.named_modules():
        if isinstance(module, Block):

            def hook(_module: nn.Module, _inputs: object, output: Tensor, name: str = name) -> None:
                output.retain_grad()
                found[name] = output

            hooks.append(module.register_forward_hook(hook))
    try:
        nn.functional.cross_entropy(network(pictures), labels).backward()  # type: ignore[no-untyped-call]
        return {name: float(tensor.grad.norm()) for name, tensor in found.items() if tensor.grad is not None}
    finally:
        network.zero_grad()
        for handle in hooks:
            handle.remove()
