"""`resnet-lens train` and `runs`, in this process, on three colours."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app import cli, paths
from app.commands import train
from app.settings import Settings, SettingsFile
from app.training_progress import Printer
from resnet_core import cifar10
from resnet_core.errors import DatasetError

Run = Callable[..., tuple[int, str, str]]
QUICK = ("--network", "resnet20", "--image-size", "12", "--batch-size", "8", "--device", "cpu", "--threads", "1",
         "--precision", "float32")  # fmt: skip


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("resnet_core.training.control.Control.listen_to_signals", lambda _self: None)

    def run(*argv: str) -> tuple[int, str, str]:
        code = cli.main(argv)
        return (code, *capsys.readouterr())

    return run


@pytest.fixture
def colours(tmp_path: Path) -> str:
    random = np.random.default_rng(0)
    for channel, name in enumerate(("red", "green", "blue")):
        (tmp_path / "colours" / name).mkdir(parents=True)
        for number in range(10):
            pixels = random.integers(0, 120, (12, 12, 3), dtype=np.uint8)
            pixels[..., channel] += 120
            Image.fromarray(pixels).save(tmp_path / "colours" / name / f"{number}.png")
    return "colours"


def test_events_as_json_and_what_becomes_of_a_run(run: Run, colours: str, home: Path) -> None:
    code, out, err = run("train", "--data", colours, *QUICK, "--epochs", "1", "--name", "First", "--json")
    assert (code, err) == (0, "")
    events: list[dict[str, Any]] = [json.loads(line) for line in out.splitlines()]
    kinds = [event["event"] for event in events]
    assert (kinds[0], kinds[-1]) == ("start", "done")
    assert {"start", "batch", "epoch", "checkpoint", "done"} == set(kinds)
    assert all(event["run"] == "first" for event in events)
    assert 0 <= events[-1]["test_accuracy"] <= 1
    assert events[-1]["weights"] == "resnet20.first"

    code, out, _ = run("runs", "list", "--json")
    [listed] = json.loads(out)
    assert (listed["run"], listed["state"], listed["epochs_done"]) == ("first", "finished", 1)
    assert listed["test_accuracy"] == pytest.approx(events[-1]["test_accuracy"])
    assert "finished" in run("runs", "list")[1]
    assert json.loads(run("runs", "show", "first", "--json")[1])["config"]["recipe"]["batch_size"] == 8
    assert "resnet20.first" in run("runs", "show", "first")[1]

    results = json.loads(run("runs", "show", "first", "--json")[1])["results"]
    assert results["test_correct"] / results["test_images"] == pytest.approx(listed["test_accuracy"], abs=1e-5)
    assert [entry["name"] for entry in results["classes"]] == ["blue", "green", "red"]
    assert len(results["mistakes"]) == results["test_images"] - results["test_correct"]
    assert 0 <= results["calibration_error"] <= 1
    shown = run("runs", "show", "first")[1]
    assert "expected calibration error" in shown
    assert "precision" in shown
    (home / "runs" / "first" / "answers.npz").write_bytes(b"PK")
    code, out, err = run("runs", "show", "first", "--json")
    assert (code, json.loads(out)["results"]) == (0, None)
    assert "answers.npz can't be read" in err

    code, out, err = run("classify", f"{colours}/red/0.png", "--weights", "resnet20.first", "--json")
    assert code == 0
    assert {entry["label"] for entry in json.loads(out)["predictions"]} == {"red", "green", "blue"}

    code, _, err = run("train", "--resume", "first")
    assert code == 1
    assert "is finished" in err
    assert run("train", "--resume", "first", "--network", "resnet32")[::2] == (
        2, "resnet-lens: --network can't be changed in a run that has begun; start another one.\n",
    )  # fmt: skip
    code, out, _ = run("train", "--resume", "first", "--epochs", "2")
    assert code == 0
    assert "Going on after 1 epochs." in out
    assert "test pictures right" in out

    assert "is not being trained" in run("runs", "stop", "first")[2]
    assert run("runs", "remove", "first")[0] == 0
    assert not (home / "runs" / "first").exists()
    assert run("runs", "list")[1].startswith("There are no runs yet.")


@pytest.mark.parametrize(
    ("argv", "code", "says"),
    [
        (["train"], 1, "CIFAR-10 is not on this computer."),
        (["train", "--data", "gone"], 1, "There is no folder gone."),
        (["train", "--data", "colours", "--network", "vgg"], 1, "There is no network named “vgg”."),
        (["train", "--data", "colours", "--epochs", "0"], 2, "“0” is not a number above 0"),
        (["train", "--data", "colours", "--epochs", "1", "--minutes", "1"], 2, "not allowed with"),
        (["train", "--data", "colours", "--batch-size", "1"], 1, "The batch size is 1"),
        (["train", "--data", "colours", "--from", "resnet18.cifar"], 2, "There are no weights named"),
        (["train", "--data", "colours", "--from", "resnet18.cifar10", "--network", "resnet34"], 2, "of a resnet18"),
        (["train", "--data", "colours", "--from", "resnet18.cifar10", "--stem", "imagenet"], 2, "cifar stem"),
        (["train", "--data", "colours", "--from", "resnet50.imagenet1k_v2"], 1, "weights download"),
        (["train", "--resume", "gone"], 1, "There is no run named “gone”."),
        (["runs", "show", "gone"], 1, "There is no run named “gone”."),
        (["runs"], 2, "TASK"),
    ],
)
def test_what_cannot_be_is_one_sentence(run: Run, colours: str, argv: list[str], code: int, says: str) -> None:
    ended, out, err = run(*argv)
    assert (ended, out) == (code, "")
    assert says in err
    assert err.count("\n") == 1
    assert run("runs", "list", "--json")[1] == "[]\n"  # nothing is left of it


def test_without_torch_there_is_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    code, _, err = run("train")
    assert code == 1
    assert "Training needs PyTorch" in err


def test_without_tensorboard_there_is_no_run(
    run: Run, colours: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("resnet_core.training.tensorboard.find_spec", lambda _name: None)
    code, out, err = run("train", "--data", colours, *QUICK, "--name", "r", "--tensorboard")
    assert (code, out) == (1, "")
    assert "TensorBoard is not installed here" in err
    assert not (home / "runs").exists()


def test_a_failure_under_json_is_an_event_and_a_sentence(run: Run, colours: str, tmp_path: Path) -> None:
    for number in range(8):  # of 10, which is only found when they are read
        (tmp_path / colours / "red" / f"{number}.png").write_bytes(b"\x89PNG\r\n\x1a\ncut off")
    code, out, err = run("train", "--data", colours, *QUICK, "--name", "r", "--json")
    assert code == 1
    event = json.loads(out)
    assert (event["event"], event["kind"]) == ("error", "dataset")
    assert event["message"] in err


def test_progress_for_eyes(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    show = Printer()
    start = {
        "event": "start", "run": "r", "network": "resnet18", "parameters": 11_173_962, "dataset": "CIFAR-10",
        "train_images": 45_000, "validation_images": 5_000, "test_images": 10_000, "epochs": 30, "batch_size": 128,
        "device": "cpu", "precision": "bfloat16", "layout": "channels_last", "resumed": True, "epochs_done": 2.5,
        "skipped": ["a.png is no picture."],
    }  # fmt: skip
    show(start)
    show({"event": "batch", "run": "r", "epoch": 2, "batch": 176, "batches": 351, "loss": 1.2345,
          "images_per_second": 63.2, "eta_s": 3_725.0})  # fmt: skip
    show({"event": "stopped", "run": "r", "epochs": 2.75})
    out, err = capsys.readouterr()
    assert "r: resnet18 (11.17 M parameters) on CIFAR-10 (45,000 + 5,000 + 10,000 pictures" in out
    assert "epoch 3/30, batch 176/351: loss 1.234, 63 images/s, 1:02:05 left" in out
    assert "--resume r” goes on from here." in out
    assert err == "resnet-lens: Skipped: a.png is no picture.\n"


def test_every_option_sets_an_entry_of_the_configuration(tmp_path: Path) -> None:
    from resnet_core.training.defaults import suggest

    config = suggest(tmp_path, "cifar10")
    for group, entry in train.CHANGES.values():
        assert hasattr(getattr(config, group), entry)


def test_the_degradation_lab(run: Run, colours: str, tmp_path: Path) -> None:
    argv = ("degradation", "--data", colours, "--depths", "20", "--epochs", "1", "--batch-size", "8", "--threads", "1",
            "--csv", "errors.csv")  # fmt: skip
    code, out, err = run(*argv, "--json")
    assert (code, err) == (0, "")
    events = [json.loads(line) for line in out.splitlines()]
    signals = [event for event in events if event["event"] == "signal"]
    assert [event["network"] for event in signals] == ["plain20", "resnet20"]
    assert len(signals[0]["blocks"]) == 9
    assert [event["run"] for event in events if event["event"] == "done"] == [
        "degradation-plain20", "degradation-resnet20",
    ]  # fmt: skip
    assert set(events[-1]["networks"]) == {"plain20", "resnet20"}
    rows = (tmp_path / "errors.csv").read_text().splitlines()
    assert rows[0] == "network,epoch,train_error,validation_error"
    assert len(rows) == 3
    code, out, _ = run(*argv)  # all of it is there already
    assert code == 0
    assert "images/s" not in out
    assert "He et al. 2015" in out
    code, _, err = run(*argv[:6], "2", *argv[7:])
    assert code == 1
    assert "The run degradation-plain20 was made with other pictures, another budget or another recipe" in err
    assert "no network named “plain21”" in run("degradation", "--data", colours, "--depths", "21")[2]
    assert "there is no folder" in run("degradation", "--data", "gone", "--csv", "gone/errors.csv")[2]  # first of all


def test_runs_show_has_a_line_for_the_worst_of_many_classes(run: Run, home: Path, tmp_path: Path) -> None:
    from resnet_core.dataset import LabelledImages
    from resnet_core.training import answers
    from resnet_core.training.config import DataChoice, TrainConfig
    from resnet_core.training.runs import Runs

    folder = Runs(home / "runs").create(TrainConfig(DataChoice(str(tmp_path))), "many")
    labels = np.arange(60) % 30
    pictures = LabelledImages(np.zeros((60, 3, 1, 1), np.uint8), labels)
    predicted = np.where(labels == 7, 8, labels)
    sure = np.eye(31, dtype=np.float32)[predicted]
    answers.write(folder, answers.of([f"class {number}" for number in range(31)], pictures, predicted, sure))
    out = run("runs", "show", "many")[1]
    assert "58 of 60 test pictures right" in out
    rows = out[out.index("The 20 least accurate of 31 classes:") :].splitlines()
    assert rows[3].split() == ["class", "7", "2", "0.0", "%"]  # never the answer: it has no precision
    assert "test picture 7 " in out
    found = json.loads(run("runs", "show", "many", "--json")[1])["results"]
    assert found["classes"][7] == {"name": "class 7", "images": 2, "accuracy": 0, "precision": None}
    assert found["classes"][30]["accuracy"] is None
    assert found["confusions"] == [{"class": "class 7", "answer": "class 8", "images": 2}]


def test_a_damaged_set_is_fetched_anew_where_that_is_asked_for(run: Run, home: Path, monkeypatch: Any) -> None:
    folder = home / "datasets" / cifar10.FOLDER
    folder.mkdir(parents=True)
    (folder / "data_batch_1").write_bytes(b"cut off")
    fetched: list[Path] = []

    def download(datasets: Path, _progress: object) -> Path:
        fetched.append(datasets)
        raise DatasetError("that far")

    monkeypatch.setattr(cifar10, "download", download)
    assert "data_batch_2 is missing" in run("train")[2]
    assert not fetched
    assert "that far" in run("train", "--download")[2]
    assert fetched == [home / "datasets"]


def test_damaged_data_leaves_no_run(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / cifar10.FOLDER
    folder.mkdir()
    for name in cifar10.MD5:
        (folder / name).write_bytes(b"not the official file")
    assert cli.main(["train", "--data", str(folder), "--epochs", "1"]) == 1
    assert "data_batch_1 differs from the official file" in capsys.readouterr().err
    assert not (home / "runs").exists()


def test_data_is_looked_for_where_the_settings_say(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere" / cifar10.FOLDER
    folder.mkdir(parents=True)
    (folder / "data_batch_1").write_bytes(b"cut off")
    SettingsFile(paths.settings_file()).save(Settings(data_folder=str(folder.parent)))
    assert str(folder) in run("train")[2]
    assert str(folder) in run("degradation")[2]
