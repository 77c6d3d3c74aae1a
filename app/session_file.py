"""A session as a file (`*.lens`): the opened pictures, what is looked at through which network, and the layout.

JSON, versioned, written whole or not at all. Pictures below the file's own folder are named relative to it, so that a
folder with its session can be moved or handed on.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Literal, TypeVar

from app import files, os_errors, scene
from app.scene import Change, Chosen, Scene
from resnet_core.errors import LensError
from resnet_core.version import VERSION

FORMAT = "ResNet Lens session"
FILE_VERSION = 1
MOST_IMAGES = 100_000
_LARGEST_FILE = 64_000_000  # bytes
_LARGEST_STATE = 100_000
_DEVICE = re.compile(r"auto|cpu|mps|gpu(\.\d{1,3})?|(cuda|xpu)(:\d{1,3})?", re.ASCII)

T = TypeVar("T")


@dataclass(frozen=True)
class SavedSession:
    """`scene.picture` is the current one of `images`, absolute paths; `layout` is base64 text by splitter's name.

    `refused` are the pictures of a file that are never looked for, such as those on a network: `scene.check_local`.
    For whoever opened it they are missing.
    """

    images: tuple[Path, ...]
    scene: Scene
    device: str = "auto"
    precision: Literal["exact", "fast"] = "exact"
    layout: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[Path, ...] = ()


def save(path: Path, session: SavedSession) -> None:
    """Raises LensError when the file can't be written."""
    files.write(path, text_of(session, path.absolute().parent).encode())


def load(path: Path) -> SavedSession:
    """Raises LensError, with a sentence that names the file, for what is no session or can't be read."""
    name = scene.short(path.name)
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise LensError("it is too large")
        return parse(path.read_bytes(), path.absolute().parent)
    except OSError as error:
        raise LensError(f"{name} can’t be opened: {os_errors.reason(error)}.") from error
    except LensError as error:
        raise LensError(f"{name} is no session that can be opened: {error}.") from None


def text_of(session: SavedSession, folder: Path) -> str:
    """The file's text; `folder` is where it will lie."""
    what = session.scene
    stored = {
        "format": FORMAT,
        "version": FILE_VERSION,
        "program": VERSION,
        "images": [_relative(image, folder) for image in session.images],
        "current": session.images.index(what.picture) if what.picture in session.images else None,
        "weights": what.weights,
        "device": session.device,
        "precision": session.precision,
        "instrument": what.instrument,
        "output": what.output,
        "channel": what.channel,
        "class": what.target,
        "change": {
            "gates": dict(what.change.gates),
            "masks": {stage: scene.runs_text(values) for stage, values in what.change.masks},
            "offsets": {stage: scene.runs_text(values) for stage, values in what.change.offsets},
        },
        "against": what.chosen.against,
        "patch": None if what.chosen.patch is None else ",".join(map(str, what.chosen.patch)),
        "layout": dict(session.layout),
    }
    return f"{json.dumps(stored, indent=2)}\n"


def parse(data: bytes, folder: Path) -> SavedSession:
    """A session from a file's bytes; `folder` is where the file lies. Raises LensError with what is wrong."""
    try:
        stored = json.loads(data)
    except (ValueError, RecursionError):
        raise LensError("it is not JSON") from None
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise LensError("it was not written by ResNet Lens")
    version = stored.get("version")
    if version != FILE_VERSION or isinstance(version, bool):
        raise LensError("it was written by a newer version of ResNet Lens")
    names = _field(stored, "images", list)
    if len(names) > MOST_IMAGES or not all(isinstance(name, str) for name in names):
        raise LensError("its pictures are no list of paths")
    places = [_place(name, folder) for name in names]
    images = tuple(place for place in places if place is not None)
    current = _optional(stored, "current")
    if current is not None and current >= len(places):
        raise LensError("its current picture is none of its pictures")
    picture = (None if current is None else places[current]) or next(iter(images), None)
    device, precision = _field(stored, "device", str), _field(stored, "precision", str)
    if _DEVICE.fullmatch(device) is None or precision not in ("exact", "fast"):
        raise LensError("its device or precision is none")
    return SavedSession(
        images,
        Scene(
            picture,
            picture.name if picture is not None else "",
            scene.check_weights(_field(stored, "weights", str)),
            "",
            scene.check_instrument(_field(stored, "instrument", str)),
            scene.check_output(_field(stored, "output", str)),
            _optional(stored, "channel"),
            _optional(stored, "class"),
            _change(_field(stored, "change", dict)),
            _chosen(stored),
        ),
        device,
        "exact" if precision == "exact" else "fast",
        _layout(_field(stored, "layout", dict)),
        tuple(Path(name) for name, place in zip(names, places, strict=True) if place is None),
    )


def _field(stored: Mapping[str, Any], key: str, kind: type[T]) -> T:
    value = stored.get(key)
    if not isinstance(value, kind):
        raise LensError(f"its “{key}” is missing or damaged")
    return value


def _optional(stored: Mapping[str, Any], key: str) -> int | None:
    value = stored.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1_000_000:
        raise LensError(f"its “{key}” is damaged")
    return value


def _change(stored: Mapping[str, Any]) -> Change:
    gates = _field(stored, "gates", dict)
    return Change(
        tuple(sorted((scene.check_block(block), scene.check_factor(gate)) for block, gate in gates.items())),
        _arrays(_field(stored, "masks", dict)),
        _arrays(_field(stored, "offsets", dict)),
    )


def _chosen(stored: Mapping[str, Any]) -> Chosen:
    """Files of earlier versions say nothing of it."""
    patch = None if stored.get("patch") is None else scene.parse_patch(_field(stored, "patch", str))
    return Chosen(_optional(stored, "against"), patch)


def _arrays(stored: Mapping[str, Any]) -> tuple[tuple[str, tuple[float, ...]], ...]:
    if not all(isinstance(text, str) for text in stored.values()):
        raise LensError("its “change” is damaged")
    return tuple(sorted((scene.check_stage(stage), scene.parse_runs(text)) for stage, text in stored.items()))


def _layout(stored: Mapping[str, Any]) -> dict[str, str]:
    for state in stored.values():
        try:
            if not isinstance(state, str) or len(state) > _LARGEST_STATE or len(stored) > 100:
                raise ValueError
            base64.b64decode(state, validate=True)
        except (ValueError, binascii.Error):
            raise LensError("its “layout” is damaged") from None
    return dict(stored)


def _relative(image: Path, folder: Path) -> str:
    return image.relative_to(folder).as_posix() if image.is_relative_to(folder) else str(image)


def can_name(image: Path, folder: Path) -> bool:
    """Whether a session file in `folder` that names this picture opens with it."""
    return _place(_relative(image, folder), folder) is not None


def _place(text: str, folder: Path) -> Path | None:
    """Where a picture of the file lies; None for a path that is not to be touched: the file may come from anybody."""
    try:
        scene.check_local(text)
    except LensError:
        return None
    leads_out = not Path(text).is_absolute() and ".." in PurePosixPath(text).parts
    return None if leads_out else folder / text


def missing_text(missing: Sequence[Path]) -> str:
    """Which pictures are not there any more, in a sentence; "" where all are."""
    if not missing:
        return ""
    named = [f"“{scene.short(path.name)}”" for path in missing[:3]]
    if len(missing) > 3:
        return f"{len(missing)} pictures are not there any more: {', '.join(named)} and {len(missing) - 3} more."
    if len(missing) == 1:
        return f"{named[0]} is not there any more."
    return f"{', '.join(named[:-1])} and {named[-1]} are not there any more."
