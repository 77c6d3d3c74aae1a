"""What each action does: dialogs that ask what to open or where to export, the clipboard, the theme."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QMimeData, QObject, Qt, QTimer
from PyQt5.QtWidgets import QApplication, QDialog, QFileDialog

from app import actions, asking, opening, paths, reports, samples, theme
from app.coming_back import ComingBack
from app.copying import Copying
from app.explorer import Explorer
from app.instruments.table import KEYS as INSTRUMENT_KEYS
from app.links import is_link
from app.maps_export import MapsExport
from app.session import Session
from app.taking_along import TakingAlong
from resnet_core.networks import DEPTHS

if TYPE_CHECKING:
    from app.main_window import MainWindow


class Commander(QObject):
    """Handlers of the actions, by action id. The window gives itself as the parent of dialogs."""

    def __init__(self, window: MainWindow, session: Session, explorer: Explorer) -> None:
        super().__init__(window)
        self._window, self._session, self._explorer = window, session, explorer
        self.maps_export = MapsExport(window, session, explorer)
        self.copying = Copying(window, session, explorer, self.maps_export.write_channel)
        self.taking_along = TakingAlong(window, session, self.maps_export.export_maps)
        self.coming_back = ComingBack(window, session)

    def handlers(self) -> dict[str, Callable[..., None]]:
        window, session = self._window, self._session
        choices: tuple[theme.Choice, ...] = ("system", "light", "dark")
        themes = {f"theme_{name}": self._theme_setter(name) for name in choices}
        instruments = {f"instrument_{key}": self._instrument_shower(key) for key in INSTRUMENT_KEYS}
        depths = {f"depth_{network.removeprefix('resnet')}": self._depth_setter(network) for network in DEPTHS}
        return {
            "open": self.open_files,
            "open_folder": self.open_folder,
            "paste": self.paste,
            **self.taking_along.handlers(),
            **self.copying.handlers(),
            "remove": self.remove_current,
            "clear": self.clear,
            "undo": window.undo.stack.undo,
            "redo": window.undo.stack.redo,
            "quit": self.quit,
            "next_stage": lambda: self._explorer.step_stage(1),
            "previous_stage": lambda: self._explorer.step_stage(-1),
            "next_image": lambda: session.step(1),
            "previous_image": lambda: session.step(-1),
            "full_screen": self.full_screen,
            "download": lambda: window.toolbar.download_chosen(),
            "import": lambda: window.toolbar.import_weights(),
            "train": window.training.open,
            "degradation": window.degradation.open,
            "shortcuts": self._show_shortcuts,
            "reopen": lambda: self.coming_back.reopen(paths.home()),
            "results": window.results.show,
            "settings": self.show_settings,
            "log": self._show_log,
            "about": self._show_about,
            "as_trained": self.as_trained,
            **themes,
            **instruments,
            **depths,
        }

    # -- opening -------------------------------------------------------------------------------------------------------

    def open_files(self) -> None:
        from resnet_core.images import IMAGE_SUFFIXES

        patterns = " ".join(f"*{suffix}" for suffix in sorted(IMAGE_SUFFIXES))
        paths, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Open pictures"),
            self._window.memory.last_folder(),
            self.tr("Pictures and sessions ({patterns} *.lens);;All files (*)").format(patterns=patterns),
        )
        if paths:
            self._open_chosen([Path(path) for path in paths])

    def open_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self._window, self.tr("Open all pictures of a folder"), self._window.memory.last_folder()
        )
        if folder:
            self._open_chosen([Path(folder)])

    def open_sample(self, key: str) -> None:
        self._session.open([samples.folder() / key])

    def paste(self) -> None:
        """Open what the clipboard holds: files, or picture data."""
        self.open_mime(QApplication.clipboard().mimeData(), self.tr("Pasted picture"))

    def open_mime(self, mime: QMimeData, name: str) -> None:
        """Open what a drop or the clipboard holds; weights files are imported, web addresses asked about."""
        if link := opening.link(mime):
            self.coming_back.open_link(link)
        elif paths := opening.local_paths(mime):
            self.open_paths(paths)
        elif (image := opening.image(mime)) is not None:
            self._session.open_made(lambda: opening.picture(image, name))
        elif addresses := opening.web_addresses(mime):
            # Not now: a drop is not over, and its source waits, until this returns.
            QTimer.singleShot(0, lambda: self._ask_about(addresses[0]))
        else:
            self._session.notice.emit(self.tr("There is no picture here: neither a file nor picture data."), "")

    def open_paths(self, paths: list[Path]) -> None:
        """Open pictures and folders; weights files are imported, a link or a session is opened in their place."""
        if link := next((str(path) for path in paths if is_link(str(path))), None):
            self.coming_back.open_link(link)
            return
        if session := next((path for path in paths if opening.is_session(path)), None):
            self._window.memory.opened([session])
            self.coming_back.open_session(session)
            return
        weights = [path for path in paths if opening.is_weights(path)]
        if weights:
            self._session.library.import_files(weights)
        if pictures := [path for path in paths if path not in weights]:
            self._window.memory.opened(pictures)
            self._session.open(pictures)

    def _open_chosen(self, paths: list[Path]) -> None:
        self._window.memory.opened_from(paths[0] if paths[0].is_dir() else paths[0].parent)
        self.open_paths(paths)

    def _ask_about(self, address: str) -> None:
        if asking.agreed(self._window, self.tr("Fetch this picture from the internet?"), address):
            self._session.fetch(address)

    def show_details(self, details: str) -> None:
        """What the status line's notice has no room for."""
        box = asking.box(self._window, self.tr("Details"), reports.without_home(details))
        box.setTextInteractionFlags(Qt.TextSelectableByMouse)
        asking.tell(box)

    # -- the rest ------------------------------------------------------------------------------------------------------

    def remove_current(self) -> None:
        if self._session.current is not None:
            self.remove(self._session.current)

    def remove(self, key: str) -> None:
        """Take a picture off the strip."""
        session, before = self._session, self._session.snapshot()
        session.remove(key)
        self._window.undo.did(
            self.tr("removing {name}").format(name=before[0][key].name),
            lambda: session.restore(before),
            lambda: session.remove(key),
        )

    def clear(self) -> None:
        """Take all pictures off the strip."""
        session, before = self._session, self._session.snapshot()
        if before[0]:
            session.clear()

            def bring_back() -> None:
                session.restore(before)
                session.notice.emit("", "")  # what is said below is no longer so

            self._window.undo.did(self.tr("removing all pictures"), bring_back, session.clear)
            session.notice.emit(self.tr("All pictures are off the strip; Ctrl+Z brings them back."), "")

    def as_trained(self) -> None:
        """Undo every change made to the network."""
        session, change = self._session, self._session.intervention
        if change is not None:
            session.intervene(None)
            self._window.undo.did(
                self.tr("resetting the network"), lambda: session.intervene(change), lambda: session.intervene(None)
            )

    def remove_weights(self, weights_id: str) -> None:
        """Put weights into the trash. The user was asked."""
        library = self._session.library
        if moved := library.remove(weights_id):
            where: list[tuple[Path, Path] | None] = [moved]

            def again() -> None:
                where[0] = library.remove(weights_id)  # None where there is no way back this time

            def bring_back() -> None:
                if where[0] is not None:
                    library.put_back(*where[0])
                    self._session.notice.emit("", "")

            self._window.undo.did(self.tr("removing {id}").format(id=weights_id), bring_back, again)
            self._session.notice.emit(self.tr("{id} is in the trash; Ctrl+Z brings it back.").format(id=weights_id), "")

    def full_screen(self, on: bool) -> None:
        if on:
            self._window.showFullScreen()
        else:
            self._window.showNormal()

    def quit(self) -> None:
        self._window.close()

    def _theme_setter(self, name: theme.Choice) -> Callable[[], None]:
        return lambda: self._window.set_theme(name)

    def _depth_setter(self, network: str) -> Callable[[], None]:
        return lambda: self._session.library.choose_network(network)

    def _instrument_shower(self, key: str) -> Callable[[], None]:
        return lambda: self._window.workbench.show(key)

    def show_settings(self, row: str = "") -> None:
        """`row`: the one to begin at."""
        from app.dialogs.settings_dialog import SettingsDialog  # as all dialogs: the window is there sooner without

        dialog = SettingsDialog(self._window.remembered(), self._window.toolbar.device_choices(), self._window)
        dialog.changed.connect(self._window.apply_settings)
        self._show(dialog)
        dialog.begin_at(row)

    def _show_shortcuts(self) -> None:
        from app.dialogs.shortcuts_dialog import ShortcutsDialog

        self._show(ShortcutsDialog(actions.sheet(), self._window))

    def _show_log(self) -> None:
        from app.dialogs.log_dialog import LogDialog

        self._show(LogDialog(paths.logs_dir(), self._window))

    def _show_about(self) -> None:
        from app.dialogs.about_dialog import AboutDialog

        self._show(AboutDialog(self._window, icon=theme.app_icon().pixmap(64, 64)))

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WA_DeleteOnClose)
        dialog.open()
