"""Out of the window by the clipboard or by dragging: predictions, the picture, the map looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QMimeData, QObject, QTemporaryDir, QUrl
from PyQt5.QtWidgets import QApplication

from app import clipboard
from app.explorer import Explorer
from app.session import Session
from resnet_core.errors import LensError

if TYPE_CHECKING:
    from app.main_window import MainWindow


class Copying(QObject):
    def __init__(
        self, window: MainWindow, session: Session, explorer: Explorer, write_channel: Callable[[Path], None]
    ) -> None:
        """`write_channel` writes the channel looked at as a picture; it may raise LensError."""
        super().__init__(window)
        self._write_channel = write_channel
        self._window, self._session, self._explorer = window, session, explorer
        self._drag_folder: QTemporaryDir | None = None  # it goes with this object

    def handlers(self) -> dict[str, Callable[..., None]]:
        """Of the actions, by their ids."""
        return {"copy": self.copy_predictions, "copy_picture": self.copy_picture, "copy_map": self.copy_map}

    def copy_predictions(self) -> None:
        """As text with tabs, and as a table for programs that take one."""
        analysis = self._session.analysis
        if analysis is not None:
            top = analysis.top(self._window.settings.top_k)
            QApplication.clipboard().setMimeData(clipboard.table([(p.label, f"{p.probability:.4f}") for p in top]))
            self._session.notice.emit(self.tr("The predictions are on the clipboard."), "")

    def copy_picture(self) -> None:
        """The picture looked at, as the network was given it before it was cropped."""
        if self._session.analysis is not None:
            QApplication.clipboard().setMimeData(clipboard.picture(self._session.analysis.picture.rgb))
            self._session.notice.emit(self.tr("The picture is on the clipboard."), "")

    def copy_map(self) -> None:
        """The channel looked at, in its colours and enlarged."""
        if self._explorer.maps() is not None:
            QApplication.clipboard().setMimeData(clipboard.picture(self._explorer.channel_picture()))
            self._session.notice.emit(self.tr("The map is on the clipboard."), "")

    def dragged_map(self) -> QMimeData | None:
        """The channel looked at, to be dragged out: as a picture, and as a file in a folder of this program's run."""
        if self._explorer.maps() is None:
            return None
        mime = clipboard.picture(self._explorer.channel_picture())
        if self._drag_folder is None:
            self._drag_folder = QTemporaryDir()
        file = Path(self._drag_folder.path()) / f"{self._explorer.export_name(channel=True)}.png"
        try:
            self._write_channel(file)
        except LensError as error:
            self._session.notice.emit(str(error), "")
            return None
        mime.setUrls([QUrl.fromLocalFile(str(file))])
        return mime
