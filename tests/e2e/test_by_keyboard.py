"""From the start to an exported result without a mouse: the real program, real keys, and the file in the end."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from journeys import SAMPLES
from real_window import RealWindow, needs_xvfb, until

from app import paths

pytestmark = [*needs_xvfb, pytest.mark.slow, pytest.mark.timeout(300)]

BACK_TO_THE_PREDICTIONS = 11  # from the maps: the bar of instruments, six stages, a line, "more", "fewer", the list
TO_THE_BARS_OF_DEPTH = 1  # from what they show


def test_the_whole_program_by_keyboard_alone(display: str, tmp_path: Path) -> None:
    pictures, table = SAMPLES[:3], tmp_path / "table.csv"
    with RealWindow(display) as window:
        until(window.process, "window")

        # Open: the file dialog takes several names.
        window.focus("^ResNet Lens$")
        window.keys("ctrl+o")
        window.focus("^Open pictures$")
        window.type(" ".join(f'"{picture}"' for picture in pictures))
        window.keys("Return")
        main = f"{pictures[0].name} – ResNet Lens"
        window.focus(main)

        def kept(what: str, value: Any) -> None:
            def is_so() -> bool:
                there = window.kept()
                return (there.get(what) == value) if not callable(value) else bool(there) and value(there[what])

            window.wait(is_so, f"{what}: {value}")

        kept("images", lambda images: len(images) == len(pictures))

        # The predictions: ask about the third class, then about the second.
        window.keys(*["shift+Tab"] * BACK_TO_THE_PREDICTIONS, "Down", "Down")
        kept("class", lambda index: index is not None)
        third = window.kept()["class"]
        window.keys("Up")
        kept("class", lambda index: index not in (None, third))

        # Another stage from anywhere, another channel in the grid.
        window.keys("ctrl+Right", "ctrl+Right")
        kept("output", "layer3")
        window.keys(*["Tab"] * BACK_TO_THE_PREDICTIONS)
        first = window.kept()["channel"]
        window.keys("Right", "Right")
        kept("channel", lambda channel: channel not in (None, first))

        # Switch it off, and let the network be as it was trained.
        window.keys("space")
        kept("change", lambda change: list(change["masks"]) == ["layer3"])
        window.keys("Escape")
        kept("change", {"gates": {}, "masks": {}, "offsets": {}})

        # An instrument: bypass the block after the one looked at.
        window.keys("F4", *["Tab"] * TO_THE_BARS_OF_DEPTH, "Right", "space")
        kept("instrument", "depth")
        kept("change", lambda change: list(change["gates"].values()) == [0])
        bypassed = next(iter(window.kept()["change"]["gates"]))
        window.keys("Escape", "F2")
        kept("change", {"gates": {}, "masks": {}, "offsets": {}})

        # The row of pictures: on by the arrows, and back by the keys that work everywhere.
        window.keys("alt+Right")
        kept("current", 1)
        window.keys("alt+Right")
        kept("current", 2)
        window.keys("alt+Left")
        kept("current", 1)

        # The table of results, sorted by probability, exported.
        window.keys("ctrl+r")
        window.focus("^Results$")
        window.keys("Tab", "Right", "Right", "space")  # the headings: by the probability of the first class
        window.keys("Tab", "Tab", "space")
        window.focus("^Export results$")
        window.type(str(table))
        window.keys("Return")
        window.wait(table.is_file, "the exported table")
        window.wait(lambda: window.gone("^Export results$"), "the end of the file dialog")
        window.focus("^Results$")
        window.keys("Escape")
        window.wait(lambda: window.gone("^Results$"), "the end of the results")
        window.focus(f"{pictures[1].name} – ResNet Lens")
        window.quit()

    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {Path(row["path"]).name for row in rows} == {picture.name for picture in pictures}
    assert {row["weights"] for row in rows} == {"resnet18.cifar10"}
    probabilities = [float(row["probability1"]) for row in rows]
    assert 0.1 < probabilities[0] < probabilities[1] < probabilities[2] <= 1
    remembered = json.loads(paths.settings_file().read_text("utf-8"))
    assert remembered["output"] == bypassed
    assert remembered["last_folder"] == str(pictures[0].parent)
