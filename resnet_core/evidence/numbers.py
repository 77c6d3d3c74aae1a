"""What an instrument found, in a form that can be written down: on the command line, and by a panel's export."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Numbers:
    """`facts` by name, a table of `rows` that all have the same columns, and `arrays` too large for either.

    Facts and cells are JSON's: text, numbers, booleans, None, and lists and objects of them. Where there are no arrays,
    the columns of the table are what can be taken along as arrays.
    """

    facts: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]] = ()
    rows_name: str = "rows"  # what the table is called in JSON: "blocks", "channels"
    arrays: Mapping[str, NDArray[np.float32]] = field(default_factory=lambda: _NOTHING)

    def as_json(self) -> dict[str, Any]:
        """One JSON object; of the arrays only their shapes."""
        table = {self.rows_name: [dict(row) for row in self.rows]} if self.rows else {}
        shapes = {"arrays": {name: list(array.shape) for name, array in self.arrays.items()}} if self.arrays else {}
        return {**self.facts, **table, **shapes}

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """By name, what an NPZ file holds: the arrays; where there are none, each column of the table as one.

        A column of numbers has NaN where there is none; one of text is unicode, with lists and objects as JSON. None
        holds Python objects: all can be read with `allow_pickle=False`.
        """
        if self.arrays or not self.rows:
            return dict(self.arrays)
        return {name: _column([row[name] for row in self.rows]) for name in self.rows[0]}


def _column(cells: Sequence[Any]) -> NDArray[Any]:
    if all(cell is None or isinstance(cell, (bool, int, float)) for cell in cells):
        return np.array([np.nan if cell is None else cell for cell in cells])
    return np.array([_text(cell) for cell in cells])


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else json.dumps(cell)
