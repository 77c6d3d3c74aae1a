"""The residual network, in torch: the one file to read to learn what a ResNet is.

A ResNet is a stem, up to four stages of blocks, an average pool and one linear layer. A block computes

    y = relu(F(x) + shortcut(x))

so F, its two or three convolutions, only has to learn what to *change* about x: that is why a hundred layers train.

Names, order and values of the parameters, and every output, are those of torchvision's ResNet on the same arguments.
What is beyond it is keyword-only: `stem`, `planes`, `residual`, `shortcut`, and `norm_layer=NoNorm`.

Sources: He et al. 2015 (arXiv:1512.03385); the stride on the bottleneck's 3x3 convolution ("v1.5", Goyal et al. 2017,
arXiv:1706.02677); initialisation from He et al. 2015 (arXiv:1502.01852); torchvision `models/resnet.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from resnet_core.spec import ResNetSpec, Shortcut, Stem

NormLayer = Callable[[int], nn.Module]


class NoNorm(nn.Identity):
    """As `norm_layer`: no normalisation at all. Every convolution then has a bias, as in beginners' tutorials."""


def conv3x3(
    inplanes: int, planes: int, stride: int = 1, groups: int = 1, dilation: int = 1, *, bias: bool = False
) -> nn.Conv2d:
    """3x3 convolution that keeps the size at stride 1."""
    return nn.Conv2d(inplanes, planes, 3, stride, padding=dilation, dilation=dilation, groups=groups, bias=bias)


def conv1x1(inplanes: int, planes: int, stride: int = 1, *, bias: bool = False) -> nn.Conv2d:
    """1x1 convolution: mixes channels, pixel by pixel."""
    return nn.Conv2d(inplanes, planes, 1, stride, bias=bias)


class ZeroPadding(nn.Module):
    """Option A's shortcut, without parameters: every `stride`-th pixel, and zero channels half before, half after."""

    def __init__(self, inplanes: int, planes: int, stride: int) -> None:
        super().__init__()
        missing = planes - inplanes
        self.stride = stride
        self.before, self.after = missing // 2, missing - missing // 2

    def forward(self, x: Tensor) -> Tensor:
        return functional.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, self.before, self.after))


class Block(nn.Module):
    """What both kinds of block share: how F(x) and the shortcut come together.

    `downsample` makes the shortcut fit where the shape changes; None is the identity. Without `residual` there is no
    shortcut: y = relu(F(x)), the plain network of the paper.
    """

    expansion: ClassVar[int]
    relu: nn.ReLU
    residual: bool
    downsample: nn.Module | None
    shortcut: nn.Module | None

    def _add_shortcut(self, downsample: nn.Module | None, norm_layer: NormLayer, residual: bool) -> None:
        """Called last: torchvision's order of parameters has the shortcut's after those of F."""
        normless = norm_layer is NoNorm  # then the projection has the tutorials' name, `shortcut`
        self.downsample = None if normless else downsample
        self.shortcut = downsample if normless else None
        self.residual = residual

    def residual_branch(self, x: Tensor) -> Tensor:
        """F(x), signed: before the addition and the last ReLU."""
        raise NotImplementedError

    def shortcut_branch(self, x: Tensor) -> Tensor:
        """What F(x) is added to: x itself, projected or zero-padded where the shape changes."""
        projection = self.downsample if self.shortcut is None else self.shortcut
        shortcut: Tensor = x if projection is None else projection(x)
        return shortcut

    def forward(self, x: Tensor) -> Tensor:
        """y = relu(F(x) + shortcut(x)); of a plain block relu(F(x))."""
        out = self.residual_branch(x)
        if self.residual:
            out = out + self.shortcut_branch(x)  # not in place: F(x) stays what it is for whoever looks at it
        y: Tensor = self.relu(out)
        return y


