"""`resnet-lens xray IMAGE --block layer3.0`: one residual block taken apart."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import block_texts, cli, console, values
from app.commands import common

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis
    from resnet_core.evidence.xray import BlockXRay
    from resnet_core.weights.catalog import WeightsInfo

_CHANNELS = 8
_COLUMNS = 64  # of the picture at most; the numbers have all channels
_RANKINGS = ("residual", "shortcut", "ratio", "against")  # evidence.xray.RANKINGS, without importing numpy


@values.typed("how many channels (8), or a list of them (3,17,40)")
def _channels(text: str) -> int | tuple[int, ...]:
    if "," not in text:
        return values.positive(text, 100_000)
    listed = tuple(part for part in text.split(",") if part)
    if not listed or not all(re.fullmatch(r"[0-9]{1,9}", part) for part in listed):
        raise ValueError
    return tuple(dict.fromkeys(int(part) for part in listed))


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("image", metavar="IMAGE")
    parser.add_argument("--block", required=True, metavar="NAME", help="e.g. layer3.0")
    parser.add_argument(
        "--channels", type=_channels, default=_CHANNELS, metavar="8 | 3,17,40",
        help=f"how many channels to show, or which ones ({_CHANNELS})",
    )  # fmt: skip
    parser.add_argument(
        "--rank", choices=_RANKINGS, default="residual",
        help="channels first with the largest F, the largest x, the largest F for their x, or F against x (residual)",
    )  # fmt: skip
    parser.add_argument(
        "--out", type=Path, metavar="DIR",
        help="folder to write to: the four rows as a picture, and all channels of the four tensors as .npy",
    )  # fmt: skip
    cli.how(parser)
    cli.json_option(
        parser,
        "one JSON object: image, weights, device, precision, block, shortcut (identity, projection or zero padding), "
        "shape, residual_norm, shortcut_norm, ratio, cosine, change, scale, and channels with their own; null where a "
        "ratio or an angle has no meaning",
    )


def run(options: argparse.Namespace) -> int:
    from resnet_core.evidence import depth, xray

    info = common.usable_weights(options.weights)
    depth.check_residual(info.spec)
    _check(options, info)
    common.check_out(options.out)
    with common.classifier() as classifier:
        analysis = common.looked_at(classifier, options, info, xray.branches(options.block))
    found = xray.dissect(info.spec, options.block, analysis.activations)
    channels = _shown(found, options)
    told = found.numbers(channels, common.facts(options, analysis)).as_json()
    told.pop("arrays")
    if options.out is not None:
        told["files"] = _write(found, channels, analysis, options.out)
    return common.tell(options, told, lambda told: _print(found, told))


def _check(options: argparse.Namespace, info: WeightsInfo) -> None:
    blocks = [block.name for block in info.spec.blocks]
    if options.block not in blocks:
        suggestion = cli.near(options.block, blocks) or f" Its blocks are {blocks[0]} … {blocks[-1]}."
        raise cli.UsageError(f"{info.id} has no block named “{options.block}”.{suggestion}")


def _shown(found: BlockXRay, options: argparse.Namespace) -> tuple[int, ...]:
    if isinstance(options.channels, int):
        return found.ranked(options.rank)[: options.channels]
    count = len(found.output)
    wrong = next((channel for channel in options.channels if channel >= count), None)
    if wrong is not None:
        raise cli.UsageError(f"{options.block} has the channels 0 to {count - 1}, but no channel {wrong}.")
    chosen: tuple[int, ...] = options.channels
    return chosen


def _write(found: BlockXRay, channels: tuple[int, ...], analysis: Analysis, folder: Path) -> list[str]:
    import numpy as np

    from resnet_core import feature_maps
    from resnet_core.evidence.xray import PARTS
    from resnet_core.feature_maps import Provenance, Range
    from resnet_core.map_export import write_npy, write_png

    common.make_out(folder)
    channels = channels[:_COLUMNS]
    block, reach = found.block.name, found.reach(channels)
    names = []
    for part in PARTS:
        names.append(f"{block}.{part}.npy")
        write_npy(folder / names[-1], found.part(part))
    rows = np.concatenate(found.drawn(channels))
    scale = Range(-reach, reach, True)
    picture = feature_maps.montage(rows, range(len(rows)), lambda _: scale, "diverging", len(channels))
    of = Provenance(analysis.info.id, analysis.picture.name, f"{block}: shortcut x, F(x), x + F(x), after the ReLU")
    names.append(f"{block}.xray.png")
    write_png(
        folder / names[-1], picture, of.texts(" ".join(map(str, channels)), "of what is shown", scale, "diverging")
    )
    return names


def _print(found: BlockXRay, told: dict[str, Any]) -> None:
    block, effect = found.block, found.effect
    shape = "×".join(map(str, found.output.shape))
    console.line(f"{told['image']}, {told['weights']}: {block.name}, {shape}")
    console.line(f"x by {block_texts.shortcut_text(block)}; F(x) by {block_texts.branch_text(block)}")
    console.line(block_texts.effect_text(effect))
    rows = [("", "‖F‖", "‖x‖", "‖F‖/‖x‖", "cosine"), ("whole block", *_cells(told))]
    rows += [(f"channel {one['channel']}", *_cells(one)) for one in told["channels"]]
    console.print_table(rows, "<>>>>")
    if "files" in told:
        console.line(f"Written: {', '.join(told['files'])}")


def _cells(one: dict[str, Any]) -> tuple[str, str, str, str]:
    ratio, cosine = ("–" if one[key] is None else f"{one[key]:.3f}" for key in ("ratio", "cosine"))
    return f"{one['residual_norm']:.3f}", f"{one['shortcut_norm']:.3f}", ratio, cosine
