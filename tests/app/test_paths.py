from __future__ import annotations

from pathlib import Path

import pytest

from app import paths


def test_everything_lies_in_the_home_that_was_chosen(home: Path) -> None:
    assert paths.home() == home
    assert paths.cache_dir() == home / "cache"
    assert paths.weights_dir() == home / "weights"
    assert paths.runs_dir() == home / "runs"
    assert paths.datasets_dir() == home / "datasets"
    assert paths.logs_dir() == home / "logs"
    assert paths.settings_file() == home / "settings.json"
    assert not home.exists(), "asking for a path makes nothing"


def test_a_relative_home_is_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RESNET_LENS_HOME", "here")
    assert paths.home() == tmp_path / "here"


def test_without_a_choice_the_system_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESNET_LENS_HOME", "")
    assert paths.home().is_absolute()
    assert paths.home() != paths.cache_dir()
    assert "ResNet Lens" in str(paths.home())
