"""Every setting that has a place in the settings dialog: its words, its kind and what it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.i18n import LANGUAGES, SYSTEM

Kind = Literal["choice", "count", "address", "folder"]


@dataclass(frozen=True)
class SettingSpec:
    """`key` is the field of `Settings`. A choice has `choices` (value, text); a count goes from `least` to `most`.

    `nothing` is what an empty or zero value means, in words: "chosen by OpenVINO".
    """

    key: str
    group: str
    text: str
    tip: str
    kind: Kind
    choices: Sequence[tuple[str, str]] = ()
    least: int = 0
    most: int = 0
    nothing: str = ""


SETTINGS: tuple[SettingSpec, ...] = (
    SettingSpec(
        "theme", "Window", "Theme", "Light or dark", "choice",
        (("system", "As the system"), ("light", "Light"), ("dark", "Dark")),
    ),
    SettingSpec(
        "language", "Window", "Language", "Of everything in the window; the command line speaks English", "choice",
        ((SYSTEM, "As the system"), *LANGUAGES.items()),
    ),
    SettingSpec(
        "motion", "Window", "Motion", "Whether menus and tooltips fade, and bars run where nobody knows how far it is",
        "choice", (("system", "As the system"), ("reduced", "Reduced")),
    ),
    SettingSpec("top_k", "Window", "Classes listed", "How many predictions are shown", "count", least=1, most=10),
    SettingSpec(
        "ranking", "Feature maps", "Channels first by", "What puts a channel first", "choice",
        (("mean", "Mean"), ("max", "Maximum"), ("variance", "Variance")),
    ),
    SettingSpec(
        "scale", "Feature maps", "Scale", "Whether a colour means the same value in all channels", "choice",
        (("stage", "One for the stage"), ("channel", "One for each channel")),
    ),
    SettingSpec(
        "colours", "Feature maps", "Colours", "Of maps that are never negative", "choice",
        (("magma", "magma"), ("viridis", "viridis"), ("cividis", "cividis"), ("grey", "grey")),
    ),
    SettingSpec("device", "Network", "Device", "Where networks run", "choice", (("auto", "The fastest that works"),)),
    SettingSpec(
        "precision", "Network", "Precision", "Exact: float32. Fast: 16 bits where the device has them", "choice",
        (("exact", "Exact"), ("fast", "Fast")),
    ),
    SettingSpec(
        "threads", "Network", "Processor cores", "How many a network may use at once", "count", least=0, most=256,
        nothing="As many as help",
    ),
    SettingSpec(
        "mirror", "Files", "Download mirror", "A web folder that is asked before the publisher of weights is",
        "address", nothing="None: https://…",
    ),
    SettingSpec(
        "data_folder", "Files", "Data folder", "Where CIFAR-10 is looked for, and downloaded to", "folder",
        nothing="The program’s own",
    ),
)  # fmt: skip

GROUPS = tuple(dict.fromkeys(spec.group for spec in SETTINGS))
