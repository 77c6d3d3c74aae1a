"""Part of the training form: what most people leave as it is. Each field starts at what the engine suggests."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from PyQt5.QtCore import QEvent, QLocale, QObject, Qt, pyqtBoundSignal, pyqtSignal
from PyQt5.QtGui import QValidator
from PyQt5.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.widgets._controls import Choices

Field = QSpinBox | QDoubleSpinBox | Choices


class Advanced(QWidget):
    """A line that unfolds. `changes()` are the fields that the user set to something else than was suggested."""

    changed = pyqtSignal()
    unfolded = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._defaults: dict[str, object] = {}
        self._edited: set[str] = set()
        self._fields: dict[str, Field] = {}
        self._switch = QPushButton(self.tr("Ad&vanced"))
        self._switch.setObjectName("trainingAdvanced")
        self._switch.setProperty("role", "quiet")
        self._switch.setStyleSheet("padding: 0 8px 0 0;")
        self._switch.setAutoDefault(False)
        self._switch.clicked.connect(self._toggle)
        self._reset = QPushButton(self.tr("Reset"))
        self._reset.setProperty("role", "link")
        self._reset.setAutoDefault(False)
        self._reset.setToolTip(self.tr("Back to what is suggested"))
        self._reset.clicked.connect(self._take_defaults)
        self._summary = QLabel()
        self._summary.setTextFormat(Qt.PlainText)
        self._summary.setWordWrap(True)
        self._summary.setProperty("role", "caption")
        self._box = QWidget()
        self._build()
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self._switch)
        top.addStretch(1)
        top.addWidget(self._reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self._summary)
        column.addWidget(self._box)
        self._unfold(False)

    def _build(self) -> None:
        grid = QGridLayout(self._box)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        devices = [("auto", self.tr("Auto")), ("cpu", "CPU"), ("cuda", "CUDA"), ("xpu", "XPU")]
        if sys.platform == "darwin":
            devices = [("auto", self.tr("Auto")), ("cpu", "CPU"), ("mps", "MPS")]
        precisions = [
            ("auto", self.tr("Auto")),
            ("float32", "float32"),
            ("bfloat16", "bfloat16"),
            ("float16", "float16"),
        ]
        rows: Sequence[tuple[str, str, Field, str]] = (
            ("learning_rate", self.tr("Learning rate"), real_field(1e-6, 100), self.tr("The peak of the cycle")),
            ("batch_size", self.tr("Batch size"), _whole(2, 65_536), self.tr("Pictures that make one step")),
            ("weight_decay", self.tr("Weight decay"), real_field(0, 10), self.tr("Not of batch norm and biases")),
            ("label_smoothing", self.tr("Label smoothing"), real_field(0, 0.9), self.tr("How unsure it may stay")),
            (
                "ema_decay", self.tr("EMA decay"), real_field(0, 0.99999),
                self.tr("The network that is judged is the average of the last ones; 0: no average"),
            ),
            ("cutout_px", self.tr("Cutout, px"), _whole(0, 1024), self.tr("Side of a square to grey out; 0: none")),
            ("mixup", self.tr("Mixup α"), real_field(0, 10), self.tr("Pairs of pictures are mixed; 0: they are not")),
            (
                "grow_from_px", self.tr("Grow from, px"), _whole(0, 1024),
                self.tr("Side of the pictures at first: small ones are learned faster; 0: full size from the start"),
            ),
            ("limit", self.tr("Pictures"), _Limit(), self.tr("Train on about so many pictures only")),
            ("seed", self.tr("Seed"), _whole(0, 2**31 - 1), self.tr("Of everything that is random")),
            ("device", self.tr("Device"), Choices(devices, self.tr("Device")), self.tr("Where to train")),
            (
                "precision", self.tr("Precision"), Choices(precisions, self.tr("Precision")),
                self.tr("Auto: what a two-second measurement finds to be fastest"),
            ),
            (
                "deterministic", self.tr("Deterministic"), _YesNo(),
                self.tr("The same numbers in every run; may be slower"),
            ),
        )  # fmt: skip
        for row, (name, text, field, tip) in enumerate(rows):
            label = QLabel(text)
            label.setProperty("role", "muted")
            field.setAccessibleName(text)
            field.setObjectName(f"training_{name}")
            for part in (label, field):
                part.setToolTip(tip)
            field.setFixedWidth(124)
            field.installEventFilter(self)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1, Qt.AlignRight)
            self._fields[name] = field
            _signal(field).connect(lambda *_, name=name: self._edit(name))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Scrolling past a field must not change it."""
        if event.type() == QEvent.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return bool(super().eventFilter(watched, event))

    def show_defaults(self, values: Mapping[str, object]) -> None:
        """What is suggested now. Fields that the user has set stay as they are."""
        self._defaults = dict(values)
        for name, value in values.items():
            if name not in self._edited and name in self._fields and not _being_written(self._fields[name]):
                _put(self._fields[name], value)
        self._describe()

    def changes(self) -> dict[str, object]:
        return {name: _value(self._fields[name]) for name in self._fields if name in self._edited}

    def take_over(self, other: Advanced) -> None:
        """What the user set in another one, once this one has the same defaults."""
        for name, value in other.changes().items():
            _put(self._fields[name], value)
            self._edited.add(name)
        self._unfold(not other._box.isHidden())

    def _edit(self, name: str) -> None:
        if _value(self._fields[name]) == self._defaults.get(name):
            self._edited.discard(name)
        else:
            self._edited.add(name)
        self._describe()
        self.changed.emit()

    def _take_defaults(self) -> None:
        self._edited.clear()
        self.show_defaults(self._defaults)
        self.changed.emit()

    def _toggle(self) -> None:
        self._unfold(self._box.isHidden())
        if not self._box.isHidden():
            self.unfolded.emit()

    def _unfold(self, on: bool) -> None:
        self._box.setVisible(on)
        self._summary.setVisible(not on)
        self._switch.setIcon(theme.icon("chevron-down" if on else "chevron-right", "muted"))
        self._switch.setAccessibleDescription(self.tr("unfolded") if on else self.tr("folded"))
        self._describe()

    def _describe(self) -> None:
        self._reset.setVisible(bool(self._edited))
        values = {**self._defaults, **self.changes()}
        if not values:
            return
        parts = [
            self.tr("learning rate {0}").format(f"{values['learning_rate']:g}"),
            self.tr("batch {0}").format(values["batch_size"]),
        ]
        if values["label_smoothing"]:
            parts.append(self.tr("label smoothing {0}").format(f"{values['label_smoothing']:g}"))
        parts.append(self.tr("EMA") if values["ema_decay"] else self.tr("no EMA"))
        for name, text in (
            ("cutout_px", self.tr("cutout {0} px")),
            ("mixup", self.tr("mixup {0}")),
            ("grow_from_px", self.tr("growing from {0} px")),
        ):
            if values.get(name):
                parts.append(text.format(values[name]))
        if values.get("limit"):
            parts.append(self.tr("{0} pictures").format(f"{values['limit']:,}"))
        parts += [str(values[name]) for name in ("device", "precision") if values[name] != "auto"]
        if values["seed"]:
            parts.append(self.tr("seed {0}").format(values["seed"]))
        self._summary.setText(self.tr(", ").join(parts))


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


