"""The depth profile: how much each block changes what runs through it, and the answer when some do not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from PyQt5.QtWidgets import QWidget

from app import block_texts
from app.i18n import class_name, sentence
from app.instruments.base import Instrument
from app.tasks import Task
from app.texts import change_text
from app.widgets.depth_panel import ChangeRow, DepthBar, DepthPanel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_core.analysis import Analysis
    from resnet_core.blocks import Block
    from resnet_core.engines.base import Floats, Intervention
    from resnet_core.evidence.depth import BlockEffect
    from resnet_core.evidence.numbers import Numbers

SHOWN_CLASSES = 5  # and those that came among the first five; then more, where there is room
MORE_CLASSES = 16
SETTLE_S = 0.1  # bars that the mouse only passes over are not made ready for anything


class Depth(Instrument):
    panel: DepthPanel

    def make_panel(self) -> QWidget:
        self._effects: dict[str, BlockEffect] = {}
        self._seen: object = None  # the picture that `_effects` are of, as its network saw it
        self._whole = False  # whether they are all there
        self._measure = "ratio"
        self._listed: tuple[Analysis, Floats | None, Sequence[ChangeRow]] | None = None  # of what, and the classes
        measures = [
            ("ratio", self.tr("|F(x)| / |x|"), self.tr("How large what F adds is, measured by x")),
            ("change", self.tr("Change of y"), self.tr("How far the block's output is from what it were without F")),
        ]
        panel = DepthPanel(measures)
        panel.block_picked.connect(self.look_at_block)
        panel.block_opened.connect(self._open_block)
        panel.gate_asked.connect(self._scale)
        panel.chart.pointed_at.connect(self._point_at)
        panel.stage_bypass_asked.connect(self._bypass_stage)
        panel.reset_asked.connect(self._reset)
        panel.measure_picked.connect(self._pick_measure)
        panel.class_picked.connect(self.session.look_at_class)
        return panel

    def refresh(self) -> None:
        plain = self.session.plain
        if self.say_instead(self._why_not(plain)) or plain is None:
            return
        if self._seen is not plain.seen:
            self._seen, self._effects, self._whole = plain.seen, {}, False
            self._measure_blocks(plain)
        self._show_bars(plain)
        self._show_block(plain)
        self._show_changes(plain)
        self._make_ready(plain, plain.info.spec.block_at(self.session.output))

    def _why_not(self, plain: Analysis | None) -> str:
        """Why there is nothing to show; "" where there is something."""
        if plain is None:
            return self.tr("Open a picture to measure what each block does to it.")
        if plain.info.spec.residual:
            return ""
        return self.tr(
            "{network} is a plain network: its blocks have no shortcut, so none of them can be bypassed, "
            "and there is no x to measure F(x) by."
        ).format(network=plain.info.id)

    def numbers(self) -> Numbers | None:
        plain, now = self.session.plain, self.analysis
        if plain is None or now is None or not self._whole or self._seen is not plain.seen:
            return None
        from resnet_core.evidence import bypass, depth

        facts: dict[str, Any] = {
            "image": plain.picture.name,
            "weights": plain.info.id,
            "device": plain.device,
            "precision": plain.precision,
        }
        if now.intervention is not None:
            found = bypass.class_changes(plain.logits, now.logits, SHOWN_CLASSES)
            facts["intervention"] = change_text(now.intervention)
            facts["gates"] = dict(now.intervention.gates)
            facts["changes"] = bypass.as_rows(found, {one.index: plain.info.class_label(one.index) for one in found})
        return depth.as_numbers(tuple(self._effects.values()), facts)

    # what is measured

    def _measure_blocks(self, plain: Analysis) -> None:
        """Every block of the network as trained."""

        def work(task: Task) -> None:
            from resnet_core.evidence.depth import profile_as_it_comes

            run = self.bench.classifier().runner(plain, task.cancel)
            for effect in profile_as_it_comes(run, plain.info.spec, plain.images, known=plain.activations):
                task.check()
                task.send(effect)

        seen = plain.seen
        self.start("profile", work, lambda _: self._measured(seen, None), item=lambda one: self._measured(seen, one))

    def _make_ready(self, plain: Analysis, block: str) -> None:
        """What a first change in the stage of `block` would have to wait for."""
        if self._whole and self.session.intervention is None:
            self.bench.ahead.bypass(plain, block, SETTLE_S)

    def _measured(self, seen: object, effect: BlockEffect | None) -> None:
        if seen is not self._seen:
            return
        if effect is None:
            self._whole = True
        else:
            self._effects[effect.block] = effect
        plain = self.session.plain
        if plain is None or plain.seen is not seen:
            return  # it is shown when the picture is looked at again
        if effect is None and self.active:
            self._make_ready(plain, plain.info.spec.block_at(self.session.output))
        if self.active:
            self._show_bars(plain)
            self._show_block(plain)

    def _failed(self, sentence: str, details: str) -> None:
        self._seen = None  # the next look asks again
        super()._failed(sentence, details)

    # what is shown

    def _gate(self, block: str) -> float:
        change = self.session.intervention
        return 1.0 if change is None else float(change.gates.get(block, 1.0))

    def _height(self, effect: BlockEffect | None) -> float | None:
        if effect is None:
            return None
        value = effect.ratio if self._measure == "ratio" else effect.change
        return value if math.isfinite(value) else None

    def _show_bars(self, plain: Analysis) -> None:
        bars = []
        for block in plain.info.spec.blocks:
            effect = self._effects.get(block.name)
            way = 0 if effect is None else block_texts.way(effect.cosine)
            gate = self._gate(block.name)
            bars.append(DepthBar(block.name, self._height(effect), way, gate, self._tip(block)))
        self.panel.show_bars(bars)

    def _tip(self, block: Block) -> str:
        name = block.name
        lines = [name, self.tr("x by {0}").format(sentence(block_texts.shortcut_text(block)))]
        effect, text = self._effects.get(name), block_texts.number_text
        if effect is not None:
            numbers = self.tr("|F(x)| / |x| {0}, cosine {1}, change of y {2}")
            lines.append(numbers.format(text(effect.ratio), text(effect.cosine), text(effect.change)))
        if (gate := self._gate(name)) != 1:
            lines.append(sentence(block_texts.gate_text(gate)))
        return "\n".join([*lines, self.tr("Click: look at it; click again or Enter: its X-ray")])

    def _show_block(self, plain: Analysis) -> None:
        name = plain.info.spec.block_at(self.session.output)
        gate, effect = self._gate(name), self._effects.get(name)
        if effect is None:
            meaning = self.tr("Measuring …")
        else:
            meaning = self.tr("As trained: {0}").format(sentence(block_texts.effect_text(effect)))
        self.panel.show_block(name, gate, sentence(block_texts.gate_text(gate)), meaning)

    def _show_changes(self, plain: Analysis) -> None:
        now = self.analysis
        changed = now is not None and now.intervention is not None and self.session.intervention is not None
        after = now.logits if now is not None and changed else None
        if self._listed is None or self._listed[0] is not plain or self._listed[1] is not after:
            self._listed = (plain, after, self._rows(plain, after))
        rows = self._listed[2]
        self.panel.show_changes(rows, self.session.target, sentence(change_text(self.session.intervention)))

    def _rows(self, plain: Analysis, after: Floats | None) -> Sequence[ChangeRow]:
        from resnet_core.evidence.bypass import class_changes

        now = plain.logits if after is None else after
        found = [one for k in (SHOWN_CLASSES, MORE_CLASSES) for one in class_changes(plain.logits, now, k)]
        leader = max(found, key=lambda one: one.after)
        found.insert(min(found.index(leader), 1), leader)  # what came to the top is seen without a large window
        rows = []
        for one in {one.index: one for one in found}.values():
            label = class_name(plain.info, one.index)
            tip = self.tr("{label}\nas trained: {before:.2%}, logit {logit:.3f}").format(
                label=label, before=one.before, logit=one.logit_before
            )
            if after is not None:
                more = self.tr("now: {after:.2%}, logit {logit:.3f} ({change:+.3f})")
                tip += "\n" + more.format(after=one.after, logit=one.logit_after, change=one.logit_change)
            rows.append(ChangeRow(one.index, label, one.before, None if after is None else one.after, tip))
        return rows

    # what is asked for

    def _point_at(self, block: str) -> None:
        """Its switch may be pressed next."""
        if self.active and (plain := self.session.plain) is not None:
            self._make_ready(plain, block)

    def _open_block(self, name: str) -> None:
        self.look_at_block(name)
        self.bench.switch_requested.emit("xray")

    def _pick_measure(self, key: str) -> None:
        self._measure = key
        if self.session.plain is not None:
            self._show_bars(self.session.plain)

    def _scale(self, block: str, gate: float) -> None:
        self._set_gates({block: gate})

    def _set_gates(self, gates: dict[str, float]) -> None:
        from resnet_core.evidence.bypass import with_gates

        self._intervene(with_gates(self.session.intervention, gates))

    def _bypass_stage(self, stage: str) -> None:
        if self.session.plain is None:
            return
        from resnet_core.evidence.bypass import blocks_named

        self._set_gates(dict.fromkeys(blocks_named(self.session.plain.info.spec, [stage]), 0.0))

    def _reset(self) -> None:
        from resnet_core.evidence.bypass import without_gates

        self._intervene(without_gates(self.session.intervention))

    def _intervene(self, change: Intervention | None) -> None:
        before = self.session.intervention
        if dict(change.gates if change else {}) != dict(before.gates if before else {}):
            self.session.intervene(change)
