"""Two parts side by side, and the line between them, which the mouse and the arrow keys move."""

from __future__ import annotations

from PyQt5.QtCore import QRect, Qt
from PyQt5.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QSplitter, QSplitterHandle, QWidget

from app import theme

STEP_PX = 16


class Splitter(QSplitter):
    """The larger part takes what the window gains. `sizes` in px; `spoken` says what the line between them sets."""

    def __init__(
        self, name: str, first: QWidget, second: QWidget, sizes: tuple[int, int], handle_px: int, spoken: str
    ) -> None:
        super().__init__(Qt.Horizontal)
        self.setObjectName(name)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(handle_px)
        for index, widget in enumerate((first, second)):
            self.addWidget(widget)
            self.setStretchFactor(index, 1 if sizes[index] == max(sizes) else 0)
        self.setSizes(sizes)
        self.line.setAccessibleName(spoken)
        self.line.setFocusPolicy(Qt.TabFocus)  # who drags it goes on with what he was at

    @property
    def line(self) -> QSplitterHandle:
        return self.handle(1)

    def createHandle(self) -> QSplitterHandle:
        return _Line(Qt.Horizontal, self)

    def move_line(self, by_px: int) -> None:
        """To the right; no further than the two parts allow."""
        first, second = self.sizes()
        self.setSizes((first + by_px, second - by_px))


class _Line(QSplitterHandle):
    def __init__(self, orientation: Qt.Orientation, whole: Splitter) -> None:
        super().__init__(orientation, whole)
        self._whole = whole
        self.setAccessibleDescription(self.tr("Left and Right move it"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by_px = {Qt.Key_Left: -STEP_PX, Qt.Key_Right: STEP_PX}.get(Qt.Key(event.key()))
        if by_px is None or event.modifiers() & ~Qt.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self._whole.move_line(by_px)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            line = QRect(0, 0, min(2, self.width()), self.height())
            line.moveCenter(self.rect().center())
            painter = QPainter(self)
            painter.fillRect(line, theme.colour("accent"))
            painter.end()
