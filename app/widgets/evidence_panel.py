"""Why this class: its logit as a sum over the channels of the last stage, and the same sum over the places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QEvent, QRectF, QSignalBlocker, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import Choices, ElidedLabel
from app.widgets._numbers import MINUS, fixed_text, value_text
from app.widgets._signed_bar import SignedBar
from app.widgets._waterfall import Waterfall
from resnet_core import feature_maps
from resnet_core.evidence.classes import Contributions
from resnet_core.feature_maps import Range

NONE = -1
LEAST_SIDE_PX, MOST_SIDE_PX = 200, 440
CHOICE_PX = 220  # names of ImageNet's classes can be as long as a sentence


@dataclass(frozen=True, eq=False)
class ShownEvidence:
    """What the panel draws. `place` is the class activation map (H, W), or the difference of two classes' maps."""

    found: Contributions
    place: NDArray[np.float32]
    maps: NDArray[np.float32]  # (C, H, W): the last stage's
    stage: str
    logits: NDArray[np.float32]
    name: str  # the class
    rival: str | None  # the one it is held against
    arithmetic: str  # "f32": then the sum has to be the logit
    colours: str


class EvidencePanel(QWidget):
    """Waterfall at the left, map at the right, the choice of classes and the check of the sum above."""

    class_chosen = pyqtSignal(int)
    versus_chosen = pyqtSignal(int)  # NONE: no other class
    channel_chosen = pyqtSignal(int)
    channel_hovered = pyqtSignal(int)  # -1: none
    hovered = pyqtSignal(int, int)  # row and column of the map
    unhovered = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evidencePanel")
        self._class = Choices([], self.tr("Class asked about"))
        self._class.setToolTip(self.tr("The class whose score is taken apart"))
        self._class.currentIndexChanged.connect(lambda: self.class_chosen.emit(int(self._class.key())))
        self._versus = Choices([], self.tr("Class it is held against"))
        self._versus.setToolTip(self.tr("Another class: then everything is the difference between the two"))
        self._versus.currentIndexChanged.connect(lambda: self.versus_chosen.emit(int(self._versus.key())))
        self._against = QLabel(self.tr("held against"))
        words = [QLabel(self.tr("Score of")), self._against]
        for word in words:
            word.setProperty("role", "caption")
        for box in (self._class, self._versus):
            box.setMaximumWidth(CHOICE_PX)
        self._check = _Check(self)
        top = QHBoxLayout()
        top.setSpacing(8)
        for part in (words[0], self._class, words[1], self._versus):
            top.addWidget(part)
        top.addStretch(1)
        top.addWidget(self._check)
        self._waterfall = Waterfall(self)
        self._waterfall.channel_chosen.connect(self.channel_chosen)
        self._waterfall.channel_hovered.connect(self.channel_hovered)
        self._place = _Place(self)
        self._place.hovered.connect(self._over_place)
        self._scale = SignedBar(self.tr("against"), self.tr("for"), self)
        self._place_title, self._place_sum = ElidedLabel(role="heading"), ElidedLabel(role="caption")
        side = QVBoxLayout()
        side.setSpacing(6)
        for widget in (self._place_title, self._place, self._scale, self._place_sum):
            side.addWidget(widget, 1 if widget is self._place else 0)
        side.addStretch(0)
        body = QHBoxLayout()
        body.setSpacing(20)
        body.addWidget(self._waterfall, 1)
        body.addLayout(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(body, 1)
        self.setFocusProxy(self._waterfall)
        self._shown: ShownEvidence | None = None

    def show_classes(self, classes: Sequence[tuple[int, str]], chosen: int, versus: int) -> None:
        """(index, name) of the classes that can be asked about; `versus` NONE: held against none."""
        _fill(self._class, classes, chosen)
        others = [(index, name) for index, name in classes if index != chosen]
        _fill(self._versus, [(NONE, self.tr("nothing")), *others], versus)
        for part in (self._against, self._versus):
            part.setVisible(bool(others))

    def show_evidence(self, shown: ShownEvidence) -> None:
        self._shown = shown
        found = shown.found
        self._waterfall.show_sum(found, shown.maps, shown.colours)
        self._place.show_map(shown.place)
        if shown.rival is None:
            self._scale.set_words(self.tr("against"), self.tr("for"))
            self._place_title.setText(self.tr("Where “{0}” comes from").format(shown.name))
        else:
            self._scale.set_words(shown.rival, shown.name)
            self._place_title.setText(self.tr("“{0}” or “{1}”: where").format(shown.name, shown.rival))
        self._scale.show_reach(float(np.abs(shown.place).max()))
        mean = float(shown.place.mean(dtype=np.float64))
        bias = f"{'+' if found.bias >= 0 else MINUS} {value_text(abs(found.bias))}"
        self._place_sum.setText(
            self.tr("mean of the map {0} {1} bias = {2}").format(value_text(mean), bias, value_text(mean + found.bias))
        )
        self._check.show_check(found, shown.logits, shown.arithmetic)

    def clear(self) -> None:
        self._shown = None
        self._waterfall.show_sum(None, None, "magma")
        self._place.show_map(None)
        self._scale.show_reach(None)
        self._place_title.setText("")
        self._place_sum.setText("")
        self._check.hide()

    def show_place(self, cell: tuple[int, int] | None) -> None:
        """Mark a place of the map, and its value on the scale; None takes the marks away."""
        self._place.show_cell(cell)
        self._scale.show_value(None if cell is None or self._shown is None else float(self._shown.place[cell]))

    def _over_place(self, cell: tuple[int, int] | None) -> None:
        self.show_place(cell)
        if cell is None:
            self.unhovered.emit()
        else:
            self.hovered.emit(*cell)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place.set_side(min(max(round(0.26 * self.width()), LEAST_SIDE_PX), MOST_SIDE_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(620, 216)


def _fill(box: Choices, rows: Sequence[tuple[int, str]], chosen: int) -> None:
    """New rows and choice, without telling anybody."""
    wanted = [(str(index), name) for index, name in rows]
    with QSignalBlocker(box):
        if wanted != [(box.itemData(row), box.itemText(row)) for row in range(box.count())]:
            box.clear()
            for key, name in wanted:
                box.addItem(name, key)
        box.setCurrentIndex(max(box.findData(str(chosen)), 0))


class _Check(QWidget):
    """ "Sum 8.412 = logit 8.412" with a tick; or by how much they differ."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self._agrees, self._rounded = True, False
        self.setSizePolicy(QSizePolicy.Fixed, QSizePolicy.Fixed)
        self.hide()

    def show_check(self, found: Contributions, logits: NDArray[np.float32], arithmetic: str) -> None:
        self._agrees, self._rounded = found.agrees(logits), arithmetic != "f32"
        self.setToolTip(self.tr("The terms below are added up and compared with what the network itself answered"))
        total, logit = fixed_text(found.total, 3), fixed_text(float(logits[found.index]), 3)
        if found.versus is not None:
            logit = self.tr("logits {0} {1} {2}").format(logit, MINUS, fixed_text(float(logits[found.versus]), 3))
        else:
            logit = self.tr("logit {0}").format(logit)
        if self._agrees:
            self._text = self.tr("Sum {0} = {1}").format(total, logit)
        else:
            gap = value_text(abs(found.total - found.logit(logits)))
            self._text = self.tr("Sum {0}, {1}: {2} apart").format(total, logit, gap)
            if arithmetic != "f32":
                self._text += f" ({arithmetic})"
                self.setToolTip(
                    self.tr("The network computed in {0}, which rounds; this sum does not").format(arithmetic)
                )
        self.setAccessibleName(self._text)
        self.show()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 30, 26)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        icon, token = ("check", "good") if self._agrees else ("info", "muted") if self._rounded else ("warning", "bad")
        paint.draw_icon(painter, icon, QRectF(0, 5, 16, 16), token)
        painter.setPen(theme.colour("text"))
        paint.draw_figures(painter, QRectF(22, 0, self.width() - 22, 26), self._text, paint.LEFT)


class _Place(QWidget):
    """A map large, its values as squares; emits the row and column under the cursor, or None."""

    hovered = pyqtSignal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Class activation map"))
        self.setSizePolicy(QSizePolicy.Fixed, QSizePolicy.Expanding)
        self._map: NDArray[np.float32] | None = None
        self._image: QImage | None = None
        self._cell: tuple[int, int] | None = None

    def show_map(self, values: NDArray[np.float32] | None) -> None:
        if values is None or self._map is None or values.shape != self._map.shape:
            self._cell = None  # the place under the mouse is one in the map there was
        self._map, self._image = values, None
        if values is not None:
            reach = float(np.abs(values).max())
            self._image = paint.to_image(feature_maps.colour(values, Range(-reach, reach, True), "diverging"))
        self.update()

    def show_cell(self, cell: tuple[int, int] | None) -> None:
        if cell != self._cell:
            self._cell = cell
            self.update()

    def set_side(self, side_px: int) -> None:
        """As wide as this, and no higher."""
        self.setFixedWidth(side_px)
        self.setMaximumHeight(side_px)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.width())

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_SIDE_PX, 80)

    def _rect(self) -> QRectF:
        assert self._map is not None
        height, width = self._map.shape
        scale = min(self.width() / width, self.height() / height)
        return QRectF(0, 0, width * scale, height * scale)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._map is None or self._image is None:
            return
        painter = QPainter(self)
        rect = self._rect()
        paint.draw_map(painter, rect, self._image)
        if self._cell is not None:
            paint.draw_cell(painter, rect, self._map.shape, self._cell)
            y, x = self._cell
            text = self.tr("row {0}, column {1}").format(y, x) + f"\n{value_text(float(self._map[y, x]))}"
            painter.setFont(theme.font(theme.SMALL_PX))
            painter.setPen(theme.colour("muted"))
            beside = QRectF(rect.right() + 8, 0, self.width() - rect.right() - 8, 40)
            if beside.width() > 60:
                painter.drawText(beside, int(Qt.AlignLeft | Qt.AlignTop), text)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = None
        if self._map is not None and self._rect().contains(event.localPos()):
            cell = paint.cell_at(self._rect(), event.localPos(), self._map.shape)
        self._point_at(cell)

    def leaveEvent(self, _event: QEvent) -> None:
        self._point_at(None)

    def _point_at(self, cell: tuple[int, int] | None) -> None:
        if cell != self._cell:
            self._cell = cell
            self.hovered.emit(cell)
            self.update()
