"""What a run's events become: curves, stages, progress, and sentences about how it ended. No Qt in here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.training import texts as training_texts
from app.training import views as training_views
from app.training.ends import ending_of, for_window
from app.training.following import MOST_OLD_BATCHES, EventTail
from app.training.record import MOST_POINTS, Record
from app.training.setup import (
    DataSet,
    Speed,
    as_defaults,
    configuration,
    estimate,
    proposed_name,
    speeds,
    stages_to_freeze,
    suggested,
)
from app.widgets._training import Wish, duration
from resnet_core.errors import LensError
from resnet_core.training.config import Budget, DataChoice, Start, TrainConfig
from resnet_core.training.runs import RunInfo, Runs

DATA = DataSet(Path("/data/cifar-10-batches-py"), "cifar10", "CIFAR-10", "", 45_000)
START = {"event": "start", "time": 1.0, "network": "resnet20", "parameters": 272_474, "dataset": "CIFAR-10",
         "classes": ["a", "b"], "train_images": 45_000, "validation_images": 5_000, "test_images": 10_000,
         "batch_size": 128, "batches": 100, "epochs": 4.0, "minutes": None, "device": "cpu", "precision": "bfloat16",
         "skipped": [], "resumed": False, "epochs_done": 0.0}  # fmt: skip


def batch(epoch: int, number: int, loss: float, **more: Any) -> dict[str, Any]:
    return {"event": "batch", "time": 2.0, "epoch": epoch, "batch": number, "batches": 100, "loss": loss,
            "accuracy": 0.5, "learning_rate": 0.1, "images_per_second": 64.0, "share": 0.1, "eta_s": 60.0,
            **more}  # fmt: skip


def epoch(at: float, accuracy: float) -> dict[str, Any]:
    return {"event": "epoch", "time": 3.0, "epoch": at, "train_loss": 1.0, "train_accuracy": accuracy - 0.1,
            "validation_loss": 0.9, "validation_accuracy": accuracy, "images_per_second": 64.0}  # fmt: skip


def record(*events: dict[str, Any]) -> Record:
    made = Record("r")
    for event in (START, *events):
        made.add(event)
    return made


def test_the_loss_is_that_of_the_batches_since_the_event_before() -> None:
    curves = record(batch(0, 10, 2.0), batch(0, 20, 1.5)).curves()
    assert curves.training_loss == (pytest.approx((0.05, 2.0)), pytest.approx((0.15, 1.0)))
    assert curves.end == 4


def test_a_run_that_begins_anew_shows_no_stages_of_the_try_before() -> None:
    stages = {"conv1": {"gradient": 1.0, "update": 0.001, "dead": 0.1}}
    made = record(batch(0, 10, 2.0, stages=stages), {"event": "checkpoint", "time": 5.0, "epochs": 0.1})
    assert [stage.name for stage in made.stages] == ["conv1"]
    made.add({**START, "epochs_done": 0.1})  # gone on with
    assert made.stages
    assert made.saved_at == 5.0
    made.add(START)
    assert made.stages == ()
    assert made.saved_at is None


def test_every_epoch_is_kept_and_the_best_is_marked() -> None:
    made = record(*(epoch(at, accuracy) for at, accuracy in ((1, 0.5), (2, 0.8), (3, 0.7))))
    curves = made.curves()
    assert [x for x, _ in curves.validation_accuracy] == [1, 2, 3]
    assert curves.best == (2, 0.8)
    assert made.progress().share == 0.75
    assert made.headline() == "3 of 4 epochs"


def test_a_long_run_keeps_its_shape_in_few_points() -> None:
    made = record()
    for number in range(5 * MOST_POINTS):
        made.add(batch(number // 100, number % 100 + 1, 1.0))
    losses = made.curves().training_loss
    assert MOST_POINTS / 2 <= len(losses) <= MOST_POINTS
    assert all(y == pytest.approx(1.0) for _, y in losses)
    assert [x for x, _ in losses] == sorted(x for x, _ in losses)


def test_a_resumed_run_goes_on_where_it_was_saved() -> None:
    made = record(epoch(1, 0.5), batch(1, 50, 1.0), batch(1, 90, 1.0))
    made.add({**START, "resumed": True, "epochs_done": 1.5})
    made.add(batch(1, 60, 1.0))  # the mean of 60 batches, 50 of them of the sitting before
    made.add(batch(1, 70, 1.0))
    xs = [x for x, _ in made.curves().training_loss]
    assert xs == sorted(xs)
    assert xs[-1] == pytest.approx(1.65)
    made.add(epoch(1.8, 0.6))
    made.add({**START, "resumed": True, "epochs_done": 1.8})
    made.add(epoch(2, 0.7))  # takes the place of the row at 1.8
    assert [x for x, _ in made.curves().validation_loss] == [1, 2]


def test_a_budget_in_minutes_is_told_in_epochs_too() -> None:
    made = Record("r", Budget(None, 10))
    made.add({**START, "epochs": None, "minutes": 10.0})
    assert made.epochs_in_all is None
    made.add(batch(0, 50, 1.0, share=0.25))
    assert made.epochs_in_all == pytest.approx(0.5 + 450 * 64 / 12_800)
    assert made.headline() == "Epoch 1 of 2.8 · step 50"


def test_figures_that_were_not_finite_are_left_out() -> None:
    broken = {key: value for key, value in epoch(1, 0.5).items() if not key.startswith("validation")}
    made = record({"event": "batch", "time": 1.0, "epoch": 0, "batch": 5, "batches": 100}, broken)
    assert made.curves().training_loss == ((1, 1.0),)
    assert made.curves().best is None
    assert made.progress().loss is None


def test_stages_in_the_order_of_the_network() -> None:
    stages = {"fc": {"gradient": 1.0, "update": 0.1}, "layer1": {"gradient": 2.0, "update": 1e-3, "dead": 0.5}}
    made = record(batch(0, 1, 1.0, stages=stages), batch(0, 2, 1.0))
    assert [(stage.name, stage.dead) for stage in made.stages] == [("layer1", 0.5), ("fc", None)]
    assert ("Pictures to train, validate, test", "45,000 + 5,000 + 10,000") in made.facts()


# -- events as they are written ----------------------------------------------------------------------------------------


def write(folder: Path, *lines: str, end: str = "\n") -> None:
    with (folder / "events.jsonl").open("a") as file:
        file.write("\n".join(lines) + end)


def test_only_what_is_new_and_whole_is_read(tmp_path: Path) -> None:
    tail = EventTail(tmp_path)
    assert tail.read() == []
    write(tmp_path, '{"event": "start"}', "damaged", '{"event": "ep', end="")
    assert [event["event"] for event in tail.read()] == ["start"]
    write(tmp_path, 'och"}')
    assert [event["event"] for event in tail.read()] == ["epoch"]
    assert tail.read() == []


def test_a_long_past_is_thinned_but_for_what_tells(tmp_path: Path) -> None:
    lines = [json.dumps({"event": "start"})]
    for number in range(10_000):
        lines.append(json.dumps({"event": "batch", "batch": number}))
        if number % 1000 == 0:
            lines.append(json.dumps({"event": "epoch", "epoch": number}))
    write(tmp_path, *lines)
    events = EventTail(tmp_path).read_past()
    assert sum(event["event"] == "epoch" for event in events) == 10
    batches = [event["batch"] for event in events if event["event"] == "batch"]
    assert MOST_OLD_BATCHES < len(batches) < 1.2 * MOST_OLD_BATCHES
    assert batches[-1] == 9999


# -- sentences ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "The loss became infinite or no number in epoch 3, at a learning rate of 0.1. The last good state is kept: "
            "go on from it with a lower peak than 0.1, “--resume r --learning-rate 0.025”.",
            "The loss became infinite or no number in epoch 3, at a learning rate of 0.1. The last good state is kept: "
            "go on from it with a lower peak than 0.1.",
        ),
        (
            "There is not enough memory for this training. Take smaller batches (--batch-size) or pictures. What was "
            "trained is kept: “resnet-lens train --resume r” goes on with it.",
            "There is not enough memory for this training. Take smaller batches or pictures. What was trained is kept: "
            "resume it to go on.",
        ),
        ("There is no folder /x.", "There is no folder /x."),
    ],
)
def test_sentences_without_command_lines(said: str, shown: str) -> None:
    assert for_window(said) == shown


def info(state: Any, folder: Path = Path("/runs/r"), **more: Any) -> RunInfo:
    config = TrainConfig(DataChoice("/data"), Start("resnet20"), Budget(30))
    return RunInfo(folder.name, folder, state, config, "CIFAR-10", 12.0, **more)


def test_what_helps_depends_on_what_went_wrong(tmp_path: Path) -> None:
    def remedies(message: str, **more: Any) -> list[str]:
        ending = ending_of(tmp_path, {"event": "error", "message": message, "can_resume": True, **more})
        return [remedy.text for remedy in training_texts.remedies(ending, info("failed").config)]

    assert remedies("The loss became infinite.") == ["Resume at rate 0.025"]
    assert remedies("There is not enough memory for this training.") == ["Resume with batches of 64"]
    assert remedies("The disk is full.") == ["Resume"]
    assert remedies("There is no folder.", can_resume=False) == []


def test_a_half_done_run_is_named_with_how_far_it_is(tmp_path: Path) -> None:
    assert training_texts.half_done(info("stopped")) == "r stopped at epoch 12 of 30."
    assert training_texts.half_done(info("interrupted")) == "r was interrupted at epoch 12 of 30."
    assert not training_texts.is_half_done(info("finished"))
    assert not training_texts.is_half_done(info("failed", tmp_path))
    (tmp_path / "last.pt").touch()
    assert training_texts.is_half_done(info("failed", tmp_path))


def test_the_bottom_line_says_what_can_be_done() -> None:
    made = record()
    assert not training_views.controls("", Record(""), None, 0).can_go
    made.add({"event": "checkpoint", "time": 100.0})
    under_way = training_views.controls("training", made, None, 112.0)
    assert under_way.message == "Saved 12 s ago. You can close this window: training goes on."
    assert (under_way.go, under_way.can_go, under_way.can_stop) == ("pause", True, True)
    assert training_views.controls("paused", made, None, 0).go == "resume"
    assert not training_views.controls("stopping", made, None, 0).can_stop
    stopped = ending_of(Path("/runs/r"), {"event": "stopped", "epochs": 1.0})
    ended = training_views.controls("", made, stopped, 0)
    assert (ended.go, ended.can_go, ended.message) == (
        "resume", True, "Stopped after 1 epoch. Nothing is lost: it can go on.",
    )  # fmt: skip
    assert not training_views.controls("", made, stopped, 0, others="other").can_go


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "1 s"), (59, "59 s"), (60, "1 min"), (3570, "1 h"), (3900, "1 h 05 min"), (90_000, "1 d 1 h")],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


# -- what is asked for -------------------------------------------------------------------------------------------------


def test_only_what_differs_is_changed() -> None:
    wish = Wish("resnet20", epochs=2.0, changes={"cutout_px": 8, "seed": 7, "limit": 2000})
    config = configuration(DATA, wish, None)
    plain = suggested(DATA, wish, None)
    assert (config.augmentation.cutout_px, config.seed, config.data.limit) == (8, 7, 2000)
    assert config.recipe == plain.recipe
    assert config.budget == Budget(2.0)
    assert as_defaults(plain).values["learning_rate"] == 0.1
    assert configuration(DATA, Wish(minutes=60.0, changes={"batch_size": 256}), None).recipe.learning_rate == 0.2
    large = configuration(DATA, Wish(epochs=3.0, changes={"stem": "imagenet", "optimizer": "adamw"}), None)
    assert (large.start.stem, large.data.image_px) == ("imagenet", 96)  # sizes and rates go with them
    assert (large.recipe.optimizer, large.recipe.learning_rate) == ("adamw", 1e-3)
    assert configuration(DATA, Wish(epochs=3.0, changes={"image_px": 48}), None).data.image_px == 48
    with pytest.raises(LensError, match="The learning rate is"):
        configuration(DATA, Wish(changes={"learning_rate": 1e9}), None)


def test_names_are_free_ones() -> None:
    assert proposed_name(DATA, "resnet18", ()) == "cifar10-resnet18"
    assert proposed_name(DATA, "resnet18", {"cifar10-resnet18", "cifar10-resnet18-2"}) == "cifar10-resnet18-3"
    pets = DataSet(Path("/x"), "folder", "Meine Haustiere & Co", "", 100)
    assert proposed_name(pets, "resnet18", ()) == "meine-haustiere-co-resnet18"
    assert stages_to_freeze("resnet20") == ("conv1", "layer1", "layer2", "layer3")


def test_an_estimate_is_of_what_was_measured_or_there_is_none(home: Path) -> None:
    known = [Speed("resnet18", 32, "cifar", 60.0, "bfloat16", "cpu")]
    hour = configuration(DATA, Wish("resnet18", minutes=60.0), None)
    assert estimate(known, hour, DATA) == (
        "On this computer: 60 images/s in bf16, about 12 minutes an epoch. 60 minutes are about 4.8 epochs."
    )
    best = configuration(DATA, Wish("resnet18", epochs=30.0), None)
    assert estimate(known, best, DATA).endswith("30 epochs take about 6 h 15 min.")
    assert estimate(known, configuration(DATA, Wish("resnet34"), None), DATA) == ""
    assert estimate([], hour, DATA) == ""

    folder = Runs(home / "runs").create(hour, "r")
    write(folder, json.dumps(START), json.dumps(batch(0, 5, 1.0)))
    [speed] = speeds(Runs(home / "runs").all())
    assert (speed.network, speed.images_per_second, speed.device) == ("resnet18", 64.0, "cpu")
