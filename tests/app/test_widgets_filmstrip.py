"""filmstrip and welcome."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import QPoint, QSize, Qt
from PyQt5.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from widget_data import colours, hover, leave, photo, picture, shown

from app import theme
from app.widgets.filmstrip import GAP_PX, ITEM_PX, MARGIN_PX, FilmItem, Filmstrip
from app.widgets.welcome import Welcome

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the off-screen plugin's own remark


def item(number: int, state: str = "done") -> FilmItem:
    return FilmItem(str(number), f"IMG_{number:04}.jpg", photo(40, 60), f"tabby {number} %", state)  # type: ignore[arg-type]


@pytest.fixture
def strip(qapp: QApplication, qtbot) -> Filmstrip:
    theme.apply(qapp, "light")
    strip = Filmstrip()
    qtbot.addWidget(strip)
    strip.show_items([item(i) for i in range(2000)])
    strip.set_current("0")
    shown(strip, 900, strip.sizeHint().height())
    return strip


def place(index: int) -> QPoint:
    return QPoint(MARGIN_PX + index * (ITEM_PX + GAP_PX) + ITEM_PX // 2, 45)


def test_only_what_is_in_sight_is_scaled(strip: Filmstrip) -> None:
    assert 0 < len(strip._scaled) <= 6
    strip.set_current("1999")
    QApplication.processEvents()
    assert len(strip._scaled) <= 12


def test_keys_walk_and_delete_asks(strip: Filmstrip, qtbot) -> None:
    for key, expected in (
        (Qt.Key_Right, "1"),
        (Qt.Key_End, "1999"),
        (Qt.Key_Left, "1998"),
        (Qt.Key_Home, "0"),
        (Qt.Key_PageDown, "4"),
    ):
        with qtbot.waitSignal(strip.selected) as caught:
            qtbot.keyClick(strip, key)
        assert caught.args == [expected]
        assert strip.current == expected
    with qtbot.waitSignal(strip.remove_requested) as caught:
        qtbot.keyClick(strip, Qt.Key_Delete)
    assert caught.args == ["4"]


def test_clicking_chooses_and_the_cross_asks(strip: Filmstrip, qtbot) -> None:
    with qtbot.waitSignal(strip.selected) as caught:
        qtbot.mouseClick(strip.viewport(), Qt.LeftButton, pos=place(2))
    assert caught.args == ["2"]
    before = picture(strip)
    hover(strip.viewport(), place(1).x(), place(1).y())
    assert picture(strip) != before
    cross = strip._cross(strip._rect(1)).center().toPoint()
    with qtbot.waitSignal(strip.remove_requested) as caught:
        qtbot.mouseClick(strip.viewport(), Qt.LeftButton, pos=cross)
    assert caught.args == ["1"]
    leave(strip.viewport())
    assert picture(strip) == before


def test_an_item_changes_in_place(strip: Filmstrip) -> None:
    before = picture(strip)
    strip.update_item(FilmItem("1", "IMG_0001.jpg", None, "can't be read", "failed"))
    assert picture(strip) != before
    strip.update_item(FilmItem("gone", "x"))


@pytest.mark.parametrize("state", ["waiting", "busy", "done", "failed"])
def test_every_state_is_drawn(strip: Filmstrip, state: str) -> None:
    strip.show_items([item(0, state), FilmItem("1", "<b>name & name</b>.jpg", None, "", state)])  # type: ignore[arg-type]
    assert not picture(strip).isNull()


def test_an_empty_strip(strip: Filmstrip, qtbot) -> None:
    strip.show_items([])
    for key in (Qt.Key_Right, Qt.Key_End, Qt.Key_Home, Qt.Key_PageDown):
        with qtbot.assertNotEmitted(strip.selected):
            qtbot.keyClick(strip, key)
    assert not picture(strip).isNull()


def test_screen_readers_hear_the_current_picture(strip: Filmstrip) -> None:
    strip.set_current("7")
    assert strip.accessibleDescription() == "8 of 2000: IMG_0007.jpg, tabby 7 %"


def test_the_welcome_invites(qapp: QApplication, qtbot) -> None:
    welcome = Welcome()
    qtbot.addWidget(welcome)
    welcome.show_samples([("cat", "a cat", photo()), ("cup", "a cup", photo(90, 30))])
    shown(welcome, 800, 600)
    assert not picture(welcome).isNull()
    with qtbot.waitSignal(welcome.open_requested):
        qtbot.mouseClick(welcome.findChild(QPushButton, "welcomeOpen"), Qt.LeftButton)
    samples = [button for button in welcome.findChildren(QAbstractButton) if not isinstance(button, QPushButton)]
    assert [button.accessibleName() for button in samples] == ["a cat", "a cup"]
    with qtbot.waitSignal(welcome.sample_chosen) as caught:
        qtbot.keyClick(samples[1], Qt.Key_Space)
    assert caught.args == ["cup"]


@pytest.mark.parametrize("width", [700, 1366, 1440])
def test_the_welcomes_drawing_stands_whole_above_its_title(qapp: QApplication, qtbot, width: int) -> None:
    """Also when the samples come after the window is on screen and move everything."""
    welcome = Welcome()
    qtbot.addWidget(welcome)
    shown(welcome, width, 640)
    welcome.show_samples([("cat", "a cat", photo())])
    QApplication.processEvents()
    drawing, title = welcome.findChild(QWidget, "welcomeDrawing"), welcome.findChildren(QLabel)[0]
    assert drawing.size() == QSize(48, 48)
    assert drawing.geometry().bottom() < title.geometry().top()
    assert abs(drawing.geometry().center().x() - welcome.rect().center().x()) <= 1
    assert theme.current().faint in colours(picture(drawing))
