"""The network that is trained: made or taken over, partly frozen, and its parameters as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from resnet_core.resnet import ResNet, build
from resnet_core.spec import ResNetSpec
from resnet_core.training.config import Recipe

_STEM = ("conv1", "bn1")


def new_network(
    spec: ResNetSpec, seed: int, learned: Mapping[str, NDArray[np.float32]] | None = None, *, keep_head: bool = True
) -> ResNet:
    """A network with parameters drawn from `seed`, then those in `learned` in their place.

    The head of `learned` is left out where it is for another number of classes, or not to be kept: for other classes.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = build(spec)
    if learned is not None:
        fits = keep_head and len(learned["fc.bias"]) == spec.num_classes
        taken = {
            name: torch.from_numpy(array.copy())
            for name, array in learned.items()
            if fits or not name.startswith("fc.")
        }
        network.load_state_dict(taken, strict=False)
    return network


def freeze(network: ResNet, last_stage: str | None) -> tuple[nn.Module, ...]:
    """Stops the learning of all stages up to this one. Gives the modules that are frozen: they must stay in eval mode,
    or their batch norms would go on to follow the data."""
    if last_stage is None:
        return ()
    names = [*_STEM, *(f"layer{number}" for number in range(1, 5))]
    upto = names.index("bn1" if last_stage == "conv1" else last_stage) + 1
    frozen = tuple(getattr(network, name) for name in names[:upto])
    for module in frozen:
        module.requires_grad_(False)
    return frozen


def make_optimizer(network: nn.Module, recipe: Recipe) -> torch.optim.Optimizer:
    """Weight decay is for the weights of convolutions and of the head: not for batch norms and biases."""
    learning = [parameter for parameter in network.parameters() if parameter.requires_grad]
    groups: list[dict[str, Any]] = [
        {"params": [p for p in learning if p.ndim > 1], "weight_decay": recipe.weight_decay},
        {"params": [p for p in learning if p.ndim <= 1], "weight_decay": 0.0},
    ]
    if recipe.optimizer == "adamw":
        return torch.optim.AdamW(groups, lr=recipe.learning_rate, betas=(recipe.momentum, 0.999))
    nesterov = recipe.momentum > 0
    return torch.optim.SGD(groups, lr=recipe.learning_rate, momentum=recipe.momentum, nesterov=nesterov)


def parameters_of(network: nn.Module, spec: ResNetSpec) -> dict[str, NDArray[np.float32]]:
    """The arrays of `spec.parameter_shapes`, contiguous float32, each a copy."""
    state = network.state_dict()
    return {name: state[name].detach().float().cpu().contiguous().numpy().copy() for name in spec.parameter_shapes}


def all_finite(tensors: Iterable[torch.Tensor]) -> bool:
    """Whether there is no infinity and no NaN among them. Costs one pass over their numbers."""
    norms = torch._foreach_norm([tensor for tensor in tensors if tensor.is_floating_point()])
    return bool(torch.stack([norm.float() for norm in norms]).sum().isfinite())
