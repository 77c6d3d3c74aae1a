"""The question where to save, asked the same way everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PyQt5.QtWidgets import QFileDialog, QWidget


def save_as(parent: QWidget, title: str, proposed: Path, filters: Mapping[str, str], *, first: str) -> Path | None:
    """Where to save `proposed` (without its ending); None when the user calls it off.

    `filters` are the formats by ending ("png": "Picture (*.png)"), `first` the one proposed. The path has one of these
    endings: as typed, else that of the format chosen.
    """
    name, chosen = QFileDialog.getSaveFileName(
        parent, title, f"{proposed}.{first}", ";;".join(filters.values()), filters[first]
    )
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower().removeprefix(".") in filters:
        return path
    kind = next((kind for kind, text in filters.items() if text == chosen), first)
    return path.with_name(f"{path.name}.{kind}")
