"""No text of the window is left in English in another language: all of them go through a translation."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from everything import scenes
from pseudo_language import shown, texts
from PyQt5.QtGui import QPainter
from pytestqt.qtbot import QtBot

from app import i18n
from app.program import Program
from app.settings import Settings
from app.widgets import _painting as paint

NAMES = re.compile(
    r"""
    </?\w+/?> | ResNet\ Lens(\ [\d.]+)?                             # tags, the program's name
    | https?://\S+ | [\w-]+\.(jpg|lens|png|pt|pth|safetensors|json|log)\b
    | (plain|resnet|resnext|wide_resnet|ResNet-?)\d*[\w.]*         # networks and weights
    | CIFAR-10 | ImageNet-1k | imagenet1k_v\d | cifar10
    | (conv|layer|bn)\d[\w.]* | avgpool | \bfc\b | F\(x\) | ReLU | CKA
    | (Ctrl|Alt|Shift|Esc|Del|Space|F\d+)\b                        # keys, where Qt has no word for them
    | \b(px|ms|MB|GB|kMAC|MMAC|GMAC|MAC)\b                         # units
    | \b(magma|viridis|cividis|grey|English)\b                    # colour tables and languages have their own names
    | (OpenVINO|CPU|Intel|AMD)[^·]* | CUDA | XPU | b?float\d\d       # what computes, and in which numbers
    | (Python|Qt|PyQt|numpy|Pillow|torch|Linux)\ [\d.]+.*           # versions
    | \w+\ (et\ al\.|and\ \w+)\ \d{4}                              # papers
    """,
    re.VERBOSE,
)
TOLD = {
    *("Said", "And", "why", "said", "RuntimeError", "the", "report", "Fetch", "it", "pictures", "cat", "dog"),
    "Export",  # an action of pyqtgraph's that nothing opens
}


@pytest.fixture
def pseudo() -> Iterator[None]:
    i18n.use("zh_CN", texts())
    yield
    i18n.install("en")


@pytest.fixture
def program(qtbot: QtBot, pseudo: None) -> Iterator[Program]:
    running = Program(Settings())
    qtbot.addWidget(running.window)
    running.show()
    qtbot.waitUntil(lambda: running.started, timeout=20_000)
    yield running
    running.close()


@pytest.mark.slow
@pytest.mark.qt_log_ignore("propagateSizeHints", "raise")
def test_nothing_stays_english(qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: set[str] = set()
    draw = paint.draw_text

    def recording(painter: QPainter, rect: object, text: str, *args: object, **kwargs: object) -> None:
        painted.add(text)
        draw(painter, rect, text, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(paint, "draw_text", recording)
    english: dict[str, str] = {}
    for scene, window in scenes(qtbot, program):
        painted.clear()
        window.grab()
        for where, text in (*shown(window), *(("painted", each) for each in painted)):
            left = [word for word in re.findall(r"[A-Za-z]{2,}", NAMES.sub("", text)) if word not in TOLD]
            if left:
                english.setdefault(f"{where}: {text!r} {left}", scene)
    assert not english, "\n".join(f"{scene}: {what}" for what, scene in english.items())
