"""The degradation experiment as a process of its own: `python -m resnet_core.training.degradation_lab RUNS HOME`.

What it is to do stands in `RUNS/.degradation/plan.json`, what it tells in `events.jsonl` beside it, one JSON object a
line: an event "signal" for each network, those of its trainings, and "errors" when all are trained. While it is at work
it holds that folder (`runs.is_held`); "stop" as an order for that folder (`control.write_order`) ends it, and started
again it goes on.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from resnet_core.atomic import replacing
from resnet_core.errors import LensError
from resnet_core.training import degradation, events, runs
from resnet_core.training.config import TrainConfig, TrainingError
from resnet_core.training.control import Control, Order
from resnet_core.training.environment import share_the_processor
from resnet_core.training.events import Event

FOLDER = ".degradation"  # no run: their listing leaves it out
PLAN = "plan.json"


@dataclass(frozen=True)
class Plan:
    """`base` says on what, how and how long each network is trained."""

    base: TrainConfig
    depths: tuple[int, ...]


def prepare(runs_folder: Path, plan: Plan) -> Path:
    """Makes the experiment's folder ready for the process. Gives it. Raises TrainingError, also when one is at work."""
    folder = runs_folder / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with runs.held(folder):
            (folder / events.FILE).unlink(missing_ok=True)
            text = json.dumps({"depths": list(plan.depths), "config": plan.base.to_json()}, ensure_ascii=False)
            with replacing(folder / PLAN) as file:
                file.write(text.encode())
    except OSError as error:
        raise TrainingError(f"{folder} can't be written: {error.strerror or error}.") from None
    return folder


def read_plan(folder: Path) -> Plan:
    """Raises TrainingError."""
    try:
        told = json.loads((folder / PLAN).read_text(encoding="utf-8"))
        depths = tuple(depth for depth in told["depths"] if type(depth) is int)
        return Plan(TrainConfig.from_json(told["config"]), depths)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise TrainingError(f"{folder / PLAN} can't be read.") from None


class _Orders:
    """Those for the experiment and those for the run it is at: whoever says less wins."""

    def __init__(self, experiment: Control, run: Control) -> None:
        self._both = (experiment, run)

    def order(self) -> Order:
        given = {control.order() for control in self._both}
        return "stop" if "stop" in given else "pause" if "pause" in given else "run"

    def wait(self) -> None:
        self._both[0].wait()


class _Teller:
    """Appends events to the experiment's file."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / events.FILE
        self.last = ""

    def __call__(self, event: Event) -> None:
        self.last = str(event["event"])
        with self._path.open("ab") as file:
            file.write(json.dumps(event, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")


def main(args: Sequence[str]) -> int:
    """Exit code 0: done or stopped; 1: failed, with an "error" event; 2: wrong usage."""
    if len(args) != 2:
        sys.stderr.write("Usage: python -m resnet_core.training.degradation_lab RUNS HOME\n")
        return 2
    known, home = runs.Runs(Path(args[0])), Path(args[1])
    folder = known.folder / FOLDER
    share_the_processor()
    try:
        with runs.held(folder):
            return _run(folder, known, home)
    except LensError as error:  # before there was a plan to follow
        sys.stderr.write(f"{error}\n")
        return 1


def _run(folder: Path, known: runs.Runs, home: Path) -> int:
    from resnet_core.weights.store import WeightsStore

    tell = _Teller(folder)
    control = Control(folder)
    control.listen_to_signals()
    try:
        plan = read_plan(folder)
        configs = degradation.configurations(plan.base, plan.depths)
        ended = degradation.experiment(
            configs, known, WeightsStore(home), lambda run: _Orders(control, Control(run)), tell,
            stopped=lambda: control.order() == "stop",
        )  # fmt: skip
        tell({"event": "errors" if ended else "stopped"})
    except LensError as error:
        if tell.last != "error":
            tell({"event": "error", "kind": error.kind, "message": str(error)})
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
