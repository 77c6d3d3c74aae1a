"""`resnet-lens runs list | show | pause | resume | stop | remove`."""

from __future__ import annotations

import argparse
import time
from typing import Any

from app import console, paths
from app.commands import common
from resnet_core.errors import LensError
from resnet_core.training.runs import RunInfo, Runs

MOST_MISTAKES = 10
MOST_CLASSES = 20  # of those that are printed for eyes


def run(options: argparse.Namespace) -> int:
    known = Runs(paths.runs_dir())
    if options.task == "list":
        return _list(known, options)
    if options.task == "show":
        return _show(known.get(options.name), options)
    if options.task == "remove":
        known.remove(options.name)
        sentence = f"The run {options.name} was removed."
    else:
        known.order(options.name, options.task)
        sentence = f"{options.name} was told to {options.task}."
    return common.tell_done(options, {"run": options.name, "task": options.task}, sentence)


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
    console.print_table(rows, "<<<<>>><")
    return 0


def _show(info: RunInfo, options: argparse.Namespace) -> int:
    results = _results(info)
    described = as_json(info) | {"config": info.config.to_json() if info.config else None, "results": results}
    if options.json:
        console.json_line(described, indent=2)
        return 0
    rows = [(key.replace("_", " "), str(value)) for key, value in as_json(info).items() if value not in (None, "")]
    for group, entries in (described["config"] or {}).items():
        text = ", ".join(f"{name} {value}" for name, value in entries.items()) if isinstance(entries, dict) else entries
        rows.append((group, str(text)))
    console.print_table(rows, "<<")
    if results is not None:
        _show_results(results)
    return 0


def _results(info: RunInfo) -> dict[str, Any] | None:
    """What is known of the answers to the test pictures; shares are 0 … 1, None where nothing can be said."""
    from resnet_core.training import answers
    from resnet_core.training.judgement import confusions, judge

    if not (info.folder / answers.FILE).exists():
        return None
    try:
        given = answers.read(info.folder)
    except LensError as error:
        console.say(str(error))
        return None
    found, names = judge(given), given.classes
    totals = found.matrix.sum(1)
    return {
        "test_images": found.images,
        "test_correct": found.correct,
        "calibration_error": round(found.calibration.error, 6),
        "classes": [
            {
                "name": name,
                "images": int(totals[index]),
                "accuracy": _share(found.recall[index]),
                "precision": _share(found.precision[index]),
            }
            for index, name in enumerate(names)
        ],
        "confusions": [
            {"class": names[c.true], "answer": names[c.answer], "images": c.count}
            for c in confusions(found.matrix, MOST_MISTAKES)
        ],
        "mistakes": [
            {
                "picture": given.name(index),
                "class": names[given.labels[index]],
                "answer": names[given.predicted[index]],
                "probability": round(float(given.confidence[index]), 6),
            }
            for index in map(int, found.mistakes[:MOST_MISTAKES])
        ],
    }


def _share(value: float) -> float | None:
    return None if value != value else round(float(value), 6)


def _show_results(results: dict[str, Any]) -> None:
    console.line()
    console.line(
        f"{results['test_correct']:,} of {results['test_images']:,} test pictures right; expected calibration error "
        f"{console.percent(results['calibration_error'])} (Guo et al. 2017, 15 bins)."
    )
    classes = results["classes"]
    if len(classes) > MOST_CLASSES:
        classes = sorted(classes, key=lambda entry: 2.0 if entry["accuracy"] is None else entry["accuracy"])
        console.line(f"The {MOST_CLASSES} least accurate of {len(classes)} classes:")
    rows = [("class", "pictures", "accuracy", "precision")]
    for entry in classes[:MOST_CLASSES]:
        shares = (console.percent(entry["accuracy"]), console.percent(entry["precision"]))
        rows.append((entry["name"], f"{entry['images']:,}", *shares))
    console.line()
    console.print_table(rows, "<>>>")
    if results["mistakes"]:
        rows = [("surest mistakes", "is", "answer", "sure")]
        for entry in results["mistakes"]:
            rows.append((entry["picture"], entry["class"], entry["answer"], console.percent(entry["probability"])))
        console.line()
        console.print_table(rows, "<<<>")
