"""The ladder in the window, and its panel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from journeys import SAMPLES, open_window, settle, wait_for_analysis
from PyQt5.QtCore import QPointF, Qt
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from random_networks import random_parameters
from widget_data import hover, photo, picture, shown

from app import theme
from app.instruments.ladder import Ladder
from app.instruments.ladder_places import in_crop, place_of
from app.program import Program
from app.widgets.ladder_panel import LadderChoice, LadderColumn, LadderPanel
from resnet_core.engines.base import Intervention
from resnet_core.errors import WeightsError
from resnet_core.networks import named
from resnet_core.preprocess import Preprocess
from resnet_core.weights.catalog import WeightsInfo
from resnet_core.weights.store import WeightsStore

MINE = "resnet20.mine"
BUNDLED = "resnet18.cifar10"


@pytest.fixture
def program(qtbot: QtBot, home: Path) -> Iterator[Program]:
    """A window with two networks on disk and a picture."""
    spec = named("resnet20")
    info = WeightsInfo(MINE, spec, "mine", "imported", Preprocess(32, 32), "cifar10")
    WeightsStore(home).save(info, random_parameters(spec))
    with open_window(qtbot, SAMPLES[2]) as running:
        yield running


@pytest.fixture
def ladder(qtbot: QtBot, program: Program) -> Ladder:
    program.window.workbench.show("ladder")
    instrument = program.window.workbench.instrument
    assert isinstance(instrument, Ladder)
    settle(qtbot, program)
    return instrument


def columns(ladder: Ladder) -> dict[str, LadderColumn]:
    return {column.weights: column for column in ladder.panel.columns._columns}


def test_every_network_on_this_disk_answers_and_the_others_are_offered(
    qtbot: QtBot, program: Program, ladder: Ladder
) -> None:
    found = columns(ladder)
    assert list(found)[:2] == [BUNDLED, MINE]  # by depth
    assert [column.state for column in found.values()] == ["done", "done", "offer", "offer", "offer", "offer"]
    best = program.session.analysis.predictions[0]
    assert found[BUNDLED].answer == pytest.approx((best.label, best.probability))
    assert found[BUNDLED].in_use
    assert not found[MINE].in_use
    assert set(found[MINE].stages) == {"conv1", "layer1", "layer2", "layer3"}
    assert ladder.panel.columns._stages == ("conv1", "layer1", "layer2", "layer3", "layer4")
    assert "Not on this disk\n80.9 % on ImageNet-1k\n103 MB" in [column.text for column in found.values()]
    numbers = ladder.numbers()
    assert numbers is not None
    assert [row["weights"] for row in numbers.rows] == [BUNDLED, MINE]
    assert set(numbers.arrays) == {f"{BUNDLED}.cam", f"{MINE}.cam"}
    assert found[BUNDLED].reach == np.abs(numbers.arrays[f"{BUNDLED}.cam"]).max()
    assert found[BUNDLED].highest["layer2"] == program.session.plain.activations["layer2"].max()
    assert "number in its corner" in ladder.scale()
    program.session.intervene(Intervention(gates={"layer3.0": 0.0}))
    settle(qtbot, program)
    assert "as it was trained" in program.window.workbench.pages.currentWidget()._message.text()
    assert all(step.photo is not None and step.photo.shape == (224, 224, 3) for step in ladder._steps.values())


def test_a_place_is_marked_in_every_network(qtbot: QtBot, program: Program, ladder: Ladder) -> None:
    program.session.look_at("layer2", 3)
    settle(qtbot, program)
    table, probe = ladder.panel.columns, program.window.probe
    index = [column.weights for column in table._columns].index(BUNDLED)
    tile = table.placed.tile(index, table._stages.index("layer2"), 1)
    cell = tile.width() / 16  # 16 x 16 units
    hover(table, tile.x() + 5.5 * cell, tile.y() + 3.5 * cell)
    assert (probe.place.output, probe.place.y, probe.place.x) == ("layer2", 3, 5)
    assert set(table._places) == {BUNDLED, MINE}
    assert table._places[BUNDLED].cells["layer2"] == (3, 5)
    assert table._places[BUNDLED].share == pytest.approx((probe.place.y_px / 32, probe.place.x_px / 32))

    photo = table.placed.photo(index)
    hover(table, photo.x() + 0.75 * photo.width(), photo.y() + 0.25 * photo.height())
    assert program.window.network_input._marker == pytest.approx((0.25, 0.75), abs=1 / 16)
    assert table._places[BUNDLED].share == program.window.network_input._marker
    marked = picture(table)
    hover(table, 2, 2)
    assert table._places == {}
    assert probe.place is None
    assert picture(table) != marked

    program.window.network_input.hovered.emit(0.5, 0.5)  # anywhere else
    assert table._places[MINE].cells["layer3"] == (4, 4)


def test_a_place_of_the_picture_in_two_crops(program: Program, ladder: Ladder) -> None:
    spec, found = program.library.in_use.spec, next(iter(ladder._steps.values())).found
    whole, inner = (0.0, 0.0, 100.0, 100.0), replace(found, crop_box=(20.0, 40.0, 60.0, 80.0))
    assert in_crop(whole, spec, inner, "", (0.5, 0.5)) == pytest.approx((0.6, 0.4))
    place = place_of(whole, (0.6, 0.4), spec, inner)
    assert place.share == pytest.approx((0.5, 0.5))
    assert place.cells["conv1"] == (16, 16)
    assert place_of(whole, (0.3, 0.4), spec, inner) is None


def test_the_head_of_a_column_uses_its_network(qtbot: QtBot, program: Program, ladder: Ladder) -> None:
    steps = dict(ladder._steps)
    ladder.panel.used.emit(MINE)
    qtbot.waitUntil(lambda: program.session.analysis.info.id == MINE, timeout=30_000)
    settle(qtbot, program)
    assert columns(ladder)[MINE].in_use
    assert ladder._steps == steps  # the same picture: nobody was asked again


def test_which_networks_are_asked_can_be_chosen(qtbot: QtBot, program: Program, ladder: Ladder) -> None:
    ladder.panel.chosen_changed.emit((MINE,))
    assert [name for name, column in columns(ladder).items() if column.state != "offer"] == [MINE]
    ladder._steps.clear()
    ladder.panel.chosen_changed.emit((BUNDLED, MINE))
    settle(qtbot, program)
    assert [column.state for column in columns(ladder).values()][:2] == ["done", "done"]
    ladder.panel.chosen_changed.emit(())
    assert ladder.numbers() is None

    ladder._wanted = None  # nobody has chosen, and there are many: of each network the most accurate
    spec = named("resnet20")
    many = [
        WeightsInfo(f"resnet20.{name}", spec, name, "imported", Preprocess(32, 32), accuracy=score, path=Path(name))
        for name, score in (("a", 0.1), ("b", 0.9), ("c", None), ("d", 0.2), ("e", 0.3), ("f", 0.4))
    ]
    program.library.all = (program.library.in_use, *many)
    assert [info.id for info in ladder._chosen()] == [BUNDLED, "resnet20.b"]


def test_another_picture_is_asked_about_anew(qtbot: QtBot, program: Program, ladder: Ladder) -> None:
    before, stale = columns(ladder)[BUNDLED].answer, (ladder._question, *next(iter(ladder._steps.items())))
    program.session.open([SAMPLES[4]])
    wait_for_analysis(qtbot, program, SAMPLES[4].name)
    settle(qtbot, program)
    assert columns(ladder)[BUNDLED].answer != before
    now = columns(ladder)[BUNDLED].answer
    ladder._take(stale)
    assert columns(ladder)[BUNDLED].answer == now


def test_it_can_be_cancelled_and_go_on(qtbot: QtBot, program: Program, ladder: Ladder) -> None:
    ladder._steps.clear()
    ladder.refresh()
    assert ladder._busy_with == BUNDLED
    ladder.panel.cancelled.emit()
    settle(qtbot, program)
    assert {column.state for column in columns(ladder).values()} == {"waiting", "offer"}
    assert ladder.panel._stop.text() == "Go on"
    ladder.refresh()
    assert program.tasks.idle
    ladder.panel.go_on.emit()
    settle(qtbot, program)
    assert columns(ladder)[MINE].state == "done"
    assert not ladder.panel._stop.isVisible()


def test_a_network_that_fails_is_a_sentence_in_its_column(
    qtbot: QtBot, program: Program, ladder: Ladder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(weights_id: str) -> None:
        raise WeightsError(f"{weights_id} is damaged.")

    monkeypatch.setattr(program.classifier().store, "head", fail)
    ladder._steps.clear()
    ladder.refresh()
    settle(qtbot, program)
    found = columns(ladder)
    assert (found[MINE].state, found[MINE].text) == ("failed", f"{MINE} is damaged.")
    numbers = ladder.numbers()
    assert numbers is not None
    assert numbers.rows[0]["error"] == f"{BUNDLED} is damaged."


def test_weights_that_go_leave_the_table(qtbot: QtBot, program: Program, ladder: Ladder) -> None:
    program.library.remove(MINE)
    settle(qtbot, program)
    assert MINE not in columns(ladder)


def test_an_offer_is_fetched_as_by_the_toolbar(
    program: Program, ladder: Ladder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(program.library, "download", asked.append)
    ladder.panel.download_requested.emit("resnet34.imagenet1k_v1")
    assert asked == ["resnet34.imagenet1k_v1"]
    assert program.library.chosen.id == "resnet34.imagenet1k_v1"


# the panel alone


def column(weights: str, **options: object) -> LadderColumn:
    network, _, tag = weights.partition(".")
    return LadderColumn(weights, network, tag, **options)


def full(panel: LadderPanel, offers: int = 4) -> None:
    tiles = np.zeros((4, 7, 7, 3), np.uint8)
    names = ("conv1", "layer1", "layer2", "layer3", "layer4")
    stages, shapes = dict.fromkeys(names, tiles), dict.fromkeys(names, "64 × 7 × 7")
    done = {"photo": photo(64, 64), "stages": stages, "shapes": shapes, "elapsed_ms": 12.3, "parameters": 25_000_000}
    done |= {"reach": 8.3, "highest": dict.fromkeys(names, 2.38)}
    rows = [
        column("resnet18.a", state="done", answer=("cat", 0.77), in_use=True, **done),
        column("resnext101_64x4d." + "long-name-" * 6, state="done", answer=("a very long label indeed", 1.0), **done),
        column("resnet34.b", state="busy"),
        column("resnet50.c"),
        column("resnet101.d", state="failed", text="resnet101.d is not a ResNet: " + "x" * 80),
        *(
            column(f"resnet{index}.offer", state="offer", text="Not on this disk\n80 %\n90 MB")
            for index in range(offers)
        ),
    ]
    panel.show_columns(rows, names, "layer2")
    panel.show_choices([LadderChoice(row.weights, "80 %", row.state != "offer") for row in rows])
    panel.show_progress(2, 5, busy=True)


@pytest.fixture
def panel(qtbot: QtBot) -> LadderPanel:
    theme.apply(QApplication.instance(), "dark")
    made = LadderPanel()
    qtbot.addWidget(made)
    full(made)
    return made


@pytest.mark.parametrize(("width", "height"), [(960, 335), (1130, 500), (420, 300), (3400, 1600)])
@pytest.mark.parametrize("offers", [0, 2, 4])
def test_every_size_can_be_painted(panel: LadderPanel, width: int, height: int, offers: int) -> None:
    full(panel, offers)
    shown(panel, width, height)
    assert picture(panel) is not None
    table = panel.columns
    rects = [table.placed.rect(index) for index in range(len(table._columns))]
    assert all(not one.intersects(other) for one in rects for other in rects if one != other)
    assert table.placed.stage_rect(4).bottom() <= table.height() + 1


def test_heads_buttons_and_stages_are_clicked(panel: LadderPanel, qtbot: QtBot) -> None:
    shown(panel, 2400, 500)
    table = panel.columns
    with qtbot.waitSignal(panel.used) as used:
        qtbot.mouseClick(table, Qt.LeftButton, pos=table.placed.head(1).center().toPoint())
    assert used.args[0].startswith("resnext101_64x4d.")
    with qtbot.waitSignal(panel.download_requested) as wanted:
        qtbot.mouseClick(table, Qt.LeftButton, pos=table.placed.button(5).center().toPoint())
    assert wanted.args == ["resnet0.offer"]
    with qtbot.waitSignal(panel.stage_picked) as stage:
        qtbot.mouseClick(table, Qt.LeftButton, pos=table.placed.stage_rect(1).center().toPoint())
    assert stage.args == ["layer1"]
    with qtbot.assertNotEmitted(panel.used):
        qtbot.mouseClick(table, Qt.LeftButton, pos=table.placed.head(0).center().toPoint())  # in use already
    with qtbot.waitSignal(panel.cancelled):
        panel._stop.click()
    tile = QPointF(table.placed.rect(0).center().x(), table.placed.stage_rect(1).center().y())
    assert "64 × 7 × 7" in table._tip(tile)
    assert table._tip(tile).endswith("from 0 to the largest value of the stage: 2.38")


def test_every_scale_is_written(panel: LadderPanel) -> None:
    shown(panel, 2400, 500)
    table = panel.columns
    before = picture(table)
    table.show_columns([replace(one, reach=1.2) for one in table._columns], table._stages, "layer2")
    assert picture(table) != before
    assert "the number in its corner" in panel._scales.text()
    assert "from 0 to its largest value" in panel._scales.text()


def test_keys_walk_the_columns(panel: LadderPanel, qtbot: QtBot) -> None:
    shown(panel, 2400, 500)
    table = panel.columns
    for _ in range(5):
        qtbot.keyClick(table, Qt.Key_Right)
    with qtbot.waitSignal(panel.download_requested) as wanted:
        qtbot.keyClick(table, Qt.Key_Return)
    assert wanted.args == ["resnet0.offer"]


def test_the_menu_chooses_networks(panel: LadderPanel, qtbot: QtBot) -> None:
    actions = panel._networks.menu().actions()
    with qtbot.waitSignal(panel.chosen_changed) as chosen:
        actions[0].trigger()
    assert chosen.args[0] == tuple(action.data() for action in actions[1:5])
