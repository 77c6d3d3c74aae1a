"""A person at the window: drop, look, walk through the stages, take a map along."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from journeys import SAMPLES, wait_for_analysis
from PIL import Image
from PyQt5.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt5.QtGui import QDragEnterEvent, QDropEvent, QImage
from PyQt5.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app import files as written_files
from app.instruments import export
from app.program import Program
from app.session import Session
from resnet_core import feature_maps


def drop(program: Program, mime: QMimeData) -> bool:
    """A real drop on the window: enter, then drop. Whether it was taken."""
    window = program.window
    enter = QDragEnterEvent(QPoint(200, 200), Qt.CopyAction, mime, Qt.LeftButton, Qt.NoModifier)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(window, QDropEvent(QPointF(200, 200), Qt.CopyAction, mime, Qt.LeftButton, Qt.NoModifier))
    return True


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def state(session: Session) -> list[tuple[str, str]]:
    return [(item.name, item.state) for item in session.items.values()]


def test_a_dropped_photo_is_classified_walked_through_and_exported(
    qtbot: QtBot, program: Program, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, session, grid = program.window, program.session, program.window.explorer.grid
    assert drop(program, files(photo))
    wait_for_analysis(qtbot, program, photo.name)
    analysis = session.analysis
    assert analysis is not None
    assert window.windowTitle() == f"{photo.name} – ResNet Lens"
    assert session.output == "layer1"

    # Stages by keyboard, from wherever the focus is.
    for expected in ("layer2", "layer3", "layer4", "layer4"):
        qtbot.keyClick(window, Qt.Key_Right, Qt.ControlModifier)
        assert session.output == expected
    for expected in ("layer3", "layer2", "layer1", "conv1", "conv1"):
        qtbot.keyClick(window, Qt.Key_Left, Qt.ControlModifier)
        assert session.output == expected

    # Channels by arrows, in the grid: the order is the ranking's.
    before = session.channel
    qtbot.keyClick(grid.focusProxy(), Qt.Key_Right)
    assert session.channel != before
    channel = session.channel
    assert channel is not None

    # The channel as numbers is the channel as computed.
    out = tmp_path / "channel.npy"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(out), ""))
    window.explorer.detail.export_requested.emit("npy")
    qtbot.waitUntil(out.exists, timeout=20_000)
    assert np.array_equal(np.load(out), analysis.activations["conv1"][channel])
    out = tmp_path / "maps.png"
    qtbot.keyClick(window, Qt.Key_E, Qt.ControlModifier)
    qtbot.waitUntil(out.exists, timeout=20_000)
    with Image.open(out) as picture:
        said = picture.text  # type: ignore[attr-defined]
        assert (said["Network"], said["Stage"], said["Looked at"]) == ("resnet18.cifar10", "conv1", "conv1")
        assert said["Scale"] == "stage"  # of the picture; what stands above it is written out
        assert f"0 to {analysis.activations['conv1'].max():.6g}, magma" in said["Description"]


def test_maps_are_exported_off_the_gui_thread_whatever_is_looked_at_meanwhile(
    qtbot: QtBot, program: Program, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    def watched(call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **options: Any) -> Any:
            threads.append(threading.current_thread())
            return call(*arguments, **options)

        return wrapped

    monkeypatch.setattr(feature_maps, "described_montage", watched(feature_maps.described_montage))
    monkeypatch.setattr(export, "_png", watched(export._png))
    monkeypatch.setattr(written_files, "write", watched(written_files.write))
    session, out = program.session, tmp_path / "maps.png"
    session.open([photo, SAMPLES[0]])
    wait_for_analysis(qtbot, program, photo.name)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(out), ""))
    qtbot.keyClick(program.window, Qt.Key_E, Qt.ControlModifier)
    session.step(1)
    wait_for_analysis(qtbot, program, SAMPLES[0].name)
    qtbot.waitUntil(out.exists, timeout=20_000)
    qtbot.waitUntil(lambda: "Written to" in program.window.status_line._notice.text(), timeout=20_000)
    with Image.open(out) as picture:
        said = picture.text  # type: ignore[attr-defined]
        assert (said["Image"], said["Picture"]) == (photo.name, photo.name)
    assert len(threads) == 3
    assert threading.main_thread() not in threads


def test_every_block_and_branch_can_be_looked_at(qtbot: QtBot, program: Program, photo: Path) -> None:
    session = program.session
    session.open([photo])
    wait_for_analysis(qtbot, program)
    for name in ("layer2.1", "layer2.1.residual", "layer2.0.shortcut"):
        session.look_at(name)
        qtbot.waitUntil(lambda name=name: name in session.analysis.activations, timeout=30_000)
        assert program.window.explorer.maps().shape == (128, 16, 16)
    maps = session.analysis.activations
    total = maps["layer2.1.residual"] + maps["layer2.1.shortcut"]
    assert np.allclose(np.maximum(total, 0), maps["layer2.1"], atol=1e-5 * np.abs(total).max())


def test_bad_files_say_why_and_the_others_go_on(qtbot: QtBot, program: Program, photo: Path, tmp_path: Path) -> None:
    session = program.session
    broken, empty = tmp_path / "broken.jpg", tmp_path / "empty.png"
    broken.write_bytes(photo.read_bytes()[:100])
    empty.write_bytes(b"")
    assert drop(program, files(broken, photo, empty, tmp_path / "gone.png"))
    qtbot.waitUntil(lambda: {s for _, s in state(session)} == {"done", "failed"}, timeout=60_000)
    assert [s for _, s in state(session)] == ["failed", "done", "failed", "failed"]
    captions = {item.name: item.caption for item in session.items.values()}
    assert "broken.jpg" in captions["broken.jpg"]
    assert session.analysis is None
    session.step(1)
    wait_for_analysis(qtbot, program, photo.name)


def test_a_folder_and_a_picture_from_the_clipboard(qtbot: QtBot, program: Program, photo: Path) -> None:
    session = program.session
    assert drop(program, files(photo.parent))
    wait_for_analysis(qtbot, program, photo.name)
    image = QImage(40, 30, QImage.Format_ARGB32)
    image.fill(Qt.transparent)
    QApplication.clipboard().setImage(image)
    qtbot.keyClick(program.window, Qt.Key_V, Qt.ControlModifier)
    wait_for_analysis(qtbot, program, "Pasted picture")
    assert session.analysis is not None
    assert (session.analysis.picture.rgb == 255).all()  # transparent lies over white


def test_what_is_no_picture_is_not_taken(qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    text = QMimeData()
    text.setText("hello")
    assert not drop(program, text)
    asked = []
    monkeypatch.setattr(QMessageBox, "exec_", lambda box: asked.append(box.informativeText()) or QMessageBox.Cancel)
    web = QMimeData()
    web.setUrls([QUrl("https://example.org/cat.jpg")])
    assert drop(program, web)
    qtbot.waitUntil(lambda: asked == ["https://example.org/cat.jpg"], timeout=5_000)
    assert not program.session.items
    share = QMimeData()
    share.setUrls([QUrl("file://server/share/cat.jpg")])
    assert not drop(program, share)


def test_weights_that_are_not_there_are_offered_and_the_window_goes_on(
    qtbot: QtBot, program: Program, photo: Path
) -> None:
    session, library = program.session, program.library
    session.open([photo])
    wait_for_analysis(qtbot, program)
    qtbot.keyClick(program.window, Qt.Key_3)
    assert library.chosen.spec.network == "resnet50"
    assert not library.chosen.on_disk
    assert library.in_use.id == "resnet18.cifar10"
    assert session.analysis is not None
    qtbot.keyClick(program.window, Qt.Key_1)
    assert library.chosen.id == "resnet18.cifar10"


def test_what_was_chosen_is_there_after_a_restart(qtbot: QtBot, program: Program, photo: Path) -> None:
    window = program.window
    window.explorer.grid.ranking = "variance"
    window.set_theme("dark")
    kept = window.remembered()
    assert (kept.ranking, kept.theme, kept.weights) == ("variance", "dark", "resnet18.cifar10")
    again = Program(kept)
    qtbot.addWidget(again.window)
    assert again.window.explorer.grid.ranking == "variance"
    again.close()


@pytest.mark.parametrize("width", [1180, 1366])
def test_the_window_fits_a_small_screen_with_and_without_a_picture(qtbot: QtBot, program: Program, width: int) -> None:
    window = program.window

    def least() -> tuple[int, int]:
        QApplication.sendPostedEvents()
        hint = window.minimumSizeHint()
        return hint.width(), hint.height()

    window.resize(width, 680)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (width, 680)
    assert least()[0] <= 1180
    assert least()[1] <= 680
    program.session.open([SAMPLES[0]])
    wait_for_analysis(qtbot, program)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (width, 680)
    assert least()[0] <= 1180
    assert least()[1] <= 680


def test_torch_is_never_imported_for_a_picture_on_the_cpu(tmp_path: Path) -> None:
    script = (
        "import sys; from app.screenshot import screenshot; from pathlib import Path; "
        "screenshot(Path(sys.argv[1]), Path(sys.argv[2]), weights=None, size=(1280, 800), theme_choice='dark'); "
        "print('torch' in sys.modules)"
    )
    out = tmp_path / "window.png"
    done = subprocess.run(
        [sys.executable, "-c", script, str(SAMPLES[0]), str(out)], capture_output=True, text=True, timeout=100
    )
    assert (done.returncode, done.stdout.strip()) == (0, "False"), done.stderr
    with Image.open(out) as picture:
        assert picture.size == (1280, 800)
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 1000  # a window with maps, not an empty one


def test_the_command_line_and_the_window_agree(qtbot: QtBot, program: Program) -> None:
    program.session.open([SAMPLES[0]])
    wait_for_analysis(qtbot, program)
    analysis = program.session.analysis
    assert analysis is not None
    command = [sys.executable, "-m", "app", "classify", str(SAMPLES[0]), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100)
    said = json.loads(done.stdout)["predictions"][0]
    assert said["label"] == analysis.predictions[0].label
    assert said["probability"] == pytest.approx(analysis.predictions[0].probability, rel=1e-5)
