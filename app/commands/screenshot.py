"""`resnet-lens screenshot IMAGE OUT.png`: the window, drawn off-screen."""

from __future__ import annotations

import argparse
import os

from app import console, paths
from app.commands import common


def run(options: argparse.Namespace) -> int:
    if options.weights is not None:
        common.usable_weights(options.weights)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded; a display is neither needed nor used
    from app import errors
    from app.screenshot import screenshot

    reporter = errors.install(paths.logs_dir(), None)
    try:
        screenshot(options.image, options.out, weights=options.weights, size=options.size, theme_choice=options.theme)
    finally:
        reporter.uninstall()
    console.line(console.plain(f"The window was drawn to {options.out}."))
    return 0
