"""Work for the GUI thread, a piece an event: what the user does in between is not held up by all of it."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5 import sip
from PyQt5.QtCore import QObject, QTimer


def in_turns(owner: QObject, *pieces: Callable[[], None]) -> None:
    """Calls each piece in an event of its own, in order; what is left is dropped when `owner` is deleted."""
    if not pieces:
        return

    def turn() -> None:
        if not sip.isdeleted(owner):
            pieces[0]()
            in_turns(owner, *pieces[1:])

    QTimer.singleShot(0, turn)
