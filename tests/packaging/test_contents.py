"""What goes into the packaged program and what stays out."""

from __future__ import annotations

import multiprocessing
import plistlib
import runpy
import sys
from pathlib import Path
from types import ModuleType

import contents
import macos
import pytest
import version_resource

from app.i18n import LANGUAGES
from resnet_core.workers import WORKERS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "name",
    [
        "PyQt5/Qt5/plugins/platforms/libqxcb.so",
        "PyQt5/Qt5/plugins/platforms/qwindows.dll",
        "PyQt5\\Qt5\\plugins\\platforms\\qoffscreen.dll",
        "PyQt5/Qt5/plugins/platforms/libqcocoa.dylib",
        "openvino/libs/libopenvino.so.2641",
        "openvino/libs/libopenvino_intel_cpu_plugin.so",
        "openvino/libs/openvino_intel_gpu_plugin.dll",
        "openvino/libs/openvino.dll",
        "openvino/libs/libtbb.so.12",
        "openvino/libs/tbb12.dll",
        "openvino/libs/libopenvino_ir_frontend.so.2641",
        "openvino/_pyopenvino.cpython-311-x86_64-linux-gnu.so",
        "nvidia/cudnn/lib/libcudnn_engines_precompiled.so.9",
        "nvidia/cu13/lib/libnvrtc.so.13",
        "torch/lib/libtorch_cuda.so",
        "pillow.libs/libfreetype-154567c4.so.6",
        "libpython3.11.so.1.0",
        "torch-2.14.1.dist-info/METADATA",
        "resources/weights/resnet18.cifar10.safetensors",
        "PyQt5/Qt5/translations/qtbase_zh_CN.qm",
        "PyQt5/Qt5/plugins/imageformats/libqsvg.so",
    ],
)
def test_what_is_loaded_goes_in(name):
    assert contents.is_wanted(name)


@pytest.mark.parametrize(
    "name",
    [
        "PyQt5/Qt5/plugins/imageformats/libqjpeg.so",
        "PyQt5/Qt5/plugins/platformthemes/libqgtk3.so",
        "PyQt5/Qt5/translations/qtbase_de.qm",
        "PyQt5/Qt5/bin/opengl32sw.dll",
        "openvino/libs/libopenvino_onnx_frontend.so.2641",
        "openvino/libs/openvino_intel_npu_plugin.dll",
        "openvino/libs/cache.json",
        "nvidia/cu13/lib/libcusolver.so.12",
        "nvidia/cu13/lib/libnvrtc.alt.so.13",
        "nvidia/cu13/lib/libnvJitLink.so.13",
        "nvidia/nvshmem/lib/libnvshmem_device.bc",
        "torch/lib/libtorch_cuda_linalg.so",
        "torch-2.14.1.dist-info/RECORD",
        "hypothesis-6.170.15.dist-info/METADATA",
        "libstdc++.so.6",
        "libGL.so.1",
        "libfontconfig.so.1",
    ],
)
def test_what_is_never_loaded_stays_out(name):
    assert not contents.is_wanted(name)


def test_a_library_goes_when_the_one_that_needed_it_went():
    needs = {
        "/a/plugin.so": ["libused.so", "libc.so.6"],
        "/a/libused.so": ["libdeep.so"],
        "/a/libalone.so": ["libdeep.so"],
    }
    names = ["PyQt5/Qt5/plugins/platforms/plugin.so", "libused.so", "libdeep.so", "libalone.so", "libpython3.11.so.1.0"]
    entries = [(name, f"/a/{Path(name).name}", "BINARY") for name in names]
    kept = contents.without_orphans(entries, lambda file: needs.get(file, []))
    assert [name for name, _, _ in kept] == [name for name in names if name != "libalone.so"]


def test_links_to_what_stayed_out_go():
    links = [("a.so", "lib/a.so", "SYMLINK"), ("b.so", "lib/b.so", "SYMLINK"), ("c.txt", "/c.txt", "DATA")]
    assert contents.without_dangling(links, [("lib/a.so", "/a.so", "BINARY")]) == [links[0], links[2]]


@pytest.mark.parametrize("flavour", contents.FLAVOURS)
def test_commands_and_workers_are_named_for_the_analysis(flavour):
    modules = contents.own_modules(ROOT, flavour)
    assert {"app.commands.classify", "app.desktop_integration", *WORKERS.values()} <= set(modules)


def test_the_viewer_has_no_torch():
    assert contents.is_in("torch.nn", contents.excludes("viewer"))
    assert not contents.is_in("torch.nn", contents.excludes("full"))
    assert not contents.is_in("torchgen_extra", contents.excludes("viewer"))


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        (["--worker", "torch-engine"], True),
        (["train", "--epochs", "1"], True),
        (["degradation"], True),
        (["--multiprocessing-fork", "parent_pid=1"], True),
        ([], False),
        (["photo.jpg"], False),
        (["classify", "train"], False),
    ],
)
def test_the_hooks_for_torch_run_where_torch_is_imported(args, wanted, monkeypatch):
    ran = []
    for name in contents.RUN_WHEN_NEEDED:
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setattr(multiprocessing, "freeze_support", lambda: ran.append("hooks"))
    monkeypatch.setattr("app.__main__.main", lambda: ran.append("main"))
    monkeypatch.setattr(sys, "argv", ["resnet-lens", *args])
    with pytest.raises(SystemExit):
        runpy.run_path(str(ROOT / "packaging" / "start.py"))
    assert ran == (["hooks", "main"] if wanted else ["main"])


def test_every_resource_keeps_its_place():
    found = dict(contents.resources(ROOT))
    assert found[str(ROOT / "resources" / "desktop" / "resnet-lens.desktop")] == "resources/desktop"
    assert not [file for file in found if file.endswith(".py")]


def test_info_plist_can_be_written():
    written = plistlib.loads(plistlib.dumps(macos.info_plist("1.2.3")))
    assert written["NSRequiresAquaSystemAppearance"] is False
    assert "public.png" in written["CFBundleDocumentTypes"][0]["LSItemContentTypes"]


@pytest.mark.parametrize(("version", "numbers"), [("0.1.0", (0, 1, 0, 0)), ("2.3.4.5", (2, 3, 4, 5))])
def test_the_version_resource_is_an_expression_of_known_names(version, numbers):
    told: dict[str, str] = {}
    names = {
        "VSVersionInfo": lambda ffi, kids: ffi,
        "FixedFileInfo": lambda **fields: fields,
        "StringFileInfo": list,
        "StringTable": lambda _language, strings: strings,
        "StringStruct": told.__setitem__,
        "VarFileInfo": list,
        "VarStruct": lambda _name, values: values,
    }
    fixed = eval(version_resource.text(version), names)
    assert fixed["filevers"] == numbers
    assert told["ProductVersion"] == version


def test_every_language_goes_in():
    files = {Path(file).name: folder for file, folder in contents.resources(ROOT)}
    for language in LANGUAGES:
        if language != "en":
            assert files[f"resnet_lens_{language}.qm"] == "resources/translations"
            assert files[f"imagenet.{language}.txt"] == files[f"cifar10.{language}.txt"] == "resources/labels"
    assert not any(name.endswith(".ts") for name in files)
