"""`python3 dev.py package`: the program as a folder that needs no Python, and on request its archive and its test.

--flavour full|viewer   with torch (GPU, training), or without: a twelfth of the size   [full]
--smoke                 try the built program as a stranger to Python would (packaging/smoke.py)
--archive               also pack it: .zip
--appdir                also lay it out as an AppDir, which appimagetool turns into an AppImage (Linux)
--keep                  take the program that is built already
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
import zipfile
from importlib.metadata import PackagePath, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import contents  # noqa: E402
import icons  # noqa: E402
import icu_data  # noqa: E402
import stub_libraries  # noqa: E402
import version_resource  # noqa: E402

from resnet_core.version import VERSION  # noqa: E402

DIST = ROOT / "dist"
WORK = ROOT / "build" / "package"

# Bytes of the unpacked folder, and of the viewer's archive: more fails the build.
LIMITS = {"full, CUDA": 3.2e9, "full, CPU": 0.8e9, "viewer": 0.3e9, "archive of the viewer": 0.13e9}

# Libraries that come with their symbol tables; the others' makers have stripped theirs.
STRIPPED = (
    *("libpython3*.so*", "lib-dynload/*.so", "PIL/*.so", "torch/lib/*.so*"),
    *("PyQt5/*.so", "PyQt5/Qt5/lib/*.so*", "PyQt5/Qt5/plugins/*/*.so"),
)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="dev.py package", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--flavour", choices=contents.FLAVOURS, default="full")
    for switch in ("smoke", "archive", "appdir", "keep"):
        parser.add_argument(f"--{switch}", action="store_true")
    options = parser.parse_args()
    bundle = DIST / contents.bundle_name(VERSION, options.flavour)
    if not (options.keep and bundle.is_dir()):
        build(options.flavour, bundle)
    status = check_size(bundle, "viewer" if options.flavour == "viewer" else f"full, {_torch_of(bundle)}")
    if options.archive:
        archive = pack(bundle)
        if options.flavour == "viewer":
            status |= check_size(archive, "archive of the viewer")
    if options.appdir:
        print(f"AppDir: {lay_out_appdir(bundle)}")
    if options.smoke:
        smoke = [sys.executable, str(ROOT / "packaging" / "smoke.py"), str(bundle), "--flavour", options.flavour]
        status |= subprocess.run(smoke, cwd=ROOT, check=False).returncode
    return status


def build(flavour: str, bundle: Path) -> None:
    """PyInstaller with everything it reads; the result is `bundle`."""
    started = time.monotonic()
    made = WORK / flavour / "made"
    shutil.rmtree(made, ignore_errors=True)
    icons.make(made)
    (made / "version_resource.txt").write_text(version_resource.text(VERSION), "utf-8")
    if sys.platform.startswith("linux"):
        make_libraries(flavour, made / "libraries")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(DIST), "--workpath", str(WORK / flavour), str(ROOT / "build.spec")]
    environment = {
        **os.environ,
        "RESNET_LENS_FLAVOUR": flavour,
        "RESNET_LENS_MADE": str(made),
        "PYTHONHASHSEED": "1",  # the same sources give the same archive of modules
        "QT_QPA_PLATFORM": "offscreen",
    }
    print(f"Building {bundle.name} …", flush=True)
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        sys.exit("PyInstaller could not build the program; its message is above.")
    if sys.platform.startswith("linux"):
        strip(bundle)
    print(f"Built in {time.monotonic() - started:.0f} s: {bundle}", flush=True)


def make_libraries(flavour: str, folder: Path) -> None:
    """Smaller ones of the same name; build.spec takes every file here instead of the installed one. Linux."""
    qt = [_located("PyQt5-Qt5", file) for file in distribution("PyQt5-Qt5").files or () if "libicudata.so" in file.name]
    for library in qt:
        icu_data.make(library, folder)
    if flavour == "full":
        files = distribution("torch").files or ()
        torch = [_located("torch", file) for file in files if ".so" in file.name and file.parent.name == "lib"]
        if any("cuda" in library.name for library in torch):
            stub_libraries.make(torch, folder)


def strip(bundle: Path) -> None:
    """Take the symbol tables out of libraries that still have theirs."""
    files = {file for pattern in STRIPPED for file in bundle.rglob(pattern) if not file.is_symlink()}
    subprocess.run(["strip", "--strip-unneeded", *map(str, sorted(files))], check=True)


def check_size(path: Path, what: str) -> int:
    """Print how large `path` is beside its limit. 0 when it is within, else 1."""
    files = [file for file in path.rglob("*") if file.is_file() and not file.is_symlink()] if path.is_dir() else [path]
    size, limit = sum(file.stat().st_size for file in files), LIMITS[what]
    limited = f"at most {limit / 1e6:,.0f} MB ({what})"
    print(f"{path.name}: {size / 1e6:,.0f} MB in {len(files)} files, {limited}", flush=True)
    if size <= limit:
        return 0
    for file in sorted(files, key=lambda one: -one.stat().st_size)[:20]:
        print(f"  {file.stat().st_size / 1e6:8.1f} MB  {file.relative_to(path.parent)}")
    return 1


def pack(bundle: Path) -> Path:
    """A zip beside the folder, with its links and modes, and with the same bytes for the same files."""
    target = bundle.with_name(f"{bundle.name}.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(bundle.rglob("*")):
            if file.is_dir() and not file.is_symlink():
                continue
            entry = zipfile.ZipInfo(file.relative_to(DIST).as_posix())
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = file.lstat().st_mode << 16
            content = os.fsencode(file.readlink()) if file.is_symlink() else file.read_bytes()
            archive.writestr(entry, content)
    return target


def lay_out_appdir(bundle: Path) -> Path:
    """An AppDir as AppImage describes it: AppRun, the desktop file and the icon on top, the program below usr/lib."""
    from app import desktop_integration
    from resnet_core.resource_files import resource_dir

    folder = DIST / f"{bundle.name}.AppDir"
    shutil.rmtree(folder, ignore_errors=True)
    program = folder / "usr" / "lib" / "resnet-lens"
    shutil.copytree(bundle, program, symlinks=True, copy_function=os.link)  # linked: no second copy of 3 GB
    share, source = folder / "usr" / "share", resource_dir() / "desktop"
    for name, place in (
        ("resnet-lens.desktop", "applications"),
        ("io.github.resnet_lens.ResNetLens.metainfo.xml", "metainfo"),
    ):
        (share / place).mkdir(parents=True)
        shutil.copy2(source / name, share / place)
    shutil.copy2(source / "resnet-lens.desktop", folder)
    for side in desktop_integration.ICON_SIZES:
        icon = share / "icons" / "hicolor" / f"{side}x{side}" / "apps" / "resnet-lens.png"
        icon.parent.mkdir(parents=True)
        icon.write_bytes(desktop_integration.icon_png(side))
    shutil.copy2(icon, folder)
    (folder / ".DirIcon").symlink_to("resnet-lens.png")
    run = folder / "AppRun"
    run.write_text('#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/usr/lib/resnet-lens/resnet-lens" "$@"\n')
    run.chmod(0o755)
    return folder


def _located(package: str, file: PackagePath) -> Path:
    return Path(str(distribution(package).locate_file(file)))


def _torch_of(bundle: Path) -> str:
    return "CUDA" if any(bundle.rglob("libtorch_cuda.so")) or any(bundle.rglob("torch_cuda.dll")) else "CPU"


if __name__ == "__main__":
    sys.exit(main())
