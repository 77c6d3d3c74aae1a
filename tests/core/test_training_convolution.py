"""Convolutions as products of matrices: the numbers of torch's own, and the same choice in a run that goes on."""

from __future__ import annotations

import copy
import itertools
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from small_training import PREPROCESS, GivenOrders, Told, config, dataset
from torch import Tensor, nn
from torch.nn import functional

from resnet_core.spec import ResNetSpec
from resnet_core.training import convolution, job, measure, memory, state
from resnet_core.training.arithmetic import Arithmetic, choose_products
from resnet_core.training.best import Task
from resnet_core.training.config import Machine
from resnet_core.training.convolution import Convolution, Pass, Passes
from resnet_core.training.loop import Trainer
from resnet_core.training.network import new_network, parameters_of
from resnet_core.weights.store import WeightsStore

CPU = torch.device("cpu")
SPEC = ResNetSpec("tiny", "basic", (1, 1), 3, stem="cifar", planes=16)
ALL: tuple[Pass, ...] = ("forward", "input", "weight")
PRODUCTS: Passes = {"layer1.0.conv2": ALL, "layer2.0.conv1": ("forward", "weight"), "layer2.0.conv2": ("input",)}
SIZES = [(2, 5, 7, 8, 8), (1, 4, 6, 7, 5), (3, 16, 4, 1, 1), (2, 3, 8, 2, 9)]


def test_small_maps_are_one_product_and_large_ones_a_sum() -> None:
    assert convolution.parts_of(128, 128 * 4 * 4) == 1
    assert convolution.parts_of(128, 128 * 8 * 8) == 2
    assert convolution.parts_of(128, 128 * 32 * 32) == 32
    assert convolution.parts_of(96, 96 * 16 * 16) == 6


def tensors(images: int, channels: int, kernels: int, height: int, width: int, stride: int) -> tuple[Tensor, ...]:
    """Pictures, weights and a gradient of the output."""
    random = torch.Generator().manual_seed(0)
    x = torch.randn(images, channels, height, width, generator=random).contiguous(memory_format=torch.channels_last)
    weight = torch.randn(kernels, channels, 3, 3, generator=random) / channels
    out = functional.conv2d(x, weight, stride=stride, padding=1)
    return x, weight, torch.randn(out.shape, generator=random)


def passes_of(x: Tensor, weight: Tensor, gradient: Tensor, stride: int, products: tuple[Pass, ...]) -> list[Tensor]:
    x, weight = x.clone().requires_grad_(), weight.clone().requires_grad_()
    out = Convolution.apply(x, weight, stride, products)
    return [out.detach(), *torch.autograd.grad(out, (x, weight), gradient.to(out.dtype))]


def exact(x: Tensor, weight: Tensor, gradient: Tensor, stride: int) -> list[Tensor]:
    """By torch in float64."""
    x, weight = x.double().requires_grad_(), weight.double().requires_grad_()
    out = functional.conv2d(x, weight, stride=stride, padding=1)
    return [out.detach(), *torch.autograd.grad(out, (x, weight), gradient.double())]


def subsets(stride: int) -> list[tuple[Pass, ...]]:
    parts: tuple[Pass, ...] = ALL if stride == 1 else ("forward", "weight")
    return [chosen for count in range(len(parts) + 1) for chosen in itertools.combinations(parts, count)]


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("size", SIZES)
def test_every_pass_has_torchs_numbers(size: tuple[int, ...], stride: int) -> None:
    made = tensors(*size, stride)
    wanted = exact(*made, stride)
    for products in subsets(stride):
        for found, expected in zip(passes_of(*made, stride, products), wanted, strict=True):
            assert found.dtype == torch.float32
            assert found.shape == expected.shape
            torch.testing.assert_close(found.double(), expected, rtol=1e-4, atol=1e-4)
        with torch.autocast("cpu", torch.bfloat16):
            halves = passes_of(*made, stride, products)
        assert halves[0].dtype == torch.bfloat16
        for found, expected in zip(halves, wanted, strict=True):
            torch.testing.assert_close(found.double(), expected, rtol=0.02, atol=0.02 * float(expected.abs().max()))


