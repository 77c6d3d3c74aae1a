"""The catalog against torchvision's own weight enums, row by row."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import pytest

from resnet_core.weights.catalog import PUBLISHED, WeightsInfo
from resnet_core.weights.names import is_id


def torchvision_rows() -> dict[str, Any]:
    """Every weight enum of torchvision's resnet module, by the id we give it."""
    resnet = pytest.importorskip("torchvision.models.resnet")
    enums = [getattr(resnet, name) for name in dir(resnet) if name.endswith("_Weights")]
    names = {enum: enum.__name__.removesuffix("_Weights").lower() for enum in enums}
    return {f"{names[enum]}.{row.name.lower()}": row for enum in enums for row in enum}


@pytest.fixture(scope="module")
def rows() -> dict[str, Any]:
    return torchvision_rows()


def test_the_catalog_has_every_row_and_no_other(rows: dict[str, Any]) -> None:
    assert sorted(info.id for info in PUBLISHED) == sorted(rows)


@pytest.mark.parametrize("info", PUBLISHED, ids=lambda info: info.id)
def test_a_row_agrees_with_torchvision(info: WeightsInfo, rows: dict[str, Any]) -> None:
    row = rows[info.id]
    transforms = row.transforms()
    metrics = row.meta["_metrics"]["ImageNet-1K"]
    assert info.url == row.url
    assert info.sha256_prefix == PurePosixPath(row.url).stem.rsplit("-", 1)[1]
    assert info.size_bytes == round(row.meta["_file_size"] * 2**20)
    assert info.accuracy == pytest.approx(metrics["acc@1"] / 100)
    assert info.accuracy5 == pytest.approx(metrics["acc@5"] / 100)
    assert info.spec.parameters == row.meta["num_params"]
    assert info.known_labels == tuple(row.meta["categories"])
    assert [info.preprocess.resize] == transforms.resize_size
    assert [info.preprocess.crop] == transforms.crop_size
    assert list(info.preprocess.mean) == transforms.mean
    assert list(info.preprocess.std) == transforms.std
    assert info.preprocess.interpolation == transforms.interpolation.value


def test_published_weights_have_safe_ids_and_are_not_here_yet() -> None:
    assert all(is_id(info.id) and not info.on_disk and info.origin == "published" for info in PUBLISHED)


def test_a_class_without_a_name_is_called_by_its_number() -> None:
    info = PUBLISHED[0]
    assert info.class_label(207) == "golden retriever"
    unnamed = WeightsInfo("a.b", info.spec.with_classes(3), "", "imported", info.preprocess)
    assert unnamed.class_label(2) == "class 2"
    with pytest.raises(IndexError):
        unnamed.class_label(3)
