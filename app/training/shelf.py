"""The runs on this disk, for the training dialog: listed, read and removed off the GUI thread."""

from __future__ import annotations

import os
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QMessageBox, QWidget

from app import asking, paths
from app.tasks import Task, TaskRunner
from app.training import texts as training_texts
from app.training.ends import Ending
from app.training.following import EventTail
from app.training.record import Record
from app.training.setup import Speed, speeds
from resnet_core.training.runs import RunInfo, Runs


class Shelf(QObject):
    """`runs` are those of the last `look`, the one last worked on first."""

    found = pyqtSignal()
    read = pyqtSignal(object, object)  # Record, Ending | None
    removed = pyqtSignal(str)
    failed = pyqtSignal(str)  # a sentence

    def __init__(self, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.runs: tuple[RunInfo, ...] = ()
        self.speeds: tuple[Speed, ...] = ()
        self._stamps: frozenset[tuple[str, int]] | None = None

    def changed(self) -> bool:
        """Whether there is a new run since this was last asked, or a process took one up: a look at their folders."""
        before, self._stamps = self._stamps, _stamps(paths.runs_dir())
        return before is not None and before != self._stamps

    def get(self, name: str) -> RunInfo | None:
        return next((info for info in self.runs if info.name == name), None)

    @property
    def running(self) -> RunInfo | None:
        """A run that some process is training."""
        return next((info for info in self.runs if info.state == "running"), None)

    @property
    def half_done(self) -> RunInfo | None:
        """The run last worked on, if it was not trained to its end."""
        newest = next((info for info in self.runs if info.state != "damaged"), None)
        return newest if newest is not None and training_texts.is_half_done(newest) else None

    def look(self) -> None:
        """List the runs and how fast they were; then `found`."""

        def work(_task: Task) -> tuple[tuple[RunInfo, ...], tuple[Speed, ...]]:
            runs = Runs(paths.runs_dir()).all()
            return runs, speeds(runs)

        self._tasks.start("training runs", work, self._found, self._failed)

    def _found(self, answer: tuple[tuple[RunInfo, ...], tuple[Speed, ...]]) -> None:
        self.runs, self.speeds = answer
        self.found.emit()

    def open(self, name: str) -> None:
        """Read a run's events; then `read`."""

        def work(_task: Task) -> tuple[Record, Ending | None]:
            run = Runs(paths.runs_dir()).get(name)
            record = Record(name, run.config.budget if run.config else None)
            for event in EventTail(run.folder).read_past():
                record.add(event)
            return record, training_texts.ending_of_run(run)

        self._tasks.start("training run", work, self._read, self._failed)

    def _read(self, answer: tuple[Record, Ending | None]) -> None:
        self.read.emit(*answer)

    def remove(self, name: str, parent: QWidget) -> None:
        """Delete a run, after a question; then `removed`."""
        more = self.tr("Its curves and its saved state go. Weights it made stay.")
        question = asking.box(parent, self.tr("Remove the run {0}?").format(name), more, name="trainingRemoveQuestion")
        yes = question.addButton(self.tr("Remove"), QMessageBox.AcceptRole)
        question.addButton(QMessageBox.Cancel)
        question.exec_()
        if question.clickedButton() is not yes:
            return

        def work(_task: Task) -> str:
            Runs(paths.runs_dir()).remove(name)
            return name

        self._tasks.start("training remove", work, self.removed.emit, self._failed)

    def _failed(self, sentence: str, _details: str) -> None:
        self.failed.emit(sentence)


def _stamps(folder: Path) -> frozenset[tuple[str, int]]:
    """Every run with the time at which a file last came into its folder or went: a lock, a saved state."""
    try:
        with os.scandir(folder) as entries:
            return frozenset((entry.name, entry.stat().st_mtime_ns) for entry in entries if entry.is_dir())
    except OSError:
        return frozenset()
