"""The ladder: one picture through several networks in columns, which of them, and how far the asking is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QSize, Qt, pyqtSignal
from PyQt5.QtWidgets import QAction, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.widgets._controls import ElidedLabel, MenuButton, menu_text, plain_tip
from app.widgets._ladder_columns import LadderColumns
from app.widgets._ladder_layout import LadderColumn, LadderPlace

__all__ = ["LadderChoice", "LadderColumn", "LadderPanel", "LadderPlace"]


@dataclass(frozen=True)
class LadderChoice:
    """A network that can be asked; `detail` such as "82.3 % on ImageNet-1k"."""

    weights: str
    detail: str
    chosen: bool


class LadderPanel(QWidget):
    """A line of controls, and the columns below, which scroll where there is no room."""

    chosen_changed = pyqtSignal(tuple)  # the weights to ask, by id
    cancelled = pyqtSignal()
    go_on = pyqtSignal()
    used = pyqtSignal(str)
    download_requested = pyqtSignal(str)
    stage_picked = pyqtSignal(str)
    hovered = pyqtSignal(str, str, float, float)  # as LadderColumns'
    unhovered = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ladderPanel")
        self.setAccessibleName(self.tr("Ladder"))
        self._choices: tuple[LadderChoice, ...] = ()
        self._networks = MenuButton(limit_px=200)
        self._networks.setAccessibleName(self.tr("Networks to ask"))
        self._networks.setToolTip(self.tr("Which of the networks on this disk are asked"))
        self._networks.menu().setToolTipsVisible(True)
        note = self.tr(
            "On the photo: evidence for the answer (orange) and against it (blue). "
            "Rows: each stage’s strongest channels, bright = strong."
        )
        self._note = ElidedLabel(note, role="caption")
        of_photos = self.tr("The evidence over each photo reaches as far as the number in its corner.")
        of_stages = self.tr("Each network’s stage is drawn on a scale of its own, from 0 to its largest value.")
        self._scales = ElidedLabel(f"{of_photos} {of_stages}", role="caption")
        self._note.setToolTip(plain_tip(f"{note} {self._scales.text()}"))
        self._progress = QLabel()
        self._progress.setProperty("role", "caption")
        self._stop = QPushButton(self.tr("Cancel"))
        self._stop.setProperty("size", "small")
        self._stop.clicked.connect(self._stop_pressed)
        self._busy = False
        controls = QHBoxLayout()
        controls.setSpacing(10)
        controls.addWidget(self._networks)
        controls.addWidget(self._note)
        controls.addStretch(1)
        controls.addWidget(self._progress)
        controls.addWidget(self._stop)
        self.columns = LadderColumns()
        self.columns.used.connect(self.used)
        self.columns.wanted.connect(self.download_requested)
        self.columns.stage_picked.connect(self.stage_picked)
        self.columns.hovered.connect(self.hovered)
        self.columns.unhovered.connect(self.unhovered)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.columns)
        self._scroll.setFocusPolicy(Qt.NoFocus)
        self.setFocusProxy(self.columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(controls)
        column.addWidget(self._scales)
        column.addWidget(self._scroll, 1)
        self.show_progress(0, 0, busy=False)

    def show_choices(self, choices: Sequence[LadderChoice]) -> None:
        """The networks on this disk, in the order of their columns."""
        chosen = sum(choice.chosen for choice in choices)
        self._networks.show_choice(self.tr("{0} of {1} networks").format(chosen, len(choices)))
        self._networks.setMinimumWidth(self._networks.sizeHint().width())
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        menu = self._networks.menu()
        menu.clear()
        for choice in choices:
            action = QAction(menu_text(choice.weights, choice.detail), menu)
            action.setCheckable(True)
            action.setChecked(choice.chosen)
            action.setData(choice.weights)
            action.toggled.connect(self._toggled)
            menu.addAction(action)

    def _toggled(self) -> None:
        self.chosen_changed.emit(
            tuple(action.data() for action in self._networks.menu().actions() if action.isChecked())
        )

    def show_columns(self, columns: Sequence[LadderColumn], stages: Sequence[str], stage: str) -> None:
        self.columns.show_columns(columns, stages, stage)

    def show_places(self, places: Mapping[str, LadderPlace]) -> None:
        self.columns.show_places(places)

    def show_progress(self, done: int, total: int, *, busy: bool) -> None:
        """How many networks have answered; Cancel while it is `busy`, else a way to go on where some are left."""
        self._busy = busy
        unfinished = done < total
        self._progress.setText(self.tr("{0} of {1} asked").format(done, total) if unfinished else "")
        self._progress.setVisible(unfinished)
        self._stop.setText(self.tr("Cancel") if busy else self.tr("Go on"))
        self._stop.setVisible(unfinished)

    def _stop_pressed(self) -> None:
        (self.cancelled if self._busy else self.go_on).emit()

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 300)
