"""From what the form asks for to a run's configuration; names for runs, and how fast this computer was before."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.i18n import tr
from app.widgets._training import Defaults, Wish, duration, number
from resnet_core.networks import named
from resnet_core.training import defaults
from resnet_core.training.config import Budget, DataKind, TrainConfig
from resnet_core.training.events import Event, last_events
from resnet_core.training.runs import RunInfo
from resnet_core.weights.catalog import WeightsInfo
from resnet_core.weights.names import weights_tag

ADVANCED: dict[str, tuple[str, str]] = {
    "optimizer": ("recipe", "optimizer"),
    "stem": ("start", "stem"),
    "image_px": ("data", "image_px"),
    "learning_rate": ("recipe", "learning_rate"),
    "batch_size": ("recipe", "batch_size"),
    "weight_decay": ("recipe", "weight_decay"),
    "label_smoothing": ("recipe", "label_smoothing"),
    "ema_decay": ("recipe", "ema_decay"),
    "cutout_px": ("augmentation", "cutout_px"),
    "grow_from_px": ("augmentation", "grow_from_px"),
    "mixup": ("augmentation", "mixup"),
    "limit": ("data", "limit"),
    "device": ("machine", "device"),
    "precision": ("machine", "precision"),
    "deterministic": ("machine", "deterministic"),
}
"""The form's advanced fields, and the entry of a configuration that each one sets; besides them there is "seed"."""

SUGGESTING = ("optimizer", "stem", "image_px", "batch_size")
"""Those that what is suggested for the others depends on."""


@dataclass(frozen=True)
class DataSet:
    """A data set that was found and verified; `images` of it are trained on."""

    path: Path
    kind: DataKind
    name: str
    note: str
    images: int


def suggested(data: DataSet, wish: Wish, weights: WeightsInfo | None) -> TrainConfig:
    """What the engine suggests for the choices made, some of the advanced ones among them. Raises LensError."""
    given: dict[str, Any] = {name: wish.changes[name] for name in SUGGESTING if name in wish.changes}
    return defaults.suggest(data.path, data.kind, network=wish.network, weights=weights, **given)


def configuration(data: DataSet, wish: Wish, weights: WeightsInfo | None) -> TrainConfig:
    """What is to be trained. Raises LensError for what can't be meant."""
    config = suggested(data, wish, weights)
    for name, value in wish.changes.items():
        if name == "seed":
            assert isinstance(value, int)
            config = replace(config, seed=value)
        elif name not in SUGGESTING:  # those are in it already, as far as the weights allow
            group, entry = ADVANCED[name]
            config = replace(config, **{group: replace(getattr(config, group), **{entry: value})})
    if wish.freeze is not None:
        config = replace(config, start=replace(config.start, freeze=wish.freeze))
    if wish.epochs is not None or wish.minutes is not None:
        config = replace(config, budget=Budget(wish.epochs, wish.minutes))
    return config


def as_defaults(config: TrainConfig) -> Defaults:
    values: dict[str, object] = {name: getattr(getattr(config, g), entry) for name, (g, entry) in ADVANCED.items()}
    return Defaults(float(config.budget.epochs or 30), {**values, "seed": config.seed})


def stages_to_freeze(network: str) -> tuple[str, ...]:
    return tuple(named(network).stage_names)


def proposed_name(data: DataSet | None, network: str, taken: Collection[str]) -> str:
    """e.g. cifar10-resnet18, with a number where there is such a run already."""
    about = "cifar10" if data is None or data.kind == "cifar10" else data.name
    wanted = name = weights_tag(f"{about[:40]}-{network}")
    count = 1
    while name in taken:
        count += 1
        name = f"{wanted}-{count}"
    return name


@dataclass(frozen=True)
class Speed:
    """Images a second that a network was seen to train at on this computer."""

    network: str
    image_px: int
    stem: str
    images_per_second: float
    precision: str
    device: str


def speeds(runs: Iterable[RunInfo]) -> tuple[Speed, ...]:
    """What the runs on this disk were trained at, the newest first."""
    found = []
    for info in runs:
        events = last_events(info.folder, frozenset({"start", "batch", "epoch"}))
        start, config = events.get("start"), info.config
        rate = _rate(events)
        if start is None or config is None or not rate:
            continue
        found.append(
            Speed(
                config.start.network, config.data.image_px, config.start.stem, rate, str(start.get("precision", "")),
                str(start.get("device", "")),
            )
        )  # fmt: skip
    return tuple(found)


def _rate(events: dict[str, Event]) -> float:
    for kind in ("epoch", "batch"):
        if rate := events.get(kind, {}).get("images_per_second"):
            return float(rate)
    return 0.0


_SHORT = {"bfloat16": "bf16", "float16": "fp16", "float32": "float32"}


def estimate(known: Iterable[Speed], config: TrainConfig, data: DataSet) -> str:
    """How long it will take, by what was measured here before; "" where nothing like it was."""
    for speed in known:
        alike = (speed.network, speed.image_px, speed.stem) == (
            config.start.network, config.data.image_px, config.start.stem,
        )  # fmt: skip
        if not alike or not data.images or config.machine.device not in ("auto", speed.device):
            continue
        images = min(config.data.limit or data.images, data.images)
        epoch_s = images / speed.images_per_second
        rate = f"{speed.images_per_second:.0f}" if speed.images_per_second >= 10 else number(speed.images_per_second)
        precision = _SHORT.get(speed.precision, speed.precision)
        if config.budget.epochs is not None:
            epochs, whole = config.budget.epochs, _about(epoch_s * config.budget.epochs)
            text = tr("On this computer: {0} images/s in {1}, about {2} an epoch. {3} epochs take about {4}.")
            return text.format(rate, precision, _about(epoch_s), number(epochs), whole)
        minutes = config.budget.minutes or 0
        epochs = float(f"{60 * minutes / epoch_s:.2g}")
        text = tr("On this computer: {0} images/s in {1}, about {2} an epoch. {3} minutes are about {4} epochs.")
        return text.format(rate, precision, _about(epoch_s), number(minutes), number(epochs))
    return ""


def _about(seconds: float) -> str:
    text = duration(seconds)
    amount, _, unit = text.partition(" ")
    one = {"s": tr("1 second"), "min": tr("1 minute"), "h": tr("1 hour"), "d": tr("1 day")}
    more = {"s": tr("{0} seconds"), "min": tr("{0} minutes"), "h": tr("{0} hours"), "d": tr("{0} days")}
    if unit in more:
        return one[unit] if amount == "1" else more[unit].format(amount)
    return text
