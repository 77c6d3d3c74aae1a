"""Colour or shape? in the window, and its panel."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from journeys import SAMPLES, look_through, settle, wait_for_analysis
from PyQt5.QtCore import QPointF, Qt
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from widget_data import hover, leave, photo, picture, shown

from app import theme
from app.instruments import shape_words
from app.instruments.shape import KINDS, Shape
from app.program import Program
from app.widgets._map_pairs import INSET_PX
from app.widgets.shape_panel import MapPair, ShapeCard, ShapePanel, ShownPairs, StageMove
from resnet_core.engines.base import Intervention, Request
from resnet_core.evidence import variants
from resnet_core.evidence.variants import Variant
from resnet_core.feature_maps import Range


@pytest.fixture
def shape(qtbot: QtBot, program: Program) -> Shape:
    program.session.open([SAMPLES[2]])
    wait_for_analysis(qtbot, program)
    return look(qtbot, program)


def look(qtbot: QtBot, program: Program) -> Shape:
    return look_through(qtbot, program, "shape", Shape)


def cards(shape: Shape) -> dict[str, ShapeCard]:
    return {card.kind: card for card in shape.panel.cards._cards}


def test_kinds_are_the_core_s() -> None:
    assert KINDS == variants.KINDS
    assert set(shape_words.NAMES) == set(shape_words.LOST) == {"seen", *KINDS}


def test_every_picture_has_the_network_s_answer(program: Program, shape: Shape) -> None:
    analysis = program.session.analysis
    assert analysis is not None
    shown_cards = cards(shape)
    assert list(shown_cards) == ["seen", *KINDS]
    assert shown_cards["seen"].answer == (analysis.predictions[0].label, analysis.predictions[0].probability)
    for kind in KINDS:
        card = shown_cards[kind]
        assert np.array_equal(card.picture, variants.make(kind, analysis.seen))
        seen = analysis.info.preprocess.normalise(card.picture)
        again = program.classifier().run(analysis.info, Request(seen)).outputs["logits"][0]
        assert card.asked == pytest.approx(float(variants.softmax(again)[analysis.predictions[0].index]), abs=1e-6)
        assert [move.stage for move in card.moves] == list(analysis.info.spec.stage_names)
    assert shape.panel.conclusion().startswith(f"“{analysis.predictions[0].label}” has ")
    assert shape.numbers() is not None


def test_another_class_costs_no_inference(qtbot: QtBot, program: Program, shape: Shape) -> None:
    session = program.session
    assert session.analysis is not None
    second = session.analysis.predictions[1]
    found = dict(shape._found)
    session.look_at_class(second.index)
    QApplication.processEvents()
    assert program.tasks.idle
    assert shape._found == found
    assert cards(shape)["seen"].asked == second.probability
    numbers = shape.numbers()
    assert numbers is not None
    assert numbers.facts["class"]["index"] == second.index


def test_the_channels_follow_the_stage_and_the_variant(qtbot: QtBot, program: Program, shape: Shape) -> None:
    session, pairs = program.session, shape.panel.pairs
    session.look_at("layer3.0")  # a block: its stage is shown
    settle(qtbot, program)
    assert session.analysis is not None
    expected = shape._found["grey"].moved("layer3", session.analysis.activations, 16)
    assert [pair.channel for pair in pairs._pairs] == [one.channel for one in expected]
    before = [pair.channel for pair in pairs._pairs]
    shape.panel.variant_picked.emit("shuffled")
    assert [pair.channel for pair in pairs._pairs] != before
    channel = pairs._pairs[1].channel
    pairs.picked.emit(channel)
    assert (session.output, session.channel) == ("layer3", channel)
    other = pairs._pairs[2].channel
    shape.panel.hovered.emit(other, 1, 2)  # shown in the photo and in the grid, and here
    assert pairs._share == (1.5 / 8, 2.5 / 8)
    assert program.window.status_line._place.text().startswith(f"layer3 channel {other} at (1, 2): ")
    shape.panel.unhovered.emit()
    assert pairs._share is None
    shape.bench.probe_requested.emit("layer1", 5, 30, None)  # centred at 5.5 and 30.5 of 32 px
    assert pairs._share == (1.5 / 8, 7.5 / 8)
    assert shape.scale()
    assert shape.scale() in pairs._heading


def test_a_change_of_the_network_is_asked_about(qtbot: QtBot, program: Program, shape: Shape) -> None:
    before = cards(shape)["grey"].asked
    program.session.intervene(Intervention(gates={"layer4.1": 0.0}))
    qtbot.waitUntil(lambda: getattr(program.session.analysis, "intervention", None) is not None, timeout=30_000)
    settle(qtbot, program)
    assert len(shape._found) == len(KINDS)
    assert cards(shape)["grey"].asked != before


def test_answers_of_a_picture_left_are_dropped(qtbot: QtBot, program: Program, shape: Shape) -> None:
    stale = (shape._asked, shape._found["grey"])
    program.session.open([SAMPLES[3]])
    wait_for_analysis(qtbot, program, SAMPLES[3].name)
    settle(qtbot, program)
    kept = dict(shape._found)
    shape._take(stale)
    assert shape._found == kept
    program.session.clear()
    QApplication.processEvents()
    shape._take(stale)
    assert shape.numbers() is None


def test_answers_that_come_while_another_picture_is_looked_at_are_kept(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, there, ask = program.session, threading.Event(), variants.ask

    def held(*arguments: object, **named: object) -> Iterator[Variant]:
        there.wait(30)
        yield from ask(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(variants, "ask", held)
    session.open([SAMPLES[2]])
    wait_for_analysis(qtbot, program)
    program.window.workbench.show("shape")
    program.window.workbench.show("maps")
    session.open([SAMPLES[3]])
    wait_for_analysis(qtbot, program, SAMPLES[3].name)
    there.set()
    settle(qtbot, program)
    session.select(next(iter(session.items)))
    shape = look(qtbot, program)
    assert all(cards(shape)[kind].picture is not None for kind in KINDS)
    assert shape.numbers() is not None


def test_without_a_picture_it_says_what_to_do(qtbot: QtBot, program: Program) -> None:
    program.window.workbench.show("shape")
    page = program.window.workbench.pages.currentWidget()
    assert "Open a picture" in page._message.text()


# the panel alone


def full(panel: ShapePanel, stages: tuple[str, ...] = ("conv1", "layer1", "layer2", "layer3", "layer4")) -> None:
    moves = tuple(StageMove(stage, 0.2 * row, None if row == 2 else 0.3) for row, stage in enumerate(stages))
    long = "American alligator, Alligator mississipiensis"
    panel.show_cards(
        [
            ShapeCard("seen", "As seen", "tip", photo(64, 64), ("cat", 0.77), 0.77),
            ShapeCard("grey", "Grey", "tip", photo(64, 64)[..., ::-1].copy(), (long, 0.999), 0.0001, moves),
            ShapeCard("blurred", "Blurred", "tip"),
        ],
        long, stages, "grey", "layer2",
    )  # fmt: skip
    maps = np.random.default_rng(0).random((2, 7, 7)).astype(np.float32)
    pairs = [MapPair(channel, maps[0], maps[1], 0.5, 0.4) for channel in range(100, 116)]
    panel.show_conclusion("“cat” has 77 % as seen.")
    panel.show_channels(ShownPairs("Channels", ("as seen", "grey"), tuple(pairs), Range(0, 1), "magma", 101))


@pytest.fixture
def panel(qtbot: QtBot) -> ShapePanel:
    theme.apply(QApplication.instance(), "dark")
    made = ShapePanel()
    qtbot.addWidget(made)
    full(made)
    return made


@pytest.mark.parametrize(("width", "height"), [(960, 335), (1130, 500), (420, 280), (3400, 1600)])
def test_every_size_can_be_painted(panel: ShapePanel, width: int, height: int) -> None:
    shown(panel, width, height)
    assert picture(panel) is not None
    cards = panel.cards
    last = cards._stage_rect(4)
    assert last.bottom() <= cards.height() + 1 or height < 300
    assert cards._picture_rect(2).right() <= cards.width()


def test_cards_and_stages_are_picked_by_mouse_and_keys(panel: ShapePanel, qtbot: QtBot) -> None:
    shown(panel, 960, 400)
    cards = panel.cards
    with qtbot.waitSignal(panel.stage_picked) as picked:
        qtbot.mouseClick(cards, Qt.LeftButton, pos=cards._stage_rect(3).center().toPoint())
    assert picked.args == ["layer3"]
    assert cards._tip(QPointF(cards._left(1) + 4, cards._stage_rect(2).center().y())).startswith("layer2, Grey")
    with qtbot.assertNotEmitted(panel.variant_picked):
        qtbot.mouseClick(cards, Qt.LeftButton, pos=cards._picture_rect(2).center().toPoint())  # no answer yet
    full(panel)
    panel.show_cards(cards._cards, "cat", cards._stages, "seen", "layer1")
    with qtbot.waitSignal(panel.variant_picked) as variant:
        qtbot.keyClick(cards, Qt.Key_Right)
    assert variant.args == ["grey"]


def test_channels_are_picked_by_mouse_and_keys(panel: ShapePanel, qtbot: QtBot) -> None:
    shown(panel, 960, 400)
    pairs = panel.pairs
    with qtbot.waitSignal(panel.channel_picked) as picked:
        qtbot.mouseClick(pairs, Qt.LeftButton, pos=pairs._rects()[2].center().toPoint())
    assert picked.args == [102]
    with qtbot.waitSignal(panel.channel_picked) as stepped:
        qtbot.keyClick(pairs, Qt.Key_Right)
    assert stepped.args == [102]
    with qtbot.waitSignal(panel.channel_opened) as opened:
        qtbot.keyClick(pairs, Qt.Key_Return)
    assert opened.args == [101]
    assert 4 < pairs.shown() < 16


def test_the_place_under_the_cursor_is_shown_in_every_map(panel: ShapePanel, qtbot: QtBot) -> None:
    shown(panel, 960, 400)
    pairs = panel.pairs
    before = picture(pairs)
    spot = pairs._rects()[1].topLeft() + QPointF(INSET_PX + 3, INSET_PX + 3)
    with qtbot.waitSignal(panel.hovered) as hovered:
        hover(pairs, spot.x(), spot.y())
    assert hovered.args == [101, 0, 0]
    assert picture(pairs) != before
    with qtbot.waitSignal(panel.unhovered):
        leave(pairs)
    assert picture(pairs) == before


@pytest.mark.parametrize(
    ("as_seen", "given", "expected"),
    [
        (0.77, {"grey": 0.71, "shuffled": 0.03}, "“cat” has 77 % as seen, 71 % in grey and 3 % shuffled: {shape}"),
        (0.999, {"grey": 1e-3, "shuffled": 0.0}, "“cat” has > 99 % as seen, < 1 % in grey and 0 % shuffled: {both}"),
        (0.02, {"grey": 0.01, "shuffled": 0.03}, "The network gives “cat” only 2 % to begin with: {unsure}"),
        (0.77, {"grey": 0.71}, ""),
    ],
)
def test_the_sentence_is_drawn_from_the_numbers(as_seen: float, given: dict[str, float], expected: str) -> None:
    endings = {
        "shape": "here the network needs shape more than colour.",
        "both": "here the network needs colour as well as shape.",
        "unsure": "too little to say what it holds on to.",
    }
    assert shape_words.conclusion("cat", as_seen, given, classes=10) == expected.format(**endings)


def test_one_class_proves_nothing() -> None:
    assert "whatever it sees" in shape_words.conclusion("cat", 1.0, {"grey": 1.0, "shuffled": 1.0}, classes=1)
