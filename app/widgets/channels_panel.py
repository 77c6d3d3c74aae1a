"""Channels that matter: what the class asked about loses or gains when each channel is taken away."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QSize, Qt, pyqtBoundSignal, pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.widgets import _painting as paint
from app.widgets._class_changes import ClassChanges
from app.widgets._controls import ElidedLabel
from app.widgets._effect_rows import EffectBars, EffectRow
from app.widgets._map_view import MapView
from app.widgets._segmented import Segment, Segmented

CARD_PX, MAP_PX = 264, 96


class ChannelsPanel(QWidget):
    """Sorted bars on the left, the channel looked at on the right."""

    channel_selected = pyqtSignal(int)
    channel_opened = pyqtSignal(int)  # show it among the maps
    replacement_chosen = pyqtSignal(str)  # "zero" or "mean"
    cancel_requested = pyqtSignal()
    measure_requested = pyqtSignal()
    ablate_requested = pyqtSignal(bool)
    solo_requested = pyqtSignal(bool)
    hovered = pyqtSignal(int, int)  # row and column of the map of the channel looked at
    unhovered = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("channelsPanel")
        self.setAccessibleName(self.tr("Channels that matter"))
        self._what = ElidedLabel(role="caption")
        self._by = Segmented(self.tr("What takes the place of a channel"), 28)
        self._by.picked.connect(self.replacement_chosen)
        self._state = QLabel()
        self._state.setProperty("role", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(96)
        self._stop = QPushButton()
        self._stop.setProperty("size", "small")
        self._stop.clicked.connect(self._stop_or_go_on)
        self._running, self._label = False, ""
        self.bars = EffectBars(self)
        self.bars.selected.connect(self.channel_selected)
        self.bars.opened.connect(self.channel_opened)
        self.setFocusProxy(self.bars)
        self._card = _Card(self)
        for mine, asked in (
            (self._card.ablate_requested, self.ablate_requested),
            (self._card.solo_requested, self.solo_requested),
            (self._card.opened, self.channel_opened),
            (self._card.map.hovered, self.hovered),
            (self._card.map.left, self.unhovered),
        ):
            mine.connect(asked)
        self._compose()
        self.show_replacement("zero")
        self.show_progress(0, 0, running=False)

    def _compose(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._what)
        top.addWidget(self._by)
        top.addStretch(1)
        top.addWidget(self._state)
        top.addWidget(self._bar)
        top.addWidget(self._stop)
        lower = QHBoxLayout()
        lower.setSpacing(24)
        lower.addWidget(self.bars, 1)
        lower.addWidget(self._card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(lower, 1)

    def _stop_or_go_on(self) -> None:
        (self.cancel_requested if self._running else self.measure_requested).emit()

    def show_subject(self, text: str) -> None:
        """What is measured, up to what is put in a channel's place: "64 of 512 channels of layer4, replaced by"."""
        self._what.setText(text)

    def show_replacement(self, by: str) -> None:
        segments = [
            Segment("zero", self.tr("0"), self.tr("As if the channel had never answered")),
            Segment("mean", self.tr("its mean"), self.tr("It keeps how much, and loses where")),
        ]
        self._by.show_segments(segments, by)

    def show_progress(self, done: int, total: int, *, running: bool, rough: int = 0) -> None:
        """How many channels are measured exactly, and how many more roughly; a stopped sweep can go on."""
        self._running, finished, looking = running, done >= total, 0 < rough < total - done
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done + rough if looking else done)
        self._bar.setVisible(not finished)
        self._state.setText(
            "" if not total else self.tr("{0} measured").format(done) if finished
            else self.tr("First look: {0} of {1}").format(done + rough, total) if looking
            else self.tr("{0} of {1} measured exactly").format(done, total) if rough
            else self.tr("{0} of {1} measured").format(done, total)
        )  # fmt: skip
        self._stop.setText(self.tr("Cancel") if running else self.tr("Go on"))
        self._stop.setVisible(not finished)

    def show_effects(self, rows: Sequence[EffectRow], label: str, empty: str = "") -> None:
        """`label` is the class asked about; `empty` is said while there are no rows."""
        self._label = label
        self.bars.show_rows(rows, label, empty)

    def show_channel(
        self,
        channel: int | None,
        stage: str,
        picture: NDArray[np.uint8] | None,
        effect: EffectRow | None,
        changes: Sequence[tuple[str, float]],
        off: frozenset[int],
        state: tuple[bool, bool] | None,
        *,
        scale: str = "",
    ) -> None:
        """The channel looked at and its map, its `effect` and the `changes` of all classes.

        None: not measured yet. `off` are the channels that are switched off, `state` says whether this one and all
        others are. `scale` says what the map's colours stand for.
        """
        self.bars.show_current(channel, off)
        self._card.show_channel(channel, stage, picture, effect, self._label, changes, state, scale)

    def show_place(self, cell: tuple[int, int] | None) -> None:
        """Where the probe is in the map of the channel looked at."""
        self._card.map.show_cursor(cell)

    def sizeHint(self) -> QSize:
        return QSize(900, 400)


