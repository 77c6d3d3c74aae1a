"""The networks of the degradation experiment beside what He et al. published; the legend of its plots too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QSize, Qt
from PyQt5.QtGui import QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app import theme
from app.widgets._controls import plain_tip


@dataclass(frozen=True)
class TableRow:
    """Texts of a network's row, as they are shown; `token` and `strong` as its lines are drawn."""

    name: str
    token: str
    strong: bool
    state: str
    train_error: str
    validation_error: str
    published: str
    growth: str
    tip: str = ""


class DegradationTable(QWidget):
    """One row a network."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("degradationTable")
        self.setAccessibleName(self.tr("The networks of the experiment"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._lines: list[tuple[_Key, list[QLabel]]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        headings = (
            (1, self.tr("network")), (2, self.tr("epochs")), (3, self.tr("training error")),
            (4, self.tr("validation error")), (5, self.tr("He et al., test")), (6, self.tr("signal grows")),
        )  # fmt: skip
        for place, text in headings:
            self._grid.addWidget(_label(text, "caption", place > 2), 0, place)
        self._note = _label("", "caption", right=False)
        self._note.setWordWrap(True)
        self._note.setAlignment(Qt.AlignLeft | Qt.AlignTop)
        self._grid.addWidget(self._note, 0, 7, 6, 1)
        self._grid.setColumnStretch(7, 1)
        self._grid.setRowStretch(5, 1)
        self.show_rows(())

    def show_rows(self, rows: Sequence[TableRow], note: str = "") -> None:
        """`note` stands beside them."""
        self._note.setText(note)
        while len(self._lines) < len(rows):
            self._add_line()
        for number, (key, labels) in enumerate(self._lines):
            row = rows[number] if number < len(rows) else None
            for part in (key, *labels):
                part.setVisible(row is not None)
            if row is not None:
                key.show_line(row.token, row.strong)
                texts = (row.name, row.state, row.train_error, row.validation_error, row.published, row.growth)
                for label, text in zip(labels, texts, strict=True):
                    label.setText(text)
                labels[4].setToolTip(plain_tip(row.tip))
        self.setAccessibleDescription("; ".join(self._said(row) for row in rows))

    def _said(self, row: TableRow) -> str:
        words = self.tr("{name}: training error {train}, validation error {validation}, He et al. {published}")
        return words.format(
            name=row.name, train=row.train_error, validation=row.validation_error, published=row.published
        )

    def _add_line(self) -> None:
        key, labels = _Key(), [_label("", "" if place in (1, 3) else "muted", place > 2) for place in range(1, 7)]
        self._lines.append((key, labels))
        for place, part in enumerate((key, *labels)):
            self._grid.addWidget(part, len(self._lines), place)


class _Key(QWidget):
    """A piece of the line that stands for a network."""

    def __init__(self) -> None:
        super().__init__()
        self._token, self._strong = "text", True
        self.setSizePolicy(QSizePolicy.Fixed, QSizePolicy.Fixed)

    def show_line(self, token: str, strong: bool) -> None:
        if (token, strong) != (self._token, self._strong):
            self._token, self._strong = token, strong
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(26, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        style = Qt.SolidLine if self._strong else Qt.DashLine
        painter.setPen(QPen(theme.colour(self._token), 2.4 if self._strong else 1.6, style))
        painter.drawLine(1, self.height() // 2, self.width() - 1, self.height() // 2)


def _label(text: str, role: str, right: bool) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.PlainText)
    if role:
        label.setProperty("role", role)
    label.setAlignment((Qt.AlignRight if right else Qt.AlignLeft) | Qt.AlignVCenter)
    return label
