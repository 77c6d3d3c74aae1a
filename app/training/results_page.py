"""The results of a finished run in the training dialog, and what is asked for there."""

from __future__ import annotations

from PyQt5.QtCore import QObject

from app import paths
from app.dialogs.training_dialog import TrainingDialog
from app.items import Source
from app.session import Session
from app.tasks import TaskRunner
from app.training.ends import Ending
from app.training.record import Record
from app.training.results_presenter import ResultsPresenter
from app.widgets.training_results import TrainingResults


class ResultsPage(QObject):
    """Made, and a run's results read, when they are first looked at."""

    def __init__(self, dialog: TrainingDialog, session: Session, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._dialog, self._session, self._tasks = dialog, session, tasks
        self._widget: TrainingResults | None = None
        self._presenter: ResultsPresenter | None = None
        self._shown: object = None
        session.library.in_use_changed.connect(self._show_in_use)

    def show(self, run: str, ending: Ending | None) -> None:
        """The run's results; those of a later sitting, which has another ending, are read anew."""
        if self._widget is None or self._presenter is None:
            self._widget = TrainingResults()
            self._presenter = ResultsPresenter(self._tasks, self._widget, self)
            self._presenter.image_chosen.connect(self._open_image)
            self._widget.use_requested.connect(self.use)
            self._dialog.set_results(self._widget)
            self._show_in_use()
        if self._shown is not ending:
            self._shown = ending
            self._presenter.show_run(paths.runs_dir() / run)

    def weights_of(self, record: Record, ending: Ending | None) -> str | None:
        """The id of what a finished run has made, as long as that is on this disk."""
        weights = record.done.get("weights")
        known = any(info.id == weights and info.on_disk for info in self._session.library.all)
        return weights if known and ending is not None and ending.how == "finished" else None

    def use(self, weights: str) -> None:
        """Look at pictures through the network of a run."""
        self._session.library.refresh()
        self._session.library.choose(weights)
        self._session.notice.emit(self.tr("{0} is in use.").format(weights), "")

    def _show_in_use(self) -> None:
        if self._widget is not None:
            self._widget.set_in_use(self._session.library.in_use.id)

    def _open_image(self, source: Source) -> None:
        """A picture of the data set: a file, or pixels with a name."""
        self._session.open([source])
