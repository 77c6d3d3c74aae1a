"""Colours, type and icons of the window, light and dark: the only place where a style sheet is written.

Painted widgets read `current()` when they paint; Qt repaints them when the theme changes, because the style sheet
does. Icons are drawn when they are asked for, in the colour of that moment, so they follow too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Literal

from PyQt5.QtCore import QDir, QObject, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QFont, QFontInfo, QIcon, QIconEngine, QImage, QPainter, QPalette, QPixmap, QPixmapCache
from PyQt5.QtSvg import QSvgRenderer
from PyQt5.QtWidgets import QApplication, QStyleFactory, QWidget

from app import i18n
from app.stylesheet import stylesheet
from app.system_theme import system_is_dark
from resnet_core.resource_files import resource_dir

Choice = Literal["light", "dark", "system"]


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, as "#rrggbb". Text is `text` or `muted`; `faint` is for shapes only."""

    name: Literal["light", "dark"]
    window: str
    panel: str
    sunken: str  # under a tile, an empty place
    hover: str
    line: str
    line_strong: str
    text: str
    muted: str
    faint: str
    track: str
    accent: str
    accent_hover: str
    accent_soft: str  # behind what is chosen
    on_accent: str
    second: str
    good: str
    bad: str


DARK = Tokens(
    "dark",
    window="#15171c",
    panel="#1c1f26",
    sunken="#15171c",
    hover="#252932",
    line="#2b2f39",
    line_strong="#3c4250",
    text="#e8eaf0",
    muted="#98a0b0",
    faint="#6d7585",
    track="#2b2f39",
    accent="#7aa7ff",
    accent_hover="#94b8ff",
    accent_soft="#24324d",
    on_accent="#0f1523",
    second="#ffb26b",
    good="#53c18a",
    bad="#ff8f85",
)

LIGHT = Tokens(
    "light",
    window="#f3f4f7",
    panel="#ffffff",
    sunken="#eef0f4",
    hover="#f0f2f6",
    line="#dde0e8",
    line_strong="#c2c8d4",
    text="#1b1e26",
    muted="#5f687a",
    faint="#868d9d",
    track="#e6e8ee",
    accent="#2e61d6",
    accent_hover="#2553c0",
    accent_soft="#e5edff",
    on_accent="#ffffff",
    second="#a55716",
    good="#1b7a4b",
    bad="#b93a30",
)

BODY_PX, SECONDARY_PX, SMALL_PX = 13, 12, 11
FAMILIES = ("Inter", "Segoe UI Variable Text", "Segoe UI", "SF Pro Text", "Noto Sans", "Cantarell")


class _State(QObject):
    changed = pyqtSignal()

    tokens: Tokens = LIGHT
    system: QPalette | None = None  # the platform's own palette, before ours replaced it
    applied: tuple[object, ...] = ()


_state = _State()
changed = _state.changed
"""Emitted after the theme has changed. Painted widgets are repainted by Qt anyway; this is for what is cached."""


def current() -> Tokens:
    """The colours in use."""
    return _state.tokens


def colour(token: str, alpha: float = 1.0) -> QColor:
    """A colour of the current theme by its token's name, `alpha` 0 … 1."""
    value = QColor(_parsed(getattr(_state.tokens, token)))  # a copy: a QColor can be changed
    if alpha != 1.0:
        value.setAlphaF(alpha)
    return value


@cache
def _parsed(written: str) -> QColor:
    return QColor(written)


def apply(app: QApplication, choice: Choice = "system") -> Tokens:
    """Dress the whole application. Cheap when nothing changes, so it may be called whenever a window is activated."""
    if _state.system is None:
        _state.system = QPalette(app.palette())
    dark = choice == "dark" or (choice == "system" and system_is_dark(_state.system))
    tokens = DARK if dark else LIGHT
    if _state.applied == (tokens, app):
        return tokens
    _state.tokens = tokens
    QDir.setSearchPaths("icons", [str(resource_dir() / "icons")])
    if not _state.applied:
        app.setStyle(QStyleFactory.create("Fusion"))
        apply_font(app)
    app.setStyleSheet("")  # a sheet in the place of another dresses every widget once for each of its ancestors
    app.setPalette(_palette(tokens))
    app.setStyleSheet(stylesheet(tokens))
    _state.applied = (tokens, app)
    _state.changed.emit()
    return tokens


