"""One window for all that is opened: a second start hands its pictures to the running one and ends.

The running program listens on a local socket that belongs to this user, this display and this home folder. Whatever
goes wrong with it (a socket left behind by a program that was killed, one that does not answer, somebody else's, a
folder that can't be written) costs at most `PATIENCE_MS` and then this start opens a window of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import sys
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from PyQt5.QtCore import QEvent, QLockFile, QObject, pyqtSignal
from PyQt5.QtGui import QFileOpenEvent
from PyQt5.QtNetwork import QLocalServer, QLocalSocket

from app.links import is_link

PATIENCE_MS = 200
"""How long a second start waits for the first: for the connection, then for its answer."""

MOST_BYTES = 1 << 20  # of a message: ten thousand long paths
_TAKEN = b"taken\n"


class OpenRequests(QObject):
    """What other programs want shown: a second start of this one, or macOS, which asks by an event.

    Make it in the GUI thread; it listens from `listen` to `close`. Install it as an event filter of the QApplication.
    """

    requested = pyqtSignal(list)  # absolute paths, as strings; none: only come to the front

    def __init__(self, name: str | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name or socket_name()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.UserAccessOption)
        self._server.newConnection.connect(self._accept)

    def listen(self) -> bool:
        """Be the one that is asked. False where another program is, or where no socket can be made."""
        with _only_one_at_a_time(self._name) as alone:
            if not alone:
                return False
            if _is_answered(self._name):  # Qt would put its socket over a living one
                return False
            QLocalServer.removeServer(self._name)  # left behind by a program that was killed
            return bool(self._server.listen(self._name))

    def close(self) -> None:
        self._server.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """macOS starts no second program: it tells the running one which file was double-clicked."""
        if event.type() == QEvent.FileOpen:
            asked = cast(QFileOpenEvent, event)
            if path := asked.file():
                self.requested.emit([path])
            elif is_link(address := bytes(asked.url().toEncoded()).decode("ascii", "replace")):
                self.requested.emit([address])
            return True
        return super().eventFilter(watched, event)

    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if _is_ours(socket):
                _Caller(socket, self)
            else:
                socket.abort()
                socket.deleteLater()


class _Caller(QObject):
    """A second start at the other end of `socket`, until its one line is here."""

    def __init__(self, socket: QLocalSocket, requests: OpenRequests) -> None:
        super().__init__(socket)
        self._socket, self._requests = socket, requests
        self._received = b""
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(socket.deleteLater)
        self._read()

    def _read(self) -> None:
        self._received += bytes(self._socket.read(MOST_BYTES + 1 - len(self._received)))
        line, end, _ = self._received.partition(b"\n")
        if len(self._received) > MOST_BYTES:
            self._socket.abort()
        elif end:
            self._socket.readyRead.disconnect(self._read)
            self._answer(_understood(line))

    def _answer(self, paths: list[str] | None) -> None:
        if paths is None:
            self._socket.abort()
            return
        self._socket.write(_TAKEN)
        self._socket.flush()
        self._socket.disconnectFromServer()
        self._requests.requested.emit(paths)


def hand_over(paths: Sequence[str | Path], name: str | None = None) -> bool:
    """Ask a running window to open these and come to the front. True when it said that it will.

    Needs no QApplication. Relative paths are taken from the current folder.
    """
    socket = _connected(name or socket_name())
    if socket is None:
        return False
    _let_it_come_to_the_front()
    wanted = [str(path) if is_link(str(path)) else os.path.abspath(path) for path in paths]  # noqa: PTH100
    message = json.dumps({"open": wanted}).encode("ascii") + b"\n"
    if len(message) > MOST_BYTES:
        return False
    socket.write(message)
    socket.flush()
    answer = b""
    while not answer.endswith(b"\n") and socket.waitForReadyRead(PATIENCE_MS):
        answer += bytes(socket.read(len(_TAKEN)))
    socket.abort()
    return answer == _TAKEN


def socket_name() -> str:
    """Of this user, display and home folder: windows on two displays, or with two homes, are two programs.

    A path in a folder that only this user can write in where there is one; on Windows the name of a pipe.
    """
    from app import paths

    displays = [os.environ.get(variable, "") for variable in ("DISPLAY", "WAYLAND_DISPLAY")]
    place = "\0".join([_user(), str(paths.home()), *displays])
    name = f"resnet-lens-{_user()}-{zlib.crc32(place.encode('utf-8', 'surrogateescape')):08x}"
    if sys.platform == "win32":
        return name
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    if not (folder and Path(folder).is_absolute() and os.access(folder, os.W_OK)):
        folder = tempfile.gettempdir()
    return str(Path(folder) / name)


def _user() -> str:
    if hasattr(os, "getuid"):
        return str(os.getuid())
    return "".join(char for char in os.environ.get("USERNAME", "") if char.isalnum()) or "user"


def _connected(name: str) -> QLocalSocket | None:
    """A connection to the running program, if it is this user's."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if socket.waitForConnected(PATIENCE_MS) and _is_ours(socket):
        return socket
    socket.abort()
    return None


def _is_answered(name: str) -> bool:
    """Whether somebody listens there, whoever it is."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    answered = bool(socket.waitForConnected(PATIENCE_MS))
    socket.abort()
    return answered


def _is_ours(connection: QLocalSocket) -> bool:
    """Whether the process at the other end is this user's. Where the system can't say, the socket's mode must do."""
    if not sys.platform.startswith("linux"):
        return True
    import socket as sockets

    try:
        with sockets.socket(fileno=os.dup(int(connection.socketDescriptor()))) as descriptor:
            who = descriptor.getsockopt(sockets.SOL_SOCKET, sockets.SO_PEERCRED, struct.calcsize("3i"))
    except OSError:
        return False
    _pid, uid, _gid = struct.unpack("3i", who)
    return bool(uid == os.getuid())


def _understood(line: bytes) -> list[str] | None:
    """The paths in a message; None for anything that is none of ours."""
    try:
        message = json.loads(line)
    except ValueError:
        return None
    match message:
        case {"open": list(paths)} if all(
            isinstance(path, str) and (os.path.isabs(path) or is_link(path))  # noqa: PTH117
            for path in paths
        ):
            return paths
    return None


@contextlib.contextmanager
def _only_one_at_a_time(name: str) -> Iterator[bool]:
    """Two programs that start at once must not both take the other's new socket for one left behind.

    Gives whether this one may look: also where no lock can be made, for then no socket can be made there either.
    """
    place = Path(name)
    lock = QLockFile(str(place if place.is_absolute() else Path(tempfile.gettempdir()) / name) + ".lock")
    lock.setStaleLockTime(2000)
    taken = lock.tryLock(PATIENCE_MS)
    try:
        yield taken or lock.error() == QLockFile.PermissionError
    finally:
        if taken:
            lock.unlock()


def _let_it_come_to_the_front() -> None:
    """Windows lets a program raise its window only when the one in front allows it, which is us, just started."""
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)
