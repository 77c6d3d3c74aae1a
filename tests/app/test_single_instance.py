"""A second start hands its pictures to the running window; nothing at that place can hold a start up."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt5.QtCore import QCoreApplication, QEvent
from PyQt5.QtNetwork import QLocalSocket

from app import single_instance
from app.single_instance import OpenRequests, hand_over, socket_name

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the sockets of this test are Unix's")

LONGEST_S = 4 * single_instance.PATIENCE_MS / 1000
HAND_OVER = "import sys; from app.single_instance import hand_over; sys.exit(not hand_over(sys.argv[2:], sys.argv[1]))"


@pytest.fixture
def name(tmp_path: Path) -> str:
    return str(tmp_path / "socket")


@pytest.fixture
def running(qapp: QCoreApplication, name: str) -> Iterator[OpenRequests]:
    requests = OpenRequests(name)
    assert requests.listen()
    yield requests
    requests.close()


def start_second(name: str, *paths: str, cwd: Path) -> subprocess.Popen[bytes]:
    """A second start, as a process of its own: its waiting must not stop our event loop."""
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "XDG_RUNTIME_DIR": str(cwd)}
    return subprocess.Popen([sys.executable, "-c", HAND_OVER, name, *paths], cwd=cwd, env=env)


def test_the_running_window_gets_absolute_paths(qtbot, running, name, tmp_path):
    with qtbot.waitSignal(running.requested) as asked:
        second = start_second(name, "Kätzchen 1.jpg", "/somewhere/2.png", cwd=tmp_path)
    assert asked.args == [[str(tmp_path / "Kätzchen 1.jpg"), "/somewhere/2.png"]]
    assert second.wait(10) == 0


def test_a_start_without_pictures_only_brings_it_to_the_front(qtbot, running, name, tmp_path):
    with qtbot.waitSignal(running.requested) as asked:
        second = start_second(name, cwd=tmp_path)
    assert asked.args == [[]]
    assert second.wait(10) == 0


def test_only_one_listens(running, name):
    assert not OpenRequests(name).listen()


def test_nobody_there(name):
    started = time.monotonic()
    assert not hand_over(["a.png"], name)
    assert time.monotonic() - started < LONGEST_S


def test_a_socket_left_behind_is_taken_over(qapp, name):
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(name)
        dead.listen()
    assert Path(name).exists()
    started = time.monotonic()
    assert not hand_over(["a.png"], name)
    requests = OpenRequests(name)
    assert requests.listen()
    assert time.monotonic() - started < LONGEST_S
    requests.close()


def test_one_that_never_answers_delays_a_start_by_no_more_than_our_patience(qapp, name):
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(name)
        deaf.listen()
        started = time.monotonic()
        assert not hand_over(["a.png"], name)
        assert not OpenRequests(name).listen()
        assert time.monotonic() - started < LONGEST_S


def test_no_socket_can_be_made(qapp, tmp_path):
    assert not OpenRequests(str(tmp_path / "no such folder" / "socket")).listen()
    assert not OpenRequests(str(tmp_path / ("long" * 50))).listen()


def test_another_user_never_answers_and_is_never_answered(qtbot, running, name, monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert not hand_over(["a.png"], name)
    with qtbot.assertNotEmitted(running.requested, wait=100):
        stranger = QLocalSocket()
        stranger.connectToServer(name)
        stranger.write(b'{"open": ["/a.png"]}\n')
        stranger.flush()
        qtbot.waitUntil(lambda: stranger.state() == QLocalSocket.UnconnectedState)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="asks for Unix's users")
def test_only_the_user_may_open_the_socket(running, name):
    assert Path(name).stat().st_mode & 0o077 == 0


NO_MESSAGES = [b"hello\n", b"[]\n", b'{"open": "a"}\n', b'{"open": ["relative.png"]}\n', b'{"open": [1]}\n', b"\xff\n"]


@pytest.mark.parametrize("message", [*NO_MESSAGES, b"x" * (2 << 20)])
def test_what_is_no_message_of_ours_is_hung_up_on(qtbot, running, name, message):
    with qtbot.assertNotEmitted(running.requested, wait=50):
        caller = QLocalSocket()
        caller.connectToServer(name)
        caller.write(message)
        qtbot.waitUntil(lambda: caller.state() == QLocalSocket.UnconnectedState)


def test_a_message_may_come_in_pieces(qtbot, running, name):
    caller = QLocalSocket()
    caller.connectToServer(name)
    caller.write(b'{"open": ["/a.')
    caller.flush()
    qtbot.wait(20)
    with qtbot.waitSignal(running.requested) as asked:
        caller.write(b'png"]}\n')
    assert asked.args == [["/a.png"]]


class FileOpened(QEvent):
    """As macOS sends it: PyQt5 lets nobody make a QFileOpenEvent."""

    def __init__(self, path: Path) -> None:
        super().__init__(QEvent.FileOpen)
        self._path = path

    def file(self) -> str:
        return str(self._path)


def test_a_file_of_macos(qtbot, qapp, running, tmp_path):
    with qtbot.waitSignal(running.requested) as asked:
        assert running.eventFilter(qapp, FileOpened(tmp_path / "a.png"))
    assert asked.args == [[str(tmp_path / "a.png")]]
    assert not running.eventFilter(qapp, QEvent(QEvent.User))


def test_another_home_or_display_is_another_program(monkeypatch, tmp_path):
    names = set()
    for home in ("a", "b"):
        for display in (":1", ":2"):
            monkeypatch.setenv("RESNET_LENS_HOME", str(tmp_path / home))
            monkeypatch.setenv("DISPLAY", display)
            names.add(socket_name())
    assert len(names) == 4


def test_the_socket_lies_in_the_folder_of_the_session(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert Path(socket_name()).parent == tmp_path
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "gone"))
    assert Path(socket_name()).parent.is_dir()
