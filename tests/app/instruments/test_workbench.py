"""The bench: one instrument at a time, made when it is first looked at, refreshed while it is."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator

import pytest
from PyQt5.QtCore import QSize, Qt
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QApplication, QLabel, QSizePolicy, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.instruments import table, workbench
from app.instruments.base import Bench, Instrument
from app.instruments.table import INSTRUMENTS, KEYS, MAPS, InstrumentSpec, spec_of
from app.instruments.workbench import Workbench
from app.layouts import column
from app.program import Program
from app.settings import Settings
from app.widgets.instrument_page import InstrumentPage


class Counting(Instrument):
    def make_panel(self) -> QWidget:
        self.refreshed = self.was_left = 0
        return QLabel("a panel")

    def refresh(self) -> None:
        self.refreshed += 1
        if self.refreshed == 2:
            self.message.emit("nothing to see", True)

    def left(self) -> None:
        self.was_left += 1


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    """A workbench with two instruments that only count, over a real session."""
    specs = (
        spec_of(MAPS),
        InstrumentSpec("one", "One", "the first", "F3", ("A paper", "https://example.org"), f"{__name__}:Counting"),
        InstrumentSpec("two", "Two", "the second", "F4", ("A paper", "https://example.org"), f"{__name__}:Counting"),
    )
    monkeypatch.setattr(workbench, "INSTRUMENTS", specs)
    monkeypatch.setattr(workbench, "spec_of", {spec.key: spec for spec in specs}.__getitem__)
    program = Program(Settings())
    qtbot.addWidget(program.window)
    session = program.session
    made = Workbench(Bench(session, program.tasks, program.classifier, lambda: "magma"), QLabel("maps"))
    window = column(made.bar, made.pages, stretch=1)  # what the keyboard goes through has to be in one
    qtbot.addWidget(window)
    yield made
    program.close()


def looked_through(bench: Workbench) -> Counting:
    assert isinstance(bench.instrument, Counting)
    return bench.instrument


def test_an_instrument_is_made_once_and_refreshed_when_looked_at(qtbot: QtBot, bench: Workbench) -> None:
    assert bench.instrument is None
    bench.show("one")
    one = looked_through(bench)
    assert (one.refreshed, one.active) == (1, True)
    bench.show("two")
    assert (one.was_left, one.active) == (1, False)
    bench.show("one")
    assert bench.instrument is one
    assert one.refreshed == 2


def test_many_changes_are_one_refresh_and_only_of_the_one_in_sight(qtbot: QtBot, bench: Workbench) -> None:
    bench.show("one")
    one = looked_through(bench)
    bench.show("two")
    two = looked_through(bench)
    session = bench.bench.session
    for _ in range(5):
        session.look_at("layer2")
        session.look_at("layer3")
        session.look_at_channel(3)
        session.look_at_channel(4)
    qtbot.waitUntil(lambda: two.refreshed == 2, timeout=5_000)
    assert one.refreshed == 1


def test_a_message_instead_of_the_panel(qtbot: QtBot, bench: Workbench) -> None:
    bench.show("one")
    bench.show(MAPS)
    bench.show("one")  # its second refresh says so
    panel = looked_through(bench).panel
    assert not panel.isVisibleTo(bench.pages)


def wordy_page(qtbot: QtBot) -> InstrumentPage:
    """A page whose panel would like to be higher than it has to be, and has words that wrap."""
    panel, wide, words = QWidget(), QLabel(), QLabel("words that wrap " * 8)
    panel.setFocusPolicy(Qt.StrongFocus)
    words.setWordWrap(True)
    wide.setMinimumSize(100, 120)
    wide.sizeHint = lambda: QSize(100, 600)  # type: ignore[method-assign]
    wide.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)
    column = QVBoxLayout(panel)
    column.addWidget(wide, 1)
    column.addWidget(words)
    page = InstrumentPage("One", "the first", ("A paper", "https://example.org"), panel)
    qtbot.addWidget(page)
    page.resize(500, 360)
    page.show()
    return page


def test_a_panel_gets_the_room_there_is_and_scrolls_only_below_its_least(qtbot: QtBot) -> None:
    page = wordy_page(qtbot)
    bar = page._room.verticalScrollBar()
    qtbot.waitUntil(lambda: page.panel.size() == page._room.viewport().size(), timeout=5_000)
    assert bar.maximum() == 0
    page.resize(500, 160)
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=5_000)
    assert page.panel.height() == page.panel.minimumSizeHint().height()
    qtbot.waitUntil(lambda: page.panel.width() == page._room.viewport().width(), timeout=5_000)


def test_the_focus_stays_in_the_page_when_a_message_takes_the_panels_place(qtbot: QtBot) -> None:
    page = wordy_page(qtbot)
    page.activateWindow()
    page.panel.setFocus()
    qtbot.waitUntil(page.panel.hasFocus, timeout=5_000)
    page.show_message("nothing to see", instead=True)
    assert page.isAncestorOf(QApplication.focusWidget())


def test_leaving_takes_the_overlay_away(qtbot: QtBot, bench: Workbench) -> None:
    bench.show("one")
    with qtbot.waitSignal(bench.bench.overlay_changed) as told:
        bench.show(MAPS)
    assert told.args == [None]


@pytest.mark.parametrize("spec", [spec for spec in INSTRUMENTS if spec.made_by], ids=lambda spec: spec.key)
def test_every_instrument_of_the_table_is_complete(spec: InstrumentSpec) -> None:
    module, _, name = spec.made_by.partition(":")
    made_by = getattr(importlib.import_module(module), name)
    assert issubclass(made_by, Instrument)
    for needed in ("make_panel", "refresh", "numbers"):
        assert getattr(made_by, needed) is not getattr(Instrument, needed), needed
    assert spec.explanation
    assert spec.paper[0]
    assert spec.paper[1].startswith("https://")


def test_keys_are_unique_and_known_to_qt() -> None:
    shortcuts = [QKeySequence(spec.shortcut) for spec in INSTRUMENTS]
    assert len({shortcut.toString() for shortcut in shortcuts}) == len(INSTRUMENTS)
    assert all(not shortcut.isEmpty() for shortcut in shortcuts)
    assert len(set(KEYS)) == len(KEYS) == len(table.INSTRUMENTS)
