"""The results for many pictures: sorted, filtered, exported, and put into folders from the running window."""

from __future__ import annotations

import csv
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PyQt5.QtCore import QItemSelectionModel, Qt
from PyQt5.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app import results_export
from app.class_folders import plan
from app.dialogs.class_folders_dialog import ClassFoldersDialog
from app.dialogs.results_dialog import ResultsDialog
from app.program import Program
from app.settings import Settings
from app.widgets.results_table import FAILED, ResultRow

ROWS = [
    ResultRow("1", "b.png", "/p/b.png", (("cat", 0.5), ("dog", 0.3)), 12.0),
    ResultRow("2", "A.png", "/p/A.png", (("dog", 0.9), ("cat", 0.05)), 3.0),
    ResultRow("3", "c.png", "/p/c.png", (("cat", 0.95), ("dog", 0.01)), 5.0),
    ResultRow("4", "bad.png", "/p/bad.png", problem="bad.png is empty."),
    ResultRow("5", "=later.png", "/p/=later.png"),
]


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> ResultsDialog:
    made = ResultsDialog(tmp_path)
    qtbot.addWidget(made)
    made.show_rows(ROWS, "net.tag")
    return made


def keys(dialog: ResultsDialog) -> str:
    return "".join(row.key for row in dialog.table.shown())


def test_it_sorts_by_name_probability_and_time(dialog: ResultsDialog) -> None:
    assert keys(dialog).replace("5", "") == "2143"  # by name; where “=” comes is the system's business
    dialog.table.sortByColumn(2, Qt.DescendingOrder)
    assert keys(dialog)[:3] == "321"
    dialog.table.sortByColumn(7, Qt.AscendingOrder)
    assert keys(dialog)[-3:] == "231"


def test_classes_search_and_doubt_narrow_it(dialog: ResultsDialog) -> None:
    classes = dialog._classes
    assert [classes.item(i).text() for i in range(classes.count())] == [
        "All  5", "cat  2", "dog  1", "Could not be shown  1",
    ]  # fmt: skip
    classes.setCurrentRow(1)
    assert set(keys(dialog)) == {"1", "3"}
    dialog._unsure.setValue(60)
    assert keys(dialog) == "1"
    classes.setCurrentRow(0)
    dialog._unsure.setValue(0)
    dialog._search.setText("DOG")
    assert keys(dialog) == "2"
    dialog._search.setText("")
    dialog.table.filter(of_class=FAILED)
    assert keys(dialog) == "4"


def test_what_becomes_known_appears_where_it_is(dialog: ResultsDialog) -> None:
    known = [*ROWS[:4], ResultRow("5", "=later.png", "/p/=later.png", (("dog", 0.7),), 4.0)]
    assert "1 are still to come" in dialog._count.text()
    dialog.show_rows(known, "net.tag")
    assert dialog.table.classes() == [("cat", 2), ("dog", 2)]
    assert dialog._count.text() == "5 of 5 pictures"


def test_enter_opens_a_row_and_copy_takes_the_chosen(qtbot: QtBot, dialog: ResultsDialog) -> None:
    dialog.table.sortByColumn(2, Qt.DescendingOrder)
    # Not `selectRow`, which looks at the keys that are held: another test's Ctrl would make it toggle the row.
    first = dialog.table.model().index(0, 0)
    dialog.table.selectionModel().setCurrentIndex(first, QItemSelectionModel.ClearAndSelect | QItemSelectionModel.Rows)
    with qtbot.waitSignal(dialog.opened) as told:
        qtbot.keyClick(dialog.table, Qt.Key_Return)
    assert told.args == ["3"]
    qtbot.keyClick(dialog.table, Qt.Key_C, Qt.ControlModifier)
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("/p/c.png\t\tnet.tag\t5.0\tcat\t0.95\tdog")


