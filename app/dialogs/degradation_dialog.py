"""The degradation lab: plain and residual networks trained alike, and what He et al. say of it.

pyqtgraph is imported when the dialog is made, not before.
"""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QSize, Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QApplication,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app import asking, geometry, i18n, theme
from app.degradation import texts
from app.degradation.record import EPOCHS, PRESETS, Record
from app.plain_text import paragraph
from app.widgets._controls import ElidedLabel
from app.widgets._segmented import Segment, Segmented
from app.widgets.degradation_table import DegradationTable
from app.widgets.line_plot import LinePlot, PlotLine


class DegradationDialog(QDialog):
    """Shows a `Record` and asks for what is to be done. Modeless; closing it ends nothing."""

    depths_chosen = pyqtSignal(object)  # tuple of depths
    data_chosen = pyqtSignal(object)  # Path
    start_requested = pyqtSignal(float)  # epochs of each network
    stop_requested = pyqtSignal()
    start_over_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None, plots: tuple[LinePlot, LinePlot] | None = None) -> None:
        """`plots` are made beforehand, each takes a while: `error_plot`, `signal_plot`."""
        super().__init__(parent)
        self._errors, self._signals = plots or (error_plot(), signal_plot())
        self.setObjectName("degradationDialog")
        self.setWindowTitle(self.tr("Degradation lab"))
        self.setModal(False)
        self._record = Record(PRESETS[0])
        self._stopping = self._drawn = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(self._compose_head())
        layout.addLayout(self._compose_choices())
        layout.addLayout(self._compose_plots(), 1)
        layout.addWidget(self._compose_table())
        layout.addLayout(self._compose_foot())
        self.setMinimumSize(920, 660)
        room = QApplication.primaryScreen().availableSize()
        self.resize(QSize(1040, 760).boundedTo(room - QSize(0, 40)))  # its title bar is to be seen too
        geometry.remember(self)
        self.show_record(self._record)

    # -- what stands where ---------------------------------------------------------------------------------------------

    def _compose_head(self) -> QVBoxLayout:
        title = QLabel(self.tr("Do deeper networks learn worse?"))
        title.setProperty("role", "display")
        text = QLabel(
            self.tr(
                "Four networks, trained alike: same pictures, same seed, same steps. Two are plain, two have shortcuts."
            )
        )
        text.setProperty("role", "muted")
        text.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(title)
        column.addWidget(text)
        return column

    def _compose_choices(self) -> QHBoxLayout:
        self._depths = Segmented(self.tr("Depths"))
        self._depths.setObjectName("degradationDepths")
        names: dict[tuple[int, ...], tuple[str, str]] = {
            (20, 56): (self.tr("20 and 56 layers"), self.tr("The networks of figure 6, for small pictures")),
            (18, 34): (self.tr("18 and 34, for the patient"), self.tr("The networks of table 2: ten times the work")),
        }
        self._depths.show_segments([Segment(_key(depths), *names[depths]) for depths in PRESETS], _key(PRESETS[0]))
        self._depths.picked.connect(lambda key: self.depths_chosen.emit(_depths(key)))
        self._data = ElidedLabel()
        self._data.setObjectName("degradationData")
        self._data.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Preferred)
        self._choose = QPushButton(self.tr("C&hoose…"))
        self._choose.setObjectName("degradationChoose")
        self._choose.setToolTip(
            self.tr("The folder CIFAR-10 is in, or one with a sub-folder of pictures for each class")
        )
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(self._ask_for_data)
        self._epochs = QDoubleSpinBox()
        self._epochs.setObjectName("degradationEpochs")
        self._epochs.setAccessibleName(self.tr("Epochs of each network"))
        self._epochs.setToolTip(self.tr("Times through the pictures, for each of the four networks"))
        self._epochs.setDecimals(0)
        self._epochs.setRange(1, 1000)
        self._epochs.valueChanged.connect(
            lambda value: self._epochs.setSuffix(self.tr(" epoch each") if value == 1 else self.tr(" epochs each"))
        )
        self._epochs.setValue(EPOCHS)
        self._epochs.setMinimumWidth(132)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._depths)
        row.addSpacing(8)
        row.addWidget(self._epochs)
        row.addSpacing(8)
        row.addWidget(self._data, 1)
        row.addWidget(self._choose)
        return row

    def _compose_plots(self) -> QGridLayout:
        about_errors = self.tr(
            "He et al. 2015 (arXiv:1512.03385, section 4.1 and figure 6): the deeper plain network has the higher "
            "training error. That is degradation, not overfitting: an overfitted network would be good at just these "
            "pictures. With shortcuts the deeper network is the better one."
        )
        about_signals = self.tr(
            "One backward pass, before any training. With batch norm the gradient does not vanish on its way to the "
            "first blocks, as section 4.1 of the paper says; here it even grows (Yang et al. 2019, arXiv:1902.08129)."
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for column, (plot, caption, stretch) in enumerate(
            ((self._errors, about_errors, 3), (self._signals, about_signals, 2))
        ):
            grid.addWidget(plot, 0, column)
            grid.addWidget(paragraph(caption, role="caption"), 1, column, Qt.AlignTop)
            grid.setColumnStretch(column, stretch)
        grid.setRowStretch(0, 1)
        return grid

    def _compose_table(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        self._table = DegradationTable()
        self._summary = paragraph(role="caption", name="degradationSummary")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._table)
        column.addWidget(self._summary)
        return card

    def _compose_foot(self) -> QVBoxLayout:
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("How far the experiment is"))
        self._status = QLabel()
        self._status.setObjectName("degradationStatus")
        self._status.setTextFormat(Qt.PlainText)
        self._status.setWordWrap(True)
        self._over = _button(self.tr("Start &over…"), "degradationStartOver")
        self._over.setToolTip(self.tr("Delete these trainings and begin again"))
        self._over.clicked.connect(self._ask_to_start_over)
        self._stop = _button(self.tr("S&top"), "degradationStop")
        self._stop.setToolTip(self.tr("Save and stop; it can be continued"))
        self._stop.clicked.connect(self._ask_to_stop)
        self._start = _button(self.tr("&Start"), "degradationStart")
        self._start.setProperty("role", "primary")
        self._start.clicked.connect(lambda: self.start_requested.emit(self._epochs.value()))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._status, 1)
        for button in (self._over, self._stop, self._start):
            row.addWidget(button)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self._bar)
        column.addLayout(row)
        return column

    # -- what is shown -------------------------------------------------------------------------------------------------

    def show_record(self, record: Record) -> None:
        """Everything anew. Cheap enough for every event that matters."""
        before, self._record = self._record, record
        if not record.running:
            self._stopping = False
        self._depths.set_current(_key(record.depths))
        self._depths.setEnabled(not record.running)
        if record.begun or record.depths != before.depths:
            self._epochs.setValue(record.epochs)
        self._epochs.setEnabled(not record.begun and not record.running)
        self._choose.setEnabled(not record.begun and not record.running)
        self._data.setText(texts.data_text(record))
        if (record.rows, record.epochs) != (before.rows, before.epochs) or not self._drawn:
            self._show_networks(record, before)
        self._show_state(record)

    def _show_networks(self, record: Record, before: Record) -> None:
        strong = max(record.depths)
        lines, signals, rows = [], [], []
        for row in record.rows:
            style = ("second" if row.is_plain else "accent", row.name.endswith(str(strong)))
            lines.append(PlotLine(row.name, tuple((p.epoch, p.train_error) for p in row.points), *style))
            signals.append(PlotLine(row.name, texts.relative(row.signal), *style))
            rows.append(texts.table_row(row, *style))
        self._errors.show_lines(lines, record.epochs)
        ends = ((0.1, self.tr("first block")), (0.9, self.tr("last block")))
        if not self._drawn or [row.signal for row in record.rows] != [row.signal for row in before.rows]:
            self._signals.show_lines(signals, 1.0, x_ticks=ends)
        self._drawn = True
        self._table.show_rows(rows, texts.about_published(record.depths))
        self._summary.setText(texts.summary(record))
        self._summary.setVisible(bool(self._summary.text()))

    def _show_state(self, record: Record) -> None:
        usable = record.data.path is not None and not record.data.problem
        self._start.setText(self.tr("&Continue") if record.begun and not record.finished else self.tr("&Start"))
        self._start.setEnabled(usable and not record.running and not record.finished)
        self._stop.setEnabled(record.running and not self._stopping)
        self._over.setEnabled(record.begun and not record.running)
        self._bar.setVisible(record.running)
        self._bar.setValue(round(1000 * record.share))
        failed = bool(record.problem or (record.data.problem and not record.running))
        theme.dress(self._status, "role", "error" if failed else "muted")
        self._status.setText(texts.status_text(record, stopping=self._stopping))

    # -- asking --------------------------------------------------------------------------------------------------------

    def _ask_to_stop(self) -> None:
        self._stopping = True
        self._show_state(self._record)
        self.stop_requested.emit()

    def _ask_for_data(self) -> None:
        here = self._record.data.path
        folder = QFileDialog.getExistingDirectory(self, self.tr("Pictures to train on"), str(here or Path.home()))
        if folder:
            self.data_chosen.emit(Path(folder))

    def _ask_to_start_over(self) -> None:
        names = ", ".join(row.name for row in self._record.rows if row.state != "none")
        lost = self.tr("What was trained so far of {names} is lost.").format(names=names)
        if asking.agreed(self, self.tr("Delete these trainings and begin again?"), lost):
            self.start_over_requested.emit()


def _key(depths: tuple[int, ...]) -> str:
    return ",".join(map(str, depths))


def _depths(key: str) -> tuple[int, ...]:
    return tuple(map(int, key.split(",")))


def error_plot() -> LinePlot:
    plot = LinePlot(i18n.tr("Training error"), i18n.tr("by epoch"), texts.epoch, texts.share)
    plot.setObjectName("degradationErrors")
    return plot


def signal_plot() -> LinePlot:
    words = i18n.tr("Backward signal"), i18n.tr("by block, untrained")
    plot = LinePlot(*words, texts.depth, texts.times, log=True)
    plot.setObjectName("degradationSignals")
    return plot


def _button(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAutoDefault(False)
    return button
