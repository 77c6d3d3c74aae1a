"""The language is chosen in the settings while the program runs: the window is another one, all that is known stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from everything import opened
from journeys import SAMPLES, wait_for_analysis
from PyQt5 import sip
from PyQt5.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from app import i18n, theme
from app.dialogs.settings_dialog import SettingsDialog
from app.main_window import MainWindow
from app.program import Program
from app.settings import Settings
from app.training.ends import Ending
from app.training.record import Record
from resnet_core.engines.base import Intervention

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "raise")


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    """As elsewhere, but its window is taken down here: the one it begins with may be gone by then."""
    theme.apply(QApplication.instance(), "light")
    running = Program(Settings())
    running.show()
    qtbot.waitUntil(lambda: running.started, timeout=20_000)
    yield running
    running.window.close()
    running.close()
    i18n.install("en")


def choose(qtbot: QtBot, program: Program, language: str) -> None:
    """In the settings dialog; it stands there again when the window is another one."""
    before = program.window
    if not any(isinstance(each, SettingsDialog) for each in opened()):
        before.actions_by_id["settings"].trigger()
    (dialog,) = (each for each in opened() if isinstance(each, SettingsDialog))
    box = dialog.findChild(QComboBox, "languageSetting")
    box.setCurrentIndex(box.findData(language))
    qtbot.waitUntil(lambda: program.window is not before)
    (dialog,) = (each for each in opened() if isinstance(each, SettingsDialog))
    assert dialog.parent() is program.window
    assert QApplication.focusWidget() in (None, dialog.findChild(QComboBox, "languageSetting"))


def windows() -> list[MainWindow]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]


def words(program: Program) -> str:
    return "\n".join(label.text() for label in program.window.findChildren(QLabel))


def test_to_chinese_and_back(qtbot: QtBot, program: Program) -> None:
    session = program.session
    session.open(SAMPLES[:2])
    wait_for_analysis(qtbot, program)
    session.look_at("layer2.1", 3)
    session.intervene(Intervention(gates={"layer3.0": 0.0}))
    session.look_at_class(4)
    program.window.workbench.show("depth")
    qtbot.waitUntil(lambda: program.tasks.idle and program.window.settled, timeout=60_000)
    program.window.commander.remove(list(session.items)[-1])
    analysis, plain = session.analysis, session.plain
    assert analysis is not None

    choose(qtbot, program, "zh_CN")
    window = program.window
    assert windows() == [window]
    assert (session.analysis, session.plain, session.target) == (analysis, plain, 4)
    assert (session.output, session.channel) == ("layer2.1", 3)
    assert session.intervention is not None
    assert window.workbench.current == "depth"
    assert window.pages.currentWidget() is window.content
    assert window.actions_by_id["settings"].text() == i18n.tr("S&ettings…") != "S&ettings…"
    assert i18n.class_name(analysis.info, 0) in window.predictions.rows.accessibleDescription()
    assert "layer3.0" in words(program)
    qtbot.waitUntil(lambda: program.tasks.idle and window.settled, timeout=60_000)

    window.actions_by_id["undo"].trigger()
    assert len(session.items) == 2
    session.step(1)
    qtbot.waitUntil(lambda: session.analysis is not None and session.analysis.picture.name == SAMPLES[1].name)
    assert SAMPLES[1].name in window.windowTitle()

    choose(qtbot, program, "en")
    assert windows() == [program.window]
    assert program.window.actions_by_id["settings"].text() == "S&ettings…"
    assert session.intervention is not None
    for key in ("xray", "channels", "maps"):
        program.window.workbench.show(key)
        qtbot.waitUntil(lambda: program.tasks.idle and program.window.settled, timeout=60_000)
    program.window.actions_by_id["clear"].trigger()
    assert program.window.pages.currentWidget() is program.window.welcome
    program.window.actions_by_id["undo"].trigger()
    wait_for_analysis(qtbot, program)


def test_a_picture_that_failed_is_told_of_in_the_new_language(qtbot: QtBot, program: Program, tmp_path) -> None:
    path = tmp_path / "leer.png"
    path.write_bytes(b"")
    program.session.open([path])
    qtbot.waitUntil(lambda: program.tasks.idle and bool(program.session.items))
    choose(qtbot, program, "zh_CN")
    said = i18n.sentence("leer.png is empty: it has 0 bytes.")
    assert said != "leer.png is empty: it has 0 bytes."
    assert said in program.window.image_view.accessibleDescription() + words(program)


def test_a_training_is_followed_on(qtbot: QtBot, program: Program) -> None:
    training = program.window.training
    training.open()
    qtbot.waitUntil(lambda: training.room is not None and program.tasks.idle, timeout=60_000)
    assert training.room is not None
    process, before = training.room.process, training.room.dialog
    training.room._begin(Record("evening"))
    process.run, process.state = "evening", "training"
    choose(qtbot, program, "zh_CN")
    room = program.window.training.room
    assert room is not None
    assert room.process is process
    assert room.dialog.isVisible()
    assert sip.isdeleted(before) or not before.isVisible()
    process.told.emit(({"event": "epoch", "epoch": 3.0, "train_loss": 0.5, "validation_accuracy": 0.75},), False)
    assert room.record.run == "evening"
    assert room.record.epochs == 3.0
    process._set("ended")
    process.ended.emit(Ending("evening", "stopped", "Stopped after 3 epochs. Nothing is lost: it can go on.", True))
    qtbot.waitUntil(lambda: program.tasks.idle)
    told = room.dialog.findChild(QLabel, "trainingMessage").text()
    assert told == i18n.sentence("Stopped after 3 epochs. Nothing is lost: it can go on.")


def test_what_was_asked_for_in_the_training_form_stays(qtbot: QtBot, program: Program) -> None:
    program.window.training.open()
    qtbot.waitUntil(lambda: program.window.training.room is not None and program.tasks.idle, timeout=60_000)
    before = program.window.training.room
    assert before is not None
    form = before.dialog.form
    form._pick_start("resnet18.cifar10")
    form._freeze.setCurrentIndex(2)
    form._budget.presets.picked.emit("other")
    form._budget.presets.set_current("other")
    form._budget.amount.setValue(7)
    form.advanced._fields["cutout_px"].setValue(8)
    form._name.setText("my evening")
    form._name.textEdited.emit("my evening")
    wish = form.wish()
    assert (wish.weights, wish.freeze, wish.epochs, wish.name) == ("resnet18.cifar10", "layer1", 7, "my evening")
    assert dict(wish.changes) == {"cutout_px": 8}
    choose(qtbot, program, "zh_CN")
    after = program.window.training.room
    assert after is not None
    assert after is not before
    assert after.dialog.form.wish() == wish
    assert after.dialog.form._budget.amount.isVisible()
