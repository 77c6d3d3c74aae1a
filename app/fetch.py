"""A picture from an http(s) address, as a browser drops it. Python's ssl, never Qt's, which does not know OpenSSL 3."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import PurePosixPath

from resnet_core.errors import Cancelled, DownloadError
from resnet_core.images import Picture, decode_image
from resnet_core.weights.http_stream import USER_AGENT, opener

MOST_BYTES = 64_000_000
TIMEOUT_S = 15.0
_PIECE = 1 << 16


def fetch_picture(address: str, cancel: Callable[[], bool]) -> Picture:
    """Fetch and decode. Raises DownloadError, ImageError, Cancelled."""
    no_address = DownloadError(f"{address} is not an address of a picture on the web.", can_retry=False)
    try:
        parts = urllib.parse.urlsplit(address)
        port = parts.port  # looked at here, where it may turn out to be none
    except ValueError:
        raise no_address from None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise no_address
    request = urllib.request.Request(address, headers={"User-Agent": USER_AGENT, "Accept": "image/*"})
    try:
        with opener().open(request, timeout=TIMEOUT_S) as answer:
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
    except (http.client.InvalidURL, ValueError) as error:  # a blank, an umlaut
        raise no_address from error
    except http.client.IncompleteRead as error:
        raise DownloadError(f"The connection to {parts.hostname} ended before the picture was whole.") from error
    except http.client.HTTPException as error:
        raise DownloadError(f"{parts.hostname} gave an answer that makes no sense.") from error
    return decode_image(bytes(data), name=PurePosixPath(urllib.parse.unquote(parts.path)).name or parts.hostname)
