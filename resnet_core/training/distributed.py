"""Several processes that train one network, as `torchrun` starts them; or the usual one, which costs nothing extra."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar, cast

import torch
from torch import distributed, nn
from torch.nn.parallel import DistributedDataParallel

from resnet_core.training.config import TrainingError

T = TypeVar("T")
_OF_THE_CONNECTION = ("gloo", "nccl", "peer", "tcpstore", "socket")


class LostPeerError(TrainingError):
    """Another process of the training is gone; what it died of is its own to say."""


def is_lost_peer(error: BaseException) -> bool:
    """Whether this is how torch says that it does not reach another process."""
    text = str(error).lower()
    return isinstance(error, RuntimeError) and any(word in text for word in _OF_THE_CONNECTION)


class Group:
    """The processes of one training. The first one (`leads`) decides, writes and reports; the others follow."""

    def __init__(self, rank: int = 0, world: int = 1, local_rank: int = 0) -> None:
        self.rank, self.world, self.local_rank = rank, world, local_rank

    @classmethod
    def join(cls) -> Group:
        """The group that torchrun's variables describe: nccl for what lies on CUDA devices, gloo for the rest."""
        world = int(os.environ.get("WORLD_SIZE", "1"))
        if world == 1 or "RANK" not in os.environ:
            return cls()
        local_rank = int(os.environ.get("LOCAL_RANK", "0"))
        nccl = torch.cuda.is_available() and torch.cuda.device_count() > local_rank
        if nccl:
            torch.cuda.set_device(local_rank)
        distributed.init_process_group("cpu:gloo,cuda:nccl" if nccl else "gloo")
        return cls(distributed.get_rank(), world, local_rank)

    @property
    def leads(self) -> bool:
        return self.rank == 0

    def told(self, decide: Callable[[], T]) -> T:
        """What the leader decides, in every process."""
        if self.world == 1:
            return decide()
        box: list[object] = [decide() if self.leads else None]
        distributed.broadcast_object_list(box, src=0)
        return cast("T", box[0])

    def summed(self, tensor: torch.Tensor) -> torch.Tensor:
        """The sum of every process's tensor."""
        if self.world > 1:
            distributed.all_reduce(tensor)
        return tensor

    def wrapped(self, network: nn.Module) -> nn.Module:
        """A network whose backward pass averages the gradients of all processes."""
        return network if self.world == 1 else DistributedDataParallel(network)

    def leave(self) -> None:
        if self.world > 1:
            distributed.destroy_process_group()
