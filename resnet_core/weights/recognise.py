"""Which ResNet a set of tensors is, told from their names and shapes alone.

Understood are torchvision's names, which are ours; those of the CIFAR networks people copy (`shortcut.0`, `linear`;
kuangliu/pytorch-cifar, akamaster/pytorch_resnet_cifar10); any prefix before them (`module.`, `model.`, `backbone.`);
and the batch-norm-free network of beginners' tutorials.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from resnet_core.errors import LensError
from resnet_core.networks import NETWORKS
from resnet_core.spec import BlockKind, ResNetSpec
from resnet_core.weights.tensors import RefusedError, quoted, shape_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_CLASSES = 100_000
MAX_STAGES = 4
MAX_BLOCKS = 400
BATCH_NORM_EPS = 1e-5

Shape = tuple[int, ...]

_OTHER_NAMES = (
    (re.compile(r"(layer\d+\.\d+\.)shortcut\.([01]\..+)"), r"\1downsample.\2"),
    (re.compile(r"(?:linear|classifier|head|fc\.\d{1,2})\.(weight|bias)"), r"fc.\1"),
)
_OTHER_NAMES_WITHOUT_NORM = (
    (re.compile(r"(layer\d+\.\d+\.)(?:shortcut|downsample)(?:\.0)?\.(weight|bias)"), r"\1shortcut.\2"),
    _OTHER_NAMES[1],
)
_NOT_PARAMETERS = re.compile(r"(?:.+\.)?(?:num_batches_tracked|total_ops|total_params|n_averaged)")
_BLOCK = re.compile(r"layer(\d{1,2})\.(\d{1,3})\.conv1\.weight")
_STEM_NORM = ("bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var")


@dataclass(frozen=True)
class Recognised:
    """A network found in a file. `names` gives, for each array to read, its name in the file."""

    spec: ResNetSpec
    names: Mapping[str, str]
    remarks: tuple[str, ...]  # sentences: what was assumed or left out


def recognise(shapes: Mapping[str, Shape], *, plain: bool | None = None) -> Recognised:
    """The network that has tensors of these names and shapes.

    `plain` settles what shapes can't tell: whether a network without projections is a plain one (True) or has
    parameter-free shortcuts (None: taken to have them). Raises RefusedError with the reason when it is no ResNet.
    """
    prefix = _prefix(shapes)
    inside = [name for name in shapes if name.startswith(prefix) and not _NOT_PARAMETERS.fullmatch(name)]
    normed = any(name.endswith("layer1.0.bn1.weight") for name in inside)
    names = _renamed(inside, prefix, _OTHER_NAMES if normed else _OTHER_NAMES_WITHOUT_NORM)
    found = {ours: shapes[theirs] for ours, theirs in names.items()}
    spec = _spec(found, normed, plain)
    _compare(found, spec)
    remarks = []
    if plain is None and spec.shortcut == "A":
        remarks.append("It was taken as a residual network with parameter-free shortcuts; a plain one looks the same.")
    outside = [name for name in shapes if not name.startswith(prefix)]
    if outside:
        remarks.append(f"{len(outside)} tensors outside the network were left out, {quoted(outside[0])} among them.")
    return Recognised(spec, names, tuple(remarks))


def assemble(recognised: Recognised, arrays: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
    """The parameters by the names of `spec.parameter_shapes`, in its order; `arrays` by the keys of `names`.

    A network without batch norm may still have one after its stem, or no bias there: the first is folded into the
    stem's weights, the second is zeros.
    """
    import numpy as np  # here, because the process that only compares shapes starts sooner without

    spec = recognised.spec
    parameters = dict(arrays)
    if not spec.batch_norm:
        bias = parameters.get("conv1.bias", np.zeros(spec.planes, np.float32))
        if "bn1.weight" in parameters:
            gain, shift, mean, variance = (parameters.pop(name).astype(np.float64) for name in _STEM_NORM)
            scale = gain / np.sqrt(variance + BATCH_NORM_EPS)
            bias = ((bias - mean) * scale + shift).astype(np.float32)
            parameters["conv1.weight"] = (parameters["conv1.weight"] * scale[:, None, None, None]).astype(np.float32)
        parameters["conv1.bias"] = bias
    return {name: parameters[name] for name in spec.parameter_shapes}


def _prefix(shapes: Mapping[str, Shape]) -> str:
    """What stands before every name of the network: all up to its stem convolution."""
    prefixes = [name.removesuffix("conv1.weight") for name in shapes if name.endswith("conv1.weight")]
    stems = [prefix for prefix in prefixes if f"{prefix}layer1.0.conv1.weight" in shapes]
    if len(stems) == 1:
        return stems[0]
    if stems:
        raise RefusedError(f"it holds {len(stems)} networks ({', '.join(quoted(stem) for stem in stems[:3])})")
    some = ", ".join(quoted(name) for name in list(shapes)[:3]) or "no tensors at all"
    raise RefusedError(f"it has no “conv1.weight” with a “layer1.0.conv1.weight” beside it; it holds {some}")


def _renamed(inside: list[str], prefix: str, table: tuple[tuple[re.Pattern[str], str], ...]) -> dict[str, str]:
    names: dict[str, str] = {}
    for theirs in inside:
        ours = theirs.removeprefix(prefix)
        for pattern, replacement in table:
            if pattern.fullmatch(ours):
                ours = pattern.sub(replacement, ours)
                break
        if ours in names:
            raise RefusedError(f"{quoted(names[ours])} and {quoted(theirs)} both stand for {quoted(ours)}")
        names[ours] = theirs
    return names


def _spec(found: Mapping[str, Shape], normed: bool, plain: bool | None) -> ResNetSpec:
    """The network the shapes describe. Only shapes that were checked go into it."""
    for name in ("conv1.weight", "layer1.0.conv1.weight"):
        if len(found[name]) != 4 or min(found[name]) < 1:
            raise RefusedError(f"{quoted(name)} is {shape_text(found[name])}, not a convolution")
    planes, channels, height, width = found["conv1.weight"]
    if channels != 3:
        raise RefusedError(f"it reads pictures of {channels} channels, not of 3 (red, green, blue)")
    if (height, width) not in ((7, 7), (3, 3)):
        raise RefusedError(f"its first convolution is {height}x{width}; those of ResNets are 7x7 or 3x3")
    classes = _classes(found)
    block: BlockKind = "bottleneck" if "layer1.0.conv3.weight" in found else "basic"
    groups, width_per_group = _groups(found, planes) if block == "bottleneck" else (1, 64)
    layers = _layers(found)
    projections = {name for name in found if re.fullmatch(r"layer\d+\.\d+\.(downsample\.0|shortcut)\.weight", name)}
    shared = {
        "num_classes": classes, "stem": "cifar" if height == 3 else "imagenet", "planes": planes, "groups": groups,
        "width_per_group": width_per_group, "batch_norm": normed,
    }  # fmt: skip
    residual = bool(projections) or not plain
    changed = 0 if block == "basic" else 1  # option B projects in layer1.0 only where channels change
    shortcut = "A" if not projections else "C" if len(projections) > len(layers) - 1 + changed else "B"
    if not residual:
        shortcut = "B" if len(layers) == 4 else "A"  # has no effect; as the plain networks are described
    try:
        spec = ResNetSpec("resnet", block, layers, residual=residual, shortcut=shortcut, **shared)  # type: ignore[arg-type]
    except LensError as error:
        raise RefusedError(str(error).removeprefix("resnet: ").removesuffix(".")) from None
    return replace(spec, network=_name(spec))


def _classes(found: Mapping[str, Shape]) -> int:
    head = found.get("fc.weight")
    if head is None:
        raise RefusedError("its last layer (“fc.weight”) is missing, so it can't name classes")
    if len(head) != 2:
        raise RefusedError(f"its last layer is {shape_text(head)}, not a matrix of classes and features")
    if head[0] < 1:
        raise RefusedError("it has no classes")
    if head[0] > MAX_CLASSES:
        raise RefusedError(f"it claims {head[0]:,} classes, and more than {MAX_CLASSES:,} are not read")
    return head[0]


def _groups(found: Mapping[str, Shape], planes: int) -> tuple[int, int]:
    """Groups of a bottleneck's 3x3 convolution, and the width of one when `planes` were 64."""
    shape = found.get("layer1.0.conv2.weight", ())
    if len(shape) != 4 or min(shape) < 1 or shape[0] % shape[1]:
        raise RefusedError("“layer1.0.conv2.weight” is missing or not a convolution")
    groups = shape[0] // shape[1]
    return groups, round(shape[1] * 64 / planes)


