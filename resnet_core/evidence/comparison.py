"""Two analyses side by side: what is predicted, how far the maps of each stage lie apart, and where.

Two pictures, one picture in two networks, or a network with and without a change: all are two sets of arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from resnet_core.colours import Range, Values, range_of
from resnet_core.evidence.numbers import Numbers

if TYPE_CHECKING:
    from resnet_core.analysis import Prediction

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class StageDistance:
    """How far apart two sets of maps of one stage are; `left` and `right` are their shapes, (C, H, W).

    `relative_l2` and `cosine` compare value with value, and are None where the shapes differ. `cka` and
    `cka_debiased` compare which places look alike to each network, 1 = the same ones; None where there are too few.
    """

    output: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    relative_l2: float | None
    cosine: float | None
    cka: float | None
    cka_debiased: float | None
    positions: int


@dataclass(frozen=True, slots=True)
class ClassPair:
    """One class in two answers. A side that has no such class has None."""

    label: str
    left: float | None
    right: float | None

    @property
    def change(self) -> float | None:
        """By how much the right side is surer."""
        return None if self.left is None or self.right is None else self.right - self.left


@dataclass(frozen=True, slots=True)
class ChannelChange:
    """A channel in two sets of maps: its mean on the left and on the right."""

    channel: int
    left: float
    right: float


def relative_l2(left: Values, right: Values) -> float:
    """||right - left|| / ||left||: 0 = the same, 1 = as far from `left` as nothing at all is.

    Where `left` is zero everywhere and `right` is not, 1.
    """
    apart = float(np.linalg.norm(np.subtract(right, left, dtype=np.float64)))
    size = float(np.linalg.norm(left.astype(np.float64)))
    return apart / size if size > 0 else float(apart > 0)


def cosine(left: Values, right: Values) -> float | None:
    """The cosine of the angle between two sets of maps; None where one of them is zero everywhere."""
    a, b = left.astype(np.float64).ravel(), right.astype(np.float64).ravel()
    sizes = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / sizes if sizes > 0 else None


def linear_cka(left: Values, right: Values, *, debiased: bool = False) -> float | None:
    """Linear centred kernel alignment of two sets of examples, (n, p) and (n, q); None where one does not vary.

    1: the examples lie alike to each other, whatever the features are called; 0: nothing in common. Kornblith et al.
    2019, "Similarity of Neural Network Representations Revisited" (arXiv:1905.00414), equation 4 with linear kernels.
    With fewer examples than features that comes close to 1 even for noise; `debiased` uses the unbiased estimate of
    HSIC of Song et al. 2012 (JMLR 13, equation 5), as Nguyen et al. 2020 (arXiv:2010.15327) do. It needs 4 examples,
    is about 0 for noise and may then be a little below.
    """
    x, y = _centred(left), _centred(right)
    if debiased:
        if len(x) < 4:
            return None
        both, one, other = _hsic(x, y), _hsic(x, x), _hsic(y, y)
    else:
        both, one, other = _cross(x, y), _cross(x, x), _cross(y, y)
    return both / float(np.sqrt(one * other)) if one > 0 and other > 0 else None


def _centred(features: Values) -> Matrix:
    """(n, p) with the mean of every feature taken off, and of a size that can be squared twice."""
    x: Matrix = features.astype(np.float64)
    x -= x.mean(axis=0)
    largest = float(np.abs(x).max(initial=0))
    return x / largest if largest > 0 else x


def _cross(x: Matrix, y: Matrix) -> float:
    """||X^T Y||² = trace(XX^T YY^T), by whichever product is smaller."""
    if len(x) ** 2 < x.shape[1] * y.shape[1]:
        return float(np.sum((x @ x.T) * (y @ y.T)))
    return float(np.sum(np.square(x.T @ y)))


def _hsic(x: Matrix, y: Matrix) -> float:
    """n (n - 3) times the unbiased HSIC for linear kernels K = XX^T, L = YY^T without their diagonals.

    Never makes K or L, which would be n by n for the thousands of places of an early stage.
    """
    n = len(x)
    own_x, own_y = np.einsum("np,np->n", x, x), np.einsum("np,np->n", y, y)  # the diagonals
    rows_x, rows_y = x @ x.sum(axis=0) - own_x, y @ y.sum(axis=0) - own_y  # K 1 and L 1
    trace = _cross(x, y) - float(own_x @ own_y)
    sums = float(rows_x.sum() * rows_y.sum()) / ((n - 1) * (n - 2))
    return trace + sums - 2 / (n - 2) * float(rows_x @ rows_y)


def on_one_grid(left: Values, right: Values) -> tuple[Values, Values]:
    """Two sets of maps (C, H, W) on one grid, the coarser of the two along each axis, by the mean over areas."""
    shape = min(left.shape[1], right.shape[1]), min(left.shape[2], right.shape[2])
    return _pooled(left, shape), _pooled(right, shape)


def _pooled(maps: Values, shape: tuple[int, int]) -> Values:
    if maps.shape[1:] == shape:
        return maps
    down, across = _areas(maps.shape[1], shape[0]), _areas(maps.shape[2], shape[1])
    pooled: Values = np.matmul(np.matmul(down, maps), across.T)
    return pooled


def _areas(many: int, few: int) -> Values:
    """(few, many): how much of each of `many` cells lies in each of `few` equal parts of the same side."""
    edges = np.arange(few + 1) * (many / few)
    cells = np.arange(many)
    overlap = np.minimum(edges[1:, None], cells + 1) - np.maximum(edges[:-1, None], cells)
    shares: Values = np.asarray(np.clip(overlap, 0, 1) * (few / many), np.float32)
    return shares


def stage_distance(output: str, left: Values, right: Values) -> StageDistance:
    """How far two sets of maps (C, H, W) of an output lie apart. Places that don't fit are compared on one grid."""
    alike = left.shape == right.shape
    a, b = on_one_grid(left, right)
    places_a, places_b = a.reshape(len(a), -1).T, b.reshape(len(b), -1).T
    return StageDistance(
        output,
        left.shape,
        right.shape,
        relative_l2(left, right) if alike else None,
        cosine(left, right) if alike else None,
        linear_cka(places_a, places_b),
        linear_cka(places_a, places_b, debiased=True),
        len(places_a),
    )


