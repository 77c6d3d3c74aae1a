"""What this computer has, what is chosen, and which device serves when another fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from random_networks import SMALL, random_images, random_parameters

from resnet_core.engines import devices, load_engine
from resnet_core.engines.base import DeviceError, Request
from resnet_core.engines.devices import Device, choose, list_devices, tidy, torch_build
from resnet_core.engines.load_engine import open_engine
from resnet_core.engines.torch_engine import TorchEngine
from resnet_core.errors import EngineError

SPEC = SMALL["option_a"]
PARAMETERS = random_parameters(SPEC)
CPU = Device("cpu", "OpenVINO", "Intel Core i7-1260P", ("f32",))
TORCH_CPU = Device("cpu", "torch", "Intel Core i7-1260P", ("f32",))
ARC = Device("gpu", "OpenVINO", "Intel Arc A770", ("f32", "f16"))
SECOND_ARC = Device("gpu.1", "OpenVINO", "Intel Arc B580", ("f32", "f16"))
GEFORCE = [Device(f"cuda:{index}", "torch", "NVIDIA GeForce RTX 4070", ("f32", "bf16")) for index in range(2)]
APPLE = Device("mps", "torch", "Apple GPU", ("f32", "f16"))


def computer(monkeypatch: pytest.MonkeyPatch, torch: list[Device], openvino: list[Device], build: str | None) -> None:
    monkeypatch.setattr(devices, "_hinted_torch", lambda: torch)
    monkeypatch.setattr(devices, "_openvino", lambda: openvino)
    monkeypatch.setattr(devices, "torch_build", lambda: build)
    monkeypatch.setattr(devices, "cpu_name", lambda: CPU.name)


def test_this_computer_has_a_cpu() -> None:
    last = list_devices()[-1]
    assert (last.id, last.engine, last.precisions[0]) == ("cpu", "OpenVINO", "f32")
    assert last.name
    assert "(R)" not in last.name


def test_looking_for_devices_imports_no_torch() -> None:
    program = """
import sys
from resnet_core.engines.devices import choose, list_devices
list_devices(), choose("auto")
print("torch" in sys.modules)
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.returncode) == ("False\n", 0), done.stderr


@pytest.mark.parametrize(
    ("torch", "openvino", "build", "wanted", "expected"),
    [
        ([], [CPU], None, "auto", [CPU]),
        ([], [CPU], "cuda", "auto", [CPU, TORCH_CPU]),
        (GEFORCE, [CPU, ARC], "cuda", "auto", [*GEFORCE, ARC, CPU, TORCH_CPU]),
        (GEFORCE, [CPU, ARC], "cuda", "cuda", [GEFORCE[0], CPU, TORCH_CPU]),
        (GEFORCE, [CPU, ARC], "cuda", "cuda:1", [GEFORCE[1], CPU, TORCH_CPU]),
        (GEFORCE, [CPU, ARC], "cuda", " GPU ", [ARC, CPU, TORCH_CPU]),
        (GEFORCE, [CPU, ARC], "cuda", "cpu", [CPU, TORCH_CPU]),
        ([], [CPU, ARC, SECOND_ARC], None, "gpu", [ARC, CPU]),
        ([], [CPU, ARC, SECOND_ARC], None, "gpu.0", [ARC, CPU]),
        ([], [CPU, ARC, SECOND_ARC], None, "gpu.1", [SECOND_ARC, CPU]),
        ([APPLE], [CPU], "cpu", "auto", [APPLE, CPU, TORCH_CPU]),
        ([], [], "cpu", "auto", [TORCH_CPU]),
        ([], [CPU], None, "cuda:3", [Device("cuda:3", "torch", "cuda:3", ("f32",)), CPU]),
        ([], [CPU], None, "gpu.1", [Device("gpu.1", "OpenVINO", "gpu.1", ("f32",)), CPU]),
    ],
)
def test_the_order_in_which_devices_are_tried(
    monkeypatch: pytest.MonkeyPatch,
    torch: list[Device],
    openvino: list[Device],
    build: str | None,
    wanted: str,
    expected: list[Device],
) -> None:
    computer(monkeypatch, torch, openvino, build)
    assert list(choose(wanted)) == expected


@pytest.mark.parametrize("wanted", ["", "tpu", "cuda:", "cuda:x", "cuda.1", "gpu:1", "cpu:1", "mps:0", "../cpu"])
def test_a_word_that_names_no_device_is_refused_with_those_there_are(
    monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    computer(monkeypatch, GEFORCE[:1], [CPU], "cuda")
    with pytest.raises(EngineError, match=r"There is no device named “.*”\. This computer has: auto, cuda:0, cpu\."):
        choose(wanted)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Intel(R) Core(TM) i7-8700K CPU @ 3.70GHz", "Intel Core i7-8700K"),
        ("AMD Ryzen 7 5800X 8-Core Processor             ", "AMD Ryzen 7 5800X"),
        ("Intel(R) Xeon(R) Processor", "Intel Xeon Processor"),
        ("Intel(R) Arc(TM) A770 Graphics (dGPU)", "Intel Arc A770 Graphics"),
        ("Apple M2", "Apple M2"),
    ],
)
def test_names_are_those_people_know(raw: str, name: str) -> None:
    assert tidy(raw) == name


