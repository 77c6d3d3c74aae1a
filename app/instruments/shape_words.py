"""What the colour-or-shape instrument says of its numbers. No Qt here: the command line says the same."""

from __future__ import annotations

from collections.abc import Mapping

from app.i18n import mark

NAMES = {
    "seen": mark("As seen"),
    "grey": mark("Grey"),
    "blurred": mark("Blurred"),
    "edges": mark("Edges"),
    "shuffled": mark("Shuffled"),
    "mirrored": mark("Mirrored"),
}
LOST = {
    "seen": "What the network saw: resized and cropped",
    "grey": "Without colour: the brightness by Rec. 709",
    "blurred": "Without fine texture: Gaussian, its sigma 1/40 of the side",
    "edges": "Without colour and texture: how steeply the brightness changes (Sobel)",
    "shuffled": "Without shape: 4 × 4 patches that all change places",
    "mirrored": "Left and right exchanged: a network should hardly notice",
}

_ENDINGS = {
    "neither": "here the network needs neither colour nor shape much.",
    "shape": "here the network needs shape more than colour.",
    "colour": "here the network needs colour more than shape.",
    "both": "here the network needs colour as well as shape.",
    "alike": "here the network needs colour about as much as shape.",
}


def conclusion(label: str, as_seen: float, probabilities: Mapping[str, float], *, classes: int) -> str:
    """One sentence drawn from the numbers, e.g. "“cat” has 77 % as seen, 71 % in grey and 3 % shuffled: here …".

    `probabilities` of the class asked about, 0 … 1, by kind of picture; "" until grey and shuffled are there. `classes`
    is how many the network knows.
    """
    if classes == 1:
        return f"This network knows one class, “{label}”: it answers with that whatever it sees. The stages still move."
    if "grey" not in probabilities or "shuffled" not in probabilities:
        return ""
    from resnet_core.evidence.variants import verdict

    grey, mixed = probabilities["grey"], probabilities["shuffled"]
    found = verdict(as_seen, grey, mixed)
    if found == "unsure":
        return (
            f"The network gives “{label}” only {share(as_seen)} to begin with: too little to say what it holds on to."
        )
    return (
        f"“{label}” has {share(as_seen)} as seen, {share(grey)} in grey and {share(mixed)} shuffled: {_ENDINGS[found]}"
    )


def share(probability: float) -> str:
    """77 %; where that would be an untrue 0 or 100, < 1 % or > 99 %."""
    if 0 < probability < 0.005:
        return "< 1 %"
    if 0.995 <= probability < 1:
        return "> 99 %"
    return f"{100 * probability:.0f} %"
