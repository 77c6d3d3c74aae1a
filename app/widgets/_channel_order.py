"""Which channels come first, and which say nothing. Part of feature_grid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


Order = tuple[tuple[int, ...], tuple[int, ...]]
"""The active channels, best first; the inactive ones, in the order of channels."""


class ChannelOrder:
    """Remembers the last order: the maps of a network that is changed again and again are ranked as it was trained."""

    def __init__(self) -> None:
        self._of: tuple[NDArray[np.float32], str | NDArray[np.float32]] | None = None
        self._order: Order = ((), ())

    def __call__(self, maps: NDArray[np.float32], by: str | NDArray[np.float32]) -> Order:
        """The order of maps (C, H, W) by one of feature_maps.RANKINGS, or by scores (C,) of any origin."""
        if self._of is None or self._of[0] is not maps or self._of[1] is not by:
            from resnet_core import feature_maps

            scores = feature_maps.channel_scores(maps, by) if isinstance(by, str) else by
            idle = feature_maps.inactive(maps)
            self._of, self._order = (maps, by), (_without((-scores).argsort(kind="stable").tolist(), idle), idle)
        return self._order


def _without(channels: Sequence[int], left_out: Sequence[int]) -> tuple[int, ...]:
    gone = set(left_out)
    return tuple(channel for channel in channels if channel not in gone)
