"""Which instrument looks at the network, and what was changed in it meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app import theme
from app.widgets._controls import ElidedLabel, plain_tip
from app.widgets._segmented import Segment, Segmented


class InstrumentBar(QWidget):
    """The instruments side by side; at the right the change made to the network, with the way back."""

    picked = pyqtSignal(str)
    pointed = pyqtSignal(str)  # the pointer is over this one, and a click may follow
    reset_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("instrumentBar")
        self.setAccessibleName(self.tr("Instruments"))
        self._instruments = Segmented(self.tr("Instrument"))
        self._instruments.picked.connect(self.picked)
        self._instruments.pointed.connect(self.pointed)
        self.setFocusProxy(self._instruments)
        self._change = ElidedLabel(role="caption")
        self._change.setAlignment(Qt.AlignRight | Qt.AlignVCenter)
        self._change.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Preferred)  # what the instruments leave
        self._reset = QPushButton(self.tr("As trained"))
        self._reset.setProperty("size", "small")
        self._reset.setIcon(theme.icon("refresh"))
        self._reset.setToolTip(self.tr("Undo every change made to the network (Esc)"))
        self._reset.clicked.connect(self.reset_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._instruments)
        row.addWidget(self._change, 1)
        row.addWidget(self._reset)
        self.show_change("")

    def show_instruments(self, instruments: Sequence[tuple[str, str, str]], current: str) -> None:
        """(key, name, tip) of each."""
        self._instruments.show_segments([Segment(*instrument) for instrument in instruments], current)

    def set_current(self, key: str) -> None:
        self._instruments.set_current(key)

    def show_change(self, text: str) -> None:
        """What is changed in the network, e.g. "layer3.0 bypassed"; "" while it is as it was trained."""
        self._change.setText(text)
        self._change.setToolTip(plain_tip(text))
        self._reset.setVisible(bool(text))
