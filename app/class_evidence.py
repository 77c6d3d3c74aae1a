"""The grid's ranking by evidence: where the last stage is looked at, what each channel contributes to the class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject

from app.i18n import class_name
from app.instruments.base import Bench
from app.tasks import Task
from app.widgets.feature_grid import FeatureGrid

if TYPE_CHECKING:
    from resnet_core.weights.head import Head

LONGEST_NAME = 18  # characters of a class's name in the grid's heading


class ClassEvidence(QObject):
    """Offers the ranking only for the maps it is exact for, and renews it with the picture and the class."""

    def __init__(self, bench: Bench, grid: FeatureGrid, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench, self._session, self._grid = bench, bench.session, grid
        self._head: tuple[str, Head] | None = None  # of the weights with this id, as last read
        for signal in (self._session.analysis_changed, self._session.output_changed, self._session.target_changed):
            signal.connect(self.offer)

    def offer(self) -> None:
        """What is offered belongs to the maps that are shown: others are."""
        analysis, target, output = self._session.analysis, self._session.target, self._session.output
        if analysis is None or target is None or output != analysis.info.spec.stage_names[-1]:
            self._bench.tasks.cancel("head")
            return
        weights_id = analysis.info.id
        if self._head is not None and self._head[0] == weights_id:
            self._show(self._head[1])  # at once: the grid is not to be seen in another order in between

        def work(task: Task) -> tuple[str, Head]:
            return weights_id, self._bench.classifier().store.head(weights_id)

        self._bench.tasks.start("head", work, self._read, self._session.notice.emit)

    def _read(self, found: tuple[str, Head]) -> None:
        """The head is the same as before, unless its file was replaced."""
        before, self._head = self._head, found
        if before is None or before[1] is not found[1]:
            self._show(found[1])

    def _show(self, head: Head) -> None:
        from resnet_core.evidence.classes import class_weights

        analysis, target, output = self._session.analysis, self._session.target, self._session.output
        if analysis is None or target is None or output not in analysis.activations:
            return
        maps, weights = analysis.activations[output], class_weights(head, target)
        if len(weights) != len(maps):  # a head of other weights, about to be replaced
            return
        name = class_name(analysis.info, target)
        short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
        scores = weights * maps.reshape(len(maps), -1).mean(axis=1)
        plain = self._session.plain.activations.get(output) if self._session.plain is not None else None
        trained = None if plain is None or plain is maps else weights * plain.reshape(len(plain), -1).mean(axis=1)
        self._grid.show_evidence(maps, scores, self.tr("evidence for {0}").format(short), trained=trained)
