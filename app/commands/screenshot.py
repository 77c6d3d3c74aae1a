"""`resnet-lens screenshot IMAGE OUT.png`: the window, drawn off-screen."""

from __future__ import annotations

import argparse
import os

from app import cli, console, paths
from app.commands import common


def run(options: argparse.Namespace) -> int:
    if options.out.suffix.lower() != ".png":
        raise cli.UsageError(f"The window is drawn as PNG: “{options.out.name}” must end in .png.")
    info = common.usable_weights(options.weights or cli.BUNDLED)
    if options.output is not None:
        common.check_outputs([options.output], info)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded; a display is neither needed nor used
    from app import errors
    from app.screenshot import TooSmallError, screenshot

    reporter = errors.install(paths.logs_dir(), None)
    try:
        screenshot(
            options.image,
            options.out,
            weights=options.weights,
            size=options.size,
            theme_choice=options.theme,
            instrument=options.instrument,
            output=options.output,
            language=options.language,
        )
    except TooSmallError as error:
        raise cli.UsageError(str(error)) from error
    finally:
        reporter.uninstall()
    console.line(console.plain(f"The window was drawn to {options.out}."))
    return 0
