"""What goes into the packaged program and what stays out. build.spec calls these functions; docs/packaging.md says why.

A table of contents, as PyInstaller calls it, is a list of (name in the bundle, file on this disk, kind).
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import distribution
from pathlib import Path, PurePosixPath

from app.i18n import LANGUAGES

Entry = tuple[str, str, str]

FLAVOURS = ("full", "viewer")

# Modules that something bundled imports inside a `try` or a function, and that the program never gets to.
NEVER_USED = [
    *("IPython", "matplotlib", "pandas", "scipy", "tkinter", "_tkinter", "turtle", "idlelib", "lib2to3", "pydoc_data"),
    *("PyInstaller", "pip", "setuptools", "pkg_resources", "wheel", "distutils", "ensurepip", "venv", "Cython"),
    *("pytest", "_pytest", "hypothesis", "mypy", "mypyc", "psutil", "pygments", "rich", "xdist", "execnet"),
    *("numpy.f2py", "numpy.testing", "numpy.distutils", "numpy._core.tests"),
    *("openvino.tools", "openvino.torch", "openvino.preprocess.torchvision", "openvino_telemetry"),
    *(f"openvino.frontend.{name}" for name in ("jax", "onnx", "paddle", "pytorch", "tensorflow")),
    *("sqlite3", "_sqlite3", "dbm", "curses", "_curses", "readline", "xmlrpc", "ftplib", "imaplib", "poplib", "smtpd"),
    *("PIL.ImageQt", "PIL.ImageTk", "PIL._imagingtk", "PIL.ImageShow"),
    *("PyQt5.uic", "PyQt5.QtTest", "PyQt5.QtPrintSupport", "PyQt5.QtQml", "PyQt5.QtQuick"),
    *("triton", "torchvision", "torchaudio", "safetensors", "onnx", "onnxscript"),
    *("tensorboard", "torch.utils.tensorboard", "caffe2"),
]
TORCH_AND_WHAT_IT_BRINGS = [
    *("torch", "torchgen", "functorch", "nvidia", "cuda"),
    *("sympy", "mpmath", "networkx", "jinja2", "markupsafe", "fsspec"),
    "pyqtgraph",  # the curves of a training
]

# Qt's plugins by kind. Pictures are decoded by Pillow and icons drawn by QtSvg itself; the one image plugin reads the
# arrows that the style sheet names.
QT_PLUGINS = {
    "imageformats": {"qsvg"},
    "platforms": {"qxcb", "qoffscreen", "qwindows", "qcocoa"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platformthemes": {"qxdgdesktopportal"},
}
QT_TRANSLATIONS = {f"qtbase_{language}.qm" for language in LANGUAGES if language != "en"}
"""Qt's own words in the languages of the window: buttons of dialogs, menus of text fields."""

QT_EXTRA_DLLS = re.compile(r"(opengl32sw|d3dcompiler_\d+|libEGL|libGLESv2|libcrypto-.*|libssl-.*)\.dll", re.IGNORECASE)
"""Windows: software OpenGL, ANGLE and OpenSSL 1.1, which only QtQuick, QtWebEngine and QSslSocket load."""

# OpenVINO's libraries by the part of their name after "openvino_". It finds the plugins by name beside itself.
OPENVINO_LIBRARIES = {"intel_cpu_plugin", "intel_gpu_plugin", "auto_batch_plugin", "ir_frontend"}
OPENVINO_RUNTIME = re.compile(r"(lib)?(openvino|tbb(12)?|tbbbind.*|tbbmalloc|hwloc(-\d+)?)\.")

# Found on every Linux desktop, and tied to its drivers, fonts and display: a second copy breaks OpenGL or finds no
# fonts. AppImage's list of what never to bundle says the same.
OF_THE_SYSTEM = re.compile(
    r"lib(stdc\+\+|gcc_s|z|expat|uuid|fontconfig|freetype|harfbuzz|X11|X11-xcb|Xau|Xdmcp|ICE|SM"
    r"|dbus-1|OpenCL|GL|EGL|GLX|GLdispatch|OpenGL|glapi|gbm|drm|vulkan|cuda)\.so"
)

# CUDA libraries that torch or cuDNN load. cuDNN says that it needs all of its parts. The last five are replaced by
# `stub_libraries`.
NVIDIA_LIBRARIES = re.compile(
    r"lib(cudart|cublas|cublasLt|cudnn|cudnn_\w+|nvrtc|nvrtc-builtins|cupti|cufile|nvshmem_host"
    r"|nvshmem_bootstrap_uid|cufft|cusparse|cusparseLt|curand|nccl)\.so"
)
TORCH_NEVER_LOADED = re.compile(r"libtorch_cuda_linalg\.so")
"""torch.linalg on CUDA: opened when first called, and wants cuSOLVER (0.3 GB)."""


# PyInstaller's hooks for a process of multiprocessing and for torch, which reads its own sources: 40 ms of imports.
RUN_WHEN_NEEDED = ("pyi_rth_inspect", "pyi_rth_pkgutil", "pyi_rth_multiprocessing")


def excludes(flavour: str) -> list[str]:
    """Names of modules that PyInstaller shall not look for."""
    return NEVER_USED + (TORCH_AND_WHAT_IT_BRINGS if flavour == "viewer" else [])


def own_modules(root: Path, flavour: str) -> list[str]:
    """Every module of the program: the commands and the workers are imported by name, so no analysis finds them."""
    left_out = tuple(excludes(flavour))
    names = []
    for package in ("app", "resnet_core"):
        for file in sorted((root / package).rglob("*.py")):
            parts = file.relative_to(root).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            if not is_in(name, left_out):
                names.append(name)
    return names


