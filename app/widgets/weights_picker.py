"""Which weights the network has: chosen, downloaded, imported, exported, removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QSize, pyqtSignal
from PyQt5.QtWidgets import (
    QAction,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import i18n, motion, theme
from app.widgets._controls import MenuButton, menu_text, plain_tip
from app.widgets._error_panel import ErrorPanel


@dataclass(frozen=True)
class WeightsChoice:
    """A set of weights in the menu; `detail` such as "80.9 % on ImageNet · 98 MB"."""

    id: str
    title: str
    detail: str
    on_disk: bool
    removable: bool = False


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.0f}" if count >= 1e7 else f"{count / 1e6:.1f}"


class WeightsPicker(QWidget):
    """A menu of weights; beside it a Download button, the progress of a download, or what went wrong with it."""

    picked = pyqtSignal(str)
    download_requested = pyqtSignal(str)
    cancel_requested = pyqtSignal()
    import_requested = pyqtSignal()
    remove_requested = pyqtSignal(str)
    export_requested = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("weightsPicker")
        self.setAccessibleName(self.tr("Weights"))
        self._choices: tuple[WeightsChoice, ...] = ()
        self._current = ""
        self._to_retry = ""  # what could not be downloaded: others may be the current ones by then
        self._button = MenuButton()
        self._button.setAccessibleName(self.tr("Weights"))
        self.setFocusProxy(self._button)
        self._download = QPushButton(theme.icon("download", "on_accent"), " " + self.tr("Download"))
        self._download.setObjectName("weightsDownload")
        self._download.setProperty("role", "primary")
        self._download.clicked.connect(self._ask_download)
        self._failed = QPushButton(theme.icon("warning", "bad"), " " + self.tr("Retry"))
        self._failed.setObjectName("weightsFailed")
        self._failed.clicked.connect(self._ask_again)
        self._progress = self._build_progress()
        self._error = ErrorPanel(self)
        self._error.retry.connect(self._ask_again)
        self._error.choose.connect(self._ask_import)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self._button, self._download, self._failed, self._progress):
            row.addWidget(part)
        self._show_only(None)

    def _build_progress(self) -> QWidget:
        box = QWidget()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(104)
        self._bar.setAccessibleName(self.tr("Download"))
        self._bytes = QLabel()
        self._bytes.setProperty("role", "caption")
        self._cancel = QToolButton()
        self._cancel.setObjectName("weightsCancel")
        self._cancel.setIcon(theme.icon("close", "muted"))
        self._cancel.setIconSize(QSize(14, 14))
        self._cancel.setAccessibleName(self.tr("Cancel the download"))
        self._cancel.setToolTip(self.tr("Cancel: what has arrived is kept"))
        self._cancel.clicked.connect(self.cancel_requested)
        lines = QVBoxLayout()
        lines.setSpacing(3)
        lines.addWidget(self._bytes)
        lines.addWidget(self._bar)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addLayout(lines)
        row.addWidget(self._cancel)
        return box

    # in

    def show_choices(self, choices: Sequence[WeightsChoice], current: str) -> None:
        """All weights of the network, and the id of those in use."""
        if current != self._current:
            self._error.hide()
        self._choices, self._current = tuple(choices), current
        chosen = self._chosen()
        self._button.show_choice(chosen.title if chosen else self.tr("Choose …"))
        self._button.setToolTip(plain_tip(f"{chosen.id}\n{chosen.detail}" if chosen else ""))
        self._fill_menu(chosen)
        self._show_only(self._download if chosen and not chosen.on_disk else None)
        if chosen is not None:
            self._download.setToolTip(plain_tip(self.tr("Download {0}: {1}").format(chosen.id, chosen.detail)))

    def show_progress(self, done: int, total: int | None) -> None:
        """Bytes that have arrived, of how many (None: the server does not say)."""
        self._error.hide()
        motion.show_progress(self._bar, min(1000, done * 1000 // total) if total else 0, 1000 if total else 0)
        if total:
            self._bytes.setText(self.tr("{0} of {1} MB").format(_megabytes(done), _megabytes(total)))
        else:
            self._bytes.setText(self.tr("{0} MB").format(_megabytes(done)))
        if not self._progress.isVisibleTo(self):
            self._show_only(self._progress)

    def show_error(self, weights_id: str, sentence: str) -> None:
        """Why the download of these weights failed; it can be tried again, or a file chosen instead."""
        self._to_retry, sentence = weights_id, i18n.sentence(sentence)
        self._failed.setToolTip(plain_tip(sentence))
        self._failed.setAccessibleDescription(sentence)
        self._show_only(self._failed)
        self._error.show_below(self, sentence)

    # inside

    def _chosen(self) -> WeightsChoice | None:
        return next((choice for choice in self._choices if choice.id == self._current), None)

    def _show_only(self, part: QWidget | None) -> None:
        for candidate in (self._download, self._failed, self._progress):
            candidate.setVisible(candidate is part)
        self.updateGeometry()

    def _fill_menu(self, chosen: WeightsChoice | None) -> None:
        menu = self._button.menu()
        menu.clear()
        here = [choice for choice in self._choices if choice.on_disk]
        there = [choice for choice in self._choices if not choice.on_disk]
        for group in (here, there):
            for choice in group:
                action = QAction(menu_text(choice.title, choice.detail), menu)
                action.setCheckable(True)
                action.setChecked(choice.id == self._current)
                if not choice.on_disk and choice.id != self._current:
                    action.setCheckable(False)
                    action.setIcon(theme.icon("download", "muted"))
                action.triggered.connect(lambda _=False, key=choice.id: self._pick(key))
                menu.addAction(action)
            if group:
                menu.addSeparator()
        self._command("import", self.tr("Import a file …")).triggered.connect(self._ask_import)
        if chosen is not None and chosen.on_disk:
            self._command("export", self.tr("Export {0} …").format(chosen.title)).triggered.connect(self._ask_export)
        if chosen is not None and chosen.removable:
            self._command("trash", self.tr("Remove {0} …").format(chosen.title)).triggered.connect(self._ask_remove)

    def _command(self, icon: str, text: str) -> QAction:
        action = QAction(theme.icon(icon, "muted"), menu_text(text), self._button.menu())
        self._button.menu().addAction(action)
        return action

    def _pick(self, key: str) -> None:
        self.picked.emit(key)

    def _ask_download(self) -> None:
        self._error.hide()
        self.download_requested.emit(self._current)

    def _ask_again(self) -> None:
        self._error.hide()
        self.download_requested.emit(self._to_retry)

    def _ask_import(self) -> None:
        self._error.hide()
        self.import_requested.emit()

    def _ask_export(self) -> None:
        self.export_requested.emit(self._current)

    def _ask_remove(self) -> None:
        self.remove_requested.emit(self._current)
