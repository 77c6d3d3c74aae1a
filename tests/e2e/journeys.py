"""What several tests of the running window do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import theme
from app.instruments.base import Instrument
from app.program import Program
from app.settings import Settings

SAMPLES = sorted((Path(__file__).resolve().parent.parent.parent / "resources" / "samples").glob("*.jpg"))
Seen = TypeVar("Seen", bound=Instrument)


@contextmanager
def open_window(qtbot: QtBot, *pictures: Path) -> Iterator[Program]:
    """A running window, shown, that looks at the first of the pictures; taken down in order."""
    theme.apply(QApplication.instance(), "light")
    running = Program(Settings())
    qtbot.addWidget(running.window)
    running.show()
    qtbot.waitUntil(lambda: running.started, timeout=20_000)
    if pictures:
        running.session.open(list(pictures))
        wait_for_analysis(qtbot, running)
    yield running
    running.close()


def settle(qtbot: QtBot, program: Program) -> None:
    """Until what was asked is passed on, computed and shown, and what that asked for too."""
    for _ in range(3):
        QApplication.processEvents()
        qtbot.waitUntil(lambda: program.tasks.idle and program.window.settled, timeout=60_000)
    QApplication.processEvents()


def look_through(qtbot: QtBot, program: Program, key: str, kind: type[Seen]) -> Seen:
    """The instrument, looked at, with nothing under way."""
    program.window.workbench.show(key)
    settle(qtbot, program)
    instrument = program.window.workbench.instrument
    assert isinstance(instrument, kind)
    return instrument


def wait_for_analysis(qtbot: QtBot, program: Program, name: str | None = None) -> None:
    """Until the picture (called `name`) is analysed and shown."""

    def there() -> bool:
        analysis = program.session.analysis
        return analysis is not None and (name is None or analysis.picture.name == name)

    qtbot.waitUntil(there, timeout=60_000)
