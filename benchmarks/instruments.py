"""The instruments as a person meets them: from the click to the picture, in the window, with a ResNet-50 at 224 px.

Prints Markdown. Each function measures the instruments of one file, in a process of its own, beside inferences of
the same network in the same process, right before and right after, so that a busy machine is busy for both.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from program import ROOT, SAMPLE, output, random_resnet50, row

WINDOW = """
import statistics, sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
from PyQt5.QtCore import QEvent, QEventLoop, QTimer
from PyQt5.QtWidgets import QApplication
from app.application import make_application
from app.program import Program
from app.settings import Settings
application = make_application(["bench"], "light")
program = Program(Settings(weights={weights!r}))
session, workbench = program.session, program.window.workbench
program.show([Path({image!r})])
alive = QTimer()
alive.start(20)
def until(there):  # as the program itself: it sleeps until there is an event, and leaves the cores to the network
    while not there():
        QApplication.processEvents(QEventLoop.WaitForMoreEvents)
until(lambda: session.analysis is not None and program.tasks.idle)
def timed(ask, there):
    started = time.perf_counter()
    ask()
    until(lambda: there() and workbench.settled)
    QApplication.sendPostedEvents(None, QEvent.UpdateRequest)  # painted, as far as anything changed
    return 1000 * (time.perf_counter() - started)
def wait(seconds):
    since = time.perf_counter()
    until(lambda: time.perf_counter() > since + seconds)
classifier, spec = program.classifier(), session.plain.info.spec
def inference():
    times = []
    for _ in range(5):
        started = time.perf_counter()
        classifier.again(session.plain, None, outputs=spec.stage_names)
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)
inference()
before = inference()
def say(what, *times):
    global before
    after = inference()
    print(what, *(round(one, 1) for one in times), flush=True)
    print("beside_" + what, (before + after) / 2, flush=True)
    before = after
"""
"""A window with a picture; `timed(ask, there)`: ms until `there()`, painted; `say`, with the inferences beside it."""

XRAY_AND_DEPTH = """
session.look_at("layer2")
wait(0.5)  # what is looked at is made ready meanwhile
say("xray_opened", timed(lambda: workbench.show("xray"), lambda: workbench.instrument._found is not None))
xray = workbench.instrument
until(lambda: program.tasks.idle)
def taken_apart(block):
    return timed(lambda: session.look_at(block), lambda: xray._found is not None and xray._found.block.name == block)
say("xray_first", taken_apart("layer3.1"), taken_apart("layer4.0"), taken_apart("layer1.0"))
say("xray_after", *(taken_apart(f"layer{{stage}}.{{block}}") for stage in (3, 2, 4, 1) for block in (2, 1)))
started = time.perf_counter()
workbench.show("depth")
depth = workbench.instrument
until(lambda: depth._effects)
first = 1000 * (time.perf_counter() - started)
until(lambda: depth._whole)
say("profile", first, 1000 * (time.perf_counter() - started))
def look_at(block):  # and what is made ready for it
    session.look_at(block)
    until(lambda: workbench.settled and program.tasks.idle)
look_at("layer3.2")
def gated(block, gate):
    def there():
        now = session.analysis.intervention
        return now is not None and now.gates.get(block) == gate
    return timed(lambda: depth._scale(block, gate), there)
say("bypass", gated("layer3.2", 0.0), *(gated("layer3.2", 0.1 * step) for step in range(1, 10)))
for stage in (1, 2, 4):
    depth._reset()
    until(lambda: program.tasks.idle)
    look_at(f"layer{{stage}}.1")
    say(f"bypass{{stage}}", *(gated(f"layer{{stage}}.1", 0.2 * step) for step in range(5)))
depth._reset()
until(lambda: program.tasks.idle)
say("bypass_elsewhere", gated("layer3.2", 0.0))
workbench.show("maps")
def removed(stage, channel):
    session.intervene(None)
    session.look_at(stage, channel)
    until(lambda: workbench.settled and program.tasks.idle)
    def there():
        now = session.analysis.intervention
        return now is not None and stage in now.masks
    return timed(lambda: program.window.explorer.detail.ablate_requested.emit(True), there)
for stage in (1, 2, 3, 4):
    say(f"ablation{{stage}}", *(removed(f"layer{{stage}}", channel) for channel in (3, 5)))
session.intervene(None)
for stage in ("layer3", "layer2", "layer1", "conv1"):
    workbench.show("maps")
    session.look_at(stage)
    wait(1)
    until(lambda: workbench.settled and program.tasks.idle)
    workbench.bar.pointed.emit("channels")  # and 0.3 s later the click
    wait(0.3)
    since = time.perf_counter()
    workbench.show("channels")
    channels = workbench.instrument
    until(lambda: channels._of is not None and channels._of[1] == stage and channels._effects is not None)
    first = time.perf_counter()
    until(lambda: len(channels._effects.channels) == 64)
    seen = time.perf_counter()
    until(lambda: not channels._running)
    say(f"channels_{{stage}}", *(1000 * (one - since) for one in (first, seen, time.perf_counter())))
