"""Downloads from a server of our own that cuts, stalls, lies, moves and serves web pages."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from random_networks import random_parameters

from resnet_core.errors import Cancelled, DownloadError, WeightsError
from resnet_core.spec import ResNetSpec
from resnet_core.weights import checkpoint, shelf, store, torch_export
from resnet_core.weights import download as downloads
from resnet_core.weights.catalog import CIFAR10, WeightsInfo
from resnet_core.weights.download import MIRROR_VARIABLE, Patience, addresses, download
from resnet_core.weights.http_stream import _NoDowngrade
from resnet_core.weights.recognise import recognise
from resnet_core.weights.store import WeightsStore
from resnet_core.weights.tensors import RefusedError
from resnet_core.workers import start_worker

DATA = np.random.default_rng(0).bytes(300_000)
SHA = hashlib.sha256(DATA).hexdigest()[:8]
QUICK = Patience(stall_seconds=0.3, pauses_seconds=(0.01, 0.01))

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers with the next of the server's script, the last of it again and again."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.close_connection = True
        self.server.requests.append((self.path, dict(self.headers)))
        script = self.server.script
        (script.pop(0) if len(script) > 1 else script[0])(self)

    def log_message(self, *args: object) -> None:
        """Nobody reads it."""

    def head(self, status: int, **headers: object) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: list[Answer] = []
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.released = threading.Event()

    def url(self, name: str = "model.pth") -> str:
        return f"http://127.0.0.1:{self.server_port}/{name}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the test."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.released.set()
    server.shutdown()
    server.server_close()
    thread.join()


# --- answers ---------------------------------------------------------------------------------------------------------


def good(data: bytes = DATA, etag: str = '"v1"', kind: str = "application/octet-stream") -> Answer:
    """As an ordinary server answers: ranges, and If-Range by its ETag."""

    def answer(handler: Handler) -> None:
        wanted = handler.headers.get("Range")
        same = handler.headers.get("If-Range", etag) == etag
        if wanted and same:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            if start >= len(data):
                handler.head(416, Content_Range=f"bytes */{len(data)}", Content_Length=0)
                return
            span = f"bytes {start}-{len(data) - 1}/{len(data)}"
            handler.head(206, Content_Length=len(data) - start, Content_Range=span, ETag=etag, Content_Type=kind)
            handler.wfile.write(data[start:])
        else:
            handler.head(200, Content_Length=len(data), ETag=etag, Content_Type=kind)
            handler.wfile.write(data)

    return answer


def cut(at: int, data: bytes = DATA, etag: str = '"v1"') -> Answer:
    """Promises all and hangs up after `at` bytes."""

    def answer(handler: Handler) -> None:
        handler.head(200, Content_Length=len(data), ETag=etag)
        handler.wfile.write(data[:at])

    return answer


def stall(at: int) -> Answer:
    """Sends `at` bytes and then nothing."""

    def answer(handler: Handler) -> None:
        handler.head(200, Content_Length=len(DATA), ETag='"v1"')
        handler.wfile.write(DATA[:at])
        handler.wfile.flush()
        handler.server.released.wait(30)

    return answer


def status(code: int, **headers: object) -> Answer:
    return lambda handler: handler.head(code, Content_Length=0, **headers)


def body(data: bytes, **headers: object) -> Answer:
    """These bytes with these headers, whatever was asked for."""

    def answer(handler: Handler) -> None:
        handler.head(200, **headers)
        handler.wfile.write(data)

    return answer


# --- bringing a file -------------------------------------------------------------------------------------------------


@dataclass
class Fetch:
    """A download into a folder of its own, with the progress it reported."""

    server: Server
    target: Path
    reports: list[tuple[int, int | None]] = field(default_factory=list)

    def __call__(self, *answers: Answer, urls: Any = None, **options: Any) -> Path:
        self.server.script = list(answers)
        options = {"sha256_prefix": SHA, "size_bytes": len(DATA), "patience": QUICK} | options
        report = lambda done, total: self.reports.append((done, total))  # noqa: E731
        return download(urls or self.server.url(), self.target, progress=report, **options)

    def names(self) -> set[str]:
        """What lies in the folder, but for the lock."""
        return {path.name for path in self.target.parent.iterdir() if path.suffix != ".lock"}


@pytest.fixture
def fetch(server: Server, tmp_path: Path) -> Fetch:
    return Fetch(server, tmp_path / "files" / "model.pth")


def test_a_file_arrives_whole_with_progress(fetch: Fetch) -> None:
    assert fetch(good()).read_bytes() == DATA
    assert fetch.names() == {"model.pth"}
    assert fetch.reports[0] == (0, len(DATA))
    assert fetch.reports[-1] == (len(DATA), len(DATA))
    assert sorted(fetch.reports) == fetch.reports


def test_a_file_that_is_there_is_not_fetched_again(fetch: Fetch) -> None:
    fetch(good())
    fetch(status(500))
    assert len(fetch.server.requests) == 1
    fetch.target.write_bytes(b"damaged")
    assert fetch(good()).read_bytes() == DATA


def test_a_cut_download_goes_on_where_it_ended(fetch: Fetch) -> None:
    assert fetch(cut(100_000), good()).read_bytes() == DATA
    (_, first), (_, second) = fetch.server.requests
    assert "Range" not in first
    assert (second["Range"], second["If-Range"]) == ("bytes=100000-", '"v1"')


def test_what_was_kept_is_said_and_used(fetch: Fetch) -> None:
    with pytest.raises(DownloadError, match=r"503 Service Unavailable.*0\.1 MB are kept") as caught:
        fetch(cut(100_000), status(503))
    assert (caught.value.kept_bytes, caught.value.can_retry) == (100_000, True)
    assert fetch(good()).read_bytes() == DATA
    assert fetch.server.requests[-1][1]["Range"] == "bytes=100000-"


def test_a_server_that_ignores_ranges_starts_anew(fetch: Fetch) -> None:
    assert fetch(cut(100_000), body(DATA, Content_Length=len(DATA))).read_bytes() == DATA


def test_a_file_that_changed_meanwhile_comes_anew(fetch: Fetch) -> None:
    old = bytes(len(DATA))
    assert fetch(cut(100_000, data=old, etag='"v0"'), good()).read_bytes() == DATA


def test_parts_of_two_versions_are_never_joined(fetch: Fetch) -> None:
    """Without an ETag nothing but the checksum can tell; then all comes once more."""

    def anonymous(handler: Handler) -> None:
        start = int(handler.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        headers = {"Content_Range": f"bytes {start}-{len(DATA) - 1}/{len(DATA)}"} if start else {}
        handler.head(206 if start else 200, Content_Length=len(DATA) - start, **headers)
        handler.wfile.write(DATA[start:])

    old = body(bytes(100_000), Content_Length=len(DATA))
    assert fetch(old, anonymous).read_bytes() == DATA
    assert "Range" not in fetch.server.requests[-1][1]


def test_a_whole_part_needs_no_more_bytes(fetch: Fetch) -> None:
    """As after a crash between the last byte and the new name."""
    fetch.target.parent.mkdir()
    Path(f"{fetch.target}.part").write_bytes(DATA)
    assert fetch(good()).read_bytes() == DATA
    Path(f"{fetch.target}.part").write_bytes(DATA + b"too long")
    fetch.target.unlink()
    assert fetch(good()).read_bytes() == DATA


def test_a_wrong_range_is_not_believed(fetch: Fetch) -> None:
    def elsewhere(handler: Handler) -> None:
        handler.head(206, Content_Length=10, Content_Range=f"bytes 5-14/{len(DATA)}")
        handler.wfile.write(DATA[5:15])

    assert fetch(cut(100_000), elsewhere, good()).read_bytes() == DATA


def test_a_server_in_trouble_is_asked_again(fetch: Fetch) -> None:
    assert fetch(status(503), status(502), good()).read_bytes() == DATA


def test_redirects_are_followed_but_not_out_of_https(fetch: Fetch) -> None:
    assert fetch(status(302, Location="/elsewhere"), good()).read_bytes() == DATA
    assert fetch.server.requests[1][0] == "/elsewhere"
    request = urllib.request.Request("https://127.0.0.1/model.pth")
    with pytest.raises(urllib.error.URLError, match="not secure"):
        _NoDowngrade().redirect_request(request, BytesIO(), 302, "", HTTPMessage(), "http://127.0.0.1/model.pth")


def test_a_stalled_server_is_given_up_on_and_resumed(fetch: Fetch) -> None:
    assert fetch(stall(100_000), good()).read_bytes() == DATA
    assert fetch.server.requests[1][1]["Range"] == "bytes=100000-"
    fetch.target.unlink()
    with pytest.raises(DownloadError, match=r"nothing came for 0\.3 seconds|does not answer any more"):
        fetch(stall(0))


@pytest.mark.parametrize(
    ("answer", "reason", "can_retry"),
    [
        (status(404), "404 Not Found", False),
        (status(403), "403 Forbidden", False),
        (body(b"<!DOCTYPE html><html>", Content_Type="text/html; charset=utf-8"), "a web page", False),
        (body(b"\n <html>sign in", Content_Type="application/octet-stream"), "a web page", False),
        (body(b"x" * 1000, Content_Length=1000), "has 1,000 bytes, not about 300,000", False),
        (body(b"x" * len(DATA), Content_Length=len(DATA)), "its checksum or size differs", False),
        (body(b"x" * (len(DATA) + 5000)), "more came than the file is long", False),
        (body(DATA, Content_Encoding="gzip", Content_Length=len(DATA)), "in another form", False),
        (body(b"x" * 1000), "its checksum or size differs", False),
    ],
)  # fmt: skip
def test_what_is_not_the_file_is_refused_and_not_kept(
    fetch: Fetch, answer: Answer, reason: str, can_retry: bool
) -> None:
    with pytest.raises(DownloadError, match=reason) as caught:
        fetch(answer)
    assert (caught.value.can_retry, caught.value.kept_bytes) == (can_retry, 0)
    assert str(caught.value).startswith("model.pth could not be downloaded (127.0.0.1: ")
    assert fetch.names() <= {"model.pth.part.json"}


def test_no_connection_is_said_at_once(fetch: Fetch) -> None:
    with pytest.raises(DownloadError, match="can't be reached") as caught:
        fetch(good(), urls="http://127.0.0.1:9/model.pth")
    assert caught.value.can_retry
    for address in ("file:///etc/passwd", "ftp://127.0.0.1/x", "nonsense"):
        with pytest.raises(DownloadError) as caught:
            fetch(good(), urls=address)
        assert not caught.value.can_retry


def test_the_next_address_is_tried(fetch: Fetch) -> None:
    urls = [fetch.server.url("a/model.pth"), fetch.server.url("b/model.pth")]
    assert fetch(status(404), good(), urls=urls).read_bytes() == DATA
    assert [path for path, _ in fetch.server.requests] == ["/a/model.pth", "/b/model.pth"]


def test_mirrors_come_before_the_publisher(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MIRROR_VARIABLE, "https://one.example/files/ https://two.example")
    assert addresses("https://there.example/models/net-1234.pth", ["https://three.example/x"]) == (
        "https://one.example/files/net-1234.pth",
        "https://two.example/net-1234.pth",
        "https://three.example/x/net-1234.pth",
        "https://there.example/models/net-1234.pth",
    )


def test_a_proxy_from_the_environment_is_used(fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", fetch.server.url(""))
    monkeypatch.setenv("no_proxy", "")
    assert fetch(good(), urls="http://files.example/model.pth").read_bytes() == DATA
    assert fetch.server.requests[0][0] == "http://files.example/model.pth"


@pytest.mark.parametrize("at", [0, 100_000])
def test_a_download_is_cancelled_within_half_a_second(fetch: Fetch, at: int) -> None:
    asked = threading.Event()
    fetch.server.script = [stall(at)]
    outcome: list[object] = []

    def run() -> None:
        try:
            fetch(stall(at), cancel=asked.is_set, patience=Patience(stall_seconds=20))
        except Cancelled:
            outcome.append(time.monotonic())

    thread = threading.Thread(target=run)
    thread.start()
    while not fetch.server.requests or (at and not any(done == at for done, _ in fetch.reports)):
        assert thread.is_alive()
        thread.join(0.01)
    start = time.monotonic()
    asked.set()
    thread.join(5)
    assert isinstance(outcome[0], float)
    assert outcome[0] - start < 0.5
    assert not fetch.target.exists()
    assert fetch(good()).read_bytes() == DATA
    assert fetch.server.requests[-1][1].get("Range") == (f"bytes={at}-" if at else None)


def test_a_full_disk_is_said_before_it_is_full(fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=1000)
    monkeypatch.setattr(downloads.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(DownloadError, match=r"not enough space in .*model\.pth takes 0 MB\.$"):
        fetch(good())


def test_a_disk_that_fills_up_keeps_what_it_took(fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(downloads.os, "fsync", no_space)
        with pytest.raises(DownloadError, match="not enough space") as caught:
            fetch(good())
        assert caught.value.kept_bytes > 0
    assert fetch(good()).read_bytes() == DATA


# --- into the store --------------------------------------------------------------------------------------------------


SMALL = ResNetSpec("small", "basic", (1, 1, 1, 1), 3, planes=4)


@pytest.fixture
def published(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WeightsInfo:
    """A small set of weights that the server publishes."""
    path = tmp_path / "small.pth"
    torch_export.write_state_dict(path, random_parameters(SMALL))
    data = path.read_bytes()
    server.script = [good(data)]
    info = WeightsInfo(
        "small.published_v1", recognise(SMALL.parameter_shapes).spec, "Published", "published", CIFAR10,
        url=server.url("small.pth"), size_bytes=len(data), sha256_prefix=hashlib.sha256(data).hexdigest()[:8],
    )  # fmt: skip
    monkeypatch.setattr(store, "PUBLISHED", (info,))
    monkeypatch.setattr(shelf, "PUBLISHED", (info,))
    return info


def test_published_weights_are_fetched_checked_and_converted(published: WeightsInfo, home: Path) -> None:
    weights = WeightsStore(home, patience=QUICK)
    assert not weights.get(published.id).on_disk
    info = weights.download(published.id)
    assert info.on_disk
    assert weights.get(published.id) == info
    loaded = weights.load(published.id).parameters
    assert all(np.array_equal(loaded[name], array) for name, array in random_parameters(SMALL).items())
    assert not list(home.rglob("*.pth*.part*"))
    assert not [path for path in home.rglob("*.pth") if path.is_file()]
    assert weights.download(published.id) == info


def test_two_who_want_the_same_weights_fetch_them_once(published: WeightsInfo, server: Server, home: Path) -> None:
    stores = [WeightsStore(home, patience=QUICK) for _ in range(3)]
    answers: list[WeightsInfo] = []
    threads = [threading.Thread(target=lambda s=s: answers.append(s.download(published.id))) for s in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [info.path for info in answers] == [home / "weights" / "small.published_v1.safetensors"] * 3
    assert len(server.requests) == 1


def test_a_publisher_with_another_network_is_not_believed(
    published: WeightsInfo, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = WeightsInfo(**(vars(published) | {"spec": published.spec.with_classes(4)}))
    monkeypatch.setattr(store, "PUBLISHED", (other,))
    with pytest.raises(WeightsError, match="is a resnet10_w4"):
        WeightsStore(home, patience=QUICK).download(other.id)
    assert not [path for path in home.rglob("*") if path.is_file() and path.suffix != ".lock"]


def test_a_network_is_converted_where_its_download_lies(
    published: WeightsInfo, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = []

    def watched(name: str, source: str, target: str, *rest: str, **options: Any) -> Any:
        copies.append(Path(target))
        return start_worker(name, source, target, *rest, **options)

    left = home / "weights" / "downloads" / "small.pth.work" / "by one that was killed"
    left.mkdir(parents=True)
    monkeypatch.setattr(checkpoint, "start_worker", watched)
    WeightsStore(home, patience=QUICK).download(published.id)
    assert copies[0].is_relative_to(left.parent)
    assert not left.parent.exists()


def test_the_disk_has_room_for_converting_too(
    published: WeightsInfo, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert published.size_bytes is not None
    usage = shutil.disk_usage("/")._replace(free=downloads.SPARE_BYTES + 2 * published.size_bytes - 1)
    monkeypatch.setattr(downloads.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(DownloadError, match=r"not enough space in .*small\.pth takes 0 MB, and 0 MB more until"):
        WeightsStore(home, patience=QUICK).download(published.id)
    monkeypatch.setattr(downloads.shutil, "disk_usage", lambda _: usage._replace(free=usage.free + 1))
    assert WeightsStore(home, patience=QUICK).download(published.id).on_disk


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("a full disk", "small.pth can't be read: No such file or directory."),
        ("a killed process", "small.pth can't be read: the process that read it ended without an answer, as it does"),
        ("too slow", "small.pth can't be read: reading it takes longer"),
        ("no memory", "small.pth does not fit into this computer's memory."),
    ],
)
def test_a_download_that_this_computer_can_not_convert_is_kept(
    published: WeightsInfo, server: Server, home: Path, monkeypatch: pytest.MonkeyPatch, fault: str, said: str
) -> None:
    def nowhere(name: str, source: str, target: str, *rest: str, **options: Any) -> Any:
        return start_worker(name, source, f"{target}/gone/out", *rest, **options)

    def no_memory(*_: object) -> None:
        raise MemoryError

    weights = WeightsStore(home, patience=QUICK)
    with monkeypatch.context() as patch:
        match fault:
            case "a full disk":
                patch.setattr(checkpoint, "start_worker", nowhere)
            case "a killed process":
                patch.setattr(checkpoint, "start_worker", lambda *_, **__: start_worker("checkpoint-reader"))
            case "too slow":
                patch.setattr(checkpoint, "READER_SECONDS", 0.0)
            case _:
                patch.setattr(checkpoint, "_read_safetensors", no_memory)
        with pytest.raises(WeightsError) as caught:
            weights.download(published.id)
    assert str(caught.value).startswith(said)
    assert (home / "weights" / "downloads" / "small.pth").is_file()
    assert weights.download(published.id).on_disk
    assert len(server.requests) == 1


def test_a_download_that_holds_no_network_is_not_kept(
    published: WeightsInfo, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RefusedError("it is empty")

    monkeypatch.setattr(checkpoint, "_read_safetensors", refuse)
    with pytest.raises(WeightsError, match=r"small\.pth is not a ResNet: it is empty"):
        WeightsStore(home, patience=QUICK).download(published.id)
    assert not (home / "weights" / "downloads" / "small.pth").exists()


def test_only_published_weights_are_downloads(home: Path, server: Server) -> None:
    with pytest.raises(WeightsError, match="no download"):
        WeightsStore(home).download("resnet18.cifar10")
    with pytest.raises(WeightsError, match="no weights named"):
        WeightsStore(home).download("resnet18.nonsense")
    assert server.requests == []
