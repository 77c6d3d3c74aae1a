"""The ladder: the same photo through several networks, one after another in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PyQt5.QtWidgets import QWidget

from app.i18n import class_name, sentence, tr
from app.instruments.base import Instrument, reach_of
from app.instruments.ladder_places import Share, in_crop, place_of
from app.tasks import Task
from app.widgets._numbers import shape_text
from app.widgets.ladder_panel import LadderChoice, LadderColumn, LadderPanel
from resnet_core.blocks import stage_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resnet_core.evidence.ladder import Fallen, Rung
    from resnet_core.evidence.numbers import Numbers
    from resnet_core.weights.catalog import WeightsInfo

MOST = 6  # networks asked without being chosen: more make a wide table
PHOTO_PX = 224
OVERLAY = 0.65


@dataclass(frozen=True, eq=False)
class _Step:
    """What came of one network; `photo` (S, S, 3) is what it saw with the evidence over it."""

    found: Rung | Fallen
    photo: NDArray[np.uint8] | None


class Ladder(Instrument):
    """Every network is asked once for a picture; which ones is chosen in the panel."""

    panel: LadderPanel
    as_trained = True  # whatever is changed in the network in use

    def make_panel(self) -> QWidget:
        self._question: object = None
        self._steps: dict[tuple[str, object], _Step] = {}  # by weights and the version of their file
        self._tiles: dict[tuple[int, str], dict[str, NDArray[np.uint8]]] = {}  # by step and colours
        self._wanted: tuple[str, ...] | None = None  # None: nobody has chosen
        self._busy_with: str | None = None
        self._stopped = False
        panel = LadderPanel()
        panel.chosen_changed.connect(self._choose)
        panel.cancelled.connect(self._stop)
        panel.go_on.connect(self._go_on)
        panel.used.connect(self.session.library.choose)
        panel.download_requested.connect(self._download)
        panel.stage_picked.connect(self.session.look_at)
        panel.hovered.connect(self._probe)
        panel.unhovered.connect(self.bench.unprobe_requested)
        self.bench.photo_moved.connect(self._probed)
        self.session.library.changed.connect(self.look_again)
        return panel

    def refresh(self) -> None:
        item = self.session.items.get(self.session.current or "")
        if item is None or self.analysis is None:
            self.cancel("climb")
            self._busy_with, self._question = None, None
            self.message.emit(self.tr("Open a picture to show it to several networks at once."), True)
            return
        question = (item.key, item.version, self.session.device, self.session.precision)
        if question != self._question:
            self.cancel("climb")
            self._question, self._busy_with, self._stopped = question, None, False
            self._steps.clear()
            self._tiles.clear()
        self._climb()
        self._show()
        changed = self.tr("Every network is shown as it was trained, without the change made to it here.")
        self.message.emit(changed if self.session.intervention is not None else "", False)

    def left(self) -> None:
        """Nobody looks: the networks not asked yet are asked when somebody looks again."""
        self.cancel("climb")
        self._busy_with = None

    # which networks

    def _here(self) -> list[WeightsInfo]:
        """The weights on this disk, the fewest layers first."""
        from resnet_core.evidence.ladder import by_depth

        return list(by_depth(self.session.library.all))

    def _chosen(self) -> list[WeightsInfo]:
        here = self._here()
        if self._wanted is not None:
            return [info for info in here if info.id in self._wanted]
        if len(here) > MOST:  # of each network one: the one in use, else the most accurate
            in_use = self.session.library.in_use.id
            ranked = sorted(here, key=lambda info: (info.id != in_use, -(info.accuracy or 0.0)))
            first = {info.spec.network: info.id for info in reversed(ranked)}
            here = [info for info in here if first[info.spec.network] == info.id]
        return here

    def _choose(self, weights: tuple[str, ...]) -> None:
        self._wanted, self._stopped = weights, False
        self.refresh()

    def _download(self, weights: str) -> None:
        """As by the toolbar, which shows how far it is: the weights come into use when they are here."""
        if self.bench.tasks.busy("weights"):
            self.message.emit(
                self.tr("Weights are being fetched or imported: wait for that, or cancel it first."), False
            )
            return
        if self._wanted is not None:
            self._wanted = (*self._wanted, weights)
        self.session.library.choose(weights)
        self.session.library.download(weights)

    # asking them

    def _key(self, info: WeightsInfo) -> tuple[str, object]:
        return info.id, (info.path, info.size_bytes)

    def _missing(self) -> list[WeightsInfo]:
        return [info for info in self._chosen() if self._key(info) not in self._steps]

    def _climb(self) -> None:
        missing = self._missing()
        if self._busy_with is not None and all(self._busy_with != info.id for info in self._chosen()):
            self.cancel("climb")
            self._busy_with = None
        if not missing or self._busy_with is not None or self._stopped:
            return
        item = self.session.items[self.session.current or ""]
        device, precision, question = self.session.device, self.session.precision, self._question
        names = [info.id for info in missing]
        keys = {info.id: self._key(info) for info in missing}

        def work(task: Task) -> None:
            from resnet_core.evidence import ladder
            from resnet_core.images import Picture, load_image

            picture = item.source if isinstance(item.source, Picture) else load_image(item.source)
            classifier = self.bench.classifier()

            def look(weights: str) -> Rung:
                task.send((question, keys[weights], None))
                analysis = classifier.analyse(picture, weights, device=device, precision=precision, cancel=task.cancel)
                if analysis.notice is not None:
                    task.send(analysis.notice)
                return ladder.rung(analysis, classifier.store.head(weights), classifier.runner(analysis, task.cancel))

            for found in ladder.climb(names, look, task.cancel):
                photo = _with_evidence(found) if isinstance(found, ladder.Rung) else None
                task.send((question, keys[found.weights], _Step(found, photo)))

        self._busy_with = names[0]
        self.start("climb", work, self._climbed, item=self._take)

    def _take(self, item: str | tuple[object, tuple[str, object], _Step | None]) -> None:
        """A sentence for the status line, or which network is being asked, or what came of it."""
        if isinstance(item, str):
            self.session.notice.emit(item, "")
            return
        question, key, step = item
        if question != self._question:
            return
        self._busy_with = key[0]
        if step is not None:
            self._steps[key] = step
        self._show()

    def _climbed(self, _nothing: Any) -> None:
        self._busy_with = None
        self._climb()  # what was chosen meanwhile
        self._show()

    def _failed(self, sentence: str, details: str) -> None:
        super()._failed(sentence, details)
        self._busy_with, self._stopped = None, True
        self._show()

    def _stop(self) -> None:
        self.cancel("climb")
        self._busy_with, self._stopped = None, True
        self._show()

    def _go_on(self) -> None:
        self._stopped = False
        self.refresh()

    # what is shown

    def _show(self) -> None:
        from resnet_core.evidence.ladder import offers

        here, chosen, missing = self._here(), self._chosen(), self._missing()
        ids = {info.id for info in chosen}
        self.panel.show_choices([LadderChoice(info.id, _detail(info), info.id in ids) for info in here])
        columns = [self._column(info) for info in chosen]
        columns += [
            LadderColumn(info.id, info.spec.network, _tag(info), "offer", text=self._offer(info))
            for info in offers(self.session.library.all)
        ]
        names = dict.fromkeys(name for info in chosen for name in info.spec.stage_names)
        stages = sorted(names)  # conv1, layer1, …
        self.panel.show_columns(columns, stages, stage_of(self.session.output))
        self.panel.show_progress(len(chosen) - len(missing), len(chosen), busy=self._busy_with is not None)

    def _column(self, info: WeightsInfo) -> LadderColumn:
        from resnet_core.evidence.ladder import Fallen

        step, network, tag = self._steps.get(self._key(info)), info.spec.network, _tag(info)
        in_use = info.id == self.session.library.in_use.id
        if step is None:
            state = "busy" if info.id == self._busy_with else "waiting"
            return LadderColumn(info.id, network, tag, "busy" if state == "busy" else "waiting", in_use=in_use)
        if isinstance(step.found, Fallen):
            return LadderColumn(info.id, network, tag, "failed", text=sentence(step.found.reason), in_use=in_use)
        found = step.found
        shapes = {name: shape_text(stage.shape) for name, stage in found.stages.items()}
        return LadderColumn(
            info.id, network, tag, "done", (class_name(info, found.index), found.probability), found.elapsed_ms,
            found.parameters, found.layers, step.photo, reach_of(found.cam), self._coloured(step, found), shapes,
            {name: stage.highest for name, stage in found.stages.items()}, in_use=in_use,
        )  # fmt: skip

    def _coloured(self, step: _Step, found: Rung) -> dict[str, NDArray[np.uint8]]:
        """The miniatures of every stage, (N, H, W, 3), in the colours chosen."""
        from resnet_core.feature_maps import Range, colour

        key = (id(step), self.bench.colours())
        if key not in self._tiles:
            self._tiles[key] = {
                name: colour(stage.maps, Range(0.0, stage.highest), key[1]) for name, stage in found.stages.items()
            }
        return self._tiles[key]

    def _offer(self, info: WeightsInfo) -> str:
        size = "" if not info.size_bytes else f"{info.size_bytes / 1e6:.0f} MB"
        return "\n".join([self.tr("Not on this disk"), _detail(info), size])

    # the place under the cursor

    def _rungs(self) -> list[tuple[WeightsInfo, Rung]]:
        from resnet_core.evidence.ladder import Rung

        steps = ((info, self._steps.get(self._key(info))) for info in self._chosen())
        return [(info, step.found) for info, step in steps if step is not None and isinstance(step.found, Rung)]

    def _probe(self, weights: str, stage: str, down: float, across: float) -> None:
        """Somebody points at a network's photo, or at a map of a `stage` of it."""
        for info, found in self._rungs():
            if info.id == weights and self.analysis is not None:
                share = in_crop(self.analysis.crop_box, info.spec, found, stage, (down, across))
                self.bench.photo_probe_requested.emit(*share)

    def _probed(self, share: Share | None) -> None:
        """Somebody points anywhere, at this place of the crop; None: nowhere."""
        places = {}
        if share is not None and self.analysis is not None:
            for info, found in self._rungs():
                if place := place_of(self.analysis.crop_box, share, info.spec, found):
                    places[info.id] = place
        self.panel.show_places(places)

    # taking it along

    def scale(self) -> str:
        return self.tr("each photo as far as the number in its corner, each stage from 0 to its largest value")

    def numbers(self) -> Numbers | None:
        found = [self._steps[key].found for key in map(self._key, self._chosen()) if key in self._steps]
        if not found or self.analysis is None:
            return None
        from resnet_core.evidence import ladder

        return ladder.numbers(self.analysis.picture.name, found, ladder.offers(self.session.library.all))


def _with_evidence(found: Rung) -> NDArray[np.uint8]:
    """What the network saw, at least PHOTO_PX large, with the class activation map of its answer over it."""
    from resnet_core.evidence.overlay import laid_over, rgba
    from resnet_core.feature_maps import enlarged

    seen, reach = enlarged(found.seen, PHOTO_PX), reach_of(found.cam)
    return laid_over(seen, rgba(found.cam, -reach, reach, True, seen.shape[:2]), OVERLAY)


def _tag(info: WeightsInfo) -> str:
    """What stands below the network's name."""
    tag = info.id.removeprefix(f"{info.spec.network}.")
    return tag if info.accuracy is None or not info.on_disk else f"{tag} · {100 * info.accuracy:.1f} %"


def _detail(info: WeightsInfo) -> str:
    return "" if info.accuracy is None else tr("{0} % on {1}").format(f"{100 * info.accuracy:.1f}", info.dataset)
