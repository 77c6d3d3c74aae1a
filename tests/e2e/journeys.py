"""What several end-to-end tests do."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.program import Program

SAMPLES = sorted((Path(__file__).resolve().parent.parent.parent / "resources" / "samples").glob("*.jpg"))


def wait_for_analysis(qtbot: QtBot, program: Program, name: str | None = None) -> None:
    """Until the picture (called `name`) is analysed and shown."""

    def there() -> bool:
        analysis = program.session.analysis
        return analysis is not None and (name is None or analysis.picture.name == name)

    qtbot.waitUntil(there, timeout=60_000)
