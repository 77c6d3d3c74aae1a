"""A torch worker seen from this process: started, asked, and found out about when it dies."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import tempfile
import threading
import weakref
from typing import IO, BinaryIO, cast

from resnet_core.engines.base import DeviceError
from resnet_core.engines.messages import Message, read_message, write_message
from resnet_core.workers import start_worker

GRACE_S = 2.0
"""How long a worker may take to end after its stdin was closed, before it is killed."""

_STDERR_TAIL_BYTES = 4000


class WorkerLostError(Exception):
    """The worker ended, or did not answer in time. `str()` is a clause such as “was ended by signal 9”."""


class WorkerProcess:
    """One torch worker. Not for two threads at once. Raises DeviceError when the process can't be started."""

    def __init__(self, threads: int | None = None) -> None:
        environment = {} if threads is None else {"OMP_NUM_THREADS": str(threads)}
        self._stderr = cast(IO[bytes], tempfile.TemporaryFile())  # noqa: SIM115  # lives as long as the process
        try:
            self._process = start_worker("torch-engine", stderr=self._stderr, environment=environment)
        except OSError as error:
            self._stderr.close()
            raise DeviceError(f"The torch process could not be started: {error.strerror or error}.") from error
        self._replies: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._reader = threading.Thread(
            target=_read_replies, args=(self._process.stdout, self._replies), name="torch worker's replies", daemon=True
        )
        self._reader.start()
        self._end = weakref.finalize(self, _end, self._process, self._reader, self._stderr)

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, message: Message, *, timeout_s: float) -> Message:
        """The worker's answer. Raises WorkerLostError; this object is then closed."""
        try:
            write_message(cast(BinaryIO, self._process.stdin), message)
            reply = self._replies.get(timeout=timeout_s)
        except OSError:
            reply = None
        except queue.Empty:
            self.close()
            raise WorkerLostError(f"did not answer within {timeout_s:.0f} s") from None
        if reply is None:
            raise self._lost()
        return reply

    def close(self) -> None:
        """Ends the process, gently if it lets us. May be called again."""
        self._end()

    def _lost(self) -> WorkerLostError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(GRACE_S)
        code = self._process.poll()
        lost = WorkerLostError(
            f"was ended by signal {-code}" if code is not None and code < 0 else f"ended with code {code}"
        )
        with contextlib.suppress(OSError, ValueError):
            self._stderr.seek(0, 2)
            self._stderr.seek(max(self._stderr.tell() - _STDERR_TAIL_BYTES, 0))
            printed = self._stderr.read().decode(errors="replace").strip()
            if printed:
                lost.add_note(printed)
        self.close()
        return lost


def _read_replies(stdout: BinaryIO, replies: queue.SimpleQueue[Message | None]) -> None:
    """Into the queue until the worker ends; None then, and for bytes that are no message."""
    try:
        while True:
            replies.put(read_message(stdout))
    except (EOFError, OSError, ValueError):
        replies.put(None)


def _end(process: subprocess.Popen[bytes], reader: threading.Thread, stderr: IO[bytes]) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(OSError):
        process.stdin.close()
    try:
        process.wait(GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    reader.join()
    process.stdout.close()
    stderr.close()
