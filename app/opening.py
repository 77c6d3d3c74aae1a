"""What a drop, a paste or a dialog brings, as sources the session can open. No picture is decoded by Qt's plugins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QMimeData, QUrl
from PyQt5.QtGui import QImage

from app import links

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resnet_core.images import Picture

SESSION_SUFFIX = ".lens"
WEIGHTS_SUFFIXES = frozenset({".safetensors", ".pth", ".pt"})


def local_paths(mime: QMimeData) -> list[Path]:
    """The files and folders of a drop or a paste that lie on this computer (no network shares by name)."""
    return [Path(url.toLocalFile()) for url in mime.urls() if _is_local(url)]


def web_addresses(mime: QMimeData) -> list[str]:
    """http(s) addresses: opened only after a question."""
    return [url.toString() for url in mime.urls() if url.scheme() in ("http", "https")]


def image(mime: QMimeData) -> QImage | None:
    """The picture data itself, as browsers and screenshot tools give it: a copy, which may go to another thread."""
    found = mime.imageData() if mime.hasImage() else None
    return found.copy() if isinstance(found, QImage) and not found.isNull() else None


def picture(image: QImage, name: str) -> Picture:
    """A finished QImage as a source called `name`. Takes its time: not for the GUI thread. Raises ImageError."""
    from resnet_core.images import from_rgb

    return from_rgb(to_rgb(image), name)


def link(mime: QMimeData) -> str | None:
    """The `resnet-lens://` reference that is dropped or pasted, if it is one."""
    texts = [bytes(url.toEncoded()).decode("ascii", "replace") for url in mime.urls()]
    if mime.hasText():
        texts.append(mime.text().strip())
    return next((text for text in texts if links.is_link(text)), None)


def is_weights(path: Path) -> bool:
    """Whether a file is a network's weights rather than a picture."""
    return path.suffix.lower() in WEIGHTS_SUFFIXES


def is_session(path: Path) -> bool:
    return path.suffix.lower() == SESSION_SUFFIX


def takes(mime: QMimeData) -> bool:
    """Whether a drop can be accepted."""
    return bool(local_paths(mime)) or mime.hasImage() or bool(web_addresses(mime)) or link(mime) is not None


def to_rgb(image: QImage) -> NDArray[np.uint8]:
    """A finished QImage as (H, W, 3) uint8 of its own; transparent parts over white."""
    import numpy as np

    whole = image.convertToFormat(QImage.Format_RGBA8888)
    data = bytes(whole.constBits().asarray(whole.sizeInBytes()))
    rows = np.frombuffer(data, np.uint8).reshape(whole.height(), whole.bytesPerLine())
    rgba = rows[:, : whole.width() * 4].reshape(whole.height(), whole.width(), 4).astype(np.uint16)
    alpha = rgba[..., 3:]
    over_white: NDArray[np.uint8] = ((rgba[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)
    return over_white


def _is_local(url: QUrl) -> bool:
    return url.isLocalFile() and not url.host() and not url.toLocalFile().startswith(("//", "\\\\"))
