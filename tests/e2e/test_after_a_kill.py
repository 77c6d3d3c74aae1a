"""The real program comes back as it was: after it was killed, and after its window was moved and closed."""

from __future__ import annotations

import json

import pytest
from journeys import SAMPLES
from real_window import RealWindow, needs_xvfb, until

from app import paths
from app.last_session import LAST

pytestmark = [*needs_xvfb, pytest.mark.slow, pytest.mark.timeout(300)]

TITLE = f"{SAMPLES[0].name} – ResNet Lens"
PLACE = "Position: 120,60"


def test_killed_reopened_moved_and_closed(display: str) -> None:
    with RealWindow(display, [SAMPLES[0]]) as window:
        until(window.process, "prediction")
        window.focus(TITLE)
        window.keys("ctrl+Right", "ctrl+Right")
        window.wait(lambda: window.kept().get("output") == "layer3", "the session, kept")
        window.process.kill()
        window.process.wait()
    assert not paths.settings_file().exists()  # it had no time to remember anything

    with RealWindow(display) as window:
        until(window.process, "window")
        window.focus("^ResNet Lens$")
        window.keys("ctrl+shift+t")
        window.focus(TITLE)
        file = paths.home() / LAST
        window.wait(file.is_file, "the session, kept again")
        window.wait(lambda: window.kept()["output"] == "layer3", "the stage that was looked at")
        number = window.tool("search", "--onlyvisible", "--name", TITLE).splitlines()[-1]
        window.tool("windowsize", "--sync", number, "1200", "780")
        window.tool("windowmove", "--sync", number, "120", "60")
        window.wait(lambda: PLACE in window.tool("getwindowgeometry", number), "the window at its new place")
        window.quit()
    remembered = json.loads(paths.settings_file().read_text("utf-8"))
    assert remembered["output"] == "layer3"
    assert remembered["recent_weights"] == ["resnet18.cifar10"]

    with RealWindow(display) as window:
        until(window.process, "window")
        window.focus("^ResNet Lens$")
        number = window.tool("search", "--onlyvisible", "--name", "^ResNet Lens$").splitlines()[-1]
        said = window.tool("getwindowgeometry", number)
        assert PLACE in said
        assert "1200x780" in said
        window.quit()
