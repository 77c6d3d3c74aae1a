"""The state of the window while its user is quicker than the network."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from journeys import SAMPLES, wait_for_analysis
from PIL import Image
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.program import Program
from resnet_core.engines.base import Intervention
from resnet_core.errors import DownloadError
from resnet_core.images import from_rgb
from resnet_core.weights.catalog import WeightsInfo


def make_pictures(folder: Path, count: int) -> list[Path]:
    rng = np.random.default_rng(3)
    paths = []
    for number in range(count):
        paths.append(folder / f"picture {number}.png")
        Image.fromarray(rng.integers(0, 255, (40, 40, 3), np.uint8)).save(paths[-1])
    return paths


def test_only_the_last_of_many_choices_is_shown(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    session = program.session
    session.open(make_pictures(tmp_path, 6))
    qtbot.waitUntil(lambda: len(session.items) == 6, timeout=20_000)
    shown: list[str] = []
    session.analysis_changed.connect(lambda: session.analysis and shown.append(session.analysis.picture.name))
    for key in session.items:
        session.select(key)
    wait_for_analysis(qtbot, program, "picture 5.png")
    # Every picture that was shown was the current one at that moment: the last one is shown last, and stays.
    qtbot.waitUntil(lambda: all(item.state == "done" for item in session.items.values()), timeout=60_000)
    assert shown[-1] == "picture 5.png"
    assert session.analysis is not None
    assert session.analysis.picture.name == "picture 5.png"


def test_going_back_costs_nothing(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    session = program.session
    session.open(make_pictures(tmp_path, 2))
    wait_for_analysis(qtbot, program, "picture 0.png")
    first = session.analysis
    session.step(1)
    wait_for_analysis(qtbot, program, "picture 1.png")
    session.step(-1)
    assert session.analysis is first


def test_the_same_file_is_opened_once(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    session = program.session
    paths = make_pictures(tmp_path, 2)
    session.open([*paths, paths[0], tmp_path])
    wait_for_analysis(qtbot, program, "picture 0.png")
    assert len(session.items) == 2
    session.open([paths[1]])
    wait_for_analysis(qtbot, program, "picture 1.png")
    assert len(session.items) == 2


def test_closing_the_current_picture_shows_its_neighbour(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    session = program.session
    session.open(make_pictures(tmp_path, 3))
    wait_for_analysis(qtbot, program, "picture 0.png")
    keys = list(session.items)
    session.remove(keys[1])
    assert session.current == keys[0]
    session.remove(keys[0])
    wait_for_analysis(qtbot, program, "picture 2.png")
    session.remove(keys[2])
    assert session.current is None
    assert session.analysis is None
    assert program.window.pages.currentWidget() is program.window.welcome
    session.remove("no such key")


def test_other_weights_look_at_the_same_picture_anew(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    session, library = program.session, program.library
    session.open(make_pictures(tmp_path, 2))
    wait_for_analysis(qtbot, program, "picture 0.png")
    exported = tmp_path / "mine.safetensors"
    program.store.export("resnet18.cifar10", exported)
    library.import_files([exported])
    qtbot.waitUntil(lambda: library.in_use.id == "resnet18.mine", timeout=20_000)
    qtbot.waitUntil(lambda: session.analysis.info.id == "resnet18.mine", timeout=60_000)
    library.remove("resnet18.mine", for_good=True)
    assert library.in_use.id == "resnet18.cifar10"
    qtbot.waitUntil(lambda: session.analysis.info.id == "resnet18.cifar10", timeout=60_000)


def test_a_file_that_is_no_network_is_refused_and_nothing_changes(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    wrong = tmp_path / "notes.pth"
    wrong.write_text("<html>404</html>")
    said: list[str] = []
    program.library.failed.connect(lambda sentence, details: said.append(sentence))
    program.library.import_files([wrong])
    qtbot.waitUntil(lambda: bool(said), timeout=30_000)
    assert "notes.pth" in said[0]
    assert program.library.in_use.id == "resnet18.cifar10"
    assert not any(info.origin == "imported" for info in program.store.all())


def test_of_several_files_those_before_the_bad_one_are_there(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    good, wrong = tmp_path / "mine.safetensors", tmp_path / "notes.pth"
    program.store.export("resnet18.cifar10", good)
    wrong.write_text("<html>404</html>")
    with qtbot.waitSignal(program.library.failed, timeout=30_000):
        program.library.import_files([good, wrong])
    assert "resnet18.mine" in {info.id for info in program.library.all}


def test_what_an_import_brought_before_it_was_called_off_is_there(program: Program, tmp_path: Path) -> None:
    good = tmp_path / "mine.safetensors"
    program.store.export("resnet18.cifar10", good)
    program.store.import_file(good)  # as an import does, which is at the next file now
    program.library.cancel()
    assert "resnet18.mine" in {info.id for info in program.library.all}


def test_a_download_does_not_call_an_import_off(qtbot: QtBot, program: Program) -> None:
    library = program.library
    under_way = program.tasks.start("weights", lambda task: task.cancel.wait(20), lambda _: None, lambda *_: None)
    with qtbot.waitSignal(library.failed) as told:
        library.download("resnet18.imagenet1k_v1")
    assert told.args is not None
    assert "wait for that, or cancel it first" in told.args[0]
    assert not under_way.cancelled
    library.cancel()


def test_a_download_that_failed_is_told_closed_and_tried_again(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, window = program.library, program.window
    asked: list[str] = []
    others_chosen = threading.Event()

    def download(weights_id: str, **_: object) -> WeightsInfo:
        asked.append(weights_id)
        assert others_chosen.wait(20)
        raise DownloadError("The connection was lost.")

    monkeypatch.setattr(program.store, "download", download)
    change = Intervention(gates={"layer2.1": 0.0})
    program.session.intervene(change)
    library.choose_network("resnet50")
    wanted = library.chosen.id
    window.actions_by_id["download"].trigger()
    library.choose_network("resnet34")
    before = window.focusWidget()
    others_chosen.set()
    panel = window.toolbar.weights._error
    qtbot.waitUntil(panel.isVisible, timeout=20_000)
    assert window.focusWidget() is panel
    qtbot.keyClick(panel, Qt.Key_Escape)  # not the window's, which lets the network be as it was trained
    assert not panel.isVisible()
    assert program.session.intervention is change
    assert window.focusWidget() is before
    window.toolbar.weights._failed.click()
    qtbot.waitUntil(lambda: asked == [wanted, wanted], timeout=20_000)
    qtbot.waitUntil(panel.isVisible, timeout=20_000)


def test_a_picture_without_a_file(qtbot: QtBot, program: Program) -> None:
    program.session.open([from_rgb(np.zeros((8, 8, 3), np.uint8), "Pasted picture")])
    wait_for_analysis(qtbot, program, "Pasted picture")


@pytest.mark.parametrize("precision", ["exact", "fast"])
def test_the_status_line_says_what_ran(qtbot: QtBot, program: Program, precision: str) -> None:
    program.session.run_on("cpu", "fast" if precision == "fast" else "exact")
    program.session.open([SAMPLES[0]])
    wait_for_analysis(qtbot, program)
    said = program.window.status_line.accessibleDescription()
    assert "OpenVINO CPU" in said
    assert precision in said
    assert "resnet18.cifar10" in said


def copies_of_the_bundled_weights(program: Program, folder: Path, *names: str) -> list[Path]:
    paths = [folder / f"{name}.safetensors" for name in names]
    for path in paths:
        program.store.export("resnet18.cifar10", path)
    return paths


def test_a_block_asked_for_while_another_picture_is_under_way_stays_with_its_own(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    session = program.session
    session.open(make_pictures(tmp_path, 3))
    wait_for_analysis(qtbot, program, "picture 0.png")
    first, second, third = session.items
    session.select(second)
    session.look_at("layer3.1")  # asked of the picture still shown, the first one
    session.select(third)
    wait_for_analysis(qtbot, program, "picture 2.png")
    for key in (second, first, third):
        session.select(key)
        wait_for_analysis(qtbot, program, session.items[key].name)
        qtbot.waitUntil(lambda: "layer3.1" in session.analysis.activations, timeout=60_000)
        assert session.analysis is not None
        assert session.analysis.picture.name == session.items[key].name


def test_every_label_is_that_of_the_network_in_use(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    session, library = program.session, program.library
    session.open(make_pictures(tmp_path, 4))
    wait_for_analysis(qtbot, program)
    captions = {}
    library.import_files(copies_of_the_bundled_weights(program, tmp_path, "mine"))
    for weights in ("resnet18.mine", "resnet18.cifar10", "resnet18.mine"):
        if library.in_use.id != weights and any(info.id == weights for info in library.all):
            library.choose(weights)
        qtbot.waitUntil(lambda weights=weights: library.in_use.id == weights, timeout=30_000)
        qtbot.waitUntil(lambda: all(item.state == "done" for item in session.items.values()), timeout=60_000)
        captions[weights] = [item.caption for item in session.items.values()]
        assert all(captions[weights])
    assert captions["resnet18.mine"] == captions["resnet18.cifar10"]  # the same network by another name


def test_pictures_that_come_back_to_another_network_are_asked_again(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    session, library = program.session, program.library

    def all_done() -> bool:
        return len(session.items) == 3 and all(item.state == "done" for item in session.items.values())

    session.open(make_pictures(tmp_path, 3))
    qtbot.waitUntil(all_done, timeout=60_000)
    program.window.commander.clear()
    library.import_files(copies_of_the_bundled_weights(program, tmp_path, "mine"))
    qtbot.waitUntil(lambda: library.in_use.id == "resnet18.mine", timeout=30_000)
    program.window.undo.stack.undo()
    assert all(item.verdict is None for item in session.items.values())
    qtbot.waitUntil(all_done, timeout=60_000)
    said_by = [item.verdict.weights for item in session.items.values() if item.verdict is not None]
    assert said_by == ["resnet18.mine"] * 3


@pytest.mark.parametrize("output", ["fc", "logits", "layer5", "layer1.7", "layer1.0.projection"])
def test_what_the_network_has_not_is_not_looked_at(qtbot: QtBot, program: Program, tmp_path: Path, output: str) -> None:
    session, window = program.session, program.window
    session.look_at(output)
    session.open(make_pictures(tmp_path, 1))
    wait_for_analysis(qtbot, program)
    session.look_at("layer2")
    window.explorer.strip.selected.emit(output)  # the head's card; a row of the ladder
    assert session.output == "layer2"
    window.actions_by_id["previous_stage"].trigger()
    assert session.output == "layer1"


def test_a_file_that_was_changed_is_read_again(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    session = program.session
    (path,) = make_pictures(tmp_path, 1)
    session.open([path])
    wait_for_analysis(qtbot, program)
    Image.new("RGB", (64, 20), "red").save(path)
    session.open([path])
    qtbot.waitUntil(lambda: session.analysis is not None and session.analysis.picture.width == 64, timeout=60_000)
    assert len(session.items) == 1


def test_weights_that_vanish_give_way_to_the_bundled_ones(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    session, library = program.session, program.library
    library.import_files(copies_of_the_bundled_weights(program, tmp_path, "mine", "yours"))
    qtbot.waitUntil(lambda: library.in_use.id == "resnet18.yours", timeout=30_000)
    assert {"resnet18.mine", "resnet18.yours"} <= {info.id for info in library.all}
    for path in program.store.folder.glob("*.safetensors"):
        path.unlink()
    said: list[str] = []
    session.notice.connect(lambda sentence, details: said.append(sentence))
    session.open(make_pictures(tmp_path, 1))
    wait_for_analysis(qtbot, program)
    assert library.in_use.id == "resnet18.cifar10"
    assert "resnet18.yours" in said[0]
