"""`resnet-lens compare IMAGE [OTHER]`: two pictures, two networks, or a network with and without a change."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import cli, console, values
from app.commands import common

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis
    from resnet_core.engines.base import Intervention
    from resnet_core.weights.catalog import WeightsInfo

_CLASSES, _CHANNELS = 8, 8


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("image", metavar="IMAGE", help="the left side")
    parser.add_argument("other", nargs="?", metavar="OTHER", help="another picture for the right side (the same)")
    parser.add_argument("--with", dest="other_weights", metavar="ID", help="weights of the right side (the same)")
    parser.add_argument(
        "--bypass", type=values.names, default=(), metavar="BLOCKS",
        help="blocks whose F is switched off on the right side, e.g. layer3.0,layer3.1",
    )  # fmt: skip
    parser.add_argument("--stage", metavar="NAME", help="whose channels are told, e.g. layer3 (the last stage)")
    cli.how(parser)
    cli.json_option(
        parser,
        "one JSON object: image, other, weights, with, bypass, device, precision, predictions (label, left, right, "
        "change), output, channels (channel, left, right: means), stages (output, left and right shape, relative_l2, "
        "cosine, cka, cka_debiased, positions, same_shape)",
    )


def run(options: argparse.Namespace) -> int:
    from resnet_core.evidence import comparison

    if options.other is None and options.other_weights is None and not options.bypass:
        raise cli.UsageError("Compared with what? Name another picture, --with other weights, or blocks to --bypass.")
    info = common.usable_weights(options.weights)
    other = info if options.other_weights is None else common.usable_weights(options.other_weights)
    change = _change(options.bypass, other)
    output = options.stage or next(name for name in reversed(info.spec.stage_names) if name in other.spec.stage_names)
    for one in (info, other):
        common.check_maps(output, one)
    with console.interruptible() as called_off, common.classifier() as classifier:

        def side(path: str, weights: WeightsInfo, intervention: Intervention | None) -> Analysis:
            return common.noticed(
                classifier.analyse(
                    Path(path), weights.id, outputs=(*weights.spec.stage_names, output), device=options.device,
                    precision=options.precision, intervention=intervention, cancel=called_off,
                )
            )  # fmt: skip

        left, right = side(options.image, info, None), side(options.other or options.image, other, change)
    maps, others = left.activations, right.activations
    names = tuple(dict.fromkeys((*info.spec.stage_names, output)))
    same = maps[output].shape[0] == others[output].shape[0]
    found = comparison.numbers(
        {
            "image": options.image,
            "other": options.other or options.image,
            "weights": info.id,
            "with": other.id,
            "bypass": list(options.bypass),
            "device": left.device,
            "precision": common.precision(left),
        },
        comparison.class_pairs(left.predictions, right.predictions, _CLASSES),
        comparison.stage_distances(maps, others, names),
        output,
        comparison.moved_channels(maps[output], others[output], _CHANNELS) if same else (),
        {},
    ).as_json()
    return common.tell(options, found, _print)


def _change(blocks: tuple[str, ...], info: WeightsInfo) -> Intervention | None:
    """The blocks bypassed. Raises UsageError for one that the network has not, or can't bypass."""
    from resnet_core.engines.base import Intervention
    from resnet_core.errors import EngineError

    if not blocks:
        return None
    change = Intervention(gates=dict.fromkeys(blocks, 0.0))
    try:
        change.check(info.spec)
    except EngineError as error:
        known = [block.name for block in info.spec.blocks]
        near = next((cli.near(block, known) for block in blocks if block not in known), "")
        raise cli.UsageError(f"{error}{near}") from error
    return change


def _print(found: dict[str, Any]) -> None:
    bypassed = f", {', '.join(found['bypass'])} bypassed" if found["bypass"] else ""
    console.line(console.plain(f"left:  {found['image']}, {found['weights']}"))
    console.line(console.plain(f"right: {found['other']}, {found['with']}{bypassed}"))
    rows = [["", "left", "right", "change"]]
    for one in found["predictions"]:
        shares = console.percent(one["left"]), console.percent(one["right"]), console.points(one["change"])
        rows.append([one["label"], *shares])
    console.print_table(rows, "<>>>")
    console.line()
    rows = [["", "relative L2", "cosine", "CKA, debiased"]]
    for one in found["stages"]:
        rows.append([one["output"], *(_number(one[key]) for key in ("relative_l2", "cosine", "cka_debiased"))])
    console.print_table(rows, "<>>>")
    if found["channels"]:
        console.line()
        rows = [[f"channels of {found['output']}", "left", "right", "(means, furthest apart first)"]]
        rows += [[str(one["channel"]), f"{one['left']:.4g}", f"{one['right']:.4g}", ""] for one in found["channels"]]
        console.print_table(rows, "<>><")
        if found["weights"] != found["with"]:
            console.line("Channels of networks that were trained apart have nothing in common but their numbers.")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
