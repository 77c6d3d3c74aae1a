"""Words can be read on whatever they stand: WCAG 2.1, 4.5 : 1; what is drawn, 3 : 1. What is disabled is exempt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from PyQt5.QtGui import QColor, QPalette
from PyQt5.QtWidgets import QApplication

from app import theme, widgets
from app.stylesheet import stylesheet
from app.widgets import _painting as paint
from app.widgets._results import readable_on

THEMES = pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=lambda tokens: tokens.name)
GROUNDS = ("window", "panel", "sunken", "hover", "accent_soft")  # what parts, rows and cards are filled with
WORDS = {
    "text": (*GROUNDS, "track"),
    "muted": (*GROUNDS, "track"),
    "accent": (*GROUNDS, "track"),
    "second": GROUNDS,
    "good": GROUNDS,
    "bad": (*GROUNDS, "track"),
    "on_accent": ("accent", "accent_hover"),
}
"""Every colour that words are written in, and what they stand on."""
SHAPES = {"accent": GROUNDS, "second": GROUNDS, "good": GROUNDS, "bad": GROUNDS, "faint": ("window", "panel")}
LINES = {"line", "line_strong"}  # of frames and axes, beside which everything else says the same


def luminance(name: str) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in QColor(name).getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.1."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(params=["light", "dark"])
def dressed(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[theme.Tokens]:
    yield theme.apply(qapp, request.param)
    theme.apply(qapp, "light")


@THEMES
@pytest.mark.parametrize("word", WORDS)
def test_words_can_be_read(tokens: theme.Tokens, word: str) -> None:
    for ground in WORDS[word]:
        assert contrast(getattr(tokens, word), getattr(tokens, ground)) >= 4.5, (word, ground)


@THEMES
@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_can_be_seen(tokens: theme.Tokens, shape: str) -> None:
    for ground in SHAPES[shape]:
        assert contrast(getattr(tokens, shape), getattr(tokens, ground)) >= 3, (shape, ground)


def test_what_is_painted_keeps_to_these_colours() -> None:
    """A pen in another colour would be words that nobody measured."""
    used: dict[str, str] = {}
    for file in Path(widgets.__file__).parent.glob("*.py"):
        for pen in re.findall(r"set(?:Text)?Pen\((?!QPen|self)(.*)\)\n", file.read_text("utf-8")):
            for token in re.findall(r"theme\.colour\(([^()]*(?:\([^()]*\)[^()]*)*)\)", pen):
                used |= dict.fromkeys(re.findall(r'(?:^|if .*? else |^)"([a-z_]+)"', token), file.name)
                used |= dict.fromkeys(re.findall(r'else "([a-z_]+)"', token), file.name)
    assert {"text", "muted", "accent", "bad"} <= used.keys()
    assert {token: file for token, file in used.items() if token not in WORDS.keys() | LINES} == {}


def rules(tokens: theme.Tokens) -> Iterator[tuple[str, dict[str, str]]]:
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", stylesheet(tokens)):
        pairs = (part.split(":", 1) for part in body.split(";") if ":" in part)
        yield " ".join(selectors.split()), {key.strip(): value.strip() for key, value in pairs}


@THEMES
def test_the_style_sheet_keeps_to_them_too(tokens: theme.Tokens) -> None:
    """A rule with a ground of its own is read on that; one without on all there are."""
    by_colour = {value: name for name, value in asdict(tokens).items() if value.startswith("#")}
    measured = 0
    for selectors, body in rules(tokens):
        if "color" not in body or all(":disabled" in each for each in selectors.split(",")):
            continue
        own = body.get("background", "transparent")
        grounds = [getattr(tokens, ground) for ground in GROUNDS] if own == "transparent" else [own]
        for ground in grounds:
            assert contrast(body["color"], ground) >= 4.5, (selectors, by_colour[body["color"]], by_colour[ground])
        measured += 1
    assert measured > 15


@pytest.mark.parametrize(
    ("words", "ground"),
    [
        (QPalette.WindowText, QPalette.Window),
        (QPalette.Text, QPalette.Base),
        (QPalette.Text, QPalette.AlternateBase),
        (QPalette.ButtonText, QPalette.Button),
        (QPalette.ToolTipText, QPalette.ToolTipBase),
        (QPalette.PlaceholderText, QPalette.Base),
        (QPalette.HighlightedText, QPalette.Highlight),
        (QPalette.BrightText, QPalette.Window),
        (QPalette.Link, QPalette.Window),
        (QPalette.Link, QPalette.Base),
        (QPalette.LinkVisited, QPalette.Base),
    ],
)
def test_the_palette_of_qts_own_parts(
    qapp: QApplication, dressed: theme.Tokens, words: QPalette.ColorRole, ground: QPalette.ColorRole
) -> None:
    for group in (QPalette.Active, QPalette.Inactive):
        names = [qapp.palette().color(group, role).name() for role in (words, ground)]
        assert contrast(*names) >= 4.5


@pytest.mark.parametrize("token", ["accent", "second", "track"])
def test_numbers_on_the_cells_of_a_matrix(dressed: theme.Tokens, token: str) -> None:
    for share in range(101):
        cell = paint.tint(token, share / 100)
        assert contrast(readable_on(cell).name(), cell.name()) >= 4.5, share


def test_numbers_on_the_blocks_of_the_x_ray(dressed: theme.Tokens) -> None:
    for share in (0.28, 0.5):  # as `_block_chooser` draws them; the chosen one is the accent
        assert contrast(dressed.text, paint.tint("accent", share).name()) >= 4.5
