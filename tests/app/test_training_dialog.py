"""The training dialog with a process that does what the test says."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import QObject, Qt, pyqtSignal
from PyQt5.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from small_training import config, write_folder
from widget_data import picture, shown

from app import theme
from app.library import Library
from app.session import Session
from app.tasks import TaskRunner
from app.training.ends import Ending
from app.training.room import TrainingRoom
from app.training.training import Training
from app.widgets._plots import ticks_between
from app.widgets._training import Curves, DataState, Defaults, Progress, RunRow, StageHealth, WeightsOption
from app.widgets.stage_health import StageHealthCard
from app.widgets.training_curves import accuracy_curves, loss_curves, show_curves
from app.widgets.training_facts import TrainingFacts
from app.widgets.training_form import TrainingForm
from app.widgets.training_notice import TrainingNotice
from app.widgets.training_progress import TrainingProgress
from app.widgets.training_runs import TrainingRuns
from resnet_core.errors import DownloadError
from resnet_core.training.runs import Runs, held
from resnet_core.weights.store import WeightsStore

pytestmark = pytest.mark.qt_log_ignore("raise\\(\\)", "propagateSizeHints")  # the off-screen plugin's own remarks

START = {"event": "start", "time": 1.0, "network": "resnet20", "parameters": 1, "dataset": "colours", "classes": ["a"],
         "train_images": 39, "validation_images": 4, "test_images": 6, "batch_size": 8, "batches": 5, "epochs": 4.0,
         "minutes": None, "device": "cpu", "precision": "float32", "skipped": [], "epochs_done": 0.0}  # fmt: skip
BATCH = {"event": "batch", "time": 2.0, "epoch": 0, "batch": 3, "batches": 5, "loss": 1.0, "accuracy": 0.5,
         "learning_rate": 0.1, "images_per_second": 64.0, "share": 0.15, "eta_s": 60.0}  # fmt: skip


class FakeProcess(QObject):
    """Writes down what it is asked for."""

    told = pyqtSignal(object, bool)
    state_changed = pyqtSignal(str)
    ended = pyqtSignal(object)
    notice = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.run, self.state, self.asked = "", "idle", list[tuple[Any, ...]]()
        self.loading = False

    @property
    def under_way(self) -> bool:
        return self.state not in ("idle", "ended")

    def be(self, state: str) -> None:
        self.state = state
        self.state_changed.emit(state)

    def start(self, config: object, name: str) -> None:
        self.run = name
        self.asked.append(("start", config, name))
        self.be("starting")

    def resume(self, name: str, change: object = None) -> None:
        self.run = name
        self.asked.append(("resume", name, change))
        self.be("starting")

    def adopt(self, name: str) -> None:
        self.run = name
        self.asked.append(("adopt", name))
        self.be("starting")

    def pause(self) -> None:
        self.be("pausing")

    def go_on(self) -> None:
        self.be("resuming")

    def stop(self) -> None:
        self.be("stopping")

    def close(self) -> bool:
        return True

    def end(self, ending: Ending) -> None:
        self.be("ended")
        self.ended.emit(ending)


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    assert runner.close(20)


@pytest.fixture
def session(home: Path, tasks: TaskRunner) -> Session:
    return Session(lambda: None, Library(WeightsStore(home), tasks, "resnet18.cifar10"), tasks)  # type: ignore[arg-type,return-value]


@pytest.fixture
def enter(qtbot: QtBot, session: Session, tasks: TaskRunner) -> Iterator[Callable[[], TrainingRoom]]:
    """Opens the dialog, and waits until it knows what is on the disk."""
    rooms: list[TrainingRoom] = []

    def entered() -> TrainingRoom:
        room = TrainingRoom(session, tasks, session, FakeProcess())  # type: ignore[arg-type]
        rooms.append(room)
        room.open()
        qtbot.waitUntil(lambda: tasks.idle and room.dialog.accuracy is not None, timeout=20_000)
        return room

    theme.apply(QApplication.instance(), "light")
    yield entered
    for room in rooms:
        room.close()


@pytest.fixture
def colours(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "colours")


def message(room: TrainingRoom) -> str:
    return room.dialog.findChild(QLabel, "trainingMessage").text()


def make_run(home: Path, name: str, *events: dict[str, Any]) -> Path:
    folder = Runs(home / "runs").create(config(), name)
    (folder / "events.jsonl").write_text("".join(json.dumps({**e, "time": time.time()}) + "\n" for e in events))
    return folder


def test_without_data_it_says_what_to_do(enter: Callable[[], TrainingRoom], monkeypatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    room = enter()
    assert room.dialog.form.data.state().stage == "missing"
    assert "Download it, or choose a folder" in room.dialog.form.data.state().note
    assert not room.dialog.form.start.isEnabled()
    assert room.dialog.pages.currentWidget().findChildren(QLabel)[1].text() == "Nothing is being trained"


def test_a_damaged_data_set_is_named_file_by_file(qtbot: QtBot, enter: Callable[[], TrainingRoom], home: Path) -> None:
    folder = home / "datasets" / "cifar-10-batches-py"
    folder.mkdir(parents=True)
    (folder / "test_batch").write_bytes(b"cut off")
    room = enter()
    state = room.dialog.form.data.state()
    assert state.stage == "bad"
    assert "data_batch_1 is missing" in state.note
    assert "test_batch differs from the official file" in state.note


def test_a_run_from_start_to_finish(
    qtbot: QtBot, enter: Callable[[], TrainingRoom], colours: Path, tasks: TaskRunner, session: Session
) -> None:
    room = enter()
    process, dialog, form = room.process, room.dialog, room.dialog.form
    room.preparation.choose_data(colours)
    qtbot.waitUntil(form.start.isEnabled, timeout=20_000)
    assert form.data.state().note == "3 classes, 48 pictures: blue 16, green 16, red 16."
    form._pick_network("resnet20")
    assert form.wish().name == "colours-resnet20"
    qtbot.mouseClick(form.start, Qt.LeftButton)
    [(word, made, name)] = process.asked
    assert (word, name, made.start.network, made.data.kind) == ("start", "colours-resnet20", "resnet20", "folder")
    assert made.budget.minutes == 10
    assert not form.start.isEnabled()
    assert "some seconds" in message(room)

    process.be("training")
    process.told.emit((START, BATCH), False)
    qtbot.waitUntil(lambda: "step 3" in dialog.progress.accessibleDescription(), timeout=5000)
    assert "64 images/s" in dialog.progress.accessibleDescription()
    assert dialog.loss.accessibleDescription() == "training 1.000, validation"
    assert "training goes on" in message(room)

    qtbot.mouseClick(dialog.go, Qt.LeftButton)
    assert process.state == "pausing"
    process.be("paused")
    assert dialog.go.text() == "Resume"
    assert not dialog.go.shortcut().isEmpty()
    qtbot.mouseClick(dialog.go, Qt.LeftButton)
    assert process.state == "resuming"
    process.be("training")
    qtbot.mouseClick(dialog.stop, Qt.LeftButton)
    assert process.state == "stopping"
    assert not dialog.stop.isEnabled()
    process.end(Ending("colours-resnet20", "stopped", "Stopped after 1 epoch.", True))
    assert message(room) == "Stopped after 1 epoch."
    assert form.start.isEnabled()

    qtbot.mouseClick(dialog.go, Qt.LeftButton)  # Resume
    assert process.asked[-1][:2] == ("resume", "colours-resnet20")
    done = {"event": "done", "time": 3.0, "test_accuracy": 0.9, "test_images": 10, "weights": "resnet18.cifar10"}
    process.be("training")
    process.told.emit((START, done), False)
    process.end(Ending("colours-resnet20", "finished", "Finished: 90.00 % of 10 test pictures right.", False))
    assert dialog.page == "results"
    assert dialog.windowTitle() == "colours-resnet20: finished – Train a network – ResNet Lens"
    used: list[str] = []
    session.notice.connect(lambda text, _: used.append(text))
    room._show_page("run")
    assert dialog.use.isEnabled()
    qtbot.mouseClick(dialog.use, Qt.LeftButton)
    assert used == ["resnet18.cifar10 is in use."]
    qtbot.waitUntil(lambda: tasks.idle, timeout=20_000)


def test_a_half_done_run_is_shown_and_offered(
    qtbot: QtBot, enter: Callable[[], TrainingRoom], home: Path, tasks: TaskRunner, monkeypatch
) -> None:
    make_run(home, "evening", START, {"event": "checkpoint", "epochs": 2.0}, {"event": "stopped", "epochs": 2.0})
    room = enter()
    qtbot.waitUntil(lambda: room.record.run == "evening", timeout=20_000)
    assert room.dialog.notice.text() == "evening stopped at epoch 2 of 2."
    assert room.dialog.go.text() == "Resume"
    qtbot.mouseClick(room.dialog.findChild(QPushButton, "trainingNotice_resume"), Qt.LeftButton)
    assert room.process.asked == [("resume", "evening", None)]
    assert room.dialog.notice.isHidden()


def test_a_half_done_run_can_be_discarded(
    qtbot: QtBot, enter: Callable[[], TrainingRoom], home: Path, tasks: TaskRunner, monkeypatch
) -> None:
    folder = make_run(home, "evening", START, {"event": "stopped", "epochs": 2.0})
    room = enter()
    qtbot.waitUntil(lambda: room.record.run == "evening", timeout=20_000)
    monkeypatch.setattr(QMessageBox, "exec_", lambda box: None)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])
    qtbot.mouseClick(room.dialog.findChild(QPushButton, "trainingNotice_discard"), Qt.LeftButton)
    qtbot.waitUntil(lambda: not folder.exists() and tasks.idle, timeout=20_000)
    assert room.record.run == ""


def test_a_run_that_begins_anew_says_why(enter: Callable[[], TrainingRoom], home: Path) -> None:
    room = enter()
    make_run(home, "evening", START)
    room.resume("evening")
    room.process.told.emit((START,), False)
    assert room.dialog.notice.isHidden()
    room.process.told.emit(({**START, "started_over": True},), False)
    assert room.dialog.notice.text().startswith("What evening had saved was damaged, so it begins anew.")


def test_a_question_about_a_run_goes_with_it(
    qtbot: QtBot, enter: Callable[[], TrainingRoom], home: Path, tasks: TaskRunner, monkeypatch
) -> None:
    folder = make_run(home, "evening", START, {"event": "stopped", "epochs": 2.0})
    room = enter()
    qtbot.waitUntil(lambda: not room.dialog.notice.isHidden(), timeout=20_000)
    monkeypatch.setattr(QMessageBox, "exec_", lambda box: None)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])
    room.remove("evening")  # from the list of earlier runs
    qtbot.waitUntil(lambda: not folder.exists() and tasks.idle, timeout=20_000)
    assert room.dialog.notice.isHidden()


def test_a_failure_says_what_helps(qtbot: QtBot, enter: Callable[[], TrainingRoom], home: Path) -> None:
    room = enter()
    make_run(home, "evening", START)  # the list of runs does not know it yet
    room.resume("evening")
    notice = room.dialog.notice
    room.process.end(Ending("evening", "failed", "The loss became infinite.", True, "diverged"))
    qtbot.waitUntil(lambda: not notice.isHidden(), timeout=20_000)
    assert notice.text() == "The loss became infinite."
    button = room.dialog.findChild(QPushButton, "trainingNotice_rate")
    assert button.text() == "Resume at rate 0.0125"
    qtbot.mouseClick(button, Qt.LeftButton)
    word, name, change = room.process.asked[-1]
    assert (word, name, change(config()).recipe.learning_rate) == ("resume", "evening", 0.0125)


def test_a_run_whose_configuration_is_damaged_can_only_be_removed(
    qtbot: QtBot, enter: Callable[[], TrainingRoom], home: Path, tasks: TaskRunner, monkeypatch
) -> None:
    folder = make_run(home, "evening", START, {"event": "checkpoint", "epochs": 2.0}, {"event": "stopped", "epochs": 2})
    (folder / "last.pt").write_bytes(b"a saved state")
    room = enter()
    qtbot.waitUntil(lambda: room.dialog.findChild(QPushButton, "trainingNotice_resume") is not None, timeout=20_000)
    (folder / "config.json").write_text("{", encoding="utf-8")
    room.resume("evening")
    room.process.end(Ending("evening", "failed", "It can't be used.", True))
    qtbot.waitUntil(lambda: room.dialog.findChild(QPushButton, "trainingNotice_remove") is not None, timeout=20_000)
    assert "The run evening can't be used" in room.dialog.notice.text()
    assert room.dialog.findChild(QPushButton, "trainingNotice_resume") is None
    assert not room.dialog.go.isEnabled()
    monkeypatch.setattr(QMessageBox, "exec_", lambda box: None)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])
    qtbot.mouseClick(room.dialog.findChild(QPushButton, "trainingNotice_remove"), Qt.LeftButton)
    qtbot.waitUntil(lambda: not folder.exists() and tasks.idle, timeout=20_000)


def test_a_run_begun_in_a_terminal_is_noticed(
    qtbot: QtBot, enter: Callable[[], TrainingRoom], home: Path, tasks: TaskRunner
) -> None:
    room = enter()
    room._tick()
    assert tasks.idle
    folder = make_run(home, "elsewhere", START)
    with held(folder):
        room._tick()
        qtbot.waitUntil(lambda: room.process.asked == [("adopt", "elsewhere")], timeout=20_000)


def test_while_pytorch_is_loaded_the_orders_wait(enter: Callable[[], TrainingRoom]) -> None:
    room = enter()
    room.adopt("new")
    room.process.loading = True
    room.process.pause()
    assert message(room) == "PyTorch is still being loaded: it pauses before the first step …"
    room.process.loading = False
    room._tick()
    assert message(room) == "Pausing after this step …"


def test_the_end_of_a_training_is_told_where_another_run_is_looked_at(
    qtbot: QtBot, enter: Callable[[], TrainingRoom], home: Path, tasks: TaskRunner, session: Session, monkeypatch
) -> None:
    make_run(home, "old", START, {"event": "stopped", "epochs": 2.0})
    refreshed, heard = list[bool](), list[str]()
    session.notice.connect(lambda sentence, _details: heard.append(sentence))
    monkeypatch.setattr(session.library, "refresh", lambda: refreshed.append(True))
    for how, text in (("failed", "The disk is full."), ("finished", "91 % of the test pictures.")):
        room = enter()
        room.resume("evening")
        room.look_at("old")
        qtbot.waitUntil(lambda room=room: room.record.run == "old" and tasks.idle, timeout=20_000)
        assert room._questions.asking  # about that one
        if how == "finished":
            room._questions.clear()
        room.process.end(Ending("evening", how, text, True))  # type: ignore[arg-type]
        in_dialog = room.dialog.notice.text() == f"evening: {text}"
        assert in_dialog == (how == "finished")  # what is asked stays: then the main window tells it
        assert (f"evening: {text}" in heard) != in_dialog
        assert room.record.run == "old"
        assert bool(refreshed) == (how == "finished")
        qtbot.waitUntil(lambda: tasks.idle, timeout=20_000)


def test_another_run_is_looked_at_while_one_is_trained(
    qtbot: QtBot, enter: Callable[[], TrainingRoom], home: Path, tasks: TaskRunner
) -> None:
    make_run(home, "old", START, {"event": "stopped", "epochs": 2.0})
    room = enter()
    room.adopt("new")
    room.process.be("training")
    room.process.told.emit((START, BATCH), True)
    room.look_at("old")
    qtbot.waitUntil(lambda: room.record.run == "old", timeout=20_000)
    assert message(room) == "new is being trained meanwhile."
    assert not room.dialog.go.isEnabled()
    assert not room.dialog.stop.isEnabled()
    room.look_at("new")
    assert room.record.batch == BATCH
    assert room.dialog.stop.isEnabled()


def test_a_name_that_is_taken_is_said_before_it_is_tried(
    qtbot: QtBot, enter: Callable[[], TrainingRoom], home: Path, colours: Path
) -> None:
    make_run(home, "evening", START)
    room = enter()
    room.preparation.choose_data(colours)
    form = room.dialog.form
    qtbot.waitUntil(form.start.isEnabled, timeout=20_000)
    name = room.dialog.findChild(QLineEdit, "trainingName")
    name.selectAll()
    qtbot.keyClicks(name, "Evening")
    assert room.dialog.findChild(QLabel, "trainingProblem").text() == "There is a run named “evening” already."
    assert not form.start.isEnabled()
    qtbot.keyClicks(name, "s")
    assert form.start.isEnabled()
    name.selectAll()
    qtbot.keyClicks(name, "..")
    assert room.dialog.findChild(QLabel, "trainingProblem").text() == "A name needs a letter from a to z, or a digit."
    assert not form.start.isEnabled()
    name.selectAll()
    qtbot.keyClicks(name, "a/b")
    assert room.dialog.findChild(QLabel, "trainingProblem").text() == "The run will be named “a-b”."
    assert form.start.isEnabled()


@pytest.mark.parametrize(("place", "closes", "stopped"), [(0, True, False), (1, True, True), (2, False, False)])
def test_closing_the_window_asks(
    qtbot: QtBot, enter: Callable[[], TrainingRoom], session: Session, tasks: TaskRunner, monkeypatch,
    place: int, closes: bool, stopped: bool,
) -> None:  # fmt: skip
    room = enter()
    training = Training(room.dialog, session, tasks)
    assert training.ask_on_close()
    training.room = room
    assert training.ask_on_close()
    room.adopt("r")
    room.process.be("training")
    labels = ["Let it go on", "Stop it", "Cancel"]
    monkeypatch.setattr(QMessageBox, "exec_", lambda box: None)
    monkeypatch.setattr(
        QMessageBox, "clickedButton",
        lambda box: next(b for b in box.buttons() if b.text().replace("&", "") == labels[place]),
    )  # fmt: skip
    assert training.ask_on_close() is closes
    assert (room.process.state == "stopping") is stopped
    training.room = None


def test_without_torch_the_button_says_which_package_has_it(
    qtbot: QtBot, session: Session, tasks: TaskRunner, monkeypatch, enter: Callable[[], TrainingRoom]
) -> None:
    room = enter()
    monkeypatch.setattr("app.training.training.find_spec", lambda _name: None)
    training = Training(room.dialog, session, tasks)
    training.open()
    box = room.dialog.findChild(QMessageBox, "trainingNotHere")
    assert "Install the full package" in box.informativeText()
    assert training.room is None
    box.close()


# -- the widgets -------------------------------------------------------------------------------------------------------


def test_every_widget_in_both_themes(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    made = [TrainingForm(), TrainingProgress(), StageHealthCard(), TrainingFacts(), TrainingRuns(), TrainingNotice()]
    stages = [StageHealth("layer1", 1.0, 1e-3, 0.5), StageHealth("fc", 0.5, 0.1)]
    made[1].show_progress(Progress("Epoch 1 of 2", 0.3, 64, 60, 0.1, 1.0, 0.5))
    made[2].show_stages(stages)
    made[3].show_facts("This run", [("Network", "resnet20")])
    made[4].show_runs([RunRow("evening", "stopped", can_resume=True), RunRow("b" * 60, "failed", problem="Why. " * 30)])
    made[5].show_question("Shall it go on? " * 8, [("yes", "Yes")])
    for widget in made:
        qtbot.addWidget(widget)
        shown(widget, 400, 300)
        assert widget.objectName()
        assert widget.accessibleName()
        light = picture(widget)
        theme.apply(qapp, "dark")
        QApplication.processEvents()
        assert picture(widget) != light
        theme.apply(qapp, "light")
    assert made[2].verdict() == "50 % of the ReLUs in layer1 are dead."
    assert "layer1: 1.00, 1.0e−3, 50 %" in made[2].accessibleDescription()


def test_curves_give_their_values_at_the_cursor(qtbot: QtBot, qapp: QApplication) -> None:
    loss, accuracy = loss_curves(), accuracy_curves()
    for card in (loss, accuracy):
        qtbot.addWidget(card)
        shown(card, 500, 240)
    show_curves(
        loss,
        accuracy,
        Curves(((0.5, 2.0), (1.0, 1.0)), ((1.0, 1.2),), ((1.0, 0.4),), ((1.0, 0.5), (2.0, 0.7)), (2.0, 0.7), 4),
    )
    assert loss.accessibleDescription() == "training 1.000, validation 1.200"
    assert loss.value_at(0, 0.6) == 2.0
    loss.show_at(0.6)
    assert loss.at == 0.6
    assert accuracy._note == "best 70.0 % at epoch 2"
    loss.show_at(None)
    show_curves(loss, accuracy, Curves())
    assert loss.accessibleDescription() == "training, validation"


def test_ticks_are_round() -> None:
    assert ticks_between(0, 1) == (0.2, [0, 0.2, 0.4, 0.6, 0.8, 1.0])
    assert ticks_between(0.31, 2.6)[1] == [0.5, 1.0, 1.5, 2.0, 2.5]
    assert ticks_between(5, 5)[1] == [5]


def test_the_form_asks_for_what_was_chosen(qtbot: QtBot) -> None:
    form = TrainingForm()
    qtbot.addWidget(form)
    shown(form, 360, 700)
    form.show_networks([("resnet18", "18"), ("resnet34", "34")], [("CIFAR", ["resnet20"])])
    form.show_weights([WeightsOption("resnet34.mine", "resnet34", "mine")])
    form.show_stages(("conv1", "layer1"))
    values = {"learning_rate": 0.1, "batch_size": 128, "weight_decay": 5e-4, "label_smoothing": 0.1, "ema_decay": 0.99,
              "cutout_px": 0, "mixup": 0.0, "limit": None, "seed": 0, "device": "auto", "precision": "auto",
              "deterministic": False, "optimizer": "sgd", "stem": "cifar", "image_px": 32}  # fmt: skip
    form.show_defaults(Defaults(30.0, values))
    form.show_data(DataState("ready", "CIFAR-10"))
    assert (form.wish().network, form.wish().minutes, form.wish().changes) == ("resnet18", 10.0, {})
    form._pick_start("resnet34.mine")
    form._freeze.set_key("layer1")
    wish = form.wish()
    assert (wish.network, wish.weights, wish.freeze) == ("resnet34", "resnet34.mine", "layer1")
    form._pick_network("resnet18")  # whose weights those are not
    assert (form.wish().weights, form.wish().freeze) == (None, None)
    form._budget.presets._pick(2)
    assert (form.wish().epochs, form.wish().minutes) == (30.0, None)
    form._budget.presets._pick(3)
    form._budget.amount.setValue(12.5)
    form._budget.unit.set_key("minutes")
    assert (form.wish().epochs, form.wish().minutes) == (None, 12.5)
    form.advanced._fields["cutout_px"].setValue(8)
    assert form.wish().changes == {"cutout_px": 8}
    form.show_defaults(Defaults(10.0, {**values, "learning_rate": 0.01}))
    assert form.wish().changes == {"cutout_px": 8}  # what is only suggested is no change
    form.advanced._fields["cutout_px"].setValue(0)
    assert form.wish().changes == {}


def test_a_download_is_shown_and_verified(
    qtbot: QtBot, enter: Callable[[], TrainingRoom], monkeypatch, tmp_path: Path, colours: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    room = enter()
    data, seen = room.dialog.form.data, list[str]()
    report = data.show_download

    def watched(done: int, total: int | None) -> None:
        report(done, total)
        seen.append(data.state().stage)

    monkeypatch.setattr(data, "show_download", watched)

    def download(datasets: Path, progress: Callable[[int, int], None], cancel: object) -> Path:
        progress(85_000_000, 170_000_000)
        return colours

    monkeypatch.setattr("resnet_core.cifar10.download", download)
    qtbot.mouseClick(room.dialog.findChild(QPushButton, "trainingDownload"), Qt.LeftButton)
    assert data.state().stage == "downloading"
    qtbot.waitUntil(lambda: data.state().stage == "ready", timeout=20_000)
    assert room.dialog.form.start.isEnabled()


def test_a_download_that_fails_can_be_tried_again(
    qtbot: QtBot, enter: Callable[[], TrainingRoom], monkeypatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    room = enter()

    def download(*_: object) -> Path:
        raise DownloadError("The connection was lost after 20 MB, which are kept.")

    monkeypatch.setattr("resnet_core.cifar10.download", download)
    button = room.dialog.findChild(QPushButton, "trainingDownload")
    qtbot.mouseClick(button, Qt.LeftButton)
    qtbot.waitUntil(lambda: room.dialog.form.data.state().stage == "bad", timeout=20_000)
    assert "20 MB, which are kept" in room.dialog.form.data.state().note
    assert button.isVisible()
