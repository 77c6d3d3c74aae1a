"""Whole trainings: from a run's configuration to weights in the store, or to a sentence on why not."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from small_training import CLASSES, GivenOrders, Told, config, with_budget, write_folder

from resnet_core import workers
from resnet_core.errors import DatasetError, LensError, WeightsError
from resnet_core.networks import named
from resnet_core.training import __main__ as training_process
from resnet_core.training import checkpoint, job, loop, runs, sources
from resnet_core.training.config import Start, TrainConfig, TrainingError
from resnet_core.training.distributed import Group, LostPeerError
from resnet_core.training.network import new_network, parameters_of
from resnet_core.weights.catalog import CIFAR10, WeightsInfo
from resnet_core.weights.store import WeightsStore

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def colours(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "colours")


def make(home: Path, made: TrainConfig, name: str = "r") -> Path:
    return runs.Runs(home / "runs").create(made, name)


def go(folder: Path, orders: GivenOrders | None = None) -> tuple[job.Outcome, Told]:
    told = Told()
    return job.train(folder, WeightsStore(folder.parents[1]), orders or GivenOrders(), told), told


def refused(folder: Path, kind: type[LensError] = TrainingError) -> tuple[str, Told]:
    told = Told()
    with pytest.raises(kind) as caught:
        job.train(folder, WeightsStore(folder.parents[1]), GivenOrders(), told)
    assert told[-1]["event"] == "error"
    assert told[-1]["message"] == str(caught.value)
    return str(caught.value), told


def test_a_training_ends_with_tested_weights_in_the_store(colours: Path, home: Path) -> None:
    folder = make(home, with_budget(config(colours), epochs=3))
    outcome, told = go(folder)
    assert [event["event"] for event in told if event["event"] not in ("batch", "checkpoint")] == [
        "start", "epoch", "epoch", "epoch", "done",
    ]  # fmt: skip
    assert all(event["run"] == "r" for event in told)
    assert (told[0]["dataset"], told[0]["classes"], told[0]["train_images"]) == ("colours", list(CLASSES), 39)
    done = told[-1]
    assert outcome.test_accuracy == pytest.approx(done["test_accuracy"], abs=1e-5)
    weights = WeightsStore(home).load(done["weights"])
    info = weights.info
    assert (info.id, info.origin, info.title, info.dataset) == ("resnet20.r", "trained", "r", "colours")
    assert (info.known_labels, info.accuracy) == (CLASSES, outcome.test_accuracy)
    assert info.preprocess == sources.preprocess(config(colours).data, None)
    rows = [line.split(",") for line in (folder / "confusion.csv").read_text().splitlines()]
    assert rows[0] == ["true class", *CLASSES]
    assert sum(int(cell) for row in rows[1:] for cell in row[1:]) == 6
    assert len((folder / "metrics.csv").read_text().splitlines()) == 4
    found = runs.Runs(home / "runs").get("r")
    assert (found.state, found.weights, found.epochs_done) == ("finished", "resnet20.r", 3)


def test_a_finished_run_takes_a_larger_budget_only(colours: Path, home: Path) -> None:
    folder = make(home, config(colours))
    go(folder)
    message, _ = refused(folder)
    assert "is finished" in message
    runs.write_config(folder, with_budget(config(colours), epochs=3))
    outcome, told = go(folder)
    assert told.of("epoch")[0]["epoch"] == 3
    assert outcome.weights is not None
    assert outcome.weights.id == "resnet20.r"  # in place of the earlier ones
    assert [info.id for info in WeightsStore(home).all() if info.origin == "trained"] == ["resnet20.r"]


def test_weights_of_another_run_stay(colours: Path, home: Path) -> None:
    """Also those of one of the same name, that was removed; and those that a run began with."""
    store = WeightsStore(home)
    go(make(home, config(colours)))
    runs.Runs(home / "runs").remove("r")
    before = store.load("resnet20.r").parameters
    tuned = replace(config(colours), start=Start("resnet20", "cifar", "resnet20.r"))
    folder = make(home, tuned)
    outcome, _ = go(folder)
    assert outcome.weights is not None
    assert outcome.weights.id == "resnet20.r-2"
    kept = store.load("resnet20.r").parameters
    assert all(np.array_equal(before[name], kept[name]) for name in before)
    runs.write_config(folder, with_budget(tuned, epochs=3))
    outcome, _ = go(folder)
    assert outcome.weights is not None
    assert outcome.weights.id == "resnet20.r-2"  # its own are replaced


def test_a_run_goes_on_without_the_weights_it_began_with(colours: Path, home: Path) -> None:
    store, spec = WeightsStore(home), named("resnet20")
    store.save(WeightsInfo("resnet20.old", spec, "old", "imported", CIFAR10), parameters_of(new_network(spec, 1), spec))
    folder = make(home, replace(config(colours), start=Start("resnet20", "cifar", "resnet20.old")))
    go(folder, GivenOrders(lambda asked: "stop" if asked == 3 else "run"))
    store.get("resnet20.old").path.unlink()  # type: ignore[union-attr]
    outcome, told = go(folder)
    assert told[0]["resumed"]
    assert outcome.weights is not None
    assert outcome.weights.preprocess.mean == CIFAR10.mean


def test_a_stopped_run_tests_nothing_and_goes_on(colours: Path, home: Path) -> None:
    folder = make(home, config(colours))
    outcome, told = go(folder, GivenOrders(lambda asked: "stop" if asked == 3 else "run"))
    assert outcome.weights is None
    assert told[-1]["event"] == "stopped"
    assert not (folder / "confusion.csv").exists()
    assert runs.Runs(home / "runs").get("r").state == "stopped"
    outcome, told = go(folder)
    assert told[0]["resumed"]
    assert outcome.weights is not None


def test_fine_tuning_keeps_what_is_frozen_and_changes_the_head(colours: Path, home: Path) -> None:
    store = WeightsStore(home)
    spec = named("resnet20")
    learned = parameters_of(new_network(spec, 1), spec)
    store.save(WeightsInfo("resnet20.old", spec, "old", "imported", CIFAR10), learned)
    made = replace(config(colours), start=Start("resnet20", "cifar", "resnet20.old", freeze="layer2"))
    outcome, _ = go(make(home, made))
    assert outcome.weights is not None
    tuned = store.load(outcome.weights.id)
    assert tuned.info.spec.num_classes == 3
    assert tuned.info.preprocess.mean == CIFAR10.mean
    assert np.array_equal(tuned.parameters["layer2.0.conv1.weight"], learned["layer2.0.conv1.weight"])
    assert not np.array_equal(tuned.parameters["layer3.0.conv1.weight"], learned["layer3.0.conv1.weight"])
    gone = replace(made, start=replace(made.start, weights="resnet20.gone"))
    refused(make(home, gone, "gone"), WeightsError)


def test_a_run_goes_on_with_the_classes_it_began_with_only(colours: Path, home: Path) -> None:
    folder = make(home, config(colours))
    go(folder, GivenOrders(lambda asked: "stop" if asked == 3 else "run"))
    shutil.copytree(colours / "red", colours / "violet")
    assert "has 4 classes, and the run r was begun with 3" in refused(folder)[0]


def test_what_stands_in_the_way_is_a_sentence(colours: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resnet_core.training.tensorboard.find_spec", lambda _name: None)
    assert "no folder" in refused(make(home, config(colours / "gone"), "a"), DatasetError)[0]
    damaged = make(home, config(colours), "b")
    (damaged / "config.json").write_text("{")
    assert "The run b can't be used" in refused(damaged)[0]
    with_board = replace(config(colours), watch=replace(config().watch, tensorboard=True))
    assert "TensorBoard is not installed" in refused(make(home, with_board, "c"))[0]
    locked = make(home, config(colours), "d")
    with runs.held(locked), pytest.raises(TrainingError, match="by another process"):
        go(locked)


def test_a_full_disk_keeps_the_last_state(colours: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make(home, with_budget(config(colours), epochs=3))
    real, count = checkpoint.save, 0

    def full(*args: object) -> Path:
        nonlocal count
        count += 1
        if count > 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(checkpoint, "save", full)
    message, told = refused(folder)
    assert message.startswith(f"The disk with {folder} is full.")
    assert "“resnet-lens train --resume r” goes on with it" in message
    assert told[-1]["can_resume"]
    monkeypatch.undo()
    outcome, told = go(folder)
    assert told[0]["epochs_done"] == 1
    assert outcome.weights is not None


def test_a_run_whose_states_are_all_damaged_begins_anew_and_says_so(colours: Path, home: Path) -> None:
    folder = make(home, with_budget(config(colours), epochs=1))
    _, told = go(folder, GivenOrders(lambda asked: "stop" if asked == 2 else "run"))
    assert not told[0]["started_over"]
    for name in (checkpoint.LAST, checkpoint.PREVIOUS):
        (folder / name).write_bytes(b"nothing")
    _, told = go(folder)
    assert (told[0]["resumed"], told[0]["epochs_done"], told[0]["started_over"]) == (False, 0, True)
    assert (folder / f"{checkpoint.LAST}.bad").read_bytes() == b"nothing"


def test_a_folder_that_goes_away_under_a_run(colours: Path, home: Path) -> None:
    folder = make(home, with_budget(config(colours), epochs=3))
    orders = GivenOrders(lambda asked: shutil.rmtree(folder) or "run" if asked == 3 else "run")
    with pytest.raises(TrainingError, match=r"The run's folder .* is gone"):
        go(folder, orders)
    assert not folder.exists()


def test_a_mistake_of_ours_is_told_with_its_details(colours: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "_loss", lambda *_args: 1 / 0)
    told = Told()
    with pytest.raises(ZeroDivisionError):
        job.train(make(home, config(colours)), WeightsStore(home), GivenOrders(), told)
    assert (told[-1]["event"], told[-1]["kind"]) == ("error", "bug")
    assert "ZeroDivisionError" in told[-1]["details"]


def test_too_little_memory(colours: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_much(*_args: object) -> torch.Tensor:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")

    monkeypatch.setattr(loop, "_loss", too_much)
    message, _ = refused(make(home, config(colours)))
    assert "not enough memory" in message
    assert "--batch-size" in message
    cpu = RuntimeError("[enforce fail at alloc_cpu.cpp:121] DefaultCPUAllocator: can't allocate memory")
    assert "not enough memory" in str(job.explain(cpu, home))
    windows = RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 4194304 bytes.")
    assert "not enough memory for this training" in str(job.explain(windows, home))
    assert job.explain(RuntimeError("a bug"), home) is None


@pytest.mark.parametrize("rank", [0, 1])
def test_a_process_whose_peer_is_gone_says_so(
    colours: Path, home: Path, monkeypatch: pytest.MonkeyPatch, rank: int
) -> None:
    def lost(*_args: object) -> None:
        raise RuntimeError("[gloo/transport/tcp/pair.cc:534] Connection closed by peer [127.0.0.1]:1234")

    monkeypatch.setattr(job, "_train", lost)
    told = Told()
    with pytest.raises(LostPeerError, match="Another process of this training has ended"):
        job.train(make(home, config(colours)), WeightsStore(home), GivenOrders(), told, Group(rank, 2, rank))
    assert [event["event"] for event in told] == ["error"] * (rank == 0)  # one process writes


def test_a_mistake_is_written_by_one_process_only(colours: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(job, "_train", mistaken)
    told = Told()
    with pytest.raises(ZeroDivisionError):
        job.train(make(home, config(colours)), WeightsStore(home), GivenOrders(), told, Group(1, 2, 1))
    assert told == []


def test_cifar10_is_looked_for_where_it_may_be(tmp_path: Path, colours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DatasetError, match=r"CIFAR-10 is not on this computer.*--download"):
        sources.find(None, tmp_path / "datasets")
    assert sources.find(colours, tmp_path / "datasets") == (colours, "folder")
    with pytest.raises(DatasetError, match="There is no folder"):
        sources.find(tmp_path / "gone", tmp_path)
    with pytest.raises(DatasetError, match="no folder of classes"):
        sources.find(colours / "red", tmp_path)
    inside = tmp_path / "data" / "cifar-10-batches-py"
    inside.mkdir(parents=True)
    (inside / "test_batch").touch()
    assert sources.find(None, tmp_path / "datasets") == (Path("data/cifar-10-batches-py"), "cifar10")


def start(folder: Path) -> subprocess.Popen[bytes]:
    return workers.start_worker(
        "trainer", str(folder), str(folder.parents[1]), stderr=subprocess.PIPE, environment={"OMP_NUM_THREADS": "1"}
    )


def events_until(process: subprocess.Popen[bytes], kind: str, count: int = 1) -> list[dict[str, object]]:
    """The events of a process up to the `count`-th of a kind."""
    found: list[dict[str, object]] = []
    assert process.stdout is not None
    for line in process.stdout:
        found.append(json.loads(line))
        count -= found[-1]["event"] == kind
        if count == 0:
            return found
    raise AssertionError(f"no {kind}: {found} {process.stderr.read() if process.stderr else ''!r}")


@pytest.mark.slow
def test_a_killed_process_loses_nothing_that_was_saved(colours: Path, home: Path) -> None:
    """And one that is paused by its stdin and stopped by Ctrl+C saves first; the weights are those of an undisturbed
    run."""
    made = with_budget(config(colours), epochs=8)
    folder = make(home, made)
    with start(folder) as process:
        saved = events_until(process, "checkpoint", 3)
        process.kill()
    assert runs.Runs(home / "runs").get("r").state == "interrupted"
    with start(folder) as process:
        assert process.stdin is not None
        begun = events_until(process, "start")[0]
        assert begun["epochs_done"] >= saved[-1]["epochs"]  # type: ignore[operator]
        process.stdin.write(b"pause\n")
        process.stdin.flush()
        events_until(process, "paused")
        process.stdin.write(b"resume\n")
        process.stdin.flush()
        events_until(process, "resumed")
        if os.name == "posix":
            process.send_signal(signal.SIGINT)
        else:
            process.stdin.write(b"stop\n")
        process.stdin.close()
        assert events_until(process, "stopped")[-1]["epochs"] < 8  # type: ignore[operator]
        assert process.wait(30) == 0
    outcome, _ = go(folder)
    straight, _ = go(make(home, made, "straight"))
    assert outcome.weights is not None
    assert straight.weights is not None
    store = WeightsStore(home)
    ours, theirs = store.load(outcome.weights.id).parameters, store.load(straight.weights.id).parameters
    assert all(np.array_equal(array, theirs[name]) for name, array in ours.items())


def test_the_process_says_what_is_wrong(
    colours: Path, home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert training_process.main([]) == 2
    assert training_process.main([str(tmp_path / "gone"), str(home)]) == 2
    assert capsys.readouterr().err.endswith(f"There is no run in {tmp_path / 'gone'}.\n")


@pytest.mark.slow
def test_two_processes_train_one_network(colours: Path, home: Path) -> None:
    """As torchrun starts them, over gloo. What differs from one process: batch norm sees half of each batch."""
    folder = make(home, config(colours))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "OMP_NUM_THREADS": "1",
    }  # fmt: skip
    command = [sys.executable, "-m", "resnet_core.training", str(folder), str(home)]
    processes = [
        subprocess.Popen(
            command, env=environment | {"RANK": str(rank), "LOCAL_RANK": str(rank)}, cwd=ROOT,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for rank in (0, 1)
    ]  # fmt: skip
    outs = [process.communicate(timeout=100) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], outs
    events = [json.loads(line) for line in outs[0][0].splitlines()]
    assert outs[1][0] == ""  # only the first one speaks
    assert [event["event"] for event in events].count("epoch") == 2
    assert events[-1]["event"] == "done"
    info = runs.Runs(home / "runs").get("r")
    assert (info.state, info.weights) == ("finished", "resnet20.r")
