"""`resnet-lens ladder IMAGE`: one picture through several networks."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import cli, console, values
from app.commands import common

if TYPE_CHECKING:
    from resnet_core.evidence.ladder import Rung


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("image", metavar="IMAGE")
    parser.add_argument(
        "--weights", type=values.names, metavar="ID,ID…", help="the networks to ask (all weights on this disk)"
    )
    cli.where(parser)
    cli.json_option(
        parser,
        "one JSON object: image, networks (weights, network, label, index, probability, elapsed_ms, "
        "parameters, macs, layers, accuracy, dataset, best_channels; or error), to_download",
    )


def run(options: argparse.Namespace) -> int:
    from resnet_core.evidence import ladder
    from resnet_core.images import load_image

    store = common.store()
    known = store.all()
    wanted = options.weights or tuple(info.id for info in ladder.by_depth(known))
    for weights in wanted:
        common.weights_info(weights)  # an id that nothing has is a slip of the pen: nobody shall wait for the others
    picture = load_image(Path(options.image))
    with console.interruptible() as called_off, common.classifier() as classifier:

        def look(weights: str) -> Rung:
            analysis = common.noticed(
                classifier.analyse(
                    picture, weights, device=options.device, precision=options.precision, cancel=called_off
                )
            )
            return ladder.rung(analysis, classifier.store.head(weights), classifier.runner(analysis, called_off))

        steps = list(ladder.climb(wanted, look, called_off))
    offered = () if options.weights else ladder.offers(known)
    found = ladder.numbers(options.image, steps, offered).as_json()
    found.pop("arrays", None)
    common.tell(options, found, _print)
    return 1 if any(row["error"] for row in found["networks"]) else 0


def _print(found: dict[str, Any]) -> None:
    rows = [["weights", "layers", "answer", "", "ms", "parameters"]]
    for one in found["networks"]:
        if one["error"]:
            console.say(one["error"])
            continue
        rows.append([
            one["weights"], str(one["layers"]), one["label"], console.percent(one["probability"]),
            f"{one['elapsed_ms']:.1f}", _count(one["parameters"]),
        ])  # fmt: skip
    console.print_table(rows, "<><>>>")
    for one in found["to_download"]:
        size, accuracy = console.megabytes(one["size_bytes"]), console.percent(one["accuracy"])
        console.line(
            f"{one['weights']}: not on this disk ({size}, {accuracy} on {one['dataset']}): "
            f"resnet-lens weights download {one['weights']}"
        )


def _count(parameters: int) -> str:
    return f"{parameters / 1e6:.1f} M" if parameters >= 1e6 else f"{parameters / 1e3:.0f} k"
