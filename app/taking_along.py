"""Taking along what is looked at: as a figure or its numbers, as a link, as a session file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject
from PyQt5.QtWidgets import QApplication

from app import files, headings, i18n, links
from app.saving import save_as
from app.scene import Change, Chosen, Scene
from app.session import Session
from app.tasks import Task
from resnet_core.weights.catalog import WeightsInfo

if TYPE_CHECKING:
    from app.main_window import MainWindow
    from app.session_file import SavedSession

_PIECE = 1 << 20


class TakingAlong(QObject):
    """Handlers of the actions that write down what is looked at; `app.coming_back` opens it again."""

    def __init__(self, window: MainWindow, session: Session, export_maps: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._session, self._export_maps = window, session, export_maps

    def handlers(self) -> dict[str, Callable[..., None]]:
        return {"export": self.export, "copy_link": self.copy_link, "save_session": self.save_session}

    # -- figures and numbers -------------------------------------------------------------------------------------------

    def export(self) -> None:
        """Save the instrument looked at as a figure, or its numbers; the maps by `export_maps`."""
        instrument = self._window.workbench.instrument
        if instrument is None:
            self._export_maps()
            return
        if self._session.analysis is None or not instrument.panel.isVisibleTo(self._window):
            self._say(self.tr("There is nothing to export yet."))
            return
        from app.instruments import export as figures

        numbers = instrument.numbers()
        filters = {
            "png": self.tr("Picture (*.png)"),
            "svg": self.tr("Drawing (*.svg)"),
            "pdf": self.tr("Document (*.pdf)"),
            "json": self.tr("Numbers and where they come from (*.json)"),
            "csv": self.tr("Table for a spreadsheet (*.csv)"),
            "npy": self.tr("Array, as computed (*.npy)"),
            "npz": self.tr("Arrays, as computed (*.npz)"),
        }
        kinds = (*figures.FIGURES, *figures.kinds_of(numbers))
        of = (self._session, self._window.workbench.current, self._session.channel)
        heading = headings.heading(
            *of, i18n.sentence, i18n.class_name, as_trained=instrument.as_trained, scale=instrument.scale()
        )
        in_english = headings.heading(*of, str, WeightsInfo.class_label, as_trained=instrument.as_trained)
        proposed = Path(self._window.memory.export_folder()) / self._proposed(heading.title)
        offered = {kind: filters[kind] for kind in kinds}
        path = save_as(self._window, self.tr("Export"), proposed, offered, first="png")
        if path is None:
            return
        kind = path.suffix.lower().removeprefix(".")
        figure = figures.figure(instrument.panel, heading, kind) if kind in figures.FIGURES else None

        def work(task: Task) -> str:
            if figure is not None:
                files.write(path, figure())
            elif numbers is not None:
                files.write(path, figures.numbers_file(numbers, in_english, kind))
            return self.tr("Written to {path}.").format(path=path)

        self._window.memory.exported_to(path.parent)
        self._start("export", work, self._say)

    def _proposed(self, title: str) -> str:
        """A file name, without its ending, that says what is in it."""
        analysis = self._session.analysis
        assert analysis is not None
        parts = [Path(analysis.picture.name).stem, analysis.info.id, self._session.output, title]
        return "".join(char for char in " ".join(parts) if char not in '<>:"/\\|?*' and char.isprintable())

    # -- links ---------------------------------------------------------------------------------------------------------

    def scene(self) -> Scene | None:
        """What is looked at now; None while there is no picture."""
        session = self._session
        item = session.items.get(session.current or "")
        if item is None:
            return None
        instrument = self._window.workbench.instrument
        return Scene(
            place_of(item.source) if isinstance(item.source, Path) else None,
            item.name[:255],
            session.library.in_use.id,
            "",
            self._window.workbench.current,
            session.output,
            session.channel,
            session.target,
            Change.of(session.intervention),
            Chosen() if instrument is None else instrument.chosen(),
        )

    def copy_link(self) -> None:
        """Put a link to what is looked at on the clipboard."""
        what = self.scene()
        if what is None:
            self._say(self.tr("Open a picture first: a link says which one is looked at."))
            return

        def work(task: Task) -> str:
            if what.picture is None:
                return links.link(what)
            return links.link(replace(what, digest=digest(what.picture, task)))

        self._start("link", work, self._copied)

    def _copied(self, link: str) -> None:
        QApplication.clipboard().setText(link)
        self._say(self.tr("The link is on the clipboard: paste it into any ResNet Lens window on this computer."))

    # -- sessions ------------------------------------------------------------------------------------------------------

    def session_now(self) -> SavedSession | None:
        """What is open and looked at, as far as it can be saved: pictures that are files. None without a picture."""
        what, session = self.scene(), self._session
        if what is None:
            return None
        from app.session_file import SavedSession

        sources = [item.source for item in session.items.values()]
        images = tuple(place_of(source) for source in sources if isinstance(source, Path))
        return SavedSession(images, what, session.device, session.precision, self._window.layout_state())

    def save_session(self) -> None:
        """Write the session to a file that opens again."""
        saved = self.session_now()
        if saved is None:
            self._say(self.tr("There is nothing to save yet: no picture is open."))
            return
        folder = Path(self._window.memory.export_folder())
        name = self.tr("session")
        filters = {"lens": self.tr("ResNet Lens session (*.lens)")}
        path = save_as(self._window, self.tr("Save session"), folder / name, filters, first="lens")
        if path is None:
            return
        count = len(self._session.items)

        def work(task: Task) -> str:
            from app import session_file

            images = tuple(image for image in saved.images if session_file.can_name(image, path.absolute().parent))
            session_file.save(path, replace(saved, images=images))
            said = self.tr("Written to {path}.").format(path=path)
            if left_out := count - len(images):
                without = self.tr("Pictures that are no files on this computer’s disks are not in it: {count}.")
                said += " " + without.format(count=left_out)
            return said

        self._window.memory.exported_to(path.parent)
        self._start("session file", work, self._say)

    # -- the rest ------------------------------------------------------------------------------------------------------

    def _start(self, lane: str, work: Callable[[Task], object], done: Callable[..., None]) -> None:
        self._window.bench.tasks.start(f"take along {lane}", work, done, self._session.notice.emit)

    def _say(self, sentence: str) -> None:
        self._session.notice.emit(sentence, "")


def place_of(source: Path) -> Path:
    """Where a picture lies, whatever folder the program was started in."""
    return source.resolve() if ".." in source.parts else source.absolute()


def digest(picture: Path, task: Task) -> str:
    """The first 16 hexadecimal digits of a file's SHA-256; "" for what can't be read."""
    found = hashlib.sha256()
    try:
        with picture.open("rb") as file:
            while piece := file.read(_PIECE):
                task.check()
                found.update(piece)
    except OSError:
        return ""
    return found.hexdigest()[:16]
