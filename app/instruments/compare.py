"""Compare: two pictures, two networks, or with and without a change, on one scale."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PyQt5.QtWidgets import QWidget

from app.i18n import class_name, sentence
from app.instruments.base import Instrument, span_text
from app.instruments.compare_sides import NOW, TRAINED, Sides, title
from app.instruments.compare_work import Compared, Wanted, compare
from app.tasks import Task
from app.widgets._numbers import shape_text
from app.widgets.compare_panel import (
    ComparedClass,
    ComparedMaps,
    ComparedStage,
    ComparePanel,
    CompareSide,
    MapPair,
    right_minus_left,
)

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis
    from resnet_core.evidence.comparison import StageDistance
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
        self.session.library.changed.connect(self._library_changed)
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

    def _library_changed(self) -> None:
        if self.active:
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
            CompareSide(key, self._sides.text(key), _answer(side), side.seen)
            for key, side in zip(keys, (found.left, found.right), strict=True)
        )
        self.panel.show_sides(left, right)
        channel = self._channel(found)
        classes = [ComparedClass(_class_name(found, one.label), one.left, one.right) for one in found.classes]
        stages = [self._stage(one) for one in found.distances]
        self.panel.show_comparison(
            self._maps(found, channel), self.bench.colours(), classes, stages, found.output.split(".")[0],
            by_cka=not found.same_network,
        )  # fmt: skip
        self._show_channels(found, channel)

    def _channel(self, found: Compared) -> int:
        """The channel looked at, else the first of those that are shown."""
        channel = self.session.channel
        count = len(found.left.activations[found.output])
        same_output = found.output == self.session.output
        return channel if channel is not None and same_output and channel < count else found.pairs[0].left

    def _maps(self, found: Compared, channel: int) -> ComparedMaps:
        from resnet_core.evidence.comparison import difference_range, shared_range

        partner, correlation = found.partner(channel)
        left, right = found.left.activations[found.output][channel], found.right.activations[found.output][partner]
        span = shared_range(left, right, signed=found.left.info.spec.is_signed(found.output))
        alike = left.shape == right.shape
        difference = right - left if alike else None
        other = self.tr("Right: channel {0}").format(partner)
        if not found.same_network:
            other = self.tr("Right: channel {0}, r = {1:.2f}").format(partner, correlation)
        return ComparedMaps(
            channel,
            left,
            right,
            difference,
            span,
            None if difference is None else difference_range(difference),
            (self.tr("Left: channel {0}").format(channel), other, right_minus_left()),
            self.tr("The maps have other sizes, {0} and {1}: there is no difference map.").format(
                shape_text(left.shape), shape_text(right.shape)
            ),
        )

    def _show_channels(self, found: Compared, current: int) -> None:
        from resnet_core.evidence.comparison import shared_range

        left, right = found.left.activations[found.output], found.right.activations[found.output]
        pairs = [
            MapPair(
                one.left, left[one.left], right[one.right], float(left[one.left].mean()),
                float(right[one.right].mean()), one.right,
            )
            for one in found.pairs
        ]  # fmt: skip
        span = shared_range(
            left[[one.left for one in found.pairs]],
            right[[one.right for one in found.pairs]],
            signed=found.left.info.spec.is_signed(found.output),
        )
        heading = self.tr("Channels of {0} whose means are furthest apart: left | right")
        if not found.same_network:
            heading = self.tr("Strongest channels of {0} on the left | the one on the right that correlates most (r)")
        scale = self.tr("{heading}; scale: {scale}")
        self.panel.show_channels(
            scale.format(heading=heading.format(found.output), scale=span_text(span.low, span.high)),
            (self.tr("left"), self.tr("right")),
            pairs,
            span,
            self.bench.colours(),
            current,
        )

    def _stage(self, one: StageDistance) -> ComparedStage:
        shapes = shape_text(one.left)
        if one.left != one.right:
            shapes = self.tr("{0} and {1}").format(shapes, shape_text(one.right))
        cka = "–" if one.cka is None else f"{one.cka:.2f}"
        tip = self.tr(
            "{stage}: {shapes}\n"
            "relative L2: length of the difference, as a share of the left side; 0 = the same\n"
            "cosine: 1 = the same pattern, whatever its strength\n"
            "CKA: 1 = the same {positions} places look alike to both, 0 = no more than by chance "
            "(linear, debiased; as first published: {cka})"
        ).format(stage=one.output, shapes=shapes, positions=one.positions, cka=cka)
        return ComparedStage(one.output, one.relative_l2, one.cosine, one.cka_debiased, tip)

    def _look_at_channel(self, channel: int) -> None:
        if self._found is not None:
            self.session.look_at(self._found.output, channel)

    def _open_channel(self, channel: int) -> None:
        self.bench.switch_requested.emit("maps")

    def _probe(self, channel: int, y: int, x: int) -> None:
        """The same place everywhere, where the left side is what the rest of the window shows, changed or not."""
        if self._found is not None and self.shows(self._found.left):
            self.bench.probe_requested.emit(self._found.output, y, x, channel)

    def _probed(self, output: str, y: int, x: int) -> None:
        """The place under the cursor, wherever that is, where one of the sides is what the rest of the window shows."""
        found, share = self._found, None
        side = None if found is None else next(filter(self.shows, (found.left, found.right)), None)
        if found is not None and side is not None and (unit := self.unit_at(side, found.output, output, y, x)):
            _, height, width = side.activations[found.output].shape
            share = (unit[0] + 0.5) / height, (unit[1] + 0.5) / width
        self.panel.show_place(share)

    # taking it along

    def scale(self) -> str:
        found = self._found
        if found is None or found.wanted != self._wanted:
            return ""
        maps = self._maps(found, self._channel(found))
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

        maps = self._maps(found, self._channel(found))
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


def _class_name(found: Compared, label: str) -> str:
    """A class of either side, as the window says it."""
    for info in (found.left.info, found.right.info):
        if label in info.known_labels:
            return class_name(info, info.known_labels.index(label))
    return sentence(label)


def _answer(analysis: Analysis) -> str:
    best = analysis.predictions[0]
    return f"{class_name(analysis.info, best.index)} {100 * best.probability:.1f} %"
