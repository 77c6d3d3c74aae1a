"""`resnet-lens patches PATH…`: what in many pictures excites a channel most."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from app import cli, console, values
from app.commands import common
from resnet_core.errors import ImageError

if TYPE_CHECKING:
    from resnet_core.evidence.patches import Patch, Step
    from resnet_core.weights.catalog import WeightsInfo

LARGEST = 400  # px: a patch is enlarged by whole factors up to this side


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="pictures, or folders of pictures")
    parser.add_argument("--recursive", action="store_true", help="look into the folders' folders too")
    parser.add_argument("--output", required=True, metavar="NAME", help="a stage, block or branch, e.g. layer3")
    parser.add_argument("--channel", type=values.whole, required=True, metavar="C", help="from 0 on")
    parser.add_argument("--count", type=values.count, default=24, metavar="N", help="how many patches at most (24)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder to write the patches to, a PNG each")
    cli.how(parser)
    cli.json_option(
        parser,
        "one JSON object: weights, output, channel, pictures, failed, receptive_field_px, patches (rank, value, "
        "picture, path, y, x, field: left, top, right, bottom in px of the network’s input)",
    )


def run(options: argparse.Namespace) -> int:
    from resnet_core.engines.base import Activations, Request
    from resnet_core.evidence import patches

    info = common.usable_weights(options.weights)
    common.check_maps(options.output, info)
    common.check_channel(options.output, options.channel, info)
    common.check_out(options.out)
    problems: list[str] = []
    sources = [Path(path) for path in _pictures(options, problems)]
    for problem in problems:
        console.say(problem)
    with console.interruptible() as called_off, common.classifier() as classifier:

        def ask(request: Request) -> Activations:
            return classifier.run(info, request, options.device, options.precision, called_off)

        last: Step | None = None
        failed = len(problems)
        for step in patches.search(
            sources, ask, info.preprocess, options.output, count=options.count, cancel=called_off
        ):
            last = step
            failed += len(step.failed)
            _progress(step.done, len(sources))
            for error in step.failed.values():
                _progress(None, 0)
                console.say(str(error))
        _progress(None, 0)
        spots = () if last is None else last.ranking.of(options.channel, signed=info.spec.is_signed(options.output))
        found = [
            patches.patch(
                sources[spot.picture],
                patches.look(sources[spot.picture], info.preprocess),
                spot,
                info.spec,
                info.preprocess,
                options.output,
            )
            for spot in spots
        ]
    numbers = patches.numbers(
        found,
        weights=info.id,
        output=options.output,
        channel=options.channel,
        looked_at=len(sources) - (failed - len(problems)),
        failed=failed,
        field_px=info.spec.receptive_field(options.output).size,
    )
    if options.out is not None:
        _write(options.out, found, info, options)
    if options.json:
        console.json_line(numbers.as_json())
    else:
        console.print_table([_row(rank, one) for rank, one in enumerate(found, start=1)], "><><")
    return 1 if failed else 0


def _pictures(options: argparse.Namespace, problems: list[str]) -> Iterator[str]:
    """Every picture meant; what is none and what can't be listed goes to `problems`."""
    for text in options.paths:
        try:
            yield from common.expand(text, options.recursive)
        except ImageError as error:
            problems.append(str(error))


def _row(rank: int, one: Patch) -> tuple[str, str, str, str]:
    where = f"at ({one.spot.y}, {one.spot.x})"
    return str(rank), f"{one.spot.value:.4g}", where, str(one.path) if one.path is not None else one.name


def _write(folder: Path, found: list[Patch], info: WeightsInfo, options: argparse.Namespace) -> None:
    import numpy as np

    from resnet_core.map_export import write_png

    common.make_out(folder)
    for rank, one in enumerate(found, start=1):
        times = max(1, LARGEST // max(one.rgb.shape[:2]))
        enlarged = np.repeat(np.repeat(one.rgb, times, axis=0), times, axis=1)
        stem = re.sub(r"[^\w.-]+", " ", Path(one.name).stem).strip()[:60] or "picture"
        texts = {
            "Network": info.id,
            "Source": one.name,
            "Output": f"{options.output} channel {options.channel} at ({one.spot.y}, {one.spot.x})",
            "Value": f"{one.spot.value:.6g}",
        }
        write_png(folder / f"{rank:02d} {stem}.png", enlarged, texts)


def _progress(done: int | None, total: int) -> None:
    """How far it is, where stderr is a terminal; None takes the line away."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K" if done is None else f"\r\x1b[K{done} of {total} pictures")
        sys.stderr.flush()
