"""The bars of a depth profile: one a block, stage by stage, each with a switch below it. Part of depth_panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._blocks_in_a_row import side_by_side, stage_spans
from app.widgets._controls import told_tip
from app.widgets._depth_scale import reach, round_above
from app.widgets._keys import ACROSS, DOWN, ENTER, is_command, place_after
from app.widgets._numbers import TIMES
from resnet_core.blocks import stage_of

AXIS_PX, TOP_PX = 34, 18
SWITCH_PX, INDEX_PX, STAGE_PX = 22, 14, 18
STAGE_GAP_PX, WIDEST_PX = 14, 96  # between stages; of a bar
TONES = {1: "second", 0: "faint", -1: "accent"}  # as the maps: what adds is orange, what takes away is blue
STEP = 0.1  # of a gate, by Up and Down


@dataclass(frozen=True)
class DepthBar:
    """A block. `height` is what the bar shows (None: not measured, or no number), `gate` what F is multiplied by now.

    `way` is whether F works with x (1), against it (-1) or neither (0).
    """

    block: str
    height: float | None
    way: int = 0
    gate: float = 1.0
    tip: str = ""


class DepthChart(QWidget):
    """A click or Left and Right choose a block, Space switches it off and on, Up and Down scale its F.

    Another click or Enter takes it apart.
    """

    picked, pointed_at = pyqtSignal(str), pyqtSignal(str)
    opened = pyqtSignal(str)
    gate_asked = pyqtSignal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("How much each block changes what runs through it"))
        self.setFocusPolicy(Qt.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)
        self.setMinimumSize(260, TOP_PX + 40 + SWITCH_PX + INDEX_PX + STAGE_PX)
        self._bars: tuple[DepthBar, ...] = ()
        self._current = ""
        self._hovered = -1
        self._opened = False  # by the last click

    def show_bars(self, bars: Sequence[DepthBar]) -> None:
        before, most = self._bars, self._most()
        self._bars = tuple(bars)
        self._describe()
        if [bar.block for bar in before] != [bar.block for bar in bars] or self._most() != most:
            self.update()
            return
        for column, old, new in zip(self.columns(), before, self._bars, strict=True):
            if old != new:
                self.update(reach(column).toAlignedRect())

    def bars(self) -> tuple[DepthBar, ...]:
        return self._bars

    def set_current(self, block: str) -> None:
        if block != self._current:
            self._current = block
            self._describe()
            self.update()

    def _describe(self) -> None:
        """For screen readers: the block looked at, what its bar shows, and what its F is multiplied by."""
        bar = next((bar for bar in self._bars if bar.block == self._current), None)
        said = self._current
        if bar is not None and bar.height is not None:
            said += f", {bar.height:.2f}"
        if bar is not None and bar.gate == 0:
            said = self.tr("{0}, switched off").format(said)
        elif bar is not None and bar.gate != 1:
            said += f", F {TIMES} {bar.gate:.2g}"
        self.setAccessibleDescription(said)

    def sizeHint(self) -> QSize:
        return QSize(600, 300)

    def _blocks(self) -> list[str]:
        return [bar.block for bar in self._bars]

    # where everything is

    def columns(self) -> list[QRectF]:
        """The whole column of each block, from the top down to its number."""
        area = QRectF(AXIS_PX, 0, self.width() - AXIS_PX - 2, self.height() - STAGE_PX)
        return side_by_side(self._blocks(), area, STAGE_GAP_PX)

    def switches(self) -> list[QRectF]:
        """Where a click switches each block."""
        top = self._floor() + 2
        return [QRectF(column.x(), top, column.width(), SWITCH_PX - 2) for column in self.columns()]

    def _floor(self) -> float:
        return float(self.height() - STAGE_PX - INDEX_PX - SWITCH_PX)

    def _most(self) -> float:
        """The value at the top of the axis: a round number above every bar."""
        highest = max((bar.height * max(bar.gate, 1.0) for bar in self._bars if bar.height is not None), default=0.0)
        return round_above(highest) if highest > 0 else 1.0

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        most, floor, damaged = self._most(), self._floor(), QRectF(event.rect())
        columns = self.columns()
        self._paint_axis(painter, most, floor)
        last = [i for i, bar in enumerate(self._bars) if bar.block == self._current or i == self._hovered]
        for index in [i for i in range(len(columns)) if i not in last] + last:
            if reach(columns[index]).intersects(damaged):
                self._paint_bar(painter, self._bars[index], columns[index], index, most)
        self._paint_stages(painter, columns)
        if self.hasFocus():
            paint.draw_focus(painter, QRectF(self.rect()), 8)

    def _paint_axis(self, painter: QPainter, most: float, floor: float) -> None:
        painter.setFont(theme.font(theme.SMALL_PX))
        for part in (0.0, 0.5, 1.0):
            y = round(floor - part * (floor - TOP_PX)) + 0.5
            painter.setPen(QPen(theme.colour("line_strong" if part == 0 else "line"), 1))
            painter.drawLine(QPointF(AXIS_PX - 4, y), QPointF(self.width() - 1, y))
            painter.setPen(theme.colour("muted"))
            paint.draw_figures(painter, QRectF(0, y - 8, AXIS_PX - 8, 16), f"{part * most:.3g}")

    def _paint_bar(self, painter: QPainter, bar: DepthBar, column: QRectF, index: int, most: float) -> None:
        floor, chosen = self._floor(), bar.block == self._current
        if chosen or index == self._hovered:
            shade = theme.colour("accent_soft" if chosen else "hover")
            paint.fill_rounded(painter, column.adjusted(0, 2, 0, 0), 5, shade)
        wide = min(max(2.0, column.width() * 0.66 if column.width() > 8 else column.width() - 2), WIDEST_PX)
        left = column.center().x() - wide / 2
        if bar.height is None:
            paint.fill_rounded(painter, QRectF(left, floor - 3, wide, 3), 1.5, theme.colour("track"))
        else:
            self._paint_height(painter, bar, QRectF(left, TOP_PX, wide, floor - TOP_PX), most)
            if column.width() >= 30 or chosen or index == self._hovered:
                top = floor - (floor - TOP_PX) * min(bar.height * max(bar.gate, 1.0) / most, 1.0)
                painter.setFont(theme.font(theme.SMALL_PX, bold=chosen))
                painter.setPen(theme.colour("text" if chosen else "muted"))
                number = QRectF(min(column.center().x() - 15, self.width() - 31.0), top - 17, 30, 15)
                if column.width() < 30:  # it covers a part of the bars beside it
                    paint.fill_rounded(painter, number, 4, theme.colour("accent_soft" if chosen else "hover"))
                text = f"{bar.height:.2f}"
                if bar.gate not in (0.0, 1.0) and column.width() >= 56:
                    number, text = number.adjusted(-14, 0, 14, 0), f"{text} {TIMES} {bar.gate:.2g}"
                paint.draw_figures(painter, number, text, paint.CENTRE)
        self._paint_switch(painter, bar, QRectF(column.x(), floor + 2, column.width(), SWITCH_PX - 2))
        painter.setFont(theme.font(theme.SMALL_PX, bold=chosen))
        painter.setPen(theme.colour("text" if chosen else "muted"))
        if column.width() >= 15 or chosen:
            place = QRectF(column.center().x() - 12, floor + SWITCH_PX - 1, 24, INDEX_PX)
            paint.draw_text(painter, place, bar.block.split(".")[1], paint.CENTRE)

    def _paint_height(self, painter: QPainter, bar: DepthBar, room: QRectF, most: float) -> None:
        """As trained an empty bar, filled as far as the gate lets F through."""
        assert bar.height is not None
        tone = theme.colour(TONES[bar.way])
        trained = max(room.height() * min(bar.height / most, 1.0), 2.0)
        if bar.gate != 1:
            frame = QRectF(room.x(), room.bottom() - trained, room.width(), trained)
            faint = QColor(tone)
            faint.setAlphaF(0.18)
            paint.fill_rounded(painter, frame, min(3.0, room.width() / 2), faint, tone)
        if bar.gate > 0:
            high = min(trained * bar.gate, room.height())
            filled = QRectF(room.x(), room.bottom() - high, room.width(), high)
            paint.fill_rounded(painter, filled, min(3.0, room.width() / 2), tone)

    def _paint_switch(self, painter: QPainter, bar: DepthBar, room: QRectF) -> None:
        """A slide switch, or a dot where there is no room for one. Off is hollow."""
        side = min(10.0, max(5.0, room.width() - 3))
        wide = 22.0 if room.width() >= 26 else side
        place = QRectF(room.center().x() - wide / 2, room.center().y() - side / 2, wide, side)
        off, scaled = bar.gate == 0, bar.gate not in (0.0, 1.0)
        fill = None if off else theme.colour("accent_soft" if scaled else "faint")
        line = theme.colour("bad" if off else "accent") if off or scaled else None
        paint.fill_rounded(painter, place, side / 2, fill, line)
        if wide > side:
            share = min(bar.gate, 1.0)
            x = place.x() + 2 + share * (wide - side)
            knob = theme.colour("bad" if off else "accent" if scaled else "panel")
            paint.fill_rounded(painter, QRectF(x, place.y() + 2, side - 4, side - 4), (side - 4) / 2, knob)

    def _paint_stages(self, painter: QPainter, columns: list[QRectF]) -> None:
        painter.setFont(theme.font(theme.SMALL_PX))
        for stage, span in stage_spans(self._blocks(), columns).items():
            painter.setPen(theme.colour("text" if stage == stage_of(self._current) else "muted"))
            room = QRectF(span.x() - 4, self.height() - STAGE_PX, span.width() + 8, STAGE_PX)
            paint.draw_text(painter, room, stage, paint.CENTRE)

    # asking

    def _at(self, place: QPoint) -> int:
        return next((i for i, column in enumerate(self.columns()) if column.contains(place)), -1)

    def _on_switch(self, place: QPoint, index: int) -> bool:
        return index >= 0 and self.switches()[index].contains(place)

    def event(self, event: QEvent) -> bool:
        return told_tip(self, event, self._tip) or bool(super().event(event))

    def _tip(self, place: QPoint) -> str:
        index = self._at(place)
        if not self._on_switch(place, index):
            return "" if index < 0 else self._bars[index].tip
        bar = self._bars[index]
        said = self.tr("Switch F of {0} on") if bar.gate == 0 else self.tr("Switch F of {0} off: x passes by alone")
        return said.format(bar.block)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovered = self._at(event.pos())
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()
            if hovered >= 0:
                self.pointed_at.emit(self._bars[hovered].block)
        self.setCursor(Qt.PointingHandCursor if hovered >= 0 else Qt.ArrowCursor)

    def leaveEvent(self, _event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._at(event.pos())
        if event.button() != Qt.LeftButton or index < 0:
            return
        bar, on_switch = self._bars[index], self._on_switch(event.pos(), index)
        self._opened = bar.block == self._current and not on_switch
        self._pick(index)
        if on_switch:
            self._switch(bar)
        elif self._opened:
            self.opened.emit(bar.block)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second of two quick clicks is just a click, unless the first one has opened the X-ray."""
        if not self._opened:
            self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        names = self._blocks()
        if not names or is_command(event):
            super().keyPressEvent(event)
            return
        here = names.index(self._current) if self._current in names else 0
        bar, key = self._bars[here], event.key()
        target = place_after(event, here, len(names), ACROSS, ends=True)
        if target is not None:
            if target >= 0:
                self._pick(target)
        elif key == Qt.Key_Space:
            self._switch(bar)
        elif key in DOWN:
            gate = min(max(round(bar.gate - DOWN[key] * STEP, 2), 0.0), 2.0)
            self.gate_asked.emit(bar.block, gate)
        elif key in ENTER:
            self.opened.emit(bar.block)
        else:
            super().keyPressEvent(event)

    def _pick(self, index: int) -> None:
        block = self._bars[index].block
        if block != self._current:
            self.set_current(block)
            self.picked.emit(block)

    def _switch(self, bar: DepthBar) -> None:
        self.gate_asked.emit(bar.block, 1.0 if bar.gate == 0 else 0.0)
