"""Further maps of a picture whose stages are known: only the part of the network that leads to them runs again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from resnet_core.engines.base import Floats, Intervention, Request, Start
from resnet_core.spec import ResNetSpec


def resumed(
    spec: ResNetSpec,
    images: Floats,
    outputs: Sequence[str],
    intervention: Intervention | None,
    known: Mapping[str, Floats],
) -> Request:
    """The request for `outputs` of `images` (1, 3, H, W) that starts as late as the maps `known` allow.

    `known` holds (C, H, W) by output name, computed from the same images under the same intervention. Going through
    the blocks of a ResNet-50's layer3 this takes 0.4 of the time of a whole run, and its first one 0.4 of the wait.
    """
    if not set(outputs) <= set(spec.output_names):
        return Request(images, tuple(outputs), intervention)  # which the engine will refuse, in words
    stages = ("conv1", *(stage.name for stage in spec.stages))
    first = min((stages.index(name.split(".")[0]) if name != "logits" else len(stages)) for name in outputs)
    before = stages[first - 1] if first else ""
    if before in known:
        return Request(None, tuple(outputs), intervention, Start(before, known[before][None]))
    return Request(images, tuple(outputs), intervention)


def unchanged(
    spec: ResNetSpec, outputs: Sequence[str], before: Intervention | None, after: Intervention | None
) -> tuple[str, ...]:
    """Which of `outputs` come before anything that one of two interventions changes: they are the same under both."""
    place = {name: index for index, name in enumerate(spec.stage_names)}
    named = [
        name.split(".")[0]
        for change in (before, after)
        if change is not None
        for name in (*change.gates, *change.masks, *change.offsets)
    ]
    first = min((place[stage] for stage in named if stage in place), default=len(place))
    return tuple(name for name in outputs if place.get(name.split(".")[0], len(place)) < first)
