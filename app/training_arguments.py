"""The command lines of `resnet-lens train` and `resnet-lens runs`."""

from __future__ import annotations

import argparse
from pathlib import Path

from app import values

CHANGES: dict[str, tuple[str, str]] = {
    "freeze": ("start", "freeze"),
    "limit": ("data", "limit"),
    "learning_rate": ("recipe", "learning_rate"),
    "weight_decay": ("recipe", "weight_decay"),
    "momentum": ("recipe", "momentum"),
    "label_smoothing": ("recipe", "label_smoothing"),
    "ema": ("recipe", "ema_decay"),
    "batch_size": ("recipe", "batch_size"),
    "cutout": ("augmentation", "cutout_px"),
    "mixup": ("augmentation", "mixup"),
    "grow_from": ("augmentation", "grow_from_px"),
    "device": ("machine", "device"),
    "precision": ("machine", "precision"),
    "threads": ("machine", "threads"),
    "deterministic": ("machine", "deterministic"),
    "tensorboard": ("watch", "tensorboard"),
}
"""Options, and the entry of a run's configuration that each one sets."""

LATER = frozenset({"learning_rate", "batch_size", "device", "threads", "tensorboard"})
"""Those that may also be changed when a run is resumed. The others would make it another training."""


def add_train(parser: argparse.ArgumentParser) -> None:
    what = parser.add_argument_group("what to train, on what")
    what.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="CIFAR-10 (its folder or archive), or a folder with a sub-folder of pictures for each class",
    )
    what.add_argument("--download", action="store_true", help="fetch CIFAR-10 (170 MB) first, if it is not here")
    what.add_argument("--network", metavar="NETWORK", help="e.g. resnet18, resnet110, plain34 (resnet18)")
    what.add_argument("--stem", choices=("cifar", "imagenet"), help="3x3, or 7x7 with pooling (by the pictures' size)")
    what.add_argument("--image-size", type=values.many, metavar="PX", help="side of the input (by stem and data)")
    what.add_argument("--limit", type=values.many, metavar="N", help="train on about N pictures only")
    what.add_argument("--from", dest="weights", metavar="ID", help="start from these weights; a new head where needed")
    what.add_argument("--freeze", metavar="STAGE", help="do not train the stages up to this one (conv1, layer1 …)")
    long = parser.add_argument_group("how long")
    budget = long.add_mutually_exclusive_group()
    budget.add_argument("--epochs", type=values.amount, metavar="N", help="times through the pictures (30)")
    budget.add_argument("--minutes", type=values.amount, metavar="M", help="of training and validating")
    long.add_argument("--resume", metavar="RUN", help="go on with a run, or train a finished one further")
    long.add_argument("--name", metavar="RUN", help="name of the new run; its weights become NETWORK.RUN")
    how = parser.add_argument_group("how")
    how.add_argument("--optimizer", choices=("sgd", "adamw"), default=None, help="Nesterov SGD or AdamW (sgd)")
    how.add_argument("--learning-rate", type=values.amount, metavar="RATE", help="peak of the cycle (by optimizer)")
    how.add_argument("--batch-size", type=values.many, metavar="N", help="pictures a batch (128)")
    how.add_argument("--weight-decay", type=values.at_least_0, metavar="X", help="(5e-4)")
    how.add_argument("--momentum", type=values.at_least_0, metavar="X", help="(0.9)")
    how.add_argument("--label-smoothing", type=values.at_least_0, metavar="X", help="(0.1)")
    how.add_argument("--ema", type=values.at_least_0, metavar="X", help="decay of the averaged weights; 0: none (0.99)")
    how.add_argument("--cutout", type=values.whole, metavar="PX", help="side of a square to grey out (none)")
    how.add_argument("--mixup", type=values.at_least_0, metavar="ALPHA", help="mix pairs of pictures (not)")
    how.add_argument("--grow-from", type=values.whole, metavar="PX", help="side of the pictures at first (full)")
    how.add_argument("--seed", type=values.whole, metavar="N", help="of everything that is random (0)")
    where = parser.add_argument_group("where")
    where.add_argument("--device", type=values.device, metavar="auto|cpu|cuda|…", help="where to train (auto)")
    where.add_argument("--precision", choices=("auto", "float32", "bfloat16", "float16"), help="auto: what is fastest")
    where.add_argument("--threads", type=values.many, metavar="N", help="processor cores to use (all)")
    where.add_argument("--deterministic", action="store_true", default=None, help="the same numbers in every run")
    where.add_argument(
        "--tensorboard", action=argparse.BooleanOptionalAction, default=None, help="write TensorBoard's files too"
    )
    parser.add_argument("--json", action="store_true", help="print one event a line as JSON")


def add_degradation(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="DIR", help="CIFAR-10, or a folder of classes")
    parser.add_argument("--download", action="store_true", help="fetch CIFAR-10 (170 MB) first, if it is not here")
    parser.add_argument("--depths", type=values.depths, default=(20, 56), metavar="20,56", help="of 20 32 44 56 110")
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument("--epochs", type=values.amount, metavar="N", help="of each network (30)")
    budget.add_argument("--minutes", type=values.amount, metavar="M", help="of each network")
    parser.add_argument("--batch-size", type=values.many, metavar="N", help="pictures a batch (128)")
    parser.add_argument("--learning-rate", type=values.amount, metavar="RATE", help="peak of the cycle (0.1)")
    parser.add_argument("--limit", type=values.many, metavar="N", help="train on about N pictures only")
    parser.add_argument("--threads", type=values.many, metavar="N", help="processor cores to use (all)")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write every network's errors by epoch")
    parser.add_argument("--json", action="store_true", help="print one event a line as JSON")


def add_runs(parser: argparse.ArgumentParser) -> None:
    tasks = parser.add_subparsers(dest="task", metavar="TASK", required=True)
    texts = {
        "list": "Every run, the last one first.",
        "show": "A run's settings and how it went.",
        "pause": "Let a training that is under way wait.",
        "resume": "Let a paused training go on. (A stopped one goes on by “resnet-lens train --resume RUN”.)",
        "stop": "End a training after saving its state.",
        "remove": "Delete a run. The weights it made stay.",
    }
    for name, text in texts.items():
        task = tasks.add_parser(name, description=text, help=text, allow_abbrev=False)
        if name != "list":
            task.add_argument("name", metavar="RUN")
        task.add_argument("--json", action="store_true", help="print JSON")
