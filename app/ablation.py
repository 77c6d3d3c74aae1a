"""The channel looked at: switched off, alone or on again; and, in the background, what it is worth to a class."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PyQt5.QtCore import QEvent, QObject, Qt
from PyQt5.QtGui import QKeyEvent

from app.i18n import class_name
from app.instruments.base import Bench
from app.tasks import Task
from app.widgets.channel_detail import ChannelDetail
from resnet_core.errors import EngineError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resnet_core.analysis import Analysis
    from resnet_core.evidence.ablation import By
    from resnet_core.evidence.effects import Effects

_LANE = "channel effect"
_SETTLE_S = 0.2  # going through the channels by the arrow keys measures none of those passed by


class Switches:
    """Ablate and solo, for the channel of a stage the session looks at. Only whole stages have such switches."""

    def __init__(self, bench: Bench) -> None:
        self._bench, self._session = bench, bench.session

    @property
    def place(self) -> tuple[Analysis, str, int] | None:
        """The network as trained, the stage and its channel; None where no whole stage is looked at."""
        plain, stage, channel = self._session.plain, self._session.output, self._session.channel
        if plain is None or channel is None or stage not in plain.info.spec.stage_names:
            return None
        return (plain, stage, channel) if channel < len(plain.activations[stage]) else None

    @property
    def state(self) -> tuple[bool, bool] | None:
        """Whether the channel is switched off, and whether all others are."""
        from resnet_core.evidence import ablation

        if self.place is None:
            return None
        _, stage, channel = self.place
        change = self._session.intervention
        return channel in ablation.ablated(stage, change), ablation.soloed(stage, change) == channel

    def ablate(self, on: bool) -> None:
        """Switch the channel off, besides what is changed already, or on again."""
        from resnet_core.evidence import ablation

        place, state, change = self.place, self.state, self._session.intervention
        if place is None or state is None:
            return
        plain, stage, channel = place
        if state[1] and change is not None:  # it was alone: now it is the only one that is missing
            change = ablation.restore(stage, None, change)
        if on:
            maps = plain.activations[stage]
            self._session.intervene(ablation.ablate(stage, channel, maps, self._bench.replace_by, onto=change))
        elif change is not None:
            self._session.intervene(ablation.restore(stage, channel, change))

    def solo(self, on: bool) -> None:
        """Switch all other channels of the stage off, or all on again."""
        from resnet_core.evidence import ablation

        place, change = self.place, self._session.intervention
        if place is None:
            return
        plain, stage, channel = place
        if on:
            maps = plain.activations[stage]
            self._session.intervene(ablation.solo(stage, channel, maps, self._bench.replace_by, onto=change))
        elif change is not None:
            self._session.intervene(ablation.restore(stage, None, change))

    def toggle(self) -> bool:
        """Ablate the channel, or take that back. False where there is none that could be."""
        state = self.state
        if state is not None:
            self.ablate(not state[0])
        return state is not None


class ChannelWorth(QObject):
    """Keeps the switches and the last fact of `detail`, and serves Space wherever no widget has a use for it."""

    def __init__(self, bench: Bench, detail: ChannelDetail, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench, self._session, self._detail = bench, bench.session, detail
        self._switches = Switches(bench)
        self._of: tuple[NDArray[np.float32], str, By] | None = None  # whose effects are known: logits, stage, by
        self._known: dict[int, Effects] = {}
        self._asked: int | None = None  # the channel measured last
        detail.ablate_requested.connect(self._switches.ablate)
        detail.solo_requested.connect(self._switches.solo)
        detail.installEventFilter(self)
        session = self._session
        for signal in (
            session.analysis_changed,
            session.output_changed,
            session.channel_changed,
            session.intervention_changed,
            session.target_changed,
        ):
            signal.connect(self._refresh)
        self._refresh()

    def serve_space(self, widget: QObject) -> None:
        """Space in `widget` or anywhere in it ablates the channel looked at."""
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Show and watched is self._detail:
            self._refresh()
        elif watched is not self._detail and _is_space(event):
            return self._switches.toggle()
        return False

    def _refresh(self) -> None:
        place, target = self._switches.place, self._session.target
        if place is None or target is None:
            self._bench.tasks.cancel(_LANE)
            has_picture = self._session.plain is not None
            only_stages = self.tr("Only the channels of a whole stage can be switched off: choose “Stage”")
            self._detail.show_switches(None, only_stages if has_picture else "")
            self._detail.show_effect()
            return
        plain, stage, channel = place
        self._detail.show_switches(self._switches.state)
        by = self._bench.replace_by
        if self._of is None or self._of[0] is not plain.logits or self._of[1:] != (stage, by):
            self._of, self._known, self._asked = (plain.logits, stage, by), {}, None
        effects = self._known.get(channel)
        value = None if effects is None else float(effects.on(target)[0])
        label = class_name(plain.info, target)
        self._detail.show_effect(self.tr("Effect on “{label}” if removed").format(label=label), value)
        if effects is not None:
            if self._asked != channel:
                self._bench.tasks.cancel(_LANE)
        elif self._detail.isVisible() and not (self._asked == channel and self._bench.tasks.busy(_LANE)):
            self._asked = channel
            self._measure(plain, stage, channel, by)

    def _measure(self, plain: Analysis, stage: str, channel: int, by: By) -> None:
        before = next((effects.before for effects in self._known.values()), None)
        known = self._known

        def work(task: Task) -> Effects:
            from resnet_core.evidence import effects

            task.cancel.wait(_SETTLE_S)
            task.check()
            classifier, info, maps = self._bench.classifier(), plain.info, plain.activations[stage]
            head = classifier.store.head(info.id) if stage == info.spec.stage_names[-1] else None
            if (likely := effects.likely(info.spec, stage, maps, 1)) is not None:
                with contextlib.suppress(EngineError):  # the sweep has another device serve, or says why not
                    classifier.preparer(plain, task.cancel)(likely)  # nobody else waits for its graph
            found = effects.sweep(
                classifier.runner(plain, task.cancel), info.spec, stage, maps, (channel,),
                by=by, head=head, before=before, cancel=task.cancel,
            )  # fmt: skip
            return effects.joined(list(found))

        def measured(found: Effects) -> None:
            known[channel] = found
            self._refresh()
            # Who looks at what a channel is worth may remove it.
            if self._session.intervention is None and self._detail.isVisible():
                self._bench.ahead.ablation(plain, stage, channel)

        self._bench.tasks.start(_LANE, work, measured, self._failed)

    def _failed(self, sentence: str, details: str) -> None:
        self._detail.show_effect()
        self._session.notice.emit(sentence, details)


def _is_space(event: QEvent) -> bool:
    """Space by itself, not held down."""
    if event.type() != QEvent.KeyPress or not isinstance(event, QKeyEvent) or event.key() != Qt.Key_Space:
        return False
    return not event.isAutoRepeat() and int(event.modifiers()) == int(Qt.NoModifier)
