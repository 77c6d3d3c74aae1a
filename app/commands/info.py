"""`resnet-lens info`: what a bug report needs."""

from __future__ import annotations

import argparse
import os
from typing import Any

from app import console, paths, reports
from app.commands import common
from resnet_core.errors import LensError


def run(options: argparse.Namespace) -> int:
    found = collect()
    if options.json:
        console.json_line(found, indent=2)
    else:
        _print(found)
    return 0


def collect() -> dict[str, Any]:
    """{"versions": {name: version or null}, "os", "devices": […], "folders": {name: path}, "environment"}."""
    return {
        "versions": dict(reports.versions()),
        "os": reports.operating_system(),
        "devices": _devices(),
        "folders": {
            "home": str(paths.home()),
            "weights": str(paths.weights_dir()),
            "runs": str(paths.runs_dir()),
            "datasets": str(common.datasets()),
            "logs": str(paths.logs_dir()),
            "cache": str(paths.cache_dir()),
        },
        "environment": {
            name: os.environ[name] for name in (paths.HOME_VARIABLE, "RESNET_LENS_MIRROR") if name in os.environ
        },
    }


def _devices() -> list[dict[str, Any]]:
    from resnet_core.engines.devices import list_devices

    try:
        devices = list_devices()
    except LensError as error:  # the rest of the report is worth the more
        return [{"id": "none", "engine": "", "name": str(error), "precisions": []}]
    return [
        {"id": device.id, "engine": device.engine, "name": device.name, "precisions": list(device.precisions)}
        for device in devices
    ]


def _print(found: dict[str, Any]) -> None:
    rows = [(name, version or "not installed") for name, version in found["versions"].items()]
    rows.append(("OS", found["os"]))
    rows += [
        (f"device {device['id']}", f"{device['name']} ({device['engine']}; {', '.join(device['precisions'])})")
        for device in found["devices"]
    ]
    rows += [(f"{name} folder", path) for name, path in found["folders"].items()]
    rows += list(found["environment"].items())
    console.print_table(rows, "<<")
