"""The picture and its variants side by side, each over what the network said of it. Part of shape_panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import told_tip
from app.widgets._keys import ACROSS, place_after
from app.widgets._numbers import value_text
from app.widgets._shares import percent

GUTTER_PX, GAP_PX, SMALLEST_PX = 80, 16, 48
LINE_PX, ROW_PX, HEADING_PX = 18, 17, 24
PICTURE_SHARE = 0.43  # of a column, where the words stand beside the picture
WORDS_PX = 3 * LINE_PX + 2  # where they stand below it


@dataclass(frozen=True)
class StageMove:
    """How far a stage moved: by the channels' means, and place by place (None: not to be compared so)."""

    stage: str
    means: float
    maps: float | None


@dataclass(frozen=True, eq=False)
class ShapeCard:
    """A picture (S, S, 3) uint8; `answer` and `asked` are None until the network has said something.

    `answer` is the first class and its probability, `asked` the probability of the class asked about. Only variants
    have `moves`, one a stage.
    """

    kind: str
    name: str
    tip: str
    picture: NDArray[np.uint8] | None = None
    answer: tuple[str, float] | None = None
    asked: float | None = None
    moves: tuple[StageMove, ...] = ()


class ShapeCards(QWidget):
    """A table: pictures across, below each the answer, the class asked about, and a bar for every stage."""

    card_picked = pyqtSignal(str)  # kind
    stage_picked = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: tuple[ShapeCard, ...] = ()
        self._stages: tuple[str, ...] = ()
        self._label, self._kind, self._stage = "", "", ""
        self._photos: dict[str, tuple[int, QImage]] = {}
        self.setAccessibleName(self.tr("Variants of the picture"))
        self.setFocusPolicy(Qt.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)

    def show_cards(self, cards: Sequence[ShapeCard], label: str, stages: Sequence[str], kind: str, stage: str) -> None:
        """`label` is the class asked about; `kind` and `stage` are what is chosen."""
        before = {card.kind: card.picture for card in self._cards}
        for card in cards:
            if before.get(card.kind) is not card.picture:
                self._photos.pop(card.kind, None)
        self._cards, self._label, self._stages, self._kind, self._stage = (
            tuple(cards),
            label,
            tuple(stages),
            kind,
            stage,
        )
        chosen_first = sorted(cards, key=lambda card: card.kind != kind)
        said = [f"{card.name}: {card.answer[0]} {percent(card.answer[1])}" for card in chosen_first if card.answer]
        self.setAccessibleDescription("; ".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(880, self._below() + 120)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, self._below() + SMALLEST_PX)

    def tallest(self, width: int) -> int:
        """The height that this can fill when it is so wide."""
        count = max(len(self._cards), 1)
        return round((width - GUTTER_PX - GAP_PX * count) / count) + self._below() + WORDS_PX + 3

    def _below(self) -> int:
        """The height of all that stands below the pictures."""
        return 4 + LINE_PX + HEADING_PX + max(len(self._stages), 4) * ROW_PX + 2

    def _column(self) -> float:
        count = max(len(self._cards), 1)
        return (self.width() - GUTTER_PX - GAP_PX * count) / count

    def _beside(self) -> float:
        return min(self._column() * PICTURE_SHARE, self.height() - self._below() - 3)

    def _above(self) -> float:
        return min(self._column(), self.height() - self._below() - 3 - WORDS_PX)

    @property
    def _stacked(self) -> bool:
        """Whether the words stand below the pictures: where that makes the pictures larger."""
        return self._above() > self._beside()

    def _side(self) -> float:
        return max(self._above(), self._beside(), 16.0)

    def _left(self, index: int) -> float:
        return GUTTER_PX + GAP_PX + index * (self._column() + GAP_PX)

    def _picture_rect(self, index: int) -> QRectF:
        return QRectF(self._left(index), 3, self._side(), self._side())

    def _bar_top(self) -> float:
        return self._side() + 3 + 4 + (WORDS_PX if self._stacked else 0)

    def _stage_rect(self, row: int) -> QRectF:
        top = self._bar_top() + LINE_PX + HEADING_PX
        return QRectF(0, top + row * ROW_PX, self.width(), ROW_PX)

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        self._paint_gutter(painter)
        furthest = max((move.means for card in self._cards for move in card.moves), default=0.0)
        for index, card in enumerate(self._cards):
            self._paint_picture(painter, index, card)
            self._paint_answer(painter, index, card)
            for row, move in enumerate(card.moves):
                self._paint_move(painter, index, row, move, max(furthest, 0.25))

    def _paint_gutter(self, painter: QPainter) -> None:
        top = self._bar_top()
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("muted"))
        paint.draw_text(painter, QRectF(0, top, GUTTER_PX, LINE_PX), f"“{self._label}”" if self._label else "")
        heading = QRectF(0, top + LINE_PX + 5, self.width(), LINE_PX)
        text = self.tr("How far each stage moved from the picture as seen: means of its channels, relative L2")
        painter.setPen(theme.colour("line"))
        painter.drawLine(QPointF(0, heading.y() - 1.5), QPointF(self.width(), heading.y() - 1.5))
        painter.setPen(theme.colour("muted"))
        paint.draw_text(painter, heading, text)
        for row, stage in enumerate(self._stages):
            rect = self._stage_rect(row)
            chosen = stage == self._stage
            if chosen:
                paint.fill_rounded(painter, rect, 4, theme.colour("accent_soft"))
            painter.setFont(theme.font(theme.SECONDARY_PX, bold=chosen))
            painter.setPen(theme.colour("text" if chosen else "muted"))
            paint.draw_text(painter, rect.adjusted(6, 0, 0, 0), stage)

    def _paint_picture(self, painter: QPainter, index: int, card: ShapeCard) -> None:
        rect = self._picture_rect(index)
        if card.picture is None:
            paint.fill_rounded(painter, rect, 6, theme.colour("sunken"), theme.colour("line"))
        else:
            device = round(rect.width() * paint.pixel_ratio(self))
            found = self._photos.get(card.kind)
            if found is None or found[0] != device:
                image = paint.photo(card.picture, rect.width(), rect.height(), paint.pixel_ratio(self))
                found = self._photos[card.kind] = device, image
            paint.draw_rounded(painter, rect, found[1], 6)
        if card.kind == self._kind:
            paint.fill_rounded(painter, rect.adjusted(-3, -3, 3, 3), 9, None, theme.colour("accent"))
            paint.fill_rounded(painter, rect.adjusted(-2, -2, 2, 2), 8, None, theme.colour("accent"))
            if self.hasFocus():
                paint.draw_focus(painter, rect, 6)

    def _paint_answer(self, painter: QPainter, index: int, card: ShapeCard) -> None:
        """The name and the first class beside or below the picture, then the class asked about."""
        picture, stacked = self._picture_rect(index), self._stacked
        if stacked:
            words = QRectF(picture.x(), picture.bottom() + 3, self._column(), LINE_PX)
        else:
            words = QRectF(picture.right() + 8, picture.y() - 2, self._column() - picture.width() - 8, LINE_PX)
        painter.setFont(theme.font(theme.SECONDARY_PX, bold=True))
        painter.setPen(theme.colour("text"))
        paint.draw_text(painter, words, card.name)
        painter.setFont(theme.font(theme.SECONDARY_PX))
        if card.answer is None or card.asked is None:
            painter.setPen(theme.colour("muted"))
            paint.draw_text(painter, words.translated(0, LINE_PX), self.tr("asking …"))
            return
        label, probability = card.answer
        room = 2 if picture.height() >= 4 * LINE_PX - 8 and not stacked else 1
        lines = self._wrapped(painter, label, words.width(), room)
        for text in (*lines, percent(probability)):
            words.translate(0, LINE_PX - 1)
            painter.setPen(theme.colour("text" if text in lines else "muted"))
            paint.draw_text(painter, words, text)
        line = QRectF(self._left(index), self._bar_top(), self._column(), LINE_PX)
        self._paint_bar(painter, line.adjusted(0, 0, -58, 0), card.asked, 7, "accent")
        painter.setPen(theme.colour("text"))
        paint.draw_figures(painter, line, percent(card.asked))

    def _wrapped(self, painter: QPainter, text: str, width: float, most: int) -> list[str]:
        """A label on one line or, where it is too long and has several words, on two."""
        metrics = painter.fontMetrics()
        first, _, rest = text.partition(" ")
        if most < 2 or not rest or metrics.horizontalAdvance(text) <= width:
            return [text]
        for word in rest.split(" ")[:-1]:
            if metrics.horizontalAdvance(f"{first} {word}") > width:
                break
            first, rest = f"{first} {word}", rest.partition(" ")[2]
        return [first, rest]

    def _paint_move(self, painter: QPainter, index: int, row: int, move: StageMove, furthest: float) -> None:
        rect = self._stage_rect(row)
        line = QRectF(self._left(index), rect.y(), self._column() - 4, ROW_PX)
        self._paint_bar(painter, line.adjusted(0, 0, -36, 0), move.means / furthest, 5, "second")
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("text" if move.stage == self._stage else "muted"))
        paint.draw_figures(painter, line, value_text(move.means))

    def _paint_bar(self, painter: QPainter, place: QRectF, share: float, height: float, token: str) -> None:
        track = QRectF(place.x(), place.center().y() - height / 2, place.width(), height)
        paint.draw_bar(painter, track, share, token, 1.5)

    # asked by mouse and keys

    def _card_at(self, place: QPointF) -> ShapeCard | None:
        for index, card in enumerate(self._cards):
            column = QRectF(self._left(index), 0, self._column(), self._bar_top() + LINE_PX)
            if column.contains(place):
                return card
        return None

    def _stage_at(self, place: QPointF) -> str | None:
        return next((name for row, name in enumerate(self._stages) if self._stage_rect(row).contains(place)), None)

    def _tip(self, point: QPoint) -> str:
        place = QPointF(point)
        if card := self._card_at(place):
            said = "" if card.answer is None else f"\n{card.answer[0]}: {percent(card.answer[1])}"
            return f"{card.tip}{said}"
        stage = self._stage_at(place)
        for index, card in enumerate(self._cards):
            if stage and self._left(index) <= place.x() < self._left(index) + self._column():
                return next((self._move_text(card, move) for move in card.moves if move.stage == stage), "")
        return self.tr("Show the channels of {stage}").format(stage=stage) if stage else ""

    def _move_text(self, card: ShapeCard, move: StageMove) -> str:
        by_place = (
            self.tr("place by place: not compared, the patches are elsewhere")
            if move.maps is None
            else self.tr("place by place: {0}").format(value_text(move.maps))
        )
        return self.tr("{stage}, {name}\nmeans of the channels: {means}\n{by_place}\n0 = not moved").format(
            stage=move.stage, name=card.name, means=value_text(move.means), by_place=by_place
        )

    def event(self, event: QEvent) -> bool:
        return told_tip(self, event, self._tip) or bool(super().event(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        card, stage = self._card_at(event.localPos()), self._stage_at(event.localPos())
        hand = stage is not None or (card is not None and bool(card.moves))
        self.setCursor(Qt.PointingHandCursor if hand else Qt.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.LeftButton:
            return
        if card := self._card_at(event.localPos()):
            self._pick(card)
        elif stage := self._stage_at(event.localPos()):
            self.stage_picked.emit(stage)

    def _pick(self, card: ShapeCard) -> None:
        if card.moves and card.kind != self._kind:
            self.card_picked.emit(card.kind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        cards = [card for card in self._cards if card.moves]
        here = next((index for index, card in enumerate(cards) if card.kind == self._kind), -1)
        target = place_after(event, here, len(cards), ACROSS)
        if target is None:
            super().keyPressEvent(event)
        elif target >= 0:
            self._pick(cards[target])
