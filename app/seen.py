"""What the network said of the pictures looked at last, so that going back to one asks nobody."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.items import Question

if TYPE_CHECKING:
    from resnet_core.analysis import Analysis

ANALYSES_KEPT = 12  # a ResNet-50's stage maps are 9 MB
BLOCKS_KEPT_BYTES = 192 * 2**20
"""Of maps inside the stages, computed a stage at a time: 29 MB in a ResNet-50's layer1, 66 MB in all of it."""


class SeenAnalyses:
    """The last analyses by their question, each with its stages; the blocks only of the latest ones.

    The latest of all keeps its blocks however large they are: it is what is looked at.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[Question, Analysis] = OrderedDict()

    def __contains__(self, question: Question) -> bool:
        return question in self._kept

    def get(self, question: Question) -> Analysis | None:
        return self._kept.get(question)

    def put(self, question: Question, analysis: Analysis) -> None:
        self._kept[question] = analysis
        self._kept.move_to_end(question)
        while len(self._kept) > ANALYSES_KEPT:
            self._kept.popitem(last=False)
        room = BLOCKS_KEPT_BYTES
        for other in reversed(self._kept):
            kept = self._kept[other]
            room -= sum(maps.nbytes for name, maps in kept.activations.items() if "." in name)
            if room < 0 and kept is not analysis:
                self._kept[other] = _without_blocks(kept)

    def clear(self) -> None:
        self._kept.clear()


def _without_blocks(analysis: Analysis) -> Analysis:
    stages = {name: maps for name, maps in analysis.activations.items() if "." not in name}
    return replace(analysis, activations=MappingProxyType(stages))
