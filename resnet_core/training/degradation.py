"""The experiment of He et al. 2015, figure 6: the same training of plain and residual networks, shallow and deep.

What it shows: a deeper plain network has the higher *training* error, so this is not overfitting; and with batch norm
the backward signal does not vanish on its way to the first layers, so it is not that either. (At initialisation it even
grows: measured here 7,000-fold through plain56, 17-fold through resnet56; Yang et al. 2019, arXiv:1902.08129, say why.)
Shortcuts make the deeper network the better one.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from resnet_core.training import runs
from resnet_core.training.config import TrainConfig, TrainingError

DEPTHS = (20, 56)
CAPTION = (
    "Degradation (He et al. 2015, arXiv:1512.03385, section 4.1 and figure 6): the deeper plain network has the higher "
    "training error. That is not overfitting, and with batch norm not a vanishing gradient; with shortcuts the deeper "
    "network is the better one."
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
