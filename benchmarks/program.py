"""The program as a person meets it: how soon it is there, how soon it answers, whether it ever freezes, what it takes.

Prints Markdown. Every time is that of a whole process or of the real event loop, beside a plain torchvision script
that does the same; processes are run in turn, so that a busy machine is busy for all of them.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = next(iter(sorted((ROOT / "resources" / "samples").glob("*.jpg"))))
ROUNDS = 5

TORCHVISION_SCRIPT = """
import sys, torch, torchvision
from PIL import Image
network = torchvision.models.{network}(weights=None).eval()
preset = torchvision.transforms._presets.ImageClassification(crop_size=224)
with torch.inference_mode():
    print(network(preset(Image.open(sys.argv[1]).convert("RGB")).unsqueeze(0)).argmax().item())
"""
PEAK = """
for line in open("/proc/self/status"):
    if line.startswith("VmHWM"):
        print("peak_kb", line.split()[1])
"""

GUI_SCRIPT = (
    """
import os, sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
from PyQt5.QtCore import QEventLoop, QTimer
from app.application import make_application
from app.program import Program
from app.settings import Settings
application = make_application(["bench"], "light")
program = Program(Settings(weights={weights!r}))
images = [Path(path) for path in sys.argv[1:]]
program.show(images)
loop = QEventLoop()
def run(ms):
    QTimer.singleShot(ms, loop.quit)
    loop.exec_()
while program.session.analysis is None or program.tasks.busy("warm up") or program.tasks.busy("labels"):
    run(50)
gaps, last = [], [time.perf_counter()]
def tick():
    now = time.perf_counter()
    gaps.append((now - last[0]) * 1000 - timer.interval())
    last[0] = now
timer = QTimer()
timer.setTimerType(0)
timer.timeout.connect(tick)
keys = list(program.session.items)
last[0] = time.perf_counter()
timer.start(2)
for key in keys:
    program.session.select(key)
    run(200)
timer.stop()
gaps.sort()
print("stall_ms", round(gaps[-1], 1), round(gaps[int(len(gaps) * 0.99)], 1), len(keys))
assert "torch" not in sys.modules
program.close()
"""
    + PEAK
)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "RESNET_LENS_HOME": folder, "RESNET_LENS_TRACE": "1"}
        print("\n## The program\n")
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start\n")
        print("| what | ours | beside it | ratio |\n| --- | --- | --- | --- |")
        command_line(env)
        start_up(env)
        in_the_window(Path(folder), env)
    return 0


def command_line(env: dict[str, str]) -> None:
    """`classify` of one image as a whole process, against importing torch and against a plain script."""
    classify = [sys.executable, "-m", "app", "classify", str(SAMPLE)]
    imports = [sys.executable, "-c", "import torch, torchvision"]
    script = [sys.executable, "-c", TORCHVISION_SCRIPT.format(network="resnet18"), str(SAMPLE)]
    subprocess.run(classify, cwd=ROOT, env=env, check=True, capture_output=True)  # fill the caches
    times: dict[int, list[float]] = {0: [], 1: [], 2: []}
    for _ in range(ROUNDS):
        for number, command in enumerate((classify, imports, script)):
            started = time.perf_counter()
            subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)
            times[number].append(time.perf_counter() - started)
    ours, importing, plain = (statistics.median(times[number]) for number in range(3))
    beside = f"`import torch, torchvision` {importing:.2f} s"
    row("`classify` one image, whole process", f"{ours:.2f} s", beside, ours / importing)
    row("the same", f"{ours:.2f} s", f"a torchvision script {plain:.2f} s", ours / plain)


def start_up(env: dict[str, str]) -> None:
    """From process start to the window painted, and to the first prediction shown, under Xvfb where there is one."""
    command = [sys.executable, "-m", "app", str(SAMPLE)]
    marks: dict[str, list[float]] = {"window": [], "prediction": []}
    server = start_display() if shutil.which("Xvfb") else None
    where = "Xvfb" if server else "off-screen"
    place = {"DISPLAY": server[1], "QT_QPA_PLATFORM": "xcb"} if server else {"QT_QPA_PLATFORM": "offscreen"}
    env = {**env, **place}
    try:
        for _ in range(ROUNDS):
            started = time.perf_counter()
            process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
            assert process.stdout is not None
            for line in process.stdout:
                mark = line.strip().removeprefix("resnet-lens: ")
                if mark in marks:
                    marks[mark].append(time.perf_counter() - started)
                if mark == "prediction":
                    break
            process.terminate()
            process.communicate()
    finally:
        if server is not None:
            server[0].terminate()
            server[0].wait()
    for mark, limit in (("window", 0.5), ("prediction", 2.0)):
        median = statistics.median(marks[mark])
        row(f"process start to {mark} ({where})", f"{median:.2f} s", f"promise {limit} s", median / limit)


def start_display() -> tuple[subprocess.Popen[bytes], str]:
    """An X server without a screen; it writes the display's number when it is ready."""
    read, write = os.pipe()
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as ready:
        return process, f":{ready.readline().strip()}"


def in_the_window(folder: Path, env: dict[str, str]) -> None:
    """Stalls of the event loop while 50 images are switched five a second, and peak memory."""
    images = []
    for number in range(50):
        image = folder / f"{number:02}.jpg"
        image.write_bytes(SAMPLE.read_bytes())
        images.append(str(image))
    env = {**env, "QT_QPA_PLATFORM": "offscreen"}
    weights = random_resnet50(folder, env)
    script = GUI_SCRIPT.format(root=str(ROOT), weights=weights)
    lines = output([sys.executable, "-c", script, *images], env)
    worst, p99, count = lines["stall_ms"]
    stall = f"{worst} ms (p99 {p99} ms)"
    row(f"longest stall, {count} images at 5/s, {weights}", stall, "promise 50 ms", float(worst) / 50)
    plain = output([sys.executable, "-c", TORCHVISION_SCRIPT.format(network="resnet50") + PEAK, str(SAMPLE)], env)
    ours_mb, plain_mb = int(lines["peak_kb"][0]) / 1024, int(plain["peak_kb"][0]) / 1024
    row("peak memory with resnet50", f"{ours_mb:.0f} MB", f"a torchvision script {plain_mb:.0f} MB", ours_mb / plain_mb)


def random_resnet50(folder: Path, env: dict[str, str]) -> str:
    """A ResNet-50 with random weights, imported as a user would."""
    path = folder / "random.pth"
    code = "import sys, torch, torchvision; torch.save(torchvision.models.resnet50().state_dict(), sys.argv[1])"
    subprocess.run([sys.executable, "-c", code, str(path)], env=env, check=True)
    take = [sys.executable, "-m", "app", "weights", "import", str(path)]
    subprocess.run(take, cwd=ROOT, env=env, check=True, capture_output=True)
    return "resnet50.random"


def output(command: list[str], env: dict[str, str]) -> dict[str, list[str]]:
    text = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True).stdout
    return {words[0]: words[1:] for words in map(str.split, text.splitlines()) if words}


def row(what: str, ours: str, beside: str, ratio: float) -> None:
    print(f"| {what} | {ours} | {beside} | {ratio:.2f} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
