"""How much each block changes what runs through it, a switch and a slider for each, and what becomes of the answer."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QRectF, QSignalBlocker, Qt, pyqtSignal
from PyQt5.QtGui import QPainter, QPaintEvent, QWheelEvent
from PyQt5.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._change_rows import ChangeRow, ChangeRows
from app.widgets._controls import ElidedLabel
from app.widgets._depth_chart import TONES, DepthBar, DepthChart
from app.widgets._segmented import Segment, Segmented
from resnet_core.blocks import stage_of

__all__ = ["ChangeRow", "DepthBar", "DepthPanel"]

SIDE_PX = 248
SLIDER_STEPS = 100  # to F as trained; twice as many to twice of it


class DepthPanel(QWidget):
    """Data comes by show_*(); what is wanted goes out by signals."""

    block_picked = pyqtSignal(str)
    block_opened = pyqtSignal(str)  # its X-ray is wanted
    gate_asked = pyqtSignal(str, float)  # F of a block times 0 … 2
    stage_bypass_asked = pyqtSignal(str)
    reset_asked = pyqtSignal()
    measure_picked = pyqtSignal(str)
    class_picked = pyqtSignal(int)

    def __init__(self, measures: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """`measures` are key, text and explanation of what the bars can show."""
        super().__init__(parent)
        self.setObjectName("depthPanel")
        self.setAccessibleName(self.tr("Depth"))
        self._block, self._stage = "", ""
        self._measures = Segmented(self.tr("What the bars show"), 28)
        self._measures.show_segments([Segment(*measure) for measure in measures], measures[0][0])
        self._measures.picked.connect(self.measure_picked)
        self.chart, self.changes = DepthChart(), ChangeRows()
        self.chart.picked.connect(self.block_picked)
        self.chart.opened.connect(self.block_opened)
        self.chart.gate_asked.connect(self.gate_asked)
        self.changes.picked.connect(self.class_picked)
        middle = QHBoxLayout()
        middle.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(self._top())
        left.addWidget(self.chart, 1)
        left.addLayout(self._controls())
        middle.addLayout(left, 1)
        middle.addWidget(self._side())
        middle.setContentsMargins(0, 0, 0, 0)
        self.setLayout(middle)

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._measures)
        top.addStretch(1)
        for way, text in (
            (1, self.tr("F strengthens x")),
            (-1, self.tr("works against it")),
            (0, self.tr("neither")),
        ):
            top.addWidget(_Mark(TONES[way]))
            top.addWidget(ElidedLabel(text, role="caption"))
        return top

    def _controls(self) -> QGridLayout:
        self._name = QLabel()
        self._name.setProperty("role", "title")
        self._name.setMinimumWidth(64)
        self.slider = _Slider(Qt.Horizontal)
        self.slider.setRange(0, 2 * SLIDER_STEPS)
        self.slider.setSingleStep(SLIDER_STEPS // 20)
        self.slider.setPageStep(SLIDER_STEPS // 4)
        self.slider.setValue(SLIDER_STEPS)
        self.slider.setMinimumWidth(80)
        self.slider.setMaximumWidth(560)
        self.slider.setAccessibleName(self.tr("What F is multiplied by"))
        self.slider.setToolTip(self.tr("F of this block times 0 (bypassed) … 1 (as trained) … 2"))
        self.slider.valueChanged.connect(self._slid)
        self._gate = QLabel()
        self._gate.setMinimumWidth(68)
        self._bypass_stage = self._button("", self.tr("Switch F of every block of this stage off"))
        self._bypass_stage.clicked.connect(lambda: self.stage_bypass_asked.emit(self._stage))
        self._reset = self._button(self.tr("All blocks on"), self.tr("Every block as trained again"))
        self._reset.clicked.connect(self.reset_asked)
        self._meaning = ElidedLabel(role="caption")
        row = QGridLayout()
        row.setHorizontalSpacing(10)
        row.setVerticalSpacing(2)
        for column, part in enumerate((self._name, self.slider, self._gate, None, self._bypass_stage, self._reset)):
            if part is not None:
                row.addWidget(part, 0, column)
        row.setColumnStretch(1, 20)
        row.setColumnStretch(3, 1)
        row.addWidget(self._meaning, 1, 0, 1, 6)
        return row

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("size", "small")
        button.setToolTip(tip)
        return button

    def _side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(SIDE_PX)
        self._heading = QLabel(self.tr("Predictions"))
        self._heading.setProperty("role", "heading")
        self._hint = QLabel()
        self._hint.setProperty("role", "caption")
        self._hint.setWordWrap(True)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._heading)
        column.addWidget(self._hint)
        column.addWidget(self.changes, 1)
        return side

    def show_bars(self, bars: Sequence[DepthBar]) -> None:
        """Every block of the network, in order of depth."""
        self.chart.show_bars(bars)
        self._reset.setEnabled(any(bar.gate != 1 for bar in bars))

    def show_block(self, block: str, gate: float, gate_text: str, meaning: str) -> None:
        """The block looked at, what its F is multiplied by, and what it does in words."""
        self._block, self._stage = block, stage_of(block)
        self.chart.set_current(block)
        self._name.setText(block)
        self._gate.setText(gate_text)
        self._meaning.setText(meaning)
        self._bypass_stage.setText(self.tr("Bypass all of {0}").format(self._stage))
        if (layout := self.layout()) is not None:
            layout.activate()  # at once: else the new words stand in the old ones' room for a frame
        if not self.slider.isSliderDown():  # it is where the hand is, and the network follows
            with QSignalBlocker(self.slider):
                self.slider.setValue(round(gate * SLIDER_STEPS))

    def show_changes(self, rows: Sequence[ChangeRow], target: int | None, changed: str) -> None:
        """The classes; `changed` says what is changed in the network, "" for as trained."""
        self._heading.setText(self.tr("Predictions: as trained → now") if changed else self.tr("Predictions"))
        hint = self.tr("Switch a block off below its bar, or drag the slider: the answer moves with it.")
        self._hint.setText(changed or hint)
        self.changes.show_rows(rows, target)

    def _slid(self, value: int) -> None:
        near = abs(value - SLIDER_STEPS) <= 2 and self.slider.isSliderDown()  # as trained is easy to find again
        self.gate_asked.emit(self._block, 1.0 if near else value / SLIDER_STEPS)


class _Slider(QSlider):
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past a control must not change it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """With a mark in the middle: as trained."""
        super().paintEvent(event)
        middle = QRectF(self.width() / 2 - 1, self.height() / 2 - 9, 2, 18)
        if self.value() != SLIDER_STEPS:
            paint.fill_rounded(QPainter(self), middle, 1, theme.colour("faint"))


class _Mark(QWidget):
    """A spot of colour in a legend."""

    def __init__(self, token: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        self.setFixedSize(10, 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.fill_rounded(QPainter(self), QRectF(self.rect()), 3, theme.colour(self._token))
