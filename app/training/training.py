"""Training, for the rest of the window. What it takes is imported when it is asked for: the start pays nothing."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject
from PyQt5.QtWidgets import QMessageBox, QWidget

from app import asking, paths
from app.in_turns import in_turns
from app.qt_parts import load_for_pyqtgraph
from app.session import Session
from app.tasks import Task, TaskRunner

if TYPE_CHECKING:
    from app.training.room import TrainingRoom


_LANE = "training room"


class Training(QObject):
    """Opens the dialog, asks when the window closes, and says at the start what was left half done."""

    def __init__(
        self,
        window: QWidget,
        session: Session,
        tasks: TaskRunner,
        datasets: Callable[[], Path] = paths.datasets_dir,
    ) -> None:
        """`datasets` tells where CIFAR-10 is looked for and put."""
        super().__init__(window)
        self._window, self._session, self._tasks, self.datasets = window, session, tasks, datasets
        self.room: TrainingRoom | None = None
        self._entering = False

    def open(self) -> None:
        """Show the training dialog; where there is no torch, say which package has it."""
        if find_spec("torch") is None:
            text = self.tr("This package of ResNet Lens looks at networks, but does not train them")
            more = self.tr(
                "Training needs PyTorch, which this installation does not have. Install the full package of "
                "ResNet Lens, or run “pip install resnet-lens[torch]”."
            )
            asking.tell(asking.box(self._window, text, more, name="trainingNotHere"))
            return
        if self.room is not None:
            self.room.open()
        elif not self._entering and not self._tasks.busy(_LANE):
            load_for_pyqtgraph()
            self._tasks.start(_LANE, _load, self._enter, self._session.notice.emit)

    def _enter(self, _: None) -> None:
        from app.widgets.training_form import TrainingForm

        forms: list[TrainingForm] = []

        def furnish() -> None:
            from app.training.room import TrainingRoom

            if self.room is None:
                self.room = TrainingRoom(self._session, self._tasks, self, form=forms[0])
                self.room.preparation.datasets = self.datasets
            self._entering = False
            self.room.open()

        self._entering = True
        in_turns(self, lambda: forms.append(TrainingForm()), furnish)

    def take_over(self, old: Training) -> None:
        """In the place of the one of a window that goes: its run is followed on, its dialog stands where it stood."""
        if old.room is None:
            return
        from app.training.room import TrainingRoom

        before, old.room = old.room, None
        self.room = TrainingRoom(self._session, self._tasks, self, before.give_up_process())
        self.room.preparation.datasets = self.datasets
        self.room.take_over(before)
        before.close()

    def look_for_runs(self) -> None:
        """At the program's start: one line about a run that is under way or was left half done."""
        if self.room is None and paths.runs_dir().is_dir():
            self._tasks.start("training left over", _left_over, self._say_left_over, self._ignore)

    def _say_left_over(self, sentence: str) -> None:
        if sentence and self.room is None:
            self._session.notice.emit(sentence, "")

    def _ignore(self, sentence: str, details: str) -> None:
        """A folder of runs that can't be read matters when the dialog is opened, and is said there; a mistake here."""
        if details:
            self._session.notice.emit(sentence, details)

    def ask_on_close(self) -> bool:
        """Whether the window may close. A training that is under way goes on or is stopped, as the user says."""
        room = self.room
        if room is None or not room.process.under_way or room.process.state == "stopping":
            return True  # one that is being stopped saves its state and ends without us
        paused = room.process.state in ("paused", "pausing")
        text = self.tr("A training is paused") if paused else self.tr("Training is under way")
        more = self.tr(
            "{0} can go on without this window; the next time you open it, it is shown there. Stopped, it keeps "
            "everything it has learned and can be resumed."
        ).format(room.process.run)
        question = asking.box(self._window, text, more, name="trainingCloseQuestion")
        question.setWindowTitle(self.tr("Training – ResNet Lens"))
        go_on = question.addButton(self.tr("Let it go on"), QMessageBox.AcceptRole)
        stop = question.addButton(self.tr("Stop it"), QMessageBox.DestructiveRole)
        cancel = question.addButton(QMessageBox.Cancel)
        question.setDefaultButton(go_on)
        question.setEscapeButton(cancel)
        question.exec_()
        pressed = question.clickedButton()
        if pressed is stop:
            room.process.stop()
        return pressed is stop or pressed is go_on

    def leave(self) -> None:
        """The window closes: so does the dialog, or the program would not end."""
        if self.room is not None:
            self.room.dialog.hide()

    def close(self) -> None:
        """Before the program ends. A training that is under way is let go on."""
        if self.room is not None:
            self.room.close()
            self.room = None


def _load(_task: Task) -> None:
    """Imports what the dialog is made of: half a second that the window need not stand still for."""
    from app.training import room as training_room
    from app.widgets._plots import load_pyqtgraph

    load_pyqtgraph()
    assert training_room


def _left_over(_task: Task) -> str:
    """A sentence about the run last worked on, "" where it was trained to its end."""
    from app.training.texts import half_done, is_half_done
    from resnet_core.training.runs import Runs

    runs = Runs(paths.runs_dir()).all()
    running = next((info for info in runs if info.state == "running"), None)
    if running is not None:
        return f"{running.name} is being trained. Ctrl+T shows how it goes."
    if runs and is_half_done(runs[0]):
        return f"{half_done(runs[0])} Ctrl+T opens it."
    return ""
