"""Which graph serves a request: one is compiled for a neighbourhood of requests, not for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from resnet_core.blocks import stage_of
from resnet_core.engines.base import Intervention, Request, outputs_after
from resnet_core.spec import ResNetSpec


@dataclass(frozen=True)
class GraphKey:
    shape: tuple[int, int, int, int]  # (N, C, H, W) of the images or of the maps it starts from; N = -1: any
    outputs: tuple[str, ...]
    adjustable: tuple[str, ...]  # the stages that an intervention may change
    start: str | None  # the stage it starts from
    precision: str  # the arithmetic: "f32", "bf16", "f16"

    @property
    def is_tail(self) -> bool:
        return self.start is not None and "logits" in self.outputs


def key_of(spec: ResNetSpec, request: Request, precision: str, *, batches_share: bool) -> GraphKey:
    """The graph for `request` in `precision`; `batches_share` one, where a graph may take any number of pictures."""
    count, channels, height, width = request.input.shape
    start = None if request.start is None else request.start.stage
    outputs = _outputs_together(spec, request.outputs, start)
    sweep = start is not None and outputs == ("logits",)  # of the channels of a stage: many at a time, or the last
    shape = (-1 if batches_share and (count > 1 or sweep) else count, channels, height, width)
    adjustable = () if request.intervention is None else _adjustable(spec, request.intervention, outputs, start)
    return GraphKey(shape, outputs, adjustable, start, precision)


def _outputs_together(spec: ResNetSpec, outputs: Sequence[str], start: str | None) -> tuple[str, ...]:
    """The outputs of the graph that serves a request for `outputs`.

    A graph is compiled for a neighbourhood, not for each choice: the logits alone; with them all stages; with them
    all that is inside the stages asked about. Going from block to block then compiles nothing. A tail has of these
    what comes after the stage it starts from, up to the last stage asked about.
    """
    if set(outputs) <= {"logits"}:
        return ("logits",)
    inside = {stage_of(name) for name in outputs if "." in name}
    shown = {"logits", *spec.stage_names}
    there = spec.output_names if start is None else outputs_after(spec, start)
    if start is not None and "logits" not in outputs:  # it ends where nothing more is asked about: a block is looked at
        last = max(spec.stage_names.index(stage_of(name)) for name in outputs)
        there = there[: there.index(spec.stage_names[last]) + 1]
    return tuple(name for name in there if name in shown or ("." in name and stage_of(name) in inside))


def _adjustable(
    spec: ResNetSpec, intervention: Intervention, outputs: Sequence[str], start: str | None
) -> tuple[str, ...]:
    """The stages that are adjustable in the graph for `outputs`: the one that is changed, or all of them.

    Going from block to block of a stage then compiles nothing, and the stages beside it stay as fast as they are
    plain: a whole adjustable ResNet-50 takes 1.2 times as long. A graph for each choice of several stages would be one
    too many.
    """
    reached = spec.stage_names if start is None else spec.stage_names[spec.stage_names.index(start) + 1 :]
    if "logits" not in outputs:
        reached = tuple(name for name in reached if name in outputs)
    changed = tuple(name for name in reached if name in intervention.stages)
    return changed if len(changed) < 2 else reached
