"""What holds for every widget: its name, its accessible name, no timer while idle, a picture in both themes."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from PyQt5.QtCore import QTimer
from PyQt5.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget
from widget_data import picture, shown

from app import theme, widgets
from app.widgets._numbers import count_text, macs_text, short_text, value_text
from app.widgets.calibration_plot import CalibrationPlot
from app.widgets.channel_detail import ChannelDetail
from app.widgets.class_bars import ClassBars
from app.widgets.confusion_list import ConfusionList
from app.widgets.confusion_matrix import ConfusionMatrix
from app.widgets.degradation_table import DegradationTable
from app.widgets.device_picker import DevicePicker
from app.widgets.feature_grid import FeatureGrid
from app.widgets.filmstrip import Filmstrip
from app.widgets.image_view import ImageView
from app.widgets.network_input import NetworkInput
from app.widgets.network_picker import NetworkPicker
from app.widgets.prediction_list import PredictionList
from app.widgets.stage_strip import StageStrip
from app.widgets.status_line import StatusLine
from app.widgets.training_results import TrainingResults
from app.widgets.weights_picker import WeightsPicker
from app.widgets.welcome import Welcome
from resnet_core import feature_maps

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the off-screen plugin's own remark

ALL: dict[str, type[QWidget]] = {
    "calibrationPlot": CalibrationPlot,
    "channelDetail": ChannelDetail,
    "classBars": ClassBars,
    "confusionList": ConfusionList,
    "confusionMatrix": ConfusionMatrix,
    "degradationTable": DegradationTable,
    "devicePicker": DevicePicker,
    "featureGrid": FeatureGrid,
    "filmstrip": Filmstrip,
    "imageView": ImageView,
    "networkInput": NetworkInput,
    "networkPicker": NetworkPicker,
    "predictionList": PredictionList,
    "stageStrip": StageStrip,
    "statusLine": StatusLine,
    "trainingResults": TrainingResults,
    "weightsPicker": WeightsPicker,
    "welcome": Welcome,
}


@pytest.mark.parametrize("name", ALL)
def test_empty_in_both_themes(qapp: QApplication, qtbot, name: str) -> None:
    theme.apply(qapp, "light")
    widget = ALL[name]()
    qtbot.addWidget(widget)
    shown(widget, max(widget.minimumSizeHint().width(), 320), max(widget.sizeHint().height(), 28))
    assert widget.objectName() == name
    assert widget.accessibleName()
    light = picture(widget)
    theme.apply(qapp, "dark")
    QApplication.processEvents()
    assert picture(widget) != light
    assert not widget.findChildren(QTimer)
    for control in (*widget.findChildren(QAbstractButton), *widget.findChildren(QComboBox)):
        words = control.text() if isinstance(control, QAbstractButton) else ""
        assert control.accessibleName() or words, control
    theme.apply(qapp, "light")


def test_no_widget_imports_another_widget() -> None:
    """Design §2, rule 3: parts named _… and feature_grid's own tiles excepted."""
    folder = Path(widgets.__file__).parent
    own_parts = {
        "feature_grid": {"tile_layout", "tile_view"},
        "stage_strip": {"stage_card"},
        "tile_view": {"tile_faces", "tile_layout"},
        "tile_faces": {"tile_layout"},
        "training_results": {"confusion_list", "confusion_matrix", "results_cards"},
        "results_cards": {"calibration_plot", "class_bars", "picture_row"},
    }
    for file in folder.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("app"):
                assert node.module.startswith("app.widgets") or node.module in ("app", "app.theme", "app.i18n")
                part = node.module.removeprefix("app.widgets").lstrip(".") if "widgets" in node.module else ""
                assert not part or part.startswith("_") or part in own_parts.get(file.stem, set()), (file.name, part)


def test_the_widgets_of_the_first_window_do_without_numpy() -> None:
    """It takes 0.1 s to import: that is for the first picture."""
    first = (
        "channel_detail, device_picker, feature_grid, filmstrip, image_view, instrument_bar, instrument_page, "
        "network_input, network_picker, prediction_list, splitter, stage_strip, status_line, weights_picker, welcome"
    )
    script = f"import sys; from app.widgets import {first}; sys.exit('numpy' in sys.modules)"
    root = Path(widgets.__file__).parents[2]
    subprocess.run([sys.executable, "-c", script], cwd=root, check=True, timeout=60)


def test_the_grid_offers_all_that_maps_can_be_ranked_scaled_and_coloured_by(qapp: QApplication, qtbot) -> None:
    grid = FeatureGrid()
    qtbot.addWidget(grid)
    for choices, keys in zip(
        (grid._ranking, grid._scale, grid._colours),
        (feature_maps.RANKINGS, feature_maps.SCALES, feature_maps.COLOURS),
        strict=True,
    ):
        assert tuple(choices.itemData(row) for row in range(choices.count())) == keys


def test_labels_never_read_rich_text_from_data(qapp: QApplication, qtbot) -> None:
    status = StatusLine()
    qtbot.addWidget(status)
    status.show_notice("<b>bold</b>")
    assert "<b>bold</b>" in [label.text() for label in status.findChildren(QLabel)]
    assert picture(status) is not None


@pytest.mark.parametrize(
    ("number", "text"),
    [(464, "464"), (9536, "9.5 k"), (147_968, "148 k"), (2_099_712, "2.10 M"), (40.6e6, "40.6 M"), (999_999, "1.00 M")],
)
def test_counts(number: float, text: str) -> None:
    assert count_text(number) == text


@pytest.mark.parametrize(("number", "text"), [(4.1e8, "0.41 GMAC"), (442_368, "442 kMAC"), (1.151e10, "11.51 GMAC")])
def test_macs(number: float, text: str) -> None:
    assert macs_text(number) == text


@pytest.mark.parametrize(
    ("value", "text", "short"),
    [
        (2.384, "2.38", "2.38"),
        (-0.84, "−0.84", "−0.84"),
        (0.0, "0", "0"),
        (0.000637, "0.000637", "6e−4"),
        (7182.8, "7183", "7183"),
        (-12345.0, "−12345", "−12345"),
        (-123456.0, "−1.23e+05", "−1e5"),
        (512.4, "512", "512"),
        (float("nan"), "not a number", "nan"),
    ],
)
def test_values(value: float, text: str, short: str) -> None:
    assert value_text(value) == text
    assert short_text(value) == short
