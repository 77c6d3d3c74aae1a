"""The degradation lab's window and its process: started, followed, stopped, found again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QDoubleSpinBox, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from widget_data import colours, picture

from app import theme
from app.degradation.lab import DegradationLab
from app.degradation.process import DegradationProcess
from app.degradation.record import Data, NetworkRow, Record, plan
from app.dialogs.degradation_dialog import DegradationDialog
from app.tasks import TaskRunner
from app.widgets.line_plot import LinePlot, PlotLine
from resnet_core.errors import DatasetError
from resnet_core.training import degradation, degradation_lab, runs
from resnet_core.training.degradation import PUBLISHED, Point

# The off-screen plugin's own remarks.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")


class FakeProcess:
    """Stands for the experiment's process: it tells what a test says."""

    def __init__(self) -> None:
        self.returncode: int | None = None
        self.commands: list[tuple[str, ...]] = []
        self.folder = Path()

    def __call__(self, *command: str, log: Path) -> FakeProcess:
        self.commands.append(command)
        self.returncode, self.folder = None, log.parent
        return self

    def poll(self) -> int | None:
        return self.returncode

    def tell(self, **event: Any) -> None:
        with (self.folder / "events.jsonl").open("a") as file:
            file.write(json.dumps(event) + "\n")

    def end(self, code: int = 0) -> None:
        self.returncode = code


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    assert runner.close()


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    for name in ("cat", "dog"):
        (tmp_path / "pets" / name).mkdir(parents=True)
        for number in range(5):
            Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(tmp_path / "pets" / name / f"{number}.png")
    return tmp_path / "pets"


@pytest.fixture
def fake() -> FakeProcess:
    return FakeProcess()


@pytest.fixture
def lab(tasks: TaskRunner, home: Path, pets: Path, fake: FakeProcess, qtbot: QtBot) -> Iterator[DegradationLab]:
    made = DegradationLab(tasks, home)
    made.process.setParent(None)
    made.process = DegradationProcess(home / "runs", home, tasks, made, launch=fake)  # type: ignore[arg-type]
    made.process.told.connect(made._told)
    made.process.ended.connect(made._ended)
    made._choose_data(pets)
    made.show()
    assert made.dialog is not None
    qtbot.addWidget(made.dialog)
    qtbot.waitUntil(lambda: tasks.idle and made.record.data.path == pets)
    yield made
    made.process.leave()


