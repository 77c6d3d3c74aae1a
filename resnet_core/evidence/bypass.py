"""Blocks switched off, or turned down and up: y = relu(gate * F(x) + x), and what becomes of the answer.

Veit et al. 2016 (arXiv:1605.06431) took single blocks out of trained residual networks, which hardly minded; a plain
network with a layer less is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from resnet_core.engines.base import Floats, Intervention
from resnet_core.errors import LensError
from resnet_core.probabilities import softmax
from resnet_core.spec import ResNetSpec

LEAST, MOST = 0.0, 2.0
"""What a gate can be set to: 0 bypasses F, 1 is as trained."""


@dataclass(frozen=True, slots=True)
class ClassChange:
    """A class before and after: softmax probabilities, 0 … 1, and logits."""

    index: int
    before: float
    after: float
    logit_before: float
    logit_after: float

    @property
    def change(self) -> float:
        """Of the probability, -1 … 1."""
        return self.after - self.before

    @property
    def logit_change(self) -> float:
        return self.logit_after - self.logit_before


def with_gates(intervention: Intervention | None, gates: Mapping[str, float]) -> Intervention | None:
    """The intervention with these gates set, its masks and offsets kept; a gate of 1 is as trained.

    None where nothing is changed any more. Raises LensError for a gate outside 0 … 2.
    """
    for block, gate in gates.items():
        if not LEAST <= gate <= MOST:
            raise LensError(f"F of {block} can be scaled from 0 to 2, not by {gate:g}.")
    before = intervention or Intervention()
    kept = {block: gate for block, gate in {**before.gates, **gates}.items() if gate != 1.0}
    changed = replace(before, gates=kept)
    return None if changed.changes_nothing else changed


def without_gates(intervention: Intervention | None) -> Intervention | None:
    """The intervention with every block as trained, its masks and offsets kept."""
    return None if intervention is None else with_gates(replace(intervention, gates={}), {})


def blocks_named(spec: ResNetSpec, names: Iterable[str]) -> tuple[str, ...]:
    """Blocks by their names, and all of a stage by its: in order of depth. Raises LensError for an unknown one."""
    stages = {stage.name: [block.name for block in stage.blocks] for stage in spec.stages}
    known = [block.name for block in spec.blocks]
    wanted: set[str] = set()
    for name in names:
        if name not in known and name not in stages:
            raise LensError(f"{spec.network} has no block “{name}”: its blocks are {known[0]} … {known[-1]}.")
        wanted.update(stages.get(name, [name]))
    return tuple(name for name in known if name in wanted)


def class_changes(before: Floats, after: Floats, k: int) -> tuple[ClassChange, ...]:
    """The `k` most probable classes before, most probable first, then those that came among the first `k` after."""
    old, new = softmax(before), softmax(after)
    first = np.argsort(-before, kind="stable")[:k].tolist()
    came = [index for index in np.argsort(-after, kind="stable")[:k].tolist() if index not in first]
    return tuple(
        ClassChange(index, float(old[index]), float(new[index]), float(before[index]), float(after[index]))
        for index in (*first, *came)
    )


def as_rows(changes: Iterable[ClassChange], labels: Mapping[int, str]) -> list[dict[str, Any]]:
    """For a table or JSON."""
    return [
        {
            "label": labels[one.index],
            "index": one.index,
            "before": one.before,
            "after": one.after,
            "change": one.change,
            "logit_before": one.logit_before,
            "logit_after": one.logit_after,
        }
        for one in changes
    ]
