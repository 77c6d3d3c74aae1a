"""Part of the training form: which data set, whether it is whole, and where another one comes from."""

from __future__ import annotations

from PyQt5.QtCore import QPoint, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QPaintEvent
from PyQt5.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import i18n, motion, theme
from app.widgets import _painting as paint
from app.widgets._controls import CONTROL_PX, plain_tip
from app.widgets._stacks import wrapped
from app.widgets._training import DataState

_TOKENS = {"ready": "good", "bad": "bad", "missing": "second"}


class DataRow(QWidget):
    """A button with a menu of where data comes from; below it what is in the data, or what is wrong with it."""

    folder_requested = pyqtSignal()
    archive_requested = pyqtSignal()
    download_requested = pyqtSignal()
    cancel_requested = pyqtSignal()
    here_requested = pyqtSignal()  # the CIFAR-10 that is on this computer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = DataState("looking")
        self.button = _DataButton(self)
        menu = QMenu(self.button)
        for icon, text, signal in (
            ("refresh", self.tr("CIFAR-10 on this computer"), self.here_requested),
            ("folder", self.tr("A folder of classes, or CIFAR-10’s …"), self.folder_requested),
            ("open", self.tr("CIFAR-10’s archive …"), self.archive_requested),
            ("download", self.tr("Download CIFAR-10 (170 MB)"), self.download_requested),
        ):
            menu.addAction(theme.icon(icon, "muted"), text, signal.emit)
        self.button.setMenu(menu)
        self._note = wrapped("trainingDataNote", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Download of CIFAR-10"))
        self._cancel = QToolButton()
        self._cancel.setIcon(theme.icon("close", "muted"))
        self._cancel.setIconSize(QSize(12, 12))
        self._cancel.setAccessibleName(self.tr("Cancel the download"))
        self._cancel.setToolTip(self.tr("Cancel: what has arrived is kept"))
        self._cancel.clicked.connect(self.cancel_requested)
        self._get = QPushButton(theme.icon("download", "on_accent"), " " + self.tr("Download (170 MB)"))
        self._get.setObjectName("trainingDownload")
        self._get.setProperty("role", "primary")
        self._get.setAutoDefault(False)
        self._get.clicked.connect(self.download_requested)
        self._choose = QPushButton(self.tr("Choose …"))
        self._choose.setObjectName("trainingChooseData")
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(self.folder_requested)
        self._bar_row, self._button_row = QWidget(), QWidget()
        bar, buttons = QHBoxLayout(self._bar_row), QHBoxLayout(self._button_row)
        for row in (bar, buttons):
            row.setContentsMargins(0, 2, 0, 0)
            row.setSpacing(8)
        bar.addWidget(self._bar, 1)
        bar.addWidget(self._cancel)
        buttons.addWidget(self._get)
        buttons.addWidget(self._choose)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.button, self._note, self._bar_row, self._button_row):
            column.addWidget(part)
        self.setFocusProxy(self.button)
        self.show_state(self._state)

    def state(self) -> DataState:
        return self._state

    def show_state(self, state: DataState) -> None:
        self._state = state
        words = {
            "looking": self.tr("looking …"), "missing": self.tr("not found"), "verifying": self.tr("verifying …"),
            "downloading": self.tr("downloading"), "ready": self.tr("verified"), "bad": self.tr("can’t be used"),
        }  # fmt: skip
        self.button.show_data(
            state.title or self.tr("No data set"), words[state.stage], _TOKENS.get(state.stage, "muted")
        )
        self.button.setToolTip(plain_tip(state.path))
        self._note.setText(i18n.sentence(state.note))
        self._note.setVisible(bool(state.note))
        theme.dress(self._note, "role", "error" if state.stage == "bad" else "caption")
        self._bar_row.setVisible(state.stage == "downloading")
        self._button_row.setVisible(state.stage in ("missing", "bad"))

    def show_download(self, done: int, total: int | None) -> None:
        """Bytes that have arrived, of how many (None: the server does not say)."""
        motion.show_progress(self._bar, min(1000, done * 1000 // total) if total else 0, 1000 if total else 0)
        text = self.tr("{0} MB").format(f"{done / 1e6:.0f}")
        if total:
            text = self.tr("{0} of {1} MB").format(f"{done / 1e6:.0f}", f"{total / 1e6:.0f}")
        if total and done >= total:
            text = self.tr("Unpacking …")
        if self._state.stage != "downloading":
            self.show_state(DataState("downloading", "CIFAR-10", text))
        self._note.setText(text)


class _DataButton(QPushButton):
    """The name of the data set at the left, its state at the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("trainingData")
        self.setAutoDefault(False)
        self.setAccessibleName(self.tr("Data"))
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self._title, self._state, self._token = "", "", "muted"

    def show_data(self, title: str, state: str, token: str) -> None:
        self._title, self._state, self._token = title, state, token
        self.setAccessibleDescription(f"{title}, {state}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(220, CONTROL_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, CONTROL_PX)

    def hitButton(self, place: QPoint) -> bool:
        return bool(self.rect().contains(place))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.features = QStyleOptionButton.None_
        option.text = ""
        painter.drawControl(QStyle.CE_PushButton, option)
        right = self.width() - 32
        painter.setFont(theme.font(theme.SECONDARY_PX))
        wide = painter.fontMetrics().horizontalAdvance(self._state) + 2
        painter.setPen(theme.colour(self._token))
        paint.draw_text(painter, QRectF(right - wide, 0, wide, self.height()), self._state, paint.RIGHT)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text"))
        room = QRectF(12, 0, right - wide - 20, self.height())
        paint.draw_text(painter, room, self._title, elide=Qt.ElideMiddle)
        arrow = QRectF(self.width() - 24, self.height() / 2 - 7, 14, 14)
        paint.draw_icon(painter, "chevron-down", arrow, "muted")
