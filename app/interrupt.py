"""Ctrl+C in the terminal the window was started from, and a polite kill: the window closes as by its own button."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PyQt5.QtCore import QObject, QSocketNotifier


class Interrupts(QObject):
    """Python runs a signal handler only between two of its own instructions, and Qt's event loop has none to offer.

    So the signal also writes a byte to a socket that Qt watches: reading it lets Python's handler run.
    """

    def __init__(self, on_interrupt: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Read, self)  # type: ignore[arg-type]  # the stubs want a voidptr
        self._notifier.activated.connect(self._drain)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: on_interrupt())

    def _drain(self) -> None:
        self._read.recv(64)
