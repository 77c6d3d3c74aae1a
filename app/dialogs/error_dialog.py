"""The one dialog for what nobody expected: what happened in a line, the report to copy, Continue or Quit."""

from __future__ import annotations

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import geometry
from app.plain_text import listing, paragraph
from app.reports import Report

_MOST_REPORTS = 20  # a paint event can fail sixty times a second


class ErrorDialog(QDialog):
    """Shows a report; errors that come while it is open are added to it. Continue just closes it."""

    quit_requested = pyqtSignal()

    def __init__(self, report: Report, parent: QWidget | None = None) -> None:
        super().__init__(parent or QApplication.activeWindow())
        self.setObjectName("errorDialog")
        self.setWindowTitle(self.tr("Something went wrong"))
        self.setWindowModality(Qt.ApplicationModal)
        self.setAttribute(Qt.WA_DeleteOnClose)
        self._reports: list[Report] = []
        self._counts: list[int] = []

        heading = QLabel(self.tr("Something went wrong inside ResNet Lens"))
        heading.setProperty("role", "title")
        self._summary = paragraph(name="errorSummary")
        advice = self.tr(
            "Your pictures and weights are as they were. You can continue, though a part of the window may not "
            "work until the program is started again. The report below names versions and places in the program, "
            "not what is in your pictures; please add it to a bug report."
        )
        self._details = listing(self.tr("Error report"))
        self._details.setObjectName("errorReport")
        self._place = paragraph(role="caption", name="errorLog")

        self._copy = QPushButton(self.tr("&Copy report"))
        quit_button, continue_button = QPushButton(self.tr("&Quit")), QPushButton(self.tr("C&ontinue"))
        self._copy.setObjectName("copyReportButton")
        quit_button.setObjectName("quitButton")
        continue_button.setObjectName("continueButton")
        continue_button.setProperty("role", "primary")
        continue_button.setDefault(True)
        self._copy.clicked.connect(self._copy_report)
        quit_button.clicked.connect(self._quit)
        continue_button.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        buttons.addWidget(quit_button)
        buttons.addWidget(continue_button)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        for widget in (heading, self._summary, paragraph(advice, name="errorAdvice")):
            layout.addWidget(widget)
        layout.addWidget(self._details, 1)
        layout.addWidget(self._place)
        layout.addSpacing(8)
        layout.addLayout(buttons)
        self.resize(680, 480)
        geometry.remember(self)
        continue_button.setFocus()
        self.add(report)

    def add(self, report: Report) -> None:
        """Show one more report; the same error again is only counted."""
        for index, known in enumerate(self._reports):
            if known.summary == report.summary:
                self._counts[index] += 1
                break
        else:
            if len(self._reports) >= _MOST_REPORTS:
                return
            self._reports.append(report)
            self._counts.append(1)
            self._details.setPlainText(self.report_text())
        more = sum(self._counts) - 1
        again = (
            self.tr("And one more error since.") if more == 1 else self.tr("And {0} more errors since.").format(more)
        )
        later = f"\n{again}" if more else ""
        self._summary.setText(self._reports[0].summary + later)
        log = self._reports[0].log
        self._place.setVisible(log is not None)
        self._place.setText(self.tr("The log is kept in {0}.").format(log))

    def report_text(self) -> str:
        """Everything that is shown, as the Copy button copies it."""
        return "\n\n".join(report.text for report in self._reports)

    @pyqtSlot()
    def _copy_report(self) -> None:
        QApplication.clipboard().setText(self.report_text())
        self._copy.setText(self.tr("&Copied"))

    @pyqtSlot()
    def _quit(self) -> None:
        self.reject()
        self.quit_requested.emit()
