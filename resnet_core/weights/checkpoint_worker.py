"""The process that reads a torch checkpoint: `checkpoint-reader SOURCE TARGET plain|residual|unknown`.

It names the tensors of the network in SOURCE and copies them, as they are, to TARGET in safetensors format. Names,
shapes and sizes are compared before any number is touched. It runs with a limit on memory and processor time, ends
when its stdin does, and answers with one line of JSON: {"remarks": […]}, {"error": "the reason for a refusal"}, or
{"fault": "what went wrong on this computer"}.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from resnet_core.weights import safetensors_file
from resnet_core.weights.pickle_names import TensorView
from resnet_core.weights.recognise import recognise
from resnet_core.weights.state_dict import find_state_dict, tensor_info
from resnet_core.weights.tensors import ELEMENT_BYTES, RefusedError, TensorInfo, quoted
from resnet_core.weights.torch_file import open_torch_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MEMORY_BYTES = 1 << 30
"""Address space this process may have besides one copy of the file's largest storage, where the system can say so."""

MAX_UNPACKED_BYTES = 1 << 30
"""What tensors may come to when they share numbers in the file: more than the largest network in the catalog."""

CPU_SECONDS = 300


def main(args: list[str]) -> int:
    """Reads args[0], writes args[1]. Exit code 0 when that was done, 1 when the file was refused."""
    source, target = Path(args[0]), Path(args[1])
    plain = {"plain": True, "residual": False}.get(args[2])
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _limit(source.stat().st_size)
        remarks = read_torch_file(source, target, plain=plain)
    except RefusedError as error:
        return _answer({"error": str(error)})
    except MemoryError:  # perhaps not the file's fault: where there is no limit, the computer has no more
        return _answer({"fault": "it asks for more memory than any ResNet needs"})
    except RecursionError:
        return _answer({"error": "its pickle is malformed"})
    except OSError as error:
        return _answer({"fault": error.strerror or str(error)})
    return _answer({"remarks": remarks})


def read_torch_file(source: Path, target: Path, *, plain: bool | None = None) -> list[str]:
    """Copies the network in `source` to `target`; the remarks are sentences. Raises RefusedError and OSError."""
    with open_torch_file(source) as file:
        tensors, where = find_state_dict(file.content)
        infos = {name: tensor_info(name, tensor) for name, tensor in tensors.items()}
        recognised = recognise({name: info.shape for name, info in infos.items()}, plain=plain)
        wanted = {ours: infos[theirs] for ours, theirs in recognised.names.items()}
        views: dict[str, TensorView] = {}
        for ours, theirs in recognised.names.items():
            safetensors_file.check_element_type(theirs, infos[theirs].dtype)
            view = tensors[theirs]
            assert isinstance(view, TensorView)  # tensor_info refused the others
            _check_view(theirs, view)
            views[ours] = view
        _check_total(wanted, source.stat().st_size)
        read = lru_cache(maxsize=1)(file.storages.read)  # tensors that follow one another often share a storage
        safetensors_file.write(
            target, wanted, lambda name: _numbers(views[name], read, file.storages.byte_order).data, {}
        )
        file.storages.verify_rest()
    return ([f"Read from “{where}”."] if where else []) + list(recognised.remarks)


def _check_view(name: str, view: TensorView) -> None:
    """Raises RefusedError unless every element of the view lies in its storage."""
    if len(view.shape) != len(view.strides) or min(view.strides, default=0) < 0 or view.offset < 0:
        raise RefusedError(f"{quoted(name)} has impossible strides")
    last = view.offset + sum((side - 1) * stride for side, stride in zip(view.shape, view.strides, strict=True))
    if last >= view.storage.length:
        raise RefusedError(f"{quoted(name)} reaches beyond its data")


def _check_total(wanted: Mapping[str, TensorInfo], file_bytes: int) -> None:
    """Tensors may share numbers, so a small file can describe much: up to a limit."""
    total = sum(info.size_bytes for info in wanted.values())
    if total > max(file_bytes, MAX_UNPACKED_BYTES):
        raise RefusedError(f"its {file_bytes:,} bytes claim to hold {total:,}")


def _numbers(view: TensorView, read: Callable[[str], bytes], byte_order: str) -> NDArray[np.uint8]:
    """The bytes of a checked view's elements, little-endian and in order."""
    import numpy as np

    size = ELEMENT_BYTES[view.storage.dtype]
    flat = np.frombuffer(read(view.storage.key), f"{byte_order}u{size}")
    strides = [stride * size for stride in view.strides]
    strided = np.lib.stride_tricks.as_strided(flat[view.storage.offset + view.offset :], view.shape, strides)
    return np.ascontiguousarray(strided, f"<u{size}").reshape(-1).view(np.uint8)


def _limit(file_bytes: int) -> None:
    """Limits memory, processor time, file size and core dumps, where the system has such limits."""
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = {
        "RLIMIT_AS": MEMORY_BYTES + file_bytes,
        "RLIMIT_CPU": CPU_SECONDS,
        "RLIMIT_FSIZE": max(file_bytes, MAX_UNPACKED_BYTES) + (16 << 20),
        "RLIMIT_CORE": 0,
    }
    for name, limit in limits.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):  # macOS knows RLIMIT_AS and refuses it
            resource.setrlimit(getattr(resource, name), (limit, limit))


def _end_with_parent() -> None:
    """Nothing is ever sent to this process: its stdin ends when the program that wants the answer is gone."""
    with contextlib.suppress(OSError):
        while os.read(0, 4096):
            pass
    os._exit(3)


def _answer(answer: dict[str, object]) -> int:
    line = json.dumps(answer).encode("ascii") + b"\n"
    while line:
        line = line[os.write(1, line) :]
    return 0 if "remarks" in answer else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
