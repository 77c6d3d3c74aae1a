"""occlusionPanel: a patch moved by mouse and keys, the sentence about it, and the map of all places."""

from __future__ import annotations

import numpy as np
import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtWidgets import QApplication
from widget_data import colours, hover, photo, picture, shown

from app import theme
from app.widgets.occlusion_panel import OcclusionPanel, ShownEffect, ShownSweep
from resnet_core.evidence.occlusion import Patch, grid

SEEN = photo(64, 64)
GREY = (124, 116, 104)
PLACES = grid(64, 64, 16, 8)


@pytest.fixture
def panel(qapp: QApplication, qtbot) -> OcclusionPanel:
    theme.apply(qapp, "light")
    panel = OcclusionPanel()
    qtbot.addWidget(panel)
    panel.show_picture(SEEN, GREY)
    panel.show_patch(Patch(24, 24, 16))
    shown(panel, 960, 360)
    return panel


def effect(after: float, **others) -> ShownEffect:
    facts = {
        "logit_before": 3.5,
        "logit_after": -1.0,
        "answer": "dog",
        "answer_probability": 0.333,
        "same_answer": True,
    }
    return ShownEffect("cat", 0.772, after, **(facts | others))


def sweep(drops: np.ndarray) -> ShownSweep:
    return ShownSweep("cat", drops.astype(np.float32), np.full(drops.shape, 0.5, np.float32), PLACES)


def words(panel: OcclusionPanel) -> str:
    return panel._sentence.text().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (0.41, "Without this place “cat” falls from 77.2 % to 41.0 %."),
        (0.9, "Without this place “cat” rises from 77.2 % to 90.0 %."),
        (0.7722, "Without this place “cat” stays at 77.2 %."),
    ],
)
def test_the_sentence(panel: OcclusionPanel, after: float, sentence: str) -> None:
    panel.show_effect(effect(after))
    assert words(panel) == sentence
    assert panel._details.text() == "Logit 3.50 → −1.00 (−4.50)."
    panel.show_effect(effect(after, same_answer=False))
    assert "The network now says “dog”, 33.3" in panel._details.text()


def test_the_patch_is_drawn_in_its_grey(panel: OcclusionPanel) -> None:
    assert "#7c7468" in colours(picture(panel.crop))


def test_the_patch_follows_the_mouse_and_stays_inside(panel: OcclusionPanel, qtbot) -> None:
    scale = panel.crop.square().width() / 64
    with qtbot.waitSignal(panel.patch_moved) as caught:
        qtbot.mouseClick(panel.crop, Qt.LeftButton, pos=QPoint(round(20.5 * scale), round(40.5 * scale)))
    assert caught.args == [32, 12]
    with qtbot.waitSignal(panel.patch_moved) as caught:
        qtbot.mouseClick(panel.crop, Qt.LeftButton, pos=QPoint(1, 1))
    assert caught.args == [0, 0]
    with qtbot.assertNotEmitted(panel.patch_moved):
        hover(panel.crop, 100, 100)  # without a button


def test_the_patch_by_keys(panel: OcclusionPanel, qtbot) -> None:
    for key, modifier, place in (
        (Qt.Key_Right, Qt.NoModifier, [24, 28]),
        (Qt.Key_Up, Qt.NoModifier, [20, 28]),
        (Qt.Key_Left, Qt.ShiftModifier, [20, 27]),
    ):
        with qtbot.waitSignal(panel.patch_moved) as caught:
            qtbot.keyClick(panel.crop, key, modifier)
        assert caught.args == place
    with qtbot.assertNotEmitted(panel.patch_moved):
        qtbot.keyClick(panel.crop, Qt.Key_Right, Qt.ControlModifier)


def test_the_size_is_chosen_in_px(panel: OcclusionPanel, qtbot) -> None:
    assert panel._size.text() == "16 px"
    assert panel._slider.value() == 8
    with qtbot.waitSignal(panel.size_changed) as caught:
        panel._slider.setValue(4)
    assert caught.args == [8]
    panel.show_picture(photo(224, 224), GREY)
    with qtbot.assertNotEmitted(panel.size_changed):
        panel.show_patch(Patch(0, 0, 32))
    assert (panel._slider.value(), panel._slider.maximum()) == (4, 14)


def test_the_map_shows_what_is_measured(panel: OcclusionPanel, qtbot) -> None:
    empty = picture(panel.worth)
    drops = np.full(PLACES.shape, np.nan)
    drops[0] = np.linspace(-2, 4, 7)
    panel.show_sweep(sweep(drops))
    half = picture(panel.worth)
    assert half != empty
    square = panel.worth.square()
    high, low = half.pixelColor(round(square.width() * 0.87), 44), half.pixelColor(round(square.width() * 0.12), 44)
    assert high.red() > high.blue() + 40  # the class needs this place
    assert low.blue() > low.red() + 20
    below = half.pixelColor(round(square.width() / 2), round(square.height() * 0.8))
    assert below.name() == theme.LIGHT.sunken
    hover(panel.worth, square.width() * 0.87, 44)
    assert panel._under.text().replace("\N{NO-BREAK SPACE}", " ") == "Here: logit −4.00, 50.0 %"
    with qtbot.waitSignal(panel.patch_moved) as caught:
        qtbot.mouseClick(panel.worth, Qt.LeftButton, pos=QPoint(round(square.width() * 0.87), 44))
    assert caught.args == [0, 48]
    panel.show_sweep(None)
    panel.show_patch(Patch(24, 24, 16))
    assert picture(panel.worth) == empty


def test_offered_running_and_done(panel: OcclusionPanel, qtbot) -> None:
    panel.show_offer(49, 12.4)
    assert panel._measure.isVisible()
    assert panel._measure.text() == "Measure all 49 places"
    assert panel._progress_text.text() == "about 12 s"
    with qtbot.waitSignal(panel.sweep_requested):
        panel._measure.click()
    panel.show_progress(14, 49)
    assert (panel._measure.isVisible(), panel._cancel.isVisible(), panel._progress.value()) == (False, True, 14)
    with qtbot.waitSignal(panel.cancel_requested):
        panel._cancel.click()
    panel.show_offer(49, None)
    assert (panel._measure.isVisible(), panel._cancel.isVisible(), panel._progress.isVisible()) == (False,) * 3
    assert panel._progress_text.text() == "49 places measured"


@pytest.mark.parametrize("side", [1, 2, 8, 32, 224])
def test_inputs_of_any_size(panel: OcclusionPanel, side: int) -> None:
    panel.show_picture(photo(side, side), GREY)
    panel.show_patch(Patch(0, 0, 1))
    places = grid(side, side, 1, max(1, side // 3))
    drops = np.ones(places.shape, np.float32)
    panel.show_sweep(ShownSweep("x" * 200, drops, drops, places))
    assert not picture(panel).isNull()
    panel.clear()
    assert not picture(panel).isNull()
