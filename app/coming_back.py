"""Coming back to what was taken along: links and session files are opened again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, QTimer

from app import links
from app.last_session import BEFORE, LAST
from app.scene import Scene
from app.session import Session
from app.taking_along import digest, place_of
from app.tasks import Task
from resnet_core.errors import LensError

if TYPE_CHECKING:
    from app.main_window import MainWindow
    from app.session_file import SavedSession


class ComingBack(QObject):
    """What a link or a session names is opened; once its picture is analysed, the rest is looked at."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._wanted: Scene | None = None  # what is to be looked at once its picture is analysed
        self._current: Path | None = None  # of a session that is being opened
        session.analysis_changed.connect(self._analysis_changed)
        session.opened.connect(self._opened)
        session.failed.connect(self._forget)

    # -- links ---------------------------------------------------------------------------------------------------------

    def open_link(self, text: str) -> None:
        """Look again at what a link stands for."""
        try:
            what = links.parse(text)
        except LensError as error:
            self._say(str(error))
            return
        if what.picture is None:
            self._open_by_name(what)
            return
        picture = what.picture

        def work(task: Task) -> tuple[Scene, str]:
            if not picture.is_file():
                raise LensError(self.tr("The link’s picture {path} is not there any more.").format(path=picture))
            changed = what.digest and digest(picture, task) != what.digest
            if changed:
                return what, self.tr("{name} was changed since the link was made.").format(name=picture.name)
            return what, ""

        self._start("link", work, self._found)

    def _open_by_name(self, what: Scene) -> None:
        """A picture that is no file can only be one that is open."""
        for key, item in self._session.items.items():
            if not isinstance(item.source, Path) and item.name == what.name:
                self._look(what)
                self._session.select(key)
                return
        self._say(self.tr("The link’s picture “{name}” was never a file, and is not open.").format(name=what.name))

    def _found(self, found: tuple[Scene, str]) -> None:
        what, remark = found
        assert what.picture is not None
        if remark:
            self._say(remark)
        sources = [item.source for item in self._session.items.values() if isinstance(item.source, Path)]
        picture = next((source for source in sources if place_of(source) == what.picture), what.picture)
        self._look(replace(what, picture=picture))
        self._session.open([picture])

    def _look(self, what: Scene) -> None:
        """Once the picture is analysed by these weights, look at this of it."""
        library = self._session.library
        self._wanted = None
        info = next((info for info in library.all if info.id == what.weights), None)
        if info is None:
            self._say(self.tr("There are no weights named “{weights}” here.").format(weights=what.weights))
            return
        if info.id != library.in_use.id:
            library.choose(info.id)
        if not info.on_disk:
            self._say(self.tr("The weights {weights} are not on this disk: download them first.").format(
                weights=what.weights
            ))  # fmt: skip
            return
        self._wanted = what

    def _analysis_changed(self) -> None:
        wanted, analysis = self._wanted, self._session.analysis
        item = self._session.items.get(self._session.current or "")
        if wanted is None or analysis is None or item is None or analysis.info.id != wanted.weights:
            return
        same = item.source == wanted.picture if wanted.picture is not None else item.name == wanted.name
        if same:
            self._wanted = None
            QTimer.singleShot(0, lambda: self._show(wanted))  # the signal's other receivers come first

    def _show(self, what: Scene) -> None:
        """Look at the place of a scene; what this network has not is left out, with a sentence."""
        session, analysis = self._session, self._session.analysis
        if analysis is None or analysis.info.id != what.weights:
            return
        from resnet_core.engines.base import check_maps

        spec, problems = analysis.info.spec, []
        try:
            check_maps(spec, what.output, what.channel or 0)
            session.look_at(what.output, what.channel)
        except LensError as error:
            problems.append(str(error))
        if what.target is not None and what.target < spec.num_classes:
            session.look_at_class(what.target)
        elif what.target is not None:
            problems.append(self.tr("{weights} knows no class {index}.").format(
                weights=what.weights, index=what.target
            ))  # fmt: skip
        try:
            change = what.change.intervention()
            if change is not None:
                change.check(spec)
            session.intervene(change)
        except LensError as error:
            problems.append(str(error))
        self._window.workbench.show(what.instrument)
        if self._window.workbench.instrument is not None:
            self._window.workbench.instrument.choose(what.chosen)
        if problems:
            self._say(" ".join(problems))

    def _forget(self, _sentence: str) -> None:
        self._wanted = None

    # -- sessions ------------------------------------------------------------------------------------------------------

    def open_session(self, path: Path) -> None:
        """Open a session file in place of what is open."""

        def work(task: Task) -> tuple[SavedSession, list[Path]]:
            from app import session_file

            saved = session_file.load(path)
            missing = list(saved.refused)
            for image in saved.images:
                task.check()
                if not image.is_file():
                    missing.append(image)
            return saved, missing

        self._start("session file", work, self._loaded)

    def reopen(self, folder: Path) -> None:
        """Open what was open when the last window closed, or was lost."""
        for last in (folder / BEFORE, folder / LAST):  # the second is of this window, or of another that is open
            if last.is_file():
                self.open_session(last)
                return
        self._say(self.tr("There is no session to reopen yet."))

    def _loaded(self, loaded: tuple[SavedSession, list[Path]]) -> None:
        saved, missing = loaded
        if not set(saved.images) - set(missing):  # what is open stays
            from app import session_file

            self._say(session_file.missing_text(missing) or self.tr("There is no picture in this session."))
            return
        before = self._session.snapshot()
        self.put(saved, missing)
        if before[0]:
            undo, session = self._window.undo, self._session

            def again() -> None:  # in the window that is there then: another language makes another one
                undo.window.commander.coming_back.put(saved, missing)

            undo.did(self.tr("opening a session"), lambda: session.restore(before), again)

    def put(self, saved: SavedSession, missing: list[Path]) -> None:
        """Show a session in place of what is open."""
        window, session = self._window, self._session
        window.restore_layout(saved.layout)
        window.toolbar.run_on(saved.device, saved.precision)
        session.clear()
        there = [image for image in saved.images if image not in set(missing)]
        from app import session_file

        if sentence := session_file.missing_text(missing):
            self._say(sentence)
        what = saved.scene
        if what.picture not in there:
            what = replace(what, picture=there[0], name=there[0].name)
        self._look(what)
        self._current = what.picture
        session.open(there)

    def _opened(self) -> None:
        """The first picture of a session is the current one now; another was."""
        wanted, self._current = self._current, None
        if wanted is None:
            return
        for key, item in self._session.items.items():
            if item.source == wanted and key != self._session.current:
                self._session.select(key)

    # -- the rest ------------------------------------------------------------------------------------------------------

    def _start(self, lane: str, work: Callable[[Task], object], done: Callable[..., None]) -> None:
        self._window.bench.tasks.start(f"come back {lane}", work, done, self._session.notice.emit)

    def _say(self, sentence: str) -> None:
        self._session.notice.emit(sentence, "")
