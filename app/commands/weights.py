"""`resnet-lens weights list | download | import | export | remove`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import cli, console
from app.commands import common
from app.commands.progress import Progress

if TYPE_CHECKING:
    from resnet_core.weights.catalog import WeightsInfo


def run(options: argparse.Namespace) -> int:
    tasks = {"list": _list, "download": _download, "import": _import, "export": _export, "remove": _remove}
    return tasks[options.task](options)


def as_json(info: WeightsInfo) -> dict[str, Any]:
    """What every task prints about a set of weights; `accuracy` is top-1, 0 … 1."""
    return {
        "id": info.id,
        "network": info.spec.network,
        "title": info.title,
        "origin": info.origin,
        "on_disk": info.on_disk,
        "size_bytes": info.size_bytes,
        "accuracy": info.accuracy,
        "dataset": info.dataset,
        "classes": info.spec.num_classes,
        "path": None if info.path is None else str(info.path),
    }


def _list(options: argparse.Namespace) -> int:
    store = common.store()
    known = store.all()
    for broken in store.unusable():
        console.say(f"{broken.id} can't be used: {broken.reason}")
    if options.json:
        console.json_line([as_json(info) for info in known], indent=2)
        return 0
    rows = [("", "id", "title", "top-1", "data set", "size")]
    for info in known:
        size = console.megabytes(info.size_bytes)
        rows.append(
            ("●" if info.on_disk else "", info.id, info.title, console.percent(info.accuracy), info.dataset, size)
        )
    console.print_table(rows, "<<<><>")
    console.line()
    console.line("● on this disk; the others come with “resnet-lens weights download ID”.")
    return 0


def _download(options: argparse.Namespace) -> int:
    info = common.weights_info(options.id)
    if info.on_disk:
        return common.tell_done(options, as_json(info), f"{info.id} is on this disk already.")
    with Progress(f"Downloading {info.id}") as progress:
        fetched = common.store(common.settings().mirrors).download(options.id, progress=progress.show)
    return common.tell_done(options, as_json(fetched), f"{fetched.id} is on this disk now: {fetched.path}")


def _import(options: argparse.Namespace) -> int:
    with Progress(f"Importing {options.file.name}") as progress:
        info = common.store().import_file(
            options.file, name=options.name, labels=options.labels, progress=progress.show
        )
    found = info.note or f"a {info.spec.network} with {info.spec.num_classes:,} classes."
    return common.tell_done(options, as_json(info), f"Imported as {info.id}: {found}")


def _export(options: argparse.Namespace) -> int:
    from resnet_core.weights.shelf import SUFFIX
    from resnet_core.weights.store import TORCH_SUFFIXES

    if options.file.suffix.lower() not in (SUFFIX, *TORCH_SUFFIXES):
        raise cli.UsageError(f"Weights are written as .safetensors or .pth, not as “{options.file.name}”.")
    info = common.usable_weights(options.id)
    common.store().export(options.id, options.file)
    path: Path = options.file
    written = as_json(info) | {"path": str(path), "size_bytes": path.stat().st_size}
    return common.tell_done(options, written, f"{info.id} was written to {path}.")


def _remove(options: argparse.Namespace) -> int:
    known = common.store()
    if all(broken.id != options.id for broken in known.unusable()):
        common.weights_info(options.id)  # says what may have been meant
    known.remove(options.id)
    return common.tell_done(options, {"id": options.id}, f"{options.id} was removed from this disk.")
