"""networkPicker, weightsPicker, devicePicker, statusLine."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtWidgets import QAction, QApplication, QHBoxLayout, QPushButton, QToolButton, QWidget
from widget_data import picture, shown

from app import theme
from app.widgets.device_picker import DevicePicker
from app.widgets.network_picker import NetworkPicker
from app.widgets.status_line import StatusLine
from app.widgets.weights_picker import WeightsChoice, WeightsPicker
from resnet_core.networks import DEPTHS, NETWORKS

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the off-screen plugin's own remark

CHOICES = [
    WeightsChoice("resnet18.cifar10", "CIFAR-10, bundled", "88.2 % on CIFAR-10", on_disk=True),
    WeightsChoice("resnet18.v1", "ImageNet V1", "69.8 % on ImageNet · 45 MB", on_disk=False),
    WeightsChoice("resnet18.mine", "mine & <b>yours</b>", "on CIFAR-10", on_disk=True, removable=True),
]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def networks(qtbot) -> NetworkPicker:
    picker = NetworkPicker()
    qtbot.addWidget(picker)
    rows = [(name, name.removeprefix("resnet"), f"About {name}", name == "resnet18") for name in NETWORKS]
    picker.show_networks(rows, "resnet18")
    shown(picker, picker.sizeHint().width(), 32)
    return picker


def test_depths_side_by_side_and_the_others_in_a_menu(networks: NetworkPicker) -> None:
    assert networks._depths.keys() == DEPTHS
    assert len(networks._more.menu().actions()) == len(NETWORKS) - len(DEPTHS)
    assert networks._depths.current() == "resnet18"


def test_a_depth_is_picked_by_mouse_and_keys(networks: NetworkPicker, qtbot) -> None:
    place = networks._depths._rects()[2].center().toPoint()
    with qtbot.waitSignal(networks.picked) as caught:
        qtbot.mouseClick(networks._depths, Qt.LeftButton, pos=place)
    assert caught.args == ["resnet50"]
    for key, expected in ((Qt.Key_Right, "resnet101"), (Qt.Key_Home, "resnet18"), (Qt.Key_End, "resnet152")):
        with qtbot.waitSignal(networks.picked) as caught:
            qtbot.keyClick(networks._depths, key)
        assert caught.args == [expected]
    with qtbot.assertNotEmitted(networks.picked):
        qtbot.keyClick(networks._depths, Qt.Key_Right)


def test_another_network_is_picked_from_the_menu(networks: NetworkPicker, qtbot) -> None:
    action = next(action for action in networks._more.menu().actions() if action.data() == "wide_resnet50_2")
    with qtbot.waitSignal(networks.picked) as caught:
        action.trigger()
    assert caught.args == ["wide_resnet50_2"]
    assert networks._more.choice() == "wide_resnet50_2"
    with qtbot.assertNotEmitted(networks.picked):
        networks.set_current("resnet34")
    assert networks._more.choice() == "More"
    assert not any(action.isChecked() for action in networks._more.menu().actions())


@pytest.fixture
def window(qtbot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def weights(window: QWidget) -> WeightsPicker:
    row = QHBoxLayout(window)
    picker = WeightsPicker()
    row.addWidget(picker, 0, Qt.AlignTop | Qt.AlignLeft)
    picker.show_choices(CHOICES, "resnet18.cifar10")
    shown(window, 700, 300)
    return picker


def button(picker: QWidget, name: str) -> QPushButton:
    return picker.window().findChild(QPushButton, name)


def actions(picker: WeightsPicker) -> list[QAction]:
    return [action for action in picker._button.menu().actions() if not action.isSeparator()]


def test_weights_are_picked(weights: WeightsPicker, qtbot) -> None:
    with qtbot.waitSignal(weights.picked) as caught:
        actions(weights)[1].trigger()
    assert caught.args == ["resnet18.mine"]


def test_only_missing_weights_have_a_download_button(weights: WeightsPicker, qtbot) -> None:
    download = button(weights, "weightsDownload")
    assert not download.isVisible()
    weights.show_choices(CHOICES, "resnet18.v1")
    assert download.isVisible()
    with qtbot.waitSignal(weights.download_requested) as caught:
        qtbot.mouseClick(download, Qt.LeftButton)
    assert caught.args == ["resnet18.v1"]


def test_progress_and_cancel(weights: WeightsPicker, qtbot) -> None:
    weights.show_choices(CHOICES, "resnet18.v1")
    weights.show_progress(43_000_000, 98_000_000)
    assert weights._bytes.text() == "43 of 98 MB"
    assert weights._bar.value() == 438
    weights.show_progress(5_300_000, None)
    assert weights._bytes.text() == "5.3 MB"
    assert not button(weights, "weightsDownload").isVisible()
    with qtbot.waitSignal(weights.cancel_requested):
        qtbot.mouseClick(weights.findChild(QToolButton, "weightsCancel"), Qt.LeftButton)
    weights.show_choices(CHOICES, "resnet18.cifar10")
    assert not weights._progress.isVisible()


def test_an_error_offers_a_way_on(weights: WeightsPicker, qtbot) -> None:
    weights.show_choices(CHOICES, "resnet18.v1")
    sentence = "The download stopped: <b>the connection</b> was lost. " * 3
    weights.show_error("resnet18.v1", sentence)
    QApplication.processEvents()
    panel = weights.window().findChild(QWidget, "weightsError")
    assert panel.isVisible()
    assert panel.accessibleName() == sentence
    assert weights.window().rect().contains(panel.geometry())
    weights.window().resize(420, 300)
    QApplication.processEvents()
    assert weights.window().rect().contains(panel.geometry())
    with qtbot.waitSignal(weights.import_requested):
        qtbot.mouseClick(button(weights, "weightsChooseFile"), Qt.LeftButton)
    assert not panel.isVisible()
    with qtbot.waitSignal(weights.download_requested) as caught:
        qtbot.mouseClick(button(weights, "weightsFailed"), Qt.LeftButton)
    assert caught.args == ["resnet18.v1"]


@pytest.mark.parametrize("again", ["weightsFailed", "weightsRetry"])
def test_what_failed_is_tried_again_whatever_was_chosen_meanwhile(weights: WeightsPicker, qtbot, again: str) -> None:
    weights.show_choices(CHOICES, "resnet18.mine")
    weights.show_error("resnet18.v1", "No connection.")
    with qtbot.waitSignal(weights.download_requested) as caught:
        qtbot.mouseClick(button(weights, again), Qt.LeftButton)
    assert caught.args == ["resnet18.v1"]


def test_the_error_closes_with_escape_and_when_other_weights_come(weights: WeightsPicker, qtbot) -> None:
    weights.show_error("resnet18.v1", "No connection.")
    panel = weights.window().findChild(QWidget, "weightsError")
    qtbot.keyClick(panel, Qt.Key_Escape)
    assert not panel.isVisible()
    weights.show_error("resnet18.v1", "No connection.")
    weights.show_choices(CHOICES, "resnet18.mine")
    assert not panel.isVisible()


def test_files_are_imported_exported_and_removed(weights: WeightsPicker, qtbot) -> None:
    texts = [action.text() for action in actions(weights)]
    assert any("Import" in text for text in texts)
    assert not any("Remove" in text for text in texts)
    weights.show_choices(CHOICES, "resnet18.mine")
    wanted = {
        "Import": weights.import_requested,
        "Export": weights.export_requested,
        "Remove": weights.remove_requested,
    }
    for word, signal in wanted.items():
        action = next(action for action in actions(weights) if action.text().startswith(word))
        with qtbot.waitSignal(signal) as caught:
            action.trigger()
        assert caught.args in ([], ["resnet18.mine"])
    weights.show_choices(CHOICES, "resnet18.v1")
    assert not any("Export" in action.text() for action in actions(weights))


def test_a_long_name_is_cut_in_the_button_only(weights: WeightsPicker) -> None:
    name = "a run with a name that goes on and on & on"
    weights.show_choices([WeightsChoice("x", name, "", on_disk=True)], "x")
    assert weights._button.choice() == name
    assert weights._button.sizeHint().width() < 280
    assert not picture(weights).isNull()


def test_devices_and_precisions(qtbot) -> None:
    picker = DevicePicker()
    qtbot.addWidget(picker)
    picker.show_devices([("auto", "Auto · CPU", ""), ("cpu", "CPU", "OpenVINO, Xeon")], "auto", "exact")
    shown(picker, 160, 32)
    assert picker._button.choice() == "Auto · CPU"
    rows = [action for action in picker._button.menu().actions() if not action.isSeparator()]
    assert [row.data() for row in rows if row.isChecked()] == ["auto", "exact"]
    with qtbot.waitSignal(picker.picked) as caught:
        rows[1].trigger()
    assert caught.args == ["cpu"]
    with qtbot.waitSignal(picker.precision_picked) as caught:
        rows[3].trigger()
    assert caught.args == ["fast"]
    picker.show_devices([("cpu", "CPU", "")], "cpu", "fast")
    assert picker._button.choice() == "CPU, fast"


def test_the_status_line(qtbot) -> None:
    status = StatusLine()
    qtbot.addWidget(status)
    shown(status, 900, 28)
    assert status.height() == 28
    status.show_run("11 ms · OpenVINO CPU · exact")
    status.show_network("resnet18.cifar10 · 88.2 % on CIFAR-10")
    assert status.accessibleDescription() == "11 ms · OpenVINO CPU · exact. resnet18.cifar10 · 88.2 % on CIFAR-10"
    status.show_busy(True)
    assert status.accessibleDescription().startswith("Looking")
    status.show_busy(False)
    details, dismiss = status.findChild(QPushButton, "statusDetails"), status.findChild(QToolButton, "statusDismiss")
    assert not details.isVisible()
    assert not dismiss.isVisible()
    status.show_notice("The GPU did not answer, so the CPU does.", "CUDA error 2")
    with qtbot.waitSignal(status.details_requested) as caught:
        qtbot.mouseClick(details, Qt.LeftButton)
    assert caught.args == ["CUDA error 2"]
    qtbot.mouseClick(dismiss, Qt.LeftButton)
    assert not dismiss.isVisible()
    status.show_notice("It ended unexpectedly.", "a stack")
    status.show_notice("A session can be reopened.")
    assert status._notice.text() == "A session can be reopened. It ended unexpectedly."
    status.show_notice("Written.")
    status.show_notice("")
    assert status._notice.text() == "It ended unexpectedly."
    with qtbot.waitSignal(status.details_requested) as caught:
        qtbot.mouseClick(details, Qt.LeftButton)
    assert caught.args == ["a stack"]
    status.show_notice("One line. " * 40)
    assert "unexpectedly" not in status._notice.text()
    assert not details.isVisible()
    shown(status, 300, 28)
    assert not picture(status).isNull()
    assert status.childAt(QPoint(290, 14)) is dismiss
