"""Smaller libraries of the same name: ICU's data for Qt, stand-ins for CUDA's."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import icu_data
import pytest
import stub_libraries

needs_cc = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("cc") is None or shutil.which("nm") is None,
    reason="needs a C compiler and binutils, on Linux",
)


def icu_like(items: dict[str, bytes]) -> bytes:
    """A file in ICU's common data format."""
    header = struct.pack("<HBBHHBBBB4s4s4s", 32, 0xDA, 0x27, 20, 0, 0, 0, 2, 0, b"CmnD", b"\1\0\0\0", b"\0\0\0\0")
    return header.ljust(32, b"\0") + icu_data._assembled(
        [(name.encode() + b"\0", data) for name, data in items.items()]
    )


def test_icu_keeps_all_but_some_folders():
    kept = {"icudt56l/cnvalias.icu": b"alias", "icudt56l/coll/de.res": b"sorted" * 7, "icudt56l/root.res": b"root"}
    whole = icu_like({"icudt56l/brkitr/ja.brk": b"words" * 100, **kept, "icudt56l/curr/de.res": b"money"})
    smaller = icu_data.without(whole, ("brkitr", "curr"))
    assert smaller.rstrip(b"\0") == icu_like(kept).rstrip(b"\0")


def test_icu_refuses_other_data():
    with pytest.raises(ValueError, match="common data"):
        icu_data.without(bytes(200), ("brkitr",))


@needs_cc
def test_qt_sorts_and_converts_the_same_with_less_data(tmp_path):
    qt = Path(
        subprocess.run(
            [sys.executable, "-c", "import PyQt5; print(PyQt5.__path__[0])"], capture_output=True, text=True
        ).stdout.strip()
    )
    libraries = list((qt / "Qt5" / "lib").glob("libicudata.so.*"))
    if not libraries:
        pytest.skip("this Qt is not linked to ICU")
    smaller = icu_data.make(libraries[0], tmp_path)
    assert smaller.stat().st_size < libraries[0].stat().st_size / 1.5
    question = """
from PyQt5.QtCore import QCollator, QLocale, QTextCodec, QTimeZone
words = "z ä a Ö o 10 9 é e ß ss Z 日 本 ł l".split()
for locale in ("de_DE", "sv_SE", "ja_JP", "zh_CN", "C"):
    print(sorted(words, key=QCollator(QLocale(locale)).sortKey))
for name in ("UTF-8", "ISO-8859-15", "Shift_JIS", "GB18030", "windows-1252"):
    print(name, bytes(QTextCodec.codecForName(name).fromUnicode("aäé日本€")))
print(len(QTextCodec.availableCodecs()), QLocale("tr_TR").toUpper("ıi"))
print(QTimeZone(b"Europe/Berlin").displayName(QTimeZone.StandardTime))
"""
    answers = [
        subprocess.run(
            [sys.executable, "-c", question], env={**os.environ, **extra}, capture_output=True, check=True
        ).stdout
        for extra in ({}, {"LD_PRELOAD": str(smaller)})
    ]
    assert answers[0]
    assert answers[0] == answers[1]


@needs_cc
def test_a_stand_in_satisfies_the_linker_and_says_no(tmp_path):
    """A library that needs cuFFT, by version, and NCCL loads with both resolved at once."""
    versions, real, user = tmp_path / "real.map", tmp_path / "real" / "libcufft.so.12", tmp_path / "user.so"
    versions.write_text("libcufft.so.12 { global: cufftCreate; };")
    real.parent.mkdir()
    source = tmp_path / "real.c"
    source.write_text("int cufftCreate(void) { return 0; }")
    compile_("-Wl,-soname,libcufft.so.12", f"-Wl,--version-script={versions}", "-o", real, source)
    source.write_text(
        "int cufftCreate(void); const char *ncclGetErrorString(int); int ncclSend(void);"
        "int fft(void) { return cufftCreate(); } int send(void) { return ncclSend(); }"
        "const char *text(void) { return ncclGetErrorString(1); }"
    )
    compile_("-o", user, source, real)
    made = stub_libraries.make([user], tmp_path / "made")
    assert set(made) == {library.file for library in stub_libraries.LIBRARIES}
    question = (
        "import ctypes, os, sys; [ctypes.CDLL(path, ctypes.RTLD_GLOBAL | os.RTLD_NOW) for path in sys.argv[1:-1]];"
        "user = ctypes.CDLL(sys.argv[-1], os.RTLD_NOW); user.text.restype = ctypes.c_char_p;"
        "print(user.fft(), user.send(), user.text().decode())"
    )
    command = [sys.executable, "-c", question, *map(str, made.values()), str(user)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("16 5 This program was packaged without")


def compile_(*arguments: object) -> None:
    subprocess.run(["cc", "-shared", "-fPIC", *map(str, arguments)], check=True)
