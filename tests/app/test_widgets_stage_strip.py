"""stageStrip: a card for each stage, a bar for each block."""

from __future__ import annotations

import numpy as np
import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtGui import QFontMetricsF
from PyQt5.QtWidgets import QApplication
from widget_data import Paints, colours, picture, shown

from app import theme
from app.widgets.stage_strip import StageStrip
from resnet_core.networks import describe, named

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the off-screen plugin's own remark


@pytest.fixture
def strip(qapp: QApplication, qtbot) -> StageStrip:
    theme.apply(qapp, "dark")
    strip = StageStrip()
    qtbot.addWidget(strip)
    return strip


def open_network(strip: StageStrip, name: str, width: int = 976) -> None:
    side = named(name).input_px
    strip.show_network(describe(named(name), side, side), "ImageNet")
    shown(strip, width, strip.sizeHint().height())


@pytest.mark.parametrize(("name", "stages"), [("resnet18", 6), ("resnet152", 6), ("resnet20", 5), ("plain110", 5)])
def test_a_card_for_each_stage(strip: StageStrip, name: str, stages: int) -> None:
    open_network(strip, name)
    assert len(strip.stage_names()) == stages
    assert strip.stage_names()[0] == "conv1"
    assert strip.stage_names()[-1] == "fc"
    right = max(card.geometry().right() for card in strip._cards)
    assert right < strip.width()
    assert not picture(strip).isNull()


def test_a_card_asks_for_its_stage(strip: StageStrip, qtbot) -> None:
    open_network(strip, "resnet18")
    card = strip._cards[2]
    with qtbot.waitSignal(strip.selected) as caught:
        qtbot.mouseClick(card, Qt.LeftButton, pos=QPoint(20, 20))
    assert caught.args == ["layer2"]
    with qtbot.waitSignal(strip.selected) as caught:
        qtbot.keyClick(strip._cards[4], Qt.Key_Return)
    assert caught.args == ["layer4"]


@pytest.mark.parametrize("width", [760, 976, 2600])
def test_every_one_of_36_blocks_can_be_hit(strip: StageStrip, qtbot, width: int) -> None:
    open_network(strip, "resnet152", width)
    card = strip._cards[3]
    rects = card._block_rects()
    assert len(rects) == 36
    for block, rect in rects:
        assert rect.width() >= 5
        assert card.rect().contains(rect.toAlignedRect())
        with qtbot.waitSignal(strip.selected) as caught:
            qtbot.mouseClick(card, Qt.LeftButton, pos=rect.center().toPoint())
        assert caught.args == [block.name]


def test_the_arrows_walk_the_blocks(strip: StageStrip, qtbot) -> None:
    open_network(strip, "resnet152")
    strip.selected.connect(strip.set_current)
    card = strip._cards[3]
    walked = []
    strip.selected.connect(walked.append)
    for _ in range(12):
        qtbot.keyClick(card, Qt.Key_Right)
    assert walked[0] == "layer3.0"
    assert walked[-1] == "layer3.11"  # not mistaken for layer3.1
    qtbot.keyClick(card, Qt.Key_Left)
    assert walked[-1] == "layer3.10"


def test_the_current_stage_is_framed_also_for_a_branch_of_a_block(strip: StageStrip) -> None:
    open_network(strip, "resnet18")
    for name in ("layer3", "layer3.1", "layer3.1.residual"):
        strip.set_current(name)
        framed = [
            card.part.name
            for card in strip._cards
            if card.grab().toImage().pixelColor(40, 1).name() == theme.DARK.accent
        ]
        assert framed == ["layer3"]


def test_miniatures_and_probabilities(strip: StageStrip) -> None:
    open_network(strip, "resnet18")
    empty = picture(strip)
    strip.show_miniatures(
        {"layer1": np.full((8, 56, 56, 3), (250, 0, 250), np.uint8), "gone": np.zeros((8, 2, 2, 3), np.uint8)}
    )
    assert "#fa00fa" in colours(picture(strip))
    strip.show_miniatures({"layer2": np.full((20, 44, 3), (0, 250, 250), np.uint8)})
    assert "#00fafa" in colours(picture(strip))
    strip.show_logits([0.1, 0.7, 0.2])
    assert theme.DARK.accent in colours(strip._cards[-1].grab().toImage())
    strip.clear()
    assert picture(strip) == empty


def test_cards_say_what_they_are(strip: StageStrip) -> None:
    open_network(strip, "resnet50")
    card = strip._cards[1]
    assert card.accessibleName() == "layer1"
    assert "256 × 56 × 56" in card.accessibleDescription()
    assert "parameters" in card.accessibleDescription()


@pytest.mark.parametrize("width", [640, 1500, 3000])
def test_without_a_network_it_claims_no_more_than_with_the_smallest(strip: StageStrip, width: int) -> None:
    shown(strip, width, 100)
    empty = strip.sizeHint().height(), strip.minimumSizeHint().height()
    open_network(strip, "resnet18", strip.minimumSizeHint().width())
    assert max(empty) <= strip.sizeHint().height()


@pytest.mark.parametrize("name", ["resnet18", "resnet152", "wide_resnet101_2", "resnet110", "plain20"])
@pytest.mark.parametrize("width", [681, 720, 800, 976, 1500])
def test_no_card_cuts_its_numbers(strip: StageStrip, name: str, width: int) -> None:
    """What there is no room for is left out: the cost, the spaces of the shape, the parameters; the shape stays."""
    open_network(strip, name, width)
    small = QFontMetricsF(theme.font(theme.SMALL_PX))
    for card in strip._cards:
        title, shape, foot = card.texts()
        room = card.width() - 20
        used = QFontMetricsF(theme.font(bold=True)).horizontalAdvance(title) + small.horizontalAdvance(shape)
        assert used <= room
        assert small.horizontalAdvance(foot) <= room
        assert (shape or foot).replace(" ", "") == "×".join(map(str, card.part.output))


def test_a_wide_card_says_everything(strip: StageStrip) -> None:
    open_network(strip, "resnet50", 1800)
    assert strip._cards[1].texts() == ("layer1", "256 × 56 × 56", "216 k · 0.67 GMAC")
    open_network(strip, "resnet50", 690)
    assert strip._cards[1].texts() == ("layer1", "", "256×56×56")


def test_only_cards_that_show_something_else_are_painted(strip: StageStrip) -> None:
    open_network(strip, "resnet18")
    strip.show_logits([0.5, 0.25])
    strip.set_current("layer2.1")
    QApplication.processEvents()
    paints = [Paints(card) for card in strip._cards]
    strip.show_logits([0.5, 0.25])
    strip.set_current("layer2.1")
    QApplication.processEvents()
    assert not any(one.rects for one in paints)
    strip.set_current("layer3")
    QApplication.processEvents()
    assert [bool(one.rects) for one in paints] == [False, False, True, True, False, False]
