"""A comparison as its panel is given it: maps, channels, stages and classes, each with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import class_name, sentence, tr
from app.instruments.base import span_text
from app.instruments.compare_work import Compared
from app.widgets._numbers import shape_text
from app.widgets.compare_panel import (
    ComparedClass,
    ComparedMaps,
    ComparedStage,
    MapPair,
    ShownPairs,
    right_minus_left,
)

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis
    from resnet_core.evidence.comparison import StageDistance


def answer(analysis: Analysis) -> str:
    """What a side's network takes its picture for: "tabby 77.2 %"."""
    best = analysis.predictions[0]
    return f"{class_name(analysis.info, best.index)} {100 * best.probability:.1f} %"


def classes(found: Compared) -> list[ComparedClass]:
    return [ComparedClass(_class_name(found, one.label), one.left, one.right) for one in found.classes]


def _class_name(found: Compared, label: str) -> str:
    """A class of either side, as the window says it."""
    for info in (found.left.info, found.right.info):
        if label in info.known_labels:
            return class_name(info, info.known_labels.index(label))
    return sentence(label)


def stages(found: Compared) -> list[ComparedStage]:
    return [_stage(one) for one in found.distances]


def _stage(one: StageDistance) -> ComparedStage:
    shapes = shape_text(one.left)
    if one.left != one.right:
        shapes = tr("{0} and {1}").format(shapes, shape_text(one.right))
    cka = "–" if one.cka is None else f"{one.cka:.2f}"
    tip = tr(
        "{stage}: {shapes}\n"
        "relative L2: length of the difference, as a share of the left side; 0 = the same\n"
        "cosine: 1 = the same pattern, whatever its strength\n"
        "CKA: 1 = the same {positions} places look alike to both, 0 = no more than by chance "
        "(linear, debiased; as first published: {cka})"
    ).format(stage=one.output, shapes=shapes, positions=one.positions, cka=cka)
    return ComparedStage(one.output, one.relative_l2, one.cosine, one.cka_debiased, tip)


def maps(found: Compared, channel: int) -> ComparedMaps:
    """A channel of the left side beside its partner on the right, on one scale, and their difference on its own."""
    from resnet_core.evidence.comparison import difference_range, shared_range

    partner, correlation = found.partner(channel)
    left, right = found.left.activations[found.output][channel], found.right.activations[found.output][partner]
    span = shared_range(left, right, signed=found.left.info.spec.is_signed(found.output))
    difference = right - left if left.shape == right.shape else None
    other = tr("Right: channel {0}").format(partner)
    if not found.same_network:
        other = tr("Right: channel {0}, r = {1:.2f}").format(partner, correlation)
    return ComparedMaps(
        channel,
        left,
        right,
        difference,
        span,
        None if difference is None else difference_range(difference),
        (tr("Left: channel {0}").format(channel), other, right_minus_left()),
        tr("The maps have other sizes, {0} and {1}: there is no difference map.").format(
            shape_text(left.shape), shape_text(right.shape)
        ),
    )


def channels(found: Compared, colours: str, current: int) -> ShownPairs:
    """The channels worth a look, on one scale for all of them."""
    from resnet_core.evidence.comparison import shared_range

    left, right = found.left.activations[found.output], found.right.activations[found.output]
    pairs = tuple(
        MapPair(
            one.left, left[one.left], right[one.right], float(left[one.left].mean()), float(right[one.right].mean()),
            one.right,
        )
        for one in found.pairs
    )  # fmt: skip
    span = shared_range(
        left[[one.left for one in found.pairs]],
        right[[one.right for one in found.pairs]],
        signed=found.left.info.spec.is_signed(found.output),
    )
    heading = tr("Channels of {0} whose means are furthest apart: left | right")
    if not found.same_network:
        heading = tr("Strongest channels of {0} on the left | the one on the right that correlates most (r)")
    heading = tr("{heading}; scale: {scale}").format(
        heading=heading.format(found.output), scale=span_text(span.low, span.high)
    )
    return ShownPairs(heading, (tr("left"), tr("right")), pairs, span, colours, current)
