"""`resnet-lens shape`, `ladder` and `compare` in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from random_networks import random_parameters

from app import cli
from resnet_core.networks import named
from resnet_core.preprocess import Preprocess
from resnet_core.weights.catalog import WeightsInfo
from resnet_core.weights.store import WeightsStore

MINE, BUNDLED = "resnet20.mine", "resnet18.cifar10"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Two pictures and, besides the bundled network, one more."""
    for name, seed in (("a.png", 0), ("b <i>.png", 1)):
        Image.fromarray(np.random.default_rng(seed).integers(0, 256, (40, 48, 3), np.uint8)).save(tmp_path / name)
    spec = named("resnet20")
    info = WeightsInfo(MINE, spec, "mine", "imported", Preprocess(32, 32), "cifar10")
    WeightsStore(home).save(info, random_parameters(spec))
    monkeypatch.chdir(tmp_path)

    def run(*argv: str) -> tuple[int, str, str]:
        code = cli.main(list(argv))
        return (code, *capsys.readouterr())

    return run


def found(run: Run, *argv: str) -> dict[str, Any]:
    code, out, err = run(*argv, "--json")
    assert (code, err) == (0, "")
    one: dict[str, Any] = json.loads(out)
    return one


def test_shape(run: Run) -> None:
    one = found(run, "shape", "a.png", "--class", "cat", "--weights", MINE)
    assert list(one) == ["image", "weights", "device", "precision", "class", "conclusion", "variants"]
    assert one["class"]["label"] == "cat"
    assert [row["picture"] for row in one["variants"]] == ["grey", "blurred", "edges", "shuffled", "mirrored"]
    grey, *_, shuffled, _ = one["variants"]
    assert list(grey["stages"]) == ["conv1", "layer1", "layer2", "layer3"]
    assert shuffled["stages"]["layer1"]["maps"] is None
    assert len(grey["stages"]["layer1"]["channels"]) == 5
    code, out, err = run("shape", "a.png")
    assert (code, err) == (0, "")
    assert "Shuffled" in out
    assert "has" in out or "gives" in out


def test_ladder(run: Run) -> None:
    one = found(run, "ladder", "a.png")
    assert [row["weights"] for row in one["networks"]] == [BUNDLED, MINE]
    assert one["networks"][0]["parameters"] == 11_173_962
    assert [row["weights"].split(".")[0] for row in one["to_download"]] == [
        "resnet34",
        "resnet50",
        "resnet101",
        "resnet152",
    ]
    only = found(run, "ladder", "a.png", "--weights", MINE)
    assert [row["weights"] for row in only["networks"]] == [MINE]
    assert only["to_download"] == []
    code, out, err = run("ladder", "a.png")
    assert (code, err) == (0, "")
    assert "resnet-lens weights download resnet152.imagenet1k_v2" in out


def test_a_network_that_fails_does_not_stop_the_ladder(run: Run) -> None:
    code, out, err = run("ladder", "a.png", "--weights", f"resnet50.imagenet1k_v2,{MINE}", "--json")
    assert (code, err) == (1, "")
    first, second = json.loads(out)["networks"]
    assert "not on this disk" in first["error"]
    assert second["error"] is None
    code, out, err = run("ladder", "a.png", "--weights", f"resnet50.imagenet1k_v2,{MINE}")
    assert code == 1
    assert "not on this disk" in err
    assert MINE in out
    code, _, err = run("ladder", "a.png", "--weights", "resnet20.nine")
    assert code == 2
    assert MINE in err


def test_compare_two_pictures(run: Run) -> None:
    one = found(run, "compare", "a.png", "b <i>.png", "--stage", "layer2")
    assert (one["image"], one["other"], one["weights"], one["with"]) == ("a.png", "b <i>.png", BUNDLED, BUNDLED)
    assert one["output"] == "layer2"
    assert len(one["channels"]) == 8
    assert [row["output"] for row in one["stages"]] == ["conv1", "layer1", "layer2", "layer3", "layer4"]
    assert all(row["relative_l2"] > 0 for row in one["stages"])
    row = one["predictions"][0]
    assert row["change"] == pytest.approx(row["right"] - row["left"])
    code, out, _ = run("compare", "a.png", "b <i>.png")
    assert code == 0
    assert "channels of layer4" in out


def test_compare_with_a_bypass(run: Run) -> None:
    one = found(run, "compare", "a.png", "--bypass", "layer3.0,layer3.1", "--stage", "layer3.1")
    distances = {row["output"]: row["relative_l2"] for row in one["stages"]}
    assert distances["layer2"] == 0
    assert distances["layer3"] > 0
    assert list(distances)[-1] == "layer3.1"


def test_compare_two_networks(run: Run) -> None:
    one = found(run, "compare", "a.png", "--with", MINE)
    assert one["output"] == "layer3"
    assert [row["same_shape"] for row in one["stages"]] == [False] * 4
    assert all(row["relative_l2"] is None and row["cka"] is not None for row in one["stages"])
    assert one["channels"] == []


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("compare", "a.png"), "Compared with what?"),
        (("compare", "a.png", "--bypass", "layer3.9"), "Did you mean"),
        (("compare", "a.png", "--with", MINE, "--stage", "layer4"), "no output named"),
        (("compare", "a.png", "a.png", "--stage", "logits"), "no places"),
        (("shape", "a.png", "--class", "cta"), "Did you mean “cat”?"),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(run: Run, argv: tuple[str, ...], said: str) -> None:
    code, out, err = run(*argv)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize("command", ["shape", "ladder", "compare"])
def test_a_picture_that_is_not_there_is_a_sentence(run: Run, command: str) -> None:
    code, out, err = run(command, "none.png", *(["a.png"] if command == "compare" else []))
    assert (code, out) == (1, "")
    assert "none.png" in err
