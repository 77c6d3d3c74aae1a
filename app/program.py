"""The program put together: store, engines, session and window, and how they are taken down again."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, QTimer

from app import geometry, i18n, other_language, paths, samples, theme
from app.application import the_application
from app.last_session import LastSession
from app.library import Library
from app.main_window import MainWindow
from app.results import FILES_ARE_MOVED
from app.session import Session
from app.settings import Settings, SettingsFile
from app.tasks import Task, TaskRunner
from resnet_core.errors import LensError
from resnet_core.weights.store import WeightsStore

if TYPE_CHECKING:
    from resnet_core.analysis import Classifier

SAMPLE_PX = 320  # long side of a sample in the welcome page, for screens of twice the density

_log = logging.getLogger("app.program")


class Program(QObject):
    """One window with everything behind it. Make it in the GUI thread; `close()` it before the QApplication goes."""

    def __init__(self, settings: Settings, settings_file: SettingsFile | None = None) -> None:
        super().__init__()
        self._settings_file = settings_file
        self.tasks = TaskRunner(self)
        self.store = WeightsStore(paths.home(), mirrors=settings.mirrors)
        self._classifier: Classifier | None = None
        self._classifier_lock = threading.Lock()
        self.library = Library(self.store, self.tasks, settings.weights, self)
        self.session = Session(self.classifier, self.library, self.tasks, self)
        self.session.device, self.session.precision = settings.device, settings.precision
        self.session.output, self.session.channel = settings.output, settings.channel
        self.window = MainWindow(self.session, self.tasks, settings)
        self.last_session = LastSession(self.window, self.session, paths.home())
        self._hear(self.window)
        self.window.first_painted.connect(self._after_first_paint)
        self._first: list[Path] = []
        self._samples: list[samples.Sample] = []
        self.started = False  # whether the work that follows the first paint is under way

    def classifier(self) -> Classifier:
        """Made by the first work that asks for it: what it imports is not needed for the window to appear."""
        with self._classifier_lock:
            if self._classifier is None:
                from resnet_core.analysis import Classifier

                self._classifier = Classifier(
                    self.store, cache_dir=paths.cache_dir(), threads=self.window.settings.threads or None
                )
            return self._classifier

    def show(self, images: Iterable[Path] = ()) -> None:
        """Put the window on screen; once it is there, open `images`."""
        self._first = list(images)
        self.window.show()

    def open_from_outside(self, paths: list[str]) -> None:
        """A second start of the program, or the desktop, wants these shown here."""
        geometry.to_front(self.window)
        if paths:
            self.window.commander.open_paths([Path(path) for path in paths])

    def _after_first_paint(self) -> None:
        """What costs time and need not be there for the first picture of the window: pictures, engines, devices."""
        trace("window")
        gc.enable()
        if self._first:
            self.window.commander.open_paths(self._first)
            self.session.busy_changed.connect(self._after_first_answer)
            self.tasks.busy_changed.connect(self._after_first_answer)
        else:
            self.tasks.start("warm up", self._warm_up, self._warm, self.session.notice.emit)
        self.tasks.start("samples", lambda task: samples.load(SAMPLE_PX), self._show_samples, self.session.notice.emit)
        if self._settings_file is not None:  # a window of a user's, not a picture of one
            self.last_session.start()
        self.started = True

    def _hear(self, window: MainWindow) -> None:
        window.closing.connect(self._closing)
        window.settings_changed.connect(self._settings_changed)

    def close_window(self) -> None:
        """As its own button does."""
        self.window.close()

    def _show_samples(self, found: list[samples.Sample]) -> None:
        self._samples = found
        self.window.welcome.show_samples([(key, samples.name(key), thumbnail) for key, _, thumbnail in found])

    def _speak(self) -> None:
        """Put the window in the language of the settings."""
        if self.tasks.busy(FILES_ARE_MOVED):
            QTimer.singleShot(200, self._speak)
        elif i18n.install(self.window.settings.language):
            theme.apply_font(the_application())
            self.window = self.last_session.window = other_language.made_anew(self.window)
            self._hear(self.window)
            self._show_samples(self._samples)

    def _after_first_answer(self) -> None:
        """Once: the first picture is shown, or there was none to be shown."""
        if self.session.analysis is None and not self.tasks.idle:
            return
        self.session.busy_changed.disconnect(self._after_first_answer)
        self.tasks.busy_changed.disconnect(self._after_first_answer)
        QTimer.singleShot(0, self._first_answered)

    def _first_answered(self) -> None:
        if self.session.analysis is not None:
            trace("prediction")
        gc.freeze()  # what is here now stays to the end: looking through it for garbage would hold the window up
        self.window.toolbar.find_devices()
        self.window.training.look_for_runs()

    def _warm_up(self, task: Task) -> None:
        """Load the engine's library and compile the network in use, so that the first picture only costs a run."""
        import numpy as np

        from resnet_core.images import from_rgb

        blank = from_rgb(np.zeros((8, 8, 3), np.uint8), "blank")
        self.classifier().analyse(
            blank, self.library.in_use.id, device=self.session.device, precision=self.session.precision
        )

    def _warm(self, _: None) -> None:
        self._first_answered()

    def _settings_changed(self, settings: Settings) -> None:
        self.store.mirrors = settings.mirrors
        threads, classifier = settings.threads or None, self._classifier
        if classifier is not None:  # closing an engine waits for what it is computing
            self.tasks.start(
                "threads", lambda task: classifier.use_threads(threads), _nothing, self.session.notice.emit
            )
        self._remember()
        QTimer.singleShot(0, self._speak)  # not now: the dialog that was chosen in goes with its window

    def _closing(self) -> None:
        self._remember()
        if self._settings_file is not None:
            self.last_session.end()

    def _remember(self) -> None:
        if self._settings_file is not None:
            try:
                self._settings_file.save(self.window.remembered())
            except LensError as error:
                _log.warning("%s", error)

    def close(self) -> bool:
        """Call off all work, wait for it, end the worker processes. False when something did not end in time."""
        self.window.training.close()
        ended = self.tasks.close()
        if ended and self._classifier is not None:
            self._classifier.close()
        self.window.deleteLater()
        return ended


def _nothing(_: None) -> None:
    """What there is to do when the engines were closed."""


def trace(milestone: str) -> None:
    """Say on stdout how far the start is, for benchmarks and for the smoke test of the packaged program."""
    if os.environ.get("RESNET_LENS_TRACE") and sys.stdout is not None:
        print(f"resnet-lens: {milestone}", flush=True)
