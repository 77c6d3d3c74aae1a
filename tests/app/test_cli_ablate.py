"""`resnet-lens ablate` with the bundled weights, in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app import cli

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (40, 48, 3), np.uint8)).save(tmp_path / "a.png")
    monkeypatch.chdir(tmp_path)

    def run(*argv: str) -> tuple[int, str, str]:
        code = cli.main(["ablate", "a.png", *argv])
        return (code, *capsys.readouterr())

    return run


def found(run: Run, *argv: str) -> dict[str, Any]:
    code, out, err = run(*argv, "--json")
    assert (code, err) == (0, "")
    one: dict[str, Any] = json.loads(out)
    return one


@pytest.mark.parametrize("stage", ["layer3", "layer4"])
def test_a_sweep_says_what_ablating_each_channel_says(run: Run, stage: str) -> None:
    sweep = found(run, "--stage", stage, "--sweep", "--count", "5")
    assert list(sweep) == ["image", "weights", "device", "precision", "stage", "by", "class", "top", "channels"]
    assert (sweep["image"], sweep["weights"], sweep["by"]) == ("a.png", "resnet18.cifar10", "zero")
    assert len(sweep["channels"]) == 5
    sizes = [abs(row["logit_change"]) for row in sweep["channels"]]
    assert sizes == sorted(sizes, reverse=True)
    first = sweep["channels"][0]
    alone = found(run, "--stage", stage, "--channel", str(first["channel"]))
    (target,) = (row for row in alone["predictions"] if row["index"] == sweep["class"]["index"])
    assert target["logit_change"] == pytest.approx(first["logit_change"], abs=1e-4)
    assert target["probability_change"] == pytest.approx(first["probability_change"], abs=1e-5)
    assert alone["top_after"] == first["top_without"]


def test_without_a_channel_64_are_measured(run: Run) -> None:
    assert len(found(run, "--stage", "layer4")["channels"]) == 64


def test_a_class_is_named_or_numbered(run: Run) -> None:
    for name in ("5", "dog", " Dog"):
        asked = found(run, "--stage", "conv1", "--channel", "3", "--class", name, "--by", "mean")
        assert (asked["class"]["label"], asked["class"]["index"], asked["by"]) == ("dog", 5, "mean")
        assert "dog" in {row["label"] for row in asked["predictions"]}


def test_solo_takes_more_away_than_ablating(run: Run) -> None:
    one, others = (found(run, "--stage", "layer2", "--channel", "7", *more) for more in ([], ["--solo"]))
    change = [sum(abs(row["logit_change"]) for row in answer["predictions"]) for answer in (one, others)]
    assert change[0] < change[1]
    assert others["solo"] is True


def test_the_tables_are_for_people(run: Run) -> None:
    code, out, err = run("--stage", "layer4", "--count", "3")
    lines = out.splitlines()
    assert (code, err, len(lines)) == (0, "", 5)
    assert lines[1].split() == ["channel", "logit", "probability", "most", "probable", "then"]
    code, out, err = run("--stage", "layer4", "--channel", "3", "--solo", "--by", "mean")
    assert out.startswith("a.png, resnet18.cifar10: all channels but 3 of layer4 replaced by their means\n")
    assert (code, err) == (0, "")


@pytest.mark.parametrize(
    ("argv", "code", "sentence"),
    [
        (["--stage", "layer5"], 2, "resnet18.cifar10 has no stage named “layer5”. Did you mean “layer"),
        (["--stage", "fc"], 2, "Its stages are conv1, layer1"),
        (["--stage", "layer4", "--solo"], 2, "--solo needs a --channel"),
        (["--stage", "layer4", "--channel", "1", "--count", "3"], 2, "--count says how many"),
        (["--stage", "layer4", "--channel", "1", "--sweep"], 2, "not allowed with argument"),
        (
            ["--stage", "layer4", "--channel", "512"],
            2,
            "has the channels 0 to 511, none numbered 512.",
        ),
        (["--stage", "layer4", "--class", "dgo"], 2, "has no class named “dgo”. Did you mean “dog”?"),
        (["--stage", "layer4", "--class", "10"], 2, "has the classes 0 to 9, none numbered 10."),
    ],
)
def test_what_can_not_be_meant_is_a_sentence(run: Run, argv: list[str], code: int, sentence: str) -> None:
    given, out, err = run(*argv)
    assert (given, out) == (code, "")
    assert sentence in err
