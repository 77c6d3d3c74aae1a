"""Colour or shape?: the picture asked about again grey, blurred, as edges, shuffled and mirrored."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PyQt5.QtWidgets import QWidget

from app.i18n import class_name, sentence, tr
from app.instruments import shape_words
from app.instruments.base import Instrument, span_text
from app.instruments.table import MAPS
from app.tasks import Task
from app.widgets.shape_panel import MapPair, ShapeCard, ShapePanel, ShownPairs, StageMove
from resnet_core.blocks import stage_of

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis
    from resnet_core.evidence.numbers import Numbers
    from resnet_core.evidence.variants import Variant
    from resnet_core.weights.catalog import WeightsInfo

KINDS = ("grey", "blurred", "edges", "shuffled", "mirrored")  # evidence.variants.KINDS, without importing numpy
PAIRS = 16


class Shape(Instrument):
    """Asks once for each picture, network and intervention; the class and the stage looked at cost nothing."""

    panel: ShapePanel

    def make_panel(self) -> QWidget:
        self._asked: object = None  # the logits of the analysis that was asked about: another question, other logits
        self._found: dict[str, Variant] = {}
        self._kind = KINDS[0]
        self._scale = ""  # of the pairs of maps that are shown
        panel = ShapePanel()
        panel.variant_picked.connect(self._pick_variant)
        panel.stage_picked.connect(self.session.look_at)
        panel.channel_picked.connect(self._look_at_channel)
        panel.channel_opened.connect(lambda _channel: self.bench.switch_requested.emit(MAPS))
        panel.hovered.connect(self._probe)
        panel.unhovered.connect(self.bench.unprobe_requested)
        self.bench.moved.connect(self._probed)
        return panel

    def refresh(self) -> None:
        analysis = self.analysis
        if analysis is None:
            self._asked, self._found = None, {}
            self.cancel("ask")
            self.message.emit(
                self.tr("Open a picture to see whether the network goes by its colours or its shape."), True
            )
            return
        if analysis.logits is not self._asked:
            self._ask(analysis)
        self._show(analysis)

    def _ask(self, analysis: Analysis) -> None:
        self._asked, self._found = analysis.logits, {}

        def work(task: Task) -> None:
            from resnet_core.evidence import variants

            info = analysis.info
            run = self.bench.classifier().runner(analysis, task.cancel)
            for variant in variants.ask(
                analysis.seen, analysis.activations, info.preprocess, info.spec.stage_names, run,
                intervention=analysis.intervention, cancel=task.cancel,
            ):  # fmt: skip
                task.send((analysis.logits, variant))

        self.start("ask", work, self._done, item=self._take)

    def _take(self, item: tuple[object, Variant]) -> None:
        asked, variant = item
        if asked is not self._asked:
            return
        self._found[variant.kind] = variant
        analysis = self.analysis
        if analysis is not None and analysis.logits is asked:  # else it is shown when that is looked at again
            self._show(analysis)

    def _done(self, _nothing: Any) -> None:
        """Every answer has been shown as it came."""

    def _failed(self, sentence: str, details: str) -> None:
        super()._failed(sentence, details)
        self._asked = None  # so that looking here again asks again

    # what is shown

    def _target(self, analysis: Analysis) -> int:
        target = self.session.target
        return analysis.predictions[0].index if target is None else target

    def _as_seen(self, analysis: Analysis) -> float:
        target = self._target(analysis)
        return next(one.probability for one in analysis.predictions if one.index == target)

    def _conclusion(self, analysis: Analysis, name: Callable[[WeightsInfo, int], str]) -> str:
        target = self._target(analysis)
        given = {kind: float(one.probabilities[target]) for kind, one in self._found.items()}
        return shape_words.conclusion(
            name(analysis.info, target), self._as_seen(analysis), given, classes=analysis.info.spec.num_classes
        )

    def _show(self, analysis: Analysis) -> None:
        info, best = analysis.info, analysis.predictions[0]
        cards = [
            ShapeCard(
                "seen", tr(shape_words.NAMES["seen"]), tr(shape_words.LOST["seen"]), analysis.seen,
                (class_name(info, best.index), best.probability), self._as_seen(analysis),
            ),
            *(self._card(kind, analysis) for kind in KINDS),
        ]  # fmt: skip
        stages = info.spec.stage_names
        self.panel.show_cards(
            cards, class_name(info, self._target(analysis)), stages, self._kind, self._stage(analysis)
        )
        self.panel.show_conclusion(sentence(self._conclusion(analysis, class_name)))
        self._show_channels(analysis)

    def _card(self, kind: str, analysis: Analysis) -> ShapeCard:
        name, tip, variant = tr(shape_words.NAMES[kind]), tr(shape_words.LOST[kind]), self._found.get(kind)
        if variant is None:
            return ShapeCard(kind, name, tip)
        first = int(variant.probabilities.argmax())
        return ShapeCard(
            kind,
            name,
            tip,
            variant.seen,
            (class_name(analysis.info, first), float(variant.probabilities[first])),
            float(variant.probabilities[self._target(analysis)]),
            tuple(StageMove(shift.output, shift.means, shift.maps) for shift in variant.shifts),
        )

    def _stage(self, analysis: Analysis) -> str:
        stage = stage_of(self.session.output)
        return stage if stage in analysis.info.spec.stage_names else analysis.info.spec.stage_names[-1]

    def _show_channels(self, analysis: Analysis) -> None:
        variant, stage = self._found.get(self._kind), self._stage(analysis)
        if variant is None:
            self._scale = ""
            self.panel.clear_channels()
            return
        from resnet_core.evidence.comparison import shared_range

        before, after = analysis.activations[stage], variant.maps[stage]
        moved = variant.moved(stage, analysis.activations, PAIRS)
        pairs = [MapPair(one.channel, before[one.channel], after[one.channel], one.left, one.right) for one in moved]
        chosen = [pair.channel for pair in pairs]
        span = shared_range(before[chosen], after[chosen])
        self._scale = span_text(span.low, span.high)
        name = tr(shape_words.NAMES[self._kind]).lower()
        heading = self.tr(
            "Channels of {stage} that moved most: as seen | {name}, bright = strong, one scale, 0 to {high:.2f}"
        ).format(stage=stage, name=name, high=span.high)
        if self._kind == "mirrored":
            heading = self.tr("{heading}; mirrored back").format(heading=heading)
        current = self.session.channel if self.session.output == stage else None
        sides = (self.tr("as seen"), name)
        self.panel.show_channels(ShownPairs(heading, sides, tuple(pairs), span, self.bench.colours(), current))

    def _pick_variant(self, kind: str) -> None:
        self._kind = kind
        if self.analysis is not None:
            self._show(self.analysis)

    def _look_at_channel(self, channel: int) -> None:
        if self.analysis is not None:
            self.session.look_at(self._stage(self.analysis), channel)

    def _probe(self, channel: int, y: int, x: int) -> None:
        if self.analysis is not None:
            self.bench.probe_requested.emit(self._stage(self.analysis), y, x, channel)

    def _probed(self, output: str, y: int, x: int) -> None:
        """The place under the cursor, wherever that is."""
        now = self.analysis
        self.panel.show_place(None if now is None else self.share_at(now, self._stage(now), output, y, x))

    # taking it along

    def scale(self) -> str:
        return self._scale

    def numbers(self) -> Numbers | None:
        analysis = self.analysis
        if analysis is None or analysis.logits is not self._asked or len(self._found) < len(KINDS):
            return None
        from resnet_core.evidence import variants

        target = self._target(analysis)
        facts = {
            "image": analysis.picture.name,
            "weights": analysis.info.id,
            "class": {
                "label": analysis.info.class_label(target),
                "index": target,
                "probability": self._as_seen(analysis),
            },
            "conclusion": self._conclusion(analysis, type(analysis.info).class_label),
        }
        found = list(self._found.values())
        return variants.numbers(facts, target, analysis.activations, found, analysis.info.class_label)
