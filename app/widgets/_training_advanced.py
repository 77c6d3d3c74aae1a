"""Part of the training form: what most people leave as it is. Each field starts at what the engine suggests."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from PyQt5.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt5.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import theme
from app.widgets._controls import Choices
from app.widgets._training_fields import (
    Field,
    Limit,
    YesNo,
    being_written,
    put,
    real_field,
    signal_of,
    value_of,
    whole_field,
)


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
        optimizers = [("sgd", self.tr("Nesterov SGD")), ("adamw", self.tr("AdamW"))]
        stems = [("cifar", "3×3"), ("imagenet", "7×7")]
        precisions = [
            ("auto", self.tr("Auto")),
            ("float32", "float32"),
            ("bfloat16", "bfloat16"),
            ("float16", "float16"),
        ]
        rows: Sequence[tuple[str, str, Field, str]] = (
            (
                "optimizer", self.tr("Optimizer"), Choices(optimizers, self.tr("Optimizer")),
                self.tr("How steps are made; each has learning rates of its own"),
            ),
            ("learning_rate", self.tr("Learning rate"), real_field(1e-6, 100), self.tr("The peak of the cycle")),
            ("batch_size", self.tr("Batch size"), whole_field(2, 65_536), self.tr("Pictures that make one step")),
            ("weight_decay", self.tr("Weight decay"), real_field(0, 10), self.tr("Not of batch norm and biases")),
            ("label_smoothing", self.tr("Label smoothing"), real_field(0, 0.9), self.tr("How unsure it may stay")),
            (
                "ema_decay", self.tr("EMA decay"), real_field(0, 0.99999),
                self.tr("The network that is judged is the average of the last ones; 0: no average"),
            ),
            (
                "cutout_px", self.tr("Cutout, px"), whole_field(0, 1024),
                self.tr("Side of a square to grey out; 0: none"),
            ),
            ("mixup", self.tr("Mixup α"), real_field(0, 10), self.tr("Pairs of pictures are mixed; 0: they are not")),
            (
                "grow_from_px", self.tr("Grow from, px"), whole_field(0, 1024),
                self.tr("Side of the pictures at first: small ones are learned faster; 0: full size from the start"),
            ),
            (
                "stem", self.tr("Stem"), Choices(stems, self.tr("Stem")),
                self.tr("3×3 for small pictures, 7×7 with pooling for large ones; weights bring their own"),
            ),
            ("image_px", self.tr("Input, px"), whole_field(8, 1024), self.tr("Side of what the network reads")),
            ("limit", self.tr("Pictures"), Limit(), self.tr("Train on about so many pictures only")),
            ("seed", self.tr("Seed"), whole_field(0, 2**31 - 1), self.tr("Of everything that is random")),
            ("device", self.tr("Device"), Choices(devices, self.tr("Device")), self.tr("Where to train")),
            (
                "precision", self.tr("Precision"), Choices(precisions, self.tr("Precision")),
                self.tr("Auto: what a two-second measurement finds to be fastest"),
            ),
            (
                "deterministic", self.tr("Deterministic"), YesNo(),
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
            signal_of(field).connect(lambda *_, name=name: self._edit(name))

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
            if name not in self._edited and name in self._fields and not being_written(self._fields[name]):
                put(self._fields[name], value)
        self._describe()

    def changes(self) -> dict[str, object]:
        return {name: value_of(self._fields[name]) for name in self._fields if name in self._edited}

    def settle(self, name: str, *, settled: bool) -> None:
        """A field that is `settled` by something else can't be set; what was set is forgotten."""
        if settled:
            self._edited.discard(name)
        self._fields[name].setEnabled(not settled)

    def take_over(self, other: Advanced) -> None:
        """What the user set in another one, once this one has the same defaults."""
        for name, value in other.changes().items():
            put(self._fields[name], value)
            self._edited.add(name)
        self._unfold(not other._box.isHidden())

    def _edit(self, name: str) -> None:
        if value_of(self._fields[name]) == self._defaults.get(name):
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
        if values["optimizer"] == "adamw":
            parts.insert(0, self.tr("AdamW"))
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