def test_a_long_product_is_a_sum_of_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convolution, "_ROWS_AT_ONCE", 20)
    for images in (6, 5, 1):
        made = tensors(images, 3, 4, 6, 6, 1)
        found = passes_of(*made, 1, ("weight",))[2]
        torch.testing.assert_close(found.double(), exact(*made, 1)[2], rtol=1e-4, atol=1e-4)


def test_a_gradient_that_onednn_gets_wrong_is_a_product() -> None:
    """Pictures of 16 px in a network whose stem halves twice end there. What was freed before is what oneDNN finds."""
    made = tensors(3, 64, 64, 1, 1, 2)
    wanted = exact(*made, 2)[2]
    for _ in range(5):
        junk = [torch.full((size,), 1e30) for size in (1 << 10, 1 << 13, 1 << 16, 1 << 20)]
        del junk
        with torch.autocast("cpu", torch.bfloat16):
            found = passes_of(*made, 2, ())[2]
        torch.testing.assert_close(found.double(), wanted, rtol=0.02, atol=0.02 * float(wanted.abs().max()))


def test_what_needs_no_gradient_gets_none() -> None:
    x, weight, gradient = tensors(2, 4, 4, 6, 6, 1)
    for learns in (x, weight):
        learns.requires_grad_()
        Convolution.apply(x, weight, 1, ALL).backward(gradient)
        assert (x.grad is None) == (learns is weight)
        learns.requires_grad_(False)
        x.grad = weight.grad = None


def test_the_network_stays_what_it_is() -> None:
    plain = new_network(SPEC, 0).to(memory_format=torch.channels_last)
    mixed = copy.deepcopy(plain)
    Arithmetic(CPU, "bfloat16", "channels_last", PRODUCTS).place(mixed)
    assert plain.state_dict().keys() == mixed.state_dict().keys()
    assert [type(module) for module in plain.modules()] == [type(module) for module in mixed.modules()]
    pictures = torch.rand(4, 3, 12, 12)
    assert torch.equal(plain(pictures), mixed(pictures))  # float32 as it was
    seen: list[Tensor] = []
    mixed.layer1[0].conv2.register_forward_hook(lambda _module, _inputs, output: seen.append(output))
    with torch.autocast("cpu", torch.bfloat16):
        ours, theirs = mixed(pictures), plain(pictures)
        with torch.inference_mode():
            assert torch.equal(mixed.eval()(pictures), copy.deepcopy(mixed)(pictures))
    torch.testing.assert_close(ours, theirs, rtol=0.05, atol=0.05)
    assert seen[0].dtype == torch.bfloat16
    ours.float().sum().backward()
    assert all(parameter.grad is not None and parameter.grad.isfinite().all() for parameter in mixed.parameters())


def trainer(folder: Path, orders: GivenOrders, products: Passes = PRODUCTS) -> Trainer:
    torch.set_num_threads(1)
    folder.mkdir(exist_ok=True)
    network = new_network(SPEC, 0)
    loaded = state.read(folder, CPU)
    arithmetic = Arithmetic(CPU, "bfloat16", "channels_last", loaded.products if loaded else products)
    arithmetic.place(network)
    made = Trainer(Task(config(), dataset(), SPEC, PREPROCESS, folder), network, arithmetic, Told(), orders)
    if loaded is not None:
        made.restore(loaded)
    return made


@pytest.mark.parametrize("stop", [0, 3, 5, 8])
def test_a_run_that_goes_on_keeps_its_products_and_its_numbers(tmp_path: Path, stop: int) -> None:
    straight = trainer(tmp_path / "straight", GivenOrders())
    straight.fit()
    first = trainer(tmp_path / "run", GivenOrders(lambda asked: "stop" if asked == stop else "run"))
    assert first.fit() == "stopped"
    loaded = state.read(tmp_path / "run", CPU)
    assert loaded is not None
    assert loaded.products == PRODUCTS
    second = trainer(tmp_path / "run", GivenOrders(), {})
    assert second.fit() == "finished"
    ours, theirs = (
        parameters_of(network, SPEC) | {f"average {n}": a for n, a in parameters_of(judged, SPEC).items()}
        for network, judged in ((second.network, second.judged), (straight.network, straight.judged))
    )
    assert all((array == theirs[name]).all() for name, array in ours.items())


