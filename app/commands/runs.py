"""`resnet-lens runs list | show | pause | resume | stop | remove`."""

from __future__ import annotations

import argparse
import time
from typing import Any

from app import console, paths
from resnet_core.training.runs import RunInfo, Runs


def run(options: argparse.Namespace) -> int:
    known = Runs(paths.runs_dir())
    if options.task == "list":
        return _list(known, options)
    if options.task == "show":
        return _show(known.get(options.name), options)
    if options.task == "remove":
        known.remove(options.name)
        return _told(options, f"The run {options.name} was removed.")
    known.order(options.name, options.task)
    return _told(options, f"{options.name} was told to {options.task}.")


def as_json(info: RunInfo) -> dict[str, Any]:
    """What is printed about a run; accuracies are 0 … 1."""
    return {
        "run": info.name,
        "state": info.state,
        "network": info.config.start.network if info.config else None,
        "dataset": info.dataset,
        "epochs_done": info.epochs_done,
        "epochs": info.config.budget.epochs if info.config else None,
        "minutes": info.config.budget.minutes if info.config else None,
        "best_accuracy": info.best_accuracy,
        "test_accuracy": info.test_accuracy,
        "weights": info.weights,
        "problem": info.problem,
        "path": str(info.folder),
    }


def _list(known: Runs, options: argparse.Namespace) -> int:
    runs = known.all()
    if options.json:
        console.json_line([as_json(info) for info in runs], indent=2)
        return 0
    if not runs:
        console.line("There are no runs yet. “resnet-lens train” starts one.")
        return 0
    rows = [("run", "state", "network", "data set", "epochs", "validation", "test", "last worked on")]
    for info in runs:
        network = info.config.start.network if info.config else ""
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(info.updated))
        accuracies = (console.percent(info.best_accuracy), console.percent(info.test_accuracy))
        rows.append((info.name, info.state, network, info.dataset, f"{info.epochs_done:.4g}", *accuracies, when))
    for line in console.table(rows, "<<<<>>><"):
        console.line(line)
    return 0


def _show(info: RunInfo, options: argparse.Namespace) -> int:
    described = as_json(info) | {"config": info.config.to_json() if info.config else None}
    if options.json:
        console.json_line(described, indent=2)
        return 0
    rows = [(key.replace("_", " "), str(value)) for key, value in as_json(info).items() if value not in (None, "")]
    for group, entries in (described["config"] or {}).items():
        text = ", ".join(f"{name} {value}" for name, value in entries.items()) if isinstance(entries, dict) else entries
        rows.append((group, str(text)))
    for line in console.table(rows, "<<"):
        console.line(line)
    return 0


def _told(options: argparse.Namespace, sentence: str) -> int:
    if options.json:
        console.json_line({"run": options.name, "task": options.task})
    else:
        console.line(console.plain(sentence))
    return 0
