"""Session files: there and back, moved folders, and files that are none."""

from __future__ import annotations

import contextlib
import json
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_links import names, paths, scenes

from app import session_file
from app.scene import Scene
from app.session_file import SavedSession
from resnet_core.errors import LensError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the paths are those of POSIX systems")


@st.composite
def sessions(draw: st.DrawFn) -> SavedSession:
    below = names.map(lambda name: Path("/pictures/mine", name))
    images = tuple(dict.fromkeys(draw(st.lists(paths | below, min_size=1, max_size=5))))
    picture = draw(st.sampled_from(images))
    return SavedSession(
        images,
        replace(draw(scenes()), picture=picture, name=picture.name, digest=""),
        draw(st.sampled_from(["auto", "cpu", "cuda:1", "gpu.0"])),
        draw(st.sampled_from(["exact", "fast"])),
        draw(st.dictionaries(st.sampled_from(["mainSplitter", "gridSplitter"]), st.sampled_from(["", "AAAA/w=="]))),
    )


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sessions())
def test_a_session_says_all_of_it(tmp_path: Path, session: SavedSession) -> None:
    folder = Path("/pictures/mine")
    assert session_file.parse(session_file.text_of(session, folder).encode(), folder) == session
    file = tmp_path / "a.lens"
    session_file.save(file, session)
    assert session_file.load(file) == session


def saved(*images: Path) -> SavedSession:
    picture = images[0] if images else None
    return SavedSession(images, Scene(picture, picture.name if picture else "", "resnet18.cifar10"))


def test_a_folder_can_be_moved_with_its_session(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    (before / "deep").mkdir(parents=True)
    session_file.save(before / "a.lens", saved(before / "deep" / "cat.png", tmp_path / "dog.png"))
    stored = json.loads((before / "a.lens").read_text())
    assert stored["images"] == ["deep/cat.png", str(tmp_path / "dog.png")]
    before.rename(after)
    found = session_file.load(after / "a.lens")
    assert found.images == (after / "deep" / "cat.png", tmp_path / "dog.png")
    assert found.scene.picture == found.images[0]


def test_a_file_that_can_not_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    with pytest.raises(LensError, match="can't be written"):
        session_file.save(tmp_path / "none" / "a.lens", saved(tmp_path / "a.png"))


def good(folder: Path) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(session_file.text_of(saved(folder / "a.png", folder / "b.png"), folder))
    return stored


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("format", "other", "not written by"), ("version", 2, "newer"), ("version", True, "newer"),
        ("images", "a.png", "images"), ("images", [1], "list of paths"), ("current", 2, "current"),
        ("current", "0", "current"), ("current", -1, "current"), ("weights", "../x", "weights"), ("weights", 3, "weig"),
        ("device", "tpu", "device"), ("precision", "half", "precision"), ("instrument", "shell", "instruments"),
        ("output", "fc", "output"), ("channel", 1.5, "channel"), ("channel", True, "channel"), ("class", -4, "class"),
        ("change", None, "change"), ("change", {"gates": {}}, "masks"), ("layout", {"a": "%"}, "layout"),
        ("change", {"gates": {"layer1.0": "0"}, "masks": {}, "offsets": {}}, "gate"),
        ("change", {"gates": {"layer1.0": float("inf")}, "masks": {}, "offsets": {}}, "gate"),
        ("change", {"gates": {}, "masks": {"layer4": [1]}, "offsets": {}}, "damaged"), ("layout", [], "layout"),
        ("change", {"gates": {}, "masks": {"layer4": "1x999999"}, "offsets": {}}, "whole number"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said(tmp_path: Path, key: str, value: object, said: str) -> None:
    file = tmp_path / "a.lens"
    file.write_text(json.dumps({**good(tmp_path), key: value}))
    with pytest.raises(LensError, match=f"^a.lens is no session that can be opened: .*{said}.*\\.$"):
        session_file.load(file)
    file.write_text(json.dumps({name: one for name, one in good(tmp_path).items() if name != key}))
    if key not in ("current", "channel", "class"):
        with pytest.raises(LensError, match=r"^a.lens is no session"):
            session_file.load(file)


@pytest.mark.parametrize(
    "place", ["../../a.png", "//server/a.png", "\\\\server\\a.png", "/dev/zero", "/home/../proc/1/mem", "a\0.png", ""]
)
def test_a_picture_that_is_not_to_be_touched_is_missing(tmp_path: Path, place: str) -> None:
    stored = {**good(tmp_path), "images": [place, "b.png"], "current": 0}
    found = session_file.parse(json.dumps(stored).encode(), tmp_path)
    assert (found.images, found.refused) == ((tmp_path / "b.png",), (Path(place),))
    assert found.scene.picture == tmp_path / "b.png"
    assert session_file.missing_text(found.refused).endswith("” is not there any more.")
    assert session_file.missing_text(found.refused).isprintable()
    alone = session_file.parse(json.dumps({**stored, "images": [place]}).encode(), tmp_path)
    assert (alone.images, alone.scene.picture) == ((), None)


def test_what_a_session_can_name_depends_on_where_it_lies(tmp_path: Path) -> None:
    assert session_file.can_name(tmp_path / "a.png", Path("/elsewhere"))
    share = Path("//server/share")
    assert not session_file.can_name(share / "a.png", tmp_path)
    assert session_file.can_name(share / "a.png", share)  # by the picture's name alone
    assert session_file.parse(session_file.text_of(saved(share / "a.png"), share).encode(), share).images


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b"9" * 5000, b"\x89PNG"])
def test_what_is_no_session_at_all(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.lens"
    file.write_bytes(data)
    with pytest.raises(LensError, match=r"^a.lens is no session"):
        session_file.load(file)


def test_mutated_files_never_raise_anything_else(tmp_path: Path) -> None:
    rng, text = random.Random(5), json.dumps(good(tmp_path)).encode()
    for _ in range(300):
        data = bytearray(text)
        for _ in range(rng.randint(1, 5)):
            place = rng.randrange(len(data))
            data[place : place + rng.randint(0, 3)] = bytes(rng.randrange(256) for _ in range(rng.randint(0, 3)))
        with contextlib.suppress(LensError):
            session_file.parse(bytes(data), tmp_path)


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(LensError, match=r"^a.lens can’t be opened"):
        session_file.load(tmp_path / "a.lens")


def test_missing_pictures_are_named_in_one_sentence() -> None:
    gone = [Path(f"/x/{name}.png") for name in "abcde"]
    assert session_file.missing_text([]) == ""
    assert session_file.missing_text(gone[:1]) == "“a.png” is not there any more."
    assert session_file.missing_text(gone[:2]) == "“a.png” and “b.png” are not there any more."
    assert session_file.missing_text(gone) == (
        "5 pictures are not there any more: “a.png”, “b.png”, “c.png” and 2 more."
    )
