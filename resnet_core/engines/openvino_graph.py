"""A ResNet as an OpenVINO graph, written operation by operation from its spec: no torch, no tracing, no ONNX.

A plain stage has nothing between a convolution, the addition and the ReLU after it, so that OpenVINO fuses the three.
An adjustable one takes the numbers of an `Intervention` as inputs, so that a further intervention costs no compilation.
A graph has some of either kind, and can be the network's tail: what comes after a stage.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from resnet_core.blocks import Block, Conv, stage_of
from resnet_core.engines.base import Floats, Intervention, Parameters, stage_channels
from resnet_core.engines.folding import Folded, fold
from resnet_core.engines.openvino_runtime import load_openvino
from resnet_core.spec import ResNetSpec

if TYPE_CHECKING:
    import openvino

Node = Any
"""An output of an operation. OpenVINO's own stubs do not say what its operations take and give."""

IMAGES, GATES = "images", "gates"


class Layers:
    """A network's numbers as OpenVINO constants, made once and shared by every graph of it.

    The constants use the arrays' memory, so a second graph costs no second copy of the weights.
    """

    def __init__(self, spec: ResNetSpec, parameters: Parameters) -> None:
        self.spec = spec
        self._openvino: Any = load_openvino()
        self._ops: Any = self._openvino.opset13
        self._folded: dict[str, Folded] = {conv.name: fold(conv, parameters) for conv in spec.convs}
        self._head_weight = np.array(parameters["fc.weight"], np.float32, order="C")
        self._head_bias = np.array(parameters["fc.bias"], np.float32).reshape(1, -1)

    def model(
        self,
        shape: tuple[int, int, int, int],
        outputs: Sequence[str],
        *,
        start: str | None = None,
        adjustable: Collection[str] = (),
    ) -> openvino.Model:
        """The graph for inputs of `shape` (N, C, H, W) that gives `outputs`, in that order, all float32.

        Its input are images or, with a `start`, the maps of that stage, whose output they stand for. For the stages
        that are `adjustable`, all of them after `start`, it has further inputs: "gates" (residual blocks, 1, 1, 1) and,
        of each stage, mask and offset (1, C, 1, 1), named as `mask_input` and `offset_input` say.
        """
        ops, spec = self._ops, self.spec
        images = ops.parameter(list(shape), np.float32, name=IMAGES)
        inputs = [images]
        gates: dict[str, Node] = {}
        masks: dict[str, tuple[Node, Node]] = {}
        if residual := gated_blocks(spec, adjustable):
            every = ops.parameter([len(residual), 1, 1, 1], np.float32, name=GATES)
            inputs.append(every)
            gates = dict(zip(residual, ops.split(every, 0, len(residual)).outputs(), strict=True))
        for name, channels in masked_stages(spec, adjustable).items():
            names = (mask_input(name), offset_input(name))
            mask, offset = (ops.parameter([1, channels, 1, 1], np.float32, name=one) for one in names)
            masks[name] = (mask, offset)
            inputs += [mask, offset]

        taps: dict[str, Node] = {}

        def stage_output(name: str, maps: Node) -> Node:
            if name in masks:
                mask, offset = masks[name]
                maps = ops.add(ops.multiply(maps, mask), offset)
            taps[name] = maps
            return maps

        reached = start is None  # whether the maps at hand are what the network has computed so far
        maps = stage_output("conv1", ops.relu(self._convolve(spec.stem_conv, images))) if reached else images
        reached = reached or start == "conv1"
        if spec.max_pool and reached:
            maps = ops.max_pool(maps, [2, 2], [1, 1], [1, 1], [1, 1], [3, 3]).output(0)
        for stage in spec.stages:
            if reached:
                for block in stage.blocks:
                    maps = self._block(block, maps, gates.get(block.name), taps)
                maps = stage_output(stage.name, maps)
            reached = reached or start == stage.name
        pooled = ops.reduce_mean(maps, np.array([2, 3], np.int64), keep_dims=False)
        head = ops.matmul(pooled, self._constant(self._head_weight), transpose_a=False, transpose_b=True)
        taps["logits"] = ops.add(head, self._constant(self._head_bias))
        model: openvino.Model = self._openvino.Model([ops.result(taps[name]) for name in outputs], inputs, spec.network)
        return model

    def _block(self, block: Block, x: Node, gate: Node | None, taps: dict[str, Node]) -> Node:
        ops = self._ops
        branch = x
        for conv in block.convs[:-1]:
            branch = ops.relu(self._convolve(conv, branch))
        branch = self._convolve(block.convs[-1], branch)
        if block.residual:
            shortcut = self._shortcut(block, x)
            taps[f"{block.name}.residual"], taps[f"{block.name}.shortcut"] = branch, shortcut
            branch = ops.add(branch if gate is None else ops.multiply(branch, gate), shortcut)
        taps[block.name] = ops.relu(branch)
        return taps[block.name]

    def _shortcut(self, block: Block, x: Node) -> Node:
        ops = self._ops
        if block.projection is not None:
            return self._convolve(block.projection, x)
        if block.stride > 1:
            x = ops.strided_slice(x, [0, 0, 0, 0], [0, 0, 0, 0], [1, 1, block.stride, block.stride], [1] * 4, [1] * 4)
        if block.zero_padded:
            before, after = block.zero_channels
            x = ops.pad(x, [0, before, 0, 0], [0, after, 0, 0], "constant", np.float32(0))
        return x

    def _convolve(self, conv: Conv, x: Node) -> Node:
        ops = self._ops
        folded = self._folded[conv.name]
        place = ([conv.stride] * 2, [conv.padding] * 2, [conv.padding] * 2, [conv.dilation] * 2)
        if conv.groups > 1:
            grouped = folded.weight.reshape(conv.groups, -1, *folded.weight.shape[1:])
            maps = ops.group_convolution(x, self._constant(grouped), *place)
        else:
            maps = ops.convolution(x, self._constant(folded.weight), *place)
        return ops.add(maps, self._constant(folded.bias))

    def _constant(self, array: Floats) -> Node:
        return self._ops.constant(array, shared_memory=True)


def adjustments(spec: ResNetSpec, intervention: Intervention, adjustable: Collection[str]) -> dict[str, Floats]:
    """The inputs of a graph's adjustable stages that carry out `intervention`; what it does not name is as trained."""
    gates = [intervention.gates.get(block, 1.0) for block in gated_blocks(spec, adjustable)]
    inputs = {GATES: np.array(gates, np.float32).reshape(-1, 1, 1, 1)} if gates else {}
    for stage, channels in masked_stages(spec, adjustable).items():
        for name, given, trained in (
            (mask_input(stage), intervention.masks.get(stage), 1.0),
            (offset_input(stage), intervention.offsets.get(stage), 0.0),
        ):
            numbers = np.full(channels, trained, np.float32) if given is None else np.asarray(given, np.float32)
            inputs[name] = numbers.reshape(1, -1, 1, 1)
    return inputs


def mask_input(stage: str) -> str:
    return f"{stage}.mask"


def offset_input(stage: str) -> str:
    return f"{stage}.offset"


def gated_blocks(spec: ResNetSpec, adjustable: Collection[str]) -> list[str]:
    """The blocks that have a gate where these stages are adjustable."""
    return [block.name for block in spec.blocks if block.residual and stage_of(block.name) in adjustable]


def masked_stages(spec: ResNetSpec, adjustable: Collection[str]) -> dict[str, int]:
    """The stages with a mask and an offset, and how many channels each has."""
    return {name: channels for name, channels in stage_channels(spec).items() if name in adjustable}
