"""What the window says before there is a picture: an invitation, and samples to begin with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt5.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QImage, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._controls import plain_tip

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAMPLE_PX, NAME_PX, DRAWING_PX = 104, 26, 48


class Welcome(QWidget):
    """One large place to drop a photo on."""

    sample_chosen = pyqtSignal(str)
    open_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAccessibleName(self.tr("Welcome"))
        title = QLabel(self.tr("Drop a photo here, paste it, or press Ctrl+O"))
        title.setProperty("role", "display")
        title.setAlignment(Qt.AlignCenter)
        title.setWordWrap(True)
        text = QLabel(
            self.tr("You will see what the network takes it for, and every stage and channel that led there.")
        )
        text.setProperty("role", "muted")
        text.setAlignment(Qt.AlignCenter)
        text.setWordWrap(True)
        button = QPushButton(self.tr("Open a photo …"))
        button.setObjectName("welcomeOpen")
        button.setProperty("role", "primary")
        button.setToolTip(self.tr("Open photos (Ctrl+O)"))
        button.clicked.connect(self.open_requested)
        self._or = QLabel(self.tr("or begin with one of these"))
        self._or.setProperty("role", "caption")
        self._or.setAlignment(Qt.AlignCenter)
        self._samples = QHBoxLayout()
        self._samples.setSpacing(14)
        self._samples.setAlignment(Qt.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(10)
        column.addStretch(3)
        column.addWidget(_Drawing(), 0, Qt.AlignCenter)
        column.addSpacing(6)
        column.addWidget(title)
        column.addWidget(text)
        column.addSpacing(10)
        column.addWidget(button, 0, Qt.AlignCenter)
        column.addSpacing(20)
        column.addWidget(self._or)
        column.addSpacing(2)
        column.addLayout(self._samples)
        column.addStretch(4)
        self.setFocusProxy(button)
        self.show_samples([])

    def show_samples(self, samples: Sequence[tuple[str, str, NDArray[np.uint8]]]) -> None:
        """(key, name, picture (H, W, 3) uint8) of the pictures that came with the program."""
        while self._samples.count():
            old = self._samples.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for key, name, rgb in samples:
            sample = _Sample(name, rgb)
            sample.clicked.connect(lambda _=False, key=key: self.sample_chosen.emit(key))
            self._samples.addWidget(sample)
        self._or.setVisible(bool(samples))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        pen = QPen(theme.colour("line_strong"), 1.5, Qt.CustomDashLine)
        pen.setDashPattern([5, 5])
        painter.setPen(pen)
        painter.setBrush(theme.colour("panel", 0.5))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(16, 16, -16, -16), 14, 14)


class _Drawing(QWidget):
    """A photo, as a drawing: no text in it and nothing to click."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("welcomeDrawing")
        self.setFixedSize(DRAWING_PX, DRAWING_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.draw_icon(QPainter(self), "image", QRectF(self.rect()), "faint")


class _Sample(QAbstractButton):
    """A photo with its name below."""

    def __init__(self, name: str, rgb: NDArray[np.uint8]) -> None:
        super().__init__()
        height, width = rgb.shape[:2]
        side = min(height, width)
        top, left = (height - side) // 2, (width - side) // 2
        self._rgb = rgb[top : top + side, left : left + side]
        self._scaled: tuple[float, QImage] | None = None
        self.setText(name)
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.setCursor(Qt.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Fixed, QSizePolicy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(SAMPLE_PX, SAMPLE_PX + NAME_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = paint.pixel_ratio(self)
        if self._scaled is None or self._scaled[0] != ratio:
            self._scaled = ratio, paint.photo(self._rgb, SAMPLE_PX, SAMPLE_PX, ratio)
        square = QRectF(0, 0, SAMPLE_PX, SAMPLE_PX)
        paint.draw_rounded(painter, square, self._scaled[1], 10)
        if self.hasFocus():
            paint.draw_focus(painter, square, 10)
        elif self.underMouse():
            paint.fill_rounded(painter, square, 10, None, theme.colour("accent"))
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("text" if self.underMouse() or self.hasFocus() else "muted"))
        name = QRectF(0, SAMPLE_PX + 4, SAMPLE_PX, NAME_PX - 4)
        paint.draw_text(painter, name, self.text(), paint.CENTRE)
