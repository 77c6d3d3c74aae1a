"""What `describe` and `receptive_field` say without torch, against what torch counts and torchvision publishes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
import torchvision
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from resnet_core import resnet
from resnet_core.errors import LensError
from resnet_core.networks import DEPTHS, NETWORKS, Part, describe, named
from resnet_core.spec import ResNetSpec, Stem

ODD = (97, 131)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(LensError, match=r"no network named “resnet51”\. Known: resnet18, "):
        named("resnet51")


@pytest.mark.parametrize("size", [(0, 224), (224, 0), (-1, -1)])
def test_a_picture_without_pixels_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(LensError, match="is no picture"):
        describe(named("resnet18"), *size)


@contextmanager
def outputs_of(network: nn.Module) -> Iterator[dict[str, Tensor]]:
    """What every module of `network` gives while this is open, by name, still part of the graph."""
    seen: dict[str, Tensor] = {}

    def remember(name: str) -> object:
        def hook(_module: nn.Module, _input: object, output: Tensor) -> None:
            seen[name] = output

        return hook

    hooks = [module.register_forward_hook(remember(name)) for name, module in network.named_modules()]  # type: ignore[arg-type]
    yield seen
    for hook in hooks:
        hook.remove()


def check_against_torch(spec: ResNetSpec, sizes: tuple[tuple[int, int], ...]) -> None:
    """State dict; shapes, parameters and MACs of every stage and block; on torch's meta device: no arithmetic."""
    with torch.device("meta"):
        network = resnet.build(spec).eval()
        pictures = [torch.empty(1, 3, *size) for size in sizes]
    state = {key: tuple(value.shape) for key, value in network.state_dict().items() if "num_batches" not in key}
    assert list(state.items()) == list(spec.parameter_shapes.items())
    modules = dict(network.named_modules())
    parameters = {name: sum(p.numel() for p in module.parameters()) for name, module in modules.items()}
    for size, picture in zip(sizes, pictures, strict=True):
        with outputs_of(network) as outputs, FlopCounterMode(display=False) as counter, torch.no_grad():
            network(picture)
        macs = {name: sum(flops.values()) // 2 for name, flops in counter.get_flop_counts().items()}
        description = describe(spec, *size)

        def check(part: Part, module: str) -> None:
            assert part.output == tuple(outputs[module].shape[1:]), (part.name, size)  # noqa: B023
            assert part.macs == macs[f"ResNet.{module}"], (part.name, size)  # noqa: B023
            if module != "conv1":
                assert part.parameters == parameters[module], part.name

        for stage in description.stages:
            check(stage, stage.name)
            for block in stage.blocks:
                check(block, block.name)
        assert description.stage("conv1").parameters == parameters["conv1"] + parameters["bn1"]
        assert description.macs == macs["Global"]
        assert description.parameters == spec.parameters == parameters[""]
        assert description.input_size == size


@pytest.mark.parametrize("name", NETWORKS)
def test_state_dict_shapes_parameters_and_macs_are_what_torch_has(name: str) -> None:
    everyday = name in ("resnet18", "resnet50")
    check_against_torch(NETWORKS[name], ((288, 320), ODD, (33, 5), (1, 1)) if everyday else (ODD,))


@pytest.mark.parametrize("stem", ["cifar", "imagenet"])
@pytest.mark.parametrize("name", ["resnet18", "resnet20", "resnext50_32x4d", "resnet18_nobn"])
def test_either_stem_on_any_network(name: str, stem: Stem) -> None:
    check_against_torch(NETWORKS[name].with_stem(stem).with_classes(7), ((65, 48),))


@pytest.mark.parametrize("dilated", [(False, False, True), (False, True, True), (True, True, True)])
def test_dilated_stages_keep_their_resolution(dilated: tuple[bool, ...]) -> None:
    spec = replace(named("resnet50"), dilated=dilated)
    check_against_torch(spec, (ODD,))
    assert describe(spec, 224, 224).stage("layer4").output == (2048, 7 * 2 ** sum(dilated), 7 * 2 ** sum(dilated))


TORCHVISIONS = [name for name in NETWORKS if name in torchvision.models.list_models(module=torchvision.models)]


def test_all_of_torchvisions_family_is_known() -> None:
    family = re.compile(r"(wide_)?resne(x)?t\d+")
    assert [name for name in torchvision.models.list_models(module=torchvision.models) if family.match(name)] == sorted(
        TORCHVISIONS
    )
    assert len(TORCHVISIONS) == 10


@pytest.mark.parametrize("name", TORCHVISIONS)
def test_parameters_and_gmacs_are_the_published_ones(name: str) -> None:
    for weights in torchvision.models.get_model_weights(name):
        description = describe(named(name), 224, 224)
        assert description.parameters == weights.meta["num_params"]
        assert round(description.macs / 1e9, 3) == pytest.approx(weights.meta["_ops"], abs=1e-9)


@pytest.mark.shared
@pytest.mark.parametrize("name", DEPTHS)
def test_the_table_of_numbers_we_hold_ourselves_to(name: str, shared: Path) -> None:
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in (shared / "numbers.md").read_text(encoding="utf-8").splitlines()
        if line.startswith(f"| {name} ")
    ]
    parameters, gmacs = rows[0][3:5]
    description = describe(named(name), 224, 224)
    assert f"{description.parameters:,}" == parameters
    assert f"{description.macs / 1e9:.3f}" == gmacs


