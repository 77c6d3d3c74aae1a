"""What is likely to be asked next is compiled before: a click then waits for an inference, and for no graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from app.session import Session
from app.tasks import Task, TaskRunner

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis, Classifier
    from resnet_core.engines.base import Request

LANE = "ahead"


class Ahead:
    """Whatever asks last is served; what is compiled already costs nothing, so it may be asked for again and again."""

    def __init__(self, session: Session, tasks: TaskRunner, classifier: Callable[[], Classifier]) -> None:
        self._session, self._tasks, self._classifier = session, tasks, classifier
        self._asked: tuple[object, ...] = ()  # what is under way

    @property
    def busy(self) -> bool:
        return self._tasks.busy(LANE)

    def blocks(self, analysis: Analysis, stages: Sequence[str]) -> None:
        """Blocks of these stages may be taken apart."""

        def requests() -> Iterable[Request]:
            from resnet_core.evidence import xray

            spec, images = analysis.info.spec, analysis.images
            return (xray.likely(spec, images, analysis.activations, stage) for stage in stages)

        self._start(("blocks", analysis, *stages), requests, analysis)

    def bypass(self, plain: Analysis, block: str, settle_s: float = 0.0) -> None:
        """`block` may be switched off or scaled, by whom looks at its stage for longer than `settle_s`."""

        def requests() -> Iterable[Request]:
            from resnet_core.engines.base import Intervention
            from resnet_core.engines.resume import changed, resumed

            spec, images, maps = plain.info.spec, plain.images, plain.activations
            change = Intervention({block: 0.0})
            yield changed(spec, images, spec.stage_names, maps, None, change)[0]
            yield resumed(spec, images, spec.together(block), change, maps)

        self._start(("bypass", plain, block), requests, plain, settle_s)

    def ablation(self, plain: Analysis, stage: str, channel: int) -> None:
        """A channel of `stage` may be switched off."""

        def requests() -> Iterable[Request]:
            from resnet_core.engines.resume import changed
            from resnet_core.evidence.ablation import ablate

            spec, maps = plain.info.spec, plain.activations
            yield changed(spec, plain.images, spec.stage_names, maps, None, ablate(stage, channel, maps[stage]))[0]

        self._start(("ablation", plain, stage), requests, plain)

    def channels(self, plain: Analysis, stage: str) -> None:
        """The channels of `stage` may be measured. Only on a CPU, where one graph serves any number at a time."""
        if plain.device != "cpu":
            return

        def requests() -> Iterable[Request]:
            from resnet_core.evidence import effects

            request = effects.likely(plain.info.spec, stage, plain.activations[stage])
            return () if request is None else (request,)

        self._start(("channels", plain, stage), requests, plain)

    def _start(
        self,
        asked: tuple[object, ...],
        requests: Callable[[], Iterable[Request]],
        analysis: Analysis,
        settle_s: float = 0.0,
    ) -> None:
        if asked == self._asked and self.busy:
            return  # what is under way would begin anew
        self._asked = asked

        def work(task: Task) -> None:
            task.cancel.wait(settle_s)
            task.check()
            prepare = self._classifier().preparer(analysis, task.cancel)
            for request in requests():
                prepare(request)

        self._tasks.start(LANE, work, self._done, self._failed)

    def _done(self, _: None) -> None:
        self._asked = ()  # it holds an analysis with all its maps

    def _failed(self, sentence: str, details: str) -> None:
        """What a device can't do is said to whoever asks for it; a mistake of ours is said here."""
        self._asked = ()
        if details:
            self._session.notice.emit(sentence, details)
