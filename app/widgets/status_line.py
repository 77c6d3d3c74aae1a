"""The last line of the window: what gave the answer, with which network, and at most one notice."""

from __future__ import annotations

from PyQt5.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QPainter, QPaintEvent
from PyQt5.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from app import i18n, theme
from app.widgets._controls import ElidedLabel


class StatusLine(QWidget):
    """A notice stays until it is dismissed or replaced; its details are asked for by a signal.

    One with details is not replaced by one without before they were asked for: what the program said of its own fault,
    or of the one it ended with, stays behind what is said next.
    """

    details_requested = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setAttribute(Qt.WA_StyledBackground)
        self.setAccessibleName(self.tr("Status"))
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self._run_text, self._busy = "", False
        self._details, self._unread = "", ""  # of the notice; the sentence whose details nobody asked for
        self._dot = _Dot(self)
        self._run, self._network, self._notice = ElidedLabel(), ElidedLabel(), ElidedLabel()
        self._notice.setObjectName("statusNotice")
        self._place = ElidedLabel()
        self._place.setObjectName("statusPlace")
        self._place.hide()
        self._more = QPushButton(self.tr("Details"))
        self._more.setObjectName("statusDetails")
        self._more.setProperty("role", "link")
        self._more.clicked.connect(self._ask_details)
        self._close = QToolButton()
        self._close.setObjectName("statusDismiss")
        self._close.setIcon(theme.icon("close", "muted"))
        self._close.setIconSize(QSize(12, 12))
        self._close.setAccessibleName(self.tr("Dismiss the notice"))
        self._close.setToolTip(self.tr("Dismiss the notice"))
        self._close.clicked.connect(self._dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 8, 0)
        row.setSpacing(8)
        row.addWidget(self._dot)
        row.addWidget(self._run)
        row.addSpacing(16)
        row.addWidget(self._network)
        row.addStretch(1)
        row.addWidget(self._place)
        row.addWidget(self._notice)
        row.addWidget(self._more)
        row.addWidget(self._close)
        self.show_notice("")
        self._refresh()

    def show_run(self, text: str) -> None:
        """How long it took, and on what: "11 ms · OpenVINO CPU · exact"."""
        self._run_text = text
        self._refresh()

    def show_network(self, text: str) -> None:
        self._network.setText(text)
        self._describe()

    def show_notice(self, sentence: str, details: str | None = None) -> None:
        """One sentence; with `details`, a button that asks for them to be shown. "" takes the notice away."""
        said = i18n.sentence(sentence)
        if details:
            self._details, self._unread = details, said
        elif self._unread:
            said = f"{said} {self._unread}".strip()
        else:
            self._details = ""
        self._notice.setText(said)
        self._notice.setVisible(bool(said))
        self._close.setVisible(bool(said))
        self._more.setVisible(bool(said and self._details))
        self._refresh()

    def show_place(self, text: str) -> None:
        """What is under the cursor: "layer3 channel 68 at (9, 14): 2.38 · sees 43 × 43 px"; "" takes it away."""
        self._place.setText(text)
        self._place.setVisible(bool(text))

    def show_busy(self, busy: bool) -> None:
        self._busy = busy
        self._refresh()

    def _refresh(self) -> None:
        self._run.setText(self.tr("Looking …") if self._busy else self._run_text or self.tr("Ready"))
        self._dot.show_token("accent" if self._busy else "second" if self._notice.text() else "good")
        self._describe()

    def _describe(self) -> None:
        texts = (self._run.text(), self._network.text(), self._notice.text())
        self.setAccessibleDescription(". ".join(text for text in texts if text))

    def _ask_details(self) -> None:
        self._unread = ""
        self.details_requested.emit(self._details)

    def _dismiss(self) -> None:
        self._unread = ""
        self.show_notice("")

    def sizeHint(self) -> QSize:
        return QSize(600, 28)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 28)


class _Dot(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._token = "good"
        self.setFixedSize(7, 7)

    def show_token(self, token: str) -> None:
        self._token = token
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        painter.setPen(Qt.NoPen)
        painter.setBrush(theme.colour(self._token))
        painter.drawEllipse(QRectF(self.rect()))
