"""evidencePanel: the sum as rows that are the whole of it; the grid's ranking by evidence."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtWidgets import QApplication
from widget_data import hover, leave, maps, picture, shown

from app import theme
from app.widgets._waterfall import HEAD_PX, ROW_PX, Waterfall
from app.widgets.evidence_panel import NONE, EvidencePanel, ShownEvidence
from app.widgets.feature_grid import FeatureGrid
from resnet_core import feature_maps
from resnet_core.evidence.classes import class_map, contributions
from resnet_core.weights.head import Head

CHANNELS = 64
RANDOM = np.random.default_rng(3)
HEAD = Head(RANDOM.normal(0, 0.3, (3, CHANNELS)).astype(np.float32), np.array([0.5, -0.2, 0.1], np.float32))
MAPS = maps(CHANNELS, idle=(60, 61))
LOGITS = (HEAD.weight @ MAPS.reshape(CHANNELS, -1).mean(axis=1) + HEAD.bias).astype(np.float32)


def evidence(index: int = 0, versus: int | None = None, logits: np.ndarray = LOGITS) -> ShownEvidence:
    rival = None if versus is None else "tench"
    found = contributions(MAPS, HEAD, index, versus)
    return ShownEvidence(
        found, class_map(MAPS, HEAD, index, versus), MAPS, "layer4", logits, "tabby", rival, "f32", "magma"
    )


@pytest.fixture
def panel(qapp: QApplication, qtbot) -> EvidencePanel:
    theme.apply(qapp, "light")
    panel = EvidencePanel()
    qtbot.addWidget(panel)
    panel.show_classes([(0, "tabby  60.0 %"), (2, "tench  30.0 %"), (1, "lynx  10.0 %")], 0, NONE)
    panel.show_evidence(evidence())
    shown(panel, 960, 340)
    return panel


def rows(panel: EvidencePanel) -> Waterfall:
    return panel._waterfall


@pytest.mark.parametrize("height", [250, 340, 600, 3000])
def test_the_rows_are_the_whole_sum(panel: EvidencePanel, height: int) -> None:
    shown(panel, 960, height)
    waterfall = rows(panel)
    assert HEAD_PX + len(waterfall._rows) * ROW_PX <= max(waterfall.height(), waterfall.minimumSizeHint().height())
    *terms, total = waterfall._rows
    assert terms[0].start == 0
    for above, below in pairwise(terms):
        assert below.start == pytest.approx(above.end)
    assert terms[-1].end == pytest.approx(total.end, abs=1e-5)
    assert total.end == pytest.approx(float(LOGITS[0]), abs=1e-4)
    contributed = [row.end - row.start for row in terms[1:] if row.channel is not None]
    assert contributed == sorted(contributed, reverse=True)
    assert contributed[0] > 0 > contributed[-1]


def test_a_sum_that_is_the_logit_is_ticked(panel: EvidencePanel) -> None:
    logit = f"{LOGITS[0]:.3f}".replace("-", "−")
    assert panel._check.accessibleName() == f"Sum {logit} = logit {logit}"
    assert panel._check._agrees


def test_a_sum_that_is_not_says_by_how_much(panel: EvidencePanel) -> None:
    panel.show_evidence(evidence(logits=LOGITS + np.float32(0.5)))
    assert panel._check.accessibleName().endswith("0.50 apart")
    assert not panel._check._agrees


def test_a_difference_of_two_classes(panel: EvidencePanel) -> None:
    panel.show_evidence(evidence(0, 2))
    ours, theirs = (f"{LOGITS[index]:.3f}".replace("-", "−") for index in (0, 2))
    assert f"= logits {ours} − {theirs}" in panel._check.accessibleName()
    assert panel._place_title.text() == "“tabby” or “tench”: where"


def test_a_channel_is_pointed_at_and_chosen(panel: EvidencePanel, qtbot) -> None:
    waterfall = rows(panel)
    first = waterfall.channels()[0]
    y = HEAD_PX + ROW_PX + 10
    with qtbot.waitSignal(panel.channel_hovered) as caught:
        hover(waterfall, 200, y)
    assert caught.args == [first]
    with qtbot.waitSignal(panel.channel_hovered) as caught:
        leave(waterfall)
    assert caught.args == [-1]
    with qtbot.waitSignal(panel.channel_chosen) as caught:
        qtbot.mouseClick(waterfall, Qt.LeftButton, pos=QPoint(200, y))
    assert caught.args == [first]
    with qtbot.assertNotEmitted(panel.channel_chosen):
        qtbot.mouseClick(waterfall, Qt.LeftButton, pos=QPoint(200, HEAD_PX + 10))  # the bias


def test_a_channel_by_keys(panel: EvidencePanel, qtbot) -> None:
    waterfall = rows(panel)
    qtbot.keyClick(waterfall, Qt.Key_Down)
    qtbot.keyClick(waterfall, Qt.Key_Down)
    with qtbot.waitSignal(panel.channel_chosen) as caught:
        qtbot.keyClick(waterfall, Qt.Key_Return)
    assert caught.args == [waterfall.channels()[0]]
    for _ in range(100):
        qtbot.keyClick(waterfall, Qt.Key_Down)
    with qtbot.assertNotEmitted(panel.channel_chosen):
        qtbot.keyClick(waterfall, Qt.Key_Return)  # the sum


def test_classes_are_chosen(panel: EvidencePanel, qtbot) -> None:
    with qtbot.waitSignal(panel.class_chosen) as caught:
        panel._class.setCurrentIndex(1)
    assert caught.args == [2]
    with qtbot.waitSignal(panel.versus_chosen) as caught:
        panel._versus.setCurrentIndex(2)
    assert caught.args == [1]
    with qtbot.waitSignal(panel.versus_chosen) as caught:
        panel._versus.setCurrentIndex(0)
    assert caught.args == [NONE]
    with qtbot.assertNotEmitted(panel.class_chosen):
        panel.show_classes([(1, "lynx")], 1, NONE)
    assert not panel._versus.isVisible()  # there is no other class


def test_nothing_to_show(panel: EvidencePanel) -> None:
    panel.clear()
    assert rows(panel).channels() == ()
    assert not picture(panel).isNull()


def test_a_network_smaller_than_the_list(panel: EvidencePanel) -> None:
    few = Head(HEAD.weight[:, :2], HEAD.bias)
    found = contributions(MAPS[:2], few, 1)
    place = class_map(MAPS[:2], few, 1)
    panel.show_evidence(ShownEvidence(found, place, MAPS[:2], "layer4", LOGITS, "x" * 300, None, "bf16", "grey"))
    assert len(rows(panel)._rows) == 4
    assert panel._check.accessibleName().endswith(" apart (bf16)")
    assert "rounds" in panel._check.toolTip()
    assert not picture(panel).isNull()


@pytest.fixture
def grid(qapp: QApplication, qtbot) -> FeatureGrid:
    grid = FeatureGrid()
    qtbot.addWidget(grid)
    grid.show_maps(MAPS, "layer4")
    shown(grid, 900, 400)
    return grid


SCORES = contributions(MAPS, HEAD, 0).parts


def choices(grid: FeatureGrid) -> list[str]:
    return [grid._ranking.itemText(row) for row in range(grid._ranking.count())]


def test_evidence_is_a_ranking_where_it_is_offered(grid: FeatureGrid, qtbot) -> None:
    usual = grid.shown_channels
    grid.show_evidence(MAPS, SCORES, "evidence for tabby")
    assert choices(grid)[-1] == "evidence for tabby"
    assert grid.shown_channels == usual
    with qtbot.waitSignal(grid.display_changed) as caught:
        grid._ranking.setCurrentIndex(3)
    assert caught.args[0] == grid.ranking == "mean"  # what ranks all other maps meanwhile
    active = [channel for channel in np.argsort(-SCORES, kind="stable").tolist() if channel not in (60, 61)]
    assert grid.shown_channels == (*active, 60, 61)


def test_it_goes_with_its_maps_and_comes_back_with_the_next(grid: FeatureGrid) -> None:
    grid.show_evidence(MAPS, SCORES, "evidence for tabby")
    grid._ranking.setCurrentIndex(3)
    other = maps(32)
    grid.show_maps(other, "layer3")
    assert choices(grid) == ["mean", "maximum", "variance"]
    assert grid.shown_channels == tuple(one.channel for one in feature_maps.rank(other, "mean"))
    grid.show_evidence(MAPS, SCORES, "evidence for tabby")  # late: these maps are not shown any more
    assert len(choices(grid)) == 3
    scores = np.arange(32, dtype=np.float32)
    grid.show_evidence(other, scores, "evidence for lynx")
    assert grid._ranking.currentText() == "evidence for lynx"
    assert grid.shown_channels == tuple(range(31, -1, -1))
    grid.show_evidence(other, -scores, "evidence for tench")
    assert choices(grid)[-1] == "evidence for tench"
    assert grid.shown_channels == tuple(range(32))
    grid.clear("")
    assert len(choices(grid)) == 3


def test_another_ranking_ends_it(grid: FeatureGrid) -> None:
    grid.show_evidence(MAPS, SCORES, "evidence for tabby")
    grid._ranking.setCurrentIndex(3)
    grid._ranking.setCurrentIndex(1)
    assert grid.ranking == "max"
    again = MAPS.copy()
    grid.show_maps(again, "layer4")
    grid.show_evidence(again, SCORES, "evidence for tabby")
    assert grid._ranking.currentText() == "maximum"
