"""The network as a row of cards: conv1, layer1 … fc, each with its shape, best channels, cost and blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PyQt5.QtCore import QRectF, QSize, pyqtSignal
from PyQt5.QtGui import QPainter, QPaintEvent, QResizeEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app.widgets import _painting as paint
from app.widgets.stage_card import StageCard, card_height
from resnet_core.networks import Description

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ARROW_PX = 18
CARD_MIN_PX, CARD_MAX_PX, HEAD_SHARE = 104, 420, 0.68
FEWEST_BLOCKS = 2  # of a stage of the usual networks


class StageStrip(QWidget):
    """Asks for a stage or a block by name when its card or its bar is chosen."""

    selected = pyqtSignal(str)
    hovered = pyqtSignal(str, float, float)  # a stage, and the place in its maps: down and across, 0 … 1
    left = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stageStrip")
        self.setAccessibleName(self.tr("Stages of the network"))
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self._cards: list[StageCard] = []
        self._description: Description | None = None
        self._current = ""

    def show_network(self, description: Description, dataset: str) -> None:
        """Cards for a network; `dataset` says what its classes are, e.g. "ImageNet"."""
        if description != self._description:
            for card in self._cards:
                card.hide()
                card.deleteLater()
            self._cards = [StageCard(part, description.macs, dataset, self) for part in description.stages]
            for card in self._cards:
                card.picked.connect(self.selected)
                card.hovered.connect(self.hovered)
                card.left.connect(self.left)
                card.show()
            self._description = description
            self._arrange()
        self.clear()
        self.set_current(self._current)

    def show_miniatures(self, miniatures: Mapping[str, NDArray[np.uint8]]) -> None:
        """For a stage's name: its best channels as coloured tiles (N, h, w, 3), or one finished montage (h, w, 3)."""
        for card in self._cards:
            if card.part.name in miniatures:
                tiles = miniatures[card.part.name]
                card.show_tiles([paint.to_image(tile) for tile in (tiles if tiles.ndim == 4 else tiles[None])])

    def show_place(self, y: float, x: float | None) -> None:
        """Marks a place in every miniature, down and across in fractions of it; `x` None takes the marks away."""
        for card in self._cards:
            card.show_place(None if x is None else (y, x))

    def show_logits(self, probabilities: Sequence[float]) -> None:
        """Bars on the head's card, in the order given; the highest is the accented one."""
        if self._cards:
            self._cards[-1].show_bars([float(p) for p in probabilities])

    def clear(self) -> None:
        """Takes the pictures off the cards; the network stays."""
        for card in self._cards:
            card.show_tiles([])
            card.show_bars([])

    def set_current(self, name: str) -> None:
        """Marks a stage ("layer2") or a block ("layer2.1") as the one that is looked at."""
        self._current = name
        for card in self._cards:
            card.set_current(name)

    def stage_names(self) -> tuple[str, ...]:
        return tuple(card.part.name for card in self._cards)

    def _card_px(self) -> int:
        count = max(len(self._cards) - 1, 1)
        room = self.width() - ARROW_PX * (len(self._cards) - 1)
        return max(CARD_MIN_PX, min(CARD_MAX_PX, int(room / (count + HEAD_SHARE))))

    def sizeHint(self) -> QSize:
        if not self._cards:  # the window must fit its screen before there is anything to show
            return QSize(900, card_height(CARD_MIN_PX, FEWEST_BLOCKS))
        return QSize(900, card_height(self._card_px(), max(len(card.part.blocks) for card in self._cards)))

    def minimumSizeHint(self) -> QSize:
        wide = CARD_MIN_PX * max(len(self._cards), 4) + ARROW_PX * 5 - round(CARD_MIN_PX * (1 - HEAD_SHARE))
        return QSize(wide, self.sizeHint().height())

    def _arrange(self) -> None:
        width, x = self._card_px(), 0
        for card in self._cards:
            head = card.part.name == "fc"
            wide = round(width * HEAD_SHARE) if head else width
            card.setGeometry(x, 0, wide, self.height())
            x += wide + ARROW_PX
        self.updateGeometry()
        self.update()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for card in self._cards[:-1]:
            x = card.geometry().right() + 1 + ARROW_PX / 2
            paint.draw_icon(painter, "chevron-right", QRectF(x - 6, self.height() / 2 - 6, 12, 12))
