"""An opened image, as the session keeps it and the filmstrip shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resnet_core.analysis import Prediction
    from resnet_core.images import Picture

Source: TypeAlias = "Path | Picture"
State = Literal["waiting", "busy", "done", "failed"]


@dataclass(frozen=True)
class Item:
    """`caption` is the top-1 label, or why the image failed."""

    key: str
    source: Source
    name: str
    state: State = "waiting"
    thumbnail: NDArray[np.uint8] | None = None
    caption: str = ""


def caption(prediction: Prediction) -> str:
    return f"{prediction.label} {prediction.probability:.0%}".replace("%", " %")


def expand(source: Source, recursive: bool) -> Sequence[Source]:
    """The pictures meant by what was opened: a folder's, or itself."""
    from resnet_core.images import find_images

    return list(find_images([source], recursive)) if isinstance(source, Path) else [source]
