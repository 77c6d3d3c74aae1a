"""What in all opened pictures excites the channel looked at most, found in the background for all channels at once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PyQt5.QtWidgets import QWidget

from app.instruments.base import Instrument
from app.items import Source, Version
from app.tasks import Task
from app.widgets.patches_panel import PatchesPanel, PatchTile
from resnet_core.errors import ImageError

if TYPE_CHECKING:
    from resnet_core.colours import Rgb
    from resnet_core.engines.base import Activations, Precision, Request
    from resnet_core.evidence.numbers import Numbers
    from resnet_core.evidence.patches import Patch, Ranking, Spot
    from resnet_core.weights.catalog import WeightsInfo

KEPT_SEARCHES = 6
KEPT_SEEN_BYTES = 48_000_000

Pictures = tuple[tuple[str, Source, Version], ...]  # key, source and version of each


@dataclass
class Search:
    """What was found so far. `pictures` it was asked to look at, of which the first `done` were looked at."""

    info: WeightsInfo
    output: str
    pictures: Pictures
    done: int = 0
    failed: int = 0
    ranking: Ranking | None = None
    cut: dict[int, tuple[tuple[Spot, ...], list[Patch]]] = field(default_factory=dict)  # by channel


class SeenPictures:
    """What the network saw of the last pictures, so that cutting a patch needs no decoding. For several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str, Version], Rgb] = OrderedDict()
        self._bytes = 0

    def get(self, key: tuple[str, str, Version]) -> Rgb | None:
        with self._lock:
            if (found := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: tuple[str, str, Version], seen: Rgb) -> None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = seen
                self._bytes += seen.nbytes
            while self._bytes > KEPT_SEEN_BYTES:
                self._bytes -= self._kept.popitem(last=False)[1].nbytes