def first_and_last(gradient: Tensor) -> tuple[int, int]:
    """The rows with a gradient, first and one past last; there is no gap between them."""
    rows = np.flatnonzero(gradient[0].abs().sum(dim=(0, 2)).numpy())
    assert len(rows) == rows[-1] - rows[0] + 1
    return int(rows[0]), int(rows[-1]) + 1


def positive(spec: ResNetSpec) -> resnet.ResNet:
    """A network in which every pixel a unit can see has a positive effect on it, in float64.

    All weights are positive and sum to 1, so no ReLU closes and nothing overflows; the max pool, which passes the
    gradient to one pixel only, becomes an average over the same window.
    """
    network = resnet.build(spec).double().eval()
    for name, parameter in network.named_parameters():
        parameter.data.fill_(1.0 if parameter.ndim == 1 and name.endswith("weight") else 0.0)
        if parameter.ndim == 4:
            parameter.data.fill_(1.0 / parameter[0].numel())
    if spec.max_pool:
        network.maxpool = nn.AvgPool2d(kernel_size=3, stride=2, padding=1)
    return network


@pytest.mark.parametrize(
    "name", ["resnet18", "resnet20", "resnet34", "resnet50", "resnet101", "plain18", "resnet56", "C"]
)
def test_the_receptive_field_is_where_the_input_gradient_is(name: str) -> None:
    """On a strip one pixel wide (the axes are alike) and with few channels (they change nothing about it)."""
    spec = replace(named("resnet18"), shortcut="C") if name == "C" else named(name)
    spec = replace(spec, planes=2, num_classes=1)
    side = 1200 if spec.block == "bottleneck" else 500
    strip = torch.ones(1, 3, side, 1, dtype=torch.float64, requires_grad=True)
    network = positive(spec)
    with outputs_of(network) as outputs:
        network(strip)
    last_norm = "bn3" if spec.block == "bottleneck" else "bn2"
    maps = {stage: outputs[stage] for stage in spec.stage_names}
    for block in (spec.blocks[0], spec.stages[1].blocks[0], spec.stages[-1].blocks[0]):
        maps[block.name] = outputs[block.name]
        if block.residual:
            maps[f"{block.name}.residual"] = outputs[f"{block.name}.{last_norm}"]
        if block.projection is not None:
            maps[f"{block.name}.shortcut"] = outputs[f"{block.name}.downsample"]
    for map_name, values in maps.items():
        field = spec.receptive_field(map_name)
        height = values.shape[2]
        for unit in {0, height // 2, height // 2 + 1, height - 1}:
            (gradient,) = torch.autograd.grad(values[0, :, unit].sum(), strip, retain_graph=True)
            assert first_and_last(gradient) == field.span(unit, side), (map_name, unit)


TWO_WAYS = {
    "imagenet stem": replace(named("resnet18"), layers=(1, 1, 1)),
    "cifar stem": replace(named("resnet20"), layers=(2, 1)),
    "bottleneck": replace(named("resnet50"), layers=(1, 2)),
    "dilated": replace(named("resnet50"), layers=(1, 1, 2, 1), dilated=(False, True, True)),
    "all dilated": replace(named("resnet50"), layers=(1, 2, 1), dilated=(True, True, True)),
    "option C": replace(named("resnet18"), layers=(1, 1), shortcut="C"),
    "option A": replace(named("resnet20"), layers=(1, 1, 1)),
}


@pytest.mark.parametrize(("height", "width"), [(64, 64), (61, 97)])
@pytest.mark.parametrize("name", TWO_WAYS)
def test_receptive_fields_in_both_directions_at_every_border(name: str, height: int, width: int) -> None:
    """Every output, at the corners, the middle and between: what is in sight, and centred where `nearest` looks."""
    spec = replace(TWO_WAYS[name], planes=2, num_classes=1)
    picture = torch.ones(1, 3, height, width, dtype=torch.float64, requires_grad=True)
    network = positive(spec)
    with outputs_of(network) as outputs:
        network(picture)
    for map_name in (*spec.stage_names, *(block.name for block in spec.blocks)):
        values, field = outputs[map_name], spec.receptive_field(map_name)
        high, wide = values.shape[2:]
        for y, x in {(0, 0), (high - 1, wide - 1), (0, wide - 1), (high // 2, wide // 2), (high // 3, wide - 1)}:
            (gradient,) = torch.autograd.grad(values[0, :, y, x].sum(), picture, retain_graph=True)
            seen = gradient[0].abs().sum(dim=0).numpy()
            rows, columns = np.flatnonzero(seen.sum(axis=1)), np.flatnonzero(seen.sum(axis=0))
            assert (rows[0], rows[-1] + 1) == field.span(y, height), (map_name, y)
            assert (columns[0], columns[-1] + 1) == field.span(x, width), (map_name, x)
            assert (field.nearest(field.centre(y), high), field.nearest(field.centre(x), wide)) == (y, x)


def test_the_unit_nearest_to_a_place_of_the_input() -> None:
    field = named("resnet18").receptive_field("layer4")  # centred at 0.5, 32.5, 64.5, …
    assert [field.centre(unit) for unit in range(3)] == [0.5, 32.5, 64.5]
    assert [field.nearest(place, 7) for place in (0.0, 16.4, 16.6, 48.4, 111.5, 223.9)] == [0, 0, 1, 1, 3, 6]
    assert field.nearest(-500.0, 7) == 0
