"""What lies over the photo: a smooth map with its slider, and a crosshair."""

from __future__ import annotations

import numpy as np
import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QSlider
from widget_data import colours, picture, shown

from app import theme
from app.instruments.base import Overlay
from app.widgets._overlay_strip import STRIP_PX
from app.widgets.image_view import ImageView

GREY = np.full((120, 160, 3), 128, np.uint8)
CROP = (20.0, 0.0, 140.0, 120.0)
SIGNED = Overlay(np.array([[0, 2], [-2, 0]], np.float32), -2, 2, "Evidence for “tabby”", signed=True)


@pytest.fixture
def view(qapp: QApplication, qtbot) -> ImageView:
    theme.apply(qapp, "light")
    view = ImageView()
    qtbot.addWidget(view)
    view.show_picture(GREY, CROP)
    shown(view, 240, 180 + STRIP_PX)
    return view


def slider(view: ImageView) -> QSlider:
    (found,) = view.findChildren(QSlider)
    return found


def test_an_overlay_has_a_slider_and_says_what_it_is(view: ImageView) -> None:
    assert not slider(view).isVisible()
    without = view.sizeHint().height()
    view.show_overlay(SIGNED)
    QApplication.processEvents()
    assert slider(view).isVisible()
    assert view.sizeHint().height() == without + STRIP_PX
    words = " ".join(label.text() for label in view._strip.findChildren(type(view._strip._name)))
    assert "Evidence for “tabby”" in words
    assert "smoothed" in words
    assert "Orange for, blue against" in words
    view.show_overlay(None)
    assert not slider(view).isVisible()
    assert view.sizeHint().height() == without


def test_it_colours_the_crop_and_nothing_else(view: ImageView) -> None:
    before = picture(view)
    view.show_overlay(SIGNED)
    after = picture(view)
    rect = view.photo_rect()
    crop = view.crop_rect()
    upper_right = after.pixelColor(round(crop.right()) - 12, round(crop.y()) + 12)
    lower_left = after.pixelColor(round(crop.x()) + 12, round(crop.bottom()) - 12)
    assert upper_right.red() > upper_right.blue() + 40
    assert lower_left.blue() > lower_left.red() + 40
    outside = round(rect.x()) + 5, round(rect.center().y())
    assert after.pixelColor(*outside) == before.pixelColor(*outside)


def test_the_slider_is_its_strength(view: ImageView, qtbot) -> None:
    view.show_overlay(SIGNED)
    strong = picture(view)
    slider(view).setValue(0)
    rect = view.photo_rect().toRect().adjusted(12, 12, -12, -12)
    view.show_overlay(SIGNED)
    nothing = picture(view).copy(rect)
    slider(view).setFocus()
    qtbot.keyClick(slider(view), Qt.Key_End)
    assert picture(view).copy(rect) != nothing
    assert picture(view).copy(rect) != strong.copy(rect)
    view.show_overlay(None)
    view.resize(240, 180 + STRIP_PX)
    assert view.photo_rect().width() == 240


def test_another_photo_is_not_shown_under_it(view: ImageView) -> None:
    view.show_overlay(SIGNED)
    other = np.full((120, 160, 3), 127, np.uint8)
    view.show_picture(other, CROP)
    middle = view.crop_rect().toRect().adjusted(8, 8, -8, -8)
    assert colours(picture(view).copy(middle)) == {"#7f7f7f"}
    assert slider(view).isVisible()  # what comes takes its place, and nothing jumps
    view.show_overlay(None)
    assert not slider(view).isVisible()


def test_it_stays_while_the_same_photo_is_asked_about_again(view: ImageView) -> None:
    view.show_overlay(SIGNED)
    before = picture(view)
    view.show_picture(GREY, CROP)
    assert picture(view) == before


def test_a_failure_takes_it_away(view: ImageView) -> None:
    view.show_overlay(SIGNED)
    view.show_message("No", "It is broken.")
    assert not slider(view).isVisible()
    view.show_overlay(SIGNED)  # late, for a photo that is gone
    assert not slider(view).isVisible()


@pytest.mark.parametrize("crop", [None, (-20.0, -20.0, 180.0, 140.0), (0.0, 0.0, 0.4, 0.4)])
def test_any_crop(view: ImageView, crop) -> None:
    """None at all; one that reaches outside; one that is less than a pixel."""
    view.show_picture(GREY, crop)
    view.show_overlay(Overlay(np.array([[1.0]], np.float32), 0, 1, "All of it"))
    assert not picture(view).isNull()
    view.show_overlay(Overlay(np.zeros((7, 7), np.float32), 0, 0, "Nothing", signed=True))
    assert not picture(view).isNull()


def test_a_marker_is_a_crosshair_in_the_crop(view: ImageView) -> None:
    before = picture(view)
    view.show_marker(0.5, 0.25)
    marked = picture(view)
    crop = view.crop_rect()
    place = round(crop.x() + 0.25 * crop.width()), round(crop.y() + 0.5 * crop.height())
    around = [(place[0] + dx, place[1] + dy) for dx in range(-6, 7) for dy in range(-6, 7)]
    assert any(marked.pixelColor(*one) != before.pixelColor(*one) for one in around)
    view.show_marker(0, None)
    assert picture(view) == before
