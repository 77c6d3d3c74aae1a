"""Every opened picture as a row: name, classes with their probabilities, time. Sorts by any column, filters, copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PyQt5.QtCore import QAbstractTableModel, QModelIndex, QRect, QRectF, QSortFilterProxyModel, Qt, pyqtSignal
from PyQt5.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter
from PyQt5.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app import theme
from app.i18n import sentence
from app.widgets import _painting as paint
from app.widgets._keys import ENTER

CLASSES = 3  # columns of classes with their probabilities
_NAME, _FIRST, _TIME = 0, 1, 1 + 2 * CLASSES
_SORT_ROLE = Qt.UserRole + 1
ALL, FAILED = "", "\0failed"
"""Instead of a class: every picture; those that could not be classified."""


@dataclass(frozen=True)
class ResultRow:
    """`top` are (class, probability 0 … 1), best first; without them `problem` says why, or it is still waited for.

    `names` are what the classes are called in the window, where not by their labels.
    """

    key: str
    name: str
    path: str
    top: tuple[tuple[str, float], ...] = ()
    elapsed_ms: float = 0.0
    problem: str = field(default="")
    names: tuple[str, ...] = ()

    def name_of(self, rank: int) -> str:
        return self.names[rank] if self.names else self.top[rank][0]


class ResultsModel(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[ResultRow] = []
        self._titles = [self.tr("Picture")]
        for rank in range(1, CLASSES + 1):
            self._titles += [self.tr("Class {0}").format(rank), self.tr("Probability")]
        self._titles.append(self.tr("Time, ms"))

    def show_rows(self, rows: Sequence[ResultRow]) -> None:
        """Rows that only say more than before keep the selection; others make the table anew."""
        rows = list(rows)
        if [row.key for row in rows] == [row.key for row in self.rows]:
            changed = [place for place, row in enumerate(rows) if row != self.rows[place]]
            self.rows = rows
            for place in changed:
                self.dataChanged.emit(self.index(place, 0), self.index(place, _TIME))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else _TIME + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.DisplayRole) -> Any:
        if orientation == Qt.Horizontal and role == Qt.DisplayRole:
            return self._titles[section]
        if orientation == Qt.Horizontal and role == Qt.TextAlignmentRole:
            return int((Qt.AlignRight if _is_number(section) else Qt.AlignLeft) | Qt.AlignVCenter)
        return None

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == Qt.DisplayRole:
            return self._text(row, column)
        if role == _SORT_ROLE:
            return self._value(row, column)
        if role == Qt.TextAlignmentRole:
            return int((Qt.AlignRight if _is_number(column) else Qt.AlignLeft) | Qt.AlignVCenter)
        if role == Qt.ToolTipRole:
            return sentence(row.problem) or (row.path if column == _NAME else None)
        if role == Qt.ForegroundRole:
            quiet = column not in (_NAME, _FIRST, _FIRST + 1) or (not row.top and column != _NAME)
            return theme.colour("bad" if row.problem and column == _FIRST else "muted" if quiet else "text")
        return None

    def _text(self, row: ResultRow, column: int) -> str:
        if column == _FIRST and not row.top:
            return sentence(row.problem) or self.tr("waiting …")
        value = self._value(row, column)
        if not isinstance(value, float):
            return str(value)
        if value < 0:
            return ""
        return f"{value:.0f}" if column == _TIME else f"{100 * value:.1f} %"

    def _value(self, row: ResultRow, column: int) -> str | float:
        """What a column is sorted by; a number there is none of comes below all others."""
        if column == _NAME:
            return row.name
        if column == _TIME:
            return row.elapsed_ms if row.top else -1.0
        rank, is_number = divmod(column - _FIRST, 2)
        if rank >= len(row.top):
            return -1.0 if is_number else ""
        return row.top[rank][1] if is_number else row.name_of(rank)


def _is_number(column: int) -> bool:
    return column == _TIME or (column >= _FIRST and (column - _FIRST) % 2 == 1)


class _Filter(QSortFilterProxyModel):
    """Rows of a class, with some text in their name or class, no surer than a limit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSortRole(_SORT_ROLE)
        self.setSortCaseSensitivity(Qt.CaseInsensitive)
        self.setSortLocaleAware(True)
        self.wanted, self.text, self.below = ALL, "", 1.0

    def filterAcceptsRow(self, place: int, _parent: QModelIndex) -> bool:
        model = self.sourceModel()
        assert isinstance(model, ResultsModel)
        row = model.rows[place]
        best = row.top[0] if row.top else ("", 0.0)
        of_class = bool(row.problem) if self.wanted == FAILED else self.wanted in (ALL, best[0])
        words = f"{row.name}\n{best[0]}\n{row.name_of(0) if row.top else ''}"
        said = self.text.casefold() in words.casefold()
        return of_class and said and (self.below >= 1 or (bool(row.top) and best[1] < self.below))


