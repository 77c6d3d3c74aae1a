"""What is different in the packaged program."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt5.QtCore import QCoreApplication

from app.packaged import find_qt_plugins


@pytest.fixture(autouse=True)
def library_paths() -> Iterator[None]:
    before = QCoreApplication.libraryPaths()
    yield
    QCoreApplication.setLibraryPaths(before)


def test_qt_finds_its_plugins_in_a_folder_of_any_name(qapp, tmp_path, monkeypatch):
    plugins = tmp_path / "日本" / "PyQt5" / "Qt5" / "plugins"
    plugins.mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "日本"), raising=False)
    find_qt_plugins()
    assert str(plugins) in map(str, map(Path, QCoreApplication.libraryPaths()))


def test_wayland_is_served_by_x11(qapp, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "wayland;xcb")
    find_qt_plugins()
    assert os.environ["QT_QPA_PLATFORM"] == "xcb"


def test_unpackaged_nothing_is_changed(qapp, monkeypatch):
    before = QCoreApplication.libraryPaths()
    monkeypatch.setenv("QT_QPA_PLATFORM", "wayland")
    find_qt_plugins()
    assert os.environ["QT_QPA_PLATFORM"] == "wayland"
    assert QCoreApplication.libraryPaths() == before
