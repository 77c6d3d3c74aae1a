"""A residual block taken apart, with what its numbers mean beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.widgets._block_chooser import BlockChooser
from app.widgets._colour_bar import ColourBar
from app.widgets._controls import CONTROL_PX, Choices, ElidedLabel, plain_tip
from app.widgets._numbers import MINUS, value_text
from app.widgets._xray_maps import XRayMaps, XRayRows
from resnet_core.feature_maps import Range

__all__ = ["XRayFacts", "XRayPanel", "XRayRows"]

SIDE_PX = 216


@dataclass(frozen=True)
class XRayFacts:
    """What stands at the side: of the whole block, and of one channel. Numbers as they are read."""

    title: str
    shape: str
    ratio: str
    cosine: str
    meaning: str
    channel: str


class XRayPanel(QWidget):
    """Data comes by show_*(); what is wanted goes out by signals."""

    block_picked = pyqtSignal(str)
    ranking_picked = pyqtSignal(str)
    channel_picked = pyqtSignal(int)
    hovered = pyqtSignal(int, int, int, int)  # row 0 … 3 (shortcut, F, sum, output), channel, y, x
    left = pyqtSignal()

    def __init__(self, rankings: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """`rankings` are key and text of what the channels can be ordered by."""
        super().__init__(parent)
        self.setObjectName("xrayPanel")
        self.setAccessibleName(self.tr("X-ray of a block"))
        self.blocks, self.maps = BlockChooser(), XRayMaps()
        self._rows: XRayRows | None = None
        self._at: tuple[int, int, int] | None = None  # the channel, row and column whose numbers are shown
        self._rankings = Choices(rankings, self.tr("Which channels first"))
        self._rankings.setToolTip(self.tr("Which channels are shown first"))
        self._rankings.activated.connect(lambda _: self.ranking_picked.emit(self._rankings.key()))
        self.blocks.picked.connect(self.block_picked)
        self.maps.channel_picked.connect(self.channel_picked)
        self.maps.hovered.connect(self.hovered)
        self.maps.left.connect(self.left)
        self.maps.left.connect(lambda: self._show_place(None))
        top = QHBoxLayout()
        top.setSpacing(12)
        self._change = ElidedLabel(role="caption")
        self._change.setFixedHeight(CONTROL_PX)
        top.addWidget(self.blocks, 1)
        top.addWidget(self._change, 0, Qt.AlignTop)
        top.addWidget(self._rankings, 0, Qt.AlignTop)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.maps, 1)
        self._facts = self._side()
        middle.addWidget(self._facts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(middle, 1)

    def _side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(SIDE_PX)
        side.setMinimumHeight(160)  # where a window is low, it need not be made higher for a few words
        self._title, self._shape = self._label("title"), self._label("caption")
        self._ratio, self._cosine = self._label("display"), self._label("display")
        self._meaning = self._label("muted", wraps=True)
        self._channel, self._place = ElidedLabel(role="caption"), ElidedLabel(role="caption")
        for line in (self._channel, self._place):
            line.setFixedHeight(16)
        self._bar = ColourBar(side)
        self._legend = self._label("caption")
        self._legend.setText(self.tr("Orange: above 0, blue: below"))
        heading = QHBoxLayout()
        heading.addWidget(self._title)
        heading.addStretch(1)
        heading.addWidget(self._shape)
        numbers = QGridLayout()
        numbers.setHorizontalSpacing(8)
        numbers.setVerticalSpacing(0)
        for place, (number, word, tip) in enumerate(
            (
                (
                    self._ratio,
                    "|F(x)| / |x|",
                    self.tr("How large F(x) is, measured by x: the root of the sum of all squares"),
                ),
                (self._cosine, self.tr("cosine"), self.tr("1: F(x) points the way x does; −1: against it; 0: neither")),
            )
        ):
            caption = self._label("caption")
            caption.setText(word)
            for part in (number, caption):
                part.setToolTip(tip)
            numbers.addWidget(number, 0, place)
            numbers.addWidget(caption, 1, place)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(heading)
        column.addLayout(numbers)
        column.addWidget(self._meaning)
        column.addWidget(self._channel)
        column.addWidget(self._place)
        column.addStretch(1)
        column.addWidget(self._bar)
        column.addWidget(self._legend)
        return side

    def _label(self, role: str, *, wraps: bool = False) -> QLabel:
        label = QLabel()
        label.setTextFormat(Qt.PlainText)
        label.setProperty("role", role)
        label.setWordWrap(wraps)
        if wraps:
            label.setSizePolicy(QSizePolicy.Preferred, QSizePolicy.Minimum)
        return label

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window has room for the numbers, and not for the bar: its scale is written where the place would be."""
        super().resizeEvent(event)
        self._bar.setVisible(self.height() >= 264)
        self._legend.setVisible(self.height() >= 300)
        self._show_place(self._at)

    def show_blocks(self, blocks: Sequence[tuple[str, str]], current: str) -> None:
        """Every block's name, with a note for its tooltip, in order of depth."""
        self.blocks.show_blocks(blocks, current)

    def show_xray(self, rows: XRayRows, facts: XRayFacts, current: int) -> None:
        """The block's maps and what they mean; `current` is the channel looked at."""
        self._rows = rows
        self.maps.show_rows(rows)
        self.maps.set_current(current)
        self._bar.show_scale(rows.maps, rows.scale, "diverging", value_text(rows.scale.high))
        self.show_facts(facts, current)
        self._show_place(None)

    def show_facts(self, facts: XRayFacts, current: int) -> None:
        """What stands at the side, and which channel is looked at."""
        self.maps.set_current(current)
        self._title.setText(facts.title)
        self._shape.setText(facts.shape)
        self._ratio.setText(facts.ratio)
        self._cosine.setText(facts.cosine)
        self._meaning.setText(facts.meaning)
        self._channel.setText(facts.channel)
        if (layout := self._facts.layout()) is not None:
            layout.activate()  # at once: else the new words stand in the old ones' room for a frame

    def show_change(self, text: str) -> None:
        """What is changed in the network whose block this is; "" for as trained."""
        self._change.setText(self.tr("with {change}").format(change=text) if text else "")
        self._change.setToolTip(plain_tip(text))

    def show_busy(self) -> None:
        """The next block is being computed: what is there stays, faded."""
        self.maps.show_rows(None, busy=True)

    def show_cursor(self, place: tuple[int, int] | None) -> None:
        """The same cell in every map."""
        self.maps.show_cursor(place)

    def show_place(self, channel: int, y: int, x: int) -> None:
        """The sum at one place, in numbers: x + F(x) = …"""
        self._show_place((channel, y, x))

    def _show_place(self, place: tuple[int, int, int] | None) -> None:
        rows, self._at = self._rows, place
        if place is None or rows is None or place[0] not in rows.channels:
            self._place.setText("" if rows is None or not self._bar.isHidden() else self._scale_text(rows.scale))
            self._bar.show_value(None)
            return
        channel, y, x = place
        came, _, total, left = (float(maps[rows.channels.index(channel), y, x]) for maps in rows.maps)
        added = total - came  # what was added, after a gate
        sign, size = ("+", added) if added >= 0 else (MINUS, -added)
        value = value_text
        self._place.setText(f"#{channel}:  {value(came)} {sign} {value(size)} = {value(total)}  →  {value(left)}")
        self._bar.show_value(total)

    def _scale_text(self, scale: Range) -> str:
        low, high = value_text(scale.low), value_text(scale.high)
        return self.tr("Scale: {low} blue, {high} orange").format(low=low, high=high)
