"""What long tasks call on the way."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int | None], None]
"""Told how much is done, and of how much (None: not known): bytes."""

Cancel = Callable[[], bool]
"""Asked between the steps of a long task; True: the user called it off, and the task raises `Cancelled`."""
