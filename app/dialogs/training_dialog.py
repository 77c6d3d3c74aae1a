"""The window of a training: what to train at the left, how it goes at the right, what can be done below."""

from __future__ import annotations

from PyQt5.QtCore import QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt5.QtGui import QHideEvent, QKeySequence, QPainter, QPaintEvent, QShowEvent
from PyQt5.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QShortcut,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import geometry, i18n, theme
from app.widgets._controls import ElidedLabel
from app.widgets._segmented import Segment, Segmented
from app.widgets._training import Controls, Curves
from app.widgets.stage_health import StageHealthCard
from app.widgets.training_curves import TrainingCurves, accuracy_curves, loss_curves, show_curves
from app.widgets.training_facts import TrainingFacts
from app.widgets.training_form import TrainingForm
from app.widgets.training_notice import TrainingNotice
from app.widgets.training_progress import TrainingProgress
from app.widgets.training_runs import TrainingRuns

FORM_PX, SIDE_PX, MARGIN = 360, 272, 20


class TrainingDialog(QDialog):
    """Modeless; composition only. `app.training.room` fills it and answers it."""

    pause_requested = pyqtSignal()
    go_on_requested = pyqtSignal()  # after a pause, or with a run that had stopped
    stop_requested = pyqtSignal()
    use_requested = pyqtSignal()
    page_requested = pyqtSignal(str)  # "run", "results", "runs"
    shown = pyqtSignal(bool)

    def __init__(self, form: TrainingForm | None = None) -> None:
        super().__init__(None, Qt.Window)  # no parent: the main window shall be able to lie over it
        self.setObjectName("trainingDialog")
        self.form, self.notice, self.runs = form or TrainingForm(), TrainingNotice(), TrainingRuns()
        self.progress, self.stages, self.facts = TrainingProgress(), StageHealthCard(), TrainingFacts()
        self.loss: TrainingCurves | None = None
        self.accuracy: TrainingCurves | None = None
        self._curves = Curves()
        self._segments: list[tuple[str, str]] = []  # the pages there are to choose from: key, text
        self.pages = QStackedWidget()
        self._empty, self._live, self._results = self._build_empty(), self._build_live(), QWidget()
        for page in (self._empty, self._live, self._results, self.runs):
            self.pages.addWidget(page)
        self._build_head()
        self._build_bar()
        pane = _Pane("right")
        pane.setFixedWidth(FORM_PX)
        inside = QVBoxLayout(pane)
        inside.setContentsMargins(0, 0, 1, 0)
        inside.addWidget(self.form)
        right = QVBoxLayout()
        right.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        right.setSpacing(14)
        right.addLayout(self._head)
        right.addWidget(self.notice)
        right.addWidget(self.pages, 1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(pane)
        upper.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper, 1)
        whole.addWidget(self._bar)
        self.setMinimumSize(960, 600)
        room = QApplication.primaryScreen().availableSize()
        self.resize(QSize(1180, 760).boundedTo(room - QSize(0, 40)))  # its title bar is to be seen too
        geometry.remember(self)
        self.show_page("run", results=False, runs=0)
        self.show_run("")
        self.show_controls(Controls())

    # -- what stands where ---------------------------------------------------------------------------------------------

    def _build_head(self) -> None:
        self._tabs = Segmented(self.tr("What is shown"))
        self._tabs.setObjectName("trainingPages")
        self._tabs.picked.connect(self.page_requested)
        self._run = ElidedLabel()
        self._run.setObjectName("trainingRun")
        self._run.setProperty("role", "muted")
        self._head = QHBoxLayout()
        self._head.setSpacing(12)
        self._head.addWidget(self._tabs)
        self._head.addStretch(1)
        self._head.addWidget(self._run)

    def _build_empty(self) -> QWidget:
        page = QWidget()
        icon, title, text = QLabel(), QLabel(self.tr("Nothing is being trained")), QLabel()
        icon.setPixmap(theme.icon("train", "faint").pixmap(40, 40))
        title.setProperty("role", "title")
        text.setText(
            self.tr("Choose at the left what to train, then press Start.\nIts curves appear here, epoch by epoch.")
        )
        text.setProperty("role", "muted")
        column = QVBoxLayout(page)
        column.setSpacing(10)
        column.addStretch(1)
        for label in (icon, title, text):
            label.setAlignment(Qt.AlignCenter)
            column.addWidget(label)
        column.addStretch(1)
        return page

    def _build_live(self) -> QWidget:
        page = QWidget()
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(14)
        self._grid.addWidget(self.progress, 0, 0, 1, 2)
        side = QVBoxLayout()
        side.setSpacing(14)
        side.addWidget(self.stages)
        side.addWidget(self.facts, 1)
        self._grid.addLayout(side, 1, 1, 2, 1)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnMinimumWidth(1, SIDE_PX)
        for row in (1, 2):
            self._grid.setRowStretch(row, 1)
        self.stages.setFixedWidth(SIDE_PX)
        self.facts.setFixedWidth(SIDE_PX)
        return page

    def _build_bar(self) -> None:
        self._bar = _Pane("top", panel=True)
        self.go = QPushButton(self.tr("Pause"))
        self.go.setObjectName("trainingGo")
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setObjectName("trainingStop")
        self.use = QPushButton(self.tr("Use this network"))
        self.use.setObjectName("trainingUse")
        self.use.setProperty("role", "primary")
        for button, keys, tip in (
            (self.go, "Ctrl+P", self.tr("Let the training wait, or go on")),
            (self.stop, "Ctrl+.", self.tr("End the training after saving it; it can go on later")),
        ):
            button.setAutoDefault(False)
            button.setShortcut(QKeySequence(keys))
            button.setToolTip(f"{tip} ({button.shortcut().toString(QKeySequence.NativeText)})")
        use = QShortcut(QKeySequence("Ctrl+U"), self, self._use)  # also where the button is not shown
        tip = self.tr("Look at pictures through the network of this run")
        self.use.setToolTip(f"{tip} ({use.key().toString(QKeySequence.NativeText)})")
        self.use.setAutoDefault(False)
        self.go.setMinimumWidth(84)
        self.go.clicked.connect(self._go)
        self.stop.clicked.connect(self.stop_requested)
        self.use.clicked.connect(self._use)
        self._message = ElidedLabel()
        self._message.setObjectName("trainingMessage")
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(MARGIN, 12, MARGIN, 12)
        row.setSpacing(10)
        for part in (self.go, self.stop):
            row.addWidget(part)
        row.addSpacing(6)
        row.addWidget(self._message)
        row.addStretch(1)
        row.addWidget(self.use)

    def add_curves(self) -> None:
        """Makes the plots, an event each. Import pyqtgraph in a thread first (`load_pyqtgraph`): it takes a while."""
        if self.loss is None:
            self.loss = loss_curves()
            self._grid.addWidget(self.loss, 1, 0)
            QTimer.singleShot(0, self.add_curves)
        elif self.accuracy is None:
            self.accuracy = accuracy_curves()
            self._grid.addWidget(self.accuracy, 2, 0)
            self.loss.hovered.connect(self.accuracy.show_at)
            self.accuracy.hovered.connect(self.loss.show_at)
            self.show_curves(self._curves)

    def set_results(self, widget: QWidget) -> None:
        """What is shown of a finished run."""
        self.pages.removeWidget(self._results)
        self._results.deleteLater()
        self._results = widget
        self.pages.insertWidget(2, widget)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def show_page(self, page: str, *, results: bool, runs: int) -> None:
        """`results`: whether there are any to show; `runs`: how many there are."""
        earlier = self.tr("Earlier runs ({0})").format(runs) if runs else self.tr("Earlier runs")
        segments = [Segment("run", self.tr("Training"))]
        if results:
            segments.append(Segment("results", self.tr("Results"), self.tr("What it gets right, and what it mistakes")))
        segments.append(Segment("runs", earlier, self.tr("Every run on this disk")))
        shown = [(segment.key, segment.text) for segment in segments]
        if shown != self._segments:
            self._segments = shown
            self._tabs.show_segments(segments, page)
        self._tabs.set_current(page)
        self.use.setVisible(page != "results")  # which has a button of its own
        pages = {"results": self._results, "runs": self.runs}
        self.pages.setCurrentWidget(pages.get(page, self._live if self._run.text() else self._empty))

    @property
    def page(self) -> str:
        return self._tabs.current()

    def show_run(self, name: str, state: str = "") -> None:
        """The run that is looked at, "" for none; how it stands, for the window's title."""
        title = self.tr("Train a network – ResNet Lens")
        self.setWindowTitle(f"{name}: {state} – {title}" if state else title)
        self._run.setText(name)
        if self.page == "run":
            self.pages.setCurrentWidget(self._live if name else self._empty)

    def show_curves(self, curves: Curves) -> None:
        self._curves = curves
        if self.loss is not None and self.accuracy is not None:
            show_curves(self.loss, self.accuracy, curves)

    def show_controls(self, controls: Controls) -> None:
        self._controls = controls
        text = self.tr("Pause") if controls.go == "pause" else self.tr("Resume")
        if text != self.go.text():
            keys = self.go.shortcut()
            self.go.setText(text)  # which takes the shortcut away
            self.go.setShortcut(keys)
        self.go.setEnabled(controls.can_go)
        self.stop.setEnabled(controls.can_stop)
        self.use.setEnabled(controls.can_use)
        self._message.setText(i18n.sentence(controls.message))
        theme.dress(self._message, "role", "error" if controls.bad else "muted")

    # -- inside --------------------------------------------------------------------------------------------------------

    def _go(self) -> None:
        (self.pause_requested if self._controls.go == "pause" else self.go_on_requested).emit()

    def _use(self) -> None:
        if self._controls.can_use:
            self.use_requested.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.emit(False)


class _Pane(QFrame):
    """A part of the window with a line at one edge."""

    def __init__(self, edge: str, *, panel: bool = False) -> None:
        super().__init__()
        self._edge, self._token = edge, "panel" if panel else "window"

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(self._token))
        line = QRectF(0, 0, self.width(), 1) if self._edge == "top" else QRectF(self.width() - 1, 0, 1, self.height())
        painter.fillRect(line, theme.colour("line"))
