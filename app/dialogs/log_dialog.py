"""The program's log, as far as it is worth reading, and the way to the folder it is kept in."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QUrl
from PyQt5.QtGui import QDesktopServices, QTextCursor
from PyQt5.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import geometry, reports, theme
from app.plain_text import listing

LINES = 1000


class LogDialog(QDialog):
    """The last lines of the log in `folder`, the newest at the end. Modeless."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("logDialog")
        self.setWindowTitle(self.tr("Log"))
        self._folder = folder
        self._text = listing(self.tr("The last lines of the log"))
        self._text.setPlaceholderText(self.tr("Nothing has been logged yet."))
        where = QLabel(self.tr("Times, versions and what went wrong; nothing of what is in your pictures."))
        where.setProperty("role", "caption")
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, icon, handler in (
            (self.tr("&Copy"), "copy", self.copy),
            (self.tr("&Refresh"), "refresh", self.refresh),
            (self.tr("Open log &folder"), "folder", self.open_folder),
        ):
            button = QPushButton(theme.icon(icon), text)
            button.setAutoDefault(False)
            button.clicked.connect(handler)
            row.addWidget(button)
        row.addStretch(1)
        close = QDialogButtonBox(QDialogButtonBox.Close)
        close.rejected.connect(self.reject)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(where)
        layout.addWidget(self._text, 1)
        layout.addLayout(row)
        self.resize(860, 520)
        geometry.remember(self)
        self.refresh()

    def refresh(self) -> None:
        self._text.setPlainText(reports.without_home(reports.tail(self._folder / reports.LOG_NAME, LINES)))
        self._text.moveCursor(QTextCursor.End)

    def copy(self) -> None:
        QApplication.clipboard().setText(self._text.toPlainText())

    def open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