@pytest.mark.parametrize(
    ("version", "build"),
    [
        ("cuda: Optional[str] = '13.0'\nhip: Optional[str] = None\n", "cuda"),
        ("cuda: Optional[str] = None\nhip: Optional[str] = '7.0'\n", "rocm"),
        ("cuda = None\nhip = None\nxpu = '20260101'\n", "xpu"),
        ("cuda: Optional[str] = None\nhip: Optional[str] = None\nxpu: Optional[str] = None\n", "cpu"),
    ],
)
def test_how_torch_was_built_is_read_without_importing_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str, build: str
) -> None:
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text("raise SystemExit('imported')")
    (tmp_path / "torch" / "version.py").write_text(version)
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    torch_build.cache_clear()
    try:
        assert torch_build() == build
    finally:
        torch_build.cache_clear()


def test_nvidia_cards_are_named_by_their_driver(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for bus, model in (("0000:01:00.0", "NVIDIA RTX A2000"), ("0000:41:00.0", "NVIDIA L4")):
        (tmp_path / bus).mkdir()
        (tmp_path / bus / "information").write_text(f"Model: \t\t {model}\nIRQ:   123\n")
    monkeypatch.setattr(devices, "NVIDIA_GPUS", tmp_path)
    monkeypatch.setattr(devices, "torch_build", lambda: "cuda")
    monkeypatch.setattr(devices.sys, "platform", "linux")
    found = [device for device in list_devices() if device.kind == "cuda"]
    assert [(device.id, device.name) for device in found] == [("cuda:0", "NVIDIA RTX A2000"), ("cuda:1", "NVIDIA L4")]
    monkeypatch.setattr(devices, "torch_build", lambda: "cpu")
    assert not any(device.kind == "cuda" for device in list_devices())


def test_torch_confirms_its_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    from resnet_core.engines.messages import Message

    rows = [
        {"id": "cuda:0", "name": "NVIDIA L4", "precisions": ["f32", "bf16"]},
        {"id": "cpu", "name": "", "precisions": ["f32"]},
    ]

    class Worker:
        def ask(self, message: Message, *, timeout_s: float) -> Message:
            assert message.header == {"do": "devices"}
            return Message({"devices": rows})

        def close(self) -> None: ...

    monkeypatch.setattr(devices, "WorkerProcess", Worker)
    monkeypatch.setattr(devices, "torch_build", lambda: "cuda")
    devices._probed_torch.cache_clear()
    try:
        probed = list_devices(probe_torch=True)
    finally:
        devices._probed_torch.cache_clear()
    assert probed[0] == Device("cuda:0", "torch", "NVIDIA L4", ("f32", "bf16"))
    assert probed[-1].engine == "OpenVINO"


def test_without_openvino_the_cpu_is_left_to_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    monkeypatch.setattr(devices, "torch_build", lambda: None)
    devices.cpu_name.cache_clear()
    try:
        assert [(device.id, device.engine) for device in list_devices()] == [("cpu", "torch")]
    finally:
        devices.cpu_name.cache_clear()


# open_engine


def test_the_wanted_device_serves_without_a_word() -> None:
    opened = open_engine(SPEC, PARAMETERS, device="cpu")
    assert (opened.device.id, opened.device.engine, opened.notice) == ("cpu", "OpenVINO", None)
    assert opened.engine.run(Request(random_images(1, 32, 32))).outputs["logits"].shape == (1, 10)


def test_a_device_that_fails_is_named_once_and_the_next_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    computer(monkeypatch, GEFORCE, [CPU], "cuda")
    tried: list[str] = []

    def no_driver(spec: object, parameters: object, device: str, precision: str, **_named: object) -> TorchEngine:
        tried.append(device)
        raise DeviceError(f"torch could not run option_a on “{device}”: Found no NVIDIA driver.")

    monkeypatch.setattr(load_engine, "TorchEngine", no_driver)
    opened = open_engine(SPEC, PARAMETERS)
    assert tried == ["cuda:0", "cuda:1"]
    assert opened.device == CPU
    assert opened.notice == (
        "torch could not run option_a on “cuda:0”: Found no NVIDIA driver; "
        "OpenVINO on Intel Core i7-1260P serves instead."
    )
    again = open_engine(SPEC, PARAMETERS, failed=GEFORCE)
    assert (again.device, again.notice, tried) == (CPU, None, ["cuda:0", "cuda:1"])


def test_a_missing_openvino_leaves_the_cpu_to_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    started: list[str] = []
    monkeypatch.setattr(load_engine, "TorchEngine", lambda _spec, _parameters, device, *_, **__: started.append(device))
    opened = open_engine(SPEC, PARAMETERS, device="cpu")
    assert (opened.device.id, opened.device.engine, started) == ("cpu", "torch", ["cpu"])


def test_when_nothing_serves_the_first_reason_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    computer(monkeypatch, [], [CPU], None)

    def broken(*args: object, **named: object) -> None:
        raise DeviceError("OpenVINO can't be used on this computer: libtbb.so.12 is missing")

    monkeypatch.setattr(load_engine, "OpenVINOEngine", broken)
    with pytest.raises(DeviceError, match="libtbb"):
        open_engine(SPEC, PARAMETERS)
    with pytest.raises(DeviceError, match="No device is left"):
        open_engine(SPEC, PARAMETERS, failed=[CPU])


def test_parameters_that_do_not_fit_are_no_devices_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EngineError, match=r"fc\.weight") as caught:
        open_engine(SPEC.with_classes(3), PARAMETERS, device="cpu")
    assert not isinstance(caught.value, DeviceError)
