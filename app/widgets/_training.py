"""What the training dialog's widgets are given and give back, and how they write times and shares. No Qt in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

DataStage = Literal["looking", "missing", "verifying", "downloading", "ready", "bad"]
Point = tuple[float, float]
NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True)
class DataState:
    """The data set to train on: `title` its name, `note` what is in it, or a sentence on what is wrong with it."""

    stage: DataStage
    title: str = ""
    note: str = ""
    path: str = ""


@dataclass(frozen=True)
class WeightsOption:
    """Weights on this disk to start from."""

    id: str
    network: str
    title: str
    detail: str = ""


@dataclass(frozen=True)
class Defaults:
    """What the engine suggests for the choice made; the names are those of the advanced fields."""

    epochs: float
    values: Mapping[str, object] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True)
class Wish:
    """What the form asks for. `changes`: only the advanced fields that differ from what was suggested."""

    network: str = "resnet18"
    weights: str | None = None
    freeze: str | None = None
    epochs: float | None = None
    minutes: float | None = None
    name: str = ""
    changes: Mapping[str, object] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True)
class Progress:
    """How far a run is; None where that is not known. Seconds and shares (0 … 1)."""

    headline: str
    share: float | None = None
    images_per_second: float | None = None
    left_s: float | None = None
    learning_rate: float | None = None
    loss: float | None = None
    accuracy: float | None = None


@dataclass(frozen=True)
class Curves:
    """Points are (epoch, value). `best`: the validation accuracy of the best epoch; `end`: where the budget ends."""

    training_loss: tuple[Point, ...] = ()
    validation_loss: tuple[Point, ...] = ()
    training_accuracy: tuple[Point, ...] = ()
    validation_accuracy: tuple[Point, ...] = ()
    best: Point | None = None
    end: float = 1.0


@dataclass(frozen=True)
class StageHealth:
    """Of one stage: the norm of its gradient, of an update over that of the weights, the share of dead ReLUs."""

    name: str
    gradient: float
    update: float
    dead: float | None = None


@dataclass(frozen=True)
class RunRow:
    """An earlier run, in words."""

    name: str
    state: str  # a key: "running", "finished", "stopped", "interrupted", "failed", "new", "damaged"
    network: str = ""
    dataset: str = ""
    done: str = ""
    accuracy: str = ""
    when: str = ""
    problem: str = ""
    can_resume: bool = False


@dataclass(frozen=True)
class Controls:
    """The bottom line: what the left button does, what can be pressed, and a sentence."""

    go: Literal["pause", "resume"] = "pause"
    can_go: bool = False
    can_stop: bool = False
    can_use: bool = False
    message: str = ""
    bad: bool = False


def duration(seconds: float) -> str:
    """e.g. "8 s", "23 min", "2 h 05 min", "3 d 4 h"."""
    if seconds < 59.5:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {minutes:02} min" if minutes else f"{hours} h"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


def number(value: float) -> str:
    """e.g. 30, 4.6, 0.25."""
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"
