"""Training on pictures like CIFAR-10's on the CPU: our loop, the one everybody copies, and the bare network.

    python benchmarks/training.py [network] [rounds]

(a) The loop everybody copies: float32, a data set that gives one picture at a time through torchvision's transforms,
    a DataLoader with two workers.
(b) The limit: the same network, loss and optimizer on one batch that is ready, in the arithmetic that ours chose.
(c) The same with torch's own convolutions only, none as a product of matrices.

Ratios are what counts: every contender runs in every round, so a busy machine slows them alike. All of them have what
ours sets for the whole process: memory is kept, threads sleep soon, denormal numbers are 0. The pictures are noise in
the number and size of CIFAR-10's; what they show plays no part.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "core")]

from resnet_core.training.environment import share_the_processor  # noqa: E402

share_the_processor()

import torch  # noqa: E402
from engines import machine  # noqa: E402
from PIL import Image  # noqa: E402
from small_training import GivenOrders, Told  # noqa: E402
from torch import nn  # noqa: E402

from resnet_core.dataset import Dataset, LabelledImages  # noqa: E402
from resnet_core.labels import cifar10_labels  # noqa: E402
from resnet_core.training import defaults, sources  # noqa: E402
from resnet_core.training.arithmetic import (  # noqa: E402
    Arithmetic,
    choose_arithmetic,
    choose_products,
    prepare,
)
from resnet_core.training.best import Task  # noqa: E402
from resnet_core.training.loop import Trainer  # noqa: E402
from resnet_core.training.network import make_optimizer, new_network  # noqa: E402

BATCH, BATCHES, ROUNDS = 64, 5, 4
PROMISED_OVER_PLAIN, PROMISED_OVER_BARE, PROMISED_LOADER_SHARE, PROMISED_GB = 1.7, 0.95, 0.03, 2.5

Run = Callable[[], None]


class OneByOne(torch.utils.data.Dataset[tuple[torch.Tensor, int]]):
    """torchvision's CIFAR10, line by line, on pictures in memory."""

    def __init__(self, pictures: LabelledImages) -> None:
        from torchvision import transforms

        self._data = pictures.images.transpose(0, 2, 3, 1)
        self._targets = pictures.labels.tolist()
        self._transform = transforms.Compose(
            [
                transforms.RandomCrop(32, padding=4, padding_mode="reflect"),
                transforms.RandomHorizontalFlip(),
                transforms.ToTensor(),
                transforms.Normalize((0.4914, 0.4822, 0.4465), (0.2470, 0.2435, 0.2616)),
            ]
        )

    def __len__(self) -> int:
        return len(self._targets)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, int]:
        return self._transform(Image.fromarray(self._data[index])), self._targets[index]


def noise(count: int) -> LabelledImages:
    random = np.random.default_rng(0)
    return LabelledImages(
        random.integers(0, 256, (count, 3, 32, 32), dtype=np.uint8), random.integers(0, 10, count, dtype=np.int64)
    )


def plain(task: Task) -> Run:
    """Contender (a)."""
    network = new_network(task.spec, 0)
    optimizer = make_optimizer(network, task.config.recipe)
    criterion = nn.CrossEntropyLoss(label_smoothing=task.config.recipe.label_smoothing)
    # One batch ahead a worker: what they prepare while others have their turn is too little to matter.
    loader = torch.utils.data.DataLoader(
        OneByOne(task.dataset.train), BATCH, shuffle=True, num_workers=2, prefetch_factor=1
    )
    batches: Iterator[Any] = iter(loader)

    def step() -> None:
        images, labels = next(batches)
        optimizer.zero_grad()
        loss = criterion(network(images), labels)
        loss.backward()
        optimizer.step()
        loss.item()

    return step


def bare(task: Task, arithmetic: Arithmetic) -> Run:
    """Contenders (b) and (c)."""
    network = new_network(task.spec, 0)
    arithmetic.place(network)
    optimizer = make_optimizer(network, task.config.recipe)
    criterion = nn.CrossEntropyLoss(label_smoothing=task.config.recipe.label_smoothing)
    images = torch.rand(BATCH, 3, 32, 32).to(memory_format=arithmetic.memory_format)
    labels = torch.randint(0, 10, (BATCH,))

    def step() -> None:
        with arithmetic.autocast():
            logits = network(images)
        criterion(logits.float(), labels).backward()
        optimizer.step()
        optimizer.zero_grad()

    return step


def ours(task: Task, arithmetic: Arithmetic, loading: list[float]) -> Run:
    network = new_network(task.spec, 0)
    arithmetic.place(network)
    trainer = Trainer(task, network, arithmetic, Told(), GivenOrders())
    load = trainer.batches.batch

    def timed(epoch: int, number: int) -> Any:
        start = time.perf_counter()
        batch = load(epoch, number)
        loading.append(time.perf_counter() - start)
        return batch

    trainer.batches.batch = timed  # type: ignore[method-assign]
    trainer.pace.start()
    return trainer._step


