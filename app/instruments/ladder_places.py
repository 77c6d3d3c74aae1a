"""One place of the picture in what each network of a ladder saw of it, and in its maps. Part of ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.ladder_panel import LadderPlace

if TYPE_CHECKING:
    from resnet_core.evidence.ladder import Rung
    from resnet_core.spec import ResNetSpec

Box = tuple[float, float, float, float]  # left, top, right, bottom in px of the picture
Share = tuple[float, float]  # down and across, in fractions of a crop or of a map


def in_crop(crop: Box, spec: ResNetSpec, found: Rung, stage: str, share: Share) -> Share:
    """Where in a `crop` of the picture a place of the network's photo is; of a map of a `stage`, the unit's middle."""
    down, across = share
    if stage:
        _, height, width = found.stages[stage].shape
        field, side = spec.receptive_field(stage), found.seen.shape[0]
        down, across = field.centre(int(down * height)) / side, field.centre(int(across * width)) / side
    return _between(found.crop_box, crop, (down, across))


def place_of(crop: Box, share: Share, spec: ResNetSpec, found: Rung) -> LadderPlace | None:
    """A place of a `crop`, in the network's photo and the units that see it in their middle; None: it lies outside."""
    down, across = _between(crop, found.crop_box, share)
    if not (0 <= down <= 1 and 0 <= across <= 1):
        return None
    side, cells = found.seen.shape[0], {}
    for name, stage in found.stages.items():
        field, (_, height, width) = spec.receptive_field(name), stage.shape
        cells[name] = field.nearest(down * side, height), field.nearest(across * side, width)
    return LadderPlace((down, across), cells)


def _between(crop: Box, other: Box, share: Share) -> Share:
    """A place in fractions of a crop, in fractions of another one of the same picture."""
    (left, top, right, bottom), (x0, y0, x1, y1) = crop, other
    y, x = top + share[0] * (bottom - top), left + share[1] * (right - left)
    return (y - y0) / (y1 - y0), (x - x0) / (x1 - x0)
