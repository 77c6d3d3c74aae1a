"""`resnet-lens features IMAGE --out DIR`: what is inside the network, as numbers and as pictures."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import console, os_errors
from app.commands import common
from resnet_core.atomic import replacing
from resnet_core.errors import LensError
from resnet_core.version import VERSION

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis
    from resnet_core.engines.base import Floats

_MONTAGE_CHANNELS = 64  # the numbers have them all
_RANKING, _SCALE, _COLOURS = "mean", "stage", "magma"


def run(options: argparse.Namespace) -> int:
    info = common.usable_weights(options.weights)
    folder: Path = options.out
    if folder.exists() and not folder.is_dir():
        raise LensError(f"{folder} is a file: --out needs the name of a folder.")
    outputs = common.check_outputs(options.outputs or (*info.spec.stage_names, "logits"), info)
    with common.classifier() as classifier:
        analysis = common.looked_at(classifier, options, info, outputs)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LensError(f"The folder {folder} can't be made: {os_errors.reason(error, making=True)}.") from error
    described = {name: _write(analysis, name, folder, options.format) for name in outputs}
    _write_json(folder / "features.json", _described(analysis, options.image) | {"outputs": described})
    for row in console.table([_row(name, output) for name, output in described.items()], "<><"):
        console.line(row)
    return 0


def _write(analysis: Analysis, name: str, folder: Path, formats: tuple[str, ...]) -> dict[str, Any]:
    """Write one output; give its entry of features.json. Logits are numbers only: a montage needs maps."""
    from resnet_core import feature_maps
    from resnet_core.map_export import write_png

    values: Floats = analysis.logits if name == "logits" else analysis.activations[name]
    files, montage = [], None
    if "npy" in formats:
        feature_maps.export_npy(folder / f"{name}.npy", values)
        files.append(f"{name}.npy")
    if "png" in formats and values.ndim == 3:
        best = feature_maps.rank(values, _RANKING)[:_MONTAGE_CHANNELS]
        channels = [one.channel for one in best]
        of = feature_maps.Provenance(analysis.info.id, analysis.picture.name, name)
        signed = analysis.info.spec.is_signed(name)
        drawn = feature_maps.described_montage(values, channels, _COLOURS, scale=_SCALE, of=of, signed=signed)
        write_png(folder / f"{name}.png", *drawn)
        files.append(f"{name}.png")
        montage = {"channels": channels, "ranking": _RANKING, "scale": _SCALE}
    return {
        "shape": list(values.shape),
        "min": float(values.min()),
        "max": float(values.max()),
        "mean": float(values.mean(dtype="float64")),
        "files": files,
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
        "predictions": [
            {"label": prediction.label, "index": prediction.index, "probability": prediction.probability}
            for prediction in analysis.top(5)
        ],
    }


def _write_json(path: Path, value: dict[str, Any]) -> None:
    text = json.dumps(value, indent=2)  # ASCII: a file name that is no Unicode stays valid JSON
    try:
        with replacing(path) as file:
            file.write(f"{text}\n".encode())
    except OSError as error:
        raise LensError(f"{path} can't be written: {os_errors.reason(error, making=True)}.") from error


def _row(name: str, output: dict[str, Any]) -> tuple[str, str, str]:
    shape = "×".join(map(str, output["shape"]))
    return name, shape, f"{output['min']:.4g} … {output['max']:.4g}  {', '.join(output['files'])}"
