"""An instrument taken along: as a figure that says what it shows, or as its numbers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PyQt5.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPoint, QPointF, QRectF, QSize, QSizeF, Qt
from PyQt5.QtGui import QFontMetricsF, QImage, QPageSize, QPainter, QPdfWriter, QRegion
from PyQt5.QtSvg import QSvgGenerator
from PyQt5.QtWidgets import QWidget

from app import theme
from app.files import inert
from app.widgets._painting import to_image
from resnet_core.version import VERSION

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resnet_core.evidence.numbers import Numbers

FIGURES = ("png", "svg", "pdf")
PNG_SCALE = 2
MARGIN_PX = 16
_ROW_PX, _LABEL_PX = 38, 15


@dataclass(frozen=True)
class Heading:
    """What stands above a figure. `facts` are (label, value): the picture, the network, what was changed in it."""

    title: str
    explanation: str
    facts: tuple[tuple[str, str], ...]

    def as_text(self) -> str:
        return "\n".join([self.explanation, *(f"{label}: {value}" for label, value in self.facts)])


def figure(panel: QWidget, heading: Heading, kind: str) -> Callable[[], bytes]:
    """The panel as it is on the screen, in light colours, under its heading: a PNG, SVG or PDF file.

    Draws at once, in the GUI thread; what it gives makes the file's bytes, in any thread.
    """
    with theme.in_light(panel):
        drawing = _Drawing(
            panel.size(), heading, lambda painter: panel.render(painter, QPoint(), QRegion(), QWidget.DrawChildren)
        )
        return _file(drawing, kind)


def picture(
    rgb: NDArray[np.uint8], heading: Heading, texts: Mapping[str, str], kind: str = "png"
) -> Callable[[], bytes]:
    """As `figure`, of a picture (H, W, 3); a PNG file says `texts` of itself too.

    The bytes of one with all channels of a stage take a second or two.
    """
    image = to_image(rgb)
    with theme.in_light(QWidget()):
        return _file(_Drawing(image.size(), heading, lambda painter: painter.drawImage(QPoint(), image)), kind, texts)


def _file(drawing: _Drawing, kind: str, texts: Mapping[str, str] = MappingProxyType({})) -> Callable[[], bytes]:
    if kind == "png":
        image = drawing.as_image(texts)
        return lambda: _png(image)
    data = drawing.as_svg() if kind == "svg" else drawing.as_pdf()
    return lambda: data


class _Drawing:
    """Coordinates are those of the screen: logical pixels, 96 an inch."""

    def __init__(self, inside: QSize, heading: Heading, paint: Callable[[QPainter], None]) -> None:
        self._heading, self._paint_inside = heading, paint
        self._width = inside.width() + 2 * MARGIN_PX
        self._rows = _rows(heading.facts, inside.width())
        self._top = MARGIN_PX + 46 + _ROW_PX * len(self._rows) + 8
        self.size = QSize(self._width, self._top + inside.height() + MARGIN_PX)

    def as_image(self, texts: Mapping[str, str]) -> QImage:
        image = QImage(self.size * PNG_SCALE, QImage.Format_RGB32)
        image.setDevicePixelRatio(PNG_SCALE)
        image.setDotsPerMeterX(round(96 * PNG_SCALE / 0.0254))
        image.setDotsPerMeterY(round(96 * PNG_SCALE / 0.0254))
        for key, value in {
            "Title": self._heading.title,
            "Description": self._heading.as_text(),
            "Software": f"ResNet Lens {VERSION}",
            **dict(self._heading.facts),
            **texts,
        }.items():
            image.setText(key, value)
        image.fill(theme.colour("panel"))
        painter = QPainter(image)
        self._paint(painter)
        painter.end()
        return image

    def as_svg(self) -> bytes:
        data, buffer = _buffer()
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setResolution(96)
        generator.setSize(self.size)
        generator.setViewBox(QRectF(QPointF(0, 0), QSizeF(self.size)))
        generator.setTitle(_for_xml(self._heading.title))
        generator.setDescription(_for_xml(f"{self._heading.as_text()}\nResNet Lens {VERSION}"))
        painter = QPainter(generator)
        painter.fillRect(QRectF(QPointF(0, 0), QSizeF(self.size)), theme.colour("panel"))
        self._paint(painter)
        painter.end()
        return bytes(data)

    def as_pdf(self) -> bytes:
        data, buffer = _buffer()
        writer = QPdfWriter(buffer)
        writer.setResolution(96)
        points = QSizeF(self.size) * 72 / 96
        writer.setPageSize(QPageSize(points, QPageSize.Point, "", QPageSize.ExactMatch))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        writer.setTitle(f"{self._heading.title} – {' · '.join(value for _, value in self._heading.facts)}")
        writer.setCreator(f"ResNet Lens {VERSION}")
        painter = QPainter(writer)
        self._paint(painter)
        painter.end()
        return bytes(data)

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.Antialiasing)
        painter.setFont(theme.font(18, bold=True))
        painter.setPen(theme.colour("text"))
        wide = self._width - 2 * MARGIN_PX
        painter.drawText(QRectF(MARGIN_PX, MARGIN_PX - 2, wide, 24), int(Qt.AlignLeft), self._heading.title)
        painter.setFont(theme.font(theme.SECONDARY_PX))
        painter.setPen(theme.colour("muted"))
        explained = QFontMetricsF(painter.font()).elidedText(self._heading.explanation, Qt.ElideRight, wide)
        painter.drawText(QRectF(MARGIN_PX, MARGIN_PX + 22, wide, 18), int(Qt.AlignLeft), explained)
        y = MARGIN_PX + 46.0
        for row in self._rows:
            for label, value, x, width in row:
                place = QRectF(MARGIN_PX + x, y, width, _LABEL_PX)
                painter.setFont(theme.font(theme.SMALL_PX))
                painter.setPen(theme.colour("muted"))
                painter.drawText(place, int(Qt.AlignLeft), label)
                painter.setFont(theme.font(theme.SECONDARY_PX))
                painter.setPen(theme.colour("text"))
                metrics = QFontMetricsF(painter.font())
                shown = metrics.elidedText(value, Qt.ElideMiddle, width)
                painter.drawText(place.translated(0, _LABEL_PX), int(Qt.AlignLeft), shown)
            y += _ROW_PX
        painter.translate(MARGIN_PX, self._top)
        self._paint_inside(painter)


def _rows(facts: tuple[tuple[str, str], ...], room: float) -> list[list[tuple[str, str, float, float]]]:
    """(label, value, left, width) of each fact, as many beside each other as fit."""
    metrics = QFontMetricsF(theme.font(theme.SECONDARY_PX))
    rows: list[list[tuple[str, str, float, float]]] = [[]]
    x = 0.0
    for label, value in facts:
        width = min(max(metrics.horizontalAdvance(value), metrics.horizontalAdvance(label)) + 4, room)
        if x and x + width > room:
            rows.append([])
            x = 0.0
        rows[-1].append((label, value, x, width))
        x += width + 24
    return rows


def _for_xml(text: str) -> str:
    """QSvgGenerator writes it as it is, also where it would not be XML any more."""
    plain = "".join(char if char.isprintable() or char == "\n" else " " for char in text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _png(image: QImage) -> bytes:
    data, buffer = _buffer()
    image.save(buffer, "PNG")
    return bytes(data)


def _buffer() -> tuple[QByteArray, QBuffer]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.WriteOnly)
    return data, buffer


# Numbers


def kinds_of(numbers: Numbers | None) -> tuple[str, ...]:
    """The endings of the files that numbers can be written to: NPY for an array, NPZ for all that `as_arrays` gives."""
    if numbers is None:
        return ()
    one = ("npy",) if len(numbers.arrays) == 1 else ()
    return ("json", "csv", *one, *(("npz",) if numbers.arrays or numbers.rows else ()))


def numbers_file(numbers: Numbers, heading: Heading, kind: str) -> bytes:
    """The numbers as a JSON, CSV, NPY or NPZ file.

    NPZ holds the facts too, as JSON text named `facts`; where there are no arrays, those in it are the table's columns.
    """
    if kind == "json":
        described = {"instrument": heading.title, **dict(heading.facts)}
        return _json({**numbers.as_json(), "figure": described}, indent=2)
    if kind == "csv":
        return _csv(numbers)
    import numpy as np

    file = io.BytesIO()
    if kind == "npy":
        (array,) = numbers.arrays.values()
        np.save(file, np.ascontiguousarray(array, np.float32), allow_pickle=False)
    else:
        facts = _json({"figure": {"instrument": heading.title, **dict(heading.facts)}, **numbers.as_json()})
        arrays = numbers.as_arrays()
        contents: dict[str, Any] = {name if name != "file" else "file_": one for name, one in arrays.items()}
        np.savez(file, **contents, facts=np.array(facts.decode()))
    return file.getvalue()


def _json(value: Mapping[str, Any], indent: int | None = None) -> bytes:
    return f"{json.dumps(value, indent=indent, default=_plain)}\n".encode()


def _plain(value: Any) -> Any:
    """numpy's numbers and arrays, paths: as JSON has them."""
    if hasattr(value, "tolist"):
        return value.tolist()
    return str(value)


def _csv(numbers: Numbers) -> bytes:
    """The table; where there is none, the facts, one a line."""
    text = io.StringIO()
    writer = csv.writer(text)
    if numbers.rows:
        columns = list(numbers.rows[0])
        writer.writerow(columns)
        writer.writerows([_cell(row.get(column)) for column in columns] for row in numbers.rows)
    else:
        writer.writerow(["name", "value"])
        writer.writerows([name, _cell(value)] for name, value in numbers.facts.items())
    return text.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe; lists and objects are JSON."""
    if isinstance(value, str):
        return inert(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return json.dumps(value, default=_plain)
