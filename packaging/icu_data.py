"""Qt's copy of ICU's data without what Qt never asks it for. Linux: there Qt is linked to ICU.

libicudata.so is one array of 25 MB: an index of names, then the items. Qt has text converters and sorting from ICU;
languages, regions, currencies, units and where a word ends it knows itself (QLocale, Qt's own Unicode tables).
Without these 13.6 MB are left. The format is ICU's "common data", described in its User Guide under
"ICU Data" and in udata.h.
"""

from __future__ import annotations

import re
import struct
import subprocess
from pathlib import Path

# Folders of the data: icudt56l/<folder>/<item>.
NEVER_ASKED_FOR = ("brkitr", "curr", "lang", "rbnf", "region", "translit", "unit")

_MAGIC = b"\xda\x27"
_ASSEMBLY = """
.section .rodata
.balign 16
.globl {symbol}
.type {symbol}, @object
{symbol}:
.incbin "{data}"
.size {symbol}, . - {symbol}
.section .note.GNU-stack,"",@progbits
"""


def make(library: Path, folder: Path) -> Path:
    """Write a smaller `library` of the same name into `folder`. Raises ValueError when it is not as expected."""
    folder.mkdir(parents=True, exist_ok=True)
    symbol, content = read(library)
    data, source, target = (folder / f"{library.name}{ending}" for ending in (".dat", ".s", ""))
    data.write_bytes(without(content, NEVER_ASKED_FOR))
    source.write_text(_ASSEMBLY.format(symbol=symbol, data=data))
    command = ["cc", "-shared", "-nostdlib", "-s", f"-Wl,-soname,{library.name}", "-o", str(target), str(source)]
    subprocess.run(command, check=True)
    return target


def read(library: Path) -> tuple[str, bytes]:
    """The name of the array in an ICU data library, and its bytes."""
    symbols = _run("nm", "-D", str(library))
    found = re.search(r"^(\w+) R (icudt\d+_dat)$", symbols, re.MULTILINE)
    sections = _run("readelf", "--sections", "--wide", str(library))
    section = re.search(r"\.rodata\s+PROGBITS\s+(\w+)\s+(\w+)\s+(\w+)", sections)
    if found is None or section is None:
        raise ValueError(f"{library} is not a library of ICU's data")
    address, offset, size = (int(number, 16) for number in section.groups())
    start = int(found[1], 16) - address
    return found[2], library.read_bytes()[offset + start : offset + size]


def without(content: bytes, folders: tuple[str, ...]) -> bytes:
    """ICU common data without the items in `folders`. Raises ValueError when `content` is something else."""
    header = struct.unpack_from("<H", content)[0]
    if content[2:4] != _MAGIC or content[12:16] != b"CmnD":
        raise ValueError("this is not ICU's common data")
    (count,) = struct.unpack_from("<I", content, header)
    index = [struct.unpack_from("<II", content, header + 4 + 8 * number) for number in range(count)]
    ends = [offset for _, offset in index[1:]] + [len(content) - header]
    items = []
    for (name, start), end in zip(index, ends, strict=True):
        spelt = content[header + name : content.index(b"\0", header + name)]
        parts = spelt.decode("ascii").split("/")
        if len(parts) < 3 or parts[1] not in folders:
            items.append((spelt + b"\0", content[header + start : header + end]))
    return content[:header] + _assembled(items)


def _assembled(items: list[tuple[bytes, bytes]]) -> bytes:
    """Count, index of (offset of the name, offset of the data), names, data; each item begins at a multiple of 16."""
    names_at = 4 + 8 * len(items)
    data_at = _aligned(names_at + sum(len(name) for name, _ in items))
    index, names, data = [struct.pack("<I", len(items))], b"", bytearray()
    for name, content in items:
        index.append(struct.pack("<II", names_at + len(names), data_at + len(data)))
        names += name
        data += content + bytes(_aligned(len(content)) - len(content))
    head = b"".join(index) + names
    return head + bytes(data_at - len(head)) + bytes(data)


def _aligned(offset: int) -> int:
    return (offset + 15) // 16 * 16


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
