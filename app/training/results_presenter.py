"""Between a finished run on disk and the widget that shows its results: reads off the GUI thread, hands pictures on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, pyqtSignal

from app.i18n import class_names
from app.tasks import Task, TaskRunner
from app.widgets.training_results import TrainingResults

if TYPE_CHECKING:
    from resnet_core.training.results import Results

_AT_ONCE = 8  # pictures handed over together


class ResultsPresenter(QObject):
    """Fills a `TrainingResults`. `show_run` may be called for one run after the other."""

    image_chosen = pyqtSignal(object)  # Path | Picture, as `Session.open` takes it

    def __init__(self, tasks: TaskRunner, widget: TrainingResults, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._widget = tasks, widget
        self._results: Results | None = None
        self._opened: dict[int, object] = {}  # a picture without a file that is opened twice is one picture
        widget.pictures_wanted.connect(self._load_pictures)
        widget.picture_chosen.connect(self._open)

    def show_run(self, folder: Path) -> None:
        """Reads the results of the run in `folder`, then shows them."""

        def work(task: Task) -> Results:
            from resnet_core.training.results import load_results

            return load_results(folder)

        self.clear()
        self._widget.show_busy()
        self._tasks.start("results", work, self._loaded, self._failed)

    def clear(self) -> None:
        for lane in ("results", "results pictures"):
            self._tasks.cancel(lane)
        self._results, self._opened = None, {}
        self._widget.clear()

    def _loaded(self, results: Results) -> None:
        self._results = results
        classes = tuple(class_names(results.answers.classes))
        if classes != results.answers.classes:
            results = replace(results, answers=replace(results.answers, classes=classes))
        self._widget.show_results(results)

    def _failed(self, sentence: str, _details: str) -> None:
        self._widget.show_failure(sentence)

    def _load_pictures(self, indices: tuple[int, ...]) -> None:
        results = self._results
        if results is None:
            return

        def work(task: Task) -> None:
            from resnet_core.training.results import thumbnails

            for start in range(0, len(indices), _AT_ONCE):
                task.send(thumbnails(results, indices[start : start + _AT_ONCE], task.cancel))

        self._tasks.start("results pictures", work, lambda _: None, self._no_pictures, item=self._widget.show_pictures)

    def _no_pictures(self, sentence: str, _details: str) -> None:
        self._widget.show_picture_problem(sentence)

    def _open(self, index: int) -> None:
        results = self._results
        if results is None or results.pictures is None:
            return
        if index not in self._opened:
            source: object = results.pictures.source(index)
            if not isinstance(source, Path):
                from resnet_core.images import from_rgb

                source = from_rgb(results.pictures.thumbnail(index), results.answers.name(index))
            self._opened[index] = source
        self.image_chosen.emit(self._opened[index])
