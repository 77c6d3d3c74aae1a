"""Opens the pictures named on stdin and prints what became of each as one line of JSON. Run by test_bad_images.py.

A process of its own, so that a crash is seen as one, memory is measured and a helper program can't go unnoticed.
Seconds are the processor's, which do not depend on what else runs; a picture that hangs meets the caller's timeout.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

from resnet_core.errors import ImageError
from resnet_core.images import load_image

STARTS_A_PROGRAM = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty")


def quarters(rgb: np.ndarray) -> list[list[float]]:
    """Mean colours: top left, top right, bottom left, bottom right."""
    height, width = rgb.shape[:2]
    y, x = (height + 1) // 2, (width + 1) // 2
    rows, columns = (slice(0, y), slice(min(y, height - 1), height)), (slice(0, x), slice(min(x, width - 1), width))
    return [rgb[row, column].reshape(-1, 3).mean(axis=0).tolist() for row in rows for column in columns]


def forget_peak_memory() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak_memory_mb() -> float:
    """The most this process has had in memory since; `getrusage` would count the parent's before `exec`, too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    started: list[str] = []
    sys.addaudithook(lambda event, _: started.append(event) if event in STARTS_A_PROGRAM else None)
    for line in sys.stdin:
        path, outcome = json.loads(line), {}
        forget_peak_memory()
        start = time.process_time()
        try:
            picture = load_image(path)
            seconds = time.process_time() - start
            outcome = {"size": f"{picture.width}x{picture.height}", "quarters": quarters(picture.rgb)}
        except ImageError as error:
            seconds = time.process_time() - start
            outcome = {"refused": str(error)}
        measured = {"seconds": seconds, "peak_mb": peak_memory_mb(), "started": started}
        print(json.dumps({**outcome, **measured}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
