"""The engines that are open: a few, the last used, each with the device that serves when the wanted one fails."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from resnet_core.engines.base import Activations, DeviceError, Parameters, Precision, Request
from resnet_core.engines.devices import Device
from resnet_core.engines.load_engine import Opened, open_engine, serves_instead
from resnet_core.engines.turns import Turns
from resnet_core.spec import ResNetSpec

ENGINES_KEPT = 3
"""Going back to one of the last three networks costs one inference."""


@dataclass(frozen=True)
class EngineKey:
    """Which engine: a set of weights, the version of its file (None: it has none), the wanted device and precision."""

    weights_id: str
    version: tuple[int, ...] | None
    device: str
    precision: Precision


@dataclass
class _Served:
    """An open engine, the devices that failed before it, and the notice that nobody has been given yet."""

    opened: Opened
    notice: str | None
    failed: list[Device]


class EnginePool:
    """Runs requests on engines that stay open. For many threads, which take turns, a run each.

    A device that another had to serve for is not tried again, by no network, unless it is asked for by its name.
    """

    def __init__(self, cache_dir: Path | None = None, threads: int | None = None) -> None:
        self._cache_dir, self._threads = cache_dir, threads
        self._served: OrderedDict[EngineKey, _Served] = OrderedDict()
        self._failed: set[Device] = set()
        self._turns = Turns()
        self.in_use = ""
        """The weights whose engine makes room for no other: of the network looked at, while others are compared."""

    def run(
        self,
        key: EngineKey,
        spec: ResNetSpec,
        load: Callable[[], Parameters],
        request: Request,
        *,
        before: Callable[[], None] = lambda: None,
    ) -> Activations:
        """What the engine of `key` gives; opened with the parameters of `load` if it is not open.

        A device that fails is replaced by the next one, and `notice` says so, once. `before` is called before each step
        and may raise. Raises EngineError, and DeviceError when no device serves.
        """
        with self._turns:
            before()
            served = self._serving(key, spec, load)
            while True:
                before()
                try:
                    found = served.opened.engine.run(request)
                except DeviceError as error:
                    served = self._replacement(key, served, error, spec, load)
                    continue
                notice, served.notice = served.notice, None
                return found if notice is None else replace(found, notice=notice)

    def prepare(self, key: EngineKey, request: Request, *, before: Callable[[], None] = lambda: None) -> None:
        """Has the engine of `key` ready for such a request, if it is open; others may run meanwhile.

        `before` is as in `run`. Raises EngineError; no other device takes the place of one that fails, for nobody waits
        for the answer.
        """
        with self._turns:
            before()
            served = self._served.get(key)
        if served is not None:
            served.opened.engine.prepare(request)

    def use_threads(self, threads: int | None) -> None:
        """How many of the CPU's an engine may use from now on; those that are open are closed."""
        if threads != self._threads:
            self._threads = threads
            self.close()

    def close(self) -> None:
        """Closes every engine. A later request opens its engine again."""
        with self._turns:
            for key in list(self._served):
                self._close(key)

    def _serving(self, key: EngineKey, spec: ResNetSpec, load: Callable[[], Parameters]) -> _Served:
        served = self._served.get(key)
        if served is None:
            for other in list(self._served):
                if other.weights_id == key.weights_id and other.version != key.version:  # the file was replaced
                    self._close(other)
            parameters = load()
            while len(self._served) >= ENGINES_KEPT:
                oldest = next(iter(self._served))
                self._close(next((other for other in self._served if other.weights_id != self.in_use), oldest))
            served = self._served[key] = self._open(key, spec, parameters, [])
        self._served.move_to_end(key)
        return served

    def _replacement(
        self, key: EngineKey, served: _Served, error: DeviceError, spec: ResNetSpec, load: Callable[[], Parameters]
    ) -> _Served:
        """The next device's engine for one that gave up in the middle of its work. Raises its error if none is left."""
        self._close(key)
        failed = [*served.failed, served.opened.device]
        try:
            served = self._open(key, spec, load(), failed)
        except DeviceError:
            raise error from None
        served.notice = serves_instead(error, served.opened.device)
        self._served[key] = served
        return served

    def _open(self, key: EngineKey, spec: ResNetSpec, parameters: Parameters, failed: list[Device]) -> _Served:
        """An engine on a device that is none of `failed`. What failed is remembered only where another serves.

        So the last device there is, a CPU, is tried again at every request.
        """
        wanted = key.device.strip().lower()
        remembered = [device for device in self._failed if wanted not in (device.id, device.kind)]
        opened = open_engine(
            spec, parameters, device=key.device, precision=key.precision, cache_dir=self._cache_dir,
            threads=self._threads,
            failed=[*failed, *(device for device in remembered if device not in failed)],
        )  # fmt: skip
        failed = [*failed, *opened.failed]
        self._failed.update(failed)
        self._failed.discard(opened.device)
        return _Served(opened, opened.notice, failed)

    def _close(self, key: EngineKey) -> None:
        self._served.pop(key).opened.engine.close()