class _YesNo(Choices):
    def __init__(self) -> None:
        super().__init__([("no", ""), ("yes", "")], "")
        self.setItemText(0, self.tr("No"))
        self.setItemText(1, self.tr("Yes"))


class _Limit(QSpinBox):
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


def _whole(least: int, most: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(least, most)
    plain(field)
    return field


def _signal(field: Field) -> pyqtBoundSignal:
    return field.currentIndexChanged if isinstance(field, Choices) else field.valueChanged


def _value(field: Field) -> object:
    if isinstance(field, _YesNo):
        return field.key() == "yes"
    if isinstance(field, _Limit):
        return field.value() or None
    return field.key() if isinstance(field, Choices) else field.value()


def _being_written(field: Field) -> bool:
    """Whether somebody is at it: what is typed counts when it is left."""
    return isinstance(field, QAbstractSpinBox) and field.hasFocus() and field.lineEdit().isModified()


def _put(field: Field, value: object) -> None:
    """Sets a field without telling anybody."""
    before = field.blockSignals(True)
    if isinstance(field, _YesNo):
        field.set_key("yes" if value else "no")
    elif isinstance(field, Choices):
        field.set_key(str(value))
    elif isinstance(value, int | float) or value is None:
        field.setValue(value or 0)  # type: ignore[arg-type]
    field.blockSignals(before)
