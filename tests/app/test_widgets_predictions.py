"""predictionList: the class asked about, and what a change of the network made of each."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtWidgets import QApplication
from widget_data import colours, picture, shown

from app import theme
from app.widgets._shares import points
from app.widgets.prediction_list import ROW_PX, PredictionList

ROWS = [("cat", 0.412), ("dog", 0.334), ("black-and-tan coonhound, treeing walker", 0.12), ("frog", 0.05)]


@pytest.fixture
def predictions(qapp: QApplication, qtbot) -> PredictionList:
    theme.apply(qapp, "light")
    widget = PredictionList()
    qtbot.addWidget(widget)
    widget.show_predictions(ROWS, 4)
    shown(widget, 240, 240)
    return widget


@pytest.mark.parametrize(
    ("change", "text"), [(0.123, "+12.3"), (-0.04, "−4.0"), (0.0, "0.0"), (-0.0001, "0.0"), (1.0, "+100.0")]
)
def test_points(change: float, text: str) -> None:
    assert points(change) == text


def test_each_row_shows_its_change(predictions: PredictionList) -> None:
    plain = colours(picture(predictions))
    assert theme.LIGHT.good not in plain
    predictions.show_predictions(ROWS, 4, changes=[-0.36, 0.221, 0.0, 0.0001])
    assert {theme.LIGHT.good, theme.LIGHT.second} <= colours(picture(predictions))
    description = predictions.rows.accessibleDescription()
    assert description.startswith("cat 41.2 %, was 77.2 %; dog 33.4 %, was 11.3 %;")
    predictions.show_predictions(ROWS, 4)
    assert theme.LIGHT.good not in colours(picture(predictions))
    assert predictions.rows.accessibleDescription().startswith("cat 41.2 %; dog")


def test_the_chosen_row_is_marked_and_current(predictions: PredictionList, qtbot) -> None:
    assert theme.LIGHT.accent_soft not in colours(picture(predictions))
    predictions.show_predictions(ROWS, 4, chosen=2)
    assert theme.LIGHT.accent_soft in colours(picture(predictions))
    for key, row in ((Qt.Key_Return, 2), (Qt.Key_Enter, 2), (Qt.Key_Up, 1), (Qt.Key_End, 3)):
        with qtbot.waitSignal(predictions.selected) as caught:
            qtbot.keyClick(predictions.rows, key)
        assert caught.args == [row]
    with qtbot.waitSignal(predictions.selected) as caught:
        qtbot.mouseClick(predictions.rows.viewport(), Qt.LeftButton, pos=QPoint(20, ROW_PX + 10))
    assert caught.args == [1]


def test_a_row_asked_about_that_is_not_listed(predictions: PredictionList, qtbot) -> None:
    predictions.show_predictions(ROWS, 2, changes=[0.1, -0.1], chosen=3)
    assert len(predictions.rows.rows) == 2
    assert not picture(predictions).isNull()
    with qtbot.waitSignal(predictions.selected) as caught:
        qtbot.keyClick(predictions.rows, Qt.Key_Return)
    assert caught.args == [0]


def test_waiting_keeps_the_marks(predictions: PredictionList) -> None:
    predictions.show_predictions(ROWS, 4, changes=[0.1, 0.1, 0.0, 0.0], chosen=1)
    predictions.show_busy()
    assert predictions.rows.chosen == 1
    assert predictions.rows.changes == [0.1, 0.1, 0.0, 0.0]
    predictions.clear()
    assert predictions.rows.chosen is None


@pytest.mark.parametrize("width", [120, 160, 600])
def test_narrow_and_wide(predictions: PredictionList, width: int) -> None:
    predictions.show_predictions([("tabby", 1.0), *ROWS], 5, changes=[1.0, -0.5, 0.5, 0.0, 0.0], chosen=0)
    shown(predictions, width, 240)
    assert not picture(predictions).isNull()
