"""What a session asks the network, off the GUI thread: of a picture, of a changed network, of the blocks of a stage."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.items import Item, Question
from app.tasks import Task, TaskRunner
from resnet_core.blocks import stage_of

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis, Classifier
    from resnet_core.engines.base import Intervention

SETTLE_S = 0.05  # after the answer to a change, before a block of the changed network is computed
_PICTURE, _CHANGE, _BLOCKS = "analysis", "intervene", "more"

Failed = Callable[[str, str], None]
Answer = tuple[Question, "Analysis"]


class Inference:
    """Each answer comes to `done`, or why there is none to `failed`, in the GUI thread; the latest question wins."""

    def __init__(self, tasks: TaskRunner, classifier: Callable[[], Classifier]) -> None:
        self._tasks, self._classifier = tasks, classifier
        self._stage = ""  # whose blocks are being computed, where any are

    def analyse(self, item: Item, question: Question, done: Callable[[Answer], None], failed: Failed) -> None:
        """Of a picture: the predictions and the maps of the stages."""

        def work(task: Task) -> Answer:
            classifier = self._classifier()
            classifier.keep_open(question.weights)
            analysis = classifier.analyse(
                item.source, question.weights, device=question.device, precision=question.precision, cancel=task.cancel
            )
            return question, analysis

        self._tasks.start(_PICTURE, work, done, failed)

    def change(self, plain: Analysis, change: Intervention, done: Callable[[Analysis], None], failed: Failed) -> None:
        """The same of a network that is changed, for a picture that was analysed."""
        outputs = plain.info.spec.stage_names  # one graph for every change; `complete` asks for a block's branches

        def work(task: Task) -> Analysis:
            return self._classifier().again(plain, change, outputs=outputs, cancel=task.cancel)

        self.stop_completing()
        self._tasks.start(_CHANGE, work, done, failed)

    @property
    def changing(self) -> bool:
        """Whether the answer to a change is under way."""
        return self._tasks.busy(_CHANGE)

    @property
    def busy(self) -> bool:
        """Whether any answer is."""
        return any(map(self._tasks.busy, (_PICTURE, _CHANGE, _BLOCKS)))

    def complete(
        self, question: Question, analysis: Analysis, output: str, done: Callable[[Answer], None], failed: Failed
    ) -> None:
        """The maps of `output`, a block or a branch of one, with all of its stage, if they are not under way already.

        `analysis` is what lacks them, and answers `question`.
        """
        stage = stage_of(output)
        if self._tasks.busy(_BLOCKS) and stage == self._stage:  # called off whenever `analysis` is another one
            return
        self._stage = stage
        wanted = analysis.info.spec.together(output)

        def work(task: Task) -> Answer:
            if analysis.intervention is not None:  # who moves a slider looks at the answer, and asks for the next one
                task.cancel.wait(SETTLE_S)
                task.check()
            return question, self._classifier().more(analysis, wanted, cancel=task.cancel)

        self._tasks.start(_BLOCKS, work, done, failed)

    def stop_analysing(self) -> None:
        self._tasks.cancel(_PICTURE)

    def stop_changing(self) -> None:
        """Another picture is looked at, or the network as trained."""
        self._tasks.cancel(_CHANGE)
        self.stop_completing()

    def stop_completing(self) -> None:
        self._tasks.cancel(_BLOCKS)
