"""The runs on this disk: to look at, to go on with, to remove."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QSize, Qt, pyqtSignal
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from app import theme
from app.widgets._controls import ElidedLabel, plain_tip
from app.widgets._training import RunRow

MOST_ROWS = 200
_TOKENS = {"running": "accent", "finished": "good", "failed": "bad", "damaged": "bad", "interrupted": "second"}


class TrainingRuns(QWidget):
    """A card for each run, the one last worked on first."""

    look_requested = pyqtSignal(str)
    resume_requested = pyqtSignal(str)
    remove_requested = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainingRuns")
        self.setAccessibleName(self.tr("Earlier runs"))
        self._rows: tuple[RunRow, ...] = ()
        self._can_start = True
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 10, 0)
        self._column.setSpacing(8)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.NoFocus)
        scroll.setWidget(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        theme.changed.connect(self._fill)  # the states have colours
        self._fill()

    def show_runs(self, rows: Sequence[RunRow], *, can_start: bool = True) -> None:
        """`can_start`: whether one may be resumed now; one training at a time is enough for a computer."""
        if (tuple(rows), can_start) != (self._rows, self._can_start):
            self._rows, self._can_start = tuple(rows), can_start
            self._fill()

    def _fill(self) -> None:
        while self._column.count():
            if (widget := self._column.takeAt(0).widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row in self._rows[:MOST_ROWS]:
            self._column.addWidget(self._card(row))
        if not self._rows:
            empty = QLabel(self.tr("Nothing has been trained on this computer yet."))
            empty.setProperty("role", "muted")
            empty.setAlignment(Qt.AlignCenter)
            self._column.addStretch(1)
            self._column.addWidget(empty)
        self._column.addStretch(1)

    def _card(self, row: RunRow) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        card.setObjectName(f"run {row.name}")
        card.setAccessibleName(row.name)
        name, state, about = ElidedLabel(row.name), QLabel(self._word(row.state)), ElidedLabel(role="caption")
        name.setProperty("role", "title")
        name.setStyleSheet("font-size: 13px;")
        state.setStyleSheet(f"font-size: 12px; color: {getattr(theme.current(), _TOKENS.get(row.state, 'muted'))};")
        about.setText(" · ".join(part for part in (row.network, row.dataset, row.done, row.accuracy, row.when) if part))
        words = QVBoxLayout()
        words.setSpacing(3)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(name)
        top.addWidget(state)
        top.addStretch(1)
        words.addLayout(top)
        words.addWidget(about)
        if row.problem:
            problem = ElidedLabel(row.problem, role="caption")
            problem.setToolTip(plain_tip(row.problem))
            words.addWidget(problem)
        line = QHBoxLayout(card)
        line.setContentsMargins(14, 10, 8, 10)
        line.setSpacing(6)
        line.addLayout(words, 1)
        if row.can_resume:
            line.addWidget(self._button(self.tr("Resume"), "resumeRun", row.name, self._resume, self._can_start))
        if row.state != "damaged":
            line.addWidget(self._button(self.tr("Show"), "showRun", row.name, self._look))
        remove = QToolButton()
        remove.setObjectName("removeRun")
        remove.setIcon(theme.icon("trash", "muted"))
        remove.setIconSize(QSize(16, 16))
        remove.setAccessibleName(self.tr("Remove {0}").format(row.name))
        remove.setToolTip(self.tr("Remove this run; the weights it made stay"))
        remove.setEnabled(row.state != "running")
        remove.clicked.connect(lambda _=False, name=row.name: self.remove_requested.emit(name))
        line.addWidget(remove)
        return card

    def _word(self, state: str) -> str:
        return {
            "running": self.tr("under way"), "finished": self.tr("finished"), "stopped": self.tr("stopped"),
            "interrupted": self.tr("interrupted"), "failed": self.tr("failed"), "new": self.tr("not begun"),
            "damaged": self.tr("damaged"),
        }.get(state, state)  # fmt: skip

    def _button(self, text: str, kind: str, run: str, ask: object, enabled: bool = True) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(kind)
        button.setProperty("size", "small")
        button.setAutoDefault(False)
        button.setAccessibleName(f"{text} {run}")
        button.setEnabled(enabled)
        button.clicked.connect(lambda _=False: ask(run))  # type: ignore[operator]
        return button

    def _resume(self, run: str) -> None:
        self.resume_requested.emit(run)

    def _look(self, run: str) -> None:
        self.look_requested.emit(run)
