"""The sample pictures: right with the weights that come along, and light enough to come along too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file

from resnet_core import resnet
from resnet_core.images import load_image
from resnet_core.networks import named
from resnet_core.preprocess import Preprocess
from resnet_core.resource_files import resource_dir

SAMPLES = sorted((resource_dir() / "samples").glob("*.jpg"))
WEIGHTS = resource_dir() / "weights" / "resnet18.cifar10.safetensors"


@pytest.fixture(scope="module")
def metadata() -> dict[str, str]:
    with safe_open(WEIGHTS, "pt") as file:
        return dict(file.metadata())


@pytest.fixture(scope="module")
def network() -> resnet.ResNet:
    network = resnet.build(named("resnet18").with_classes(10).with_stem("cifar"))
    network.load_state_dict(load_file(WEIGHTS))
    return network.eval()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_what_its_name_says(sample: Path, network: resnet.ResNet, metadata: dict[str, str]) -> None:
    mean, std = (tuple(float(number) for number in metadata[key].split()) for key in ("mean", "std"))
    preprocess = Preprocess(int(metadata["resize"]), int(metadata["crop"]), mean, std)  # type: ignore[arg-type]
    picture = load_image(sample)
    assert (picture.width, picture.height) == (640, 480)
    with torch.inference_mode():
        probabilities = network(torch.from_numpy(preprocess(picture.rgb))).softmax(dim=1)[0]
    label = json.loads(metadata["labels"])[int(probabilities.argmax())]
    assert label == sample.stem
    assert probabilities.max() > 0.6


def test_there_are_some_and_they_are_light() -> None:
    assert len(SAMPLES) >= 4
    assert sum(sample.stat().st_size for sample in SAMPLES) < 500_000


def test_each_is_our_own_drawing() -> None:
    folder = resource_dir() / "samples"
    program = (folder / "draw.py").read_text(encoding="utf-8")
    assert [sample.stem for sample in SAMPLES if f'"{sample.stem}": ' not in program] == []
    assert "draw.py" in (folder / "README.md").read_text(encoding="utf-8")
