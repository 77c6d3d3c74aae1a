from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from app import cli
from resnet_core.networks import NETWORKS


def described(argv: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert cli.main(["describe", *argv, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out)


def test_the_json_is_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    found = described(["resnet50"], capsys)
    assert list(found) == ["network", "input", "parameters", "macs", "layers", "stages"]
    assert found["network"] == "resnet50"
    assert found["input"] == [3, 224, 224]
    assert found["parameters"] == 25_557_032
    assert found["macs"] == 4_089_184_256
    assert found["layers"] == 50
    assert [stage["name"] for stage in found["stages"]] == ["conv1", "layer1", "layer2", "layer3", "layer4", "fc"]
    for stage in found["stages"]:
        assert list(stage) == ["name", "output", "parameters", "macs", "blocks"]
        for block in stage["blocks"]:
            assert list(block) == ["name", "output", "parameters", "macs"]
    assert found["stages"][4]["output"] == [2048, 7, 7]
    assert found["stages"][4]["blocks"][2]["name"] == "layer4.2"
    assert sum(stage["parameters"] for stage in found["stages"]) == found["parameters"]
    assert sum(stage["macs"] for stage in found["stages"]) == found["macs"]


def test_the_input_is_height_by_width(capsys: pytest.CaptureFixture[str]) -> None:
    found = described(["resnet18", "--input", "288x320"], capsys)
    assert found["input"] == [3, 288, 320]
    assert found["stages"][1]["output"] == [64, 72, 80]


def test_cifar_networks_take_small_pictures(capsys: pytest.CaptureFixture[str]) -> None:
    assert described(["resnet20"], capsys)["input"] == [3, 32, 32]


def test_weights_can_be_described_too(capsys: pytest.CaptureFixture[str]) -> None:
    found = described(["resnet18.cifar10"], capsys)
    assert found["input"] == [3, 32, 32]
    assert found["stages"][-1]["output"] == [10]


def test_unknown_weights_are_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["describe", "resnet18.cifar11"]) == 2
    assert "resnet18.cifar10" in capsys.readouterr().err


@pytest.mark.parametrize("network", NETWORKS)
def test_every_network_has_a_table(network: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["describe", network]) == 0
    table = capsys.readouterr().out.splitlines()
    assert table[0].startswith(f"{network}: ")
    assert len({len(line) for line in table[2:]}) == 1, "right-aligned columns end together"
    assert f"{NETWORKS[network].parameters:,}" in table[-1]


def test_describing_loads_nothing_heavy() -> None:
    code = (
        "import sys; from app import cli; code = cli.main(['describe', 'resnet152', '--json']);"
        "heavy = {'numpy', 'torch', 'openvino', 'PIL', 'PyQt5'} & set(sys.modules);"
        "sys.exit(f'{heavy}' if heavy else code)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, timeout=60)
