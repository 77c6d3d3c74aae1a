"""Windows, before the program: load the C++ runtime that came with torch before Qt loads an older one.

PyQt5's wheel brings an msvcp140.dll of 2019 beside Qt5Core.dll. Windows keeps the first one that a process loads, and
torch 2.9 and newer then fail with WinError 1114. The newest copy in the bundle is the right one for all.
"""

import ctypes
import os
import sys
from pathlib import Path

_NAMES = ("vcruntime140.dll", "vcruntime140_1.dll", "msvcp140.dll", "msvcp140_1.dll")


def _version(file: Path) -> tuple[int, int]:
    """The file's version as two numbers that compare; (0, 0) where it has none."""
    size = ctypes.windll.version.GetFileVersionInfoSizeW(str(file), None)
    data = ctypes.create_string_buffer(size)
    fixed, length = ctypes.c_void_p(), ctypes.c_uint()
    if not size or not ctypes.windll.version.GetFileVersionInfoW(str(file), 0, size, data):
        return (0, 0)
    if not ctypes.windll.version.VerQueryValueW(data, "\\", ctypes.byref(fixed), ctypes.byref(length)):
        return (0, 0)
    numbers = ctypes.cast(fixed, ctypes.POINTER(ctypes.c_uint32 * 4)).contents  # signature, structure, MS, LS
    return (numbers[2], numbers[3])


def _load(name: str) -> None:
    here = Path(sys._MEIPASS)
    system = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", name)
    copies = [file for file in (*here.rglob(name), system) if file.is_file()]
    if copies:
        ctypes.WinDLL(str(max(copies, key=_version)))


for _name in _NAMES:
    _load(_name)
