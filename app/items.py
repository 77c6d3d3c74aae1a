"""An opened image, as the session keeps it and the filmstrip shows it; and what is asked about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from app import paths

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resnet_core.analysis import Analysis
    from resnet_core.engines.base import Precision
    from resnet_core.images import Picture

Source: TypeAlias = "Path | Picture"
State = Literal["waiting", "busy", "done", "failed"]
Version: TypeAlias = "tuple[int, int] | None"  # of a file: when it was changed, in ns, and its bytes


KEPT_PREDICTIONS = 10  # of each image that was classified


@dataclass(frozen=True)
class Verdict:
    """What a network said of an image: its most probable classes with their probabilities, best first."""

    weights: str
    top: tuple[tuple[str, float], ...]
    elapsed_ms: float  # from the file to the predictions


@dataclass(frozen=True)
class Item:
    """`caption` is the top-1 label, or why the image failed."""

    key: str
    source: Source
    name: str
    version: Version = None
    state: State = "waiting"
    thumbnail: NDArray[np.uint8] | None = None
    caption: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Question:
    """What an analysis answers: which image, in which version, through which weights, computed where and how."""

    key: str
    version: Version
    weights: str
    device: str
    precision: Precision


def version_of(source: Source) -> Version:
    """None for what is no file (any more)."""
    if not isinstance(source, Path):
        return None
    try:
        found = source.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def expand(source: Source, recursive: bool, cancel: Callable[[], bool] = lambda: False) -> Sequence[Source]:
    """The pictures meant by what was opened: a folder's, a zip file's, or itself.

    Raises ImageError for a zip file that can't be unpacked; Cancelled.
    """
    from resnet_core.images import find_images
    from resnet_core.picture_archives import is_archive, unpack

    if not isinstance(source, Path):
        return [source]
    if is_archive(source):
        return list(unpack(source, paths.cache_dir() / "unpacked", cancel=cancel))
    return list(find_images([source], recursive))


def verdict(analysis: Analysis) -> Verdict:
    timings = analysis.timings
    return Verdict(
        analysis.info.id,
        tuple((prediction.label, prediction.probability) for prediction in analysis.top(KEPT_PREDICTIONS)),
        timings.decode_ms + timings.preprocess_ms + timings.inference_ms,
    )


def caption(found: Verdict) -> str:
    """e.g. "tabby 51 %"."""
    label, probability = found.top[0]
    return f"{label} {probability:.0%}".replace("%", " %")
