"""The runs on this disk: `<home>/runs/<name>/`, one folder a training (design §10)."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from resnet_core.atomic import replacing
from resnet_core.training import checkpoint, control
from resnet_core.training.config import TrainConfig, TrainingError
from resnet_core.training.events import last_events
from resnet_core.version import VERSION
from resnet_core.weights.names import has_tag, weights_tag

CONFIG = "config.json"
METRICS = "metrics.csv"
CONFUSION = "confusion.csv"
BEST = "best.safetensors"
LOCK = ".lock"

State = Literal["new", "running", "finished", "stopped", "interrupted", "failed", "damaged"]
_KINDS = frozenset({"start", "batch", "epoch", "checkpoint", "done", "stopped", "error"})


@dataclass(frozen=True)
class RunInfo:
    """A run as it stands. "interrupted": its process ended without saying why; such a run and a stopped one go on by
    `--resume`. Accuracies are 0 … 1; `problem` is a sentence about a failed or a damaged run."""

    name: str
    folder: Path
    state: State
    config: TrainConfig | None
    dataset: str = ""
    epochs_done: float = 0.0
    best_accuracy: float | None = None  # on the validation pictures
    test_accuracy: float | None = None
    weights: str | None = None  # id in the store, once finished
    updated: float = 0.0  # seconds since 1970
    problem: str = ""


class Runs:
    """All runs in a folder. Safe to use while they are being trained by other processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self, config: TrainConfig, name: str | None = None) -> Path:
        """A new run, ready to be trained. Gives its folder. Raises TrainingError."""
        if name and not has_tag(name):
            raise TrainingError(f"A run can't be named “{name}”: its name needs a letter from a to z, or a digit.")
        wanted = weights_tag(name or f"{config.start.network}-{time.strftime('%Y-%m-%d')}")
        folder, number = self.folder / wanted, 1
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            while True:
                try:
                    folder.mkdir()
                    break
                except FileExistsError:
                    if name is not None:
                        raise TrainingError(
                            f"There is a run named “{wanted}” already: go on with it by --resume {wanted}, remove it, "
                            "or choose another name."
                        ) from None
                    number += 1
                    folder = self.folder / f"{wanted}-{number}"
            try:
                write_config(folder, config)
            except OSError:
                shutil.rmtree(folder, ignore_errors=True)  # it would be listed as a damaged run, and its name be taken
                raise
        except OSError as error:
            raise TrainingError(f"A run can't be made in {self.folder}: {error.strerror or error}.") from None
        return folder

    def all(self) -> tuple[RunInfo, ...]:
        """Every run, the one last worked on first."""
        try:
            folders = [path for path in self.folder.iterdir() if path.is_dir() and path.name[0] != "."]
        except OSError:
            return ()
        return tuple(sorted(map(_info, folders), key=lambda info: (-info.updated, info.name)))

    def get(self, name: str) -> RunInfo:
        """Raises TrainingError, naming near ones, for a run that there is none of."""
        folder = self.folder / name
        if name and Path(name).name == name and folder.is_dir():
            return _info(folder)
        names = [info.name for info in self.all()]
        close = get_close_matches(name, names, n=3, cutoff=0.4) or names[:3]
        hint = f" Near it: {', '.join(close)}." if close else " There are none yet."
        raise TrainingError(f"There is no run named “{name}”.{hint}")

    def order(self, name: str, word: str) -> None:
        """Tells the process that trains a run to "pause", "resume" or "stop". Raises TrainingError."""
        info = self.get(name)
        if info.state != "running":
            raise TrainingError(f"{name} is not being trained just now.")
        try:
            control.write_order(info.folder, word)
        except OSError as error:
            raise TrainingError(f"{info.folder} can't be written: {error.strerror or error}.") from None

    def remove(self, name: str) -> None:
        """Deletes a run; the weights it put into the store stay. Raises TrainingError."""
        info = self.get(name)
        with held(info.folder):
            # The configuration first: what is left, should this be cut short, is seen to be no run any more.
            (info.folder / CONFIG).unlink(missing_ok=True)
        shutil.rmtree(info.folder, ignore_errors=True)
        if info.folder.exists():
            raise TrainingError(f"{info.folder} can't be removed entirely.")


