"""Where a network's blocks are when they stand beside each other, with a gap between stages."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PyQt5.QtCore import QRectF

from resnet_core.blocks import stage_of


def side_by_side(blocks: Sequence[str], area: QRectF, gap_px: float, widest_px: float = math.inf) -> list[QRectF]:
    """A cell for each block, in order of depth, as high as `area`; all as wide as there is room for."""
    if not blocks:
        return []
    gaps = len({stage_of(name) for name in blocks}) - 1
    step = min(widest_px, (area.width() - gap_px * gaps) / len(blocks))
    x, before, found = area.x(), stage_of(blocks[0]), []
    for name in blocks:
        x += gap_px if stage_of(name) != before else 0
        before = stage_of(name)
        found.append(QRectF(x, area.y(), step, area.height()))
        x += step
    return found


def stage_spans(blocks: Sequence[str], places: Sequence[QRectF]) -> dict[str, QRectF]:
    """What the cells of each stage cover together."""
    spans: dict[str, QRectF] = {}
    for name, place in zip(blocks, places, strict=True):
        stage = stage_of(name)
        spans[stage] = spans[stage].united(place) if stage in spans else place
    return spans
