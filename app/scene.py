"""What is looked at in the window, as values that can be written down: for links and for session files.

Everything that comes back from text goes through `parse_…` and `check_…` here, which raise a LensError for whatever
makes no sense: a link or a session file may come from anybody.
"""

from __future__ import annotations

import math
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from app.instruments.table import KEYS as INSTRUMENT_KEYS
from app.instruments.table import MAPS
from resnet_core.errors import LensError

if TYPE_CHECKING:
    from resnet_core.engines.base import Intervention

LONGEST_PATH = 4096
MOST_CHANNELS = 65_536
LARGEST_FACTOR = 1e6
LARGEST_SIDE = 16_384  # px
_WEIGHTS = re.compile(r"[\w][\w.+ ()-]{0,199}")
_OUTPUT = re.compile(r"conv1|layer[1-4](\.[0-9]{1,3}(\.(residual|shortcut))?)?")
_BLOCK = re.compile(r"layer[1-4]\.[0-9]{1,3}")
_STAGE = re.compile(r"conv1|layer[1-4]")
_DIGEST = re.compile(r"[0-9a-f]{16}")
_NUMBER = re.compile(r"-?[0-9]{1,7}(\.[0-9]{1,24})?(e-?[0-9]{1,3})?")
_NO_FILES = ("/proc", "/sys", "/dev")  # reading there can wait for ever, or do something


@dataclass(frozen=True)
class Change:
    """An intervention as plain values: gates by block, and by stage as many factors or summands as it has channels."""

    gates: tuple[tuple[str, float], ...] = ()
    masks: tuple[tuple[str, tuple[float, ...]], ...] = ()
    offsets: tuple[tuple[str, tuple[float, ...]], ...] = ()

    @classmethod
    def of(cls, intervention: Intervention | None) -> Change:
        if intervention is None:
            return cls()
        masks, offsets = (
            tuple((stage, tuple(array.tolist())) for stage, array in sorted(arrays.items()))
            for arrays in (intervention.masks, intervention.offsets)
        )
        return cls(tuple(sorted(intervention.gates.items())), masks, offsets)

    def intervention(self) -> Intervention | None:
        """None where nothing is changed."""
        import numpy as np

        from resnet_core.engines.base import Intervention

        masks, offsets = (
            {stage: np.array(values, np.float32) for stage, values in arrays} for arrays in (self.masks, self.offsets)
        )
        change = Intervention(dict(self.gates), masks, offsets)
        return None if change.changes_nothing else change


@dataclass(frozen=True)
class Chosen:
    """What is chosen in the instrument looked at, and is nobody else's.

    `against` is the class that another one's evidence is held against, `patch` what covers the picture: its top, left
    and side in pixels of the network's input.
    """

    against: int | None = None
    patch: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class Scene:
    """`picture` is None for one that is no file, such as a pasted one; then `name` is all that is known of it.

    `digest` are the first 16 hexadecimal digits of the file's SHA-256, "" where it is not known.
    """

    picture: Path | None
    name: str
    weights: str
    digest: str = ""
    instrument: str = MAPS
    output: str = "layer1"
    channel: int | None = None
    target: int | None = None
    change: Change = Change()
    chosen: Chosen = Chosen()


# Numbers of many channels, most of them equal


def runs_text(values: Iterable[float]) -> str:
    """e.g. "1x68,0,1x443" for a channel switched off: each value, and how often it comes."""
    import numpy as np

    parts = []
    for value, group in groupby(values):
        count = sum(1 for _ in group)
        written = number_text(float(str(np.float32(value))))
        parts.append(f"{written}x{count}" if count > 1 else written)
    return ",".join(parts)


