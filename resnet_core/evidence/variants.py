"""Colour or shape? The picture the network saw, changed so that one kind of evidence is gone, and asked about again.

After Geirhos et al. 2019, "ImageNet-trained CNNs are biased towards texture" (arXiv:1811.12231): grey takes the colour
away, blur the texture, edges both; shuffled patches keep colour and texture and lose the shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from resnet_core.calls import Cancel
from resnet_core.colours import Rgb
from resnet_core.engines.base import Floats, Intervention, Request, Run
from resnet_core.errors import Cancelled
from resnet_core.evidence.comparison import ChannelChange, moved_channels, relative_l2
from resnet_core.evidence.numbers import Numbers
from resnet_core.preprocess import Preprocess
from resnet_core.probabilities import softmax

Kind = Literal["grey", "blurred", "edges", "shuffled", "mirrored"]
Verdict = Literal["unsure", "neither", "shape", "colour", "both", "alike"]

KINDS: tuple[Kind, ...] = ("grey", "blurred", "edges", "shuffled", "mirrored")
LUMA = (0.2126, 0.7152, 0.0722)  # ITU-R BT.709
BLUR_SHARE = 1 / 40  # of the side: 5.6 px of 224
GRID = 4
KEPT = 0.9
"""What keeps at least this share of its probability did not need what was taken away."""
LEAST_PROBABILITY = 0.05
_MARGIN = 0.1
_MOVED = 5  # channels of a stage that are written down
_SOBEL = np.array([1, 2, 1], np.float32)


@dataclass(frozen=True, slots=True)
class Shift:
    """How far a stage's maps moved from those of the picture as seen, both as relative L2 (0 = not at all).

    `means` compares what the channels say on average over all places; `maps` compares place by place, and is None
    for shuffled patches, whose places are others. Of a mirrored picture the maps are mirrored back first.
    """

    output: str
    means: float
    maps: float | None


@dataclass(frozen=True, eq=False)
class Variant:
    """A changed picture and the network's answer to it. `maps` (C, H, W) by stage; mirrored ones are mirrored back."""

    kind: Kind
    seen: NDArray[np.uint8]  # (S, S, 3)
    probabilities: NDArray[np.float64]  # (classes,)
    maps: Mapping[str, Floats]
    shifts: tuple[Shift, ...]

    def moved(self, output: str, before: Mapping[str, Floats], count: int) -> tuple[ChannelChange, ...]:
        """The channels of a stage whose mean moved most, those first; `before` are the maps of the picture as seen."""
        return moved_channels(before[output], self.maps[output], count)


def luma(seen: Rgb) -> Floats:
    """(S, S) float32, 0 … 255: how bright each pixel is by Rec. 709, of the encoded values as they are."""
    light: Floats = seen.astype(np.float32) @ np.array(LUMA, np.float32)
    return light


def grey(seen: Rgb) -> Rgb:
    """The picture without its colours."""
    return _three(luma(seen))


def blurred(seen: Rgb, share: float = BLUR_SHARE) -> Rgb:
    """Gaussian, its sigma a `share` of the side: texture goes, colour and large shapes stay."""
    from PIL import Image, ImageFilter

    radius = share * min(seen.shape[:2])
    return np.array(Image.fromarray(np.ascontiguousarray(seen)).filter(ImageFilter.GaussianBlur(radius)))


def edges(seen: Rgb) -> Rgb:
    """How steeply the brightness changes (Sobel), bright on black, the steepest white."""
    light = np.pad(luma(seen), 1, mode="edge")
    across = _smooth(light[:, 2:] - light[:, :-2], axis=0)
    down = _smooth(light[2:] - light[:-2], axis=1)
    steepness: Floats = np.hypot(across, down)
    largest = float(steepness.max(initial=0))
    return _three(steepness * (255 / largest) if largest > 0 else steepness)


def _smooth(values: Floats, axis: int) -> Floats:
    near = [np.take(values, range(step, values.shape[axis] - 2 + step), axis=axis) for step in range(3)]
    smooth: Floats = sum((part * weight for part, weight in zip(near, _SOBEL, strict=True)), np.zeros_like(near[0]))
    return smooth


def shuffled(seen: Rgb, grid: int = GRID, seed: int = 0) -> Rgb:
    """The picture cut into grid x grid patches that all change places: the same ones for the same seed.

    What a side leaves over is kept as a frame of at most `grid` - 1 px at the right and below.
    """
    side_y, side_x = seen.shape[0] // grid, seen.shape[1] // grid
    if min(side_y, side_x) < 1 or grid < 2:
        return seen.copy()
    mixed = seen.copy()
    order = _cycle(grid * grid, np.random.default_rng(seed))
    for place, source in enumerate(order):
        (y, x), (from_y, from_x) = divmod(place, grid), divmod(source, grid)
        patch = seen[from_y * side_y : (from_y + 1) * side_y, from_x * side_x : (from_x + 1) * side_x]
        mixed[y * side_y : (y + 1) * side_y, x * side_x : (x + 1) * side_x] = patch
    return mixed


