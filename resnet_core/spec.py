"""The shape of a residual network, without any tensor: what is connected to what, how large, how costly.

`ResNetSpec` is the one description that everything else reads: `resnet.py` builds torch modules from it, the
OpenVINO engine its graph, `weights` the names and shapes a checkpoint must have, the window its stage cards.
Pure Python, so it costs nothing to import.

Sources: He et al. 2015, "Deep Residual Learning for Image Recognition" (arXiv:1512.03385), tables 1 and 6; Xie et
al. 2016 (ResNeXt, arXiv:1611.05431); Zagoruyko & Komodakis 2016 (Wide ResNet, arXiv:1605.07146); torchvision for
the names of parameters and for the stride on the 3x3 convolution of a bottleneck ("v1.5").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from resnet_core.blocks import MAX_POOL, Block, Conv, ReceptiveField, Stage, stage_of
from resnet_core.errors import LensError

BlockKind = Literal["basic", "bottleneck"]
Stem = Literal["imagenet", "cifar"]
Shortcut = Literal["A", "B", "C"]

EXPANSION: dict[BlockKind, int] = {"basic": 1, "bottleneck": 4}


@dataclass(frozen=True)
class ResNetSpec:
    """A network of the ResNet family. `network` is its name, e.g. "resnet50"; `layers` the blocks of each stage.

    Raises LensError when the arguments describe no network.
    """

    network: str
    block: BlockKind
    layers: tuple[int, ...]
    num_classes: int = 1000
    stem: Stem = "imagenet"
    planes: int = 64  # channels inside the blocks of the first stage; each later stage doubles them
    groups: int = 1
    width_per_group: int = 64
    residual: bool = True
    shortcut: Shortcut = "B"
    batch_norm: bool = True  # False: the biased, batch-norm-free network of beginners' tutorials
    dilated: tuple[bool, ...] = (False, False, False)  # torchvision's replace_stride_with_dilation

    def __post_init__(self) -> None:
        if not 1 <= len(self.layers) <= 4 or min(self.layers) < 1:
            raise LensError(f"{self.network}: a ResNet has one to four stages, each of at least one block.")
        if self.num_classes < 1 or self.planes < 1 or self.groups < 1:
            raise LensError(f"{self.network}: a ResNet needs at least one class, one channel and one group.")
        if self.block == "basic" and (self.groups != 1 or self.width_per_group != 64):
            raise LensError(f"{self.network}: basic blocks have one group and a width of 64.")
        if self.block == "basic" and any(self.dilated):
            raise LensError(f"{self.network}: basic blocks can't be dilated.")
        if int(self.planes * (self.width_per_group / 64.0)) < 1:
            raise LensError(
                f"{self.network}: a width of {self.width_per_group} a group leaves blocks without a channel."
            )
        if len(self.dilated) != 3:
            raise LensError(f"{self.network}: dilation is given for the three stages after the first.")

    def with_classes(self, num_classes: int) -> ResNetSpec:
        return replace(self, num_classes=num_classes)

    def with_stem(self, stem: Stem) -> ResNetSpec:
        return replace(self, stem=stem)

    @property
    def input_px(self) -> int:
        """The side of the input this network is made for."""
        return 32 if self.stem == "cifar" else 224

    @cached_property
    def stem_conv(self) -> Conv:
        norm = "bn1" if self.batch_norm else None
        if self.stem == "cifar":
            return Conv("conv1", norm, 3, self.planes, kernel=3, padding=1)
        return Conv("conv1", norm, 3, self.planes, kernel=7, stride=2, padding=3)

    @property
    def max_pool(self) -> bool:
        """Whether a 3x3 max pool of stride 2 and padding 1 follows the stem."""
        return self.stem == "imagenet"

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """layer1, layer2, … with every block and convolution."""
        return tuple(self._stages())

    def _stages(self) -> Iterator[Stage]:
        channels, dilation = self.planes, 1
        for index, depth in enumerate(self.layers):
            planes, stride = self.planes * 2**index, 1 if index == 0 else 2
            first_dilation = dilation
            if index > 0 and self.dilated[index - 1]:
                dilation, stride = dilation * stride, 1
            blocks = []
            for position in range(depth):
                name = f"layer{index + 1}.{position}"
                first = position == 0
                spread = first_dilation if first else dilation
                block = self._block(name, channels, planes, stride if first else 1, spread)
                blocks.append(block)
                channels = block.out_channels
            yield Stage(f"layer{index + 1}", tuple(blocks))

    def _block(self, name: str, channels: int, planes: int, stride: int, dilation: int) -> Block:
        out = planes * EXPANSION[self.block]

        def conv(number: int, into: int, outof: int, kernel: int, *, stride: int = 1, groups: int = 1) -> Conv:
            norm = f"{name}.bn{number}" if self.batch_norm else None
            padding, spread = (dilation, dilation) if kernel == 3 else (0, 1)
            return Conv(f"{name}.conv{number}", norm, into, outof, kernel, stride, padding, spread, groups)

        if self.block == "basic":
            convs: tuple[Conv, ...] = (conv(1, channels, out, 3, stride=stride), conv(2, out, out, 3))
        else:
            width = int(planes * (self.width_per_group / 64.0)) * self.groups
            convs = (
                conv(1, channels, width, 1),
                conv(2, width, width, 3, stride=stride, groups=self.groups),
                conv(3, width, out, 1),
            )
        changes = stride != 1 or channels != out
        projected = self.residual and (self.shortcut == "C" or (self.shortcut == "B" and changes))
        projection = None
        if projected and self.batch_norm:
            projection = Conv(f"{name}.downsample.0", f"{name}.downsample.1", channels, out, 1, stride)
        elif projected:
            projection = Conv(f"{name}.shortcut", None, channels, out, 1, stride)
        return Block(name, convs, projection, self.residual, stride, channels, out)

    @property
    def features(self) -> int:
        """Channels of the last stage: the length of the vector the head (`fc`) reads."""
        return self.stages[-1].out_channels

    @cached_property
    def stage_names(self) -> tuple[str, ...]:
        """conv1, layer1, …: the maps the stage strip shows, in order."""
        return ("conv1", *(stage.name for stage in self.stages))

    def channels_of(self, output: str) -> int:
        """How many channels the maps of a stage, a block or a branch of one have."""
        if output == "conv1":
            return self.stem_conv.out_channels
        stage = stage_of(output)
        return next(one.out_channels for one in self.stages if one.name == stage)

    def together(self, output: str) -> tuple[str, ...]:
        """All that is inside the stage of `output`, a block or a branch of one: one run gives it. Of a stage: ()."""
        stage, inside, _ = output.partition(".")
        return tuple(name for name in self.output_names if inside and name.startswith(f"{stage}."))

    def stage_at(self, output: str) -> str:
        """The stage that `output` is, or is inside of; of the logits the last one."""
        stage = stage_of(output)
        return stage if stage in self.stage_names else self.stage_names[-1]

    def block_at(self, output: str) -> str:
        """The block that `output` is, or is a branch of, by name; of a stage its first one, of conv1 the network's."""
        stage, _, inside = output.partition(".")
        if inside:
            return f"{stage}.{inside.split('.')[0]}"
        return next((part.blocks[0].name for part in self.stages if part.name == stage), self.blocks[0].name)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for stage in self.stages for block in stage.blocks)

    @cached_property
    def convs(self) -> tuple[Conv, ...]:
        return (self.stem_conv, *(conv for block in self.blocks for conv in block.all_convs))

    @cached_property
    def output_names(self) -> tuple[str, ...]:
        """Everything an engine can be asked for, in order of depth; "logits" last."""
        names = ["conv1"]
        for stage in self.stages:
            for block in stage.blocks:
                if block.residual:
                    names += [f"{block.name}.residual", f"{block.name}.shortcut"]
                names.append(block.name)
            names.append(stage.name)
        return (*names, "logits")

    def is_signed(self, output: str) -> bool:
        """Whether values below zero occur in an output, so that its sign means something.

        F(x), a projection and the logits have no ReLU after them. Every other shortcut, option A's zeros included, is
        the output of a ReLU. Raises LensError for a name this network does not have.
        """
        if output not in self.output_names:
            raise LensError(f"{self.network} has no output named “{output}”.")
        name, _, part = output.rpartition(".")
        if part == "shortcut":
            return any(block.name == name and block.projection is not None for block in self.blocks)
        return part in ("residual", "logits")

    @cached_property
    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        """Name and shape of every array a checkpoint of this network holds, `num_batches_tracked` left out."""
        shapes: dict[str, tuple[int, ...]] = {}
        for conv in self.convs:
            shapes[f"{conv.name}.weight"] = conv.weight_shape
            if conv.norm is None:
                shapes[f"{conv.name}.bias"] = (conv.out_channels,)
            else:
                for part in ("weight", "bias", "running_mean", "running_var"):
                    shapes[f"{conv.norm}.{part}"] = (conv.out_channels,)
        shapes["fc.weight"] = (self.num_classes, self.features)
        shapes["fc.bias"] = (self.num_classes,)
        return shapes

    @property
    def depth(self) -> int:
        """The number in the name: weighted layers on the main path, e.g. 101 = 1 + 3x3 + 4x3 + 23x3 + 3x3 + 1."""
        return 2 + sum(len(block.convs) for block in self.blocks)

    @property
    def parameters(self) -> int:
        return sum(conv.parameters for conv in self.convs) + (self.features + 1) * self.num_classes

    def receptive_field(self, name: str) -> ReceptiveField:
        """The receptive field of a unit of the map `name` (a stage, a block, or a block's residual or shortcut).

        A block sees what its residual branch sees: the shortcut's field lies inside it. Raises LensError for a name
        this network does not have.
        """
        field = ReceptiveField(1, 1, 0).through(self.stem_conv)
        if name == "conv1":
            return field
        if self.max_pool:
            field = field.through(MAX_POOL)
        for stage in self.stages:
            for block in stage.blocks:
                if name == f"{block.name}.shortcut" and block.residual:
                    return ReceptiveField(field.size, field.step * block.stride, field.offset)
                for conv in block.convs:
                    field = field.through(conv)
                if name in (block.name, f"{block.name}.residual"):
                    return field
            if name == stage.name:
                return field
        raise LensError(f"{self.network} has no map named “{name}”.")
