"""`resnet-lens probe` and `resnet-lens patches`, with the bundled weights on the bundled pictures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app import cli
from resnet_core.analysis import Classifier
from resnet_core.weights.store import WeightsStore

SAMPLES = Path(__file__).resolve().parent.parent.parent / "resources" / "samples"


def answer(argv: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> dict[str, Any]:
    assert cli.main(argv) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def maps(image: Path, output: str, home: Path) -> np.ndarray:
    with Classifier(WeightsStore(home)) as classifier:
        return classifier.analyse(image, "resnet18.cifar10", outputs=(output,)).activations[output]


def test_probe_reads_what_the_network_computed(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    image = SAMPLES / "frog.jpg"
    found = answer(["probe", str(image), "--output", "layer3.1", "--at", "2,5", "--top", "4", "--json"], capsys)
    assert list(found) == ["image", "weights", "output", "at", "of", "receptive_field", "values"]
    assert (found["at"], found["of"]) == ([2, 5], [8, 8])
    here = maps(image, "layer3.1", home)[:, 2, 5]
    order = np.argsort(-here, kind="stable")[:4]
    assert [row["channel"] for row in found["values"]] == order.tolist()
    assert [row["value"] for row in found["values"]] == pytest.approx(here[order].tolist(), rel=1e-5)


def test_probe_gives_the_field_in_the_input_and_in_the_picture(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    image = tmp_path / "wide.png"
    Image.fromarray(np.full((64, 192, 3), 90, np.uint8)).save(image)
    found = answer(["probe", str(image), "--output", "layer1.0", "--at", "0,31", "--channel", "7", "--json"], capsys)
    field = found["receptive_field"]
    assert field["size"] == 7
    assert field["input"] == [28, 0, 32, 4]
    # The middle 64 of 192 columns, two pixels of the picture to one of the input.
    assert field["picture"] == [64 + 2 * 28, 0, 64 + 2 * 32, 8]
    assert [row["channel"] for row in found["values"]] == [7]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--output", "layer3", "--at", "8,0"], "8 rows and 8 columns"),
        (["--output", "layer3", "--at", "0"], "row and column"),
        (["--output", "layer3", "--at=-1,0"], "row and column"),
        (["--output", "layer3", "--at", "0,0", "--channel", "256"], "channels 0 to 255"),
        (["--output", "logits", "--at", "0,0"], "no places"),
        (["--output", "layer7", "--at", "0,0"], "no output named"),
    ],
)
def test_places_that_are_not_there_are_wrong_usage(
    capsys: pytest.CaptureFixture[str], more: list[str], said: str
) -> None:
    assert cli.main(["probe", str(SAMPLES / "frog.jpg"), *more]) == 2
    assert said in capsys.readouterr().err


def test_probe_for_eyes(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["probe", str(SAMPLES / "frog.jpg"), "--output", "layer2", "--at", "4,4"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("layer2 at (4, 4) of 16 × 16, resnet18.cifar10\nsees 21 × 21 px")
    assert out.count("channel") == 8


def test_patches_are_the_highest_places_of_all_pictures(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, home: Path
) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no picture")
    out = tmp_path / "out"
    argv = [
        "patches",
        str(SAMPLES),
        str(bad),
        "--output",
        "layer2",
        "--channel",
        "5",
        "--count",
        "3",
        "--out",
        str(out),
    ]
    found = answer([*argv, "--json"], capsys, code=1)
    images = sorted(SAMPLES.glob("*.jpg"))
    assert (found["pictures"], found["failed"], found["receptive_field_px"]) == (len(images), 1, 25)
    best = sorted(((float(maps(image, "layer2", home)[5].max()), image.name) for image in images), reverse=True)[:3]
    assert [row["picture"] for row in found["patches"]] == [name for _, name in best]
    assert [row["value"] for row in found["patches"]] == pytest.approx([value for value, _ in best], rel=1e-5)
    for row in found["patches"]:
        left, top, right, bottom = row["field"]
        assert 0 <= left < right <= 32
        assert 0 <= top < bottom <= 32
    written = sorted(out.iterdir())
    assert len(written) == 3
    with Image.open(written[0]) as picture:
        assert picture.size == (400, 400)
        assert picture.text["Output"].startswith("layer2 channel 5 at (")  # type: ignore[attr-defined]


def test_patches_of_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["patches", str(tmp_path), "--output", "layer2", "--channel", "5"]) == 1
    assert "has no pictures in it" in capsys.readouterr().err
    assert cli.main(["patches", str(SAMPLES), "--output", "layer2", "--channel", "128"]) == 2
    assert "channels 0 to 127" in capsys.readouterr().err
