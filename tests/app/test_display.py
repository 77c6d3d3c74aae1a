"""Whether there is a display, without one: sockets of our own stand where an X server's would."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import display

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is one")
NUMBER = 7391  # no X server has this one


@pytest.fixture
def sockets(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> str:
    prefix = f"{tmp_path_factory.mktemp('x')}/X"
    monkeypatch.setattr(display, "X_SOCKETS", prefix)
    monkeypatch.setattr(display, "X_FIRST_PORT", 1)  # ports nothing listens on
    return prefix


def listening(family: socket.AddressFamily, address: str | tuple[str, int]) -> socket.socket:
    server = socket.socket(family, socket.SOCK_STREAM)
    server.bind(address)
    server.listen(1)
    return server


@pytest.fixture
def tcp(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with listening(socket.AF_INET, ("127.0.0.1", 0)) as server:
        monkeypatch.setattr(display, "X_FIRST_PORT", server.getsockname()[1] - 10)
        yield


@pytest.mark.parametrize("name", [f":{NUMBER}", f":{NUMBER}.0", f"unix:{NUMBER}", f"unix/:{NUMBER}"])
@pytest.mark.parametrize("abstract", ["", "\0"])
def test_a_server_on_this_machine_is_found(sockets: str, name: str, abstract: str) -> None:
    assert display.platform({"DISPLAY": name}) is None
    with listening(socket.AF_UNIX, f"{abstract}{sockets}{NUMBER}"):
        assert display.platform({"DISPLAY": name}) == "xcb"


def test_a_socket_left_by_a_dead_server_is_none(sockets: str) -> None:
    listening(socket.AF_UNIX, f"{sockets}{NUMBER}").close()
    assert os.path.exists(f"{sockets}{NUMBER}")  # noqa: PTH110
    assert display.platform({"DISPLAY": f":{NUMBER}"}) is None


def test_a_server_at_the_other_end_of_ssh_is_found(tcp: None) -> None:
    assert display.platform({"DISPLAY": "127.0.0.1:10.0"}) == "xcb"
    assert display.platform({"DISPLAY": "127.0.0.1:10000000"}) is None


@pytest.mark.parametrize("name", ["", "nonsense", ":", ":x", "host:", "/no/such/socket:0"])
def test_what_names_no_display(sockets: str, name: str) -> None:
    assert display.platform({"DISPLAY": name}) is None


def test_a_platform_without_x_needs_no_display() -> None:
    assert display.platform({"QT_QPA_PLATFORM": "offscreen"}) == ""
    assert display.platform({"QT_QPA_PLATFORM": "vnc:port=5901"}) == ""
    assert display.platform({"QT_QPA_PLATFORM": "xcb"}) is None
    assert display.platform({"QT_QPA_PLATFORM": "wayland;xcb"}) is None


def test_wayland_needs_its_socket_and_qts_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    monkeypatch.setattr(display, "_wayland_plugin", lambda: True)
    assert display.platform(environment) is None
    (tmp_path / "wayland-0").touch()
    assert display.platform(environment) == "wayland"
    assert display.platform({"WAYLAND_DISPLAY": str(tmp_path / "wayland-0")}) == "wayland"
    assert display.platform({"WAYLAND_DISPLAY": "wayland-0"}) is None
    monkeypatch.setattr(display, "_wayland_plugin", lambda: False)
    assert display.platform(environment) is None


@pytest.mark.parametrize("variables", [{}, {"DISPLAY": f":{NUMBER}"}, {"DISPLAY": ":", "QT_QPA_PLATFORM": "xcb"}])
def test_without_a_display_it_is_said_in_one_line(variables: dict[str, str], home: Path) -> None:
    left_out = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    command = [sys.executable, "-m", "app", "--new-window"]
    ended = subprocess.run(
        command, env=environment | variables, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "there is no display" in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert not home.exists()
