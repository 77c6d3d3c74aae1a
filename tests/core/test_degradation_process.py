"""The process of the degradation experiment, in this process, on three colours."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small_training import config, with_budget, write_folder

from resnet_core.training import control, degradation, degradation_lab, runs
from resnet_core.training.degradation_lab import Plan
from resnet_core.weights.store import WeightsStore


@pytest.fixture(autouse=True)
def no_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resnet_core.training.control.Control.listen_to_signals", lambda _self: None)


def made(tmp_path: Path, home: Path, data: Path | None = None) -> Path:
    base = with_budget(config(data or write_folder(tmp_path / "colours")), epochs=1)
    return degradation_lab.prepare(home / "runs", Plan(replace(base, seed=3), (20,)))


def told(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "events.jsonl").read_text().splitlines()]


def test_all_are_trained_alike_and_what_is_trained_is_kept(tmp_path: Path, home: Path) -> None:
    folder = made(tmp_path, home)
    assert degradation_lab.main([str(home / "runs"), str(home)]) == 0
    events = told(folder)
    assert [event["network"] for event in events if event["event"] == "signal"] == ["plain20", "resnet20"]
    assert all(len(event["blocks"]) == 9 for event in events if event["event"] == "signal")
    assert [event["run"] for event in events if event["event"] == "done"] == [
        "degradation-plain20", "degradation-resnet20",
    ]  # fmt: skip
    assert events[-1] == {"event": "errors"}
    configs = [runs.read_config(home / "runs" / degradation.run_name(name)) for name in ("plain20", "resnet20")]
    assert configs[0] == replace(configs[1], start=replace(configs[1].start, network="plain20"))
    assert (configs[0].seed, configs[0].recipe.label_smoothing) == (3, 0)
    assert {info.id for info in WeightsStore(home).all() if info.origin == "trained"} == {
        "plain20.degradation-plain20", "resnet20.degradation-resnet20",
    }  # fmt: skip
    assert [info.name for info in runs.Runs(home / "runs").all()] == ["degradation-resnet20", "degradation-plain20"]

    degradation_lab.prepare(home / "runs", degradation_lab.read_plan(folder))
    assert degradation_lab.main([str(home / "runs"), str(home)]) == 0
    assert {event["event"] for event in told(folder)} == {"signal", "errors"}  # nothing was left to train


@pytest.mark.parametrize("where", ["experiment", "run"])
def test_an_order_to_stop_keeps_what_there_is(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    folder = made(tmp_path, home)
    real = degradation_lab.Control

    def ordered(place: Path) -> control.Control:
        control_of_it = real(place)
        if (place == folder) == (where == "experiment"):
            control.write_order(place, "stop")
        return control_of_it

    monkeypatch.setattr(degradation_lab, "Control", ordered)
    assert degradation_lab.main([str(home / "runs"), str(home)]) == 0
    events = told(folder)
    assert events[-1] == {"event": "stopped"}
    if where == "run":
        assert events[-2]["event"] == "stopped"
        assert runs.Runs(home / "runs").get("degradation-plain20").state == "stopped"
    else:  # before anything was measured
        assert len(events) == 1
    monkeypatch.setattr(degradation_lab, "Control", real)
    degradation_lab.prepare(home / "runs", degradation_lab.read_plan(folder))
    assert degradation_lab.main([str(home / "runs"), str(home)]) == 0
    assert told(folder)[-1] == {"event": "errors"}


def test_what_is_wrong_is_told(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = made(tmp_path, home, tmp_path / "gone")
    assert degradation_lab.main([str(home / "runs"), str(home)]) == 1
    [event] = told(folder)
    assert (event["event"], event["kind"]) == ("error", "dataset")
    assert "no folder" in event["message"]
    with runs.held(folder):
        assert degradation_lab.main([str(home / "runs"), str(home)]) == 1
    assert "by another process" in capsys.readouterr().err
    assert degradation_lab.main([]) == 2
