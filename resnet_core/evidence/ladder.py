"""One picture through several networks, a rung each: what each answers, how fast, and what its stages look like.

He et al. 2015 (arXiv:1512.03385), table 1: the same five stages from 18 to 152 layers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from resnet_core import feature_maps
from resnet_core.calls import Cancel
from resnet_core.engines.base import Floats, Request, Run
from resnet_core.errors import Cancelled, LensError
from resnet_core.evidence.classes import class_map
from resnet_core.evidence.numbers import Numbers
from resnet_core.networks import DEPTHS, describe

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis
    from resnet_core.weights.catalog import WeightsInfo
    from resnet_core.weights.head import Head

MINIATURES = 4
REPEATS = 3


@dataclass(frozen=True, eq=False)
class Miniatures:
    """The channels of a stage with the highest means, best first: maps (N, H, W) of `shape` (C, H, W)."""

    channels: tuple[int, ...]
    maps: Floats
    shape: tuple[int, ...]
    highest: float  # of the whole stage: what the scale of all its miniatures ends at


@dataclass(frozen=True, eq=False)
class Rung:
    """What one network makes of the picture. `cam` (H, W) is the class activation map of its own first class.

    Its mean and the class's bias are the class's logit; below zero a place speaks against the class.
    """

    weights: str
    network: str
    label: str
    index: int
    probability: float
    elapsed_ms: float  # the median of REPEATS inferences, after one that nobody timed
    parameters: int
    macs: int
    layers: int
    accuracy: float | None
    dataset: str
    seen: NDArray[np.uint8]  # (S, S, 3)
    crop_box: tuple[float, float, float, float]  # of the picture, in its pixels: left, top, right, bottom
    cam: Floats
    stages: Mapping[str, Miniatures]


@dataclass(frozen=True)
class Fallen:
    """A network that could not answer, and why: a sentence."""

    weights: str
    reason: str


def rung(analysis: Analysis, head: Head, run: Run) -> Rung:
    """The rung of a network that has answered; `head` is its last layer, and `run` asks it again, for the time.

    Raises EngineError.
    """
    info, best = analysis.info, analysis.predictions[0]
    names = info.spec.stage_names
    times = [run(Request(analysis.images, ("logits",), analysis.intervention)).elapsed_ms for _ in range(REPEATS)]
    side = analysis.seen.shape[0]
    cost = describe(info.spec, side, side)
    return Rung(
        info.id,
        info.spec.network,
        best.label,
        best.index,
        best.probability,
        float(np.median(times)),
        cost.parameters,
        cost.macs,
        cost.layers,
        info.accuracy,
        info.dataset,
        analysis.seen,
        analysis.crop_box,
        class_map(analysis.activations[names[-1]], head, best.index),
        {name: _miniatures(analysis.activations[name]) for name in names},
    )


def _miniatures(maps: Floats) -> Miniatures:
    channels = feature_maps.best(maps, "mean", MINIATURES)
    finite = maps[np.isfinite(maps)]
    return Miniatures(channels, maps[list(channels)], maps.shape, float(finite.max(initial=0)))


def climb(
    weights: Sequence[str], look: Callable[[str], Rung], cancel: Cancel = lambda: False
) -> Iterator[Rung | Fallen]:
    """Each network in turn, as it answers; one that can't says why, and the next one goes on. Raises Cancelled."""
    for name in weights:
        if cancel():
            raise Cancelled
        try:
            found: Rung | Fallen = look(name)
        except LensError as error:
            found = Fallen(name, str(error))
        yield found


def offers(known: Sequence[WeightsInfo]) -> tuple[WeightsInfo, ...]:
    """The networks of table 1 that no weights on this disk are of: of each the most accurate set to download."""
    here = {info.spec.network for info in known if info.on_disk}
    found = []
    for network in DEPTHS:
        sets = [info for info in known if info.spec.network == network and info.url is not None]
        if sets and network not in here:
            found.append(max(sets, key=lambda info: info.accuracy or 0.0))
    return tuple(found)


def by_depth(known: Sequence[WeightsInfo]) -> tuple[WeightsInfo, ...]:
    """The weights on this disk, the fewest layers first, then by name."""
    return tuple(sorted((info for info in known if info.on_disk), key=lambda info: (info.spec.depth, info.id)))


def numbers(picture: str, steps: Sequence[Rung | Fallen], offered: Sequence[WeightsInfo] = ()) -> Numbers:
    """The ladder to be written down: a row for each network, and each one's class activation map."""
    rows = [_row(step) for step in steps]
    missing = [
        {"weights": info.id, "size_bytes": info.size_bytes, "accuracy": info.accuracy, "dataset": info.dataset}
        for info in offered
    ]
    arrays = {f"{step.weights}.cam": step.cam for step in steps if isinstance(step, Rung)}
    return Numbers({"image": picture, "to_download": missing}, rows, "networks", arrays)


def _row(step: Rung | Fallen) -> dict[str, Any]:
    found = step if isinstance(step, Rung) else None
    return {
        "weights": step.weights,
        "network": found and found.network,
        "label": found and found.label,
        "index": found and found.index,
        "probability": found and found.probability,
        "elapsed_ms": found and round(found.elapsed_ms, 3),
        "parameters": found and found.parameters,
        "macs": found and found.macs,
        "layers": found and found.layers,
        "accuracy": found and found.accuracy,
        "dataset": found and found.dataset,
        "best_channels": found and {name: list(stage.channels) for name, stage in found.stages.items()},
        "error": None if isinstance(step, Rung) else step.reason,
    }
