"""`resnet-lens classify` and `features` with the bundled weights, in this process."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app import cli
from resnet_core import feature_maps

BUNDLED = "resnet18.cifar10"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with three pictures and things that are none."""
    folder = tmp_path / "here"
    (folder / "photos" / "deeper").mkdir(parents=True)
    (folder / "empty").mkdir()
    for number, name in enumerate(("a.png", "photos/b2.png", "photos/b10.png", "photos/deeper/c.png")):
        pixels = np.random.default_rng(number).integers(0, 256, (40, 48, 3), np.uint8)
        Image.fromarray(pixels).save(folder / name)
    (folder / "bad.png").write_bytes(b"no picture")
    (folder / "photos" / "notes.txt").write_text("not classified")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run(here: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*argv: str) -> tuple[int, str, str]:
        code = cli.main(argv)
        return (code, *capsys.readouterr())

    return run


def objects(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_json_is_one_object_a_picture_in_order(run: Run) -> None:
    code, out, _ = run("classify", "./a.png", "bad.png", "gone.png", "photos/b2.png", "--json", "--top", "3")
    assert code == 1
    good, bad, gone, last = objects(out)
    assert list(good) == ["path", "weights", "device", "precision", "elapsed_ms", "predictions"]
    assert (good["path"], good["weights"], good["device"], good["precision"]) == ("./a.png", BUNDLED, "cpu", "exact")
    assert good["elapsed_ms"] > 0
    assert len(good["predictions"]) == 3
    assert list(good["predictions"][0]) == ["label", "index", "probability"]
    probabilities = [prediction["probability"] for prediction in good["predictions"]]
    assert probabilities == sorted(probabilities, reverse=True)
    assert 0 < sum(probabilities) <= 1.0001
    for answer, path in ((bad, "bad.png"), (gone, "gone.png")):
        assert answer.keys() == {"path", "error"}
        assert answer["path"] == path
        assert answer["error"]["kind"] == "image"
        assert path in answer["error"]["message"]
    assert last["path"] == "photos/b2.png"


def test_all_well_is_0_and_silent(run: Run) -> None:
    code, out, err = run("classify", "a.png", "--json")
    assert (code, err) == (0, "")
    assert len(objects(out)[0]["predictions"]) == 5


def test_top_gives_at_most_all_classes(run: Run) -> None:
    _, out, _ = run("classify", "a.png", "--json", "--top", "99")
    predictions = objects(out)[0]["predictions"]
    assert sorted(prediction["index"] for prediction in predictions) == list(range(10))
    assert sum(prediction["probability"] for prediction in predictions) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("folder", ["photos", "photos/", "./photos", "../here/photos"])
def test_a_folder_is_spelt_as_it_was_given(run: Run, folder: str) -> None:
    code, out, _ = run("classify", folder, "a.png", "--json", "--top", "1")
    start = folder.rstrip("/")
    assert code == 0
    assert [answer["path"] for answer in objects(out)] == [f"{start}/b2.png", f"{start}/b10.png", "a.png"]


def test_recursive_looks_deeper(run: Run) -> None:
    _, out, _ = run("classify", "photos", "--recursive", "--json", "--top", "1")
    assert [answer["path"] for answer in objects(out)] == ["photos/b2.png", "photos/b10.png", "photos/deeper/c.png"]


def test_the_whole_current_folder(run: Run, here: Path) -> None:
    _, out, _ = run("classify", ".", str(here / "photos"), "--json", "--top", "1")
    paths = [answer["path"] for answer in objects(out)]
    assert paths == ["./a.png", "./bad.png", str(here / "photos" / "b2.png"), str(here / "photos" / "b10.png")]


def test_a_folder_without_pictures_is_an_error_of_its_own(run: Run) -> None:
    code, out, _ = run("classify", "empty", "a.png", "--json")
    empty, picture = objects(out)
    assert code == 1
    assert "has no pictures" in empty["error"]["message"]
    assert picture["path"] == "a.png"


def test_for_eyes_it_is_a_table_with_errors_apart(run: Run) -> None:
    code, out, err = run("classify", "a.png", "bad.png", "--top", "2")
    assert code == 1
    name, first, second = out.splitlines()
    assert name == "a.png"
    assert first.split()[0] == "1"
    assert first.endswith(" %")
    assert len(first) == len(second)
    assert err.count("\n") == 1
    assert "bad.png" in err


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="such names can't be made there")
def test_odd_names_survive(run: Run, here: Path) -> None:
    os.rename(b"a.png", b"\xff\x1b[31m\n.png")  # noqa: PTH104 - bytes
    name = os.fsdecode(b"\xff\x1b[31m\n.png")
    _, out, _ = run("classify", name, "--json")
    assert objects(out)[0]["path"] == name
    os.rename(b"\xff\x1b[31m\n.png", b"\x1b[31m\n.png")  # noqa: PTH104
    _, out, _ = run("classify", "./\x1b[31m\n.png")
    assert out.splitlines()[0] == "./\\x1b[31m\\n.png", "a terminal is not told to change colour"