program.close()
"""

EVIDENCE_AND_OCCLUSION = """
from app.instruments import occlusion as settings
from resnet_core.evidence import classes
settings.AT_ONCE_S = 0.0
analysis, stage = session.plain, spec.stage_names[-1]
store = program.store
def clocked(work):
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)
session.look_at("layer2")
until(lambda: program.tasks.idle)
say("xray_at_once", timed(lambda: workbench.show("xray"), lambda: workbench.instrument._found is not None))
until(lambda: program.tasks.idle)
say("head", clocked(lambda: store.head(analysis.info.id)))
def map_of(index):
    head = store.head(analysis.info.id)
    classes.contributions(analysis.activations[stage], head, index)
    classes.class_map(analysis.activations[stage], head, index)
say("cam", *(clocked(lambda: map_of(index)) for index in range(15)))
workbench.show("evidence")
evidence = workbench.instrument
until(lambda: evidence._shown is not None)
def taken_apart(index):
    return timed(lambda: session.look_at_class(index), lambda: evidence._shown[1].found.index == index)
say("evidence", *(taken_apart(one.index) for one in analysis.predictions[1:12]))
workbench.show("occlusion")
occlusion = workbench.instrument
until(lambda: occlusion._under is not None)
def covered(place):
    before = occlusion._under
    return timed(lambda: occlusion.panel.patch_moved.emit(place, place), lambda: occlusion._under is not before)
say("patch", *(covered(8 * step) for step in range(12)))
say("sweep", timed(occlusion._start_sweep, lambda: not occlusion._sweeping))
program.close()
"""

SHAPE_AND_COMPARE = """
from resnet_core.engines.base import Intervention
session.look_at("layer2")
until(lambda: program.tasks.idle)
workbench.bar.pointed.emit("xray")  # the pointer comes over its button, and 0.2 s later the click
wait(0.2)
say("xray_pointed", timed(lambda: workbench.show("xray"), lambda: workbench.instrument._found is not None))
until(lambda: program.tasks.idle)
started = time.perf_counter()
workbench.show("shape")
shape = workbench.instrument
until(lambda: len(shape._found) == 5)
say("shape", 1000 * (time.perf_counter() - started))
say("shape_stage", *(timed(lambda: session.look_at(name), lambda: not workbench._soon.isActive())
                     for name in spec.stage_names))
session.intervene(Intervention(gates={{"layer3.2": 0.0}}))
until(lambda: session.analysis.intervention is not None and program.tasks.idle)
workbench.show("compare")
compare = workbench.instrument
until(lambda: compare._found is not None)
def beside(name):
    return timed(lambda: session.look_at(name), lambda: compare._found is not None and compare._found.output == name)
