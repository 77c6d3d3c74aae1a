"""Where to save: the ending is always that of a format there is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt5.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.saving import save_as

FILTERS = {"png": "Picture (*.png)", "npy": "Numbers (*.npy)"}


@pytest.mark.parametrize(
    ("typed", "chosen", "expected"),
    [
        ("t", FILTERS["png"], "t.png"),
        ("t", FILTERS["npy"], "t.npy"),
        ("t.NPY", FILTERS["png"], "t.NPY"),
        ("v1.2", FILTERS["npy"], "v1.2.npy"),
        ("t", "", "t.png"),
    ],
)
def test_the_ending(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, typed: str, chosen: str, expected: str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (f"/somewhere/{typed}", chosen))
    assert save_as(None, "Save", Path("x"), FILTERS, first="png") == Path("/somewhere", expected)  # type: ignore[arg-type]


def test_called_off(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: ("", ""))
    assert save_as(None, "Save", Path("x"), FILTERS, first="png") is None  # type: ignore[arg-type]
