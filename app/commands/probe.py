"""`resnet-lens probe IMAGE`: a place in the maps, its value, and what of the picture it can see."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from app import cli, console, values
from app.commands import common

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis


_place = values.place("a place in a map, row and column, such as 9,14")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("image", metavar="IMAGE")
    parser.add_argument("--output", required=True, metavar="NAME", help="a stage, block or branch, e.g. layer3")
    parser.add_argument("--at", type=_place, required=True, metavar="Y,X", help="row and column of the map, from 0 on")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--channel", type=values.whole, metavar="C", help="the channel to read")
    which.add_argument("--top", type=values.count, default=8, metavar="K", help="the highest channels there (8)")
    cli.how(parser)
    cli.json_option(
        parser,
        "one JSON object: image, weights, output, at (y, x), of (rows, columns), receptive_field (size, input and "
        "picture: left, top, right, bottom in px, clipped), values (channel, value)",
    )


def run(options: argparse.Namespace) -> int:
    info = common.usable_weights(options.weights)
    common.check_maps(options.output, info)
    with common.classifier() as classifier:
        analysis = common.looked_at(classifier, options, info, (options.output,))
    return common.tell(options, _read(analysis, options), _print)


def _read(analysis: Analysis, options: argparse.Namespace) -> dict[str, Any]:
    """What there is to say of the place. Raises UsageError for a place or a channel outside the maps."""
    import numpy as np

    maps = analysis.activations[options.output]
    _, height, width = maps.shape
    y, x = options.at
    if y >= height or x >= width:
        raise cli.UsageError(
            f"{options.output} has {height} rows and {width} columns here, numbered from 0: ({y}, {x}) is outside."
        )
    if options.channel is not None:
        common.check_channel(options.output, options.channel, analysis.info)
    here = maps[:, y, x]
    chosen = np.argsort(-here, kind="stable")[: options.top].tolist() if options.channel is None else [options.channel]
    field, side = analysis.info.spec.receptive_field(options.output), analysis.seen.shape[0]
    (top, bottom), (left, right) = field.span(y, side), field.span(x, side)
    return {
        "image": options.image,
        "weights": analysis.info.id,
        "output": options.output,
        "at": [y, x],
        "of": [height, width],
        "receptive_field": {
            "size": field.size,
            "input": [left, top, right, bottom],
            "picture": _in_picture(analysis, left, top, right, bottom),
        },
        "values": [{"channel": channel, "value": float(here[channel])} for channel in chosen],
    }


def _in_picture(analysis: Analysis, left: int, top: int, right: int, bottom: int) -> list[float]:
    """A part of the network's input in the pixels of the picture, clipped to it."""
    x0, y0, x1, y1 = analysis.crop_box
    side, picture = analysis.seen.shape[0], analysis.picture
    across, down = (x1 - x0) / side, (y1 - y0) / side
    box = (x0 + left * across, y0 + top * down, x0 + right * across, y0 + bottom * down)
    limits = (picture.width, picture.height) * 2
    return [round(min(max(place, 0.0), float(limit)), 2) for place, limit in zip(box, limits, strict=True)]


def _print(found: dict[str, Any]) -> None:
    (y, x), (height, width), field = found["at"], found["of"], found["receptive_field"]
    left, top, right, bottom = field["input"]
    console.line(f"{found['output']} at ({y}, {x}) of {height} × {width}, {found['weights']}")
    console.line(
        f"sees {right - left} × {bottom - top} px of the network’s input, columns {left} to {right - 1}, "
        f"rows {top} to {bottom - 1}"
    )
    left, top, right, bottom = (round(place) for place in field["picture"])
    console.line(f"in the picture: {right - left} × {bottom - top} px from ({left}, {top})")
    rows = [(f"channel {row['channel']}", f"{row['value']:.6g}") for row in found["values"]]
    console.print_table(rows, "<>")