def stage_distances(
    left: Mapping[str, Values], right: Mapping[str, Values], outputs: Sequence[str]
) -> tuple[StageDistance, ...]:
    """For every one of `outputs` that both sides have, in their order."""
    return tuple(stage_distance(name, left[name], right[name]) for name in outputs if name in left and name in right)


def class_pairs(left: Sequence[Prediction], right: Sequence[Prediction], count: int) -> tuple[ClassPair, ...]:
    """The `count` classes that either side is surest of, compared by name; given all predictions of both.

    Names that several classes share ("crane", "maillot") are told apart by their order in the list of classes.
    """
    one, other = _by_name(left), _by_name(right)
    names = sorted({*one, *other}, key=lambda name: (-max(one.get(name, 0.0), other.get(name, 0.0)), name))
    return tuple(ClassPair(name[0], one.get(name), other.get(name)) for name in names[:count])


def _by_name(predictions: Sequence[Prediction]) -> dict[tuple[str, int], float]:
    """Probabilities by label, and by how many classes of that label come before."""
    counts: dict[str, int] = {}
    named = {}
    for one in sorted(predictions, key=lambda one: one.index):
        place = counts.get(one.label, 0)
        counts[one.label] = place + 1
        named[one.label, place] = one.probability
    return named


def moved_channels(left: Values, right: Values, count: int) -> tuple[ChannelChange, ...]:
    """The `count` channels of two sets of maps (C, H, W) whose means are furthest apart, those first."""
    before = left.reshape(len(left), -1).mean(axis=1)
    after = right.reshape(len(right), -1).mean(axis=1)
    order = np.argsort(-np.abs(after - before), kind="stable")[:count]
    return tuple(ChannelChange(int(c), float(before[c]), float(after[c])) for c in order)


def most_alike(plane: Values, maps: Values) -> tuple[int, float]:
    """Which of `maps` (C, H, W) varies most like `plane` (h, w) from place to place, and their correlation, -1 … 1.

    Networks that were trained apart give their channels other numbers: this finds one that does a channel's work.
    Where the sizes differ, places are compared on the coarser grid. What does not vary correlates with nothing, 0.
    """
    one, others = on_one_grid(plane[np.newaxis], maps)
    x = one.ravel().astype(np.float64)
    y = others.reshape(len(others), -1).astype(np.float64)
    x -= x.mean()
    y -= y.mean(axis=1, keepdims=True)
    sizes = np.linalg.norm(x) * np.linalg.norm(y, axis=1)
    correlations = np.divide(y @ x, sizes, out=np.zeros(len(y)), where=sizes > 0)
    best = int(np.argmax(correlations))
    return best, float(correlations[best])


def shared_range(left: Values, right: Values, *, signed: bool = False) -> Range:
    """One scale for maps of both sides, as `range_of` gives it for all their values."""
    return range_of(np.concatenate([left.ravel(), right.ravel()]), signed=signed)


def difference_range(difference: Values) -> Range:
    """The diverging scale of right - left, centred on 0."""
    return range_of(difference, signed=True)


def numbers(
    facts: Mapping[str, Any],
    classes: Sequence[ClassPair],
    distances: Sequence[StageDistance],
    output: str,
    channels: Sequence[ChannelChange],
    maps: Mapping[str, Values],
) -> Numbers:
    """A comparison to be written down: a row for each stage; `facts` say what is compared.

    `channels` are those of `output` that moved most, `maps` the planes looked at, by name.
    """
    predictions = [{**asdict(one), "change": one.change} for one in classes]
    rows = [
        {**asdict(one), "left": list(one.left), "right": list(one.right), "same_shape": one.left == one.right}
        for one in distances
    ]
    everything = {**facts, "predictions": predictions, "output": output, "channels": [asdict(one) for one in channels]}
    return Numbers(everything, rows, "stages", maps)
