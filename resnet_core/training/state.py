"""Everything that a training needs to go on as if it had not stopped, and how that becomes a file and back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import torch

from resnet_core.preprocess import Preprocess
from resnet_core.spec import ResNetSpec
from resnet_core.training import checkpoint
from resnet_core.training.arithmetic import Arithmetic
from resnet_core.training.config import Layout, Precision, TrainingError
from resnet_core.training.convolution import Passes
from resnet_core.training.schedule import Cycle

FORMAT = 1
Row = dict[str, float]


@dataclass
class Progress:
    """Where a training is. Random numbers need no place here: they follow from seed, epoch and batch."""

    cycle: Cycle
    epoch: int = 0  # complete ones
    batch: int = 0  # of the epoch under way
    batch_size: int = 0
    seconds: float = 0.0  # of training and validation, pauses left out
    loss_sum: float = 0.0  # of the epoch under way, over pictures
    correct: float = 0.0
    images: float = 0.0
    best_accuracy: float = -1.0  # on the validation pictures
    best_loss: float = float("inf")
    evaluate_seconds: float = 0.0  # what the last validation took
    average_updates: int = 0
    finished: bool = False  # the budget of `cycle` is spent
    history: list[Row] = field(default_factory=list)  # the rows of metrics.csv


@dataclass(frozen=True)
class Loaded:
    """A state as it was read, not yet in its objects."""

    progress: Progress
    precision: Precision
    layout: Layout
    products: Passes
    tensors: dict[str, Any]
    spec: ResNetSpec | None = None  # these two are None in states of the first version
    preprocess: Preprocess | None = None

    def restore(self, objects: dict[str, Any]) -> None:
        """Puts it into the network, the average, the optimizer and the scaler of `objects`. Raises TrainingError."""
        if set(objects) != set(self.tensors):
            raise TrainingError("The run's state was made with other settings (average or precision) than its config.")
        try:
            for name, target in objects.items():
                target.load_state_dict(self.tensors[name])
        except (RuntimeError, ValueError, KeyError):
            raise TrainingError("The run's state does not fit the network of its configuration.") from None


def write(
    progress: Progress, arithmetic: Arithmetic, objects: dict[str, Any], spec: ResNetSpec, preprocess: Preprocess,
    file: BinaryIO,
) -> None:  # fmt: skip
    """`objects` have state dicts. Raises OSError."""
    state = {
        "format": FORMAT,
        "progress": asdict(progress),
        "precision": arithmetic.precision,
        "layout": arithmetic.layout,
        "products": dict(arithmetic.products),
        "spec": asdict(spec),
        "preprocess": asdict(preprocess),
        "tensors": {name: source.state_dict() for name, source in objects.items()},
    }
    try:
        torch.save(state, file)
    except RuntimeError as error:  # torch's writer reports a full disk as one
        raise OSError(28, f"No space left on device ({error})") from error


def read(folder: Path, device: torch.device) -> Loaded | None:
    """The newest whole state of a run; None when there is none yet. Raises TrainingError, OSError."""
    path = checkpoint.newest(folder)
    if path is None:
        return None
    try:
        state = torch.load(path, map_location=device, weights_only=True)
        if state["format"] != FORMAT:
            raise TrainingError(f"The run {folder.name} was saved by a newer version of this program.")
        progress = Progress(**{**state["progress"], "cycle": Cycle(**state["progress"]["cycle"])})
        products = dict(state.get("products", {}))  # states of the first version have none
        spec = ResNetSpec(**state["spec"]) if "spec" in state else None
        preprocess = Preprocess(**state["preprocess"]) if "preprocess" in state else None
        tensors = dict(state["tensors"])
        return Loaded(progress, state["precision"], state["layout"], products, tensors, spec, preprocess)
    except TrainingError:
        raise
    except Exception:  # noqa: BLE001 - torch.load fails in every way there is
        raise TrainingError(f"The state of the run {folder.name} ({path.name}) can't be read.") from None
