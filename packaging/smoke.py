"""The packaged program, tried as somebody has it who never heard of Python: `smoke.py BUNDLE --flavour full|viewer`.

The folder is moved to a path with spaces and non-ASCII letters and made read-only; the program gets an empty
environment, another current folder and, where this test may choose, another user than root. Everything it answers is
compared with what the program answers unpackaged. A traceback or a missing module on any stderr fails the test.
Screenshots stay in build/smoke for somebody to look at.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from smoke_place import (
    WAIT_S,
    Place,
    SmokeError,
    expect,
    photograph,
    placed,
    processes_of,
    tool,
    unpackaged,
    until,
)
from smoke_torch import no_torch, torch_engine
from smoke_training import no_training, training

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SAMPLES = sorted((ROOT / "resources" / "samples").glob("*.jpg"))
STARTS = 5
START_UP_S = 0.6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--flavour", choices=("full", "viewer"), required=True)
    options = parser.parse_args()
    kept = ROOT / "build" / "smoke"
    kept.mkdir(parents=True, exist_ok=True)
    try:
        with placed(options.bundle.resolve()) as place:
            for check in checks(options.flavour):
                started = time.monotonic()
                note = check(place, kept / options.flavour)
                name = (check.__doc__ or check.__name__).removesuffix(".")
                print(f"  {time.monotonic() - started:6.1f} s  {name}{f': {note}' if note else ''}", flush=True)
    except SmokeError as error:
        print(f"FAILED: {error}")
        return 1
    print(f"The {options.flavour} program works. Screenshots: {kept}/{options.flavour}-*.png")
    return 0


def checks(flavour: str) -> list[Callable[[Place, Path], str | None]]:
    torch = [torch_engine, training] if flavour == "full" else [no_torch, no_training]
    return [versions, devices, classify, features, import_pth, *torch, screenshot, window, start_up, desktop, clean_end]


# -- what is tried -----------------------------------------------------------------------------------------------------


def versions(place: Place, kept: Path) -> str:
    """It tells its version, refuses nonsense, carries its licences."""
    told = place.run("--version").strip()
    sentence = place.run("clasify", code=2)
    expect("classify" in sentence, f"“clasify” was answered by: {sentence}")
    index = next(place.program.parent.rglob("licences/INDEX.md"), None)
    expect(index is not None, "there is no licences/INDEX.md")
    return told


def devices(place: Place, kept: Path) -> str:
    """It lists devices and the versions of what is in it."""
    info = json.loads(place.run("info", "--json"))
    names = [device["id"] for device in info["devices"]]
    expect("cpu" in names, f"info --json lists {names}")
    expect(info["versions"]["OpenVINO"] and info["versions"]["Qt"], f"info --json tells {info['versions']}")
    return ", ".join(f"{device['id']}: {device['name']}" for device in info["devices"])


def classify(place: Place, kept: Path) -> str:
    """It classifies as the unpackaged program does, by a path that is not ASCII."""
    pictures = [copy_of(SAMPLES[0], place.desk / "Kätzchen 猫.jpg"), *SAMPLES[1:3]]
    args = ["classify", "--json", *(str(os.path.relpath(path, place.desk)) for path in pictures)]
    found = [answer(line) for line in place.run(*args).splitlines()]
    wanted = [answer(line) for line in unpackaged(place, *args).splitlines()]
    expect(found == wanted, f"packaged: {found}\nunpackaged: {wanted}")
    return f"{found[0]['predictions'][0]['label']}, as unpackaged"


def features(place: Place, kept: Path) -> str:
    """It writes feature maps that are the unpackaged program's."""
    import numpy as np

    ours, theirs = place.desk / "maps", place.desk / "maps unpackaged"
    args = ["features", SAMPLES[0], "--outputs", "layer1,layer4.1.residual,logits", "--out"]
    place.run(*args, ours)
    unpackaged(place, *args, theirs)
    names = sorted(file.name for file in theirs.iterdir())
    expect(names == sorted(file.name for file in ours.iterdir()), f"only some of {names} were written")
    arrays = [name for name in names if name.endswith(".npy")]
    same = all(np.array_equal(np.load(ours / name), np.load(theirs / name)) for name in arrays)
    expect(arrays and same, "the maps are not the same")
    return ", ".join(names)


def import_pth(place: Place, kept: Path) -> str:
    """It imports a .pth file and refuses one with code in it."""
    pth = place.desk / "mein netz.pth"
    make_pth(pth)
    imported = json.loads(place.run("weights", "import", pth, "--name", "smoke", "--json"))
    unpackaged(place, "weights", "import", pth, "--name", "smoke")
    args = ["classify", "--json", "--weights", imported["id"], str(SAMPLES[0])]
    found, wanted = answer(place.run(*args)), answer(unpackaged(place, *args))
    expect(found == wanted, f"packaged: {found}\nunpackaged: {wanted}")
    evil = place.desk / "evil.pth"
    evil.write_bytes(b"\x80\x02cposix\nsystem\nX\x05\x00\x00\x00touch\x85R.")
    sentence = place.run("weights", "import", evil, code=1)
    expect("is not a ResNet" in sentence, f"a pickle with code was answered by: {sentence}")
    return str(imported["id"])


