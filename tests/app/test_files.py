"""Files that somebody asked for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app import files
from resnet_core.errors import LensError


def test_a_file_that_can_not_be_written_is_a_sentence(tmp_path: Path) -> None:
    files.write(tmp_path / "a.json", b"{}")
    assert (tmp_path / "a.json").read_bytes() == b"{}"
    with pytest.raises(LensError, match="can't be written: nothing can be made there"):
        files.write(tmp_path / "none" / "a.json", b"{}")


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system has no /dev/fd")
def test_what_is_no_file_is_written_into() -> None:
    read, write = os.pipe()
    files.write(Path(f"/dev/fd/{write}"), b"a,b\n")
    assert os.read(read, 100) == b"a,b\n"
    os.close(read)
    os.close(write)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\tb", "\rb", "\nb"])
def test_text_that_starts_like_a_formula_is_made_inert(text: str) -> None:
    assert files.inert(text) == f"'{text}"
    assert files.inert(f"a{text}") == f"a{text}"
