"""`import resnet_core` costs nothing; its public names are there when they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import resnet_core

HEAVY = ("torch", "torchvision", "openvino", "numpy", "PIL", "PyQt5", "safetensors")


@pytest.mark.parametrize(
    ("imports", "light"),
    [
        ("import resnet_core", HEAVY),
        (
            "from resnet_core import named, describe, ResNetSpec, LensError; describe(named('resnet152'), 224, 224)",
            HEAVY,
        ),
        ("import resnet_core.errors, resnet_core.spec, resnet_core.networks, resnet_core.version", HEAVY),
        (
            "from resnet_core import Classifier, WeightsStore, load_image, Preprocess, classify_many, Request",
            ("torch", "torchvision", "openvino", "PyQt5"),
        ),
    ],
)
def test_nothing_heavy_is_imported(imports: str, light: tuple[str, ...]) -> None:
    program = f"import sys; {imports}; print(*(name for name in {light!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("name", resnet_core.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(resnet_core, name) is not None
    assert name in dir(resnet_core)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'resnet51'"):
        _ = resnet_core.resnet51
