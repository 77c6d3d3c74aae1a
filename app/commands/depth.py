"""`resnet-lens depth IMAGE`: how much each block changes what runs through it; and what happens without some."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from app import block_texts, cli, console, values
from app.commands import common
from resnet_core.errors import LensError

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis, Classifier
    from resnet_core.evidence.depth import BlockEffect
    from resnet_core.weights.catalog import WeightsInfo

_BAR = 24  # characters of the longest bar


@values.typed("a block and a factor from 0 to 2, such as layer3.0=0.5")
def _scale(text: str) -> tuple[str, float]:
    block, _, factor = text.partition("=")
    if not block or not 0 <= float(factor) <= 2:
        raise ValueError
    return block, float(factor)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("image", metavar="IMAGE")
    parser.add_argument(
        "--bypass", type=values.names, default=(), metavar="BLOCKS",
        help="blocks to run without their F, or stages for all of theirs, e.g. layer3.0,layer3.1 or layer3",
    )  # fmt: skip
    parser.add_argument(
        "--scale", type=_scale, action="append", default=[], metavar="BLOCK=FACTOR",
        help="multiply a block's F by 0 … 2, e.g. layer3.0=0.5; may be given several times",
    )  # fmt: skip
    parser.add_argument("--top", type=values.count, default=5, metavar="K", help="how many predictions (5)")
    cli.how(parser)
    cli.json_option(
        parser,
        "one JSON object: image, weights, device, precision, predictions (label, index, probability), blocks (block, "
        "residual_norm, shortcut_norm, ratio, cosine, change), of the network as trained; and with --bypass or --scale "
        "gates and changes (label, index, before, after, change, logit_before, logit_after)",
    )


def run(options: argparse.Namespace) -> int:
    from resnet_core.evidence import depth

    info = common.usable_weights(options.weights)
    depth.check_residual(info.spec)
    gates = _gates(options, info)
    with common.classifier() as classifier:
        analysis = common.looked_at(classifier, options, info)
        effects = depth.profile(classifier.runner(analysis), info.spec, analysis.images, known=analysis.activations)
        told = depth.as_numbers(effects, _facts(analysis, options)).as_json()
        if gates:
            told |= {"gates": gates, "changes": _changes(classifier, analysis, gates, options.top)}
    return common.tell(options, told, lambda told: _print(effects, told))


def _gates(options: argparse.Namespace, info: WeightsInfo) -> dict[str, float]:
    """The blocks to bypass and to scale, in order of depth. Raises UsageError for one that the network has not."""
    from resnet_core.evidence.bypass import blocks_named

    gates: dict[str, float] = {}
    for names, factor in ((options.bypass, 0.0), *(((name,), factor) for name, factor in options.scale)):
        try:
            gates.update(dict.fromkeys(blocks_named(info.spec, names), factor))
        except LensError as error:
            raise cli.UsageError(str(error)) from error
    order = [block.name for block in info.spec.blocks]
    return {name: gates[name] for name in sorted(gates, key=order.index)}


def _facts(analysis: Analysis, options: argparse.Namespace) -> dict[str, Any]:
    return {
        **common.facts(options, analysis),
        "predictions": common.predictions(analysis.top(options.top)),
    }


def _changes(classifier: Classifier, analysis: Analysis, gates: dict[str, float], k: int) -> list[dict[str, Any]]:
    from resnet_core.evidence.bypass import as_rows, class_changes, with_gates

    after = classifier.again(analysis, with_gates(None, gates), outputs=())
    changes = class_changes(analysis.logits, after.logits, k)
    return as_rows(changes, {one.index: analysis.info.class_label(one.index) for one in changes})


def _print(effects: tuple[BlockEffect, ...], told: dict[str, Any]) -> None:
    first = told["predictions"][0]
    console.line(f"{told['image']}, {told['weights']}: {first['label']} {console.percent(first['probability'])}")
    console.line("How much F(x) there is for each x, and whether it goes with x (cosine above 0) or against it:")
    ratios = [row["ratio"] for row in told["blocks"] if row["ratio"] is not None]
    most = max(ratios, default=0.0) or 1.0
    rows: list[tuple[str, ...]] = [("block", "‖F‖/‖x‖", "cosine", "change", "")]
    for effect, row in zip(effects, told["blocks"], strict=True):
        cells = [block_texts.number_text(number) for number in (effect.ratio, effect.cosine, effect.change)]
        rows.append((effect.block, *cells, "█" * max(1, round(_BAR * (row["ratio"] or 0.0) / most))))
    console.print_table(rows, "<>>><")
    if "gates" in told:
        gates = ", ".join(f"{block} {block_texts.gate_text(gate)}" for block, gate in told["gates"].items())
        console.line("")
        console.line(f"With {gates}:" if len(told["gates"]) < 9 else f"With {len(told['gates'])} blocks changed:")
        table: list[tuple[str, ...]] = [("", "before", "after", "change", "logit")]
        table += [
            (
                one["label"], console.percent(one["before"]), console.percent(one["after"]),
                console.points(one["change"]), f"{one['logit_after'] - one['logit_before']:+.3f}",
            )
            for one in told["changes"]
        ]  # fmt: skip
        console.print_table(table, "<>>>>")
