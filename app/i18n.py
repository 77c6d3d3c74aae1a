"""The language of the window. The sources are written in English; other languages are in resources/translations.

In a widget texts go through `self.tr`, elsewhere through `tr`; what the core says goes through `sentence`. The command
line installs no language, so all of them leave its English alone. Qt is imported by `install` only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from resnet_core.resource_files import resource_dir

if TYPE_CHECKING:
    from PyQt5.QtCore import QTranslator

    from app.sentences import Sentences
    from resnet_core.weights.catalog import WeightsInfo

T = TypeVar("T")

SYSTEM = "system"
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""By the name Qt gives them, each in its own words."""

FAMILIES = {
    "zh_CN": ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "Droid Sans Fallback")
}
"""Fonts for the characters that the program's own font lacks: else Qt may take another country's forms of them."""


class _State:
    language = "en"
    texts: Mapping[str, str] | None = None  # every translation by its English; None: English
    sentences: Sentences | None = None  # made of them when the first sentence comes
    class_names: dict[tuple[str, ...], tuple[str, ...]] | None = None
    translators: tuple[QTranslator, ...] = ()  # Qt keeps no reference


_state = _State()


def current() -> str:
    """The language in use, one of LANGUAGES."""
    return _state.language


def language_of(choice: str) -> str:
    """The language that a setting means: one of LANGUAGES; for "system" the first of the user's that there is."""
    if choice in LANGUAGES:
        return choice
    from PyQt5.QtCore import QLocale

    known = {(locale.language(), locale.script()): name for name in LANGUAGES for locale in (QLocale(name),)}
    for wanted in map(QLocale, QLocale.system().uiLanguages()):
        if (found := known.get((wanted.language(), wanted.script()))) is not None:
            return found
    return "en"


def install(choice: str) -> bool:
    """Use a language in all widgets that are made from now on; whether it is another one. Needs a QApplication.

    A file of translations that is missing or damaged leaves the window in English.
    """
    language = language_of(choice)
    texts = None
    if language not in ("en", _state.language):
        from app import qm

        try:
            texts = qm.read(resource_dir() / "translations" / f"resnet_lens_{language}.qm")
        except (OSError, ValueError):
            language = "en"
    if language == _state.language:
        return False
    use(language, texts)
    return True


def use(language: str, texts: Mapping[str, str] | None) -> None:
    """As `install`, with these translations."""
    from PyQt5.QtCore import QCoreApplication, QLocale

    from app.translator import translators

    for old in _state.translators:
        QCoreApplication.removeTranslator(old)
    _state.language, _state.texts, _state.sentences, _state.class_names = language, texts, None, None
    _state.translators = () if texts is None else translators(language, texts)
    for new in _state.translators:
        QCoreApplication.installTranslator(new)
    QLocale.setDefault(QLocale.system() if texts is None else QLocale(language))


def tr(text: str) -> str:
    """A text in the language in use, where there is no `self.tr`."""
    return text if _state.texts is None else _state.texts.get(text, text)


def mark(texts: T) -> T:
    """What it is given: says that the texts in it are to be translated, where they are shown. For tables."""
    return texts


def sentence(text: str) -> str:
    """A finished sentence of the core's in the language in use; one that nobody has translated stays English."""
    if _state.texts is None or not text:
        return text
    if _state.sentences is None:
        from app.sentences import Sentences

        _state.sentences = Sentences(_state.texts)
    return _state.sentences.translate(text)


def class_name(info: WeightsInfo, index: int) -> str:
    """A class of a network, as the window says it. Exports and the command line have `info.class_label`."""
    if _state.texts is None:
        return info.class_label(index)
    names = class_names(info.known_labels)
    return names[index] if index < len(names) else sentence(info.class_label(index))


def class_names(labels: Sequence[str]) -> Sequence[str]:
    """All classes of a network: those of ImageNet and CIFAR-10 translated, others as their owner calls them."""
    if _state.texts is None:
        return labels
    if _state.class_names is None:
        _state.class_names = _read_class_names(_state.language)
    return _state.class_names.get(tuple(labels), labels)


def _read_class_names(language: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    from resnet_core.labels import cifar10_labels, imagenet_labels

    found = {}
    for name, labels in (("imagenet", imagenet_labels()), ("cifar10", cifar10_labels())):
        path = resource_dir() / "labels" / f"{name}.{language}.txt"
        names = tuple(path.read_text(encoding="utf-8").splitlines()) if path.is_file() else ()
        if len(names) == len(labels):
            found[labels] = names
    return found
