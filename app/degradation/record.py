"""The degradation experiment as it stands: by its runs on disk, and by what its process tells. No Qt, no torch."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from app.training.ends import for_window
from resnet_core.errors import DatasetError, LensError
from resnet_core.training import defaults, degradation, degradation_lab, runs, sources
from resnet_core.training.config import Budget, DataKind, TrainConfig
from resnet_core.training.degradation import Point, Published
from resnet_core.training.events import FILE, Event, parse_event

PRESETS: tuple[tuple[int, ...], ...] = ((20, 56), (18, 34))
EPOCHS = 30.0

State = Literal["none", "waiting", "training", "stopped", "finished"]


@dataclass(frozen=True)
class Data:
    """What the networks are trained on, or `problem`: a sentence why there is nothing."""

    path: Path | None = None
    kind: DataKind = "cifar10"
    problem: str = ""


@dataclass(frozen=True)
class NetworkRow:
    """Errors are shares, None before the first epoch; `signal` the norms of the gradient from the first block to the
    last, before any training."""

    name: str
    state: State = "none"
    epochs: float = 0.0
    points: tuple[Point, ...] = ()
    signal: tuple[float, ...] = ()
    published: Published | None = None

    @property
    def is_plain(self) -> bool:
        return self.name.startswith("plain")

    @property
    def train_error(self) -> float | None:
        return self.points[-1].train_error if self.points else None

    @property
    def validation_error(self) -> float | None:
        return self.points[-1].validation_error if self.points else None

    @property
    def growth(self) -> float | None:
        """How many times larger the signal is at the first block than at the last."""
        return self.signal[0] / self.signal[-1] if self.signal and self.signal[-1] > 0 else None


@dataclass(frozen=True)
class Record:
    """The experiment at `depths`. `begun`: there are runs of it, so its data and its length are settled."""

    depths: tuple[int, ...]
    data: Data = field(default_factory=Data)
    rows: tuple[NetworkRow, ...] = ()
    begun: bool = False
    epochs: float = EPOCHS
    running: bool = False
    progress: str = ""
    share: float = 0.0
    problem: str = ""
    config: TrainConfig | None = None  # of one of its runs, where there are any: the others are trained like it

    @property
    def finished(self) -> bool:
        return bool(self.rows) and all(row.state == "finished" for row in self.rows)

    def row(self, name: str) -> NetworkRow | None:
        return next((row for row in self.rows if row.name == name), None)


def look(runs_folder: Path, datasets: Path, depths: tuple[int, ...], chosen: Path | None) -> Record:
    """The experiment as it stands on disk; the one that is under way, whatever `depths` are. Not for the GUI thread."""
    known, lab = runs.Runs(runs_folder), runs_folder / degradation_lab.FOLDER
    running = runs.is_held(lab)
    if running:
        with contextlib.suppress(LensError):
            depths = degradation_lab.read_plan(lab).depths
    rows, configs = [], []
    for name in degradation.networks(depths):
        folder = runs_folder / degradation.run_name(name)
        row = NetworkRow(name, published=degradation.PUBLISHED.get(name))
        if folder.is_dir():
            info = known.get(folder.name)
            states: dict[str, State] = {"running": "training", "finished": "finished"}
            row = replace(
                row,
                state=states.get(info.state, "stopped"),
                epochs=info.epochs_done,
                points=degradation.read_curve(folder, name),
            )
            if info.config is not None:
                configs.append(info.config)
        rows.append(row)
    record = Record(depths, rows=tuple(rows), begun=bool(configs), running=running)
    if configs:
        data = Data(Path(configs[0].data.path), configs[0].data.kind)
        if data.path is not None and not data.path.exists():
            data = replace(data, problem=f"The data of these trainings is gone: there is no {data.path}.")
        record = replace(record, data=data, config=configs[0], epochs=configs[0].budget.epochs or EPOCHS)
    else:
        record = replace(record, data=_find(chosen, datasets))
    # What was measured when it was last at work; the networks before training are the same every time.
    return after(record, (event for event in _told(runs_folder) if event["event"] == "signal"))


def _find(chosen: Path | None, datasets: Path) -> Data:
    try:
        path, kind = sources.find(chosen, datasets)
    except LensError as error:
        where = "Choose the folder it is in, or a folder of classes; “Train…” can download it."
        return Data(problem=for_window(str(error)) if chosen else f"CIFAR-10 is not on this computer. {where}")
    return Data(path, kind)


def _told(runs_folder: Path) -> list[Event]:
    try:
        lines = (runs_folder / degradation_lab.FOLDER / FILE).read_bytes().splitlines()
    except OSError:
        return []
    signals = (line for line in lines if line.startswith(b'{"event": "signal"'))
    return [event for line in signals if (event := parse_event(line)) is not None]


def plan(record: Record) -> degradation_lab.Plan:
    """What the process is to do. Raises LensError."""
    assert record.data.path is not None
    if record.data.kind == "cifar10":
        from resnet_core import cifar10

        if problems := cifar10.check(record.data.path):  # now, and not once PyTorch is loaded
            raise DatasetError(f"The CIFAR-10 in {record.data.path} can’t be used: {', '.join(problems)}.")
    network = degradation.networks(record.depths)[0]
    if record.config is not None:  # also one that the command line began, with options of its own
        base = replace(record.config, start=replace(record.config.start, network=network))
        return degradation_lab.Plan(base, record.depths)
    base = defaults.suggest(record.data.path, record.data.kind, network=network, stem="cifar")
    return degradation_lab.Plan(replace(base, budget=Budget(epochs=record.epochs)), record.depths)


def after(record: Record, told: Iterable[Event]) -> Record:
    """The record after some events. What is not understood is left out; whether it is running is not theirs to say:
    a process that has told its end may still be there."""
    for event in told:
        try:
            record = _after(record, event)
        except (KeyError, TypeError, ValueError):
            continue
    return record


def _after(record: Record, event: Event) -> Record:
    kind = event["event"]
    if kind == "signal":
        return _with(record, event["network"], signal=tuple(float(norm) for norm in event["blocks"].values()))
    if kind in ("errors", "stopped") and "run" not in event:
        return replace(record, progress="", share=1.0 if kind == "errors" else record.share)
    if kind == "error":
        return replace(record, progress="", problem=for_window(str(event["message"])))
    name = str(event.get("run", "")).removeprefix("degradation-")
    row = record.row(name)
    if row is None:
        return record
    if kind == "start":
        return replace(_with(record, name, state="training"), begun=True, progress=f"{name}: starting")
    if kind == "batch":
        return _during(record, name, event)
    if kind == "epoch":
        errors = (1 - float(event["train_accuracy"]), 1 - float(event["validation_accuracy"]))
        point = Point(name, float(event["epoch"]), *errors)
        points = (*(old for old in row.points if old.epoch < point.epoch), point)
        return _with(record, name, points=points, epochs=point.epoch)
    if kind in ("done", "stopped"):
        return _with(record, name, state="finished" if kind == "done" else "stopped")
    return record


def _during(record: Record, name: str, event: Event) -> Record:
    finished = sum(row.state == "finished" for row in record.rows if row.name != name)
    share = (finished + min(1.0, float(event.get("share", 0.0)))) / max(1, len(record.rows))
    epoch = int(event["epoch"]) + 1
    progress = f"{name}: epoch {epoch} of {record.epochs:g} · {float(event['images_per_second']):.0f} images/s"
    return replace(_with(record, name, state="training"), progress=progress, share=share)


def _with(record: Record, name: str, **changes: object) -> Record:
    rows = tuple(replace(row, **changes) if row.name == name else row for row in record.rows)  # type: ignore[arg-type]
    return replace(record, rows=rows)
