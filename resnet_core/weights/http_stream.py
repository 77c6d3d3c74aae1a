"""One HTTP request whose body comes in pieces, never blocking the caller for longer than it asks.

urllib does the talking (proxies from the environment or the system's settings, redirects) in a thread of its own, so
that a name server or a peer that does not answer can be given up on at any moment.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import queue
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from functools import cache
from typing import IO

from resnet_core.version import VERSION

CHUNK_BYTES = 256 << 10
QUEUED_CHUNKS = 8
USER_AGENT = f"ResNetLens/{VERSION}"


@dataclass(frozen=True)
class Response:
    """The head of an answer: status and headers (names in lower case)."""

    status: int
    headers: Mapping[str, str]

    def number(self, header: str) -> int | None:
        value = self.headers.get(header, "")
        return int(value) if value.isascii() and value.isdecimal() and len(value) < 16 else None


class HttpStream:
    """GETs `url`. `next` gives the Response, then pieces of the body, then b"" at its end.

    A context manager: leaving it gives the connection up. `timeout_seconds` ends the thread of a dead connection.
    """

    def __init__(self, url: str, headers: Mapping[str, str], timeout_seconds: float) -> None:
        self._pieces: queue.Queue[Response | bytes | Exception] = queue.Queue(QUEUED_CHUNKS)
        self._ended = threading.Event()
        request = urllib.request.Request(
            url, headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **headers}
        )
        self._thread = threading.Thread(
            target=self._work, args=(request, timeout_seconds), daemon=True, name="download"
        )
        self._thread.start()

    def __enter__(self) -> HttpStream:
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()

    def next(self, wait_seconds: float) -> Response | bytes | None:
        """The next piece, None when none came in time. Raises OSError or http.client.HTTPException."""
        try:
            piece = self._pieces.get(timeout=wait_seconds)
        except queue.Empty:
            return None
        if isinstance(piece, Exception):
            raise piece
        return piece

    def _work(self, request: urllib.request.Request, timeout_seconds: float) -> None:
        try:
            with opener().open(request, timeout=timeout_seconds) as answer:
                self._deliver(answer)
        except urllib.error.HTTPError as error:  # a status of 300 and above: the answer itself
            with error:
                self._put(_head(error.code, error.headers))
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._put(error)

    def _deliver(self, answer: IO[bytes]) -> None:
        assert isinstance(answer, http.client.HTTPResponse)
        self._put(_head(answer.status, answer.headers))
        piece = b"-"
        while piece and not self._ended.is_set():
            piece = answer.read1(CHUNK_BYTES)
            self._put(piece)

    def _put(self, piece: Response | bytes | Exception) -> None:
        while not self._ended.is_set():
            with contextlib.suppress(queue.Full):
                self._pieces.put(piece, timeout=0.1)
                return


def _head(status: int, headers: Message) -> Response:
    return Response(status, {name.lower(): value.strip() for name, value in headers.items()})


class _NoDowngrade(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but never from https to an address anybody on the way can answer for."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if req.type == "https" and not newurl.lower().startswith("https:"):
            raise urllib.error.URLError("the server redirects to an address that is not secure")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def opener() -> urllib.request.OpenerDirector:
    """Opens http and https only: `build_opener` would read file: and ftp: addresses too.

    With the proxies and certificates of this computer. Follows redirects, but none from https to http.
    """
    director = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=_ssl_context()),
        _NoDowngrade(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        director.add_handler(handler)
    return director


@cache
def _ssl_context() -> ssl.SSLContext:
    """The certificates this computer trusts, a company's own among them; certifi's where it has none to show."""
    paths = ssl.get_default_verify_paths()
    if os.name == "posix" and paths.cafile is None and paths.capath is None:
        with contextlib.suppress(ImportError):
            import certifi

            return ssl.create_default_context(cafile=certifi.where())
    try:
        import truststore
    except ImportError:
        return ssl.create_default_context()
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
