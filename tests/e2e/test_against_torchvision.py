"""The five depths, from a `.pth` that torchvision wrote to the numbers on the command line: they are torchvision's."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
import torchvision
from journeys import SAMPLES
from PIL import Image

from app.__main__ import main


def random_network(name: str) -> torch.nn.Module:
    """With random parameters, and batch-norm statistics as if it had been trained."""
    torch.manual_seed(5)
    network = getattr(torchvision.models, name)()
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.3, 0.9)
            torch.nn.init.normal_(module.bias, 0, 0.2)
            torch.nn.init.normal_(module.running_mean, 0, 0.2)
            torch.nn.init.uniform_(module.running_var, 0.5, 1.5)
    return network.eval()


def torchvisions_numbers(network: torch.nn.Module, photo: Path) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}
    hooks = {"layer1": network.layer1, "layer3": network.layer3, "layer4": network.layer4}
    for name, module in hooks.items():
        module.register_forward_hook(lambda _m, _i, out, name=name: found.__setitem__(name, out[0].numpy().copy()))
    preset = torchvision.models.ResNet18_Weights.IMAGENET1K_V1.transforms()
    with torch.inference_mode(), Image.open(photo) as image:
        found["logits"] = network(preset(image.convert("RGB")).unsqueeze(0))[0].numpy()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", ["resnet18", "resnet34", "resnet50", "resnet101", "resnet152"])
def test_import_features_and_classify(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    network = random_network(name)
    expected = torchvisions_numbers(network, SAMPLES[0])
    torch.save(network.state_dict(), tmp_path / "mine.pth")

    assert main(["weights", "import", str(tmp_path / "mine.pth"), "--json"]) == 0
    imported = json.loads(capsys.readouterr().out)
    assert (imported["id"], imported["network"], imported["classes"]) == (f"{name}.mine", name, 1000)

    out = tmp_path / "features"
    outputs = ",".join(expected)
    command = ["features", str(SAMPLES[0]), "--out", str(out), "--weights", f"{name}.mine", "--outputs", outputs]
    assert main([*command, "--format", "npy"]) == 0
    for output, values in expected.items():
        ours = np.load(out / f"{output}.npy")
        assert ours.shape == values.shape
        assert np.abs(ours - values).max() <= 1e-4 * np.abs(values).max(), output

    capsys.readouterr()
    assert main(["classify", str(SAMPLES[0]), "--weights", f"{name}.mine", "--json", "--device", "cpu"]) == 0
    said = json.loads(capsys.readouterr().out)
    logits = torch.from_numpy(expected["logits"]).double()
    best = logits.softmax(0).topk(5)
    assert [prediction["index"] for prediction in said["predictions"]] == best.indices.tolist()
    for prediction, probability in zip(said["predictions"], best.values.tolist(), strict=True):
        assert prediction["probability"] == pytest.approx(probability, rel=1e-3)
