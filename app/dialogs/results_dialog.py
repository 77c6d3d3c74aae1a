"""The results for many pictures: classes at the left, the table, and what can be done with what is in sight."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app import geometry, results_export
from app.i18n import sentence
from app.saving import save_as
from app.widgets._controls import MenuButton
from app.widgets.results_table import ALL, FAILED, ResultRow, ResultsTable


class ResultsDialog(QDialog):
    """Modeless; `show_rows` may be called as often as something becomes known."""

    opened = pyqtSignal(str)  # the key of a row to look at
    export_requested = pyqtSignal(object, str, object)  # ResultRows, by which weights, the Path to write them to
    folders_requested = pyqtSignal(object, str)  # ResultRows to be put into folders by class; "copy" or "move"

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        """`folder` is where an export is proposed."""
        super().__init__(parent)
        self.setObjectName("resultsDialog")
        self.setWindowTitle(self.tr("Results"))
        self._folder, self._weights = folder, ""
        self.table = ResultsTable()
        self.table.opened.connect(self.opened)
        self.table.copy_requested.connect(self._copy)
        self._classes = QListWidget()
        self._classes.setAccessibleName(self.tr("Classes"))
        self._classes.setFixedWidth(180)
        self._classes.currentItemChanged.connect(self._class_chosen)
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Find a picture or class"))
        self._search.setAccessibleName(self.tr("Find a picture or class"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(lambda text: self._filter(text=text))
        self._unsure = QSpinBox()
        self._unsure.setRange(0, 99)
        self._unsure.setPrefix(self.tr("less than "))
        self._unsure.setSuffix(" %")
        self._unsure.setSpecialValueText(self.tr("any probability"))
        self._unsure.setFixedWidth(184)
        self._unsure.setAccessibleName(self.tr("Only pictures the network is less sure of than"))
        self._unsure.setToolTip(self.tr("Show only pictures whose first class is less probable than this"))
        self._unsure.valueChanged.connect(lambda value: self._filter(below=value / 100 if value else 1.0))
        sure = QLabel(self.tr("First class"))
        sure.setProperty("role", "caption")
        self._count = QLabel()
        self._count.setProperty("role", "caption")

        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self._search, 1)
        for part in (sure, self._unsure):
            above.addWidget(part)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(above)
        right.addWidget(self.table, 1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self._classes)
        middle.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(middle, 1)
        layout.addLayout(self._buttons())
        self.resize(1180, 660)
        geometry.remember(self)
        self.table.setFocus()

    def _buttons(self) -> QHBoxLayout:
        export = QPushButton(self.tr("Export…"))
        export.setToolTip(self.tr("Write the rows in sight, or the chosen ones, as CSV or JSON"))
        export.clicked.connect(self._export)
        copy = QPushButton(self.tr("Copy"))
        copy.setToolTip(self.tr("Copy the rows in sight, or the chosen ones, as text (Ctrl+C)"))
        copy.clicked.connect(self._copy)
        folders = MenuButton()
        folders.setAccessibleName(self.tr("Into folders by class"))
        folders.show_choice(self.tr("Into folders by class"))
        menu = QMenu(folders)
        menu.addAction(self.tr("Copy the pictures…"), lambda: self._ask_folders("copy"))
        menu.addAction(self.tr("Move the pictures…"), lambda: self._ask_folders("move"))
        folders.setMenu(menu)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._count)
        row.addStretch(1)
        for button in (copy, export, folders, close):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def show_rows(self, rows: Sequence[ResultRow], weights: str) -> None:
        self._weights = weights
        self.table.show_rows(rows)
        self._show_classes()
        self._show_count()

    def show_said(self, text: str) -> None:
        """What became of what was asked for."""
        self._count.setText(sentence(text))

    def _show_classes(self) -> None:
        rows = self.table.model_.rows
        wanted = [(ALL, self.tr("All"), len(rows))]
        names = self.table.names()
        wanted += [(label, names[label], count) for label, count in self.table.classes()]
        if failed := sum(bool(row.problem) for row in rows):
            wanted.append((FAILED, self.tr("Could not be shown"), failed))
        chosen = self._classes.currentItem()
        key = chosen.data(Qt.UserRole) if chosen is not None else ALL
        self._classes.blockSignals(True)
        self._classes.clear()
        for place, (value, text, count) in enumerate(wanted):
            item = QListWidgetItem(f"{text}  {count}")
            item.setData(Qt.UserRole, value)
            self._classes.addItem(item)
            if value == key:
                self._classes.setCurrentRow(place)
        self._classes.blockSignals(False)
        if self._classes.currentRow() < 0:  # the last picture of the class was classified anew
            self._classes.setCurrentRow(0)

    def _class_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._filter(of_class=item.data(Qt.UserRole))

    def _filter(self, *, of_class: str | None = None, text: str | None = None, below: float | None = None) -> None:
        self.table.filter(of_class=of_class, text=text, below=below)
        self._show_count()

    def _show_count(self) -> None:
        rows, shown = self.table.model_.rows, len(self.table.shown())
        waiting = sum(not row.top and not row.problem for row in rows)
        text = self.tr("{shown} of {all} pictures").format(shown=shown, all=len(rows))
        self._count.setText(text + (self.tr(", {n} are still to come").format(n=waiting) if waiting else ""))

    def _copy(self) -> None:
        QApplication.clipboard().setText(results_export.as_table(self.table.chosen(), self._weights, "\t"))

    def _export(self) -> None:
        filters = {"csv": self.tr("Table (*.csv)"), "json": self.tr("JSON (*.json)")}
        path = save_as(self, self.tr("Export results"), self._folder / f"results {self._weights}", filters, first="csv")
        if path is not None:
            self._folder = path.parent
            self.export_requested.emit(self.table.chosen(), self._weights, path)

    def _ask_folders(self, mode: str) -> None:
        self.folders_requested.emit([row for row in self.table.chosen() if row.top], mode)