def test_export(tmp_path: Path) -> None:
    results_export.write(tmp_path / "r.csv", ROWS, "net.tag")
    with (tmp_path / "r.csv").open(newline="") as file:
        table = list(csv.DictReader(file))
    assert [row["label1"] for row in table] == ["cat", "dog", "cat", None, None]
    assert table[3]["error"] == "bad.png is empty."
    results_export.write(tmp_path / "r.json", ROWS, "net.tag")
    found = json.loads((tmp_path / "r.json").read_text())
    assert found[1]["predictions"][0] == {"label": "dog", "probability": 0.9}
    assert found[3] == {"path": "/p/bad.png", "weights": "net.tag", "error": {"message": "bad.png is empty."}}


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    running = Program(Settings())
    qtbot.addWidget(running.window)
    running.show()
    qtbot.waitUntil(lambda: running.started, timeout=20_000)
    yield running
    running.close()


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_from_opened_pictures_to_folders_and_back(
    qtbot: QtBot, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(2)
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for number in range(3):
        Image.fromarray(rng.integers(0, 255, (20, 20, 3), np.uint8)).save(pictures / f"{number}.png")
    (pictures / "broken.png").write_bytes(b"no picture")
    session, window = program.session, program.window
    session.open([pictures])
    qtbot.waitUntil(
        lambda: len(session.items) == 4 and all(i.state in ("done", "failed") for i in session.items.values()),
        timeout=60_000,
    )
    window.actions_by_id["results"].trigger()
    dialog = window.results._dialog
    assert dialog is not None
    assert sum(bool(row.top) for row in dialog.table.shown()) == 3
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(out))
    dialog._ask_folders("move")
    qtbot.waitUntil(lambda: dialog.findChild(ClassFoldersDialog) is not None, timeout=20_000)
    asking = dialog.findChild(ClassFoldersDialog)
    assert asking is not None
    asking._go.click()
    qtbot.waitUntil(lambda: asking._undo.isVisible(), timeout=20_000)
    assert len(list(out.rglob("*.png"))) == 3
    assert all(item.source.exists() for item in session.items.values() if isinstance(item.source, Path))
    asking._undo.click()
    qtbot.waitUntil(lambda: "undone" in asking._what.text(), timeout=20_000)
    assert len(list(pictures.glob("*.png"))) == 4
    assert list(out.iterdir()) == []
    asking.reject()
    next(button for button in dialog.findChildren(QPushButton) if button.text() == "Close").click()
    qtbot.waitUntil(lambda: window.results._dialog is None, timeout=20_000)


def test_called_off_half_way_it_says_what_was_done_and_takes_it_back(
    qtbot: QtBot, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = [tmp_path / f"{number}.png" for number in range(3)]
    for picture in pictures:
        picture.write_bytes(b"pixels")
    out = tmp_path / "out"
    moved, may_go_on = threading.Event(), threading.Event()
    move = shutil.move

    def held_up(source: Path, target: Path) -> None:
        move(source, target)
        moved.set()
        assert may_go_on.wait(20)

    monkeypatch.setattr(shutil, "move", held_up)
    window = program.window
    window.results._show_plan(plan([(picture, "cat") for picture in pictures], out), out, "move")
    asking = window.findChild(ClassFoldersDialog)
    assert asking is not None
    asking._go.click()
    qtbot.waitUntil(moved.is_set, timeout=20_000)
    asking._close.click()
    qtbot.keyClick(asking, Qt.Key_Escape)
    assert asking.isVisible()
    may_go_on.set()
    qtbot.waitUntil(asking._undo.isVisible, timeout=20_000)
    assert asking._what.text() == "1 pictures were moved."
    assert [picture.exists() for picture in pictures] == [False, True, True]
    asking._undo.click()
    asking.reject()
    assert asking.isVisible()
    qtbot.waitUntil(lambda: "undone" in asking._what.text(), timeout=20_000)
    assert all(picture.exists() for picture in pictures)
    asking._close.click()
    assert not asking.isVisible()


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_the_table_is_written_off_the_gui_thread(
    qtbot: QtBot, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    write = results_export.write

    def watched(*arguments: object) -> None:
        threads.append(threading.current_thread())
        write(*arguments)

    monkeypatch.setattr(results_export, "write", watched)
    results = program.window.results
    results.show()
    dialog = results._dialog
    assert dialog is not None
    dialog.show_rows(ROWS, "net.tag")
    written, in_no_folder = tmp_path / "r.csv", tmp_path / "no" / "r.csv"
    for place, said in ((written, "5 rows were written to"), (in_no_folder, "can't be written")):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, place=place: (str(place), ""))
        dialog._export()
        qtbot.waitUntil(lambda said=said: said in dialog._count.text(), timeout=20_000)
    assert len(written.read_text().splitlines()) == 6
    assert threading.main_thread() not in threads
