"""The licences of all that is in the bundle, in its folder `licences`: ours, Python's, each package's, the system's.

What is bundled is told from the files that went in: each is found in the record of an installed package, belongs to
Python, or came from a package of the system (Debian keeps its licence in /usr/share/doc). One that belongs to nobody
known stops the build.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

_IS_LICENCE = re.compile(r"(licen[cs]e|copying|notice|copyright|third.party)", re.IGNORECASE)
_GPL3 = "GPL-3.0-or-later: the text is in ResNet Lens/LICENSE"

# Packages whose wheels hold no licence text, and what is known of them from their makers.
WITHOUT_TEXT = {
    "pyqt5": f"GPL-3.0-only, Riverbank Computing Limited, https://www.riverbankcomputing.com/software/pyqt/\n{_GPL3}\n",
}


class LicenceError(Exception):
    """Something in the bundle has no licence that we know of."""


@dataclass(frozen=True)
class Licence:
    """`texts` by file name; `stated`: what the package's metadata says."""

    package: str
    version: str
    stated: str
    texts: dict[str, str]


def collect(root: Path, files: Iterable[Path], folder: Path) -> list[Licence]:
    """Write the licences of the program at `root` and of bundled `files` into `folder`. Raises LicenceError."""
    owners, system, unknown = owners_of(root, files)
    found = [_of_the_program(root), _of_python(), *(of_distribution(owner) for owner in owners)]
    found += [_of_system_package(name) for name in sorted(system)]
    if unknown:
        raise LicenceError(f"Nobody is known to own these files of the bundle: {', '.join(sorted(map(str, unknown)))}")
    bare = [licence.package for licence in found if not licence.texts]
    if bare:
        raise LicenceError(f"There is no licence text for {', '.join(bare)}: add it to licences.WITHOUT_TEXT.")
    shutil.rmtree(folder, ignore_errors=True)
    for licence in found:
        for name, text in licence.texts.items():
            target = folder / licence.package / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
    (folder / "INDEX.md").write_text(index(found), "utf-8")
    return found


def index(licences: Iterable[Licence]) -> str:
    """One line a package: name, version, licence, where its texts are."""
    lines = ["# What is in this program, and under which licence", "", "| package | version | licence | texts |"]
    lines.append("| --- | --- | --- | --- |")
    for one in licences:
        texts = ", ".join(f"`{one.package}/{name}`" for name in one.texts)
        lines.append(f"| {one.package} | {one.version} | {one.stated} | {texts} |")
    return "\n".join(lines) + "\n"


def owners_of(root: Path, files: Iterable[Path]) -> tuple[list[Distribution], set[str], set[Path]]:
    """The Python packages and the system's packages that `files` came with, and the files of neither."""
    recorded: dict[Path, Distribution] = {}
    for one in distributions():
        for name in one.files or ():
            recorded[Path(str(one.locate_file(name))).resolve()] = one
    pythons = {Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib")}
    pythons.add(Path(sys.base_prefix).resolve() / ("DLLs" if sys.platform == "win32" else "lib/libpython"))
    owners: dict[str, Distribution] = {}
    rest = set[Path]()
    for file in {file.resolve() for file in files}:
        owner = recorded.get(file)
        is_ours = file.is_relative_to(root) and not file.is_relative_to(sys.prefix)
        if owner is not None:
            if owner.name != "resnet-lens":
                owners[owner.name.lower()] = owner
        elif not is_ours and not any(str(file).startswith(str(place)) for place in pythons):
            rest.add(file)
    system, unknown = _system_packages(rest)
    return [owners[name] for name in sorted(owners)], system, unknown


def of_distribution(package: Distribution) -> Licence:
    """From its dist-info folder: every file there that is named like a licence."""
    name, meta = package.name, package.metadata
    texts = {}
    for file in package.files or ():
        in_metadata = len(file.parts) > 1 and file.parts[0].endswith(".dist-info")
        is_text = (in_metadata and "licenses" in file.parts[1:]) or _IS_LICENCE.search(file.name)
        if is_text and (in_metadata or len(file.parts) <= 2) and file.suffix not in (".py", ".pyc", ".h", ".so"):
            short = Path(*file.parts[1:]) if in_metadata else Path(*file.parts)
            path = Path(str(package.locate_file(file)))
            texts[short.as_posix().removeprefix("licenses/")] = path.read_text("utf-8", "replace")
    if not texts and name.lower().replace("_", "-") in WITHOUT_TEXT:
        texts["LICENCE.txt"] = WITHOUT_TEXT[name.lower().replace("_", "-")]
    return Licence(name, package.version, stated(meta), texts)


def stated(meta: object) -> str:
    """What the metadata says of the licence, in a few words."""
    get = meta.get  # type: ignore[attr-defined]
    if expression := get("License-Expression"):
        return str(expression)
    classifiers = [line for line in meta.get_all("Classifier", ()) if line.startswith("License")]  # type: ignore[attr-defined]
    short = (get("License") or "").strip().split("\n")[0]
    return short if 0 < len(short) < 60 else "; ".join(line.split(" :: ")[-1] for line in classifiers) or "see the text"


def _of_the_program(root: Path) -> Licence:
    from resnet_core.version import VERSION

    return Licence("ResNet Lens", VERSION, "GPL-3.0-or-later", {"LICENSE": (root / "LICENSE").read_text("utf-8")})


def _of_python() -> Licence:
    """Python's own, and that of the loader PyInstaller puts before it."""
    candidates = [Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt"]
    texts = {file.name: file.read_text("utf-8") for file in candidates if file.is_file()}
    texts["bootloader.txt"] = (
        "The loader in the executable is PyInstaller's: GPL-2.0-or-later with an exception that lets it be part of "
        "any program, https://pyinstaller.org/en/stable/license.html\n"
    )
    return Licence("Python", sys.version.split()[0], "PSF-2.0", texts)


def _system_packages(files: set[Path]) -> tuple[set[str], set[Path]]:
    """Debian's packages by their files, and the files of none."""
    if not files or shutil.which("dpkg-query") is None:
        return set(), files
    found, unknown = set(), set()
    for file in files:
        names = {str(file), str(file).removeprefix("/usr")}
        command = ["dpkg-query", "--search", *sorted(names)]
        listing = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        if listing:
            found.add(listing.split(":")[0].split(",")[0])
        else:
            unknown.add(file)
    return found, unknown


def _of_system_package(name: str) -> Licence:
    query = ["dpkg-query", "--show", "--showformat=${Version}\n", name]
    version = subprocess.run(query, capture_output=True, text=True, check=False).stdout.split("\n")[0]
    copyright_file = Path("/usr/share/doc") / name / "copyright"
    texts = {"copyright": copyright_file.read_text("utf-8", "replace")} if copyright_file.is_file() else {}
    return Licence(name, version, "see the text", texts)
