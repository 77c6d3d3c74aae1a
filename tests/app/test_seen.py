"""What is kept of the pictures looked at: the last ones, and of those out of sight few blocks."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from app import seen
from app.items import Question
from app.seen import ANALYSES_KEPT, SeenAnalyses
from resnet_core.analysis import Analysis

MAP = np.zeros((4, 8, 8), np.float32)


def question(number: int) -> Question:
    return Question(f"{number}.jpg", 0, "resnet18.cifar10", "auto", "exact")


def analysis(*outputs: str) -> Analysis:
    nothing = {field.name: None for field in fields(Analysis)}
    return Analysis(**nothing | {"activations": dict.fromkeys(outputs, MAP)})  # type: ignore[arg-type]


def test_the_last_ones_are_kept() -> None:
    kept, first = SeenAnalyses(), analysis("layer1")
    for number in range(ANALYSES_KEPT):
        kept.put(question(number), first)
    kept.put(question(0), first)  # looked at again
    kept.put(question(ANALYSES_KEPT), first)
    assert question(0) in kept
    assert question(1) not in kept
    assert kept.get(question(1)) is None
    kept.clear()
    assert question(0) not in kept


def test_blocks_are_kept_of_the_latest_and_stages_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen, "BLOCKS_KEPT_BYTES", 4 * MAP.nbytes)
    kept = SeenAnalyses()
    for number in range(4):
        kept.put(question(number), analysis("layer1", "layer1.0", "layer1.0.residual"))
    held = [tuple(found.activations) for number in range(4) if (found := kept.get(question(number)))]
    assert held == [("layer1",)] * 2 + [("layer1", "layer1.0", "layer1.0.residual")] * 2


def test_the_one_that_is_looked_at_keeps_its_blocks_however_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen, "BLOCKS_KEPT_BYTES", 1)
    kept, one = SeenAnalyses(), analysis("layer1", "layer1.0")
    kept.put(question(0), one)
    assert kept.get(question(0)) is one
    kept.put(question(1), analysis("layer1", "layer1.0"))
    other = kept.get(question(0))
    assert other is not None
    assert tuple(other.activations) == ("layer1",)
