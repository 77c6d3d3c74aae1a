"""Boxes that ask or tell. Their text is plain: names of files and runs stand in it, and addresses."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QMessageBox, QWidget


def box(parent: QWidget, text: str, more: str = "", *, name: str = "") -> QMessageBox:
    """One that is not shown yet; `more` stands below `text`, smaller. `name` is for who looks for it."""
    made = QMessageBox(parent)
    made.setObjectName(name)
    made.setTextFormat(Qt.PlainText)
    made.setText(text)
    made.setInformativeText(more)
    return made


def agreed(parent: QWidget, text: str, more: str = "", *, for_good: bool = False) -> bool:
    """Whether the user says yes. Enter does, too, unless what is asked about is `for_good`: can't be undone."""
    question = box(parent, text, more)
    question.setIcon(QMessageBox.Warning if for_good else QMessageBox.Question)
    question.setStandardButtons(QMessageBox.Yes | QMessageBox.Cancel)
    if for_good:
        question.setDefaultButton(QMessageBox.Cancel)
    return bool(question.exec_() == QMessageBox.Yes)


def tell(told: QMessageBox) -> None:
    """Show a box that only has to be read. Nothing waits for it."""
    told.setAttribute(Qt.WA_DeleteOnClose)
    told.open()