class _Headings(QHeaderView):
    """The headings of the columns, also for the keyboard: Left and Right choose one, Space sorts by it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Horizontal, parent)
        self._current = 0
        self.setAccessibleName(self.tr("Headings: Space sorts"))
        self.setFocusPolicy(Qt.StrongFocus)
        self.setSectionsClickable(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, int] = {Qt.Key_Left: -1, Qt.Key_Right: 1}
        if event.key() in (*ENTER, Qt.Key_Space):
            again = self.sortIndicatorSection() == self._current and self.sortIndicatorOrder() == Qt.AscendingOrder
            self.setSortIndicator(self._current, Qt.DescendingOrder if again else Qt.AscendingOrder)
        elif event.key() in steps:
            self._current = min(max(self._current + steps[event.key()], 0), self.count() - 1)
        else:
            super().keyPressEvent(event)
            return
        self._describe()
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._describe()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _describe(self) -> None:
        text = str(self.model().headerData(self._current, Qt.Horizontal))
        if self.sortIndicatorSection() == self._current:
            upwards = self.sortIndicatorOrder() == Qt.AscendingOrder
            text = (self.tr("{0}, the smallest first") if upwards else self.tr("{0}, the largest first")).format(text)
        self.setAccessibleDescription(text)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        super().paintSection(painter, rect, section)
        painter.restore()
        if self.hasFocus() and section == self._current:
            paint.draw_focus(painter, QRectF(rect), 5)


class ResultsTable(QTableView):
    """Enter or a double click opens a row; Ctrl+C copies the chosen rows as text."""

    opened = pyqtSignal(str)  # the key of a row
    copy_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resultsTable")
        self.setAccessibleName(self.tr("Pictures and what they show"))
        self.model_, self._filter = ResultsModel(self), _Filter(self)
        self._filter.setSourceModel(self.model_)
        header = _Headings(self)
        self.setHorizontalHeader(header)
        self.setModel(self._filter)
        self.setSortingEnabled(True)
        self.sortByColumn(_NAME, Qt.AscendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(28)
        header.setSectionResizeMode(QHeaderView.Interactive)
        for column in range(_TIME + 1):
            self.setColumnWidth(column, 210 if column == _NAME else 86 if _is_number(column) else 124)
        self.doubleClicked.connect(self._open)

    def show_rows(self, rows: Sequence[ResultRow]) -> None:
        self.model_.show_rows(rows)

    def filter(self, *, of_class: str | None = None, text: str | None = None, below: float | None = None) -> None:
        """What is not given stays as it is. `below`: only rows whose best probability is smaller; 1: all."""
        asked = self._filter
        asked.wanted = asked.wanted if of_class is None else of_class
        asked.text = asked.text if text is None else text
        asked.below = asked.below if below is None else below
        asked.invalidateFilter()

    def shown(self) -> list[ResultRow]:
        """The rows in sight, in their order."""
        return [self._row(self._filter.index(place, 0)) for place in range(self._filter.rowCount())]

    def chosen(self) -> list[ResultRow]:
        """The selected rows; all in sight where none is."""
        selected = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return [self._row(index) for index in selected] or self.shown()

    def classes(self) -> list[tuple[str, int]]:
        """(class, how many pictures), the most frequent first."""
        counted = Counter(row.top[0][0] for row in self.model_.rows if row.top)
        return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))

    def names(self) -> dict[str, str]:
        """What each class is called that is the first one of a picture."""
        return {row.top[0][0]: row.name_of(0) for row in self.model_.rows if row.top}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.Copy):
            self.copy_requested.emit()
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._row(index).key)

    def _row(self, index: QModelIndex) -> ResultRow:
        return self.model_.rows[self._filter.mapToSource(index).row()]
