"""What lies over the photo, and how strongly: the line below it. Part of image_view."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from app.widgets._controls import ElidedLabel
from app.widgets._numbers import DOT

STRIP_PX = 46
USUAL = 80  # per cent: strong enough for a glance, and the photo is still there


class OverlayStrip(QWidget):
    """The overlay's name, a slider for its strength, and what its colours mean."""

    strength_changed = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._note = ElidedLabel(role="caption"), ElidedLabel(role="caption")
        self._slider = QSlider(Qt.Horizontal)
        self._slider.setRange(0, 100)
        self._slider.setValue(USUAL)
        self._slider.setMinimumWidth(72)
        self._slider.setAccessibleName(self.tr("Strength of the overlay"))
        self._slider.setToolTip(self.tr("How strongly the overlay covers the photo"))
        self._slider.valueChanged.connect(self.strength_changed)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addWidget(self._slider, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._note)
        self.hide()

    @property
    def strength(self) -> float:
        """0 … 1."""
        return self._slider.value() / 100

    def show_overlay(self, overlay: Any) -> None:
        height, width = overlay.values.shape
        self._name.setText(overlay.label)
        meaning = self.tr("Orange for, blue against") if overlay.signed else self.tr("The brighter, the more")
        self._note.setText(f"{meaning} {DOT} " + self.tr("smoothed"))
        self._note.setToolTip(
            self.tr("The map has {0} by {1} values; between them the colours over the photo are interpolated").format(
                height, width
            )
        )
        self.show()
