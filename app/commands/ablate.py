"""`resnet-lens ablate IMAGE`: channels switched off, and what that does to the answer."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from app import cli, console, values
from app.commands import common

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis, Classifier
    from resnet_core.calls import Cancel
    from resnet_core.evidence.effects import Effects
    from resnet_core.weights.catalog import WeightsInfo

_COUNT = 64  # evidence.effects.COUNT, without importing numpy to explain the command
_PREDICTIONS = 5


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("image", metavar="IMAGE")
    parser.add_argument("--stage", required=True, metavar="NAME", help="conv1, layer1, … layer4")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--channel", type=values.whole, metavar="C", help="switch this channel off, from 0 on")
    which.add_argument(
        "--sweep",
        action="store_true",
        help="measure the channels with the highest means, one by one (what is done without --channel)",
    )
    parser.add_argument(
        "--count", type=values.count, metavar="N", help=f"how many channels a sweep measures ({_COUNT})"
    )
    parser.add_argument("--solo", action="store_true", help="switch all channels of the stage off but --channel")
    parser.add_argument(
        "--by", choices=("zero", "mean"), default="zero", help="what is put in a channel's place: 0, or its mean (zero)"
    )
    parser.add_argument(
        "--class", dest="target", metavar="NAME|INDEX", help="the class whose score is told (the most probable one)"
    )
    cli.how(parser)
    cli.json_option(
        parser,
        "one JSON object: image, weights, device, precision, stage, by, class (label, index, logit), top, and channels "
        "(channel, logit_change, probability_change, top_without), the largest change first; or, with --channel, "
        "channel, solo, top_after and predictions (label, index, probability, logit and the change of both)",
    )


def run(options: argparse.Namespace) -> int:
    info = common.usable_weights(options.weights)
    _check(options, info)
    target = common.class_index(options.target, info)
    with console.interruptible() as called_off, common.classifier() as classifier:
        analysis = common.looked_at(classifier, options, info, (options.stage,), called_off)
        target = analysis.predictions[0].index if target is None else target
        if options.channel is None:
            effects = _sweep(classifier, analysis, options, called_off)
            found = effects.numbers(options.stage, options.by, target, info.class_label).as_json()
        else:
            found = _one(classifier, analysis, options, target)
    found.pop("arrays", None)  # every class's change is in the window's export; here it would be all there is
    return common.tell(options, {**common.facts(options, analysis), **found}, _print)


def _check(options: argparse.Namespace, info: WeightsInfo) -> None:
    stages = info.spec.stage_names
    if options.stage not in stages:
        suggestion = cli.near(options.stage, stages) or f" Its stages are {', '.join(stages)}."
        raise cli.UsageError(f"{info.id} has no stage named “{options.stage}”.{suggestion}")
    if options.channel is not None:
        common.check_channel(options.stage, options.channel, info)
    if options.channel is None and options.solo:
        raise cli.UsageError("Which channel alone? --solo needs a --channel.")
    if options.channel is not None and options.count is not None:
        raise cli.UsageError("--count says how many channels a sweep measures: with --channel there is one.")


def _sweep(classifier: Classifier, analysis: Analysis, options: argparse.Namespace, called_off: Cancel) -> Effects:
    from app.commands.progress import Progress
    from resnet_core import feature_maps
    from resnet_core.evidence import effects

    info, maps = analysis.info, analysis.activations[options.stage]
    channels = feature_maps.best(maps, "mean", options.count or _COUNT)
    parts = []
    with Progress(f"Channels of {options.stage}") as progress:
        for part in effects.sweep(
            classifier.runner(analysis, called_off), info.spec, options.stage, maps, channels,
            by=options.by, head=classifier.store.head(info.id), cancel=called_off,
        ):  # fmt: skip
            parts.append(part)
            progress.count(sum(len(one.channels) for one in parts), len(channels))
    return effects.joined(parts)


def _one(classifier: Classifier, analysis: Analysis, options: argparse.Namespace, target: int) -> dict[str, Any]:
    """What becomes of the predictions when one channel is off, or all others are."""
    from resnet_core.evidence import ablation

    make = ablation.solo if options.solo else ablation.ablate
    change = make(options.stage, options.channel, analysis.activations[options.stage], options.by)
    after = {one.index: one for one in classifier.again(analysis, change, outputs=()).predictions}
    before = {one.index: one for one in analysis.predictions}
    shown = dict.fromkeys([target, *list(before)[:_PREDICTIONS], next(iter(after))])
    info = analysis.info
    return {
        "stage": options.stage,
        "channel": options.channel,
        "solo": options.solo,
        "by": options.by,
        "class": {"label": info.class_label(target), "index": target, "logit": before[target].logit},
        "top": analysis.predictions[0].label,
        "top_after": info.class_label(next(iter(after))),
        "predictions": [
            {
                "label": info.class_label(index),
                "index": index,
                "probability": before[index].probability,
                "probability_change": after[index].probability - before[index].probability,
                "logit": before[index].logit,
                "logit_change": after[index].logit - before[index].logit,
            }
            for index in sorted(shown, key=lambda index: -before[index].probability)
        ],
    }


def _print(found: dict[str, Any]) -> None:
    target, put = found["class"], "its mean" if found["by"] == "mean" else "0"
    rows: list[tuple[str, ...]]
    if "channel" in found:
        what = f"all channels but {found['channel']}" if found["solo"] else f"channel {found['channel']}"
        put = "their means" if found["solo"] and found["by"] == "mean" else put
        console.line(f"{found['image']}, {found['weights']}: {what} of {found['stage']} replaced by {put}")
        rows = [("", "probability", "change", "logit", "change")]
        rows += [
            (
                one["label"], console.percent(one["probability"]), console.points(one["probability_change"]),
                f"{one['logit']:.3f}", f"{one['logit_change']:+.3f}",
            )
            for one in found["predictions"]
        ]  # fmt: skip
        align = "<>>>>"
    else:
        console.line(
            f"{found['image']}, {found['weights']}: “{target['label']}” has the logit {target['logit']:.3f}. "
            f"Its change when one channel of {found['stage']} is replaced by {put}:"
        )
        rows = [("channel", "logit", "probability", "most probable then")]
        rows += [
            (
                str(one["channel"]), f"{one['logit_change']:+.3f}", console.points(one["probability_change"]),
                one["top_without"] if one["top_without"] != found["top"] else "",
            )
            for one in found["channels"]
        ]  # fmt: skip
        align = ">>><"
    console.print_table(rows, align)
    if found.get("top_after", found["top"]) != found["top"]:
        console.line(f"Most probable then: {found['top_after']}")
