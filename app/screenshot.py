"""The window drawn off-screen: for documents, for looking at it where there is no display, for tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import QEventLoop, QMessageLogContext, QSize, QTimer, QtMsgType, qInstallMessageHandler
from PyQt5.QtWidgets import QApplication

from app import i18n, theme
from app.instruments.table import MAPS
from app.settings import Settings
from resnet_core.errors import LensError

LONGEST_WAIT_MS = 120_000


class TooSmallError(LensError):
    """The window does not fit into the size asked for."""


def screenshot(
    image: Path | None,
    out: Path,
    *,
    weights: str | None,
    size: tuple[int, int],
    theme_choice: theme.Choice,
    instrument: str = MAPS,
    output: str | None = None,
    language: str = "en",
) -> None:
    """Open `image` in a window of (width, height) px, wait for the analysis, write the window to `out` as PNG.

    `instrument` is the key of the one to look through, `output` the stage, block or branch to look at. Raises
    TooSmallError for a size the window can't have, LensError when the image can't be shown or the picture can't be
    written.
    """
    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.environ.setdefault("QT_SCALE_FACTOR_ROUNDING_POLICY", "Round")  # its 100 dpi are no high resolution
        qInstallMessageHandler(_quiet)

    from app.application import make_application
    from app.program import Program

    settings = Settings(theme=theme_choice, language=language, weights=weights or Settings().weights)
    application = QApplication.instance()
    if isinstance(application, QApplication):
        theme.apply(application, theme_choice)
        i18n.install(language)
    else:
        application = make_application(sys.argv[:1], theme_choice, language)
    program = Program(settings)
    try:
        if weights is not None and program.library.in_use.id != weights:
            program.store.load(weights)  # says why it can't be used
        _check_size(program.window.minimumSizeHint(), size)
        program.window.resize(*size)
        program.show([image] if image is not None else [])
        problems: list[str] = []
        program.session.failed.connect(problems.append)
        wait_until(lambda: program.started and program.tasks.idle and program.window.settled)
        if problems:
            raise LensError(problems[0])
        if output is not None:
            program.session.look_at(output)
        program.window.workbench.show(instrument)
        wait_until(lambda: program.tasks.idle and program.window.settled)
        _check_size(program.window.size(), size)  # what a network needs is known only now
        if not program.window.grab().save(str(out), "PNG"):
            raise LensError(f"The picture could not be written to {out}.")
    finally:
        program.close()


def _check_size(needed: QSize, size: tuple[int, int]) -> None:
    if needed.width() > size[0] or needed.height() > size[1]:
        least = f"{max(needed.width(), size[0])}x{max(needed.height(), size[1])}"
        raise TooSmallError(f"The window does not fit into {size[0]}x{size[1]} px: it needs {least}.")


def _quiet(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    """The off-screen platform warns of what it can't do, such as telling a window manager a window's sizes."""


def wait_until(condition: Callable[[], bool]) -> None:
    """Serve events until `condition` holds. Raises LensError when it never does."""
    loop, poll, limit = QEventLoop(), QTimer(), QTimer()
    poll.timeout.connect(lambda: loop.exit(0) if condition() else None)
    limit.timeout.connect(lambda: loop.exit(1))
    poll.start(10)
    limit.start(LONGEST_WAIT_MS)
    if loop.exec_() != 0:
        raise LensError("The window did not come to rest in two minutes, so no picture of it was taken.")
