"""Compare: what stands on either side, one channel of both with the difference, predictions, distances, channels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QSize, pyqtSignal
from PyQt5.QtGui import QPixmap, QResizeEvent
from PyQt5.QtWidgets import QAction, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from app.widgets import _painting as paint
from app.widgets._compare_maps import ComparedMaps, CompareMaps, right_minus_left
from app.widgets._compare_tables import ComparedClass, ComparedStage, CompareTables
from app.widgets._controls import ElidedLabel, MenuButton, menu_text, plain_tip
from app.widgets._map_pairs import MapPair, MapPairs, ShownPairs

__all__ = [
    "CompareChoice",
    "ComparePanel",
    "CompareSide",
    "ComparedClass",
    "ComparedMaps",
    "ComparedStage",
    "MapPair",
    "ShownPairs",
    "right_minus_left",
]

THUMBNAIL_PX = 40


@dataclass(frozen=True)
class CompareChoice:
    """What can stand on a side. `group` "" is the menu's first level, others are menus of their own."""

    key: str
    text: str
    group: str = ""


@dataclass(frozen=True, eq=False)
class CompareSide:
    """What stands on a side: `text` in the button, `detail` below it, and what its network saw, (S, S, 3) uint8."""

    key: str
    text: str
    detail: str
    picture: NDArray[np.uint8] | None = None


class _Head(QWidget):
    """One side's picture, its menu, and what its network answered."""

    picked = pyqtSignal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._choices: tuple[CompareChoice, ...] = ()
        self._side: CompareSide | None = None
        self._picture = QLabel()
        self._picture.setFixedSize(THUMBNAIL_PX, THUMBNAIL_PX)
        self._button = MenuButton(limit_px=230)
        self._button.setAccessibleName(name)
        self._button.menu().aboutToShow.connect(self._fill)
        self._detail = ElidedLabel(role="caption")
        self._detail.setMaximumWidth(190)
        self._title = QLabel(name)
        self._title.setProperty("role", "heading")
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._picture)
        row.addLayout(words)
        row.addWidget(self._button)
        row.addStretch(1)

    def show_side(self, side: CompareSide) -> None:
        before, self._side = self._side, side
        self._button.show_choice(side.text)
        self._button.setToolTip(plain_tip(side.text))
        self._detail.setText(side.detail)
        self.layout().activate()  # now: a picture taken of the window at once would show the words cut
        if before is None or before.picture is not side.picture:
            self._draw()

    def _draw(self) -> None:
        picture = None if self._side is None else self._side.picture
        if picture is None:
            self._picture.clear()
            return
        ratio = paint.pixel_ratio(self)
        pixmap = QPixmap.fromImage(paint.photo(picture, THUMBNAIL_PX, THUMBNAIL_PX, ratio))
        pixmap.setDevicePixelRatio(ratio)
        self._picture.setPixmap(pixmap)

    def show_choices(self, choices: Sequence[CompareChoice]) -> None:
        self._choices = tuple(choices)

    def _fill(self) -> None:
        """The menu, made when it opens: there may be many pictures."""
        menu = self._button.menu()
        menu.clear()
        groups: dict[str, QMenu] = {"": menu}
        for choice in self._choices:
            if choice.group not in groups:
                groups[choice.group] = menu.addMenu(choice.group)
            action = QAction(menu_text(choice.text), menu)
            action.setCheckable(True)
            action.setChecked(self._side is not None and choice.key == self._side.key)
            action.triggered.connect(lambda _on, key=choice.key: self.picked.emit(key))
            groups[choice.group].addAction(action)


class ComparePanel(QWidget):
    """The two sides above; maps and channels at the left, predictions and distances at the right."""

    left_picked = pyqtSignal(str)  # the key of a choice
    right_picked = pyqtSignal(str)
    swap_requested = pyqtSignal()
    stage_picked = pyqtSignal(str)
    channel_picked = pyqtSignal(int)
    channel_opened = pyqtSignal(int)
    hovered = pyqtSignal(int, int, int)  # a channel of the left side, row and column of its map
    unhovered = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparePanel")
        self.setAccessibleName(self.tr("Compare"))
        self.left, self.right = _Head(self.tr("Left")), _Head(self.tr("Right"))
        self._swap = QPushButton("⇄")
        self._swap.setProperty("size", "small")
        self._swap.setFixedWidth(40)
        self._swap.setAccessibleName(self.tr("Exchange the sides"))
        self._swap.setToolTip(self.tr("Exchange left and right"))
        self.maps, self.tables = CompareMaps(), CompareTables()
        self.pairs = MapPairs(self.tr("Channels of both sides"))
        heads = QHBoxLayout()
        heads.setSpacing(12)
        heads.addWidget(self.left, 1)
        heads.addWidget(self._swap)
        heads.addWidget(self.right, 1)
        under = QVBoxLayout()
        under.setSpacing(6)
        under.addWidget(self.maps, 1)
        under.addWidget(self.pairs)
        body = QHBoxLayout()
        body.setSpacing(24)
        body.addLayout(under, 3)
        body.addWidget(self.tables, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(heads)
        column.addLayout(body, 1)
        self.left.picked.connect(self.left_picked)
        self.right.picked.connect(self.right_picked)
        self._swap.clicked.connect(self.swap_requested)
        self.tables.stage_picked.connect(self.stage_picked)
        self.pairs.picked.connect(self.channel_picked)
        self.pairs.opened.connect(self.channel_opened)
        for maps in (self.maps, self.pairs):
            maps.hovered.connect(self.hovered)
            maps.unhovered.connect(self.unhovered)
        self.setFocusProxy(self.pairs)

    def show_choices(self, choices: Sequence[CompareChoice]) -> None:
        """What may stand on either side."""
        self.left.show_choices(choices)
        self.right.show_choices(choices)

    def show_sides(self, left: CompareSide, right: CompareSide) -> None:
        self.left.show_side(left)
        self.right.show_side(right)

    def show_comparison(
        self, maps: ComparedMaps, colours: str, classes: Sequence[ComparedClass], stages: Sequence[ComparedStage],
        stage: str, *, by_cka: bool,
    ) -> None:  # fmt: skip
        """A channel of both sides, and what is known of the sides as wholes; `stage` is the one looked at."""
        self.maps.show_maps(maps, colours)
        self.tables.show_tables(classes, stages, stage, by_cka=by_cka)

    def show_channels(self, shown: ShownPairs) -> None:
        self.pairs.show_pairs(shown)

    def show_place(self, share: tuple[float, float] | None) -> None:
        """Mark a place in all maps, given as shares of height and width; None takes the marks away."""
        self.maps.show_place(share)
        self.pairs.show_place(share)

    def show_nothing(self, text: str) -> None:
        """The sides are not there yet, or one can't be; `text` says so."""
        self.maps.clear(text)
        self.tables.clear()
        self.pairs.clear()

    def minimumSizeHint(self) -> QSize:
        body = max(self.tables.minimumSizeHint().height(), 72 + 46 + 98)
        return QSize(620, min(THUMBNAIL_PX + 10 + body, 300))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.pairs.setFixedHeight(min(max(round(0.24 * self.height()), 90), 180))
