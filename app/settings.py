"""What the user chose, kept between two starts as `settings.json`: only what differs from the defaults.

A value that makes no sense falls back to its default and leaves the others alone; a file that is no settings file at
all is kept beside the new one as `settings.json.bad`.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from app import os_errors
from app.i18n import LANGUAGES, SYSTEM
from resnet_core.atomic import replacing
from resnet_core.errors import LensError

BUNDLED = "resnet18.cifar10"  # the weights that come with the program
VERSION = 1
MOST_RECENT = 12
_LARGEST_FILE = 1_000_000  # bytes; ours has a few hundred
_DEVICES = re.compile(r"auto|cpu|mps|gpu(\.\d{1,3})?|(cuda|xpu)(:\d{1,3})?", re.ASCII)  # as --device has them


@dataclass(frozen=True)
class Settings:
    """Change one with `dataclasses.replace`. Binary window state is base64 text, as Qt's saveState() gives it."""

    theme: Literal["system", "light", "dark"] = "system"
    language: str = SYSTEM
    motion: Literal["system", "reduced"] = "system"
    device: str = "auto"
    precision: Literal["exact", "fast"] = "exact"
    top_k: int = 5
    ranking: str = "mean"
    scale: str = "stage"
    colours: str = "magma"
    weights: str = BUNDLED
    threads: int = 0  # of the CPU that a network may use; 0: as many as help
    data_folder: str = ""  # where CIFAR-10 is looked for and put; "": the program's own
    mirror: str = ""  # address to download published weights from instead of the publisher's
    window_geometry: str = ""
    splitters: Mapping[str, str] = field(default_factory=dict)  # state by objectName
    dialogs: Mapping[str, str] = field(default_factory=dict)  # geometry by objectName
    last_folder: str = ""  # where the open dialog starts
    export_folder: str = ""
    recent_files: tuple[str, ...] = ()  # pictures and folders opened, the latest first
    recent_weights: tuple[str, ...] = ()  # ids of the weights used, the latest first
    output: str = "layer1"  # the stage, block or branch looked at
    channel: int | None = None  # None: the highest ranked

    @property
    def mirrors(self) -> tuple[str, ...]:
        """The one chosen; the store itself knows the environment's."""
        return (self.mirror,) if self.mirror else ()


def _one_of(*choices: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and value in choices


def _text(value: Any) -> bool:
    return isinstance(value, str) and len(value) < 4096 and "\0" not in value


def _name(value: Any) -> bool:
    return _text(value) and value != "" and value.isprintable()


def _device(value: Any) -> bool:
    return isinstance(value, str) and _DEVICES.fullmatch(value) is not None


def _web_address(value: Any) -> bool:
    return value == "" or (_text(value) and value.startswith(("https://", "http://")))


def _base64(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > 100_000:
        return False
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _states(value: Any) -> bool:
    return isinstance(value, dict) and len(value) < 100 and all(_base64(state) for state in value.values())


def _small_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 10


def _names(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) <= MOST_RECENT and all(_name(each) for each in value)


def _paths(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) <= MOST_RECENT and all(_text(each) and each for each in value)


def _channel(value: Any) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 100_000)


def _threads(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 256


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "theme": _one_of("system", "light", "dark"),
    "language": _one_of(SYSTEM, *LANGUAGES),
    "motion": _one_of("system", "reduced"),
    "device": _device,
    "precision": _one_of("exact", "fast"),
    "top_k": _small_count,
    "ranking": _one_of("mean", "max", "variance"),
    "scale": _one_of("channel", "stage"),
    "colours": _one_of("magma", "viridis", "cividis", "grey"),
    "weights": _name,
    "threads": _threads,
    "data_folder": _text,
    "mirror": _web_address,
    "window_geometry": _base64,
    "splitters": _states,
    "dialogs": _states,
    "last_folder": _text,
    "export_folder": _text,
    "recent_files": _paths,
    "recent_weights": _names,
    "output": _name,
    "channel": _channel,
}


def makes_sense(key: str, value: Any) -> bool:
    """Whether a setting may have this value."""
    return _CHECKS[key](value)


def latest_first(new: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """A list of what was used last, with `new` at its head."""
    return (new, *(each for each in known if each != new))[:MOST_RECENT]


class SettingsFile:
    """`settings.json` at `path`. After `load()`, `notice` holds a sentence when the file could not be used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notice: str | None = None

    def load(self) -> Settings:
        """The settings kept, the defaults where there are none. Never raises: a window must open without them."""
        self.notice = None
        try:
            stored = self._read()
        except FileNotFoundError:
            return Settings()
        except OSError as error:
            self.notice = f"The settings could not be read ({os_errors.reason(error)}): the defaults are used."
            return Settings()
        except (ValueError, RecursionError):
            self.notice = self._put_aside()
            return Settings()
        sound = {key: stored[key] for key, check in _CHECKS.items() if key in stored and check(stored[key])}
        lists: dict[str, Any] = {key: tuple(value) for key, value in sound.items() if isinstance(value, list)}
        return Settings(**(sound | lists))

    def save(self, settings: Settings) -> None:
        """Write what differs from the defaults, in one step. Raises LensError where that is not possible."""
        default = Settings()
        chosen = {each.name: getattr(settings, each.name) for each in fields(Settings)}
        sparse = {key: value for key, value in chosen.items() if value != getattr(default, key)}
        text = json.dumps({"version": VERSION, **sparse}, indent=2, default=dict) + "\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(self.path) as file:
                file.write(text.encode())
        except OSError as error:
            raise LensError(f"The settings could not be saved in {self.path}: {os_errors.reason(error)}.") from error

    def _read(self) -> dict[str, Any]:
        if self.path.stat().st_size > _LARGEST_FILE:
            raise ValueError("too large")
        stored = json.loads(self.path.read_text(encoding="utf-8"))
        if not isinstance(stored, dict):
            raise ValueError("no object")
        return stored

    def _put_aside(self) -> str:
        kept = self.path.with_name(self.path.name + ".bad")
        try:
            self.path.replace(kept)
        except OSError:
            return "The settings file is damaged: the defaults are used."
        return f"The settings file was damaged: the defaults are used, and the old file is kept as {kept.name}."
