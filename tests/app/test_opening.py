"""What a drop or a paste brings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PyQt5.QtCore import QMimeData, QUrl
from PyQt5.QtGui import QColor, QImage

from app import opening

pytestmark = pytest.mark.usefixtures("qapp")


def test_files_and_addresses_are_told_apart(tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a b.png")), QUrl("https://example.org/x.png")])
    assert opening.local_paths(mime) == [tmp_path / "a b.png"]
    assert opening.web_addresses(mime) == ["https://example.org/x.png"]


@pytest.mark.parametrize("address", ["file://server/share/a.png", "file:////server/share/a.png", "ftp://host/a.png"])
def test_only_files_of_this_computer_are_taken(address: str) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl(address)])
    assert not opening.takes(mime)


@pytest.mark.parametrize(
    "form", [QImage.Format_RGB32, QImage.Format_ARGB32, QImage.Format_ARGB32_Premultiplied, QImage.Format_RGB888]
)
def test_pixels_of_any_format_and_width(form: int) -> None:
    image = QImage(5, 3, form)
    image.fill(QColor(10, 200, 30))
    image.setPixelColor(4, 2, QColor(255, 0, 7))
    rgb = opening.to_rgb(image)
    assert rgb.shape == (3, 5, 3)
    assert rgb[0, 0].tolist() == [10, 200, 30]
    assert rgb[2, 4].tolist() == [255, 0, 7]


def test_transparent_parts_lie_over_white() -> None:
    image = QImage(1, 1, QImage.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 128))
    assert abs(int(opening.to_rgb(image)[0, 0, 0]) - 127) <= 1
    mime = QMimeData()
    mime.setImageData(image)
    found = opening.image(mime)
    assert found is not None
    assert found == image
    assert found.isDetached()
    picture = opening.picture(found, "Pasted picture")
    assert picture.name == "Pasted picture"
    assert picture.rgb.flags.owndata or picture.rgb.base is not None
    assert np.array_equal(picture.rgb, opening.to_rgb(image))


def test_weights_are_told_from_pictures() -> None:
    assert opening.is_weights(Path("a.PTH"))
    assert not opening.is_weights(Path("a.png"))
