"""A picture from an http(s) address, as a browser drops it. Python's ssl, never Qt's, which does not know OpenSSL 3."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import PurePosixPath

from resnet_core.errors import Cancelled, DownloadError
from resnet_core.images import Picture, decode_image
from resnet_core.version import VERSION

MOST_BYTES = 64_000_000
TIMEOUT_S = 15.0
_PIECE = 1 << 16


def fetch_picture(address: str, cancel: Callable[[], bool]) -> Picture:
    """Fetch and decode. Raises DownloadError, ImageError, Cancelled."""
    parts = urllib.parse.urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise DownloadError(f"{address} is not an address of a picture on the web.", can_retry=False)
    request = urllib.request.Request(address, headers={"User-Agent": f"ResNetLens/{VERSION}", "Accept": "image/*"})
    try:
        with _opener().open(request, timeout=TIMEOUT_S) as answer:
            data = bytearray()
            while piece := answer.read(_PIECE):
                if cancel():
                    raise Cancelled
                data += piece
                if len(data) > MOST_BYTES:
                    raise DownloadError(f"{address} is larger than {MOST_BYTES // 10**6} MB.", can_retry=False)
    except urllib.error.HTTPError as error:
        raise DownloadError(f"{parts.hostname} answered {error.code} {error.reason}.", can_retry=False) from error
    except OSError as error:
        reason = getattr(error, "reason", None) or error
        raise DownloadError(f"{parts.hostname} could not be reached: {reason}.") from error
    return decode_image(bytes(data), name=PurePosixPath(urllib.parse.unquote(parts.path)).name or parts.hostname)


def _opener() -> urllib.request.OpenerDirector:
    """Without file: and ftp:, which a redirect could lead to; the system's certificates and proxies."""
    import ssl

    import truststore

    opener = urllib.request.OpenerDirector()
    handlers: list[urllib.request.BaseHandler] = [
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ]
    for handler in handlers:
        opener.add_handler(handler)
    return opener
