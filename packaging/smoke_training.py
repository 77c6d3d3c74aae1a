"""Training with the packaged program: begun, killed in the middle, and taken to its end."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from smoke_place import WAIT_S, Place, SmokeError, expect, unpackaged

CLASSES = ("blue", "green", "red")
PICTURES, SIDE_PX = 30, 32  # of each class
EPOCHS, KILLED_AFTER = 6, 3
STEPS = 20  # at least, before it is killed


def training(place: Place, kept: Path) -> str:
    """It trains, is killed, goes on to the end, and has learned what the unpackaged program learns without a pause."""
    folder = pictures(place.desk / "drei Farben 色")
    args = ["train", "--json", "--data", folder.name, "--network", "resnet20", "--image-size", SIDE_PX]
    args += ["--epochs", EPOCHS, "--batch-size", 8, "--name", "colours"]
    args += ["--device", "cpu", "--threads", 1, "--precision", "float32", "--deterministic"]
    steps = killed(place, *args)
    events = [json.loads(line) for line in place.run("train", "--json", "--resume", "colours").splitlines()]
    start, done = events[0], events[-1]
    expect(start["event"] == "start" and start["resumed"], f"it was not resumed: {start}")
    expect(KILLED_AFTER <= start["epochs_done"] < EPOCHS, f"it went on after {start['epochs_done']} epochs")
    expect(done["event"] == "done" and done["epochs"] == EPOCHS, f"it ended with {done}")
    straight = json.loads(unpackaged(place, *args).splitlines()[-1])
    expect(done["test_correct"] == straight["test_correct"], f"packaged: {done}\nunpackaged: {straight}")
    expect(same_numbers(place), "the weights are not those that the unpackaged program learns")
    args = ["--data", folder.name, "--depths", 20, "--epochs", 1, "--limit", 24, "--batch-size", 8, "--threads", 1]
    errors = json.loads(place.run("degradation", "--json", *args).splitlines()[-1])
    expect(errors["event"] == "errors", f"degradation ended with {errors}")
    usage = place.run("--worker", "trainer", code=2)
    expect("RUN_FOLDER" in usage, f"the window's trainer said: {usage}")
    return f"{steps} steps, then SIGKILL, then the rest; {done['test_accuracy']:.0%} right, as unpackaged"


def no_training(place: Place, kept: Path) -> str:
    """Asked to train, it says in a sentence which flavour can."""
    sentence = place.run("train", code=1).strip()
    expect("PyTorch" in sentence and "full" in sentence, f"nothing says which flavour trains: {sentence}")
    return sentence


def killed(place: Place, *args: object) -> int:
    """Starts a training and kills it after some epochs; the number of steps it made until then."""
    process = place.start(*args, stdin=subprocess.DEVNULL)
    assert process.stdout is not None
    steps, told = 0, [""]
    try:
        for line in process.stdout:
            told.append(line)
            event: dict[str, Any] = json.loads(line)
            if event["event"] == "start":
                steps = KILLED_AFTER * event["batches"]
            if event["event"] == "checkpoint" and event["epochs"] >= KILLED_AFTER:
                break
    finally:
        process.kill()
        _, err = process.communicate(timeout=WAIT_S)
    place.heard(err, args)
    if process.returncode == 0 or '"done"' in told[-1] or not steps:
        raise SmokeError(f"it was not killed in the middle: {told[-1] or err}")
    expect(steps >= STEPS, f"it was killed after {steps} steps")
    return steps


def same_numbers(place: Place) -> bool:
    import numpy as np

    from resnet_core.weights import safetensors_file

    learned = []
    for home in (place.home, place.other_home):
        path = next(home.rglob("resnet20.colours.safetensors"))
        header = safetensors_file.read_header(path)
        learned.append(safetensors_file.read_tensors(path, header, header.tensors))
    ours, theirs = learned
    return ours.keys() == theirs.keys() and all(np.array_equal(ours[name], theirs[name]) for name in ours)


def pictures(folder: Path) -> Path:
    """A folder of classes: noisy pictures of three colours."""
    import numpy as np
    from PIL import Image

    random = np.random.default_rng(0)
    for channel, name in zip((2, 1, 0), CLASSES, strict=True):
        (folder / name).mkdir(parents=True)
        for number in range(PICTURES):
            image = random.integers(0, 120, (SIDE_PX, SIDE_PX, 3), dtype=np.uint8)
            image[..., channel] += 120
            Image.fromarray(image).save(folder / name / f"{number}.png")
    return folder
