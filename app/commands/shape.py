"""`resnet-lens shape IMAGE`: the picture grey, blurred, as edges, shuffled and mirrored, and what the network says."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from app import cli, console
from app.commands import common
from app.instruments import shape_words

if TYPE_CHECKING:
    from resnet_core.analysis import Prediction


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("image", metavar="IMAGE")
    parser.add_argument(
        "--class", dest="target", metavar="NAME|INDEX", help="the class that is asked about (the most probable one)"
    )
    cli.how(parser)
    cli.json_option(
        parser,
        "one JSON object: image, weights, device, precision, class (label, index, probability as seen), conclusion, "
        "variants (picture, probability of the class, top_label, top_index, top_probability, and by stage how far it "
        "moved: means and maps, relative L2, and the channels that moved most)",
    )


def run(options: argparse.Namespace) -> int:
    from resnet_core.evidence import variants

    info = common.usable_weights(options.weights)
    target = common.class_index(options.target, info)
    with console.interruptible() as called_off, common.classifier() as classifier:
        analysis = common.looked_at(classifier, options, info, called_off=called_off)
        found = list(
            variants.ask(
                analysis.seen, analysis.activations, info.preprocess, info.spec.stage_names,
                classifier.runner(analysis, called_off), cancel=called_off,
            )
        )  # fmt: skip
    target = analysis.predictions[0].index if target is None else target
    as_seen = next(one.probability for one in analysis.predictions if one.index == target)
    label = info.class_label(target)
    given: dict[str, float] = {one.kind: float(one.probabilities[target]) for one in found}
    facts = {
        **common.facts(options, analysis),
        "class": {"label": label, "index": target, "probability": as_seen},
        "conclusion": shape_words.conclusion(label, as_seen, given, classes=info.spec.num_classes),
    }
    written = variants.numbers(facts, target, analysis.activations, found, info.class_label).as_json()
    return common.tell(options, written, lambda found: _print(found, analysis.predictions[0]))


def _print(found: dict[str, Any], best: Prediction) -> None:
    wanted, stages = found["class"], list(found["variants"][0]["stages"])
    rows = [["", "answer", "", f"“{wanted['label']}”", *stages]]
    as_seen = [best.label, console.percent(best.probability), console.percent(wanted["probability"])]
    rows.append([shape_words.NAMES["seen"], *as_seen, *[""] * len(stages)])
    for one in found["variants"]:
        moved = [f"{one['stages'][name]['means']:.2f}" for name in stages]
        answer = [one["top_label"], console.percent(one["top_probability"]), console.percent(one["probability"])]
        rows.append([shape_words.NAMES[one["picture"]], *answer, *moved])
    console.print_table(rows, "<<>>" + ">" * len(stages))
    console.line()
    console.line(console.plain(found["conclusion"]))
    console.line("conv1, layer1, … : how far the means of the channels moved (relative L2; 0 = not at all).")
