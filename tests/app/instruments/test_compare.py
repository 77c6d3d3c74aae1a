"""Compare in the window, and its panel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from journeys import SAMPLES, settle, wait_for_analysis
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QFontMetricsF
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from random_networks import random_parameters
from widget_data import hover, leave, photo, picture, shown

from app import theme
from app.instruments.compare import Compare
from app.instruments.compare_work import common_output
from app.program import Program
from app.widgets._compare_maps import GAP_PX, CompareMaps
from app.widgets._numbers import value_text
from app.widgets.compare_panel import (
    CompareChoice,
    ComparedClass,
    ComparedMaps,
    ComparedStage,
    ComparePanel,
    CompareSide,
    MapPair,
    ShownPairs,
)
from resnet_core.engines.base import Intervention
from resnet_core.evidence import ablation
from resnet_core.feature_maps import Range
from resnet_core.networks import named
from resnet_core.preprocess import Preprocess
from resnet_core.weights.catalog import WeightsInfo
from resnet_core.weights.store import WeightsStore

MINE = "resnet20.mine"


@pytest.fixture
def another_network(home: Path) -> None:
    """To be asked for before the program is."""
    spec = named("resnet20")
    info = WeightsInfo(MINE, spec, "mine", "imported", Preprocess(32, 32), "cifar10")
    WeightsStore(home).save(info, random_parameters(spec))


def look(qtbot: QtBot, program: Program, count: int = 1) -> Compare:
    program.session.open(SAMPLES[2 : 2 + count])
    wait_for_analysis(qtbot, program, SAMPLES[2].name)
    program.window.workbench.show("compare")
    instrument = program.window.workbench.instrument
    assert isinstance(instrument, Compare)
    settle(qtbot, program)
    return instrument


def message(program: Program) -> str:
    return str(program.window.workbench.pages.currentWidget()._message.text())


def test_one_picture_and_one_network_are_nothing_to_compare(qtbot: QtBot, program: Program) -> None:
    program.window.workbench.show("compare")
    assert message(program).startswith("Open a picture")
    compare = look(qtbot, program)
    assert message(program).startswith("There is nothing to compare")
    assert compare.numbers() is None


def test_two_pictures(qtbot: QtBot, program: Program) -> None:
    compare = look(qtbot, program, 2)
    found = compare._found
    assert found is not None
    assert (found.left.picture.name, found.right.picture.name) == (SAMPLES[2].name, SAMPLES[3].name)
    assert found.same_network
    again = program.classifier().analyse(SAMPLES[3], "resnet18.cifar10")
    assert np.array_equal(found.right.logits, again.logits)
    shown_maps = compare.panel.maps._maps
    channel = found.pairs[0].left if program.session.channel is None else program.session.channel
    left, right = (side.activations[found.output][channel] for side in (found.left, found.right))
    assert np.array_equal(shown_maps.difference, right - left)
    assert shown_maps.span.high == max(left.max(), right.max())
    assert shown_maps.apart.high == -shown_maps.apart.low == pytest.approx(np.abs(right - left).max())
    apart = value_text(shown_maps.apart.high)
    assert compare.scale() == f"0 to {value_text(shown_maps.span.high)}; difference: −{apart} to {apart}"
    highest = max(max(pair.left.max(), pair.right.max()) for pair in compare.panel.pairs._pairs)
    assert compare.panel.pairs._heading.endswith(f"; scale: 0 to {value_text(highest)}")
    classes = {one.label: one for one in compare.panel.tables._classes}
    for side, best in (("left", found.left.predictions[0]), ("right", found.right.predictions[0])):
        assert getattr(classes[best.label], side) == pytest.approx(best.probability)
    numbers = compare.numbers()
    assert numbers is not None
    assert set(numbers.arrays) == {"left", "right", "difference"}
    assert numbers.facts["right"]["image"] == SAMPLES[3].name


def test_stage_and_channel_follow_the_session(qtbot: QtBot, program: Program) -> None:
    compare = look(qtbot, program, 2)
    distances = compare._found.distances
    program.session.look_at("layer4.1.residual", 5)
    settle(qtbot, program)
    assert compare._found.output == "layer4.1.residual"
    assert compare._found.distances is distances  # only the output is another
    assert compare.panel.maps._maps.span.signed
    assert compare.panel.maps._maps.titles[0] == "Left: channel 5"
    compare.panel.hovered.emit(5, 0, 3)  # shown in the photo and in the grid, and here
    assert compare.panel.maps._share == (0.5 / 4, 3.5 / 4)
    compare.panel.unhovered.emit()
    assert compare.panel.maps._share is None
    compare.panel.channel_picked.emit(9)
    QApplication.processEvents()
    assert program.session.channel == 9
    assert compare.panel.maps._maps.titles[0] == "Left: channel 9"


def test_with_and_without_a_change(qtbot: QtBot, program: Program) -> None:
    compare = look(qtbot, program)
    program.session.intervene(Intervention(gates={"layer3.0": 0.0}))
    qtbot.waitUntil(lambda: getattr(program.session.analysis, "intervention", None) is not None, timeout=30_000)
    settle(qtbot, program)
    found = compare._found
    assert found is not None
    assert found.left is program.session.plain
    assert found.right.intervention is program.session.intervention
    by_stage = {one.output: one.relative_l2 for one in found.distances}
    assert by_stage["layer2"] == 0
    assert by_stage["layer3"] > 0.01
    compare.panel.hovered.emit(7, 2, 3)  # the left side is this picture and this network, if as trained
    place = program.window.probe.place
    assert place is not None
    assert (place.output, place.y, place.x) == (found.output, 2, 3)
    assert program.window.status_line._place.text().startswith(f"{found.output} channel 7 at (2, 3): ")
    program.session.intervene(None)
    settle(qtbot, program)
    assert message(program).startswith("There is nothing to compare")


def test_another_picture_is_changed_as_this_one_is(qtbot: QtBot, program: Program) -> None:
    compare, session = look(qtbot, program, 2), program.session
    before = compare._found
    compare.panel.right_picked.emit(before.wanted.right[0])
    maps = {side: getattr(before, side).activations["layer3"] for side in ("left", "right")}
    channel = int(np.abs(maps["left"].mean(axis=(1, 2)) - maps["right"].mean(axis=(1, 2))).argmax())
    session.intervene(ablation.ablate("layer3", channel, maps["left"], "mean"))
    qtbot.waitUntil(lambda: session.analysis.intervention is not None, timeout=30_000)
    settle(qtbot, program)
    found = compare._found
    assert found.left.logits is session.analysis.logits  # not as trained: that would be two differences at once
    assert found.right.picture.name == SAMPLES[3].name
    assert compare.panel.right._side.text == f"{SAMPLES[3].name} · layer3: channel {channel} removed"
    own = ablation.ablate("layer3", channel, maps["right"], "mean")  # by its own mean over its own picture
    expected = program.classifier().again(before.right, own)
    assert np.allclose(found.right.logits, expected.logits, atol=1e-5)
    assert found.right.intervention.offsets["layer3"][channel] == pytest.approx(float(maps["right"][channel].mean()))


@pytest.mark.usefixtures("another_network")
def test_a_network_is_asked_about_the_picture_that_is_shown(qtbot: QtBot, program: Program) -> None:
    compare, session = look(qtbot, program, 2), program.session
    key = f"network:{MINE}"
    compare.panel.right_picked.emit(key)
    settle(qtbot, program)
    question = compare._sides.question(key)
    session.select(list(session.items)[1])  # the first one is shown until this one is analysed
    assert compare._sides.question(key) == question
    settle(qtbot, program)
    assert compare._sides.question(key) != question
    assert compare._found.right.picture is session.analysis.picture


@pytest.mark.usefixtures("another_network")
def test_two_networks(qtbot: QtBot, program: Program) -> None:
    compare = look(qtbot, program)
    found = compare._found
    assert found is not None
    assert found.right.info.id == MINE
    assert not found.same_network
    assert all(one.relative_l2 is None and one.cka_debiased is not None for one in found.distances)
    assert [one.output for one in found.distances] == ["conv1", "layer1", "layer2", "layer3"]
    program.session.look_at("layer4", 3)
    settle(qtbot, program)
    assert compare._found.output == "layer3"  # the last one that both have
    maps = compare.panel.maps._maps
    assert "r = " in maps.titles[1]
    assert compare.panel.pairs._pairs[0].partner is not None
    program.session.look_at("layer1", 3)
    settle(qtbot, program)
    assert compare.panel.maps._maps.difference is not None  # 32 x 32 on both sides


@pytest.mark.usefixtures("another_network")
def test_sides_are_chosen_exchanged_and_forgotten_when_they_go(qtbot: QtBot, program: Program) -> None:
    compare = look(qtbot, program, 3)
    keys = [choice.key for choice in compare._sides.choices()]
    assert keys[0] == "now"
    assert len(keys) == 4
    compare.panel.right_picked.emit(f"network:{MINE}")
    settle(qtbot, program)
    assert compare._found.right.info.id == MINE
    compare.panel.swap_requested.emit()
    settle(qtbot, program)
    assert (compare._found.left.info.id, compare._found.right.info.id) == (MINE, "resnet18.cifar10")
    program.library.remove(MINE)
    settle(qtbot, program)
    assert compare._found.right.info.id == "resnet18.cifar10"
    assert compare._found.left is not compare._found.right
    compare.panel.left_picked.emit(keys[2])
    settle(qtbot, program)
    assert compare._found.left.picture.name == SAMPLES[4].name


def test_a_side_that_cannot_be_read_is_a_sentence(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    copy = tmp_path / "gone.jpg"
    copy.write_bytes(SAMPLES[4].read_bytes())
    program.session.open([SAMPLES[2], copy])
    wait_for_analysis(qtbot, program, SAMPLES[2].name)
    settle(qtbot, program)
    copy.unlink()
    program.window.workbench.show("compare")
    settle(qtbot, program)
    assert "gone.jpg" in message(program)
    compare = program.window.workbench.instrument
    assert isinstance(compare, Compare)
    assert compare.numbers() is None
    assert compare.panel.maps._maps is None


def test_what_both_networks_have() -> None:
    deep, small = named("resnet50"), named("resnet20")
    assert common_output("layer3.1.residual", deep, deep) == "layer3.1.residual"
    assert common_output("layer3.5", deep, small) == "layer3"
    assert common_output("layer4.0", deep, small) == "layer3"
    assert common_output("conv1", deep, small) == "conv1"


# the panel alone


def compared(*, alike: bool = True) -> ComparedMaps:
    left = np.random.default_rng(0).random((7, 9)).astype(np.float32)
    right = left[::-1].copy() if alike else np.ones((4, 4), np.float32)
    difference = right - left if alike else None
    return ComparedMaps(
        1, left, right, difference, Range(0, 1), Range(-1, 1, True) if alike else None,
        ("Left: channel 1", "Right: channel 1", "Right − left"), "Other sizes.",
    )  # fmt: skip


def full(panel: ComparePanel, *, alike: bool = True) -> None:
    sides = [CompareSide("now", "This picture", "cat 77.2 %", photo(64, 64)), CompareSide("x", "x" * 90, "dog" * 30)]
    panel.show_sides(*sides)
    panel.show_choices(
        [CompareChoice("now", "This picture"), CompareChoice("picture:1", "b & c.png", "Another picture")]
    )
    classes = [ComparedClass("a very long label " * 4, 0.77, 0.1), ComparedClass("dog", None, 1.0)] * 8
    stages = [ComparedStage(f"layer{row}", 0.4, 0.9, 0.8, "tip") for row in range(5)]
    panel.show_comparison(compared(alike=alike), "magma", classes, stages, "layer2", by_cka=not alike)
    plane = compared().left
    pairs = [MapPair(channel, plane, plane, 0.1, 0.2, channel + 1) for channel in range(1000, 1012)]
    panel.show_channels(ShownPairs("Channels", ("left", "right"), tuple(pairs), Range(0, 1), "magma", 1001))


@pytest.fixture
def panel(qtbot: QtBot) -> ComparePanel:
    theme.apply(QApplication.instance(), "dark")
    made = ComparePanel()
    qtbot.addWidget(made)
    full(made)
    return made


@pytest.mark.parametrize(("width", "height"), [(960, 335), (1130, 500), (620, 300), (3400, 1600)])
@pytest.mark.parametrize("alike", [True, False])
def test_every_size_can_be_painted(panel: ComparePanel, width: int, height: int, alike: bool) -> None:
    full(panel, alike=alike)
    shown(panel, width, height)
    assert picture(panel) is not None
    assert panel.tables._stage_rect(4).bottom() <= panel.tables.height() + 1
    panel.show_nothing("Asking …")
    assert picture(panel) is not None


def test_the_place_under_the_cursor_is_shown_in_all(panel: ComparePanel, qtbot: QtBot) -> None:
    shown(panel, 960, 400)
    maps = panel.maps
    before = picture(maps)
    spot = maps._map_rect(1).center()
    with qtbot.waitSignal(panel.hovered) as hovered:
        hover(maps, spot.x(), spot.y())
    assert hovered.args == [1, 3, 4]
    assert picture(maps) != before
    with qtbot.waitSignal(panel.unhovered):
        leave(maps)
    assert picture(maps) == before


def test_the_menu_names_what_can_stand_there(panel: ComparePanel, qtbot: QtBot) -> None:
    head = panel.right
    head._fill()
    menu = head._button.menu()
    assert [action.text() for action in menu.actions()] == ["This picture", "Another picture"]
    (other,) = menu.actions()[1].menu().actions()
    assert other.text() == "b && c.png"
    with qtbot.waitSignal(panel.right_picked) as picked:
        other.trigger()
    assert picked.args == ["picture:1"]


def test_a_stage_is_clicked(panel: ComparePanel, qtbot: QtBot) -> None:
    shown(panel, 960, 400)
    with qtbot.waitSignal(panel.stage_picked) as picked:
        qtbot.mouseClick(panel.tables, Qt.LeftButton, pos=panel.tables._stage_rect(3).center().toPoint())
    assert picked.args == ["layer3"]


@pytest.mark.parametrize("width", [480, 520, 760])
def test_small_maps_leave_their_titles_room(qtbot: QtBot, width: int) -> None:
    maps = CompareMaps()
    qtbot.addWidget(maps)
    shown(maps, width, 150)
    title = QFontMetricsF(theme.font(theme.SECONDARY_PX)).horizontalAdvance("Right: channel 511")
    first, second, third = (maps._rect(place) for place in range(3))
    assert second.x() - first.x() - GAP_PX >= title
    assert third.right() <= width
