"""Reads the weights of a ResNet from any file that may hold some. No code in a file is ever run.

A safetensors file is read here, after a strict look at its header. A torch checkpoint is read by a process of its
own, which hands back a safetensors file. Both then pass the same checks: the network is recognised from names and
shapes, and its numbers are finite and its variances not negative.
"""

from __future__ import annotations

import json
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from resnet_core.calls import Cancel, Progress
from resnet_core.errors import Cancelled, WeightsError, WrongContentError
from resnet_core.spec import ResNetSpec
from resnet_core.weights import safetensors_file
from resnet_core.weights.recognise import assemble, recognise
from resnet_core.weights.safetensors_file import Header
from resnet_core.weights.sniff import FileKind, sniff
from resnet_core.weights.tensors import RefusedError, quoted
from resnet_core.workers import start_worker

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

READER_SECONDS = 30.0
READER_BYTES_PER_SECOND = 10e6
"""A slow disk's: how long the reading process may take besides, before it is taken to hang."""

MAX_ANSWER_BYTES = 1 << 16


@dataclass(frozen=True)
class Checkpoint:
    """The weights in a file. `parameters` are contiguous float32, named and ordered as in `spec.parameter_shapes`."""

    spec: ResNetSpec
    parameters: dict[str, NDArray[np.float32]]
    metadata: Mapping[str, str]  # of a safetensors file; empty for others
    remarks: tuple[str, ...]  # sentences: what was assumed or left out


def read(
    path: str | Path, *, plain: bool | None = None, workspace: Path | None = None, progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Checkpoint:  # fmt: skip
    """The weights in a `.safetensors`, `.pth`, `.pt` or `.bin` file; its content decides, not its name.

    `plain` is for files whose shapes can't tell a plain network from one with parameter-free shortcuts; metadata
    or "plain" in the file's name say so too. `workspace` is the folder that a torch file is copied into for a moment
    (None: the system's for temporary files). Raises WrongContentError ("… is not a ResNet: …"), WeightsError where
    this computer can't read it, and Cancelled.
    """
    path = Path(path)
    if plain is None and "plain" in path.stem.lower():
        plain = True
    try:
        if not S_ISREG(path.stat().st_mode):
            raise WeightsError(f"{path.name} is not a file.")
        if sniff(path) is FileKind.SAFETENSORS:
            return _read_safetensors(path, plain)
        return _read_in_process(path, plain, workspace, progress, cancel)
    except FileNotFoundError:
        raise WeightsError(f"There is no file at {path}.") from None
    except RefusedError as error:
        raise WrongContentError(f"{path.name} is not a ResNet: {error}.") from None
    except MemoryError:
        raise WeightsError(f"{path.name} does not fit into this computer's memory.") from None
    except OSError as error:
        raise WeightsError(f"{path.name} can't be read: {error.strerror or error}.") from None


def recognise_header(header: Header) -> ResNetSpec:
    """The network a safetensors file holds, without reading its numbers. Raises RefusedError."""
    return recognise({name: info.shape for name, info in header.tensors.items()}, plain=_plain(header, None)).spec


def _plain(header: Header, plain: bool | None) -> bool | None:
    """Metadata knows best: "residual", or a network's name."""
    if "residual" in header.metadata:
        return header.metadata["residual"] == "false"
    if "network" in header.metadata:
        return header.metadata["network"].startswith("plain")
    return plain


def _read_safetensors(path: Path, plain: bool | None) -> Checkpoint:
    header = safetensors_file.read_header(path)
    recognised = recognise({name: info.shape for name, info in header.tensors.items()}, plain=_plain(header, plain))
    arrays = safetensors_file.read_tensors(path, header, recognised.names.values())
    by_name = {ours: arrays[theirs] for ours, theirs in recognised.names.items()}
    _check_numbers(by_name)
    return Checkpoint(recognised.spec, assemble(recognised, by_name), header.metadata, recognised.remarks)


def _check_numbers(arrays: Mapping[str, NDArray[np.float32]]) -> None:
    """Raises RefusedError for NaN, infinity, or a variance below zero, whose square root would be NaN."""
    import numpy as np

    for name, array in arrays.items():
        flat = array.reshape(-1)
        with np.errstate(over="ignore", invalid="ignore"):
            squares = np.dot(flat, flat)  # finite unless an element is not, or beyond any sense: one fast pass
        if not np.isfinite(squares) and not np.isfinite(flat).all():
            raise RefusedError(f"{quoted(name)} holds values that are not finite")
        if name.endswith("running_var") and (flat < 0).any():
            raise RefusedError(f"{quoted(name)} holds a negative variance")


def _read_in_process(
    path: Path, plain: bool | None, workspace: Path | None, progress: Progress | None, cancel: Cancel | None
) -> Checkpoint:
    with tempfile.TemporaryDirectory(prefix="resnet-lens-", dir=workspace) as folder:
        target = Path(folder) / "checkpoint.safetensors"
        remarks = _run_reader(path, target, plain, progress, cancel)
        checkpoint = _read_safetensors(target, plain)
    told = (*remarks, *checkpoint.remarks)
    return Checkpoint(checkpoint.spec, checkpoint.parameters, {}, tuple(dict.fromkeys(told)))


def _run_reader(
    source: Path, target: Path, plain: bool | None, progress: Progress | None, cancel: Cancel | None
) -> tuple[str, ...]:
    """Runs the reading process to its end. Gives its remarks. Raises RefusedError, OSError and Cancelled."""
    kind = {None: "unknown", True: "plain", False: "residual"}[plain]
    size = source.stat().st_size
    deadline = time.monotonic() + READER_SECONDS + size / READER_BYTES_PER_SECOND
    # One thread: the libraries below numpy otherwise reserve memory for each processor, which counts against the limit.
    arguments = (str(source.resolve()), str(target), kind)
    worker = start_worker("checkpoint-reader", *arguments, environment={"OPENBLAS_NUM_THREADS": "1"})
    answer: list[bytes] = []
    assert worker.stdout is not None
    assert worker.stdin is not None
    listener = threading.Thread(target=lambda out: answer.append(out.read(MAX_ANSWER_BYTES)), args=(worker.stdout,))
    listener.start()
    try:
        while listener.is_alive():
            listener.join(0.05)
            if cancel is not None and cancel():
                raise Cancelled
            if time.monotonic() > deadline:
                raise TimeoutError("reading it takes longer than a checkpoint of its size may")
            if progress is not None:
                progress(min(_size(target), size), size)
    finally:
        worker.kill()
        listener.join()
        worker.wait()
        worker.stdin.close()
        worker.stdout.close()
    return _understood(answer[0])


def _understood(answer: bytes) -> tuple[str, ...]:
    """The reader's remarks. Raises RefusedError for what is wrong with the file, OSError for all that need not be."""
    try:
        message = json.loads(answer)
    except ValueError:
        reason = "the process that read it ended without an answer, as it does for lack of memory"
        raise ChildProcessError(reason) from None
    match message:
        case {"error": str(reason)}:
            raise RefusedError(reason)
        case {"remarks": list(remarks)}:
            return tuple(str(remark) for remark in remarks)
        case {"fault": str(reason)}:
            raise OSError(reason)
    raise ChildProcessError("the process that read it gave no sensible answer")


def _size(path: Path) -> int:
    """How much has been written so far: the file has a temporary name until it is done."""
    try:
        return max((file.stat().st_size for file in path.parent.iterdir()), default=0)
    except FileNotFoundError:  # renamed between the two looks
        return 0
