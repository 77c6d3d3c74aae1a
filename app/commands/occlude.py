"""`resnet-lens occlude IMAGE`: a grey patch over the picture, and what the class loses by it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import cli, console, values
from app.commands import common

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis, Classifier
    from resnet_core.calls import Cancel

_PREDICTIONS = 5


_place = values.place("a place in the picture, row and column in px, such as 96,64")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("image", metavar="IMAGE")
    parser.add_argument(
        "--patch", type=values.count, metavar="PX",
        help="side of the patch in px of what the network sees (a seventh of it: 32 of 224, 4 of 32)",
    )  # fmt: skip
    parser.add_argument("--stride", type=values.count, metavar="PX", help="how far the patch moves (half its side)")
    parser.add_argument("--at", type=_place, metavar="Y,X", help="only here: the patch's upper left corner, in px")
    parser.add_argument(
        "--class", dest="target", metavar="NAME|INDEX", help="the class asked about (the most probable)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="write the map: occlusion.npy, and occlusion.png over the photo"
    )
    cli.how(parser)
    cli.json_option(
        parser,
        "one JSON object: image, weights, device, precision, class (label, index, logit, probability), patch_px, "
        "stride_px, grid (rows, columns), largest_drop, places (top, left, logit, logit_drop, probability); or with "
        "--at: top, left, logit, logit_drop, probability, predictions (label, index, probability)",
    )


def run(options: argparse.Namespace) -> int:
    if options.at is not None and (options.out is not None or options.stride is not None):
        raise cli.UsageError("--at covers one place: --stride and --out are for the map of all places.")
    info = common.usable_weights(options.weights)
    common.check_out(options.out)
    target = common.class_index(options.target, info)
    side = info.preprocess.crop
    if options.patch is not None and options.patch > side:
        raise cli.UsageError(f"{info.id} sees {side} px: a patch of {options.patch} px covers all of it.")
    with console.interruptible() as called_off, common.classifier() as classifier:
        analysis = common.looked_at(classifier, options, info, (), called_off)
        target = analysis.predictions[0].index if target is None else target
        measure = _sweep if options.at is None else _one
        found = measure(classifier, analysis, options, target, called_off)
    return common.tell(options, {**common.facts(options, analysis), **found}, _print)


def _size(options: argparse.Namespace, side: int) -> int:
    from resnet_core.evidence import occlusion

    return options.patch or occlusion.usual_size(side)


def _sweep(
    classifier: Classifier, analysis: Analysis, options: argparse.Namespace, target: int, called_off: Cancel
) -> dict[str, Any]:
    from app.commands import overlays
    from app.commands.progress import Progress
    from resnet_core.evidence import occlusion

    if options.out is not None:
        common.make_out(options.out)  # before the work, not after it
    side = analysis.seen.shape[0]
    size = _size(options, side)
    places = occlusion.grid(side, side, size, options.stride or max(1, size // 2))
    rows, columns = places.shape
    with Progress("Places") as progress:
        swept = occlusion.sweep(
            classifier.runner(analysis, called_off), analysis.images, analysis.logits, places, cancel=called_off,
            row_done=lambda row, _logits: progress.count((row + 1) * columns, rows * columns),
        )  # fmt: skip
    if options.out is not None:
        about = {
            "Map": "occlusion: how much the class's logit falls, mean of all patches over a pixel",
            "Class": analysis.info.class_label(target),
            "Patch": f"{size} px, every {places.stride} px",
        }
        over = swept.by_pixel(target, side, side)
        overlays.write(analysis, swept.drops(target), over, options.out / "occlusion", about)
    found = occlusion.numbers(swept, target, analysis.info.class_label).as_json()
    found.pop("arrays")
    return found


def _one(
    classifier: Classifier, analysis: Analysis, options: argparse.Namespace, target: int, called_off: Cancel
) -> dict[str, Any]:
    from resnet_core.analysis import predict
    from resnet_core.evidence import occlusion

    side, (top, left) = analysis.seen.shape[0], options.at
    if top >= side or left >= side:
        raise cli.UsageError(f"{analysis.info.id} sees {side} × {side} px: {top},{left} lies outside.")
    patch = occlusion.clipped(occlusion.Patch(top, left, _size(options, side)), side, side)
    logits = occlusion.effect(classifier.runner(analysis, called_off), analysis.images, patch)
    after = predict(logits, analysis.info)
    before = next(one for one in analysis.predictions if one.index == target)
    now = next(one for one in after if one.index == target)
    return {
        "class": {
            "label": before.label,
            "index": target,
            "logit": before.logit,
            "probability": before.probability,
        },
        "patch_px": patch.size,
        "top": patch.top,
        "left": patch.left,
        "logit": now.logit,
        "logit_drop": before.logit - now.logit,
        "probability": now.probability,
        "predictions": common.predictions(after[:_PREDICTIONS]),
    }


def _print(found: dict[str, Any]) -> None:
    about = found["class"]
    whole = console.percent(about["probability"])
    if "places" not in found:
        where = f"row {found['top']}, column {found['left']}, {found['patch_px']} px"
        line = f"{about['label']}: {whole} → {console.percent(found['probability'])} without {where}"
        console.line(console.plain(f"{line} (logit {-found['logit_drop']:+.3f})"))
        for row in console.table(
            [(one["label"], console.percent(one["probability"])) for one in found["predictions"]], "<>"
        ):
            console.line(f"  {row}")
        return
    rows, columns = found["grid"]
    size, stride = found["patch_px"], found["stride_px"]
    console.line(console.plain(f"{about['label']}: {whole}, logit {about['logit']:.3f}"))
    console.line(f"{rows} × {columns} places, patch {size} px, every {stride} px; how much the logit falls there:")
    drops = [f"{place['logit_drop']:+.1f}" for place in found["places"]]
    console.print_table([drops[start : start + columns] for start in range(0, len(drops), columns)], ">" * columns)
    worst = found["largest_drop"]
    least = console.percent(worst["probability"])
    console.line(f"Most at row {worst['top']}, column {worst['left']}: {whole} → {least}.")
