"""How the ladder's table is drawn. Part of ladder_panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QPainter, QTextOption

from app import theme
from app.i18n import tr
from app.widgets import _painting as paint
from app.widgets._ladder_layout import (
    GUTTER_PX,
    HEAD_PX,
    LINE_PX,
    Drawn,
    LadderColumn,
    LadderLayout,
    LadderPlace,
    milliseconds,
)
from app.widgets._numbers import count_text, value_text
from app.widgets._shares import percent


@dataclass(frozen=True)
class LadderPainting:
    """The parts of a table laid out by `placed`, on a screen of `ratio` px to a logical one."""

    painter: QPainter
    placed: LadderLayout
    ratio: float

    def row_names(self) -> None:
        self._write(theme.SMALL_PX, "muted")
        for row, name in enumerate((tr("answer"), "", tr("time"), tr("params"))):
            line = QRectF(6, self.placed.words_top + row * LINE_PX, GUTTER_PX - 8, LINE_PX)
            paint.draw_text(self.painter, line, name)

    def stage_name(self, row: int, stage: str, *, chosen: bool) -> None:
        rect = self.placed.stage_rect(row)
        if chosen:
            paint.fill_rounded(self.painter, rect, 5, theme.colour("accent_soft"))
        self._write(theme.SECONDARY_PX, "text" if chosen else "muted", bold=chosen)
        paint.draw_text(self.painter, QRectF(6, rect.y(), GUTTER_PX - 8, rect.height()), stage)

    def head(self, index: int, column: LadderColumn, *, hovered: bool, focused: bool) -> None:
        head, offer = self.placed.head(index), column.state == "offer"
        if column.in_use:
            paint.fill_rounded(self.painter, head, 6, theme.colour("accent_soft"))
        elif hovered and not offer:
            paint.fill_rounded(self.painter, head, 6, theme.colour("hover"))
        if focused:
            paint.draw_focus(self.painter, head, 6)
        name = QRectF(head.x() + 6, head.y() + 1, head.width() - 12, 18)
        self._write(theme.BODY_PX, "accent" if column.in_use else "muted" if offer else "text", bold=True)
        paint.draw_text(self.painter, name, column.network, elide=Qt.ElideMiddle)
        self._write(theme.SMALL_PX, "muted")
        paint.draw_text(self.painter, name.translated(0, 16), column.tag, elide=Qt.ElideMiddle)

    def answer(self, index: int, column: LadderColumn, drawn: Drawn, place: LadderPlace | None) -> None:
        photo = self.placed.photo(index)
        if column.photo is not None:
            self._photo(photo, column, drawn)
            if place is not None:
                down, across = place.share
                spot = QPointF(photo.x() + across * photo.width(), photo.y() + down * photo.height())
                paint.draw_crosshair(self.painter, spot, arm_px=3)
        assert column.answer is not None
        rect = self.placed.rect(index)
        x = rect.x() if self.placed.stacked else photo.right() + 8
        line = QRectF(x, self.placed.words_top, rect.right() - x, LINE_PX)
        label, probability = column.answer
        self._write(theme.SECONDARY_PX, "text", bold=True)
        paint.draw_text(self.painter, line, label)
        line.translate(0, LINE_PX)
        self._write(theme.SECONDARY_PX, "text")
        paint.draw_text(self.painter, line, percent(probability))
        if self.placed.stacked:
            track = QRectF(line.x() + 52, line.center().y() - 3, line.width() - 52, 6)
            paint.draw_bar(self.painter, track, probability, "accent", 2.0)
        self.painter.setPen(theme.colour("muted"))
        for text in (milliseconds(column.elapsed_ms), count_text(column.parameters)):
            line.translate(0, LINE_PX)
            paint.draw_text(self.painter, line, text)

    def _photo(self, photo: QRectF, column: LadderColumn, drawn: Drawn) -> None:
        """With how far its evidence reaches in the corner: over each of them that has a scale of its own."""
        assert column.photo is not None
        side = photo.width()
        if drawn.photo is None or drawn.photo_px != round(side * self.ratio):
            drawn.photo, drawn.photo_px = paint.photo(column.photo, side, side, self.ratio), round(side * self.ratio)
        paint.draw_rounded(self.painter, photo, drawn.photo, 5)
        text = f"±{value_text(column.reach)}"
        self._write(theme.SMALL_PX, "text")
        wide = self.painter.fontMetrics().horizontalAdvance(text) + 8
        label = QRectF(photo.right() - wide - 2, photo.bottom() - 17, wide, 15)
        paint.fill_rounded(self.painter, label, 4, theme.colour("panel", 0.9))
        self.painter.setPen(theme.colour("text"))
        paint.draw_text(self.painter, label, text, paint.CENTRE)

    def tiles(self, index: int, drawn: Drawn, stages: Sequence[str], place: LadderPlace | None) -> None:
        """The miniatures of each stage; of one that this network has not, that it has none."""
        for row, stage in enumerate(stages):
            if stage not in drawn.tiles:
                self._write(theme.SMALL_PX, "muted")
                first = self.placed.tile(index, row, 0)
                first.setWidth(self.placed.column_px)
                paint.draw_text(self.painter, first, tr("has no {stage}").format(stage=stage))
            for number, tile in enumerate(drawn.tiles.get(stage, ())):
                rect = self.placed.tile(index, row, number)
                paint.draw_map(self.painter, rect, tile)
                if place is not None and stage in place.cells:
                    paint.draw_cell(self.painter, rect, (tile.height(), tile.width()), place.cells[stage], 3)

    def text(self, index: int, text: str, *, failed: bool) -> None:
        """In the place of an answer."""
        rect = self.placed.rect(index)
        self._write(theme.SECONDARY_PX, "bad" if failed else "muted")
        wrapped = QTextOption(Qt.AlignLeft | Qt.AlignTop)
        wrapped.setWrapMode(QTextOption.WrapAtWordBoundaryOrAnywhere)
        self.painter.drawText(QRectF(rect.x(), HEAD_PX, rect.width(), self.placed.height - HEAD_PX), text, wrapped)

    def offer(self, index: int, column: LadderColumn, *, hovered: bool) -> None:
        rect = self.placed.rect(index)
        self._write(theme.SMALL_PX, "muted")
        for row, text in enumerate(column.text.split("\n")[:3]):
            line = QRectF(rect.x(), rect.y() + HEAD_PX + row * LINE_PX, rect.width(), LINE_PX)
            paint.draw_text(self.painter, line, text)
        button = self.placed.button(index)
        lit = theme.colour("hover" if hovered else "panel")
        paint.fill_rounded(self.painter, button, 7, lit, theme.colour("line_strong"))
        icon = QRectF(button.x() + 9, button.center().y() - 7, 14, 14)
        paint.draw_icon(self.painter, "download", icon, "accent")
        self._write(theme.SECONDARY_PX, "text")
        paint.draw_text(self.painter, button.adjusted(28, 0, -4, 0), tr("Download"))

    def _write(self, size_px: int, colour: str, *, bold: bool = False) -> None:
        self.painter.setFont(theme.font(size_px, bold=bold))
        self.painter.setPen(theme.colour(colour))
