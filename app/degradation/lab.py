"""The degradation lab put together: its window, its process, and the record of what is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PyQt5.QtCore import QObject
from PyQt5.QtWidgets import QWidget

from app import geometry, paths
from app.degradation.process import DegradationProcess
from app.degradation.record import EPOCHS, PRESETS, Record, after, look, plan
from app.dialogs.degradation_dialog import DegradationDialog
from app.tasks import Task, TaskRunner
from app.widgets.line_plot import LinePlot
from resnet_core.training import degradation, runs


class DegradationLab(QObject):
    """`show()` makes the window when it is first asked for. What is under way goes on when everything is closed."""

    def __init__(
        self, tasks: TaskRunner, home: Path, parent: QWidget | None = None,
        plots: tuple[LinePlot, LinePlot] | None = None, *, datasets: Callable[[], Path] = paths.datasets_dir,
    ) -> None:  # fmt: skip
        """`datasets` tells where CIFAR-10 is looked for."""
        super().__init__(parent)
        self._plots = plots
        self._tasks, self._window = tasks, parent
        self._runs, self._datasets = home / "runs", datasets
        self.record = Record(PRESETS[0])
        self.dialog: DegradationDialog | None = None
        self._chosen: Path | None = None
        self.process = DegradationProcess(self._runs, home, tasks, self)
        self.process.told.connect(self._told)
        self.process.ended.connect(self._ended)

    def show(self) -> None:
        """The window, with the experiment as it stands on disk; one that is under way is followed."""
        if self.dialog is None:
            self.dialog = DegradationDialog(self._window, self._plots)
            self.dialog.depths_chosen.connect(self._choose_depths)
            self.dialog.data_chosen.connect(self._choose_data)
            self.dialog.start_requested.connect(self._start)
            self.dialog.stop_requested.connect(self.process.stop)
            self.dialog.start_over_requested.connect(self._start_over)
        geometry.to_front(self.dialog)
        if not self.process.running:
            self._look(self.record.depths)

    def _look(self, depths: tuple[int, ...]) -> None:
        chosen, problem = self._chosen, self.record.problem if depths == self.record.depths else ""
        datasets = self._datasets()

        def work(_task: Task) -> Record:
            return replace(look(self._runs, datasets, depths, chosen), problem=problem)

        self._tasks.start("degradation look", work, self._looked, self._say)

    def _looked(self, record: Record) -> None:
        if self.process.running:
            return
        self._set(record)
        if record.running:
            self.process.adopt()

    def _choose_depths(self, depths: tuple[int, ...]) -> None:
        if not self.record.running:
            self._look(depths)

    def _choose_data(self, folder: Path) -> None:
        self._chosen = folder
        self._look(self.record.depths)

    def _start(self, epochs: float) -> None:
        if self.process.running:
            return
        record = self.record if self.record.begun else replace(self.record, epochs=epochs)
        self._set(replace(record, running=True, problem="", progress="", share=0.0))
        self.process.start(lambda: plan(record))

    def _start_over(self) -> None:
        """Removes the runs of these depths; their weights stay in the store."""
        depths = self.record.depths

        def work(_task: Task) -> None:
            known = runs.Runs(self._runs)
            for name in degradation.networks(depths):
                if (self._runs / degradation.run_name(name)).is_dir():
                    known.remove(degradation.run_name(name))

        def removed(_: None) -> None:
            self._set(replace(self.record, problem="", epochs=EPOCHS))
            self._look(depths)

        self._tasks.start("degradation look", work, removed, self._say)

    def _told(self, events: tuple[dict[str, object], ...]) -> None:
        self._set(after(self.record, events))

    def _ended(self, reason: str) -> None:
        record = replace(self.record, running=False, progress="")
        self._set(replace(record, problem=reason or record.problem))
        self._look(record.depths)

    def _say(self, sentence: str, _details: str) -> None:
        self._set(replace(self.record, problem=sentence))

    def _set(self, record: Record) -> None:
        self.record = record
        if self.dialog is not None:
            self.dialog.show_record(record)
