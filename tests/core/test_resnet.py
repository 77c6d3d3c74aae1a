"""The network against torchvision's, bit for bit, and against a plain reading of its spec."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial

import pytest
import torch
import torchvision
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.nn import functional
from torchvision.models import resnet as theirs

from resnet_core import resnet as ours
from resnet_core.blocks import Conv
from resnet_core.networks import NETWORKS, named
from resnet_core.spec import ResNetSpec

TORCHVISIONS = sorted(set(NETWORKS) & set(torchvision.models.list_models(module=torchvision.models)))


@contextmanager
def meta() -> Iterator[None]:
    """Networks built in here have shapes and no memory: their parameters are assigned afterwards."""
    with torch.device("meta"):
        yield


@cache
def pool() -> Tensor:
    """Numbers that all random parameters are cut from: half a billion draws would take most of the tests' time."""
    return torch.randn(10_000_000, generator=torch.Generator().manual_seed(0))


def randomised(network: nn.Module) -> dict[str, Tensor]:
    """Random arrays for a whole state dict: He-scaled weights, batch norms with any mean, variance, scale and shift."""
    generator = torch.Generator().manual_seed(0)
    state = {}
    for name, blank in network.state_dict().items():
        if blank.ndim == 0:
            state[name] = torch.tensor(7)
            continue
        start = int(torch.randint(len(pool()) - blank.numel(), (1,), generator=generator))
        values = pool()[start : start + blank.numel()].view(blank.shape)
        if name.endswith("running_var"):
            state[name] = values.abs() + 0.5
        elif blank.ndim == 1:
            state[name] = values * 0.3 + (1.0 if name.endswith("weight") else 0.0)
        else:
            state[name] = values * (2 / blank[0].numel()) ** 0.5
    return state


def pictures(*shape: int) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize("name", TORCHVISIONS)
def test_state_dict_and_logits_are_torchvisions_bit_for_bit(name: str) -> None:
    with meta():
        mine, peer = ours.build(named(name)), torchvision.models.get_model(name)
    assert list(mine.state_dict()) == list(peer.state_dict())
    state = randomised(peer)
    x = pictures(1, 3, 64, 64)
    with torch.inference_mode():
        for network in (mine, peer):
            network.load_state_dict(state, assign=True)
            network.eval()
        logits = peer(x)
        assert logits.isfinite().all()
        assert torch.equal(mine(x), logits)


def group_norm(channels: int) -> nn.Module:
    return nn.GroupNorm(8, channels)


@pytest.mark.parametrize("norm_layer", [None, group_norm])
@pytest.mark.parametrize(
    ("block", "zero_init_residual"), [("BasicBlock", True), ("Bottleneck", True), ("Bottleneck", False)]
)
def test_the_same_seed_draws_the_same_weights(block: str, zero_init_residual: bool, norm_layer: object) -> None:
    states = []
    for library in (ours, theirs):
        torch.manual_seed(0)
        kind = getattr(library, block)
        network = library.ResNet(kind, [2, 1, 1, 1], 10, zero_init_residual, norm_layer=norm_layer)  # type: ignore[attr-defined]
        states.append(network.state_dict())
    assert states[0].keys() == states[1].keys()
    assert all(torch.equal(states[0][name], states[1][name]) for name in states[0])
    last = states[0]["layer1.0.bn2.weight" if block == "BasicBlock" else "layer1.0.bn3.weight"]
    assert (last == 0).all() if zero_init_residual else (last == 1).all()


@pytest.mark.parametrize("name", ["resnet18", "bottlenecks"])
def test_a_training_step_is_torchvisions_bit_for_bit(name: str) -> None:
    """Loss, every gradient and the moved batch-norm statistics."""
    results = []
    for library in (ours, theirs):
        torch.manual_seed(3)
        if name == "resnet18":
            network = library.ResNet(library.BasicBlock, [2, 2, 2, 2], 10)  # type: ignore[attr-defined]
        else:
            network = library.ResNet(library.Bottleneck, [1, 1, 1, 1], 10, groups=4, width_per_group=16)  # type: ignore[attr-defined]
        loss = functional.cross_entropy(network(pictures(4, 3, 64, 64)), torch.tensor([0, 3, 9, 3]))
        loss.backward()
        gradients = {key: parameter.grad for key, parameter in network.named_parameters()}
        results.append({"loss": loss.detach(), **gradients, **dict(network.named_buffers())})
    assert results[0].keys() == results[1].keys()
    assert all(torch.equal(results[0][key], results[1][key]) for key in results[0])