def main(network: str = "resnet18", rounds: int = ROUNDS) -> int:
    """Prints Markdown; 1 when a promise is broken."""
    with multiprocessing.get_context("spawn").Pool(1) as alone:
        gigabytes = alone.apply(gigabytes_of_ours, (network,))
    with tempfile.TemporaryDirectory() as folder:
        task, arithmetic = task_and_arithmetic(network, Path(folder))
        loading: list[float] = []
        runs = {
            "ours": ours(task, arithmetic, loading),
            "(a) plain loop, float32, 2 workers": plain(task),
            "(b) bare loop, ready tensors": bare(task, arithmetic),
            "(c) the same without our convolutions": bare(task, replace(arithmetic, products={})),
        }
        times = measure(runs, rounds)
    return report(network, arithmetic, times, loading, gigabytes)


def task_and_arithmetic(network: str, folder: Path) -> tuple[Task, Arithmetic]:
    prepare(defaults.suggest(Path(), "cifar10").machine)
    config = defaults.suggest(Path(), "cifar10", network=network, batch_size=BATCH)
    dataset = Dataset("noise", cifar10_labels(), noise(45_000), noise(5_000), noise(10_000))
    cpu, spec = torch.device("cpu"), config.start.spec(10)
    arithmetic = choose_arithmetic(config.machine, cpu, new_network(spec, 0), spec, 32, BATCH)
    arithmetic = choose_products(config.machine, arithmetic, new_network(spec, 0), 32, BATCH)
    return Task(config, dataset, spec, sources.preprocess(config.data, None), folder), arithmetic


def gigabytes_of_ours(network: str) -> float:
    """The most memory that ours takes, in a process of its own: this one's also holds what it is measured against."""
    with tempfile.TemporaryDirectory() as folder:
        run = ours(*task_and_arithmetic(network, Path(folder)), [])
        for _ in range(BATCHES):
            run()
    return peak_gigabytes()


def measure(runs: dict[str, Run], rounds: int) -> dict[str, list[float]]:
    """Images a second of every contender in every round; before the first, a step that is not counted."""
    for run in runs.values():
        run()
    rates: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            start = time.perf_counter()
            for _ in range(BATCHES):
                run()
            rates[name].append(BATCH * BATCHES / (time.perf_counter() - start))
    return rates


def report(
    network: str, arithmetic: Arithmetic, rates: dict[str, list[float]], loading: list[float], gigabytes: float
) -> int:
    mine, copied, limit, torchs = rates.values()
    over_plain, over_bare, over_torchs = (
        statistics.median(ours / theirs for ours, theirs in zip(mine, other, strict=True))
        for other in (copied, limit, torchs)
    )
    share = statistics.median(loading) * statistics.median(mine) / BATCH
    print(f"{machine()}\n")
    products = sum(map(len, arithmetic.products.values()))
    print(f"### {network} at 32 px, batches of {BATCH}, ours in {arithmetic.precision}, {arithmetic.layout}\n")
    print(f"{products} passes of {len(arithmetic.products)} convolutions are products of matrices.\n")
    print("| | median images/s | most |\n| --- | --: | --: |")
    for name, values in rates.items():
        print(f"| {name} | {statistics.median(values):.1f} | {max(values):.1f} |")
    print("\n| promise | measured | |\n| --- | --: | --- |")
    kept = [
        (f"≥ {PROMISED_OVER_PLAIN}x (a)", f"{over_plain:.2f}x", over_plain >= PROMISED_OVER_PLAIN),
        (f"≥ {PROMISED_OVER_BARE}x (b)", f"{over_bare:.2f}x", over_bare >= PROMISED_OVER_BARE),
        (f"loading < {PROMISED_LOADER_SHARE:.0%} of the time", f"{share:.2%}", share < PROMISED_LOADER_SHARE),
        (f"memory < {PROMISED_GB} GB", f"{gigabytes:.2f} GB", gigabytes < PROMISED_GB),
    ]
    print(f"| over (c), nothing promised | {over_torchs:.2f}x | |")
    for text, value, holds in kept:
        print(f"| {text} | {value} | {'kept' if holds else 'broken'} |")
    return 0 if all(holds for _, _, holds in kept) else 1


def peak_gigabytes() -> float:
    """The most memory this process ever had."""
    if os.name != "posix":
        import psutil

        return float(psutil.Process().memory_info().peak_wset) / 1e9
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e9 if sys.platform == "darwin" else peak * 1024 / 1e9


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2], *map(int, sys.argv[2:3])))
