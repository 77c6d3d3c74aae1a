"""Small parts that several widgets are made of: a label that shortens itself, a menu button, a list of choices."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QEvent, QPoint, QRectF, QSignalBlocker, QSize, Qt
from PyQt5.QtGui import QHelpEvent, QPainter, QPaintEvent, QWheelEvent
from PyQt5.QtWidgets import (
    QComboBox,
    QLabel,
    QMenu,
    QPushButton,
    QScrollBar,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStylePainter,
    QToolTip,
    QWidget,
)

from app import theme
from app.widgets import _painting as paint

CONTROL_PX = 32


class ElidedLabel(QLabel):
    """Plain text on one line that is cut with an ellipsis when there is no room; the tooltip then has all of it."""

    def __init__(self, text: str = "", role: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.PlainText)
        if role is not None:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Maximum, QSizePolicy.Preferred)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().horizontalAdvance("mmm")), hint.height())

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + 1, hint.height())

    def event(self, event: QEvent) -> bool:
        told = not self.toolTip() and told_tip(self, event, self._tip)
        return told or bool(super().event(event))

    def _tip(self, _place: QPoint) -> str:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        return self.text() if cut else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        paint.draw_text(painter, QRectF(self.contentsRect()), self.text(), int(self.alignment()))


def plain_tip(text: str) -> str:
    """Text for a tooltip that Qt can't mistake for rich text."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    return f"<span>{escaped}</span>" if text else ""


def told_tip(widget: QWidget, event: QEvent, tip: Callable[[QPoint], str]) -> bool:
    """For `event()`: whether a tooltip was asked for. It is then shown, with what `tip` says of the place."""
    if event.type() != QEvent.ToolTip or not isinstance(event, QHelpEvent):
        return False
    QToolTip.showText(event.globalPos(), plain_tip(tip(event.pos())), widget)
    return True


def scroll_to(bar: QScrollBar, start: int, end: int, room: int) -> None:
    """As little as brings `start` … `end` px into a view of `room` px; `end` where both can’t be seen."""
    bar.setValue(max(min(bar.value(), start), end - room))


class MenuButton(QPushButton):
    """A button that opens a menu and says what is chosen in it; long choices are cut at `limit_px`."""

    def __init__(self, limit_px: int = 220, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit_px, self._full = limit_px, ""
        self.setMenu(QMenu(self))
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Maximum, QSizePolicy.Fixed)

    def choice(self) -> str:
        """The whole text, also where the button shows a shortened one."""
        return self._full

    def show_choice(self, text: str) -> None:
        self._full = text
        self.setAccessibleDescription(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self._full) + 2
        return QSize(min(wide, self._limit_px) + 12 + 30, CONTROL_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 96), CONTROL_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The style draws the frame; the text keeps to the left and is cut where there is no room."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.features = QStyleOptionButton.None_
        painter.drawControl(QStyle.CE_PushButton, option)
        token = "accent" if self.property("role") == "chosen" else "text" if self.isEnabled() else "faint"
        painter.setPen(theme.colour(token))
        paint.draw_text(painter, QRectF(12, 0, self.width() - 12 - 28, self.height()), self._full)
        arrow = QRectF(self.width() - 24, self.height() / 2 - 7, 14, 14)
        paint.draw_icon(painter, "chevron-down", arrow, "muted")


class Choices(QComboBox):
    """A combo box whose list is dressed by the style sheet; every row carries a key."""

    def __init__(self, rows: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("size", "small")
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setSizeAdjustPolicy(QComboBox.AdjustToContents)
        self.setAccessibleName(name)
        for key, text in rows:
            self.addItem(text, key)

    def key(self) -> str:
        return str(self.currentData())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past a control must not change it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def set_key(self, key: str) -> None:
        """Chooses a row by its key without telling anybody."""
        index = self.findData(key)
        if index < 0:
            raise ValueError(f"{self.accessibleName()} has no choice “{key}”.")
        with QSignalBlocker(self):
            self.setCurrentIndex(index)


def menu_text(text: str, detail: str = "") -> str:
    """A menu row with a detail at its right edge. Plain: an ampersand in a file's name is no shortcut."""
    parts = [part.replace("&", "&&").replace("\t", " ") for part in (text, detail) if part]
    return "\t".join(parts)
