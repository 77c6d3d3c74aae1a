"""`resnet-lens degradation`: trains plain and residual networks of the same depths alike, and compares their errors."""

from __future__ import annotations

import argparse
import csv
import io
from pathlib import Path
from typing import Any

from app import console, files, paths
from app.commands import common, train
from app.training_progress import Printer
from resnet_core.training import degradation
from resnet_core.training.control import Control
from resnet_core.training.environment import share_the_processor
from resnet_core.training.runs import Runs


def run(options: argparse.Namespace) -> int:
    """Networks that are trained already are not trained again; one that was stopped goes on."""
    if options.csv is not None:
        common.check_csv(options.csv)
    train.needs_torch()
    share_the_processor()
    from resnet_core.training import defaults

    data, kind = train.find_data(options)
    first = degradation.networks(options.depths)[0]
    base = defaults.suggest(data, kind, network=first, batch_size=options.batch_size or 128, stem="cifar")
    configs = degradation.configurations(train.changed(base, options), options.depths)
    controls: list[Control] = []

    def orders(folder: Path) -> Control:
        controls.append(Control(folder))
        controls[-1].listen_to_signals()
        return controls[-1]

    listener = train.print_json if options.json else _Printer()
    if not degradation.experiment(configs, Runs(paths.runs_dir()), common.store(), orders, listener):
        console.say("The same command goes on from here.")
        return 130 if controls[-1].interrupted else 0
    folders = {name: paths.runs_dir() / degradation.run_name(name) for name in configs}
    points = [point for name in configs for point in degradation.read_curve(folders[name], name)]
    _show_errors(points, options)
    if options.csv is not None:
        _write_errors(points, options.csv)
    return 0


class _Printer(Printer):
    def _signal(self, event: dict[str, Any]) -> None:
        _show_signal(event["network"], event["blocks"])


def _show_signal(name: str, norms: dict[str, float]) -> None:
    """How the backward signal grows from the last block to the first, before any training."""
    first, last = next(iter(norms.values())), list(norms.values())[-1]
    console.line(
        f"{name}: the backward signal is {last:.3g} at the last block and {first:.3g} at the first, untrained."
    )


def _write_errors(points: list[degradation.Point], path: Path) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("network", "epoch", "train_error", "validation_error"))
    writer.writerows((p.network, p.epoch, f"{p.train_error:.6g}", f"{p.validation_error:.6g}") for p in points)
    files.write(path, text.getvalue().encode())


def _show_errors(points: list[degradation.Point], options: argparse.Namespace) -> None:
    last: dict[str, degradation.Point] = {point.network: point for point in points}
    if options.json:
        console.json_line({"event": "errors", "caption": degradation.CAPTION, "networks": _as_json(last)})
        return
    rows = [("network", "epochs", "training error", "validation error")]
    for point in last.values():
        errors = (console.percent(point.train_error), console.percent(point.validation_error))
        rows.append((point.network, f"{point.epoch:.4g}", *errors))
    console.print_table(rows, "<>>>")
    console.line()
    console.line(degradation.CAPTION)


def _as_json(points: dict[str, degradation.Point]) -> dict[str, Any]:
    return {
        name: {"epoch": point.epoch, "train_error": point.train_error, "validation_error": point.validation_error}
        for name, point in points.items()
    }
