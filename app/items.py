"""An opened image, as the session keeps it and the filmstrip shows it; and what is asked about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from app import i18n, paths

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resnet_core.analysis import Analysis
    from resnet_core.engines.base import Precision
    from resnet_core.images import Picture
    from resnet_core.weights.catalog import WeightsInfo

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
    indices: tuple[int, ...] = ()  # of the classes of `top`


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
        tuple(prediction.index for prediction in analysis.top(KEPT_PREDICTIONS)),
    )


def names(found: Verdict, known: Iterable[WeightsInfo]) -> tuple[str, ...]:
    """The classes of `top` as the window says them. `known`: the weights there are, those of the verdict among them."""
    info = next((info for info in known if info.id == found.weights), None)
    if info is None or i18n.current() == "en":
        return tuple(label for label, _ in found.top)
    return tuple(i18n.class_name(info, index) for index in found.indices)


def caption(found: Verdict, name: str = "") -> str:
    """e.g. "tabby 51 %"; `name`: what the class is called, if not by its label."""
    label, probability = found.top[0]
    label = name or label
    return f"{label} {probability:.0%}".replace("%", " %")


def shown_caption(item: Item, known: Iterable[WeightsInfo]) -> str:
    """The caption as the window says it."""
    if item.state == "done" and item.verdict is not None:
        return caption(item.verdict, names(item.verdict, known)[0])
    return i18n.sentence(item.caption)
