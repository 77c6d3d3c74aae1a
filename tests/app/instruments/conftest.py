"""A window, for whoever needs no certain picture in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from journeys import open_window
from pytestqt.qtbot import QtBot

from app.program import Program


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    with open_window(qtbot) as running:
        yield running
