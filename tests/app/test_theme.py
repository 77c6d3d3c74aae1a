"""Colours that can be read, icons that are there, one style sheet."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PyQt5.QtCore import QEvent, QSize
from PyQt5.QtGui import QPalette
from PyQt5.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from widget_data import colours

from app import theme
from app.stylesheet import stylesheet
from resnet_core.resource_files import resource_dir

ICONS = sorted((resource_dir() / "icons").glob("*.svg"))


@pytest.mark.parametrize("file", ICONS, ids=lambda file: file.stem)
def test_every_icon_is_drawn(qapp: QApplication, file: Path) -> None:
    root = ET.parse(file).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    for side in (16, 24, 64):
        image = theme.icon(file.stem).pixmap(side, side).toImage()
        assert not image.isNull()
        drawn = sum(image.pixelColor(x, y).alpha() > 60 for x in range(image.width()) for y in range(image.height()))
        assert drawn >= 8


def test_the_application_icon_can_be_told_apart_at_16_px(qapp: QApplication) -> None:
    image = theme.app_icon().pixmap(16, 16).toImage()
    lightness = [image.pixelColor(x, y).lightness() for x in range(16) for y in range(16)]
    assert max(lightness) - min(lightness) > 150


def test_an_unknown_icon_fails_where_it_is_asked_for(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        theme.icon("no-such-icon")


def test_icons_follow_the_theme_without_being_made_again(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    icon = theme.icon("plus")
    light = colours(icon.pixmap(24, 24).toImage())
    theme.apply(qapp, "dark")
    dark = colours(icon.pixmap(24, 24).toImage())
    assert theme.LIGHT.text in light
    assert theme.DARK.text in dark
    assert theme.LIGHT.text not in dark


def test_applying_changes_everything_once(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    told: list[str] = []

    def tell() -> None:
        told.append(theme.current().name)

    theme.changed.connect(tell)
    try:
        theme.apply(qapp, "dark")
        theme.apply(qapp, "dark")
        assert qapp.palette().color(QPalette.Window).name() == theme.DARK.window
        theme.apply(qapp, "system")
    finally:
        theme.changed.disconnect(tell)
    assert told == ["dark", "light"]  # off-screen, the system is light


def test_a_widget_is_not_dressed_once_for_each_of_its_ancestors(qapp: QApplication, qtbot) -> None:
    class Counting(QWidget):
        dressed = 0

        def event(self, event: QEvent) -> bool:
            self.dressed += event.type() == QEvent.StyleChange
            return super().event(event)

    theme.apply(qapp, "light")
    outermost = parent = QWidget()
    for _ in range(10):
        parent = QWidget(parent)
    innermost = Counting(parent)
    qtbot.addWidget(outermost)
    outermost.show()
    before = innermost.dressed
    theme.apply(qapp, "dark")
    assert 1 <= innermost.dressed - before <= 2


def test_a_property_that_changes_changes_what_is_seen(qapp: QApplication, qtbot) -> None:
    theme.apply(qapp, "light")
    label = QLabel("Not there")
    qtbot.addWidget(label)
    label.show()
    for role, token in (("error", theme.LIGHT.bad), ("muted", theme.LIGHT.muted), ("error", theme.LIGHT.bad)):
        theme.dress(label, "role", role)
        assert label.palette().color(QPalette.WindowText).name() == token


def test_buttons_are_dressed_in_both_themes(qapp: QApplication, qtbot) -> None:
    button = QPushButton("Open")
    qtbot.addWidget(button)
    for choice, tokens in (("dark", theme.DARK), ("light", theme.LIGHT)):
        theme.apply(qapp, choice)
        button.resize(button.sizeHint())
        assert button.height() == 32
        assert tokens.panel in colours(button.grab().toImage())


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=lambda tokens: tokens.name)
def test_the_style_sheet_is_complete(tokens: theme.Tokens) -> None:
    sheet = stylesheet(tokens)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    for file in re.findall(r"url\(icons:([^)]+)\)", sheet):
        assert (resource_dir() / "icons" / file).is_file()


def test_the_font_has_the_body_size(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    assert qapp.font().pixelSize() == theme.BODY_PX
    assert theme.font(theme.SMALL_PX, bold=True).pixelSize() == 11


@pytest.mark.parametrize("size", [(0, 0), (16, 0), (-1, -1)])
def test_an_icon_without_room_is_nothing(qapp: QApplication, size: tuple[int, int]) -> None:
    assert theme.render_icon("download", QSize(*size), "text").isNull()
    assert theme.icon("download").pixmap(*size).isNull()
