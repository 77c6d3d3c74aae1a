"""The networks that have a name, and what each costs at a given input size. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass

from resnet_core.blocks import MAX_POOL
from resnet_core.errors import LensError
from resnet_core.spec import ResNetSpec


def _imagenet() -> list[ResNetSpec]:
    """torchvision's family: He et al. 2015 table 1, ResNeXt, Wide ResNet; and the plain networks of figure 4."""
    deep = {"resnet50": (3, 4, 6, 3), "resnet101": (3, 4, 23, 3), "resnet152": (3, 8, 36, 3)}
    return [
        ResNetSpec("resnet18", "basic", (2, 2, 2, 2)),
        ResNetSpec("resnet34", "basic", (3, 4, 6, 3)),
        *(ResNetSpec(name, "bottleneck", layers) for name, layers in deep.items()),
        ResNetSpec("resnext50_32x4d", "bottleneck", deep["resnet50"], groups=32, width_per_group=4),
        ResNetSpec("resnext101_32x8d", "bottleneck", deep["resnet101"], groups=32, width_per_group=8),
        ResNetSpec("resnext101_64x4d", "bottleneck", deep["resnet101"], groups=64, width_per_group=4),
        ResNetSpec("wide_resnet50_2", "bottleneck", deep["resnet50"], width_per_group=128),
        ResNetSpec("wide_resnet101_2", "bottleneck", deep["resnet101"], width_per_group=128),
        ResNetSpec("plain18", "basic", (2, 2, 2, 2), residual=False),
        ResNetSpec("plain34", "basic", (3, 4, 6, 3), residual=False),
        ResNetSpec("resnet18_nobn", "basic", (2, 2, 2, 2), batch_norm=False),
    ]


def _cifar() -> list[ResNetSpec]:
    """The networks of He et al. 2015, section 4.2: 6n + 2 layers, 16/32/64 channels, option A shortcuts."""
    specs = []
    for depth in (20, 32, 44, 56, 110):
        layers = ((depth - 2) // 6,) * 3
        for name, residual in ((f"resnet{depth}", True), (f"plain{depth}", False)):
            specs.append(
                ResNetSpec(name, "basic", layers, 10, stem="cifar", planes=16, residual=residual, shortcut="A")
            )
    return specs


NETWORKS: dict[str, ResNetSpec] = {spec.network: spec for spec in (*_imagenet(), *_cifar())}

DEPTHS = ("resnet18", "resnet34", "resnet50", "resnet101", "resnet152")
"""The five networks of the paper's table 1: the depths the window's picker shows."""


def named(network: str) -> ResNetSpec:
    """The spec of a network by name. Raises LensError, naming all there are, for a name that is none."""
    try:
        return NETWORKS[network]
    except KeyError:
        raise LensError(f"There is no network named “{network}”. Known: {', '.join(NETWORKS)}.") from None


@dataclass(frozen=True, slots=True)
class Part:
    """A stage or a block of a description. `output` is (C, H, W), or (classes,) for the head."""

    name: str
    output: tuple[int, ...]
    parameters: int
    macs: int
    blocks: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Description:
    """What a network is made of at one input size: `resnet-lens describe` and the stage cards."""

    network: str
    input_size: tuple[int, int]  # height, width in px
    parameters: int
    macs: int
    layers: int
    stages: tuple[Part, ...]  # conv1, layer1, …, fc

    def stage(self, name: str) -> Part:
        return next(part for part in self.stages if part.name == name)


def describe(spec: ResNetSpec, height: int, width: int) -> Description:
    """Shapes, parameters and multiply-accumulates of every stage and block for an input of (height, width) px.

    MACs are those of the convolutions and of the head, as torchvision counts its GFLOPS; batch norm, ReLU, pooling
    and additions are not counted. Raises LensError for a size below 1 px.
    """
    if height < 1 or width < 1:
        raise LensError(f"An input of {height}x{width} px is no picture: give a height and a width of at least 1.")
    stem = spec.stem_conv
    macs = stem.macs(height, width)
    size = stem.output(height, width)
    stages = [Part("conv1", (stem.out_channels, *size), stem.parameters, macs)]
    if spec.max_pool:
        size = MAX_POOL.output(*size)
    for stage in spec.stages:
        blocks = []
        for block in stage.blocks:
            block_macs, inner = 0, size
            for conv in block.convs:
                block_macs += conv.macs(*inner)
                inner = conv.output(*inner)
            if block.projection is not None:
                block_macs += block.projection.macs(*size)
            size = inner
            parameters = sum(conv.parameters for conv in block.all_convs)
            blocks.append(Part(block.name, (block.out_channels, *size), parameters, block_macs))
        stages.append(
            Part(
                stage.name,
                blocks[-1].output,
                sum(block.parameters for block in blocks),
                sum(block.macs for block in blocks),
                tuple(blocks),
            )
        )
    head = spec.features * spec.num_classes
    stages.append(Part("fc", (spec.num_classes,), head + spec.num_classes, head))
    return Description(
        spec.network, (height, width), spec.parameters, sum(part.macs for part in stages), spec.depth, tuple(stages)
    )
