"""The bar of instruments and what stands below it: one instrument at a time, each made when it is first looked at."""

from __future__ import annotations

import importlib

from PyQt5.QtCore import QObject, QTimer, pyqtSignal
from PyQt5.QtWidgets import QApplication, QStackedWidget, QWidget

from app import keyboard
from app.i18n import sentence, tr
from app.instruments.base import Bench, Instrument
from app.instruments.table import CHANNELS, INSTRUMENTS, MAPS, InstrumentSpec, spec_of
from app.texts import change_text
from app.widgets.instrument_bar import InstrumentBar
from app.widgets.instrument_page import InstrumentPage
from resnet_core.blocks import stage_of

PAUSE_MS = 100  # of somebody who looks, before a graph is compiled ahead
AGAIN_MS = 50  # while an answer is under way, or another graph


class Workbench(QObject):
    """`current` is the key of the instrument looked at."""

    changed = pyqtSignal(str)
    export_requested = pyqtSignal()
    link_requested = pyqtSignal()

    def __init__(self, bench: Bench, maps: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bench, session = bench, bench.session
        self.bar, self.pages = InstrumentBar(), QStackedWidget()
        self.current = MAPS
        self._made: dict[str, Instrument] = {}
        self._pages: dict[str, QWidget] = {MAPS: maps}
        self.pages.addWidget(maps)
        self.bar.show_instruments(
            [(spec.key, tr(spec.name), f"{tr(spec.explanation)} ({spec.shortcut})") for spec in INSTRUMENTS], MAPS
        )
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._refresh)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._prepare)
        self.bar.picked.connect(self.show)
        self.bar.pointed.connect(self._point_at)
        bench.switch_requested.connect(self.show)
        for signal in (
            session.analysis_changed,
            session.output_changed,
            session.channel_changed,
            session.intervention_changed,
            session.target_changed,
            session.items_changed,
        ):
            signal.connect(self._soon.start)
        for signal in (session.analysis_changed, session.output_changed):
            signal.connect(self._look_on)
        session.intervention_changed.connect(self._show_change)

    @property
    def instrument(self) -> Instrument | None:
        """The one looked at; None while that is the maps."""
        return self._made.get(self.current)

    @property
    def settled(self) -> bool:
        """Whether the instrument looked at knows of every change there was."""
        return not self._soon.isActive()

    def show(self, key: str) -> None:
        """Look through another instrument."""
        if key == self.current:
            return
        if (before := self.instrument) is not None:
            before.active = False
            before.left()
        self.bench.overlay_changed.emit(None)
        self._begin(key)
        if key not in self._pages:
            self._pages[key] = self._make(spec_of(key))
            self.pages.addWidget(self._pages[key])
            keyboard.in_order(self.bar, self._pages[key])
        self.current = key
        self.bar.set_current(key)
        inside = self.pages.isAncestorOf(QApplication.focusWidget() or self.bar)
        self.pages.setCurrentWidget(self._pages[key])
        if inside:  # else the page's first button would get it
            keyboard.enter(self.instrument.panel if self.instrument else self._pages[MAPS])
        if (now := self.instrument) is not None:
            now.active = True
            now.refresh()
        self.changed.emit(key)

    def refresh_soon(self) -> None:
        """What is drawn has to be drawn anew, e.g. in other colours."""
        self._soon.start()

    def _begin(self, key: str) -> None:
        """The network begins with what an instrument will ask for: pointed at, or while its panel is made."""
        session = self.bench.session
        if spec_of(key).of_a_block and session.analysis is not None:
            session.complete(session.analysis.info.spec.block_at(session.output))

    def _point_at(self, key: str) -> None:
        """A click on an instrument may follow."""
        plain = self.bench.session.plain
        self._begin(key)
        if key == CHANNELS and key != self.current and plain is not None:
            self.bench.ahead.channels(plain, plain.info.spec.stage_at(self.bench.session.output))

    def _look_on(self) -> None:
        """Somebody looks at something: when they go on looking, they may want to know more of it."""
        self._pause.start(PAUSE_MS)

    def _prepare(self) -> None:
        """Have the stage looked at compiled: who takes one of its blocks apart shall not wait for that."""
        session = self.bench.session
        analysis = session.plain
        if analysis is None or session.intervention is not None or not analysis.info.spec.residual:
            return
        if session.answering or self.bench.ahead.busy:
            self._pause.start(AGAIN_MS)
            return
        self.bench.ahead.blocks(analysis, (stage_of(analysis.info.spec.block_at(session.output)),))

    def _make(self, spec: InstrumentSpec) -> QWidget:
        module, _, name = spec.made_by.partition(":")
        instrument: Instrument = getattr(importlib.import_module(module), name)(self.bench, self)
        page = InstrumentPage(tr(spec.name), tr(spec.explanation), spec.paper, instrument.panel)
        instrument.message.connect(lambda text, instead: page.show_message(text, instead=instead))
        page.export_requested.connect(self.export_requested)
        page.link_requested.connect(self.link_requested)
        self._made[spec.key] = instrument
        return page

    def _refresh(self) -> None:
        if (instrument := self.instrument) is not None:
            instrument.refresh()

    def _show_change(self) -> None:
        self.bar.show_change(sentence(change_text(self.bench.session.intervention)))
