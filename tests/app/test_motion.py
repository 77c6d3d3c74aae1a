"""Nothing moves where the desktop or the user wants it so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtWidgets import QApplication, QProgressBar

from app import motion
from app.widgets.weights_picker import WeightsPicker


@pytest.fixture(autouse=True)
def usual(qapp: QApplication) -> Iterator[None]:
    before = qapp.isEffectEnabled(Qt.UI_General)
    qapp.setEffectEnabled(Qt.UI_General, True)
    qapp.setEffectEnabled(Qt.UI_FadeTooltip, True)
    motion._State.usual = None
    motion.apply(qapp)
    yield
    motion.apply(qapp)
    qapp.setEffectEnabled(Qt.UI_General, before)
    motion._State.usual = None


def moving(app: QApplication) -> bool:
    return app.isEffectEnabled(Qt.UI_FadeTooltip)


def test_menus_and_tooltips_stand_still_and_move_again(qapp: QApplication) -> None:
    assert moving(qapp)
    assert motion.apply(qapp, "reduced")
    assert not moving(qapp)
    assert not motion.apply(qapp, "system")
    assert moving(qapp)


def test_the_desktop_is_obeyed(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(motion, "system_reduces", lambda: True)
    assert motion.apply(qapp, "system")
    assert not moving(qapp)


def test_a_bar_without_an_end_does_not_run_to_and_fro(qapp: QApplication, qtbot: Any) -> None:
    picker = WeightsPicker()
    qtbot.addWidget(picker)
    bar = picker.findChild(QProgressBar)
    assert bar is not None
    picker.show_progress(5_000_000, None)
    assert (bar.minimum(), bar.maximum()) == (0, 0)  # Qt's sign for it
    motion.apply(qapp, "reduced")
    picker.show_progress(6_000_000, None)
    assert (bar.maximum(), bar.value()) == (1, 0)
    picker.show_progress(5_000_000, 10_000_000)
    assert (bar.maximum(), bar.value()) == (1000, 500)


@pytest.mark.parametrize(
    ("file", "text", "reduces"),
    [
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=0\n", True),
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=0.5\n", False),
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=quick\n", False),
        ("kdeglobals", "[General]\nColorScheme=Breeze\n", False),
        ("gtk-3.0/settings.ini", "[Settings]\ngtk-enable-animations=0\n", True),
        ("gtk-4.0/settings.ini", "[Settings]\ngtk-enable-animations=false\n", True),
        ("gtk-3.0/settings.ini", "[Settings]\ngtk-enable-animations=1\n", False),
        ("gtk-3.0/settings.ini", "\0\0\0", False),
    ],
)
def test_what_desktops_keep_in_files(tmp_path: Path, file: str, text: str, reduces: bool) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)
    assert motion.files_reduce(tmp_path) is reduces


@pytest.mark.parametrize(
    ("said", "reduces"),
    [
        ({}, False),
        ({("org.freedesktop.appearance", "reduced-motion"): 1}, True),
        ({("org.freedesktop.appearance", "reduced-motion"): 0}, False),
        ({("org.gnome.desktop.interface", "enable-animations"): False}, True),
        ({("org.gnome.desktop.interface", "enable-animations"): True}, False),
    ],
)
def test_what_the_portal_says(monkeypatch: pytest.MonkeyPatch, said: dict[tuple[str, str], Any], reduces: bool) -> None:
    monkeypatch.setattr(motion, "portal_setting", lambda group, key: said.get((group, key)))
    assert motion.portal_reduces() is reduces


def test_a_desktop_without_any_of_it_lets_things_move(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setattr(motion.sys, "platform", "linux")
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    assert not motion.system_reduces()
