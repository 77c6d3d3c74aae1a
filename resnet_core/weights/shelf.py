"""What lies in a folder of weights: each file looked at once, for as long as it does not change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from resnet_core.errors import LensError
from resnet_core.weights import checkpoint, metadata, safetensors_file
from resnet_core.weights.catalog import PUBLISHED, Origin, WeightsInfo
from resnet_core.weights.sniff import FileKind, sniff
from resnet_core.weights.tensors import RefusedError

SUFFIX = ".safetensors"


@dataclass(frozen=True)
class Unusable:
    """A file in the weights folder that is damaged or holds something else, and why."""

    id: str
    path: Path
    reason: str  # a sentence


class Shelf:
    """Reads headers, no numbers. Safe to use from several threads."""

    def __init__(self) -> None:
        self._seen: dict[tuple[Path, int, int], WeightsInfo | Unusable] = {}
        self._seen_lock = Lock()

    def listed(self, folder: Path, origin: Origin) -> list[WeightsInfo | Unusable]:
        """In the order of their names; nothing for a folder that is not there."""
        try:
            paths = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and path.name[0] != ".")
        except OSError:
            return []
        return [self.entry(path, origin) for path in paths]

    def entry(self, path: Path, origin: Origin) -> WeightsInfo | Unusable:
        """One file of a listing, remembered for as long as it does not change."""
        weights_id = path.name.removesuffix(SUFFIX)
        try:
            status = path.stat()
            key = (path, status.st_mtime_ns, status.st_size)
            with self._seen_lock:
                if key in self._seen:
                    return self._seen[key]
            entry: WeightsInfo | Unusable = self._read_entry(path, weights_id, origin)
        except RefusedError as error:
            entry = Unusable(weights_id, path, f"{path.name} is not a ResNet: {error}.")
        except LensError as error:
            entry = Unusable(weights_id, path, str(error))
        except OSError as error:
            return Unusable(weights_id, path, f"{path.name} can't be read: {error.strerror or error}.")
        with self._seen_lock:
            self._seen[key] = entry
        return entry

    def _read_entry(self, path: Path, weights_id: str, origin: Origin) -> WeightsInfo:
        if sniff(path) is not FileKind.SAFETENSORS:
            raise RefusedError("it is a PyTorch checkpoint by another name, to be imported first")
        header = safetensors_file.read_header(path)
        spec = checkpoint.recognise_header(header)
        published = next((info for info in PUBLISHED if info.id == weights_id and info.spec == spec), None)
        if published is not None and origin != "bundled":
            return replace(published, path=path, size_bytes=header.file_bytes)
        return metadata.from_metadata(weights_id, spec, header.metadata, path, origin)
