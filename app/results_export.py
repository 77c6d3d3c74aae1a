"""The table of results as a file: CSV for spreadsheets, JSON for programs, tab-separated text for the clipboard."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from app import files
from app.widgets.results_table import CLASSES, ResultRow


def write(path: Path, rows: Sequence[ResultRow], weights: str) -> None:
    """`.json` or `.csv`, by the name. Raises LensError."""
    text = as_json(rows, weights) if path.suffix.lower() == ".json" else as_table(rows, weights, ",")
    files.write(path, text.encode("utf-8", "surrogateescape"))


def as_json(rows: Sequence[ResultRow], weights: str) -> str:
    """One array, an object a picture, with the names that `classify --json` has."""
    found = []
    for row in rows:
        entry: dict[str, object] = {"path": row.path, "weights": weights}
        if row.top:
            entry["elapsed_ms"] = round(row.elapsed_ms, 3)
            entry["predictions"] = [{"label": label, "probability": probability} for label, probability in row.top]
        elif row.problem:
            entry["error"] = {"message": row.problem}
        found.append(entry)
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def as_table(rows: Sequence[ResultRow], weights: str, separator: str) -> str:
    """A row a picture. Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    heading = ["path", "error", "weights", "elapsed_ms"]
    for rank in range(1, CLASSES + 1):
        heading += [f"label{rank}", f"probability{rank}"]
    writer.writerow(heading)
    for row in rows:
        cells: list[object] = [files.inert(row.path), files.inert(row.problem), files.inert(weights)]
        cells.append(round(row.elapsed_ms, 3) if row.top else "")
        for label, probability in row.top[:CLASSES]:
            cells += [files.inert(label), f"{probability:.6g}"]
        writer.writerow(cells)
    return text.getvalue()
