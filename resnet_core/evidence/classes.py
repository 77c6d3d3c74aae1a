"""A class's logit as what it is in a ResNet: an exact sum over the channels of the last stage.

The head reads the mean of every map, so logit_c = sum_k w_ck mean(A_k) + b_c, and exchanging the two sums gives the
class activation map, sum_k w_ck A_k(y, x), whose mean is the logit without its bias (Zhou et al. 2015,
arXiv:1512.04150). Nothing is approximated, and only the last stage can be taken apart so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resnet_core.engines.base import Floats
from resnet_core.errors import LensError
from resnet_core.evidence.numbers import Numbers
from resnet_core.weights.head import Head

TOLERANCE = 1e-4
"""How far the sum may be from the network's own logit, as a share of its largest: float32 adds in another order."""


@dataclass(frozen=True, eq=False)
class Contributions:
    """What every channel of the last stage adds to the logit of a class, or to the lead of one class over another.

    Arrays are (C,) in the order of the channels: `parts` = `weights` * `means`. `total` = sum of `parts` + `bias`.
    """

    index: int  # the class
    versus: int | None  # the class it is held against; then weights and bias are differences
    weights: Floats
    means: Floats
    parts: Floats
    bias: float
    total: float

    def strongest(self, count: int) -> tuple[int, ...]:
        """`count` channels, sorted by what they contribute: a third those that add most, a third those that take away
        most (where there are so many), the others whatever counts most of what is left.
        """
        best_first = np.argsort(-self.parts, kind="stable")
        third = count // 3
        adding = best_first[: min(third, int((self.parts > 0).sum()))]
        taking = best_first[len(self.parts) - min(third, int((self.parts < 0).sum())) :]
        chosen = np.zeros(len(self.parts), bool)
        chosen[adding] = chosen[taking] = True
        left = np.argsort(np.where(chosen, 0, -np.abs(self.parts)), kind="stable")
        chosen[left[~chosen[left]][: max(0, count - int(chosen.sum()))]] = True
        return tuple(channel for channel in best_first.tolist() if chosen[channel])

    def rest(self, shown: tuple[int, ...]) -> float:
        """What all channels but those `shown` contribute together."""
        others = np.ones(len(self.parts), bool)
        others[list(shown)] = False
        return float(self.parts[others].sum(dtype=np.float64))

    def logit(self, logits: Floats) -> float:
        """What `total` has to be: the network's own logit (of `logits`, all of them), or the difference of two."""
        own = float(logits[self.index])
        return own if self.versus is None else own - float(logits[self.versus])

    def agrees(self, logits: Floats) -> bool:
        """Whether the sum is the network's logit, to `TOLERANCE` of its largest one."""
        return abs(self.total - self.logit(logits)) <= TOLERANCE * max(float(np.abs(logits).max()), 1e-6)


def contributions(maps: Floats, head: Head, index: int, versus: int | None = None) -> Contributions:
    """What every channel of `maps`, the last stage's (C, H, W), contributes to class `index`.

    With `versus`: to the logit of `index` minus that of `versus`. Raises LensError for a head of another network, and
    for a class that is none.
    """
    row = class_weights(head, index, versus)
    if maps.ndim != 3 or len(maps) != len(row):
        raise LensError(f"This head reads {len(row)} channels, and the maps are {maps.shape}.")
    means = maps.reshape(len(maps), -1).mean(axis=1)
    parts = row * means
    bias = float(head.bias[index]) - (0.0 if versus is None else float(head.bias[versus]))
    exact = np.dot(row.astype(np.float64), means.astype(np.float64))
    return Contributions(index, versus, row, means, parts, bias, float(exact) + bias)


def class_map(maps: Floats, head: Head, index: int, versus: int | None = None) -> Floats:
    """The class activation map (H, W): its mean + the bias is the logit. Above 0: this place speaks for the class.

    With `versus` the difference of two classes' maps: where one speaks for itself more than the other. Raises as
    `contributions` does.
    """
    row = class_weights(head, index, versus)
    if maps.ndim != 3 or len(maps) != len(row):
        raise LensError(f"This head reads {len(row)} channels, and the maps are {maps.shape}.")
    found: Floats = (row @ maps.reshape(len(maps), -1)).reshape(maps.shape[1:])
    return found


def class_weights(head: Head, index: int, versus: int | None = None) -> Floats:
    """(C,): the head's weights for a class, or the difference of two. Raises LensError for a class that is none."""
    for one in (index, versus):
        if one is not None and not 0 <= one < len(head.weight):
            raise LensError(f"There is no class {one}: this network has {len(head.weight)}.")
    row: NDArray[np.float32] = head.weight[index]
    return row if versus is None else row - head.weight[versus]


def numbers(
    found: Contributions, place: Floats, logits: Floats, label: Callable[[int], str], shown: tuple[int, ...]
) -> Numbers:
    """What can be written down: the sum with the channels `shown` one by one, and the map `place` (H, W)."""

    def named(index: int) -> dict[str, object]:
        return {"label": label(index), "index": index, "logit": float(logits[index])}

    total = found.logit(logits)
    return Numbers(
        facts={
            "class": named(found.index),
            "versus": None if found.versus is None else named(found.versus),
            "logit": total,
            "sum": found.total,
            "difference": found.total - total,
            "agrees": found.agrees(logits),
            "bias": found.bias,
            "rest": {"channels": len(found.parts) - len(shown), "contribution": found.rest(shown)},
            "map": {"shape": list(place.shape), "min": float(place.min()), "max": float(place.max())},
        },
        rows=[
            {
                "channel": channel,
                "weight": float(found.weights[channel]),
                "mean": float(found.means[channel]),
                "contribution": float(found.parts[channel]),
            }
            for channel in shown
        ],
        rows_name="channels",
        arrays={"cam": place, "contributions": found.parts},
    )
