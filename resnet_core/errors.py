"""What can go wrong, as sentences for the person in front of the screen.

Every `LensError` carries a message that can be shown as it is: one or two sentences, naming the thing and the
reason. `kind` is the stable word that `--json` output and tests use.
"""

from __future__ import annotations

from typing import ClassVar


class LensError(Exception):
    """Base of every error this program explains. `str(error)` is a sentence for the user."""

    kind: ClassVar[str] = "error"


class ImageError(LensError):
    """A picture can't be used: not an image, cut off, too large, gone, not readable."""

    kind = "image"


class WeightsError(LensError):
    """A set of weights can't be used: not a ResNet, damaged, unknown, not on this disk."""

    kind = "weights"


class WrongContentError(WeightsError):
    """A weights file is at fault itself: it holds no network, or not the one it should. No other attempt helps."""


class DatasetError(LensError):
    """A data set is missing, incomplete or damaged."""

    kind = "dataset"


class DownloadError(LensError):
    """A download did not finish. `kept_bytes` says how much stays on disk to go on from.

    `can_retry` tells a passing fault (connection lost) from a final one (the file is gone from the server).
    """

    kind = "download"

    def __init__(self, message: str, *, kept_bytes: int = 0, can_retry: bool = True) -> None:
        super().__init__(message)
        self.kept_bytes = kept_bytes
        self.can_retry = can_retry


class EngineError(LensError):
    """A network can't run on a device: absent, out of memory, lost, or the request does not fit the network."""

    kind = "engine"


class Cancelled(Exception):
    """Raised inside a long task when the user called it off. It is not an error and is never shown."""
