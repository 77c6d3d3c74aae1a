"""Compare: two pictures, two networks, or with and without a change, on one scale."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PyQt5.QtWidgets import QWidget

from app.instruments import compare_words as words
from app.instruments.base import Instrument, span_text
from app.instruments.compare_sides import NOW, TRAINED, Sides, title
from app.instruments.compare_work import Compared, Wanted, compare
from app.instruments.table import MAPS
from app.tasks import Task
from app.widgets.compare_panel import ComparePanel, CompareSide
from resnet_core.blocks import stage_of

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis
    from resnet_core.evidence.numbers import Numbers

KEPT = 4  # analyses of other pictures and networks; a ResNet-50's stage maps are 9 MB


class Compare(Instrument):
    """Left is what is looked at; right, until somebody chooses, the nearest thing there is to compare it with."""

    panel: ComparePanel

    def make_panel(self) -> QWidget:
        self._sides = Sides(self.session)
        self._wanted: Wanted | None = None
        self._found: Compared | None = None
        self._held: object = None  # what `_wanted` knows by its id, which is given anew once it is gone
        self._kept: OrderedDict[object, Analysis] = OrderedDict()
        panel = ComparePanel()
        panel.left_picked.connect(self._pick_left)
        panel.right_picked.connect(self._pick_right)
        panel.swap_requested.connect(self._swap)
        panel.stage_picked.connect(self.session.look_at)
        panel.channel_picked.connect(self._look_at_channel)
        panel.channel_opened.connect(self._open_channel)
        panel.hovered.connect(self._probe)
        panel.unhovered.connect(self.bench.unprobe_requested)
        self.session.library.changed.connect(self.look_again)
        self.bench.moved.connect(self._probed)
        return panel

    def refresh(self) -> None:
        analysis = self.analysis
        sides = None if analysis is None else self._sides.now()
        if analysis is None or sides is None:
            self.cancel("compare")
            self._wanted = self._found = None
            self.message.emit(self._why_nothing(analysis), True)
            return
        self.panel.show_choices(self._sides.choices())
        wanted = Wanted(self._sides.question(sides[0]), self._sides.question(sides[1]), self.session.output)
        if wanted != self._wanted:
            self._compare(wanted, sides)
        elif self._found is not None and self._found.wanted == self._wanted:
            self._show(self._found)

    def left(self) -> None:
        self.cancel("compare")
        if self._found is None or self._found.wanted != self._wanted:
            self._wanted = None  # so that looking here again asks again

    def _why_nothing(self, analysis: Analysis | None) -> str:
        if analysis is None:
            return self.tr("Open a picture, then another one to compare it with.")
        return self.tr(
            "There is nothing to compare this picture with yet: open a second picture, bring another network to this "
            "disk, or change the network (bypass a block under Depth, or remove a channel under Channels)."
        )

    # the sides

    def _pick_left(self, key: str) -> None:
        self._sides.pick(left=key)
        self.refresh()

    def _pick_right(self, key: str) -> None:
        self._sides.pick(right=key)
        self.refresh()

    def _swap(self) -> None:
        self._sides.swap()
        self.refresh()

    # the work

    def _compare(self, wanted: Wanted, sides: tuple[str, str]) -> None:
        self._wanted = wanted
        self._held = self.session.analysis, self.session.plain
        known = {self._sides.question(key): self._known(key) for key in sides}
        asks = {self._sides.question(key): self._sides.ask(key) for key in sides}
        found = self._found
        if found is None or (found.wanted.left, found.wanted.right) != (wanted.left, wanted.right):
            places = [CompareSide(key, self._sides.text(key), self.tr("asking …")) for key in sides]
            self.panel.show_sides(places[0], places[1])
            self.panel.show_nothing(self.tr("Asking the network …"))

        def work(task: Task) -> Compared:
            return compare(self.bench.classifier(), wanted, known, asks, found, task.cancel)

        self.start("compare", work, self._compared)

    def _known(self, key: str) -> Analysis | None:
        """The analysis of a side, where there is one already."""
        if key == NOW:
            return self.session.analysis
        if key == TRAINED:
            return self.session.plain
        return self._kept.get(self._sides.question(key))

    def _compared(self, found: Compared) -> None:
        for question, analysis in ((found.wanted.left, found.left), (found.wanted.right, found.right)):
            if question[0] not in (NOW, TRAINED):
                if analysis.notice is not None and question not in self._kept:
                    self.session.notice.emit(analysis.notice, "")
                self._kept[question] = analysis
                self._kept.move_to_end(question)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        if found.wanted == self._wanted:
            self._found = found
            self._show(found)

    def _failed(self, sentence: str, details: str) -> None:
        super()._failed(sentence, details)
        self._found = None
        self.panel.show_nothing(self.tr("One side can’t be shown."))

    # what is shown

    def _show(self, found: Compared) -> None:
        keys = found.wanted.left[0], found.wanted.right[0]
        left, right = (
            CompareSide(key, self._sides.text(key), words.answer(side), side.seen)
            for key, side in zip(keys, (found.left, found.right), strict=True)
        )
        self.panel.show_sides(left, right)
        channel = self._channel(found)
        colours = self.bench.colours()
        self.panel.show_comparison(
            words.maps(found, channel), colours, words.classes(found), words.stages(found), stage_of(found.output),
            by_cka=not found.same_network,
        )  # fmt: skip
        self.panel.show_channels(words.channels(found, colours, channel))

    def _channel(self, found: Compared) -> int:
        """The channel looked at, else the first of those that are shown."""
        channel = self.session.channel
        count = len(found.left.activations[found.output])
        same_output = found.output == self.session.output
        return channel if channel is not None and same_output and channel < count else found.pairs[0].left

    def _look_at_channel(self, channel: int) -> None:
        if self._found is not None:
            self.session.look_at(self._found.output, channel)

    def _open_channel(self, channel: int) -> None:
        self.bench.switch_requested.emit(MAPS)

    def _probe(self, channel: int, y: int, x: int) -> None:
        """The same place everywhere, where the left side is what the rest of the window shows, changed or not."""
        if self._found is not None and self.shows(self._found.left):
            self.bench.probe_requested.emit(self._found.output, y, x, channel)

    def _probed(self, output: str, y: int, x: int) -> None:
        """The place under the cursor, wherever that is, where one of the sides is what the rest of the window shows."""
        found, share = self._found, None
        side = None if found is None else next(filter(self.shows, (found.left, found.right)), None)
        if found is not None and side is not None:
            share = self.share_at(side, found.output, output, y, x)
        self.panel.show_place(share)

    # taking it along

    def scale(self) -> str:
        found = self._found
        if found is None or found.wanted != self._wanted:
            return ""
        maps = words.maps(found, self._channel(found))
        sides = span_text(maps.span.low, maps.span.high)
        if maps.apart is None:
            return sides
        return self.tr("{sides}; difference: {apart}").format(
            sides=sides, apart=span_text(maps.apart.low, maps.apart.high)
        )

    def numbers(self) -> Numbers | None:
        found = self._found
        if found is None or found.wanted != self._wanted:
            return None
        from resnet_core.evidence import comparison

        maps = words.maps(found, self._channel(found))
        arrays = {"left": maps.left, "right": maps.right}
        if maps.difference is not None:
            arrays["difference"] = maps.difference
        facts = {
            "left": {"image": found.left.picture.name, "weights": found.left.info.id, "what": title(found.left)},
            "right": {"image": found.right.picture.name, "weights": found.right.info.id, "what": title(found.right)},
            "channel": self._channel(found),
        }
        channels = [comparison.ChannelChange(*one) for one in found.means()]
        return comparison.numbers(facts, found.classes, found.distances, found.output, channels, arrays)
