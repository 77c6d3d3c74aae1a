"""The X-ray: one block taken apart, for the picture and the network looked at, with the change made to it if any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt5.QtWidgets import QWidget

from app import block_texts
from app.i18n import sentence
from app.instruments.base import Instrument, span_text
from app.tasks import Task
from app.texts import change_text
from app.widgets._numbers import DOT, shape_text
from app.widgets.xray_panel import XRayFacts, XRayPanel, XRayRows

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis
    from resnet_core.evidence.numbers import Numbers
    from resnet_core.evidence.xray import BlockXRay

MOST_CHANNELS = 12
BRANCH_OF_ROW = (".shortcut", ".residual", "", "")  # which output of the block a row's places belong to


class XRay(Instrument):
    panel: XRayPanel

    def make_panel(self) -> QWidget:
        self._found: BlockXRay | None = None
        self._of: tuple[Analysis, str] | None = None  # what `_found` is of
        self._asked: tuple[Analysis, str] | None = None  # what is being taken apart
        self._network = ""
        self._ranking = "residual"
        self._channels: tuple[int, ...] = ()
        self._reach = 0.0  # of the scale they are drawn on
        rankings = [
            ("residual", self.tr("Largest F(x)")),
            ("shortcut", self.tr("Largest x")),
            ("ratio", self.tr("Largest F(x) for its x")),
            ("against", self.tr("F(x) most against x")),
        ]
        panel = XRayPanel(rankings)
        panel.block_picked.connect(self.look_at_block)
        panel.ranking_picked.connect(self._pick_ranking)
        panel.channel_picked.connect(self._pick_channel)
        panel.hovered.connect(self._hover)
        panel.left.connect(self.bench.unprobe_requested)
        self.bench.moved.connect(self._mark)
        return panel

    def refresh(self) -> None:
        analysis = self.analysis
        if self.say_instead(self._why_not(analysis)) or analysis is None:
            self._found = self._of = None
            return
        block = analysis.info.spec.block_at(self.session.output)
        self._show_blocks(analysis, block)
        if self._of == (analysis, block):
            self._show_channel()
        elif block in analysis.activations:
            self._take_apart(analysis, block)
        else:
            self.panel.show_busy()
            self.session.complete(block)

    def _why_not(self, analysis: Analysis | None) -> str:
        """Why there is nothing to show; "" where there is something."""
        if analysis is None:
            return self.tr("Open a picture to take the blocks apart that it runs through.")
        if analysis.info.spec.residual:
            return ""
        return self.tr(
            "{network} is a plain network: its blocks have no shortcut, so there is no x to set beside F(x)."
        ).format(network=analysis.info.id)

    def numbers(self) -> Numbers | None:
        if self._found is None or self._of is None or self._of[0] is not self.analysis:
            return None
        analysis = self._of[0]
        facts = {
            "image": analysis.picture.name,
            "weights": analysis.info.id,
            "device": analysis.device,
            "precision": analysis.precision,
            "intervention": change_text(analysis.intervention) or None,
        }
        return self._found.numbers(self._channels, facts)

    def scale(self) -> str:
        return "" if self._found is None else span_text(-self._reach, self._reach)

    def _show_blocks(self, analysis: Analysis, block: str) -> None:
        spec = analysis.info.spec
        if (analysis.info.id, block) != (self._network, self.panel.blocks.current()):
            self._network = analysis.info.id
            notes = [(one.name, sentence(block_texts.shortcut_text(one))) for one in spec.blocks]
            self.panel.show_blocks([(name, self.tr("x by {0}").format(note)) for name, note in notes], block)

    def _take_apart(self, analysis: Analysis, block: str) -> None:
        if self._asked == (analysis, block):
            return
        self._asked = (analysis, block)
        self.panel.show_busy()

        def work(_: Task) -> BlockXRay:
            from resnet_core.evidence.xray import dissect

            return dissect(analysis.info.spec, block, analysis.activations, analysis.intervention)

        self.start("block", work, lambda found: self._taken_apart(analysis, found))

    def _taken_apart(self, analysis: Analysis, found: BlockXRay) -> None:
        self._asked = None
        if analysis is not self.analysis or found.block.name != analysis.info.spec.block_at(self.session.output):
            return  # a later look at something else: refresh has been, or will be, called for it
        self._found, self._of = found, (analysis, found.block.name)
        self.panel.show_change(sentence(change_text(analysis.intervention)))
        self._show()
        if analysis.intervention is None:  # the next block may be one of another stage
            self.bench.ahead.blocks(analysis, [stage.name for stage in analysis.info.spec.stages])

    def _failed(self, sentence: str, details: str) -> None:
        self._asked = None  # the next look asks again
        super()._failed(sentence, details)

    def _show(self) -> None:
        """The block's maps, the channel looked at among them."""
        from resnet_core.feature_maps import Range

        found = self._found
        if found is None:
            return
        ranked, looked_at = found.ranked(self._ranking), self._looked_at(found)  # type: ignore[arg-type]
        first = ranked[:MOST_CHANNELS]
        if looked_at is not None:
            first = (looked_at, *(channel for channel in first if channel != looked_at))[:MOST_CHANNELS]
        self._channels = first
        reach = self._reach = found.reach(first)
        rows = XRayRows(
            found.drawn(first),
            first,
            self._headings(found),
            Range(-reach, reach, True),
            tuple(self._note(found, channel) for channel in first),
        )
        self.panel.show_xray(rows, self._facts(found, looked_at), -1 if looked_at is None else looked_at)

    def _show_channel(self) -> None:
        """Another channel is looked at: the columns stay where they are if it is one of them."""
        found = self._found
        if found is None:
            return
        looked_at = self._looked_at(found)
        if looked_at is not None and looked_at not in self._channels[: max(self.panel.maps.columns, 1)]:
            self._show()
        else:
            self.panel.show_facts(self._facts(found, looked_at), -1 if looked_at is None else looked_at)

    def _looked_at(self, found: BlockXRay) -> int | None:
        """The channel looked at, where the block has it: those of one stage are the same in all of its blocks."""
        channel = self.session.channel
        same_stage = self.same_stage(found.block.name)
        return channel if channel is not None and same_stage and channel < len(found.output) else None

    def _headings(self, found: BlockXRay) -> tuple[tuple[str, str], ...]:
        gate = found.effect.gate
        came = self.tr("comes in by {0}").format(sentence(block_texts.shortcut_text(found.block)))
        if found.kind == "identity":
            came = self.tr("comes in unchanged")
        elif found.kind == "zero padding":
            thinned = self.tr("comes in thinned out, with {0} zero channels")
            came = (thinned if found.block.stride > 1 else self.tr("comes in with {0} zero channels")).format(
                sum(found.block.zero_channels)
            )
        times = "" if gate == 1 else f"{gate:.2g} {DOT} "
        added = self.tr("the block adds, by {0}").format(sentence(block_texts.branch_text(found.block)))
        return (
            ("x", came),
            (f"+ {times}F(x)", added if gate != 0 else self.tr("switched off")),
            (f"= x + {times}F(x)", self.tr("the sum")),
            (self.tr("y = ReLU(…)"), self.tr("only what is above 0 goes on")),
        )

    def _facts(self, found: BlockXRay, channel: int | None) -> XRayFacts:
        text, effect = block_texts.number_text, found.effect
        return XRayFacts(
            found.block.name,
            shape_text(found.output.shape),
            text(effect.ratio),
            text(effect.cosine),
            sentence(block_texts.effect_text(effect)),
            "" if channel is None else self._channel_text(found, channel),
        )

    def _note(self, found: BlockXRay, channel: int) -> str:
        ratio, cosine = float(found.channel_ratio[channel]), float(found.channel_cosine[channel])
        text = block_texts.number_text
        return self.tr("Channel {0}\n|F(x)| / |x| {1}, cosine {2}").format(channel, text(ratio), text(cosine))

    def _channel_text(self, found: BlockXRay, channel: int) -> str:
        text = block_texts.number_text
        ratio, cosine = text(float(found.channel_ratio[channel])), text(float(found.channel_cosine[channel]))
        return self.tr("#{0}:  F(x) is {1} of x, cosine {2}").format(channel, ratio, cosine)

    def _pick_ranking(self, key: str) -> None:
        self._ranking = key
        self._show()

    def _pick_channel(self, channel: int) -> None:
        found = self._found
        if found is None:
            return
        if self.same_stage(found.block.name):
            self.session.look_at_channel(channel)
        else:  # conv1 is looked at, whose channels are others
            self.session.look_at(found.block.name, channel)

    def _hover(self, row: int, channel: int, y: int, x: int) -> None:
        if self._found is not None:
            self.panel.show_place(channel, y, x)
            self.bench.probe_requested.emit(f"{self._found.block.name}{BRANCH_OF_ROW[row]}", y, x, channel)

    def _mark(self, output: str, y: int, x: int) -> None:
        """The probe is at a place of any map: here that is the unit that sees the same middle of the photo."""
        if not self.active or self._found is None or self._of is None:
            return
        self.panel.show_cursor(self.unit_at(self._of[0], self._found.block.name, output, y, x))
