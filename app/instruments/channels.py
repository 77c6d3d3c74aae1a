"""Channels that matter: each channel of a stage is taken away by itself, and the change of the answer measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from app.ablation import Switches
from app.i18n import class_name
from app.instruments.base import Instrument
from app.instruments.table import MAPS
from app.tasks import Task
from app.widgets._effect_rows import EffectRow
from app.widgets._numbers import value_text
from app.widgets.channels_panel import ChannelsPanel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resnet_core.analysis import Analysis
    from resnet_core.evidence.ablation import By
    from resnet_core.evidence.effects import Effects
    from resnet_core.evidence.numbers import Numbers
    from resnet_core.feature_maps import Range

SHOWN = 64  # rows; of the last stage all channels are known, and the strongest shown
SHOWN_CLASSES = 12
_PROBABLE = 5  # of them those that were most probable; the others are those that change most

Lane = Literal["sweep", "one"]


class Channels(Instrument):
    """Measures the network as trained, so that the list stays while channels in it are switched off and on."""

    panel: ChannelsPanel
    as_trained = True

    def make_panel(self) -> ChannelsPanel:
        self._switches = Switches(self.bench)
        self._of: tuple[NDArray[np.float32], str, By] | None = None  # what is measured: logits, stage, replacement
        self._todo: tuple[int, ...] = ()  # the channels of the sweep
        self._effects: Effects | None = None
        self._running = self._called_off = False
        self._extra: int | None = None  # a channel outside the sweep that is being measured
        self._pictures: dict[int, NDArray[np.uint8]] = {}
        self._colours = ""
        self._place = ("", 0, 0)  # of the probe: an output, row and column
        panel = ChannelsPanel()
        panel.channel_selected.connect(self._look_at)
        panel.channel_opened.connect(self._open)
        panel.replacement_chosen.connect(self._replace_by)
        panel.cancel_requested.connect(self._call_off)
        panel.measure_requested.connect(self._go_on)
        panel.ablate_requested.connect(self._switches.ablate)
        panel.solo_requested.connect(self._switches.solo)
        panel.hovered.connect(self._probe)
        panel.unhovered.connect(self.bench.unprobe_requested)
        self.bench.moved.connect(self._probed)
        return panel

    # -- what is measured ----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        plain = self.session.plain
        if plain is None or self.session.target is None:
            self._stop()
            self._of = None
            self.message.emit(self.tr("Open a picture: on it the channels are measured."), True)
            return
        stage, by = plain.info.spec.stage_at(self.session.output), self.bench.replace_by
        if self._of is None or self._of[0] is not plain.logits or self._of[1:] != (stage, by):
            self._begin(plain, stage, by)
        elif not self._running and not self._called_off and self._missing():
            self._sweep()
        if self._colours != self.bench.colours():
            self._colours, self._pictures = self.bench.colours(), {}
        self._measure_looked_at()
        self._show()

    def _begin(self, plain: Analysis, stage: str, by: By) -> None:
        from resnet_core import feature_maps
        from resnet_core.evidence import effects

        self._stop()
        maps = plain.activations[stage]
        last = stage == plain.info.spec.stage_names[-1]  # there all of them cost nothing
        self._todo = feature_maps.best(maps, "mean", len(maps) if last else effects.COUNT)
        self._of, self._effects, self._pictures, self._called_off = (plain.logits, stage, by), None, {}, False
        self.panel.show_replacement(by)
        said = ""
        if last and by == "mean":
            said = self.tr(
                "At the last stage a channel counts by its mean alone: its mean in its place changes nothing."
            )
        self._sweep()
        self.message.emit(said, False)

    def _missing(self) -> tuple[int, ...]:
        """What is not measured yet, or only roughly."""
        known = self._known()
        return tuple(channel for channel in self._todo if channel not in known)

    def _known(self) -> set[int]:
        """What is measured exactly."""
        return set() if self._effects is None else {*self._effects.channels} - self._effects.rough

    def _sweep(self) -> None:
        self._running = True
        self._measure("sweep", self._missing())

    def _measure_looked_at(self) -> None:
        """The channel looked at, where the sweep has not come by it and never will."""
        channel, plain = self.session.channel, self.session.plain
        known = self._known()
        if channel is None or "." in self.session.output or channel in self._todo or channel in known:
            return
        assert plain is not None
        stage = plain.info.spec.stage_at(self.session.output)
        if channel < len(plain.activations[stage]) and channel != self._extra:
            self._extra = channel
            self._measure("one", (channel,))

    def _measure(self, lane: Lane, channels: tuple[int, ...]) -> None:
        plain, of, target, known = self.session.plain, self._of, self.session.target, self._effects
        assert plain is not None
        assert of is not None
        assert target is not None
        _, stage, by = of

        def work(task: Task) -> None:
            from resnet_core.evidence import effects

            classifier, info = self.bench.classifier(), plain.info
            head = classifier.store.head(info.id) if stage == info.spec.stage_names[-1] else None
            for part in effects.look_and_sweep(
                classifier.runner(plain, task.cancel), info.spec, stage, plain.activations[stage], channels, target,
                by=by, head=head, known=known, logits=plain.logits, cancel=task.cancel,
            ):  # fmt: skip
                task.send(part)

        self.start(lane, work, self._swept if lane == "sweep" else self._measured, item=self._arrived)

    def _arrived(self, part: Effects) -> None:
        from resnet_core.evidence import effects

        self._effects = part if self._effects is None else effects.joined([self._effects, part])
        self._show()

    def _swept(self, _: None) -> None:
        self._running = False
        self._show()

    def _measured(self, _: None) -> None:
        self._extra = None

    def _failed(self, sentence: str, details: str) -> None:
        self._call_off()
        super()._failed(sentence, details)

    def _stop(self) -> None:
        """Nothing of what is under way is wanted any more."""
        self.cancel("sweep")
        self.cancel("one")
        self._running, self._extra = False, None

    def left(self) -> None:
        """The sweep waits until somebody looks at it again."""
        self._stop()

    # -- what the user asks for ----------------------------------------------------------------------------------------

    def _call_off(self) -> None:
        self._stop()
        self._called_off = True
        self._show()

    def _go_on(self) -> None:
        self._called_off = False
        self.refresh()

    def _replace_by(self, by: str) -> None:
        self.bench.replace_by = cast("By", by)
        self.refresh()

    def _look_at(self, channel: int) -> None:
        if self._of is not None:
            self.session.look_at(self._of[1], channel)

    def _open(self, channel: int) -> None:
        self._look_at(channel)
        self.bench.switch_requested.emit(MAPS)

    def _probe(self, y: int, x: int) -> None:
        """A place of the map of the channel looked at."""
        if self._of is not None:
            self.bench.probe_requested.emit(self._of[1], y, x, self.session.channel)

    def _probed(self, output: str, y: int, x: int) -> None:
        """Somebody points at a place of any map, or at none."""
        self._place = (output, y, x)
        self._mark()

    def _mark(self) -> None:
        plain = self.session.plain
        if plain is not None and self._of is not None:
            self.panel.show_place(self.unit_at(plain, self._of[1], *self._place))

    # -- what is shown -------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        plain, target, effects = self.session.plain, self.session.target, self._effects
        if plain is None or target is None or self._of is None or self._of[0] is not plain.logits:
            return  # the last answers of another picture or network, before `refresh` begins anew
        label, stage = class_name(plain.info, target), self._of[1]
        total = len(plain.activations[stage])
        subject = (
            self.tr("All {0} channels of {1}, each replaced by").format(total, stage)
            if len(self._todo) == total
            else self.tr("The {0} channels of {1} with the highest mean, of {2}, each replaced by").format(
                len(self._todo), stage, total
            )
        )
        self.panel.show_subject(subject)
        done, rough = len(self._todo) - len(self._missing()), 0 if effects is None else len(effects.rough)
        self.panel.show_progress(done, len(self._todo), running=self._running, rough=rough)
        rows = [] if effects is None else self._rows(plain, effects.strongest(target, SHOWN), target)
        empty = self.tr("Measuring …") if self._running else self.tr("Nothing is measured yet.")
        self.panel.show_effects(rows, label, empty)
        self._show_channel(plain, stage, target)

    def _rows(self, plain: Analysis, effects: Effects, target: int) -> list[EffectRow]:
        on, probability = effects.on(target).tolist(), effects.on_probability(target).tolist()
        top = int(effects.before.argmax())
        rows = []
        for row, channel in enumerate(effects.channels):
            then = effects.top_without(row)
            name = "" if then == top else class_name(plain.info, then)
            picture, rough = self._picture(plain, channel), channel in effects.rough
            rows.append(EffectRow(channel, picture, on[row], probability[row], name, rough))
        return rows

    def _picture(self, plain: Analysis, channel: int) -> NDArray[np.uint8]:
        from resnet_core import feature_maps

        assert self._of is not None
        if channel not in self._pictures:
            plane = plain.activations[self._of[1]][channel]
            self._pictures[channel] = feature_maps.colour(plane, self._span(plain, channel), self._colours)
        return self._pictures[channel]

    def _span(self, plain: Analysis, channel: int) -> Range:
        from resnet_core import feature_maps

        assert self._of is not None
        return feature_maps.scale_range(plain.activations[self._of[1]], channel, "channel")

    def _show_channel(self, plain: Analysis, stage: str, target: int) -> None:
        from resnet_core.evidence import ablation

        channel, effects = self.session.channel, self._effects
        off = ablation.ablated(stage, self.session.intervention)
        if self.session.output != stage or channel is None or channel >= len(plain.activations[stage]):
            self.panel.show_channel(None, stage, None, None, (), off, None)
            return
        effect, changes = None, list[tuple[str, float]]()
        if effects is not None and channel in effects.channels:
            row = effects.channels.index(channel)
            (effect,) = self._rows(plain, effects.rows([row]), target)
            changes = self._changes(plain, effects, row, target)
        picture, span = self._picture(plain, channel), self._span(plain, channel)
        scale = self.tr("Each map has its own scale, here {low} to {high}").format(
            low=value_text(span.low), high=value_text(span.high)
        )
        self.panel.show_channel(channel, stage, picture, effect, changes, off, self._switches.state, scale=scale)
        self._mark()

    def _changes(self, plain: Analysis, effects: Effects, row: int, target: int) -> list[tuple[str, float]]:
        """The class asked about, the most probable ones and those that change most: (label, change of the logit)."""
        change = effects.change[row]
        probable = [prediction.index for prediction in plain.top(_PROBABLE)]
        moved = abs(change).argsort()[::-1][:SHOWN_CLASSES].tolist()
        shown = list(dict.fromkeys([target, *probable, *moved]))[:SHOWN_CLASSES]
        shown.sort(key=lambda index: -float(effects.before[index]))
        return [(class_name(plain.info, index), float(change[index])) for index in shown]

    def scale(self) -> str:
        return self.tr("Each map is on its own scale")

    def numbers(self) -> Numbers | None:
        plain, target = self.session.plain, self.session.target
        if self._effects is None or self._of is None or plain is None or target is None:
            return None
        if self._of[0] is not plain.logits:
            return None
        return self._effects.numbers(self._of[1], self._of[2], target, plain.info.class_label)
