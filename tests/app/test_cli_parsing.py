from __future__ import annotations

from pathlib import Path

import pytest

from app import cli, console
from resnet_core.engines.devices import choose


def refused(argv: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The sentence a wrong command line gets: exactly one line on stderr, exit code 2."""
    assert cli.main(argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("resnet-lens: ")
    assert err.count("\n") == 1
    return err.strip()


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["clasify"], "Did you mean “classify”?"),
        (["qqq"], "The commands are classify"),
        (["classify"], "required: PATH"),
        (["classify", "a.png", "--top", "0"], "“0” is not a whole number from 1 on"),
        (["classify", "a.png", "--top", "many"], "“many” is not a whole number"),
        (["classify", "a.png", "--device", "toaster"], "“toaster” is not a device"),
        (["classify", "a.png", "--device", "gpu:1"], "“gpu:1” is not a device: auto, cpu, gpu, gpu.1, cuda"),
        (["classify", "a.png", "--precision", "rough"], "rough"),
        (["classify", "a.png", "--json", "--csv", "x.csv"], "not allowed with"),
        (["classify", "a.png", "--jso"], "--jso"),
        (["features", "a.png"], "--out"),
        (["features", "a.png", "--out", "x", "--format", "jpg"], "“jpg” is not a format"),
        (["features", "a.png", "--out", "x", "--outputs", "layer1,,layer2"], "is not a list of outputs"),
        (["describe"], "NETWORK"),
        (["describe", "resnet19"], "Did you mean “resnet1"),
        (["describe", "vgg"], "There are resnet18, "),
        (["describe", "resnet18", "--input", "0"], "“0” is not an input size"),
        (["describe", "resnet18", "--input", "224x"], "“224x” is not an input size"),
        (["describe", "resnet18", "--input", "²"], "is not an input size"),
        (["describe", "resnet18", "--input", "99999"], "at most 8192"),
        (["weights"], "TASK"),
        (["weights", "lst"], "lst"),
        (["weights", "download"], "ID"),
        (["screenshot", "a.png"], "OUT.png"),
        (["screenshot", "a.png", "b.png", "--size", "big"], "“big” is not a window's size"),
        (["info", "--colour"], "--colour"),
        ([], "Which command?"),
        (["--wrong"], "--wrong"),
        (["classify", "a.png", "--bogus"], "See “resnet-lens classify --help”"),
        (["weights", "list", "--bogus"], "See “resnet-lens weights list --help”"),
        (["weights", "export", "resnet18.cifar10", "x.txt"], "written as .safetensors or .pth, not as “x.txt”"),
        (["screenshot", "a.png", "x.jpg"], "“x.jpg” must end in .png"),
        (["screenshot", "a.png", "png"], "“png” must end in .png"),
    ],
)
def test_wrong_usage_is_one_sentence(
    argv: list[str], says: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert says in refused(argv, capsys)


@pytest.mark.parametrize("argv", [["--help"], ["--version"], *([command, "--help"] for command in cli.COMMANDS)])
def test_help_is_no_error(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(argv) == 0
    assert "resnet-lens" in capsys.readouterr().out


def test_no_command_means_the_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.parse([]).command is None
    assert cli.parse(["a.png", "photos/"]).paths == ["a.png", "photos/"]
    (tmp_path / "cats").mkdir()
    assert cli.parse(["cats"]).paths == ["cats"]
    assert cli.parse(["./classify"]).paths == ["./classify"]
    assert cli.parse(["--", "classify", "-odd-.png"]).paths == ["classify", "-odd-.png"]


def test_values_are_understood() -> None:
    options = cli.parse(
        ["classify", "a", "b", "--top", "3", "--device", "cuda:1", "--precision", "fast", "--recursive"]
    )
    assert (options.paths, options.top, options.device, options.precision) == (["a", "b"], 3, "cuda:1", "fast")
    assert options.recursive
    assert cli.parse(["describe", "x", "--input", "224"]).input == (224, 224)
    assert cli.parse(["describe", "x", "--input", "288x320"]).input == (288, 320)
    features = cli.parse(["features", "a", "--out", "o", "--outputs", "conv1, layer1,conv1", "--format", "npy"])
    assert (features.outputs, features.format) == (("conv1", "layer1"), ("npy",))
    assert cli.parse(["screenshot", "a", "b", "--size", "1280x800"]).size == (1280, 800)


@pytest.mark.parametrize("device", ["auto", "cpu", "gpu", "gpu.1", "cuda", "cuda:1", "xpu", "xpu:1", "mps"])
def test_devices_are_spelled_as_they_are_listed(device: str) -> None:
    assert cli.parse(["classify", "a", "--device", device]).device == device
    assert choose(device)[-1].id == "cpu"


def test_an_unexpected_error_is_a_sentence_and_a_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setattr("app.commands.describe.describe", lambda *_: 1 / 0)
    assert cli.main(["describe", "resnet18"]) == 1
    said = capsys.readouterr().err
    assert "Something went wrong inside the program (ZeroDivisionError" in said
    assert "Traceback" not in said
    assert "Traceback" in (home / "logs" / "resnet-lens.log").read_text()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(), 141),
        (MemoryError(), 1),
        (PermissionError(13, "Permission denied", "/x"), 1),
    ],
)
def test_how_a_command_can_end(
    error: BaseException, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def end(*_: object) -> None:
        raise error

    monkeypatch.setattr("app.commands.describe.describe", end)
    monkeypatch.setattr("app.console.abandon_output", lambda: None)
    assert cli.main(["describe", "resnet18"]) == code
    assert ("/x can't be used: permission is denied." in capsys.readouterr().err) == isinstance(error, PermissionError)


def test_control_characters_are_spelt_out() -> None:
    assert console.plain("a\x1b[31mb\nc\u202ed é 猫") == "a\\x1b[31mb\\nc\\u202ed é 猫"
    assert console.plain("\udcff") == "\udcff"


def test_tables_are_aligned_also_with_wide_letters() -> None:
    assert console.table([("a", "1"), ("猫", "10"), ("e\u0301e", "100")], "<>") == [
        "a     1",
        "猫   10",
        "e\u0301e  100",
    ]


def test_json_with_a_name_that_is_no_unicode_stays_valid(capsys: pytest.CaptureFixture[str]) -> None:
    console.json_line({"path": "é"})
    console.json_line({"path": "é\udcff"})
    assert capsys.readouterr().out.splitlines() == ['{"path": "é"}', '{"path": "\\u00e9\\udcff"}']