class BasicBlock(Block):
    """Two 3x3 convolutions: ResNet-18, ResNet-34 and the CIFAR networks."""

    expansion = 1

    def __init__(
        self,
        inplanes: int,
        planes: int,
        stride: int = 1,
        downsample: nn.Module | None = None,
        groups: int = 1,
        base_width: int = 64,
        dilation: int = 1,
        norm_layer: NormLayer | None = None,
        *,
        residual: bool = True,
    ) -> None:
        norm_layer = norm_layer or nn.BatchNorm2d
        if groups != 1 or base_width != 64:
            raise ValueError("BasicBlock only supports groups=1 and base_width=64.")
        if dilation > 1:
            raise NotImplementedError("BasicBlock does not support dilation > 1.")
        bias = norm_layer is NoNorm
        super().__init__()
        self.conv1 = conv3x3(inplanes, planes, stride, bias=bias)
        self.bn1 = norm_layer(planes)
        self.conv2 = conv3x3(planes, planes, bias=bias)
        self.bn2 = norm_layer(planes)
        self.relu = nn.ReLU(inplace=True)
        self._add_shortcut(downsample, norm_layer, residual)

    def residual_branch(self, x: Tensor) -> Tensor:  # (N, in, H, W)
        out = self.relu(self.bn1(self.conv1(x)))  # (N, planes, H / stride, W / stride)
        residual: Tensor = self.bn2(self.conv2(out))  # (N, planes, H / stride, W / stride)
        return residual


class Bottleneck(Block):
    """1x1 down, 3x3, 1x1 up: ResNet-50 and deeper, ResNeXt (`groups`), Wide ResNet (`base_width`)."""

    expansion = 4

    def __init__(
        self,
        inplanes: int,
        planes: int,
        stride: int = 1,
        downsample: nn.Module | None = None,
        groups: int = 1,
        base_width: int = 64,
        dilation: int = 1,
        norm_layer: NormLayer | None = None,
        *,
        residual: bool = True,
    ) -> None:
        norm_layer = norm_layer or nn.BatchNorm2d
        bias = norm_layer is NoNorm
        width = int(planes * (base_width / 64.0)) * groups
        super().__init__()
        self.conv1 = conv1x1(inplanes, width, bias=bias)
        self.bn1 = norm_layer(width)
        self.conv2 = conv3x3(width, width, stride, groups, dilation, bias=bias)
        self.bn2 = norm_layer(width)
        self.conv3 = conv1x1(width, planes * self.expansion, bias=bias)
        self.bn3 = norm_layer(planes * self.expansion)
        self.relu = nn.ReLU(inplace=True)
        self._add_shortcut(downsample, norm_layer, residual)

    def residual_branch(self, x: Tensor) -> Tensor:  # (N, in, H, W)
        out = self.relu(self.bn1(self.conv1(x)))  # (N, width, H, W)
        out = self.relu(self.bn2(self.conv2(out)))  # (N, width, H / stride, W / stride)
        residual: Tensor = self.bn3(self.conv3(out))  # (N, 4 planes, H / stride, W / stride)
        return residual


