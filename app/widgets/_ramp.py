"""The colours of a scale from one end to the other, as a strip to be stretched along it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt5.QtGui import QImage

from app.widgets import _painting as paint

if TYPE_CHECKING:
    from resnet_core.feature_maps import Range

STEPS = 256


def ramp(span: Range, colours: str) -> QImage:
    """256 × 1 px, in one of the colours that `feature_maps.colour` knows."""
    import numpy as np

    from resnet_core.feature_maps import colour

    values = np.linspace(span.low, span.high, STEPS, dtype=np.float32)[np.newaxis]
    return paint.to_image(colour(values, span, colours))
