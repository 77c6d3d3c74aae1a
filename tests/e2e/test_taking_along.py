"""Figures, links and session files in the real window; patches of all opened pictures."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from journeys import SAMPLES, wait_for_analysis
from PIL import Image
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app import links, session_file
from app.instruments.export import MARGIN_PX
from app.program import Program
from app.scene import Chosen
from resnet_core.engines.base import Intervention


def idle(qtbot: QtBot, program: Program) -> None:
    qtbot.waitUntil(lambda: program.tasks.idle, timeout=60_000)


@pytest.fixture
def notices(program: Program) -> list[str]:
    heard: list[str] = []
    program.session.notice.connect(lambda sentence, _details: heard.append(sentence))
    return heard


def change() -> Intervention:
    mask = np.ones(512, np.float32)
    mask[7] = 0
    return Intervention({"layer2.0": 0.0}, {"layer4": mask})


def look(qtbot: QtBot, program: Program, photo: Path) -> None:
    """At something that takes all of a link to say."""
    session = program.session
    session.open([SAMPLES[0], photo])
    wait_for_analysis(qtbot, program)
    session.step(1)
    wait_for_analysis(qtbot, program, photo.name)
    session.look_at("layer3.1", 5)
    session.look_at_class(4)
    session.intervene(change())
    program.window.workbench.show("patches")
    idle(qtbot, program)


def forget(qtbot: QtBot, program: Program) -> None:
    session = program.session
    session.clear()
    session.intervene(None)
    session.look_at("conv1")
    program.window.workbench.show("maps")
    idle(qtbot, program)


def check_back(program: Program, photo: Path) -> None:
    session = program.session
    assert session.analysis is not None
    assert session.analysis.picture.path == photo
    assert (session.output, session.channel, session.target) == ("layer3.1", 5, 4)
    assert program.window.workbench.current == "patches"
    assert session.intervention is not None
    assert session.intervention.gates == {"layer2.0": 0.0}
    assert np.array_equal(session.intervention.masks["layer4"], change().masks["layer4"])


def test_a_link_brings_everything_back(qtbot: QtBot, program: Program, photo: Path, notices: list[str]) -> None:
    look(qtbot, program, photo)
    qtbot.keyClick(program.window, Qt.Key_C, Qt.ControlModifier | Qt.ShiftModifier)
    qtbot.waitUntil(lambda: links.is_link(QApplication.clipboard().text()), timeout=10_000)
    forget(qtbot, program)
    qtbot.keyClick(program.window, Qt.Key_V, Qt.ControlModifier)
    wait_for_analysis(qtbot, program, photo.name)
    idle(qtbot, program)
    qtbot.waitUntil(lambda: program.window.workbench.current == "patches", timeout=10_000)
    idle(qtbot, program)
    check_back(program, photo)
    assert notices == ["The link is on the clipboard: paste it into any ResNet Lens window on this computer."]

    # From the command line or the desktop it comes as a path, which has lost a slash; the picture is open already.
    link = QApplication.clipboard().text()
    program.session.look_at("layer1", 0)
    program.window.commander.open_paths([Path(link)])
    qtbot.waitUntil(lambda: program.session.output == "layer3.1", timeout=30_000)
    idle(qtbot, program)
    check_back(program, photo)
    assert len(program.session.items) == 1


def test_a_link_brings_back_what_is_chosen_in_an_instrument(
    qtbot: QtBot, program: Program, photo: Path, notices: list[str]
) -> None:
    session, taking, workbench = program.session, program.window.commander.taking_along, program.window.workbench
    session.open([photo])
    wait_for_analysis(qtbot, program)
    workbench.show("evidence")
    other = session.plain.predictions[3].index
    workbench.instrument._hold_against(other)
    evidence = taking.scene()
    workbench.show("occlusion")
    idle(qtbot, program)
    workbench.instrument.panel.size_changed.emit(10)
    workbench.instrument.panel.patch_moved.emit(3, 21)
    occlusion = taking.scene()
    assert (evidence.chosen, occlusion.chosen) == (Chosen(against=other), Chosen(patch=(3, 21, 10)))
    for scene in (evidence, occlusion):
        forget(qtbot, program)
        workbench._made["evidence"]._hold_against(-1)
        workbench._made["occlusion"]._patch = None
        program.window.commander.coming_back.open_link(links.link(scene))
        qtbot.waitUntil(lambda wanted=scene: workbench.current == wanted.instrument, timeout=30_000)
        idle(qtbot, program)
        assert taking.scene().chosen == scene.chosen
    program.window.commander.coming_back.open_link(f"{links.link(occlusion)[:-7]}0,900,900")
    qtbot.waitUntil(lambda: workbench.instrument.chosen() == Chosen(patch=(0, 0, 32)), timeout=30_000)
    assert notices == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("image=%2Fnone%2Fa.png&weights=resnet18.cifar10", "is not there any more"),
        ("image={photo}&weights=resnet18.gone", "no weights named “resnet18.gone”"),
        ("image={photo}&weights=resnet50.imagenet1k_v2", "not on this disk"),
        ("image={photo}&weights=resnet18.cifar10&sha256=0000000000000000", "was changed since"),
        ("image={photo}&weights=resnet18.cifar10&output=layer3.7", "no maps named “layer3.7”"),
        ("image={photo}&weights=resnet18.cifar10&channel=64", "channels 0 to 63"),
        ("image={photo}&weights=resnet18.cifar10&class=10", "no class 10"),
        ("image={photo}&weights=resnet18.cifar10&gates=layer3.7:0", "no block “layer3.7”"),
        ("image={photo}&weights=resnet18.cifar10&mask=layer4:0x9", "512 numbers"),
        ("name=pasted&weights=resnet18.cifar10", "never a file"),
        ("image=%2F%2Fserver%2Fa.png&weights=resnet18.cifar10", "not on this computer"),
    ],
)
def test_what_is_not_there_any_more_is_said(
    qtbot: QtBot, program: Program, photo: Path, notices: list[str], wrong: str, said: str
) -> None:
    from urllib.parse import quote

    text = "resnet-lens://open?" + wrong.format(photo=quote(str(photo), safe=""))
    program.window.commander.coming_back.open_link(text)
    qtbot.waitUntil(lambda: any(said in notice for notice in notices), timeout=60_000)
    if "photo" in wrong:  # the picture itself is shown all the same
        wait_for_analysis(qtbot, program, photo.name)
    idle(qtbot, program)


def test_a_session_is_saved_and_opened_in_place_of_another(
    qtbot: QtBot, program: Program, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notices: list[str]
) -> None:
    look(qtbot, program, photo)
    gone = tmp_path / "gone.png"
    gone.write_bytes(photo.read_bytes())
    program.session.open([gone])
    wait_for_analysis(qtbot, program, gone.name)
    program.session.step(-1)
    wait_for_analysis(qtbot, program, photo.name)
    program.session.look_at_class(4)
    idle(qtbot, program)
    file = tmp_path / "mine.lens"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(file), ""))
    qtbot.keyClick(program.window, Qt.Key_S, Qt.ControlModifier)
    qtbot.waitUntil(file.exists, timeout=10_000)
    idle(qtbot, program)
    assert json.loads(file.read_text())["images"] == [str(SAMPLES[0]), photo.name, gone.name]
    forget(qtbot, program)
    gone.unlink()
    program.session.open([SAMPLES[1]])
    wait_for_analysis(qtbot, program)
    program.window.commander.open_paths([file])
    wait_for_analysis(qtbot, program, photo.name)
    qtbot.waitUntil(lambda: program.window.workbench.current == "patches", timeout=10_000)
    idle(qtbot, program)
    check_back(program, photo)
    assert [item.name for item in program.session.items.values()] == [SAMPLES[0].name, photo.name]
    assert notices[-1] == "“gone.png” is not there any more."
    program.window.undo.stack.undo()  # what was open before is not lost
    assert SAMPLES[1].name in [item.name for item in program.session.items.values()]
    program.window.undo.stack.redo()
    wait_for_analysis(qtbot, program, photo.name)
    idle(qtbot, program)
    file.write_text("{}")
    program.window.commander.open_paths([file])
    qtbot.waitUntil(lambda: "is no session" in notices[-1], timeout=10_000)
    assert len(program.session.items) == 2


def test_a_picture_that_no_session_would_open_is_left_out_and_said(
    qtbot: QtBot, program: Program, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notices: list[str]
) -> None:
    far, file = tmp_path / "far" / "far.png", tmp_path / "sessions" / "mine.lens"
    far.parent.mkdir()
    file.parent.mkdir()
    far.write_bytes(photo.read_bytes())
    monkeypatch.setattr("app.scene._NO_FILES", (str(far.parent),))
    program.session.open([far, photo])
    wait_for_analysis(qtbot, program, far.name)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(file), ""))
    taking, coming = program.window.commander.taking_along, program.window.commander.coming_back
    taking.save_session()
    qtbot.waitUntil(file.exists, timeout=10_000)
    idle(qtbot, program)
    assert json.loads(file.read_text())["images"] == [str(photo)]
    assert notices[-1].endswith("Pictures that are no files on this computer’s disks are not in it: 1.")
    taking.copy_link()
    qtbot.waitUntil(lambda: notices[-1].startswith("No link can lead to this picture"), timeout=10_000)

    saved = taking.session_now()  # as the last session is kept: with it
    session_file.save(file, saved)
    coming.open_session(file)
    wait_for_analysis(qtbot, program, photo.name)
    idle(qtbot, program)
    assert [item.name for item in program.session.items.values()] == [photo.name]
    assert "“far.png” is not there any more." in notices


@pytest.mark.parametrize("kind", ["png", "svg", "pdf", "json", "csv"])
def test_an_instrument_is_exported_by_its_key(
    qtbot: QtBot, program: Program, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    look(qtbot, program, photo)
    file = tmp_path / f"figure.{kind}"
    asked: list[str] = []

    def choose(_parent: object, _title: str, proposed: str, filters: str, _chosen: str) -> tuple[str, str]:
        asked.extend([proposed, filters])
        return str(file), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    qtbot.keyClick(program.window, Qt.Key_E, Qt.ControlModifier)
    qtbot.waitUntil(file.exists, timeout=20_000)
    idle(qtbot, program)
    assert asked[0].endswith(" resnet18.cifar10 layer3.1 Patches.png")
    assert "*.svg" in asked[1]
    assert "*.csv" in asked[1]
    data = file.read_bytes()
    assert len(data) > 100
    if kind == "png":
        with Image.open(file) as image:
            assert image.text["Picture"] == photo.name  # type: ignore[attr-defined]
            assert image.text["Network is"] == "as trained"  # type: ignore[attr-defined]
    if kind == "json":
        found = json.loads(data)
        assert len(found["patches"]) == 2
        assert found["channel"] == 5


def test_a_figure_of_the_network_as_trained_says_so(
    qtbot: QtBot, program: Program, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(qtbot, program, photo)
    program.session.look_at_class(None)
    target = program.session.target
    sides = (program.session.plain, program.session.analysis)
    plain, now = (next(one for one in side.predictions if one.index == target).probability for side in sides)
    assert f"{100 * plain:.1f}" != f"{100 * now:.1f}"
    scales = {"channels": "Each map is on its own scale", "patches": None}
    for key, scale in scales.items():
        file = tmp_path / f"{key}.png"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, file=file: (str(file), ""))
        program.window.workbench.show(key)
        program.window.commander.taking_along.export()
        qtbot.waitUntil(file.exists, timeout=20_000)
        with Image.open(file) as image:
            texts = image.text  # type: ignore[attr-defined]
        assert texts["Network is"] == "as trained"
        assert texts["Class asked about"].endswith(f", {100 * plain:.1f} %")
        assert texts.get("Scale") == scale
    idle(qtbot, program)


def test_maps_and_channels_are_figures_of_every_kind(
    qtbot: QtBot, program: Program, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(qtbot, program, photo)
    export = program.window.commander.maps_export
    begins = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF", "npy": b"\x93NUMPY"}
    for name, ask, kinds in (
        ("all", export.export_maps, ("png", "npy")),
        ("one", lambda: export.export_channel("png"), tuple(begins)),
    ):
        for kind in kinds:
            file = tmp_path / f"{name}.{kind}"
            monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, file=file: (str(file), ""))
            ask()
            qtbot.waitUntil(lambda: file.exists() and program.tasks.idle, timeout=30_000)  # noqa: B023
            assert file.read_bytes().startswith(begins[kind])
    assert "layer2.0 bypassed" in (tmp_path / "one.svg").read_text(encoding="utf-8")


def test_a_picture_of_a_channel_says_what_was_changed_and_its_scale(
    qtbot: QtBot, program: Program, photo: Path, tmp_path: Path
) -> None:
    look(qtbot, program, photo)
    explorer, file = program.window.explorer, tmp_path / "channel.png"
    program.window.commander.maps_export.write_channel(file)
    with Image.open(file) as image:
        texts, (width, height) = image.text, image.size  # type: ignore[attr-defined]
    assert (texts["Network is"], texts["Channel"]) == ("layer2.0 bypassed, layer4: channel 7 removed", "5")
    assert texts["Looked at"] == "layer3.1, channel 5"
    assert "Class asked about" in texts
    assert f"Scale: {texts['Range']}, " in texts["Description"]
    shown = explorer.channel_picture()
    assert width == 2 * (shown.shape[1] + 2 * MARGIN_PX)
    assert height > 2 * (shown.shape[0] + 100)  # under a heading
    assert explorer.grid_picture()[1]["Network is"] == texts["Network is"]


def test_patches_follow_the_channel_and_lead_to_their_picture(
    qtbot: QtBot, program: Program, photo: Path, notices: list[str]
) -> None:
    session, window = program.session, program.window
    session.open([photo, *SAMPLES])
    wait_for_analysis(qtbot, program, photo.name)
    session.look_at("layer2", 5)
    window.explorer.detail.patches_requested.emit()
    assert window.workbench.current == "patches"
    patches = window.workbench.instrument
    idle(qtbot, program)
    first = patches.numbers()
    assert first is not None
    assert first.facts["pictures"] == len(SAMPLES) + 1
    values = [row["value"] for row in first.rows]
    assert values == sorted(values, reverse=True)
    session.look_at_channel(17)
    qtbot.waitUntil(lambda: patches.numbers() is not None, timeout=30_000)
    second = patches.numbers()
    assert second is not None
    assert second.facts["channel"] == 17
    assert second.rows != first.rows

    best = next(row for row in second.rows if row["picture"] != photo.name)
    patches.panel.picked.emit(second.rows.index(best))
    wait_for_analysis(qtbot, program, best["picture"])
    qtbot.waitUntil(lambda: window.probe.place is not None, timeout=10_000)
    assert (window.probe.place.output, window.probe.place.y, window.probe.place.x) == ("layer2", best["y"], best["x"])
    value = float(session.analysis.activations["layer2"][17, best["y"], best["x"]])
    assert value == pytest.approx(best["value"], rel=1e-4)
    idle(qtbot, program)
    assert not [notice for notice in notices if "wrong" in notice]


def test_more_pictures_are_looked_through_too(qtbot: QtBot, program: Program, photo: Path) -> None:
    program.session.open([photo])
    wait_for_analysis(qtbot, program)
    program.window.workbench.show("patches")
    patches = program.window.workbench.instrument
    idle(qtbot, program)
    assert patches.numbers().facts["pictures"] == 1
    program.session.open(SAMPLES[:2])
    qtbot.waitUntil(lambda: (found := patches.numbers()) is not None and found.facts["pictures"] == 3, timeout=60_000)
    program.session.remove(next(iter(program.session.items)))
    qtbot.waitUntil(lambda: (found := patches.numbers()) is not None and found.facts["pictures"] == 2, timeout=60_000)
    program.session.clear()
    idle(qtbot, program)
