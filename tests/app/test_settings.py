from __future__ import annotations

import dataclasses
import json
import random
from pathlib import Path

import pytest

from app import settings as settings_module
from app.settings import Settings, SettingsFile, makes_sense
from resnet_core.errors import LensError

_KEYS = [each.name for each in dataclasses.fields(Settings)]


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "new folder" / "settings.json")


def write(file: SettingsFile, data: bytes) -> None:
    file.path.parent.mkdir(exist_ok=True)
    file.path.write_bytes(data)


def test_no_file_gives_the_defaults(file: SettingsFile) -> None:
    assert file.load() == Settings()
    assert file.notice is None


def test_settings_come_back_as_they_were_saved(file: SettingsFile) -> None:
    chosen = Settings(
        theme="dark",
        language="zh_CN",
        motion="reduced",
        device="cuda:1",
        precision="fast",
        top_k=10,
        ranking="variance",
        scale="channel",
        colours="cividis",
        weights="resnet50.imagenet1k_v2",
        threads=2,
        data_folder="/data",
        mirror="https://mirror.example/weights/",
        window_geometry="AdnQywADAAA=",
        splitters={"mainSplitter": "AAAA/w=="},
        dialogs={"trainingDialog": "AdnQywADAAA="},
        last_folder="/photos/où \udcff",
        export_folder="C:\\Users\\x",
        recent_files=("/photos/b.png", "/photos/a.png"),
        recent_weights=("resnet50.mine",),
        output="layer3.0.residual",
        channel=12,
    )
    assert all(getattr(chosen, field.name) != getattr(Settings(), field.name) for field in dataclasses.fields(Settings))
    file.save(chosen)
    assert file.load() == chosen


def test_only_what_differs_from_the_defaults_is_written(file: SettingsFile) -> None:
    file.save(dataclasses.replace(Settings(), theme="dark"))
    assert json.loads(file.path.read_text()) == {"version": 1, "theme": "dark"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "pink"),
        ("theme", None),
        ("theme", ["dark"]),
        ("precision", "about"),
        ("top_k", 0),
        ("top_k", 11),
        ("top_k", "5"),
        ("top_k", True),
        ("top_k", 2.5),
        ("ranking", "taste"),
        ("scale", 1),
        ("colours", "jet"),
        ("weights", ""),
        ("weights", "a\nb"),
        ("device", {}),
        ("device", "banana"),
        ("device", "cuda:"),
        ("mirror", "file:///etc/passwd"),
        ("window_geometry", "not base64!"),
        ("splitters", {"mainSplitter": 5}),
        ("splitters", []),
        ("last_folder", "a\0b"),
        ("last_folder", "x" * 5000),
    ],
)
def test_a_senseless_value_falls_back_alone(file: SettingsFile, key: str, value: object) -> None:
    write(file, json.dumps({"version": 1, "last_folder": "/photos", key: value}).encode())
    assert file.load() == (Settings() if key == "last_folder" else Settings(last_folder="/photos"))
    assert file.notice is None


@pytest.mark.parametrize("name", ["auto", "cpu", "mps", "gpu", "gpu.1", "cuda", "cuda:0", "xpu", "xpu:1"])
def test_every_device_there_can_be_is_kept(file: SettingsFile, name: str) -> None:
    write(file, json.dumps({"version": 1, "device": name}).encode())
    assert file.load().device == name


def test_every_setting_is_checked() -> None:
    assert settings_module._CHECKS.keys() == {field.name for field in dataclasses.fields(Settings)}
    assert all(
        check(getattr(Settings(), name))
        for name, check in settings_module._CHECKS.items()
        if name not in ("splitters", "dialogs")
    )


def test_a_later_versions_file_gives_what_is_known(file: SettingsFile) -> None:
    write(file, b'{"version": 9, "theme": "dark", "holograms": true}')
    assert file.load() == Settings(theme="dark")


@pytest.mark.parametrize(
    "damaged", [b"", b"{", b"[]", b"\xff\xfe\x00", b"null", b"[" * 100_000, b'{"theme": "dark"}' + b" " * 1_000_001]
)
def test_a_damaged_file_is_put_aside(file: SettingsFile, damaged: bytes) -> None:
    write(file, damaged)
    assert file.load() == Settings()
    assert file.notice is not None
    assert "settings.json.bad" in file.notice
    assert file.path.with_name("settings.json.bad").read_bytes() == damaged
    assert not file.path.exists()
    file.save(Settings(theme="light"))
    assert file.load() == Settings(theme="light")
    assert file.notice is None


def test_a_folder_in_its_place_is_reported_not_raised(file: SettingsFile) -> None:
    file.path.mkdir(parents=True)
    assert file.load() == Settings()
    assert file.notice is not None


def test_a_failed_save_is_a_sentence_and_leaves_the_old_file(
    file: SettingsFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.save(Settings(theme="dark"))

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(LensError, match=r"could not be saved.*the disk is full"):
        file.save(Settings(theme="light"))
    assert file.load() == Settings(theme="dark")
    assert [path.name for path in file.path.parent.iterdir()] == ["settings.json"]


def test_five_hundred_mutated_files_never_stop_a_start(file: SettingsFile) -> None:
    """Bytes changed, cut, doubled; values of other kinds in every place: there are always settings to start with."""
    file.save(Settings(theme="dark", device="cuda:1", top_k=7, splitters={"mainSplitter": "AAAA"}, threads=3))
    good = file.path.read_bytes()
    rng = random.Random(11)
    odd = [
        None,
        True,
        -1,
        10**400,
        1.5,
        float("nan"),
        "",
        "\0",
        "x" * 5000,
        [],
        [[]],
        {},
        {"a": {"b": 1}},
        "../..",
        "🙂",
    ]
    for number in range(500):
        if number % 2:
            stored = json.loads(good)
            for key in rng.sample([*_KEYS, "version", "unknown"], 3):
                stored[key] = rng.choice(odd)
            damaged = json.dumps(stored).encode()
        else:
            damaged = bytearray(good)
            for _ in range(rng.randint(1, 8)):
                place = rng.randrange(len(damaged))
                damaged[place : place + rng.randint(0, 3)] = rng.randbytes(rng.randint(0, 3))
        file.path.write_bytes(bytes(damaged))
        settings = file.load()
        for key in _KEYS:
            assert makes_sense(key, getattr(settings, key)), (key, bytes(damaged))


def test_one_mirror_or_none() -> None:
    assert Settings().mirrors == ()
    assert Settings(mirror="https://mirror.example/").mirrors == ("https://mirror.example/",)
