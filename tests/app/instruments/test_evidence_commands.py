"""`evidence` and `occlude` on the command line: the contract of their JSON, their files, and their refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from journeys import SAMPLES
from PIL import Image

from app import cli

PHOTO = str(SAMPLES[0])


def told(argv: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert cli.main([*argv, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(argv: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert cli.main(argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_evidence_is_the_logit(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    found = told(["evidence", PHOTO, "--top", "9", "--out", str(tmp_path / "new" / "folder")], capsys)
    assert list(found) == [
        "image", "weights", "device", "precision", "stage", "class", "versus", "logit", "sum", "difference", "agrees",
        "bias", "rest", "map", "channels",
    ]  # fmt: skip
    assert (found["image"], found["weights"], found["stage"]) == (PHOTO, "resnet18.cifar10", "layer4")
    assert found["agrees"] is True
    assert found["sum"] == pytest.approx(found["logit"], abs=1e-4)
    assert found["logit"] == found["class"]["logit"]
    assert len(found["channels"]) == 9
    for one in found["channels"]:
        assert one["contribution"] == pytest.approx(one["weight"] * one["mean"], rel=1e-5)
    listed = sum(one["contribution"] for one in found["channels"])
    assert listed + found["rest"]["contribution"] + found["bias"] == pytest.approx(found["sum"], abs=1e-5)
    cam = np.load(tmp_path / "new" / "folder" / "cam.npy")
    assert cam.dtype == np.float32
    assert float(cam.mean()) + found["bias"] == pytest.approx(found["logit"], abs=1e-4)
    with Image.open(tmp_path / "new" / "folder" / "cam.png") as picture:
        assert picture.size[0] == picture.size[1] >= 448
        assert picture.text["Class"] == found["class"]["label"]  # type: ignore[attr-defined]


def test_evidence_of_any_class_against_another(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(["evidence", PHOTO, "--class", "Truck", "--versus", "3"], capsys)
    assert (found["class"]["label"], found["versus"]["label"]) == ("truck", "cat")
    assert found["logit"] == pytest.approx(found["class"]["logit"] - found["versus"]["logit"])
    assert found["sum"] == pytest.approx(found["logit"], abs=1e-3)
    assert cli.main(["evidence", PHOTO, "--class", "truck", "--versus", "cat", "--top", "3"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("truck against cat: ")
    assert "509 more" in text
    assert text.rstrip().endswith(": equal")


def test_occlude_sweeps(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    found = told(["occlude", PHOTO, "--patch", "16", "--stride", "8", "--out", str(tmp_path)], capsys)
    assert list(found) == [
        "image", "weights", "device", "precision", "class", "patch_px", "stride_px", "grid", "largest_drop", "places",
    ]  # fmt: skip
    assert (found["patch_px"], found["stride_px"], found["grid"]) == (16, 8, [3, 3])
    assert [(place["top"], place["left"]) for place in found["places"]][:4] == [(0, 0), (0, 8), (0, 16), (8, 0)]
    for place in found["places"]:
        assert place["logit_drop"] == pytest.approx(found["class"]["logit"] - place["logit"], abs=1e-5)
    assert found["largest_drop"] == max(found["places"], key=lambda place: place["logit_drop"])
    drops = np.load(tmp_path / "occlusion.npy")
    assert np.allclose(drops.ravel(), [place["logit_drop"] for place in found["places"]])
    assert (tmp_path / "occlusion.png").exists()

    here = told(["occlude", PHOTO, "--patch", "16", "--at", "8,16"], capsys)
    same = next(place for place in found["places"] if (place["top"], place["left"]) == (8, 16))
    assert here["logit"] == pytest.approx(same["logit"], abs=1e-4)
    assert here["probability"] == pytest.approx(same["probability"], abs=1e-4)
    assert len(here["predictions"]) == 5


def test_occlude_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["occlude", PHOTO, "--patch", "16", "--stride", "16"]) == 0
    assert "2 × 2 places, patch 16 px, every 16 px" in capsys.readouterr().out
    assert cli.main(["occlude", PHOTO, "--at", "31,31"]) == 0
    assert "without row 28, column 28, 4 px" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["evidence", PHOTO, "--class", "cta"], "Did you mean “cat”"),
        (["evidence", PHOTO, "--class", "10"], "classes 0 to 9"),
        (["evidence", PHOTO, "--class", "cat", "--versus", "3"], "can't be held against itself"),
        (["evidence", PHOTO, "--weights", "resnet18.nothing"], "no weights named"),
        (["occlude", PHOTO, "--patch", "33"], "covers all of it"),
        (["occlude", PHOTO, "--at", "32,0"], "lies outside"),
        (["occlude", PHOTO, "--at", "3"], "is not a place in the picture"),
        (["occlude", PHOTO, "--at", "3,3", "--out", "x"], "--at covers one place"),
        (["occlude", PHOTO, "--patch", "0"], "whole number from 1 on"),
    ],
)
def test_what_can_not_be_meant(argv: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert sentence in refused(argv, capsys)


def test_a_folder_that_is_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"")
    for command in ("evidence", "occlude"):
        assert cli.main([command, PHOTO, "--out", str(tmp_path / "there")]) == 1
        assert "is a file: --out needs the name of a folder" in capsys.readouterr().err
