"""One 224 px image on the CPU: torchvision, bare OpenVINO and our engines, side by side in one process.

    python benchmarks/engines.py [rounds]

Ratios are what counts: every contender runs in every round, so a busy machine slows them alike. Weights are random,
the same for all.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "core")]

from random_networks import random_images, random_parameters  # noqa: E402

from resnet_core.engines.base import Request  # noqa: E402
from resnet_core.engines.openvino_engine import OpenVINOEngine  # noqa: E402
from resnet_core.engines.openvino_graph import Layers  # noqa: E402
from resnet_core.engines.openvino_runtime import new_core  # noqa: E402
from resnet_core.networks import named  # noqa: E402

NETWORKS = ("resnet18", "resnet50")
ROUNDS = 15

Run = Callable[[], Any]


@dataclass(frozen=True)
class Promise:
    """A ratio of design §1 and issue 2: the time of `ours` over that of `peer` is to be at most `limit`."""

    text: str
    ours: str
    peer: str
    limit: float


PROMISES = (
    Promise("exact ≥ 2x torchvision", "ours exact", "torchvision eager f32", 1 / 2),
    Promise("fast ≥ 4x torchvision", "ours fast", "torchvision eager f32", 1 / 4),
    Promise("exact ≤ 1.15x bare OpenVINO f32", "ours exact", "bare OpenVINO f32", 1.15),
    Promise("fast ≤ 1.15x bare OpenVINO, same precision", "ours fast", "bare OpenVINO fast", 1.15),
    Promise("exact: all stages ≤ 1.6x logits alone", "ours exact, all stages", "ours exact", 1.6),
    Promise("fast: all stages ≤ 1.6x logits alone", "ours fast, all stages", "ours fast", 1.6),
)


def contenders(network: str) -> tuple[dict[str, Run], str]:
    """What is measured, by name, and the arithmetic that `fast` has here."""
    import torch
    import torchvision

    spec = named(network)
    parameters = random_parameters(spec)
    images = random_images(1, spec.input_px, spec.input_px)
    reference = getattr(torchvision.models, network)().eval()
    reference.load_state_dict({name: torch.from_numpy(array) for name, array in parameters.items()}, strict=False)
    tensor = torch.from_numpy(images)

    def eager() -> Any:
        with torch.inference_mode():
            return reference(tensor).numpy()

    exact, fast = (OpenVINOEngine(spec, parameters, precision=precision) for precision in ("exact", "fast"))
    layers = Layers(spec, parameters)

    def bare(precision: str) -> Run:
        model = layers.model(images.shape, ("logits",))  # type: ignore[arg-type]
        options = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": precision}
        request = new_core().compile_model(model, "CPU", options).create_infer_request()
        return lambda: request.infer([images])

    def ours(engine: OpenVINOEngine, *outputs: str) -> Run:
        request = Request(images, ("logits", *outputs))
        return lambda: engine.run(request).outputs["logits"]

    runs = {
        "torchvision eager f32": eager,
        "bare OpenVINO f32": bare("f32"),
        "ours exact": ours(exact),
        "ours exact, all stages": ours(exact, *spec.stage_names),
        "bare OpenVINO fast": bare(fast.precision),
        "ours fast": ours(fast),
        "ours fast, all stages": ours(fast, *spec.stage_names),
    }
    truth = eager()
    for name in ("ours exact", "ours exact, all stages"):
        assert np.abs(runs[name]() - truth).max() <= 1e-4 * np.abs(truth).max(), f"{name} is not torchvision's answer"
    return runs, fast.precision


def measure(runs: Mapping[str, Run], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of every run in every round; before each, one that is not counted, to warm its caches."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            run()
            start = time.perf_counter()
            run()
            times[name].append((time.perf_counter() - start) * 1e3)
    return times


def main(rounds: int = ROUNDS) -> None:
    """Prints a Markdown table of times and one of promises for each network."""
    print(f"{machine()}\n")
    for network in NETWORKS:
        runs, fast = contenders(network)
        times = measure(runs, rounds)
        print(f"### {network}, one 224 px image, {rounds} rounds, fast = {fast}\n")
        print("| | median ms | least ms |\n| --- | --: | --: |")
        for name, values in times.items():
            print(f"| {name} | {statistics.median(values):.1f} | {min(values):.1f} |")
        print("\n| promise | median of ratios | ratio of least times | |\n| --- | --: | --: | --- |")
        for promise in PROMISES:
            print(_row(promise, times[promise.ours], times[promise.peer]))
        print(flush=True)
    print(f"Load average at the end: {_load()}")


def _row(promise: Promise, ours: list[float], peer: list[float]) -> str:
    ratio = statistics.median(mine / theirs for mine, theirs in zip(ours, peer, strict=True))
    least = min(ours) / min(peer)
    faster = promise.limit < 1
    shown = [f"{1 / value:.2f}x faster" if faster else f"{value:.2f}x" for value in (ratio, least)]
    return f"| {promise.text} | {shown[0]} | {shown[1]} | {'kept' if ratio <= promise.limit else 'broken'} |"


def machine() -> str:
    """The processor, what it has for matrices, and how busy it is."""
    core = new_core()
    name = core.get_property("CPU", "FULL_DEVICE_NAME")
    capabilities = ", ".join(core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"))
    flags = ", ".join(flag for flag in ("avx2", "avx512f", "avx512_bf16", "amx_bf16") if flag in _cpu_flags())
    return (
        f"{name}, {os.cpu_count()} cores ({flags or 'flags unknown'}; OpenVINO: {capabilities}), "
        f"{platform.system()}, load average {_load()}"
    )


def _cpu_flags() -> set[str]:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return set()
    return set(next((line for line in lines if line.startswith("flags")), "").split())


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
