"""From a picture to an analysis: what is in it, which engine gave it, and what happens when one fails."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from small_store import SmallStore, noise

from resnet_core.analysis import Classifier, predict
from resnet_core.engines import engine_pool, load_engine
from resnet_core.engines.base import Activations, DeviceError, Intervention, Precision, Request
from resnet_core.engines.devices import Device
from resnet_core.engines.load_engine import Opened
from resnet_core.engines.openvino_engine import OpenVINOEngine
from resnet_core.errors import Cancelled, EngineError, ImageError, WeightsError
from resnet_core.images import from_rgb
from resnet_core.spec import ResNetSpec

WEIGHTS = "basic_b.test"


@pytest.fixture
def store(tmp_path: Path) -> SmallStore:
    return SmallStore(tmp_path / "store")


@pytest.fixture
def classifier(store: SmallStore) -> Iterator[Classifier]:
    with Classifier(store) as classifier:  # type: ignore[arg-type]
        yield classifier


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "noise.png"
    Image.fromarray(noise(96, 80)).save(path)
    return path


class FakeEngine:
    """Gives logits of its own choice, or fails."""

    def __init__(self, logits: list[float], error: EngineError | None = None) -> None:
        self.logits, self.error, self.closed = logits, error, False

    def run(self, request: Request) -> Activations:
        if self.error is not None:
            raise self.error
        outputs = {"logits": np.tile(np.float32(self.logits), (len(request.images), 1))}
        return Activations(outputs, 2.0, "torch", "cuda:0", "bf16")

    def close(self) -> None:
        self.closed = True


def test_an_analysis_holds_all_that_is_known(classifier: Classifier, picture: Path, store: SmallStore) -> None:
    analysis = classifier.analyse(picture, WEIGHTS)
    assert (analysis.picture.width, analysis.picture.height, analysis.picture.path) == (96, 80, picture)
    assert analysis.seen.shape == (64, 64, 3)
    assert analysis.crop_box == analysis.info.preprocess.crop_box(96, 80)
    assert list(analysis.activations) == ["conv1", "layer1", "layer2", "layer3", "layer4"]
    assert analysis.activations["layer2"].shape == (16, 8, 8)
    assert (analysis.engine, analysis.device, analysis.precision, analysis.notice) == ("OpenVINO", "cpu", "f32", None)
    assert analysis.info == store.get(WEIGHTS)
    assert min(analysis.timings.decode_ms, analysis.timings.preprocess_ms, analysis.timings.inference_ms) > 0


def test_predictions_are_every_class_best_first(classifier: Classifier, picture: Path) -> None:
    analysis = classifier.analyse(picture, WEIGHTS)
    assert sorted(prediction.index for prediction in analysis.predictions) == list(range(7))
    logits = [prediction.logit for prediction in analysis.predictions]
    assert logits == sorted(logits, reverse=True)
    assert sum(prediction.probability for prediction in analysis.predictions) == pytest.approx(1, abs=1e-12)
    for prediction in analysis.predictions:
        assert prediction.logit == analysis.logits[prediction.index]
        assert prediction.label == ("tabby", "tench", *(f"class {n}" for n in range(2, 7)))[prediction.index]
    assert analysis.top(3) == analysis.predictions[:3]
    assert analysis.top(100) == analysis.predictions


def test_nothing_in_an_analysis_can_be_changed(classifier: Classifier, picture: Path) -> None:
    analysis = classifier.analyse(picture, WEIGHTS)
    for array in (analysis.seen, analysis.logits, analysis.activations["layer1"]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_softmax_is_right_for_large_logits_and_equals_keep_their_order(store: SmallStore) -> None:
    predictions = predict(np.float32([1000, -1000, 1000, 0, 0, 0, 0]), store.get(WEIGHTS))
    assert [prediction.index for prediction in predictions] == [0, 2, 3, 4, 5, 6, 1]
    assert predictions[0].probability == predictions[1].probability == 0.5


def test_a_file_a_path_as_text_and_a_pasted_picture_give_the_same(classifier: Classifier, picture: Path) -> None:
    from_file = classifier.analyse(picture, WEIGHTS)
    for source in (str(picture), from_rgb(noise(96, 80), "pasted")):
        assert np.array_equal(classifier.analyse(source, WEIGHTS).logits, from_file.logits)


def test_outputs_are_those_asked_for_and_more_adds_to_them(classifier: Classifier, picture: Path) -> None:
    analysis = classifier.analyse(picture, WEIGHTS, outputs=("layer1",))
    assert list(analysis.activations) == ["layer1"]
    assert not classifier.analyse(picture, WEIGHTS, outputs=()).activations
    parts = ("layer1.1.residual", "layer1.1.shortcut", "layer1.1")
    more = classifier.more(analysis, (*parts, "layer1", "logits"))
    assert list(more.activations) == ["layer1", *parts]
    total = more.activations["layer1.1.residual"] + more.activations["layer1.1.shortcut"]
    np.testing.assert_allclose(np.maximum(total, 0), more.activations["layer1"], rtol=1e-5, atol=1e-6)
    assert classifier.more(more, parts) is more
    with pytest.raises(EngineError, match="no output named “layer7”"):
        classifier.more(analysis, ("layer7",))


@pytest.mark.parametrize(("device", "precision"), [("auto", "exact"), ("auto", "fast"), ("cpu", "exact")])
def test_more_is_computed_by_the_engine_that_is_open(
    classifier: Classifier, store: SmallStore, picture: Path, device: str, precision: Precision
) -> None:
    analysis = classifier.analyse(picture, WEIGHTS, device=device, precision=precision)
    assert analysis.asked == (device, precision)
    more = classifier.more(classifier.more(analysis, ("layer1.0",)), ("layer2.0.residual",))
    assert {"layer1.0", "layer2.0.residual"} <= more.activations.keys()
    assert (len(classifier._engines._served), store.loads) == (1, 1)


def test_what_is_likely_is_prepared_in_the_engine_that_is_open(
    classifier: Classifier, store: SmallStore, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    analysis = classifier.analyse(picture, WEIGHTS)
    likely = Request(analysis.images, ("layer1.0",))
    classifier.preparer(analysis)(likely)
    monkeypatch.setattr(OpenVINOEngine, "_compile", None)
    classifier.run(analysis.info, likely, *analysis.asked)
    with pytest.raises(Cancelled):
        classifier.preparer(analysis, lambda: True)(likely)
    classifier.close()
    classifier.preparer(analysis)(likely)  # nothing is opened for what nobody has asked yet
    assert store.loads == 1


def test_an_intervention_is_carried_out_and_kept_for_more(classifier: Classifier, picture: Path) -> None:
    change = Intervention(gates={"layer1.0": 0.0})
    analysis = classifier.analyse(picture, WEIGHTS, intervention=change)
    assert np.abs(analysis.logits - classifier.analyse(picture, WEIGHTS).logits).max() > 1e-3
    more = classifier.more(analysis, ("layer1.0", "layer1.0.shortcut"))
    assert np.array_equal(more.activations["layer1.0"], np.maximum(more.activations["layer1.0.shortcut"], 0))
    with pytest.raises(EngineError, match="no block"):
        classifier.analyse(picture, WEIGHTS, intervention=Intervention(gates={"layer9.0": 0.0}))


def test_what_comes_before_a_change_is_not_another_array(classifier: Classifier, picture: Path) -> None:
    plain = classifier.analyse(picture, WEIGHTS)
    changed = classifier.again(plain, Intervention(gates={"layer2.0": 0.0}))
    assert list(changed.activations) == list(plain.activations)
    same = [name for name in plain.activations if changed.activations[name] is plain.activations[name]]
    assert same == ["conv1", "layer1"]
    assert not np.array_equal(changed.activations["layer2"], plain.activations["layer2"])
    closer = classifier.again(classifier.more(plain, ("layer1.0.residual",)), changed.intervention, outputs=("layer2",))
    assert list(closer.activations) == ["conv1", "layer1", "layer1.0.residual", "layer2"]
    assert np.allclose(closer.logits, changed.logits, atol=1e-5)
    back = classifier.again(changed, None)
    assert all(np.array_equal(back.activations[name], plain.activations[name]) for name in plain.activations)
    mask = np.zeros(plain.activations["conv1"].shape[0], np.float32)
    everything = classifier.again(changed, Intervention(masks={"conv1": mask}))
    assert not any(everything.activations[name] is changed.activations[name] for name in changed.activations)


def test_weights_are_loaded_once_and_anew_when_their_file_is_replaced(
    classifier: Classifier, store: SmallStore, picture: Path
) -> None:
    first = classifier.analyse(picture, WEIGHTS)
    classifier.analyse(picture, WEIGHTS)
    assert store.loads == 1
    store.replace(seed=7)
    assert np.abs(classifier.analyse(picture, WEIGHTS).logits - first.logits).max() > 1e-3
    assert store.loads == 2
    assert len(classifier._engines._served) == 1


def test_few_engines_stay_open(classifier: Classifier, store: SmallStore, picture: Path) -> None:
    for tag in "abcdea":
        classifier.analyse(picture, f"basic_b.{tag}", outputs=())
    assert len(classifier._engines._served) == engine_pool.ENGINES_KEPT
    assert store.loads == 6
    classifier.close()
    classifier.analyse(picture, "basic_b.a", outputs=())
    assert store.loads == 7


def test_the_network_in_use_stays_open_while_others_are_compared(
    classifier: Classifier, store: SmallStore, picture: Path
) -> None:
    classifier.keep_open("basic_b.a")
    for tag in "abcdea":
        classifier.analyse(picture, f"basic_b.{tag}", outputs=())
    assert store.loads == 5
    assert len(classifier._engines._served) == engine_pool.ENGINES_KEPT


def test_errors_are_those_of_what_failed(classifier: Classifier, picture: Path, tmp_path: Path) -> None:
    with pytest.raises(ImageError):
        classifier.analyse(tmp_path / "gone.png", WEIGHTS)
    with pytest.raises(WeightsError):
        classifier.analyse(picture, "alexnet.imagenet")
    with pytest.raises(EngineError, match="no device named “abacus”"):
        classifier.analyse(picture, WEIGHTS, device="abacus")


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_an_answer_that_is_no_number_is_an_error(
    classifier: Classifier, store: SmallStore, picture: Path, bad: float
) -> None:
    store.parameters["fc.bias"][3] = bad
    with pytest.raises(EngineError, match=r"basic_b\.test gives no usable numbers"):
        classifier.analyse(picture, WEIGHTS)


def test_calling_off_ends_it_at_the_next_step(classifier: Classifier, store: SmallStore, picture: Path) -> None:
    for steps in range(3):
        left = iter([False] * steps)
        with pytest.raises(Cancelled):
            classifier.analyse(picture, WEIGHTS, cancel=lambda left=left: next(left, True))
    assert store.loads <= 1
    assert classifier.analyse(picture, WEIGHTS, cancel=lambda: False).predictions


def test_threads_share_one_engine(classifier: Classifier, store: SmallStore) -> None:
    pictures = [from_rgb(noise(96, 80, seed), f"noise {seed}") for seed in range(8)]
    alone = [classifier.analyse(picture, WEIGHTS).logits for picture in pictures]
    with ThreadPoolExecutor(4) as pool:
        together = pool.map(lambda picture: classifier.analyse(picture, WEIGHTS).logits, pictures)
        assert all(np.array_equal(a, b) for a, b in zip(alone, together, strict=True))
    assert store.loads == 1


def test_a_device_lost_in_the_middle_is_replaced_and_told_once(
    classifier: Classifier, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gpu = Device("cuda:0", "torch", "NVIDIA L4", ("f32",))
    cpu = Device("cpu", "torch", "Intel Xeon Processor", ("f32",))
    lost = FakeEngine([], DeviceError("“cuda:0” has not enough memory for basic_b."))
    serving = FakeEngine([1, 2, 3, 4, 5, 6, 7])
    asked: list[list[Device]] = []

    def open_engine(*args: object, failed: list[Device], **named: object) -> Opened:
        asked.append(list(failed))
        return Opened(serving, cpu) if failed else Opened(lost, gpu)

    monkeypatch.setattr(engine_pool, "open_engine", open_engine)
    analysis = classifier.analyse(picture, WEIGHTS, outputs=())
    assert analysis.notice == (
        "“cuda:0” has not enough memory for basic_b; torch on Intel Xeon Processor serves instead."
    )
    assert analysis.predictions[0].index == 6
    assert (asked, lost.closed) == ([[], [gpu]], True)
    assert classifier.analyse(picture, WEIGHTS, outputs=()).notice is None

    def none_left(*args: object, **named: object) -> Opened:
        raise DeviceError("No device is left that could run this network.")

    serving.error = DeviceError("The torch process on “cpu” was ended by signal 9, again.")
    monkeypatch.setattr(engine_pool, "open_engine", none_left)
    with pytest.raises(DeviceError, match="was ended by signal 9"):
        classifier.analyse(picture, WEIGHTS, outputs=())
    with pytest.raises(DeviceError, match="No device is left"):
        classifier.analyse(picture, WEIGHTS, outputs=())


@dataclass
class Computer:
    """One with a GPU that fails where `broken` says: "opening", "running", or nowhere. `tried`: how often."""

    broken: str | None
    tried: int = 0

    def torch(self, spec: ResNetSpec, parameters: object, device: str, precision: str, **_: object) -> FakeEngine:
        self.tried += 1
        error = DeviceError(f"torch could not run {spec.network} on “{device}”: out of luck.")
        if self.broken == "opening":
            raise error
        return FakeEngine([1, 2, 3, 4, 5, 6, 7], error if self.broken == "running" else None)

    def openvino(self, *args: object, **named: object) -> FakeEngine:
        return FakeEngine([7, 6, 5, 4, 3, 2, 1])


@pytest.mark.parametrize("broken", ["opening", "running"])
def test_a_device_that_failed_is_left_alone_until_it_is_asked_for(
    classifier: Classifier, picture: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    gpu = Device("cuda:0", "torch", "NVIDIA L4", ("f32",))
    cpu = Device("cpu", "OpenVINO", "Intel Xeon Processor", ("f32",))
    computer = Computer(broken)
    monkeypatch.setattr(load_engine, "choose", lambda wanted: (cpu,) if wanted == "cpu" else (gpu, cpu))
    monkeypatch.setattr(load_engine, "TorchEngine", computer.torch)
    monkeypatch.setattr(load_engine, "OpenVINOEngine", computer.openvino)

    def served(tag: str, device: str = "auto") -> tuple[bool, bool]:
        """Whether the GPU gave the answer, and whether there was a notice."""
        analysis = classifier.analyse(picture, f"basic_b.{tag}", outputs=(), device=device)
        return analysis.predictions[0].index == 6, analysis.notice is not None

    assert [served(tag) for tag in "abcdea"] == [(False, True), *[(False, False)] * 5]
    assert computer.tried == 1
    assert served("a", "cuda:0") == served("b", "CUDA") == (False, True)
    assert computer.tried == 3
    assert served("c") == served("c", "cpu") == (False, False)
    computer.broken = None
    assert (served("c", "cuda"), computer.tried) == ((True, False), 4)
    assert (served("d"), computer.tried) == ((True, False), 5)  # it has served since, so it is worth a try


def test_fast_is_passed_on_and_named(classifier: Classifier, picture: Path) -> None:
    exact = classifier.analyse(picture, WEIGHTS)
    fast = classifier.analyse(picture, WEIGHTS, precision="fast")
    assert fast.precision in ("f32", "bf16", "f16")
    assert np.abs(fast.logits - exact.logits).max() < 0.05 * np.abs(exact.logits).max()
    assert classifier.more(fast, ("layer1.0",)).activations["layer1.0"].shape == (8, 16, 16)


def test_another_number_of_threads_opens_engines_anew(
    classifier: Classifier, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cpu, made, asked = Device("cpu", "OpenVINO", "Intel Xeon Processor", ("f32",)), [], []

    def open_engine(*args: object, threads: int | None, **named: object) -> Opened:
        asked.append(threads)
        made.append(FakeEngine([1, 2, 3, 4, 5, 6, 7]))
        return Opened(made[-1], cpu)

    monkeypatch.setattr(engine_pool, "open_engine", open_engine)
    for threads in (None, None, 1, 1, 3):
        classifier.use_threads(threads)
        classifier.analyse(picture, WEIGHTS, outputs=())
    assert asked == [None, 1, 3]
    assert [engine.closed for engine in made] == [True, True, False]