def _layers(found: Mapping[str, Shape]) -> tuple[int, ...]:
    """How many blocks each stage has, counted by their first convolutions, which must be numbered without gaps."""
    blocks = {(int(match[1]), int(match[2])) for match in map(_BLOCK.fullmatch, found) if match}
    stages = max(stage for stage, _ in blocks)
    layers = tuple(sum(stage == number for stage, _ in blocks) for number in range(1, stages + 1))
    if stages > MAX_STAGES:
        raise RefusedError(f"it has {stages} stages; ResNets have four, those for CIFAR-10 three")
    if len(blocks) > MAX_BLOCKS:
        raise RefusedError(f"it has {len(blocks)} blocks, more than any ResNet")
    for stage, depth in enumerate(layers, start=1):
        for position in range(depth):
            if (stage, position) not in blocks:
                raise RefusedError(f"“layer{stage}.{position}.conv1.weight” is missing")
    if min(layers) < 1:
        raise RefusedError(f"“layer{layers.index(0) + 1}.0.conv1.weight” is missing")
    return layers


def _compare(found: Mapping[str, Shape], spec: ResNetSpec) -> None:
    """Raises RefusedError, naming one, when parameters are missing, too many, or of another shape."""
    expected = spec.parameter_shapes
    optional = set() if spec.batch_norm else {"conv1.bias"}
    if not spec.batch_norm and "bn1.weight" in found:
        expected = expected | dict.fromkeys(_STEM_NORM, (spec.planes,))
    missing = [name for name in expected if name not in found and name not in optional]
    if missing:
        more = f", and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise RefusedError(f"{quoted(missing[0])} is missing{more} (it looked like a {spec.network})")
    for name, shape in found.items():
        if name not in expected:
            raise RefusedError(f"{quoted(name)} is no part of a {spec.network}, which it looked like otherwise")
        if shape != expected[name]:
            raise RefusedError(
                f"{quoted(name)} is {shape_text(shape)}, where {shape_text(expected[name])} was expected"
            )


def _name(spec: ResNetSpec) -> str:
    """The name of a network: of the known one it is but for its stem, classes or shortcuts, else one made up."""
    for known in NETWORKS.values():
        if _body(known) == _body(spec):
            return known.network
    name = f"{'resnet' if spec.residual else 'plain'}{spec.depth}"
    if any(known.network == name for known in NETWORKS.values()):
        name += "_" + "-".join(str(depth) for depth in spec.layers)
    usual = 16 if len(spec.layers) == 3 else 64
    if spec.planes != usual:
        name += f"_w{spec.planes}"
    if spec.groups != 1:
        name += f"_{spec.groups}x{spec.width_per_group}d"
    elif spec.width_per_group != 64:
        name += f"_{spec.width_per_group}d"
    return name if spec.batch_norm else f"{name}_nobn"


def _body(spec: ResNetSpec) -> tuple[object, ...]:
    return (spec.block, spec.layers, spec.planes, spec.groups, spec.width_per_group, spec.residual, spec.batch_norm)
