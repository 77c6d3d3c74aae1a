"""The training loop on three colours: it learns, and a run that is stopped anywhere goes on as if it had not been."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from random_networks import SMALL, random_parameters
from small_training import PREPROCESS, GivenOrders, Told, config, dataset, with_budget

from resnet_core.spec import ResNetSpec
from resnet_core.training import checkpoint, loop, state
from resnet_core.training.arithmetic import Arithmetic, choose_arithmetic, choose_device
from resnet_core.training.best import Task, load_best
from resnet_core.training.config import Augmentation, Machine, Precision, TrainConfig, TrainingError, Watch
from resnet_core.training.ema import Average
from resnet_core.training.loop import DivergedError, Trainer
from resnet_core.training.network import freeze, make_optimizer, new_network, parameters_of
from resnet_core.training.probe import backward_signal, dead_shares
from resnet_core.training.schedule import EXTENSION_FACTOR

TINY = ResNetSpec("tiny", "basic", (1, 1), 3, stem="cifar", planes=4)
CPU = torch.device("cpu")


def trainer(
    folder: Path, config: TrainConfig, orders: GivenOrders | None = None, precision: Precision = "float32"
) -> tuple[Trainer, Told]:
    """With the state in `folder`, if there is one."""
    torch.set_num_threads(1)
    folder.mkdir(exist_ok=True)
    told = Told()
    network = new_network(TINY, config.seed)
    arithmetic = Arithmetic(CPU, precision, "channels_last" if precision == "bfloat16" else "contiguous")
    arithmetic.place(network)
    made = Trainer(
        Task(config, dataset(), TINY, PREPROCESS, folder), network, arithmetic, told, orders or GivenOrders()
    )
    loaded = state.read(folder, CPU)
    if loaded is not None:
        made.restore(loaded)
    return made, told


def numbers(made: Trainer) -> dict[str, np.ndarray]:
    """Everything that was learned."""
    learned = parameters_of(made.network, TINY)
    averaged = parameters_of(made.judged, TINY)
    return learned | {f"average {name}": array for name, array in averaged.items()}


def assert_equal(ours: dict[str, np.ndarray], theirs: dict[str, np.ndarray]) -> None:
    assert ours.keys() == theirs.keys()
    for name, array in ours.items():
        assert np.array_equal(array, theirs[name]), name


@pytest.mark.parametrize(
    ("made", "precision"),
    [
        (config(), "float32"),
        (config(), "bfloat16"),
        (config(optimizer="adamw", learning_rate=0.002, ema_decay=0.0), "float32"),
        (replace(config(), augmentation=Augmentation(2, cutout_px=3, mixup=0.3)), "float32"),
        (replace(config(), augmentation=Augmentation(2, grow_from_px=5)), "float32"),
    ],
)
def test_a_run_stopped_after_any_batch_goes_on_bit_for_bit(
    tmp_path: Path, made: TrainConfig, precision: Precision
) -> None:
    straight, told = trainer(tmp_path / "straight", made, precision=precision)
    assert straight.fit() == "finished"
    batches = 2 * straight.batches.per_epoch
    assert batches == 10
    for stop in range(batches):
        folder = tmp_path / f"stopped {stop}"
        first, _ = trainer(
            folder, made, GivenOrders(lambda asked, stop=stop: "stop" if asked == stop else "run"), precision
        )
        assert first.fit() == "stopped"
        assert (first.progress.epoch, first.progress.batch) == divmod(stop, 5)
        second, later = trainer(folder, made, precision=precision)
        assert second.fit() == "finished"
        assert_equal(numbers(second), numbers(straight))
        assert later.of("epoch")[-1]["train_loss"] == told.of("epoch")[-1]["train_loss"]
        assert_equal(load_best(second.task), load_best(straight.task))
        rows = list(csv.DictReader((folder / "metrics.csv").open()))
        assert [row["epoch"] for row in rows] == ["1", "2"]


def test_it_learns_and_tells(tmp_path: Path) -> None:
    made, told = trainer(tmp_path, with_budget(config(), epochs=8))
    assert made.fit() == "finished"
    assert made.progress.best_accuracy > 0.9
    assert len(told.of("epoch")) == 8
    losses = [event["train_loss"] for event in told.of("epoch")]
    assert losses[-1] < losses[0] / 2
    figures = told.of("batch")[0]["stages"]
    assert list(figures) == ["conv1", "layer1", "layer2", "fc"]
    assert all(stage["gradient"] > 0 and 0 < stage["update"] < 1 for stage in figures.values())
    assert 0 <= figures["layer2"]["dead"] < 1
    assert "dead" not in figures["fc"]
    assert told.of("epoch")[3]["eta_s"] > 0
    assert [event["epochs"] for event in told.of("checkpoint")] == list(range(9))


def test_pictures_grow(tmp_path: Path) -> None:
    growing = replace(config(), augmentation=Augmentation(2, grow_from_px=6), watch=Watch(probe_every=0))
    made, _ = trainer(tmp_path, growing)
    sides: list[int] = []
    made.network.register_forward_pre_hook(lambda _network, given: sides.append(given[0].shape[-1]))
    assert made.fit() == "finished"
    assert sides == [6, 6, 7, 8, 8, 9, 10, 10, 11, 12]  # of 12 px; what judges is the average, in full size


def test_the_probe_changes_nothing(tmp_path: Path) -> None:
    with_probe, _ = trainer(tmp_path / "a", config())
    without, told = trainer(tmp_path / "b", replace(config(), watch=Watch(probe_every=0)))
    with_probe.fit()
    without.fit()
    assert_equal(numbers(with_probe), numbers(without))
    assert not any("stages" in event for event in told)


def test_pausing_saves_waits_and_changes_nothing(tmp_path: Path) -> None:
    straight, _ = trainer(tmp_path / "a", config())
    straight.fit()
    orders = GivenOrders(lambda asked: "pause" if 3 <= asked < 7 else "run")
    paused, told = trainer(tmp_path / "b", config(), orders)
    assert paused.fit() == "finished"
    assert orders.waited == 3
    kinds = [event["event"] for event in told]
    assert kinds.index("paused") == kinds.index("resumed") - 1
    assert told[kinds.index("paused") - 1]["event"] == "checkpoint"
    assert_equal(numbers(paused), numbers(straight))


def test_a_budget_in_minutes_ends_in_time_with_a_judged_network(tmp_path: Path) -> None:
    made, told = trainer(tmp_path, with_budget(config(), minutes=0.8 / 60))
    assert made.fit() == "finished"
    assert 0.4 < made.pace.seconds < 3
    assert told.of("batch")[-1]["learning_rate"] < 0.05
    assert (tmp_path / "best.safetensors").exists()
    assert told[-1]["event"] == "checkpoint"


def test_training_goes_on_after_the_end_with_a_lower_cycle(tmp_path: Path) -> None:
    trainer(tmp_path, config())[0].fit()
    more, told = trainer(tmp_path, with_budget(config(), epochs=4))
    assert more.fit() == "finished"
    assert [event["epoch"] for event in told.of("epoch")] == [3, 4]
    assert 0.005 < max(event["learning_rate"] for event in told.of("batch")) <= 0.2 * 0.05
    assert len(more.progress.history) == 4


def test_a_budget_in_minutes_that_was_spent_is_spent(tmp_path: Path) -> None:
    """It ends as early as its last validation may take; what is left of the clock then is no cycle to go on with."""
    first, _ = trainer(tmp_path, with_budget(config(), minutes=10))
    first.pace._evaluation = lambda _images: 599.8  # type: ignore[method-assign]  # much longer than it takes
    assert first.fit() == "finished"
    assert first.pace.seconds < 600
    same, told = trainer(tmp_path, with_budget(config(), minutes=10))
    assert same.fit() == "finished"
    assert not told.of("batch")
    more, told = trainer(tmp_path, with_budget(config(), minutes=20))
    left = 1199 - more.progress.seconds
    more.pace._evaluation = lambda _images: left  # type: ignore[method-assign]
    assert more.progress.cycle.factor == EXTENSION_FACTOR
    assert more.progress.cycle.share_at_start == 0
    assert more.fit() == "finished"
    assert told.of("batch")


def test_half_an_epoch_trained_further_is_one_row(tmp_path: Path) -> None:
    trainer(tmp_path, with_budget(config(), epochs=1.4))[0].fit()
    more, _ = trainer(tmp_path, with_budget(config(), epochs=2))
    more.fit()
    assert [row["epoch"] for row in more.progress.history] == [1, 2]


def test_a_loss_that_is_no_number_stops_it_with_the_last_good_state_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = trainer(tmp_path, with_budget(config(), epochs=3))
    real = loop._loss

    def poisoned(*args: object) -> torch.Tensor:
        loss = real(*args)  # type: ignore[arg-type]
        return loss * float("nan") if made.progress.epoch == 1 and made.progress.batch == 2 else loss

    monkeypatch.setattr(loop, "_loss", poisoned)
    with pytest.raises(DivergedError, match=r"no number in epoch 2.*--learning-rate 0.0125"):
        made.fit()
    monkeypatch.undo()
    again, _ = trainer(tmp_path, with_budget(config(), epochs=3))
    assert (again.progress.epoch, again.progress.batch) == (1, 0)
    assert all(np.isfinite(array).all() for array in numbers(again).values())
    assert again.fit() == "finished"


def test_bad_numbers_never_reach_the_average_or_the_state(tmp_path: Path) -> None:
    made, _ = trainer(tmp_path, config())
    assert made.average is not None
    before = parameters_of(made.average.network, TINY)
    with torch.no_grad():
        made.network.conv1.weight[0] = float("inf")
    assert not made.average.update(made.network)
    assert_equal(parameters_of(made.average.network, TINY), before)
    with pytest.raises(DivergedError):
        made.save()
    assert checkpoint.newest(tmp_path) is None


def test_the_average_covers_batch_norm_and_follows_at_first() -> None:
    network = new_network(TINY, 0)
    average = Average(network, 0.99)
    with torch.no_grad():
        network.bn1.running_mean += 1
        network.bn1.num_batches_tracked += 5
    assert average.update(network)
    assert torch.allclose(average.network.bn1.running_mean, torch.full((4,), 0.9))
    assert average.network.bn1.num_batches_tracked == 5


def test_frozen_stages_stay_as_they_are(tmp_path: Path) -> None:
    learned = random_parameters(TINY)
    network = new_network(TINY, 0, learned)
    freeze(network, "layer1")
    assert not any(parameter.requires_grad for parameter in network.layer1.parameters())
    made = config()
    task = Task(
        replace(made, start=replace(made.start, weights="tiny.x", freeze="layer1")),
        dataset(),
        TINY,
        PREPROCESS,
        tmp_path,
    )
    fine = Trainer(task, network, Arithmetic(CPU), Told(), GivenOrders())
    fine.fit()
    after = parameters_of(network, TINY)
    for name, array in learned.items():
        frozen = name.startswith(("conv1", "bn1", "layer1"))
        assert np.array_equal(array, after[name]) == frozen, name


def test_a_new_head_where_the_classes_differ() -> None:
    learned = random_parameters(SMALL["option_a"])
    same = new_network(SMALL["option_a"], 0, learned)
    assert np.array_equal(same.fc.weight.detach().numpy(), learned["fc.weight"])
    other = new_network(SMALL["option_a"].with_classes(3), 0, learned)
    assert other.fc.weight.shape == (3, 16)
    assert np.array_equal(other.conv1.weight.detach().numpy(), learned["conv1.weight"])


def test_a_new_head_for_other_classes_of_the_same_number() -> None:
    spec = SMALL["option_a"]
    learned = random_parameters(spec)
    other = new_network(spec, 0, learned, keep_head=False)
    assert np.array_equal(other.conv1.weight.detach().numpy(), learned["conv1.weight"])
    assert not np.array_equal(other.fc.weight.detach().numpy(), learned["fc.weight"])


def test_weight_decay_is_not_for_batch_norms_and_biases() -> None:
    network = new_network(TINY, 0)
    decayed, rest = make_optimizer(network, config().recipe).param_groups
    assert decayed["weight_decay"] > rest["weight_decay"] == 0
    assert {parameter.ndim for parameter in decayed["params"]} == {2, 4}
    assert {parameter.ndim for parameter in rest["params"]} == {1}


def test_a_state_of_another_network_is_refused(tmp_path: Path) -> None:
    trainer(tmp_path, config())[0].save()
    with pytest.raises(TrainingError, match="other settings"):
        trainer(tmp_path, config(ema_decay=0.0))
    loaded = state.read(tmp_path, CPU)
    assert loaded is not None
    wide = replace(TINY, planes=8)
    other = Trainer(
        Task(config(), dataset(), wide, PREPROCESS, tmp_path),
        new_network(wide, 0),
        Arithmetic(CPU),
        Told(),
        GivenOrders(),
    )
    with pytest.raises(TrainingError, match="does not fit the network"):
        other.restore(loaded)


def test_smaller_batches_after_a_lack_of_memory_go_on_at_the_same_place(tmp_path: Path) -> None:
    trainer(tmp_path, config(), GivenOrders(lambda asked: "stop" if asked == 7 else "run"))[0].fit()
    smaller, _ = trainer(tmp_path, config(batch_size=4))
    assert (smaller.progress.epoch, smaller.progress.batch, smaller.pace.epochs) == (1, 4, 1.4)
    assert smaller.fit() == "finished"


def test_larger_batches_go_on_within_the_epoch(tmp_path: Path) -> None:
    trainer(tmp_path, config(), GivenOrders(lambda asked: "stop" if asked == 4 else "run"))[0].fit()
    larger, _ = trainer(tmp_path, config(batch_size=32))  # 4 batches of 8 of 5 are 1 of 32, and there is 1 in an epoch
    assert (larger.progress.epoch, larger.progress.batch) == (0, 0)
    assert larger.fit() == "finished"


def test_dead_relus_are_counted() -> None:
    network = new_network(TINY, 0)
    pictures = torch.rand(4, 3, 12, 12)
    assert dead_shares(network, pictures)["conv1"] < 1
    with torch.no_grad():
        network.bn1.weight.zero_()
        network.bn1.bias.fill_(-1)
    assert dead_shares(network, pictures)["conv1"] == 1
    assert network.training
    assert not network.bn1._forward_hooks


def test_the_backward_signal_reaches_every_block() -> None:
    network = new_network(replace(TINY, layers=(2, 2)), 0)
    signal = backward_signal(network, torch.rand(4, 3, 12, 12), torch.tensor([0, 1, 2, 0]))
    assert list(signal) == ["layer1.0", "layer1.1", "layer2.0", "layer2.1"]
    assert all(0 < norm < 100 for norm in signal.values())
    assert all(parameter.grad is None for parameter in network.parameters())


def test_precision_and_layout_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resnet_core.training.measure.SECONDS", 0.0)
    network = new_network(TINY, 0)
    chosen = choose_arithmetic(Machine(), CPU, network, TINY, 12, 8)
    assert chosen.precision in ("float32", "bfloat16")
    fixed = choose_arithmetic(Machine(precision="bfloat16", layout="contiguous"), CPU, network, TINY, 12, 8)
    assert (fixed.precision, fixed.layout) == ("bfloat16", "contiguous")
    same = choose_arithmetic(Machine(deterministic=True), CPU, network, TINY, 12, 8)
    assert (same.precision, same.layout) == ("float32", "contiguous")  # without a measurement
    with pytest.raises(TrainingError, match="float16 is for CUDA"):
        choose_arithmetic(Machine(precision="float16", layout="contiguous"), CPU, network, TINY, 12, 8)
    with pytest.raises(TrainingError, match="There is no device “xpu:7”"):
        choose_device("xpu:7")
