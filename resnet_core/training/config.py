"""What a training is to do: everything that a run's `config.json` holds."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, Literal, get_args, get_type_hints

from resnet_core.errors import LensError
from resnet_core.networks import named
from resnet_core.spec import ResNetSpec, Stem

Optimizer = Literal["sgd", "adamw"]
Precision = Literal["auto", "float32", "bfloat16", "float16"]
Layout = Literal["auto", "contiguous", "channels_last"]
DataKind = Literal["cifar10", "folder"]


class TrainingError(LensError):
    """A training can't start or go on."""

    kind: ClassVar[str] = "training"


_STAGES = ("conv1", "layer1", "layer2", "layer3", "layer4")


@dataclass(frozen=True)
class DataChoice:
    """What to learn from: the folder of CIFAR-10's seven files, or a folder of classes."""

    path: str
    kind: DataKind = "cifar10"
    image_px: int = 32  # side of the network's input; CIFAR-10's pictures are enlarged by the batch
    limit: int | None = None  # train on about so many pictures


@dataclass(frozen=True)
class Start:
    """The network, and what it starts from: random parameters, or weights by id with a head that may be new."""

    network: str = "resnet18"
    stem: Stem = "cifar"
    weights: str | None = None
    freeze: str | None = None  # the last stage that is not trained: "conv1", "layer1" … "layer4"

    def spec(self, classes: int) -> ResNetSpec:
        """Of a network that starts from random parameters. Raises LensError for one that there is none of."""
        return named(self.network).with_stem(self.stem).with_classes(classes)


@dataclass(frozen=True)
class Budget:
    """How long: in epochs, or in minutes of training and validation. One of them is None."""

    epochs: float | None = 30
    minutes: float | None = None

    @property
    def total(self) -> float:
        """In epochs or in seconds."""
        return self.epochs if self.epochs is not None else 60 * (self.minutes or 0)


@dataclass(frozen=True)
class Recipe:
    """How to learn. The learning rate is the cycle's peak, for the batch size given.

    Defaults: Nesterov SGD, triangular learning rate with its peak at 20 %, no weight decay on batch norm and biases
    (cifar10-airbench, Jordan 2024, arXiv:2404.00498; the recipes in its cifar10-zoo).
    """

    optimizer: Optimizer = "sgd"
    learning_rate: float = 0.1
    batch_size: int = 128
    momentum: float = 0.9
    weight_decay: float = 5e-4
    peak_at: float = 0.2  # share of the budget
    label_smoothing: float = 0.1
    ema_decay: float = 0.99  # of the averaged weights, each `ema_every` batches; 0: no average
    ema_every: int = 5


@dataclass(frozen=True)
class Augmentation:
    """How pictures are varied, by the batch. `crop_px` of reflected border, in the pixels of the stored pictures."""

    crop_px: int = 4
    flip: bool = True
    cutout_px: int = 0  # side of a square that is greyed out
    mixup: float = 0.0  # alpha of the Beta distribution (Zhang et al. 2018, arXiv:1710.09412)
    grow_from_px: int = 0  # side of the network's input at first, which grows to `image_px`; 0: full from the start


@dataclass(frozen=True)
class Machine:
    """Where and in what arithmetic. "auto" is settled by a two-second measurement when the run starts."""

    device: str = "auto"
    precision: Precision = "auto"
    layout: Layout = "auto"
    threads: int | None = None
    deterministic: bool = False


@dataclass(frozen=True)
class Watch:
    """What is told meanwhile, and how often the state is saved besides at the end of each epoch."""

    probe_every: int = 50  # batches between two looks at gradients, updates and dead ReLUs; 0: never
    save_minutes: float = 5.0
    tensorboard: bool = False


