"""What goes in and out by the clipboard, and out of a zip file."""

from __future__ import annotations

import threading
import zipfile
from pathlib import Path

import numpy as np
import pytest
from journeys import SAMPLES, wait_for_analysis
from PIL import Image
from PyQt5.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PyQt5.QtGui import QImage, QMouseEvent
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import opening
from app.drag_out import DragOut
from app.opening import to_rgb
from app.program import Program


def copied(program: Program, action: str) -> np.ndarray:
    program.window.actions_by_id[action].trigger()
    return to_rgb(QApplication.clipboard().image())


def test_pictures_maps_and_predictions_go_out(qtbot: QtBot, program: Program) -> None:
    session = program.session
    for action in ("copy", "copy_picture", "copy_map"):
        program.window.actions_by_id[action].trigger()  # nothing to copy yet, and nothing breaks
    session.open([SAMPLES[0]])
    wait_for_analysis(qtbot, program)
    assert session.analysis is not None
    assert np.array_equal(copied(program, "copy_picture"), session.analysis.picture.rgb)
    assert np.array_equal(copied(program, "copy_map"), program.window.explorer.channel_picture())
    program.window.actions_by_id["copy"].trigger()
    mime = QApplication.clipboard().mimeData()
    label = session.analysis.predictions[0].label
    assert mime.text().startswith(f"{label}\t0.")
    assert f"<td>{label}</td>" in mime.html()


def test_a_pasted_picture_is_made_off_the_gui_thread(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    def watched(image: QImage) -> np.ndarray:
        threads.append(threading.current_thread())
        return to_rgb(image)

    monkeypatch.setattr(opening, "to_rgb", watched)
    mime = QMimeData()
    mime.setImageData(QImage(20, 10, QImage.Format_RGB32))
    program.window.commander.open_mime(mime, "Pasted picture")
    wait_for_analysis(qtbot, program, "Pasted picture")
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


def test_files_come_before_the_picture_data_that_goes_with_them(qtbot: QtBot, program: Program) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(SAMPLES[0]))])
    mime.setImageData(QImage(20, 10, QImage.Format_RGB32))
    program.window.commander.open_mime(mime, "Pasted picture")
    wait_for_analysis(qtbot, program)
    assert [item.name for item in program.session.items.values()] == [SAMPLES[0].name]


def test_a_zip_file_opens_like_a_folder(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pictures.zip", "w") as archive:
        for path in SAMPLES[:2]:
            archive.write(path, f"inside/{path.name}")
    program.window.commander.open_paths([tmp_path / "pictures.zip"])
    wait_for_analysis(qtbot, program, SAMPLES[0].name)
    assert [item.name for item in program.session.items.values()] == [path.name for path in SAMPLES[:2]]


def test_a_broken_zip_file_is_a_sentence(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK")
    with qtbot.waitSignal(program.session.notice) as told:
        program.window.commander.open_paths([tmp_path / "broken.zip"])
    assert told.args is not None
    assert told.args[0].startswith("broken.zip can't be opened as a zip file")


def test_a_map_is_dragged_out_as_a_picture_and_as_a_file(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried: list[QMimeData] = []
    monkeypatch.setattr(DragOut, "drag", lambda _self, mime: carried.append(mime))
    view = program.window.explorer.detail.map_view
    program.session.open([SAMPLES[0]])
    wait_for_analysis(qtbot, program)

    def mouse(kind: QEvent.Type, x: int) -> None:
        place = QPointF(x, 20)
        event = QMouseEvent(kind, place, place, place, Qt.LeftButton, Qt.LeftButton, Qt.NoModifier)
        QApplication.sendEvent(view, event)

    mouse(QEvent.MouseButtonPress, 20)
    mouse(QEvent.MouseMove, 21)
    assert carried == []  # a hand that trembles
    mouse(QEvent.MouseMove, 60)
    (mime,) = carried
    assert np.array_equal(to_rgb(mime.imageData()), program.window.explorer.channel_picture())
    (url,) = mime.urls()
    assert Image.open(url.toLocalFile()).size[0] > 100
