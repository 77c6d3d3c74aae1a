"""Texts and sentences in another language, and which language that is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt5.QtCore import QLocale, QObject
from PyQt5.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from app import i18n
from app.sentences import Sentences
from resnet_core.labels import cifar10_labels
from resnet_core.weights.catalog import PUBLISHED

TEXTS = {
    "Open": "Öffnen",
    "{0} is empty: it has 0 bytes.": "{0} ist leer (0 Bytes).",
    "{0} is {1}, not a picture.": "{0} ist {1}, kein Bild.",
    "a sound": "ein Ton",
    "{0} can't be read: {1}.": "{0} ist nicht lesbar: {1}.",
    "permission is denied": "der Zugriff ist verboten",
    "There are no weights named “{0}”.{1}": "Keine Gewichte „{0}“.{1}",
    "Near it: {0}.": " Ähnlich: {0}.",
    "{0} is missing": "{0} fehlt",
    "{0} differs from the official file": "{0} ist anders als die amtliche Datei",
    "The data in {0} can't be used: {1}.": "Die Daten in {0} taugen nicht: {1}.",
    "{0} blocks of {1}": "{1}: {0} Blöcke",
    "{0} % on {1}": "{0} % von {1}",
    "No device is left.": "Kein Gerät ist übrig.",
    "{0}; {1} serves instead.": "{0}; {1} springt ein.",
    "It is not {{here}}, {0}.": "Es ist nicht {{hier}}, {0}.",
}


@pytest.mark.parametrize(
    ("said", "translated"),
    [
        ("Open", "Öffnen"),
        ("a.png is empty: it has 0 bytes.", "a.png ist leer (0 Bytes)."),
        ("St. Mary. b.png is empty: it has 0 bytes.", "St. Mary. b.png ist leer (0 Bytes)."),
        ("x.wav is a sound, not a picture.", "x.wav ist ein Ton, kein Bild."),
        ("permission is denied is empty: it has 0 bytes.", "der Zugriff ist verboten ist leer (0 Bytes)."),
        ("Open is empty: it has 0 bytes.", "Open ist leer (0 Bytes)."),  # a word by itself may be a name
        ("a can't be read: permission is denied.", "a ist nicht lesbar: der Zugriff ist verboten."),
        ("There are no weights named “x”.", "Keine Gewichte „x“."),
        ("There are no weights named “x”. Near it: y.", "Keine Gewichte „x“. Ähnlich: y."),
        (
            "The data in /a can't be used: b 1 is missing, c 2 differs from the official file.",
            "Die Daten in /a taugen nicht: b 1 fehlt, c 2 ist anders als die amtliche Datei.",
        ),
        ("2 blocks of layer3", "layer3: 2 Blöcke"),
        ("layer2.1 × 0.50, 2 blocks of layer3", "layer2.1 × 0.50, layer3: 2 Blöcke"),
        ("resnet18.x · 88.2 % on Y · 3", "resnet18.x · 88.2 % von Y · 3"),
        ("No device is left; the CPU serves instead.", "Kein Gerät ist übrig; the CPU springt ein."),
        ("It is not {here}, a.", "Es ist nicht {hier}, a."),
        ("a is missing\nb is missing", "a fehlt\nb fehlt"),
        ("Nobody wrote this. a.png is empty: it has 0 bytes.", "Nobody wrote this. a.png ist leer (0 Bytes)."),
        ("Nobody wrote this.", "Nobody wrote this."),
        ("", ""),
    ],
)
def test_a_sentence_is_known_by_its_pattern(said: str, translated: str) -> None:
    assert Sentences(TEXTS).translate(said) == translated


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    i18n.use("de", TEXTS)
    yield
    i18n.install("en")


class Base(QObject):
    def word(self) -> str:
        return self.tr("Open")


class Derived(Base):
    pass


def test_a_text_of_a_base_class_is_translated(german: None) -> None:
    assert (Base().word(), Derived().word(), i18n.tr("Open")) == ("Öffnen",) * 3


def test_what_nobody_translated_stays_english(german: None) -> None:
    assert i18n.tr("Close it") == QObject().tr("Close it") == i18n.sentence("Close it") == "Close it"


def test_english_again(qapp: QApplication, german: None) -> None:
    i18n.install("en")
    assert i18n.current() == "en"
    assert Derived().word() == i18n.tr("Open") == i18n.sentence("Open") == "Open"


def test_chinese_with_qts_own_words(qtbot: QtBot) -> None:
    assert i18n.install("zh_CN")
    assert not i18n.install("zh_CN")
    try:
        box = QDialogButtonBox(QDialogButtonBox.Cancel)
        qtbot.addWidget(box)
        assert box.button(QDialogButtonBox.Cancel).text() == "取消"
        assert QLocale().language() == QLocale.Chinese
        imagenet = PUBLISHED[0]
        assert i18n.class_name(imagenet, 0) != imagenet.class_label(0)
        assert len({i18n.class_name(imagenet, index) for index in (134, 517)}) == 2  # both are a “crane” in English
        assert i18n.class_names(("cat", "my dog")) == ("cat", "my dog")
        assert list(i18n.class_names(cifar10_labels())) != list(cifar10_labels())
    finally:
        i18n.install("en")
    assert i18n.class_name(PUBLISHED[0], 0) == PUBLISHED[0].class_label(0)


@pytest.mark.parametrize(
    ("languages", "chosen"),
    [
        (["zh-CN", "zh"], "zh_CN"),
        (["zh-Hans-SG"], "zh_CN"),
        (["zh-TW", "zh-Hant-TW"], "en"),
        (["de-DE", "zh-CN"], "zh_CN"),
        (["en-GB", "zh-CN"], "en"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_the_system_says_which_language(languages: list[str], chosen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _self: languages)
    assert i18n.language_of("system") == chosen


def test_a_damaged_file_leaves_the_window_in_english(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "resource_dir", lambda: tmp_path)
    assert not i18n.install("zh_CN")
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations" / "resnet_lens_zh_CN.qm").write_bytes(b"no translations")
    assert not i18n.install("zh_CN")
    assert i18n.current() == "en"
