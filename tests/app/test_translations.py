"""The translations are whole, fit the sources, and are what was compiled: without Qt's tools."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from PyQt5.QtCore import QTranslator

from app import i18n, qm
from app.sentences import FIELD, Sentences
from resnet_core.labels import cifar10_labels, imagenet_labels
from resources.translations import update
from resources.translations.sources import sources

ROOT = Path(__file__).resolve().parents[2]
FILES = [update.file_of(language) for language in i18n.LANGUAGES if language != "en"]
RUN = "run “python3 dev.py translate”, translate what it marks as unfinished, and run it again"
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def found() -> dict[str, str]:
    return sources(ROOT)


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.stem)
def file(request: pytest.FixtureRequest) -> Path:
    return request.param


def fields(text: str) -> list[tuple[str, str]]:
    """Names and formats of the places in a text that `format` fills, in any order; twice the same is once."""
    parsed = string.Formatter().parse(text)
    return sorted({(name, spec or "") for _, name, spec, _ in parsed if name is not None})


def test_every_text_of_the_sources_is_there_and_no_other(file: Path, found: dict[str, str]) -> None:
    known = update.read(file)
    assert sorted(found.keys() - known.keys()) == [], RUN
    assert sorted(known.keys() - found.keys()) == [], RUN


def test_none_is_unfinished(file: Path) -> None:
    assert [source for source, translation in update.read(file).items() if not translation] == [], RUN
    assert "unfinished" not in file.read_text(encoding="utf-8")


def test_fields_and_letters_to_press_agree(file: Path) -> None:
    for source, translation in update.read(file).items():
        assert fields(source) == fields(translation), source
        assert source.replace("&&", "").count("&") == translation.replace("&&", "").count("&"), source
        assert source.count("\n") == translation.count("\n"), source
        assert re.findall(r"\*\.\w+", source) == re.findall(r"\*\.\w+", translation), source
        assert source.endswith("…") == bool(re.search(r"…(\(&\w\))?$|\(&\w\)…$", translation)), source


def test_what_was_compiled_is_what_was_written(file: Path) -> None:
    """By our own reader, and by Qt's."""
    known, compiled = update.read(file), file.with_suffix(".qm")
    assert qm.read(compiled) == known, RUN
    translator = QTranslator()
    assert translator.load(str(compiled))
    assert {source: translator.translate(update.CONTEXT, source.encode()) for source in known} == known, RUN


def test_every_pattern_is_found_again_in_a_sentence_made_by_it(file: Path, found: dict[str, str]) -> None:
    known = qm.read(file.with_suffix(".qm"))
    told = Sentences(known)
    wrong = {}
    for source in found:
        names = list(dict.fromkeys(FIELD.findall(source)))
        if names and not set(fields(source)) - {(name, "") for name in names}:
            further = "".join(re.findall(r"\.((?:\{\d+\})+)$", source))  # other sentences, or none
            values = ["" if f"{{{place}}}" in further else f"{7 + place}.x" for place in range(10)]
            said, wanted = source.format(*values), known[source].format(*values)
            if told.translate(said) != wanted:
                wrong[said] = told.translate(said)
    assert wrong == {}


def test_class_names_are_as_many_as_classes(file: Path) -> None:
    language = file.stem.removeprefix("resnet_lens_")
    for name, labels in (("imagenet", imagenet_labels()), ("cifar10", cifar10_labels())):
        names = (ROOT / "resources" / "labels" / f"{name}.{language}.txt").read_text(encoding="utf-8").splitlines()
        assert len(names) == len(labels)
        assert all(each and each == each.strip() for each in names)
        assert len(set(names)) > 0.98 * len(names)


def test_what_is_no_qm_file_is_refused(tmp_path: Path, file: Path) -> None:
    path = tmp_path / "some.qm"
    path.write_bytes(b"<!DOCTYPE TS>")
    with pytest.raises(ValueError, match=r"is no \.qm file"):
        qm.read(path)
    path.write_bytes(file.with_suffix(".qm").read_bytes()[:40])
    with pytest.raises(ValueError, match="cut off"):
        qm.read(path)
