"""The weights as the window knows them: what there is, which set is chosen, which one is in use."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import QFile, QObject, pyqtSignal

from app import os_errors
from app.settings import BUNDLED
from app.tasks import Task, TaskRunner
from resnet_core.errors import WeightsError
from resnet_core.weights.catalog import WeightsInfo
from resnet_core.weights.store import WeightsStore


class _NoTrash(Exception):
    """This file can't be put into one, and was left alone."""


class Library(QObject):
    """`chosen` is what the pickers show; `in_use` what images are classified with.

    They differ only while the chosen weights are not on this disk: the window stays usable with the old ones.
    """

    changed = pyqtSignal()  # the list, or what is chosen
    in_use_changed = pyqtSignal()
    progressed = pyqtSignal(object, object)  # bytes done, bytes in all (None: not known); past 2 GB int would wrap
    download_failed = pyqtSignal(str, str)  # weights by id, a sentence; what came so far is kept
    failed = pyqtSignal(str, str)  # a sentence, details
    exported = pyqtSignal(str)  # a sentence
    imported = pyqtSignal(str)  # what was found in the file, and what was assumed
    no_trash = pyqtSignal(str, str)  # weights by id, their file's name: not removed, for it would be for good

    def __init__(self, store: WeightsStore, tasks: TaskRunner, wanted: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self._tasks = tasks
        self.all = store.all()
        self.chosen = self.in_use = self._usable(wanted) or self._usable(BUNDLED) or self.all[0]

    def _usable(self, weights_id: str) -> WeightsInfo | None:
        return next((info for info in self.all if info.id == weights_id and info.on_disk), None)

    def of_network(self, network: str) -> tuple[WeightsInfo, ...]:
        """Every set of weights of a network: those on this disk first, then the most accurate."""
        mine = [info for info in self.all if info.spec.network == network]
        return tuple(sorted(mine, key=lambda info: (not info.on_disk, -(info.accuracy or 0.0))))

    def networks(self) -> tuple[str, ...]:
        """The networks there are weights for, in the catalog's order."""
        return tuple(dict.fromkeys(info.spec.network for info in self.all))

    def choose_network(self, network: str) -> None:
        if network == self.in_use.spec.network:
            self.choose(self.in_use.id)
        elif choices := self.of_network(network):
            self.choose(choices[0].id)

    def choose(self, weights_id: str) -> None:
        """Make these weights the chosen ones; they come into use at once where they are on this disk."""
        try:
            self.chosen = next(info for info in self.all if info.id == weights_id)
        except StopIteration:
            self.failed.emit(f"There are no weights named “{weights_id}”.", "")
            return
        self.changed.emit()
        if self.chosen.on_disk and self.chosen != self.in_use:
            self.in_use = self.chosen
            self.in_use_changed.emit()

    def download(self, weights_id: str) -> None:
        """Fetch published weights; they come into use where they are still the chosen ones then."""
        if self._is_busy():
            return

        def work(task: Task) -> WeightsInfo:
            return self.store.download(weights_id, progress=task.report, cancel=task.cancel)

        def failed(sentence: str, details: str) -> None:
            self.changed.emit()
            self.download_failed.emit(weights_id, sentence)

        self._tasks.start("weights", work, self._downloaded, failed, progress=self._progressed)

    def import_files(self, paths: Sequence[Path]) -> None:
        """Take over weights files; the last one comes into use. A file that is no network ends it, with the reason."""
        if self._is_busy():
            return

        def work(task: Task) -> list[WeightsInfo]:
            return [self.store.import_file(path, progress=task.report, cancel=task.cancel) for path in paths]

        self._tasks.start("weights", work, self._imported, self._import_failed, progress=self._progressed)

    def _is_busy(self) -> bool:
        """Whether a download or an import is under way, which another would call off; then that is said."""
        busy = self._tasks.busy("weights")
        if busy:
            self.failed.emit("Weights are being fetched or imported: wait for that, or cancel it first.", "")
        return busy

    def export(self, weights_id: str, path: Path) -> None:
        def work(task: Task) -> str:
            self.store.export(weights_id, path)
            return f"{weights_id} was written to {path}."

        self._tasks.start("export weights", work, self.exported.emit, self.failed.emit)

    def cancel(self) -> None:
        """Call a download or an import off; what came of it so far is kept: a part for next time, files imported."""
        self._tasks.cancel("weights")
        self.refresh()

    def remove(self, weights_id: str, *, for_good: bool = False) -> tuple[Path, Path] | None:
        """Put weights into the system's trash, or delete them; where they were in use, the bundled ones take over.

        Gives where their file was and where it is now, for `put_back`; None where there is no way back, or where it was
        not removed: `no_trash` or `failed` says why.
        """
        place = next((info.path for info in self.all if info.id == weights_id), None)
        kept: list[str] = []

        def to_trash(path: Path) -> None:
            done, where = QFile.moveToTrash(str(path))
            if not done and path.exists():
                raise _NoTrash(path.name)
            if where:
                kept.append(where)

        try:
            self.store.remove(weights_id, by=None if for_good else to_trash)
        except _NoTrash as untouched:
            self.no_trash.emit(weights_id, str(untouched))
            return None
        except WeightsError as error:
            self.failed.emit(str(error), "")
            return None
        self._removed(weights_id)
        return (place, Path(kept[0])) if place is not None and kept else None

    def put_back(self, place: Path, trash: Path) -> None:
        """Undo a removal. Says so where the trash was emptied meanwhile."""
        try:
            shutil.move(trash, place)
        except OSError as error:
            self.failed.emit(f"{place.name} can't be brought back: {os_errors.reason(error)}.", "")
        with contextlib.suppress(OSError):  # what the desktop noted about it in the trash
            (trash.parent.parent / "info" / f"{trash.name}.trashinfo").unlink()
        self.refresh()

    def _removed(self, weights_id: str) -> None:
        self.refresh()
        if self.in_use.id == weights_id:
            self.choose(BUNDLED)
        elif self.chosen.id == weights_id:
            self.choose(self.in_use.id)

    def fall_back(self) -> bool:
        """Where the file of the weights in use is gone, let the bundled ones take over. Whether that was so."""
        path = self.in_use.path
        if self.in_use.id == BUNDLED or (path is not None and path.exists()):
            return False
        self.refresh()
        self.choose(BUNDLED)
        return True

    def refresh(self) -> None:
        """Read the list anew; the chosen weights keep their name, and learn whether they are on this disk."""
        self.all = self.store.all()
        self.chosen = next((info for info in self.all if info.id == self.chosen.id), self.in_use)
        self.changed.emit()

    def _downloaded(self, info: WeightsInfo) -> None:
        self.refresh()
        if self.chosen.id == info.id:  # else the user has gone on to others meanwhile
            self.choose(info.id)

    def _imported(self, infos: list[WeightsInfo]) -> None:
        self.refresh()
        self.choose(infos[-1].id)
        self.imported.emit(" ".join(info.note for info in infos))

    def _progressed(self, done: int, total: int | None) -> None:
        self.progressed.emit(done, total)

    def _import_failed(self, sentence: str, details: str) -> None:
        self.refresh()  # those before the bad one are here
        self.failed.emit(sentence, details)
