"""A sentence that asks for a decision: a run that is half done, one that failed. At most three buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QSize, Qt, pyqtSignal
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app import i18n, theme


class TrainingNotice(QFrame):
    """`answered` has the key of the button that was pressed; "" when it was just closed."""

    answered = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trainingNotice")
        self.setProperty("role", "card")
        self._icon, self._sentence = QLabel(), QLabel()
        self._sentence.setObjectName("trainingNoticeText")
        self._sentence.setTextFormat(Qt.PlainText)
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(Qt.TextSelectableByMouse)
        self._buttons: list[QPushButton] = []
        self._close = QToolButton()
        self._close.setIcon(theme.icon("close", "muted"))
        self._close.setIconSize(QSize(14, 14))
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(self.tr("Close"))
        self._close.clicked.connect(self._dismiss)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 9, 8, 9)
        self._row.setSpacing(8)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._sentence, 1)
        self._row.addWidget(self._close)
        self.hide()

    def show_question(self, sentence: str, buttons: Sequence[tuple[str, str]], *, bad: bool = False) -> None:
        """Buttons: key and text; the first one is the proposed one. "" takes it away."""
        sentence = i18n.sentence(sentence)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for number, (key, text) in enumerate(buttons):
            button = QPushButton(i18n.sentence(text))
            button.setObjectName(f"trainingNotice_{key}")
            button.setAutoDefault(False)
            button.setProperty("size", "small")
            button.setProperty("role", "chosen" if number == 0 else "")
            button.clicked.connect(lambda _=False, key=key: self._answer(key))
            self._row.insertWidget(2 + number, button)
            self._buttons.append(button)
        self._icon.setPixmap(theme.icon("warning" if bad else "info", "bad" if bad else "accent").pixmap(18, 18))
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))

    def text(self) -> str:
        return self._sentence.text()

    def _answer(self, key: str) -> None:
        self.hide()
        self.answered.emit(key)

    def _dismiss(self) -> None:
        self._answer("")
