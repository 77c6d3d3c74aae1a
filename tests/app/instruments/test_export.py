"""Figures that say what they show, and numbers that can be read again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from PyQt5.QtCore import QRectF
from PyQt5.QtGui import QImage, QPainter
from PyQt5.QtSvg import QSvgRenderer
from PyQt5.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from widget_data import colours, picture, shown

from app import theme
from app.instruments import export
from app.instruments.export import Heading
from app.widgets import _painting as paint
from resnet_core.evidence.numbers import Numbers
from resnet_core.version import VERSION

HEADING = Heading(
    "X-ray & <more>", "What F adds", (("Picture", "ein <b>Bild</b> & mehr.png"), ("Network", "resnet18.cifar10"))
)
RED = np.zeros((4, 4, 3), np.uint8)
RED[0, 0] = (255, 0, 0)


class Panel(QWidget):
    """A map with a soft and one with sharp corners, text and a control."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(QLabel("Some words"))
        column.addWidget(QPushButton("Press"))

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("panel"))
        paint.draw_map(painter, QRectF(10, 10, 80, 80), paint.to_image(RED))
        paint.draw_rounded(painter, QRectF(110, 10, 80, 80), paint.to_image(RED), 6)


@pytest.fixture(params=["light", "dark"])
def panel(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Panel]:
    theme.apply(QApplication.instance(), request.param)
    made = Panel()
    qtbot.addWidget(made)
    shown(made, 300, 200)
    yield made
    theme.apply(QApplication.instance(), "light")


def rendered(svg: bytes) -> QImage:
    renderer = QSvgRenderer(svg)
    assert renderer.isValid()
    image = QImage(renderer.defaultSize(), QImage.Format_RGB32)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def test_a_png_is_light_and_says_what_it_is(panel: Panel) -> None:
    with Image.open(io.BytesIO(export.figure(panel, HEADING, "png")())) as image:
        texts = image.text  # type: ignore[attr-defined]
        pixels = np.asarray(image.convert("RGB"))
    assert texts["Title"] == "X-ray & <more>"
    assert texts["Picture"] == "ein <b>Bild</b> & mehr.png"
    assert texts["Software"] == f"ResNet Lens {VERSION}"
    assert "What F adds" in texts["Description"]
    assert pixels.shape[1] == 2 * (300 + 2 * export.MARGIN_PX)
    assert (pixels[2, 2] == 255).all()
    red = (pixels == (255, 0, 0)).all(axis=2)
    assert red.sum() > 2 * 0.9 * 40 * 40  # a corner of one is round


def test_an_svg_has_its_maps_and_words(panel: Panel) -> None:
    svg = export.figure(panel, HEADING, "svg")()
    root = ElementTree.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{space}title") == "X-ray & <more>"
    described = root.findtext(f"{space}desc") or ""
    assert "ein <b>Bild</b> & mehr.png" in described
    assert f"ResNet Lens {VERSION}" in described
    assert len(root.findall(f".//{space}image")) == 2
    assert {"X-ray & <more>", "Some words", "resnet18.cifar10"} <= {text.text for text in root.iter(f"{space}text")}
    image = rendered(svg)
    assert image.pixelColor(1, 1).name() == "#ffffff"
    assert "#ff0000" in colours(image)


def test_a_pdf_is_one_page_of_its_size(panel: Panel) -> None:
    pdf = export.figure(panel, HEADING, "pdf")()
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert "X-ray & <more>".encode("utf-16-be") in pdf
    assert "resnet18.cifar10".encode("utf-16-be") in pdf
    assert f"ResNet Lens {VERSION}".encode("utf-16-be") in pdf
    assert pdf.count(b"/Subtype /Image") >= 2
    assert b"/DCTDecode" not in pdf  # a map's colours are exact


def test_the_window_looks_as_before(panel: Panel) -> None:
    before = picture(panel)
    for kind in export.FIGURES:
        export.figure(panel, HEADING, kind)()
    assert picture(panel) == before
    QApplication.processEvents()
    assert picture(panel) == before


NUMBERS = Numbers(
    {"weights": "resnet18.cifar10", "block": "layer1.0"},
    [{"channel": 3, "label": "=cmd()", "field": [1, 2]}, {"channel": 4, "label": "tabby", "field": [3, 4]}],
    "channels",
    {"residual": np.arange(6, dtype=np.float32).reshape(2, 3)},
)


def test_numbers_as_json() -> None:
    found = json.loads(export.numbers_file(NUMBERS, HEADING, "json"))
    assert found["weights"] == "resnet18.cifar10"
    assert found["channels"][1] == {"channel": 4, "label": "tabby", "field": [3, 4]}
    assert found["arrays"] == {"residual": [2, 3]}
    assert found["figure"]["Picture"] == "ein <b>Bild</b> & mehr.png"


def test_numbers_as_a_table_that_runs_nothing() -> None:
    rows = list(csv.DictReader(io.StringIO(export.numbers_file(NUMBERS, HEADING, "csv").decode())))
    assert rows[0] == {"channel": "3", "label": "'=cmd()", "field": "[1, 2]"}
    facts = list(csv.reader(io.StringIO(export.numbers_file(Numbers({"a": 1.5, "b": "x"}), HEADING, "csv").decode())))
    assert facts == [["name", "value"], ["a", "1.5"], ["b", "x"]]


def test_numbers_as_arrays() -> None:
    assert np.array_equal(np.load(io.BytesIO(export.numbers_file(NUMBERS, HEADING, "npy"))), NUMBERS.arrays["residual"])
    with np.load(io.BytesIO(export.numbers_file(NUMBERS, HEADING, "npz"))) as found:
        assert np.array_equal(found["residual"], NUMBERS.arrays["residual"])
        assert json.loads(str(found["facts"]))["figure"]["Network"] == "resnet18.cifar10"


def test_a_table_without_arrays_has_its_columns_as_arrays() -> None:
    rows = [
        {"block": "layer1.0", "ratio": 0.5, "index": 3, "cosine": None, "path": None, "field": [1, 2]},
        {"block": "layer1.1", "ratio": 2.0, "index": 4, "cosine": -1.0, "path": "a.png", "field": {"y": 1}},
    ]
    numbers = Numbers({"weights": "resnet18.cifar10"}, rows, "blocks")
    assert export.kinds_of(numbers) == ("json", "csv", "npz")
    with np.load(io.BytesIO(export.numbers_file(numbers, HEADING, "npz")), allow_pickle=False) as found:
        assert set(found) == {*rows[0], "facts"}
        assert found["block"].tolist() == ["layer1.0", "layer1.1"]
        assert found["ratio"].tolist() == [0.5, 2.0]
        assert found["index"].tolist() == [3, 4]
        assert np.isnan(found["cosine"]).tolist() == [True, False]
        assert found["path"].tolist() == ["", "a.png"]
        assert [json.loads(cell) for cell in found["field"]] == [[1, 2], {"y": 1}]
        assert json.loads(str(found["facts"]))["weights"] == "resnet18.cifar10"
    assert "arrays" not in numbers.as_json()


def test_only_kinds_that_hold_something_are_offered() -> None:
    assert export.kinds_of(None) == ()
    assert export.kinds_of(Numbers({"a": 1})) == ("json", "csv")
    assert export.kinds_of(NUMBERS) == ("json", "csv", "npy", "npz")
    two = Numbers({}, arrays={"a": np.zeros(1, np.float32), "b": np.zeros(1, np.float32)})
    assert export.kinds_of(two) == ("json", "csv", "npz")
