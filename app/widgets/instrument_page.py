"""The frame around an instrument's panel: its name, what it shows in one line, where that comes from, and Export."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QObject, Qt, QUrl, pyqtSignal
from PyQt5.QtGui import QDesktopServices, QResizeEvent
from PyQt5.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app import i18n
from app.widgets._controls import ElidedLabel, plain_tip


class InstrumentPage(QFrame):
    """Gets a panel that fills it. `message` takes the panel's place while there is nothing to show."""

    export_requested = pyqtSignal()
    link_requested = pyqtSignal()

    def __init__(
        self, title: str, explanation: str, paper: tuple[str, str], panel: QWidget, parent: QWidget | None = None
    ) -> None:
        """`paper` is how it is cited, and its address."""
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.setAccessibleDescription(explanation)
        self.panel = panel
        name = QLabel(title)
        name.setProperty("role", "title")
        what = ElidedLabel(explanation, role="caption")
        what.setToolTip(plain_tip(explanation))
        what.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Preferred)
        cited, address = paper
        source = QPushButton(cited)
        source.setProperty("role", "link")
        source.setSizePolicy(QSizePolicy.Maximum, QSizePolicy.Fixed)
        source.setToolTip(self.tr("Read the paper: {address}").format(address=address))
        source.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(address)))
        self._link = self._button(self.tr("Copy link"), self.tr("Copy an address that opens the window as it is now"))
        self._link.clicked.connect(self.link_requested)
        self._export = self._button(self.tr("Export"), self.tr("Save this as a figure, or its numbers (Ctrl+E)"))
        self._export.clicked.connect(self.export_requested)
        heading = QHBoxLayout()
        heading.setSpacing(8)
        heading.addWidget(name)
        heading.addWidget(what, 1)
        for part in (source, self._link, self._export):
            heading.addWidget(part)
        self._message = QLabel()
        self._message.setProperty("role", "muted")
        self._message.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 10, 13, 10)
        column.setSpacing(10)
        column.addLayout(heading)
        column.addWidget(self._message)
        self._room = _Room(panel)
        column.addWidget(self._room, 1)
        self.show_message("")

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("size", "small")
        button.setToolTip(tip)
        button.setSizePolicy(QSizePolicy.Maximum, QSizePolicy.Fixed)
        return button

    def show_message(self, text: str, *, instead: bool = False) -> None:
        """A sentence above the panel, or (`instead`) in its place; "" takes it away."""
        self._message.setText(i18n.sentence(text))
        self._message.setVisible(bool(text))
        if text and instead and self._room.isAncestorOf(QApplication.focusWidget() or self):
            self._link.setFocus()  # else Qt looks for another place, in another part of the window
        self._room.setVisible(not (text and instead))
        self._export.setEnabled(not instead)


class _Room(QScrollArea):
    """Gives the panel the room there is; where that is less than its least, on a small screen, the panel scrolls.

    Qt's own way, `widgetResizable`, gives a panel with wrapped words the height it would like: it scrolled everywhere.
    """

    def __init__(self, panel: QWidget) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.NoFocus)
        self.setWidget(panel)
        panel.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.LayoutRequest:
            self._fit()
        return bool(super().eventFilter(watched, event))

    def _fit(self) -> None:
        panel, room = self.widget(), self.maximumViewportSize()
        least = panel.minimumSizeHint().expandedTo(panel.minimumSize())
        if least.height() > room.height():
            room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
        if least.width() > room.width():
            room.setHeight(room.height() - self.horizontalScrollBar().sizeHint().height())
        panel.resize(room.expandedTo(least))
