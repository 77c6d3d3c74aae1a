"""The smoke test about torch: the full flavour's process computes what it should, the viewer says it has none."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import Any

from smoke_place import WAIT_S, Place, as_nobody, expect

SAMPLE = next(iter(sorted((Path(__file__).resolve().parent.parent / "resources" / "samples").glob("*.jpg"))))
TORCH_IS_ELSEWHERE = "full"  # a word of the viewer's answer to who asks it for torch: the flavour that has it


def torch_engine(place: Place, kept: Path) -> str:
    """Its torch process starts, computes what torch computes unpackaged, and ends."""
    import numpy as np

    from resnet_core import workers
    from resnet_core.engines.base import Request
    from resnet_core.engines.torch_engine import TorchEngine
    from resnet_core.networks import named

    spec = named("resnet18")
    rng = np.random.default_rng(1)
    shapes = spec.parameter_shapes.items()
    parameters = {name: np.abs(rng.normal(size=shape, scale=0.1)).astype(np.float32) for name, shape in shapes}
    request = Request(rng.normal(size=(1, 3, 64, 64)).astype(np.float32), ("logits", "layer2"))
    expected = run_engine(TorchEngine(spec, parameters, "cpu"), request)
    command, environment = workers.worker_command, workers._environment
    workers.worker_command = lambda name, *args: [str(place.program), workers.WORKER_SWITCH, name, *args]
    workers._environment = lambda: place.environment
    try:
        started = time.monotonic()
        engine = TorchEngine(spec, parameters, "cpu")
        seconds = time.monotonic() - started
        pid = engine.worker_pid
        expect(Path(f"/proc/{pid}/exe").readlink() == place.program, "the worker is not the packaged program")
        found = run_engine(engine, request)
    finally:
        workers.worker_command, workers._environment = command, environment
    expect(not Path(f"/proc/{pid}").exists(), "the torch process outlived its engine")
    for name in request.outputs:
        expect(np.array_equal(found[name], expected[name]), f"torch's {name} is not what it is unpackaged")
    unserved = place.start("classify", "--device", "cuda", SAMPLE, stdin=subprocess.DEVNULL)
    out, err = unserved.communicate(timeout=WAIT_S)
    place.heard(err, "classify --device cuda")
    expect(unserved.returncode == 0 and out, f"classify --device cuda: {err}")
    silent = subprocess.run(
        [place.program, "--worker", "torch-engine"], stdin=subprocess.DEVNULL, capture_output=True, text=True,
        cwd=place.desk, env=place.environment, timeout=WAIT_S, check=False, **as_nobody(),
    )  # fmt: skip
    place.heard(silent.stderr, "--worker torch-engine")
    ended = f"an idle torch process ended with {silent.returncode}: {silent.stderr}"
    expect(silent.returncode == 0 and not silent.stderr, ended)
    return f"ready in {seconds:.1f} s"


def run_engine(engine: Any, request: Any) -> dict[str, Any]:
    try:
        return dict(engine.run(request).outputs)
    finally:
        engine.close()


def no_torch(place: Place, kept: Path) -> str:
    """Asked for torch, it says in a sentence which flavour has it, and answers all the same."""
    process = place.start("classify", "--device", "cuda", SAMPLE, stdin=subprocess.DEVNULL)
    out, err = process.communicate(timeout=WAIT_S)
    place.heard(err, "classify --device cuda")
    expect(process.returncode == 0 and out, f"classify --device cuda ended with {process.returncode}: {err}")
    expect(TORCH_IS_ELSEWHERE in err and "torch" in err, f"nothing says which flavour has torch: {err}")
    return err.strip()
