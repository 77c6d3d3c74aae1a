"""The maps looked at as files: all of a stage or one channel, as a picture or as computed."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PyQt5.QtCore import QObject

from app import files, headings
from app.explorer import Explorer
from app.saving import save_as
from app.session import Session
from app.tasks import Task

if TYPE_CHECKING:
    import numpy as np

    from app.instruments import export as figures
    from app.main_window import MainWindow
    from resnet_core.engines.base import Floats


class MapsExport(QObject):
    """Writes what is looked at when it is asked to, whatever is looked at when the file is chosen and made."""

    def __init__(self, window: MainWindow, session: Session, explorer: Explorer) -> None:
        super().__init__(window)
        self._window, self._session, self._explorer = window, session, explorer
        self._numbers = itertools.count()  # a lane for each export: another one does not take its place

    def export_maps(self) -> None:
        """Save the maps of the stage looked at: a montage of them, or all as computed (.npy)."""
        maps = self._explorer.maps()
        if maps is None:
            return
        montage, texts = self._explorer.grid_picture()
        heading = headings.of_maps(self._session, texts)
        path = self._ask_where(self._explorer.export_name(), "png", ("png", "npy"))  # others take long to draw so many
        if path is None:
            return
        if path.suffix.lower() == ".npy":
            self._write(next(self._numbers), path, lambda: _write_npy(path, maps))
        else:
            number = next(self._numbers)
            self._start(number, lambda task: montage(), lambda rgb: self._draw(number, path, rgb, heading, texts))

    def export_channel(self, kind: str) -> None:
        """Save the channel looked at, as it is shown or as computed; `kind` is what the dialog proposes."""
        maps = self._explorer.maps()
        if maps is None:
            return
        channel, (rgb, texts) = self._session.channel or 0, self._explorer.channel_drawn()
        heading = headings.of_maps(self._session, texts, channel)
        path = self._ask_where(self._explorer.export_name(channel=True), kind)
        if path is None:
            return
        if path.suffix.lower() == ".npy":
            self._write(next(self._numbers), path, lambda: _write_npy(path, maps[channel]))
        else:
            self._draw(next(self._numbers), path, rgb, heading, texts)

    def write_channel(self, path: Path) -> None:
        """The channel looked at, as a described picture (.png) and at once: to be dragged out. Raises LensError."""
        from app.instruments import export as figures

        rgb, texts = self._explorer.channel_drawn()
        heading = headings.of_maps(self._session, texts, self._session.channel or 0)
        files.write(path, figures.picture(rgb, heading, texts)())

    def _ask_where(self, proposed: str, kind: str, kinds: Sequence[str] = ("png", "svg", "pdf", "npy")) -> Path | None:
        memory = self._window.memory
        filters = {
            "png": self.tr("Picture (*.png)"),
            "svg": self.tr("Drawing (*.svg)"),
            "pdf": self.tr("Document (*.pdf)"),
            "npy": self.tr("Numbers, as computed (*.npy)"),
        }
        offered = {kind: filters[kind] for kind in kinds}
        path = save_as(self._window, self.tr("Export"), Path(memory.export_folder()) / proposed, offered, first=kind)
        if path is not None:
            memory.exported_to(path.parent)
        return path

    def _draw(
        self, number: int, path: Path, rgb: np.ndarray, heading: figures.Heading, texts: Mapping[str, str]
    ) -> None:
        from app.instruments import export as figures  # here: the window is there sooner without

        file = figures.picture(rgb, heading, texts, path.suffix.lower().removeprefix("."))
        self._write(number, path, lambda: files.write(path, file()))

    def _write(self, number: int, path: Path, write: Callable[[], None]) -> None:
        def work(task: Task) -> str:
            write()
            return self.tr("Written to {path}.").format(path=path)

        self._start(number, work, lambda said: self._session.notice.emit(said, ""))

    def _start(self, number: int, work: Callable[[Task], Any], done: Callable[[Any], None]) -> None:
        self._window.bench.tasks.start(f"export maps {number}", work, done, self._session.notice.emit)


def _write_npy(path: Path, values: Floats) -> None:
    from resnet_core.map_export import write_npy  # here: looking at maps needs no Pillow

    write_npy(path, values)
