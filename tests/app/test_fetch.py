"""Pictures from the web, from a server of the test's own."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PIL import Image

from app import fetch
from resnet_core.errors import Cancelled, DownloadError, ImageError
from resnet_core.weights import http_stream


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        picture = io.BytesIO()
        Image.new("RGB", (6, 4), "red").save(picture, "PNG")
        if self.path == "/file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
            return
        if self.path == "/cut":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"400\r\nthe first of 1024 bytes")
            return
        if self.path == "/babble":
            self.wfile.write(b"220 mail.example.org ESMTP\r\n")
            return
        bodies = {"/a%20cat.png": picture.getvalue(), "/page": b"<html>", "/large": bytes(3000)}
        body = bodies.get(self.path)
        self.send_response(200 if body else 404)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_picture(site: str) -> None:
    picture = fetch.fetch_picture(f"{site}/a%20cat.png", lambda: False)
    assert (picture.width, picture.height, picture.name) == (6, 4, "a cat.png")


def test_a_page_is_no_picture(site: str) -> None:
    with pytest.raises(ImageError):
        fetch.fetch_picture(f"{site}/page", lambda: False)


@pytest.mark.parametrize("path", ["/missing", "/file"])
def test_what_is_not_there_and_what_leads_to_a_file(site: str, path: str) -> None:
    with pytest.raises(DownloadError):
        fetch.fetch_picture(site + path, lambda: False)


def test_too_large(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MOST_BYTES", 1000)
    with pytest.raises(DownloadError, match="larger"):
        fetch.fetch_picture(f"{site}/large", lambda: False)


@pytest.mark.parametrize(
    ("path", "says"), [("/cut", "127.0.0.1 ended before the picture was whole"), ("/babble", "makes no sense")]
)
def test_a_server_that_breaks_the_rules(site: str, path: str, says: str) -> None:
    with pytest.raises(DownloadError, match=says) as caught:
        fetch.fetch_picture(site + path, lambda: False)
    assert caught.value.can_retry


@pytest.mark.parametrize(
    "end",
    ["/a cat.png", "/a\x7fcat.png", "/größe.png", "9999999/x", "port/x"],
    ids=["blank", "control", "umlaut", "high", "word"],
)
def test_an_address_that_http_does_not_know(site: str, end: str) -> None:
    with pytest.raises(DownloadError, match="is not an address") as caught:
        fetch.fetch_picture(site + end, lambda: False)
    assert not caught.value.can_retry


def test_the_connection_is_that_of_downloads() -> None:
    """Whose redirects never lead from https to http, and which finds certificates everywhere."""
    assert fetch.opener is http_stream.opener
    assert any(isinstance(handler, http_stream._NoDowngrade) for handler in fetch.opener().handlers)


def test_called_off(site: str) -> None:
    with pytest.raises(Cancelled):
        fetch.fetch_picture(f"{site}/large", lambda: True)


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http:///x", "javascript:alert(1)", "http://127.0.0.1:1/x", "http://[::1/x"]
)
def test_addresses_that_lead_nowhere(address: str) -> None:
    with pytest.raises(DownloadError):
        fetch.fetch_picture(address, lambda: False)
