"""A whole training: from a run's `config.json` to tested weights in the store, or to a sentence on why not."""

from __future__ import annotations

import contextlib
import errno
import platform
import traceback
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from resnet_core.dataset import Dataset
from resnet_core.errors import LensError
from resnet_core.resnet import ResNet
from resnet_core.training import answers, best, checkpoint, runs, sources, state
from resnet_core.training.arithmetic import (
    Arithmetic,
    choose_arithmetic,
    choose_device,
    choose_products,
    prepare,
)
from resnet_core.training.best import Task
from resnet_core.training.config import TrainConfig, TrainingError
from resnet_core.training.data import Look
from resnet_core.training.distributed import Group, LostPeerError, is_lost_peer
from resnet_core.training.evaluate import evaluate
from resnet_core.training.events import EventLog, Listener, last_events
from resnet_core.training.loop import Log, Orders, Trainer
from resnet_core.training.network import new_network
from resnet_core.training.tensorboard import tensorboard
from resnet_core.weights.catalog import WeightsInfo
from resnet_core.weights.store import WeightsStore

MOST_SKIPPED_TOLD = 100
_TOO_LITTLE_MEMORY = ("out of memory", "can't allocate memory", "not enough memory")  # CUDA, Linux, Windows


@dataclass(frozen=True)
class Outcome:
    """How a training ended. `weights` is None when it was stopped before the end of its budget."""

    run: str
    weights: WeightsInfo | None
    test_accuracy: float | None = None


def train(
    folder: Path, store: WeightsStore, orders: Orders, listener: Listener | None = None, group: Group | None = None
) -> Outcome:
    """Trains the run in `folder`, from its beginning or from where it stopped.

    Every failure is told as an "error" event and raised as a LensError whose sentence says what is kept.
    """
    group = group or Group()
    log = EventLog(folder, listener)
    with runs.held(folder) if group.leads else contextlib.nullcontext():
        failure: LensError
        try:
            return _train(folder, store, orders, log, group)
        except LensError as error:
            failure = error
        except Exception as error:
            explained = explain(error, folder)
            if explained is None and group.world > 1 and is_lost_peer(error):
                said = str(error).partition("\n")[0]
                explained = LostPeerError(f"Another process of this training has ended ({said}). {_kept(folder)}")
            if explained is None:
                with contextlib.suppress(OSError):
                    if not group.leads:  # one process writes; what this one says is the traceback on its stderr
                        raise
                    what = f"Something went wrong inside the program ({type(error).__name__}: {error})."
                    log("error", kind="bug", message=what, details=traceback.format_exc())
                raise
            failure = explained
        # Outside the `except`: there the traceback would keep all the memory that was too little.
        with contextlib.suppress(OSError):
            if group.leads:
                log("error", kind=failure.kind, message=str(failure), can_resume=checkpoint.has_state(folder))
        raise failure


def _train(folder: Path, store: WeightsStore, orders: Orders, log: EventLog, group: Group) -> Outcome:
    config = runs.read_config(folder)
    device = choose_device(config.machine.device, group.local_rank)
    loaded = state.read(folder, device)
    if loaded is not None and _is_done(folder, config, loaded):
        raise TrainingError(
            f"The run {folder.name} is finished. To train it further, give it a larger budget: --resume {folder.name} "
            "--epochs or --minutes."
        )
    if config.recipe.batch_size % group.world:
        raise TrainingError(f"A batch of {config.recipe.batch_size} can't be shared evenly by {group.world} processes.")
    prepare(config.machine)
    task, trainer = _trainer(folder, config, store, device, loaded, log, orders, group)
    with contextlib.ExitStack() as stack:
        if config.watch.tensorboard and group.leads:
            log.also(stack.enter_context(tensorboard(folder)))
        if group.leads:
            _tell_start(log, task, trainer, resumed=loaded is not None)
        ended = trainer.fit()
        if not group.leads:
            return Outcome(folder.name, None)
        if ended == "stopped":
            log("stopped", epochs=trainer.pace.epochs, seconds=trainer.pace.seconds)
            return Outcome(folder.name, None)
        return _finish(task, trainer, store, log)


def _trainer(
    folder: Path, config: TrainConfig, store: WeightsStore, device: torch.device, loaded: state.Loaded | None,
    log: Log, orders: Orders, group: Group,
) -> tuple[Task, Trainer]:  # fmt: skip
    dataset = sources.load(config.data)
    if loaded is not None and loaded.spec is not None and loaded.preprocess is not None:
        if loaded.spec.num_classes != len(dataset.classes):
            raise TrainingError(
                f"The data set has {len(dataset.classes)} classes, and the run {folder.name} was begun with "
                f"{loaded.spec.num_classes}: it can only go on with those."
            )
        task = Task(config, dataset, loaded.spec, loaded.preprocess, folder)
        network = new_network(task.spec, config.seed)  # the weights it started from need not be there any more
    else:
        task, network = _begun(folder, config, dataset, store)
    spec, preprocess = task.spec, task.preprocess
    machine = config.machine
    if loaded is not None:  # as it was measured when the run began: another choice would give other numbers
        machine = replace(machine, precision=loaded.precision, layout=loaded.layout)
    sizes = preprocess.crop, config.recipe.batch_size

    def choose() -> Arithmetic:
        chosen = choose_arithmetic(machine, device, network, spec, *sizes)
        if loaded is not None:
            return replace(chosen, products=loaded.products)
        return choose_products(machine, chosen, network, *sizes)

    arithmetic = group.told(choose)
    arithmetic = replace(arithmetic, device=device)
    arithmetic.place(network)
    trainer = Trainer(task, network, arithmetic, log, orders, group)
    if loaded is not None:
        trainer.restore(loaded)
    return task, trainer


