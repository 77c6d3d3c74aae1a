"""One card of the stage strip: a stage's shape, best channels, cost and blocks. Part of stage_strip."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, pyqtSignal
from PyQt5.QtGui import QFontMetricsF, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import told_tip
from app.widgets._keys import ACROSS, ENTER, is_command, place_after
from app.widgets._numbers import DOT, count_text, macs_text, shape_text
from resnet_core.blocks import stage_of
from resnet_core.networks import Part

PAD, GAP_PX = 10, 4
COLUMNS, ROWS = 4, 2
BLOCKS_A_ROW = 16  # more would be too thin to click
BAR_PX, BAR_STEP_PX = 6, 9


def card_height(width: int, blocks: int) -> int:
    """What the card of a stage of so many blocks needs, so that its tiles are squares."""
    tile = (width - 2 * PAD - (COLUMNS - 1) * GAP_PX) / COLUMNS
    bars = -(-max(blocks, 1) // BLOCKS_A_ROW)
    return round(PAD + 20 + 4 + ROWS * tile + GAP_PX + 4 + 18 + 3 + bars * BAR_STEP_PX + PAD - 1)


class StageCard(QWidget):
    """One stage. Left and Right walk its blocks, Enter and Space choose it."""

    picked = pyqtSignal(str)
    hovered = pyqtSignal(str, float, float)  # the stage, and the place in its maps: down and across, 0 … 1
    left = pyqtSignal()

    def __init__(self, part: Part, total_macs: int, dataset: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.part = part
        self._share = part.macs / max(total_macs, 1)
        self._dataset = dataset
        self._tiles: list[QImage] = []
        self._bars: list[float] = []
        self._current = ""
        self._hovered: str | None = None
        self._place: tuple[float, float] | None = None
        self._over_map = False
        self.setFocusPolicy(Qt.StrongFocus)
        self.setMouseTracking(True)
        if part.name != "fc":  # the head has no maps to look at
            self.setCursor(Qt.PointingHandCursor)
        self.setAccessibleName(part.name)
        self.setAccessibleDescription(self._describe(part))

    def show_tiles(self, tiles: list[QImage]) -> None:
        if tiles or self._tiles:
            self._tiles = tiles
            self.update()

    def show_place(self, place: tuple[float, float] | None) -> None:
        """Marks the same place in every tile, down and across in fractions of it."""
        if place != self._place:
            self._place = place
            self.update()

    def show_bars(self, bars: list[float]) -> None:
        if bars != self._bars:
            self._bars = bars
            self.update()

    def set_current(self, name: str) -> None:
        current = name if stage_of(name) == self.part.name else ""
        if current == self._current:
            return
        self._current = current
        block = next((block for block in self.part.blocks if f"{name}.".startswith(f"{block.name}.")), None)
        said = self._describe(self.part) if block is None else f"{block.name}, {self._describe(block)}"
        self.setAccessibleDescription(self.tr("{0}, looked at").format(said) if self._current else said)
        self.update()

    def _describe(self, part: Part) -> str:
        cost = f"{count_text(part.parameters)} {self.tr('parameters')}, {macs_text(part.macs)}"
        return f"{shape_text(part.output)}, {cost}"

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
        if self.part.name == "fc":
            self._paint_bars(painter)
        else:
            self._paint_tiles(painter)
            self._paint_blocks(painter)
        name, shape, foot = self.texts()
        heading = QRectF(PAD, PAD - 2, self._room(), 20)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("text"))
        paint.draw_text(painter, heading, name)
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("muted"))
        paint.draw_figures(painter, heading, shape)
        paint.draw_text(painter, QRectF(PAD, self._text_y(), self._room(), 18), foot)

    def _room(self) -> int:
        return self.width() - 2 * PAD

    def texts(self) -> tuple[str, str, str]:
        """The name, the shape beside it and the line below the tiles, in as many words as there is room for.

        What a card has no room for goes in this order: the cost, the spaces of the shape, the parameters. The shape
        then takes their line.
        """
        metrics = QFontMetricsF(theme.font(theme.SMALL_PX))
        beside = self._room() - QFontMetricsF(theme.font(bold=True)).horizontalAdvance(self.part.name) - 8
        shape = shape_text(self.part.output)
        if metrics.horizontalAdvance(shape) > beside:
            shape = shape.replace(" ", "")
        foot = count_text(self.part.parameters)
        if metrics.horizontalAdvance(shape) > beside:
            return self.part.name, "", shape
        full = foot if self.part.name == "fc" else f"{foot} {DOT} {macs_text(self.part.macs)}"
        return self.part.name, shape, full if metrics.horizontalAdvance(full) <= self._room() else foot

    def _paint_tiles(self, painter: QPainter) -> None:
        area = self._tiles_rect()
        if len(self._tiles) == 1:
            image = self._tiles[0]
            width = min(area.width(), area.height() * image.width() / image.height())
            paint.draw_map(painter, QRectF(area.x(), area.y(), width, width * image.height() / image.width()), image)
            return
        for index, tile in enumerate(self._tile_rects()):
            if index < len(self._tiles):
                paint.draw_map(painter, tile, self._tiles[index])
                if self._place is not None:
                    y, x = self._place
                    place = QPointF(tile.x() + x * tile.width(), tile.y() + y * tile.height())
                    paint.draw_crosshair(painter, place, arm_px=2)
            else:
                paint.fill_rounded(painter, tile, 3, theme.colour("sunken"))

    def _tile_rects(self) -> list[QRectF]:
        area = self._tiles_rect()
        side = (area.width() - (COLUMNS - 1) * GAP_PX) / COLUMNS
        step = side + GAP_PX
        return [
            QRectF(area.x() + (index % COLUMNS) * step, area.y() + (index // COLUMNS) * step, side, side)
            for index in range(COLUMNS * ROWS)
        ]

    def _paint_blocks(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.Antialiasing)
        painter.setPen(Qt.NoPen)
        for block, rect in self._block_rects():
            lit = f"{self._current}.".startswith(f"{block.name}.") or self._hovered == block.name
            painter.setBrush(theme.colour("accent") if lit else paint.tint("accent", 0.45))
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

    def _block_at(self, place: QPoint) -> Part | None:
        for block, rect in self._block_rects():
            if rect.adjusted(-1, -1.5, 1, 1.5).contains(place):
                return block
        return None

    def event(self, event: QEvent) -> bool:
        return told_tip(self, event, self._tip) or bool(super().event(event))

    def _tip(self, place: QPoint) -> str:
        part = self._block_at(place) or self.part
        note = self.tr("{0:.0%} of the network's multiply-accumulates").format(self._share)
        if part.name == "fc":
            note = self.tr("The mean of every map, then one score for each class of {0}").format(self._dataset)
        return "\n".join([part.name, self._describe(part), *([note] if part is self.part else [])])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        block = self._block_at(event.pos())
        name = block.name if block else None
        if name != self._hovered:
            self._hovered = name
            self.update()
        place = QPointF(event.localPos())
        over = [tile for tile in self._tile_rects()[: len(self._tiles)] if tile.contains(place)]
        if over and len(self._tiles) > 1 and self.part.name != "fc":
            tile, self._over_map = over[0], True
            y, x = (place.y() - tile.y()) / tile.height(), (place.x() - tile.x()) / tile.width()
            self.hovered.emit(self.part.name, y, x)
        else:
            self._leave_map()

    def _leave_map(self) -> None:
        if self._over_map:
            self._over_map = False
            self.left.emit()

    def enterEvent(self, _event: QEvent) -> None:
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hovered = None
        self._leave_map()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.LeftButton:
            block = self._block_at(event.pos())
            self.picked.emit(block.name if block else self.part.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        names = [self.part.name, *(block.name for block in self.part.blocks)]
        here = next((i for i, name in enumerate(names) if i and f"{self._current}.".startswith(f"{name}.")), 0)
        target = place_after(event, here, len(names), ACROSS)
        if event.key() in (*ENTER, Qt.Key_Space) and not is_command(event):
            self.picked.emit(self.part.name)
        elif target is None:
            super().keyPressEvent(event)
        elif target >= 0:
            self.picked.emit(names[target])