@dataclass(frozen=True)
class TrainConfig:
    """One training. Raises TrainingError for what can't be meant."""

    data: DataChoice
    start: Start = field(default_factory=Start)
    budget: Budget = field(default_factory=Budget)
    recipe: Recipe = field(default_factory=Recipe)
    augmentation: Augmentation = field(default_factory=Augmentation)
    machine: Machine = field(default_factory=Machine)
    watch: Watch = field(default_factory=Watch)
    seed: int = 0

    def __post_init__(self) -> None:
        stages = named(self.start.network).stage_names if self.start.weights is None else _STAGES
        if (self.budget.epochs is None) == (self.budget.minutes is None):
            raise TrainingError("A training lasts a number of epochs or a number of minutes: give one of the two.")
        if self.start.freeze is not None and self.start.freeze not in stages:
            raise TrainingError(f"There is no stage “{self.start.freeze}” to freeze; there are {', '.join(stages)}.")
        if self.start.freeze is not None and self.start.weights is None:
            raise TrainingError("Only weights that were learned can be frozen: choose the weights to start from.")
        for (group, name), (least, most, text) in _RANGES.items():
            value = getattr(getattr(self, group), name)
            if value is not None and not least <= value <= most:
                raise TrainingError(f"{text} is {value:g}; it must be between {least:g} and {most:g}.")

    def to_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, value: object) -> TrainConfig:
        """Reads what `to_json` gave; what is missing has its default. Raises TrainingError."""
        if not isinstance(value, Mapping):
            raise TrainingError("The configuration is not a JSON object.")
        try:
            config = _read(cls, value)
        except TrainingError:
            raise
        except (TypeError, ValueError) as error:
            raise TrainingError(f"The configuration can't be read: {error}.") from None
        assert isinstance(config, TrainConfig)
        return config

    @classmethod
    def parse(cls, text: str) -> TrainConfig:
        try:
            return cls.from_json(json.loads(text))
        except (ValueError, RecursionError):
            raise TrainingError("The configuration is not valid JSON.") from None


_RANGES: Mapping[tuple[str, str], tuple[float, float, str]] = MappingProxyType(
    {
        ("data", "image_px"): (8, 1024, "The image size"),
        ("data", "limit"): (2, 10**9, "The number of pictures"),
        ("budget", "epochs"): (1e-3, 10_000, "The number of epochs"),
        ("budget", "minutes"): (1e-3, 60 * 24 * 365, "The number of minutes"),
        ("recipe", "learning_rate"): (1e-9, 1e6, "The learning rate"),
        ("recipe", "batch_size"): (2, 65_536, "The batch size"),
        ("recipe", "momentum"): (0, 0.9999, "The momentum"),
        ("recipe", "weight_decay"): (0, 10, "The weight decay"),
        ("recipe", "peak_at"): (0, 1, "The place of the learning rate's peak"),
        ("recipe", "label_smoothing"): (0, 0.9, "The label smoothing"),
        ("recipe", "ema_decay"): (0, 0.99999, "The decay of the average"),
        ("recipe", "ema_every"): (1, 10_000, "The interval of the average"),
        ("augmentation", "crop_px"): (0, 512, "The border to crop from"),
        ("augmentation", "cutout_px"): (0, 1024, "The side of the cutout"),
        ("augmentation", "mixup"): (0, 10, "Mixup's alpha"),
        ("augmentation", "grow_from_px"): (0, 1024, "The side to grow from"),
        ("machine", "threads"): (1, 1024, "The number of threads"),
        ("watch", "probe_every"): (0, 10**6, "The interval of the probes"),
        ("watch", "save_minutes"): (0, 10**6, "The interval between saves"),
    }
)


def _read(kind: type, value: Mapping[str, Any]) -> object:
    """A dataclass from JSON, with every value's type checked against its annotation."""
    hints = get_type_hints(kind)
    unknown = [name for name in value if name not in hints and kind is not TrainConfig]
    if unknown:
        raise TrainingError(f"The configuration has an unknown entry “{unknown[0]}”.")
    fields = {}
    for name, hint in hints.items():
        if name not in value or hint is ClassVar:
            continue
        given = value[name]
        if dataclasses.is_dataclass(hint) and isinstance(hint, type):
            if not isinstance(given, Mapping):
                raise TrainingError(f"The configuration's “{name}” is not a JSON object.")
            fields[name] = _read(hint, given)
        elif _fits(given, hint):
            fields[name] = given
        else:
            raise TrainingError(f"The configuration's “{name}” can't be {given!r}.")
    return kind(**fields)


def _fits(value: object, hint: Any) -> bool:
    if options := get_args(hint):
        return any(value == option if isinstance(option, str) else _fits(value, option) for option in options)
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, hint) if isinstance(hint, type) else value is hint
