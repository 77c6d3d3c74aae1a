"""`resnet-lens features IMAGE --out DIR`: what is inside the network, as numbers and as pictures."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import console, files
from app.commands import common
from resnet_core.version import VERSION

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis
    from resnet_core.engines.base import Floats

_MONTAGE_CHANNELS = 64  # the numbers have them all
_RANKING, _SCALE, _COLOURS = "mean", "stage", "magma"


def run(options: argparse.Namespace) -> int:
    info = common.usable_weights(options.weights)
    folder: Path = options.out
    common.check_out(folder)
    outputs = common.check_outputs(options.outputs or (*info.spec.stage_names, "logits"), info)
    with common.classifier() as classifier:
        analysis = common.looked_at(classifier, options, info, outputs)
    common.make_out(folder)
    described = {name: _write(analysis, name, folder, options.format) for name in outputs}
    found = _described(analysis, options.image) | {"outputs": described}
    text = json.dumps(found, indent=2)  # ASCII: a file name that is no Unicode stays valid JSON
    files.write(folder / "features.json", f"{text}\n".encode())
    console.print_table([_row(name, output) for name, output in described.items()], "<><")
    return 0


def _write(analysis: Analysis, name: str, folder: Path, formats: tuple[str, ...]) -> dict[str, Any]:
    """Write one output; give its entry of features.json. Logits are numbers only: a montage needs maps."""
    from resnet_core import feature_maps
    from resnet_core.map_export import write_npy, write_png

    values: Floats = analysis.logits if name == "logits" else analysis.activations[name]
    names, montage = [], None
    if "npy" in formats:
        names.append(f"{name}.npy")
        write_npy(folder / names[-1], values)
    if "png" in formats and values.ndim == 3:
        best = feature_maps.rank(values, _RANKING)[:_MONTAGE_CHANNELS]
        channels = [one.channel for one in best]
        of = feature_maps.Provenance(analysis.info.id, analysis.picture.name, name)
        signed = analysis.info.spec.is_signed(name)
        drawn = feature_maps.described_montage(values, channels, _COLOURS, scale=_SCALE, of=of, signed=signed)
        names.append(f"{name}.png")
        write_png(folder / names[-1], *drawn)
        montage = {"channels": channels, "ranking": _RANKING, "scale": _SCALE}
    return {
        "shape": list(values.shape),
        "min": float(values.min()),
        "max": float(values.max()),
        "mean": float(values.mean(dtype="float64")),
        "files": names,
        "montage": montage,
    }


def _described(analysis: Analysis, image: str) -> dict[str, Any]:
    return {
        "image": image,
        "weights": analysis.info.id,
        "network": analysis.info.spec.network,
        "input": [3, *analysis.seen.shape[:2]],
        "device": analysis.device,
        "precision": common.precision(analysis),
        "version": VERSION,
        "predictions": common.predictions(analysis.top(5)),
    }


def _row(name: str, output: dict[str, Any]) -> tuple[str, str, str]:
    shape = "×".join(map(str, output["shape"]))
    return name, shape, f"{output['min']:.4g} … {output['max']:.4g}  {', '.join(output['files'])}"