def _cycle(count: int, random: np.random.Generator) -> list[int]:
    """An order in which nothing keeps its place: a random cycle, by Sattolo's algorithm."""
    order = list(range(count))
    for last in range(count - 1, 0, -1):
        other = int(random.integers(last))
        order[last], order[other] = order[other], order[last]
    return order


def mirrored(seen: Rgb) -> Rgb:
    """Left and right exchanged."""
    return np.ascontiguousarray(seen[:, ::-1])


def _three(light: Floats) -> Rgb:
    rounded = np.clip(np.rint(light), 0, 255).astype(np.uint8)
    return np.repeat(rounded[..., None], 3, axis=2)


_MAKERS: dict[Kind, Callable[[Rgb], Rgb]] = {
    "grey": grey,
    "blurred": blurred,
    "edges": edges,
    "shuffled": shuffled,
    "mirrored": mirrored,
}


def make(kind: Kind, seen: Rgb) -> Rgb:
    """One of KINDS of the picture (S, S, 3) uint8 that the network saw, as large."""
    return _MAKERS[kind](seen)


def ask(
    seen: Rgb,
    maps: Mapping[str, Floats],
    preprocess: Preprocess,
    stages: Sequence[str],
    run: Run,
    *,
    intervention: Intervention | None = None,
    cancel: Cancel = lambda: False,
) -> Iterator[Variant]:
    """The network's answer to each variant, one inference each, as they come.

    `seen` (S, S, 3) uint8 is the picture before normalisation, `maps` what the network made of it, by stage, under
    the same `intervention`. Raises EngineError; Cancelled between two of them.
    """
    for kind in KINDS:
        if cancel():
            raise Cancelled
        picture = make(kind, seen)
        request = Request(preprocess.normalise(picture), (*stages, "logits"), intervention)
        found = run(request).outputs
        turn = slice(None, None, -1 if kind == "mirrored" else None)
        ours = {name: found[name][0][:, :, turn] for name in stages}
        shifts = tuple(_shift(name, maps[name], ours[name], by_place=kind != "shuffled") for name in stages)
        yield Variant(kind, picture, softmax(found["logits"][0]), ours, shifts)


def _shift(output: str, before: Floats, after: Floats, *, by_place: bool) -> Shift:
    means = relative_l2(before.mean(axis=(1, 2)), after.mean(axis=(1, 2)))
    return Shift(output, means, relative_l2(before, after) if by_place else None)


def verdict(as_seen: float, without_colour: float, without_shape: float) -> Verdict:
    """What a class's probabilities say, as seen, grey, and shuffled: whether colour or shape was needed more.

    "unsure": the class was hardly given to begin with. "neither": both variants keep KEPT of it. "shape", "colour": the
    loss of that one is larger by more than a tenth of the probability. Else "both", where both lose more than half, or
    "alike".
    """
    if as_seen < LEAST_PROBABILITY:
        return "unsure"
    colour, shape = 1 - without_colour / as_seen, 1 - without_shape / as_seen
    if max(colour, shape) <= 1 - KEPT:
        return "neither"
    if abs(colour - shape) > _MARGIN:
        return "shape" if shape > colour else "colour"
    return "both" if min(colour, shape) > 0.5 else "alike"


def numbers(
    facts: Mapping[str, Any],
    target: int,
    before: Mapping[str, Floats],
    found: Sequence[Variant],
    label: Callable[[int], str],
) -> Numbers:
    """What the variants showed, to be written down: a row for each; `facts` say of what picture and network.

    Of every stage the channels that moved most are named, with their means before and after.
    """
    rows = []
    for variant in found:
        first = int(np.argmax(variant.probabilities))
        stages = {
            shift.output: {
                "means": shift.means,
                "maps": shift.maps,
                "channels": [
                    {"channel": moved.channel, "before": moved.left, "after": moved.right}
                    for moved in variant.moved(shift.output, before, _MOVED)
                ],
            }
            for shift in variant.shifts
        }
        rows.append(
            {
                "picture": variant.kind,
                "probability": float(variant.probabilities[target]),
                "top_label": label(first),
                "top_index": first,
                "top_probability": float(variant.probabilities[first]),
                "stages": stages,
            }
        )
    return Numbers(facts, rows, "variants")
