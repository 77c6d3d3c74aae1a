"""Networks on the CPU and on Intel GPUs by OpenVINO. Never imports torch.

What was measured on a 2-core CPU with AMX, and is why the engine is built as it is (2026-11, OpenVINO 2026.4):
a graph of any batch size runs as fast as one of a fixed size, so all batches share one; one picture at a time has a
graph of its own, whose weights are packed while it is compiled and not in the first run. Pinned threads gain nothing
and would quarrel with a training that runs beside. Reading a compiled CPU model from disk saves 0.1 s of 0.6 s and
costs 100 MB a graph: only GPUs, whose compilers take many seconds, have the cache.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from resnet_core.engines.base import (
    Activations,
    DeviceError,
    Floats,
    Parameters,
    Precision,
    Request,
)
from resnet_core.engines.folding import check_parameters
from resnet_core.engines.graph_key import GraphKey, key_of
from resnet_core.engines.openvino_graph import IMAGES, Layers, adjustments
from resnet_core.engines.openvino_runtime import load_openvino, new_core, reason
from resnet_core.errors import EngineError
from resnet_core.spec import ResNetSpec

if TYPE_CHECKING:
    import openvino

GRAPHS_KEPT, TAILS_KEPT = 11, 3
"""Compiled graphs an engine keeps: the logits', the stages', each stage's blocks, those of two stages that are changed,
and three tails: for what one change does, for many at a time, and the same in a faster arithmetic.

