from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QIcon, QKeySequence
from PyQt5.QtWidgets import QApplication, QLabel, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from app import actions, theme
from app.dialogs.about_dialog import AboutDialog
from app.dialogs.shortcuts_dialog import ShortcutsDialog
from resnet_core.version import VERSION


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitActive(window)
    return window


@pytest.fixture
def calls() -> list[tuple[Any, ...]]:
    return []


@pytest.fixture
def handlers(calls: list[tuple[Any, ...]]) -> dict[str, Callable[..., None]]:
    def handler(spec: actions.ActionSpec) -> Callable[..., None]:
        if spec.switch:
            return lambda on: calls.append((spec.id, on))
        return lambda: calls.append((spec.id,))

    return {spec.id: handler(spec) for spec in actions.ACTIONS}


def test_ids_texts_and_keys_are_given_once() -> None:
    for values in (
        [spec.id for spec in actions.ACTIONS],
        [(spec.group, spec.text) for spec in actions.ACTIONS],
        [spec.tip for spec in actions.ACTIONS],
        [QKeySequence(key).toString() for spec in actions.ACTIONS for key in spec.keys],
    ):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_every_key_is_one_qt_knows() -> None:
    for spec in actions.ACTIONS:
        for key in spec.keys:
            assert QKeySequence(key).toString(QKeySequence.PortableText) == key


def test_mnemonics_of_a_menu_do_not_clash() -> None:
    for group in actions.GROUPS:
        letters = [spec.text.split("&", 1)[1][0].lower() for spec in actions.in_group(group) if "&" in spec.text]
        assert len(letters) == len(set(letters)), group


def test_every_icon_is_there() -> None:
    for spec in actions.ACTIONS:
        if spec.icon:
            assert not theme.icon(spec.icon).isNull(), spec.icon


def test_every_action_reaches_its_handler(
    window: QMainWindow, handlers: dict[str, Callable[..., None]], calls: list[tuple[Any, ...]]
) -> None:
    built = actions.build(window, handlers, theme.icon)
    assert built.keys() == handlers.keys()
    for action in built.values():
        action.trigger()
    assert calls == [(spec.id, True) if spec.switch else (spec.id,) for spec in actions.ACTIONS]


def test_the_keys_work_in_the_window(
    window: QMainWindow, handlers: dict[str, Callable[..., None]], calls: list[tuple[Any, ...]], qtbot: QtBot
) -> None:
    actions.build(window, handlers, theme.icon)
    qtbot.keyClick(window, Qt.Key_3)
    qtbot.keyClick(window, Qt.Key_Right, Qt.ControlModifier)
    qtbot.keyClick(window, Qt.Key_Left, Qt.AltModifier)
    qtbot.keyClick(window, Qt.Key_F11)
    assert calls == [("depth_50",), ("next_stage",), ("previous_image",), ("full_screen", True)]


def test_a_missing_or_unknown_handler_is_refused(window: QMainWindow, handlers: dict[str, Callable[..., None]]) -> None:
    handlers["dance"] = handlers.pop("open")
    with pytest.raises(ValueError, match=r"\['open'\].*\['dance'\]"):
        actions.build(window, handlers, theme.icon)


def test_choices_exclude_each_other(window: QMainWindow, handlers: dict[str, Callable[..., None]]) -> None:
    built = actions.build(window, handlers, lambda name: QIcon())
    built["theme_dark"].trigger()
    built["depth_18"].trigger()
    built["depth_101"].trigger()
    built["theme_light"].trigger()
    assert [name for name, action in built.items() if action.isChecked()] == ["theme_light", "depth_101"]


def test_tooltips_name_the_keys(window: QMainWindow, handlers: dict[str, Callable[..., None]]) -> None:
    built = actions.build(window, handlers, lambda name: QIcon())
    assert built["open"].toolTip() == "Open one picture or several (Ctrl+O)"
    assert built["theme_dark"].toolTip() == "Light on dark"
    assert built["open_folder"].objectName() == "openFolder"


def test_the_sheet_lists_every_key(qtbot: QtBot) -> None:
    dialog = ShortcutsDialog(actions.sheet())
    qtbot.addWidget(dialog)
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    for spec in actions.ACTIONS:
        if spec.keys:
            assert {actions.shown_keys(spec), spec.tip} <= texts
    for keys, meaning in actions.WIDGET_KEYS:
        assert {keys, meaning} <= texts


def test_the_sheet_fits_the_screen(qtbot: QtBot) -> None:
    dialog = ShortcutsDialog(actions.sheet())
    qtbot.addWidget(dialog)
    dialog.show()
    screen = QApplication.primaryScreen().availableGeometry()
    assert dialog.height() <= screen.height()
    assert dialog.minimumSizeHint().width() <= 1180  # the smallest window
    for label in dialog.findChildren(QLabel):
        assert label.heightForWidth(label.width()) <= label.height(), label.text()  # nothing is cut off


def test_about_names_version_and_licence(qtbot: QtBot) -> None:
    dialog = AboutDialog(icon=theme.app_icon().pixmap(64, 64))
    qtbot.addWidget(dialog)
    text = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert f"ResNet Lens {VERSION}" in text
    assert "GNU General Public License, version 3 or later" in text
    dialog.findChild(QPushButton, "copyVersionsButton").click()
    assert f"ResNet Lens {VERSION}" in QApplication.clipboard().text()
