"""imageView, networkInput, predictionList."""

from __future__ import annotations

import numpy as np
import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtWidgets import QApplication, QToolButton
from widget_data import colours, hover, leave, photo, picture, shown

from app import theme
from app.widgets._shares import percent
from app.widgets.image_view import ImageView
from app.widgets.network_input import NetworkInput
from app.widgets.prediction_list import PredictionList

PREDICTIONS = [("tabby", 0.514), ("tiger cat", 0.302), ("black-and-tan coonhound, treeing walker", 0.1), ("lynx", 0.0)]

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the off-screen plugin's own remark


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def view(qtbot) -> ImageView:
    view = ImageView()
    qtbot.addWidget(view)
    return view


def test_the_photo_keeps_its_proportions(view: ImageView) -> None:
    view.show_picture(photo(120, 160), (20, 0, 140, 120))
    shown(view, 240, 180)
    rect = view.photo_rect()
    assert (rect.width(), rect.height()) == (240, 180)
    assert view.sizeHint().height() == 180
    image = picture(view)
    left, right = image.pixelColor(125, 90), image.pixelColor(200, 90)
    assert right.green() - left.green() > 60


def test_outside_the_crop_is_dimmed(view: ImageView) -> None:
    flat = np.full((100, 200, 3), (200, 30, 30), np.uint8)
    view.show_picture(flat, (50, 0, 150, 100))
    shown(view, 200, 100)
    image = picture(view)
    assert image.pixelColor(100, 50).name() == "#c81e1e"
    assert image.pixelColor(20, 50).name() != "#c81e1e"


def test_hovering_gives_a_place_in_the_crop(view: ImageView, qtbot) -> None:
    view.show_picture(photo(120, 160), (20, 0, 140, 120))
    shown(view, 240, 180)  # 1.5 px a pixel of the photo: the crop is from 30 to 210
    with qtbot.waitSignal(view.hovered) as caught:
        hover(view, 75, 90)
    assert caught.args == [0.5, 0.25]
    for x in (10, 230):
        with qtbot.waitSignal(view.left):
            hover(view, x, 90)
    with qtbot.waitSignal(view.left):
        leave(view)


def test_a_probe_is_drawn_over_the_photo(view: ImageView) -> None:
    view.show_picture(np.zeros((100, 100, 3), np.uint8))
    shown(view, 100, 100)
    before = picture(view)
    view.show_probe((40, 40, 60, 60))
    assert "#ffffff" in colours(picture(view))
    view.show_probe(None)
    assert picture(view) == before


def test_an_error_takes_the_photos_place(view: ImageView) -> None:
    view.show_picture(photo())
    view.show_message("This picture can't be shown", "“<b>" + "x" * 200 + "</b>.jpg” is cut off.")
    shown(view, 240, 168)
    assert "cut off" in view.accessibleDescription()
    assert theme.LIGHT.bad in colours(picture(view))
    view.clear()
    assert theme.LIGHT.bad not in colours(picture(view))


def test_a_tiny_and_a_huge_photo(view: ImageView) -> None:
    shown(view, 240, 180)
    for height, width in ((1, 1), (1, 4000), (3000, 1), (2000, 3000)):
        view.show_picture(np.zeros((height, width, 3), np.uint8), (0, 0, width, height))
        assert not picture(view).isNull()


def test_the_input_shows_and_clears(qtbot) -> None:
    widget = NetworkInput()
    qtbot.addWidget(widget)
    shown(widget, 240, 64)
    empty = picture(widget)
    widget.show_input(photo(32, 32), "32 × 32 px")
    assert widget.accessibleDescription() == "32 × 32 px"
    assert picture(widget) != empty
    widget.clear()
    assert picture(widget) == empty


@pytest.fixture
def predictions(qtbot) -> PredictionList:
    widget = PredictionList()
    qtbot.addWidget(widget)
    widget.show_predictions(PREDICTIONS, 3)
    shown(widget, 240, 200)
    return widget


def test_the_first_k_are_listed(predictions: PredictionList) -> None:
    assert len(predictions.rows.rows) == 3
    assert predictions.rows.accessibleDescription().startswith("tabby 51.4 %; tiger cat 30.2 %")


@pytest.mark.parametrize(
    ("probability", "text"), [(0.514, "51.4 %"), (0.0, "0.0 %"), (0.0001, "< 0.1 %"), (1.0, "100.0 %")]
)
def test_percent(probability: float, text: str) -> None:
    assert percent(probability) == text


def test_k_is_asked_for_step_by_step(predictions: PredictionList, qtbot) -> None:
    fewer, more = predictions.findChildren(QToolButton)
    with qtbot.waitSignal(predictions.top_k_changed) as caught:
        qtbot.mouseClick(more, Qt.LeftButton)
    assert caught.args == [4]
    for _ in range(12):
        fewer.click()
    assert predictions.k == 1
    assert not fewer.isEnabled()
    for _ in range(12):
        more.click()
    assert predictions.k == 10
    assert not more.isEnabled()


def test_rows_are_chosen_by_key_and_mouse(predictions: PredictionList, qtbot) -> None:
    with qtbot.waitSignal(predictions.selected) as caught:
        qtbot.keyClick(predictions.rows, Qt.Key_Down)
    assert caught.args == [1]
    with qtbot.waitSignal(predictions.selected) as caught:
        qtbot.mouseClick(predictions.rows.viewport(), Qt.LeftButton, pos=QPoint(20, 2 * 28 + 10))
    assert caught.args == [2]
    with qtbot.assertNotEmitted(predictions.selected):
        qtbot.keyClick(predictions.rows, Qt.Key_Down)


def test_busy_keeps_the_rows_and_clear_takes_them(predictions: PredictionList) -> None:
    before = picture(predictions)
    predictions.show_busy()
    assert len(predictions.rows.rows) == 3
    assert picture(predictions) != before
    predictions.clear()
    assert predictions.rows.rows == []
    nothing_yet = picture(predictions)
    predictions.clear("This picture has none")
    assert picture(predictions) != nothing_yet
    predictions.clear()
    assert picture(predictions) == nothing_yet


def test_ten_rows_scroll_where_there_is_no_room(predictions: PredictionList, qtbot) -> None:
    predictions.show_predictions([(f"class {i}", 0.1) for i in range(10)], 10)
    shown(predictions, 240, 120)
    qtbot.keyClick(predictions.rows, Qt.Key_End)
    assert predictions.rows.verticalScrollBar().value() > 0