class _Card(QWidget):
    """The channel looked at: its map, what it is worth, its switches, and what becomes of every class without it."""

    ablate_requested = pyqtSignal(bool)
    solo_requested = pyqtSignal(bool)
    opened = pyqtSignal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(CARD_PX)
        self._channel: int | None = None
        self.map = MapView(self)
        self.map.setFixedSize(MAP_PX, MAP_PX)
        self.map.setToolTip(self.tr("The map of this channel, on its own scale"))
        self._picture: NDArray[np.uint8] | None = None
        self._title, self._of = QLabel(), ElidedLabel(role="caption")
        self._title.setProperty("role", "title")
        self._worth, self._points = ElidedLabel(), ElidedLabel(role="caption")
        self._scale = ElidedLabel(role="caption")
        self._show = QPushButton(self.tr("Show the map"))
        self._show.setProperty("role", "link")
        self._show.setToolTip(self.tr("Look at this channel among the maps (Enter)"))
        self._show.clicked.connect(lambda: self.opened.emit(self._channel))
        self._ablate = self._switch(
            self.tr("Ablate"), self.tr("Switch this channel off, in the whole window (Space)"), self.ablate_requested
        )
        self._solo = self._switch(
            self.tr("Solo"), self.tr("Switch all other channels of this stage off"), self.solo_requested
        )
        self._changes = ClassChanges(self)
        self._compose()

    def _switch(self, text: str, tip: str, requested: pyqtBoundSignal) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("size", "small")
        button.setToolTip(tip)
        button.setCheckable(True)
        button.clicked.connect(requested)
        return button

    def _compose(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        for part in (self._title, self._of, self._worth, self._points):
            words.addWidget(part)
        words.addStretch(1)
        words.addWidget(self._show, 0, Qt.AlignLeft)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.map)
        top.addLayout(words, 1)
        switches = QHBoxLayout()
        switches.setSpacing(8)
        switches.addWidget(self._ablate)
        switches.addWidget(self._solo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._scale)
        column.addLayout(switches)
        column.addWidget(self._changes, 1)

    def show_channel(
        self,
        channel: int | None,
        stage: str,
        picture: NDArray[np.uint8] | None,
        effect: EffectRow | None,
        label: str,
        changes: Sequence[tuple[str, float]],
        state: tuple[bool, bool] | None,
        scale: str,
    ) -> None:
        self._channel = channel
        there = channel is not None
        self._title.setText(self.tr("Channel {0}").format(channel) if there else "")
        self._of.setText(self.tr("of {0}").format(stage) if there else "")
        if picture is not self._picture:
            self._picture = picture
            self.map.show_image(None if picture is None else paint.to_image(picture))
        self._scale.setText(scale)
        self._worth.setText(
            self.tr("logit {0}").format(effect.change_text()) if effect else self.tr("not measured yet")
        )
        self._points.setText(self.tr("probability {0} points").format(effect.points_text()) if effect else "")
        self._changes.show_changes(changes, label, rough=effect is not None and effect.rough)
        for index, button in enumerate((self._ablate, self._solo)):
            button.setEnabled(state is not None)
            button.setChecked(state is not None and state[index])
        self.setVisible(there)
