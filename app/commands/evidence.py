"""`resnet-lens evidence IMAGE`: a class's logit as the exact sum of what each channel contributes, and where."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app import cli, console, values
from app.commands import common


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("image", metavar="IMAGE")
    parser.add_argument(
        "--class", dest="target", metavar="NAME|INDEX", help="the class asked about (the most probable)"
    )
    parser.add_argument("--versus", metavar="NAME|INDEX", help="another class: what makes the difference between both")
    parser.add_argument("--top", type=values.count, default=12, metavar="N", help="how many channels to list (12)")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="write the class activation map: cam.npy, and cam.png over the photo"
    )
    cli.how(parser)
    cli.json_option(
        parser,
        "one JSON object: image, weights, device, precision, stage, class and versus (label, index, logit), logit, "
        "sum, difference, agrees, bias, channels (channel, weight, mean, contribution), rest (channels, "
        "contribution), map (shape, min, max)",
    )


def run(options: argparse.Namespace) -> int:
    info = common.usable_weights(options.weights)
    common.check_out(options.out)
    target = common.class_index(options.target, info)
    versus = common.class_index(options.versus, info)
    last = info.spec.stage_names[-1]
    with common.classifier() as classifier:
        analysis = common.looked_at(classifier, options, info, (last,))
        head = classifier.store.head(info.id)
    target = analysis.predictions[0].index if target is None else target
    if versus == target:
        raise cli.UsageError(f"“{info.class_label(target)}” can't be held against itself: give another --versus.")

    from resnet_core.evidence import classes

    maps = analysis.activations[last]
    sums = classes.contributions(maps, head, target, versus)
    place = classes.class_map(maps, head, target, versus)
    found = classes.numbers(sums, place, analysis.logits, info.class_label, sums.strongest(options.top)).as_json()
    found.pop("arrays")  # they are what --out writes
    found = {**common.facts(options, analysis), "stage": last, **found}
    if options.out is not None:
        from app.commands import overlays

        about = {"Map": "class activation map", "Stage": last, "Class": _about(found), "Bias": f"{sums.bias:.6g}"}
        overlays.write(analysis, place, place, options.out / "cam", about)
    return common.tell(options, found, _print)


def _about(found: dict[str, Any]) -> str:
    name: str = found["class"]["label"]
    return name if found["versus"] is None else f"{name} against {found['versus']['label']}"


def _print(found: dict[str, Any]) -> None:
    channels, rest = found["channels"], found["rest"]
    console.line(
        console.plain(f"{_about(found)}: logit = sum over {found['stage']} of weight × mean of the map + bias")
    )
    rows = [("channel", "weight", "mean", "contribution")]
    rows += [
        (str(one["channel"]), f"{one['weight']:+.4f}", f"{one['mean']:.4f}", f"{one['contribution']:+.4f}")
        for one in channels
    ]
    if rest["channels"]:
        rows.append((f"{rest['channels']} more", "", "", f"{rest['contribution']:+.4f}"))
    rows += [("bias", "", "", f"{found['bias']:+.4f}"), ("sum", "", "", f"{found['sum']:+.4f}")]
    console.print_table(rows, ">>>>")
    check = "equal" if found["agrees"] else f"which differ by {found['difference']:+.2g}"
    console.line(f"sum {found['sum']:.4f}, the network's logit {found['logit']:.4f}: {check}")
