"""Configurations, schedule, events and runs: what is known of a training without torch."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from small_training import config, with_budget

from resnet_core.errors import LensError
from resnet_core.networks import named
from resnet_core.preprocess import Preprocess
from resnet_core.training import control, defaults, events, runs
from resnet_core.training.config import Budget, Recipe, Start, TrainConfig, TrainingError
from resnet_core.training.schedule import Cycle, side_px, triangle
from resnet_core.weights.catalog import WeightsInfo


def test_a_configuration_survives_its_file() -> None:
    made = replace(config(), seed=7, start=Start("plain20", "cifar"), budget=Budget(None, 2.5))
    assert TrainConfig.parse(json.dumps({"version": "1", **made.to_json()})) == made


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"budget": {"epochs": None, "minutes": None}}, "give one of the two"),
        ({"budget": {"epochs": 3, "minutes": 4}}, "give one of the two"),
        ({"budget": {"epochs": "many"}}, "“epochs” can't be 'many'"),
        ({"recipe": {"batch_size": 1}}, "The batch size is 1; it must be between 2 and"),
        ({"recipe": {"batch_size": True}}, "can't be True"),
        ({"recipe": {"optimizer": "lion"}}, "can't be 'lion'"),
        ({"recipe": {"speed": 3}}, "unknown entry “speed”"),
        ({"recipe": 3}, "is not a JSON object"),
        ({"start": {"network": "vgg"}}, "no network named “vgg”"),
        ({"start": {"freeze": "layer1"}}, "Only weights that were learned"),
        ({"start": {"freeze": "layer9", "weights": "a.b"}}, "no stage “layer9”"),
        ([], "not a JSON object"),
    ],
)
def test_what_can_not_be_meant_is_a_sentence(change: object, says: str) -> None:
    value = change if isinstance(change, list) else {"data": {"path": "x"}, **change}  # type: ignore[dict-item]
    with pytest.raises(LensError, match=says):
        TrainConfig.from_json(value)


def test_the_defaults_fit_data_and_start(tmp_path: Path) -> None:
    small = defaults.suggest(tmp_path, "cifar10", network="resnet20")
    assert (small.start.stem, small.data.image_px, small.augmentation.crop_px) == ("cifar", 32, 4)
    own = defaults.suggest(tmp_path, "folder", network="resnet50", batch_size=64)
    assert (own.start.stem, own.data.image_px, own.recipe.learning_rate) == ("imagenet", 224, 0.05)
    info = WeightsInfo("resnet50.x", named("resnet50"), "x", "imported", Preprocess(256, 224))
    tuned = defaults.suggest(tmp_path, "cifar10", weights=info)
    assert (tuned.start.network, tuned.start.weights, tuned.data.image_px) == ("resnet50", "resnet50.x", 96)
    assert tuned.recipe.learning_rate == 0.01


def test_the_learning_rate_rises_to_its_peak_and_falls_to_0() -> None:
    assert [triangle(share, 0.2) for share in (0, 0.1, 0.2, 0.6, 1, 2)] == pytest.approx([0, 0.5, 1, 0.5, 0, 0])
    assert triangle(0, 0) == 1
    assert triangle(1, 1) == 1


def test_pictures_grow_in_equal_parts_of_the_training() -> None:
    assert [side_px(share, 20, 32) for share in (0, 0.24, 0.25, 0.5, 0.74, 0.75, 1)] == [20, 20, 24, 28, 28, 32, 32]
    assert [side_px(share, 128, 224) for share in (0, 0.3, 0.6, 0.9)] == [140, 168, 196, 224]
    assert {side_px(share, first, 32) for share in (0, 0.5, 1) for first in (0, 32, 100)} == {32}
    assert {side_px(share, 1, 5) for share in (0, 0.25, 0.45, 0.65, 0.85)} == {1, 2, 3, 4, 5}


def test_a_cycle_goes_by_epochs_or_by_the_clock() -> None:
    assert Cycle.of(Budget(10)).share(2.5, 999) == 0.25
    assert Cycle.of(Budget(None, 2)).share(999, 30) == 0.25


def test_another_budget_neither_jumps_nor_starts_over() -> None:
    cycle = Cycle.of(Budget(10))
    longer = cycle.changed(Budget(20), epochs=5, seconds=100)
    assert [longer.share(epoch, 0) for epoch in (5, 12.5, 20)] == [0.5, 0.75, 1]
    by_clock = cycle.changed(Budget(None, 5), epochs=5, seconds=100)
    assert [by_clock.share(0, seconds) for seconds in (100, 200, 300)] == [0.5, 0.75, 1]
    assert cycle.changed(Budget(10), 5, 100) is cycle
    more = cycle.changed(Budget(15), epochs=10, seconds=100)  # "five more epochs" after the end: a second, lower cycle
    assert (more.share(10, 0), more.share(15, 0), more.factor) == (0, 1, 0.2)


def test_events_are_lines_that_survive_a_torn_one(tmp_path: Path) -> None:
    heard: list[events.Event] = []
    log = events.EventLog(tmp_path, heard.append)
    log("epoch", loss=float("nan"), rate=0.123456789, stages={"fc": {"dead": float("inf"), "update": 1.0}})
    assert heard[0] | {"time": 0} == {
        "event": "epoch", "run": tmp_path.name, "time": 0, "rate": 0.123457, "stages": {"fc": {"update": 1.0}}
    }  # fmt: skip
    with (tmp_path / events.FILE).open("ab") as file:
        file.write(b'{"event": "batch", "lo')  # the process was killed here
    events.EventLog(tmp_path)("done", text="ü")
    lines = (tmp_path / events.FILE).read_text().splitlines()
    assert [event and event["event"] for event in map(events.parse_event, lines)] == ["epoch", None, "done"]
    assert events.last_events(tmp_path, frozenset({"done"}))["done"]["text"] == "ü"


def test_the_last_events_are_found_however_long_ago(tmp_path: Path) -> None:
    log = events.EventLog(tmp_path)
    log("start", dataset="first")
    log("start", dataset="second")
    for batch in range(5_000):
        log("batch", batch=batch, inner={"event": "start"})  # no line of its own
    with (tmp_path / events.FILE).open("ab") as file:
        file.write(b'{"event": "done", "test_acc')  # the process was killed here
    found = events.last_events(tmp_path, frozenset({"start", "batch", "done", "error"}))
    assert set(found) == {"start", "batch"}
    assert (found["start"]["dataset"], found["batch"]["batch"]) == ("second", 4_999)
    assert found["start"]["order"] < found["batch"]["order"]
    (tmp_path / events.FILE).write_bytes(b"")
    assert events.last_events(tmp_path, frozenset({"start"})) == {}
    assert events.last_events(tmp_path / "gone", frozenset({"start"})) == {}


@pytest.mark.parametrize(
    "line",
    [
        '{"event": "checkpoint", "epochs": "three"}', '{"event": "done", "test_accuracy": NaN}',
        '{"event": "batch", "stages": 3}', '{"event": "start", "classes": null}', '{"event": 7}', "[]", "\\u00",
    ],
)  # fmt: skip
def test_an_event_with_damaged_figures_is_none(line: str) -> None:
    assert events.parse_event(line) is None


def test_a_run_with_damaged_events_is_listed(tmp_path: Path) -> None:
    known = runs.Runs(tmp_path)
    (known.create(config(), "r") / events.FILE).write_text(
        '{"event": "checkpoint", "epochs": null}\n{"event": "stopped"}\n'
    )
    (info,) = known.all()
    assert (info.state, info.epochs_done) == ("stopped", 0)
    assert info.updated > 0


def test_a_run_that_can_not_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(runs, "write_config", full)
    with pytest.raises(TrainingError, match="can't be made"):
        runs.Runs(tmp_path).create(config(), "r")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["..", "日本", "/"])
def test_a_name_of_which_nothing_is_left_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(TrainingError, match="needs a letter"):
        runs.Runs(tmp_path).create(config(), name)


def test_a_run_is_made_listed_and_removed(tmp_path: Path) -> None:
    known = runs.Runs(tmp_path / "runs")
    assert known.all() == ()
    folder = known.create(config(), "My Run!")
    assert folder.name == "my-run"
    info = known.get("my-run")
    assert (info.state, info.config) == ("new", config())
    with pytest.raises(TrainingError, match="a run named “my-run” already"):
        known.create(config(), "my run")
    first, second = known.create(config()), known.create(config())
    assert second.name == f"{first.name}-2"
    with pytest.raises(TrainingError, match=r"no run named “my-rum”\. Near it: my-run"):
        known.get("my-rum")
    with pytest.raises(TrainingError):
        known.get("../runs")
    known.remove("my-run")
    assert not folder.exists()


def test_states_of_a_run(tmp_path: Path) -> None:
    known = runs.Runs(tmp_path)
    folder = known.create(config(), "r")
    log = events.EventLog(folder)
    log("start", dataset="CIFAR-10")
    assert known.get("r").state == "interrupted"
    log("checkpoint", epochs=1.5, best_accuracy=0.5)
    log("stopped")
    assert (known.get("r").state, known.get("r").epochs_done) == ("stopped", 1.5)
    log("error", message="The disk is full.")
    assert (known.get("r").state, known.get("r").problem) == ("failed", "The disk is full.")
    log("done", test_accuracy=0.9, weights="resnet20.r")
    assert (known.get("r").state, known.get("r").test_accuracy, known.get("r").weights) == (
        "finished", 0.9, "resnet20.r",
    )  # fmt: skip
    with pytest.raises(TrainingError, match="not being trained"):
        known.order("r", "stop")
    with runs.held(folder):
        assert known.get("r").state == "running"
        with pytest.raises(TrainingError, match="trained by another process"), runs.held(folder, 0):
            pass
        known.order("r", "pause")
        assert (folder / control.FILE).read_text() == "pause\n"
    (folder / runs.CONFIG).write_text("{")
    assert known.get("r").state == "damaged"
    assert "can't be used" in known.get("r").problem


def test_orders_come_by_file_and_by_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    control.write_order(tmp_path, "stop")
    monkeypatch.setattr(control, "_LOOK_SECONDS", 0.0)
    orders = control.Control(tmp_path)
    assert orders.order() == "run"  # an order from before this training began is not for it
    for word, order in (("pause", "pause"), ("resume", "run"), ("nonsense", "run"), (" STOP\n", "stop")):
        orders.give(word)
        assert orders.order() == order
    orders = control.Control(tmp_path)
    control.write_order(tmp_path, "pause")
    assert orders.order() == "pause"
    control.write_order(tmp_path, "stop")
    assert orders.order() == "stop"
    control.write_order(tmp_path, "resume")
    assert orders.order() == "stop"
    with pytest.raises(KeyError):
        control.write_order(tmp_path, "jump")


def test_runs_can_be_looked_at_without_torch() -> None:
    program = (
        "import sys; from resnet_core.training import config, schedule, events, runs, checkpoint, control, defaults; "
        "print(*(name for name in ('torch', 'openvino', 'PyQt5') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout.strip()) == ("", "")


def test_a_budget_is_one_of_two() -> None:
    assert with_budget(config(), minutes=2).budget.total == 120
    assert Recipe().learning_rate == 0.1
