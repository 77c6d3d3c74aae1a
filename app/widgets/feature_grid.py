"""The channels of one stage or block, ranked and coloured: heading with the choices, tiles below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PyQt5.QtCore import QSignalBlocker, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.widgets._channel_order import ChannelOrder
from app.widgets._grid_heading import GridHeading
from app.widgets._numbers import shape_text, value_text
from app.widgets._segmented import Segment, Segmented
from app.widgets.tile_layout import BEST, Content
from app.widgets.tile_view import TileView

if TYPE_CHECKING:
    from resnet_core.colours import Range, Values

EVIDENCE = "evidence"


class FeatureGrid(QWidget):
    """Maps (C, H, W) as tiles, the highest ranked first. `ranking`, `scale` and `colours` can be set and chosen."""

    channel_selected = pyqtSignal(int)
    display_changed = pyqtSignal(str, str, str)
    part_selected = pyqtSignal(str)
    part_pointed = pyqtSignal(str)  # the pointer is over this one, and a click may follow
    export_requested = pyqtSignal()
    hovered = pyqtSignal(int, int, int)
    left = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("featureGrid")
        self.setAttribute(Qt.WA_StyledBackground)
        self.setAccessibleName(self.tr("Feature maps"))
        self._maps: Values | None = None
        self._content: Content | None = None
        self._name = ""
        self._signed = False
        self._stage_range: Range | None = None
        self._trained: Values | None = None  # the maps that say which channels come first
        self._order = ChannelOrder()
        self._evidence: tuple[Values, ...] | None = None  # maps, what each is worth, and was as trained
        self._usual = "mean"
        self._by_evidence = False  # wanted wherever it can be had
        self._tiles = TileView(self)
        self._tiles.channel_selected.connect(self._selected)
        self._tiles.hovered.connect(self.hovered)
        self._tiles.left.connect(self.left)
        self.setFocusProxy(self._tiles)
        self._parts = Segmented(self.tr("Part of the stage"), height_px=28)
        self._parts.picked.connect(self.part_selected)
        self._parts.pointed.connect(self.part_pointed)
        self._parts.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 10, 5, 6)
        column.setSpacing(9)
        self._heading = GridHeading()
        self._title, self._subtitle = self._heading.title, self._heading.subtitle
        self._ranking, self._scale, self._colours = self._heading.choices
        for box in self._heading.choices:
            box.currentIndexChanged.connect(self._choice_made)
        self._export = self._heading.export
        self._export.clicked.connect(self.export_requested)
        column.addLayout(self._heading)
        parts = QHBoxLayout()
        parts.addWidget(self._parts)
        parts.addStretch(1)
        column.addLayout(parts)
        column.addWidget(self._tiles, 1)
        stops = (self._ranking, self._scale, self._colours, self._export, self._parts, self._tiles)
        for one, following in pairwise(stops):
            self.setTabOrder(one, following)
        self.clear("")

    # in

    def show_maps(self, maps: Values, name: str, signed: bool = False, *, trained: Values | None = None) -> None:
        """Maps (C, H, W) float32 of a stage or block; `signed` ones get a diverging map centred on 0.

        Of a network that was changed, `trained` are the maps before: by them the channels stay where they are.
        The current channel is kept while the name stays; else it becomes the highest ranked. Nothing is emitted:
        read `current_channel` afterwards.
        """
        same = name == self._name and self._maps is not None and len(maps) == len(self._maps)
        if self._evidence is not None and self._evidence[0] is not maps:
            self._drop_evidence()
        self._maps, self._name, self._signed, self._stage_range = maps, name, signed, None
        self._trained = maps if trained is None else trained
        channels, height, width = maps.shape
        self._title.setText(name)
        self._subtitle.setText(self.tr("{0} channels, {1}").format(channels, shape_text((height, width))))
        self._colours.setEnabled(not signed)
        own = self.tr("Signed values have a map of their own, centred on 0")
        note = own if signed else self.tr("Colours of the maps")
        self._colours.setToolTip(note)
        self._heading.show_for(self.width())
        if not same:
            self._tiles.close_folds()
        self._refresh(keep=self._tiles.current if same else -1)

    def show_evidence(self, maps: Values, scores: Values, text: str, *, trained: Values | None = None) -> None:
        """Offers one more ranking of the maps shown, by scores (C,), as `text`: "evidence for cat".

        `trained` are the scores before a change of the network, which then rank. It holds for these very maps, and goes
        with them. Once it was chosen, it is used wherever it is offered.
        """
        if maps is not self._maps:
            return
        import numpy as np

        row = self._ranking.findData(EVIDENCE)
        with QSignalBlocker(self._ranking):
            if row < 0:
                self._ranking.addItem(text, EVIDENCE)
                if self._by_evidence:
                    self._ranking.set_key(EVIDENCE)
            else:
                self._ranking.setItemText(row, text)
        changed = self._evidence is None or not np.array_equal(self._evidence[1], scores)
        self._evidence = maps, scores, scores if trained is None else trained
        if self._by_evidence and changed:
            self._refresh()
        self._fit()

    def _drop_evidence(self) -> None:
        self._evidence = None
        with QSignalBlocker(self._ranking):
            self._ranking.set_key(self._usual)
            self._ranking.removeItem(self._ranking.findData(EVIDENCE))

    def clear(self, message: str) -> None:
        """No maps, and a line that says why."""
        if self._evidence is not None:
            self._drop_evidence()
        self._maps, self._content, self._name = None, None, ""
        self._title.setText("")
        self._subtitle.setText("")
        self._heading.show_for(None)
        self._tiles.set_current(-1)
        self._tiles.show_content(None, message)
        self._describe()

    def show_parts(self, parts: Sequence[tuple[str, str]], current: str) -> None:
        """(name, label) of the blocks or branches to choose from; none hides the control."""
        self._parts.setVisible(bool(parts))
        self._parts.show_segments([Segment(name, label, name) for name, label in parts], current)

    def show_cursor(self, y: int | None, x: int | None = None) -> None:
        """Marks the cell (y, x) in every tile; None takes the mark away."""
        self._tiles.show_cursor(None if y is None or x is None else (y, x))

    def set_current_channel(self, channel: int) -> None:
        """Chooses a channel without emitting; its fold opens and it scrolls into sight."""
        self._tiles.set_current(channel)
        self._describe()

    # out

    @property
    def current_channel(self) -> int:
        """-1 while there is none."""
        return self._tiles.current

    @property
    def shown_channels(self) -> tuple[int, ...]:
        """All channels in ranked order, the inactive ones last: what an export writes."""
        content = self._content
        return () if content is None else (*content.best, *content.more, *content.inactive)

    @property
    def ranking(self) -> str:
        """One of feature_maps.RANKINGS: also while the evidence ranks these maps, for all that has none."""
        return self._usual

    @ranking.setter
    def ranking(self, value: str) -> None:
        self._ranking.set_key(value)
        self._usual, self._by_evidence = value, False
        self._refresh()

    @property
    def scale(self) -> str:
        return self._scale.key()

    @scale.setter
    def scale(self, value: str) -> None:
        self._scale.set_key(value)
        self._refresh()

    @property
    def colours(self) -> str:
        return self._colours.key()

    @colours.setter
    def colours(self, value: str) -> None:
        self._colours.set_key(value)
        self._refresh()

    def range_of(self, channel: int) -> Range:
        """From which value to which the colours of a channel run, in the scale that is chosen."""
        from resnet_core.feature_maps import scale_range

        assert self._maps is not None
        if self.scale == "stage":
            if self._stage_range is None:
                self._stage_range = scale_range(self._maps, None, "stage", signed=self._signed)
            return self._stage_range
        return scale_range(self._maps, channel, "channel", signed=self._signed)

    # inside

    def _ranked(self, maps: Values) -> Content:
        from resnet_core.feature_maps import channel_scores

        worth = self._evidence if self._by_evidence else None
        scores = channel_scores(maps, self._usual) if worth is None else worth[1]
        ranking = maps if self._trained is None else self._trained
        active, idle = self._order(ranking, self._usual if worth is None else worth[2])
        return Content(
            maps,
            best=active[:BEST],
            more=active[BEST:],
            inactive=idle,
            scores=scores.tolist(),
            range_of=self.range_of,
            colours=self.colours,
            ranking=self._ranking.currentText(),
        )

    def _refresh(self, keep: int | None = None) -> None:
        if self._maps is None:
            return
        content = self._content = self._ranked(self._maps)
        keep = self._tiles.current if keep is None else keep
        self._tiles.show_content(content)
        first = next(iter((*content.best, *content.inactive)), -1)
        self._tiles.set_current(keep if keep >= 0 else first, reveal=keep >= 0)
        self._describe()

    def _describe(self) -> None:
        """For screen readers: the current channel, its rank and score."""
        content, channel = self._content, self._tiles.current
        text = ""
        if content is not None and channel >= 0:
            rank = (*content.best, *content.more, *content.inactive).index(channel) + 1
            score, count = value_text(content.scores[channel]), len(content.maps)
            said = self.tr("Channel {0}, rank {1} of {2}, {3} {4}")
            text = said.format(channel, rank, count, content.ranking, score)
            if self._ranking.key() != "mean":
                mean = value_text(float(content.maps[channel].mean()))
                text = self.tr("{0}, mean {1}").format(text, mean)
        for widget in (self, self._tiles):
            widget.setAccessibleDescription(text)

    def _selected(self, channel: int) -> None:
        self._describe()
        self.channel_selected.emit(channel)

    def _choice_made(self) -> None:
        self._by_evidence = self._ranking.key() == EVIDENCE
        if not self._by_evidence:
            self._usual = self._ranking.key()
        self._refresh()
        self.display_changed.emit(self.ranking, self.scale, self.colours)

    def _fit(self) -> None:
        if self._maps is not None:
            self._heading.show_for(self.width())

    def minimumSizeHint(self) -> QSize:
        return QSize(460, 220)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._fit()
