"""The state of one window: the opened images, and what the network says of the one being looked at.

Every view redraws from here and asks for changes here; nobody else starts work. Nothing below knows a widget.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, pyqtSignal

from app.album import Album
from app.filler import Filled, Filler
from app.inference import Answer, Inference
from app.items import Item, Question, caption, verdict
from app.library import Library
from app.seen import SeenAnalyses
from app.tasks import TaskRunner

if TYPE_CHECKING:  # what decodes and computes is imported by the work that needs it, after the window is on screen
    from resnet_core.analysis import Analysis, Classifier
    from resnet_core.engines.base import Intervention, Precision
    from resnet_core.spec import ResNetSpec


class Session(Album):
    """Signals say what changed; the attributes hold it."""

    analysis_changed = pyqtSignal()  # `analysis` is new, more complete, or None
    failed = pyqtSignal(str)  # the current image can't be shown: a sentence for its place
    busy_changed = pyqtSignal(bool)
    output_changed = pyqtSignal()  # another stage, block or branch is being looked at
    channel_changed = pyqtSignal()
    intervention_changed = pyqtSignal()  # another change is made to the network; its answer is not there yet
    target_changed = pyqtSignal()  # another class is being asked about

    def __init__(
        self, classifier: Callable[[], Classifier], library: Library, tasks: TaskRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(tasks, parent)
        self.library = library
        self.device = "auto"
        self.precision: Precision = "exact"
        self.analysis: Analysis | None = None
        self.plain: Analysis | None = None  # `analysis` without the intervention: the network as trained
        self.intervention: Intervention | None = None
        self._changed_on: Analysis | None = None  # the picture that the intervention was made for
        self._target: int | None = None
        self.output = "layer1"
        self.channel: int | None = None
        self._answers: Question | None = None  # what `analysis` answers
        self.classifier = classifier  # call it in workers only: the first call imports the engines
        self._inference = Inference(tasks, classifier)
        self._filler = Filler(tasks, classifier, self._filled, self.notice.emit)
        self._seen = SeenAnalyses()
        library.in_use_changed.connect(self._network_changed)
        self.opened.connect(self._draw_thumbnails)

    # -- images --------------------------------------------------------------------------------------------------------

    def select(self, key: str | None) -> None:
        """Look at another opened image, or at none."""
        before = self.items.get(self.current or "")
        if before is not None and before.state == "busy":  # what was asked for it is superseded now
            self.update(before.key, state="waiting")
        super().select(key)
        if key is None:
            self._inference.stop_analysing()
            self._show(None, None)
        else:
            self._analyse(key)

    def clear(self) -> None:
        self._seen.clear()
        super().clear()

    def restore(self, snapshot: tuple[dict[str, Item], str | None]) -> None:
        """As `Album.restore`; what another network said of the pictures, or nobody yet, is asked again."""
        items, current = snapshot
        weights = self.library.in_use.id
        known = {
            key: item
            if item.verdict is not None and item.verdict.weights == weights
            else replace(item, state="waiting", caption="", verdict=None)
            for key, item in items.items()
        }
        super().restore((known, current))
        self._draw_thumbnails()

    def _draw_thumbnails(self) -> None:
        self._filler.draw_thumbnails(self.items.values())

    # -- the network and where it runs ---------------------------------------------------------------------------------

    def run_on(self, device: str, precision: Precision) -> None:
        if (device, precision) != (self.device, self.precision):
            self.device, self.precision = device, precision
            self._network_changed()

    def _network_changed(self) -> None:
        self._filler.stop_labelling()
        self._inference.stop_completing()
        for item in list(self.items.values()):
            self.update(item.key, state="waiting", caption="", verdict=None)
        if self.current is not None:
            self._analyse(self.current)

    # -- what is looked at ---------------------------------------------------------------------------------------------

    def look_at(self, output: str, channel: int | None = None) -> None:
        """Show a stage ("layer2"), a block ("layer2.1") or a branch of it ("layer2.1.residual").

        What neither the network in use nor the one last heard of has is not looked at: the head, another's stage.
        """
        if not any(output in spec.output_names[:-1] for spec in self._specs()):
            return
        if output != self.output:
            self.output, self.channel = output, channel
            self.complete()  # at once: the network computes while the views follow
            self.output_changed.emit()
        elif channel is not None:
            self.look_at_channel(channel)

    def _specs(self) -> list[ResNetSpec]:
        """The network in use, and the one whose answer is shown until that one's is there."""
        return [info.spec for info in (self.library.in_use, self.analysis.info if self.analysis else None) if info]

    def look_at_channel(self, channel: int) -> None:
        if channel != self.channel:
            self.channel = channel
            self.channel_changed.emit()

    @property
    def target(self) -> int | None:
        """The index of the class that is asked about: the one chosen, else the most probable as trained."""
        if self.plain is None:
            return None
        return self.plain.predictions[0].index if self._target is None else self._target

    def look_at_class(self, index: int | None) -> None:
        """Ask about a class; None: about the most probable one."""
        before, self._target = self.target, index
        if self.target != before:
            self.target_changed.emit()

    # -- changes made to the network -----------------------------------------------------------------------------------

    def intervene(self, change: Intervention | None) -> None:
        """Change the network while it runs; None: let it be as it was trained. It stays so for further pictures."""
        self.intervention = None if change is not None and change.changes_nothing else change
        self._carry_over()
        if self.plain is not None and self.intervention is not None:
            self._ask_again(self.plain, self.intervention)  # at once: the network computes while the views follow
        self.intervention_changed.emit()
        if self.plain is not None and self.intervention is None:
            self._inference.stop_changing()
            if self.analysis is not self.plain:
                self.analysis = self.plain
                self.analysis_changed.emit()
            self.complete()

    @property
    def changing(self) -> bool:
        """Whether the answer to a change is under way."""
        return self._inference.changing

    @property
    def answering(self) -> bool:
        """Whether any answer is: to a picture, to a change, or of a block."""
        return self._inference.busy

    def _ask_again(self, plain: Analysis, change: Intervention) -> None:
        self._inference.change(plain, change, self._intervened, self._intervention_failed)

    def _intervened(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.analysis_changed.emit()
        self.complete()

    def _intervention_failed(self, sentence: str, details: str) -> None:
        self.notice.emit(sentence, details)
        self.intervene(None)

    # -- work ----------------------------------------------------------------------------------------------------------

    def _question(self, item: Item) -> Question:
        return Question(item.key, item.version, self.library.in_use.id, self.device, self.precision)

    def _analyse(self, key: str) -> None:
        item, question = self.items[key], self._question(self.items[key])
        if seen := self._seen.get(question):
            self._inference.stop_analysing()
            self._analysed((question, seen))
            return
        self.update(key, state="busy")
        self.busy_changed.emit(True)
        self._inference.analyse(item, question, self._analysed, self._analysis_failed)

    def _analysed(self, answer: Answer) -> None:
        question, analysis = answer
        found = verdict(analysis)
        self.update(question.key, state="done", caption=caption(found), verdict=found)
        if analysis.notice and question not in self._seen:
            self.notice.emit(analysis.notice, "")
        self._seen.put(question, analysis)
        self._show(question, analysis)
        self._label_the_rest()

    def _analysis_failed(self, sentence: str, details: str) -> None:
        if self.library.fall_back():  # its file is gone: the bundled weights are asked instead, by in_use_changed
            self.notice.emit(sentence, details)
            return
        if self.current is not None:
            self.update(self.current, state="failed", caption=sentence)
        self._show(None, None)
        self.failed.emit(sentence)
        if details:
            self.notice.emit(sentence, details)
        self._label_the_rest()

    def _show(self, question: Question | None, analysis: Analysis | None) -> None:
        self._inference.stop_changing()
        self.busy_changed.emit(False)
        before, self._answers = self._answers, question
        if before is None or question is None or (before.key, before.weights) != (question.key, question.weights):
            self._target = None
        self.analysis = self.plain = analysis
        if analysis is not None and self.output not in analysis.info.spec.output_names:
            self.output, self.channel = analysis.info.spec.stage_names[-1], None
        self._carry_over()
        self.analysis_changed.emit()
        if analysis is not None and self.intervention is not None:
            self._ask_again(analysis, self.intervention)
        else:
            self.complete()

    def _carry_over(self) -> None:
        """An intervention is one in a certain network, and may hold numbers of a certain picture."""
        before, self._changed_on = self._changed_on, self.plain or self._changed_on
        if self.analysis is None or self.intervention is None:
            return
        from app.carried_over import carried_over

        kept = carried_over(self.intervention, self.analysis.info.spec, before, self.plain)
        if kept is self.intervention:
            return
        self.intervention = kept
        self.intervention_changed.emit()
        if kept is None:
            weights_id = self.library.in_use.id
            self.notice.emit(
                f"What was changed in the other network does not fit {weights_id}, which runs as trained.", ""
            )

    def complete(self, output: str | None = None) -> None:
        """Compute the maps of `output`, a block or a branch of one (None: what is looked at), with all of its stage.

        `analysis` has them when it changes the next time. Nothing happens where it has them already, nor while another
        answer is under way: whoever needs them asks again when that is there.
        """
        question, analysis, output = self._answers, self.analysis, output or self.output
        if question is None or analysis is None or self.changing or output in analysis.activations:
            return
        self._inference.complete(question, analysis, output, self._completed, self.notice.emit)

    def _completed(self, answer: Answer) -> None:
        question, analysis = answer
        if analysis.intervention is None:
            self._seen.put(question, analysis)
            self.plain = analysis
        self._answers, self.analysis = question, analysis
        self.analysis_changed.emit()

    def _label_the_rest(self) -> None:
        self._filler.label((item, self._question(item)) for item in self.items.values() if item.state == "waiting")

    def _filled(self, found: Filled) -> None:
        if found.thumbnail is not None:
            self.update(found.key, thumbnail=found.thumbnail)
        else:
            what = found.error or (caption(found.verdict) if found.verdict else "")
            self.update(found.key, state="failed" if found.error else "done", caption=what, verdict=found.verdict)
