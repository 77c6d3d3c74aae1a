"""`resnet-lens xray` and `depth` with the bundled weights, in this process; and what they say of a block."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from random_networks import SMALL, random_parameters

from app import block_texts, cli, paths
from resnet_core.evidence.depth import BlockEffect
from resnet_core.networks import named
from resnet_core.preprocess import Preprocess
from resnet_core.weights.catalog import WeightsInfo
from resnet_core.weights.store import WeightsStore

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (40, 48, 3), np.uint8)).save(tmp_path / "a.png")
    monkeypatch.chdir(tmp_path)

    def run(*argv: str) -> tuple[int, str, str]:
        code = cli.main(argv)
        return (code, *capsys.readouterr())

    return run


def test_an_xray_in_json(run: Run) -> None:
    code, out, _ = run("xray", "a.png", "--block", "layer3.0", "--json", "--channels", "3")
    assert code == 0
    found = json.loads(out)
    assert (found["image"], found["block"], found["shortcut"]) == ("a.png", "layer3.0", "projection")
    assert found["shape"] == [256, 8, 8]
    assert found["ratio"] == pytest.approx(found["residual_norm"] / found["shortcut_norm"])
    assert len(found["channels"]) == 3
    norms = [channel["residual_norm"] for channel in found["channels"]]
    assert norms == sorted(norms, reverse=True)


def test_an_xray_is_written_as_numbers_that_sum_up_and_as_a_picture(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("xray", "a.png", "--block", "layer2.1", "--channels", "7,100", "--out", "there/block")
    assert code == 0
    assert "x by the identity; F(x) by conv 3×3, 3×3" in out
    folder = tmp_path / "there" / "block"
    x, f, total, y = (np.load(folder / f"layer2.1.{part}.npy") for part in ("shortcut", "residual", "sum", "output"))
    assert x.shape == (128, 16, 16)
    assert np.abs(x + f - total).max() <= 1e-5 * np.abs(total).max()
    assert np.abs(np.maximum(total, 0) - y).max() <= 1e-5 * np.abs(total).max()
    with Image.open(folder / "layer2.1.xray.png") as picture:
        assert picture.size == (2 * 112 + 4, 4 * 112 + 3 * 4)
        assert picture.text["Channel"] == "7 100"  # type: ignore[attr-defined]
        assert picture.text["Colours"] == "diverging"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--block", "layer3.9"), "no block named “layer3.9”. Did you mean"),
        (("--block", "fc"), "Its blocks are layer1.0 … layer4.1."),
        (("--block", "layer3.0", "--channels", "3,256"), "has the channels 0 to 255, but no channel 256"),
        (("--block", "layer3.0", "--channels", "0"), "is not how many channels"),
        (("--block", "layer3.0", "--channels", "a,b"), "is not how many channels"),
    ],
)
def test_an_xray_of_what_is_not_there(run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    code, out, said = run("xray", "a.png", *arguments)
    assert (code, out) == (2, "")
    assert sentence in said


def test_the_profile_in_json(run: Run) -> None:
    code, out, _ = run("depth", "a.png", "--json")
    assert code == 0
    found = json.loads(out)
    assert [block["block"] for block in found["blocks"]] == [block.name for block in named("resnet18").blocks]
    assert set(found["blocks"][0]) == {"block", "residual_norm", "shortcut_norm", "ratio", "cosine", "change"}
    assert "gates" not in found
    assert "changes" not in found


def test_blocks_are_bypassed_and_scaled(run: Run) -> None:
    code, out, _ = run(
        "depth", "a.png", "--json", "--bypass", "layer3,layer1.1", "--scale", "layer4.0=0.5", "--top", "3"
    )
    assert code == 0
    found = json.loads(out)
    assert found["gates"] == {"layer1.1": 0, "layer3.0": 0, "layer3.1": 0, "layer4.0": 0.5}
    assert [one["index"] for one in found["changes"][:3]] == [one["index"] for one in found["predictions"]]
    for one, plain in zip(found["changes"], found["predictions"], strict=False):
        assert one["before"] == pytest.approx(plain["probability"])
        assert one["change"] == pytest.approx(one["after"] - one["before"])
    code, out, _ = run("depth", "a.png", "--scale", "layer4.0=1")
    assert code == 0
    assert "layer4.0 as trained" in out
    assert "+0.000" in out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--bypass", "layer7"), "resnet18 has no block “layer7”"),
        (("--scale", "layer3.0"), "is not a block and a factor from 0 to 2"),
        (("--scale", "layer3.0=2.1"), "is not a block and a factor from 0 to 2"),
        (("--scale", "layer3.0=nan"), "is not a block and a factor from 0 to 2"),
    ],
)
def test_a_bypass_of_what_is_not_there(run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    code, out, said = run("depth", "a.png", *arguments)
    assert (code, out) == (2, "")
    assert sentence in said


def test_a_plain_network_is_told_why_not(run: Run) -> None:
    spec = named("plain20")
    info = WeightsInfo("plain20.test", spec, "test", "imported", Preprocess(32, 32), "cifar10")
    WeightsStore(paths.home()).save(info, random_parameters(spec))
    for arguments in (("xray", "a.png", "--block", "layer1.0"), ("depth", "a.png")):
        code, out, said = run(*arguments, "--weights", "plain20.test")
        assert (code, out) == (1, "")
        assert "plain20 is a plain network" in said


def effect(ratio: float, cosine: float, gate: float = 1.0) -> BlockEffect:
    return BlockEffect("layer1.0", ratio, 1.0 if ratio == ratio else 0.0, cosine, 0.0, gate)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (effect(0.41, -0.6), "F changes what came in by 0.41 of its size and mostly works against it."),
        (effect(0.41, 0.3), "F changes what came in by 0.41 of its size and partly strengthens it."),
        (effect(0.001, 0.1), "F changes what came in by 0.001 of its size and slightly strengthens it."),
        (effect(1, -0.01), "F changes what came in by 1.00 of its size and goes "
         "its own way, neither with it nor against it."),
        (effect(1.2, -0.6, 0.5), "0.5 × F changes what came in by 0.60 of its size and mostly works against it."),
        (effect(1.2, -0.6, 0.0), "F is switched off: the block passes on what came in."),
        (effect(0.0, math.nan), "F adds nothing: the block passes on what came in."),
        (BlockEffect("b", 2, 0.0, math.nan, math.inf), "Nothing comes in by the shortcut: all there is comes from F."),
        (BlockEffect("b", 0.0, 0.0, math.nan, 0.0), "Neither x nor F has anything but zeros."),
    ],
)  # fmt: skip
def test_an_effect_in_words(found: BlockEffect, text: str) -> None:
    assert block_texts.effect_text(found) == text


def test_blocks_in_words() -> None:
    texts = [block_texts.shortcut_text(block) for block in SMALL["option_a"].blocks]
    assert texts[:3] == ["the identity", "the identity", "every 2nd place, 4 channels of zeros added"]
    assert block_texts.shortcut_text(SMALL["basic_b"].blocks[2]) == "projection 1×1, stride 2"
    assert block_texts.branch_text(SMALL["bottleneck"].blocks[1]) == "conv 1×1, 3×3, 1×1, stride 2"
    assert block_texts.branch_text(SMALL["grouped"].blocks[0]) == "conv 1×1, 3×3 in 4 groups, 1×1"


@pytest.mark.parametrize(
    ("value", "text"), [(0.456, "0.46"), (-0.3, "−0.30"), (-0.001, "0.00"), (math.inf, "∞"), (math.nan, "–")]
)
def test_numbers_as_they_are_read(value: float, text: str) -> None:
    assert block_texts.number_text(value) == text
