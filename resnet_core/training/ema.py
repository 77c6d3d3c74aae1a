"""The average of a network over its last few hundred batches: better than any of them (Polyak & Juditsky 1992)."""

from __future__ import annotations

import copy

import torch
from torch import nn

from resnet_core.training.network import all_finite


class Average:
    """An exponential moving average of all parameters and of the batch norms' statistics. `network` is for evaluation.

    At first it follows closely: the random parameters of the start are forgotten within the first batches.
    """

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.network = copy.deepcopy(network).eval().requires_grad_(False)
        self.updates = 0
        self._decay = decay

    def update(self, network: nn.Module) -> bool:
        """Takes in the network as it is now. False, and nothing is taken, when a number in it is not finite: one NaN
        would stay in the average for ever."""
        ours, theirs = _tensors(self.network), _tensors(network)
        floats = [index for index, tensor in enumerate(ours) if tensor.is_floating_point()]
        now = [theirs[index] for index in floats]
        if not all_finite(now):
            return False
        decay = min(self._decay, (1 + self.updates) / (10 + self.updates))
        with torch.no_grad():
            torch._foreach_lerp_([ours[index] for index in floats], now, 1 - decay)
            for mine, their in zip(ours, theirs, strict=True):
                if not mine.is_floating_point():  # num_batches_tracked
                    mine.copy_(their)
        self.updates += 1
        return True


def _tensors(network: nn.Module) -> list[torch.Tensor]:
    return [tensor.detach() for tensor in (*network.parameters(), *network.buffers())]
