"""What a comparison computes, off the GUI thread: both analyses, their distances, and the channels worth a look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from resnet_core.blocks import stage_of

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis, Classifier
    from resnet_core.evidence.comparison import ClassPair, StageDistance
    from resnet_core.spec import ResNetSpec

Question: TypeAlias = "tuple[Any, ...]"
"""The key of a side, and all that its analysis depends on."""
Ask: TypeAlias = "Callable[[Classifier, tuple[str, ...], Callable[[], bool]], Analysis]"
"""How to get a side's analysis: with these outputs, unless it is called off."""

CLASSES = 24
PAIRS = 12


@dataclass(frozen=True)
class Wanted:
    """What is asked: two sides, and the output looked at."""

    left: Question
    right: Question
    output: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A channel of the left side and the one of the right that is held against it; how alike their maps are."""

    left: int
    right: int
    correlation: float


@dataclass(frozen=True, eq=False)
class Compared:
    """The answer. `output` is what both networks have: the one wanted, else its stage, else the last in common."""

    wanted: Wanted
    left: Analysis
    right: Analysis
    output: str
    classes: tuple[ClassPair, ...]
    distances: tuple[StageDistance, ...]
    pairs: tuple[Pair, ...]

    @property
    def same_network(self) -> bool:
        """Whether a channel's number means the same on both sides."""
        return self.left.info.id == self.right.info.id

    def partner(self, channel: int) -> tuple[int, float]:
        """The channel on the right that belongs to one on the left, and the correlation of their maps."""
        if self.same_network:
            return channel, 1.0
        for pair in self.pairs:
            if pair.left == channel:
                return pair.right, pair.correlation
        from resnet_core.evidence.comparison import most_alike

        return most_alike(self.left.activations[self.output][channel], self.right.activations[self.output])

    def means(self) -> list[tuple[int, float, float]]:
        """Of every pair the left channel, and the means on both sides."""
        left, right = self.left.activations[self.output], self.right.activations[self.output]
        return [(one.left, float(left[one.left].mean()), float(right[one.right].mean())) for one in self.pairs]


def compare(
    classifier: Classifier,
    wanted: Wanted,
    known: Mapping[Question, Analysis | None],
    asks: Mapping[Question, Ask],
    before: Compared | None,
    cancel: Callable[[], bool],
) -> Compared:
    """Asks for what is not known, and compares. `before` spares the distances where only the output is another.

    Raises LensError, Cancelled.
    """
    from resnet_core.evidence import comparison

    left, right = (
        known[side] or asks[side](classifier, (wanted.output,), cancel) for side in (wanted.left, wanted.right)
    )
    output = common_output(wanted.output, left.info.spec, right.info.spec)
    left, right = (classifier.more(side, (output,), cancel=cancel) for side in (left, right))
    if before is not None and before.left.logits is left.logits and before.right.logits is right.logits:
        classes, distances = before.classes, before.distances
    else:
        classes = comparison.class_pairs(left.predictions, right.predictions, CLASSES)
        distances = comparison.stage_distances(left.activations, right.activations, left.info.spec.stage_names)
    found = Compared(wanted, left, right, output, classes, distances, ())
    return Compared(wanted, left, right, output, classes, distances, _pairs(found))


def common_output(output: str, left: ResNetSpec, right: ResNetSpec) -> str:
    """`output` where both networks have it, else its stage, else the last stage that both have."""
    both = [name for name in left.stage_names if name in right.stage_names]
    if output in left.output_names and output in right.output_names:
        return output
    stage = stage_of(output)
    return stage if stage in both else both[-1]


def _pairs(found: Compared) -> tuple[Pair, ...]:
    """In one network the channels whose means are furthest apart; in two the left’s strongest, each with its match."""
    from resnet_core.evidence.comparison import most_alike, moved_channels
    from resnet_core.feature_maps import best

    left, right = found.left.activations[found.output], found.right.activations[found.output]
    if found.same_network:
        return tuple(Pair(one.channel, one.channel, 1.0) for one in moved_channels(left, right, PAIRS))
    return tuple(Pair(channel, *most_alike(left[channel], right)) for channel in best(left, "mean", PAIRS))
