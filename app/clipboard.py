"""What is put on the clipboard: pictures, and tables that a text editor and a spreadsheet both take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt5.QtCore import QMimeData
from PyQt5.QtGui import QImage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def table(rows: Sequence[Sequence[str]]) -> QMimeData:
    """Rows as text with tabs, and as an HTML table."""
    import html  # which holds the names of all characters of HTML

    cells = ["<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    mime = QMimeData()
    mime.setText("\n".join("\t".join(row) for row in rows))
    mime.setHtml(f"<table>{''.join(cells)}</table>")
    return mime


def picture(rgb: NDArray[np.uint8]) -> QMimeData:
    """(H, W, 3) uint8. The clipboard gets a copy."""
    import numpy as np

    pixels = np.ascontiguousarray(rgb)
    height, width = pixels.shape[:2]
    mime = QMimeData()
    mime.setImageData(QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format_RGB888).copy())
    return mime
