"""The network as a row of cards: conv1, layer1 … fc, each with its shape, best channels, cost and blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QEvent, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QFontMetricsF, QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt5.QtWidgets import QSizePolicy, QToolTip, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import plain_tip
from resnet_core.networks import Description, Part

PAD, GAP_PX, ARROW_PX = 10, 4, 18
CARD_MIN_PX, CARD_MAX_PX, HEAD_SHARE = 104, 420, 0.68
COLUMNS, ROWS = 4, 2
BLOCKS_A_ROW = 16  # more would be too thin to click
BAR_PX, BAR_STEP_PX = 6, 9


class StageStrip(QWidget):
    """Asks for a stage or a block by name when its card or its bar is chosen."""

    selected = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stageStrip")
        self.setAccessibleName(self.tr("Stages of the network"))
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self._cards: list[_Card] = []
        self._description: Description | None = None
        self._current = ""

    def show_network(self, description: Description, dataset: str) -> None:
        """Cards for a network; `dataset` says what its classes are, e.g. "ImageNet"."""
        if description != self._description:
            for card in self._cards:
                card.hide()
                card.deleteLater()
            self._cards = [_Card(part, description.macs, dataset, self) for part in description.stages]
            for card in self._cards:
                card.picked.connect(self.selected)
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
                card.show_tiles([paint.to_image(tile) for tile in (tiles if tiles.ndim == 4 else tiles[np.newaxis])])

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
        blocks = max((len(card.part.blocks) for card in self._cards), default=2)
        return QSize(900, _card_height(self._card_px(), blocks))

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


def _card_height(width: int, blocks: int) -> int:
    tile = (width - 2 * PAD - (COLUMNS - 1) * GAP_PX) / COLUMNS
    bars = -(-max(blocks, 1) // BLOCKS_A_ROW)
    return round(PAD + 20 + 4 + ROWS * tile + GAP_PX + 4 + 18 + 3 + bars * BAR_STEP_PX + PAD - 1)


class _Card(QWidget):
    """One stage. Left and Right walk its blocks, Enter and Space choose it."""

    picked = pyqtSignal(str)

    def __init__(self, part: Part, total_macs: int, dataset: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.part = part
        self._share = part.macs / max(total_macs, 1)
        self._dataset = dataset
        self._tiles: list[QImage] = []
        self._bars: list[float] = []
        self._current = ""
        self._hovered: str | None = None
        self.setFocusPolicy(Qt.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.PointingHandCursor)
        self.setAccessibleName(part.name)
        self.setAccessibleDescription(self._describe(part))

    def show_tiles(self, tiles: list[QImage]) -> None:
        self._tiles = tiles
        self.update()

    def show_bars(self, bars: list[float]) -> None:
        self._bars = bars
        self.update()

    def set_current(self, name: str) -> None:
        self._current = name if name.split(".")[0] == self.part.name else ""
        self.update()

    def _describe(self, part: Part) -> str:
        cost = f"{paint.count_text(part.parameters)} {self.tr('parameters')}, {paint.macs_text(part.macs)}"
        return f"{paint.shape_text(part.output)}, {cost}"

    def _tiles_rect(self) -> QRectF:
        top = PAD + 24
        tile = (self.width() - 2 * PAD - (COLUMNS - 1) * GAP_PX) / COLUMNS
        return QRectF(PAD, top, self.width() - 2 * PAD, ROWS * tile + GAP_PX)

    def _text_y(self) -> float:
        rows = -(-max(len(self.part.blocks), 1) // BLOCKS_A_ROW)
        tallest = self.height() - PAD + 1 - rows * BAR_STEP_PX - 3 - 18
        return min(self._tiles_rect().bottom() + 4, tallest) if self.part.name != "fc" else self.height() - PAD - 18

    def _block_rects(self) -> list[tuple[Part, QRectF]]:
        """Each block's bar: as wide as its share of the row's multiply-accumulates."""
        blocks, placed = self.part.blocks, []
        rows = -(-len(blocks) // BLOCKS_A_ROW)
        each = -(-len(blocks) // max(rows, 1))
        y = self._text_y() + 18 + 3
        for row in range(rows):
            these = blocks[row * each : (row + 1) * each]
            gaps = 2.0 * (each - 1)
            room = (self.width() - 2 * PAD - gaps) * len(these) / each
            total, x = sum(block.macs for block in these), float(PAD)
            for block in these:
                width = room * block.macs / max(total, 1)
                placed.append((block, QRectF(x, y, width, BAR_PX)))
                x += width + 2
            y += BAR_STEP_PX
        return placed

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        frame = QRectF(self.rect())
        chosen = bool(self._current)
        line = "accent" if chosen else "line_strong" if self.underMouse() else "line"
        paint.fill_rounded(painter, frame, 10, theme.colour("panel"), theme.colour(line))
        if chosen:
            paint.fill_rounded(painter, frame.adjusted(1, 1, -1, -1), 9, None, theme.colour("accent"))
        if self.hasFocus():
            paint.draw_focus(painter, frame.adjusted(3, 3, -3, -3), 7)
        self._paint_heading(painter)
        if self.part.name == "fc":
            self._paint_bars(painter)
        else:
            self._paint_tiles(painter)
            self._paint_blocks(painter)
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("muted"))
        cost = [paint.count_text(self.part.parameters)]
        if self.part.name != "fc":
            cost.append(paint.macs_text(self.part.macs))
        paint.draw_text(painter, QRectF(PAD, self._text_y(), self.width() - 2 * PAD, 18), f" {paint.DOT} ".join(cost))

    def _paint_heading(self, painter: QPainter) -> None:
        row = QRectF(PAD, PAD - 2, self.width() - 2 * PAD, 20)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("text"))
        paint.draw_text(painter, row, self.part.name)
        used = QFontMetricsF(painter.font()).horizontalAdvance(self.part.name) + 8
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("muted"))
        shape = paint.shape_text(self.part.output)
        if QFontMetricsF(painter.font()).horizontalAdvance(shape) > row.width() - used:
            shape = shape.replace(" ", "")
        paint.draw_figures(painter, row.adjusted(used, 0, 0, 0), shape)

    def _paint_tiles(self, painter: QPainter) -> None:
        area = self._tiles_rect()
        if len(self._tiles) == 1:
            image = self._tiles[0]
            width = min(area.width(), area.height() * image.width() / image.height())
            paint.draw_map(painter, QRectF(area.x(), area.y(), width, width * image.height() / image.width()), image)
            return
        side = (area.width() - (COLUMNS - 1) * GAP_PX) / COLUMNS
        for index in range(COLUMNS * ROWS):
            x = area.x() + (index % COLUMNS) * (side + GAP_PX)
            tile = QRectF(x, area.y() + (index // COLUMNS) * (side + GAP_PX), side, side)
            if index < len(self._tiles):
                paint.draw_map(painter, tile, self._tiles[index])
            else:
                paint.fill_rounded(painter, tile, 3, theme.colour("sunken"))

    def _paint_blocks(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.Antialiasing)
        painter.setPen(Qt.NoPen)
        for block, rect in self._block_rects():
            lit = f"{self._current}.".startswith(f"{block.name}.") or self._hovered == block.name
            painter.setBrush(theme.colour("accent") if lit else paint.blend("accent", "panel", 0.45))
            painter.drawRoundedRect(rect, min(3.0, rect.width() / 2), 3)

    def _paint_bars(self, painter: QPainter) -> None:
        area = QRectF(PAD, PAD + 24, self.width() - 2 * PAD, self._text_y() - 6 - PAD - 24)
        bars = self._bars or [0.0] * 10
        step = area.width() / len(bars)
        best = max(range(len(bars)), key=bars.__getitem__) if self._bars else -1
        painter.setRenderHint(QPainter.Antialiasing)
        painter.setPen(Qt.NoPen)
        for index, value in enumerate(bars):
            height = max(2.0, area.height() * min(value, 1.0))
            rect = QRectF(area.x() + index * step, area.bottom() - height, max(1.0, step - 3), height)
            painter.setBrush(theme.colour("accent" if index == best else "faint" if self._bars else "track"))
            painter.drawRoundedRect(rect, 1.5, 1.5)

    def _block_at(self, event: QMouseEvent | QHelpEvent) -> Part | None:
        place = event.pos()
        for block, rect in self._block_rects():
            if rect.adjusted(-1, -1.5, 1, 1.5).contains(place):
                return block
        return None

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.ToolTip and isinstance(event, QHelpEvent):
            part = self._block_at(event) or self.part
            note = self.tr("{0:.0%} of the network's multiply-accumulates").format(self._share)
            if part.name == "fc":
                note = self.tr("The mean of every map, then one score for each class of {0}").format(self._dataset)
            lines = [part.name, self._describe(part), *([note] if part is self.part else [])]
            QToolTip.showText(event.globalPos(), plain_tip("\n".join(lines)), self)
            return True
        return bool(super().event(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        block = self._block_at(event)
        name = block.name if block else None
        if name != self._hovered:
            self._hovered = name
            self.update()

    def enterEvent(self, _event: QEvent) -> None:
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hovered = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.LeftButton:
            block = self._block_at(event)
            self.picked.emit(block.name if block else self.part.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        names = [self.part.name, *(block.name for block in self.part.blocks)]
        here = next((i for i, name in enumerate(names) if i and f"{self._current}.".startswith(f"{name}.")), 0)
        plain = not event.modifiers() & (Qt.ControlModifier | Qt.AltModifier)
        if event.key() in (Qt.Key_Return, Qt.Key_Enter, Qt.Key_Space) and plain:
            self.picked.emit(self.part.name)
        elif event.key() in (Qt.Key_Left, Qt.Key_Right) and plain:
            target = here + (1 if event.key() == Qt.Key_Right else -1)
            if 0 <= target < len(names):
                self.picked.emit(names[target])
        else:
            super().keyPressEvent(event)
