"""What a block does, in words: the same in the window and on the command line. Neither Qt nor numpy in here."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from resnet_core.blocks import Block
    from resnet_core.evidence.depth import BlockEffect

_CLEAR = 0.05
"""A cosine nearer to 0 than this is called neither with x nor against it: 3 degrees from a right angle."""

_HOW_CLEARLY = (
    (0.5, "mostly strengthens it", "mostly works against it"),
    (0.2, "partly strengthens it", "partly works against it"),
    (0.0, "slightly strengthens it", "slightly works against it"),
)


def effect_text(effect: BlockEffect) -> str:
    """e.g. "F changes what came in by 0.41 of its size and mostly works against it."."""
    name = "F" if effect.gate == 1 else f"{effect.gate:.2g} × F"
    if effect.gate == 0:
        return "F is switched off: the block passes on what came in."
    ratio = effect.ratio * effect.gate
    if math.isnan(ratio):
        return "Neither x nor F has anything but zeros."
    if math.isinf(ratio):
        return f"Nothing comes in by the shortcut: all there is comes from {name}."
    if ratio == 0:
        return "F adds nothing: the block passes on what came in."
    return f"{name} changes what came in by {_size(ratio)} of its size and {_direction(effect.cosine)}."


def _direction(cosine: float) -> str:
    if way(cosine) == 0:
        return "goes its own way, neither with it nor against it"
    with_it, against_it = next(words for least, *words in _HOW_CLEARLY if abs(cosine) >= least)
    return with_it if cosine > 0 else against_it


def way(cosine: float) -> int:
    """Whether F strengthens x (1), works against it (-1) or neither (0, also where there is no angle)."""
    return 0 if not abs(cosine) >= _CLEAR else 1 if cosine > 0 else -1


def _size(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio >= 0.005 else f"{ratio:.1g}"


def shortcut_text(block: Block) -> str:
    """How x comes in, e.g. "the identity", "projection 1×1, stride 2"."""
    if block.projection is not None:
        kernel, stride = block.projection.kernel, block.projection.stride
        return f"projection {kernel}×{kernel}, stride {stride}" if stride != 1 else f"projection {kernel}×{kernel}"
    if block.zero_padded:
        zeros = sum(block.zero_channels)
        half = block.stride == 2  # a block's stride is 1 or 2
        return f"{'every 2nd place, ' if half else ''}{zeros} channels of zeros added"
    return "the identity"


def branch_text(block: Block) -> str:
    """What F is made of, e.g. "conv 3×3, 3×3", "conv 1×1, 3×3 in 32 groups, 1×1, stride 2"."""
    parts = []
    for conv in block.convs:
        size = f"{conv.kernel}×{conv.kernel}"
        parts.append(f"{size} in {conv.groups} groups" if conv.groups > 1 else size)
    kernels = ", ".join(parts)
    return f"conv {kernels}, stride {block.stride}" if block.stride > 1 else f"conv {kernels}"


def gate_text(gate: float) -> str:
    """e.g. "bypassed", "F × 0.50", "as trained"."""
    return "as trained" if gate == 1 else "bypassed" if gate == 0 else f"F × {gate:.2f}"


def number_text(value: float) -> str:
    """A ratio or a cosine in two digits, with the real minus sign; "–" for one that is none."""
    if not math.isfinite(value):
        return "∞" if value == math.inf else "–"
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "\N{MINUS SIGN}")  # + 0.0: no minus before a zero
