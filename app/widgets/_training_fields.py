"""Part of the training form: its fields for numbers and choices, and how they are read and set."""

from __future__ import annotations

from PyQt5.QtCore import QLocale, QSignalBlocker, Qt, pyqtBoundSignal
from PyQt5.QtGui import QValidator
from PyQt5.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox

from app.widgets._controls import Choices

Field = QSpinBox | QDoubleSpinBox | Choices


class Real(QDoubleSpinBox):
    """A number written as briefly as it can be: 0.1, 5e-04 as 0.0005; steps are a factor."""

    def textFromValue(self, value: float) -> str:
        return f"{value:.6g}" if value >= 1e-4 or value == 0 else f"{value:.6f}".rstrip("0")

    def valueFromText(self, text: str) -> float:
        try:
            return float(text.replace(",", "."))
        except ValueError:
            return self.value()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            begun = all(character in "0123456789.,e-" for character in text)
            return (QValidator.Intermediate if begun else QValidator.Invalid), text, position
        fits = self.minimum() <= value <= self.maximum()
        return (QValidator.Acceptable if fits else QValidator.Intermediate), text, position

    def stepBy(self, steps: int) -> None:
        value = self.value()
        self.setValue(float(f"{value * 1.25**steps:.2g}") if value else 0.01 * max(0, steps))


class YesNo(Choices):
    def __init__(self) -> None:
        super().__init__([("no", ""), ("yes", "")], "")
        self.setItemText(0, self.tr("No"))
        self.setItemText(1, self.tr("Yes"))


class Limit(QSpinBox):
    """A number of pictures; its least value means all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(0, 10**8)
        self.setSingleStep(1000)
        self.setSpecialValueText(self.tr("all"))
        plain(self)


def plain(field: QAbstractSpinBox) -> QAbstractSpinBox:
    field.setButtonSymbols(QAbstractSpinBox.NoButtons)
    field.setAlignment(Qt.AlignRight)
    field.setKeyboardTracking(False)
    field.setLocale(QLocale.c())
    return field


def real_field(least: float, most: float) -> QDoubleSpinBox:
    field = Real()
    field.setDecimals(8)
    field.setRange(least, most)
    plain(field)
    return field


def whole_field(least: int, most: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(least, most)
    plain(field)
    return field


def signal_of(field: Field) -> pyqtBoundSignal:
    return field.currentIndexChanged if isinstance(field, Choices) else field.valueChanged


def value_of(field: Field) -> object:
    if isinstance(field, YesNo):
        return field.key() == "yes"
    if isinstance(field, Limit):
        return field.value() or None
    return field.key() if isinstance(field, Choices) else field.value()


def being_written(field: Field) -> bool:
    """Whether somebody is at it: what is typed counts when it is left."""
    return isinstance(field, QAbstractSpinBox) and field.hasFocus() and field.lineEdit().isModified()


def put(field: Field, value: object) -> None:
    """Sets a field without telling anybody."""
    with QSignalBlocker(field):
        if isinstance(field, YesNo):
            field.set_key("yes" if value else "no")
        elif isinstance(field, Choices):
            field.set_key(str(value))
        elif isinstance(value, int | float) or value is None:
            field.setValue(value or 0)  # type: ignore[arg-type]
