"""Small parts that several widgets are made of: a segmented control, a label that shortens itself, a menu button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QEvent, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QWheelEvent,
)
from PyQt5.QtWidgets import (
    QComboBox,
    QLabel,
    QMenu,
    QPushButton,
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
        if event.type() == QEvent.ToolTip and isinstance(event, QHelpEvent) and not self.toolTip():
            cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
            QToolTip.showText(event.globalPos(), plain_tip(self.text()) if cut else "", self)
            return True
        return bool(super().event(event))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        paint.draw_text(painter, QRectF(self.contentsRect()), self.text(), int(self.alignment()))


def plain_tip(text: str) -> str:
    """Text for a tooltip that Qt can't mistake for rich text."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    return f"<span>{escaped}</span>" if text else ""


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
        before = self.blockSignals(True)
        self.setCurrentIndex(index)
        self.blockSignals(before)


@dataclass(frozen=True)
class Segment:
    """One choice of a segmented control. `quiet` ones are drawn in the secondary colour until they are chosen."""

    key: str
    text: str
    tip: str = ""
    quiet: bool = False


class Segmented(QWidget):
    """One of a few, side by side. More than fit scroll sideways, with the chosen one always in sight."""

    picked = pyqtSignal(str)

    def __init__(self, name: str, height_px: int = CONTROL_PX, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments: tuple[Segment, ...] = ()
        self._current = ""
        self._hovered = -1
        self._offset = 0.0
        self._height_px = height_px
        self._font_px = theme.BODY_PX if height_px >= CONTROL_PX else theme.SECONDARY_PX
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Maximum, QSizePolicy.Fixed)

    def show_segments(self, segments: Sequence[Segment], current: str) -> None:
        self._segments, self._hovered, self._offset = tuple(segments), -1, 0.0
        self.updateGeometry()
        self.set_current(current)

    def current(self) -> str:
        return self._current

    def keys(self) -> tuple[str, ...]:
        return tuple(segment.key for segment in self._segments)

    def set_current(self, key: str) -> None:
        self._current = key
        text = next((segment.text for segment in self._segments if segment.key == key), "")
        self.setAccessibleDescription(text)
        self._reveal()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(sum(self._widths())) + 2, self._height_px)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 160), self._height_px)

    def _widths(self) -> list[float]:
        metrics = QFontMetricsF(theme.font(self._font_px, bold=True))
        padding = 24 if self._height_px >= CONTROL_PX else 20
        return [max(self._height_px, metrics.horizontalAdvance(segment.text) + padding) for segment in self._segments]

    def _rects(self) -> list[QRectF]:
        x, rects = 1 - self._offset, []
        for width in self._widths():
            rects.append(QRectF(x, 1, width, self.height() - 2))
            x += width
        return rects

    def _reveal(self) -> None:
        keys, room = self.keys(), self.width() - 2
        limit = max(0.0, sum(self._widths()) - room)
        if self._current in keys:
            rect = self._rects()[keys.index(self._current)].translated(self._offset - 1, 0)
            margin = 28 if limit else 0  # so that there is a neighbour to click
            self._offset = min(max(self._offset, rect.right() + margin - room), rect.left() - margin)
        self._offset = min(max(self._offset, 0.0), limit)

    def resizeEvent(self, _event: object) -> None:
        self._reveal()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.Antialiasing)
        frame = QRectF(self.rect())
        outer = QPainterPath()
        outer.addRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.fillPath(outer, theme.colour("panel"))
        for index, (segment, rect) in enumerate(zip(self._segments, self._rects(), strict=True)):
            if not rect.intersects(frame):
                continue
            chosen = segment.key == self._current
            if chosen or index == self._hovered:
                path = QPainterPath()
                path.addRect(rect)
                painter.fillPath(path.intersected(outer), theme.colour("accent_soft" if chosen else "hover"))
            painter.setFont(theme.font(self._font_px, bold=chosen))
            painter.setPen(theme.colour("accent" if chosen else "muted" if segment.quiet else "text"))
            painter.drawText(rect, Qt.AlignCenter, segment.text)
        self._paint_more(painter, outer)
        painter.strokePath(outer, theme.colour("line"))
        if self.hasFocus():
            paint.draw_focus(painter, frame, 8)

    def _paint_more(self, painter: QPainter, outer: QPainterPath) -> None:
        """A fading edge with a chevron where segments are out of sight."""
        hidden_right = sum(self._widths()) - (self.width() - 2) - self._offset > 1
        for name, hidden, x in (("left", self._offset > 1, 0), ("right", hidden_right, self.width() - 22)):
            if hidden:
                path = QPainterPath()
                path.addRect(QRectF(x, 0, 22, self.height()))
                painter.fillPath(path.intersected(outer), theme.colour("panel", 0.94))
                paint.draw_icon(painter, f"chevron-{name}", QRectF(x + 4, self.height() / 2 - 7, 14, 14))

    def _at(self, event: QMouseEvent) -> int:
        return next((i for i, rect in enumerate(self._rects()) if rect.contains(event.localPos())), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._at(event)
        self.setToolTip(plain_tip(self._segments[self._hovered].tip) if self._hovered >= 0 else "")
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._at(event)
        if event.button() == Qt.LeftButton and index >= 0:
            self._pick(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.sizeHint().width() <= self.width():
            event.ignore()
            return
        delta = event.angleDelta()
        limit = max(0.0, sum(self._widths()) - self.width() + 2)
        self._offset = min(max(self._offset - (delta.y() or delta.x()) / 2, 0.0), limit)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = self.keys()
        here = keys.index(self._current) if self._current in keys else 0
        moves: dict[int, int] = {
            Qt.Key_Left: here - 1,
            Qt.Key_Right: here + 1,
            Qt.Key_Home: 0,
            Qt.Key_End: len(keys) - 1,
        }
        target = moves.get(event.key())
        if target is None or event.modifiers() & (Qt.ControlModifier | Qt.AltModifier):
            super().keyPressEvent(event)
        elif 0 <= target < len(keys):
            self._pick(target)

    def _pick(self, index: int) -> None:
        key = self._segments[index].key
        if key != self._current:
            self.set_current(key)
            self.picked.emit(key)


def menu_text(text: str, detail: str = "") -> str:
    """A menu row with a detail at its right edge. Plain: an ampersand in a file's name is no shortcut."""
    parts = [part.replace("&", "&&").replace("\t", " ") for part in (text, detail) if part]
    return "\t".join(parts)
