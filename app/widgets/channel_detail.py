"""One channel, large: its map, how its values are spread over the colours, and what is known about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt5.QtCore import QEvent, QSize, Qt, pyqtBoundSignal, pyqtSignal
from PyQt5.QtGui import QFocusEvent, QKeyEvent
from PyQt5.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._colour_bar import ColourBar
from app.widgets._controls import ElidedLabel
from app.widgets._facts import Facts
from app.widgets._keys import BY_CELL, is_command
from app.widgets._map_view import MapView
from app.widgets._numbers import signed_text, value_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resnet_core.feature_maps import Range

LEAST_MAP_PX = 40  # with it, everything fits into the height of minimumSizeHint


class ChannelDetail(QWidget):
    """The map of one channel with nothing smoothed, its histogram over the colour bar, facts, and what to do to it."""

    hovered = pyqtSignal(int, int)
    left = pyqtSignal()
    export_requested = pyqtSignal(str)
    ablate_requested = pyqtSignal(bool)  # switch the channel off, or on again
    patches_requested = pyqtSignal()
    solo_requested = pyqtSignal(bool)  # switch all others of its stage off, or on again

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("channelDetail")
        self.setAttribute(Qt.WA_StyledBackground)
        self.setAccessibleName(self.tr("Channel"))
        self._map: NDArray[np.float32] | None = None
        self._export = self._export_button()
        self._title, self._of = ElidedLabel(role="title"), ElidedLabel(role="caption")
        self._picture = _Map(self)
        self._picture.hovered.connect(self._over)
        self._picture.left.connect(self.left)
        self._scale = ColourBar(self)
        self._facts = Facts(self)
        self._given: list[tuple[str, str]] = []
        self._effect: tuple[str, str] | None = None
        self._ablate = self._switch("channelAblate", self.tr("Ablate"), self.ablate_requested)
        self._solo = self._switch("channelSolo", self.tr("Solo"), self.solo_requested)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addWidget(self._ablate)
        self._buttons.addWidget(self._solo)
        self._patches = QPushButton(self.tr("Patches"))
        self._patches.setProperty("size", "small")
        self._patches.setToolTip(self.tr("See what in all your pictures excites this channel most (F12)"))
        self._patches.clicked.connect(self.patches_requested)
        self._buttons.addWidget(self._patches)
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 10, 13, 11)
        column.setSpacing(6)
        heading = QHBoxLayout()
        heading.setSpacing(8)
        heading.addWidget(self._title)
        heading.addWidget(self._of)
        heading.addStretch(1)
        heading.addWidget(self._export)
        column.addLayout(heading)
        column.addSpacing(2)
        column.addWidget(self._picture, 1)
        column.addSpacing(4)
        column.addWidget(self._scale)
        column.addSpacing(4)
        column.addWidget(self._facts)
        column.addLayout(self._buttons)
        column.addStretch(0)
        self.clear()

    def _switch(self, name: str, text: str, requested: pyqtBoundSignal) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setProperty("size", "small")
        button.setCheckable(True)
        button.clicked.connect(requested)
        return button

    def _export_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("channelExport")
        button.setIcon(theme.icon("export", "muted"))
        button.setIconSize(QSize(16, 16))
        button.setProperty("menu", "none")
        button.setPopupMode(QToolButton.InstantPopup)
        button.setAccessibleName(self.tr("Save this channel"))
        button.setToolTip(self.tr("Save this channel as a picture or as numbers"))
        menu = QMenu(button)
        for kind, text in (
            ("png", self.tr("Picture in these colours (PNG) …")),
            ("npy", self.tr("Values as computed (NPY, float32) …")),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, kind=kind: self.export_requested.emit(kind))
        button.setMenu(menu)
        return button

    @property
    def map_view(self) -> QWidget:
        """The widget the map is drawn in."""
        return self._picture

    def show_channel(
        self,
        maps: NDArray[np.float32],
        channel: int,
        name: str,
        span: Range,
        colours: str,
        facts: Sequence[tuple[str, str]] = (),
        *,
        scale: str = "stage",
    ) -> None:
        """Channel `channel` of maps (C, H, W) of the stage or block `name`.

        `span` is what the colours stand for, `scale` ("stage" or "channel") says whose; facts are (label, value).
        """
        self._map = maps[channel]
        self._title.setText(self.tr("Channel {0}").format(channel))
        self._of.setText(self.tr("of {0}").format(name))
        self._picture.show_map(self._map, span, colours)
        whose = self.tr("stage maximum {0}") if scale == "stage" else self.tr("channel maximum {0}")
        self._scale.show_scale(self._map, span, colours, whose.format(value_text(span.high)))
        self.show_facts(facts)
        self.show_cursor(None)
        height, width = self._map.shape
        least, most = (value_text(float(value)) for value in (self._map.min(), self._map.max()))
        self.setAccessibleDescription(
            self.tr("Channel {0} of {1}, {2} by {3}, from {4} to {5}").format(channel, name, height, width, least, most)
        )
        self._export.setEnabled(True)
        self._patches.setEnabled(True)

    def clear(self) -> None:
        self._map = None
        self._title.setText(self.tr("Channel"))
        self._of.setText("")
        self._picture.show_map(None, None, "")
        self._scale.show_scale(None, None, "", "")
        self._effect = None
        self.show_facts([])
        self._facts.show_cursor("", "")
        self.setAccessibleDescription("")
        self._export.setEnabled(False)
        self._patches.setEnabled(False)
        self.show_switches(None)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """(label, value) lines below the colour bar, such as the receptive field."""
        self._given = list(facts)
        self._facts.show_rows([*self._given, self._effect] if self._effect is not None else self._given)

    def show_effect(self, label: str = "", value: float | None = None) -> None:
        """The last line: what the class loses when the channel is taken away; None: not measured yet. "": no line."""
        shown = "…" if value is None else signed_text(value)
        self._effect = (label, shown) if label else None
        self.show_facts(self._given)

    def show_switches(self, state: tuple[bool, bool] | None, why_not: str = "") -> None:
        """Whether the channel is switched off, and whether all others are. None: neither can be done, `why_not`."""
        tips = (
            self.tr("Switch this channel off and see what becomes of the answer (Space)"),
            self.tr("Switch all other channels of this stage off"),
        )
        for index, (button, tip) in enumerate(zip((self._ablate, self._solo), tips, strict=True)):
            button.setEnabled(state is not None)
            button.setChecked(state is not None and state[index])
            button.setToolTip(why_not if state is None and why_not else tip)

    def show_cursor(self, y: int | None, x: int | None = None) -> None:
        """Marks the cell (y, x) and writes its value; None, or a cell this map has not, takes both away."""
        height, width = (0, 0) if self._map is None else self._map.shape
        if y is None or x is None or self._map is None or not (y < height and x < width):
            self._picture.show_cursor(None)
            self._picture.setAccessibleDescription("")
            self._scale.show_value(None)
            self._facts.show_cursor(self.tr("Under cursor"), "\N{EN DASH}")
            return
        value = float(self._map[y, x])
        self._picture.show_cursor((y, x))
        self._scale.show_value(value)
        self._facts.show_cursor(self.tr("Under cursor ({0}, {1})").format(y, x), value_text(value))
        self._picture.setAccessibleDescription(self.tr("{0} at row {1}, column {2}").format(value_text(value), y, x))

    def _over(self, y: int, x: int) -> None:
        self.show_cursor(y, x)
        self.hovered.emit(y, x)

    def sizeHint(self) -> QSize:
        return QSize(300, 540)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 266)


class _Map(MapView):
    """As high as its width needs; the arrows move over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.StrongFocus)
        self.setAccessibleName(self.tr("Map of the channel; the arrows move over it"))
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)

    def show_map(self, plane: NDArray[np.float32] | None, span: Range | None, colours: str) -> None:
        image = None
        if plane is not None and span is not None:
            from resnet_core import feature_maps

            image = paint.to_image(feature_maps.colour(plane, span, colours))
        self.show_image(image)
        self.resizeEvent(None)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, LEAST_MAP_PX)

    def resizeEvent(self, _event: QEvent | None) -> None:
        """Never taller than its width needs, so that what follows stays close."""
        aspect = self.image.height() / self.image.width() if self.image is not None else 1.0
        self.setMaximumHeight(max(LEAST_MAP_PX, round(self.width() * aspect)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows move the cursor by a cell, from the middle where there is none yet."""
        step = BY_CELL.get(event.key())
        if self.image is None or step is None or is_command(event):
            super().keyPressEvent(event)
            return
        height, width = self.image.height(), self.image.width()
        y, x = self.cursor_cell or (height // 2, width // 2)
        down, across = step if self.cursor_cell is not None else (0, 0)
        self.hovered.emit(min(max(y + down, 0), height - 1), min(max(x + across, 0), width - 1))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
