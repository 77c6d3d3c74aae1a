"""Before pictures are copied or moved: where each one goes. Afterwards: what was done, and Undo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app import geometry, i18n, motion
from app.class_folders import Mode, Step

_MOST_LISTED = 2000  # of a class; the rest is counted


class ClassFoldersDialog(QDialog):
    """Shows the plan; `go_requested` and `undo_requested` are for whoever does the work, and ends with `show_done`."""

    go_requested = pyqtSignal()
    undo_requested = pyqtSignal()
    cancel_requested = pyqtSignal()  # of the work under way: what was done so far is still to be told

    def __init__(self, steps: Sequence[Step], destination: Path, mode: Mode, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("classFoldersDialog")
        self.setWindowTitle(self.tr("Copy into folders") if mode == "copy" else self.tr("Move into folders"))
        self._under_way = False
        self._what = QLabel(self._plan_text(steps, destination, mode))
        self._what.setWordWrap(True)
        tree = QTreeWidget()
        tree.setAccessibleName(self.tr("Where each picture goes"))
        tree.setHeaderLabels([self.tr("Goes to"), self.tr("Comes from")])
        tree.setColumnWidth(0, 320)
        _fill(tree, steps, destination)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._go = QPushButton(self.tr("Copy") if mode == "copy" else self.tr("Move"))
        self._go.setProperty("role", "primary")
        self._go.setEnabled(bool(steps))
        self._go.clicked.connect(self._start)
        self._undo = QPushButton(self.tr("Undo"))
        self._undo.clicked.connect(self._start_undo)
        self._undo.hide()
        self._close = QPushButton(self.tr("Cancel"))
        self._close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._undo)
        row.addStretch(1)
        for button in (self._close, self._go):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self._what)
        layout.addWidget(tree, 1)
        layout.addWidget(self._bar)
        layout.addLayout(row)
        self.resize(760, 520)
        geometry.remember(self)

    def show_progress(self, done: int, total: int | None) -> None:
        motion.show_progress(self._bar, done, total or 0)

    def show_done(self, sentence: str, *, undo: bool) -> None:
        """What became of it; `undo` offers to take it back."""
        self._under_way = False
        self._what.setText(i18n.sentence(sentence))
        self._bar.hide()
        self._go.hide()
        self._undo.setVisible(undo)
        self._close.setText(self.tr("Close"))
        self._close.setEnabled(True)

    def reject(self) -> None:
        """While files are under way: call that off, and stay, for what was done is told here and can be undone here."""
        if self._under_way:
            self._close.setEnabled(False)
            self.cancel_requested.emit()
        else:
            super().reject()

    def _start(self) -> None:
        self._go.setEnabled(False)
        self._show_under_way()
        self.go_requested.emit()

    def _start_undo(self) -> None:
        self._undo.hide()
        self._close.setEnabled(False)  # half undone would be neither
        self._show_under_way()
        self.undo_requested.emit()

    def _show_under_way(self) -> None:
        self._under_way = True
        self._bar.show()

    def _plan_text(self, steps: Sequence[Step], destination: Path, mode: Mode) -> str:
        if not steps:
            return self.tr("Every one of these pictures is in the folder of its class already.")
        folders = len({step.target.parent for step in steps})
        text = (
            self.tr("{n} pictures will be copied into {folders} folders in {place}. Nothing is overwritten.")
            if mode == "copy"
            else self.tr("{n} pictures will be moved into {folders} folders in {place}. Nothing is overwritten.")
        )
        return text.format(n=len(steps), folders=folders, place=destination)


def _fill(tree: QTreeWidget, steps: Sequence[Step], destination: Path) -> None:
    by_folder: dict[Path, list[Step]] = {}
    for step in steps:
        by_folder.setdefault(step.target.parent, []).append(step)
    for folder, inside in sorted(by_folder.items()):
        top = QTreeWidgetItem([f"{folder.relative_to(destination)}  ({len(inside)})", ""])
        for step in inside[:_MOST_LISTED]:
            top.addChild(QTreeWidgetItem([step.target.name, str(step.source)]))
        if len(inside) > _MOST_LISTED:
            top.addChild(QTreeWidgetItem([i18n.tr("and {0} more").format(len(inside) - _MOST_LISTED), ""]))
        tree.addTopLevelItem(top)
        top.setExpanded(len(by_folder) <= 4)