VARIANTS: dict[str, dict[str, object]] = {
    "layer4 dilated": {"replace_stride_with_dilation": [False, False, True]},
    "layer3 dilated": {"replace_stride_with_dilation": [False, True, False]},
    "layers 3 and 4 dilated": {"replace_stride_with_dilation": (False, True, True)},
    "all dilated": {"replace_stride_with_dilation": (True, True, True)},
    "group norm": {"norm_layer": group_norm},
    "group norm, zero residual": {"norm_layer": group_norm, "zero_init_residual": True},
    "other epsilon": {"norm_layer": partial(nn.BatchNorm2d, eps=1e-2)},
    "frozen": {"norm_layer": torchvision.ops.FrozenBatchNorm2d},
    "no parameters": {"norm_layer": partial(nn.InstanceNorm2d, affine=False), "zero_init_residual": True},
    "groups and width": {"groups": 2, "width_per_group": 48, "num_classes": 3},
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_argument_means_what_it_means_in_torchvision(variant: str) -> None:
    names, logits = [], []
    for library in (ours, theirs):
        with meta():
            network = library.ResNet(library.Bottleneck, [1, 2, 2, 2], **VARIANTS[variant])  # type: ignore[attr-defined]
        state = randomised(network)
        network.load_state_dict(state, assign=True)
        names.append(list(state))
        with torch.inference_mode():
            logits.append(network.eval()(pictures(2, 3, 64, 48)))
    assert names[0] == names[1]
    assert logits[0].isfinite().all()
    assert torch.equal(*logits)


@pytest.mark.parametrize(
    ("block", "arguments"),
    [
        ("BasicBlock", {"groups": 2}),
        ("BasicBlock", {"width_per_group": 128}),
        ("BasicBlock", {"replace_stride_with_dilation": [False, False, True]}),
        ("Bottleneck", {"replace_stride_with_dilation": [True, True]}),
        ("Bottleneck", {"replace_stride_with_dilation": []}),
    ],
)
def test_the_error_cases_are_torchvisions(block: str, arguments: dict[str, object]) -> None:
    with meta():
        with pytest.raises(Exception) as caught:
            theirs.ResNet(getattr(theirs, block), [2, 2, 2, 2], **arguments)  # type: ignore[arg-type]
        with pytest.raises(caught.type):
            ours.ResNet(getattr(ours, block), [2, 2, 2, 2], **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"layers": []}, "one to four stages"),
        ({"layers": [1] * 5}, "one to four stages"),
        ({"layers": [1, 0]}, "at least one block"),
        ({"layers": [1], "norm_layer": ours.NoNorm, "zero_init_residual": True}, "needs a norm layer"),
    ],
)
def test_our_own_error_cases(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        ours.ResNet(ours.BasicBlock, **arguments)  # type: ignore[arg-type]


def test_parameters_by_the_specs_names_load_without_the_batch_counters() -> None:
    spec = named("resnet20")
    network = ours.build(spec)
    network.load_state_dict({name: torch.ones(shape) for name, shape in spec.parameter_shapes.items()})
    assert network.layer3[2].bn2.running_var.sum() == 64


def logits_by_the_spec(spec: ResNetSpec, state: dict[str, Tensor], x: Tensor) -> Tensor:
    """The network as the spec words it, in nothing but torch functions."""

    def convolved(conv: Conv, x: Tensor) -> Tensor:
        bias = state.get(f"{conv.name}.bias")
        x = functional.conv2d(
            x, state[f"{conv.name}.weight"], bias, conv.stride, conv.padding, conv.dilation, conv.groups
        )
        if conv.norm is None:
            return x
        parts = (state[f"{conv.norm}.{part}"] for part in ("running_mean", "running_var", "weight", "bias"))
        return functional.batch_norm(x, *parts)

    x = convolved(spec.stem_conv, x).relu()
    if spec.max_pool:
        x = functional.max_pool2d(x, 3, 2, 1)
    for block in spec.blocks:
        out = x
        for index, conv in enumerate(block.convs):
            out = convolved(conv, out.relu() if index else out)
        if block.projection is not None:
            out = out + convolved(block.projection, x)
        elif block.zero_padded:
            before, after = block.zero_channels
            thin = x[:, :, :: block.stride, :: block.stride]
            blank = torch.zeros_like(thin[:, :1])
            out = out + torch.cat([blank.repeat(1, before, 1, 1), thin, blank.repeat(1, after, 1, 1)], dim=1)
        elif block.residual:
            out = out + x
        x = out.relu()
    return functional.linear(x.mean(dim=(2, 3)), state["fc.weight"], state["fc.bias"])


@st.composite
def specs(draw: Callable[..., object]) -> ResNetSpec:
    block = draw(st.sampled_from(["basic", "bottleneck"]))
    wide = block == "bottleneck"
    return ResNetSpec(
        "random",
        block,  # type: ignore[arg-type]
        tuple(draw(st.lists(st.integers(1, 2), min_size=1, max_size=4))),  # type: ignore[arg-type]
        draw(st.integers(1, 5)),  # type: ignore[arg-type]
        stem=draw(st.sampled_from(["imagenet", "cifar"])),  # type: ignore[arg-type]
        planes=draw(st.integers(1, 6)),  # type: ignore[arg-type]
        groups=draw(st.integers(1, 3)) if wide else 1,  # type: ignore[arg-type]
        width_per_group=draw(st.sampled_from([64, 96, 128])) if wide else 64,  # type: ignore[arg-type]
        residual=draw(st.booleans()),  # type: ignore[arg-type]
        shortcut=draw(st.sampled_from(["A", "B", "C"])),  # type: ignore[arg-type]
        batch_norm=draw(st.booleans()),  # type: ignore[arg-type]
        dilated=draw(st.tuples(*[st.booleans()] * 3)) if wide else (False, False, False),  # type: ignore[arg-type]
    )


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(spec=specs(), height=st.integers(1, 40), width=st.integers(1, 40))
def test_any_spec_and_its_network_are_the_same_thing(spec: ResNetSpec, height: int, width: int) -> None:
    network = ours.build(spec).double().eval()
    state = {name: value for name, value in network.state_dict().items() if value.ndim}
    assert {name: tuple(value.shape) for name, value in state.items()} == spec.parameter_shapes
    generator = torch.Generator().manual_seed(2)
    for name, value in state.items():
        value.copy_(torch.rand(value.shape, generator=generator) + 0.5 if name.endswith("var") else value)
        if name.endswith(("bias", "mean")):
            value.copy_(torch.randn(value.shape, generator=generator))
    x = torch.randn(2, 3, height, width, generator=generator, dtype=torch.float64)
    with torch.inference_mode():
        torch.testing.assert_close(network(x), logits_by_the_spec(spec, state, x))


@pytest.mark.parametrize("shortcut", ["A", "B", "C"])
@pytest.mark.parametrize("block", [ours.BasicBlock, ours.Bottleneck])
def test_a_block_is_the_sum_of_its_branches(block: type[ours.BasicBlock], shortcut: str) -> None:
    torch.manual_seed(0)
    network = ours.ResNet(block, [1, 1], 4, planes=8, stem="cifar", shortcut=shortcut).eval()  # type: ignore[arg-type]
    network.load_state_dict(randomised(network))
    unit = network.layer2[0]
    x = pictures(2, 8 * block.expansion, 9, 7)
    with torch.inference_mode():
        residual, kept = unit.residual_branch(x), unit.shortcut_branch(x)
        assert (residual < 0).any()
        assert torch.equal(unit(x), (residual + kept).relu())


def test_running_a_block_leaves_its_branches_as_they_were() -> None:
    """torchvision's block adds in place, so a hook on its last batch norm sees the sum: ours sees F(x)."""
    unit = ours.BasicBlock(4, 4).eval()
    seen: list[Tensor] = []
    unit.bn2.register_forward_hook(lambda _module, _input, output: seen.append(output))
    x = pictures(1, 4, 5, 5)
    before = x.clone()
    with torch.inference_mode():
        unit(x)
        assert torch.equal(seen[0], unit.residual_branch(before))
    assert torch.equal(x, before)


def test_zero_padding_puts_half_of_the_new_channels_on_either_side() -> None:
    x = pictures(1, 4, 6, 7)
    padded = ours.ZeroPadding(4, 9, stride=2)(x)
    assert padded.shape == (1, 9, 3, 4)
    assert torch.equal(padded[:, 2:6], x[:, :, ::2, ::2])
    assert (padded[:, :2] == 0).all()
    assert (padded[:, 6:] == 0).all()


def test_a_tutorials_network_computes_what_the_tutorial_says() -> None:
    torch.manual_seed(0)
    network = ours.build(named("resnet18_nobn").with_classes(5)).eval()
    assert (network.conv1.bias == 0).all()
    unit, x = network.layer2[0], pictures(1, 64, 8, 8)
    with torch.inference_mode():
        expected = unit.conv2(unit.conv1(x).relu()) + unit.shortcut(x)
        assert torch.equal(unit(x), expected.relu())
    assert unit.shortcut.kernel_size == (1, 1)
    assert unit.conv1.stride == unit.shortcut.stride == (2, 2)
