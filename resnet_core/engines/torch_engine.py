"""Networks by torch, on CUDA, MPS, XPU and the CPU: the client of a worker process that imports torch for us.

A process of its own because importing torch takes seconds and holds the interpreter, because on Windows torch loaded
after PyQt5 can fail to load its libraries, and because a GPU that runs out of memory, or a driver that crashes, must
not take the window along.
"""

from __future__ import annotations

import re
import sys
import threading
from dataclasses import asdict

import numpy as np

from resnet_core.engines.base import Activations, DeviceError, Intervention, Parameters, Precision, Request
from resnet_core.engines.folding import check_parameters
from resnet_core.engines.messages import Message
from resnet_core.engines.worker_process import WorkerLostError, WorkerProcess
from resnet_core.errors import EngineError
from resnet_core.spec import ResNetSpec

START_TIMEOUT_S = 180.0
"""For importing torch from a cold, slow disk and waking a GPU."""

RUN_TIMEOUT_S = 600.0


class TorchEngine:
    """`spec` with `parameters` on torch's device `device`: "cuda:0", "mps", "xpu", "cpu".

    `exact` computes in float32, TF32 switched off; `fast` in bfloat16 or float16 where the device has it: `precision`
    says which. `threads` of the CPU to use, None: torch's choice. A worker that dies is started again once, and the
    run's `Activations.notice` says so. Calls from several threads take turns. Raises EngineError, and DeviceError where
    another device may do better.
    """

    def __init__(
        self,
        spec: ResNetSpec,
        parameters: Parameters,
        device: str = "cpu",
        precision: Precision = "exact",
        *,
        threads: int | None = None,
    ) -> None:
        check_parameters(spec, parameters)
        self.spec = spec
        self.device = device
        self.precision = "f32"
        self._wanted: Precision = precision
        self._threads = threads
        self._parameters = {name: parameters[name] for name in spec.parameter_shapes}  # to start the worker again
        self._lock = threading.Lock()
        self._restarted = False
        self._closed = False
        self._worker: WorkerProcess | None = None
        try:
            self._start()
        except WorkerLostError as lost:
            raise self._failed(f"The torch process for “{device}” {lost} while it started.", lost) from lost

    @property
    def worker_pid(self) -> int | None:
        return None if self._worker is None else self._worker.pid

    def run(self, request: Request) -> Activations:
        """Raises EngineError for a request that does not fit, DeviceError when the device gives up."""
        request.check(self.spec)
        with self._lock:
            if self._closed:
                raise EngineError(f"The engine of {self.spec.network} is closed.")
            try:
                return self._run(request)
            except WorkerLostError as lost:
                self._worker = None
                if self._restarted:
                    raise self._failed(f"The torch process on “{self.device}” {lost}, again.", lost) from lost
                self._restarted = True
                notice = f"The torch process on “{self.device}” {lost} and was started again."
            try:
                return self._run(request, notice)
            except WorkerLostError as lost:
                self._worker = None
                raise self._failed(f"The torch process on “{self.device}” {lost}, again.", lost) from lost

    def prepare(self, request: Request) -> None:
        """Nothing is compiled here. Raises EngineError for a request that does not fit the network."""
        request.check(self.spec)

    def close(self) -> None:
        """Ends the worker; `run` then raises EngineError."""
        with self._lock:
            self._closed = True
            if self._worker is not None:
                self._worker.close()
                self._worker = None

    def _run(self, request: Request, notice: str | None = None) -> Activations:
        if self._worker is None:
            self._start()
        change = request.intervention or Intervention()
        gates = {name: float(gate) for name, gate in change.gates.items() if gate != 1.0}
        arrays = {"images": request.input}
        for kind, numbers, trained in (("mask", change.masks, 1.0), ("offset", change.offsets, 0.0)):
            for name, array in numbers.items():
                if (array != trained).any():
                    arrays[f"{kind}:{name}"] = np.asarray(array, np.float32)
        start = None if request.start is None else request.start.stage
        header = {"do": "run", "outputs": list(request.outputs), "gates": gates, "start": start}
        reply = self._ask(Message(header, arrays), RUN_TIMEOUT_S)
        return Activations(
            reply.arrays, float(reply.header["elapsed_ms"]), "torch", self.device, self.precision, notice
        )

    def _start(self) -> None:
        self._worker = WorkerProcess(self._threads)
        header = {"do": "load", "spec": asdict(self.spec), "device": self.device, "precision": self._wanted}
        self.precision = str(self._ask(Message(header, self._parameters), START_TIMEOUT_S).header["precision"])

    def _ask(self, message: Message, timeout_s: float) -> Message:
        """The worker's answer to `message`. Raises DeviceError for an answer that is an error, WorkerLostError."""
        assert self._worker is not None
        reply = self._worker.ask(message, timeout_s=timeout_s)
        error = reply.header.get("error")
        if error is None:
            return reply
        if message.header["do"] == "load":
            self._worker.close()
            self._worker = None
        if reply.header["out_of_memory"]:
            sentence = f"“{self.device}” has not enough memory for {self.spec.network}."
        else:
            sentence = f"torch could not run {self.spec.network} on “{self.device}”: {headline(error)}"
        raise DeviceError(sentence) from RuntimeError(error)

    def _failed(self, sentence: str, lost: WorkerLostError) -> DeviceError:
        """With what the worker printed last: a missing torch says so there."""
        if any("No module named 'torch'" in note for note in getattr(lost, "__notes__", ())):
            sentence = f"torch, which “{self.device}” needs, is not installed."
            if getattr(sys, "frozen", False):
                sentence = f"“{self.device}” needs torch, which this viewer leaves out; the full ResNet Lens has it."
        return DeviceError(sentence)


def headline(error: str) -> str:
    """The first sentence of what torch says; advice and addresses come after it."""
    return re.split(r"(?<=\w)\.\s", error.strip().splitlines()[0])[0].rstrip(".") + "."
