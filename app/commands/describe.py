"""`resnet-lens describe NETWORK`: no tensor, no engine, so it answers at once."""

from __future__ import annotations

import argparse
from typing import Any

from app import cli, console
from resnet_core.networks import NETWORKS, Description, Part, describe
from resnet_core.spec import ResNetSpec


def run(options: argparse.Namespace) -> int:
    spec, usual_px = _network(options.network)
    height, width = options.input or (usual_px, usual_px)
    description = describe(spec, height, width)
    if options.json:
        console.json_line(as_json(description))
    else:
        _print(description)
    return 0


def _network(name: str) -> tuple[ResNetSpec, int]:
    """The network and its usual input in px. `name` may be the id of weights, which know both better."""
    if name in NETWORKS:
        return NETWORKS[name], NETWORKS[name].input_px
    if "." in name:
        from app.commands import common

        info = common.weights_info(name)
        return info.spec, info.preprocess.crop
    suggestion = cli.near(name, list(NETWORKS)) or f" There are {', '.join(NETWORKS)}."
    raise cli.UsageError(f"There is no network named “{name}”.{suggestion}")


def as_json(description: Description) -> dict[str, Any]:
    """The contract of design §9. Shapes are (C, H, W), that of the head (classes,)."""
    return {
        "network": description.network,
        "input": [3, *description.input_size],
        "parameters": description.parameters,
        "macs": description.macs,
        "layers": description.layers,
        "stages": [_part(stage) | {"blocks": [_part(block) for block in stage.blocks]} for stage in description.stages],
    }


def _part(part: Part) -> dict[str, Any]:
    return {"name": part.name, "output": list(part.output), "parameters": part.parameters, "macs": part.macs}


def _print(description: Description) -> None:
    height, width = description.input_size
    rows = [("", "output", "parameters", "MACs")]
    for stage in description.stages:
        rows.append(_row(stage, stage.name))
        rows += [_row(block, f"  {block.name}") for block in stage.blocks]
    rows.append(("all", "", f"{description.parameters:,}", f"{description.macs:,}"))
    console.line(
        f"{description.network}: {description.layers} layers, {description.parameters / 1e6:.2f} M parameters, "
        f"{description.macs / 1e9:.2f} G multiply-accumulates at {height}×{width} px"
    )
    console.line()
    console.print_table(rows, "<>>>")


def _row(part: Part, name: str) -> tuple[str, str, str, str]:
    return name, "×".join(map(str, part.output)), f"{part.parameters:,}", f"{part.macs:,}"
