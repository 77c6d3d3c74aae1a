"""Tells from a file's first bytes what it is, so that a file of another kind is refused by its own name."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from resnet_core.weights.tensors import RefusedError

LEGACY_MAGIC = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."
"""How torch checkpoints began before torch 1.6: the pickle of the number 0x1950a86a20f9469cfc6c."""


class FileKind(Enum):
    """The two kinds of file that weights are read from."""

    SAFETENSORS = "safetensors"
    TORCH = "torch"


_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"version https://git-lfs", "it is a Git LFS pointer: the file itself has not been downloaded (git lfs pull)"),
    (b"\x93NUMPY", "it is a numpy array, not a network's named parameters"),
    (b"\x89HDF", "it is an HDF5 file, as Keras writes; only PyTorch and safetensors files are read"),
    (b"GGUF", "it is a GGUF file, as language models use"),
    (b"\x1f\x8b", "it is a gzip archive: unpack it first"),
    (b"\xfd7zXZ", "it is an xz archive: unpack it first"),
    (b"7z\xbc\xaf", "it is a 7z archive: unpack it first"),
    (b"Rar!", "it is a RAR archive: unpack it first"),
    (b"\x89PNG", "it is a picture"),
    (b"\xff\xd8\xff", "it is a picture"),
    (b"GIF8", "it is a picture"),
    (b"%PDF", "it is a PDF document"),
    (b"MZ", "it is a program"),
    (b"\x7fELF", "it is a program"),
)
_PAGE_STARTS = (b"<!doctype", b"<html", b"<head", b"<?xml", b"<body")


def sniff(path: Path) -> FileKind:
    """Which reader a file is for. Raises RefusedError, saying what it is, when for neither; and OSError."""
    with path.open("rb") as file:
        start = file.read(512)
    if not start:
        raise RefusedError("it is empty")
    if start.startswith((b"PK\x03\x04", LEGACY_MAGIC)):
        return FileKind.TORCH
    for magic, what in _OTHERS:
        if start.startswith(magic):
            raise RefusedError(what)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGE_STARTS):
        raise RefusedError("it is a web page, perhaps an error message in place of a download")
    if start[8:9] == b"{" or (path.suffix.lower() == ".safetensors" and start[:1] != b"\x80"):
        return FileKind.SAFETENSORS
    if start[257:262] == b"ustar" or (b"\0" * 40 in start[8:100] and start[100:107].isdigit()):
        raise RefusedError("it is a tar archive, as torch wrote before version 0.1.10, and no longer read")
    if start[:1] == b"\x80" and 2 <= start[1] <= 5:
        raise RefusedError("it is a bare Python pickle, which can hold code and is never opened")
    if start[:1] == b"\x08" and start[2:3] in (b"\x12", b"\x1a", b":", b"B"):
        raise RefusedError("it is an ONNX model; only PyTorch and safetensors files are read")
    raise RefusedError("it is neither a PyTorch checkpoint nor a safetensors file, or it is damaged at its start")
