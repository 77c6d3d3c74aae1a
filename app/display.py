"""Whether Qt can open a window here. Asked before Qt is loaded: without a display it aborts the whole process."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

X_SOCKETS = "/tmp/.X11-unix/X"
X_FIRST_PORT = 6000
_LONGEST_WAIT_S = 2.0

_ADDRESS = re.compile(r"(?:[a-z0-9]+/)?(?P<host>.*?)::?(?P<number>\d+)(?:\.\d+)?", re.ASCII)


def platform(environment: Mapping[str, str] = os.environ) -> str | None:
    """The Qt platform that can open a window: "xcb", "wayland", or "" where Qt needs no help. None: no display."""
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux"):
        return ""
    names = [name.partition(":")[0] for name in chosen.split(";") if name] or ["xcb", "wayland"]
    if not {"xcb"}.union(name for name in names if name.startswith("wayland")).issuperset(names):
        return ""  # off-screen, a frame buffer, VNC
    if "xcb" in names and x_server_answers(environment.get("DISPLAY", "")):
        return "xcb"
    if names != ["xcb"] and _has_wayland(environment):
        return "wayland"
    return None


def x_server_answers(display: str) -> bool:
    """Whether something accepts connections where `display`, as in DISPLAY (":0", "localhost:10.0"), says."""
    for family, address in _addresses(display):
        try:
            with socket.socket(family, socket.SOCK_STREAM) as connection:
                connection.settimeout(_LONGEST_WAIT_S)
                connection.connect(address)
                return True
        except OSError:
            continue
    return False


def _addresses(display: str) -> Iterator[tuple[socket.AddressFamily, Any]]:
    """Where libxcb looks for the server, in its order."""
    if display.startswith("/"):
        yield socket.AF_UNIX, display
        yield socket.AF_UNIX, re.sub(r"\.\d+$", "", display)
        return
    found = _ADDRESS.fullmatch(display)
    if found is None:
        return
    host, number = found["host"], int(found["number"])
    if host in ("", "unix"):
        yield socket.AF_UNIX, f"\0{X_SOCKETS}{number}"
        yield socket.AF_UNIX, f"{X_SOCKETS}{number}"
    port = X_FIRST_PORT + number
    if host == "unix" or port > 65_535:
        return
    try:
        for family, _, _, _, address in socket.getaddrinfo(host or "localhost", port, type=socket.SOCK_STREAM):
            yield family, address
    except (OSError, UnicodeError):
        return


def _has_wayland(environment: Mapping[str, str]) -> bool:
    """Whether a compositor's socket is there, and Qt's plugin to talk to it: a package may come without."""
    name = environment.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    path = Path(environment.get("XDG_RUNTIME_DIR", ""), name)  # an absolute name replaces the folder
    return path.is_absolute() and path.exists() and _wayland_plugin()


def _wayland_plugin() -> bool:
    from importlib.util import find_spec

    found = find_spec("PyQt5")
    folders = found.submodule_search_locations if found is not None else None
    return any(
        next(Path(folder).glob("Qt*/plugins/platforms/libqwayland*.so"), None) is not None for folder in folders or ()
    )
