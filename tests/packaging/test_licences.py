"""Every file in the bundle has an owner, and every owner a licence text."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

import licences
import numpy
import PIL.Image
import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "app" / "__main__.py"


def test_owners_are_found_by_their_files(tmp_path):
    files = [OURS, Path(numpy.__file__), Path(PIL.Image.__file__), Path(argparse_file())]
    found = licences.collect(ROOT, files, tmp_path / "licences")
    assert [one.package for one in found[:4]] == ["ResNet Lens", "Python", "numpy", "pillow"]
    assert "GNU GENERAL PUBLIC LICENSE" in (tmp_path / "licences" / "ResNet Lens" / "LICENSE").read_text("utf-8")
    index = (tmp_path / "licences" / "INDEX.md").read_text("utf-8")
    assert f"| numpy | {numpy.__version__} | BSD-3-Clause" in index


def argparse_file() -> str:
    import argparse

    return argparse.__file__


def test_a_file_of_nobody_stops_the_build(tmp_path, monkeypatch):
    stray = tmp_path / "libstray.so"
    stray.touch()
    with pytest.raises(licences.LicenceError, match="libstray"):
        licences.collect(ROOT, [stray], tmp_path / "licences")


def test_a_package_without_a_text_stops_the_build(tmp_path, monkeypatch):
    monkeypatch.setattr(licences, "WITHOUT_TEXT", {})
    monkeypatch.setattr(licences, "of_distribution", lambda package: licences.Licence(package.name, "1", "?", {}))
    with pytest.raises(licences.LicenceError, match="numpy"):
        licences.collect(ROOT, [Path(numpy.__file__)], tmp_path / "licences")


@pytest.mark.parametrize("name", ["PyQt5", "PyQt5-Qt5", "PyQt5_sip", "openvino", "safetensors", "platformdirs"])
def test_what_we_ship_has_a_licence(name):
    one = licences.of_distribution(distribution(name))
    assert one.texts
    assert one.stated