class ResNet(nn.Module):
    """Images (N, 3, H, W), normalised, to logits (N, num_classes).

    `layers` is the number of blocks of each stage, for up to four stages. `replace_stride_with_dilation` says of each
    stage after the first whether it keeps its resolution and spreads its convolutions instead. Raises ValueError and
    NotImplementedError for arguments that describe no network.
    """

    def __init__(
        self,
        block: type[BasicBlock] | type[Bottleneck],
        layers: Sequence[int],
        num_classes: int = 1000,
        zero_init_residual: bool = False,
        groups: int = 1,
        width_per_group: int = 64,
        replace_stride_with_dilation: Sequence[bool] | None = None,
        norm_layer: NormLayer | None = None,
        *,
        stem: Stem = "imagenet",
        planes: int = 64,
        residual: bool = True,
        shortcut: Shortcut = "B",
    ) -> None:
        super().__init__()
        dilate = (False, False, False) if replace_stride_with_dilation is None else replace_stride_with_dilation
        if len(dilate) != 3:
            raise ValueError(f"replace_stride_with_dilation should be None or have 3 elements, got {dilate}.")
        if not 1 <= len(layers) <= 4 or min(layers) < 1:
            raise ValueError(f"A ResNet has one to four stages of at least one block, got {layers}.")
        if zero_init_residual and norm_layer is NoNorm:
            raise ValueError("zero_init_residual needs a norm layer: it sets the scale of the last one of each block.")
        self.groups = groups
        self.base_width = width_per_group
        self.residual = residual
        self.shortcut = shortcut
        self._norm_layer = norm_layer or nn.BatchNorm2d
        self._block = block
        self.inplanes = planes  # channels that the next block reads
        self.dilation = 1

        bias = norm_layer is NoNorm
        if stem == "cifar":
            self.conv1 = nn.Conv2d(3, planes, kernel_size=3, padding=1, bias=bias)
        else:
            self.conv1 = nn.Conv2d(3, planes, kernel_size=7, stride=2, padding=3, bias=bias)
        self.bn1 = self._norm_layer(planes)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.Identity() if stem == "cifar" else nn.MaxPool2d(kernel_size=3, stride=2, padding=1)
        depths = (*layers, 0, 0, 0)
        self.layer1 = self._make_layer(planes, depths[0])
        self.layer2 = self._make_layer(planes * 2, depths[1], stride=2, dilate=dilate[0])
        self.layer3 = self._make_layer(planes * 4, depths[2], stride=2, dilate=dilate[1])
        self.layer4 = self._make_layer(planes * 8, depths[3], stride=2, dilate=dilate[2])
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(self.inplanes, num_classes)
        self._initialise(zero_init_residual)

    def _make_layer(self, planes: int, blocks: int, stride: int = 1, dilate: bool = False) -> nn.Sequential:
        """One stage: the first block changes the shape, the others keep it. No blocks: a stage that does nothing."""
        stage = nn.Sequential()
        dilation = self.dilation  # of the first block: still that of the stage before
        if dilate:
            self.dilation *= stride
            stride = 1
        for _ in range(blocks):
            downsample = self._make_shortcut(planes * self._block.expansion, stride)
            block = self._block(
                self.inplanes,
                planes,
                stride,
                downsample,
                self.groups,
                self.base_width,
                dilation,
                self._norm_layer,
                residual=self.residual,
            )
            stage.append(block)
            self.inplanes = planes * self._block.expansion
            stride, dilation = 1, self.dilation
        return stage

    def _make_shortcut(self, planes: int, stride: int) -> nn.Module | None:
        """Options A, B and C of He et al. 2015, section 4.1; None is the identity (or, in a plain network, nothing)."""
        changes = stride != 1 or self.inplanes != planes
        if not self.residual or (self.shortcut != "C" and not changes):
            return None
        if self.shortcut == "A":
            return ZeroPadding(self.inplanes, planes, stride)
        if self._norm_layer is NoNorm:
            return conv1x1(self.inplanes, planes, stride, bias=True)
        return nn.Sequential(conv1x1(self.inplanes, planes, stride), self._norm_layer(planes))

    def _initialise(self, zero_init_residual: bool) -> None:
        """Kaiming-normal convolutions (fan out), norms that start as the identity; `fc` as torch makes it.

        `zero_init_residual` starts every block as the identity: F(x) = 0 (Goyal et al. 2017, section 5.1).
        """
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
            elif isinstance(module, (nn.BatchNorm2d, nn.GroupNorm)):
                nn.init.ones_(module.weight)
                nn.init.zeros_(module.bias)
        if zero_init_residual:
            for module in self.modules():
                if isinstance(module, (BasicBlock, Bottleneck)):
                    last = module.bn3 if isinstance(module, Bottleneck) else module.bn2
                    if isinstance(last.weight, Tensor):  # a norm without parameters has none
                        nn.init.zeros_(last.weight)

    def forward(self, x: Tensor) -> Tensor:  # sizes for ResNet-50   (N,    3, 224, 224)
        x = self.relu(self.bn1(self.conv1(x)))  # conv1                   (N,   64, 112, 112)
        x = self.maxpool(x)  # the CIFAR stem has none                    (N,   64,  56,  56)
        x = self.layer1(x)  #                                             (N,  256,  56,  56)
        x = self.layer2(x)  #                                             (N,  512,  28,  28)
        x = self.layer3(x)  #                                             (N, 1024,  14,  14)
        x = self.layer4(x)  # the CIFAR networks have three stages        (N, 2048,   7,   7)
        x = self.avgpool(x)  #                                            (N, 2048,   1,   1)
        x = torch.flatten(x, 1)  #                                        (N, 2048)
        logits: Tensor = self.fc(x)  #                                    (N, 1000)
        return logits


def build(spec: ResNetSpec) -> ResNet:
    """The network a spec describes, freshly initialised, in training mode. Its state dict has `spec.parameter_shapes`.

    Besides those names torch's batch norm counts its batches in `num_batches_tracked`; `load_state_dict` of a plain
    dictionary does without it.
    """
    return ResNet(
        Bottleneck if spec.block == "bottleneck" else BasicBlock,
        spec.layers,
        spec.num_classes,
        groups=spec.groups,
        width_per_group=spec.width_per_group,
        replace_stride_with_dilation=spec.dilated,
        norm_layer=nn.BatchNorm2d if spec.batch_norm else NoNorm,
        stem=spec.stem,
        planes=spec.planes,
        residual=spec.residual,
        shortcut=spec.shortcut,
    )
