"""Thumbnails and labels for the images nobody looks at yet: work that fills the filmstrip, one image after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.items import Item, Question, Verdict, verdict
from app.tasks import Task, TaskRunner
from resnet_core.errors import LensError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resnet_core.analysis import Classifier

THUMBNAIL_PX = 128
_THUMBNAILS, _LABELS = "thumbnails", "labels"


@dataclass(frozen=True, eq=False)
class Filled:
    """What was found out about an image: its thumbnail, or what it shows, or why there is none."""

    key: str
    thumbnail: NDArray[np.uint8] | None = None
    verdict: Verdict | None = None
    error: str = ""


class Filler:
    """Starts the work; each piece found comes to `found`, in the GUI thread."""

    def __init__(
        self,
        tasks: TaskRunner,
        classifier: Callable[[], Classifier],
        found: Callable[[Filled], None],
        failed: Callable[[str, str], None],
    ) -> None:
        self._tasks, self._classifier, self._found, self._failed = tasks, classifier, found, failed

    def draw_thumbnails(self, items: Iterable[Item]) -> None:
        missing = [(item.key, item.source) for item in items if item.thumbnail is None]

        def work(task: Task) -> None:
            from resnet_core.images import thumbnail

            for key, source in missing:
                task.check()
                try:
                    task.send(Filled(key, thumbnail=thumbnail(source, THUMBNAIL_PX)))
                except LensError as error:
                    task.send(Filled(key, error=str(error)))

        self._tasks.start(_THUMBNAILS, work, _nothing, self._failed, item=self._found)

    def label(self, asked: Iterable[tuple[Item, Question]]) -> None:
        """What every image shows, one by one, so that the one being looked at never waits for long."""
        waiting = [(item.source, question) for item, question in asked]

        def work(task: Task) -> None:
            for source, question in waiting:
                task.check()
                try:
                    analysis = self._classifier().analyse(
                        source, question.weights, outputs=("logits",), device=question.device,
                        precision=question.precision, cancel=task.cancel,
                    )  # fmt: skip
                    task.send(Filled(question.key, verdict=verdict(analysis)))
                except LensError as error:
                    task.send(Filled(question.key, error=str(error)))

        if waiting:
            self._tasks.start(_LABELS, work, _nothing, self._failed, item=self._found)

    def stop_labelling(self) -> None:
        """What is under way answers an old question."""
        self._tasks.cancel(_LABELS)


def _nothing(_: None) -> None:
    """What there is to do when work that reports piece by piece has ended."""
