"""Menus, icons and “Open with” on Linux: what is written, that it is taken away again, that it fits the program."""

from __future__ import annotations

import re
import shlex
import shutil
import stat
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PyQt5.QtGui import QImage

from app import cli, desktop_integration
from resnet_core.image_formats import FORMATS
from resnet_core.resource_files import resource_dir
from resnet_core.version import VERSION

SOURCE = resource_dir() / "desktop"
MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "WebP": "image/webp",
    "TIFF": "image/tiff",
    "PPM": "image/x-portable-anymap",
    "AVIF": "image/avif",
    "JPEG 2000": "image/jp2",
    "ICO": "image/vnd.microsoft.icon",
    "TGA": "image/x-tga",
}


@pytest.fixture
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's data folder that other programs use too; none of the desktop's own programs is there."""
    folder = tmp_path / "data höme"
    (folder / "applications").mkdir(parents=True)
    (folder / "applications" / "other.desktop").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    return folder


def keys(text: str) -> dict[str, str]:
    """The keys of the entry itself, which comes before its actions."""
    return dict(line.split("=", 1) for line in text.split("[Desktop Action")[0].splitlines() if "=" in line)


def entry(data_home: Path) -> dict[str, str]:
    return keys((data_home / "applications" / "resnet-lens.desktop").read_text("utf-8"))


def test_install_writes_entry_icons_and_types(qapp, data_home):
    assert desktop_integration.install() == 0
    assert (data_home / "mime" / "packages" / "resnet-lens.xml").is_file()
    assert (data_home / "icons" / "hicolor" / "scalable" / "apps" / "resnet-lens.svg").is_file()
    for side in desktop_integration.ICON_SIZES:
        icon = QImage(str(data_home / "icons" / "hicolor" / f"{side}x{side}" / "apps" / "resnet-lens.png"))
        assert (icon.width(), icon.height()) == (side, side)
        assert icon.pixelColor(0, 0).alpha() == 0, "its corners are round"
        assert icon.pixelColor(side // 2, side // 2).alpha() == 255
    assert Path(entry(data_home)["TryExec"]).is_file()


def test_uninstall_leaves_other_programs_alone(qapp, data_home):
    desktop_integration.install()
    assert desktop_integration.uninstall() == 0
    assert [path.name for path in data_home.rglob("*") if path.is_file()] == ["other.desktop"]
    assert [path.name for path in data_home.iterdir()] == ["applications"]
    assert desktop_integration.uninstall() == 0, "a second time there is nothing to do"


def test_install_where_nothing_can_be_written(qapp, data_home, monkeypatch, capsys):
    monkeypatch.setenv("XDG_DATA_HOME", str(data_home / "applications" / "other.desktop"))
    assert desktop_integration.install() == 1
    assert "can't be written" in capsys.readouterr().err


def test_other_systems_have_installers(monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert desktop_integration.install() == desktop_integration.uninstall() == 2
    assert "Linux" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [["/opt/resnet-lens"], ["/home/me/My Programs/50 %/it's $HOME/resnet-lens"], ["/usr/bin/python3", "-m", "app"]],
)
def test_the_entry_starts_this_program_wherever_it_lies(command):
    lines = keys(desktop_integration.desktop_entry(command))
    start = lines["Exec"].replace("\\\\", "\\")  # as any string of such a file is read
    words = [re.sub(r"\\([$`])", r"\1", word).replace("%%", "%") for word in shlex.split(start)]
    assert words[: len(command)] == command
    assert words[-1] == "%U"
    assert lines["TryExec"] == command[0]


def test_a_packaged_program_is_started_by_its_executable(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert desktop_integration._command() == [sys.executable]
    monkeypatch.setenv("APPIMAGE", "/home/me/ResNet-Lens.AppImage")
    assert desktop_integration._command() == ["/home/me/ResNet-Lens.AppImage"]


def test_the_entry_names_every_format_we_read():
    text = (SOURCE / "resnet-lens.desktop").read_text("utf-8")
    named = text.split("MimeType=")[1].splitlines()[0].split(";")
    assert {one.name for one in FORMATS} == set(MEDIA_TYPES)
    assert set(MEDIA_TYPES.values()) < set(named)


def test_its_actions_are_switches_we_have():
    text = (SOURCE / "resnet-lens.desktop").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("Exec="):
            switches = [word for word in shlex.split(line)[1:] if word.startswith("--")]
            assert cli.parse(switches).command is None


def test_the_description_tells_this_version():
    root = ElementTree.parse(SOURCE / "io.github.resnet_lens.ResNetLens.metainfo.xml").getroot()
    assert root.findtext("launchable") == "resnet-lens.desktop"
    assert root.find("releases/release").get("version") == VERSION


@pytest.mark.parametrize(
    "command",
    [
        ["desktop-file-validate", "resnet-lens.desktop"],
        ["appstreamcli", "validate", "--no-net", "io.github.resnet_lens.ResNetLens.metainfo.xml"],
    ],
)
def test_the_desktops_own_checkers_find_no_fault(command):
    if shutil.which(command[0]) is None:
        pytest.skip(f"needs {command[0]}")
    done = subprocess.run(command, cwd=SOURCE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_icon_drawn_without_an_application_says_nothing(tmp_path):
    code = "import sys; from app.desktop_integration import icon_png; sys.stdout.buffer.write(icon_png(16))"
    tmp_path.chmod(stat.S_IRWXU)
    root = Path(__file__).resolve().parents[2]
    environment = {"PYTHONPATH": str(root), "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
    assert done.stdout.startswith(b"\x89PNG")
    assert done.stderr == b""
