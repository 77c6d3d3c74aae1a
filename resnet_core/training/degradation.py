"""The experiment of He et al. 2015, figure 6: the same training of plain and residual networks, shallow and deep.

What it shows: a deeper plain network has the higher *training* error, so this is not overfitting; and with batch norm
the backward signal does not vanish on its way to the first layers, so it is not that either. (At initialisation it even
grows: measured here 7,000-fold through plain56, 17-fold through resnet56; Yang et al. 2019, arXiv:1902.08129, say why.)
Shortcuts make the deeper network the better one.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from resnet_core.training import runs
from resnet_core.training.config import TrainConfig, TrainingError
from resnet_core.training.events import Listener

if TYPE_CHECKING:
    from resnet_core.training.loop import Orders
    from resnet_core.weights.store import WeightsStore

DEPTHS = (20, 56)
CAPTION = (
    "Degradation (He et al. 2015, arXiv:1512.03385, section 4.1 and figure 6): the deeper plain network has the higher "
    "training error. That is not overfitting, and with batch norm not a vanishing gradient; with shortcuts the deeper "
    "network is the better one."
)


@dataclass(frozen=True)
class Published:
    """An error of He et al. 2015, a share of pictures, and what it was counted on. `read_off`: from a figure."""

    error: float
    where: str
    read_off: bool = False


_CIFAR, _IMAGENET = "CIFAR-10 test, table 6", "ImageNet, 10-crop, table 2"
_FIGURE = "CIFAR-10 test, figure 6"
PUBLISHED: Mapping[str, Published] = MappingProxyType(
    {
        "resnet20": Published(0.0875, _CIFAR),
        "resnet32": Published(0.0751, _CIFAR),
        "resnet44": Published(0.0717, _CIFAR),
        "resnet56": Published(0.0697, _CIFAR),
        "resnet110": Published(0.0643, _CIFAR),
        "plain20": Published(0.095, _FIGURE, read_off=True),
        "plain56": Published(0.135, _FIGURE, read_off=True),
        "plain18": Published(0.2794, _IMAGENET),
        "resnet18": Published(0.2788, _IMAGENET),
        "plain34": Published(0.2854, _IMAGENET),
        "resnet34": Published(0.2503, _IMAGENET),
    }
)


@dataclass(frozen=True)
class Point:
    """Errors are shares of pictures, 0 … 1; `epoch` counts complete epochs."""

    network: str
    epoch: float
    train_error: float
    validation_error: float


def networks(depths: Sequence[int] = DEPTHS) -> tuple[str, ...]:
    """plain20, resnet20, plain56, resnet56 …"""
    return tuple(f"{kind}{depth}" for depth in depths for kind in ("plain", "resnet"))


def configurations(base: TrainConfig, depths: Sequence[int] = DEPTHS) -> dict[str, TrainConfig]:
    """`base` for each network: same data, seed, recipe and budget. Raises LensError for a depth that has no name.

    Without label smoothing and average, as in the paper: the training error shall be that of the network itself.
    """
    if base.start.weights is not None:
        raise TrainingError("This experiment is about training from scratch: it starts from no weights.")
    recipe = replace(base.recipe, label_smoothing=0.0, ema_decay=0.0)
    return {name: replace(base, start=replace(base.start, network=name), recipe=recipe) for name in networks(depths)}


def run_name(network: str) -> str:
    """The run in which this experiment trains a network."""
    return f"degradation-{network}"


def experiment(
    configs: Mapping[str, TrainConfig],
    known: runs.Runs,
    store: WeightsStore,
    orders: Callable[[Path], Orders],
    tell: Listener,
    stopped: Callable[[], bool] = lambda: False,
) -> bool:
    """Measures every network's backward signal, then trains one after the other. False when one was stopped.

    Networks that are trained already are not trained again; one that was stopped goes on. Told are an event "signal"
    for each network, `blocks` with the norms by block, and the events of the trainings. Whether it is `stopped` is
    asked before each measurement; a training asks its `orders`. Raises LensError, also where a network was trained
    otherwise before.
    """
    from resnet_core.training import job

    _check_alike(configs, known)
    for name, config in configs.items():
        if stopped():
            return False
        norms = {block: float(f"{norm:.6g}") for block, norm in signals(config).items()}
        tell({"event": "signal", "network": name, "blocks": norms})
    for name, config in configs.items():
        folder = known.folder / run_name(name)
        if not folder.exists():
            known.create(config, folder.name)
        if known.get(folder.name).state == "finished":
            continue
        if job.train(folder, store, orders(folder), tell).weights is None:
            return False
    return True


def _check_alike(configs: Mapping[str, TrainConfig], known: runs.Runs) -> None:
    for name, config in configs.items():
        folder = known.folder / run_name(name)
        if folder.exists() and _what_counts(runs.read_config(folder)) != _what_counts(config):
            raise TrainingError(
                f"The run {folder.name} was made with other pictures, another budget or another recipe, so its errors "
                f"can't be compared. Give the options it was made with, or begin anew: “runs remove {folder.name}”."
            )


def _what_counts(config: TrainConfig) -> tuple[object, ...]:
    """What has to be the same for all networks. The data may have been moved, and any machine may train."""
    data = replace(config.data, path="")
    return data, config.start.stem, config.budget, config.recipe, config.augmentation, config.seed


def read_curve(folder: Path, network: str) -> tuple[Point, ...]:
    """The errors of a run so far, by epoch."""
    try:
        with (folder / runs.METRICS).open(encoding="utf-8", newline="") as file:
            return tuple(
                Point(
                    network,
                    float(row["epoch"]),
                    1 - float(row["train_accuracy"]),
                    1 - float(row["validation_accuracy"]),
                )
                for row in csv.DictReader(file)
            )
    except (OSError, KeyError, ValueError):
        return ()


def signals(config: TrainConfig) -> dict[str, float]:
    """The norm of the loss's gradient at the output of each block of the untrained network, on its first batch.

    One backward pass; nothing is trained. Raises DatasetError.
    """
    import torch

    from resnet_core.training import sources
    from resnet_core.training.arithmetic import Arithmetic
    from resnet_core.training.data import Batches, Look
    from resnet_core.training.network import new_network
    from resnet_core.training.probe import backward_signal

    dataset = sources.load(config.data)
    look = Look(sources.preprocess(config.data, None), dataset.side_px, Arithmetic(torch.device("cpu")))
    batches = Batches(dataset.train, config.recipe.batch_size, config.augmentation, look, seed=config.seed)
    batch = batches.batch(0, 0)
    network = new_network(config.start.spec(len(dataset.classes)), config.seed)
    return backward_signal(network, batch.images, batch.labels)