@contextlib.contextmanager
def held(folder: Path, patience_s: float = 2.0) -> Iterator[None]:
    """Holds a run for the block, against every other process. Raises TrainingError when another one has it."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=patience_s)
    except Timeout:
        raise TrainingError(f"{folder.name} is being trained by another process.") from None
    except OSError as error:
        raise TrainingError(f"{folder} can't be written: {error.strerror or error}.") from None
    try:
        yield
    finally:
        lock.release()


def is_held(folder: Path) -> bool:
    """Whether a process is at work on a run."""
    if not (folder / LOCK).exists():
        return False
    try:
        with held(folder, patience_s=0):
            return False
    except TrainingError:
        return True


def write_config(folder: Path, config: TrainConfig) -> None:
    text = json.dumps({"version": VERSION, **config.to_json()}, ensure_ascii=False, indent=2)
    _write_text(folder / CONFIG, f"{text}\n")


def read_config(folder: Path) -> TrainConfig:
    """Raises TrainingError when it is missing or damaged."""
    try:
        text = (folder / CONFIG).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise TrainingError(f"The run {folder.name} can't be used: its {CONFIG} can't be read ({reason}).") from None
    try:
        return TrainConfig.parse(text)
    except TrainingError as error:
        raise TrainingError(f"The run {folder.name} can't be used: {error}") from None


def write_metrics(folder: Path, rows: Sequence[Mapping[str, float]]) -> None:
    """`metrics.csv`: one epoch a row."""
    if rows:
        _write_table(folder / METRICS, [list(rows[0]), *([f"{value:.6g}" for value in row.values()] for row in rows)])


def write_confusion(folder: Path, classes: Sequence[str], confusion: Sequence[Sequence[int]]) -> None:
    """`confusion.csv`: a row for each true class, a column for each answer; test pictures counted."""
    rows = [[name, *map(str, row)] for name, row in zip(classes, confusion, strict=True)]
    _write_table(folder / CONFUSION, [["true class", *classes], *rows])


def _write_table(path: Path, rows: Sequence[Sequence[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    _write_text(path, text.getvalue())


def _write_text(path: Path, text: str) -> None:
    with replacing(path) as file:
        file.write(text.encode("utf-8"))


def _info(folder: Path) -> RunInfo:
    events = last_events(folder, _KINDS)
    config, problem = None, ""
    try:
        config = read_config(folder)
    except TrainingError as error:
        problem = str(error)
    last = max(events.values(), key=lambda event: event["order"], default=None)
    ended = last["event"] if last else ""
    state: State
    if config is None:
        state = "damaged"
    elif is_held(folder):
        state = "running"
    elif ended in ("done", "stopped", "error"):
        state = {"done": "finished", "stopped": "stopped", "error": "failed"}[ended]  # type: ignore[assignment]
    else:
        state = "interrupted" if last or (folder / checkpoint.LAST).exists() else "new"
    if state == "failed" and last is not None:
        problem = str(last.get("message") or "The training failed.")
    progress = events.get("checkpoint", {})
    done = events.get("done", {}) if state == "finished" else {}
    return RunInfo(
        name=folder.name,
        folder=folder,
        state=state,
        config=config,
        dataset=str(events.get("start", {}).get("dataset", "")),
        epochs_done=float(progress.get("epochs") or 0.0),
        best_accuracy=progress.get("best_accuracy"),
        test_accuracy=done.get("test_accuracy"),
        weights=done.get("weights"),
        updated=float(last["time"]) if last and "time" in last else _modified(folder),
        problem=problem,
    )


def _modified(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0
