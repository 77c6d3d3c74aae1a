"""What an instrument found, in a form that can be written down: on the command line, and by a panel's export."""

from __future__ import annotations

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

    Facts and cells are JSON's: text, numbers, booleans, None, and lists and objects of them.
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
