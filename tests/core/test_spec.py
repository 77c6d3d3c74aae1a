"""The spec alone: names, counts, errors. That torch agrees is tested in test_networks.py and test_resnet.py."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from resnet_core.blocks import Conv, ReceptiveField
from resnet_core.errors import LensError
from resnet_core.networks import NETWORKS, named
from resnet_core.spec import ResNetSpec

TINY = ResNetSpec("tiny", "basic", (1, 2), num_classes=3, stem="cifar", planes=4)


@pytest.mark.parametrize("name", NETWORKS)
def test_the_number_in_the_name_is_the_count_of_weighted_layers(name: str) -> None:
    number = re.search(r"\d+", name)
    assert number is not None
    assert NETWORKS[name].depth == int(number.group())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"layers": ()}, "one to four stages"),
        ({"layers": (1, 1, 1, 1, 1)}, "one to four stages"),
        ({"layers": (2, 0, 2)}, "at least one block"),
        ({"num_classes": 0}, "at least one class"),
        ({"planes": 0}, "one channel"),
        ({"block": "bottleneck", "groups": 0}, "one group"),
        ({"block": "bottleneck", "width_per_group": 1}, "without a channel"),
        ({"groups": 2}, "basic blocks have one group"),
        ({"width_per_group": 128}, "a width of 64"),
        ({"dilated": (False, False, True)}, "basic blocks can't be dilated"),
        ({"block": "bottleneck", "dilated": (True,)}, "three stages after the first"),
    ],
)
def test_arguments_that_describe_no_network_are_refused_by_name(changes: dict[str, object], words: str) -> None:
    with pytest.raises(LensError, match=words) as caught:
        replace(TINY, **changes)  # type: ignore[arg-type]
    assert str(caught.value).startswith("tiny: ")


def test_outputs_are_named_in_order_of_depth() -> None:
    block = lambda name: (f"{name}.residual", f"{name}.shortcut", name)  # noqa: E731
    assert TINY.output_names == (
        "conv1",
        *block("layer1.0"),
        "layer1",
        *block("layer2.0"),
        *block("layer2.1"),
        "layer2",
        "logits",
    )
    plain = replace(TINY, residual=False)
    assert plain.output_names == ("conv1", "layer1.0", "layer1", "layer2.0", "layer2.1", "layer2", "logits")
    assert TINY.stage_names == ("conv1", "layer1", "layer2")


@pytest.mark.parametrize(
    ("output", "block"),
    [
        ("layer2.1.residual", "layer2.1"),
        ("layer2.1", "layer2.1"),
        ("layer2", "layer2.0"),
        ("conv1", "layer1.0"),
    ],
)
def test_every_map_has_a_block_that_is_looked_at_with_it(output: str, block: str) -> None:
    assert TINY.block_at(output) == block


def test_what_one_run_gives_of_a_stage() -> None:
    inside = tuple(name for name in TINY.output_names if name.startswith("layer2."))
    assert TINY.together("layer2.0") == TINY.together("layer2.1.shortcut") == inside
    assert len(inside) == 6
    assert TINY.together("layer2") == TINY.together("conv1") == ()


def test_a_tutorials_network_has_biases_and_a_shortcut_and_no_batch_norm() -> None:
    names = set(named("resnet18_nobn").parameter_shapes)
    assert {"conv1.bias", "layer2.0.conv1.bias", "layer2.0.shortcut.weight", "layer2.0.shortcut.bias"} <= names
    assert not any("bn" in name or "downsample" in name or "running" in name for name in names)
    assert "layer1.0.shortcut.weight" not in names


@pytest.mark.parametrize(
    ("shortcut", "projected", "padded"),
    [
        ("A", [], ["layer2.0"]),
        ("B", ["layer2.0"], []),
        ("C", ["layer1.0", "layer2.0", "layer2.1"], []),
    ],
)
def test_shortcut_options(shortcut: str, projected: list[str], padded: list[str]) -> None:
    blocks = replace(TINY, shortcut=shortcut).blocks  # type: ignore[arg-type]
    assert [block.name for block in blocks if block.projection is not None] == projected
    assert [block.name for block in blocks if block.zero_padded] == padded
    assert all(sum(block.zero_channels) == (4 if block.zero_padded else 0) for block in blocks)


def test_a_plain_network_has_no_shortcut_of_any_kind() -> None:
    for block in named("plain34").blocks:
        assert block.projection is None
        assert not block.zero_padded
        assert block.zero_channels == (0, 0)


def test_an_odd_number_of_missing_channels_leaves_the_larger_half_behind() -> None:
    block = replace(TINY, planes=3, shortcut="A").stages[1].blocks[0]
    assert block.zero_channels == (1, 2)


@pytest.mark.parametrize(
    ("spec", "signed"),
    [
        (TINY, {"layer2.0.shortcut"}),
        (replace(TINY, shortcut="A"), set()),
        (replace(TINY, shortcut="C"), {"layer1.0.shortcut", "layer2.0.shortcut", "layer2.1.shortcut"}),
        (replace(TINY, stem="imagenet"), {"layer2.0.shortcut"}),
        (replace(TINY, batch_norm=False), {"layer2.0.shortcut"}),
        (replace(TINY, block="bottleneck"), {"layer1.0.shortcut", "layer2.0.shortcut"}),
    ],
)
def test_only_what_no_relu_came_before_is_signed(spec: ResNetSpec, signed: set[str]) -> None:
    residuals = {f"{block.name}.residual" for block in spec.blocks}
    assert {name for name in spec.output_names if spec.is_signed(name)} == {*signed, *residuals, "logits"}


def test_a_plain_network_has_no_signed_maps_and_unknown_names_are_refused() -> None:
    plain = replace(TINY, residual=False)
    assert [name for name in plain.output_names if plain.is_signed(name)] == ["logits"]
    for name in ("layer1.0.shortcut", "layer9", "layer1.0.conv1", ""):
        with pytest.raises(LensError, match=f"tiny has no output named “{name}”"):
            plain.is_signed(name)


def test_receptive_fields_everybody_knows() -> None:
    """ResNet-18's last unit sees 435 px, ResNet-50's 427: more layers, but fewer of them 3x3 at a low resolution."""
    assert named("resnet18").receptive_field("conv1") == ReceptiveField(7, 2, -3)
    assert named("resnet18").receptive_field("layer4") == ReceptiveField(435, 32, -217)
    assert named("resnet50").receptive_field("layer4").size == 427
    assert named("resnet20").receptive_field("layer3").step == 4


def test_a_span_is_clipped_to_the_picture() -> None:
    field = ReceptiveField(7, 2, -3)
    assert field.span(0, 224) == (0, 4)
    assert field.span(10, 224) == (17, 24)
    assert field.span(111, 224) == (219, 224)


@pytest.mark.parametrize("name", ["layer5", "layer1.9", "logits", "", "layer1.0.conv1"])
def test_an_unknown_map_has_no_receptive_field(name: str) -> None:
    with pytest.raises(LensError, match=r"resnet18 has no map named"):
        named("resnet18").receptive_field(name)


def test_a_plain_block_has_a_field_but_no_shortcut_to_have_one() -> None:
    assert named("plain18").receptive_field("layer1.0").size > 0
    with pytest.raises(LensError, match="no map named"):
        named("plain18").receptive_field("layer1.0.shortcut")


def test_conv_arithmetic() -> None:
    conv = Conv("conv", None, 4, 8, kernel=3, stride=2, padding=2, dilation=2, groups=2)
    assert conv.weight_shape == (8, 2, 3, 3)
    assert conv.parameters == 8 * 2 * 9 + 8
    assert conv.output(9, 10) == (5, 5)
    assert conv.macs(9, 10) == 8 * 2 * 9 * 25


@pytest.mark.parametrize(
    ("network", "output", "channels"),
    [
        ("resnet18", "conv1", 64),
        ("resnet18", "layer2.1.residual", 128),
        ("resnet50", "layer4.2.shortcut", 2048),
        ("resnet50", "layer1", 256),
        ("resnet20", "conv1", 16),
        ("plain20", "layer3.0", 64),
    ],
)
def test_the_channels_of_every_kind_of_output(network: str, output: str, channels: int) -> None:
    assert named(network).channels_of(output) == channels


@pytest.mark.parametrize(
    ("output", "stage"),
    [("conv1", "conv1"), ("layer2.1.shortcut", "layer2"), ("layer3", "layer3"), ("logits", "layer4")],
)
def test_every_output_is_in_a_stage(output: str, stage: str) -> None:
    assert named("resnet18").stage_at(output) == stage
