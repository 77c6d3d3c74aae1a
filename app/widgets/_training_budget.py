"""Part of the training form: how long to train, by a preset or by one's own number."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.widgets._controls import Choices
from app.widgets._segmented import Segment, Segmented
from app.widgets._training_fields import real_field

QUICK_MINUTES, HOUR_MINUTES = 10.0, 60.0


class BudgetRow(QWidget):
    """`budget()` is (epochs, minutes), one of them None."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.best_epochs = 30.0  # what the engine suggests
        self.presets = Segmented(self.tr("Budget"))
        self.presets.setObjectName("trainingBudget")
        self.presets.show_segments(
            [
                Segment("quick", self.tr("Quick"), self.tr("10 minutes: enough to see it learn")),
                Segment("hour", self.tr("60 min"), self.tr("One hour of training and validating")),
                Segment("best", self.tr("Best"), self.tr("As long as the recipe needs to get the most out of it")),
                Segment("other", self.tr("Epochs …"), self.tr("Your own number of epochs or minutes")),
            ],
            "quick",
        )
        self.amount = real_field(0.01, 10_000)
        self.amount.setObjectName("trainingAmount")
        self.amount.setAccessibleName(self.tr("How long"))
        self.amount.setValue(30)
        self.amount.setFixedWidth(88)
        self.unit = Choices([("epochs", self.tr("epochs")), ("minutes", self.tr("minutes"))], self.tr("Unit"))
        self.unit.setObjectName("trainingUnit")
        self.unit.setFixedHeight(32)
        self._own = QWidget()
        own = QHBoxLayout(self._own)
        own.setContentsMargins(0, 0, 0, 0)
        own.setSpacing(8)
        own.addWidget(self.amount)
        own.addWidget(self.unit)
        own.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.presets)
        column.addWidget(self._own)
        self._own.hide()
        self.presets.picked.connect(self._pick)
        self.amount.valueChanged.connect(self._tell)
        self.unit.currentIndexChanged.connect(self._tell)

    def budget(self) -> tuple[float | None, float | None]:
        preset, own = self.presets.current(), self.amount.value()
        if preset == "best":
            return self.best_epochs, None
        if preset == "other":
            return (own, None) if self.unit.key() == "epochs" else (None, own)
        return None, QUICK_MINUTES if preset == "quick" else HOUR_MINUTES

    def take_over(self, other: BudgetRow) -> None:
        """What was chosen in another row."""
        self.presets.set_current(other.presets.current())
        self.amount.setValue(other.amount.value())
        self.unit.set_key(other.unit.key())
        self._own.setHidden(other._own.isHidden())

    def _pick(self, key: str) -> None:
        self._own.setVisible(key == "other")
        if key == "other":
            self.amount.setFocus()
            self.amount.selectAll()
        self._tell()

    def _tell(self, *_: object) -> None:
        self.changed.emit()
