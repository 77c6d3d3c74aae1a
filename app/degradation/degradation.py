"""The degradation lab, for the rest of the window. What it takes is imported when it is asked for."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject
from PyQt5.QtWidgets import QWidget

from app import paths
from app.in_turns import in_turns
from app.qt_parts import load_for_pyqtgraph
from app.tasks import Task, TaskRunner
from app.training.training import Training

if TYPE_CHECKING:
    from app.degradation.lab import DegradationLab
    from app.widgets.line_plot import LinePlot

_LANE = "degradation room"


class Degradation(QObject):
    """Opens the lab's window; what is under way there goes on when everything is closed."""

    def __init__(self, window: QWidget, tasks: TaskRunner, training: Training) -> None:
        super().__init__(window)
        self._window, self._tasks, self._training = window, tasks, training
        self.lab: DegradationLab | None = None
        self._entering = False

    def open(self) -> None:
        if find_spec("torch") is None:
            self._training.open()  # which says what is missing
        elif self.lab is not None:
            self.lab.show()
        elif not self._entering and not self._tasks.busy(_LANE):
            load_for_pyqtgraph()
            self._tasks.start(_LANE, _load, self._enter, self._failed)

    def leave(self) -> bool:
        """Before this goes: what is under way goes on. Whether the lab's window was in sight."""
        if self.lab is None:
            return False
        self.lab.process.leave()
        return self.lab.dialog is not None and self.lab.dialog.isVisible()

    def _enter(self, _: None) -> None:
        from app.dialogs.degradation_dialog import error_plot, signal_plot

        plots: list[LinePlot] = []

        def furnish() -> None:
            from app.degradation.lab import DegradationLab

            datasets = self._training.datasets
            self.lab = DegradationLab(self._tasks, paths.home(), self._window, (plots[0], plots[1]), datasets=datasets)
            self._entering = False
            self.lab.show()

        self._entering = True
        in_turns(self, lambda: plots.append(error_plot()), lambda: plots.append(signal_plot()), furnish)

    def _failed(self, sentence: str, details: str) -> None:
        raise RuntimeError(f"{sentence}\n{details}")  # a mistake of ours: the error dialog shows it


def _load(_task: Task) -> None:
    """What draws the plots takes longest: the window shall not wait for it."""
    import app.degradation.lab
    import app.dialogs.degradation_dialog  # noqa: F401
    from app.widgets._plots import load_pyqtgraph

    load_pyqtgraph()
