"""What went wrong with a download, and what can be done about it. Part of weights_picker."""

from __future__ import annotations

from PyQt5 import sip
from PyQt5.QtCore import QEvent, QObject, QPoint, Qt, pyqtSignal
from PyQt5.QtGui import QHideEvent, QKeyEvent
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app import theme

TEXT_BESIDE_PX = 100  # margins, icon and close button


class ErrorPanel(QFrame):
    """The whole sentence, over the window's content below the picker: a tool bar has no room for it."""

    retry = pyqtSignal()
    choose = pyqtSignal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.setObjectName("weightsError")
        self.setProperty("role", "card")
        self.setAutoFillBackground(False)
        self._owner = owner
        self._focus_before: QWidget | None = None
        self._sentence = QLabel()
        self._sentence.setTextFormat(Qt.PlainText)
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(Qt.TextSelectableByMouse)
        icon = QLabel()
        icon.setPixmap(theme.icon("warning", "bad").pixmap(18, 18))
        retry, choose, close = QPushButton(self.tr("Retry")), QPushButton(self.tr("Choose file …")), QToolButton()
        retry.setObjectName("weightsRetry")
        choose.setObjectName("weightsChooseFile")
        close.setIcon(theme.icon("close", "muted"))
        close.setAccessibleName(self.tr("Close"))
        close.setToolTip(self.tr("Close (Esc)"))
        retry.clicked.connect(self.retry)
        choose.clicked.connect(self.choose)
        close.clicked.connect(self.hide)
        for button in (retry, choose):
            button.setProperty("size", "small")
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(icon, 0, Qt.AlignTop)
        top.addWidget(self._sentence, 1)
        top.addWidget(close, 0, Qt.AlignTop)
        bottom.setContentsMargins(28, 0, 0, 0)
        bottom.addWidget(retry)
        bottom.addWidget(choose)
        bottom.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 10, 12)
        column.setSpacing(10)
        column.addLayout(top)
        column.addLayout(bottom)
        self.hide()

    def show_below(self, owner: QWidget, sentence: str) -> None:
        window = owner.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            owner.destroyed.connect(self.deleteLater)
            window.installEventFilter(self)
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        if not self.isVisible():
            self._focus_before = window.focusWidget()
        self.show()  # first: the layout of what is hidden does not learn of new sizes
        self._place()
        self.raise_()
        self.setFocus()

    def _place(self) -> None:
        window = self._owner.window()
        width = min(380, window.width() - 24)
        self.ensurePolished()
        self._sentence.ensurePolished()
        text = width - TEXT_BESIDE_PX  # told outright: a label that wraps asks its layout for too little height
        self._sentence.setFixedSize(text, self._sentence.heightForWidth(text))
        self.setFixedSize(width, self.layout().totalSizeHint().height())
        below = self._owner.mapTo(window, QPoint(0, self._owner.height() + 10))
        self.move(max(12, min(below.x(), window.width() - width - 12)), below.y())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Resize and self.isVisible():
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        """Esc is one of the window's keys too: while the focus is in here it is not."""
        if event.type() == QEvent.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key_Escape:
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """The focus goes back to where it was."""
        super().hideEvent(event)
        if event.spontaneous():  # the window was minimised: this is still there
            return
        before, self._focus_before = self._focus_before, None
        now = self.window().focusWidget()
        inside = now is self or self.isAncestorOf(now)
        if inside and before is not None and not sip.isdeleted(before):
            before.setFocus()