The parts of a network that four stages' blocks are make together one network; a tail, which begins at a stage and ends
with the logits, is most of one more."""

CACHED_DEVICES = ("GPU",)

_FAILURES = (RuntimeError, MemoryError, ValueError)  # by which OpenVINO says that a device can't


class _Graph:
    """A compiled graph, the one request that runs it, and the names of its outputs in order."""

    def __init__(self, compiled: openvino.CompiledModel, outputs: tuple[str, ...]) -> None:
        self._request = compiled.create_infer_request()
        self._outputs = outputs
        shapes = [port.get_partial_shape() for port in compiled.outputs]
        known = not any(shape.is_dynamic for shape in shapes)
        self._shapes = [tuple(shape.to_shape()) for shape in shapes] if known else None
        self._written: list[Floats] = []  # what the last run wrote to stays alive while the request points there

    def run(self, inputs: Mapping[str, Floats], wanted: Sequence[str]) -> dict[str, Floats]:
        """The outputs, in arrays that nothing else uses.

        Where their shapes are known, OpenVINO writes into new arrays itself, which for all stages saves 1 ms of 13. All
        of them are new every time, so that no run writes into what an earlier one handed out.
        """
        if self._shapes is None:
            results = self._request.infer(inputs, share_inputs=True, share_outputs=True)
            place = {name: index for index, name in enumerate(self._outputs)}
            return {name: np.array(results[place[name]], np.float32) for name in wanted}
        tensor: Any = load_openvino().Tensor
        arrays = [np.empty(shape, np.float32) for shape in self._shapes]
        for index, array in enumerate(arrays):
            self._request.set_output_tensor(index, tensor(array, shared_memory=True))
        self._written = arrays
        self._request.infer(inputs, share_inputs=True, share_outputs=True)
        found = dict(zip(self._outputs, arrays, strict=True))
        return {name: found[name] for name in wanted}


class OpenVINOEngine:
    """`spec` with `parameters` on OpenVINO's device `device`, "cpu" or "gpu" ("gpu.1": the second).

    `exact` computes in float32 and nothing less, unless a request is `rough`; `fast` in bfloat16 or float16 where the
    device has it, else in float32: `precision` says which. `threads` of the CPU to use, None: OpenVINO's choice. Calls
    from several threads take turns. Raises EngineError when OpenVINO is missing, has no such device, or the parameters
    are those of another network.
    """

    def __init__(
        self,
        spec: ResNetSpec,
        parameters: Parameters,
        device: str = "cpu",
        precision: Precision = "exact",
        *,
        cache_dir: Path | None = None,
        threads: int | None = None,
    ) -> None:
        check_parameters(spec, parameters)
        self.spec = spec
        self.device = device
        self._name = device.upper()
        self._core = new_core()
        capabilities = self._capabilities()
        self.precision = arithmetic(capabilities) if precision == "fast" else "f32"
        # Not on a GPU, whose compiler takes many seconds; nor in float16, in which a network can overflow.
        self._rough = "bf16" if self._name == "CPU" and "BF16" in capabilities else self.precision
        self._cache_dir = cache_dir if self._name.split(".")[0] in CACHED_DEVICES else None
        self._threads = threads
        self._layers: Layers | None = Layers(spec, parameters)
        self._graphs: OrderedDict[GraphKey, _Graph] = OrderedDict()
        self._hopeless: set[GraphKey] = set()  # what could not be prepared, and is not tried ahead again
        self._lock = threading.Lock()
        self._ahead = threading.Lock()  # of who prepares; taken before `_lock`
        self._preparing: GraphKey | None = None

    def run(self, request: Request) -> Activations:
        """Raises EngineError for a request that does not fit the network, and when the device gives up."""
        request.check(self.spec)
        if self._key(request) == self._preparing:
            with self._ahead:  # it is there sooner than if it were compiled once more
                pass
        with self._lock:
            if request.rough and self._rough != self.precision:
                try:
                    return self._infer(request)
                except _FAILURES:
                    self._rough = self.precision  # the device may still do what it has to
            try:
                return self._infer(request)
            except _FAILURES as error:
                self._graphs.clear()
                raise self._gave_up(error) from error

    def prepare(self, request: Request) -> None:
        """Compiles the graph of such a request, which then has run once: some are complete only after that.

        Others may run meanwhile. Raises as `run` does, once for each graph; the others stay.
        """
        request.check(self.spec)
        with self._ahead:
            key = self._key(request)
            with self._lock:
                layers = self._layers
                if key in self._graphs:
                    self._graphs.move_to_end(key)
                    return
            if layers is None or key in self._hopeless:
                return
            self._preparing = key
            try:
                graph = self._compiled(layers, key)
                graph.run(self._inputs(request, key), request.outputs)
                with self._lock:
                    self._keep(key, graph)
            except _FAILURES as error:
                self._hopeless.add(key)
                raise self._gave_up(error) from error
            finally:
                self._preparing = None

    def close(self) -> None:
        """Gives the memory back; `run` then raises EngineError."""
        with self._ahead, self._lock:
            self._graphs.clear()
            self._layers = None

    def _gave_up(self, error: Exception) -> DeviceError:
        return DeviceError(f"OpenVINO could not run {self.spec.network} on “{self.device}”: {reason(error)}")

    def _infer(self, request: Request) -> Activations:
        if self._layers is None:
            raise EngineError(f"The engine of {self.spec.network} is closed.")
        key = self._key(request)
        graph = self._graph(self._layers, key)
        inputs = self._inputs(request, key)
        start = time.perf_counter()
        outputs = graph.run(inputs, request.outputs)
        elapsed_ms = (time.perf_counter() - start) * 1e3
        rough = key.precision != self.precision
        return Activations(outputs, elapsed_ms, "OpenVINO", self.device, key.precision, rough=rough)

    def _inputs(self, request: Request, key: GraphKey) -> dict[str, Floats]:
        inputs: dict[str, Floats] = {IMAGES: request.input}
        if request.intervention is not None:
            inputs |= adjustments(self.spec, request.intervention, key.adjustable)
        return inputs

    def _key(self, request: Request) -> GraphKey:
        precision = self._rough if request.rough else self.precision
        return key_of(self.spec, request, precision, batches_share=self._name == "CPU")

    def _graph(self, layers: Layers, key: GraphKey) -> _Graph:
        graph = self._graphs.get(key)
        if graph is None:
            self._make_room(key)
            graph = self._compiled(layers, key)
        self._keep(key, graph)
        return graph

    def _compiled(self, layers: Layers, key: GraphKey) -> _Graph:
        model = layers.model(key.shape, key.outputs, start=key.start, adjustable=key.adjustable)
        return _Graph(self._compile(model, key.precision), key.outputs)

    def _keep(self, key: GraphKey, graph: _Graph) -> None:
        if key not in self._graphs:
            self._make_room(key)
        self._graphs[key] = graph
        self._graphs.move_to_end(key)

    def _make_room(self, key: GraphKey) -> None:
        tails = [other for other in self._graphs if other.is_tail]
        if key.is_tail and len(tails) >= TAILS_KEPT:
            del self._graphs[tails[0]]
        while len(self._graphs) >= GRAPHS_KEPT:
            self._graphs.popitem(last=False)

    def _compile(self, model: openvino.Model, precision: str) -> openvino.CompiledModel:
        options: dict[str, Any] = {
            "PERFORMANCE_HINT": "LATENCY",
            "NUM_STREAMS": 1,
            "INFERENCE_PRECISION_HINT": precision,
            "EXECUTION_MODE_HINT": "ACCURACY" if precision == "f32" else "PERFORMANCE",
        }
        if self._name == "CPU":
            options["ENABLE_CPU_PINNING"] = False
            if self._threads is not None:
                options["INFERENCE_NUM_THREADS"] = self._threads
        if (cache := self._cache_dir) is not None:
            try:
                return self._core.compile_model(model, self._name, options | {"CACHE_DIR": str(cache)})
            except RuntimeError:  # a damaged or unwritable cache: it is only there to save time
                self._cache_dir = None
        return self._core.compile_model(model, self._name, options)

    def _capabilities(self) -> Sequence[str]:
        try:
            return list(self._core.get_property(self._name, "OPTIMIZATION_CAPABILITIES"))
        except RuntimeError as error:
            raise DeviceError(f"OpenVINO has no device “{self.device}” here: {reason(error)}") from error


def arithmetic(capabilities: Sequence[str]) -> str:
    """The arithmetic of `fast` on a device with these OPTIMIZATION_CAPABILITIES: "bf16", "f16" or "f32".

    bfloat16 first: it has float32's range, so no network overflows in it.
    """
    if "BF16" in capabilities:
        return "bf16"
    return "f16" if "FP16" in capabilities else "f32"
