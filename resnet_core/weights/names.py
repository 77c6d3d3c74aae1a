"""Names of weights: "<network>.<tag>", which is also the name of the file on the disk."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from pathlib import Path

MAX_TAG = 60
SUFFIXES = (".pth.tar", ".safetensors", ".pth", ".pt", ".bin", ".ckpt", ".tar")


def weights_tag(name: str) -> str:
    """The tag for weights called `name`: a-z, 0-9, "-" and "_", at most 60 characters, never empty.

    As a file name it is safe everywhere: no folders, no dots, and the network's name stands before it, so that it is
    none of the names Windows keeps for devices.
    """
    return _plain(name) or "imported"


def has_tag(name: str) -> bool:
    """Whether anything of the name is left in its tag: nothing is of ".." and of names in other scripts."""
    return bool(_plain(name))


def _plain(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9_]+", "-", plain)[:MAX_TAG].strip("-_")


def is_id(weights_id: str) -> bool:
    """Whether this is the id of a set of weights, and so a safe file name."""
    return re.fullmatch(r"[a-z0-9_-]{1,80}\.[a-z0-9_-]{1,80}", weights_id) is not None


def file_stem(path: Path) -> str:
    """The name of a weights file without its suffix: "best" for "best.pth.tar"."""
    for suffix in SUFFIXES:
        if path.name.lower().endswith(suffix) and len(path.name) > len(suffix):
            return path.name[: -len(suffix)]
    return path.name


def free_id(network: str, tag: str, taken: Collection[str]) -> str:
    """`<network>.<tag>`, with -2, -3 … where that is taken."""
    wanted = candidate = f"{network}.{tag.removeprefix(f'{network}-') or tag}"
    number = 1
    while candidate in taken:
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate


def could_be(weights_id: str, network: str, tag: str) -> bool:
    """Whether `weights_id` is one that `free_id` could have given, with or without a number."""
    return re.fullmatch(rf"{re.escape(free_id(network, tag, ()))}(-\d+)?", weights_id) is not None


def near(wanted: str, known: Iterable[str]) -> list[str]:
    """The names most like a wanted one: those of its network first."""
    known = list(known)
    network = wanted.partition(".")[0].lower()
    same = [name for name in known if name.partition(".")[0] == network]
    return list(dict.fromkeys([*same, *get_close_matches(wanted.lower(), known, n=4, cutoff=0.5)]))[:5]