def screenshot(place: Place, kept: Path) -> str:
    """It draws its window off-screen."""
    target = place.desk / "window.png"
    place.run("screenshot", SAMPLES[0], target)
    return looked_at(target, kept.with_name(f"{kept.name}-offscreen.png"))


def window(place: Place, kept: Path) -> str | None:
    """Its window opens with a picture by argument, takes one from a second start, shows the prediction, is closed."""
    if place.display is None:
        return "left out: there is no X server"
    process = place.start(copy_of(SAMPLES[3], place.desk / "Frösche & Co.jpg").name)
    try:
        times = until(process, "prediction")
        second = place.start(copy_of(SAMPLES[4], place.desk / "zweites Bild.jpg").name, stdin=subprocess.DEVNULL)
        _, err = second.communicate(timeout=WAIT_S)
        place.heard(err, "a second start")
        expect(second.returncode == 0, f"a second start ended with {second.returncode}: {err}")
        found = tool(place, "search", "--sync", "--onlyvisible", "--name", "zweites Bild.jpg – ResNet Lens").split()
        expect(found, "the running window did not take the second start's picture")
        target = kept.with_name(f"{kept.name}-window.png")
        photograph(place.display, target)
        colours = looked_at(target, target)
        tool(place, "windowfocus", "--sync", found[0])
        with contextlib.suppress(SmokeError):  # the window may be gone before the keys are released
            tool(place, "key", "--window", found[0], "ctrl+q")
        _, err = process.communicate(timeout=WAIT_S)
        place.heard(err, "the window")
        expect(process.returncode == 0, f"the window ended with {process.returncode}: {err}")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    return f"{colours}; the first start: window after {times['window']:.2f} s, prediction {times['prediction']:.2f} s"


def start_up(place: Place, kept: Path) -> str | None:
    """Window on screen, warm disk: printed, not judged, since a busy machine is not a broken program."""
    if place.display is None:
        return "left out: there is no X server"
    measured: dict[str, list[float]] = {"window": [], "prediction": []}
    for _ in range(STARTS):
        process = place.start("--new-window", SAMPLES[0])
        try:
            for name, seconds in until(process, "prediction").items():
                measured[name].append(seconds)
        finally:
            process.terminate()
            _, err = process.communicate(timeout=WAIT_S)
            place.heard(err, "a window")
    shown, answered = (statistics.median(measured[name]) for name in ("window", "prediction"))
    best, busy = min(measured["window"]), os.getloadavg()[0] / (os.cpu_count() or 1)
    line = f"{shown:.2f} s, best of {STARTS} {best:.2f} s (promise {START_UP_S} s), prediction {answered:.2f} s"
    return f"{line}; load {busy:.1f} a core"


def desktop(place: Place, kept: Path) -> str | None:
    """It puts itself into the menus and takes itself out again."""
    if not sys.platform.startswith("linux"):
        return "left out: only for Linux"
    place.run("--install-desktop")
    entry = place.home / ".local" / "share" / "applications" / "resnet-lens.desktop"
    expect(str(place.program) in entry.read_text("utf-8"), "the entry does not start this program")
    if shutil.which("desktop-file-validate"):
        said = subprocess.run(["desktop-file-validate", entry], capture_output=True, text=True, check=False)
        expect(said.returncode == 0, said.stdout)
    icons = len(list(place.home.rglob("resnet-lens.png")))
    place.run("--uninstall-desktop")
    expect(
        not entry.exists() and not list(place.home.rglob("resnet-lens.[ps]*g")), "--uninstall-desktop left files behind"
    )
    return f"{icons} icons"


def clean_end(place: Place, kept: Path) -> str:
    """No process of it is left."""
    deadline = time.monotonic() + 5
    while left := processes_of(place.program):
        expect(time.monotonic() < deadline, f"still running: {left}")
        time.sleep(0.1)
    return f"{len(place.stderr)} processes said nothing unexpected"


# -- how ---------------------------------------------------------------------------------------------------------------


def answer(line: str) -> dict[str, Any]:
    """A line of `classify --json` without what differs from run to run."""
    found: dict[str, Any] = json.loads(line)
    del found["elapsed_ms"]
    return found


def make_pth(path: Path) -> None:
    """A network with random weights, written by torch as a checkpoint of somebody's would be."""
    code = (
        "import sys, torch; from resnet_core.networks import named; from resnet_core.resnet import build; "
        "torch.manual_seed(1); torch.save({'state_dict': build(named('resnet20')).state_dict()}, sys.argv[1])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code, str(path)], env=environment, check=True)
    path.chmod(0o644)


def copy_of(source: Path, target: Path) -> Path:
    shutil.copyfile(source, target)
    target.chmod(0o644)
    return target


def looked_at(picture: Path, kept: Path) -> str:
    """Keep a screenshot; raises SmokeError for one that shows nothing."""
    from PIL import Image

    image = Image.open(picture).convert("RGB")
    colours = len(image.getcolors(1 << 24) or ())
    expect(colours > 1000, f"{picture.name} has {colours} colours: there is no window in it")
    if picture != kept:
        shutil.copyfile(picture, kept)
    return f"{image.width} × {image.height} px, {colours} colours"


if __name__ == "__main__":
    sys.exit(main())
