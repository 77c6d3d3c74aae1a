"""One channel, large: its map, how its values are spread over the colours, and what is known about it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app import theme
from app.widgets import _painting as paint
from app.widgets._colour_bar import ColourBar
from app.widgets._controls import ElidedLabel
from resnet_core import feature_maps
from resnet_core.feature_maps import Range

ROW_PX = 20
LEAST_MAP_PX = 54  # with it, everything fits into the height of minimumSizeHint


class ChannelDetail(QWidget):
    """The map of one channel with nothing smoothed, its histogram over the colour bar, and facts."""

    hovered = pyqtSignal(int, int)
    left = pyqtSignal()
    export_requested = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("channelDetail")
        self.setAttribute(Qt.WA_StyledBackground)
        self.setAccessibleName(self.tr("Channel"))
        self._map: NDArray[np.float32] | None = None
        self._export = self._export_button()
        self._title, self._of = ElidedLabel(role="title"), ElidedLabel(role="caption")
        self._picture = _Map(self)
        self._picture.hovered.connect(self._over)
        self._picture.left.connect(self.left)
        self._scale = ColourBar(self)
        self._facts = _Facts(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 10, 13, 11)
        column.setSpacing(6)
        heading = QHBoxLayout()
        heading.setSpacing(8)
        heading.addWidget(self._title)
        heading.addWidget(self._of)
        heading.addStretch(1)
        heading.addWidget(self._export)
        column.addLayout(heading)
        column.addSpacing(2)
        column.addWidget(self._picture, 1)
        column.addSpacing(4)
        column.addWidget(self._scale)
        column.addSpacing(4)
        column.addWidget(self._facts)
        column.addStretch(0)
        self.clear()

    def _export_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("channelExport")
        button.setIcon(theme.icon("export", "muted"))
        button.setIconSize(QSize(16, 16))
        button.setProperty("menu", "none")
        button.setPopupMode(QToolButton.InstantPopup)
        button.setAccessibleName(self.tr("Save this channel"))
        button.setToolTip(self.tr("Save this channel as a picture or as numbers"))
        menu = QMenu(button)
        for kind, text in (
            ("png", self.tr("Picture in these colours (PNG) …")),
            ("npy", self.tr("Values as computed (NPY, float32) …")),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, kind=kind: self.export_requested.emit(kind))
        button.setMenu(menu)
        return button

    def show_channel(
        self,
        maps: NDArray[np.float32],
        channel: int,
        name: str,
        span: Range,
        colours: str,
        facts: Sequence[tuple[str, str]] = (),
        *,
        scale: str = "stage",
    ) -> None:
        """Channel `channel` of maps (C, H, W) of the stage or block `name`.

        `span` is what the colours stand for, `scale` ("stage" or "channel") says whose; facts are (label, value).
        """
        self._map = maps[channel]
        self._title.setText(self.tr("Channel {0}").format(channel))
        self._of.setText(self.tr("of {0}").format(name))
        self._picture.show_map(self._map, span, colours)
        whose = self.tr("stage maximum {0}") if scale == "stage" else self.tr("channel maximum {0}")
        self._scale.show_scale(self._map, span, colours, whose.format(paint.value_text(span.high)))
        self.show_facts(facts)
        self.show_cursor(None)
        height, width = self._map.shape
        least, most = (paint.value_text(float(value)) for value in (self._map.min(), self._map.max()))
        self.setAccessibleDescription(
            self.tr("Channel {0} of {1}, {2} by {3}, from {4} to {5}").format(channel, name, height, width, least, most)
        )
        self._export.setEnabled(True)

    def clear(self) -> None:
        self._map = None
        self._title.setText(self.tr("Channel"))
        self._of.setText("")
        self._picture.show_map(None, None, "")
        self._scale.show_scale(None, None, "", "")
        self._facts.show_rows([])
        self._facts.show_cursor("", "")
        self.setAccessibleDescription("")
        self._export.setEnabled(False)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """(label, value) lines below the colour bar, such as the receptive field."""
        self._facts.show_rows(list(facts))

    def show_cursor(self, y: int | None, x: int | None = None) -> None:
        """Marks the cell (y, x) and writes its value; None takes both away."""
        if y is None or x is None or self._map is None:
            self._picture.show_cursor(None)
            self._scale.show_value(None)
            self._facts.show_cursor(self.tr("Under cursor"), "\N{EN DASH}")
            return
        value = float(self._map[y, x])
        self._picture.show_cursor((y, x))
        self._scale.show_value(value)
        self._facts.show_cursor(self.tr("Under cursor ({0}, {1})").format(y, x), paint.value_text(value))

    def _over(self, y: int, x: int) -> None:
        self.show_cursor(y, x)
        self.hovered.emit(y, x)

    def sizeHint(self) -> QSize:
        return QSize(300, 540)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 300)


class _Map(QWidget):
    """The map itself: nearest neighbour, as large as the place allows."""

    hovered = pyqtSignal(int, int)
    left = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._cursor: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)

    def show_map(self, plane: NDArray[np.float32] | None, span: Range | None, colours: str) -> None:
        self._image, self._cursor = None, None
        if plane is not None and span is not None:
            self._image = paint.to_image(feature_maps.colour(plane, span, colours))
        self.resizeEvent(None)
        self.update()

    def show_cursor(self, cell: tuple[int, int] | None) -> None:
        if cell != self._cursor:
            self._cursor = cell
            self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(80, LEAST_MAP_PX)

    def resizeEvent(self, _event: QEvent | None) -> None:
        """Never taller than its width needs, so that what follows stays close."""
        aspect = self._image.height() / self._image.width() if self._image is not None else 1.0
        self.setMaximumHeight(max(LEAST_MAP_PX, round(self.width() * aspect)))

    def _rect(self) -> QRectF:
        if self._image is None:
            side = min(self.width(), self.height())
            return QRectF((self.width() - side) / 2, 0, side, side)
        scale = min(self.width() / self._image.width(), self.height() / self._image.height())
        width, height = self._image.width() * scale, self._image.height() * scale
        return QRectF((self.width() - width) / 2, 0, width, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._image is None:
            paint.fill_rounded(painter, QRectF(self.rect()), 8, theme.colour("sunken"))
            return
        rect = paint.aligned(painter, self._rect())
        paint.draw_rounded(painter, rect, self._on_device(painter, rect), 4)
        if self._cursor is not None:
            paint.draw_cell(painter, rect, (self._image.height(), self._image.width()), self._cursor)

    def _on_device(self, painter: QPainter, rect: QRectF) -> QImage:
        """The cells at the screen's resolution: a brush that enlarges would be off by a pixel now and then."""
        assert self._image is not None
        device = painter.deviceTransform().mapRect(rect).size().toSize()
        smaller = device.width() < self._image.width()
        return self._image.scaled(
            device, Qt.IgnoreAspectRatio, Qt.SmoothTransformation if smaller else Qt.FastTransformation
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        rect, place = self._rect(), QPointF(event.localPos())
        if self._image is None or not rect.contains(place):
            self.left.emit()
            return
        y = int((place.y() - rect.y()) / rect.height() * self._image.height())
        x = int((place.x() - rect.x()) / rect.width() * self._image.width())
        self.hovered.emit(min(y, self._image.height() - 1), min(x, self._image.width() - 1))

    def leaveEvent(self, _event: QEvent) -> None:
        self.left.emit()


class _Facts(QWidget):
    """Lines of a label and a value; the first is the value under the cursor."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, str]] = []
        self._cursor = ("", "")
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)

    def show_rows(self, rows: list[tuple[str, str]]) -> None:
        if rows != self._rows:
            self._rows = rows
            self.setToolTip("")
            self.updateGeometry()
            self.update()

    def show_cursor(self, label: str, value: str) -> None:
        self._cursor = (label, value)
        self.setAccessibleDescription(f"{label}: {value}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, ROW_PX * (len(self._rows) + 1))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(theme.SECONDARY_PX))
        metrics = QFontMetricsF(painter.font())
        for index, (label, value) in enumerate([self._cursor, *self._rows]):
            row = QRectF(0, index * ROW_PX, self.width(), ROW_PX)
            wide = min(metrics.horizontalAdvance(value) + 8, self.width() * 0.62)
            painter.setPen(theme.colour("muted"))
            paint.draw_text(painter, row.adjusted(0, 0, -wide - 8, 0), label)
            painter.setPen(theme.colour("text"))
            paint.draw_figures(painter, row.adjusted(row.width() - wide, 0, 0, 0), value)
