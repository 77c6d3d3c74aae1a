"""The part of a download that has arrived, and what the server said of the file it belongs to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from resnet_core.atomic import sync_folder
from resnet_core.weights.http_stream import Response


class PartialFile:
    """`<target>.part` with the bytes so far, `<target>.part.json` with the address and the version they come from."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.path = Path(f"{target}.part")
        self._record = Path(f"{target}.part.json")

    @property
    def size_bytes(self) -> int:
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def range_headers(self, url: str, *, verifiable: bool) -> dict[str, str]:
        """What asks `url` for the rest; empty when nothing would show whether part and rest belong together.

        With a validator of that address the server sees to it (If-Range); else a checksum has to (`verifiable`).
        """
        have = self.size_bytes
        record = self._recorded()
        validator = record.get("validator", "")
        if have and record.get("url") == url and validator:
            return {"Range": f"bytes={have}-", "If-Range": validator}
        return {"Range": f"bytes={have}-"} if have and verifiable else {}

    def start(self, url: str, response: Response) -> None:
        """An empty part of the file that `response` gives. A weak ETag does not promise the same bytes."""
        self.forget()
        etag = response.headers.get("etag", "")
        validator = etag if etag and not etag.startswith("W/") else response.headers.get("last-modified", "")
        self._record.write_text(json.dumps({"url": url, "validator": validator}), encoding="utf-8")

    def finish(self) -> None:
        """The part is the whole: it takes the target's name."""
        self.path.replace(self.target)
        sync_folder(self.target.parent)
        self._record.unlink(missing_ok=True)

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)
        self._record.unlink(missing_ok=True)

    def _recorded(self) -> Mapping[str, str]:
        try:
            record = json.loads(self._record.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        valid = isinstance(record, dict) and all(isinstance(value, str) for value in record.values())
        return record if valid else {}
