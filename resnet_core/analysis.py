"""From a picture to what a network makes of it: predictions, and the activations that led there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from resnet_core.calls import Cancel
from resnet_core.engines.base import Activations, Floats, Intervention, Precision, Request, Run
from resnet_core.engines.engine_pool import EngineKey, EnginePool
from resnet_core.engines.resume import changed, resumed
from resnet_core.errors import Cancelled, EngineError
from resnet_core.images import Picture
from resnet_core.prepared import Prepared, prepare
from resnet_core.probabilities import softmax

if TYPE_CHECKING:
    from resnet_core.weights.catalog import WeightsInfo
    from resnet_core.weights.store import WeightsStore

Prepare = Callable[[Request], None]


class Prediction(NamedTuple):
    """One class of a network's answer. `probability` is the softmax over all classes, 0 … 1.

    A tuple: a thousand of them are made for each answer, in a quarter of the time of a frozen dataclass.
    """

    label: str
    index: int  # type: ignore[assignment]  # it hides tuple.index, which nobody needs
    probability: float
    logit: float


@dataclass(frozen=True, slots=True)
class Timings:
    """Where the time went. Loading and compiling the network, once for many pictures, are in none of these."""

    decode_ms: float
    preprocess_ms: float
    inference_ms: float


@dataclass(frozen=True, eq=False)
class Analysis:
    """All that is known about one picture and one network. Arrays are read-only.

    `crop_box` is what the network saw of the picture: left, top, right, bottom in its pixels.
    """

    picture: Picture
    seen: NDArray[np.uint8]  # (S, S, 3): resized and cropped, not normalised
    crop_box: tuple[float, float, float, float]
    predictions: tuple[Prediction, ...]  # every class, best first
    logits: Floats  # (classes,), in the order of the classes
    activations: Mapping[str, Floats]  # by output name, (C, H, W)
    timings: Timings
    engine: str  # "OpenVINO" or "torch"
    device: str  # the id of a devices.Device
    precision: str  # the arithmetic used: "f32", "bf16", "f16"
    asked: tuple[str, Precision]  # the device and precision wanted, e.g. ("auto", "exact")
    info: WeightsInfo
    notice: str | None = None  # a sentence for the user: which device failed, and what served instead
    intervention: Intervention | None = None

    @cached_property
    def images(self) -> Floats:
        """What the network read, (1, 3, S, S): `seen`, normalised."""
        return _sealed(self.info.preprocess.normalise(self.seen))

    def top(self, k: int) -> tuple[Prediction, ...]:
        """The `k` most probable classes, or all there are."""
        return self.predictions[:k]


def predict(logits: Floats, info: WeightsInfo) -> tuple[Prediction, ...]:
    """Every class, best first, equals in the order of the classes.

    Raises EngineError for logits that are no numbers.
    """
    if not np.isfinite(logits).all():
        raise EngineError(f"{info.id} gives no usable numbers for this picture: its answer is not finite.")
    probabilities = softmax(logits)
    order = np.argsort(-logits, kind="stable")
    indices = order.tolist()  # lists at once: a thousand classes one by one take longer than all they are copied from
    labels = map(info.class_labels.__getitem__, indices)
    rows = zip(labels, indices, probabilities[order].tolist(), logits[order].tolist(), strict=True)
    return tuple(map(Prediction._make, rows))


class Classifier:
    """Answers what a picture shows, with any weights of `store`, on any device.

    Engines stay open for the next picture, a few of them; weights whose file was replaced are loaded anew. Safe to use
    from several threads, which take turns at the network but decode side by side. `cache_dir` keeps graphs compiled
    for a GPU; `threads` of the CPU may be used, None: as many as help.
    """

    def __init__(self, store: WeightsStore, *, cache_dir: Path | None = None, threads: int | None = None) -> None:
        self.store = store
        self._engines = EnginePool(cache_dir, threads)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def analyse(
        self,
        source: Path | str | Picture,
        weights_id: str,
        *,
        outputs: Sequence[str] | None = None,
        device: str = "auto",
        precision: Precision = "exact",
        intervention: Intervention | None = None,
        cancel: Cancel | None = None,
    ) -> Analysis:
        """What `weights_id` makes of `source`. `outputs` are the maps wanted besides the logits; None: all stages.

        Raises ImageError, WeightsError, EngineError; Cancelled when `cancel` says so between two steps.
        """
        info = self.store.get(weights_id)
        _check(cancel)
        prepared = prepare(source, info.preprocess)
        names = info.spec.stage_names if outputs is None else outputs
        return self.analyse_prepared(
            [prepared],
            info,
            outputs=names,
            device=device,
            precision=precision,
            intervention=intervention,
            cancel=cancel,
        )[0]

    def more(self, analysis: Analysis, outputs: Sequence[str], *, cancel: Cancel | None = None) -> Analysis:
        """`analysis` with further maps, e.g. a block's `.residual`: by the same engine, from the stage before on.

        Raises as `analyse` does.
        """
        missing = tuple(name for name in outputs if name not in analysis.activations and name != "logits")
        if not missing:
            return analysis
        request = resumed(analysis.info.spec, analysis.images, missing, analysis.intervention, analysis.activations)
        found = self.run(analysis.info, request, *analysis.asked, cancel)
        activations = {**analysis.activations, **{name: _sealed(found.outputs[name][0]) for name in missing}}
        return replace(analysis, activations=MappingProxyType(activations))

    def again(
        self,
        analysis: Analysis,
        intervention: Intervention | None,
        *,
        outputs: Sequence[str] | None = None,
        cancel: Cancel | None = None,
    ) -> Analysis:
        """The same picture through the same network with another intervention, from the stage before the change on.

        `outputs` are the maps wanted; None: those `analysis` has. What it has of the stages before the first change is
        there in any case: the very arrays, so that nobody has to look whether they differ. Raises as `analyse` does.
        """
        info = analysis.info
        names = tuple(analysis.activations) if outputs is None else outputs
        request, maps = changed(
            info.spec, analysis.images, names, analysis.activations, analysis.intervention, intervention
        )
        found = self.run(info, request, *analysis.asked, cancel)
        logits = _sealed(found.outputs["logits"][0])
        maps |= {name: found.outputs[name][0] for name in request.outputs if name != "logits"}
        return replace(
            analysis,
            predictions=predict(logits, info),
            logits=logits,
            activations=MappingProxyType({name: _sealed(array) for name, array in maps.items()}),
            timings=replace(analysis.timings, inference_ms=found.elapsed_ms),
            engine=found.engine,
            device=found.device,
            precision=found.precision,
            notice=found.notice,
            intervention=intervention,
        )

    def analyse_prepared(
        self,
        batch: Sequence[Prepared],
        info: WeightsInfo,
        *,
        outputs: Sequence[str] = (),
        device: str = "auto",
        precision: Precision = "exact",
        intervention: Intervention | None = None,
        cancel: Cancel | None = None,
    ) -> list[Analysis]:
        """The analyses of pictures prepared for `info`, in one run, each told its share of the time.

        Raises EngineError also where one picture of several gives no usable numbers.
        """
        names = tuple(dict.fromkeys((*outputs, "logits")))
        images = batch[0].images if len(batch) == 1 else np.concatenate([prepared.images for prepared in batch])
        found = self.run(info, Request(images, names, intervention), device, precision, cancel)
        analyses = []
        for index, prepared in enumerate(batch):
            logits = _sealed(found.outputs["logits"][index])
            maps = {name: _sealed(found.outputs[name][index]) for name in names if name != "logits"}
            timings = Timings(prepared.decode_ms, prepared.preprocess_ms, found.elapsed_ms / len(batch))
            analyses.append(
                Analysis(
                    picture=prepared.picture,
                    seen=prepared.seen,
                    crop_box=prepared.crop_box,
                    predictions=predict(logits, info),
                    logits=logits,
                    activations=MappingProxyType(maps),
                    timings=timings,
                    engine=found.engine,
                    device=found.device,
                    precision=found.precision,
                    asked=(device, precision),
                    info=info,
                    notice=found.notice if index == 0 else None,
                    intervention=intervention,
                )
            )
        return analyses

    def keep_open(self, weights_id: str) -> None:
        """The network that stays open, whatever others are asked about meanwhile."""
        self._engines.in_use = weights_id

    def use_threads(self, threads: int | None) -> None:
        """How many of the CPU's a network may use from now on."""
        self._engines.use_threads(threads)

    def close(self) -> None:
        """Closes every engine. A later request opens its engine again."""
        self._engines.close()

    def runner(self, analysis: Analysis, cancel: Cancel | None = None) -> Run:
        """`run` for the network, device and precision of `analysis`: what the functions of `evidence` take."""
        return lambda request: self.run(analysis.info, request, *analysis.asked, cancel)

    def preparer(self, analysis: Analysis, cancel: Cancel | None = None) -> Prepare:
        """As `runner`, for requests that are likely to come: their graphs are compiled, unless they are."""
        key = EngineKey(analysis.info.id, _file_identity(analysis.info), *analysis.asked)
        return lambda request: self._engines.prepare(key, request, before=lambda: _check(cancel))

    def run(
        self,
        info: WeightsInfo,
        request: Request,
        device: str = "auto",
        precision: Precision = "exact",
        cancel: Cancel | None = None,
    ) -> Activations:
        """Any request, by the engine that answers `analyse`. Raises WeightsError, EngineError; Cancelled."""
        request.check(info.spec)
        key = EngineKey(info.id, _file_identity(info), device, precision)
        return self._engines.run(
            key, info.spec, lambda: self.store.load(info.id).parameters, request, before=lambda: _check(cancel)
        )


def _file_identity(info: WeightsInfo) -> tuple[int, int, int] | None:
    if info.path is None:
        return None
    try:
        found = info.path.stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino)


def _check(cancel: Cancel | None) -> None:
    if cancel is not None and cancel():
        raise Cancelled


def _sealed(array: Floats) -> Floats:
    array.flags.writeable = False
    return array
