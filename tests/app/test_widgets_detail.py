"""channelDetail: one map, large."""

from __future__ import annotations

import numpy as np
import pytest
from PyQt5.QtWidgets import QApplication, QToolButton
from widget_data import colours, hover, leave, maps, picture, shown

from app import theme
from app.widgets.channel_detail import ChannelDetail
from resnet_core.feature_maps import scale_range

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the off-screen plugin's own remark


@pytest.fixture
def detail(qapp: QApplication, qtbot) -> ChannelDetail:
    theme.apply(qapp, "light")
    detail = ChannelDetail()
    qtbot.addWidget(detail)
    shown(detail, 300, 560)
    return detail


def show(detail: ChannelDetail, scale: str = "stage", side: int = 14) -> np.ndarray:
    data = maps(8, side, side)
    facts = [("Receptive field", "43 × 43 px"), ("Mean", "0.35")]
    detail.show_channel(data, 5, "layer2", scale_range(data, 5, scale), "magma", facts, scale=scale)
    QApplication.processEvents()
    return data


def test_a_channel_is_shown_and_cleared(detail: ChannelDetail) -> None:
    empty = picture(detail)
    show(detail)
    assert picture(detail) != empty
    assert detail.accessibleDescription().startswith("Channel 5 of layer2, 14 by 14, from ")
    detail.clear()
    QApplication.processEvents()
    assert picture(detail) == empty


def test_the_scale_is_named(detail: ChannelDetail) -> None:
    data = show(detail)
    assert detail._scale._maximum == f"stage maximum {data.max():.2f}"
    show(detail, "channel")
    assert detail._scale._maximum == f"channel maximum {data[5].max():.2f}"


def test_hovering_reads_the_value(detail: ChannelDetail, qtbot) -> None:
    data = show(detail)
    rect = detail._picture.place()
    place = (rect.x() + rect.width() * 9.5 / 14, rect.y() + rect.height() * 4.5 / 14)
    with qtbot.waitSignal(detail.hovered) as caught:
        hover(detail._picture, *place)
    assert caught.args == [4, 9]
    assert detail._facts._cursor == ("Under cursor (4, 9)", f"{data[5, 4, 9]:.2f}")
    with qtbot.waitSignal(detail.left):
        leave(detail._picture)


def test_a_cursor_from_elsewhere(detail: ChannelDetail) -> None:
    show(detail)
    before = picture(detail)
    detail.show_cursor(2, 3)
    assert picture(detail) != before
    detail.show_cursor(None)
    assert picture(detail) == before
    detail.clear()
    detail.show_cursor(2, 3)  # nothing to mark


@pytest.mark.parametrize("kind", ["png", "npy"])
def test_export_is_asked_for(detail: ChannelDetail, qtbot, kind: str) -> None:
    button = detail.findChild(QToolButton, "channelExport")
    assert not button.isEnabled()
    show(detail)
    assert button.isEnabled()
    action = button.menu().actions()[("png", "npy").index(kind)]
    with qtbot.waitSignal(detail.export_requested) as caught:
        action.trigger()
    assert caught.args == [kind]


@pytest.mark.parametrize("side", [1, 7, 112])
def test_constant_signed_and_unreal_values(detail: ChannelDetail, side: int) -> None:
    for plane, signed in (
        (np.zeros((side, side)), False),
        (np.full((side, side), -2.0), True),
        (np.full((side, side), np.nan), False),
    ):
        data = plane[np.newaxis].astype(np.float32)
        detail.show_channel(data, 0, "layer4", scale_range(data, 0, "channel", signed=signed), "viridis", [])
        detail.show_cursor(0, 0)
        assert not picture(detail).isNull()


def test_cells_are_sharp(detail: ChannelDetail) -> None:
    data = np.zeros((1, 7, 7), np.float32)
    data[0, 3, 3] = 1
    detail.show_channel(data, 0, "layer4", scale_range(data, 0, "stage"), "magma", [])
    assert len(colours(detail._picture.grab().toImage().copy(60, 60, 160, 160))) == 2


def test_it_keeps_its_parts_where_there_is_little_room(detail: ChannelDetail) -> None:
    show(detail)
    shown(detail, 240, 380)
    bottoms = [part.geometry().bottom() for part in (detail._picture, detail._scale, detail._facts)]
    assert bottoms == sorted(bottoms)
    assert bottoms[-1] <= detail.height()
    assert detail._picture.height() >= 80


def test_its_least_size_has_room_for_every_part(detail: ChannelDetail) -> None:
    show(detail)
    detail.show_facts([(f"fact {number}", "1") for number in range(4)])  # as many as the window shows
    least = detail.minimumSizeHint()
    assert detail.layout().minimumSize().width() <= least.width()
    assert detail.layout().minimumSize().height() <= least.height()


def test_the_effect_is_the_last_fact_whatever_else_is_shown(detail: ChannelDetail) -> None:
    show(detail)
    detail.show_effect("Effect on “cat” if removed")
    assert detail._facts._rows[-1] == ("Effect on “cat” if removed", "…")
    detail.show_effect("Effect on “cat” if removed", -0.842)
    detail.show_facts([("Mean", "1")])
    assert detail._facts._rows == [("Mean", "1"), ("Effect on “cat” if removed", "−0.84")]
    detail.show_effect()
    assert detail._facts._rows == [("Mean", "1")]


def test_in_little_room_the_cursor_and_the_effect_stay(detail: ChannelDetail) -> None:
    show(detail)
    detail.show_effect("Effect on “cat” if removed", 0.5)
    shown(detail, 240, detail.minimumSizeHint().height())
    assert [label for label, _ in detail._facts._shown()] == ["Under cursor", "Effect on “cat” if removed"]


def test_the_switches_say_what_is_and_ask_for_what_shall_be(detail: ChannelDetail, qtbot) -> None:
    show(detail)
    assert not detail._ablate.isEnabled()
    detail.show_switches((True, False))
    assert (detail._ablate.isChecked(), detail._solo.isChecked()) == (True, False)
    for button, signal, asked in (
        (detail._ablate, detail.ablate_requested, False),
        (detail._solo, detail.solo_requested, True),
    ):
        with qtbot.waitSignal(signal) as caught:
            button.click()
        assert caught.args == [asked]
    detail.show_switches(None, "Only whole stages")
    assert not detail._solo.isEnabled()
    assert detail._solo.toolTip() == "Only whole stages"