def dress(widget: QWidget, name: str, value: object) -> None:
    """Give a widget that is shown a property that the style sheet asks for."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def apply_font(app: QApplication) -> None:
    """Write with the letters of the language in use."""
    app.setFont(body_font())


@contextmanager
def in_light(widget: QWidget) -> Iterator[None]:
    """`widget` and all that is in it in light colours for as long as the block lasts: for a figure, on paper.

    Nobody sees it on the screen as long as no events are served in the block: draw the widget there, and no more.
    """
    before = _state.tokens
    if before is LIGHT:
        yield
        return
    sheet = widget.styleSheet()
    _state.tokens = LIGHT
    widget.setPalette(_palette(LIGHT))
    widget.setStyleSheet(stylesheet(LIGHT))
    try:
        yield
    finally:
        _state.tokens = before
        widget.setPalette(QPalette())
        widget.setStyleSheet(sheet)


def body_font() -> QFont:
    """13 px of the best sans serif this computer has, else of the system's own."""
    font = QFont(QApplication.font())
    if sys.platform != "darwin":  # there the system's font is the best one, and has no public name
        family = next((name for name in FAMILIES if QFontInfo(QFont(name)).family() == name), None)
        if family is not None:
            font = QFont(family)
        font.setFamilies([font.family(), *i18n.FAMILIES.get(i18n.current(), ())])
    font.setPixelSize(BODY_PX)
    return font


def font(pixels: int = BODY_PX, *, bold: bool = False) -> QFont:
    """The application's font at a size in px; `bold` is the drawing's 600."""
    result = QFont(QApplication.font())
    result.setPixelSize(pixels)
    result.setWeight(QFont.DemiBold if bold else QFont.Normal)
    return result


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.Window: tokens.window,
        QPalette.WindowText: tokens.text,
        QPalette.Base: tokens.panel,
        QPalette.AlternateBase: tokens.sunken,
        QPalette.Text: tokens.text,
        QPalette.Button: tokens.panel,
        QPalette.ButtonText: tokens.text,
        QPalette.BrightText: tokens.bad,
        QPalette.ToolTipBase: tokens.panel,
        QPalette.ToolTipText: tokens.text,
        QPalette.PlaceholderText: tokens.muted,
        QPalette.Highlight: tokens.accent,
        QPalette.HighlightedText: tokens.on_accent,
        QPalette.Link: tokens.accent,
        QPalette.LinkVisited: tokens.accent,
        QPalette.Light: tokens.hover,
        QPalette.Midlight: tokens.line,
        QPalette.Mid: tokens.line_strong,
        QPalette.Dark: tokens.line_strong,
    }
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (QPalette.WindowText, QPalette.Text, QPalette.ButtonText):
        palette.setColor(QPalette.Disabled, role, QColor(tokens.faint))
    return palette


@cache
def _svg(name: str) -> bytes:
    return (resource_dir() / "icons" / f"{name}.svg").read_bytes()


def render_icon(name: str, size: QSize, token: str | None) -> QPixmap:
    """An icon in device pixels, drawn in a token's colour (None: in its own colours); nothing for no room."""
    if size.isEmpty():  # as of a button that its layout has not given a size yet
        return QPixmap()
    tint = "" if token is None else getattr(_state.tokens, token)
    key = f"lens-icon/{name}/{size.width()}x{size.height()}/{tint}"
    found = QPixmapCache.find(key)
    if found is not None:
        return found
    image = QImage(size, QImage.Format_ARGB32_Premultiplied)
    image.fill(Qt.transparent)
    painter = QPainter(image)
    QSvgRenderer(_svg(name)).render(painter, QRectF(image.rect()))
    if tint:
        painter.setCompositionMode(QPainter.CompositionMode_SourceIn)
        painter.fillRect(image.rect(), QColor(tint))
    painter.end()
    pixmap = QPixmap.fromImage(image)
    QPixmapCache.insert(key, pixmap)
    return pixmap


class _Engine(QIconEngine):
    """Draws an icon in the theme's colour of the moment it is painted."""

    def __init__(self, name: str, token: str | None) -> None:
        super().__init__()
        self._name, self._token = name, token

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        faded = mode == QIcon.Disabled and self._token is not None
        return render_icon(self._name, size, "faint" if faded else self._token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.pixmap(rect.size() * ratio, mode, state))

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)


def icon(name: str, token: str = "text") -> QIcon:
    """One of resources/icons by name, in the colour of a token; it follows the theme and the screen's resolution."""
    _svg(name)  # a wrong name fails here, not in a paint event
    return QIcon(_Engine(name, token))


def app_icon() -> QIcon:
    """The application's own icon, in its own colours."""
    return QIcon(_Engine("app", None))
