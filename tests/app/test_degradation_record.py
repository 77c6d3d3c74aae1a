"""What is known of the degradation experiment: by its runs on disk, and by what its process tells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.degradation.record import Data, NetworkRow, Record, after, look, plan
from app.degradation.texts import summary
from resnet_core.errors import DatasetError
from resnet_core.training import degradation, degradation_lab, runs
from resnet_core.training.config import Budget, DataChoice, Recipe, TrainConfig, TrainingError
from resnet_core.training.degradation import Point

EPOCH = {"epoch": 1.0, "train_accuracy": 0.6, "validation_accuracy": 0.5}


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    for name in ("cat", "dog"):
        (tmp_path / "pets" / name).mkdir(parents=True)
        for number in range(5):
            Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(tmp_path / "pets" / name / f"{number}.png")
    return tmp_path / "pets"


def empty(home: Path, chosen: Path | None = None) -> Record:
    return look(home / "runs", home / "datasets", (20, 56), chosen)


def test_before_anything_was_begun(home: Path, pets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    record = empty(home)
    assert [row.name for row in record.rows] == ["plain20", "resnet20", "plain56", "resnet56"]
    assert (record.begun, record.running, record.finished, record.data.path) == (False, False, False, None)
    assert record.data.problem.startswith("CIFAR-10 is not on this computer. Choose")
    assert record.rows[1].published is not None
    assert record.rows[1].published.error == 0.0875
    chosen = empty(home, pets)
    assert (chosen.data.path, chosen.data.kind, chosen.data.problem) == (pets, "folder", "")
    assert "no folder" in empty(home, tmp_path / "gone").data.problem


def test_what_the_process_tells(home: Path) -> None:
    record = replace(empty(home), running=True, epochs=4.0)
    signal = {"event": "signal", "network": "plain20", "blocks": {"layer1.0": 8.0, "layer1.1": 4.0, "layer1.2": 2.0}}
    record = after(record, [signal, {"event": "start", "run": "degradation-plain20"}])
    row = record.row("plain20")
    assert row is not None
    assert (row.signal, row.growth, row.state) == ((8.0, 4.0, 2.0), 4.0, "training")
    assert record.begun
    batch = {"event": "batch", "run": "degradation-plain20", "epoch": 0, "share": 0.5, "images_per_second": 99.6}
    record = after(record, [batch])
    assert record.progress == "plain20: epoch 1 of 4 · 100 images/s"
    assert record.share == pytest.approx(0.125)
    told = {"event": "epoch", "run": "degradation-plain20", **EPOCH}
    record = after(record, [told, told])  # read twice, it is one
    row = record.row("plain20")
    assert row is not None
    assert row.points == (Point("plain20", 1.0, 0.4, 0.5),)
    record = after(record, [{"event": "done", "run": "degradation-plain20"}])
    assert [row.state for row in record.rows] == ["finished", "none", "none", "none"]
    record = after(record, [batch | {"run": "degradation-resnet20"}])
    assert record.share == pytest.approx(0.375)
    failed = after(record, [{"event": "error", "kind": "training", "message": "The disk is full."}])
    assert (failed.problem, failed.running) == ("The disk is full.", True)  # until the process is gone
    assert after(record, [{"event": "errors"}]).share == 1


def test_what_is_not_understood_is_left_out(home: Path) -> None:
    record = empty(home)
    odd = [{"event": "batch", "run": "degradation-plain20"}, {"event": "signal", "network": "plain20"},
           {"event": "epoch", "run": "another"}, {"event": "news"}, {"event": "error"}]  # fmt: skip
    assert after(record, odd) == record


def test_runs_on_disk_settle_data_and_length(home: Path, pets: Path) -> None:
    base = TrainConfig(DataChoice(str(pets), "folder", limit=40), budget=Budget(epochs=7), recipe=Recipe(batch_size=16))
    config = degradation.configurations(base, (20, 56))["plain20"]
    folder = runs.Runs(home / "runs").create(config, degradation.run_name("plain20"))
    runs.write_metrics(folder, [{"epoch": 1, "train_accuracy": 0.25, "validation_accuracy": 0.5}])
    record = empty(home, home)  # another choice counts no more
    assert (record.begun, record.epochs, record.data) == (True, 7, Data(pets, "folder"))
    assert record.rows[0].points == (Point("plain20", 1.0, 0.75, 0.5),)
    assert (record.rows[0].state, record.rows[1].state) == ("stopped", "none")
    made = plan(record)
    assert (made.depths, made.base.budget.epochs, made.base.start.network) == ((20, 56), 7, "plain20")
    assert degradation.configurations(made.base, (20, 56))["plain20"] == config  # also what nobody suggests
    for path in sorted(pets.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    pets.rmdir()
    assert empty(home).data.problem.startswith("The data of these trainings is gone")


def test_signals_measured_before_are_shown_again_and_one_under_way_is_found(home: Path, pets: Path) -> None:
    base = TrainConfig(DataChoice(str(pets), "folder"))
    folder = degradation_lab.prepare(home / "runs", degradation_lab.Plan(base, (18, 34)))
    with (folder / "events.jsonl").open("wb") as file:
        file.write(b'{"event": "signal", "network": "plain18", "blocks": {"layer1.0": 3, "layer1.1": 1}}\n')
        file.write(b'{"event": "batch", "run": "degradation-plain18"}\n{"event": "sig')
    assert not empty(home).running
    with runs.held(folder):
        record = empty(home)
        with pytest.raises(TrainingError):
            degradation_lab.prepare(home / "runs", degradation_lab.Plan(base, (20, 56)))
    assert (record.running, record.depths) == (True, (18, 34))
    assert record.rows[0].growth == 3
    assert degradation_lab.read_plan(folder).depths == (18, 34)
    (folder / "plan.json").write_text("{}")
    with pytest.raises(TrainingError, match=r"plan\.json can't be read"):
        degradation_lab.read_plan(folder)


def test_the_result_in_a_sentence() -> None:
    def row(name: str, error: float, epochs: float = 3) -> NetworkRow:
        return NetworkRow(name, "finished", epochs, (Point(name, epochs, error, 0.5),))

    shallow, deep = row("plain20", 0.30), row("plain56", 0.345)
    record = Record((20, 56), rows=(shallow, row("resnet20", 0.3), deep, row("resnet56", 0.28)))
    assert summary(record) == (
        "After 3 epochs the deeper plain network’s training error is 4.5 points higher; the deeper residual network’s "
        "training error is 2.0 points lower."
    )
    grown = replace(record, rows=(shallow, row("resnet20", 0.3), deep, row("resnet56", 0.31)))
    assert summary(grown).endswith(
        "1.0 points higher. The paper’s networks had 164 epochs; so short a training can’t show it."
    )
    assert summary(replace(record, rows=(shallow, row("plain56", 0.4, 2)))) == ""
    alike = tuple(row(name, 0.3, 1) for name in ("plain20", "plain56", "resnet20", "resnet56"))
    assert summary(replace(record, rows=alike)).startswith(
        "After one epoch the deeper plain network’s training error is the same; the deeper residual network’s training "
        "error is the same. The paper’s"
    )
    assert summary(Record((20, 56))) == ""


@pytest.mark.shared
def test_the_published_errors_are_those_of_the_shared_numbers(shared: Path) -> None:
    text = (shared / "numbers.md").read_text(encoding="utf-8")
    cifar = [degradation.PUBLISHED[f"resnet{depth}"].error for depth in (20, 32, 44, 56, 110)]
    assert " / ".join(f"{100 * error:.2f}" for error in cifar) in text


def test_a_damaged_cifar10_is_named_before_anything_starts(tmp_path: Path) -> None:
    folder = tmp_path / "cifar-10-batches-py"
    folder.mkdir()
    (folder / "test_batch").write_bytes(b"cut off")
    with pytest.raises(DatasetError, match="test_batch differs from the official file"):
        plan(Record((20, 56), data=Data(folder, "cifar10")))