say("compare", *(beside(name) for name in spec.stage_names))
program.close()
"""

PEERS = """
import time, torch, torchvision
network, images = torchvision.models.resnet50(weights=None).eval(), torch.randn(1, 3, 224, 224)
def clocked(work, rounds):
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - started))
    return sorted(times)[rounds // 2]
try:
    from pytorch_grad_cam import GradCAM
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
    cam = GradCAM(network, [network.layer4[-1]])
    print("gradcam", clocked(lambda: cam(images, [ClassifierOutputTarget(3)]), 5))
except ImportError:
    pass
try:
    from captum.attr import Occlusion
    patch = dict(sliding_window_shapes=(3, 32, 32), strides=(3, 16, 16), perturbations_per_eval=16)
    with torch.inference_mode():
        print("captum", clocked(lambda: Occlusion(network).attribute(images, target=3, **patch), 1))
except ImportError:
    pass
"""
"""pytorch-grad-cam and captum doing the same, where they are installed."""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "RESNET_LENS_HOME": folder, "QT_QPA_PLATFORM": "offscreen"}
        weights = random_resnet50(Path(folder), env)
        print("\n## The instruments\n")
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start, {weights}\n")
        print("| from the click to the picture | ours | beside it | ratio |\n| --- | --- | --- | --- |")
        xray_and_depth(weights, env)
        evidence_and_occlusion(weights, env)
        shape_and_compare(weights, env)
    return 0


def xray_and_depth(weights: str, env: dict[str, str]) -> None:
    """A block taken apart, the first of its stage and others; the profile; a block switched off, then scaled."""
    found = in_the_window(XRAY_AND_DEPTH, weights, env)
    promised("X-ray opened by its key, after half a second of looking", found["xray_opened"][0], 150)
    promised("X-ray, the first of another stage", middle(found["xray_first"]), 150)
    promised("X-ray, another block of a stage", middle(found["xray_after"]), 60)
    first, whole = found["profile"]
    in_inferences(f"depth profile, first bar after {first:.0f} ms", whole, found, "profile")
    in_inferences("bypass of layer3.2, the first", found["bypass"][0], found, "bypass")
    for block, name in (("layer3.2", "bypass"), *((f"layer{n}.1", f"bypass{n}") for n in (1, 2, 4))):
        in_inferences(f"bypass and scale of {block} (promise 1.3)", middle(found[name][1:]), found, name)
    for number in (1, 2, 3, 4):
        one, other = found[f"ablation{number}"]
        in_inferences(f"a channel of layer{number} removed (promise 1.3), the first after {one:.0f} ms", other, found,
                      f"ablation{number}")  # fmt: skip
    for stage in ("layer3", "layer2", "layer1", "conv1"):
        first, seen, exact = found[f"channels_{stage}"]
        in_inferences(f"64 channels of {stage} (promise 20), the first after {first:.0f} ms", seen, found,
                      f"channels_{stage}")  # fmt: skip
        if exact > seen:
            in_inferences("the same, exact to the last", exact, found, f"channels_{stage}")
    in_inferences("bypass in a stage that was not looked at, the first", found["bypass_elsewhere"][0], found,
                  "bypass_elsewhere")  # fmt: skip


def evidence_and_occlusion(weights: str, env: dict[str, str]) -> None:
    """X-ray at once; a class's sum and map, a patch that is moved, and all 169 places of a 32 px patch."""
    found = in_the_window(EVIDENCE_AND_OCCLUSION, weights, env)
    peers = output([sys.executable, "-c", PEERS], env)
    promised("X-ray opened by its key, with the stage just chosen", found["xray_at_once"][0], 150)
    cam = middle(found["cam"])
    row(f"CAM and sum, head read ({found['head'][0]:.0f} ms)", f"{cam:.1f} ms", "promise 10 ms", cam / 10)
    if "gradcam" in peers:
        ours, theirs = found["beside_cam"][0] + cam, float(peers["gradcam"][0])
        row("CAM with its prediction", f"{ours:.0f} ms", f"pytorch-grad-cam {theirs:.0f} ms", ours / theirs)
    in_inferences("evidence for another class, painted", middle(found["evidence"]), found, "evidence")
    in_inferences("a patch moved", middle(found["patch"]), found, "patch")
    in_inferences("169 places", found["sweep"][0], found, "sweep", 169)
    if "captum" in peers:
        ours, theirs = found["sweep"][0], float(peers["captum"][0])
        row("169 places", f"{ours / 1e3:.1f} s", f"captum {theirs / 1e3:.1f} s", ours / theirs)


def shape_and_compare(weights: str, env: dict[str, str]) -> None:
    """X-ray by mouse; five changed pictures, another stage of them; another stage with and without a bypass."""
    found = in_the_window(SHAPE_AND_COMPARE, weights, env)
    promised("X-ray opened by a click, pointed at 0.2 s before", found["xray_pointed"][0], 150)
    in_inferences("colour or shape, five pictures", found["shape"][0], found, "shape", 5)
    for what, name in (("another stage of the five pictures", "shape_stage"), ("another stage compared", "compare")):
        in_inferences(what, middle(found[name]), found, name)


def promised(what: str, took_ms: float, most_ms: float) -> None:
    row(what, f"{took_ms:.0f} ms", f"promise {most_ms:.0f} ms", took_ms / most_ms)


def in_inferences(what: str, took_ms: float, found: dict[str, list[float]], name: str, count: int = 1) -> None:
    """A row beside the inferences before and after what `name` measured."""
    inference = found[f"beside_{name}"][0]
    beside = "one inference" if count == 1 else f"{count} inferences"
    row(what, span(took_ms), f"{beside} {span(count * inference)}", took_ms / inference / count)


def span(took_ms: float) -> str:
    return f"{took_ms:.0f} ms" if took_ms < 1000 else f"{took_ms / 1e3:.1f} s"


def in_the_window(script: str, weights: str, env: dict[str, str]) -> dict[str, list[float]]:
    code = (WINDOW + script).format(root=str(ROOT), weights=weights, image=str(SAMPLE))
    found = output([sys.executable, "-c", code], env)
    return {what: [float(one) for one in times] for what, times in found.items()}


def middle(times: list[float]) -> float:
    return sorted(times)[len(times) // 2]


if __name__ == "__main__":
    sys.exit(main())
