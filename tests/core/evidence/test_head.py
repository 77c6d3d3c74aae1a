"""The head alone, read out of a weights file of any origin."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from random_networks import SMALL, random_parameters

from resnet_core.errors import WeightsError
from resnet_core.spec import ResNetSpec
from resnet_core.weights import safetensors_file
from resnet_core.weights.head import read_head
from resnet_core.weights.store import WeightsStore
from resnet_core.weights.tensors import TensorInfo

SPEC = ResNetSpec("resnet10_w4", "basic", (1, 1, 1, 1), 3, planes=4)


def write(path: Path, arrays: dict[str, np.ndarray], dtype: str = "F32") -> Path:
    numpy_dtype = {"F32": "<f4", "F16": "<f2", "F64": "<f8"}[dtype]
    tensors = {name: TensorInfo(dtype, array.shape) for name, array in arrays.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    safetensors_file.write(path, tensors, lambda name: arrays[name].astype(numpy_dtype).tobytes(), {})
    return path


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("dtype", ["F32", "F16", "F64"])
def test_the_head_is_that_of_the_whole_file(tmp_path: Path, name: str, dtype: str) -> None:
    parameters = random_parameters(SMALL[name])
    head = read_head(write(tmp_path / "w.safetensors", parameters, dtype))
    stored = {key: array.astype(np.float16) if dtype == "F16" else array for key, array in parameters.items()}
    assert np.array_equal(head.weight, stored["fc.weight"])
    assert np.array_equal(head.bias, stored["fc.bias"])
    assert head.weight.dtype == head.bias.dtype == np.float32
    assert not head.weight.flags.writeable


def test_other_names_are_understood(tmp_path: Path) -> None:
    parameters = random_parameters(SPEC)
    renamed = {f"module.{name.replace('fc.', 'linear.')}": array for name, array in parameters.items()}
    head = read_head(write(tmp_path / "w.safetensors", renamed))
    assert np.array_equal(head.weight, parameters["fc.weight"])


def test_the_store_reads_it_once_and_again_when_the_file_changes(home: Path) -> None:
    store = WeightsStore(home)
    path = home / "weights" / "resnet10_w4.mine.safetensors"
    write(path, random_parameters(SPEC, 0))
    first = store.head("resnet10_w4.mine")
    assert store.head("resnet10_w4.mine") is first
    write(path, random_parameters(SPEC, 1))
    os.utime(path, ns=(1, 1))
    second = store.head("resnet10_w4.mine")
    assert np.array_equal(second.weight, random_parameters(SPEC, 1)["fc.weight"])
    assert np.array_equal(second.weight, store.load("resnet10_w4.mine").parameters["fc.weight"])


def test_the_bundled_head(home: Path) -> None:
    store = WeightsStore(home)
    head, whole = store.head("resnet18.cifar10"), store.load("resnet18.cifar10").parameters
    assert np.array_equal(head.weight, whole["fc.weight"])
    assert np.array_equal(head.bias, whole["fc.bias"])


def test_what_can_not_be_read_says_why(home: Path, tmp_path: Path) -> None:
    store = WeightsStore(home)
    with pytest.raises(WeightsError, match="no weights named"):
        store.head("resnet10_w4.none")
    with pytest.raises(WeightsError, match="download it first"):
        store.head("resnet50.imagenet1k_v2")
    with pytest.raises(WeightsError, match="can't be read"):
        read_head(tmp_path / "gone.safetensors")
    broken = random_parameters(SPEC)
    broken["fc.bias"] = np.array([0, np.nan, 1], np.float32)
    with pytest.raises(WeightsError, match="not finite"):
        read_head(write(tmp_path / "nan.safetensors", broken))
    with pytest.raises(WeightsError, match="not a ResNet"):
        read_head(write(tmp_path / "other.safetensors", {"conv1.weight": np.ones((4, 3, 3, 3), np.float32)}))
