"""The ladder's table: a column for each network, a row for each thing to compare. Part of ladder_panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PyQt5.QtCore import QEvent, QPoint, QPointF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt5.QtWidgets import QSizePolicy, QWidget

from app.widgets import _painting as paint
from app.widgets._controls import told_tip
from app.widgets._keys import ACROSS, ENTER, place_after
from app.widgets._ladder_layout import (
    Drawn,
    LadderColumn,
    LadderLayout,
    LadderPlace,
    answer_tip,
    milliseconds,
    stage_tip,
)
from app.widgets._ladder_painting import LadderPainting
from app.widgets._shares import percent


class LadderColumns(QWidget):
    """Left and Right walk the columns, Enter uses a network or downloads it."""

    used = pyqtSignal(str)  # the head of a column: use this network
    wanted = pyqtSignal(str)  # download this one
    stage_picked = pyqtSignal(str)
    hovered = pyqtSignal(str, str, float, float)  # weights, a stage or "" for the photo, and the place in it (0 … 1)
    unhovered = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[LadderColumn, ...] = ()
        self._drawn: dict[str, tuple[LadderColumn, Drawn]] = {}
        self._stages: tuple[str, ...] = ()
        self._stage = ""
        self._places: dict[str, LadderPlace] = {}
        self._pointing = False  # whether the cursor is in a photo or a map
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

    def show_places(self, places: Mapping[str, LadderPlace]) -> None:
        """Where the probe is in each network's photo and maps, by weights; those left out have no mark."""
        if places != self._places:
            self._places = dict(places)
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
        drawing = LadderPainting(painter, self.placed, paint.pixel_ratio(self))
        for row, stage in enumerate(self._stages):
            drawing.stage_name(row, stage, chosen=stage == self._stage)
        if any(column.state == "done" for column in self._columns):
            drawing.row_names()
        for index, column in enumerate(self._columns):
            hovered = index == self._hovered
            drawing.head(index, column, hovered=hovered, focused=self.hasFocus() and index == self._focused)
            if column.state == "done":
                drawn, place = self._drawn[column.weights][1], self._places.get(column.weights)
                drawing.answer(index, column, drawn, place)
                drawing.tiles(index, drawn, self._stages, place)
            elif column.state == "offer":
                drawing.offer(index, column, hovered=hovered)
            elif column.state == "failed":
                drawing.text(index, column.text, failed=True)
            else:
                drawing.text(index, self._waiting(column), failed=False)

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
        self._point_at(self._place_at(event.localPos()))

    def leaveEvent(self, _event: QEvent) -> None:
        self._hovered = -1
        self.update()
        self._point_at(None)

    def _place_at(self, place: QPointF) -> tuple[str, str, float, float] | None:
        for index, column in enumerate(self._columns):
            if column.state != "done" or not self.placed.rect(index).contains(place):
                continue
            rects = [("", self.placed.photo(index))]
            for row, stage in enumerate(self._stages):
                rects += [(stage, self.placed.tile(index, row, n)) for n in range(len(column.stages.get(stage, ())))]
            for stage, rect in rects:
                if rect.contains(place):
                    down, across = (place.y() - rect.y()) / rect.height(), (place.x() - rect.x()) / rect.width()
                    return column.weights, stage, down, across
        return None

    def _point_at(self, found: tuple[str, str, float, float] | None) -> None:
        if found is not None:
            self.hovered.emit(*found)
        elif self._pointing:
            self.unhovered.emit()
        self._pointing = found is not None

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