def is_in(module: str, packages: Iterable[str]) -> bool:
    """Whether `module` is one of `packages` or inside one."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def resources(root: Path) -> list[tuple[str, str]]:
    """The program's own data files, as (file, folder in the bundle)."""
    folder = root / "resources"
    return [
        (str(file), str(file.parent.relative_to(root)))
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix not in (".py", ".pyc", ".ts")  # .ts: for translators
    ]


def metadata(flavour: str) -> list[tuple[str, str]]:
    """What `resnet-lens info` reads to tell the versions of packages, as (file, folder in the bundle)."""
    names = ["PyQt5", "PyQt5-Qt5", "numpy", "pillow", "openvino"] + (["torch"] if flavour == "full" else [])
    return [
        (str(distribution(name).locate_file(file)), str(file.parent))
        for name in names
        for file in distribution(name).files or ()
        if file.name == "METADATA"
    ]


def trim(entries: Iterable[Entry]) -> list[Entry]:
    """`entries` without what is never loaded."""
    return [entry for entry in entries if is_wanted(entry[0])]


def is_wanted(name: str) -> bool:
    """Whether a file, given by its name in the bundle, is ever loaded."""
    path = PurePosixPath(name.replace("\\", "/"))
    parts, file = path.parts, path.name
    if "plugins" in parts and parts[0] == "PyQt5":
        kind = parts[parts.index("plugins") + 1]
        return re.sub(r"^lib|\.(so|dylib|dll)$", "", file) in QT_PLUGINS.get(kind, ())
    if "translations" in parts and parts[0] == "PyQt5":
        return file in QT_TRANSLATIONS
    if parts[0] == "PyQt5" and file.endswith((".pyi", ".sip", ".qml")):
        return False
    if parts[0].endswith(".dist-info"):  # torch asks for versions of packages; hypothesis is one of its tests'
        return file == "METADATA" and not parts[0].startswith("hypothesis-")
    if parts[0] == "openvino":
        return _is_wanted_of_openvino(parts, file)
    if "nvidia" in parts[:1] or file.startswith(("libcu", "libnv", "libnccl")):
        return NVIDIA_LIBRARIES.match(file) is not None and ".alt." not in file
    if (len(parts) == 1 and OF_THE_SYSTEM.match(file)) or QT_EXTRA_DLLS.fullmatch(file):
        return False
    return not TORCH_NEVER_LOADED.match(file)


def _is_wanted_of_openvino(parts: Sequence[str], file: str) -> bool:
    if "libs" not in parts:
        return not file.endswith((".pyi", ".h", ".hpp", ".cmake", ".md"))
    part = re.match(r"(lib)?openvino_(\w+)", file)
    if part:
        return part[2] in OPENVINO_LIBRARIES
    return OPENVINO_RUNTIME.match(file) is not None


def without_orphans(entries: Sequence[Entry], needed: Callable[[str], Iterable[str]]) -> list[Entry]:
    """`entries` without libraries that were only there for another one that was left out. Linux.

    `needed` gives the names of the libraries a file is linked to. Libraries in the top folder and in Qt's are kept if
    a file that stays needs them; all others are roots: they are loaded by name.
    """
    by_name = {PurePosixPath(name).name: (name, file, kind) for name, file, kind in entries if kind != "SYMLINK"}
    kept = {entry for entry in entries if entry[2] != "SYMLINK" and not _is_for_others(entry[0])}
    waiting = list(kept)
    while waiting:
        for name in needed(waiting.pop()[1]):
            entry = by_name.get(name)
            if entry is not None and entry not in kept:
                kept.add(entry)
                waiting.append(entry)
    return [entry for entry in entries if entry in kept]


def without_dangling(entries: Iterable[Entry], files: Iterable[Entry]) -> list[Entry]:
    """`entries` without symbolic links to what is not among `files`."""
    names = {name for name, _, _ in files}
    return [entry for entry in entries if entry[2] != "SYMLINK" or entry[1] in names]


def _is_for_others(name: str) -> bool:
    path = PurePosixPath(name)
    if ".so" not in path.name or path.name.startswith("libpython"):
        return False
    return len(path.parts) == 1 or path.parts[:3] == ("PyQt5", "Qt5", "lib")


def libraries_needed(file: str) -> list[str]:
    """Names of the libraries that a Linux library or program says it needs itself, not through others."""
    listing = subprocess.run(["objdump", "-p", file], capture_output=True, text=True, check=False).stdout
    return re.findall(r"^\s+NEEDED\s+(\S+)", listing, re.MULTILINE)


def bundle_name(version: str, flavour: str) -> str:
    """E.g. ResNet-Lens-1.2.0-viewer-linux-x86_64: of this system and processor."""
    import platform

    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    machine = {"AMD64": "x86_64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    return f"ResNet-Lens-{version}-{flavour}-{system}-{machine}"


def runtime_hooks() -> list[str]:
    """Names of files in packaging/runtime_hooks that run before the program does, on this system."""
    return {"win32": ["load_msvc_runtime"], "linux": ["linux_environment"]}.get(sys.platform, [])


def start_scripts(scripts: Iterable[Entry]) -> list[Entry]:
    """What runs before the program, without the hooks of PyInstaller's that are replaced or wait until they are needed.

    `app.packaged` does what the one for PyQt5 is for: that one imports QtCore in every process, a torch worker too,
    which Windows does not forgive; and it fails in a folder whose name is beyond Latin-1.
    """
    return [script for script in scripts if script[0] not in ("pyi_rth_pyqt5", *RUN_WHEN_NEEDED)]


def modules_to_run_when_needed(scripts: Iterable[Entry]) -> list[Entry]:
    """The hooks that wait, as modules, which start.py imports."""
    return [(name, file, "PYMODULE") for name, file, _ in scripts if name in RUN_WHEN_NEEDED]
