"""How numbers are written, everywhere in the window: as many figures as tell, with the real minus sign."""

from __future__ import annotations

from app.i18n import tr

MINUS, TIMES, DOT = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}", "\N{MIDDLE DOT}"


def shape_text(shape: tuple[int, ...]) -> str:
    """(256, 56, 56) as people write it."""
    return f" {TIMES} ".join(str(side) for side in shape)


def count_text(number: float) -> str:
    """A count in three figures: 9.5 k, 148 k, 2.10 M, 1.81 G."""
    for unit, size in (("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if number >= 0.9995 * size:
            value = number / size
            digits = 0 if value >= 99.95 else 1 if value >= 9.995 else 2
            if unit == "k":
                digits = 1 if value < 9.95 else 0
            return f"{value:.{digits}f} {unit}"
    return f"{number:.0f}"


def macs_text(number: float) -> str:
    """Multiply-accumulates: 0.41 GMAC, 33 MMAC."""
    return f"{number / 1e9:.2f} GMAC" if number >= 5e6 else f"{count_text(number)}MAC"


def short_text(value: float) -> str:
    """A value in at most six characters, for the caption of a tile."""
    text = value_text(value)
    if len(text) <= 6:
        return text
    mantissa, _, exponent = f"{value:.0e}".partition("e")
    return f"{mantissa}e{int(exponent)}".replace("-", MINUS) if exponent else mantissa


def value_text(value: float) -> str:
    """A value of a map, with the real minus sign: 2.38, −0.04, 7183, 1.2e−05."""
    if value != value:
        return tr("not a number")
    if value == 0:
        return "0"
    size = abs(value)
    text = f"{value:.3g}" if size >= 100_000 or size < 0.005 else f"{value:.0f}" if size >= 100 else f"{value:.2f}"
    return text.replace("-", MINUS)


def fixed_text(value: float, places: int) -> str:
    """A value with so many figures after the point: −1.20."""
    return f"{value:.{places}f}".replace("-", MINUS)


def signed_text(value: float, *, short: bool = False, rough: bool = False) -> str:
    """A difference, with its sign: +0.42, −0.84; `short`: in at most seven characters; `rough`: ≈ −0.84."""
    text = short_text(value) if short else value_text(value)
    text = f"+{text}" if value > 0 else text
    return about(text) if rough else text


def about(number: str) -> str:
    """A number that is measured roughly; its bar is painted in `_painting.ROUGH_OPACITY`."""
    return f"\N{ALMOST EQUAL TO}\N{NARROW NO-BREAK SPACE}{number}"