def test_data_is_looked_for_where_the_settings_say(qtbot: QtBot, tasks: TaskRunner, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "chosen" / "cifar-10-batches-py"
    folder.mkdir(parents=True)
    (folder / "data_batch_1").touch()
    made = DegradationLab(tasks, home, datasets=lambda: folder.parent)
    made.show()
    assert made.dialog is not None
    qtbot.addWidget(made.dialog)
    qtbot.waitUntil(lambda: tasks.idle and made.record.data.path == folder)


def record() -> Record:
    rows = [
        NetworkRow(
            name, "finished", 3.0, tuple(Point(name, epoch, error / epoch, 0.5) for epoch in (1.0, 2.0, 3.0)),
            signal, PUBLISHED[name],
        )
        for name, error, signal in (
            ("plain20", 0.9, (30.0, 5.0, 1.0)), ("resnet20", 0.8, (3.0, 2.0, 1.0)),
            ("plain56", 0.99, (7000.0, 80.0, 1.0)), ("resnet56", 0.75, (17.0, 4.0, 1.0)),
        )
    ]  # fmt: skip
    return Record((20, 56), Data(Path("/data/cifar"), "cifar10"), tuple(rows), begun=True, epochs=3)


def button(lab_or_dialog: DegradationLab | DegradationDialog, name: str) -> QPushButton:
    dialog = lab_or_dialog.dialog if isinstance(lab_or_dialog, DegradationLab) else lab_or_dialog
    assert dialog is not None
    return dialog.findChild(QPushButton, name)


def status(lab: DegradationLab) -> str:
    assert lab.dialog is not None
    return lab.dialog.findChild(QLabel, "degradationStatus").text()


def test_from_start_to_end(lab: DegradationLab, fake: FakeProcess, tasks: TaskRunner, qtbot: QtBot, home: Path) -> None:
    assert lab.dialog is not None
    lab.dialog.findChild(QDoubleSpinBox, "degradationEpochs").setValue(2)
    qtbot.mouseClick(button(lab, "degradationStart"), Qt.LeftButton)
    assert not button(lab, "degradationStart").isEnabled()
    qtbot.waitUntil(lambda: bool(fake.commands) and tasks.idle)
    assert fake.commands == [("degradation-lab", str(home / "runs"), str(home))]
    assert degradation_lab.read_plan(fake.folder).base.budget.epochs == 2
    fake.tell(event="signal", network="plain20", blocks={"layer1.0": 4, "layer1.1": 2})
    fake.tell(event="start", run="degradation-plain20")
    fake.tell(event="batch", run="degradation-plain20", epoch=0, images_per_second=100, share=0.4)
    fake.tell(event="epoch", run="degradation-plain20", epoch=1.0, train_accuracy=0.4, validation_accuracy=0.3)
    qtbot.waitUntil(lambda: "plain20: epoch 1 of 2 · 100 images/s" in status(lab))
    qtbot.waitUntil(lambda: lab.record.rows[0].train_error == pytest.approx(0.6))
    assert lab.record.rows[0].growth == 2
    fake.tell(event="errors")
    fake.end()
    qtbot.waitUntil(lambda: not lab.record.running)
    assert lab.record.problem == ""


def test_stop_is_an_order_in_its_folder(
    lab: DegradationLab, fake: FakeProcess, tasks: TaskRunner, qtbot: QtBot
) -> None:
    qtbot.mouseClick(button(lab, "degradationStart"), Qt.LeftButton)
    qtbot.waitUntil(lambda: bool(fake.commands) and tasks.idle)
    qtbot.mouseClick(button(lab, "degradationStop"), Qt.LeftButton)
    assert "Stopping" in status(lab)
    qtbot.waitUntil(lambda: (fake.folder / "control").exists())
    assert (fake.folder / "control").read_text() == "stop\n"
    (fake.folder / "control").unlink()  # as a process does that only begins now
    fake.tell(event="signal", network="plain20", blocks={"a": 1})
    qtbot.waitUntil(lambda: (fake.folder / "control").exists())
    fake.tell(event="stopped", run="degradation-plain20")
    fake.tell(event="stopped")
    qtbot.waitUntil(lambda: lab.process._last == {"event": "stopped"})
    assert lab.record.running  # its process is not gone yet
    fake.end()
    qtbot.waitUntil(lambda: not lab.record.running)
    assert button(lab, "degradationStart").isEnabled()


def test_a_process_that_dies_is_a_sentence(
    lab: DegradationLab, fake: FakeProcess, tasks: TaskRunner, qtbot: QtBot
) -> None:
    qtbot.mouseClick(button(lab, "degradationStart"), Qt.LeftButton)
    qtbot.waitUntil(lambda: bool(fake.commands) and tasks.idle)
    fake.tell(event="start", run="degradation-plain20")
    fake.end(-9)
    qtbot.waitUntil(lambda: "ended unexpectedly (exit code -9)" in status(lab))
    qtbot.waitUntil(lambda: tasks.idle)
    assert "What was saved is kept" in status(lab)  # also after another look at the disk
    fake.commands.clear()
    qtbot.mouseClick(button(lab, "degradationStart"), Qt.LeftButton)
    qtbot.waitUntil(lambda: bool(fake.commands) and tasks.idle)
    assert "Measuring" in status(lab)
    fake.tell(event="error", kind="dataset", message="The pictures are gone.")
    fake.end(1)
    qtbot.waitUntil(lambda: not lab.record.running and tasks.idle)
    assert status(lab) == "The pictures are gone."


def test_what_cannot_be_started_is_a_sentence(
    lab: DegradationLab, tasks: TaskRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_record: Record) -> None:
        raise DatasetError("There is nothing to train on.")

    monkeypatch.setattr("app.degradation.lab.plan", refuse)
    qtbot.mouseClick(button(lab, "degradationStart"), Qt.LeftButton)
    qtbot.waitUntil(lambda: status(lab) == "There is nothing to train on." and tasks.idle)


def test_one_that_is_under_way_is_found_and_followed(
    lab: DegradationLab, tasks: TaskRunner, qtbot: QtBot, home: Path
) -> None:
    folder = degradation_lab.prepare(home / "runs", plan(replace(lab.record, depths=(18, 34))))
    events = folder / "events.jsonl"
    events.write_text('{"event": "signal", "network": "plain18", "blocks": {"a": 6, "b": 2}}\n')
    with runs.held(folder):
        lab.show()
        qtbot.waitUntil(lambda: lab.record.running and not tasks.busy("degradation"))
        assert lab.record.depths == (18, 34)
        assert lab.record.rows[0].growth == 3
        with events.open("a") as file:
            file.write('{"event": "start", "run": "degradation-plain18"}\n')
        qtbot.waitUntil(lambda: lab.record.rows[0].state == "training")
    qtbot.waitUntil(lambda: not lab.record.running, timeout=10_000)
    assert "ended without saying why" in status(lab)


def test_starting_over_asks_first(
    lab: DegradationLab, tasks: TaskRunner, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = degradation.configurations(plan(lab.record).base, (20, 56))["plain20"]
    runs.Runs(home / "runs").create(config, "degradation-plain20")
    lab.show()
    qtbot.waitUntil(lambda: lab.record.begun and tasks.idle)
    assert button(lab, "degradationStart").text() == "&Continue"
    assert not button(lab, "degradationChoose").isEnabled()
    answer = QMessageBox.Cancel
    monkeypatch.setattr(QMessageBox, "exec_", lambda _self: answer)
    qtbot.mouseClick(button(lab, "degradationStartOver"), Qt.LeftButton)
    assert (home / "runs" / "degradation-plain20").exists()
    answer = QMessageBox.Yes
    qtbot.mouseClick(button(lab, "degradationStartOver"), Qt.LeftButton)
    qtbot.waitUntil(lambda: not lab.record.begun and tasks.idle)
    assert not (home / "runs" / "degradation-plain20").exists()


def test_other_depths(lab: DegradationLab, qtbot: QtBot) -> None:
    assert lab.dialog is not None
    lab.dialog.depths_chosen.emit((18, 34))
    qtbot.waitUntil(lambda: lab.record.depths == (18, 34))
    table = lab.dialog.findChild(QLabel, "degradationSummary")
    assert not table.isVisible()
    texts = [label.text() for label in lab.dialog.findChildren(QLabel) if label.isVisible()]
    assert "25.03 %" in texts
    assert any("ImageNet" in text for text in texts)


def test_the_window_shows_ours_beside_theirs(qapp: QApplication, qtbot: QtBot) -> None:
    dialog = DegradationDialog()
    qtbot.addWidget(dialog)
    dialog.show_record(record())
    dialog.show()
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    for expected in ("30.0 %", "33.0 %", "8.75 %", "≈ 13.5 %", "7,000×", "17×", "All four networks are trained."):
        assert expected in texts, expected
    assert any("arXiv:1512.03385" in text and "not overfitting" in text for text in texts)
    assert any("does not vanish" in text for text in texts)
    assert (
        "plain network’s training error is 3.0 points higher" in dialog.findChild(QLabel, "degradationSummary").text()
    )
    assert not button(dialog, "degradationStart").isEnabled()
    for name in ("dark", "light"):
        theme.apply(qapp, name)
        QApplication.processEvents()
        assert {theme.current().accent, theme.current().second, theme.current().panel} <= colours(picture(dialog))


def test_a_plot_gives_the_values_at_a_place(qtbot: QtBot) -> None:
    plot = LinePlot("Errors", "by epoch", lambda x: f"epoch {x:g}", lambda y: f"{100 * y:g} %")
    qtbot.addWidget(plot)
    plot.show_lines([PlotLine("a", ((1, 0.5), (2, 0.25)), "accent"), PlotLine("b", ((1, 0.75),), "second", False)], 4)
    assert plot.accessibleDescription() == "a 25 %, b 75 %"
    plot._show_at(1.0)
    assert plot.remark.text() == "epoch 1: a 50 %, b 75 %"
    plot._show_at(None)
    assert plot.remark.text() == "by epoch"
    plot.show_lines([], 4)
    assert plot.accessibleDescription() == ""
