"""Cover a part of the photo: at once what one patch costs the class, and in a map what every place is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QSignalBlocker, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from app.widgets._controls import ElidedLabel
from app.widgets._numbers import MINUS, fixed_text
from app.widgets._occlusion_views import LEAST_PX, CropView, WorthView
from app.widgets._signed_bar import SignedBar
from resnet_core.evidence.occlusion import Grid, Patch

COLUMN_PX, GAP_PX = 236, 16


@dataclass(frozen=True)
class ShownEffect:
    """What one patch does. Probabilities 0 … 1."""

    name: str  # the class asked about
    before: float
    after: float
    logit_before: float
    logit_after: float
    answer: str  # the most probable class under the patch
    answer_probability: float
    same_answer: bool  # as without the patch


@dataclass(frozen=True, eq=False)
class ShownSweep:
    """What the map draws: drops of the logit (h, w), NaN where not measured yet."""

    name: str
    drops: NDArray[np.float32]
    probabilities: NDArray[np.float32]
    grid: Grid


class OcclusionPanel(QWidget):
    """Photo, map and the sentence about them side by side."""

    patch_moved = pyqtSignal(int, int)  # top, left
    size_changed = pyqtSignal(int)  # px
    sweep_requested = pyqtSignal()
    cancel_requested = pyqtSignal()
    hovered = pyqtSignal(float, float)  # a place of what the network sees, down and across in fractions of it
    unhovered = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("occlusionPanel")
        self.crop, self.worth = CropView(self), WorthView(self)
        self.crop.moved.connect(self.patch_moved)
        self.worth.chosen.connect(self.patch_moved)
        self.worth.pointed_at.connect(self._over)
        for view in (self.crop, self.worth):
            view.hovered.connect(self.hovered)
            view.left.connect(self.unhovered)
        self._titles = ElidedLabel(self.tr("Drag the grey patch"), role="heading"), ElidedLabel(role="heading")
        self._scale = SignedBar(self.tr("gains"), self.tr("loses"), self)
        self._under = ElidedLabel(role="caption")
        self._sentence, self._details = QLabel(), QLabel()
        for label, role in ((self._sentence, "title"), (self._details, "caption")):
            label.setProperty("role", role)
            label.setTextFormat(Qt.PlainText)
            label.setWordWrap(True)
        self._slider = QSlider(Qt.Horizontal)
        self._slider.setAccessibleName(self.tr("Size of the patch"))
        self._slider.setToolTip(self.tr("Size of the patch, in pixels of what the network sees"))
        self._slider.valueChanged.connect(self._slid)
        self._size_word, self._size = QLabel(self.tr("Patch")), QLabel()
        for label in (self._size_word, self._size):
            label.setProperty("role", "caption")
        self._measure, self._cancel = QPushButton(), QPushButton(self.tr("Cancel"))
        for button in (self._measure, self._cancel):
            button.setProperty("size", "small")
        self._measure.clicked.connect(self.sweep_requested)
        self._cancel.clicked.connect(self.cancel_requested)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Places measured"))
        self._progress_text = ElidedLabel(role="caption")
        self._progress_text.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Preferred)
        self._step, self._side = 1, 1
        self._shown: ShownSweep | None = None
        self.reach = 0.0  # of the scale that the map is drawn on
        self._compose()
        self.setFocusProxy(self.crop)
        self.clear()

    def _compose(self) -> None:
        views = QGridLayout(self)
        views.setContentsMargins(0, 0, 0, 0)
        views.setHorizontalSpacing(GAP_PX)
        views.setVerticalSpacing(6)
        for column, (title, view) in enumerate(zip(self._titles, (self.crop, self.worth), strict=True)):
            views.addWidget(title, 0, column)
            views.addWidget(view, 1, column)
        views.setColumnStretch(2, 1)
        views.setRowStretch(1, 1)
        size = QHBoxLayout()
        size.setSpacing(8)
        size.addWidget(self._size_word)
        size.addWidget(self._slider, 1)
        size.addWidget(self._size)
        run = QHBoxLayout()
        run.setSpacing(8)
        run.addWidget(self._progress_text, 1)
        run.addWidget(self._cancel)
        run.addWidget(self._measure)
        self._side_column = _Column()
        words = QVBoxLayout(self._side_column)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(8)
        words.addWidget(self._sentence)
        words.addWidget(self._details)
        words.addStretch(1)
        words.addLayout(size)
        words.addWidget(self._progress)
        words.addLayout(run)
        words.addSpacing(4)
        words.addWidget(self._scale)
        words.addWidget(self._under)
        self._side_column.setMinimumWidth(COLUMN_PX)
        self._side_column.setMaximumWidth(2 * COLUMN_PX)
        views.addWidget(self._side_column, 0, 2, 2, 1)

    # in

    def show_picture(self, seen: NDArray[np.uint8], grey: tuple[int, int, int]) -> None:
        """What the network sees (S, S, 3) uint8, and the colour of the patch."""
        self._side = seen.shape[0]
        self._step = 8 if self._side >= 112 else 2 if self._side >= 64 else 1
        with QSignalBlocker(self._slider):
            self._slider.setRange(1, max(self._side // 2 // self._step, 1))
        self.crop.show_picture(seen, grey)

    def show_patch(self, patch: Patch) -> None:
        self.crop.show_patch(patch)
        self.worth.show_patch(patch)
        with QSignalBlocker(self._slider):
            self._slider.setValue(round(patch.size / self._step))
        self._size.setText(self.tr("{0} px").format(patch.size))

    def show_effect(self, effect: ShownEffect) -> None:
        before, after = (_percent(part) for part in (effect.before, effect.after))
        if before == after:
            text = self.tr("Without this place “{0}” stays at {1}.").format(effect.name, before)
        elif effect.after < effect.before:
            text = self.tr("Without this place “{0}” falls from {1} to {2}.").format(effect.name, before, after)
        else:
            text = self.tr("Without this place “{0}” rises from {1} to {2}.").format(effect.name, before, after)
        self._sentence.setText(text)
        change = effect.logit_after - effect.logit_before
        sign = "+" if change >= 0 else MINUS
        details = self.tr("Logit {0} → {1} ({2}{3}).").format(
            fixed_text(effect.logit_before, 2), fixed_text(effect.logit_after, 2), sign, f"{abs(change):.2f}",
        )  # fmt: skip
        if not effect.same_answer:
            details += " " + self.tr("The network now says “{0}”, {1}.").format(
                effect.answer, _percent(effect.answer_probability)
            )
        self._details.setText(details)

    def show_sweep(self, sweep: ShownSweep | None) -> None:
        """The map as far as it is measured; None: not yet begun."""
        self._shown = sweep
        if sweep is None:
            self.worth.show_map(None, None, self._side, 1.0)
            self.reach = 0.0
            self._scale.show_reach(None)
            self._under.setText("")
            self._titles[1].setText(self.tr("What each place is worth"))
            return
        known = sweep.drops[np.isfinite(sweep.drops)]
        reach = self.reach = float(np.abs(known).max()) if known.size else 0.0
        self.worth.show_map(sweep.drops, sweep.grid, self._side, reach or 1.0)
        self._scale.show_reach(reach)
        self._titles[1].setText(self.tr("How much the logit of “{0}” loses").format(sweep.name))
        self._over(None)

    def show_place(self, share: tuple[float, float] | None) -> None:
        """Mark a place in the photo and in the map, down and across in fractions; None takes the marks away."""
        for view in (self.crop, self.worth):
            view.show_place(share)

    def show_offer(self, places: int, seconds: float | None) -> None:
        """The sweep is not running: how many places it has, and about how long it takes (None: it is done)."""
        self._measure.setText(self.tr("Measure all {0} places").format(places))
        self._measure.setVisible(seconds is not None)
        self._cancel.hide()
        self._progress.hide()
        if seconds is None:
            self._progress_text.setText(self.tr("{0} places measured").format(places))
        else:
            about = self.tr("about {0} s").format(round(seconds)) if seconds >= 1.5 else ""
            self._progress_text.setText(about)

    def show_progress(self, done: int, total: int) -> None:
        self._measure.hide()
        self._cancel.show()
        self._progress.show()
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._progress_text.setText(self.tr("{0} of {1} places").format(done, total))

    def clear(self) -> None:
        self.crop.show_picture(None, (124, 116, 104))
        self.crop.show_patch(None)
        self.worth.show_patch(None)
        self.show_sweep(None)
        for label in (self._sentence, self._details, self._size):
            label.setText("")
        for part in (self._measure, self._cancel, self._progress):
            part.hide()
        self._progress_text.setText("")

    # hands

    def _slid(self, value: int) -> None:
        self.size_changed.emit(value * self._step)

    def _over(self, cell: tuple[int, int] | None) -> None:
        sweep = self._shown
        if sweep is None:
            return
        if cell is None or not np.isfinite(sweep.drops[cell]):
            self._scale.show_value(None)
            self._under.setText(self.tr("Loses: the class needs this place"))
            return
        drop, probability = float(sweep.drops[cell]), float(sweep.probabilities[cell])
        self._scale.show_value(drop)
        change = f"{MINUS if drop > 0 else '+'}{abs(drop):.2f}"
        self._under.setText(self.tr("Here: logit {0}, {1}").format(change, _percent(probability)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        title = self._titles[0].sizeHint().height() + 6
        side = min(self.height() - title, (self.width() - COLUMN_PX - 2 * GAP_PX) // 2)
        for view in (self.crop, self.worth):
            view.setFixedWidth(max(side, LEAST_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(560, 216)


class _Column(QWidget):
    """Its sentences are wrapped in the room there is; they don't ask for more, or the panel would have to scroll."""

    def hasHeightForWidth(self) -> bool:
        return False


def _percent(probability: float) -> str:
    """77.2 %, kept together where a line is wrapped."""
    return f"{100 * probability:.1f}\N{NO-BREAK SPACE}%"
