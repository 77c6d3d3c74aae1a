"""A window, for whoever needs no certain picture in it, and a network with more classes than the bundled one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from journeys import open_window
from pytestqt.qtbot import QtBot
from random_networks import random_parameters

from app.program import Program
from resnet_core.networks import named
from resnet_core.preprocess import Preprocess
from resnet_core.weights.catalog import WeightsInfo


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    with open_window(qtbot) as running:
        yield running


@pytest.fixture
def a_thousand_classes(program: Program) -> str:
    """The id of weights on this disk whose answer to a sample is a class that the bundled network has not."""
    spec = replace(named("resnet20"), num_classes=1000)
    info = WeightsInfo("resnet20.thousand", spec, "thousand", "imported", Preprocess(32, 32))
    program.store.save(info, random_parameters(spec))
    program.library.refresh()
    return info.id
