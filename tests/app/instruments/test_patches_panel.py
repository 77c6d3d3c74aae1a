"""The wall of patches."""

from __future__ import annotations

import numpy as np
import pytest
from PyQt5.QtCore import QEvent, QPoint, Qt
from PyQt5.QtGui import QHelpEvent
from PyQt5.QtWidgets import QApplication, QPushButton, QSpinBox, QToolTip
from pytestqt.qtbot import QtBot
from widget_data import colours, hover, leave, picture, shown

from app import theme
from app.widgets.patches_panel import PatchesPanel, PatchTile


def tiles(count: int, side: int = 25) -> list[PatchTile]:
    return [
        PatchTile(np.full((side, side, 3), (10 + number, 99, 3), np.uint8), 5 - number / 10, f"{number} <b>.png", "tip")
        for number in range(count)
    ]


@pytest.fixture
def panel(qtbot: QtBot) -> PatchesPanel:
    theme.apply(QApplication.instance(), "light")
    made = PatchesPanel()
    qtbot.addWidget(made)
    shown(made, 960, 400)
    return made


@pytest.mark.parametrize(("width", "height"), [(960, 400), (700, 420), (2400, 1200)])
def test_all_patches_are_in_sight(panel: PatchesPanel, width: int, height: int) -> None:
    panel.show_channel("layer3", 68, 256, "What a patch is.")
    panel.show_patches(tiles(24))
    shown(panel, width, height)
    seen = colours(picture(panel))
    assert {f"#{10 + number:02x}6303" for number in range(24)} <= seen
    assert panel._scroll.verticalScrollBar().maximum() == 0


def test_a_small_panel_scrolls(panel: PatchesPanel) -> None:
    panel.show_patches(tiles(24))
    shown(panel, 320, 200)
    assert panel._scroll.verticalScrollBar().maximum() > 0
    assert panel._scroll.horizontalScrollBar().maximum() == 0


def test_nothing_found_is_said(panel: PatchesPanel) -> None:
    before = picture(panel)
    panel.show_patches([], "This channel stays silent in every picture.")
    assert picture(panel) != before


def test_clicks_and_keys_pick(panel: PatchesPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    panel.show_patches(tiles(6))
    QApplication.processEvents()
    wall = panel._wall
    with qtbot.waitSignal(panel.picked) as picked:
        qtbot.mouseClick(wall, Qt.LeftButton, pos=wall._rect(2).center().toPoint())
    assert picked.args == [2]
    qtbot.keyClick(wall, Qt.Key_Right)
    with qtbot.waitSignal(panel.picked) as picked:
        qtbot.keyClick(wall, Qt.Key_Return)
    assert picked.args == [3]
    assert wall.accessibleDescription() == "4 of 6: 3 <b>.png, 4.70"
    hover(wall, *(wall._rect(1).center().x(), wall._rect(1).center().y()))
    assert wall.cursor().shape() == Qt.PointingHandCursor
    leave(wall)
    assert wall.cursor().shape() == Qt.ArrowCursor
    place = wall._rect(1).center().toPoint()
    tips: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: tips.append(text))
    QApplication.sendEvent(wall, QHelpEvent(QEvent.ToolTip, place, wall.mapToGlobal(place)))
    assert tips == ["<span>tip</span>"]


def test_the_channel_is_chosen_here_and_shown_without_a_signal(panel: PatchesPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.channel_chosen):
        panel.show_channel("layer3", 68, 256, "")
    box = panel.findChild(QSpinBox)
    assert (box.value(), box.maximum()) == (68, 255)
    with qtbot.waitSignal(panel.channel_chosen) as chosen:
        qtbot.keyClick(box, Qt.Key_Up)
    assert chosen.args == [69]


def test_a_search_can_be_called_off_and_gone_on_with(panel: PatchesPanel, qtbot: QtBot) -> None:
    button = panel.findChild(QPushButton)
    panel.show_progress(3, 10, running=True)
    assert button.isVisible()
    with qtbot.waitSignal(panel.cancel_requested):
        qtbot.mouseClick(button, Qt.LeftButton, pos=QPoint(5, 5))
    panel.show_progress(3, 10, running=False)
    with qtbot.waitSignal(panel.resume_requested):
        qtbot.mouseClick(button, Qt.LeftButton, pos=QPoint(5, 5))
    panel.show_progress(10, 10, running=False)
    assert not button.isVisible()
