"""What several commands need: the store, weights by id, a classifier that is closed at the end."""

from __future__ import annotations

import argparse
import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import cli, console, os_errors, paths
from resnet_core.errors import EngineError, ImageError, LensError, WeightsError

if TYPE_CHECKING:
    from app.settings import Settings
    from resnet_core.analysis import Analysis, Classifier, Prediction
    from resnet_core.calls import Cancel
    from resnet_core.weights.catalog import WeightsInfo
    from resnet_core.weights.store import WeightsStore


def store(mirrors: Sequence[str] = ()) -> WeightsStore:
    from resnet_core.weights.store import WeightsStore

    return WeightsStore(paths.home(), mirrors=mirrors)


def settings() -> Settings:
    """Those chosen in the window; of a file that can't be used it is said what becomes of it."""
    from app.settings import SettingsFile

    file = SettingsFile(paths.settings_file())
    found = file.load()
    if file.notice:
        console.say(file.notice)
    return found


def datasets() -> Path:
    """Where CIFAR-10 is looked for and put: as in the window."""
    chosen = settings().data_folder
    return Path(chosen) if chosen else paths.datasets_dir()


def weights_info(weights_id: str) -> WeightsInfo:
    """Raises UsageError, with near ids, for an id that no weights have; WeightsError for a damaged file."""
    known = store()
    try:
        return known.get(weights_id)
    except WeightsError as error:
        if any(broken.id == weights_id for broken in known.unusable()):
            raise
        raise cli.UsageError(str(error)) from error


def usable_weights(weights_id: str) -> WeightsInfo:
    """Like `weights_info`, for weights that are on this disk. Raises WeightsError for others."""
    info = weights_info(weights_id)
    if not info.on_disk:
        raise WeightsError(
            f"The weights {info.id} are not on this disk: fetch them with “resnet-lens weights download {info.id}”."
        )
    return info


@contextlib.contextmanager
def classifier() -> Iterator[Classifier]:
    from resnet_core.analysis import Classifier

    made = Classifier(store(), cache_dir=paths.cache_dir())
    try:
        yield made
    finally:
        made.close()


def looked_at(
    classifier: Classifier, options: argparse.Namespace, info: WeightsInfo, outputs: Sequence[str] | None = None,
    called_off: Cancel | None = None,
) -> Analysis:  # fmt: skip
    """What the network says of the command's image, on the device and in the precision wanted. Raises as `analyse`."""
    return noticed(
        classifier.analyse(
            Path(options.image), info.id, outputs=outputs, device=options.device, precision=options.precision,
            cancel=called_off,
        )
    )  # fmt: skip


def noticed(analysis: Analysis) -> Analysis:
    """`analysis`; which device failed, and what served instead, is said on stderr."""
    if analysis.notice is not None:
        console.say(analysis.notice)
    return analysis


def facts(options: argparse.Namespace, analysis: Analysis) -> dict[str, Any]:
    """What stands first in an answer: which image, which network, what computed it."""
    return {
        "image": options.image,
        "weights": analysis.info.id,
        "device": analysis.device,
        "precision": precision(analysis),
    }


def tell(options: argparse.Namespace, found: dict[str, Any], show: Callable[[dict[str, Any]], None]) -> int:
    """The answer as JSON or as text; the command's exit code."""
    if options.json:
        console.json_line(found)
    else:
        show(found)
    return 0


def tell_done(options: argparse.Namespace, done: dict[str, Any], sentence: str) -> int:
    """As `tell`, of what was done: the text is one sentence."""
    return tell(options, done, lambda _: console.line(console.plain(sentence)))


def predictions(found: Iterable[Prediction]) -> list[dict[str, Any]]:
    """Predictions as JSON has them."""
    return [{"label": one.label, "index": one.index, "probability": one.probability} for one in found]


def elapsed_ms(analysis: Analysis) -> float:
    """From the file to the predictions, compiling the network left out."""
    timings = analysis.timings
    return round(timings.decode_ms + timings.preprocess_ms + timings.inference_ms, 3)


