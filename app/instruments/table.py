"""Every instrument of the window: its words and key, and the class that is imported when it is first looked at."""

from __future__ import annotations

from dataclasses import dataclass

MAPS, CHANNELS = "maps", "channels"


@dataclass(frozen=True)
class InstrumentSpec:
    """`made_by` is "module:Class"; "" for the maps, which the window has from the start.

    `of_a_block`: what it shows is the block looked at, of a stage its first one.
    """

    key: str
    name: str
    explanation: str
    shortcut: str
    paper: tuple[str, str] = ("", "")
    made_by: str = ""
    of_a_block: bool = False


_HE = ("He et al. 2015", "https://arxiv.org/abs/1512.03385")

INSTRUMENTS: tuple[InstrumentSpec, ...] = (
    InstrumentSpec(MAPS, "Maps", "What each channel of a stage or block answers to", "F2"),
    InstrumentSpec(
        "xray", "X-ray",
        "One block taken apart: what comes in by the shortcut, what F adds, and their sum",
        "F3", _HE, "app.instruments.xray:XRay", of_a_block=True,
    ),
    InstrumentSpec(
        "depth", "Depth",
        "How much each block changes what runs through it; switch blocks off and watch the predictions",
        "F4", ("Veit et al. 2016", "https://arxiv.org/abs/1605.06431"), "app.instruments.depth:Depth",
    ),
    InstrumentSpec(
        "evidence", "Evidence",
        "The class's score as the exact sum of what each channel of the last stage contributes, and where in the photo",
        "F5", ("Zhou et al. 2015", "https://arxiv.org/abs/1512.04150"), "app.instruments.evidence:Evidence",
    ),
    InstrumentSpec(
        CHANNELS, "Channels",
        "Which channels of this stage matter: each one is switched off, and the change of the score measured",
        "F6", ("Morcos et al. 2018", "https://arxiv.org/abs/1803.06959"), "app.instruments.channels:Channels",
    ),
    InstrumentSpec(
        "occlusion", "Occlusion",
        "Cover a part of the photo and see how much the class loses",
        "F7", ("Zeiler and Fergus 2013", "https://arxiv.org/abs/1311.2901"), "app.instruments.occlusion:Occlusion",
    ),
    InstrumentSpec(
        "shape", "Colour or shape?",
        "The same photo grey, blurred, as edges, shuffled, mirrored: what the network holds on to",
        "F8", ("Geirhos et al. 2019", "https://arxiv.org/abs/1811.12231"), "app.instruments.shape:Shape",
    ),
    InstrumentSpec(
        "ladder", "Ladder",
        "The same photo through several networks, stage beside stage",
        "F9", _HE, "app.instruments.ladder:Ladder",
    ),
    InstrumentSpec(
        "compare", "Compare",
        "Two pictures, two networks, or with and without a change: on one scale, with the difference",
        "F10", ("Raghu et al. 2017", "https://arxiv.org/abs/1706.05806"), "app.instruments.compare:Compare",
    ),
    InstrumentSpec(
        "patches", "Patches",
        "What in all your pictures excites this channel most, cut out to what it can see",
        "F12", ("Zeiler and Fergus 2013", "https://arxiv.org/abs/1311.2901"), "app.instruments.patches:Patches",
    ),
)  # fmt: skip

KEYS = tuple(spec.key for spec in INSTRUMENTS)


def spec_of(key: str) -> InstrumentSpec:
    """Raises KeyError."""
    return {spec.key: spec for spec in INSTRUMENTS}[key]
