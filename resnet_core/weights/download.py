"""Downloads one file: resumable, verified, cancellable, once at a time.

What has arrived lies in `<target>.part`. It is continued with Range and If-Range, so a file that changed on the
server meanwhile comes anew; and whatever the way it came, a file whose length or sha256 is wrong never gets the name
`target`.
"""

from __future__ import annotations

import errno
import hashlib
import http.client
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import urlsplit

from resnet_core.calls import Cancel, Progress
from resnet_core.errors import Cancelled, DownloadError
from resnet_core.weights.faults import FinalFaultError, PassingFaultError, UnreachableError, WrongFileError, fault_of
from resnet_core.weights.http_stream import HttpStream, Response
from resnet_core.weights.locks import POLL_SECONDS, locked
from resnet_core.weights.partial_file import PartialFile

MIRROR_VARIABLE = "RESNET_LENS_MIRROR"
SPARE_BYTES = 64 << 20  # disk space left over for everybody else
_BUSY = {408, 425, 429, 500, 502, 503, 504}
_PAGE_STARTS = (b"<!doctype", b"<html", b"<?xml", b"<head")
_A_PAGE_CAME = "a web page came in place of the file, perhaps a sign-in page of this network"


@dataclass(frozen=True)
class Patience:
    """How long a download waits, and how often it tries again. Attempts that bring data don't count."""

    stall_seconds: float = 30.0
    pauses_seconds: tuple[float, ...] = (1.0, 3.0, 8.0)


PATIENT = Patience()


def addresses(url: str, mirrors: Sequence[str] = ()) -> tuple[str, ...]:
    """Where to look for a file: in the folders of RESNET_LENS_MIRROR (blanks between them), in `mirrors`, at `url`."""
    folders = [*os.environ.get(MIRROR_VARIABLE, "").split(), *mirrors]
    name = PurePosixPath(urlsplit(url).path).name
    return tuple(dict.fromkeys([*(f"{folder.rstrip('/')}/{name}" for folder in folders), url]))


def download(
    urls: str | Sequence[str],
    target: Path,
    *,
    size_bytes: int | None = None,
    beside_bytes: int = 0,
    sha256_prefix: str | None = None,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    patience: Patience = PATIENT,
) -> Path:
    """Brings the file at one of `urls` (tried in order) to `target`, unless it is there already. Gives `target`.

    `size_bytes` is its size to within 0.1 %, checked before the first byte is taken, as is the room on the disk for it
    and for `beside_bytes` more, which whoever wants it needs later. Raises DownloadError, which says what was kept, and
    Cancelled (what has arrived is kept).
    """
    job = _Job(target, size_bytes, beside_bytes, sha256_prefix, progress, cancel, patience)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(Path(f"{target}.lock"), job.watch):  # another process bringing the same file does our work
            job.run([urls] if isinstance(urls, str) else urls)
    except OSError as error:
        raise job.disk_error(error) from None
    return target


def part_bytes(target: Path) -> int:
    """How much of `target` an unfinished download has brought."""
    return PartialFile(target).size_bytes