class Patches(Instrument):
    """One search serves all channels of an output, and is gone on with when pictures are added.

    It asks the network as it was trained: thousands of pictures can't follow every change that is made to it.
    """

    panel: PatchesPanel
    as_trained = True

    def make_panel(self) -> QWidget:
        panel = PatchesPanel()
        self._searches: OrderedDict[tuple[str, str], Search] = OrderedDict()
        self._search: Search | None = None
        self._running: Search | None = None  # the one that is under way
        self._called_off = False
        self._cutting = False
        self._seen = SeenPictures()
        self._wanted: tuple[str, Spot] | None = None  # a picture's key and a place in it, once it is analysed
        panel.picked.connect(self._pick)
        panel.channel_chosen.connect(self.session.look_at_channel)
        panel.cancel_requested.connect(self._call_off)
        panel.resume_requested.connect(self._resume)
        return panel

    # -- what is shown -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._place_probe()
        if not self.session.items:
            self.message.emit(self.tr("Open pictures: the more there are, the better the patches."), True)
            return
        info = self.session.library.in_use
        output = self.session.output
        if output not in info.spec.output_names:
            output = info.spec.stage_names[-1]
        pictures = tuple((item.key, item.source, item.version) for item in self.session.items.values())
        search = self._of(info, output, pictures)
        if search is not self._search:
            self._search, self._called_off = search, False
        self.message.emit("", False)
        if search.done < len(search.pictures) and self._running is not search and not self._called_off:
            self._look_through(search)
        self._show()

    def _of(self, info: WeightsInfo, output: str, pictures: Pictures) -> Search:
        """The search that answers this: one that was begun, gone on with where pictures were added; else a new one."""
        key = (info.id, output)
        known = self._searches.get(key)
        if known is None or known.info != info or pictures[: len(known.pictures)] != known.pictures:
            known = self._searches[key] = Search(info, output, pictures)
        elif pictures != known.pictures:
            known.pictures = pictures
            if self._running is known:
                self._running = None  # it has the shorter list
        self._searches.move_to_end(key)
        while len(self._searches) > KEPT_SEARCHES:
            self._searches.popitem(last=False)
        return known

    def _show(self) -> None:
        search = self._search
        if search is None:
            return
        channels = search.info.spec.channels_of(search.output)
        channel = min(self.session.channel or 0, channels - 1)
        self.panel.show_channel(search.output, channel, channels, self._note(search))
        self.panel.show_progress(search.done, len(search.pictures), running=self._running is search)
        signed = search.info.spec.is_signed(search.output)
        spots = () if search.ranking is None else search.ranking.of(channel, signed=signed)
        shown, patches = search.cut.get(channel, ((), []))
        silent = self.tr("This channel stays silent in every picture.")
        unusable = self.tr("None of the pictures could be looked at.")
        empty = "" if search.done < len(search.pictures) else unusable if search.ranking is None else silent
        self.panel.show_patches([self._tile(one) for one in patches], empty)
        if spots != shown and not self._cutting:
            self._cut(search, channel, spots)

    def _note(self, search: Search) -> str:
        note = self._what_a_patch_is(search)
        return note if self.session.intervention is None else f"{note} {self.tr('The network is as it was trained.')}"

    def _what_a_patch_is(self, search: Search) -> str:
        size, side = search.info.spec.receptive_field(search.output).size, search.info.preprocess.crop
        if size > side:
            return self.tr(
                "Each unit sees {size} × {size} px, more than the {side} × {side} px there are: the cross marks the "
                "unit with the highest value. One patch a picture; grey lies outside it."
            ).format(size=size, side=side)
        return self.tr(
            "All that the unit with the highest value sees: {size} × {size} px of the {side} × {side} px the network "
            "is given. One patch a picture; grey lies outside it."
        ).format(size=size, side=side)

    def _tile(self, one: Patch) -> PatchTile:
        tip = self.tr("{name}, at ({y}, {x}): click to look at it").format(name=one.name, y=one.spot.y, x=one.spot.x)
        return PatchTile(one.rgb, one.spot.value, one.name, tip, cross=not one.window.whole)

    # -- looking through the pictures ----------------------------------------------------------------------------------

    def _look_through(self, search: Search) -> None:
        from resnet_core.evidence import patches

        info, output, pictures, first = search.info, search.output, search.pictures, search.done
        device, precision = self.session.device, self.session.precision
        ranking = None if search.ranking is None else search.ranking.copy()

        def work(task: Task) -> None:
            run = self._runner(info, device, precision, task)
            sources = [source for _, source, _ in pictures[first:]]
            for step in patches.search(
                sources, run, info.preprocess, output, ranking=ranking, first=first, cancel=task.cancel
            ):
                for number, seen in step.seen.items():
                    self._seen.put((info.id, pictures[number][0], pictures[number][2]), seen)
                task.send((search, step.done, len(step.failed), step.ranking.copy()))

        self._running = search
        self.start("search", work, self._looked_through, item=self._found)

    def _runner(
        self, info: WeightsInfo, device: str, precision: Precision, task: Task
    ) -> Callable[[Request], Activations]:
        def run(request: Request) -> Activations:
            return self.bench.classifier().run(info, request, device, precision, task.cancel)

        return run

    def _found(self, found: tuple[Search, int, int, Ranking]) -> None:
        search, done, failed, search.ranking = found[0], found[1], found[2], found[3]
        search.done, search.failed = done, search.failed + failed
        if self.active and search is self._search:
            self._show()

    def _looked_through(self, _: None) -> None:
        self._running = None
        if self.active:
            self._show()

    def _failed(self, sentence: str, details: str) -> None:
        self._running, self._cutting, self._called_off = None, False, True
        super()._failed(sentence, details)
        if self._search is not None:
            self.panel.show_progress(self._search.done, len(self._search.pictures), running=False)

    def _call_off(self) -> None:
        self.cancel("search")
        self._running, self._called_off = None, True
        self._show()

    def _resume(self) -> None:
        self._called_off = False
        self.refresh()

    # -- cutting -------------------------------------------------------------------------------------------------------

    def _cut(self, search: Search, channel: int, spots: tuple[Spot, ...]) -> None:
        """Cut the places of the channel looked at out of their pictures, decoding again those that were let go."""
        from resnet_core.evidence import patches

        info, output, pictures = search.info, search.output, search.pictures

        def work(task: Task) -> list[Patch]:
            made = []
            for spot in spots:
                task.check()
                key, source, version = pictures[spot.picture]
                if (seen := self._seen.get((info.id, key, version))) is None:
                    try:
                        seen = patches.look(source, info.preprocess)
                    except ImageError:  # it was there before
                        continue
                    self._seen.put((info.id, key, version), seen)
                made.append(patches.patch(source, seen, spot, info.spec, info.preprocess, output))
            return made

        def done(made: list[Patch]) -> None:
            self._cutting = False
            search.cut[channel] = (spots, made)
            if self.active and search is self._search:
                self._show()

        self._cutting = True
        self.start("cut", work, done)

    # -- going there ---------------------------------------------------------------------------------------------------

    def _pick(self, rank: int) -> None:
        """Open the patch's picture and put the probe where the patch was cut out."""
        search, channel = self._search, self.session.channel or 0
        if search is None or channel not in search.cut:
            return
        spot = search.cut[channel][1][rank].spot
        key = search.pictures[spot.picture][0]
        if key not in self.session.items:
            return
        self._wanted = (key, spot)
        if key == self.session.current and self.analysis is not None:
            self._place_probe()
        else:
            self.session.select(key)

    def _place_probe(self) -> None:
        if self._wanted is None or self.analysis is None or self.session.current != self._wanted[0]:
            return
        if self.session.items[self._wanted[0]].state == "done" and self._search is not None:
            spot, self._wanted = self._wanted[1], None
            self.bench.probe_requested.emit(self._search.output, spot.y, spot.x, None)

    def left(self) -> None:
        self._wanted = None

    # -- taking it along -----------------------------------------------------------------------------------------------

    def numbers(self) -> Numbers | None:
        search, channel = self._search, self.session.channel or 0
        if search is None or channel not in search.cut:
            return None
        from resnet_core.evidence import patches

        return patches.numbers(
            search.cut[channel][1],
            weights=search.info.id,
            output=search.output,
            channel=channel,
            looked_at=search.done - search.failed,
            failed=search.failed,
            field_px=search.info.spec.receptive_field(search.output).size,
        )
