"""Pictures out of a zip file, also one that means harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from resnet_core import picture_archives
from resnet_core.errors import Cancelled, ImageError
from resnet_core.picture_archives import is_archive, unpack


def png(colour: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (4, 4), colour).save(data, "PNG")
    return data.getvalue()


def make(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_only_pictures_in_the_order_of_their_names(tmp_path: Path) -> None:
    archive = make(
        tmp_path / "a.zip",
        {"b/2.png": png("red"), "a/1.png": png("blue"), "notes.txt": b"x", "__MACOSX/a/1.png": b"x", ".hid.png": b"x"},
    )
    assert is_archive(archive)
    found = unpack(archive, tmp_path / "out")
    assert ["/".join(path.parts[-2:]) for path in found] == ["a/1.png", "b/2.png"]
    assert found[0].read_bytes() == png("blue")
    assert unpack(archive, tmp_path / "out") == found


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    names = ["../../evil.png", "/etc/evil.png", "C:\\evil.png", "a/../../b.png", "x/\x01?.png", "deep/er/and/1.png"]
    archive = make(tmp_path / "a.zip", dict.fromkeys(names, png("red")))
    out = tmp_path / "out"
    found = unpack(archive, out)
    assert len(found) == len(set(found)) == 4  # those that lead upwards count as hidden
    assert all(path.resolve().is_relative_to(out.resolve()) for path in found)


def test_names_that_meet_get_a_number(tmp_path: Path) -> None:
    archive = make(tmp_path / "a.zip", {"x/a/1.png": png("red"), "y/a/1.png": png("blue")})
    assert [path.name for path in unpack(archive, tmp_path)] == ["1.png", "1 (2).png"]


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_archives, "MAX_BYTES_EACH", 1000)
    archive = make(tmp_path / "a.zip", {"1.png": bytes(100_000)})
    with pytest.raises(ImageError, match="too large"):
        unpack(archive, tmp_path / "out")
    assert not list((tmp_path / "out").rglob("*.png*"))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", png("red")])
def test_what_is_no_zip_is_a_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with pytest.raises(ImageError, match="can't be opened as a zip file"):
        unpack(path, tmp_path / "out")


def test_without_pictures_or_with_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImageError, match="has no pictures"):
        unpack(make(tmp_path / "a.zip", {"a.txt": b"x"}), tmp_path / "out")
    monkeypatch.setattr(picture_archives, "MAX_PICTURES", 1)
    with pytest.raises(ImageError, match="more than"):
        unpack(make(tmp_path / "b.zip", {"1.png": b"x", "2.png": b"x"}), tmp_path / "out")


def test_called_off(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        unpack(make(tmp_path / "a.zip", {"1.png": png("red")}), tmp_path / "out", cancel=lambda: True)


def test_a_damaged_member_is_a_sentence(tmp_path: Path) -> None:
    archive = make(tmp_path / "a.zip", {"1.png": png("red") * 50})
    data = bytearray(archive.read_bytes())
    data[60:80] = bytes(20)
    archive.write_bytes(data)
    with pytest.raises(ImageError, match=r"a\.zip"):
        unpack(archive, tmp_path / "out")
