"""The weights on this computer: the bundled ones, those in `<home>/weights`, and those that can be downloaded."""

from __future__ import annotations

import shutil
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from resnet_core.calls import Cancel, Progress
from resnet_core.errors import Cancelled, WeightsError, WrongContentError
from resnet_core.labels import read_labels
from resnet_core.resource_files import resource_dir
from resnet_core.weights import checkpoint, metadata, safetensors_file
from resnet_core.weights.catalog import PUBLISHED, WeightsInfo
from resnet_core.weights.head import Head, read_head
from resnet_core.weights.locks import locked
from resnet_core.weights.names import could_be, file_stem, free_id, is_id, near, weights_tag
from resnet_core.weights.shelf import SUFFIX, Shelf, Unusable
from resnet_core.weights.tensors import TensorInfo

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resnet_core.weights.download import Patience

TORCH_SUFFIXES = (".pth", ".pt", ".bin")
HEADS_KEPT = 6  # of 8 MB at most in the networks of the catalog


@dataclass(frozen=True)
class Weights:
    """A network's parameters, as `Engine`s take them: contiguous float32 by the names of `spec.parameter_shapes`."""

    info: WeightsInfo
    parameters: dict[str, NDArray[np.float32]]


class WeightsStore:
    """Every set of weights there is, by id. Safe to use from several threads and processes.

    `mirrors` are folders on the web that are asked for a download before the publisher is.
    """

    def __init__(self, home: Path, *, mirrors: Sequence[str] = (), patience: Patience | None = None) -> None:
        self.folder = home / "weights"
        self.mirrors = tuple(mirrors)
        self._patience = patience
        self._shelf = Shelf()
        self._heads: OrderedDict[tuple[Path, int, int, int], Head] = OrderedDict()
        self._heads_lock = Lock()

    def all(self) -> tuple[WeightsInfo, ...]:
        """Bundled, then those on this disk, then the published ones not on it. Headers are read, no numbers."""
        bundled = self._shelf.listed(resource_dir() / "weights", "bundled")
        ours = self._shelf.listed(self.folder, "imported")
        here = [info for info in (*bundled, *ours) if isinstance(info, WeightsInfo)]
        known = {info.id: info for info in reversed(here)}  # a file of the user's never hides a bundled one
        return (*(known[name] for name in reversed(known)), *(info for info in PUBLISHED if info.id not in known))

    def unusable(self) -> tuple[Unusable, ...]:
        """The files in the weights folder that can't be used."""
        return tuple(entry for entry in self._shelf.listed(self.folder, "imported") if isinstance(entry, Unusable))

    def get(self, weights_id: str) -> WeightsInfo:
        """Raises WeightsError, naming near ids, for one that is unknown, and with the reason for an unusable file."""
        known = {info.id: info for info in self.all()}
        if weights_id in known:
            return known[weights_id]
        if broken := self._broken(weights_id):
            raise WeightsError(broken.reason)
        alike = near(weights_id, known)
        hint = f" Near it: {', '.join(alike)}." if alike else " “resnet-lens weights list” shows all."
        raise WeightsError(f"There are no weights named “{weights_id}”.{hint}")

    def load(self, weights_id: str) -> Weights:
        """The parameters. Raises WeightsError when they are not on this disk, or damaged."""
        info = self.get(weights_id)
        read = checkpoint.read(_on_disk(info), plain=not info.spec.residual)
        return Weights(info, read.parameters)

    def head(self, weights_id: str) -> Head:
        """The last layer alone: no other number of the file is read, and that once for as long as it does not change.

        Raises WeightsError as `load` does.
        """
        path = _on_disk(self.get(weights_id))
        try:
            status = path.stat()
        except OSError as error:
            raise WeightsError(f"{path.name} can't be read: {error.strerror or error}.") from None
        key = (path, status.st_mtime_ns, status.st_size, status.st_ino)
        with self._heads_lock:
            if key not in self._heads:
                self._heads[key] = read_head(path)
                while len(self._heads) > HEADS_KEPT:
                    self._heads.popitem(last=False)
            self._heads.move_to_end(key)
            return self._heads[key]

    def save(self, info: WeightsInfo, parameters: Mapping[str, NDArray[np.float32]]) -> WeightsInfo:
        """Puts weights on this disk under `info.id`, in place of any there. Raises WeightsError.

        The id must be of the form that `free_id` gives, and not that of a bundled set.
        """
        if not is_id(info.id) or (resource_dir() / "weights" / f"{info.id}{SUFFIX}").exists():
            raise WeightsError(f"“{info.id}” can't be the name of weights of yours.")
        path = self.folder / f"{info.id}{SUFFIX}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write_safetensors(path, parameters, metadata.to_metadata(info))
            return replace(info, path=path, size_bytes=path.stat().st_size)
        except OSError as error:
            raise WeightsError(f"{path} can't be written: {error.strerror or error}.") from None

    def import_file(
        self,
        path: str | Path,
        *,
        name: str | None = None,
        labels: str | Path | Sequence[str] | None = None,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> WeightsInfo:
        """Takes over the weights in a `.safetensors`, `.pth`, `.pt` or `.bin` file as `<network>.<name>`.

        `labels` are class names or a file of them, one a line; `info.note` says what was found and assumed. The file
        stays as it is. A file that was imported before by this name gives what is there, no second copy. Raises
        WeightsError, when nothing is kept, and Cancelled.
        """
        from resnet_core.weights import importing  # here, as below: a window that starts has no use for it

        path = Path(path)
        names = tuple(read_labels(labels) if isinstance(labels, (str, Path)) else labels or ())
        found = checkpoint.read(path, progress=progress, cancel=cancel)
        if names and len(names) != found.spec.num_classes:
            raise WeightsError(f"{path.name} has {found.spec.num_classes} classes, and there are {len(names)} labels.")
        title = name or file_stem(path)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with locked(self.folder / ".lock"):
                known = self.all()
                taken = {info.id for info in (*known, *PUBLISHED)} | {entry.id for entry in self.unusable()}
                network, tag = found.spec.network, weights_tag(title)
                new = importing.imported(free_id(network, tag, taken), title, path, found, names)
                alike = (info for info in known if could_be(info.id, network, tag))
                same = next((info for info in alike if importing.is_same(info, new, found, names)), None)
                return same or self.save(new, found.parameters)
        except OSError as error:
            raise WeightsError(f"{self.folder} can't be written: {error.strerror or error}.") from None

    def export(self, weights_id: str, path: str | Path) -> Path:
        """Writes weights on this disk to a `.safetensors` file, or a `.pth`, `.pt` or `.bin` that torchvision loads.

        The file holds what a torchvision state dict does, `num_batches_tracked` too. Raises WeightsError.
        """
        path = Path(path)
        suffix = path.suffix.lower()
        if suffix != SUFFIX and suffix not in TORCH_SUFFIXES:
            raise WeightsError(f"Weights are written as .safetensors or .pth, not as “{path.name}”.")
        weights = self.load(weights_id)
        arrays = _state_dict(weights)
        try:
            if suffix == SUFFIX:
                _write_safetensors(path, arrays, metadata.to_metadata(weights.info))
            else:
                from resnet_core.weights import torch_export

                torch_export.write_state_dict(path, arrays)
        except OSError as error:
            raise WeightsError(f"{path} can't be written: {error.strerror or error}.") from None
        return path

    def remove(self, weights_id: str, *, by: Callable[[Path], object] | None = None) -> None:
        """Takes weights, or an unusable file, off this disk. Raises WeightsError; bundled ones stay.

        `by` is what does it, e.g. by moving the file to the trash, and may raise OSError; None: it is deleted.
        """
        broken = self._broken(weights_id)
        path = broken.path if broken else self.get(weights_id).path
        if path is None:
            raise WeightsError(f"{weights_id} is not on this disk.")
        if path.parent != self.folder:
            raise WeightsError(f"{weights_id} comes with the program and can't be removed.")
        try:
            if by is None:
                path.unlink(missing_ok=True)
            else:
                by(path)
        except OSError as error:
            raise WeightsError(f"{path} can't be removed: {error.strerror or error}.") from None

    def download(self, weights_id: str, progress: Progress | None = None, cancel: Cancel | None = None) -> WeightsInfo:
        """Brings published weights to this disk, unless they are there. Never called but at the user's request.

        Raises DownloadError (a part that is kept is gone on from next time), WeightsError and Cancelled.
        """
        from resnet_core.weights.download import PATIENT, addresses, download, part_bytes  # 50 ms of ssl and http

        info = next((info for info in PUBLISHED if info.id == weights_id), None)
        if info is None or info.url is None:
            self.get(weights_id)
            raise WeightsError(f"{weights_id} is no download: it is on this disk already.")
        target = self.folder / "downloads" / Path(info.url).name

        def while_waiting() -> None:  # for another process that brings the same weights
            if cancel is not None and cancel():
                raise Cancelled
            if progress is not None:
                progress(part_bytes(target), info.size_bytes)

        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with locked(target.parent / f"{info.id}.lock", while_waiting):
                here = self._shelf.entry(self.folder / f"{info.id}{SUFFIX}", "imported")
                if isinstance(here, WeightsInfo):
                    return here
                download(
                    addresses(info.url, self.mirrors), target, size_bytes=info.size_bytes,
                    beside_bytes=info.size_bytes or 0,  # first for the working copy, then for our file
                    sha256_prefix=info.sha256_prefix, progress=progress, cancel=cancel,
                    patience=self._patience or PATIENT,
                )  # fmt: skip
                return self._converted(info, target, cancel)
        except OSError as error:
            raise WeightsError(f"{self.folder} can't be written: {error.strerror or error}.") from None

    def _converted(self, info: WeightsInfo, target: Path, cancel: Cancel | None) -> WeightsInfo:
        """From the downloaded `.pth`, which goes, to our file. It stays where this computer alone is at fault.

        Its working copy is made beside it, where there is room for it: the system's temporary folder may be small.
        """
        workspace = Path(f"{target}.work")
        shutil.rmtree(workspace, ignore_errors=True)  # what a process that was killed left in it
        workspace.mkdir()
        try:
            found = checkpoint.read(target, workspace=workspace, cancel=cancel)
            if found.spec != info.spec:
                raise WrongContentError(f"{target.name} is a {found.spec.network}, not a {info.spec.network}.")
        except WrongContentError:
            target.unlink(missing_ok=True)
            raise
        finally:
            shutil.rmtree(workspace, ignore_errors=True)
        saved = self.save(info, found.parameters)
        target.unlink(missing_ok=True)
        return saved

    def _broken(self, weights_id: str) -> Unusable | None:
        return next((entry for entry in self.unusable() if entry.id == weights_id), None)


def _on_disk(info: WeightsInfo) -> Path:
    if info.path is None:
        raise WeightsError(
            f"{info.id} is not on this disk: download it first (resnet-lens weights download {info.id})."
        )
    return info.path


def _state_dict(weights: Weights) -> dict[str, NDArray[np.generic]]:
    """The parameters as torchvision's state dict has them: a `num_batches_tracked` at the end of each batch norm."""
    import numpy as np

    arrays: dict[str, NDArray[np.generic]] = {}
    for name, array in weights.parameters.items():
        arrays[name] = array
        if name.endswith(".running_var"):
            arrays[f"{name.removesuffix('running_var')}num_batches_tracked"] = np.zeros((), np.int64)
    return arrays


_DTYPES = {"float32": "F32", "int64": "I64"}


def _write_safetensors(path: Path, arrays: Mapping[str, NDArray[np.generic]], texts: Mapping[str, str]) -> None:
    import numpy as np

    tensors = {name: TensorInfo(_DTYPES[array.dtype.name], array.shape) for name, array in arrays.items()}

    def data(name: str) -> memoryview:
        array = arrays[name]
        return np.ascontiguousarray(array, array.dtype.newbyteorder("<")).reshape(-1).view(np.uint8).data

    safetensors_file.write(path, tensors, data, texts)
