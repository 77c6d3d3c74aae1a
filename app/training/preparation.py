"""The left side of the training dialog: finds the data, asks the engine for what it suggests, proposes a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QFileDialog

from app import paths
from app.i18n import sentence, tr
from app.library import Library
from app.tasks import Task, TaskRunner
from app.training import data as training_data
from app.training import setup as training_setup
from app.training.setup import DataSet, Speed
from app.widgets._training import DataState, WeightsOption
from app.widgets.training_form import TrainingForm
from resnet_core.errors import LensError
from resnet_core.networks import DEPTHS, NETWORKS
from resnet_core.training.config import TrainConfig
from resnet_core.training.runs import RunInfo
from resnet_core.weights.catalog import WeightsInfo
from resnet_core.weights.names import has_tag, weights_tag

LANE = "training data"


class Preparation(QObject):
    """`wanted(config, name)` when Start was pressed and everything can be meant."""

    wanted = pyqtSignal(object, str)

    def __init__(self, form: TrainingForm, library: Library, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._library, self._tasks = form, library, tasks
        self.datasets = paths.datasets_dir  # where CIFAR-10 is looked for, and downloaded to
        self._data: DataSet | None = None
        self._names: frozenset[str] = frozenset()
        self._speeds: tuple[Speed, ...] = ()
        self._before: Path | None = None
        self._busy = False
        self._network = ""
        form.changed.connect(self.refresh)
        form.start_requested.connect(self._start)
        for signal, slot in (
            (form.data.here_requested, self.look_for_data),
            (form.data.folder_requested, self._choose_folder),
            (form.data.archive_requested, self._choose_archive),
            (form.data.download_requested, self._download),
            (form.data.cancel_requested, self._cancel_download),
        ):
            signal.connect(slot)
        others = [name for name in NETWORKS if name not in DEPTHS]
        groups: list[tuple[str, Callable[[str], bool]]] = [
            (self.tr("For CIFAR-10 (He et al. 2015, 4.2)"), lambda name: name.startswith("resnet") and "_" not in name),
            (self.tr("Plain, without shortcuts"), lambda name: name.startswith("plain")),
            (self.tr("More"), lambda name: "_" in name),
        ]
        form.show_networks(
            [(name, name.removeprefix("resnet")) for name in DEPTHS],
            [(title, [name for name in others if belongs(name)]) for title, belongs in groups],
        )
        library.changed.connect(self.show_weights)
        self.show_weights()

    def take_over(self, before: Preparation) -> None:
        """Ask for what was asked for in another form; its data set is looked at anew, and told of in this language."""
        if place := before._form.data.state().path:
            self.choose_data(Path(place))
        self._form.take_over(before._form)

    # -- what there is -------------------------------------------------------------------------------------------------

    def show_weights(self) -> None:
        here = [info for info in self._library.all if info.on_disk]
        self._form.show_weights(
            [
                WeightsOption(info.id, info.spec.network, sentence(info.title), _about(info))
                for info in here
                if _trainable(info)
            ]
        )

    def show_runs(self, runs: Sequence[RunInfo], speeds: Sequence[Speed]) -> None:
        """What was trained here before: whose names are taken, how fast it went, on what data."""
        self._names, self._speeds = frozenset(info.name for info in runs), tuple(speeds)
        self._before = next((Path(info.config.data.path) for info in runs if info.config is not None), None)
        if self._data is None and self._form.data.state().stage == "looking" and not self._tasks.busy(LANE):
            self._look(None, self._before)
        self.refresh()

    def show_busy(self, busy: bool) -> None:
        """Whether a training is under way: then no other one can start."""
        if busy != self._busy:
            self._busy = busy
            self.refresh()

    # -- data ----------------------------------------------------------------------------------------------------------

    def look_for_data(self) -> None:
        self._look(None, None)

    def choose_data(self, place: Path) -> None:
        """A folder or an archive that the user named."""
        self._look(place, None)

    def _look(self, chosen: Path | None, before: Path | None) -> None:
        place = chosen or before
        title = self.tr("CIFAR-10") if place is None else place.name
        self._show(None, DataState("verifying", title, "", str(place or "")))

        datasets = self.datasets()

        def work(task: Task) -> DataSet:
            return training_data.find(chosen, before, datasets, task.cancel)

        self._missing_title = title
        self._tasks.start(LANE, self._named(work), self._found, self._not_found)

    def _named(self, work: Callable[[Task], DataSet]) -> Callable[[Task], DataSet | str]:
        """Nothing being there is an answer, not a failure."""

        def named(task: Task) -> DataSet | str:
            try:
                return work(task)
            except training_data.MissingError as error:
                return str(error)

        return named

    def _found(self, answer: DataSet | str) -> None:
        if isinstance(answer, str):
            self._show(None, DataState("missing", "CIFAR-10", answer))
        else:
            self._show(answer, DataState("ready", answer.name, answer.note, str(answer.path)))

    def _not_found(self, sentence: str, _details: str) -> None:
        self._show(None, DataState("bad", self._missing_title, sentence))

    def _download(self) -> None:
        datasets = self.datasets()

        def work(task: Task) -> DataSet:
            from resnet_core import cifar10

            folder = cifar10.download(datasets, task.report, task.cancel)
            return training_data.find(folder, None, datasets, task.cancel)

        self._missing_title = "CIFAR-10"
        self._show(None, DataState("downloading", "CIFAR-10", self.tr("Connecting …")))
        self._tasks.start(LANE, work, self._found, self._not_found, progress=self._form.data.show_download)

    def _cancel_download(self) -> None:
        self._tasks.cancel(LANE)
        self._show(None, DataState("missing", "CIFAR-10", self.tr("The download was called off; what came is kept.")))

    def _choose_folder(self) -> None:
        start = str(self._data.path.parent) if self._data is not None else ""
        folder = QFileDialog.getExistingDirectory(self._form, self.tr("A folder of classes, or CIFAR-10’s"), start)
        if folder:
            self.choose_data(Path(folder))

    def _choose_archive(self) -> None:
        file, _ = QFileDialog.getOpenFileName(
            self._form, self.tr("CIFAR-10’s archive"), "", self.tr("Archives (*.tar.gz *.tgz);;All files (*)")
        )
        if file:
            self.choose_data(Path(file))

    def _show(self, data: DataSet | None, state: DataState) -> None:
        self._data = data
        self._form.show_data(state)
        self.refresh()

    # -- what is suggested ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """After every change: stages, suggestions, a name, an estimate, and what stands in the way."""
        wish, form = self._form.wish(), self._form
        if wish.network != self._network:
            self._network = wish.network
            form.show_stages(training_setup.stages_to_freeze(wish.network))
        form.show_name(training_setup.proposed_name(self._data, wish.network, self._names))
        weights = self._weights(wish.weights)
        data = self._data or DataSet(Path(), "cifar10", "CIFAR-10", "", training_data.CIFAR10_IMAGES)
        try:
            form.show_defaults(training_setup.as_defaults(training_setup.suggested(data, wish, weights)))
            config = training_setup.configuration(data, form.wish(), weights)
            problem = self._problem()
        except LensError as error:
            config, problem = None, str(error)
        told = "" if config is None or self._data is None else training_setup.estimate(self._speeds, config, data)
        form.show_estimate(told)
        waiting = self.tr("One training at a time: the next one can start when this one has ended.")
        form.show_problem(
            problem or (waiting if self._busy else self._renamed()),
            can_start=not problem and not self._busy and self._data is not None,
            bad=bool(problem),
        )

    def _problem(self) -> str:
        name = self._form.wish().name
        if name and not has_tag(name):
            return self.tr("A name needs a letter from a to z, or a digit.")
        if name and weights_tag(name) in self._names:
            return self.tr("There is a run named “{0}” already.").format(weights_tag(name))
        return ""

    def _renamed(self) -> str:
        """Names become folders: what is made of one that can't be, before it is."""
        name = self._form.wish().name
        tag = weights_tag(name)
        return "" if not name or tag == name.lower() else self.tr("The run will be named “{0}”.").format(tag)

    def _weights(self, weights_id: str | None) -> WeightsInfo | None:
        return next((info for info in self._library.all if info.id == weights_id), None)

    def _start(self) -> None:
        wish = self._form.wish()
        if self._data is None or self._busy:
            return
        try:
            config: TrainConfig = training_setup.configuration(self._data, wish, self._weights(wish.weights))
        except LensError as error:
            self._form.show_problem(str(error), can_start=False, bad=True)
            return
        name = weights_tag(wish.name) if wish.name else ""
        self._form.forget_name()
        self.wanted.emit(config, name or training_setup.proposed_name(self._data, wish.network, self._names))


def _about(info: WeightsInfo) -> str:
    if info.accuracy is None:
        return sentence(info.title)
    return tr("{0} % on {1}").format(f"{100 * info.accuracy:.1f}", info.dataset)


def _trainable(info: WeightsInfo) -> bool:
    return info.spec.network in NETWORKS