def _begun(folder: Path, config: TrainConfig, dataset: Dataset, store: WeightsStore) -> tuple[Task, ResNet]:
    """What a run starts from: random parameters, or weights, with their head where it is for the same classes."""
    classes = len(dataset.classes)
    if config.start.weights is None:
        task = Task(config, dataset, config.start.spec(classes), sources.preprocess(config.data, None), folder)
        return task, new_network(task.spec, config.seed)
    learned = store.load(config.start.weights)
    spec, preprocess = learned.info.spec.with_classes(classes), sources.preprocess(config.data, learned.info)
    known = learned.info.known_labels
    network = new_network(spec, config.seed, learned.parameters, keep_head=not known or known == dataset.classes)
    return Task(config, dataset, spec, preprocess, folder), network


def _tell_start(log: Log, task: Task, trainer: Trainer, *, resumed: bool) -> None:
    dataset, config = task.dataset, task.config
    log(
        "start",
        network=task.spec.network, parameters=task.spec.parameters, dataset=dataset.name,
        classes=list(dataset.classes), train_images=len(dataset.train), validation_images=len(dataset.validation),
        test_images=len(dataset.test), skipped=list(dataset.bad[:MOST_SKIPPED_TOLD]), skipped_count=len(dataset.bad),
        batch_size=trainer.batches.size,
        batches=trainer.batches.per_epoch, epochs=config.budget.epochs, minutes=config.budget.minutes,
        device=str(trainer.arithmetic.device), precision=trainer.arithmetic.precision,
        layout=trainer.arithmetic.layout, threads=torch.get_num_threads(), torch=torch.__version__,
        python=platform.python_version(), resumed=resumed, epochs_done=trainer.pace.epochs,
        started_over=not resumed and (task.folder / f"{checkpoint.LAST}.bad").exists(),
    )  # fmt: skip


def _finish(task: Task, trainer: Trainer, store: WeightsStore, log: Log) -> Outcome:
    """Tests the best network, the only time that the test pictures are used, and puts it into the store."""
    parameters = best.load_best(task)
    # In plain float32, which is how the network will be used.
    exact = Arithmetic(trainer.arithmetic.device, "float32", trainer.arithmetic.layout)
    network = new_network(task.spec, 0, parameters)
    exact.place(network)
    look = Look(task.preprocess, task.dataset.side_px, exact)
    classes = task.dataset.classes
    test = task.dataset.test
    found = evaluate(network, test, len(classes), look, exact, keep_probabilities=True)
    runs.write_confusion(task.folder, classes, found.confusion.tolist())
    answers.write(task.folder, answers.of(classes, test, found.predicted, found.probabilities))
    info = best.publish(task, store, parameters, found.correct, found.images)
    log(
        "done", test_accuracy=found.accuracy, test_correct=found.correct, test_images=found.images,
        validation_accuracy=trainer.progress.best_accuracy, weights=info.id, epochs=trainer.pace.epochs,
        seconds=trainer.pace.seconds,
    )  # fmt: skip
    return Outcome(task.folder.name, info, found.accuracy)


def _is_done(folder: Path, config: TrainConfig, loaded: state.Loaded) -> bool:
    """Whether the last thing that happened was a "done", and the budget is still the one that was spent then."""
    events = last_events(folder, frozenset({"start", "done"}))
    if "done" not in events or events["done"]["order"] < events.get("start", {"order": -1})["order"]:
        return False
    cycle, told = loaded.progress.cycle, events["done"]
    return cycle.changed(config.budget, float(told.get("epochs", 0)), float(told.get("seconds", 0))) == cycle


def _kept(folder: Path) -> str:
    if not checkpoint.has_state(folder):
        return "Nothing was trained yet."
    return f"What was trained is kept: “resnet-lens train --resume {folder.name}” goes on with it."


def explain(error: BaseException, folder: Path) -> LensError | None:
    """What a failure of the machine means for whoever trains; None for one that is a mistake of ours."""
    kept = _kept(folder)
    if not folder.is_dir():
        return TrainingError(f"The run's folder {folder} is gone, so the training can't go on.")
    text = str(error).lower()
    if isinstance(error, MemoryError) or any(words in text for words in _TOO_LITTLE_MEMORY):
        return TrainingError(
            f"There is not enough memory for this training. Take smaller batches (--batch-size) or pictures. {kept}"
        )
    if not isinstance(error, OSError):
        return None
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return TrainingError(f"The disk with {folder} is full. Make room on it. {kept}")
    return TrainingError(f"{error.filename or folder} can't be used: {error.strerror or error}. {kept}")