def test_csv_is_a_table_that_runs_nothing(run: Run, here: Path) -> None:
    (here / "a.png").rename(here / '=1+1, "x".png')
    code, out, err = run("classify", '=1+1, "x".png', "bad.png", "--csv", "out.csv", "--top", "2")
    assert (code, out) == (1, "")
    assert "2 rows written to out.csv" in err
    with (here / "out.csv").open(newline="", encoding="utf-8") as file:
        good, bad = csv.DictReader(file)
    assert good["path"] == '\'=1+1, "x".png'
    assert good["error"] == ""
    assert float(good["probability1"]) >= float(good["probability2"])
    assert good["weights"] == BUNDLED
    assert bad["path"] == "bad.png"
    assert "bad.png" in bad["error"]
    assert [path.name for path in here.glob("*out.csv*")] == ["out.csv"]


def test_a_full_disk_is_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert run("classify", "a.png", "--csv", "o.csv") == (
        1,
        "",
        "resnet-lens: o.csv can't be written: the disk is full.\n",
    )


def test_a_csv_that_cannot_be_written_is_refused_first(run: Run) -> None:
    for target, says in (("nowhere/out.csv", "no folder"), ("photos", "is a folder")):
        code, out, err = run("classify", "a.png", "--csv", target)
        assert (code, out) == (1, "")
        assert says in err
        assert err.count("\n") == 1


def test_unknown_weights_are_wrong_usage_absent_ones_a_failure(run: Run) -> None:
    code, out, err = run("classify", "a.png", "--weights", "resnet18.cifar1")
    assert (code, out) == (2, "")
    assert BUNDLED in err
    code, out, err = run("classify", "a.png", "--json", "--weights", "resnet50.imagenet1k_v2")
    assert (code, out) == (1, "")
    assert "weights download resnet50.imagenet1k_v2" in err


def test_features_writes_every_output_as_computed(run: Run, here: Path) -> None:
    code, out, err = run("features", "a.png", "--out", "new/folder")
    assert (code, err) == (0, "")
    folder = here / "new" / "folder"
    written = json.loads((folder / "features.json").read_text())
    shapes = {name: tuple(output["shape"]) for name, output in written["outputs"].items()}
    assert shapes == {
        "conv1": (64, 32, 32),
        "layer1": (64, 32, 32),
        "layer2": (128, 16, 16),
        "layer3": (256, 8, 8),
        "layer4": (512, 4, 4),
        "logits": (10,),
    }
    assert written["weights"] == BUNDLED
    assert written["network"] == "resnet18"
    assert written["image"] == "a.png"
    files = {"features.json"}
    for name, output in written["outputs"].items():
        values = np.load(folder / f"{name}.npy")
        assert values.dtype == np.float32
        assert values.shape == shapes[name]
        assert (output["min"], output["max"]) == (values.min(), values.max())
        files |= set(output["files"])
        assert name in out
        if name != "logits":
            with Image.open(folder / f"{name}.png") as picture:
                assert picture.text["Stage"] == name
    assert {path.name for path in folder.iterdir()} == files
    logits = np.load(folder / "logits.npy")
    assert int(logits.argmax()) == written["predictions"][0]["index"]


def test_features_takes_blocks_and_formats(run: Run, here: Path) -> None:
    code, _, _ = run(
        "features",
        "a.png",
        "--out",
        "o",
        "--outputs",
        "layer4.1.residual,layer4.1.shortcut,layer4.1",
        "--format",
        "npy",
    )
    assert code == 0
    residual, shortcut, block = (np.load(here / "o" / f"layer4.1{part}.npy") for part in (".residual", ".shortcut", ""))
    assert np.allclose(np.maximum(residual + shortcut, 0), block, atol=1e-4)
    assert not list((here / "o").glob("*.png"))


def test_features_draws_diverging_what_has_a_sign(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    signed: dict[str, bool] = {}
    as_it_is = feature_maps.described_montage

    def described(*args: Any, **named: Any) -> tuple[np.ndarray, dict[str, str]]:
        signed[named["of"].stage] = named["signed"]
        return as_it_is(*args, **named)

    monkeypatch.setattr(feature_maps, "described_montage", described)
    names = ("layer1.0.shortcut", "layer2.0.shortcut", "layer2.0.residual", "layer2.0", "layer2")
    assert run("features", "a.png", "--out", "o", "--outputs", ",".join(names), "--format", "png")[0] == 0
    assert signed == dict(zip(names, (False, True, True, False, False), strict=True))


@pytest.mark.parametrize(
    ("argv", "code", "says"),
    [
        (["features", "a.png", "--out", "o", "--outputs", "layer5"], 2, "Did you mean “layer"),
        (["features", "a.png", "--out", "o", "--outputs", "ears"], 2, "conv1, layer1"),
        (["features", "bad.png", "--out", "o"], 1, "bad.png"),
        (["features", "gone.png", "--out", "o"], 1, "gone.png"),
        (["features", "a.png", "--out", "bad.png"], 1, "bad.png is a file: --out needs the name of a folder"),
        (
            ["features", "a.png", "--out", "bad.png/o"],
            1,
            "o can't be made: a part of its path is a file, not a folder.",
        ),
        (["features", "a.png", "--out", "o", "--weights", "resnet18.nobody"], 2, "resnet18.nobody"),
    ],
)
def test_features_that_cannot_be(run: Run, argv: list[str], code: int, says: str) -> None:
    ended, out, err = run(*argv)
    assert (ended, out) == (code, "")
    assert says in err
    assert err.count("\n") == 1