def precision(analysis: Analysis) -> str:
    """What was given, in the words of --precision; a device without bf16 and f16 gives "exact" for "fast"."""
    return "exact" if analysis.precision == "f32" else "fast"


def check_outputs(names: Sequence[str], info: WeightsInfo) -> tuple[str, ...]:
    """`names`, if the network has such outputs. Raises UsageError with near names for the first it has not."""
    known = info.spec.output_names
    for name in names:
        if name not in known:
            suggestion = cli.near(name, known) or f" It has {', '.join(info.spec.stage_names)}, logits and its blocks."
            raise cli.UsageError(f"{info.id} has no output named “{name}”.{suggestion}")
    return tuple(names)


def check_maps(output: str, info: WeightsInfo) -> None:
    """Raises UsageError where the network has no output of that name, or one that has no places."""
    check_outputs([output], info)
    if output == "logits":
        raise cli.UsageError("The logits have no places: name a stage, a block or a branch of one.")


def check_channel(output: str, channel: int, info: WeightsInfo) -> None:
    """Raises UsageError where the maps of `output` have no such channel."""
    from resnet_core.engines.base import check_maps

    try:
        check_maps(info.spec, output, channel)
    except EngineError as error:
        raise cli.UsageError(str(error)) from error


def check_out(folder: Path | None) -> None:
    """Raises LensError where what --out names can't be a folder: before the work, not after it."""
    if folder is not None and os.path.exists(folder) and not os.path.isdir(folder):  # noqa: PTH110, PTH112 - no name is too long for these
        raise LensError(f"{folder} is a file: --out needs the name of a folder.")


def check_csv(path: Path) -> None:
    """Refuse at once what can't be written after an hour of work. Raises LensError."""
    if path.is_dir():
        raise LensError(f"{path} is a folder: --csv needs the name of a file.")
    if not path.absolute().parent.is_dir():
        raise LensError(f"{path} can't be written: there is no folder {path.absolute().parent}.")


def make_out(folder: Path) -> None:
    """The folder that --out names, with those above it; one that is there stays. Raises LensError."""
    check_out(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LensError(f"The folder {folder} can't be made: {os_errors.reason(error, making=True)}.") from error


def expand(text: str, recursive: bool) -> list[str]:
    """The pictures meant by a path as it was given: itself, or those in the folder, under the same spelling.

    Raises ImageError for a folder that can't be listed, or that has no pictures in it.
    """
    from resnet_core.images import find_images

    folder = Path(text)
    try:
        if not folder.is_dir():
            return [text]
        found = [
            text if path == folder else os.path.join(text, path.relative_to(folder))  # noqa: PTH118 - Path drops "./"
            for path in find_images([folder], recursive)
        ]
    except OSError as error:
        raise ImageError(f"{text} can't be opened: {os_errors.reason(error)}.") from error
    if not found:
        deeper = "" if recursive else " (its folders are looked into with --recursive)"
        raise ImageError(f"{text} has no pictures in it{deeper}.")
    return found


def class_index(text: str | None, info: WeightsInfo) -> int | None:
    """The class meant by its number or its name; None where none was named.

    Raises UsageError, with near names, where there is no such class, or several.
    """
    if text is None:
        return None
    count = info.spec.num_classes
    if text.isascii() and text.isdigit():
        if int(text[:9]) < count:
            return int(text)
        raise cli.UsageError(f"{info.id} has the classes 0 to {count - 1}, none numbered {text}.")
    labels = [info.class_label(index) for index in range(count)]
    found = [index for index, label in enumerate(labels) if label.casefold() == text.strip().casefold()]
    if len(found) > 1:
        numbers = " and ".join(map(str, found))
        raise cli.UsageError(f"{info.id} has several classes named “{text}”: give a number, {numbers}.")
    if not found:
        raise cli.UsageError(f"{info.id} has no class named “{text}”.{cli.near(text, labels)}")
    return found[0]