def parse_runs(text: str) -> tuple[float, ...]:
    """The values again, as float32 holds them."""
    import numpy as np

    values: list[float] = []
    for part in text.split(","):
        written, _, times = part.partition("x")
        count = parse_count(times, MOST_CHANNELS) if times or part.endswith("x") else 1
        if len(values) + count > MOST_CHANNELS:
            raise LensError(f"it names more than {MOST_CHANNELS} channels")
        values += [float(np.float32(parse_number(written)))] * count
    return tuple(values)


def number_text(value: float) -> str:
    """As short as gives the same number again. Raises LensError for what is no number."""
    if not math.isfinite(value):
        raise LensError("The network is changed by something that is no number")
    return str(int(value)) if value == int(value) and abs(value) < LARGEST_FACTOR else repr(value)


def parse_number(text: str) -> float:
    if _NUMBER.fullmatch(text) is None or not abs(value := float(text)) <= LARGEST_FACTOR:
        raise LensError(f"“{short(text)}” is no number that can be meant")
    return value


def parse_patch(text: str) -> tuple[int, int, int]:
    """Top, left and side: "96,64,32"."""
    parts = [parse_count(part, LARGEST_SIDE) for part in text.split(",")]
    if len(parts) != 3 or parts[2] == 0:
        raise LensError(f"“{short(text)}” is no patch: its top, left and side in pixels")
    return parts[0], parts[1], parts[2]


def parse_count(text: str, most: int) -> int:
    if re.fullmatch(r"[0-9]{1,6}", text) is None or int(text) > most:
        raise LensError(f"“{short(text)}” is no whole number from 0 to {most}")
    return int(text)


# What may stand there


def check_factor(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise LensError("a block’s gate is no number")
    if abs(value) > LARGEST_FACTOR:
        raise LensError("a block’s gate is too large")
    return float(value)


def check_weights(text: str) -> str:
    return _matching(_WEIGHTS, text, "weights")


def check_output(text: str) -> str:
    return _matching(_OUTPUT, text, "an output")


def check_block(text: str) -> str:
    return _matching(_BLOCK, text, "a block")


def check_stage(text: str) -> str:
    return _matching(_STAGE, text, "a stage")


def check_digest(text: str) -> str:
    return _matching(_DIGEST, text, "a picture’s SHA-256")


def check_instrument(text: str) -> str:
    if text not in INSTRUMENT_KEYS:
        raise LensError(f"“{short(text)}” is none of the instruments {', '.join(INSTRUMENT_KEYS)}")
    return text


def check_name(text: str) -> str:
    if not text or len(text) > 255 or "\0" in text:
        raise LensError("the picture’s name is empty or too long")
    return text


def check_local(text: str) -> str:
    """A path on this computer, absolute or not: no network share, no device, nothing that is no path at all."""
    if not text or len(text) > LONGEST_PATH or "\0" in text:
        raise LensError("a path is empty, too long or no path")
    slashed = text.replace("\\", "/")
    if slashed.startswith("//") or (
        ":" in text and sys.platform == "win32" and not re.match(r"[A-Za-z]:[/\\][^:]*$", text)
    ):
        raise LensError(f"“{short(text)}” is not on this computer")
    plain = os.path.normpath(text)
    if sys.platform != "win32" and any(plain == place or plain.startswith(f"{place}/") for place in _NO_FILES):
        raise LensError(f"“{short(text)}” is no picture file")
    return text


def check_absolute(text: str) -> Path:
    if not os.path.isabs(check_local(text)):  # noqa: PTH117 - a Path would lose what is to be checked
        raise LensError(f"“{short(text)}” does not say where the picture is")
    return Path(text)


def short(text: str) -> str:
    """A piece of somebody's text, for a sentence."""
    plain = "".join(char if char.isprintable() else "?" for char in text)
    return plain if len(plain) <= 60 else f"{plain[:59]}…"


def _matching(pattern: re.Pattern[str], text: str, what: str) -> str:
    if pattern.fullmatch(text) is None:
        raise LensError(f"“{short(text)}” names no {what.removeprefix('a ').removeprefix('an ')}")
    return text
