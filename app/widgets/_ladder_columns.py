"""The ladder's table: a column for each network, a row for each thing to compare. Part of ladder_panel."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QTextOption
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import told_tip
from app.widgets._keys import ACROSS, ENTER, place_after
from app.widgets._ladder_layout import (
    GUTTER_PX,
    HEAD_PX,
    LINE_PX,
    TILE_GAP_PX,
    Drawn,
    LadderColumn,
    LadderLayout,
    answer_tip,
    milliseconds,
    stage_tip,
)
from app.widgets._numbers import count_text, value_text
from app.widgets._shares import percent


class LadderColumns(QWidget):
    """Left and Right walk the columns, Enter uses a network or downloads it."""

    used = pyqtSignal(str)  # the head of a column: use this network
    wanted = pyqtSignal(str)  # download this one
    stage_picked = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[LadderColumn, ...] = ()
        self._drawn: dict[str, tuple[LadderColumn, Drawn]] = {}
        self._stages: tuple[str, ...] = ()
        self._stage = ""
        self._focused, self._hovered = 0, -1
        self._placed: LadderLayout | None = None
        self._sizes: tuple[int, ...] = ()
        self.setAccessibleName(self.tr("Networks side by side"))
        self.setFocusPolicy(Qt.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)

    def show_columns(self, columns: Sequence[LadderColumn], stages: Sequence[str], stage: str) -> None:
        """The networks in order; `stages` are the rows below, `stage` the one looked at."""
        kept = {column.weights: self._drawn.get(column.weights) for column in columns}
        self._drawn = {}
        for column in columns:
            before = kept[column.weights]
            same = before is not None and before[0].photo is column.photo and before[0].stages is column.stages
            self._drawn[column.weights] = (column, before[1] if same and before else self._draw(column))
        self._columns, self._stages, self._stage = tuple(columns), tuple(stages), stage
        self._focused = min(self._focused, max(len(columns) - 1, 0))
        self.setMinimumSize(self.minimumSizeHint())
        self._describe()
        self.update()

    def _describe(self) -> None:
        """For screen readers: the column of the keyboard, then the others."""
        order = sorted(range(len(self._columns)), key=lambda index: index != self._focused)
        self.setAccessibleDescription("; ".join(self._text(self._columns[index]) for index in order))

    def _draw(self, column: LadderColumn) -> Drawn:
        return Drawn(tiles={name: [paint.to_image(tile) for tile in tiles] for name, tiles in column.stages.items()})

    def _text(self, column: LadderColumn) -> str:
        if column.answer is None:
            return f"{column.weights}: {column.text or self._waiting(column)}"
        return f"{column.weights}: {column.answer[0]} {percent(column.answer[1])}, {milliseconds(column.elapsed_ms)}"

    def _waiting(self, column: LadderColumn) -> str:
        return self.tr("asking …") if column.state == "busy" else self.tr("not asked yet")

    @property
    def placed(self) -> LadderLayout:
        """Where everything stands now."""
        offers = sum(column.state == "offer" for column in self._columns)
        sizes = len(self._columns) - offers, offers, len(self._stages), self.width(), self.height()
        if self._placed is None or sizes != self._sizes:
            self._sizes, self._placed = sizes, LadderLayout(*sizes)
        return self._placed

    def minimumSizeHint(self) -> QSize:
        return QSize(self.placed.least_width, self.placed.least_height)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """How many offers stand below each other depends on the height, and with it the least width."""
        if self.minimumSize() != self.minimumSizeHint():
            self.setMinimumSize(self.minimumSizeHint())

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        for row, stage in enumerate(self._stages):
            self._paint_stage_name(painter, row, stage)
        self._paint_row_names(painter)
        for index, column in enumerate(self._columns):
            self._paint_head(painter, index, column)
            rect = self.placed.rect(index)
            if column.state == "done":
                self._paint_answer(painter, rect, column)
                self._paint_tiles(painter, rect, column)
            elif column.state == "offer":
                self._paint_offer(painter, index, column)
            else:
                self._paint_text(painter, rect, column)

    def _paint_row_names(self, painter: QPainter) -> None:
        if not any(column.state == "done" for column in self._columns):
            return
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("muted"))
        names = (self.tr("answer"), "", self.tr("time"), self.tr("params"))
        for row, name in enumerate(names):
            line = QRectF(6, self.placed.words_top + row * LINE_PX, GUTTER_PX - 8, LINE_PX)
            paint.draw_text(painter, line, name)

    def _paint_stage_name(self, painter: QPainter, row: int, stage: str) -> None:
        rect, chosen = self.placed.stage_rect(row), stage == self._stage
        if chosen:
            paint.fill_rounded(painter, rect, 5, theme.colour("accent_soft"))
        painter.setFont(theme.font(theme.SECONDARY_PX, bold=chosen))
        painter.setPen(theme.colour("text" if chosen else "muted"))
        paint.draw_text(painter, QRectF(6, rect.y(), GUTTER_PX - 8, rect.height()), stage)

    def _paint_head(self, painter: QPainter, index: int, column: LadderColumn) -> None:
        head = self.placed.head(index)
        offer = column.state == "offer"
        if column.in_use:
            paint.fill_rounded(painter, head, 6, theme.colour("accent_soft"))
        elif index == self._hovered and not offer:
            paint.fill_rounded(painter, head, 6, theme.colour("hover"))
        if self.hasFocus() and index == self._focused:
            paint.draw_focus(painter, head, 6)
        name = QRectF(head.x() + 6, head.y() + 1, head.width() - 12, 18)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("accent" if column.in_use else "muted" if offer else "text"))
        paint.draw_text(painter, name, column.network, elide=Qt.ElideMiddle)
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("muted"))
        paint.draw_text(painter, name.translated(0, 16), column.tag, elide=Qt.ElideMiddle)

    def _paint_answer(self, painter: QPainter, rect: QRectF, column: LadderColumn) -> None:
        side = self.placed.photo_px
        place = QRectF(rect.x(), HEAD_PX, side, side)
        if column.photo is not None:
            drawn = self._drawn[column.weights][1]
            device = round(side * paint.pixel_ratio(self))
            if drawn.photo is None or drawn.photo_px != device:
                drawn.photo, drawn.photo_px = paint.photo(column.photo, side, side, paint.pixel_ratio(self)), device
            paint.draw_rounded(painter, place, drawn.photo, 5)
            self._paint_reach(painter, place, column.reach)
        assert column.answer is not None
        x = rect.x() if self.placed.stacked else place.right() + 8
        line = QRectF(x, self.placed.words_top, rect.right() - x, LINE_PX)
        label, probability = column.answer
        painter.setFont(theme.font(theme.SECONDARY_PX, bold=True))
        painter.setPen(theme.colour("text"))
        paint.draw_text(painter, line, label)
        line.translate(0, LINE_PX)
        painter.setFont(theme.font(theme.SECONDARY_PX))
        paint.draw_text(painter, line, percent(probability))
        if self.placed.stacked:
            track = QRectF(line.x() + 52, line.center().y() - 3, line.width() - 52, 6)
            paint.draw_bar(painter, track, probability, "accent", 2.0)
        painter.setPen(theme.colour("muted"))
        for text in (milliseconds(column.elapsed_ms), count_text(column.parameters)):
            line.translate(0, LINE_PX)
            paint.draw_text(painter, line, text)

    def _paint_reach(self, painter: QPainter, photo: QRectF, reach: float) -> None:
        """In the photo's corner, since the evidence over each of them has a scale of its own."""
        text = f"±{value_text(reach)}"
        painter.setFont(theme.font(theme.SMALL_PX))
        wide = painter.fontMetrics().horizontalAdvance(text) + 8
        label = QRectF(photo.right() - wide - 2, photo.bottom() - 17, wide, 15)
        paint.fill_rounded(painter, label, 4, theme.colour("panel", 0.9))
        painter.setPen(theme.colour("text"))
        paint.draw_text(painter, label, text, paint.CENTRE)

    def _paint_tiles(self, painter: QPainter, rect: QRectF, column: LadderColumn) -> None:
        side, drawn = self.placed.tile_px, self._drawn[column.weights][1]
        for row, stage in enumerate(self._stages):
            if stage not in drawn.tiles:
                painter.setFont(theme.font(theme.SMALL_PX))
                painter.setPen(theme.colour("muted"))
                place = QRectF(rect.x(), self.placed.stage_top(row), rect.width(), side)
                paint.draw_text(painter, place, self.tr("has no {stage}").format(stage=stage))
            for place_in_row, tile in enumerate(drawn.tiles.get(stage, ())):
                x = rect.x() + place_in_row * (side + TILE_GAP_PX)
                paint.draw_map(painter, QRectF(x, self.placed.stage_top(row), side, side), tile)

    def _paint_text(self, painter: QPainter, rect: QRectF, column: LadderColumn) -> None:
        failed = column.state == "failed"
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("bad" if failed else "muted"))
        place = QRectF(rect.x(), HEAD_PX, rect.width(), self.height() - HEAD_PX)
        text = column.text if failed else self._waiting(column)
        wrapped = QTextOption(Qt.AlignLeft | Qt.AlignTop)
        wrapped.setWrapMode(QTextOption.WrapAtWordBoundaryOrAnywhere)
        painter.drawText(place, text, wrapped)

    def _paint_offer(self, painter: QPainter, index: int, column: LadderColumn) -> None:
        rect = self.placed.rect(index)
        painter.setFont(theme.font(theme.SMALL_PX))
        painter.setPen(theme.colour("muted"))
        for row, text in enumerate(column.text.split("\n")[:3]):
            line = QRectF(rect.x(), rect.y() + HEAD_PX + row * LINE_PX, rect.width(), LINE_PX)
            paint.draw_text(painter, line, text)
        button = self.placed.button(index)
        lit = "hover" if index == self._hovered else "panel"
        paint.fill_rounded(painter, button, 7, theme.colour(lit), theme.colour("line_strong"))
        paint.draw_icon(painter, "download", QRectF(button.x() + 9, button.center().y() - 7, 14, 14), "accent")
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("text"))
        paint.draw_text(painter, button.adjusted(28, 0, -4, 0), self.tr("Download"))

    # asked by mouse and keys

    def _column_at(self, place: QPointF) -> int:
        """The column whose head, or whose button, is at a place; -1 for none."""
        for index, column in enumerate(self._columns):
            if (self.placed.button(index) if column.state == "offer" else self.placed.head(index)).contains(place):
                return index
        return -1

    def _stage_at(self, place: QPointF) -> str | None:
        found = (stage for row, stage in enumerate(self._stages) if self.placed.stage_rect(row).contains(place))
        return next(found, None) if self._column_at(place) < 0 else None

    def _tip(self, point: QPoint) -> str:
        place = QPointF(point)
        index = next((i for i in range(len(self._columns)) if self.placed.rect(i).contains(place)), -1)
        if index < 0:
            return ""
        column = self._columns[index]
        if self.placed.head(index).contains(place):
            use = "" if column.state == "offer" or column.in_use else "\n" + self.tr("Click: use this network")
            return f"{column.weights}{use}"
        stage = self._stage_at(place)
        if stage is not None and stage in column.shapes:
            return stage_tip(column, stage)
        return answer_tip(column)

    def event(self, event: QEvent) -> bool:
        return told_tip(self, event, self._tip) or bool(super().event(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._column_at(event.localPos())
        hand = self._hovered >= 0 or self._stage_at(event.localPos()) is not None
        self.setCursor(Qt.PointingHandCursor if hand else Qt.ArrowCursor)
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.LeftButton:
            return
        index = self._column_at(event.localPos())
        if index >= 0:
            self._focused = index
            self._choose(index)
        elif stage := self._stage_at(event.localPos()):
            self.stage_picked.emit(stage)

    def _choose(self, index: int) -> None:
        column = self._columns[index]
        if column.state == "offer":
            self.wanted.emit(column.weights)
        elif not column.in_use:
            self.used.emit(column.weights)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = place_after(event, self._focused, len(self._columns), ACROSS)
        if event.key() in ENTER and self._focused < len(self._columns):
            self._choose(self._focused)
        elif target is None:
            super().keyPressEvent(event)
        elif target >= 0:
            self._focused = target
            self._describe()
            self.update()
