"""`resnet-lens://` references: text that opens the same picture, network, place and changes again.

    resnet-lens://open?image=%2Fhome%2Fme%2Fcat.png&sha256=0123456789abcdef&weights=resnet18.cifar10&instrument=xray
        &output=layer3.0&channel=68&class=3&gates=layer3.0:0&mask=layer4:1x68,0,1x443

They name files and weights on this computer and carry numbers, nothing else; they are read strictly.
"""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from app import scene
from app.scene import Change, Chosen, Scene
from resnet_core.errors import LensError

V = TypeVar("V")

SCHEME = "resnet-lens"
LONGEST = 200_000
_START = re.compile(rf"{SCHEME}:[/\\]{{0,3}}open[/\\]?\?", re.ASCII | re.IGNORECASE)
_KEYS = (
    "image", "name", "sha256", "weights", "instrument", "output", "channel", "class", "gates", "mask", "offset",
    "against", "patch",
)  # fmt: skip
_REPEATED = ("mask", "offset")
_FIELDS = 40


def is_link(text: str) -> bool:
    """Whether text is meant as a reference; `parse` says whether it is a good one.

    A path made of one has lost a slash: that does no harm.
    """
    return text[: len(SCHEME) + 1].lower() == f"{SCHEME}:"


def from_outside(text: str) -> Path:
    """What the desktop or a terminal hands over: a path, a file:// address of this computer, or a reference."""
    if text.lower().startswith("file:"):
        parts = urllib.parse.urlsplit(text)
        if parts.netloc in ("", "localhost") and parts.path:
            from urllib.request import url2pathname  # here: it brings http, which would hold up every start

            return Path(url2pathname(parts.path))
    return Path(text)


def link(what: Scene) -> str:
    """A scene as text. Raises LensError for a picture that `parse` would refuse."""
    fields: list[tuple[str, str]] = []
    if what.picture is not None:
        try:
            scene.check_absolute(str(what.picture))
        except LensError as error:
            raise LensError(f"No link can lead to this picture: {error}.") from None
        fields.append(("image", str(what.picture)))
        if what.digest:
            fields.append(("sha256", what.digest))
    else:
        fields.append(("name", what.name))
    fields += [("weights", what.weights), ("instrument", what.instrument), ("output", what.output)]
    if what.channel is not None:
        fields.append(("channel", str(what.channel)))
    if what.target is not None:
        fields.append(("class", str(what.target)))
    if what.change.gates:
        gates = ",".join(f"{block}:{scene.number_text(gate)}" for block, gate in what.change.gates)
        fields.append(("gates", gates))
    if what.chosen.against is not None:
        fields.append(("against", str(what.chosen.against)))
    if what.chosen.patch is not None:
        fields.append(("patch", ",".join(map(str, what.chosen.patch))))
    fields += [("mask", f"{stage}:{scene.runs_text(values)}") for stage, values in what.change.masks]
    fields += [("offset", f"{stage}:{scene.runs_text(values)}") for stage, values in what.change.offsets]
    query = urllib.parse.urlencode(
        fields, quote_via=urllib.parse.quote, safe=":,", encoding="utf-8", errors="surrogateescape"
    )
    return f"{SCHEME}://open?{query}"


def parse(text: str) -> Scene:
    """The scene a link stands for. Raises LensError, with a sentence, for every text that is no good link."""
    try:
        return _scene(_fields(text.strip()))
    except LensError as error:
        raise LensError(f"This link can’t be opened: {error}.") from None


def _fields(text: str) -> dict[str, list[str]]:
    if len(text) > LONGEST:
        raise LensError("it is too long")
    start = _START.match(text)
    if start is None:
        raise LensError(f"it does not begin with “{SCHEME}://open?”")
    try:
        pairs = urllib.parse.parse_qsl(
            text[start.end() :], strict_parsing=True, keep_blank_values=True, max_num_fields=_FIELDS,
            encoding="utf-8", errors="surrogateescape",
        )  # fmt: skip
    except ValueError:
        raise LensError("it is not written as a link is") from None
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        if key not in _KEYS:
            raise LensError(f"this version does not know “{scene.short(key)}”")
        if key in found and key not in _REPEATED:
            raise LensError(f"it gives “{key}” twice")
        found.setdefault(key, []).append(value)
    return found


def _scene(fields: Mapping[str, list[str]]) -> Scene:
    def one(key: str, default: str = "") -> str:
        return fields.get(key, [default])[0]

    if "weights" not in fields or ("image" in fields) == ("name" in fields):
        raise LensError("it does not say which picture and which weights")
    picture = scene.check_absolute(one("image")) if "image" in fields else None
    return Scene(
        picture,
        scene.check_name(one("name") if picture is None else picture.name),
        scene.check_weights(one("weights")),
        scene.check_digest(one("sha256")) if "sha256" in fields else "",
        scene.check_instrument(one("instrument", "maps")),
        scene.check_output(one("output", "layer1")),
        scene.parse_count(one("channel"), scene.MOST_CHANNELS) if "channel" in fields else None,
        scene.parse_count(one("class"), 999_999) if "class" in fields else None,
        Change(
            _gates(one("gates")) if "gates" in fields else (),
            _arrays(fields.get("mask", [])),
            _arrays(fields.get("offset", [])),
        ),
        Chosen(
            scene.parse_count(one("against"), 999_999) if "against" in fields else None,
            scene.parse_patch(one("patch")) if "patch" in fields else None,
        ),
    )


def _gates(text: str) -> tuple[tuple[str, float], ...]:
    pairs = (part.partition(":") for part in text.split(","))
    return _by_name([(scene.check_block(block), scene.parse_number(gate)) for block, _, gate in pairs])


def _arrays(texts: list[str]) -> tuple[tuple[str, tuple[float, ...]], ...]:
    pairs = (text.partition(":") for text in texts)
    return _by_name([(scene.check_stage(stage), scene.parse_runs(values)) for stage, _, values in pairs])


def _by_name(pairs: list[tuple[str, V]]) -> tuple[tuple[str, V], ...]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise LensError("it changes the same place twice")
    return tuple(sorted(pairs, key=lambda pair: pair[0]))
