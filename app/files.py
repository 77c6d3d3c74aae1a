"""Files that somebody asked for: there whole or not at all, a sentence where they can't be, nothing that runs."""

from __future__ import annotations

from pathlib import Path

from app import os_errors
from resnet_core.atomic import replacing
from resnet_core.errors import LensError


def write(path: Path, data: bytes) -> None:
    """In place of a file that is there; into what is no file, such as /dev/stdout. Raises LensError."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        with replacing(path) as file:
            file.write(data)
    except OSError as error:
        raise LensError(f"{path} can't be written: {os_errors.reason(error, making=True)}.") from error


def inert(text: str) -> str:
    """`text` as a cell that Excel and its like show and do not run (OWASP, "CSV injection")."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text
