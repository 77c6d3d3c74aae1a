"""A ResNet as an OpenVINO graph, written operation by operation from its spec: no torch, no tracing, no ONNX.

Two graphs come from here. The plain one has nothing between a convolution, the addition and the ReLU after it, so
that OpenVINO fuses the three. The adjustable one takes the gates and masks of an `Intervention` as inputs, so that a
further intervention costs one inference and no compilation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from resnet_core.blocks import Block, Conv
from resnet_core.engines.base import Floats, Intervention, Parameters
from resnet_core.engines.folding import Folded, fold
from resnet_core.engines.openvino_runtime import load_openvino
from resnet_core.spec import ResNetSpec

if TYPE_CHECKING:
    import openvino

Node = Any
"""An output of an operation. OpenVINO's own stubs do not say what its operations take and give."""

GATES = "gates"


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

    def model(self, shape: tuple[int, int, int, int], outputs: Sequence[str], *, adjustable: bool) -> openvino.Model:
        """The graph for images of `shape` (N, 3, H, W) that gives `outputs`, in that order, all float32.

        Adjustable, it has further inputs: "gates" (residual blocks, 1, 1, 1) and each mask (1, C, 1, 1), named as its
        stage.
        """
        ops, spec = self._ops, self.spec
        images = ops.parameter(list(shape), np.float32, name="images")
        inputs = [images]
        gates: dict[str, Node] = {}
        masks: dict[str, Node] = {}
        if adjustable:
            residual = [block.name for block in spec.blocks if block.residual]
            if residual:
                every = ops.parameter([len(residual), 1, 1, 1], np.float32, name=GATES)
                inputs.append(every)
                gates = dict(zip(residual, ops.split(every, 0, len(residual)).outputs(), strict=True))
            for name, channels in stage_channels(spec).items():
                masks[name] = ops.parameter([1, channels, 1, 1], np.float32, name=name)
                inputs.append(masks[name])

        taps: dict[str, Node] = {}

        def stage_output(name: str, maps: Node) -> Node:
            taps[name] = ops.multiply(maps, masks[name]) if adjustable else maps
            return taps[name]

        maps = stage_output("conv1", ops.relu(self._convolve(spec.stem_conv, images)))
        if spec.max_pool:
            maps = ops.max_pool(maps, [2, 2], [1, 1], [1, 1], [1, 1], [3, 3]).output(0)
        for stage in spec.stages:
            for block in stage.blocks:
                maps = self._block(block, maps, gates.get(block.name), taps)
            maps = stage_output(stage.name, maps)
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


def adjustments(spec: ResNetSpec, intervention: Intervention) -> Mapping[str, Floats]:
    """The inputs of the adjustable graph that carry out `intervention`; what it does not name is 1, as trained."""
    gates = [intervention.gates.get(block.name, 1.0) for block in spec.blocks if block.residual]
    inputs = {GATES: np.array(gates, np.float32).reshape(-1, 1, 1, 1)} if gates else {}
    for stage, channels in stage_channels(spec).items():
        mask = intervention.masks.get(stage)
        numbers = np.ones(channels, np.float32) if mask is None else np.asarray(mask, np.float32)
        inputs[stage] = numbers.reshape(1, -1, 1, 1)
    return inputs


def stage_channels(spec: ResNetSpec) -> dict[str, int]:
    """How many channels each stage's output has, conv1 first."""
    return {"conv1": spec.stem_conv.out_channels, **{stage.name: stage.out_channels for stage in spec.stages}}
