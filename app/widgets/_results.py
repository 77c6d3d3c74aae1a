"""What cards of measured results share: the card, how shares and mistakes are said, colours text can be read on."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication
from PyQt5.QtGui import QColor
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app import theme
from app.widgets._controls import ElidedLabel

LEAST_CONTRAST = 4.5  # of words, by WCAG 2.1


def percent(share: float) -> str:
    """94.1 %; neither 0 nor 100 % where that would be untrue."""
    if share != share:
        return "–"
    if 0 < share < 0.0005:
        return "< 0.1 %"
    if 0.9995 <= share < 1:
        return "> 99.9 %"
    return f"{100 * share:.1f} %"


def confusion_text(true: str, answer: str, count: int, of: int) -> str:
    """e.g. "airplane taken for bird: 23 of 1,000 (2.3 %)"."""
    words = (
        QCoreApplication.translate("Confusion", "{true} recognised: {count} of {of}")
        if true == answer
        else QCoreApplication.translate("Confusion", "{true} taken for {answer}: {count} of {of}")
    )
    text = words.format(true=true, answer=answer, count=f"{count:,}", of=f"{of:,}")
    return f"{text} ({percent(count / of)})" if of else text


def readable_on(background: QColor) -> QColor:
    """The theme's dark or light text, whichever stands out more (WCAG's contrast); black or white where neither can."""
    choices = [theme.colour("text"), theme.colour("on_accent")]
    here = _luminance(background)

    def contrast(colour: QColor) -> float:
        high, low = sorted((_luminance(colour), here), reverse=True)
        return (high + 0.05) / (low + 0.05)

    best = max(choices, key=contrast)
    return best if contrast(best) >= LEAST_CONTRAST else max((QColor("black"), QColor("white")), key=contrast)


def _luminance(colour: QColor) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


class Card(QFrame):
    """A panel with a title, a remark beside it, and room for controls at the right."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        heading = ElidedLabel(title, "title")
        if title:  # one of ours: the remark is cut before it
            heading.setSizePolicy(QSizePolicy.Fixed, QSizePolicy.Preferred)
        self.remark = ElidedLabel("", "caption")
        self.head = QHBoxLayout()
        self.head.setSpacing(12)
        self.head.addWidget(heading)
        self.head.addWidget(self.remark)
        self.head.addStretch(1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 16)
        self.body.setSpacing(8)
        self.body.addLayout(self.head)
        self.title = heading
