"""Colour or shape?: the picture and its variants, what the network says of each, and the channels that moved most."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QSize, pyqtSignal
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.widgets._map_pairs import MapPair, MapPairs, ShownPairs
from app.widgets._shape_cards import ShapeCard, ShapeCards, StageMove

__all__ = ["MapPair", "ShapeCard", "ShapePanel", "ShownPairs", "StageMove"]


PAIRS_PX = 90


class ShapePanel(QWidget):
    """One sentence, the pictures with their bars, and pairs of maps of the stage and the variant chosen."""

    variant_picked = pyqtSignal(str)  # the kind of a card
    stage_picked = pyqtSignal(str)
    channel_picked = pyqtSignal(int)
    channel_opened = pyqtSignal(int)
    hovered = pyqtSignal(int, int, int)  # a channel, row and column of its map
    unhovered = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shapePanel")
        self.setAccessibleName(self.tr("Colour or shape?"))
        self._conclusion = QLabel()
        self._conclusion.setWordWrap(True)
        self._conclusion.setProperty("role", "title")
        self.cards, self.pairs = ShapeCards(), MapPairs(self.tr("Channels that moved most"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._conclusion)
        column.addWidget(self.cards, 1)
        column.addWidget(self.pairs)
        self.cards.card_picked.connect(self.variant_picked)
        self.cards.stage_picked.connect(self.stage_picked)
        self.pairs.picked.connect(self.channel_picked)
        self.pairs.opened.connect(self.channel_opened)
        self.pairs.hovered.connect(self.hovered)
        self.pairs.unhovered.connect(self.unhovered)
        self.setFocusProxy(self.cards)

    def show_conclusion(self, text: str) -> None:
        """A sentence; "" while there is none."""
        self._conclusion.setText(text or self.tr("Asking the network about each picture …"))

    def conclusion(self) -> str:
        return self._conclusion.text()

    def show_cards(self, cards: Sequence[ShapeCard], label: str, stages: Sequence[str], kind: str, stage: str) -> None:
        """The picture as seen first; `label` is the class asked about, `kind` and `stage` are what is chosen."""
        self.cards.show_cards(cards, label, stages, kind, stage)

    def show_channels(self, shown: ShownPairs) -> None:
        """The channels that moved most, those first, on one scale."""
        self.pairs.show_pairs(shown)

    def show_place(self, share: tuple[float, float] | None) -> None:
        """Mark a place in all maps, given as shares of height and width; None takes the marks away."""
        self.pairs.show_place(share)

    def clear_channels(self) -> None:
        self.pairs.clear()

    def minimumSizeHint(self) -> QSize:
        cards = self.cards.minimumSizeHint()
        return QSize(cards.width(), cards.height() + PAIRS_PX + 44)

    def heightForWidth(self, width: int) -> int:
        """What is needed, not what would be liked: the sentence wraps, and all else shrinks."""
        return self.minimumSizeHint().height()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        spare = self.height() - self.cards.tallest(self.width()) - 44
        self.pairs.setFixedHeight(min(max(round(0.24 * self.height()), spare, PAIRS_PX), 290))
