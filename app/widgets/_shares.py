"""Probabilities, and changes of them, as people read them."""

from __future__ import annotations

from app.widgets._numbers import MINUS

UNKNOWN = "\N{EN DASH}"


def percent(probability: float | None) -> str:
    """51.4 %, and < 0.1 % where a zero would be untrue."""
    if probability is None:
        return UNKNOWN
    return f"{100 * probability:.1f} %" if probability >= 0.0005 or probability == 0 else "< 0.1 %"


def points(change: float | None) -> str:
    """A change in percentage points: +12.3, −4.0, and 0.0 for what rounds to nothing."""
    if change is None:
        return UNKNOWN
    text = f"{100 * change:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text.replace("-", MINUS)
