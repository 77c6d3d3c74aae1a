"""Makes what finished runs have learned the network that comes with the program.

    .venv/bin/python packaging/bundle.py RUN_FOLDER … DATA_FOLDER

The first run started from nothing, each later one from the weights of the one before; the last one's are bundled.
Writes `resources/weights/<network>.cifar10.safetensors` in float16, with the number of test pictures that this very
file is right about, as the program counts them; keeps each run's `config.json` and `metrics.csv` in
`docs/bundled-network/<run>/`.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from resnet_core.engines.base import Request  # noqa: E402
from resnet_core.engines.load_engine import open_engine  # noqa: E402
from resnet_core.training import runs, sources  # noqa: E402
from resnet_core.training.events import last_events  # noqa: E402
from resnet_core.weights import checkpoint, metadata, safetensors_file  # noqa: E402
from resnet_core.weights.catalog import WeightsInfo  # noqa: E402
from resnet_core.weights.tensors import TensorInfo  # noqa: E402

BATCH = 100


def main(chain: Sequence[Path], data: Path) -> int:
    weights, epochs = None, 0.0
    for run in chain:
        config = runs.read_config(run)
        done = last_events(run, frozenset({"done"})).get("done")
        if done is None or config.data.kind != "cifar10" or config.start.weights != weights:
            sys.exit(f"{run} is not a finished run on CIFAR-10 that started from {weights or 'nothing'}.")
        weights, epochs = done["weights"], epochs + done["epochs"]
    dataset = sources.load(sources.DataChoice(str(data)))
    read = checkpoint.read(run / runs.BEST)
    halves = {name: np.ascontiguousarray(array, "<f2") for name, array in read.parameters.items()}
    preprocess = sources.preprocess(config.data, None)
    parameters = {name: array.astype(np.float32) for name, array in halves.items()}
    engine = open_engine(read.spec, parameters, device="cpu").engine
    right = 0
    for start in range(0, len(dataset.test), BATCH):
        images = dataset.test.images[start : start + BATCH].transpose(0, 2, 3, 1)
        batch = np.concatenate([preprocess(np.ascontiguousarray(image)) for image in images])
        answers = engine.run(Request(batch)).outputs["logits"].argmax(axis=1)
        right += int((answers == dataset.test.labels[start : start + BATCH]).sum())
    engine.close()
    total = len(dataset.test)
    info = WeightsInfo(
        id=f"{config.start.network}.cifar10", spec=read.spec, title="", origin="bundled", preprocess=preprocess,
        labels=dataset.classes,  # in full: the file says itself what it knows, also to other programs
        dataset=dataset.name, accuracy=right / total,
        note=f"{right:,} of {total:,} test pictures right, trained on {len(dataset.train):,} "
        f"for {epochs:.1f} epochs.",
    )  # fmt: skip
    path = ROOT / "resources" / "weights" / f"{info.id}.safetensors"
    tensors = {name: TensorInfo("F16", array.shape) for name, array in halves.items()}
    safetensors_file.write(path, tensors, lambda name: _bytes(halves[name]), metadata.to_metadata(info))
    for run in chain:
        _keep(run)
    print(f"{path.name}: {right} of {total} right; as the trainer judged it, {done['test_correct']}.")
    return 0


def _keep(run: Path) -> None:
    """What says how a run was made and how it went."""
    kept = ROOT / "docs" / "bundled-network" / run.name
    kept.mkdir(parents=True, exist_ok=True)
    shutil.copy(run / runs.METRICS, kept / runs.METRICS)
    settings = json.loads((run / runs.CONFIG).read_text(encoding="utf-8"))
    settings["data"]["path"] = "cifar-10-batches-py"  # not where it lay on one computer
    (kept / runs.CONFIG).write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def _bytes(array: NDArray[np.float16]) -> memoryview:
    return array.reshape(-1).view(np.uint8).data


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    *folders, last = map(Path, sys.argv[1:])
    sys.exit(main(folders, last))
