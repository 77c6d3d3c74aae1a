"""The degradation lab as its user finds it: in the menu Network."""

from __future__ import annotations

import pytest
from PyQt5.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.program import Program


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_the_menu_opens_the_lab(program: Program, qtbot: QtBot) -> None:
    window = program.window
    window.actions_by_id["degradation"].trigger()
    qtbot.waitUntil(lambda: window.degradation.lab is not None, timeout=20_000)
    lab = window.degradation.lab
    assert lab is not None
    qtbot.waitUntil(lambda: lab.dialog is not None and lab.dialog.isVisible() and len(lab.record.rows) == 4)
    dialog = lab.dialog
    assert dialog is not None
    assert not dialog.isModal()
    assert "CIFAR-10 is not on this computer" in dialog.findChild(QLabel, "degradationStatus").text()
    assert not dialog.findChild(QPushButton, "degradationStart").isEnabled()
    dialog.close()
    window.actions_by_id["degradation"].trigger()
    assert window.degradation.lab is lab
    assert dialog.isVisible()


def test_without_torch_there_is_a_sentence(program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr("app.degradation.degradation.find_spec", lambda _name: None)
    monkeypatch.setattr(program.window.training, "open", lambda: asked.append(True))
    program.window.degradation.open()
    assert asked == [True]
    assert program.window.degradation.lab is None
