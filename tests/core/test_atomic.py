"""Files that are replaced whole: what they hold, what they may, and what a link to one becomes."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from resnet_core.atomic import replacing

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and links as POSIX has them")


def write(path: Path, data: bytes = b"new") -> None:
    with replacing(path) as file:
        file.write(data)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("name", ["a.json", "x" * 200, "ä日🐈" * 20, "two\nlines"])
def test_a_file_is_written_and_nothing_else_stays(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, b"\r\n\x1a")
    assert (tmp_path / name).read_bytes() == b"\r\n\x1a"
    write(tmp_path / name)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {name: b"new"}


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")

    def interrupted() -> None:
        with replacing(path) as file:
            file.write(b"half of the n")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.json": b"old"}
    with pytest.raises(FileNotFoundError):
        write(tmp_path / "no folder" / "a.json")


@POSIX
@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_honours_the_umask_and_an_old_one_keeps_its_mode(tmp_path: Path, umask: int, expected: int) -> None:
    before = os.umask(umask)
    try:
        write(tmp_path / "new")
        assert mode(tmp_path / "new") == expected
        for kept in (0o600, 0o640, 0o666, 0o444):
            (tmp_path / "new").chmod(kept)
            write(tmp_path / "new", b"newer")
            assert mode(tmp_path / "new") == kept
    finally:
        os.umask(before)


@POSIX
def test_a_private_file_is_private_while_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(b"old")
    path.chmod(0o600)
    with replacing(path) as file:
        assert stat.S_IMODE(os.fstat(file.fileno()).st_mode) == 0o600


@POSIX
def test_a_link_stays_and_what_it_points_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    target = tmp_path / "dotfiles" / "settings.json"
    target.write_bytes(b"old")
    link, second, dangling = tmp_path / "settings.json", tmp_path / "second.json", tmp_path / "dangling.json"
    link.symlink_to("dotfiles/settings.json")
    second.symlink_to(link)
    dangling.symlink_to("dotfiles/first.json")
    for path, data in ((link, b"new"), (second, b"newer"), (dangling, b"first")):
        write(path, data)
        assert path.is_symlink()
        assert path.read_bytes() == data
    assert {path.name: path.read_bytes() for path in target.parent.iterdir()} == {
        "settings.json": b"newer",
        "first.json": b"first",
    }
