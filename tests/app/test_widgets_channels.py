"""channelsPanel: the sorted bars, the keys that go through them, and the channel looked at."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PyQt5.QtCore import QPoint, Qt, QTimer
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QAbstractButton, QApplication
from widget_data import photo, picture, shown

from app import theme
from app.widgets._effect_rows import ROW_PX, EffectRow
from app.widgets.channels_panel import ChannelsPanel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the off-screen plugin's own remark

CHANGES = {3: -0.84, 7: -0.1, 12: 0.5, 1: -0.3, 20: 0.0, 9: 0.05}
ROWS = [
    EffectRow(channel, photo(7, 7), change, change / 10, "dog" if channel == 3 else "")
    for channel, change in CHANGES.items()
]


@pytest.fixture
def panel(qapp: QApplication, qtbot) -> ChannelsPanel:
    theme.apply(qapp, "light")
    panel = ChannelsPanel()
    qtbot.addWidget(panel)
    shown(panel, 960, 320)
    return panel


def show(panel: ChannelsPanel, channel: int | None = 7, off: frozenset[int] = frozenset()) -> None:
    panel.show_subject("The 6 channels of layer4, each replaced by")
    panel.show_progress(6, 6, running=False)
    panel.show_effects(ROWS, "cat")
    row = next((row for row in ROWS if row.channel == channel), None)
    changes = [] if row is None else [("cat", row.change), ("dog", 0.2), ("a <b>bold</b> class", 0.0)]
    state = None if channel is None else (channel in off, False)
    panel.show_channel(channel, "layer4", photo(7, 7), row, changes, off, state)
    QApplication.processEvents()


def order(panel: ChannelsPanel) -> tuple[list[int], list[int]]:
    left, right = panel.bars._columns
    return [row.channel for row in left], [row.channel for row in right]


def test_the_largest_effect_comes_first_losses_left_gains_right(panel: ChannelsPanel) -> None:
    show(panel)
    assert order(panel) == ([3, 1, 7], [12, 9])  # without channel 20 nothing changes


def test_in_both_themes_and_with_nothing_measured(qapp: QApplication, panel: ChannelsPanel) -> None:
    assert panel.objectName() == "channelsPanel"
    empty = picture(panel)
    show(panel)
    light = picture(panel)
    assert light != empty
    theme.apply(qapp, "dark")
    QApplication.processEvents()
    assert picture(panel) != light
    theme.apply(qapp, "light")
    assert not panel.findChildren(QTimer)
    assert all(button.text() or button.accessibleName() for button in panel.findChildren(QAbstractButton))


def test_where_no_channel_changes_anything_it_says_so(panel: ChannelsPanel) -> None:
    panel.show_effects([EffectRow(0, photo(4, 4), 0.0, 0.0)], "cat")
    assert panel.bars._empty == "None of these channels changes the logit of “cat”."
    panel.show_effects([], "cat", "Measuring …")
    assert panel.bars._empty == "Measuring …"


def test_a_click_chooses_a_double_click_opens(panel: ChannelsPanel, qtbot) -> None:
    show(panel)
    bars = panel.bars
    place = QPoint(40, int(ROW_PX * 1.5))
    with qtbot.waitSignal(panel.channel_selected) as chosen:
        QTest.mouseClick(bars.viewport(), Qt.LeftButton, pos=place)
    assert chosen.args == [3]
    with qtbot.waitSignal(panel.channel_opened) as opened:
        QTest.mouseDClick(bars.viewport(), Qt.LeftButton, pos=QPoint(bars.viewport().width() - 20, place.y()))
    assert opened.args == [12]
    with qtbot.assertNotEmitted(panel.channel_selected):
        QTest.mouseClick(bars.viewport(), Qt.LeftButton, pos=QPoint(40, 5))  # the heading


@pytest.mark.parametrize(
    ("channel", "key", "expected"),
    [
        (3, Qt.Key_Down, 1),
        (3, Qt.Key_Up, 3),
        (7, Qt.Key_Down, 7),
        (7, Qt.Key_Home, 3),
        (3, Qt.Key_End, 7),
        (7, Qt.Key_Right, 9),
        (12, Qt.Key_Left, 3),
        (20, Qt.Key_Down, 3),
        (None, Qt.Key_Down, 3),
    ],
)
def test_the_arrows_go_through_both_columns(
    panel: ChannelsPanel, qtbot, channel: int | None, key: int, expected: int
) -> None:
    show(panel, channel)
    with qtbot.waitSignal(panel.channel_selected) as chosen:
        QTest.keyClick(panel.bars, key)
    assert chosen.args == [expected]


def test_enter_opens_and_space_is_left_to_the_window(panel: ChannelsPanel, qtbot) -> None:
    show(panel, 7)
    with qtbot.waitSignal(panel.channel_opened) as opened:
        QTest.keyClick(panel.bars, Qt.Key_Return)
    assert opened.args == [7]
    with qtbot.assertNotEmitted(panel.ablate_requested), qtbot.assertNotEmitted(panel.channel_selected):
        QTest.keyClick(panel.bars, Qt.Key_Space)


def test_progress_can_be_cancelled_and_go_on(panel: ChannelsPanel, qtbot) -> None:
    panel.show_progress(16, 64, running=True)
    assert (panel._state.text(), panel._stop.text(), panel._bar.value()) == ("16 of 64 measured", "Cancel", 16)
    with qtbot.waitSignal(panel.cancel_requested):
        panel._stop.click()
    panel.show_progress(16, 64, running=False)
    assert panel._stop.text() == "Go on"
    with qtbot.waitSignal(panel.measure_requested):
        panel._stop.click()
    panel.show_progress(64, 64, running=False)
    assert panel._stop.isHidden()
    assert panel._bar.isHidden()
    assert panel._state.text() == "64 measured"


def test_a_first_look_says_so_until_it_is_exact(panel: ChannelsPanel) -> None:
    panel.show_progress(0, 64, running=True, rough=16)
    assert (panel._state.text(), panel._bar.value()) == ("First look: 16 of 64", 16)
    panel.show_progress(0, 64, running=True, rough=64)
    assert (panel._state.text(), panel._bar.value()) == ("0 of 64 measured exactly", 0)
    panel.show_progress(20, 64, running=True, rough=44)
    assert (panel._state.text(), panel._bar.value()) == ("20 of 64 measured exactly", 20)
    row = EffectRow(5, photo(7, 7), -0.25, -0.01, rough=True)
    panel.show_effects([row], "cat")
    panel.show_channel(5, "layer4", photo(7, 7), row, [("cat", -0.25)], frozenset(), (False, False))
    rough = picture(panel)
    assert panel._card._changes.accessibleDescription() == "cat ≈\N{NARROW NO-BREAK SPACE}−0.25"
    assert panel._card._points.text() == "probability ≈\N{NARROW NO-BREAK SPACE}−1.0 points"
    assert panel._card._worth.text() == "logit ≈\N{NARROW NO-BREAK SPACE}−0.25"
    assert "not measured exactly yet" in panel.bars.accessibleDescription()
    exact = replace(row, rough=False)
    panel.show_effects([exact], "cat")
    panel.show_channel(5, "layer4", photo(7, 7), exact, [("cat", -0.25)], frozenset(), (False, False))
    assert panel._card._changes.accessibleDescription() == "cat −0.25"
    assert picture(panel) != rough
    assert panel._card._worth.text() == "logit −0.25"


def test_the_card_has_what_is_known_of_the_channel(panel: ChannelsPanel, qtbot) -> None:
    show(panel, 3, off=frozenset({3}))
    card = panel._card
    assert (card._title.text(), card._of.text()) == ("Channel 3", "of layer4")
    assert (card._worth.text(), card._points.text()) == ("logit −0.84", "probability −8.4 points")
    assert (card._ablate.isChecked(), card._solo.isChecked()) == (True, False)
    assert card._changes.accessibleDescription() == "cat −0.84; dog +0.20; a <b>bold</b> class 0"
    for button, signal, told in (
        (card._ablate, panel.ablate_requested, False),
        (card._solo, panel.solo_requested, True),
    ):
        with qtbot.waitSignal(signal) as caught:
            button.click()
        assert caught.args == [told]
    show(panel, 33)  # one that is not measured
    assert card._worth.text() == "not measured yet"
    panel.show_channel(None, "layer4", None, None, (), frozenset(), None)
    assert card.isHidden()


def test_a_row_tells_all_of_it(panel: ChannelsPanel) -> None:
    show(panel, 3, off=frozenset({3}))
    assert panel.bars.accessibleDescription().splitlines() == [
        "Channel 3: without it the logit of “cat” changes by −0.84, its probability by −8.4 points",
        "Most probable is then “dog”",
        "It is switched off now",
        "Each map is on its own scale",
    ]


def test_the_choice_of_what_takes_its_place(panel: ChannelsPanel, qtbot) -> None:
    assert panel._by.current() == "zero"
    with qtbot.waitSignal(panel.replacement_chosen) as chosen:
        QTest.keyClick(panel._by, Qt.Key_Right)
    assert chosen.args == ["mean"]


def test_maps_of_any_shape_are_drawn(panel: ChannelsPanel) -> None:
    wide, tall = (EffectRow(index, photo(*size), -1.0, 0.0) for index, size in enumerate([(2, 50), (50, 2)]))
    panel.show_effects([wide, tall, EffectRow(2, np.zeros((1, 1, 3), np.uint8), 1.0, 0.0)], "cat")
    for row in (wide, tall):
        panel.show_channel(row.channel, "layer1", row.picture, None, (), frozenset(), (False, False))
        assert not picture(panel).isNull()
