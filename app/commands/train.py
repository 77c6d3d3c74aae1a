"""`resnet-lens train`: makes a run or resumes one, trains it in this process, and shows how it goes."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from app import cli, console, paths
from app.commands import common
from app.commands.progress import Progress
from app.training_arguments import CHANGES, LATER
from app.training_progress import Printer
from resnet_core.errors import DatasetError, LensError
from resnet_core.training import tensorboard
from resnet_core.training.config import Budget, TrainConfig, TrainingError
from resnet_core.training.environment import share_the_processor
from resnet_core.training.runs import Runs, held, read_config, write_config


def run(options: argparse.Namespace) -> int:
    needs_torch()
    if options.tensorboard:  # before there is a run that can't be trained
        tensorboard.check()
    share_the_processor()
    from resnet_core.training import job
    from resnet_core.training.control import Control
    from resnet_core.training.distributed import Group

    group = Group.join()
    try:
        folder = Path(group.told(lambda: str(_resumed(options) if options.resume else _created(options))))
        control = Control(folder)
        control.listen_to_signals()
        control.listen_to_stdin()
        listener = (print_json if options.json else Printer()) if group.leads else None
        try:
            outcome = job.train(folder, common.store(), control, listener, group)
        except LensError as error:
            if not options.json:  # there the error event says it
                raise
            if group.leads:
                console.say(str(error))
            return 1
    finally:
        group.leave()
    return 130 if control.interrupted and outcome.weights is None else 0


def needs_torch() -> None:
    """Raises TrainingError where torch is not installed: the viewer's package has none."""
    from importlib.util import find_spec

    if find_spec("torch") is None:
        raise TrainingError(
            "Training needs PyTorch, which is not part of this installation: install the full package, or "
            "“pip install resnet-lens[torch]”."
        )


def _created(options: argparse.Namespace) -> Path:
    """A new run with the configuration that the command line asks for."""
    from resnet_core.training import defaults

    weights = common.usable_weights(options.weights) if options.weights else None
    if weights is not None and options.network not in (None, weights.spec.network):
        raise cli.UsageError(f"{weights.id} are weights of a {weights.spec.network}, not of a {options.network}.")
    if weights is not None and options.stem not in (None, weights.spec.stem):
        raise cli.UsageError(f"{weights.id} has the {weights.spec.stem} stem, and weights fit no other.")
    data, kind = find_data(options)
    config = defaults.suggest(
        data,
        kind,
        network=options.network or "resnet18",
        weights=weights,
        stem=options.stem,
        image_px=options.image_size,
        optimizer=options.optimizer or "sgd",
        batch_size=options.batch_size or 128,
    )
    config = changed(config, options)
    if options.seed is not None:
        config = replace(config, seed=options.seed)
    _check_data(data, kind)  # before there is a run that can't be trained
    return Runs(paths.runs_dir()).create(config, options.name)


def _check_data(data: Path, kind: str) -> None:
    """Raises DatasetError that names what is wrong, file by file."""
    if kind == "folder":
        from resnet_core import image_folder

        image_folder.scan(data)
    else:
        from resnet_core import cifar10

        if problems := cifar10.check(data):
            raise DatasetError(f"The CIFAR-10 in {data} can't be used: {', '.join(problems)}.")


def find_data(options: argparse.Namespace) -> tuple[Path, Any]:
    """The folder to train from and its kind; fetched where that was asked for. Raises DatasetError, DownloadError."""
    from resnet_core import cifar10
    from resnet_core.training import sources

    datasets = common.datasets()
    fetches = options.download and options.data is None
    try:
        path, kind = sources.find(options.data, datasets)
        if not fetches or kind != "cifar10" or not cifar10.check(path):
            return path, kind
    except DatasetError:
        if not fetches:
            raise
    with Progress("Downloading CIFAR-10") as progress:
        return cifar10.download(datasets, progress.show), "cifar10"


def _resumed(options: argparse.Namespace) -> Path:
    """The run to go on with, its configuration changed where that makes sense. Raises UsageError, TrainingError."""
    fixed = (
        {"data", "network", "stem", "image_size", "weights", "optimizer", "seed", "name", *CHANGES} - LATER - {"data"}
    )
    asked = sorted(name for name in fixed if getattr(options, name) is not None)
    if asked:
        option = "from" if asked[0] == "weights" else asked[0].replace("_", "-")
        raise cli.UsageError(f"--{option} can't be changed in a run that has begun; start another one.")
    info = Runs(paths.runs_dir()).get(options.resume)
    config = read_config(info.folder)
    wanted = changed(config, options)
    if options.data is not None:
        wanted = replace(wanted, data=replace(wanted.data, path=str(find_data(options)[0].absolute())))
    if wanted != config:
        with held(info.folder):
            write_config(info.folder, wanted)
    return info.folder


def changed(config: TrainConfig, options: argparse.Namespace) -> TrainConfig:
    """`config` with what was said on the command line. Raises TrainingError for what can't be meant."""
    for option, (group, entry) in CHANGES.items():
        value = getattr(options, option, None)
        if value is not None:
            config = replace(config, **{group: replace(getattr(config, group), **{entry: value})})
    if options.epochs is not None or options.minutes is not None:
        config = replace(config, budget=Budget(options.epochs, options.minutes))
    return config


def print_json(event: dict[str, Any]) -> None:
    """Prints an event; a reader that is gone does not end the training."""
    try:
        console.json_line(event)
    except OSError:
        console.abandon_output()
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
