"""Evidence: the class's logit as the exact sum of what the channels of the last stage contribute, and where."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PyQt5.QtWidgets import QWidget

from app.i18n import class_name
from app.instruments.base import Instrument, Overlay, reach_of, span_text
from app.instruments.table import MAPS
from app.scene import Chosen
from app.tasks import Task
from app.widgets.evidence_panel import NONE, EvidencePanel, ShownEvidence

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis
    from resnet_core.evidence.numbers import Numbers

LISTED = 10  # classes to choose from


class Evidence(Instrument):
    """Takes apart the score of the class asked about; the map lies over the photo while this is looked at."""

    panel: EvidencePanel

    def make_panel(self) -> QWidget:
        panel = EvidencePanel()
        self._versus: int | None = None
        self._asked: tuple[int, int, int | None, str] | None = None  # what is shown, or being computed, answers this
        self._shown: tuple[Analysis, ShownEvidence] | None = None
        self._overlay: Overlay | None = None
        panel.class_chosen.connect(self.session.look_at_class)
        panel.versus_chosen.connect(self._hold_against)
        panel.channel_chosen.connect(self._look_at_channel)
        panel.channel_hovered.connect(self._highlight)
        panel.hovered.connect(self._probe)
        panel.unhovered.connect(self.bench.unprobe_requested)
        self.bench.moved.connect(self._probed)
        return panel

    def refresh(self) -> None:
        analysis, target = self.analysis, self.session.target
        if analysis is None or target is None:
            self.cancel("sum")
            self._asked = self._shown = None
            self._lay_over(None)
            self.panel.clear()
            self.message.emit(self.tr("Open a picture to see what its predictions are made of."), True)
            return
        if self._versus is not None and (self._versus == target or self._versus >= analysis.info.spec.num_classes):
            self._versus = None
        self._show_classes(analysis, target)
        asked = (id(analysis.logits), target, self._versus, self.bench.colours())
        if asked == self._asked:  # another stage is looked at, or one more map was computed
            self._emit(self._overlay)
            return
        self._asked = asked
        self._compute(analysis, *asked[1:])

    def _compute(self, analysis: Analysis, target: int, versus: int | None, colours: str) -> None:
        stage = analysis.info.spec.stage_names[-1]
        info = analysis.info
        name, rival = class_name(info, target), None if versus is None else class_name(info, versus)

        def work(task: Task) -> ShownEvidence:
            from resnet_core.evidence import classes

            head = self.bench.classifier().store.head(info.id)
            maps = analysis.activations[stage]
            found = classes.contributions(maps, head, target, versus)
            place = classes.class_map(maps, head, target, versus)
            return ShownEvidence(found, place, maps, stage, analysis.logits, name, rival, analysis.precision, colours)

        self.start("sum", work, lambda shown: self._computed(analysis, shown))

    def _computed(self, analysis: Analysis, shown: ShownEvidence) -> None:
        self._shown = analysis, shown
        self.panel.show_evidence(shown)
        if shown.rival is None:
            label = self.tr("Evidence for “{0}”").format(shown.name)
        else:
            label = self.tr("“{0}”, not “{1}”").format(shown.name, shown.rival)
        self._lay_over(Overlay.about_zero(shown.place, label))

    def _show_classes(self, analysis: Analysis, target: int) -> None:
        from app.widgets._shares import percent

        listed = list(analysis.top(LISTED))
        for index in (target, self._versus):
            if index is not None and all(one.index != index for one in listed):
                listed.append(next(one for one in analysis.predictions if one.index == index))
        rows = [(one.index, f"{class_name(analysis.info, one.index)}  {percent(one.probability)}") for one in listed]
        self.panel.show_classes(rows, target, NONE if self._versus is None else self._versus)

    def _hold_against(self, index: int) -> None:
        self._versus = None if index == NONE else index
        self.refresh()

    def chosen(self) -> Chosen:
        return Chosen(against=self._versus)

    def choose(self, chosen: Chosen) -> None:
        self._hold_against(NONE if chosen.against is None else chosen.against)

    def _look_at_channel(self, channel: int) -> None:
        if self._shown is not None:
            self.session.look_at(self._shown[1].stage, channel)
            self.bench.switch_requested.emit(MAPS)

    def _highlight(self, channel: int) -> None:
        """What one channel adds, over the photo: its map times its weight; -1: all of them again."""
        if self._shown is None:
            return
        shown = self._shown[1]
        if channel < 0:
            self._emit(self._overlay)
            return
        part = shown.found.weights[channel] * shown.maps[channel]
        self._emit(Overlay.about_zero(part, self.tr("Channel {0} alone").format(channel)))

    def _probe(self, y: int, x: int) -> None:
        """The places of the map are those of the last stage."""
        if self._shown is not None and self.shows(self._shown[0]):
            self.bench.probe_requested.emit(self._shown[1].stage, y, x, None)

    def _probed(self, output: str, y: int, x: int) -> None:
        """The place under the cursor, wherever that is."""
        shown = self._shown
        self.panel.show_place(None if shown is None else self.unit_at(shown[0], shown[1].stage, output, y, x))

    def _lay_over(self, overlay: Overlay | None) -> None:
        self._overlay = overlay
        self._emit(overlay)

    def _emit(self, overlay: Overlay | None) -> None:
        if self.active:
            self.bench.overlay_changed.emit(overlay)

    def scale(self) -> str:
        if self._shown is None:
            return ""
        reach = reach_of(self._shown[1].place)
        return span_text(-reach, reach)

    def numbers(self) -> Numbers | None:
        if self._shown is None:
            return None
        from resnet_core.evidence import classes

        analysis, shown = self._shown
        every = shown.found.strongest(len(shown.found.parts))
        found = classes.numbers(shown.found, shown.place, shown.logits, analysis.info.class_label, every)
        return replace(found, facts={"stage": shown.stage, **found.facts})
