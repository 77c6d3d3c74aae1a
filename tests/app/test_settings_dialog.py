"""The settings dialog: what is chosen counts at once, and can be taken back row by row."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtWidgets import QComboBox, QLineEdit, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from app import reports
from app.dialogs.log_dialog import LogDialog
from app.dialogs.settings_dialog import SettingsDialog
from app.settings import Settings
from app.settings_table import SETTINGS


def make(qtbot: QtBot, settings: Settings) -> tuple[SettingsDialog, list[Settings]]:
    dialog = SettingsDialog(settings, [("cpu", "CPU · a processor")])
    qtbot.addWidget(dialog)
    told: list[Settings] = []
    dialog.changed.connect(told.append)
    return dialog, told


def field(dialog: SettingsDialog, key: str, kind: type) -> object:
    row = dialog._rows[key]
    assert isinstance(row._input, kind)
    return row._input


def test_every_row_has_a_name_a_tip_and_a_field(qtbot: QtBot) -> None:
    dialog, told = make(qtbot, Settings())
    assert set(dialog._rows) == {spec.key for spec in SETTINGS}
    for row in dialog._rows.values():
        assert row._input.accessibleName()
        assert row._input.toolTip()
        assert row.reset.isHidden()
    assert told == []


def test_a_choice_counts_at_once_and_is_taken_back(qtbot: QtBot) -> None:
    dialog, told = make(qtbot, Settings())
    box = field(dialog, "colours", QComboBox)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("cividis"))
    assert told == [Settings(colours="cividis")]
    dialog._rows["colours"].reset.click()
    assert told[-1] == Settings()
    assert box.currentData() == "magma"


def test_counts_devices_and_folders(qtbot: QtBot) -> None:
    dialog, told = make(qtbot, Settings(device="cuda:1"))  # a device that is not here today stays chosen
    device = field(dialog, "device", QComboBox)
    assert isinstance(device, QComboBox)
    assert device.currentData() == "cuda:1"
    count = field(dialog, "threads", QSpinBox)
    assert isinstance(count, QSpinBox)
    count.setValue(3)
    assert told[-1].threads == 3
    folder = field(dialog, "data_folder", QLineEdit)
    assert isinstance(folder, QLineEdit)
    folder.setText("/somewhere else")
    assert told[-1] == Settings(device="cuda:1", threads=3, data_folder="/somewhere else")


def test_what_makes_no_sense_is_marked_and_not_told(qtbot: QtBot) -> None:
    dialog, told = make(qtbot, Settings())
    line = field(dialog, "mirror", QLineEdit)
    assert isinstance(line, QLineEdit)
    line.setText("mirror.example.org")
    assert told == []
    assert line.property("problem") is True
    line.setText("https://mirror.example.org")
    assert told == [Settings(mirror="https://mirror.example.org")]
    assert line.property("problem") is False


def test_reset_all(qtbot: QtBot) -> None:
    dialog, told = make(qtbot, Settings(theme="dark", top_k=9, weights="resnet50.mine"))
    dialog._all.click()
    assert told == [Settings(weights="resnet50.mine")]  # which is no row of the dialog
    assert not dialog._all.isEnabled()


def test_the_log_is_shown_without_the_users_name(qtbot: QtBot, tmp_path: Path) -> None:
    log = tmp_path / reports.LOG_NAME
    log.write_text(f"first\nsomething in {Path.home()}/pictures went wrong\n")
    dialog = LogDialog(tmp_path)
    qtbot.addWidget(dialog)
    assert dialog._text.toPlainText() == "first\nsomething in ~/pictures went wrong"
    log.write_text("second\n")
    next(button for button in dialog.findChildren(QPushButton) if "Refresh" in button.text()).click()
    assert dialog._text.toPlainText() == "second"


def test_an_empty_log(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = LogDialog(tmp_path / "none")
    qtbot.addWidget(dialog)
    assert dialog._text.toPlainText() == ""
