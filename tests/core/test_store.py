"""The weights on this computer: listed, imported, exported, removed, and whole after every accident."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from random_networks import random_parameters

from resnet_core.errors import WeightsError
from resnet_core.labels import cifar10_labels
from resnet_core.networks import NETWORKS
from resnet_core.spec import ResNetSpec
from resnet_core.weights import checkpoint, shelf, store, torch_export
from resnet_core.weights.catalog import CIFAR10, PUBLISHED, WeightsInfo
from resnet_core.weights.metadata import default_preprocess
from resnet_core.weights.names import free_id, is_id, weights_tag
from resnet_core.weights.recognise import recognise
from resnet_core.weights.store import WeightsStore

SMALL = ResNetSpec("resnet10_w4", "basic", (1, 1, 1, 1), 3, planes=4)


@pytest.fixture
def weights(home: Path) -> WeightsStore:
    return WeightsStore(home)


def checkpoint_file(path: Path, spec: ResNetSpec = SMALL, seed: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    torch_export.write_state_dict(path, random_parameters(spec, seed))
    return path


def test_the_bundled_weights_are_there(weights: WeightsStore) -> None:
    first = weights.all()[0]
    assert (first.id, first.origin, first.title) == ("resnet18.cifar10", "bundled", "CIFAR-10")
    assert first.spec == NETWORKS["resnet18"].with_stem("cifar").with_classes(10)
    assert first.preprocess == CIFAR10
    assert first.known_labels == cifar10_labels()
    assert (first.accuracy, first.dataset) == (0.9447, "CIFAR-10")
    assert first.on_disk
    loaded = weights.load("resnet18.cifar10").parameters
    assert {name: array.shape for name, array in loaded.items()} == first.spec.parameter_shapes
    assert all(array.dtype == np.float32 and array.flags.c_contiguous for array in loaded.values())


def test_published_weights_are_listed_after_those_on_disk(weights: WeightsStore, tmp_path: Path) -> None:
    mine = weights.import_file(checkpoint_file(tmp_path / "mine.pth"))
    ids = [info.id for info in weights.all()]
    assert ids == ["resnet18.cifar10", mine.id, *(info.id for info in PUBLISHED)]


def test_unknown_and_absent_weights_are_explained(weights: WeightsStore) -> None:
    with pytest.raises(WeightsError, match=r"no weights named “resnet50\.imagnet_v2”.*resnet50\.imagenet1k_v2"):
        weights.get("resnet50.imagnet_v2")
    with pytest.raises(WeightsError, match=r"not on this disk: download it first .*resnet34\.imagenet1k_v1"):
        weights.load("resnet34.imagenet1k_v1")
    with pytest.raises(WeightsError, match="no weights named"):
        weights.get("../../etc/passwd")


# --- importing -------------------------------------------------------------------------------------------------------


def test_an_import_keeps_the_numbers_and_says_what_it_found(weights: WeightsStore, tmp_path: Path) -> None:
    info = weights.import_file(checkpoint_file(tmp_path / "My Net (best).pth.tar"))
    assert info.id == "resnet10_w4.my-net-best"
    assert (info.title, info.origin, info.labels, info.on_disk) == ("My Net (best)", "imported", None, True)
    assert info.note == "resnet10_w4 with a 7x7 stem and 3 classes, from My Net (best).pth.tar."
    assert WeightsStore(weights.folder.parent).get(info.id) == info
    loaded = weights.load(info.id).parameters
    assert all(np.array_equal(loaded[name], array) for name, array in random_parameters(SMALL).items())
    assert sorted(path.name for path in weights.folder.iterdir()) == [".lock", f"{info.id}.safetensors"]


def test_a_second_import_of_a_name_gets_another_id(weights: WeightsStore, tmp_path: Path) -> None:
    paths = [checkpoint_file(tmp_path / str(seed) / "net.pt", seed=seed) for seed in range(3)]
    ids = [f"resnet10_w4.net{end}" for end in ("", "-2", "-3")]
    assert [weights.import_file(path).id for path in paths] == ids
    assert weights.import_file(paths[0], name="Other Name").id == "resnet10_w4.other-name"
    assert [weights.import_file(path).id for path in paths] == ids  # they are there already


def test_importing_a_file_again_gives_what_is_there(weights: WeightsStore, tmp_path: Path) -> None:
    path = checkpoint_file(tmp_path / "Net.pt")
    first = weights.import_file(path, labels=["ant", "bee", "wasp"])
    assert first.path is not None
    written = first.path.stat().st_mtime_ns
    assert weights.import_file(path) == first
    assert weights.import_file(path, name="net", labels=["ant", "bee", "wasp"]) == first
    assert weights.import_file(weights.export(first.id, tmp_path / "net.safetensors")) == first
    assert first.path.stat().st_mtime_ns == written
    assert weights.import_file(path, labels=["oak", "ash", "elm"]).id == f"{first.id}-2"
    first.path.write_bytes(first.path.read_bytes()[:-5])
    assert weights.import_file(path).id == f"{first.id}-2"
    weights.remove(f"{first.id}-2")
    assert weights.import_file(path).id == f"{first.id}-2"  # not over the damaged file


def test_an_import_never_takes_the_id_of_other_weights() -> None:
    taken = {info.id for info in PUBLISHED} | {"resnet18.cifar10"}
    assert free_id("resnet18", "cifar10", taken) == "resnet18.cifar10-2"
    assert free_id("resnet18", "resnet18-f37072fd", taken) == "resnet18.f37072fd"


@pytest.mark.parametrize(
    "name", ["../../evil", "CON", "a/b\\c", "…", "", "x" * 500, "Ünïcödé", "a.b.c.", "\0\n", "nul.pth", "-rf", "日本語"]
)
def test_every_name_becomes_a_safe_id(name: str) -> None:
    weights_id = free_id("resnet18", weights_tag(name), set())
    assert is_id(weights_id)
    assert len(weights_id) < 80


def test_labels_come_from_the_user_else_from_the_shapes(weights: WeightsStore, tmp_path: Path) -> None:
    labels = tmp_path / "labels.txt"
    labels.write_text("ant\nbee\nwasp\n", encoding="utf-8")
    path = checkpoint_file(tmp_path / "insects.pth")
    info = weights.get(weights.import_file(path, labels=labels).id)
    assert info.known_labels == ("ant", "bee", "wasp")
    labels.write_text("ant\nbee\n", encoding="utf-8")
    with pytest.raises(WeightsError, match="3 classes, and there are 2 labels"):
        weights.import_file(path, labels=labels)
    tiny = ResNetSpec("resnet8", "basic", (1, 1, 1), 10, stem="cifar", planes=4)
    info = weights.import_file(checkpoint_file(tmp_path / "cifar.pth", tiny))
    assert info.labels == "cifar10"
    assert info.preprocess == CIFAR10
    assert "taken to be those of CIFAR-10" in info.note


def test_what_a_safetensors_file_says_of_itself_is_kept(weights: WeightsStore, tmp_path: Path) -> None:
    info = weights.import_file(checkpoint_file(tmp_path / "net.pth"), labels=["ä", "b", "c"])
    odd = replace(info, preprocess=replace(info.preprocess, resize=300, crop=288), dataset="Birds", accuracy=0.75)
    weights.save(odd, weights.load(info.id).parameters)
    file = weights.export(info.id, tmp_path / "shared.safetensors")
    again = weights.import_file(file, name="again")
    assert (again.preprocess, again.labels, again.dataset, again.accuracy) == (
        odd.preprocess,
        odd.labels,
        "Birds",
        0.75,
    )


def test_senseless_metadata_does_no_harm(weights: WeightsStore, tmp_path: Path) -> None:
    info = weights.import_file(checkpoint_file(tmp_path / "net.pth"))
    header_end = 8 + int.from_bytes((weights.folder / f"{info.id}.safetensors").read_bytes()[:8], "little")
    data = (weights.folder / f"{info.id}.safetensors").read_bytes()
    header = json.loads(data[8:header_end])
    nonsense = {"resize": "1e9", "crop": "0", "mean": "nan", "std": "0 0 0", "labels": "[" * 10_000, "accuracy": "inf"}
    header["__metadata__"] = nonsense | {"title": "\x1b[31m" + "x" * 10_000, "network": "../..", "dilated": "9 9 9"}
    text = json.dumps(header).encode()
    path = weights.folder / "resnet10_w4.odd.safetensors"
    path.write_bytes(len(text).to_bytes(8, "little") + text + data[header_end:])
    odd = weights.get("resnet10_w4.odd")
    assert odd.spec == SMALL
    assert odd.preprocess == default_preprocess(SMALL)
    assert (odd.labels, odd.accuracy) == (None, None)
    assert odd.title.isprintable()
    assert len(odd.title) <= 200


# --- accidents -------------------------------------------------------------------------------------------------------


def test_a_damaged_file_is_listed_as_unusable_and_can_be_removed(weights: WeightsStore, tmp_path: Path) -> None:
    info = weights.import_file(checkpoint_file(tmp_path / "net.pth"))
    assert info.path is not None
    info.path.write_bytes(info.path.read_bytes()[:-5])
    (weights.folder / "resnet50.page.safetensors").write_text("<!doctype html>")
    (weights.folder / ".half.tmp").write_bytes(b"x")
    assert info.id not in [entry.id for entry in weights.all()]
    assert {entry.id: entry.reason for entry in weights.unusable()} == {
        info.id: f"{info.id}.safetensors is not a ResNet: it ends before its data does.",
        "resnet50.page": "resnet50.page.safetensors is not a ResNet: it is a web page, "
        "perhaps an error message in place of a download.",
    }
    with pytest.raises(WeightsError, match="ends before its data does"):
        weights.load(info.id)
    weights.remove(info.id)
    assert [entry.id for entry in weights.unusable()] == ["resnet50.page"]


def test_a_full_disk_leaves_what_was_there(
    weights: WeightsStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = weights.import_file(checkpoint_file(tmp_path / "net.pth"))
    before = weights.load(info.id).parameters

    def no_space(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(WeightsError, match="can't be written: No space left on device"):
        weights.save(info, random_parameters(SMALL, seed=1))
    with pytest.raises(WeightsError, match="can't be written: No space left on device"):
        weights.export(info.id, tmp_path / "out.pth")
    assert all(np.array_equal(weights.load(info.id).parameters[name], array) for name, array in before.items())
    assert sorted(path.name for path in weights.folder.iterdir()) == [".lock", f"{info.id}.safetensors"]
    assert not (tmp_path / "out.pth").exists()


def test_a_failed_import_keeps_nothing(weights: WeightsStore, tmp_path: Path) -> None:
    broken = random_parameters(SMALL)
    broken["fc.weight"][0, 0] = np.nan
    torch_export.write_state_dict(tmp_path / "nan.pth", broken)
    with pytest.raises(WeightsError, match=r"nan\.pth is not a ResNet: “fc\.weight” holds values that are not finite"):
        weights.import_file(tmp_path / "nan.pth")
    assert not weights.folder.exists()


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, not a folder")
    weights = WeightsStore(tmp_path / "home")
    assert weights.all()[0].id == "resnet18.cifar10"
    with pytest.raises(WeightsError, match="can't be written"):
        weights.import_file(checkpoint_file(tmp_path / "net.pth"))


# --- exporting and removing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".pth", ".safetensors"])
def test_an_export_reads_back_the_same(weights: WeightsStore, tmp_path: Path, suffix: str) -> None:
    info = weights.import_file(checkpoint_file(tmp_path / "net.pth"))
    read = checkpoint.read(weights.export(info.id, tmp_path / f"out{suffix}"))
    assert read.spec == info.spec
    assert all(np.array_equal(read.parameters[name], array) for name, array in weights.load(info.id).parameters.items())


def test_an_exported_resnet_loads_in_torchvision(weights: WeightsStore, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    torchvision = pytest.importorskip("torchvision")
    info = weights.import_file(checkpoint_file(tmp_path / "net.pth", NETWORKS["resnet18"].with_classes(4)))
    model = torchvision.models.resnet18(num_classes=4)
    state = torch.load(weights.export(info.id, tmp_path / "out.pth"), weights_only=True)
    assert list(state) == list(model.state_dict())
    model.load_state_dict(state, strict=True)
    library = pytest.importorskip("safetensors.torch")
    model.load_state_dict(library.load_file(weights.export(info.id, tmp_path / "out.safetensors")), strict=True)


def test_an_export_needs_a_suffix_it_knows(weights: WeightsStore, tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"written as \.safetensors or \.pth"):
        weights.export("resnet18.cifar10", tmp_path / "out.onnx")
    with pytest.raises(WeightsError, match="can't be written"):
        weights.export("resnet18.cifar10", tmp_path / "no folder" / "out.pth")


def test_bundled_weights_can_be_neither_removed_nor_replaced(weights: WeightsStore) -> None:
    with pytest.raises(WeightsError, match="comes with the program"):
        weights.remove("resnet18.cifar10")
    loaded = weights.load("resnet18.cifar10")
    with pytest.raises(WeightsError, match="can't be the name"):
        weights.save(loaded.info, loaded.parameters)
    with pytest.raises(WeightsError, match="can't be the name"):
        weights.save(replace(loaded.info, id="../resnet18.x"), loaded.parameters)
    with pytest.raises(WeightsError, match="not on this disk"):
        weights.remove("resnet50.imagenet1k_v1")


def test_removed_weights_are_gone(weights: WeightsStore, tmp_path: Path) -> None:
    info = weights.import_file(checkpoint_file(tmp_path / "net.pth"))
    weights.remove(info.id)
    with pytest.raises(WeightsError, match="no weights named"):
        weights.get(info.id)


def test_published_weights_on_disk_are_the_catalogs(weights: WeightsStore, monkeypatch: pytest.MonkeyPatch) -> None:
    info = WeightsInfo(
        "resnet10_w4.published", recognise(SMALL.parameter_shapes).spec, "Published", "published", CIFAR10, accuracy=0.5
    )
    monkeypatch.setattr(store, "PUBLISHED", (info,))
    monkeypatch.setattr(shelf, "PUBLISHED", (info,))
    saved = weights.save(info, random_parameters(SMALL))
    assert weights.get(info.id) == saved
    assert [entry.id for entry in weights.all()] == ["resnet18.cifar10", info.id]
    weights.remove(info.id)
    assert weights.get(info.id) == info
