"""The results window: kept in step with the session, and what is asked for there carried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, Qt, QTimer
from PyQt5.QtWidgets import QFileDialog

from app import geometry
from app.items import Item, names
from app.session import Session
from app.tasks import Task, TaskRunner

if TYPE_CHECKING:  # the window is there sooner without them
    from app.class_folders import Done, Mode, Step
    from app.dialogs.results_dialog import ResultsDialog
    from app.main_window import MainWindow
    from app.widgets.results_table import ResultRow
    from resnet_core.weights.catalog import WeightsInfo

FILES_ARE_MOVED = "class folders"
"""While this lane is busy the window must stay: what was done and what was not is told in a dialog of its."""


class Results(QObject):
    def __init__(self, window: MainWindow, session: Session, tasks: TaskRunner) -> None:
        super().__init__(window)
        self._window, self._session, self._tasks = window, session, tasks
        self._dialog: ResultsDialog | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(200)  # a folder of thousands reports many times a second
        self._soon.timeout.connect(self._show_rows)
        session.items_changed.connect(self._soon.start)
        session.item_changed.connect(self._soon.start)

    @property
    def is_open(self) -> bool:
        return self._dialog is not None

    def show(self) -> None:
        """Open the window, or bring it to the front."""
        if self._dialog is None:
            from app.dialogs.results_dialog import ResultsDialog

            self._dialog = ResultsDialog(Path(self._window.memory.export_folder()), self._window)
            self._dialog.setAttribute(Qt.WA_DeleteOnClose)
            self._dialog.destroyed.connect(self._closed)
            self._dialog.opened.connect(self._session.select)
            self._dialog.export_requested.connect(self._export)
            self._dialog.folders_requested.connect(self._ask_where)
        self._show_rows()
        geometry.to_front(self._dialog)

    def _closed(self) -> None:
        self._dialog = None

    def _show_rows(self) -> None:
        if self._dialog is not None:
            known = self._session.library.all
            rows = [_row(item, known) for item in self._session.items.values()]
            self._dialog.show_rows(rows, self._session.library.in_use.id)

    # -- as a file -----------------------------------------------------------------------------------------------------

    def _export(self, rows: Sequence[ResultRow], weights: str, path: Path) -> None:
        def work(task: Task) -> str:
            from app import results_export

            results_export.write(path, rows, weights)
            return self.tr("{n} rows were written to {path}.").format(n=len(rows), path=path)

        self._tasks.start("results export", work, self._say, self._say)

    def _say(self, sentence: str, details: str = "") -> None:
        """Beside the results while they are in sight; there is room for details in the main window only."""
        if self._dialog is None or details:
            self._session.notice.emit(sentence, details)
        else:
            self._dialog.show_said(sentence)

    # -- folders by class ----------------------------------------------------------------------------------------------

    def _ask_where(self, rows: Sequence[ResultRow], mode: Mode) -> None:
        files = [(Path(row.path), row.top[0][0]) for row in rows if row.path]
        if not files:
            self._session.notice.emit(self.tr("None of these pictures is a file that was classified."), "")
            return
        folder = QFileDialog.getExistingDirectory(
            self._dialog, self.tr("Where the folders of the classes shall be"), self._window.memory.last_folder()
        )
        if not folder:
            return
        from app.class_folders import plan

        destination = Path(folder)
        self._tasks.start(
            FILES_ARE_MOVED,
            lambda task: plan(files, destination),
            lambda steps: self._show_plan(steps, destination, mode),
            self._session.notice.emit,
        )

    def _show_plan(self, steps: tuple[Step, ...], destination: Path, mode: Mode) -> None:
        from app.class_folders import carry_out, undo
        from app.dialogs.class_folders_dialog import ClassFoldersDialog

        dialog = ClassFoldersDialog(steps, destination, mode, self._dialog or self._window)
        dialog.setAttribute(Qt.WA_DeleteOnClose)

        def go() -> None:
            def work(task: Task) -> Done:
                return carry_out(steps, mode, cancel=task.cancel, progress=task.report)

            task = self._tasks.start(
                FILES_ARE_MOVED, work, lambda done: told(done), failed, progress=dialog.show_progress
            )
            dialog.cancel_requested.connect(task.cancel.set)  # not the lane: what was done until then is still told

        def told(done: Done) -> None:
            if mode == "move":
                self._follow({step.source: step.target for step in done.steps})
            verb = self.tr("copied") if mode == "copy" else self.tr("moved")
            text = self.tr("{n} pictures were {verb}.").format(n=len(done.steps), verb=verb)
            dialog.show_done("\n".join([text, *done.problems[:5]]), undo=bool(done.steps))
            dialog.undo_requested.connect(lambda: take_back(done))

        def take_back(done: Done) -> None:
            self._tasks.start(
                FILES_ARE_MOVED, lambda task: undo(done), lambda problems: taken_back(done, problems), failed
            )

        def taken_back(done: Done, problems: tuple[str, ...]) -> None:
            self._follow({step.target: step.source for step in done.steps if step.source.exists()})
            dialog.show_done("\n".join([self.tr("That was undone."), *problems[:5]]), undo=False)

        def failed(sentence: str, details: str) -> None:
            dialog.show_done(sentence, undo=False)

        dialog.go_requested.connect(go)
        dialog.open()

    def _follow(self, moved: Mapping[Path, Path]) -> None:
        """Opened pictures that lie elsewhere now are read from there."""
        for item in list(self._session.items.values()):
            if isinstance(item.source, Path) and item.source in moved:
                place = moved[item.source]
                self._session.update(item.key, source=place, name=place.name)


def _row(item: Item, known: Iterable[WeightsInfo]) -> ResultRow:
    from app.widgets.results_table import ResultRow

    path = str(item.source) if isinstance(item.source, Path) else ""
    problem = item.caption if item.state == "failed" else ""
    verdict = item.verdict
    if verdict is None:
        return ResultRow(item.key, item.name, path, problem=problem)
    return ResultRow(item.key, item.name, path, verdict.top, verdict.elapsed_ms, problem, names(verdict, known))
