"""Behind the training dialog: the run that is looked at, the process that trains, and what becomes of both."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, QTimer

from app import geometry, paths
from app.dialogs.training_dialog import TrainingDialog
from app.i18n import sentence
from app.session import Session
from app.tasks import TaskRunner
from app.training import texts as training_texts
from app.training import views as training_views
from app.training.ends import Ending
from app.training.preparation import Preparation
from app.training.questions import Questions
from app.training.record import Record
from app.training.results_page import ResultsPage
from app.training.shelf import Shelf
from app.training_process import TrainingProcess
from resnet_core.training.config import TrainConfig

if TYPE_CHECKING:
    from app.widgets.training_form import TrainingForm
    from resnet_core.training.events import Event

DRAW_MS = 200  # between two drawings of the curves: events come faster when a run is adopted


class TrainingRoom(QObject):
    """One dialog and one process. `process` may be given by a test, `form` is made beforehand: it takes a while."""

    def __init__(
        self, session: Session, tasks: TaskRunner, parent: QObject, process: TrainingProcess | None = None, *,
        form: TrainingForm | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._session = session
        self.process = process or TrainingProcess(paths.runs_dir(), paths.home(), self)
        self.dialog = TrainingDialog(form)
        self.preparation = Preparation(self.dialog.form, session.library, tasks, self)
        self.record = Record("")  # of the run that is looked at
        self._live: Record | None = None  # of the one that is trained
        self._ending: Ending | None = None  # of the run that is looked at
        self._failed: Ending | None = None  # one that is still to be asked about
        self._questions = Questions(self.dialog.notice, self.dialog, self)
        self.shelf = Shelf(tasks, self)
        self._asked_about: set[str] = set()  # half-done runs that were offered
        self._page = "run"
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(DRAW_MS)
        self._soon.timeout.connect(self._draw)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self._results = ResultsPage(self.dialog, session, tasks, self)
        self._connect()

    def _connect(self) -> None:
        process, dialog = self.process, self.dialog
        process.told.connect(self._told)
        process.state_changed.connect(self._state_changed)
        process.ended.connect(self._ended)
        process.notice.connect(self._questions.say)
        self.preparation.wanted.connect(self._start)
        dialog.pause_requested.connect(process.pause)
        dialog.go_on_requested.connect(self._go_on)
        dialog.stop_requested.connect(process.stop)
        dialog.use_requested.connect(self._use)
        dialog.page_requested.connect(self._show_page)
        self._questions.resume_requested.connect(self.resume)
        self._questions.remove_requested.connect(self.remove)
        dialog.runs.look_requested.connect(self.look_at)
        dialog.runs.resume_requested.connect(self.resume)
        dialog.runs.remove_requested.connect(self.remove)
        self.shelf.found.connect(self._found_runs)
        self.shelf.read.connect(self._loaded)
        self.shelf.removed.connect(self._removed)
        self.shelf.failed.connect(self._questions.say)
        dialog.shown.connect(self._shown)

    # -- opening and closing -------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Show the dialog, or bring it to the front."""
        geometry.to_front(self.dialog)

    def _shown(self, on: bool) -> None:
        if not on:
            self._clock.stop()
            return
        self._clock.start()
        if self.dialog.loss is None:
            QTimer.singleShot(0, self.dialog.add_curves)  # after the first picture of the dialog
        self.shelf.look()
        self._draw()

    def close(self) -> None:
        """Before the program ends: the training, if one is under way, goes on."""
        if self.process.parent() is self:
            self.process.close()
        self.dialog.close()
        self._soon.stop()
        self.dialog.deleteLater()
        self.deleteLater()  # and with it whoever still waits for an answer

    def give_up_process(self) -> TrainingProcess:
        """The process, for another room; this one hears of it no more, and can only be closed."""
        for signal in (self.process.told, self.process.state_changed, self.process.ended, self.process.notice):
            signal.disconnect()
        self.process.setParent(None)  # type: ignore[arg-type]  # the stubs know of no None
        return self.process

    def take_over(self, before: TrainingRoom) -> None:
        """Look at what `before` looked at, in its place."""
        self.process.setParent(self)
        self.record, self._live, self._ending = before.record, before._live, before._ending
        self._failed, self._asked_about, self._page = before._failed, before._asked_about, before._page
        self.preparation.take_over(before.preparation)
        self.preparation.show_busy(self.process.under_way)
        if before.dialog.isVisible():
            self.open()

    # -- the runs on this disk -----------------------------------------------------------------------------------------

    def _found_runs(self) -> None:
        shelf, busy = self.shelf, self.process.under_way
        self.preparation.show_runs(shelf.runs, shelf.speeds)
        self.dialog.runs.show_runs([training_views.run_row(info) for info in shelf.runs], can_start=not busy)
        self._show_page(self._page)
        failed, self._failed = self._failed, None
        if failed is not None and self._ending is failed:
            self._ask_about_failure(failed)
        if not busy and shelf.running is not None:
            self.adopt(shelf.running.name)
        elif not busy and not self.record.run:
            self._offer_half_done()

    def _offer_half_done(self) -> None:
        run = self.shelf.half_done
        if run is None or run.name in self._asked_about:
            return
        self._asked_about.add(run.name)
        self.shelf.open(run.name)  # its curves; the question comes with them

    def look_at(self, name: str) -> None:
        """Show another run; the one that is trained goes on."""
        info = self.shelf.get(name)
        if self.process.under_way and name == self.process.run and self._live is not None:
            self._look_at_record(self._live, None)
        elif info is not None and info.state == "running" and not self.process.under_way:
            self.adopt(name)
        else:
            self.shelf.open(name)

    def _loaded(self, record: Record, ending: Ending | None) -> None:
        self._look_at_record(record, ending)
        run = self.shelf.half_done
        if ending is not None and ending.how == "finished":
            self._show_page("results")
        elif run is not None and run.name == record.run and run.state != "failed":
            self._questions.about_half_done(run)

    def _look_at_record(self, record: Record, ending: Ending | None) -> None:
        self.record, self._ending = record, ending
        self._show_page("run")
        self._questions.clear()
        self._draw()
        if ending is not None and ending.how == "failed":
            self._ask_about_failure(ending)

    def remove(self, name: str) -> None:
        self.shelf.remove(name, self.dialog)

    def _removed(self, name: str) -> None:
        if self.record.run == name:
            self.record, self._ending = Record(""), None
            self._questions.clear()
            self._draw()
        self.shelf.look()

    # -- the run that is trained ---------------------------------------------------------------------------------------

    def _start(self, config: TrainConfig, name: str) -> None:
        self._begin(Record(name, config.budget))
        self.process.start(config, name)

    def resume(self, name: str, change: Callable[[TrainConfig], TrainConfig] | None = None) -> None:
        if self.process.under_way:
            return
        self._begin(Record(name))
        self.process.resume(name, change)

    def adopt(self, name: str) -> None:
        """Follow a run that somebody else started, or that outlived a window."""
        self._begin(Record(name))
        self.process.adopt(name)

    def _begin(self, record: Record) -> None:
        self._live = record
        self._asked_about.add(record.run)
        self._look_at_record(record, None)

    def _go_on(self) -> None:
        if self.process.under_way and self.record is self._live:
            self.process.go_on()
        elif self.record.run:
            self.resume(self.record.run)

    def _told(self, events: tuple[Event, ...], past: bool) -> None:
        if self._live is None:
            return
        for event in events:
            self._live.add(event)
        if self.record is self._live:
            if any(event.get("started_over") is True for event in events) and not past:
                self._questions.say(training_texts.started_over(self._live.run))
            if past:
                self._draw()
            elif not self._soon.isActive():
                self._soon.start()

    def _state_changed(self, _state: str) -> None:
        self.preparation.show_busy(self.process.under_way)
        self._draw()

    def _ended(self, ending: Ending) -> None:
        looked_at = self._live is not None and self.record is self._live
        if ending.how == "finished":
            self._session.library.refresh()
        if looked_at:
            self._ending = ending
            if ending.how == "finished":
                self._show_page("results")
            self._draw()
            if ending.how == "failed":
                self._failed = ending  # asked about when the run's configuration has been read
        self._live = None
        self.shelf.look()
        told = f"{ending.run}: {sentence(ending.sentence)}"
        if not self.dialog.isVisible() or (not looked_at and self._questions.asking):
            self._session.notice.emit(told, ending.details)
        elif not looked_at:
            self._questions.say(told, bad=ending.how == "failed")

    def _ask_about_failure(self, ending: Ending) -> None:
        info = self.shelf.get(ending.run)
        if damaged := info is not None and info.state == "damaged":
            ending = self._ending = training_texts.damaged(ending, info.problem)
            self._show_controls()
        self._questions.about_failure(ending, None if info is None else info.config, damaged=damaged)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        if self.dialog.isVisible():  # else it is drawn when it is shown
            state = self.process.state if self.record is self._live else ""
            training_views.show(self.dialog, self.record, state, self._ending)
            self._show_controls()

    def _show_controls(self) -> None:
        mine = self.record is self._live and self.process.under_way
        self.dialog.show_controls(
            training_views.controls(
                self.process.state if mine else "", self.record, self._ending, time.time(),
                others="" if mine or not self.process.under_way else self.process.run,
                loading=self.process.loading,
                can_use=self._results.weights_of(self.record, self._ending) is not None,
            )
        )  # fmt: skip

    def _tick(self) -> None:
        self._show_controls()
        if not self.process.under_way and self.shelf.changed():  # somebody trains from a terminal
            self.shelf.look()

    def _show_page(self, page: str) -> None:
        finished = self._ending is not None and self._ending.how == "finished"
        page = "run" if page == "results" and not finished else page
        if page == "runs" != self._page:
            self.shelf.look()
        self._page = page
        if page == "results":
            self._results.show(self.record.run, self._ending)
        self.dialog.show_page(page, results=finished, runs=len(self.shelf.runs))

    def _use(self) -> None:
        if (weights := self._results.weights_of(self.record, self._ending)) is not None:
            self._results.use(weights)
