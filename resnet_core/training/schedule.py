"""Learning rate and size of the pictures over the course of a training, by the share of the budget that is spent.

A share of epochs or of minutes: the schedule does not care, so a run by the clock comes down to 0 in time anywhere.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from resnet_core.training.config import Budget

EXTENSION_FACTOR = 0.2
"""The peak of a cycle that is added to a finished one: enough to move on, too little to forget what was learned."""


def triangle(share: float, peak_at: float) -> float:
    """0 … 1 … 0: up to the peak at `peak_at`, then down, both in straight lines."""
    share = min(max(share, 0.0), 1.0)
    if share < peak_at:
        return share / peak_at
    return (1.0 - share) / (1.0 - peak_at) if peak_at < 1 else 1.0


def side_px(share: float, first: int, last: int) -> int:
    """The side of the network's input: up from `first` to `last` in steps of an eighth of `last`, all equally long.

    Progressive resizing (Howard 2018, fast.ai's entry to DAWNBench): most of what is to be learned can be seen in
    small pictures, and pictures of three quarters the side cost about half as much. 0 for `first` is `last`.
    """
    step = max(1, last // 8)
    sides = range(last, min(first or last, last) - 1, -step)[::-1]
    return sides[min(int(share * len(sides)), len(sides) - 1)]


@dataclass(frozen=True)
class Cycle:
    """The budget as one cycle, or what is left of it after the budget was changed.

    `start` and `end` are in epochs or in seconds, as `unit` says; `share_at_start` is how far the cycle already was.
    """

    unit: str  # "epochs" or "seconds"
    end: float
    start: float = 0.0
    share_at_start: float = 0.0
    factor: float = 1.0

    @classmethod
    def of(cls, budget: Budget) -> Cycle:
        return cls("seconds" if budget.epochs is None else "epochs", budget.total)

    def position(self, epochs: float, seconds: float) -> float:
        return epochs if self.unit == "epochs" else seconds

    def share(self, epochs: float, seconds: float) -> float:
        """How much of the cycle is spent, 0 … 1; 1 is the end of the training."""
        span = self.end - self.start
        done = (self.position(epochs, seconds) - self.start) / span if span > 0 else 1.0
        return min(1.0, self.share_at_start + (1.0 - self.share_at_start) * max(done, 0.0))

    def changed(self, budget: Budget, epochs: float, seconds: float, *, finished: bool = False) -> Cycle:
        """This cycle with another budget, from here on.

        An unfinished one is stretched or squeezed so that the learning rate does not jump; after a finished one a
        second, lower cycle begins. By the clock one may have `finished` a little before its end.
        """
        new = Cycle.of(budget)
        if (new.unit, new.end) == (self.unit, self.end):
            return self
        share, here = self.share(epochs, seconds), new.position(epochs, seconds)
        if finished or share >= 1.0:
            return Cycle(new.unit, new.end, here, 0.0, EXTENSION_FACTOR)
        return Cycle(new.unit, new.end, here, share, self.factor)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)