class _Job:
    """One download. OSErrors that leave it are of this disk; those of the network become faults in `_next`."""

    def __init__(
        self,
        target: Path,
        size_bytes: int | None,
        beside_bytes: int,
        sha256_prefix: str | None,
        progress: Progress | None,
        cancel: Cancel | None,
        patience: Patience,
    ) -> None:
        self._target = target
        self._size_bytes = size_bytes
        self._beside_bytes = beside_bytes
        self._slack_bytes = max(1024, (size_bytes or 0) // 1000)
        self._sha256_prefix = sha256_prefix
        self._progress = progress
        self._cancel = cancel
        self._patience = patience
        self._part = PartialFile(target)

    def run(self, urls: Sequence[str]) -> None:
        if self._target.is_file() and self._is_expected(self._target):
            return
        reasons, can_retry = [], False
        for url in urls:
            try:
                self._from(url)
                return
            except (FinalFaultError, PassingFaultError) as fault:
                can_retry = can_retry or isinstance(fault, PassingFaultError)
                reasons.append(f"{urlsplit(url).hostname or url}: {fault}")
        message = f"{self._target.name} could not be downloaded ({'; '.join(reasons)}).{self._kept()}"
        raise DownloadError(message, kept_bytes=self._part.size_bytes, can_retry=can_retry)

    def watch(self) -> None:
        """While another process downloads."""
        self._check_cancelled()
        self._report(self._part.size_bytes, None)

    def disk_error(self, error: OSError) -> DownloadError:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
            message = f"There is not enough space in {self._target.parent}.{self._needs()}{self._kept()}"
        else:
            message = f"{self._target} can't be written: {error.strerror or error}."
        return DownloadError(message, kept_bytes=self._part.size_bytes)

    def _needs(self) -> str:
        name, size_mb, beside_mb = self._target.name, (self._size_bytes or 0) / 1e6, self._beside_bytes / 1e6
        if beside_mb:
            return f" {name} takes {size_mb:.0f} MB, and {beside_mb:.0f} MB more until it is ready."
        return f" {name} takes {size_mb:.0f} MB." if size_mb else ""

    def _kept(self) -> str:
        kept = self._part.size_bytes
        return f" {kept / 1e6:.1f} MB are kept, and the next attempt goes on from there." if kept else ""

    def _from(self, url: str) -> None:
        """Tries one address until it has given the file or no hope."""
        failures = 0
        while True:
            before = self._part.size_bytes
            try:
                resumed = self._fetch(url)
                if self._is_expected(self._part.path):
                    self._part.finish()
                    return
                if not resumed:
                    raise WrongFileError("what came is another file: its checksum or size differs; nothing was kept")
                self._part.forget()  # and once more from the start: the part may have been of another version
            except WrongFileError:
                self._part.forget()
                raise
            except UnreachableError:
                raise
            except PassingFaultError:
                failures = 1 if self._part.size_bytes > before else failures + 1
                if failures > len(self._patience.pauses_seconds):
                    raise
                self._sleep(self._patience.pauses_seconds[failures - 1])

    def _fetch(self, url: str) -> bool:
        """One request, to the end of its body. Gives whether it went on from what was there before."""
        headers = self._part.range_headers(url, verifiable=self._sha256_prefix is not None)
        have = self._part.size_bytes if headers else 0
        try:
            stream = HttpStream(url, headers, self._patience.stall_seconds)
        except ValueError:
            raise FinalFaultError("that is no http or https address") from None
        with stream:
            response = self._next(stream)
            assert isinstance(response, Response)
            if response.status == 416 and have:
                if _content_range(response)[1] == have:
                    return True  # all of it was there
                self._part.forget()
                raise PassingFaultError("the file there is shorter than the part that was kept; it starts anew")
            resumed, total = self._agree(response, have)
            if not resumed:
                self._part.start(url, response)
            self._check_space(total)
            with self._part.path.open("ab") as file:
                try:
                    self._receive(stream, file, total)
                finally:
                    file.flush()
                    os.fsync(file.fileno())
        return resumed

    def _agree(self, response: Response, have: int) -> tuple[bool, int | None]:
        """Whether the answer goes on from the part, and the whole file's length. Raises the faults."""
        if response.status not in (200, 206):
            kind = PassingFaultError if response.status in _BUSY else FinalFaultError
            phrase = http.client.responses.get(response.status, "")
            raise kind(f"the server answers {response.status} {phrase}".rstrip())
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise FinalFaultError("the server sends the file in another form")
        if response.headers.get("content-type", "").lower().startswith(("text/html", "application/xhtml")):
            raise FinalFaultError(_A_PAGE_CAME)
        total = response.number("content-length")
        if response.status == 206:
            start, total = _content_range(response)
            if not have or start != have:
                self._part.forget()
                raise PassingFaultError("the server sent another part of the file than was asked for")
        if self._size_bytes is not None and total is not None and abs(total - self._size_bytes) > self._slack_bytes:
            raise FinalFaultError(f"the file there has {total:,} bytes, not about {self._size_bytes:,}")
        return response.status == 206, total

    def _receive(self, stream: HttpStream, file: BinaryIO, total: int | None) -> None:
        """Appends the body to the part."""
        limit = total if total is not None or self._size_bytes is None else self._size_bytes + self._slack_bytes
        have = file.tell()
        self._report(have, total)
        while piece := self._next(stream):
            assert isinstance(piece, bytes)
            if not have and piece.removeprefix(b"\xef\xbb\xbf").lstrip()[:9].lower().startswith(_PAGE_STARTS):
                raise WrongFileError(_A_PAGE_CAME)
            if limit is not None and have + len(piece) > limit:
                raise WrongFileError("more came than the file is long; nothing was kept")
            file.write(piece)
            have += len(piece)
            self._report(have, total)
        if total is not None and have < total:
            raise PassingFaultError(f"the connection ended after {have:,} of {total:,} bytes")

    def _next(self, stream: HttpStream) -> Response | bytes:
        """The next piece of the answer. Raises Cancelled within POLL_SECONDS, and the faults."""
        patient_until = time.monotonic() + self._patience.stall_seconds
        while True:
            self._check_cancelled()
            try:
                piece = stream.next(min(POLL_SECONDS, self._patience.stall_seconds))
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise fault_of(error) from None
            if piece is not None:
                return piece
            if time.monotonic() >= patient_until:
                raise PassingFaultError(f"nothing came for {self._patience.stall_seconds:g} seconds")

    def _is_expected(self, path: Path) -> bool:
        """Whether that is the file, as far as its length and checksum are known."""
        if self._size_bytes is not None and abs(path.stat().st_size - self._size_bytes) > self._slack_bytes:
            return False
        if self._sha256_prefix is None:
            return True
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                self._check_cancelled()
                digest.update(piece)
        return digest.hexdigest().startswith(self._sha256_prefix.lower())

    def _check_space(self, total: int | None) -> None:
        """Raises OSError when the rest would not fit on the disk."""
        missing = (total or self._size_bytes or 0) - self._part.size_bytes + self._beside_bytes
        if shutil.disk_usage(self._target.parent).free < missing + SPARE_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _report(self, done: int, total: int | None) -> None:
        if self._progress is not None:
            self._progress(done, total or self._size_bytes)

    def _check_cancelled(self) -> None:
        if self._cancel is not None and self._cancel():
            raise Cancelled

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._check_cancelled()
            time.sleep(min(POLL_SECONDS, left))


def _content_range(response: Response) -> tuple[int | None, int | None]:
    """First byte and length of the whole: "bytes 100-199/200" -> (100, 200), "bytes */200" -> (None, 200)."""
    unit, _, rest = response.headers.get("content-range", "").partition(" ")
    span, _, total = rest.partition("/")
    start = span.partition("-")[0]
    numbers = (int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None for text in (start, total))
    return (next(numbers), next(numbers)) if unit.lower() == "bytes" else (None, None)