def test_a_run_is_resumed_without_another_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def choose(network: nn.Module, *sizes: int) -> Passes:
        asked.append("choice")
        return {"layer1.0.conv1": ALL}

    monkeypatch.setattr(convolution, "choose", choose)
    machine = Machine("cpu", "bfloat16", "channels_last", threads=1)
    made = replace(config(), machine=machine)
    monkeypatch.setattr(job.sources, "load", lambda _: dataset())
    folder = tmp_path / "run"
    folder.mkdir()
    placed: list[Passes] = []
    monkeypatch.setattr(convolution, "install", lambda _network, passes: placed.append(passes))
    monkeypatch.setattr(job.runs, "read_config", lambda _: made)
    store = WeightsStore(tmp_path / "home")
    for stop in (2, 4):
        orders = GivenOrders(lambda asked, stop=stop: "stop" if asked == stop else "run")
        assert job.train(folder, store, orders).weights is None
    assert asked == ["choice"]
    assert placed == [{"layer1.0.conv1": ALL}] * 2


def test_products_are_measured_where_they_may_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "SECONDS", 0.0)
    network = new_network(SPEC, 0)
    half = Arithmetic(CPU, "bfloat16", "channels_last")
    found = choose_products(Machine(), half, network, 12, 8).products
    assert set(found) <= {"layer1.0.conv1", "layer1.0.conv2", "layer2.0.conv1", "layer2.0.conv2"}
    assert all(set(passes) <= set(ALL) for passes in found.values())
    assert "input" not in found.get("layer2.0.conv1", ())  # its stride is 2
    plain = Arithmetic(CPU)
    assert choose_products(Machine(), plain, network, 12, 8) is plain
    assert choose_products(Machine(deterministic=True), half, network, 12, 8) is half


def test_the_faster_way_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    def seconds(
        ways: dict[tuple[object, Pass, bool], object], *, on_the_cpu: bool
    ) -> dict[tuple[object, Pass, bool], float]:
        assert on_the_cpu
        return {(shape, part, product): 1.0 + (part == "weight") * (not product) for shape, part, product in ways}

    monkeypatch.setattr(convolution, "least_seconds", seconds)
    found = convolution.choose(new_network(SPEC, 0), 12, 8)
    assert list(found) == ["layer1.0.conv1", "layer1.0.conv2", "layer2.0.conv1", "layer2.0.conv2"]
    assert set(found.values()) == {("weight",)}
    monkeypatch.setattr(convolution, "_MOST_BYTES", 1000)
    assert convolution.choose(new_network(SPEC, 0), 12, 8) == {}


@pytest.mark.parametrize(("on_the_cpu", "clock"), [(True, "process_time"), (False, "perf_counter")])
def test_the_least_time_counts(monkeypatch: pytest.MonkeyPatch, on_the_cpu: bool, clock: str) -> None:
    monkeypatch.setattr(measure, "SECONDS", 0.0)
    monkeypatch.setattr(measure.sys, "platform", "linux")
    times = iter([0.1, 2.1, 2.5, 3.5, 3.5, 4.5, 4.5, 5.0])
    monkeypatch.setattr(measure.time, clock, lambda: next(times))
    assert measure.least_seconds({"slow": int, "fast": int}, on_the_cpu=on_the_cpu) == {"slow": 1.0, "fast": 0.5}


def test_memory_is_kept_where_the_library_can(monkeypatch: pytest.MonkeyPatch) -> None:
    memory.keep_freed_memory()

    class Other:
        pass

    monkeypatch.setattr(memory.ctypes, "CDLL", lambda _: Other())
    memory.keep_freed_memory()
    monkeypatch.setattr(memory.sys, "platform", "win32")
    monkeypatch.setattr(memory.ctypes, "CDLL", None)
    memory.keep_freed_memory()
