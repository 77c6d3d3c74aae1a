"""Stand-ins for CUDA libraries that torch is linked to and a ResNet never calls. Linux, full flavour.

libtorch_cuda.so names cuFFT, cuSPARSE, cuSPARSELt, cuRAND and NCCL among the libraries it needs, so the linker wants
a file of each name that has the functions torch refers to: 1.07 GB, for Fourier transforms, sparse matrices and
training on several GPUs. The stand-ins have these functions, and each gives the error code that the library has for
"not supported", which torch turns into an exception.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Library:
    """`prefix`: how its functions' names begin; `code`: its "not supported"."""

    file: str  # its name and the SONAME
    prefix: str
    code: int


LIBRARIES = (
    Library("libcufft.so.12", "cufft", 16),  # CUFFT_NOT_SUPPORTED
    Library("libcusparse.so.12", "cusparse", 10),  # CUSPARSE_STATUS_NOT_SUPPORTED
    Library("libcusparseLt.so.0", "cusparseLt", 10),
    Library("libcurand.so.10", "curand", 204),  # CURAND_STATUS_ARCH_MISMATCH: it has no "not supported"
    Library("libnccl.so.2", "nccl", 5),  # ncclInvalidUsage
)
_GIVES_TEXT = re.compile(r"(GetErrorString|GetErrorName|GetLastError|GetString)$")
_TEXT = "This program was packaged without this CUDA library, because no ResNet calls it."


def make(users: Iterable[Path], folder: Path) -> dict[str, Path]:
    """Compile a stand-in into `folder` for each of LIBRARIES that one of `users` needs. Gives them by file name."""
    folder.mkdir(parents=True, exist_ok=True)
    symbols = sorted({symbol for user in users for symbol in _undefined(user)})
    made = {}
    for library in LIBRARIES:
        functions = [(name, version) for name, version in symbols if _belongs(name, library)]
        source, script, target = (folder / f"{library.file}{ending}" for ending in (".c", ".v", ""))
        source.write_text("".join(_function(name, library.code) for name, _ in functions))
        script.write_text(_versions(functions))
        _run(
            *("cc", "-shared", "-fPIC", "-O1", "-nostdlib", "-s", f"-Wl,-soname,{library.file}"),
            *(f"-Wl,--version-script={script}", "-o", str(target), str(source)),
        )
        made[library.file] = target
    return made


def _belongs(name: str, library: Library) -> bool:
    others = [one.prefix for one in LIBRARIES if len(one.prefix) > len(library.prefix)]
    return name.startswith(library.prefix) and not any(name.startswith(prefix) for prefix in others)


def _undefined(library: Path) -> list[tuple[str, str]]:
    """The functions `library` wants from others, with the version it wants, or ""."""
    found = re.findall(r"^\s+U (\w+)(?:@(\S+))?$", _run("nm", "-D", "--undefined-only", str(library)), re.MULTILINE)
    return [(str(name), str(version)) for name, version in found]


def _function(name: str, code: int) -> str:
    if _GIVES_TEXT.search(name):
        return f'const char *{name}(void) {{ return "{_TEXT}"; }}\n'
    return f"int {name}(void) {{ return {code}; }}\n"


def _versions(functions: list[tuple[str, str]]) -> str:
    """The linker's list of what is seen from outside: each function under the version torch asks for."""
    groups: dict[str, list[str]] = {}
    for name, version in functions:
        groups.setdefault(version, []).append(name)
    lines = [f"{version} {{ global: {'; '.join(names)}; }};" for version, names in groups.items()]
    return "\n".join(lines) or "{ local: *; };"


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
