"""The application's icon in every size and file format that a desktop asks for, drawn from resources/icons."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from PIL import Image

from app.desktop_integration import ICON_SIZES, icon_png

ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
ICNS_SIZES = (16, 32, 64, 128, 256, 512, 1024)


def make(folder: Path) -> None:
    """Write hicolor/<size>/apps/resnet-lens.png, resnet-lens.ico and resnet-lens.icns into `folder`."""
    for side in ICON_SIZES:
        target = folder / "hicolor" / f"{side}x{side}" / "apps" / "resnet-lens.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(icon_png(side))
    _save(ICO_SIZES, folder / "resnet-lens.ico", sizes=[(side, side) for side in ICO_SIZES])
    _save(ICNS_SIZES, folder / "resnet-lens.icns")


def _save(sides: tuple[int, ...], target: Path, **options: Any) -> None:
    """One file with a picture for each size, each drawn for it: none is scaled."""
    *smaller, largest = (Image.open(io.BytesIO(icon_png(side))) for side in sides)
    largest.save(target, append_images=smaller, **options)
