"""Brings the translations in line with the sources: `python3 dev.py translate`.

Every text of `sources` is in each resnet_lens_<language>.ts, new ones marked as unfinished; what the sources no longer
have is gone. Then Qt's lrelease makes the .qm that the program reads. Both are kept in the repository.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "resources" / "translations"
CONTEXT = "ResNet Lens"  # one for all: app.translator asks for none
LRELEASE = ("lrelease-qt5", "lrelease", "/usr/lib/qt5/bin/lrelease", "/usr/lib64/qt5/bin/lrelease")


def main() -> int:
    sys.path.insert(0, str(ROOT))
    from app.i18n import LANGUAGES
    from resources.translations.sources import sources

    found = sources(ROOT)
    files = [file_of(language) for language in LANGUAGES if language != "en"]
    for file in files:
        known = read(file) if file.exists() else {}
        write(file, found, known)
        missing = sum(not known.get(source) for source in found)
        gone = len(known.keys() - found.keys())
        print(f"{file.name}: {len(found)} texts, {missing} unfinished, {gone} dropped.")
    return compile_all(files)


def file_of(language: str) -> Path:
    return FOLDER / f"resnet_lens_{language}.ts"


def read(file: Path) -> dict[str, str]:
    """The translations of a .ts by their sources; "" where there is none yet."""
    messages = ElementTree.parse(file).getroot().iter("message")
    return {message.findtext("source", ""): message.findtext("translation", "") for message in messages}


def write(file: Path, found: Mapping[str, str], known: Mapping[str, str]) -> None:
    """The texts of `found` (with the source file each stands in) and what is `known` of their translations."""
    language = file.stem.removeprefix("resnet_lens_")
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for source, place in found.items():
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "location", filename=f"../../{place}")
        ElementTree.SubElement(message, "source").text = source
        translation = ElementTree.SubElement(message, "translation")
        translation.text = known.get(source) or None
        if not translation.text:
            translation.set("type", "unfinished")
    ElementTree.indent(root, "    ")
    text = ElementTree.tostring(root, encoding="unicode")
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8", newline="\n")


def compile_all(files: list[Path]) -> int:
    program = next((found for name in LRELEASE if (found := shutil.which(name))), None)
    if program is None:
        print("The .qm files are as they were: Qt's lrelease is missing. On Debian and Ubuntu this line installs it:")
        print("\n    sudo apt-get install qttools5-dev-tools\n")
        return 1
    command = [program, "-silent", "-nounfinished"]
    return max(subprocess.run([*command, str(file), "-qm", str(file.with_suffix(".qm"))]).returncode for file in files)


if __name__ == "__main__":
    sys.exit(main())
